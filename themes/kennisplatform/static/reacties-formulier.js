// Plaatst een reactie zonder de pagina te verlaten. Wat er misgaat, staat in woorden boven het formulier en bij het veld.
// De tekst gaat nooit verloren: zij blijft in het veld tot het eindpunt zegt dat het haar heeft. Zij staat nergens anders,
// want niet iedereen is alleen op zijn apparaat. Er is geen vraag bij het weggaan: die zou 'Snel weg' tegenhouden.

import { maak } from "./dom.js";
import { plaats, wie } from "./eindpunt.js";
import { ververs, zonderSprong } from "./reacties-lijst.js";
import { zin } from "./reacties-teksten.js";

let ingelogd = null;
const pogingen = new WeakMap();

/** Iemand begint te schrijven: vraag vast wie het is, en zeg het als plaatsen nu niet lukt. */
export const begin = (form) => {
  ingelogd ??= wie().then(
    (ik) => {
      if (form.querySelector("[data-reageer-uitslag]").textContent === zin("reageer-straks")) meld(form, "", "");
      return toonWie(ik);
    },
    () => {
      ingelogd = null;
      meld(form, "melding-let-op", zin("reageer-straks"));
    },
  );
};

/** Stuurt het formulier. Een tweede klik, terwijl de eerste nog loopt, doet niets. */
export const verstuur = async (form) => {
  if (form.dataset.bezig !== undefined) return;
  ruimOp(form);
  const leeg = legeVelden(form);
  if (Object.keys(leeg).length > 0) return toonFouten(form, leeg);
  form.dataset.bezig = "";
  const knop = form.querySelector("button[type=submit]");
  knop.setAttribute("aria-disabled", "true");
  meld(form, "", zin("reageer-bezig"));
  try {
    await probeer(form);
  } catch {
    meld(form, "melding-let-op", zin("reageer-lukt-niet"));
  } finally {
    delete form.dataset.bezig;
    knop.removeAttribute("aria-disabled");
  }
};

const probeer = async (form) => {
  const ik = (await ingelogd) ?? (await wie());
  const velden = new URLSearchParams(new FormData(form));
  const sleutel = eenmalig(form, velden);
  // Wie nog moet inloggen, gaat met zijn tekst naar het eindpunt, zoals zonder script.
  if (!ik?.ingelogd) return metPagina(form, sleutel);
  velden.set("formulier", ik.formulier);
  velden.set("eenmalig", sleutel);
  const { status, gegevens } = await plaats(velden);
  if (status === 201) return geplaatst(form, gegevens);
  ingelogd = null;
  if (status === 401) return metPagina(form, sleutel);
  if (gegevens?.fouten && Object.keys(gegevens.fouten).length > 0) return toonFouten(form, gegevens.fouten, gegevens.uitleg);
  meld(form, "melding-let-op", gegevens?.uitleg ? `${gegevens.uitleg} ${zin("reageer-tekst-blijft")}` : zin("reageer-lukt-niet"));
};

// Dezelfde tekst nog eens sturen, omdat het antwoord niet kwam, plaatst haar één keer. Een andere tekst is een andere poging.
const eenmalig = (form, velden) => {
  // Wie met Vorige terugkomt, heeft de sleutel van toen nog in het formulier. Die hoort niet bij de tekst.
  velden.delete("eenmalig");
  const inhoud = velden.toString();
  if (pogingen.get(form)?.inhoud !== inhoud) {
    const sleutel = [...crypto.getRandomValues(new Uint8Array(16))].map((een) => een.toString(16).padStart(2, "0")).join("");
    pogingen.set(form, { inhoud, sleutel });
  }
  return pogingen.get(form).sleutel;
};

const metPagina = (form, sleutel) => {
  const veld = form.querySelector("[name=eenmalig]") ?? form.appendChild(maak("input", { type: "hidden", name: "eenmalig" }));
  veld.value = sleutel;
  HTMLFormElement.prototype.submit.call(form);
};

const geplaatst = async (form, { stand, uitleg }) => {
  pogingen.delete(form);
  form.reset();
  for (const veld of form.querySelectorAll("textarea, input[type=text], input[type=date]")) veld.value = "";
  meld(form, "melding-goed", uitleg || zin(stand === "geplaatst" ? "reageer-staat-erop" : "reageer-wacht"));
  await ververs(form.closest("[data-reacties]"));
};

// ---- wat er misgaat ----

const waarde = (form, naam) => String(new FormData(form).get(naam) ?? "").trim();
const legeVelden = (form) => {
  const namen = [...form.querySelectorAll("[aria-required=true], input[type=radio]")].map((veld) => veld.name);
  return Object.fromEntries([...new Set(namen)].filter((naam) => !waarde(form, naam)).map((naam) => [naam, zin(`reageer-leeg-${naam}`)]));
};

const ruimOp = (form) => {
  for (const deel of form.querySelectorAll(".fout-lijst, .veld-fout")) deel.remove();
  for (const veld of form.querySelectorAll("[aria-invalid]")) veld.removeAttribute("aria-invalid");
  for (const deel of form.querySelectorAll("[aria-describedby]")) {
    const over = deel.getAttribute("aria-describedby").split(" ").filter((id) => document.getElementById(id));
    if (over.length > 0) deel.setAttribute("aria-describedby", over.join(" "));
    else deel.removeAttribute("aria-describedby");
  }
};

const toonFouten = (form, fouten, uitleg) => {
  meld(form, "", "");
  const regels = Object.entries(fouten).map(([naam, tekst]) => {
    const veld = [...form.elements].find((een) => een.name === naam && een.type !== "hidden");
    if (!veld) return maak("li", {}, tekst);
    bijVeld(veld, tekst);
    return maak("li", {}, maak("a", { href: `#${veld.id}`, onclick: (e) => naarVeld(e, veld) }, tekst));
  });
  const lijst = maak(
    "div",
    { class: "fout-lijst", tabindex: "-1" },
    maak("h4", {}, zin("reageer-fout", { n: regels.length })),
    uitleg && maak("p", {}, uitleg),
    maak("ul", {}, ...regels),
  );
  form.prepend(lijst);
  lijst.focus();
};

const bijVeld = (veld, tekst) => {
  const groep = veld.closest("fieldset");
  const drager = groep ?? veld;
  const id = `${drager.id}-fout`;
  const fout = maak("p", { class: "veld-fout", id }, tekst);
  if (groep) groep.querySelector("legend").after(fout);
  else veld.before(fout);
  if (!groep) veld.setAttribute("aria-invalid", "true");
  drager.setAttribute("aria-describedby", [drager.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
};

// Zonder het adres te veranderen: Vorige blijft naar de vorige pagina gaan.
const naarVeld = (e, veld) => {
  e.preventDefault();
  (veld.closest(".veld") ?? veld).scrollIntoView({ block: "nearest" });
  veld.focus();
};

// ---- wat er gezegd wordt ----

// De plek van een melding is er al voor er iets te zeggen valt; anders leest een voorleesprogramma haar niet voor.
const meld = (form, soort, tekst) => {
  const plek = form.querySelector("[data-reageer-uitslag]");
  plek.className = tekst ? `reageer-uitslag melding ${soort}`.trim() : "reageer-uitslag";
  plek.replaceChildren(...(tekst ? [maak("p", {}, tekst)] : []));
};

const toonWie = (ik) => {
  for (const plek of document.querySelectorAll("[data-reageer-account]")) {
    if (ik.ingelogd) zonderSprong(() => plek.replaceChildren(`${zin("reageer-als")} `, maak("bdi", {}, ik.naam ?? ""), "."));
  }
  return ik;
};
