// Filtert een overzicht ter plekke. Binnen een facet is het "of", tussen facetten "en". De keuze staat in het adres
// (?thema=a,b&kostenband=laag), dus een gedeelde link en de knoppen Terug en Vooruit laten hetzelfde zien.
// Zonder dit script blijven de gewone links per waarde staan die het thema maakt.
//
// Wat het in de pagina zoekt:
//   li.rij met data-facet-NAAM="slug slug"      de rijen; data-datum, data-titel en data-kosten voor de volgorde
//   [data-facet="NAAM"] met links per waarde    de facetten; de slug is data-waarde van de link, anders het laatste deel
//                                               van het adres. De naam van het facet is data-label, anders de kop erin.
//   [data-facet-balk]                           waar aantal, gekozen filters en sortering komen; anders voor de lijst
// Een rij die verlopen.js heeft verborgen (data-verlopen) telt niet mee.

import { maak, voorgelezen } from "./dom.js";
import { zin } from "./teksten.js";

const KOSTEN = ["geen", "laag", "middel", "hoog"];
const SORTERING = "volgorde";

const waardenVan = (rij, naam) => (rij.getAttribute(`data-facet-${naam}`) ?? "").split(/[\s,|]+/).filter(Boolean);
const facettenVan = (rij) =>
  [...rij.attributes].filter((a) => a.name.startsWith("data-facet-")).map((a) => a.name.slice("data-facet-".length));

const vindRijen = () =>
  [...document.querySelectorAll("main li.rij")]
    .filter((rij) => !rij.hasAttribute("data-verlopen") && facettenVan(rij).length > 0)
    .map((rij, plaats) => ({
      rij,
      plaats,
      titel: rij.dataset.titel ?? rij.querySelector(".rij-titel")?.textContent.trim() ?? "",
      datum: rij.dataset.datum ?? rij.querySelector("time[datetime]")?.dateTime ?? "",
      kosten: kostenVan(rij),
    }));

// Onbekende kosten komen na hoge.
const kostenVan = (rij) => {
  const band = rij.dataset.kosten;
  if (band === undefined) return null;
  const plaats = KOSTEN.indexOf(band);
  return plaats < 0 ? KOSTEN.length : plaats;
};

// ---- de facetten: van links naar vakjes ----

const labelVan = (groep, naam) => {
  const kop = document.getElementById(groep.getAttribute("aria-labelledby")) ?? groep.querySelector("legend, summary, h2, h3, h4");
  return groep.dataset.label ?? groep.getAttribute("aria-label") ?? kop?.textContent.trim() ?? naam;
};

const slugVan = (link) => link.dataset.waarde ?? decodeURIComponent(link.pathname.replace(/\/$/, "").split("/").pop());

let nummer = 0;
const vakjeVan = (link, opWijziging) => {
  const plek = link.closest("li") ?? link;
  const id = `facet-waarde-${(nummer += 1)}`;
  const los = [...plek.querySelectorAll(".facet-aantal, .aantal")].find((een) => !link.contains(een));
  const slug = slugVan(link);
  const vakje = maak("input", { type: "checkbox", id, value: slug, autocomplete: "off", onchange: opWijziging });
  const label = maak("label", { for: id }, ...link.childNodes);
  // Een vast wit: de telling staat nooit alleen op een regel.
  if (los) label.append("\u00a0", los);
  let aantal = label.querySelector(".facet-aantal, .aantal");
  if (!aantal) label.append(" ", (aantal = maak("span", { class: "facet-aantal" })));
  const naam = label.cloneNode(true);
  naam.querySelectorAll(".facet-aantal, .aantal, .alleen-voorlezen").forEach((een) => een.remove());
  link.replaceWith(maak("span", { class: "facet-vakje" }, vakje, label));
  return { slug, naam: naam.textContent.trim(), vakje, plek, aantal };
};

const vindFacetten = (rijen, opWijziging) => {
  const bekend = new Set(rijen.flatMap(({ rij }) => facettenVan(rij)));
  return [...document.querySelectorAll("main [data-facet]")]
    .filter((groep) => bekend.has(groep.dataset.facet))
    .map((groep) => {
      const naam = groep.dataset.facet;
      const label = labelVan(groep, naam);
      const waarden = [...groep.querySelectorAll("a[href]")].map((link) => vakjeVan(link, opWijziging));
      benoem(groep, label);
      return { naam, label, groep, waarden };
    });
};

// De vakjes van een facet horen voor een voorleesprogramma bij elkaar, onder hun naam.
const benoem = (groep, label) => {
  if (groep.localName === "fieldset") return;
  if (["ul", "ol", "nav"].includes(groep.localName)) {
    const omhulsel = maak("div", { role: "group", "aria-label": label });
    groep.replaceWith(omhulsel);
    omhulsel.append(groep);
    if (groep.localName === "nav") groep.setAttribute("role", "presentation");
    return;
  }
  groep.setAttribute("role", "group");
  if (!groep.hasAttribute("aria-labelledby")) groep.setAttribute("aria-label", label);
};

