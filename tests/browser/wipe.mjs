// Whether "Wis sporen op deze site" really empties what a site can keep, says what it did and promises nothing it cannot do.

import { holds, none, same } from "./checks.mjs";

const EMPTY = { local: 0, session: 0, cookies: 0, caches: 0, databases: 0, workers: 0 };

export const wipe = async (site, browser, check, census) => {
  const place = census.find((one) => one.wipe > 0);
  await check("there is one page to erase traces, and every quick exit is explained by it", () => {
    holds(place, "no page has the button");
    none(census.filter(({ exit }) => exit && exit.help !== place.address).map(({ name, exit }) => `${name}: ${exit.help}`));
  });
  if (!place) return;
  const button = (page) => page.locator("[data-wis-knop]");
  const report = async (page) => {
    await button(page).click();
    await page.locator("[data-wis-uitslag] ul").last().waitFor();
    return page.locator("[data-wis-uitslag]").innerText();
  };

  await check("without script there is no button, and the steps to do oneself are there", async () => {
    const page = await browser.page({ javaScriptEnabled: false });
    await page.goto(place.address);
    holds(!(await button(page).isVisible()), "a button that does nothing");
    const text = await page.locator("main").innerText();
    for (const word of ["Chrome", "Edge", "Firefox", "Safari", "iPhone", "Android", "privé", "112", "0800"]) {
      holds(text.toLowerCase().replaceAll("‑", "-").includes(word.toLowerCase()), `no word of ${word}`);
    }
    await page.close();
  });

  await check("the page says that the history of the browser is not erased", async () => {
    const page = await browser.page();
    await page.goto(place.address);
    const text = (await page.locator("main").innerText()).replace(/\s+/g, " ");
    holds(/wist uw internetgeschiedenis niet/i.test(text), "no such sentence");
    holds(/opvallen|verdacht/i.test(text), "no warning that an empty history stands out");
    await page.close();
  });

  await check("everything is really gone, and is counted truly", async () => {
    const page = await browser.page();
    await page.goto(place.address);
    await page.evaluate(fill);
    same(await page.evaluate(measure), { local: 3, session: 2, cookies: 2, caches: 1, databases: 1, workers: 1 }, "before");
    const text = await report(page);
    same(await page.evaluate(measure), EMPTY, "after");
    for (const words of ["uw lijst en uw vinkjes: 3", "van dit tabblad: 2", "cookies: 2", "zelf had bewaard: 1", "in de browser: 1", "service workers): 1"]) {
      holds(text.includes(words), `"${words}" is not said:\n${text}`);
    }
    holds(text.includes("Dit kunnen wij niet wissen") && text.includes("geschiedenis van uw browser"), text);
    holds(!text.includes("Dit is niet gelukt"), text);
    same(await page.evaluate(() => document.activeElement.hasAttribute("data-wis-uitslag")), true, "the focus is on the report");
    const again = await report(page);
    holds(again.includes("niets van deze website"), again);
    await page.close();
  });

  await check("a list that was kept is gone afterwards", async () => {
    const rows = census.find(({ buttons }) => buttons > 0);
    const page = await browser.page();
    await page.goto(rows.address);
    await page.locator(".rij-doen button").first().click();
    holds((await page.evaluate(() => localStorage.length)) > 0, "nothing was kept");
    await page.goto(place.address);
    await report(page);
    same(await page.evaluate(() => localStorage.length), 0, "kept");
    await page.close();
  });

  await check("what cannot be erased is said, and the rest is erased all the same", async () => {
    const page = await browser.page();
    await page.addInitScript(() => {
      Storage.prototype.clear = function () {
        if (this === sessionStorage) throw new Error("not allowed");
        for (const key of Object.keys(this)) this.removeItem(key);
      };
    });
    await page.goto(place.address);
    await page.evaluate(() => {
      localStorage.setItem("a", "1");
      sessionStorage.setItem("a", "1");
    });
    const text = await report(page);
    holds(/Dit is niet gelukt\s+gegevens van dit tabblad: 1/.test(text), text);
    same(await page.evaluate(() => localStorage.length), 0, "kept");
    await page.close();
  });

  await check("a browser that forbids everything gets an answer too", async () => {
    const page = await browser.page();
    await page.addInitScript(forbid);
    const faults = [];
    page.on("pageerror", (error) => faults.push(String(error)));
    await page.goto(place.address);
    holds((await report(page)).includes("niets van deze website"), "no answer");
    none(faults);
    await page.close();
  });

  for (const [how, status, words] of [["answers", 204, "uw aanmelding op dit apparaat"], ["is down", 503, "de server antwoordde niet"]]) {
    await check(`the endpoint is asked to log out; it ${how}`, async () => {
      const page = await browser.page();
      const asked = [];
      await page.route("**/reacties/uitloggen**", (route) => {
        asked.push(`${route.request().method()} ${new URL(route.request().url()).pathname}`);
        return route.fulfill({ status });
      });
      await page.goto(place.address);
      await page.evaluate(() => (document.cookie = "reacties=1; path=/"));
      const text = await report(page);
      same(asked, [`POST ${new URL("reacties/uitloggen", site.address).pathname}`], "asked");
      holds(text.includes(words), text);
      await page.close();
    });
  }

  await check("a login that could not be ended is asked about again, and a quick exit ends it too", async () => {
    const page = await browser.page();
    let [asked, status] = [0, 503];
    await page.route("**/reacties/uitloggen**", (route) => {
      asked += 1;
      return status === 0 ? route.abort() : route.fulfill({ status });
    });
    await page.goto(place.address);
    await page.evaluate(() => (document.cookie = "reacties=1; path=/"));
    for (const [number, next] of [[1, 503], [2, 0], [3, 503]]) {
      status = next;
      const text = await report(page);
      same(asked, number, "asked");
      holds(text.includes("de server antwoordde niet") && !text.includes("niets van deze website"), text);
      holds(!/gewist[^]*cookies: 1[^]*niet gelukt/.test(text), `a cookie that is still there is said to be gone:\n${text}`);
      same(await page.evaluate(() => document.cookie), "reacties=1", "what the quick exit looks at");
    }
    status = 204;
    const text = await report(page);
    holds(asked === 4 && text.includes("uw aanmelding op dit apparaat"), text);
    same(await page.evaluate(() => document.cookie), "", "left");
    holds((await report(page)).includes("niets van deze website"), "there is still something");
    same(asked, 4, "asked");
    await page.close();
  });
};

