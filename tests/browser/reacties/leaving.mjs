// Whether nothing of what somebody wrote stays on the device, and whether the quick exit logs out and waits for nothing.

import { holds, same, until } from "../checks.mjs";
import { EXAMPLE } from "./baked.mjs";
import { arrive, opened } from "./reactions.mjs";

export const leaving = async (house) => {
  const { site, browser, endpoint, check } = house;
  const other = site.elsewhere;
  const away = (page) => page.waitForURL(`${other.address}**`);
  const text = (page) => page.getByLabel("Uw tekst");

  await check("what is being written is kept nowhere, and no field is for the browser to remember", async () => {
    const page = await opened(house, EXAMPLE);
    await arrive(page);
    await text(page).fill("Een geheim woord");
    await page.getByLabel("Ervaring", { exact: true }).check();
    await page.waitForTimeout(200);
    const kept = await page.evaluate(() => JSON.stringify([{ ...localStorage }, { ...sessionStorage }, history.state, document.cookie, location.href]));
    holds(!kept.includes("geheim"), kept);
    same(await page.locator("form[data-reageer]:not([autocomplete=off])").count(), 0, "forms that are remembered");
    await page.reload();
    same(await text(page).inputValue(), "", "the text after a reload");
    await page.close();
  });

  await check("the quick exit empties what was written, never asks whether one is sure, and logs out", async () => {
    const page = await opened(house, EXAMPLE, { signedIn: true });
    const asked = [];
    page.on("dialog", (dialog) => (asked.push(dialog.type()), dialog.accept()));
    await arrive(page);
    await text(page).pressSequentially("Een geheim woord");
    // Asked in one breath, as the page is gone right after.
    const left = await page.evaluate(() => {
      document.querySelector("a.snel-weg").click();
      return [...document.querySelectorAll("textarea")].map((one) => one.value).join("");
    });
    same(left, "", "the text behind the cover");
    await away(page);
    same(asked, [], "questions");
    await until(() => endpoint.of("uitloggen").length === 1, "logged out");
    const [out] = endpoint.of("uitloggen");
    same([out.method, out.query.snel, out.site], ["POST", "1", "same-origin"], "how");
    holds(out.cookie.includes("sessie=1"), "without the session");
    holds(out.type.startsWith("application/x-www-form-urlencoded"), out.type);
    await until(async () => !(await page.context().cookies(site.address)).some((one) => one.name === "sessie"), "the session is over");
    await page.close();
  });

  await check("who was not logged in leaves without a word to the endpoint", async () => {
    const page = await opened(house, EXAMPLE);
    await arrive(page);
    await until(() => endpoint.of("draad.json").length, "the list");
    await page.locator("a.snel-weg").click();
    await away(page);
    await page.waitForTimeout(200);
    same(endpoint.of("uitloggen").length, 0, "told");
    await page.close();
  });

  await check("the quick exit waits for no endpoint", async () => {
    for (const mood of ["slow", "away", "gone"]) {
      const page = await opened(house, EXAMPLE, { signedIn: true });
      await text(page).focus();
      endpoint.mood(mood);
      const begin = Date.now();
      await page.locator("a.snel-weg").click();
      await away(page);
      holds(Date.now() - begin < 1_500, `${mood}: away after ${Date.now() - begin} ms`);
      endpoint.mood("well");
      await page.close();
    }
  });

  await check("the quick exit works where a browser forbids to look whether somebody is logged in", async () => {
    const page = await browser.page();
    await page.addInitScript(() => Object.defineProperty(Document.prototype, "cookie", { get: () => { throw new DOMException("forbidden", "SecurityError"); } }));
    await page.goto(new URL(`${EXAMPLE}/`, site.address).href);
    await arrive(page);
    await until(() => endpoint.of("draad.json").length, "the list");
    await page.locator("a.snel-weg").click();
    await away(page);
    await page.close();
  });

  await check("erasing traces ends the login, and says so", async () => {
    const page = await opened(house, "wis-sporen", { signedIn: true });
    await page.locator("[data-wis-knop]").click();
    await page.locator("[data-wis-uitslag] ul").last().waitFor();
    holds((await page.locator("[data-wis-uitslag]").innerText()).includes("uw aanmelding op dit apparaat"), "not said");
    same((await page.context().cookies(site.address)).map((one) => one.name), [], "cookies");
    await page.close();
  });
};
