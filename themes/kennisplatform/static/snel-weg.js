// Snel weg. De knop is een gewone link en werkt ook zonder dit script. Met script:
// 1. eerst is alles verborgen en zijn de zoekwoorden gewist, dan pas gaat de browser weg, en deze stap blijft niet achter
//    de knop Terug staan;
// 2. drie keer Shift doet hetzelfde. Een andere toets, een toets erbij, een klik of vijf seconden wachten begint opnieuw.
// Zonder netwerk blijft het scherm leeg, met alleen "Bezig met laden", tot er weer netwerk is.
// De knop: a.snel-weg, met data-toets="uit" als Shift niets mag doen. De meldingen en hun zinnen: #snel-weg-status.
// Dit bestand leunt op geen ander bestand: het moet ook werken als er iets misgaat.

const KEREN = 3;
const WACHTTIJD = 5000;

const knop = document.querySelector("a.snel-weg");
const status = document.getElementById("snel-weg-status");
const scherm = document.createElement("div");
scherm.className = "weg-scherm";
scherm.setAttribute("role", "alert");
const bezig = status?.dataset.bezig ?? "…";
let titel = null;

const verberg = () => {
  titel ??= document.title;
  document.documentElement.classList.add("weg");
  document.body.append(scherm);
  document.title = bezig;
  // Een melding wordt pas voorgelezen als haar tekst later komt dan haar plaats.
  setTimeout(() => {
    scherm.textContent = bezig;
  }, 20);
};

const herstel = () => {
  document.documentElement.classList.remove("weg");
  scherm.remove();
  scherm.textContent = "";
  if (titel !== null) document.title = titel;
  titel = null;
  removeEventListener("online", vertrek);
};

const vertrek = () => {
  if (navigator.onLine === false) addEventListener("online", vertrek, { once: true });
  else location.replace(knop.href);
};

// Wat iemand schreef, blijft nergens achter: niet in een veld, niet in dit tabblad. Zonder het nummer van het bezoek dat daar
// stond, toont ook een eerdere pagina de zoekwoorden niet meer (zie zoek.js).
const SCHRIJFVELDEN = "input[name=q], main textarea, main input:not([type=hidden], [type=checkbox], [type=radio], [type=submit])";
const vergeet = () => {
  for (const veld of document.querySelectorAll(SCHRIJFVELDEN)) veld.value = "";
  try {
    sessionStorage.clear();
  } catch {
    // Wat niet bewaard mocht worden, staat er ook niet.
  }
};

// Een aanmelding op dit apparaat eindigt ook. Daar wordt nooit op gewacht: weg zijn gaat voor.
const logUit = () => {
  try {
    if (!/(?:^|;\s*)reacties=1(?:;|$)/.test(document.cookie)) return;
    navigator.sendBeacon(new URL("./reacties/uitloggen?snel=1", import.meta.url), new URLSearchParams({ snel: "1" }));
  } catch {
    // Dan zegt "Wis sporen" later dat het nog moet.
  }
};

const weg = () => {
  verberg();
  vergeet();
  logUit();
  vertrek();
};

const opShift = () => {
  let keren = 0;
  let alleen = false;
  let wekker;
  const opnieuw = () => {
    keren = 0;
    alleen = false;
    clearTimeout(wekker);
    if (status) status.textContent = "";
  };
  const metToets = (e) => e.ctrlKey || e.altKey || e.metaKey || e.isComposing;

  addEventListener(
    "keydown",
    (e) => {
      if (e.key !== "Shift" || metToets(e)) opnieuw();
      else if (!e.repeat) alleen = true;
    },
    true,
  );
  addEventListener("pointerdown", opnieuw, true);
  addEventListener("blur", opnieuw);
  addEventListener(
    "keyup",
    (e) => {
      if (e.key !== "Shift" || !alleen || metToets(e)) return;
      alleen = false;
      keren += 1;
      clearTimeout(wekker);
      if (keren === KEREN) {
        opnieuw();
        weg();
        return;
      }
      if (status) status.textContent = keren === 1 ? status.dataset.nogTwee : status.dataset.nogEen;
      wekker = setTimeout(opnieuw, WACHTTIJD);
    },
    true,
  );
};

if (knop) {
  // Ook met een toets erbij of met de middelste muisknop: altijd in ditzelfde tabblad, anders blijft de pagina openstaan.
  const klik = (e) => {
    if (e.type === "auxclick" && e.button !== 1) return;
    e.preventDefault();
    weg();
  };
  knop.addEventListener("click", klik);
  knop.addEventListener("auxclick", klik);
  // Wie zelf terugkomt, ziet de pagina weer gewoon.
  addEventListener("pageshow", (e) => e.persisted && herstel());
  if (knop.dataset.toets !== "uit") opShift();
}
