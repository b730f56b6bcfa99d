// Het register van A tot Z, gefilterd op wat u zoekt. Zonder script staat gewoon alles er.
(() => {
  const lijst = document.getElementById("register");
  const melding = document.getElementById("register-melding");
  const veld = document.getElementById("zoek-kop");
  if (!lijst || !veld) return;

  const plat = (t) => t.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  const rijen = [...lijst.children].map((rij) => ({ rij, tekst: plat(rij.textContent) }));
  const begin = melding.textContent;

  function filter() {
    const woorden = plat(veld.value).split(/\s+/).filter(Boolean);
    let aantal = 0;
    for (const { rij, tekst } of rijen) {
      rij.hidden = !woorden.every((w) => tekst.includes(w));
      if (!rij.hidden) aantal += 1;
    }
    melding.textContent = !woorden.length ? begin
      : aantal === 0 ? "Niets gevonden in titels en samenvattingen. Probeer een ander of korter woord."
      : aantal === 1 ? "1 pagina gevonden" : `${aantal} pagina's gevonden`;
  }

  veld.value = new URLSearchParams(location.search).get("q") ?? "";
  veld.addEventListener("input", filter);
  veld.form.addEventListener("submit", (e) => { e.preventDefault(); filter(); });
  filter();
})();
