// Checklists om echt af te vinken. De vinkjes blijven in deze browser. Op papier staan de vakjes er ook.
// Een checklist is een lijst na de kop #checklist, een lijst in [data-checklist], of een lijst met taken uit Markdown ("- [ ] …").

import { maak } from "./dom.js";
import { lees, schrijf, vergeet } from "./opslag.js";
import { zin } from "./teksten.js";

// Een taak wordt herkend aan haar woorden. Zo blijft een vinkje staan als er een taak bij komt, en verdwijnt het als de
// taak zelf verandert.
const merkVan = (tekst) => tekst.trim().replace(/\s+/g, " ");
const keur = (ruw) => (Array.isArray(ruw?.gedaan) ? ruw.gedaan.filter((een) => typeof een === "string") : null);
const sleutel = `vinkjes:1:${location.pathname}`;

const vindLijsten = () => {
  const gevonden = new Set(document.querySelectorAll("main #checklist + ul, main #checklist + ol, main [data-checklist] ul"));
  // Vakjes in een formulier zijn filters, ook als ze uit staan.
  const taken = [...document.querySelectorAll("main li input[type=checkbox][disabled]")].filter((taak) => !taak.closest("form, .lijn"));
  for (const taak of taken) gevonden.add(taak.closest("ul, ol"));
  return [...gevonden].filter((lijst) => !lijst.parentElement.closest("li"));
};

let nummer = 0;
const maakVakje = (li, opWijziging) => {
  li.querySelector(":scope > input[disabled], :scope > p > input[disabled]")?.remove();
  const id = `vink-${(nummer += 1)}`;
  const inhoud = [...li.childNodes].filter((kind) => !["UL", "OL"].includes(kind.nodeName));
  const links = inhoud.some((kind) => kind.nodeType === 1 && (kind.matches("a, button") || kind.querySelector("a, button")));
  const vakje = maak("input", { type: "checkbox", id, autocomplete: "off", onchange: opWijziging });
  // Een link in een label is niet te bedienen; dan noemt het vakje zijn tekst zonder label.
  const tekst = links ? maak("span", { id: `${id}-tekst` }, ...inhoud) : maak("label", { for: id }, ...inhoud);
  if (links) vakje.setAttribute("aria-labelledby", tekst.id);
  li.prepend(vakje, " ", tekst);
  li.classList.add("vink");
  return { vakje, merk: merkVan(tekst.textContent) };
};

const begin = (lijsten) => {
  const stand = maak("span", { class: "vink-stand", role: "status" });
  const vakjes = lijsten.flatMap((lijst) => {
    lijst.classList.add("vinklijst");
    return [...lijst.children].map((li) => maakVakje(li, () => bewaar()));
  });
  const toon = () => {
    const n = vakjes.filter(({ vakje }) => vakje.checked).length;
    stand.textContent = zin("vink-stand", { n: String(n), alle: vakjes.length });
  };
  const bewaar = () => {
    const gedaan = vakjes.filter(({ vakje }) => vakje.checked).map(({ merk }) => merk);
    if (gedaan.length > 0) schrijf(sleutel, { gedaan });
    else vergeet(sleutel);
    toon();
  };
  const opnieuw = () => {
    for (const { vakje } of vakjes) vakje.checked = false;
    bewaar();
  };
  const gedaan = lees(sleutel, keur) ?? [];
  for (const { vakje, merk } of vakjes) vakje.checked = gedaan.includes(merk);
  const knop = maak("button", { type: "button", class: "knop-klein", onclick: opnieuw }, zin("vink-opnieuw"));
  lijsten.at(-1).after(maak("div", { class: "vink-balk" }, stand, knop, maak("span", { class: "klein" }, zin("vink-uitleg"))));
  toon();
};

const lijsten = vindLijsten();
if (lijsten.length > 0) begin(lijsten);
