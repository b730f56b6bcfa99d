// Wat deze browser onthoudt: een lijst, een vergelijking, vinkjes. Niets ervan gaat naar een server.
// Als opslaan niet mag (privévenster, geblokkeerd, vol), werkt de pagina gewoon door; alleen blijft er dan niets bewaard.

import { BASIS } from "./dom.js";

const los = new Map();
const naamVan = (sleutel) => `kennisplatform:${BASIS.pathname}:${sleutel}`;

/** Wat onder `sleutel` staat, nagekeken door `keur`. Kapotte gegevens gaan stil weg; dan is het antwoord `null`. */
export const lees = (sleutel, keur) => {
  const naam = naamVan(sleutel);
  if (los.has(naam)) return keur(los.get(naam));
  let ruw;
  try {
    ruw = localStorage.getItem(naam);
  } catch {
    return null;
  }
  if (ruw === null) return null;
  let goed = null;
  try {
    goed = keur(JSON.parse(ruw));
  } catch {
    // Geen JSON, of niet wat wij ooit schreven.
  }
  if (goed === null) vergeet(sleutel);
  return goed;
};

/** Bewaart een waarde. `false` als de browser dat niet toestaat: dan geldt zij alleen zolang de pagina openstaat. */
export const schrijf = (sleutel, waarde) => {
  const naam = naamVan(sleutel);
  try {
    localStorage.setItem(naam, JSON.stringify(waarde));
    los.delete(naam);
    return true;
  } catch {
    los.set(naam, waarde);
    return false;
  }
};

export const vergeet = (sleutel) => {
  los.delete(naamVan(sleutel));
  try {
    localStorage.removeItem(naamVan(sleutel));
  } catch {
    // Wat niet bewaard mocht worden, hoeft ook niet weg.
  }
};

/** Roept `doe` als een ander tabblad iets onder `sleutel` verandert of alles wist. */
export const volg = (sleutel, doe) => {
  addEventListener("storage", (gebeurtenis) => {
    if (gebeurtenis.key === null || gebeurtenis.key === naamVan(sleutel)) doe();
  });
};
