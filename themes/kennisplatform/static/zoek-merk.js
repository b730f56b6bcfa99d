// Markeert op een pagina de woorden waarmee zij gevonden is, en zet bovenaan een knop om dat weg te halen. De woorden komen
// eenmalig van de pagina met resultaten; ze staan niet in het adres en blijven nergens bewaard.

import { maak } from "./dom.js";
import { zin } from "./zoek-teksten.js";

const HOOGSTENS = 300;
const NIET = "nav, script, style, svg, button, input, select, textarea, [hidden], .alleen-voorlezen, .rij-doen";

const plat = (tekst) => tekst.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

// Een woord past als het er zo staat, of met een uitgang: team, teams; gezin, gezinnen.
const pastBij = (woorden) => {
  const vormen = woorden.map(plat);
  return (woord) => {
    const eigen = plat(woord);
    return vormen.some((vorm) => eigen === vorm || (vorm.length >= 4 && eigen.startsWith(vorm) && eigen.length - vorm.length <= 3));
  };
};

const merkKnoop = (knoop, past) => {
  const delen = knoop.data.split(/([\p{L}\p{N}+\p{M}]+)/u);
  if (!delen.some((deel, i) => i % 2 === 1 && past(deel))) return 0;
  const nieuw = delen.filter(Boolean).map((deel) => (/[\p{L}\p{N}]/u.test(deel) && past(deel) ? maak("mark", { class: "zoek-merk" }, deel) : deel));
  knoop.replaceWith(...nieuw);
  return nieuw.filter((deel) => typeof deel !== "string").length;
};

const knopenVan = (deel) => {
  const loper = document.createTreeWalker(deel, NodeFilter.SHOW_TEXT, (knoop) =>
    knoop.parentElement.closest(NIET) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT,
  );
  const knopen = [];
  while (loper.nextNode()) knopen.push(loper.currentNode);
  return knopen;
};

export const begin = (woorden) => {
  const main = document.querySelector("main");
  const past = pastBij(woorden);
  let aantal = 0;
  for (const knoop of knopenVan(main)) {
    aantal += merkKnoop(knoop, past);
    if (aantal >= HOOGSTENS) break;
  }
  if (aantal === 0) return;
  const weg = () => {
    for (const merk of main.querySelectorAll("mark.zoek-merk")) {
      const ouder = merk.parentNode;
      merk.replaceWith(...merk.childNodes);
      ouder.normalize();
    }
    balk.remove();
    main.focus();
  };
  const knop = maak("button", { type: "button", class: "knop-klein", onclick: weg }, zin("zoek-merk-weg"));
  const balk = maak("p", { class: "zoek-merkbalk" }, zin("zoek-merk", { n: aantal }), " ", knop);
  (main.querySelector(".titelblok") ?? main.querySelector("h1"))?.after(balk);
};
