// The ways through the platform of those for whom it is, as far as they lead through a browser.

import { holds, none, same, until } from "./checks.mjs";
import { accessible } from "./pages.mjs";

export const journeys = async (site, browser, check, census) => {
  const examples = census.filter(({ sheet }) => sheet === "blad-praktijkvoorbeeld");
  const isExample = (address) => examples.some((one) => one.address === address.split(/[?#]/)[0]);

  await check("1: on a phone on a slow network, how another gemeente hands over a case is found within a minute", async () => {
    const begin = Date.now();
    const page = await browser.page({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Network.emulateNetworkConditions", { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 });
    await page.goto(site.address);
    await search(page, "overdracht");
    const hits = page.locator("main a[href]:visible");
    const place = await until(async () => {
      const all = await hits.evaluateAll((links) => links.map((link) => link.href));
      const found = all.findIndex(isExample);
      return found >= 0 ? found + 1 : 0;
    }, "an example among what is found");
    await hits.nth(place - 1).tap();
    await page.waitForURL((url) => isExample(url.href));
    holds(/overdra/i.test(await page.locator("main").innerText()), "nothing about handing over");
    holds(Date.now() - begin < 60_000, "it took more than a minute");
    await page.close();
  });

  await check("2: all examples of a region, cheap ones first, become one document for a meeting", async () => {
    const overview = [...census].filter(({ kinds, facets, sheet }) => !sheet && kinds.includes("rij-praktijkvoorbeeld") && facets.includes("regio")).sort((a, b) => b.rows - a.rows)[0];
    holds(overview, "no overview of examples by region");
    const page = await browser.page({ viewport: { width: 1280, height: 900 } });
    await page.goto(overview.address);
    await page.evaluate(() => document.querySelectorAll("main details:has([data-facet])").forEach((one) => (one.open = true)));
    await page.locator("[data-facet=regio] input").first().check();
    await page.locator("#facet-sortering").selectOption("kosten");
    const rows = page.locator("li.rij:not([hidden])");
    const titles = await rows.evaluateAll((all) => all.map((row) => row.dataset.titel));
    for (let number = 0; number < titles.length; number += 1) {
      await rows.nth(number).getByRole("button", { name: /^Bewaar in mijn lijst/ }).click();
    }
    await page.getByRole("link", { name: `Mijn lijst (${titles.length})` }).first().click();
    await page.waitForURL("**/mijn-lijst/");
    await page.evaluate(() => (window.print = () => (window.printed = true)));
    await page.getByRole("button", { name: /één document/ }).click();
    await page.waitForFunction(() => window.printed);
    same(await page.locator(".lijst-pagina > h2").allInnerTexts(), titles, "the document");
    await page.emulateMedia({ media: "print" });
    holds((await page.pdf({ format: "A4" })).length > 10_000, "no pages");
    await page.close();
  });

  await check("3: who looks for the script of a first talk finds it, and what it says about getting it", async () => {
    const page = await browser.page();
    await page.goto(site.address);
    await search(page, "draaiboek eerste gesprek");
    await page.locator("[data-zoek-resultaten] a[href*='/draaiboeken/']").first().click();
    await page.waitForURL("**/draaiboeken/*/");
    const downloads = await page.locator("main a[href$='.docx']").evaluateAll((links) => links.map((link) => link.href));
    for (const address of downloads) same((await fetch(address)).status, 200, address);
    holds(downloads.length > 0, "no file to adapt");
    await page.close();
  });

  await check("5 and 10: where one could react, the page says what to do, and no form is dead", async () => {
    const page = await browser.page();
    for (const one of examples) {
      await page.goto(one.address);
      const actions = await page.locator("main form").evaluateAll((all) => all.map((form) => form.action));
      none(actions.filter((action) => action !== new URL("reacties/plaatsen", site.address).href).map((action) => `${one.name}: a form that leads to ${action}`));
      holds(/reageren|reactie/i.test(await page.locator("main").innerText()), `${one.name}: no word about reacting`);
    }
    // This server is only files: there is no endpoint. Who tries all the same is told so, and keeps the text.
    await page.getByLabel("Ervaring", { exact: true }).check();
    await page.getByLabel("Uw tekst").fill("Bij ons ook.");
    await page.getByRole("button", { name: "Plaats uw reactie" }).click();
    await page.getByText("Reageren lukt nu niet.").waitFor();
    same(await page.getByLabel("Uw tekst").inputValue(), "Bij ons ook.", "the text");
    await page.close();
  });

  await check("7: with a screen reader two examples are compared, by names and roles alone", async () => {
    const overview = [...census].filter(({ kinds, sheet }) => !sheet && kinds.includes("rij-praktijkvoorbeeld")).sort((a, b) => b.rows - a.rows)[0];
    const page = await browser.page();
    await page.goto(overview.address);
    const buttons = page.getByRole("main").getByRole("button", { name: /^Vergelijk: / });
    const names = (await buttons.evaluateAll((all) => all.slice(0, 2).map((one) => one.getAttribute("aria-label")))).map((name) => name.replace("Vergelijk: ", ""));
    same(new Set(names).size, 2, "buttons with different names");
    for (const name of names) {
      const button = page.getByRole("main").getByRole("button", { name: `Vergelijk: ${name}`, exact: true });
      await button.press("Space");
      same(await button.getAttribute("aria-pressed"), "true", `${name} is pressed`);
    }
    const tray = page.getByRole("complementary", { name: "Uw keuze" });
    holds(/2 gekozen om te vergelijken/.test(await tray.innerText()), "the tray says nothing");
    await tray.getByRole("link", { name: "Bekijk ze naast elkaar" }).press("Enter");
    const table = page.getByRole("table", { name: /Vergelijking van 2/ });
    await table.waitFor();
    for (const name of names) same(await table.getByRole("columnheader", { name }).count(), 1, `columns of ${name}`);
    const rows = await table.getByRole("row").count();
    same(await table.getByRole("rowheader").count(), rows - 1, "row headers");
    same(await table.getByRole("cell").count(), (rows - 1) * 2, "cells");
    await accessible(page, "light");
    await page.close();
  });

  await check("8: who is in danger presses Shift three times, and Back shows the page of results", async () => {
    const page = await browser.page({ viewport: { width: 360, height: 740 } });
    const results = `${site.elsewhere.address}zoeken?q=hulp`;
    await page.goto(results);
    await page.evaluate((address) => {
      const link = document.body.appendChild(document.createElement("a"));
      Object.assign(link, { href: address, textContent: "resultaat" });
    }, examples[0].address);
    await page.getByText("resultaat").click();
    await page.waitForURL(examples[0].address);
    site.elsewhere.requests.length = 0;
    for (let times = 0; times < 3; times += 1) await page.keyboard.press("Shift", { noWaitAfter: true });
    await page.waitForURL(site.elsewhere.address);
    same(site.elsewhere.requests[0].referer, "", "the referer");
    await page.goBack();
    same(page.url(), results, "the page before");
    await page.goForward();
    same(page.url(), site.elsewhere.address, "the page after");
    await page.close();
  });
};

const search = async (page, words) => {
  const field = page.getByRole("search").locator("input");
  await field.fill(words);
  await field.press("Enter");
  await page.waitForURL("**/zoeken/**");
  // Until there are results the register stands there, with the same links.
  await page.locator("[data-zoek-resultaten] .zoek-rij").first().waitFor();
};
