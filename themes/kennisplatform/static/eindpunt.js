// Het eindpunt vragen: wat er onder `reacties/` van deze website staat. Elke vraag heeft een tijdslimiet, en wat geen JSON
// is, telt als geen antwoord. Zo blijft een pagina heel als het eindpunt uit staat, traag is of er nooit was.

import { adresVan, misschienIngelogd } from "./dom.js";

const GEDULD = 4000;

/** Een vraag aan het eindpunt: de status en de gegevens, of een fout als er geen bruikbaar antwoord kwam. */
export const vraag = async (pad, opties = {}) => {
  const antwoord = await fetch(adresVan(`reacties/${pad}`), {
    credentials: "same-origin",
    redirect: "error",
    signal: AbortSignal.timeout(GEDULD),
    ...opties,
    headers: { accept: "application/json", ...opties.headers },
  });
  if (!/^application\/json\b/.test(antwoord.headers.get("content-type") ?? "")) throw new Error(`geen JSON: ${antwoord.status}`);
  return { status: antwoord.status, gegevens: await antwoord.json() };
};

/** Wie er is ingelogd: `{ ingelogd, naam, formulier, … }`. Een fout als dat niet te weten is. */
export const wie = async () => {
  const { status, gegevens } = await vraag("ik.json", { cache: "no-store" });
  if (status !== 200 || typeof gegevens?.ingelogd !== "boolean") throw new Error(`ik.json: ${status}`);
  return gegevens;
};

/** De draden van een pagina zoals het eindpunt ze kent. Wie is ingelogd, krijgt ook wat van hem nog wacht. */
export const draad = async (pagina) => {
  const { status, gegevens } = await vraag(`draad.json?pagina=${encodeURIComponent(pagina)}`, {
    cache: misschienIngelogd() ? "no-store" : "no-cache",
  });
  const goed = status === 200 && gegevens?.versie === 1 && gegevens.pagina === pagina && Array.isArray(gegevens.draden);
  if (!goed) throw new Error(`draad.json: ${status}`);
  return gegevens;
};

/** Stuurt een formulier: de status en de gegevens van het antwoord. */
export const plaats = (velden) => vraag("plaatsen", { method: "POST", body: velden });
