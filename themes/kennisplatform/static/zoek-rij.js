// Hoe zoeken eruitziet, op de zoekpagina en in het paneel onder het zoekveld: een resultaat, waarom het gevonden is, wat er
// staat als er niets is, en wat er bij gevaar bovenaan komt.

import { maak, voorgelezen } from "./dom.js";
import { zin } from "./zoek-teksten.js";

// ---- zinnen met een deel dat anders is ----

// `zin` met elementen op de plaats van {een} en {twee}.
const zinMet = (sleutel, een, twee, waarden = {}) => {
  const delen = zin(sleutel, { ...waarden, een: "\u0001", twee: "\u0002" }).split(/([\u0001\u0002])/);
  return delen.map((deel) => (deel === "\u0001" ? een : deel === "\u0002" ? twee : deel));
};

const woord = (tekst) => maak("em", { class: "zoek-woord" }, tekst);

// Vormen van een woord en het begin ervan ziet men zelf; de rest vraagt een uitleg.
const UITLEG = ["concept", "typo", "part", "joined"];
const waaromVan = ({ why = [], missing = [] }) => {
  const regels = why
    .filter(({ how, word, matched }) => UITLEG.includes(how) && matched && matched !== word)
    .map(({ how, word: gezocht, matched }) => maak("span", {}, ...zinMet(`zoek-via-${how}`, woord(matched), woord(gezocht))));
  if (missing.length > 0) regels.push(maak("span", {}, ...zinMet("zoek-zonder", woord(missing.join(", ")))));
  return regels.length > 0 ? maak("p", { class: "zoek-waarom" }, ...regels.flatMap((regel, i) => (i > 0 ? [" ", regel] : [regel]))) : null;
};

// Om en om gewone en gemarkeerde tekst, gewone eerst.
const stukVan = (excerpt) => excerpt.map((deel, i) => (i % 2 === 1 ? maak("mark", {}, deel) : deel));

const zelfde = (een, ander) => new URL(een, location.href).href === new URL(ander, location.href).href;

// De plekken in een pagina, de beste eerst.
const plekkenVan = ({ url, page_url, unit, unit_kind, unit_label, units = [] }) => {
  const beste = unit && !zelfde(url, page_url) ? [{ url, title: unit, kind: unit_kind, label: unit_label }] : [];
  const rest = units.filter((een) => !zelfde(een.url, url) && !zelfde(een.url, page_url));
  const alle = [...beste, ...rest].slice(0, 3);
  for (const een of alle) een.label ??= units.find(({ url: ander }) => zelfde(ander, een.url))?.label;
  return alle;
};

/** De woorden die op de pagina zelf gemarkeerd worden: zoals ze er staan, en zoals ze gezocht zijn. */
export const woordenVan = (row, vraag) => {
  const gevonden = (row.excerpt ?? []).filter((deel, i) => i % 2 === 1);
  const gezocht = vraag.split(/\s+/).filter((een) => !een.startsWith("-"));
  const via = (row.why ?? []).map(({ matched }) => matched ?? "");
  const alle = [...gevonden, ...gezocht, ...via].flatMap((tekst) => tekst.match(/[\p{L}\p{N}+]+/gu) ?? []);
  return [...new Set(alle.map((een) => een.toLowerCase()))].filter((een) => een.length > 1).slice(0, 30);
};

/** Een pagina met haar beste plekken, als onderdeel van een lijst. `kop` is de naam van het element om de titel. */
export const rijVan = (row, { kop, klein = false }) => {
  const plekken = plekkenVan(row);
  const stuk = row.excerpt?.length > 1 ? stukVan(row.excerpt) : row.summary ? [row.summary] : [];
  return maak(
    "li",
    { class: "rij zoek-rij" },
    row.kind_label ? maak("p", { class: "rij-boven" }, maak("span", { class: "soort" }, row.kind_label)) : null,
    maak(kop, { class: "rij-titel" }, maak("a", { href: row.page_url }, row.title)),
    stuk.length > 0 ? maak("p", { class: "zoek-stuk" }, ...stuk) : null,
    plekken.length > 0
      ? maak(
          "ul",
          { class: "zoek-plekken", "aria-label": zin("zoek-plekken", { titel: row.title }) },
          ...plekken.slice(0, klein ? 2 : 3).map(({ url, title, label }) =>
            maak("li", {}, maak("a", { href: url }, label ? maak("span", { class: "zoek-soort" }, `${label}: `) : null, title)),
          ),
        )
      : null,
    waaromVan(row),
  );
};

