// Het register van A tot Z, gefilterd op titels en samenvattingen. Zonder script staat gewoon alles er.
// Heeft de site een zoekindex, dan zoekt zoek-pagina.js in alle teksten; dit filter neemt het over als dat niet lukt.

import { zin } from "./teksten.js";

const plat = (tekst) => tekst.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

/** Laat het zoekveld de lijst filteren. */
export const begin = () => {
  const lijst = document.getElementById("register");
  const melding = document.getElementById("register-melding");
  const veld = document.getElementById("zoek-kop");
  if (!lijst || !melding || !veld) return;
  const rijen = [...lijst.children].map((rij) => ({ rij, tekst: plat(rij.textContent) }));
  const eerst = melding.textContent;
  const filter = () => {
    const woorden = plat(veld.value).split(/\s+/).filter(Boolean);
    let aantal = 0;
    for (const { rij, tekst } of rijen) {
      rij.hidden = !woorden.every((woord) => tekst.includes(woord));
      if (!rij.hidden) aantal += 1;
    }
    if (woorden.length === 0) melding.textContent = eerst;
    else melding.textContent = aantal === 0 ? zin("register-niets") : zin("register-aantal", { n: aantal });
  };
  veld.addEventListener("input", filter);
  veld.form.addEventListener("submit", (e) => {
    e.preventDefault();
    filter();
  });
  filter();
};

const veld = document.getElementById("zoek-kop");
if (veld && !veld.form.dataset.zoekManifest) {
  veld.value ||= new URLSearchParams(location.search).get("q") ?? "";
  begin();
}
