// What the peers index: of each page its title, its description and its own text, taken from the rendered HTML.
//
// Left out is what a careful owner would leave out too, so that no peer answers with a page that only links to the right one:
// navigation, lists of other pages, the footer of a page. Which pages: those of Zola's own search index, without the page
// that searches; facet pages and redirects are not in it.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "node-html-parser";

const NOT_ITS_OWN = "nav, .blad-voet, .bij, ol.lijn, ul.rijen, .lijstje, .reacties, #reageren, .fictief-uitleg, a.anker, svg, script, style, template, .gereedschap, .filters, form";

const text = (element) => element?.structuredText?.replace(/\u00ad/g, "").replace(/\s+/g, " ").trim() ?? "";

// One page: its parts, and the HTML that an indexer of HTML gets to see.
const page = (html, url) => {
  const whole = parse(html);
  const main = whole.querySelector("main");
  main.querySelectorAll(NOT_ITS_OWN).forEach((element) => element.remove());
  const title = text(main.querySelector("h1")) || whole.querySelector("title").text;
  const description = whole.querySelector("meta[name=description]")?.getAttribute("content") ?? "";
  const headings = main.querySelectorAll("h2, h3, h4").map(text);
  main.querySelector("h1")?.insertAdjacentHTML("afterend", "<p class=description></p>");
  const place = main.querySelector("p.description");
  if (place) place.textContent = description;
  const shown = `<!doctype html><html lang="nl"><head><title>${title}</title></head><body><main data-pagefind-body>${main.innerHTML}</main></body></html>`;
  return { url, title, description, headings: headings.join("\n"), text: text(main), html: shown };
};

// `urls`: paths within the site, such as `/tips/`; `folder`: where the site was built.
export const corpus = (folder, urls) => urls.map((url) => page(readFileSync(join(folder, url, "index.html"), "utf8"), url));
