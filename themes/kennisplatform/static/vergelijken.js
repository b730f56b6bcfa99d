// De pagina "Vergelijken": twee tot vier praktijkvoorbeelden naast elkaar, op dezelfde feiten en rubrieken.
// Welke, staat in het adres (?v=pad,pad), anders in de keuze van deze browser. Werkt in [data-vergelijk-hier].
// Het is een gewone tabel met koppen. Op een smal scherm staan de cellen van een rubriek onder elkaar, elk met zijn naam.

import { adresVan, maak, padVan } from "./dom.js";
import { vergelijking } from "./keuze.js";
import { haalPagina, kopieVan, zetKoppen } from "./pagina.js";
import { zin } from "./teksten.js";

const HOOGSTENS = vergelijking.hoogstens;
const hier = document.querySelector("[data-vergelijk-hier]");

// Met en zonder schuine streep aan het eind is het dezelfde pagina.
const gevraagd = () => {
  const tekst = new URLSearchParams(location.search).get("v");
  if (tekst === null) return vergelijking.alles().map(({ pad }) => pad);
  const paden = tekst.split(",").map((een) => een.trim().replace(/^\/+/, "")).filter(Boolean);
  return [...new Set(paden.map((een) => (een.endsWith("/") ? een : `${een}/`)))].filter((een) => padVan(een) === een);
};

// De namen van alle pagina's bij elkaar, in de volgorde waarin zij daar staan.
const namenVan = (paginas, delen) => {
  const namen = [];
  for (const pagina of paginas) {
    let plaats = 0;
    for (const { naam } of pagina[delen]) {
      const gevonden = namen.indexOf(naam);
      if (gevonden >= 0) plaats = gevonden + 1;
      else namen.splice(plaats++, 0, naam);
    }
  }
  return namen;
};

const cel = (pagina, kolom, soort, naam) => {
  const deel = pagina[soort].find((een) => een.naam === naam);
  const inhoud = deel ? kopieVan(deel.delen, `kolom-${kolom + 1}-`) : [];
  const waarde = maak("div", { class: "vergelijk-waarde" }, ...inhoud);
  if (!waarde.textContent.trim() && !waarde.querySelector("svg, img")) {
    waarde.replaceChildren(maak("span", { class: "klein" }, zin("vergelijk-niet")));
  }
  // Koppen in een cel zouden de koppen van de pagina door elkaar gooien.
  zetKoppen(waarde, () => 0);
  return maak("td", { role: "cell" }, maak("span", { class: "vergelijk-naam", "aria-hidden": "true" }, pagina.titel), waarde);
};

const rijenVan = (paginas, soort) =>
  namenVan(paginas, soort).map((naam) =>
    maak(
      "tr",
      { role: "row" },
      maak("th", { role: "rowheader", scope: "row" }, naam),
      ...paginas.map((pagina, kolom) => cel(pagina, kolom, soort, naam)),
    ),
  );

const kolomkop = (pagina, opWeg) =>
  maak(
    "th",
    { role: "columnheader", scope: "col" },
    maak("a", { href: pagina.adres }, pagina.titel),
    ...pagina.merken.map((merk) => maak("span", { class: "fictief" }, merk)),
    maak("button", { type: "button", class: "knop-klein", "aria-label": `${zin("vergelijk-weg")}${zin("voor-titel", { titel: pagina.titel })}`, onclick: () => opWeg(pagina) }, zin("vergelijk-weg")),
  );

// De rollen staan erbij omdat een browser ze vergeet als de tabel op een smal scherm geen tabel meer lijkt.
const tabelVan = (paginas, opWeg) =>
  maak(
    "table",
    { role: "table", class: `vergelijk-tabel vergelijk-${paginas.length}` },
    maak("caption", {}, zin("vergelijk-tabel", { n: paginas.length })),
    maak(
      "thead",
      { role: "rowgroup" },
      maak(
        "tr",
        { role: "row" },
        maak("th", { role: "columnheader", scope: "col" }, zin("vergelijk-onderdeel")),
        ...paginas.map((pagina) => kolomkop(pagina, opWeg)),
      ),
    ),
    maak("tbody", { role: "rowgroup" }, ...rijenVan(paginas, "feiten"), ...rijenVan(paginas, "rubrieken")),
  );

const uitleg = () => [
  maak("p", {}, zin("vergelijk-kort")),
  maak("p", {}, maak("a", { class: "knop", href: adresVan(hier.dataset.overzicht ?? "praktijkvoorbeelden/") }, zin("vergelijk-overzicht"))),
];

const begin = async () => {
  const melding = maak("p", { role: "status", class: "lijst-melding", tabindex: "-1" });
  const fouten = maak("ul", { class: "lijst-fouten", hidden: true });
  const plek = maak("div");
  hier.append(melding, fouten, plek);

  const toon = async (paden) => {
    const eerste = paden.slice(0, HOOGSTENS);
    const uitkomsten = await Promise.allSettled(eerste.map(haalPagina));
    const paginas = uitkomsten.filter(({ status }) => status === "fulfilled").map(({ value }) => value);
    const klachten = eerste
      .filter((een, i) => uitkomsten[i].status === "rejected")
      .map((titel) => zin("vergelijk-mislukt", { titel }));
    if (paden.length > HOOGSTENS) klachten.push(zin("vergelijk-teveel"));
    fouten.replaceChildren(...klachten.map((klacht) => maak("li", {}, klacht)));
    fouten.hidden = klachten.length === 0;
    const opWeg = (pagina) => haalWeg(paginas.filter((een) => een !== pagina), pagina);
    if (paginas.length === 0) plek.replaceChildren(...uitleg());
    else plek.replaceChildren(tabelVan(paginas, opWeg), ...(paginas.length === 1 ? uitleg() : []));
    melding.textContent = paginas.length > 1 ? zin("vergelijk-klaar", { n: paginas.length }) : "";
  };

  const haalWeg = async (over, pagina) => {
    vergelijking.weg(pagina.pad);
    const paden = over.map(({ pad }) => pad);
    history.replaceState(history.state, "", `${location.pathname}${paden.length > 0 ? `?v=${paden.join(",")}` : "?v="}`);
    await toon(paden);
    melding.focus();
  };

  await toon(gevraagd());
};

if (hier) begin();
