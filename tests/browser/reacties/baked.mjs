// What is baked into the site for these checks: one thread with two answers, one experience, a question of the section and
// two notices, one of which is over.

export const EXAMPLE = "praktijkvoorbeelden/verbinding-leiden";
export const QUESTIONS = "vraag-en-antwoord";
export const BOARD = "prikbord";

const id = (last) => `01KB3X5Q2Z8E6T4R2W0Q9P7N${last}`;
const made = (last, page, kind, author, text, more = {}) => ({
  id: id(last),
  page,
  kind,
  author,
  staff: false,
  html: `<p>${text}</p>`,
  created: "2026-11-12T09:00:00Z",
  chosen: false,
  ...more,
});

export const question = made("A1", EXAMPLE, "vraag", "Deelnemer Een", "Hoe lang van tevoren zijn de teams uitgenodigd?", { about: "gemeente Lindermeer" });
export const answers = [
  made("A2", EXAMPLE, "antwoord", "Deelnemer Twee", "Zes weken van tevoren.", { parent: id("A1"), chosen: true }),
  made("A3", EXAMPLE, "antwoord", "Moderator", "Kijk ook bij het draaiboek.", { parent: id("A1"), staff: true }),
];
export const experience = made("B1", EXAMPLE, "ervaring", "Eenheellangenaamzonderspatiesdienietpastopeensmalscherm", "Bij ons werkte dit ook.");
export const asked = made("C1", QUESTIONS, "vraag", "Deelnemer Drie", "Wij zoeken een werkwijze.", { title: "Hoe regelt u een tolk in het weekend?" });
export const notice = made("D1", BOARD, "bericht", "Deelnemer Vier", "Wij zoeken een meelezer.", { title: "Meelezer gezocht", notice: "gezocht", expires: "2099-01-31" });
export const expired = made("D2", BOARD, "bericht", "Deelnemer Vijf", "Dit is voorbij.", { title: "Oud bericht", notice: "aangeboden", expires: "2026-01-31" });

/** As the endpoint hands threads to a page. */
export const thread = (one, ...below) => ({ ...one, antwoorden: below });
export const threads = [thread(question, ...answers), thread(experience)];
export const another = (last, text, more = {}) => made(last, EXAMPLE, "opmerking", "Deelnemer Nieuw", text, more);
export const reply = (last, text, more = {}) => made(last, EXAMPLE, "antwoord", "Deelnemer Nieuw", text, { parent: id("A1"), ...more });

const inOrder = [question, ...answers, experience, asked, notice, expired].sort((a, b) => a.page.localeCompare(b.page) || a.id.localeCompare(b.id));
export const lines = [{ praktijk: "reacties", version: 1, revision: 1 }, ...inOrder];
