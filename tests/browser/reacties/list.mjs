// Whether the list follows the endpoint, without a jump of the page, without losing the focus or a word of what is written.

import { holds, none, same, until } from "../checks.mjs";
import { another, answers, BOARD, EXAMPLE, experience, notice, question, reply, thread, threads } from "./baked.mjs";
import { arrive, opened } from "./reactions.mjs";

export const list = async (house) => {
  const { site, browser, endpoint, check } = house;
  const shown = (page) => page.locator(".draden > li > article").evaluateAll((all) => all.map((one) => one.dataset.reactie));
  const there = (page, one) => until(() => page.locator(`#reactie-${one.id}`).count(), `${one.id} is there`);
  // The next time somebody comes back to the tab.
  const again = (page) => page.evaluate(async () => {
    const { ververs } = await import(document.querySelector("script[src*='reacties.js']").src.replace(/reacties\.js.*/, "reacties-lijst.js"));
    return ververs(document.querySelector(".reacties"));
  });

  await check("what was accepted since the site was made is added in its place, looks the same and can be answered", async () => {
    const [late, below] = [another("B2", "Pas geplaatst."), reply("A9", "Ook pas.")];
    endpoint.set(EXAMPLE, [thread(question, ...answers, below), thread(experience), thread(late)]);
    const page = await opened(house, EXAMPLE);
    const before = await shape(page, question.id);
    await arrive(page);
    await there(page, late);
    same(await shown(page), [question.id, experience.id, late.id], "order");
    same(await shape(page, question.id), before, "what was there");
    same(await shape(page, late.id), (await shape(page, experience.id)), "another build");
    same(await page.locator(`#reactie-${question.id} .antwoord`).count(), 3, "answers");
    same(await page.locator("[data-draden-stand]").innerText(), "Er zijn 2 reacties bij gekomen.", "what is said");
    const form = page.locator(`#reactie-${late.id} form`);
    same(await form.locator("[name=ouder]").inputValue(), late.id, "an answer to what came later");
    same(await page.locator("[id*=REACTIE]").count(), 0, "names of the template");
    none(page.faults);
    await page.close();
  });

  await check("the page does not jump and the focus stays, for who writes and for who reads", async () => {
    // The second time without the help that some browsers give by themselves.
    for (const [focus, helped] of [[true, true], [false, true], [true, false], [false, false]]) {
      endpoint.set(EXAMPLE, threads);
      const page = await opened(house, EXAMPLE, { viewport: { width: 800, height: 600 } });
      await arrive(page);
      await until(() => endpoint.of("draad.json").length > 0, "first");
      if (!helped) {
        await page.evaluate(() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("* { overflow-anchor: none !important }");
          document.adoptedStyleSheets = [sheet];
        });
      }
      const text = page.getByLabel("Uw tekst");
      await text.scrollIntoViewIfNeeded();
      if (focus) await text.pressSequentially("Half geschr");
      const top = () => page.evaluate(() => Math.round(document.getElementById("reageer-tekst").getBoundingClientRect().top));
      const before = await top();
      endpoint.set(EXAMPLE, [thread(question), ...["B2", "B3", "B4"].map((last) => thread(another(last, "Nieuw. ".repeat(80))))]);
      await again(page);
      await page.waitForTimeout(150);
      same((await shown(page)).length, 4, "threads");
      holds(Math.abs((await top()) - before) <= 1, `moved from ${before} to ${await top()}`);
      if (focus) {
        await page.keyboard.type("even");
        same(await text.inputValue(), "Half geschreven", "the text");
      }
      await page.close();
    }
  });

  await check("what was withdrawn goes; who just answers it keeps the text", async () => {
    const page = await opened(house, EXAMPLE);
    await arrive(page);
    const summary = page.locator(`#reactie-${question.id} summary`);
    await summary.click();
    await page.locator(`#reactie-${question.id} textarea`).fill("Mijn antwoord in wording");
    endpoint.set(EXAMPLE, []);
    await again(page);
    same(await shown(page), [question.id], "left");
    const left = await page.locator(`#reactie-${question.id}`).innerText();
    holds(left.includes("Deze reactie is weggehaald.") && !left.includes("Hoe lang van tevoren"), left);
    // Also what is only read aloud, and what others answered to it.
    const source = await page.locator(`#reactie-${question.id}`).innerHTML();
    none([question, ...answers].flatMap(({ author, html }) => [author, html]).filter((words) => source.includes(words)));
    same(await page.locator(`#reactie-${question.id} :is(.reactie-doen, .reactie)`).count(), 0, "links and answers");
    same(await page.locator(`#reactie-${question.id} textarea`).inputValue(), "Mijn antwoord in wording", "the text");
    await page.locator(`#reactie-${question.id} textarea`).fill("");
    await page.locator("h1").click();
    await again(page);
    same(await shown(page), [], "left");
    // And comes back whole.
    endpoint.set(EXAMPLE, threads);
    await again(page);
    same(await page.locator(`#reactie-${question.id} .reactie-doen`).count(), 3, "links of a question and its answers");
    endpoint.set(EXAMPLE, []);
    await again(page);
    holds(await page.getByText("Er is nog niet gereageerd.").isVisible(), "nothing says that it is empty");
    await page.close();
  });

  await check("an endpoint that never published anything takes nothing away that is baked", async () => {
    endpoint.fresh(EXAMPLE);
    const page = await opened(house, EXAMPLE);
    const before = await shown(page);
    holds(before.length > 0, "nothing is baked");
    await arrive(page);
    await until(() => endpoint.of("draad.json").length > 0, "asked");
    await page.waitForTimeout(300);
    same(await shown(page), before, "left");
    await page.close();
  });

  await check("what was changed is changed: text, name, the accepted answer", async () => {
    const [first, second] = answers;
    endpoint.set(EXAMPLE, [
      thread({ ...question, author: "Voormalig deelnemer", about: undefined, html: "<p>Anders gezegd.</p>", edited: "2026-11-20T10:00:00Z" }, { ...second, chosen: true }, { ...first, chosen: false }),
    ]);
    const page = await opened(house, EXAMPLE);
    await arrive(page);
    await until(async () => (await page.locator(".draden").innerText()).includes("Anders gezegd."), "changed");
    const text = await page.locator(".draden").innerText();
    holds(text.includes("Voormalig deelnemer") && text.includes("gewijzigd") && !text.includes("Deelnemer Een"), text);
    same(await page.locator(".gekozen").evaluateAll((all) => all.map((one) => one.dataset.reactie)), [second.id], "accepted");
    same(await page.locator(".antwoord").first().getAttribute("data-reactie"), second.id, "first");
    await page.close();
  });

  await check("a link that leads elsewhere and another last day are changed too", async () => {
    const link = (to) => ({ ...experience, html: `<p>Kijk <a href="${to}" rel="nofollow ugc noopener noreferrer">hier</a>.</p>` });
    endpoint.set(EXAMPLE, [thread(link("https://een.example/"))]);
    const page = await opened(house, EXAMPLE);
    await arrive(page);
    const href = () => page.locator(`#reactie-${experience.id} .reactie-tekst a`).getAttribute("href", { timeout: 5000 });
    same(await href(), "https://een.example/", "first");
    endpoint.set(EXAMPLE, [thread(link("https://twee.example/"))]);
    await again(page);
    same(await href(), "https://twee.example/", "changed");
    await page.close();

    endpoint.asked.length = 0;
    const fresh = { ...notice, id: `${notice.id.slice(0, -2)}E1`, title: "Vers bericht" };
    endpoint.set(BOARD, [thread(notice)]);
    const board = await opened(house, BOARD);
    await arrive(board);
    await until(() => endpoint.of("draad.json").length > 0, "the list");
    const day = (one) => board.locator(`li:has(> #reactie-${one.id})`).evaluate((li) => [li.dataset.verloopt ?? null, li.querySelector("article > p.klein time")?.dateTime ?? null]);
    same(await day(notice), [notice.expires, notice.expires], "baked");
    endpoint.set(BOARD, [thread(fresh), thread({ ...notice, expires: "2098-12-30" })]);
    await again(board);
    same([await day(notice), await day(fresh)], [["2098-12-30", "2098-12-30"], [fresh.expires, fresh.expires]], "the last day");
    endpoint.set(BOARD, [thread(fresh), thread({ ...notice, expires: undefined })]);
    await again(board);
    same(await day(notice), [null, null], "without a last day");
    endpoint.set(BOARD, [thread(notice)]);
    await again(board);
    same(await day(notice), [notice.expires, notice.expires], "with one again");
    same(await board.locator(`#reactie-${notice.id} > *`).evaluateAll((all) => all.map((one) => one.className || one.localName)), ["header", "reactie-tekst", "klein", "reactie-doen", "reactie-antwoorden", "reactie-antwoord-geven"], "in its place");
    await board.close();
  });

  await check("what of mine still waits only I see, until it is accepted", async () => {
    const mine = another("M1", "Van mij.");
    const waits = [{ id: mine.id, stand: "wacht", soort: "opmerking", html: mine.html, kan_wijzigen: true }, { id: "X", stand: "afgewezen", soort: "vraag", html: "<p>Nee.</p>", kan_wijzigen: false }];
    endpoint.mine(waits);
    const stranger = await opened(house, EXAMPLE);
    await arrive(stranger);
    await until(() => endpoint.of("draad.json").length > 0, "the list");
    same(await stranger.locator(".reactie-wacht").count(), 0, "seen by a stranger");
    await stranger.close();
    const page = await opened(house, EXAMPLE, { signedIn: true });
    await arrive(page);
    await there(page, mine);
    const text = await page.locator(".reactie-wacht").innerText();
    for (const words of ["wacht op een moderator", "Alleen u ziet dit", "Van mij.", "Wijzig", "Trek in"]) holds(text.includes(words), `"${words}" is not said: ${text}`);
    same(await page.locator("[data-draden-stand]").innerText(), "", "my own is no news");
    endpoint.mine([]);
    endpoint.set(EXAMPLE, [...threads, thread(mine)]);
    await again(page);
    same(await page.locator(".reactie-wacht").count(), 0, "still waits");
    same((await shown(page)).at(-1), mine.id, "accepted");
    await page.close();
  });

  await check("a slow answer that is older changes nothing back, and a broken one nothing at all", async () => {
    const page = await opened(house, EXAMPLE);
    await arrive(page);
    await until(() => endpoint.of("draad.json").length > 0, "first");
    // What was asked first has been answered and drawn when it was asked once more.
    await again(page);
    const before = await page.locator(".draden").innerHTML();
    for (const answer of ['{"versie":2,"draden":[]}', '{"versie":1,"pagina":"anders","draden":[]}', `{"versie":1,"pagina":"${EXAMPLE}","revision":0,"draden":[]}`, "[]", "null", "<p>", '{"versie":1']) {
      await page.route("**/draad.json**", (route) => route.fulfill({ contentType: "application/json", body: answer }));
      await again(page);
      same(await page.locator(".draden").innerHTML(), before, answer);
      await page.unrouteAll();
    }
    none(page.faults);
    await page.close();
  });

  await check("when the endpoint is gone or silent, the page is as it was baked", async () => {
    for (const mood of ["gone", "away", "slow"]) {
      endpoint.asked.length = 0;
      endpoint.mood(mood);
      const page = await opened(house, EXAMPLE);
      const before = await page.locator(".draden").innerHTML();
      await arrive(page);
      await until(() => endpoint.of("draad.json").length > 0, mood);
      await page.waitForTimeout(mood === "slow" ? 4300 : 200);
      same(await page.locator(".draden").innerHTML(), before, mood);
      none(page.faults);
      endpoint.mood("well");
      await page.close();
    }
  });

  await check("a link to a reaction that is only at the endpoint leads there", async () => {
    const late = another("B2", "Pas geplaatst.");
    endpoint.set(EXAMPLE, [...threads, thread(late)]);
    const page = await opened(house, `${EXAMPLE}#reactie-${late.id}`);
    await there(page, late);
    await until(() => page.evaluate((id) => document.querySelector(":target")?.dataset.reactie === id, late.id), "the target");
    holds(await page.locator(`#reactie-${late.id}`).evaluate((one) => one.getBoundingClientRect().top < innerHeight), "out of sight");
    await page.close();
  });

  await check("a text that is not what it seems does nothing", async () => {
    const html = `<p>Goed <script>window.kwaad=1</script><img src=x onerror="window.kwaad=1"><a href="javascript:window.kwaad=1" onclick="window.kwaad=1">link</a>
      <a href="https://example.org/" id="inhoud">goed</a><style>body{display:none}</style><svg onload="window.kwaad=1"><g/></svg><form action="/x"><input name=q></form></p>`;
    const bad = another("B2", "x", { html, author: "<img src=x onerror=window.kwaad=1>", about: "<b>vet</b>" });
    endpoint.set(EXAMPLE, [thread(bad)]);
    const page = await opened(house, EXAMPLE);
    await arrive(page);
    await there(page, bad);
    const one = page.locator(`#reactie-${bad.id}`);
    same(await one.locator(".reactie-tekst :is(script, img, style, svg, form, input, [onclick], [id], a[href^=javascript])").count(), 0, "let through");
    same(await one.locator(".reactie-tekst a[href='https://example.org/']").getAttribute("rel"), "nofollow ugc noopener noreferrer", "rel");
    holds((await one.locator("bdi").first().innerText()).startsWith("<img"), "the name is no text");
    same(await page.evaluate(() => window.kwaad ?? 0), 0, "it ran");
    await page.close();
  });

  await check("on the board a new notice is added, and one that is over is not", async () => {
    const fresh = { ...notice, id: `${notice.id.slice(0, -2)}E1`, title: "Vers bericht" };
    endpoint.set(BOARD, [thread(fresh), thread(notice), thread({ ...fresh, id: `${notice.id.slice(0, -2)}E2`, title: "Voorbij", expires: "2026-01-01" })]);
    const page = await opened(house, BOARD);
    await arrive(page);
    await there(page, fresh);
    same(await page.locator(".draden > li:visible h3").allInnerTexts(), ["Vers bericht", "Meelezer gezocht"], "notices");
    await page.close();
    // Also when all that was baked is over, and the whole list was hidden.
    endpoint.asked.length = 0;
    const late = await browser.page();
    await late.clock.setFixedTime(new Date("2099-06-01T12:00:00"));
    const last = { ...fresh, expires: "2099-12-31" };
    endpoint.set(BOARD, [thread(last)]);
    await late.goto(new URL(`${BOARD}/`, site.address).href);
    await arrive(late);
    await there(late, last);
    same(await late.locator(".draden > li:visible h3").allInnerTexts(), ["Vers bericht"], "notices");
    same(await late.locator(".reacties .verlopen-melding, [data-draden-leeg]:visible").count(), 0, "says that there is none");
    await late.close();
  });
};

// What a reaction consists of, without its words.
const shape = (page, id) =>
  page.locator(`#reactie-${id}`).evaluate((one) => {
    const parts = (element) => [`${element.localName}.${element.className}`, [...element.children].filter((child) => !child.matches(".reactie-antwoorden > *")).map(parts)];
    return JSON.stringify(parts(one)).replaceAll(/"bdi\."/g, '"bdi"');
  });
