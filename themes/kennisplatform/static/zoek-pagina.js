// De zoekpagina: alle resultaten van het zoekveld, filters met aantallen, meer resultaten, en een link om te delen.
// Het adres blijft leeg. Alleen "deel deze zoekopdracht" maakt een link met de woorden en filters erin, en wie zo'n link
// opent, ziet hetzelfde. De knop Terug brengt vraag, filters, plek en aandacht terug (zie zoek.js voor waar dat blijft).
// Lukt zoeken niet, dan neemt het filter van register.js het over, met een eerlijke zin erbij.

import { maak } from "./dom.js";
import { lees, schrijf, vergeet } from "./opslag.js";
import { zin } from "./zoek-teksten.js";
import { andersVan, foutVan, hulpVan, isNood, naarKlembord, nietsVan, rijVan, spreker, standVan, uitgesteld, woordenVan } from "./zoek-rij.js";

const STAP = 10;
const RUST = 180;
const GEDULD = 500;
// Van een lange lijst waarden staan er eerst zoveel.
const KORT = 8;
// De filters daarna staan onder "Meer filters".
const VOORAAN = 6;

// Twee filters kunnen dezelfde naam hebben, zoals de soort van een tip en van een update. Dan zegt de tweede welke zij is.
const plat = (tekst) => tekst.toLowerCase().replace(/\W+/g, "-");
const naamVan = ({ name, label }, alle) => {
  const rest = name.replace(new RegExp(`^${plat(label)}-?`), "");
  const dubbel = alle.filter((een) => een.label === label).length > 1;
  return dubbel && rest ? `${label} (${rest.replaceAll("-", " ")})` : label;
};

