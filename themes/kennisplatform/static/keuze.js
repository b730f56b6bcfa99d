// Twee verzamelingen pagina's die de bezoeker zelf samenstelt: "mijn lijst" en "vergelijken".
// Een pagina is een pad binnen deze website en een titel. Alles blijft op dit apparaat (zie opslag.js).

import { padVan } from "./dom.js";
import { lees, schrijf, vergeet, volg } from "./opslag.js";

const LANGSTE_TITEL = 300;

/** Alleen wat wij zelf geschreven kunnen hebben komt hier door; al het andere is kapot of van een ander. */
const keur = (ruw) => {
  if (!Array.isArray(ruw?.paginas)) return null;
  const gezien = new Set();
  return ruw.paginas
    .filter((een) => typeof een?.pad === "string" && typeof een?.titel === "string" && padVan(een.pad) === een.pad)
    .filter((een) => !gezien.has(een.pad) && gezien.add(een.pad))
    .map(({ pad, titel }) => ({ pad, titel: titel.slice(0, LANGSTE_TITEL) }));
};

const verzameling = (sleutel, hoogstens) => {
  const luisteraars = new Set();
  const meld = () => luisteraars.forEach((doe) => doe());
  const alles = () => lees(sleutel, keur) ?? [];
  // `true` als het bewaard is; zie `schrijf`.
  const bewaar = (paginas) => {
    let bewaard = true;
    if (paginas.length === 0) vergeet(sleutel);
    else bewaard = schrijf(sleutel, { paginas });
    meld();
    return bewaard;
  };
  volg(sleutel, meld);
  // Een pagina die uit het geheugen van de browser terugkomt, heeft de storage-gebeurtenissen gemist.
  addEventListener("pageshow", (gebeurtenis) => gebeurtenis.persisted && meld());
  return {
    hoogstens,
    alles,
    heeft: (pad) => alles().some((een) => een.pad === pad),
    vol: () => alles().length >= hoogstens,
    zet: (pad, titel) => bewaar([...alles().filter((een) => een.pad !== pad), { pad, titel }]),
    weg: (pad) => bewaar(alles().filter((een) => een.pad !== pad)),
    leeg: () => bewaar([]),
    verplaats: (pad, stap) => {
      const paginas = alles();
      const van = paginas.findIndex((een) => een.pad === pad);
      const naar = van + stap;
      if (van < 0 || naar < 0 || naar >= paginas.length) return;
      [paginas[van], paginas[naar]] = [paginas[naar], paginas[van]];
      bewaar(paginas);
    },
    opWijziging: (doe) => luisteraars.add(doe),
  };
};

export const lijst = verzameling("lijst:1", 100);
export const vergelijking = verzameling("vergelijken:1", 4);
