// Een andere pagina van deze website ophalen en in delen uiteenleggen: titel, feiten, rubrieken, tekst.
// Alleen van deze website zelf, en alleen wat er in de HTML staat; scripts en formulieren gaan niet mee.

import { BASIS, adresVan, padVan } from "./dom.js";

const LANGST = 15_000;
const NIET_MEE = "script, style, link, form, button, template, dialog, iframe, .anker, .rij-doen, [data-reacties], .reacties";

/** De pagina bij een pad, of een fout als zij er niet is. */
export const haalPagina = async (pad) => {
  if (padVan(pad) !== pad) throw new Error(`geen pagina van deze website: ${pad}`);
  const antwoord = await fetch(adresVan(pad), { credentials: "same-origin", signal: AbortSignal.timeout(LANGST) });
  if (!antwoord.ok || !antwoord.url.startsWith(BASIS.href)) throw new Error(`${pad}: ${antwoord.status}`);
  const document = new DOMParser().parseFromString(await antwoord.text(), "text/html");
  const hoofd = document.querySelector("main");
  const kop = hoofd?.querySelector("h1");
  if (!kop) throw new Error(`${pad}: geen pagina om te lezen`);
  volledigeAdressen(hoofd, antwoord.url);
  hoofd.querySelectorAll(NIET_MEE).forEach((deel) => deel.remove());
  return {
    pad,
    adres: adresVan(pad),
    titel: kop.textContent.trim(),
    ondertitel: hoofd.querySelector(".ondertitel")?.textContent.trim() ?? "",
    merken: [...hoofd.querySelectorAll(".titelblok .fictief")].map((merk) => merk.textContent.trim()),
    feiten: feitenVan(hoofd),
    rubrieken: rubriekenVan(hoofd),
    tekst: [...hoofd.querySelectorAll(".tekst")].filter((deel) => !deel.parentElement.closest(".tekst")),
  };
};

const volledigeAdressen = (hoofd, adres) => {
  for (const naam of ["href", "src"]) {
    for (const deel of hoofd.querySelectorAll(`[${naam}]`)) {
      if (deel.localName === "use") continue;
      try {
        deel.setAttribute(naam, new URL(deel.getAttribute(naam), adres).href);
      } catch {
        deel.removeAttribute(naam);
      }
    }
  }
};

const feitenVan = (hoofd) =>
  [...hoofd.querySelectorAll("dl.feiten dt")].map((dt) => {
    const waarde = [];
    for (let dd = dt.nextElementSibling; dd?.localName === "dd"; dd = dd.nextElementSibling) waarde.push(...dd.childNodes);
    return { naam: dt.textContent.trim(), delen: waarde };
  });

// Een rubriek is een h2 en alles tot de volgende. Het thema mag er een section omheen zetten.
const rubriekenVan = (hoofd) =>
  [...hoofd.querySelectorAll(".tekst h2")].map((h2) => {
    const delen = [];
    for (let deel = h2.nextSibling; deel && deel.localName !== "h2" && !deel.querySelector?.("h2"); deel = deel.nextSibling) {
      delen.push(deel);
    }
    return { naam: h2.textContent.trim(), delen };
  });

/** Kopieën om in deze pagina te zetten. Namen (id) krijgen een voorvoegsel, zodat niets dubbel voorkomt. */
export const kopieVan = (delen, voorvoegsel) => {
  const omhulsel = document.createElement("div");
  omhulsel.append(...delen.map((deel) => document.importNode(deel, true)));
  const namen = new Set();
  for (const deel of omhulsel.querySelectorAll("[id]")) {
    namen.add(deel.id);
    deel.id = `${voorvoegsel}${deel.id}`;
  }
  const hernoem = (tekst) => tekst.split(/\s+/).map((een) => (namen.has(een) ? `${voorvoegsel}${een}` : een)).join(" ");
  for (const naam of ["aria-labelledby", "aria-describedby", "for", "headers"]) {
    for (const deel of omhulsel.querySelectorAll(`[${naam}]`)) deel.setAttribute(naam, hernoem(deel.getAttribute(naam)));
  }
  return [...omhulsel.childNodes];
};

/** Verandert de koppen in een element: `naar(niveau)` geeft het nieuwe niveau, of 0 voor een gewone vette regel. */
export const zetKoppen = (element, naar) => {
  for (const kop of element.querySelectorAll("h1, h2, h3, h4, h5, h6")) {
    const niveau = Math.min(6, naar(Number(kop.localName[1])));
    const nieuw = document.createElement(niveau > 0 ? `h${niveau}` : "p");
    if (kop.id) nieuw.id = kop.id;
    nieuw.className = niveau > 0 ? kop.className : "tussenkop";
    nieuw.append(...kop.childNodes);
    kop.replaceWith(nieuw);
  }
};