export const begin = ({ form, veld, pagina, zoek, geef, onthoud, onthouden }) => {
  const register = document.querySelector("[data-register]");
  const melding = spreker();
  const zeg = uitgesteld(melding);
  const keuze = new Map();
  const filters = filterKolom(keuze, () => vind({ meteen: true }));
  const stand = maak("h2", { class: "zoek-stand", id: "zoek-stand", tabindex: "-1" });
  const deel = maak("button", { type: "button", class: "knop-klein", onclick: () => deelLink() }, zin("zoek-deel"));
  const deelMelding = maak("p", { class: "zoek-deel-melding", role: "status" });
  const boven = maak("div", { class: "zoek-boven" });
  const rijen = maak("ul", { class: "rijen", "aria-labelledby": stand.id });
  const meer = maak("p", { class: "zoek-meer" });
  const resultaten = maak("div", {}, maak("div", { class: "facet-boven" }, stand, deel), deelMelding, boven, rijen, meer);
  pagina.classList.add("met-facetten");
  pagina.append(filters.kolom, resultaten);
  pagina.after(melding, toetsKeuze());

  let vraag = "";
  let getoond = [];
  let wekker;
  let stuk = false;

  const filtersNu = () => Object.fromEntries([...keuze].filter(([, waarden]) => waarden.size > 0).map(([naam, waarden]) => [naam, [...waarden]]));

  const bewaar = (extra = {}) => onthoud(vraag ? { vraag, filters: filtersNu(), aantal: getoond.length, hoogte: scrollY, ...extra } : null);

  const naarRegister = () => {
    vraag = "";
    getoond = [];
    zeg("");
    pagina.hidden = true;
    register.hidden = false;
    onthoud(null);
  };

  // Het adres van een gedeelde link klopt niet meer als de bezoeker iets anders vraagt.
  const schoonAdres = () => location.search && history.replaceState(history.state, "", location.pathname + location.hash);

  const vind = async ({ aantal = STAP, typing = false, meteen = false } = {}) => {
    const gevraagd = veld.value.trim();
    clearTimeout(wekker);
    if (!gevraagd) return naarRegister();
    if (gevraagd !== vraag && meteen !== "begin") schoonAdres();
    vraag = gevraagd;
    zeg("");
    deelMelding.textContent = "";
    wekker = setTimeout(() => (stand.textContent = zin("zoek-bezig")), GEDULD);
    toonBoven(null);
    pagina.hidden = false;
    register.hidden = true;
    try {
      const gevonden = await zoek(gevraagd, { limit: aantal, facets: filtersNu(), counts: true, typing });
      if (vraag !== gevraagd) return;
      clearTimeout(wekker);
      getoond = [];
      rijen.replaceChildren();
      toonGevonden(gevonden);
      if (meteen !== "begin") bewaar();
    } catch (fout) {
      clearTimeout(wekker);
      if (fout.name !== "AbortError") await opFout(fout);
    }
  };

  const toonBoven = (gevonden) => {
    const nood = isNood(form, vraag);
    const niets = gevonden && gevonden.rows.length === 0 && getoond.length === 0;
    const gefilterd = Object.keys(filtersNu()).length > 0;
    boven.replaceChildren(
      ...[
        nood || niets ? hulpVan(form) : null,
        ...(gevonden ? andersVan(gevonden, anders) : []),
        niets && gefilterd ? maak("p", {}, zin("filter-geen")) : null,
        niets && !gefilterd ? nietsVan(form, vraag) : null,
      ].filter(Boolean),
    );
  };

  const toonGevonden = (gevonden) => {
    const alle = gevonden.total + (gevonden.partial ?? 0);
    stand.textContent = standVan(gevonden);
    toonBoven(gevonden);
    voegToe(gevonden.rows);
    filters.toon(gevonden.facets ?? []);
    deel.hidden = alle === 0;
    const over = alle - getoond.length;
    meer.replaceChildren(
      ...(over > 0 ? [maak("button", { type: "button", class: "knop", onclick: toonMeer }, zin("zoek-meer"))] : []),
      ...(alle > STAP ? [maak("span", { class: "klein" }, zin("zoek-getoond", { n: String(getoond.length), alle: String(alle) }))] : []),
    );
    zeg(stand.textContent);
  };

  const voegToe = (rows) => {
    for (const row of rows) {
      // Vanaf hier hebben pagina's niet alle woorden.
      if (row.missing?.length > 0 && !getoond.at(-1)?.missing?.length && getoond.length > 0) {
        rijen.append(maak("li", { class: "zoek-deels" }, zin("zoek-vanaf-hier")));
      }
      getoond.push(row);
      const rij = rijVan(row, { kop: "h3" });
      rij.addEventListener("click", (e) => opResultaat(e, row));
      rijen.append(rij);
    }
  };

  const opResultaat = (e, row) => {
    const link = e.target.closest("a[href]");
    if (!link || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return;
    geef("merk", { pad: link.pathname, woorden: woordenVan(row, vraag) });
    bewaar({ aandacht: link.href });
  };

  const toonMeer = async () => {
    const vanaf = getoond.length;
    const gevraagd = vraag;
    try {
      const gevonden = await zoek(gevraagd, { limit: STAP, offset: vanaf, facets: filtersNu(), counts: true });
      if (vraag !== gevraagd) return;
      const stond = rijen.children.length;
      toonGevonden(gevonden);
      [...rijen.children].slice(stond).map((rij) => rij.querySelector("a")).find(Boolean)?.focus();
      zeg(zin("zoek-getoond", { n: String(getoond.length), alle: String(gevonden.total + (gevonden.partial ?? 0)) }));
      bewaar();
    } catch (fout) {
      if (fout.name !== "AbortError") await opFout(fout);
    }
  };

  const anders = (tekst) => {
    veld.value = tekst;
    veld.focus();
    vind();
  };

  const deelLink = () => {
    const delen = new URLSearchParams({ q: vraag });
    for (const [naam, waarden] of Object.entries(filtersNu())) delen.set(naam, waarden.join(","));
    const adres = new URL(location.pathname, location.href);
    adres.search = delen.toString().replaceAll("%2C", ",");
    naarKlembord(adres.href, deelMelding);
  };

  // De lijst van A tot Z blijft bruikbaar, wat er ook mis is met de index.
  const opFout = async (fout) => {
    const tekst = foutVan(fout);
    pagina.hidden = true;
    register.hidden = false;
    if (!stuk) {
      const herlaad = maak("button", { type: "button", class: "knop-klein", onclick: () => location.reload() }, zin("zoek-herlaad"));
      register.before(maak("div", { class: "zoek-stuk-melding", role: "status" }, maak("p", {}, tekst, " ", zin("zoek-titels")), fout.code === "file" ? herlaad : null));
      const { begin: filter } = await import("./register.js");
      filter();
    }
    stuk = true;
  };

  const wis = () => {
    veld.value = "";
    keuze.clear();
    rijen.replaceChildren();
    boven.replaceChildren();
    naarRegister();
  };

  let rust;
  veld.addEventListener("input", () => {
    if (stuk) return;
    clearTimeout(rust);
    rust = setTimeout(() => vind({ typing: true }), RUST);
  });
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    if (stuk) return;
    clearTimeout(rust);
    vind({ meteen: true });
    // Op een telefoon gaat het toetsenbord weg, zodat er iets te zien is.
    if (matchMedia("(pointer: coarse)").matches) veld.blur();
  });
  const links = () => [...rijen.querySelectorAll("a[href]")];
  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.altKey || e.metaKey || e.shiftKey || e.isComposing || pagina.hidden) return;
    const nu = links().indexOf(document.activeElement);
    if (e.target !== veld && nu < 0) return;
    if (e.key === "ArrowDown") links()[nu + 1]?.focus();
    else if (e.key === "ArrowUp" && nu >= 0) (links()[nu - 1] ?? veld).focus();
    else if (e.key === "Escape") nu >= 0 ? veld.focus() : wis();
    else return;
    e.preventDefault();
  });
  let scroll;
  addEventListener("scroll", () => {
    clearTimeout(scroll);
    scroll = setTimeout(() => getoond.length > 0 && history.state?.zoek && bewaar({ aandacht: history.state.zoek.aandacht }), 250);
  }, { passive: true });

  const kies = (wat) => {
    for (const [naam, waarden] of Object.entries(wat ?? {})) keuze.set(naam, new Set(waarden));
  };

  const vooraf = async () => {
    const terug = onthouden();
    const adres = new URLSearchParams(location.search);
    if (terug) kies(terug.filters);
    else for (const [naam, waarde] of adres) if (naam !== "q" && waarde) keuze.set(naam, new Set(waarde.split(",")));
    veld.value ||= terug?.vraag ?? adres.get("q") ?? "";
    if (!veld.value.trim()) return;
    if (terug?.aantal) history.scrollRestoration = "manual";
    await vind({ aantal: Math.max(STAP, terug?.aantal ?? 0), meteen: "begin" });
    if (terug?.aantal) {
      scrollTo({ top: terug.hoogte, behavior: "instant" });
      links().find(({ href }) => href === terug.aandacht)?.focus({ preventScroll: true });
    }
    if (getoond.length > 0) bewaar({ hoogte: terug?.hoogte ?? scrollY, aandacht: terug?.aandacht });
  };
  vooraf();

  return { wis, alles: () => vind({ meteen: true }) };
};

