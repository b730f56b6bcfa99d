// Kleine bouwstenen voor de andere scripts: een element maken, paden binnen deze website, en of er iemand is ingelogd.
// Stijl gaat altijd met klassen: de beveiliging van de site (CSP) staat geen stijl in de HTML toe.

/** Waar deze website begint, ook als zij in een map van een domein staat. */
export const BASIS = new URL("./", import.meta.url);

/** Een element met eigenschappen en inhoud. `null` en `false` slaan een eigenschap of kind over. */
export const maak = (naam, eigenschappen = {}, ...kinderen) => {
  const element = document.createElement(naam);
  for (const [sleutel, waarde] of Object.entries(eigenschappen)) {
    if (waarde === null || waarde === undefined || waarde === false) continue;
    if (sleutel.startsWith("on")) element.addEventListener(sleutel.slice(2), waarde);
    else element.setAttribute(sleutel, waarde === true ? "" : waarde);
  }
  element.append(...kinderen.flat().filter((kind) => kind !== null && kind !== undefined && kind !== false));
  return element;
};

/** Tekst die alleen een voorleesprogramma zegt. */
export const voorgelezen = (tekst) => maak("span", { class: "alleen-voorlezen" }, tekst);

/** Het pad van een pagina binnen deze website, zonder vraag en anker; `null` voor al het andere. */
export const padVan = (adres) => {
  let url;
  try {
    url = new URL(adres, BASIS);
  } catch {
    return null;
  }
  if (url.origin !== BASIS.origin || !url.pathname.startsWith(BASIS.pathname)) return null;
  return url.pathname.slice(BASIS.pathname.length) || null;
};

/** Het adres bij een pad van `padVan`. */
export const adresVan = (pad) => new URL(pad, BASIS).href;

/** Of dit apparaat zegt dat er iemand is ingelogd. Het koekje zegt niet wie. */
export const misschienIngelogd = () => {
  try {
    return /(?:^|;\s*)reacties=1(?:;|$)/.test(document.cookie);
  } catch {
    return false;
  }
};
