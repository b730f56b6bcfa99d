// What each page offers, so that checks can choose pages by what is on them and know nothing of the content.

import { inPairs } from "./checks.mjs";

/** Runs in a page. */
export const offers = () => {
  const all = (what) => [...document.querySelectorAll(what)];
  const kindsOf = (element, stem) => [...(element?.classList ?? [])].filter((one) => one.startsWith(stem));
  const focusable = all("a[href], button, input, select, textarea, summary, [tabindex='0']");
  const link = document.querySelector("a.snel-weg");
  return {
    title: document.querySelector("h1")?.textContent.trim() ?? "",
    facets: all("main [data-facet]").map((one) => one.dataset.facet),
    rows: all("main li.rij").length,
    kinds: [...new Set(all("main li.rij").flatMap((row) => kindsOf(row, "rij-")))],
    sheet: kindsOf(document.querySelector("main article.blad"), "blad-")[0] ?? "",
    ticks: all("main .vinklijst input").length,
    expiring: all("[data-verloopt]").length,
    wipe: all("[data-wis]").length,
    buttons: all("main .rij-doen button").length,
    exit: link && {
      href: link.href,
      rel: link.rel,
      words: link.textContent.trim(),
      place: focusable.indexOf(link),
      shape: ["groot", "compact"].find((one) => document.querySelector(`.snel-weg-${one}`)) ?? "",
      help: document.querySelector(".snel-weg-uitleg")?.href ?? "",
    },
  };
};

export const survey = async (site, browser) => {
  const context = await browser.context();
  const free = [await context.newPage(), await context.newPage()];
  const census = [];
  await inPairs(await site.sitemap(), async (address) => {
    const page = free.pop();
    await page.goto(address);
    census.push({ address, name: `/${address.slice(site.address.length)}`, ...(await page.evaluate(offers)) });
    free.push(page);
  });
  await context.close();
  return census.sort((a, b) => a.address.localeCompare(b.address));
};

/** One page for every different way pages look, to check what would cost too much on all of them. */
export const oneOfEach = (census) => {
  const seen = new Map();
  for (const one of census) {
    const look = [one.sheet || one.name.split("/").length, one.facets?.length > 0, one.kinds?.[0], one.ticks > 0, one.wipe].join();
    if (!seen.has(look)) seen.set(look, one);
  }
  return [...seen.values()];
};