// ---- filters ----

// Vakjes in een fieldset per facet. De vakjes blijven dezelfde als de aantallen veranderen: de aandacht verspringt dan niet.
const filterKolom = (keuze, opWijziging) => {
  const groepen = new Map();
  const leeg = maak("button", { type: "button", class: "knop-klein", hidden: true, onclick: () => alleWeg() }, zin("filter-wis"));
  const verder = maak("details", { class: "zoek-meer-filters", hidden: true }, maak("summary", {}, zin("zoek-meer-filters")));
  const facetten = maak("div", { class: "facetten" }, leeg, verder);
  const blad = maak("details", { class: "facetten-blad" }, maak("summary", {}, zin("zoek-filters")), facetten);
  const kolom = maak("div", { class: "facetten-kolom" }, blad);

  const alleWeg = () => {
    keuze.clear();
    for (const { vakjes } of groepen.values()) for (const { vakje } of vakjes.values()) vakje.checked = false;
    (facetten.querySelector("input") ?? blad.querySelector("summary")).focus();
    opWijziging();
  };

  const groepVan = (facet, alle) => {
    const { name } = facet;
    if (groepen.has(name)) return groepen.get(name);
    const lijst = maak("ul");
    const alles = maak("button", { type: "button", class: "knop-klein", hidden: true, "aria-expanded": "false" });
    const groep = { lijst, alles, vakjes: new Map(), lang: false, veldset: maak("fieldset", { class: "facet" }, maak("legend", {}, naamVan(facet, alle)), lijst, alles) };
    alles.addEventListener("click", () => {
      groep.lang = !groep.lang;
      kortIn(groep);
    });
    groepen.set(name, groep);
    if (groepen.size > VOORAAN) verder.append(groep.veldset);
    else verder.before(groep.veldset);
    return groep;
  };

  const vakjeVan = (groep, facet, { value, label }) => {
    if (groep.vakjes.has(value)) return groep.vakjes.get(value);
    const id = `zoek-${facet}-${groep.vakjes.size}`;
    const aantal = maak("span", { class: "facet-aantal" });
    const vakje = maak("input", { type: "checkbox", id, value, autocomplete: "off" });
    vakje.checked = keuze.get(facet)?.has(value) ?? false;
    vakje.addEventListener("change", () => {
      const waarden = keuze.get(facet) ?? new Set();
      if (vakje.checked) waarden.add(value);
      else waarden.delete(value);
      keuze.set(facet, waarden);
      opWijziging();
    });
    const rij = maak("li", {}, maak("span", { class: "facet-vakje" }, vakje, maak("label", { for: id }, maak("span", {}, label), " ", aantal)));
    const een = { vakje, aantal, rij };
    groep.vakjes.set(value, een);
    groep.lijst.append(rij);
    return een;
  };

  const kortIn = (groep) => {
    const bruikbaar = [...groep.vakjes.values()].filter(({ telt }) => telt);
    for (const een of groep.vakjes.values()) een.rij.hidden = !een.telt;
    if (!groep.lang) for (const een of bruikbaar.slice(KORT)) een.rij.hidden = !een.vakje.checked;
    groep.alles.hidden = bruikbaar.length <= KORT;
    groep.alles.setAttribute("aria-expanded", String(groep.lang));
    groep.alles.textContent = groep.lang ? zin("zoek-minder-waarden") : zin("zoek-alle-waarden", { n: String(bruikbaar.length) });
  };

  const toon = (gevonden) => {
    for (const groep of groepen.values()) for (const een of groep.vakjes.values()) een.telt = false;
    for (const facet of gevonden) {
      const groep = groepVan(facet, gevonden);
      for (const waarde of facet.values) {
        const een = vakjeVan(groep, facet.name, waarde);
        een.vakje.checked = keuze.get(facet.name)?.has(waarde.value) ?? false;
        een.aantal.textContent = String(waarde.count);
        een.telt = waarde.count > 0 || een.vakje.checked;
      }
    }
    for (const groep of groepen.values()) {
      kortIn(groep);
      groep.veldset.hidden = ![...groep.vakjes.values()].some(({ telt }) => telt);
    }
    verder.hidden = ![...verder.querySelectorAll("fieldset")].some((veldset) => !veldset.hidden);
    if (verder.querySelector("input:checked")) verder.open = true;
    leeg.hidden = ![...keuze.values()].some((waarden) => waarden.size > 0);
    kolom.hidden = [...groepen.values()].every(({ veldset }) => veldset.hidden);
  };

  return { kolom, toon };
};

// De toets / is handig en kan ook in de weg zitten, bijvoorbeeld bij spraakbediening. Alleen "uit" wordt bewaard.
const toetsKeuze = () => {
  const uit = () => lees("zoek-toets", (ruw) => ruw === "uit" || null) ?? false;
  const knop = maak("button", { type: "button", class: "knop-klein" });
  const uitleg = maak("span");
  const toon = () => {
    uitleg.textContent = zin(uit() ? "zoek-toets-uit" : "zoek-toets-aan");
    knop.textContent = zin(uit() ? "zoek-toets-zet-aan" : "zoek-toets-zet-uit");
  };
  knop.addEventListener("click", () => {
    if (uit()) vergeet("zoek-toets");
    else schrijf("zoek-toets", "uit");
    toon();
  });
  toon();
  return maak("p", { class: "zoek-toets klein" }, uitleg, " ", knop);
};
