// Alle zinnen die de scripts zeggen. Voor een andere taal dan Nederlands komt `teksten-TAAL.js` erbij, naar de taal van de
// pagina; wat daar ontbreekt, blijft Nederlands. Wat maar op een paar pagina's nodig is, staat apart: reacties-teksten.js,
// wis-teksten.js, zoek-teksten.js. Een eigen platform zet eigen zinnen in een eigen `static/teksten.js`.

const NEDERLANDS = {
  "filter-alle": "{n} resultaten",
  "filter-alle-een": "1 resultaat",
  "filter-deel": "{n} van de {alle} resultaten",
  "filter-geen": "Niets past bij deze keuze. Haal een filter weg.",
  "filter-gekozen": "Gekozen filters",
  "filter-verwijder": "{naam}, verwijder dit filter",
  "filter-wis": "Alle filters weg",
  "filter-druk": "Gekozen filters: {filters}.",
  "filter-of": " of ",
  sorteer: "Sorteer op",
  "sorteer-vast": "Vaste volgorde",
  "sorteer-nieuwste": "Nieuwste eerst",
  "sorteer-titel": "Titel van A tot Z",
  "sorteer-kosten": "Kosten, laagste eerst",

  bewaar: "Bewaar in mijn lijst",
  vergelijk: "Vergelijk",
  "voor-titel": ": {titel}",
  bewaard: "Bewaard in uw lijst.",
  "uit-lijst": "Uit uw lijst gehaald.",
  "niet-bewaard": "Uw browser staat bewaren niet toe. De lijst verdwijnt als u deze pagina verlaat.",
  "lade-naam": "Uw keuze",
  "lade-vergelijk": "{n} gekozen om te vergelijken",
  "lade-nog-een": "1 gekozen om te vergelijken. Kies er nog één.",
  "lade-doen": "Bekijk ze naast elkaar",
  "lade-leeg": "Maak de keuze leeg",
  "lade-vol": "U kunt er vier vergelijken. Haal er eerst één weg.",
  "lade-lijst": "Mijn lijst ({n})",

  "lijst-leeg": "Uw lijst is nog leeg. Kies bij een praktijkvoorbeeld, tip of draaiboek voor ‘Bewaar in mijn lijst’.",
  "lijst-hoger": "Hoger",
  "lijst-lager": "Lager",
  "lijst-weg": "Haal weg",
  "lijst-aantal": "{n} pagina's in uw lijst",
  "lijst-aantal-een": "1 pagina in uw lijst",
  "lijst-plaats": "{titel} staat nu op plaats {n} van {alle}.",
  "lijst-weggehaald": "{titel} is uit uw lijst gehaald.",
  "lijst-alles-weg": "Maak de lijst leeg",
  "lijst-druk": "Maak er één document van om af te drukken",
  "lijst-ophalen": "De pagina's worden opgehaald.",
  "lijst-klaar": "Het document is klaar: {n} pagina's.",
  "lijst-klaar-een": "Het document is klaar: 1 pagina.",
  "lijst-mislukt": "Deze pagina kon niet worden opgehaald: {titel}. Zij staat niet in het document.",
  "lijst-document": "Mijn lijst van {naam}, {datum}",
  "lijst-bron": "Bron: {adres}",
  "terug-naar-lijst": "Terug naar de lijst",

  "vergelijk-kort": "Kies twee tot vier praktijkvoorbeelden. Zet in het overzicht bij elk voorbeeld ‘Vergelijk’ aan en kom dan hier terug.",
  "vergelijk-overzicht": "Naar de praktijkvoorbeelden",
  "vergelijk-tabel": "Vergelijking van {n} praktijkvoorbeelden",
  "vergelijk-onderdeel": "Onderdeel",
  "vergelijk-niet": "niet vermeld",
  "vergelijk-weg": "Haal weg uit de vergelijking",
  "vergelijk-mislukt": "Deze pagina kon niet worden opgehaald: {titel}.",
  "vergelijk-teveel": "Er staan meer dan vier pagina's in het adres. U ziet de eerste vier.",
  "vergelijk-klaar": "{n} praktijkvoorbeelden naast elkaar.",

  "vink-stand": "{n} van de {alle} gedaan",
  "vink-opnieuw": "Begin opnieuw",
  "vink-uitleg": "Uw vinkjes blijven in deze browser en gaan nergens naartoe.",

  "verlopen-leeg": "Alles wat hier stond, is voorbij.",
  "verlopen-pagina": "Let op: dit is verlopen op {datum}.",

  kopieer: "Kopieer de link",
  citaat: "Kopieer een bronvermelding",
  gekopieerd: "Gekopieerd.",
  "kopieer-mislukt": "Kopiëren lukte niet. Selecteer de tekst zelf: {tekst}",
  "citaat-tekst": "{titel}. {naam}. Geraadpleegd op {datum}, {adres}",

  "register-niets": "Niets gevonden in titels en samenvattingen. Probeer een ander of korter woord.",
  "register-aantal": "{n} pagina's gevonden",
  "register-aantal-een": "1 pagina gevonden",
};

const TAAL = document.documentElement.lang.slice(0, 2);
const inTaal = (bestand) =>
  TAAL === "nl" || !TAAL ? {} : import(`./${bestand}-${TAAL}.js`).then(({ default: zinnen }) => zinnen, () => ({}));
const ZINNEN = { ...NEDERLANDS, ...(await inTaal("teksten")) };

/** Voegt de zinnen toe van een deel dat niet elke pagina heeft; `bestand` is de naam waar `-TAAL.js` achter komt. */
export const metZinnen = async (bestand, zinnen) => Object.assign(ZINNEN, zinnen, await inTaal(bestand));

/** Een zin met zijn invullingen: `{n}` wordt `waarden.n`. Is `n` 1 en is er een zin voor één, dan die. */
export const zin = (sleutel, waarden = {}) => {
  const tekst = (waarden.n === 1 && ZINNEN[`${sleutel}-een`]) || ZINNEN[sleutel];
  return tekst.replace(/\{(\w+)\}/g, (heel, naam) => waarden[naam] ?? heel);
};

/** Een dag in woorden, zoals "3 november 2026". */
export const dagInWoorden = (datum) =>
  new Intl.DateTimeFormat(document.documentElement.lang || "nl", { dateStyle: "long" }).format(datum);
