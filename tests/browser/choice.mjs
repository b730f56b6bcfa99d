// Whether pages can be kept in a list of one's own, in an own order, printed as one document, and compared side by side.

import { holds, none, same } from "./checks.mjs";
import { accessible, fits } from "./pages.mjs";

const KEY = (site) => `kennisplatform:${new URL(site.address).pathname}:lijst:1`;

export const choice = async (site, browser, check, census) => {
  const overview = [...census].filter((one) => one.kinds.includes("rij-praktijkvoorbeeld") && one.buttons > 0).sort((a, b) => b.rows - a.rows)[0];
  await check("an overview of examples has buttons to keep and to compare", () => holds(overview, "none"));
  if (!overview) return;
  const list = new URL("mijn-lijst/", site.address).href;
  const table = new URL("vergelijken/", site.address).href;
  const keep = (page, number) => page.locator("main li.rij .rij-doen button").filter({ hasText: "Bewaar" }).nth(number);
  const compare = (page, number) => page.locator("main li.rij .rij-doen button").filter({ hasText: "Vergelijk" }).nth(number);
  const titles = (page) => page.locator("main li.rij").evaluateAll((rows) => rows.map((row) => row.dataset.titel));
  const kept = (page) => page.locator(".mijn-lijst > li > a").allInnerTexts();
  const fresh = async (options) => {
    const page = await browser.page({ viewport: { width: 1280, height: 900 }, ...options });
    await page.goto(overview.address);
    return page;
  };

  await check("without script there are no buttons that do nothing, and the pages say what is needed", async () => {
    const page = await fresh({ javaScriptEnabled: false });
    same(await page.locator("main button").count(), 0, "buttons");
    for (const address of [list, table]) {
      await page.goto(address);
      holds(/JavaScript/.test(await page.locator("main").innerText()), `${address} does not say it`);
    }
    await page.close();
  });

  await check("what is kept is in the list, moves, and goes, all by keyboard", async () => {
    const page = await fresh();
    const all = await titles(page);
    for (const number of [0, 1, 2]) await keep(page, number).press("Enter");
    same(await keep(page, 0).getAttribute("aria-pressed"), "true", "pressed");
    await page.goto(list);
    same(await kept(page), all.slice(0, 3), "the list");
    await page.getByRole("button", { name: `Lager: ${all[0]}` }).press("Enter");
    same(await kept(page), [all[1], all[0], all[2]], "after moving");
    same(await page.evaluate(() => document.activeElement.closest("li")?.querySelector("a").textContent), all[0], "the focus stays");
    await page.reload();
    same(await kept(page), [all[1], all[0], all[2]], "after reloading");
    await page.getByRole("button", { name: `Haal weg: ${all[0]}` }).press("Enter");
    same(await kept(page), [all[1], all[2]], "after removing");
    holds(/alleen in deze browser|op dit apparaat/.test(await page.locator("main").innerText()), "not said where the list is kept");
    await page.close();
  });

  await check("an example itself can be kept too", async () => {
    const page = await fresh();
    const [title] = await titles(page);
    await page.locator("main li.rij .rij-titel a").first().click();
    await page.getByRole("button", { name: /^Bewaar in mijn lijst/ }).click();
    await page.goto(list);
    same(await kept(page), [title], "the list");
    await page.close();
  });

  await check("the list prints as one document, and says which page could not be fetched", async () => {
    const page = await fresh();
    const all = await titles(page);
    for (const number of [0, 1, 2]) await keep(page, number).click();
    await page.goto(list);
    const third = await page.locator(".mijn-lijst > li > a").nth(2).getAttribute("href");
    await page.route(third, (route) => route.fulfill({ status: 500, body: "" }));
    await page.evaluate(() => (window.print = () => (window.printed = true)));
    await page.getByRole("button", { name: /één document/ }).click();
    await page.waitForFunction(() => window.printed);
    same(await page.locator(".lijst-pagina > h2").allInnerTexts(), all.slice(0, 2), "in the document");
    holds((await page.locator(".lijst-fouten").innerText()).includes(all[2]), "not said what failed");
    const doubled = await page.evaluate(() => {
      const ids = [...document.querySelectorAll("[id]")].map((one) => one.id);
      return ids.filter((id, place) => ids.indexOf(id) !== place);
    });
    none(doubled.map((id) => `${id} is there twice`));
    await accessible(page, "light");
    await page.emulateMedia({ media: "print" });
    holds(!(await page.locator(".lijst-scherm").isVisible()), "the buttons are printed");
    holds((await page.locator(".lijst-document").innerText()).length > 1_000, "the document is empty");
    await page.close();
  });

  await check("what is broken in the browser's memory is dropped without a word", async () => {
    for (const broken of ["{", "null", "[]", '{"paginas":[{"pad":"https://elders.example/","titel":"x"},{"pad":7},null]}', '{"paginas":{}}']) {
      const page = await browser.page();
      const faults = [];
      page.on("pageerror", (error) => faults.push(String(error)));
      await page.goto(overview.address);
      await page.evaluate(([key, value]) => localStorage.setItem(key, value), [KEY(site), broken]);
      await page.goto(list);
      holds(/nog leeg/.test(await page.locator("main").innerText()), `${broken}: the list is not empty`);
      none(faults);
      await page.close();
    }
  });

  await check("a browser that keeps nothing says so and goes on", async () => {
    const page = await browser.page();
    const faults = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } }));
    await page.goto(overview.address);
    await keep(page, 0).click();
    holds(/staat bewaren niet toe/.test(await page.locator(".lade").innerText()), "not said");
    none(faults);
    await page.close();
  });

  await check("the tray counts, refuses a fifth, and leads to the comparison", async () => {
    const page = await fresh();
    const all = await titles(page);
    const tray = page.locator(".lade");
    await compare(page, 0).click();
    holds(/1 gekozen om te vergelijken/.test(await tray.innerText()), await tray.innerText());
    await compare(page, 1).click();
    holds(/2 gekozen om te vergelijken/.test(await tray.innerText()), await tray.innerText());
    if (all.length > 4) {
      for (const number of [2, 3, 4]) await compare(page, number).click();
      holds(/4 gekozen/.test(await tray.innerText()) && /Haal er eerst één weg/.test(await tray.innerText()), await tray.innerText());
      for (const number of [2, 3]) await compare(page, number).click();
    }
    await accessible(page, "light");
    await page.getByRole("link", { name: "Bekijk ze naast elkaar" }).click();
    await page.waitForURL((url) => url.href.startsWith(`${table}?v=`));
    await page.getByRole("columnheader").locator("a").nth(1).waitFor();
    same(await page.getByRole("columnheader").locator("a").allInnerTexts(), all.slice(0, 2), "the columns");
    await page.close();
  });

  await check("a comparison is a table with a heading for every row, on a wide screen and on a phone", async () => {
    const page = await fresh();
    const paths = (await page.locator("main li.rij .rij-titel a").evaluateAll((links) => links.slice(0, 4).map((link) => link.href))).map((url) => url.slice(site.address.length));
    for (const [amount, viewport] of [[2, { width: 1280, height: 900 }], [4, { width: 1280, height: 900 }], [3, { width: 320, height: 640 }]]) {
      await page.setViewportSize(viewport);
      await page.goto(`${table}?v=${paths.slice(0, amount).join(",")}`);
      await page.getByRole("table").waitFor();
      same(await page.getByRole("columnheader").count(), amount + 1, "column headers");
      const rows = await page.evaluate(() => [...document.querySelectorAll(".vergelijk-tabel tbody tr")].map((row) => [row.cells[0].textContent, row.cells.length]));
      none(rows.filter(([name, cells]) => !name.trim() || cells !== amount + 1).map(([name, cells]) => `row ${name}: ${cells} cells`));
      for (const name of ["Samenvatting", "Wat werkt goed", "Wat kost het"]) {
        holds((await page.getByRole("rowheader", { name: new RegExp(name, "i") }).count()) > 0, `no row ${name}`);
      }
      await fits(page, viewport);
      await accessible(page, "light");
      await accessible(page, "dark");
    }
    await page.close();
  });

  await check("an address with nonsense, a foreign page or too many gives an answer in words", async () => {
    const page = await fresh();
    const asked = [];
    page.on("request", (request) => !request.url().startsWith(site.address) && asked.push(request.url()));
    const paths = (await page.locator("main li.rij .rij-titel a").evaluateAll((links) => links.slice(0, 5).map((link) => link.href))).map((url) => url.slice(site.address.length));
    await page.goto(`${table}?v=https://elders.example/,//elders.example/,bestaat-niet/,../../../etc/passwd`);
    await page.locator(".lijst-fouten li").first().waitFor();
    holds(/bestaat-niet/.test(await page.locator(".lijst-fouten").innerText()), "not said what failed");
    same(asked, [], "asked elsewhere");
    await page.goto(`${table}?v=`);
    await page.getByRole("link", { name: "Naar de praktijkvoorbeelden" }).waitFor();
    if (paths.length > 4) {
      await page.goto(`${table}?v=${paths.join(",")}`);
      await page.locator(".lijst-fouten li").first().waitFor();
      same(await page.getByRole("columnheader").count(), 5, "column headers");
    }
    await page.close();
  });
};
