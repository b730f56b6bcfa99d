// Whether a text is posted once, in place, and never lost: with faults in it, not logged in, on a slow line, without endpoint.

import { holds, none, same, until } from "../checks.mjs";
import { BOARD, EXAMPLE, experience, question } from "./baked.mjs";
import { arrive, opened } from "./reactions.mjs";

export const posting = async (house) => {
  const { endpoint, check } = house;
  const form = (page) => page.locator(".reageer form");
  const text = (page) => page.getByLabel("Uw tekst");
  const said = (page) => page.locator(".reageer [data-reageer-uitslag]");
  const send = (page) => page.getByRole("button", { name: "Plaats uw reactie" }).click();
  const filled = async (options) => {
    const page = await opened(house, EXAMPLE, { signedIn: true, ...options });
    await arrive(page);
    await page.getByLabel("Opmerking", { exact: true }).check();
    await text(page).fill("Dit wil ik zeggen.");
    return page;
  };

  await check("a reaction is posted in place and waits in the list", async () => {
    const page = await filled();
    const address = page.url();
    await send(page);
    await until(async () => (await said(page).innerText()).includes("Een moderator leest hem eerst."), "the answer");
    same(await said(page).getAttribute("role"), "status", "it is said aloud");
    same(page.url(), address, "the page");
    same(await text(page).inputValue(), "", "the field");
    await until(async () => (await page.locator(".reactie-wacht").innerText()).includes("Dit wil ik zeggen."), "it waits");
    const [sent] = endpoint.posted;
    same([sent.pagina, sent.soort, sent.tekst, sent.formulier.length > 0, sent.eenmalig.length], [EXAMPLE, "opmerking", "Dit wil ik zeggen.", true, 32], "sent");
    holds(endpoint.of("plaatsen")[0].type.startsWith("application/x-www-form-urlencoded"), "another type");
    holds(await page.evaluate(() => document.activeElement.matches(".reageer button")), "the focus is elsewhere");
    none(page.faults);
    await page.close();
  });

  await check("an answer stands with its reaction", async () => {
    const page = await opened(house, EXAMPLE, { signedIn: true });
    await arrive(page);
    const thread = page.locator(`#reactie-${experience.id}`);
    await thread.locator("summary").click();
    await thread.getByLabel("Uw antwoord").fill("Bij ons niet.");
    await thread.getByRole("button").click();
    await until(() => thread.locator(".reactie-antwoorden .reactie-wacht").count(), "it waits there");
    same([endpoint.posted[0].soort, endpoint.posted[0].ouder], ["antwoord", experience.id], "sent");
    same(await page.locator(`#reactie-${question.id} .reactie-wacht`).count(), 0, "with another");
    await page.close();
  });

  await check("two clicks post once, and Enter after a click too", async () => {
    const page = await filled();
    await page.evaluate(() => {
      const button = document.querySelector(".reageer button[type=submit]");
      button.click();
      button.click();
      button.form.requestSubmit();
    });
    await until(() => page.locator(".reactie-wacht").count(), "posted");
    await page.waitForTimeout(200);
    same(endpoint.posted.length, 1, "posts");
    await page.close();
  });

  await check("what is missing is said in words, above the form and by the field, with a way there", async () => {
    const page = await opened(house, EXAMPLE, { signedIn: true });
    await arrive(page);
    await send(page);
    const summary = page.locator(".reageer .fout-lijst");
    await summary.waitFor();
    holds(await summary.evaluate((one) => one === document.activeElement), "the summary has no focus");
    same(await summary.locator("a").allInnerTexts(), ["Kies wat u wilt plaatsen.", "Schrijf eerst uw tekst."], "faults");
    same(await page.locator(".reageer fieldset").getAttribute("aria-describedby"), "reageer-soort-fout", "the group");
    same([await text(page).getAttribute("aria-invalid"), await text(page).getAttribute("aria-describedby")], ["true", "reageer-tekst-uitleg reageer-tekst-fout"], "the field");
    await summary.locator("a").last().press("Enter");
    holds(await text(page).evaluate((one) => one === document.activeElement), "the link does not lead to the field");
    same(endpoint.posted.length, 0, "posted");
    await text(page).fill("Nu wel.");
    await page.getByLabel("Vraag", { exact: true }).check();
    await send(page);
    await until(() => endpoint.posted.length, "posted");
    same(await page.locator(".fout-lijst, .veld-fout, [aria-invalid]").count(), 0, "faults that are left");
    same(await text(page).getAttribute("aria-describedby"), "reageer-tekst-uitleg", "what describes the field");
    await page.close();
  });

  await check("the board says of each field what is missing", async () => {
    endpoint.set(BOARD, []);
    const page = await opened(house, BOARD, { signedIn: true });
    await page.getByRole("button", { name: "Hang uw bericht op" }).click();
    await page.locator(".fout-lijst").waitFor();
    same(await page.locator(".fout-lijst li").count(), 4, "faults");
    same(await page.locator(".fout-lijst h4").innerText(), "Er kloppen 4 dingen nog niet", "how many");
    await page.close();
  });

  await check("what the endpoint refuses is said by the field, and the text stays", async () => {
    const page = await filled();
    endpoint.mood("complains");
    await send(page);
    await page.locator(".fout-lijst").waitFor();
    const words = await page.locator(".fout-lijst").innerText();
    holds(words.includes("telefoonnummer") && words.includes("Haal weg wat herkenbaar is."), words);
    same(await text(page).inputValue(), "Dit wil ik zeggen.", "the text");
    endpoint.mood("refuses");
    await send(page);
    await until(async () => (await said(page).innerText()).includes("Wacht even. Uw tekst staat er nog."), "told");
    same(await page.locator(".fout-lijst").count(), 0, "old faults");
    same(await text(page).inputValue(), "Dit wil ik zeggen.", "the text");
    endpoint.mood("well");
    await send(page);
    await until(() => page.locator(".reactie-wacht").count(), "posted after all");
    await page.close();
  });

  await check("who is not logged in goes with the text to the endpoint", async () => {
    const page = await filled({ signedIn: false });
    await send(page);
    await page.waitForURL("**/reacties/plaatsen");
    same(await page.locator("pre").innerText(), "Dit wil ik zeggen.", "the text");
    same(endpoint.of("plaatsen").length, 1, "times that the text was sent");
    await page.close();
  });

  await check("whose login ended meanwhile goes with the text to the endpoint as well", async () => {
    const page = await filled();
    await until(() => endpoint.of("ik.json").length, "known");
    await page.context().clearCookies();
    await send(page);
    await page.waitForURL("**/reacties/plaatsen");
    same(await page.locator("h1").innerText(), "Log eerst in", "the next page");
    same(await page.locator("pre").innerText(), "Dit wil ik zeggen.", "the text");
    await page.close();
  });

  await check("without an answer it is said after four seconds; the text stays, and trying again posts once", async () => {
    const page = await filled();
    await until(() => endpoint.of("ik.json").length, "known");
    endpoint.mood("slow");
    const begin = Date.now();
    await send(page);
    await until(async () => (await said(page).innerText()).includes("Reageren lukt nu niet."), "told");
    holds(Date.now() - begin < 5_500, `after ${Date.now() - begin} ms`);
    same(await text(page).inputValue(), "Dit wil ik zeggen.", "the text");
    endpoint.mood("well");
    await send(page);
    await until(() => page.locator(".reactie-wacht").count(), "posted");
    same(endpoint.posted.length, 2, "tries");
    same(new Set(endpoint.posted.map((one) => one.eenmalig)).size, 1, "keys");
    same(await page.locator(".reactie-wacht").count(), 1, "posted twice");
    await page.close();
  });

  await check("another text is another key, so that nothing of it is taken for what was sent before", async () => {
    const page = await filled();
    endpoint.mood("refuses");
    await send(page);
    await until(async () => (await said(page).innerText()).includes("Wacht even."), "told");
    endpoint.mood("well");
    await text(page).fill("Iets anders.");
    await send(page);
    await until(() => page.locator(".reactie-wacht").count(), "posted");
    await text(page).fill("Iets anders.");
    await page.getByLabel("Opmerking", { exact: true }).check();
    await send(page);
    await until(() => endpoint.posted.length === 2, "posted again");
    same(new Set(endpoint.of("plaatsen").map((one) => one.key)).size, 3, "keys of three reactions");
    await page.close();
  });

  await check("who comes back with Back and sends the same text once more has the same key", async () => {
    const page = await opened(house, EXAMPLE);
    await page.evaluate(() => {
      window.sent = [];
      // As if somebody went to the endpoint and came back: this page is as it was left.
      HTMLFormElement.prototype.submit = function () {
        window.sent.push(new FormData(this).get("eenmalig"));
      };
    });
    await arrive(page);
    await page.getByLabel("Opmerking", { exact: true }).check();
    await text(page).fill("Dit wil ik zeggen.");
    for (const times of [1, 2, 3]) {
      if (times === 3) await text(page).fill("Iets anders.");
      await send(page);
      await until(() => page.evaluate((times) => window.sent.length === times, times), "sent");
    }
    const [first, second, other] = await page.evaluate(() => window.sent);
    same([first.length, second], [32, first], "keys");
    holds(other !== first, "another text has the same key");
    await page.close();
  });

  await check("when the endpoint is gone it is said when somebody writes, and again when somebody posts", async () => {
    for (const mood of ["gone", "away"]) {
      endpoint.mood(mood);
      const page = await opened(house, EXAMPLE);
      await arrive(page);
      await page.getByLabel("Opmerking", { exact: true }).check();
      await until(async () => (await said(page).innerText()).includes("Plaatsen lukt op dit moment niet."), "told when writing");
      await text(page).fill("Dit wil ik zeggen.");
      await send(page);
      await until(async () => (await said(page).innerText()).includes("Uw tekst staat er nog"), "told when posting");
      same(await text(page).inputValue(), "Dit wil ik zeggen.", "the text");
      holds(page.url().includes(EXAMPLE), "the page was left");
      none(page.faults);
      endpoint.mood("well");
      await page.close();
    }
  });

  await check("what was said about a gone endpoint is unsaid when it is back", async () => {
    endpoint.mood("gone");
    const page = await opened(house, EXAMPLE);
    await page.getByLabel("Opmerking", { exact: true }).check();
    await until(async () => (await said(page).innerText()).includes("Plaatsen lukt op dit moment niet."), "told");
    endpoint.mood("well");
    await text(page).focus();
    await until(async () => (await said(page).innerText()) === "", "unsaid");
    await page.close();
  });

  await check("everything goes by keyboard alone", async () => {
    const page = await opened(house, EXAMPLE, { signedIn: true });
    await page.locator("#reageer-soort-vraag").focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Met het toetsenbord.");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await until(() => endpoint.posted.length, "posted");
    same([endpoint.posted[0].soort, endpoint.posted[0].tekst], ["opmerking", "Met het toetsenbord."], "sent");
    same(await form(page).count(), 1, "forms");
    await page.close();
  });
};
