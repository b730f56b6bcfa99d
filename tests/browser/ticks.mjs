// Checklists that are ticked and kept, and things that are over by the date of whoever looks.

import { holds, none, same } from "./checks.mjs";

export const ticks = async (site, browser, check, census) => {
  const lists = census.filter((one) => one.ticks > 0);
  await check("there are checklists", () => holds(lists.length > 0, "none"));
  for (const one of lists.slice(0, 1)) await checklist(one, browser, check);

  await check("every checklist can be read as a plain list without script", async () => {
    const page = await browser.page({ javaScriptEnabled: false });
    for (const one of lists) {
      await page.goto(one.address);
      same(await page.locator("main button:visible:not([type=submit])").count(), 0, `${one.name}: buttons that do nothing`);
    }
    await page.close();
  });

  await check("a task of Markdown is one; a box of a filter that can give nothing is none", async () => {
    const page = await browser.page();
    const off = `<ul><li><input type="checkbox" disabled> Melding</li></ul>`;
    for (const [html, lists] of [[off, 1], [`<form>${off}</form>`, 0], [`<div class="lijn">${off}</div>`, 0], [`<form>${off}</form>${off}`, 1]]) {
      await proof(page, site, html, "afvinken.js");
      // The module is done before the page has loaded.
      same(await page.locator(".vinklijst").count(), lists, `checklists in ${html}`);
      same(await page.locator(".vink-balk").count(), lists, `bars under ${html}`);
      same(await page.locator("form .vink, .lijn .vink").count(), 0, `tasks among the filters of ${html}`);
    }
    await page.close();
  });

  await check("what is over by the visitor's date is not shown, and is explained when nothing is left", async () => {
    const board = census.find((one) => one.expiring > 0 && one.rows > 0 && /prikbord\/$/.test(one.name)) ?? census.find((one) => one.expiring > 0 && one.rows > 0);
    holds(board, "no page has anything that ends");
    const page = await browser.page();
    await page.clock.setFixedTime(new Date("2099-01-01T12:00:00"));
    await page.goto(board.address);
    none(await page.evaluate(() => [...document.querySelectorAll("li[data-verloopt]")].filter((row) => !row.hidden).map((row) => row.dataset.titel)));
    const lists = await page.evaluate(() => document.querySelectorAll(".verlopen-melding").length);
    holds(lists > 0, "an empty list without a word");
    await page.close();
  });

  await check("a day counts until its end, and a broken date hides nothing", async () => {
    const page = await browser.page();
    const rows = ["2026-11-22", "2026-11-21", "2026-11-22T08:00", "ooit", ""];
    await proof(page, site, `<ul class="rijen" data-leeg="Niets meer.">${rows.map((day) => `<li class="rij" data-verloopt="${day}">${day}</li>`).join("")}</ul>`, "verlopen.js", "2026-11-22T12:00:00");
    same(await page.locator("li:visible").allInnerTexts(), ["2026-11-22", "ooit", ""], "what shows");
    await proof(page, site, `<ul data-leeg="Niets meer."><li data-verloopt="2026-01-01">een</li></ul>`, "verlopen.js", "2026-11-22T12:00:00");
    same(await page.locator("main").innerText(), "Niets meer.", "what shows");
    await page.close();
  });

  await check("a page that is over stays, and says so", async () => {
    const page = await browser.page();
    await proof(page, site, `<article data-verloopt="2026-11-03"><div class="titelblok"><h1>Gezocht</h1></div><p>Tekst</p></article>`, "verlopen.js", "2026-11-22T12:00:00");
    same(await page.locator("article").innerText(), "Gezocht\n\nLet op: dit is verlopen op 3 november 2026.\n\nTekst", "the page");
    await page.close();
  });

  await check("a task with a link can be ticked as well, and lists in lists stay whole", async () => {
    const page = await browser.page();
    await proof(page, site, `<h2 id="checklist">Checklist</h2><ul><li>Een <a href="#x">link</a></li><li>Twee<ul><li>onder</li></ul></li></ul>`, "afvinken.js");
    same(await page.getByRole("checkbox", { name: "Een link" }).count(), 1, "a box by its text");
    same(await page.locator("input").count(), 2, "boxes");
    await page.getByRole("checkbox", { name: "Twee" }).check();
    holds((await page.locator(".vink-stand").innerText()) === "1 van de 2 gedaan", await page.locator(".vink-stand").innerText());
    await page.close();
  });
};

const checklist = async (one, browser, check) => {
  const fresh = async (page) => {
    await page.goto(one.address);
    return page.locator("main .vinklijst input");
  };

  await check("ticks are kept, counted, and gone after beginning anew", async () => {
    const page = await browser.page();
    let boxes = await fresh(page);
    const all = await boxes.count();
    await boxes.nth(0).check();
    await boxes.nth(all - 1).check();
    boxes = await fresh(page);
    same(await boxes.evaluateAll((them) => them.filter((box) => box.checked).length), 2, "kept");
    same(await page.locator(".vink-stand").innerText(), `2 van de ${all} gedaan`, "the count");
    await page.getByRole("button", { name: "Begin opnieuw" }).click();
    boxes = await fresh(page);
    same(await boxes.evaluateAll((them) => them.filter((box) => box.checked).length), 0, "kept");
    same(await page.evaluate(() => localStorage.length), 0, "what is stored");
    await page.close();
  });

  await check("boxes are printed, the button is not", async () => {
    const page = await browser.page();
    await fresh(page);
    await page.emulateMedia({ media: "print" });
    holds(await page.locator("main .vinklijst input").first().isVisible(), "no boxes");
    same(await page.locator("main button:visible").count(), 0, "buttons");
    await page.close();
  });

  await check("a browser that keeps nothing can tick all the same", async () => {
    const page = await browser.page();
    const faults = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    await page.addInitScript(() => Object.defineProperty(window, "localStorage", { get: () => { throw new DOMException("no", "SecurityError"); } }));
    const boxes = await fresh(page);
    await boxes.first().check();
    holds((await page.locator(".vink-stand").innerText()).startsWith("1 van"), "not counted");
    none(faults);
    await page.close();
  });
};

/** A page with only this in it and one script of the theme, at an address of the site. */
export const proof = async (page, site, main, script, time) => {
  const address = `${site.address}proef/`;
  await page.unroute(address).catch(() => {});
  const body = `<!doctype html><html lang="nl"><title>Proef – Samen</title><main>${main}</main><script type="module" src="../${script}"></script></html>`;
  await page.route(address, (route) => route.fulfill({ contentType: "text/html; charset=utf-8", body }));
  if (time) await page.clock.setFixedTime(new Date(time));
  await page.goto(address);
};
