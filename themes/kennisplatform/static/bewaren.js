// Zet de knoppen "Bewaar in mijn lijst" en "Vergelijk" bij rijen en op pagina's, en onderaan een lade met wat gekozen is.
// De knoppen komen uit dit script, dus zonder script staan er geen knoppen die niets doen.
//   li.rij.rij-SOORT met .rij-titel a         een rij in een overzicht die te bewaren is
//   article.blad-SOORT met h1                 een pagina die te bewaren is
//   meta[name="bewaarbaar"], "vergelijkbaar"  de soorten waarvoor dat mag (zie delen/scripts.html)
//   a[data-mijn-lijst]                        krijgt het aantal erbij
// Op de voorpagina en in de lijsten onder aan een pagina komen geen knoppen: daar zouden zij vooral in de weg staan.

import { adresVan, maak, padVan } from "./dom.js";
import { lijst, vergelijking } from "./keuze.js";
import { zin } from "./teksten.js";

const soorten = (naam) => document.querySelector(`meta[name="${naam}"]`)?.content.split(/\s+/).filter(Boolean) ?? [];
const BEWAARBAAR = soorten("bewaarbaar");
const VERGELIJKBAAR = soorten("vergelijkbaar");

const isEen = (deel, stam, namen) => namen.some((naam) => deel.classList.contains(`${stam}-${naam}`));

const plekken = () => {
  const rijen = [...document.querySelectorAll("main li.rij")]
    .filter((rij) => isEen(rij, "rij", BEWAARBAAR) && !rij.closest("article.blad, .home"))
    .map((deel) => {
      const link = deel.querySelector(".rij-titel a[href]");
      const vergelijk = isEen(deel, "rij", VERGELIJKBAAR);
      return { deel, vergelijk, pad: link && padVan(link.href), titel: deel.dataset.titel ?? link?.textContent.trim() };
    });
  const bladen = [...document.querySelectorAll("main article.blad")]
    .filter((blad) => isEen(blad, "blad", BEWAARBAAR))
    .map((blad) => {
      const deel = blad.querySelector(".titelblok") ?? blad.querySelector("h1")?.parentElement;
      const vergelijk = isEen(blad, "blad", VERGELIJKBAAR);
      return { deel, vergelijk, pad: padVan(location.pathname), titel: blad.querySelector("h1")?.textContent.trim() };
    });
  return [...rijen, ...bladen].filter(({ deel, pad, titel }) => deel && pad && titel);
};

const melding = maak("p", { class: "lade-melding", role: "status" });

const knopVoor = (verzameling, woord, { pad, titel }, opKlik) => {
  const naam = `${zin(woord)}${zin("voor-titel", { titel })}`;
  const knop = maak("button", { type: "button", class: "knop-klein", "aria-label": naam, onclick: () => opKlik(pad, titel) }, zin(woord));
  const toon = () => knop.setAttribute("aria-pressed", String(verzameling.heeft(pad)));
  verzameling.opWijziging(toon);
  toon();
  return knop;
};

const wisselBewaar = (pad, titel) => {
  const had = lijst.heeft(pad);
  const bewaard = had ? lijst.weg(pad) : lijst.zet(pad, titel);
  melding.textContent = bewaard ? zin(had ? "uit-lijst" : "bewaard") : zin("niet-bewaard");
};

const wisselVergelijk = (pad, titel) => {
  melding.textContent = "";
  if (vergelijking.heeft(pad)) vergelijking.weg(pad);
  else if (vergelijking.vol()) melding.textContent = zin("lade-vol");
  else vergelijking.zet(pad, titel);
};

const zetKnoppen = (plek) => {
  const doen = maak("p", { class: "rij-doen" }, knopVoor(lijst, "bewaar", plek, wisselBewaar));
  if (plek.vergelijk) doen.append(" ", knopVoor(vergelijking, "vergelijk", plek, wisselVergelijk));
  plek.deel.append(doen);
};

// ---- de lade ----

export const vergelijkAdres = (paginas) => {
  const url = new URL(adresVan("vergelijken/"));
  url.search = `v=${paginas.map(({ pad }) => encodeURIComponent(pad).replaceAll("%2F", "/")).join(",")}`;
  return url.href;
};

const maakLade = () => {
  const inhoud = maak("div", { class: "lade-inhoud" });
  const lade = maak("aside", { class: "lade", "aria-label": zin("lade-naam") }, inhoud, melding);
  const toon = () => {
    const n = vergelijking.alles().length;
    const bewaard = lijst.alles().length;
    const stand = n === 1 ? zin("lade-nog-een") : zin("lade-vergelijk", { n });
    inhoud.replaceChildren(
      ...(n > 0 ? [maak("p", { class: "lade-stand" }, stand)] : []),
      ...(n > 1 ? [maak("a", { class: "knop", href: vergelijkAdres(vergelijking.alles()) }, zin("lade-doen"))] : []),
      ...(n > 0 ? [maak("button", { type: "button", class: "knop-klein", onclick: leeg }, zin("lade-leeg"))] : []),
      ...(bewaard > 0 ? [maak("a", { href: adresVan("mijn-lijst/") }, zin("lade-lijst", { n: String(bewaard) }))] : []),
    );
    lade.classList.toggle("lade-dicht", n === 0 && bewaard === 0);
    document.documentElement.classList.toggle("met-lade", n > 0 || bewaard > 0);
  };
  const leeg = () => {
    vergelijking.leeg();
    // De knop verdwijnt; de lade houdt de plaats vast voor wie met het toetsenbord werkt.
    const verder = inhoud.querySelector("a, button") ?? document.querySelector("main");
    verder?.focus();
  };
  vergelijking.opWijziging(toon);
  lijst.opWijziging(toon);
  toon();
  return lade;
};

const telLinks = () => {
  for (const link of document.querySelectorAll("a[data-mijn-lijst]")) {
    const aantal = maak("span", { class: "lijst-aantal" });
    link.append(" ", aantal);
    const toon = () => {
      const n = lijst.alles().length;
      aantal.textContent = n > 0 ? `(${n})` : "";
    };
    lijst.opWijziging(toon);
    toon();
  }
};

const gevonden = plekken();
if (gevonden.length > 0) {
  gevonden.forEach(zetKnoppen);
  document.querySelector("main").after(maakLade());
}
telLinks();
