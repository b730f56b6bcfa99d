// What is around every page: the way in by keyboard, the menu, colours in light and dark, print, more space between
// letters, forced colours, and what is left without scripts.

import { holds, none, same } from "./checks.mjs";
import { fits } from "./pages.mjs";
import { oneOfEach } from "./survey.mjs";

// Text and what it stands on; 4.5 is what WCAG asks of text, the theme's own measure is more.
const PAIRS = [
  ["inkt", "papier"], ["inkt", "kaart"], ["inkt", "waas"],
  ["inkt-zacht", "papier"], ["inkt-zacht", "kaart"], ["inkt-zacht", "waas"],
  ["accent", "papier"], ["accent", "kaart"], ["accent", "waas"], ["papier", "accent"],
  ["accent-2", "papier"], ["accent-2", "kaart"],
  ["op-warm", "warm"],
  ["inkt", "accent-waas"], ["accent", "accent-waas"],
  ["inkt", "werkt-waas"], ["werkt", "werkt-waas"], ["inkt", "kan-mis-waas"], ["kan-mis", "kan-mis-waas"],
  ["werkt", "papier"], ["werkt", "kaart"], ["kan-mis", "papier"], ["kan-mis", "kaart"],
];
const ENOUGH = 4.5;

export const frame = async (site, browser, check, census) => {
  const each = oneOfEach(census);
  const home = census.find(({ address }) => address === site.address);

  await check("every page has a title and a description of its own, and says its language", async () => {
    const heads = await Promise.all(census.map(async ({ name, address }) => ({ name, ...headOf(await (await fetch(address)).text()) })));
    const seen = new Map();
    none(heads.flatMap(({ name, title, description, lang }) => {
      const faults = [];
      if (seen.has(title)) faults.push(`${name} has the title of ${seen.get(title)}: ${title}`);
      seen.set(title, name);
      if (!description) faults.push(`${name} has no description`);
      if (!lang) faults.push(`${name} says no language`);
      return faults;
    }));
  });

  await check("the first Tab is the skip link, and it skips", async () => {
    const page = await browser.page();
    for (const one of each) {
      await page.goto(one.address);
      await page.keyboard.press("Tab");
      same(await page.evaluate(() => document.activeElement.getAttribute("href")), "#inhoud", `${one.name}: the first Tab`);
      await page.keyboard.press("Enter");
      await page.keyboard.press("Tab");
      const inside = await page.evaluate(() => {
        const now = document.activeElement;
        return now === document.body || Boolean(document.querySelector("main").compareDocumentPosition(now) & (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING));
      });
      holds(inside, `${one.name}: the next Tab is before the content`);
    }
    await page.close();
  });

  for (const viewport of [{ width: 360, height: 640 }, { width: 1280, height: 800 }]) {
    await check(`every item of the menu is reached by keyboard, on ${viewport.width} pixels`, async () => {
      const page = await browser.page({ viewport });
      await page.goto(home.address);
      same(await menuByKeyboard(page), [], "not reached");
      await page.close();
    });
  }

  await check("an open group of the menu closes by Escape, by a click elsewhere and when the focus goes on", async () => {
    const page = await browser.page({ viewport: { width: 1280, height: 800 } });
    await page.goto(home.address);
    const summary = page.locator(".menu-groep > summary").first();
    const open = page.locator(".menu-groep[open]");
    await summary.click();
    same(await open.count(), 1, "open by a click");
    await page.keyboard.press("Tab");
    same(await open.count(), 1, "open while the focus is in it");
    await page.keyboard.press("Escape");
    same(await open.count(), 0, "open after Escape");
    holds(await summary.evaluate((one) => one === document.activeElement), "Escape loses the focus");
    await summary.click();
    await page.locator("h1").click();
    same(await open.count(), 0, "open after a click elsewhere");
    await summary.click();
    await page.getByRole("search").locator("input").focus();
    same(await open.count(), 0, "open when the focus went on");
    await page.close();
  });

  await check("the menu says where one is", async () => {
    const page = await browser.page();
    for (const one of each.filter(({ rows, name }) => rows > 0 && name.split("/").length === 3)) {
      await page.goto(one.address);
      const here = await page.locator("nav [aria-current=page]").evaluateAll((links) => links.map((link) => link.href));
      holds(here.includes(one.address), `${one.name} is nowhere the current page`);
    }
    await page.close();
  });

  for (const scheme of ["light", "dark"]) {
    await check(`the theme's colours contrast enough, ${scheme}`, async () => {
      const page = await browser.page({ colorScheme: scheme });
      await page.goto(home.address);
      const ratios = await page.evaluate(contrasts, PAIRS);
      none(ratios.filter(({ ratio }) => !(ratio >= ENOUGH)).map(({ pair, ratio }) => `${pair}: ${ratio}`));
      await page.close();
    });
  }

  await check("dark is dark, and light is light", async () => {
    const page = await browser.page();
    await page.goto(home.address);
    const paper = async (colorScheme) => {
      await page.emulateMedia({ colorScheme });
      return page.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).reduce((sum, one) => sum + Number(one), 0));
    };
    const [light, dark] = [await paper("light"), await paper("dark")];
    holds(light > 650 && dark < 150, `light ${light}, dark ${dark}`);
    await page.close();
  });

  await check("more space between letters, words and lines breaks nothing", async () => {
    const page = await browser.page({ viewport: { width: 320, height: 640 } });
    for (const one of each) {
      await page.goto(one.address);
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
        document.adoptedStyleSheets = [sheet];
      });
      await fits(page, { width: 320, height: 640 }).catch((error) => { throw new Error(`${one.name} ${error.message}`); });
    }
    await page.close();
  });

  await check("every kind of page prints: text, and neither menu nor buttons", async () => {
    const page = await browser.page();
    for (const one of each) {
      await page.goto(one.address);
      await page.emulateMedia({ media: "print" });
      same(await page.locator("nav.menu:visible, form:visible, button:visible, .snel-weg:visible, .sla-over:visible").count(), 0, `${one.name}: prints what nobody can press`);
      holds((await page.locator("main").innerText()).includes(one.title), `${one.name} prints nothing`);
      await page.emulateMedia({ media: "screen" });
    }
    await page.goto(home.address);
    for (const format of ["A4", "A3"]) holds((await page.pdf({ format })).length > 5_000, `no ${format}`);
    await page.close();
  });

  await check("with forced colours the exit and what has the focus still show", async () => {
    const page = await browser.page({ forcedColors: "active" });
    await page.goto(home.address);
    holds(await page.locator("a.snel-weg").isVisible(), "no exit");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    holds((await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle)) !== "none", "no ring");
    await page.close();
  });

  await check("without scripts every kind of page can be read, and nothing waits for a script", async () => {
    const page = await browser.page({ javaScriptEnabled: false });
    for (const one of each) {
      await page.goto(one.address);
      same(await page.locator("main h1:visible").count(), 1, `${one.name}: headings`);
      same(await page.locator("button:visible:not([type=submit])").count(), 0, `${one.name}: buttons that do nothing`);
    }
    await page.close();
  });
};

