// Het paneel met resultaten onder het zoekveld, op elke pagina behalve de zoekpagina.
//
// Het veld is een combobox en het paneel een dialog met gewone links, geen listbox. In een listbox zijn de opties voor een
// voorleesprogramma platte tekst: geen links, geen aparte plekken in een pagina, geen stuk tekst eronder, en op een telefoon
// komt men er met vegen niet goed bij. Hier gaat de aandacht echt naar een link: pijl omlaag en omhoog lopen erdoor, Enter
// volgt hem, Tab werkt gewoon, Escape gaat terug naar het veld. Hoeveel er is, wordt gezegd als het typen even stopt.

import { maak } from "./dom.js";
import { zin } from "./zoek-teksten.js";
import { andersVan, foutVan, hulpVan, isNood, nietsVan, rijVan, spreker, standVan, uitgesteld, woordenVan } from "./zoek-rij.js";

const AANTAL = 6;
const RUST = 120;
const GEDULD = 500;
// Wat niet overgaat zolang deze pagina openstaat: dan wordt er niet bij elke letter opnieuw van alles opgehaald.
const BLIJVEND = ["file", "format", "analyser", "unsupported"];

export const begin = ({ form, veld, zoek, geef, onthoud, onthouden }) => {
  const melding = spreker();
  const zeg = uitgesteld(melding);
  const paneel = maak("div", { class: "zoek-paneel", id: "zoek-paneel", role: "dialog", "aria-label": zin("zoek-paneel"), hidden: true });
  form.append(paneel, melding);
  veld.setAttribute("aria-controls", paneel.id);

  let vraag = "";
  let wekker;
  let blijvend = null;
  const open = () => !paneel.hidden;
  const doelen = () => [...paneel.querySelectorAll("a[href], button")];

  const toon = (...inhoud) => {
    paneel.replaceChildren(...inhoud.flat().filter(Boolean));
    if (isNood(form, veld.value)) paneel.prepend(hulpVan(form));
    paneel.hidden = false;
    veld.setAttribute("aria-expanded", "true");
  };

  const sluit = () => {
    clearTimeout(wekker);
    vraag = "";
    zeg("");
    paneel.hidden = true;
    veld.setAttribute("aria-expanded", "false");
  };

  const wis = () => {
    veld.value = "";
    sluit();
    paneel.replaceChildren();
    onthoud(null);
  };

  const anders = (tekst) => {
    veld.value = tekst;
    veld.focus();
    vind();
  };

  const rijenVan = (gevonden) => {
    const rijen = maak("ul", { class: "zoek-rijen" });
    for (const row of gevonden.rows) {
      const rij = rijVan(row, { kop: "p", klein: true });
      rij.addEventListener("click", (e) => opResultaat(e, row));
      rijen.append(rij);
    }
    return rijen;
  };

  // Bij een gewone klik weet de volgende pagina welke woorden gezocht zijn, en weet deze wat zij toonde. In een nieuw tabblad niet.
  const opResultaat = (e, row) => {
    const link = e.target.closest("a[href]");
    if (!link || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    geef("merk", { pad: link.pathname, woorden: woordenVan(row, vraag) });
    onthoud({ vraag, aandacht: link.href });
  };

  const vind = async ({ limit = AANTAL } = {}) => {
    const gevraagd = veld.value.trim();
    if (!gevraagd) return sluit();
    vraag = gevraagd;
    zeg("");
    clearTimeout(wekker);
    if (blijvend) return toonFout(blijvend);
    if (isNood(form, vraag) && !open()) toon();
    wekker = setTimeout(() => open() || toon(maak("p", { class: "zoek-stand" }, zin("zoek-bezig"))), GEDULD);
    try {
      const gevonden = await zoek(gevraagd, { limit, typing: true });
      if (vraag !== gevraagd) return;
      clearTimeout(wekker);
      toonGevonden(gevonden);
    } catch (fout) {
      if (fout.name === "AbortError" || vraag !== gevraagd) return;
      clearTimeout(wekker);
      if (BLIJVEND.includes(fout.code)) blijvend = fout;
      toonFout(fout);
    }
  };

  const toonGevonden = (gevonden) => {
    const { rows, total, partial = 0 } = gevonden;
    const alle = total + partial;
    const niets = rows.length === 0;
    // De aandacht blijft waar zij is als de lijst onder haar verandert.
    const stond = paneel.contains(document.activeElement) ? document.activeElement.href : null;
    toon(
      maak("p", { class: "zoek-stand" }, standVan(gevonden)),
      andersVan(gevonden, anders),
      niets ? [nietsVan(form, vraag), hulp(vraag)] : rijenVan(gevonden),
      alle > rows.length ? maak("button", { type: "submit", class: "zoek-alles" }, zin("zoek-alles", { n: String(alle) })) : null,
    );
    if (stond !== null) (doelen().find(({ href }) => href === stond) ?? veld).focus();
    zeg(`${standVan(gevonden)} ${niets ? "" : zin("zoek-hoe")}`.trim());
  };

  // Wie niets vindt, kan hulp nodig hebben. Bij gevaar staat de zin er al.
  const hulp = (tekst) => (isNood(form, tekst) ? null : hulpVan(form));

  const toonFout = (fout) => {
    const herlaad = maak("button", { type: "button", class: "zoek-alles", onclick: () => location.reload() }, zin("zoek-herlaad"));
    toon(
      maak("p", { class: "zoek-stand" }, foutVan(fout)),
      fout.code === "file" ? herlaad : null,
      maak("p", {}, maak("a", { href: form.action }, zin("zoek-register"))),
    );
    zeg(foutVan(fout));
  };

  // Van het veld meteen naar het eerste resultaat; voorstellen voor andere woorden staan daarboven.
  const stap = (richting) => {
    const alle = [veld, ...doelen()];
    const nu = alle.indexOf(document.activeElement);
    const eerste = nu === 0 && richting > 0 ? paneel.querySelector(".zoek-rij a") : null;
    (eerste ?? alle.at((nu + richting + alle.length) % alle.length)).focus();
  };

  const opToets = (e) => {
    if (e.isComposing || e.ctrlKey || e.altKey || e.metaKey || e.shiftKey) return;
    const inPaneel = paneel.contains(e.target);
    if (!inPaneel && e.target !== veld) return;
    if (e.key === "ArrowDown" && !open()) vind();
    else if (e.key === "ArrowDown") stap(1);
    else if (e.key === "ArrowUp" && open()) stap(-1);
    else if (inPaneel && e.key === "Home") (paneel.querySelector(".zoek-rij a") ?? doelen()[0]).focus();
    else if (inPaneel && e.key === "End") doelen().at(-1).focus();
    else if (e.key === "Escape" && open()) (sluit(), veld.focus());
    else if (e.key === "Escape" && veld.value) veld.value = "";
    else return;
    e.preventDefault();
    e.stopPropagation();
  };

  let rust;
  veld.addEventListener("input", () => {
    clearTimeout(rust);
    if (veld.value.trim()) rust = setTimeout(vind, RUST);
    else sluit();
  });
  veld.addEventListener("click", () => open() || vind());
  form.addEventListener("keydown", opToets);
  for (const soort of ["focusin", "pointerdown"]) document.addEventListener(soort, (e) => form.contains(e.target) || sluit());
  // Wie weggaat zonder een resultaat te kiezen, laat geen woorden achter in het veld.
  addEventListener("pagehide", () => history.state?.zoek || wis());

  const terug = onthouden();
  if (terug?.vraag) {
    veld.value = terug.vraag;
    vind().then(() => (doelen().find(({ href }) => href === terug.aandacht) ?? veld).focus());
    onthoud(null);
  } else if (document.activeElement === veld) vind();

  return { wis, alles: () => vind({ limit: 50 }) };
};