/** Hoeveel er is, in een zin. */
export const standVan = ({ total, partial = 0 }) => {
  if (total > 0) return zin("zoek-aantal", { n: total });
  return partial > 0 ? zin("zoek-deels", { n: partial }) : zin("zoek-niets");
};

/** Waarom zoeken niet lukt, zo eerlijk als te weten is. */
export const foutVan = (fout) => zin(fout.code === "file" ? "zoek-vernieuwd" : "zoek-stuk");

// ---- woorden die beter zouden werken ----

const knoppen = (woorden, opVraag) =>
  woorden.flatMap((een, i) => [i > 0 ? ", " : "", maak("button", { type: "button", class: "zoek-anders", onclick: () => opVraag(een) }, een)]);

/** Wat iemand bedoeld kan hebben, en hoe het nog meer heet. */
export const andersVan = ({ suggestions = [], synonyms = [] }, opVraag) => {
  const regels = [];
  if (suggestions.length > 0) {
    const voorstellen = maak("span", {}, ...knoppen(suggestions.map(({ query }) => query), opVraag));
    regels.push(maak("p", {}, ...zinMet("zoek-bedoelde", voorstellen)));
  }
  for (const { word, names } of synonyms.slice(0, 3)) {
    if (names.length > 0) regels.push(maak("p", {}, ...zinMet("zoek-heet-ook", woord(word), maak("span", {}, ...knoppen(names.slice(0, 4), opVraag)))));
  }
  return regels;
};

/** Wat er staat als niets past: de vraag is aan mensen te stellen. Het formulier daarvoor kan de woorden nog niet overnemen. */
export const nietsVan = (form, vraag) => {
  const { zoekVragen } = form.dataset;
  const melding = maak("span", { role: "status" });
  const kopieer = maak("button", { type: "button", class: "knop-klein", onclick: () => naarKlembord(vraag, melding) }, zin("zoek-kopieer-vraag"));
  return maak(
    "div",
    { class: "zoek-niets" },
    maak("p", {}, zin("zoek-tips")),
    zoekVragen ? maak("p", {}, ...zinMet("zoek-stel-vraag", maak("a", { href: zoekVragen }, zin("zoek-stel-vraag-link")))) : null,
    zoekVragen ? maak("p", { class: "zoek-eigen" }, maak("q", {}, vraag), " ", kopieer, " ", melding) : null,
  );
};

/** Zet tekst op het klembord en zegt hoe dat ging. */
export const naarKlembord = async (tekst, melding) => {
  try {
    await navigator.clipboard.writeText(tekst);
    melding.textContent = zin("gekopieerd");
  } catch {
    melding.textContent = zin("kopieer-mislukt", { tekst });
  }
};

// ---- gevaar ----

const plat = (tekst) => ` ${tekst.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase().match(/[\p{L}\p{N}]+/gu)?.join(" ") ?? ""} `;

/** Of deze woorden klinken naar gevaar. Welke dat zijn, zegt de site (`extra.zoek_nood`); hier staat er geen. */
export const isNood = (form, vraag) => {
  const gezocht = plat(vraag);
  const woorden = (form.dataset.zoekNood ?? "").split("|").filter((een) => een.trim());
  return woorden.some((een) => gezocht.includes(plat(een)));
};

/** De zin met de nummers, zoals het thema hem ook in de voet heeft. */
export const hulpVan = (form) => {
  const hulp = form.querySelector("[data-zoek-hulp]").cloneNode(true);
  hulp.hidden = false;
  return hulp;
};

// ---- de stand, later voorgelezen dan getoond ----

/** Een melding die pas wordt voorgelezen als het even stil is. */
export const uitgesteld = (plek, wacht = 900) => {
  let wekker;
  return (tekst) => {
    clearTimeout(wekker);
    plek.textContent = "";
    if (tekst) wekker = setTimeout(() => (plek.textContent = tekst), wacht);
  };
};

/** Een plek voor meldingen die alleen worden voorgelezen. */
export const spreker = () => {
  const plek = voorgelezen("");
  plek.setAttribute("role", "status");
  return plek;
};
