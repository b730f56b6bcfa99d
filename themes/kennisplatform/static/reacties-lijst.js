// Zet de draden van een pagina gelijk met het eindpunt: wat nieuwer is komt erbij, wat is weggehaald gaat weg, en wie is
// ingelogd ziet wat van hem nog wacht. De pagina verspringt niet, de focus blijft, en een tekst die iemand schrijft, blijft staan.
// Komt er geen antwoord, dan verandert er niets.

import { maak } from "./dom.js";
import { draad } from "./eindpunt.js";
import { reactie, voorbij, wachtend, weggehaald, werkBij } from "./reacties-rij.js";
import { zin } from "./reacties-teksten.js";

let laatste = -1;

/** Haalt op en zet gelijk. `false` als het eindpunt niet antwoordde; dan staat alles er nog zoals het stond. */
export const ververs = async (blok) => {
  let gegevens;
  try {
    gegevens = await draad(blok.dataset.reacties);
  } catch {
    return false;
  }
  // Een traag antwoord mag een nieuwer antwoord niet terugdraaien.
  if (gegevens.revision < laatste) return true;
  laatste = gegevens.revision ?? laatste;
  const nieuw = zonderSprong(() => zetGelijk(blok, gegevens));
  if (nieuw > 0) blok.querySelector("[data-draden-stand]").textContent = zin("reacties-nieuw", { n: nieuw });
  naarAnker();
  return true;
};

const bestaande = (houder) => new Map([...houder.children].map((kind) => [articleVan(kind).dataset.reactie, kind]));
const articleVan = (kind) => (kind.matches("article") ? kind : kind.querySelector("article"));
const wachtOp = ({ stand }) => stand === "wacht";

const zetGelijk = (blok, { draden, mijn = [], revision }) => {
  const lijst = blok.querySelector("[data-draden]");
  // Een eindpunt dat nog nooit iets plaatste, weet niet van wat er al stond: dat blijft dan.
  const tel = { nieuw: 0, blijft: revision === 0 };
  const hangt = draden.filter((d) => !voorbij(d));
  const van = (ouder) => mijn.filter((een) => wachtOp(een) && (een.ouder ?? null) === ouder);
  gelijk(lijst, hangt, van(null), tel, (article) => maak("li", {}, article));
  for (const d of hangt) {
    const antwoorden = lijst.querySelector(`[data-reactie="${CSS.escape(d.id)}"] > .reactie-antwoorden`);
    if (antwoorden) gelijk(antwoorden, d.antwoorden ?? [], van(d.id), tel, (article) => article);
  }
  blok.querySelector("[data-draden-leeg]").hidden = lijst.children.length > 0;
  // Als alles voorbij was, had verlopen.js de hele lijst verborgen.
  lijst.hidden = false;
  for (const melding of blok.querySelectorAll(".draden ~ .verlopen-melding")) melding.remove();
  return tel.nieuw;
};

// Maakt de inhoud van `houder` gelijk aan `items`, met wat van mij wacht erachter.
const gelijk = (houder, items, wacht, tel, omhul) => {
  const er = bestaande(houder);
  const rij = [];
  for (const item of items) {
    const oud = er.get(item.id);
    const wachtte = oud && articleVan(oud).matches(".reactie-wacht");
    if (oud && !wachtte) werkBij(articleVan(oud), item);
    if (!oud || wachtte) tel.nieuw += 1;
    const plek = oud && !wachtte ? oud : omhul(reactie(item));
    if (plek.matches("li")) zetLaatsteDag(plek, item);
    rij.push(plek);
    if (!wachtte) er.delete(item.id);
  }
  for (const item of wacht) {
    rij.push(er.get(item.id) ?? omhul(wachtend(item)));
    er.delete(item.id);
  }
  for (const kind of er.values()) if (!tel.blijft || articleVan(kind).matches(".reactie-wacht")) haalWeg(kind);
  orden(houder, rij);
};

// Wat verlopen.js bij de volgende keer leest. Wat nu in de lijst komt, is niet voorbij, wat er eerder ook stond.
const zetLaatsteDag = (plek, { expires }) => {
  if (expires) plek.dataset.verloopt = expires;
  else delete plek.dataset.verloopt;
  delete plek.dataset.verlopen;
  plek.hidden = false;
};

// Wie er net een antwoord op schrijft, raakt zijn tekst niet kwijt.
const haalWeg = (kind) => {
  const schrijft = kind.contains(document.activeElement) || [...kind.querySelectorAll("textarea")].some((veld) => veld.value.trim());
  if (schrijft) weggehaald(articleVan(kind));
  else kind.remove();
};

// Alleen wat niet op zijn plaats staat, verhuist; wie daarin stond met de cursor, staat er daarna weer.
const orden = (houder, rij) => {
  const actief = document.activeElement;
  const verder = (plek) => {
    while (plek && !rij.includes(plek)) plek = plek.nextElementSibling;
    return plek;
  };
  let plek = verder(houder.firstElementChild);
  for (const kind of rij) {
    if (kind === plek) plek = verder(plek.nextElementSibling);
    else houder.insertBefore(kind, plek);
  }
  if (actief?.isConnected && actief !== document.activeElement) actief.focus({ preventScroll: true });
};

// Wat de bezoeker ziet, blijft op zijn plek in het venster staan, wat er ook boven komt of gaat.
const zonderSprong = (doe) => {
  const plekVan = (deel) => deel.getBoundingClientRect();
  const actief = document.activeElement;
  const schrijft = actief !== document.body && plekVan(actief).bottom > 0 && plekVan(actief).top < innerHeight;
  const kandidaten = document.querySelectorAll(".reageer > h3, .reageer form, main :is(h2, h3, h4, p)");
  const inBeeld = [...kandidaten].filter((deel) => plekVan(deel).top >= 0 && plekVan(deel).top < innerHeight);
  inBeeld.sort((een, ander) => Boolean(ander.closest(".reageer")) - Boolean(een.closest(".reageer")));
  const ankers = [...(schrijft ? [actief] : []), ...inBeeld].map((deel) => [deel, plekVan(deel).top]);
  const uitkomst = doe();
  const anker = ankers.find(([deel]) => deel.isConnected);
  if (anker) {
    const verschil = anker[0].getBoundingClientRect().top - anker[1];
    if (Math.abs(verschil) >= 1) scrollBy({ top: verschil, behavior: "instant" });
  }
  return uitkomst;
};

export { zonderSprong };

// Een link naar een reactie die er net pas staat, leidt er alsnog heen; één keer.
let begonnen = location.hash;
const naarAnker = () => {
  const doel = begonnen.startsWith("#reactie-") && document.getElementById(begonnen.slice(1));
  if (doel && begonnen === location.hash && !doel.matches(":target")) location.replace(begonnen);
  begonnen = "";
};