// ---- wat er gekozen is ----

const gekozen = (facet) => facet.waarden.filter(({ vakje }) => vakje.checked);

const past = (rij, facetten, behalve) =>
  facetten.every((facet) => {
    const keuze = gekozen(facet);
    if (facet === behalve || keuze.length === 0) return true;
    const eigen = waardenVan(rij, facet.naam);
    return keuze.some(({ slug }) => eigen.includes(slug));
  });

const toonRijen = (rijen, facetten) => {
  let aantal = 0;
  for (const { rij } of rijen) {
    rij.hidden = !past(rij, facetten);
    if (!rij.hidden) aantal += 1;
  }
  return aantal;
};

// Hoeveel rijen elke waarde oplevert bij de keuze in de andere facetten. Wat niets oplevert verdwijnt, behalve op de
// lijn: een lijn met gaten is geen lijn meer.
const telWaarden = (rijen, facetten) => {
  for (const facet of facetten) {
    const over = rijen.filter(({ rij }) => past(rij, facetten, facet));
    let zichtbaar = 0;
    for (const { slug, vakje, plek, aantal } of facet.waarden) {
      const n = over.filter(({ rij }) => waardenVan(rij, facet.naam).includes(slug)).length;
      aantal.textContent = String(n);
      const leeg = n === 0 && !vakje.checked;
      if (plek.closest(".lijn")) vakje.disabled = leeg;
      else plek.hidden = leeg;
      if (!leeg) zichtbaar += 1;
    }
    facet.groep.hidden = zichtbaar === 0;
  }
};

// ---- het adres ----

const leesAdres = (facetten, sortering) => {
  const vraag = new URLSearchParams(location.search);
  for (const facet of facetten) {
    const slugs = (vraag.get(facet.naam) ?? "").split(",");
    for (const { slug, vakje } of facet.waarden) vakje.checked = slugs.includes(slug);
  }
  const volgorde = vraag.get(SORTERING);
  sortering.value = [...sortering.options].some((een) => een.value === volgorde) ? volgorde : sortering.options[0].value;
};

const schrijfAdres = (facetten, sortering) => {
  const vraag = new URLSearchParams(location.search);
  for (const facet of facetten) {
    const slugs = gekozen(facet).map(({ slug }) => slug);
    if (slugs.length > 0) vraag.set(facet.naam, slugs.join(","));
    else vraag.delete(facet.naam);
  }
  if (sortering.selectedIndex > 0) vraag.set(SORTERING, sortering.value);
  else vraag.delete(SORTERING);
  // Komma's blijven leesbaar: zo'n adres gaat in een mail.
  const tekst = vraag.toString().replaceAll("%2C", ",");
  history.replaceState(history.state, "", `${location.pathname}${tekst && `?${tekst}`}${location.hash}`);
};

// ---- sorteren ----

const VOLGORDES = {
  vast: (a, b) => a.plaats - b.plaats,
  nieuwste: (a, b) => b.datum.localeCompare(a.datum) || a.plaats - b.plaats,
  titel: (a, b) => a.titel.localeCompare(b.titel, document.documentElement.lang, { numeric: true }),
  kosten: (a, b) => (a.kosten ?? 99) - (b.kosten ?? 99) || a.plaats - b.plaats,
};

const keuzelijst = (rijen, opWijziging) => {
  const nieuwsteEerst = rijen.some(({ datum }) => datum);
  const soorten = [nieuwsteEerst ? "nieuwste" : "vast", "titel", ...(rijen.some(({ kosten }) => kosten !== null) ? ["kosten"] : [])];
  return maak(
    "select",
    { id: "facet-sortering", autocomplete: "off", onchange: opWijziging },
    ...soorten.map((soort) => maak("option", { value: soort }, zin(`sorteer-${soort}`))),
  );
};

// Elke rij blijft in haar eigen lijst; alleen de volgorde daarbinnen verandert. Niets beweegt als dat niet nodig is.
const sorteer = (rijen, soort) => {
  const perLijst = Map.groupBy ? Map.groupBy(rijen, ({ rij }) => rij.parentElement) : groepeer(rijen);
  for (const [lijst, eigen] of perLijst) {
    const goed = eigen.toSorted ? eigen.toSorted(VOLGORDES[soort]) : [...eigen].sort(VOLGORDES[soort]);
    const nu = [...lijst.children].filter((kind) => goed.some(({ rij }) => rij === kind));
    if (goed.some(({ rij }, plaats) => rij !== nu[plaats])) lijst.append(...goed.map(({ rij }) => rij));
  }
};

