// Knoppen om de link of een bronvermelding te kopiëren, in elk element met data-delen. Zonder script staat er niets.

import { maak } from "./dom.js";
import { dagInWoorden, zin } from "./teksten.js";

const titel = document.querySelector("main h1")?.textContent.trim() ?? document.title;
const adres = document.querySelector("link[rel=canonical]")?.href ?? location.href.split(/[?#]/)[0];
const naam = document.querySelector("meta[property='og:site_name']")?.content ?? document.title.split(" – ").pop();

for (const plek of document.querySelectorAll("[data-delen]")) {
  const melding = maak("span", { role: "status" });
  const kopieer = (tekst) => async () => {
    try {
      await navigator.clipboard.writeText(tekst);
      melding.textContent = zin("gekopieerd");
    } catch {
      melding.textContent = zin("kopieer-mislukt", { tekst });
    }
  };
  const bron = zin("citaat-tekst", { titel, naam, adres, datum: dagInWoorden(new Date()) });
  plek.append(
    maak("button", { type: "button", class: "knop-klein", onclick: kopieer(adres) }, zin("kopieer")),
    " ",
    maak("button", { type: "button", class: "knop-klein", onclick: kopieer(bron) }, zin("citaat")),
    " ",
    melding,
  );
}
