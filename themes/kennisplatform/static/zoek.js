// Zoeken, het deel dat op elke pagina staat: het haalt niets op tot iemand in het zoekveld komt. Dan komt in één keer alles
// tegelijk: de zoeker (client en worker uit de zoekindex), de index, en het gezicht ervan:
//   zoek-veld.js     het paneel onder het zoekveld, op elke pagina
//   zoek-pagina.js   de zoekpagina, waar [data-zoek-resultaten] staat: alle resultaten, filters, delen
//   zoek-rij.js      hoe een resultaat eruitziet
//   zoek-merk.js     de gevonden woorden op de pagina waar een resultaat heen gaat
// Zonder index (geen data-zoek-manifest op het formulier) blijft het een gewoon formulier.
//
// Waar zoekwoorden blijven. Sommige bezoekers zijn thuis niet veilig, dus: niet in localStorage en niet in het adres. Van de
// ene pagina naar de andere gaan ze door sessionStorage, en bij het lezen zijn ze daar weg. Voor de knop Terug staan ze in
// history.state, met het nummer van dit bezoek erbij. Dat nummer staat in sessionStorage, en is weg na "Snel weg" en na
// "Wis sporen"; woorden met een ander nummer worden niet getoond maar gewist.

import { BASIS } from "./dom.js";
import { lees } from "./opslag.js";

const form = document.querySelector("form[data-zoek-manifest]");
const veld = form?.querySelector("[name=q]");
const pagina = document.querySelector("[data-zoek-resultaten]");

// ---- wat van de ene pagina naar de andere gaat ----

const naamVan = (sleutel) => `kennisplatform:${BASIS.pathname}:zoek-${sleutel}`;

const metOpslag = (doe) => {
  try {
    return doe(sessionStorage);
  } catch {
    return null;
  }
};

const geef = (sleutel, waarde) =>
  metOpslag((opslag) => {
    opslag.setItem(naamVan(sleutel), JSON.stringify(waarde));
    // Gaat de bezoeker toch niet weg van deze pagina, dan blijft er niets liggen.
    setTimeout(() => neem(sleutel), 10_000);
    return true;
  }) ?? false;

const neem = (sleutel) =>
  metOpslag((opslag) => {
    const tekst = opslag.getItem(naamVan(sleutel));
    opslag.removeItem(naamVan(sleutel));
    return JSON.parse(tekst);
  });

// ---- wat de knop Terug nodig heeft ----

const bezoek = () => metOpslag((opslag) => opslag.getItem(naamVan("bezoek")));
const beginBezoek = () =>
  bezoek() ?? metOpslag((opslag) => (opslag.setItem(naamVan("bezoek"), Math.random().toString(36).slice(2)), bezoek()));

const zetStaat = (zoek) => {
  const { zoek: oud, ...rest } = history.state ?? {};
  if (zoek || oud) history.replaceState(zoek ? { ...rest, zoek } : rest, "");
};

/** Onthoudt iets voor de knop Terug; `null` vergeet het. Kan er geen bezoek zijn, dan wordt er niets onthouden. */
const onthoud = (zoek) => {
  const nummer = zoek && beginBezoek();
  zetStaat(nummer ? { ...zoek, nummer } : null);
};

const onthouden = () => {
  const zoek = history.state?.zoek;
  if (zoek && zoek.nummer === bezoek()) return zoek;
  zetStaat(null);
  return null;
};

// ---- beginnen ----

let gezicht = null;
const begin = () => {
  gezicht ??= haal().catch(() => {
    gezicht = null;
    return null;
  });
  return gezicht;
};

// Alles in één ronde: wie hierop wacht, wacht op de traagste, niet op de som.
const haal = async () => {
  const { zoekManifest: manifest, zoekReader: reader, zoekWorker: worker, zoekClient: client } = form.dataset;
  const early = {};
  try {
    early.worker = new Worker(worker, { type: "module" });
    early.broken = new Promise((kapot) => early.worker.addEventListener("error", kapot, { once: true }));
  } catch {
    // De zoeker zegt straks zelf dat het hier niet kan.
  }
  for (const [naam, adres] of Object.entries({ manifest, reader })) {
    early[naam] = fetch(adres);
    early[naam].catch(() => {});
  }
  const zoeker = import(new URL(client, location.href).href).then(
    ({ openSearch }) => openSearch({ manifest, reader, worker, early }),
    (fout) => ({ search: () => Promise.reject(Object.assign(fout, { code: "file" })) }),
  );
  const rij = import("./zoek-rij.js");
  // De andere bestanden vragen hierom, maar pas als zij er zelf zijn.
  import("./zoek-teksten.js").catch(() => {});
  const { begin: teken } = await import(pagina ? "./zoek-pagina.js" : "./zoek-veld.js");
  await rij;
  return teken({ form, veld, pagina, zoek: (vraag, keuze) => zoeker.then((een) => een.search(vraag, keuze)), geef, onthoud, onthouden, bezoek });
};

const naarZoekpagina = (e) => {
  e.preventDefault();
  const vraag = veld.value.trim();
  if (!vraag || geef("vraag", { vraag })) location.assign(form.action);
  else begin().then((een) => een?.alles());
};

// De toets / gaat naar het zoekveld. Op de zoekpagina kan een bezoeker dat uitzetten.
const opToets = (e) => {
  if (e.key !== "/" || e.ctrlKey || e.altKey || e.metaKey || e.isComposing || e.defaultPrevented) return;
  if (e.target.closest?.("input, textarea, select, [contenteditable]")) return;
  if (lees("zoek-toets", (ruw) => ruw === "uit" || null)) return;
  e.preventDefault();
  veld.focus();
  veld.select();
};

const opPagina = () => {
  const vraag = neem("vraag");
  const uitAdres = new URLSearchParams(location.search).has("q");
  if (vraag) onthoud(vraag);
  if (vraag || uitAdres || onthouden()) begin();
};

const opAnderePagina = () => {
  // Het paneel hoort bij het veld. Een zoekveld mag in HTML geen combobox zijn, een tekstveld wel.
  veld.type = "text";
  veld.setAttribute("role", "combobox");
  veld.setAttribute("aria-haspopup", "dialog");
  veld.setAttribute("aria-expanded", "false");
  form.addEventListener("submit", naarZoekpagina);
  if (onthouden()) begin();
};

if (veld) {
  veld.addEventListener("focus", begin);
  addEventListener("keydown", opToets);
  if (pagina) opPagina();
  else opAnderePagina();
  if (document.activeElement === veld) begin();
  // Uit het geheugen van de browser, na "Snel weg" of "Wis sporen": niets van het zoeken is nog te zien.
  addEventListener("pageshow", (e) => {
    if (e.persisted && gezicht && !onthouden()) gezicht.then((een) => een?.wis());
  });
}

const merk = neem("merk");
if (merk && merk.pad === location.pathname) import("./zoek-merk.js").then(({ begin: toon }) => toon(merk.woorden), () => {});