const groepeer = (rijen) => {
  const groepen = new Map();
  for (const een of rijen) groepen.set(een.rij.parentElement, [...(groepen.get(een.rij.parentElement) ?? []), een]);
  return groepen;
};

// ---- de balk boven de lijst ----

const maakBalk = (eersteRij, sortering) => {
  const aantal = maak("p", { class: "facet-stand", role: "status", tabindex: "-1" });
  const chips = maak("ul", { class: "chips", "aria-label": zin("filter-gekozen"), hidden: true });
  const druk = maak("p", { class: "alleen-druk" });
  const volgorde = maak("p", { class: "facet-volgorde" }, maak("label", { for: sortering.id }, zin("sorteer")), " ", sortering);
  let plek = document.querySelector("main [data-facet-balk]");
  if (!plek) eersteRij.parentElement.before((plek = maak("div", { class: "facet-balk" })));
  // Het aantal dat het thema neerzette, klopt straks niet meer.
  plek.querySelectorAll("[role=status]").forEach((deel) => deel.remove());
  plek.prepend(maak("div", { class: "facet-boven" }, aantal, volgorde));
  plek.append(chips, druk);
  return { aantal, chips, druk };
};

const toonChips = (balk, facetten, opWijziging) => {
  const keuzes = facetten.flatMap((facet) => gekozen(facet).map((waarde) => ({ facet, waarde })));
  const weg = (waarden, plaats) => () => {
    for (const { vakje } of waarden) vakje.checked = false;
    opWijziging();
    // De knop is weg; wie het toetsenbord gebruikt gaat verder bij de volgende, of bij het aantal.
    (balk.chips.querySelectorAll("button")[plaats] ?? balk.aantal).focus();
  };
  const knoppen = keuzes.map(({ facet, waarde }, plaats) => {
    const naam = `${facet.label}: ${waarde.naam}`;
    const knop = maak("button", { type: "button", class: "chip", onclick: weg([waarde], plaats) });
    knop.append(maak("span", { "aria-hidden": "true" }, naam), voorgelezen(zin("filter-verwijder", { naam })));
    return maak("li", {}, knop);
  });
  if (keuzes.length > 1) {
    const alles = weg(keuzes.map(({ waarde }) => waarde), Infinity);
    knoppen.push(maak("li", {}, maak("button", { type: "button", class: "chip chip-alles", onclick: alles }, zin("filter-wis"))));
  }
  balk.chips.replaceChildren(...knoppen);
  balk.chips.hidden = keuzes.length === 0;
};

const toonDruk = (balk, facetten) => {
  const filters = facetten
    .filter((facet) => gekozen(facet).length > 0)
    .map((facet) => `${facet.label}: ${gekozen(facet).map(({ naam }) => naam).join(zin("filter-of"))}`);
  balk.druk.textContent = filters.length > 0 ? zin("filter-druk", { filters: filters.join("; ") }) : "";
};

const standVan = (n, alle) => {
  if (n === 0) return zin("filter-geen");
  return n === alle ? zin("filter-alle", { n }) : zin("filter-deel", { n, alle });
};

// Een kop boven een lijst waar niets van over is, zegt niets meer.
const toonKoppen = (rijen) => {
  for (const lijst of new Set(rijen.map(({ rij }) => rij.parentElement))) {
    const leeg = ![...lijst.children].some((kind) => !kind.hidden);
    lijst.hidden = leeg;
    const kop = lijst.previousElementSibling;
    if (kop?.matches("h2.aantal, h3.aantal")) kop.hidden = leeg;
  }
};

const begin = () => {
  const rijen = vindRijen();
  if (rijen.length === 0) return;
  const opWijziging = () => {
    schrijfAdres(facetten, sortering);
    toon();
  };
  const facetten = vindFacetten(rijen, () => opWijziging());
  if (facetten.length === 0) return;
  const sortering = keuzelijst(rijen, () => opWijziging());
  const balk = maakBalk(rijen[0].rij, sortering);
  const toon = () => {
    sorteer(rijen, sortering.value);
    const aantal = toonRijen(rijen, facetten);
    telWaarden(rijen, facetten);
    toonKoppen(rijen);
    toonChips(balk, facetten, opWijziging);
    toonDruk(balk, facetten);
    balk.aantal.textContent = standVan(aantal, rijen.length);
  };
  const uitAdres = () => {
    leesAdres(facetten, sortering);
    toon();
  };
  uitAdres();
  document.documentElement.classList.add("filtert");
  addEventListener("popstate", uitAdres);
  addEventListener("pageshow", (e) => e.persisted && uitAdres());
};

begin();
