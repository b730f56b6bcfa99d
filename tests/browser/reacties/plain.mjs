// What there is without script, and what a page asks by itself: nothing.

import { holds, none, same, until } from "../checks.mjs";
import { BOARD, EXAMPLE, QUESTIONS } from "./baked.mjs";
import { arrive, opened } from "./reactions.mjs";

export const plain = async (house) => {
  const { site, browser, endpoint, check } = house;

  await check("without script the threads are there: who, when, and the accepted answer first", async () => {
    const page = await opened(house, EXAMPLE, { javaScriptEnabled: false });
    const heads = await page.locator(".draden > li > article > header h3").allInnerTexts();
    holds(heads[0] === "Vraag van Deelnemer Een" && heads[1].startsWith("Ervaring van"), heads.join(", "));
    same(await page.locator(".draden .antwoord h4").allInnerTexts(), ["Antwoord van Deelnemer Twee", "Antwoord van Moderator"], "answers");
    holds((await page.locator(".antwoord.gekozen").innerText()).includes("Gekozen antwoord"), "not marked");
    same(await page.locator("article.reactie:not([id^=reactie-])").count(), 0, "without an anchor");
    await page.close();
  });

  await check("without script a form says what must not be in it and how it goes on, and sends the text", async () => {
    const page = await opened(house, EXAMPLE, { javaScriptEnabled: false });
    const words = (await page.locator(".reageer").innerText()).replaceAll("‑", "-");
    for (const word of ["112", "0800-2000", "geen naam", "moderator", "Log in"]) holds(words.includes(word), `no word of ${word}`);
    same(await page.locator(".reageer fieldset legend").innerText(), "Wat wilt u plaatsen?", "legend");
    await page.getByLabel("Ervaring", { exact: true }).check();
    await page.getByLabel("Uw tekst").fill("Bij ons ook.\n\nMet <em>taart</em>.");
    await page.getByRole("button", { name: "Plaats uw reactie" }).click();
    same(await page.locator("h1").innerText(), "Log eerst in", "the next page");
    holds((await page.locator("pre").innerText()).includes("Met <em>taart</em>."), "the text is lost");
    same(endpoint.of("plaatsen")[0].site, "same-origin", "where the form comes from");
    await page.close();
  });

  await check("without script an answer goes with the reaction it belongs to", async () => {
    const page = await opened(house, EXAMPLE, { javaScriptEnabled: false });
    const thread = page.locator(".draden > li").first();
    await thread.getByText("Geef antwoord").click();
    same(await thread.locator("[name=soort]").inputValue(), "antwoord", "kind");
    same(await thread.locator("[name=ouder]").inputValue(), await thread.locator("article").first().getAttribute("data-reactie"), "parent");
    await thread.getByLabel("Uw antwoord").fill("Vier weken.");
    await thread.getByRole("button").click();
    same(await page.locator("pre").innerText(), "Vier weken.", "the text");
    await page.close();
  });

  await check("the section of questions asks a title, the board also what it is and until when", async () => {
    const page = await opened(house, QUESTIONS, { javaScriptEnabled: false });
    const names = () => page.locator(".reageer form :is(input, textarea)").evaluateAll((all) => [...new Set(all.map((one) => one.name))]);
    same(await names(), ["pagina", "soort", "titel", "tekst"], "questions");
    holds((await page.locator(".draden").innerText()).includes("Hoe regelt u een tolk"), "no question of a member");
    await page.goto(new URL(`${BOARD}/`, site.address).href);
    same(await names(), ["pagina", "soort", "bericht_soort", "titel", "tekst", "verloopt_op"], "board");
    const board = await page.locator(".draden").innerText();
    holds(board.includes("Meelezer gezocht") && board.includes("Gezocht") && !board.includes("Oud bericht"), board);
    await page.close();
  });

  await check("a notice that is over since the site was made does not show", async () => {
    const page = await browser.page();
    await page.clock.install({ time: new Date("2100-01-01T12:00:00") });
    await page.goto(new URL(`${BOARD}/`, site.address).href);
    await until(async () => (await page.locator(".draden > li:visible").count()) === 0, "hidden");
    holds(await page.getByText("Er hangt nu geen bericht van een deelnemer.").first().isVisible(), "nothing says that it is empty");
    await page.close();
  });

  await check("a page asks the endpoint nothing until somebody comes near, and others never", async () => {
    for (const [path, what] of [[EXAMPLE, ["draad.json"]], ["privacy", []], ["themas", []]]) {
      endpoint.asked.length = 0;
      const page = await opened(house, path);
      const scripts = [];
      page.on("request", (request) => scripts.push(new URL(request.url()).pathname));
      await page.waitForTimeout(200);
      same(endpoint.asked.map((one) => one.what), [], `${path}: asked at once`);
      if (what.length > 0) await arrive(page);
      else await page.mouse.wheel(0, 3000);
      await page.waitForTimeout(200);
      same(endpoint.asked.map((one) => one.what), what, `${path}: asked`);
      if (what.length === 0) same(await page.locator("script[src*='reacties']").count(), 0, `${path}: scripts`);
      none(page.faults);
      await page.close();
    }
  });

  await check("who it is, is asked only when somebody writes, or when this browser says that somebody is logged in", async () => {
    const page = await opened(house, EXAMPLE);
    await arrive(page);
    await until(() => endpoint.of("draad.json").length > 0, "the list");
    same(endpoint.of("ik.json").length, 0, "asked without a reason");
    await page.getByLabel("Uw tekst").focus();
    await until(() => endpoint.of("ik.json").length === 1, "asked when writing");
    holds((await page.locator("[data-reageer-account]").innerText()).includes("Log in"), "no way to log in");
    await page.close();
    endpoint.asked.length = 0;
    const known = await opened(house, EXAMPLE, { signedIn: true });
    await arrive(known);
    await until(async () => (await known.locator("[data-reageer-account]").innerText()) === "U bent ingelogd als Deelnemer Proef.", "the name");
    same(await known.locator(".inloggen").innerText(), "Mijn pagina", "the link in the head");
    await known.close();
  });
};
