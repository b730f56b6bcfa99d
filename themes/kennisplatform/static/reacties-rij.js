// Eén reactie als HTML, gelijk aan templates/components/reactie.html. De tekst van een deelnemer is op de server al
// schoongemaakt; hier gaat zij nog eens door een zeef, zodat er nooit meer in de pagina komt dan opmaak en links.

import { adresVan, maak, voorgelezen } from "./dom.js";
import { dagInWoorden, zin } from "./reacties-teksten.js";

const MAG = new Set(["P", "BR", "STRONG", "EM", "UL", "OL", "LI", "BLOCKQUOTE", "CODE", "PRE", "A"]);

/** De tekst van een reactie, met alleen wat mag. */
const gezeefd = (html) => {
  const body = new DOMParser().parseFromString(String(html), "text/html").body;
  for (const deel of [...body.querySelectorAll("*")].reverse()) {
    if (!MAG.has(deel.nodeName)) {
      deel.replaceWith(...(/^(SCRIPT|STYLE|TEMPLATE|IFRAME|SVG|MATH)$/i.test(deel.nodeName) ? [] : deel.childNodes));
      continue;
    }
    const href = deel.nodeName === "A" ? deel.getAttribute("href") : null;
    for (const { name } of [...deel.attributes]) deel.removeAttribute(name);
    if (href !== null && /^(https?:|mailto:)/i.test(href)) {
      deel.setAttribute("href", href);
      deel.setAttribute("rel", "nofollow ugc noopener noreferrer");
    }
  }
  return [...body.childNodes].map((deel) => document.importNode(deel, true));
};

// De dag in Nederland, zoals 2026-11-22: die staat ook in de vaste pagina, waar de lezer ook is.
const dagHier = (moment) => new Intl.DateTimeFormat("sv", { dateStyle: "short", timeZone: "Europe/Amsterdam" }).format(moment);

const datum = (tekst) => {
  const moment = new Date(tekst);
  if (Number.isNaN(moment.getTime())) return String(tekst);
  const dag = /^\d{4}-\d{2}-\d{2}$/.test(tekst) ? tekst : dagHier(moment);
  return maak("time", { datetime: dag }, dagInWoorden(new Date(`${dag}T12:00`)));
};

/** Of een bericht voorbij is; geldt tot en met zijn laatste dag. */
export const voorbij = ({ expires }) => Boolean(expires) && expires < dagHier(new Date());

const naamVan = (tekst) => maak("bdi", {}, String(tekst));

const merkVan = (r) => {
  if (r.chosen) return maak("p", { class: "reactie-merk" }, zin("reactie-gekozen"));
  return r.notice && maak("p", { class: "reactie-merk" }, zin(`bericht-${r.notice}`));
};

const kopVan = (r) =>
  maak(
    "header",
    {},
    merkVan(r),
    maak(r.kind === "antwoord" ? "h4" : "h3", {}, ...(r.title ? [r.title] : [zin(`van-${r.kind}`), " ", naamVan(r.author)])),
    maak(
      "p",
      { class: "reactie-wie" },
      naamVan(r.author),
      ...(r.about ? [", ", naamVan(r.about)] : []),
      ...(r.staff ? [" ", maak("span", { class: "stand" }, zin("reactie-moderator"))] : []),
      " · ",
      datum(r.created),
      r.edited && ` · ${zin("reactie-gewijzigd")}`,
    ),
  );

const doenVan = (r) =>
  maak(
    "p",
    { class: "reactie-doen" },
    maak(
      "a",
      { href: adresVan(`reacties/melden?reactie=${r.id}`) },
      zin("reactie-melden"),
      voorgelezen(` ${zin("reactie-melden-van", { naam: r.author })}`),
    ),
  );

// Het formulier staat één keer als sjabloon in de pagina, zodat er maar één plek is die zegt hoe het eruitziet.
const antwoordVorm = (r) => {
  const vorm = document.querySelector("template[data-antwoord-vorm]")?.content.firstElementChild;
  if (!vorm) return null;
  const eigen = document.importNode(vorm, true);
  for (const deel of eigen.querySelectorAll("[id], [for], [aria-describedby], [name=ouder]")) {
    for (const naam of ["id", "for", "aria-describedby", "value"]) {
      if (deel.hasAttribute(naam)) deel.setAttribute(naam, deel.getAttribute(naam).replaceAll("REACTIE", r.id));
    }
  }
  eigen.querySelector("[data-naam]").textContent = r.author;
  return eigen;
};

