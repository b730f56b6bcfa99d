// Laat weg wat volgens de klok van de bezoeker voorbij is, ook als de site al een tijd niet opnieuw is gemaakt.
// Zonder dit script staat er wat er bij het maken van de site nog niet voorbij was.
//   [data-verloopt="2026-11-30"]          geldt tot en met die dag; met een tijd erbij tot dat moment
//   article[data-verloopt]                een hele pagina blijft staan, met een melding erboven
//   data-leeg="…" op de lijst             wat er staat als alles eruit is; anders een gewone zin

import { maak } from "./dom.js";
import { dagInWoorden, zin } from "./teksten.js";

/** Het moment waarop iets voorbij is, of `null` als er geen datum staat. */
export const einde = (tekst) => {
  const datum = /^\d{4}-\d{2}-\d{2}$/.test(tekst) ? new Date(`${tekst}T23:59:59`) : new Date(tekst);
  return Number.isNaN(datum.getTime()) ? null : datum;
};

const nu = new Date();
const lijsten = new Set();
for (const deel of document.querySelectorAll("[data-verloopt]")) {
  const moment = einde(deel.dataset.verloopt);
  if (!moment || moment >= nu) continue;
  deel.setAttribute("data-verlopen", "");
  if (deel.matches("article, main")) {
    const kop = deel.querySelector(".titelblok") ?? deel.firstElementChild;
    kop?.after(maak("p", { class: "verlopen-melding" }, zin("verlopen-pagina", { datum: dagInWoorden(moment) })));
  } else {
    deel.hidden = true;
    if (deel.parentElement.matches("ul, ol, tbody")) lijsten.add(deel.parentElement);
  }
}
for (const lijst of lijsten) {
  if ([...lijst.children].some((kind) => !kind.hidden)) continue;
  lijst.hidden = true;
  (lijst.closest("table") ?? lijst).after(maak("p", { class: "verlopen-melding" }, lijst.dataset.leeg ?? zin("verlopen-leeg")));
}
