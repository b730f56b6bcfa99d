// Een opengeklapte groep van het menu gaat dicht met Escape, met een klik ergens anders en als het toetsenbord verder gaat.
// Op een smal scherm ligt het menu niet over de pagina heen; daar sluit alleen Escape. Zonder script sluit de kop van de groep.
// De link om in te loggen zegt wat erachter zit als er al iemand is ingelogd.

import { misschienIngelogd } from "./dom.js";

const menu = document.querySelector(".menu");
const open = () => [...menu.querySelectorAll("details[open]")];
const zweeft = (groep) => groep.matches(".menu-groep") && getComputedStyle(groep.querySelector("ul")).position === "absolute";

const sluitWatZweeft = (doel) => {
  for (const groep of open()) if (zweeft(groep) && !groep.contains(doel)) groep.open = false;
};

const opEscape = (e) => {
  // De binnenste eerst: bij een smal menu eerst de groep, dan het menu.
  const groep = open().at(-1);
  if (e.key !== "Escape" || !groep) return;
  const hadFocus = groep.contains(document.activeElement);
  groep.open = false;
  if (hadFocus) groep.querySelector("summary").focus();
};

if (menu) {
  document.addEventListener("keydown", opEscape);
  document.addEventListener("pointerdown", (e) => sluitWatZweeft(e.target));
  menu.addEventListener("focusout", (e) => e.relatedTarget && sluitWatZweeft(e.relatedTarget));
}

const inloggen = document.querySelector("[data-ingelogd]");
if (inloggen && misschienIngelogd()) inloggen.textContent = inloggen.dataset.ingelogd;
