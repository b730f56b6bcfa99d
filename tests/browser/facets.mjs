// Whether an overview filters in place: "or" within a facet, "and" between facets, counts that are true, an address that
// brings back the same, and print that names the filters. What should show is worked out here from the data of the rows.

import { holds, none, same, until } from "./checks.mjs";

export const facets = async (site, browser, check, census) => {
  const overviews = census.filter((one) => one.facets.length > 0 && one.rows > 1);
  await check("there are overviews with facets", () => holds(overviews.length > 0, "none"));
  if (overviews.length === 0) return;
  // The richest: most facets, then most rows.
  const best = [...overviews].sort((a, b) => b.facets.length - a.facets.length || b.rows - a.rows)[0];
  const fresh = async (options, query = "") => {
    const page = await browser.page({ viewport: { width: 1280, height: 900 }, ...options });
    await page.goto(best.address + query);
    await opened(page);
    return page;
  };

  await check("without script every value is a link to a page that lists as many as it says", async () => {
    const page = await fresh({ javaScriptEnabled: false });
    const links = await page.locator("main [data-facet] a[href]").evaluateAll((all) =>
      all.map((one) => ({ href: one.href, count: Number(one.closest("li").querySelector(".facet-aantal").textContent) })),
    );
    holds(links.length > 0, "no links");
    const answers = await Promise.all(links.map(async ({ href, count }) => {
      const html = await (await fetch(href)).text();
      const rows = (html.match(/<li class="rij /g) ?? []).length;
      return rows === count ? [] : [`${href} lists ${rows}, not ${count}`];
    }));
    none(answers.flat());
    await page.close();
  });

  await check("with script every overview counts truly from the start", async () => {
    const page = await browser.page();
    for (const one of overviews) {
      await page.goto(one.address);
      none((await page.evaluate(untrue)).map((fault) => `${one.name}: ${fault}`));
    }
    await page.close();
  });

  await check("two values of one facet widen, a second facet narrows", async () => {
    const page = await fresh();
    const [one, two] = await pickFacets(page);
    let shown = await shows(page);
    for (const value of one.values.slice(0, 2)) {
      await page.locator(`#${value.id}`).check();
      none(await page.evaluate(untrue));
    }
    const wide = await shows(page);
    holds(wide < shown || one.values.length < 3, "choosing changes nothing");
    const rest = await page.evaluate(values, two.name);
    await page.locator(`#${rest[0].id}`).check();
    none(await page.evaluate(untrue));
    shown = await shows(page);
    holds(shown > 0 && shown <= wide, `${shown} after ${wide}`);
    const status = await page.locator("[data-facet-balk] [role=status]").innerText();
    holds(status.startsWith(`${shown} `), `${shown} rows, and it says "${status}"`);
    await page.close();
  });

  await check("the address holds the choice: reloading, sharing and Back bring it back", async () => {
    const page = await fresh();
    const [one] = await pickFacets(page);
    for (const value of one.values.slice(0, 2)) await page.locator(`#${value.id}`).check();
    const slugs = one.values.slice(0, 2).map(({ slug }) => slug).join(",");
    same(new URL(page.url()).search, `?${one.name}=${slugs}`, "the address");
    const [address, before] = [page.url(), await visible(page)];
    await page.reload();
    same(await visible(page), before, "after reloading");
    await page.locator("li.rij:not([hidden]) .rij-titel a").first().click();
    await page.waitForURL((url) => url.href !== address);
    await page.goBack();
    await until(async () => page.url() === address, "back at the overview");
    same(await visible(page), before, "after Back");
    const other = await browser.page();
    await other.goto(address);
    same(await visible(other), before, "in another browser");
    await other.goto(`${best.address}?${one.name}=bestaat-niet,%3Cb%3E&onzin=1`);
    same(await shows(other), best.rows, "rows with values that do not exist");
    await other.close();
    await page.close();
  });

  await check("active filters are buttons that take them away, and the focus goes on", async () => {
    const page = await fresh();
    const [one, two] = await pickFacets(page);
    await page.locator(`#${one.values[0].id}`).check();
    const rest = await page.evaluate(values, two.name);
    await page.locator(`#${rest[0].id}`).check();
    const chips = page.locator(".chips button");
    same(await chips.count(), 3, "buttons: two filters, and all of them");
    await chips.first().press("Enter");
    same(await page.evaluate(() => document.activeElement.className), "chip", "the focus");
    await chips.first().press("Enter");
    same(await chips.count(), 0, "buttons");
    same(await page.evaluate(() => document.activeElement.getAttribute("role")), "status", "the focus");
    same(await shows(page), best.rows, "rows");
    same(new URL(page.url()).search, "", "the address");
    await page.close();
  });

  await check("a value that gives nothing is not shown, except on the line", async () => {
    const page = await fresh();
    const [one] = await pickFacets(page);
    await page.locator(`#${one.values.at(-1).id}`).check();
    const wrong = await page.evaluate(() =>
      [...document.querySelectorAll("main [data-facet] li:has(input)")]
        .filter((li) => li.querySelector(".facet-aantal").textContent === "0" && !li.querySelector("input").checked)
        .filter((li) => (li.closest(".lijn") ? !li.querySelector("input").disabled : !li.hidden))
        .map((li) => li.textContent),
    );
    none(wrong);
    await page.close();
  });

  await check("rows can be sorted by title and by costs, and the order is in the address", async () => {
    const page = await fresh();
    await page.locator("#facet-sortering").selectOption("titel");
    const titles = await page.locator("li.rij").evaluateAll((rows) => rows.map((row) => row.dataset.titel));
    same(titles, [...titles].sort((a, b) => a.localeCompare(b, "nl", { numeric: true })), "titles");
    holds(page.url().includes("volgorde=titel"), page.url());
    await page.reload();
    same(await page.locator("li.rij").evaluateAll((rows) => rows.map((row) => row.dataset.titel)), titles, "after reloading");
    if ((await page.locator("#facet-sortering option[value=kosten]").count()) > 0) {
      await page.locator("#facet-sortering").selectOption("kosten");
      const bands = await page.locator("li.rij").evaluateAll((rows) => rows.map((row) => row.dataset.kosten ?? "onbekend"));
      const order = ["geen", "laag", "middel", "hoog", "onbekend"];
      same(bands, [...bands].sort((a, b) => order.indexOf(a) - order.indexOf(b)), "costs");
    }
    await page.close();
  });

  await check("print names the filters and leaves the controls out", async () => {
    const page = await fresh();
    const [one] = await pickFacets(page);
    await page.locator(`#${one.values[0].id}`).check();
    await page.emulateMedia({ media: "print" });
    const text = await page.locator("main").innerText();
    holds(text.includes("Gekozen filters: ") && text.includes(one.values[0].name), text.slice(0, 500));
    same(await page.locator("main input:visible, main select:visible, main button:visible").count(), 0, "controls in print");
    await page.close();
  });

  await check("a keyboard is enough to filter", async () => {
    const page = await fresh();
    const [one] = await pickFacets(page);
    await page.locator(`#${one.values[0].id}`).focus();
    await page.keyboard.press("Space");
    none(await page.evaluate(untrue));
    holds(new URL(page.url()).search.includes(`${one.name}=`), page.url());
    await page.close();
  });
};

// On a phone the facets are folded away; where a theme folds them on a wide screen too, they are opened first.
const opened = (page) => page.evaluate(() => document.querySelectorAll("main details:has([data-facet])").forEach((one) => (one.open = true)));

const visible = (page) => page.locator("main li.rij:not([hidden])").evaluateAll((rows) => rows.map((row) => row.dataset.titel));
const shows = async (page) => (await visible(page)).length;

// Two facets of several values each, by what can be chosen in both.
const pickFacets = async (page) => {
  const names = await page.evaluate(() => [...document.querySelectorAll("main [data-facet]:not([hidden])")].map((one) => one.dataset.facet));
  const all = [];
  for (const name of names) all.push({ name, values: await page.evaluate(values, name) });
  const good = all.filter(({ values }) => values.length > 1).sort((a, b) => b.values.length - a.values.length);
  if (good.length < 2) throw new Error(`only ${good.length} facets with a choice`);
  return good;
};

// The next functions run in the page.

const values = (name) =>
  [...document.querySelectorAll(`main [data-facet="${name}"] li:not([hidden]) input:not([disabled])`)].map((input) => {
    const label = document.querySelector(`label[for="${input.id}"]`).cloneNode(true);
    label.querySelector(".facet-aantal").remove();
    const named = label.textContent.trim().replaceAll("\u00ad", "");
    return { id: input.id, name: named, slug: input.value };
  });

// What the page says against what the data of the rows say.
const untrue = () => {
  const faults = [];
  const rows = [...document.querySelectorAll("main li.rij")];
  const groups = [...document.querySelectorAll("main [data-facet]")].map((group) => ({
    name: group.dataset.facet,
    boxes: [...group.querySelectorAll("input[type=checkbox]")],
  }));
  const has = (row, name, slug) => (row.getAttribute(`data-facet-${name}`) ?? "").split(" ").includes(slug);
  const fits = (row, without) =>
    groups.every(({ name, boxes }) => {
      const chosen = boxes.filter((box) => box.checked);
      return name === without || chosen.length === 0 || chosen.some((box) => has(row, name, box.value));
    });
  for (const row of rows) {
    if (row.hidden === fits(row)) faults.push(`${row.dataset.titel} is ${row.hidden ? "hidden" : "shown"}`);
  }
  for (const { name, boxes } of groups) {
    for (const box of boxes) {
      const expected = rows.filter((row) => fits(row, name) && has(row, name, box.value)).length;
      const said = document.querySelector(`label[for="${box.id}"] .facet-aantal`).textContent;
      if (said !== String(expected)) faults.push(`${name} ${box.value}: ${said} instead of ${expected}`);
    }
  }
  return faults;
};
