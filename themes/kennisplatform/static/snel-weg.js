// Snel weg: de link werkt ook zonder dit script. Met script: eerst een lege pagina, en drie keer Shift doet hetzelfde.
(() => {
  const link = document.querySelector(".snel-weg");
  const status = document.getElementById("snel-weg-status");
  if (!link) return;

  const laken = document.createElement("div");
  laken.setAttribute("role", "alert");
  laken.style.cssText = "position:fixed;inset:0;z-index:2147483647;background:Canvas;color:CanvasText";

  function weg() {
    document.body.append(laken);
    for (const deel of document.body.children) if (deel !== laken) deel.hidden = true;
    document.title = "Bezig met laden";
    laken.textContent = "Bezig met laden";
    location.replace(link.href);
  }

  link.addEventListener("click", (e) => {
    if (e.ctrlKey || e.metaKey || e.shiftKey) return;
    e.preventDefault();
    weg();
  });

  // Terug in de browser: toon de pagina weer gewoon.
  const titel = document.title;
  addEventListener("pageshow", () => {
    laken.remove();
    for (const deel of document.body.children) deel.hidden = false;
    document.title = titel;
  });

  let keer = 0;
  let klok;
  let samen = false;
  addEventListener("keydown", (e) => {
    if (e.key !== "Shift") { samen = true; keer = 0; }
  }, true);
  addEventListener("keyup", (e) => {
    if (e.key !== "Shift") return;
    if (samen || e.ctrlKey || e.altKey || e.metaKey) { samen = false; keer = 0; return; }
    keer += 1;
    clearTimeout(klok);
    if (keer === 3) return weg();
    status.textContent = keer === 1 ? "Shift. Nog twee keer om de website te verlaten." : "Shift. Nog één keer om de website te verlaten.";
    klok = setTimeout(() => { keer = 0; status.textContent = ""; }, 5000);
  }, true);
})();
