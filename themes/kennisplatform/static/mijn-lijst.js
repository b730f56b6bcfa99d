// De pagina "Mijn lijst": wat de bezoeker bewaarde, in een eigen volgorde, en alles samen als één document om af te drukken.
// Werkt in [data-mijn-lijst-hier]; de uitleg staat in de pagina zelf.

import { adresVan, maak } from "./dom.js";
import { lijst } from "./keuze.js";
import { haalPagina, kopieVan, zetKoppen } from "./pagina.js";
import { dagInWoorden, zin } from "./teksten.js";

const hier = document.querySelector("[data-mijn-lijst-hier]");

const knop = (woord, titel, opKlik, uit = false) =>
  maak("button", { type: "button", class: "knop-klein", "aria-label": `${zin(woord)}${zin("voor-titel", { titel })}`, onclick: opKlik, disabled: uit }, zin(woord));

const maakPagina = () => {
  const melding = maak("p", { role: "status", class: "lijst-melding", tabindex: "-1" });
  const rijen = maak("ol", { class: "mijn-lijst" });
  const doen = maak("p", { class: "rij-doen" });
  const fouten = maak("ul", { class: "lijst-fouten", hidden: true });
  const document_ = maak("div", { class: "lijst-document", hidden: true });

  // Wat er op een knop volgt, met de aandacht op de plek waar het gebeurde.
  const daarna = (tekst, pad, woord) => {
    melding.textContent = tekst;
    const rij = [...rijen.children].find((een) => een.dataset.pad === pad);
    const knoppen = [...(rij?.querySelectorAll("button:not([disabled])") ?? [])];
    (knoppen.find((een) => een.dataset.woord === woord) ?? knoppen[0] ?? melding).focus();
  };

  const verplaats = (pad, titel, stap) => () => {
    lijst.verplaats(pad, stap);
    const paginas = lijst.alles();
    const plaats = paginas.findIndex((een) => een.pad === pad) + 1;
    daarna(zin("lijst-plaats", { titel, n: String(plaats), alle: paginas.length }), pad, stap < 0 ? "hoger" : "lager");
  };

  const haalWeg = (pad, titel) => () => {
    lijst.weg(pad);
    daarna(zin("lijst-weggehaald", { titel }), null, null);
  };

  const rij = ({ pad, titel }, plaats, alle) => {
    const hoger = knop("lijst-hoger", titel, verplaats(pad, titel, -1), plaats === 0);
    const lager = knop("lijst-lager", titel, verplaats(pad, titel, 1), plaats === alle.length - 1);
    hoger.dataset.woord = "hoger";
    lager.dataset.woord = "lager";
    const weg = knop("lijst-weg", titel, haalWeg(pad, titel));
    const link = maak("a", { href: adresVan(pad) }, titel);
    return maak("li", { "data-pad": pad }, link, maak("span", { class: "rij-doen" }, hoger, " ", lager, " ", weg));
  };

  const toon = () => {
    const paginas = lijst.alles();
    rijen.replaceChildren(...paginas.map(rij));
    document_.hidden = true;
    document_.replaceChildren();
    fouten.hidden = true;
    doen.hidden = rijen.hidden = paginas.length === 0;
    leeg.hidden = paginas.length > 0;
    aantal.textContent = paginas.length > 0 ? zin("lijst-aantal", { n: paginas.length }) : "";
  };

  const maakDocument = async () => {
    const paginas = lijst.alles();
    melding.textContent = zin("lijst-ophalen");
    const uitkomsten = await Promise.allSettled(paginas.map(({ pad }) => haalPagina(pad)));
    const goed = uitkomsten.filter(({ status }) => status === "fulfilled").map(({ value }) => value);
    const fout = paginas.filter((een, plaats) => uitkomsten[plaats].status === "rejected");
    document_.replaceChildren(...documentVan(goed));
    document_.hidden = goed.length === 0;
    fouten.replaceChildren(...fout.map(({ titel }) => maak("li", {}, zin("lijst-mislukt", { titel }))));
    fouten.hidden = fout.length === 0;
    melding.textContent = zin("lijst-klaar", { n: goed.length });
    if (goed.length > 0) print();
  };

  const leeg = maak("p", {}, zin("lijst-leeg"));
  const aantal = maak("h2", { class: "lijst-kop" });
  doen.append(
    maak("button", { type: "button", class: "knop", onclick: maakDocument }, zin("lijst-druk")),
    " ",
    maak("button", { type: "button", class: "knop-klein", onclick: () => { lijst.leeg(); melding.focus(); } }, zin("lijst-alles-weg")),
  );
  hier.append(maak("div", { class: "lijst-scherm" }, leeg, aantal, rijen, doen), melding, fouten, document_);
  lijst.opWijziging(() => {
    toon();
    aantal.hidden = lijst.alles().length === 0;
  });
  toon();
  aantal.hidden = lijst.alles().length === 0;
};

// Eén document: een titel, een inhoudsopgave, en elke pagina met haar bron.
const documentVan = (paginas) => {
  const naam = document.title.split(" – ").pop();
  const kop = zin("lijst-document", { naam, datum: dagInWoorden(new Date()) });
  const inhoud = maak("ol", {}, ...paginas.map((pagina, i) => maak("li", {}, maak("a", { href: `#lijst-${i + 1}` }, pagina.titel))));
  return [maak("h2", {}, kop), inhoud, ...paginas.map(artikelVan)];
};

const artikelVan = (pagina, i) => {
  const kop = maak("h2", { id: `lijst-${i + 1}` }, pagina.titel);
  const artikel = maak("article", { class: "lijst-pagina", "aria-labelledby": kop.id }, kop);
  if (pagina.ondertitel) artikel.append(maak("p", { class: "ondertitel" }, pagina.ondertitel));
  if (pagina.merken.length > 0) artikel.append(maak("p", {}, ...pagina.merken.map((merk) => maak("span", { class: "fictief" }, merk))));
  artikel.append(maak("p", { class: "klein" }, zin("lijst-bron", { adres: pagina.adres })));
  const feiten = pagina.feiten.map(({ naam, delen }) =>
    maak("div", {}, maak("dt", {}, naam), maak("dd", {}, ...kopieVan(delen, `lijst-${i + 1}-`))),
  );
  if (feiten.length > 0) artikel.append(maak("dl", { class: "feiten" }, ...feiten));
  const tekst = maak("div", {}, ...kopieVan(pagina.tekst, `lijst-${i + 1}-`));
  zetKoppen(tekst, (niveau) => niveau + 1);
  artikel.append(tekst);
  return artikel;
};

if (hier) maakPagina();
