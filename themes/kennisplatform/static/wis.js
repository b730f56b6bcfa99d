// "Wis sporen op deze site": wist alles wat deze website zelf in deze browser kan wissen, telt voor en na, en zegt eerlijk
// wat er weg is, wat niet lukte en wat geen enkele website kan wissen. De knop staat in [data-wis], verborgen tot dit
// script er is. Is er een aanmelding op dit apparaat, dan wordt ook het eindpunt gevraagd om u af te melden.

import { adresVan, maak, misschienIngelogd } from "./dom.js";
import { zin } from "./wis-teksten.js";

const GEDULD = 3000;

const binnen = (belofte) =>
  Promise.race([belofte, new Promise((klaar, mislukt) => setTimeout(() => mislukt(new Error("te laat")), GEDULD))]);

const opslag = (vraag) => ({
  tel: () => vraag().length,
  wis: () => vraag().clear(),
});

// Een cookie gaat alleen weg met hetzelfde pad en domein; die kan een pagina niet lezen. Daarom alle die kunnen.
const wisCookie = (naam) => {
  const delen = location.pathname.split("/");
  const paden = delen.flatMap((deel, i) => {
    const pad = delen.slice(0, i).join("/");
    return [`${pad}/`, pad].filter(Boolean);
  });
  const namen = location.hostname.split(".");
  const domeinen = ["", ...namen.map((deel, i) => `; domain=${namen.slice(i).join(".")}`)];
  for (const pad of new Set(["/", location.pathname, ...paden])) {
    for (const domein of domeinen) document.cookie = `${naam}=; expires=Thu, 01 Jan 1970 00:00:00 GMT; path=${pad}${domein}`;
  }
};
const cookieNamen = () => document.cookie.split(";").map((een) => een.split("=")[0].trim()).filter(Boolean);

const wisDatabase = (naam) =>
  new Promise((klaar, mislukt) => {
    const vraag = indexedDB.deleteDatabase(naam);
    vraag.onsuccess = klaar;
    vraag.onerror = vraag.onblocked = mislukt;
  });

const SOORTEN = {
  local: opslag(() => localStorage),
  session: opslag(() => sessionStorage),
  cookies: {
    tel: () => cookieNamen().length,
    wis: () => cookieNamen().forEach(wisCookie),
  },
  caches: {
    tel: async () => ("caches" in window ? (await caches.keys()).length : 0),
    wis: async () => Promise.all((await caches.keys()).map((naam) => caches.delete(naam))),
  },
  databases: {
    tel: async () => (indexedDB?.databases ? (await indexedDB.databases()).length : 0),
    wis: async () => Promise.all((await indexedDB.databases()).map(({ name }) => wisDatabase(name))),
  },
  workers: {
    tel: async () => ("serviceWorker" in navigator ? (await navigator.serviceWorker.getRegistrations()).length : 0),
    wis: async () => Promise.all((await navigator.serviceWorker.getRegistrations()).map((een) => een.unregister())),
  },
};

// Wat een browser niet laat tellen, telt als niets.
const tel = async (soort) => {
  try {
    return await binnen(Promise.resolve(SOORTEN[soort].tel()));
  } catch {
    return 0;
  }
};

/** Wist alles; het antwoord is per soort hoeveel er was en hoeveel er over is. */
export const wisAlles = async () => {
  const uitkomst = {};
  for (const soort of Object.keys(SOORTEN)) {
    const voor = await tel(soort);
    try {
      if (voor > 0) await binnen(Promise.resolve(SOORTEN[soort].wis()));
    } catch {
      // Het tellen hierna zegt wat er over is.
    }
    uitkomst[soort] = { voor, na: voor > 0 ? await tel(soort) : 0 };
  }
  return uitkomst;
};

// `null` als er niets is om af te melden. De aanmelding zelf kan alleen de server wissen, dus daar wordt even op gewacht.
const wisAanmelding = async () => {
  if (!misschienIngelogd()) return null;
  try {
    const velden = new URLSearchParams({ snel: "1" });
    const antwoord = await binnen(fetch(adresVan("reacties/uitloggen?snel=1"), { method: "POST", body: velden, keepalive: true }));
    return antwoord.ok;
  } catch {
    return false;
  }
};

// Het koekje dat zegt dat er een aanmelding kan zijn, is net gewist. Staat de aanmelding er nog, dan hoort het terug: anders
// vraagt een tweede keer wissen er niet naar, en 'Snel weg' ook niet. Het staat waar het eindpunt het zet.
const houdAanmelding = () => {
  try {
    document.cookie = `reacties=1; path=/; SameSite=Lax${location.protocol === "https:" ? "; Secure" : ""}`;
  } catch {
    // Een browser die geen koekjes toelaat, heeft ook geen aanmelding.
  }
};

const lijstVan = (kop, regels) => (regels.length > 0 ? [maak("h3", {}, kop), maak("ul", {}, ...regels.map((regel) => maak("li", {}, regel)))] : []);

const verslag = (uitkomst, aanmelding) => {
  const soorten = Object.entries(uitkomst);
  const weg = soorten.filter(([, { voor, na }]) => voor > na).map(([soort, { voor, na }]) => zin(`wis-${soort}`, { n: String(voor - na) }));
  const over = soorten
    .filter(([, { na }]) => na > 0)
    .map(([soort, { na }]) => zin("wis-over-een", { soort: zin(`wis-${soort}`, { n: String(na) }) }));
  if (aanmelding === true) weg.push(zin("wis-aanmelding"));
  if (aanmelding === false) over.push(zin("wis-over-aanmelding"));
  const begin = weg.length > 0 ? lijstVan(zin("wis-klaar"), weg) : over.length > 0 ? [] : [maak("p", {}, zin("wis-niets"))];
  return [
    ...begin,
    ...lijstVan(zin("wis-over"), over),
    ...lijstVan(zin("wis-kan-niet"), zin("wis-kan-niet-lijst").split("|")),
    maak("p", {}, zin("wis-zelf")),
  ];
};

for (const deel of document.querySelectorAll("[data-wis]")) {
  const knop = deel.querySelector("[data-wis-knop]");
  const uitslag = deel.querySelector("[data-wis-uitslag]");
  if (!knop || !uitslag) continue;
  knop.addEventListener("click", async () => {
    knop.setAttribute("aria-disabled", "true");
    uitslag.replaceChildren(maak("p", {}, zin("wis-bezig")));
    // Eerst vragen: na het wissen is niet meer te zien dat er een aanmelding was. Het wissen wacht er niet op.
    const afmelden = wisAanmelding();
    const uitkomst = await wisAlles();
    const aanmelding = await afmelden;
    if (aanmelding === false) {
      houdAanmelding();
      uitkomst.cookies.na = await tel("cookies");
    }
    uitslag.replaceChildren(...verslag(uitkomst, aanmelding));
    knop.removeAttribute("aria-disabled");
    uitslag.focus();
  });
  deel.hidden = false;
}