// The next functions run in the page.

const fill = async () => {
  for (const name of ["a", "b", "c"]) localStorage.setItem(name, "1");
  for (const name of ["a", "b"]) sessionStorage.setItem(name, "1");
  document.cookie = "een=1; path=/; SameSite=Lax";
  document.cookie = `twee=1; path=${location.pathname}; SameSite=Lax`;
  const cache = await caches.open("proef");
  await cache.put("proef", new Response("proef"));
  await new Promise((done, fail) => {
    const ask = indexedDB.open("proef");
    ask.onsuccess = () => done(ask.result.close());
    ask.onerror = fail;
  });
  // Any module of the site that needs no page will do as a worker.
  const home = document.querySelector("script[src*='snel-weg.js']").src;
  await navigator.serviceWorker.register(new URL("dom.js", home), { type: "module" });
};

const measure = async () => ({
  local: localStorage.length,
  session: sessionStorage.length,
  cookies: document.cookie.split(";").filter((one) => one.trim()).length,
  caches: (await caches.keys()).length,
  databases: (await indexedDB.databases()).length,
  workers: (await navigator.serviceWorker.getRegistrations()).length,
});

const forbid = () => {
  const refuse = () => {
    throw new DOMException("forbidden", "SecurityError");
  };
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"]) Object.defineProperty(window, name, { get: refuse });
  Object.defineProperty(Document.prototype, "cookie", { get: refuse, set: refuse });
  Object.defineProperty(Navigator.prototype, "serviceWorker", { get: refuse });
};
