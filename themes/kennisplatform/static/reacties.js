// Reacties van deelnemers, alleen op pagina's waar ze staan (data-reacties met een lijst). Dit deel is klein en haalt de rest
// als het nodig is:
//   - de lijst, zodra iemand bij de reacties komt; niet al bij het openen van de pagina;
//   - het formulier, zodra iemand erin komt. Dan pas wordt gevraagd wie het is; of eerder, als er een koekje `reacties=1` is.
// Lukt er iets niet, dan staat de pagina er nog zoals zij is gemaakt, en gaat een formulier de gewone weg.

import { misschienIngelogd } from "./dom.js";

const blok = document.querySelector(".reacties:has([data-draden])");

const formulier = () => import("./reacties-formulier.js");
const lijst = () => import("./reacties-lijst.js").then(({ ververs }) => ververs(blok));

const opFormulier = (e) => e.target.closest?.("form[data-reageer]");

const begin = () => {
  blok.addEventListener("focusin", (e) => {
    const form = opFormulier(e);
    if (form) formulier().then(({ begin: start }) => start(form), () => {});
  });
  blok.addEventListener("submit", (e) => {
    const form = opFormulier(e);
    if (!form) return;
    e.preventDefault();
    formulier().then(({ verstuur }) => verstuur(form), () => HTMLFormElement.prototype.submit.call(form));
  });
  // Wie terugkomt op dit tabblad of met Vorige, ziet wat er intussen bij kwam.
  let gezien = 0;
  const nu = () => {
    if (document.visibilityState !== "visible" || Date.now() - gezien < 30_000) return;
    gezien = Date.now();
    lijst().catch(() => {});
  };
  const eerst = () => {
    nu();
    document.addEventListener("visibilitychange", nu);
    addEventListener("pageshow", (e) => e.persisted && nu());
    const form = blok.querySelector("form[data-reageer]");
    if (misschienIngelogd() && form) formulier().then(({ begin: start }) => start(form), () => {});
  };
  if (location.hash.startsWith("#reactie-")) eerst();
  else alsIemandKomt(eerst);
};

// Iemand is er: de pagina is aangeraakt, en de reacties zijn in de buurt van wat in beeld is.
const alsIemandKomt = (doe) => {
  const tekens = ["scroll", "pointermove", "pointerdown", "keydown", "touchstart"];
  const iemand = () => {
    for (const teken of tekens) removeEventListener(teken, iemand, true);
    const oog = new IntersectionObserver(
      (ziet) => {
        if (!ziet.some((een) => een.isIntersecting)) return;
        oog.disconnect();
        doe();
      },
      { rootMargin: "50% 0px" },
    );
    oog.observe(blok);
  };
  for (const teken of tekens) addEventListener(teken, iemand, { capture: true, passive: true });
};

if (blok) begin();