const headOf = (html) => ({
  title: html.match(/<title>([^<]*)/)?.[1],
  description: html.match(/<meta[^>]+name="?description"?[^>]+content="([^"]+)"/)?.[1],
  lang: html.match(/<html[^>]+lang="?([a-z]+)/)?.[1],
});

// Opens what is closed, one after another, with Enter alone; the answer is the items that never showed.
const menuByKeyboard = async (page) => {
  const all = await page.locator(".menu a[href]").evaluateAll((links) => links.map((link) => link.href));
  const seen = new Set();
  const look = async () => {
    for (const href of await page.locator(".menu a[href]:visible").evaluateAll((links) => links.map((link) => link.href))) seen.add(href);
  };
  await look();
  const tried = new Set();
  for (let round = 0; round < 30; round += 1) {
    const next = await page.evaluate((done) => {
      const summaries = [...document.querySelectorAll(".menu summary")];
      const place = summaries.findIndex((one, at) => !done.includes(at) && one.checkVisibility() && !one.parentElement.open);
      summaries[place]?.focus();
      return place;
    }, [...tried]);
    if (next < 0) break;
    tried.add(next);
    await page.keyboard.press("Enter");
    await look();
  }
  holds(all.length > 5, `only ${all.length} items`);
  return all.filter((href) => !seen.has(href));
};

// Runs in the page: the contrast of pairs of the theme's colours as the browser shows them.
const contrasts = (pairs) => {
  const probe = document.body.appendChild(document.createElement("span"));
  const light = (name) => {
    probe.style.color = `var(--${name})`;
    const parts = getComputedStyle(probe).color.match(/[\d.]+/g).slice(0, 3).map((one) => one / 255);
    const [r, g, b] = parts.map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const known = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim() !== "";
  const found = pairs.map(([one, other]) => {
    const [high, low] = [light(one), light(other)].sort((a, b) => b - a);
    return { pair: `${one} on ${other}`, ratio: known(one) && known(other) ? (high + 0.05) / (low + 0.05) : 0 };
  });
  probe.remove();
  return found;
};