/** Een reactie zonder haar antwoorden. */
export const reactie = (r) => {
  const antwoord = r.kind === "antwoord";
  const klassen = ["reactie", antwoord && "antwoord", r.chosen && "gekozen"].filter(Boolean).join(" ");
  return maak(
    "article",
    { class: klassen, id: `reactie-${r.id}`, "data-reactie": r.id, "data-soort": r.kind },
    kopVan(r),
    maak("div", { class: "reactie-tekst" }, ...gezeefd(r.html)),
    r.expires && maak("p", { class: "klein" }, `${zin("reactie-tot")} `, datum(r.expires)),
    doenVan(r),
    ...(antwoord ? [] : [maak("div", { class: "reactie-antwoorden" }), antwoordVorm(r)]),
  );
};

/** Wat van mij nog op een moderator wacht; alleen ik zie het. */
export const wachtend = (r) =>
  maak(
    "article",
    { class: `reactie reactie-wacht${r.ouder ? " antwoord" : ""}`, id: `reactie-${r.id}`, "data-reactie": r.id, "data-soort": r.soort },
    maak(
      "header",
      {},
      maak("p", { class: "reactie-merk" }, maak("span", { class: "stand stand-wacht" }, zin("reactie-wacht"))),
      maak(r.ouder ? "h4" : "h3", {}, r.titel || zin(`mijn-${r.soort}`)),
      maak("p", { class: "reactie-wie" }, zin("reactie-wacht-uitleg")),
    ),
    maak("div", { class: "reactie-tekst" }, ...gezeefd(r.html)),
    maak(
      "p",
      { class: "reactie-doen" },
      r.kan_wijzigen && maak("a", { href: adresVan(`reacties/wijzigen?reactie=${r.id}`) }, zin("reactie-wijzig")),
      maak("a", { href: adresVan(`reacties/intrekken?reactie=${r.id}`) }, zin("reactie-trek-in")),
    ),
  );

// Wat iemand van een deel merkt: de woorden, en waar de links heen gaan.
const merkbaar = (deel) =>
  deel && [deel.textContent.replace(/\s+/g, " ").trim(), ...[...deel.querySelectorAll("a")].map(({ href }) => href)].join("\n");

/** Neemt over wat er aan een reactie veranderde: naam, titel, tekst, laatste dag, gekozen. */
export const werkBij = (article, r) => {
  const nieuw = reactie(r);
  let vorig = null;
  for (const wat of [":scope > header", ":scope > .reactie-tekst", ":scope > p.klein", ":scope > .reactie-doen"]) {
    const [oud, vers] = [article.querySelector(wat), nieuw.querySelector(wat)];
    const anders = merkbaar(oud) !== merkbaar(vers) && !oud?.contains(document.activeElement);
    if (anders && oud && vers) oud.replaceWith(vers);
    else if (anders && oud) oud.remove();
    else if (anders) vorig.after(vers);
    vorig = article.querySelector(wat) ?? vorig;
  }
  const naam = article.querySelector(":scope > details [data-naam]");
  if (naam) naam.textContent = r.author;
  article.classList.toggle("gekozen", Boolean(r.chosen));
  article.classList.remove("reactie-weg");
};

/** Een reactie die is weggehaald terwijl iemand er een antwoord op schrijft: de plek blijft, de woorden zijn weg. */
export const weggehaald = (article) => {
  const erin = article.contains(document.activeElement);
  article.classList.add("reactie-weg");
  article.querySelector(":scope > .reactie-tekst").replaceChildren(maak("p", {}, zin("reactie-weg")));
  for (const deel of article.querySelectorAll(":scope > :is(p.klein, .reactie-doen)")) deel.remove();
  // Ook de antwoorden: zij stonden eronder, en kunnen herhalen wat er stond. Alleen het antwoord in wording blijft.
  const namen = ":scope > :is(header, .reactie-antwoorden), :scope > details > summary [data-naam]";
  for (const deel of article.querySelectorAll(namen)) deel.replaceChildren();
  if (erin && !article.contains(document.activeElement)) article.querySelector("summary")?.focus({ preventScroll: true });
};
