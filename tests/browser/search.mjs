// Whether a visitor finds: from any page by the field in its head, and on the page for searching. By keyboard alone, by what
// a screen reader is told, with filters, with a link to share and with Back; and whether no words stay behind, neither in
// addresses nor in what the browser keeps. What is searched for is taken from the pages themselves.

import { holds, none, same, until } from "./checks.mjs";
import { open } from "./chromium.mjs";
import { accessible, fits } from "./pages.mjs";

const NONSENSE = "qqxzvjw";
// What comes only when somebody searches. `zoek.js` waits on every page.
const LATER = /zoekindex\/|zoek-\w+\.js/;

/** What the checks of the search have in common. */
export const searching = (site, browser, census) => {
  const examples = census.filter(({ sheet }) => sheet === "blad-praktijkvoorbeeld");
  const place = census.find(({ name }) => name === "/zoeken/");
  // A word of a title that stands on several pages, so that there is something to choose from.
  const words = [...new Set(examples.flatMap(({ title }) => title.toLowerCase().match(/\p{L}{6,}/gu) ?? []))];
  const often = (word) => census.filter(({ title }) => title.toLowerCase().includes(word)).length;
  const word = words.sort((a, b) => often(b) - often(a))[0];
  const complaints = [];
  const onPage = async (address = site.address, options = {}) => {
    const page = await browser.page({ viewport: { width: 1280, height: 900 }, ...options });
    await page.addInitScript(() => addEventListener("securitypolicyviolation", (one) => console.error(`policy: ${one.violatedDirective} ${one.blockedURI}`)));
    page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    page.on("request", (request) => {
      if (!/^(data:|blob:)/.test(request.url()) && !request.url().startsWith(site.address)) complaints.push(`asked for ${request.url()}`);
    });
    await page.goto(address);
    return page;
  };
  return { examples, place, word, complaints, onPage, field: (page) => page.locator("#zoek-kop"), panel: (page) => page.locator("#zoek-paneel") };
};

export const search = async (site, browser, check, census) => {
  const { place, word, complaints, onPage, field, panel } = searching(site, browser, census);
  const links = (page) => panel(page).locator("a[href]");
  const rows = (page) => page.locator("[data-zoek-resultaten] .zoek-rij");
  const active = (page) => page.evaluate(() => document.activeElement.href ?? document.activeElement.id);
  const spoken = (page) => page.locator("[role=status]").evaluateAll((all) => all.map((one) => one.textContent).join(" "));
  const typed = async (page, words) => {
    await field(page).fill(words);
    await panel(page).locator(".zoek-stand").waitFor();
    await until(async () => !/^Bezig/.test(await panel(page).locator(".zoek-stand").innerText()), "results");
  };
  // On the page for searching, from another page.
  const found = async (page, words) => {
    await field(page).fill(words);
    await field(page).press("Enter");
    await page.waitForURL(place.address);
    await rows(page).first().waitFor();
  };

  await check("nothing of the search comes before somebody is in the field", async () => {
    for (const address of [site.address, place.address]) {
      const page = await onPage(address);
      const asked = [];
      page.on("request", (request) => LATER.test(request.url()) && asked.push(request.url()));
      await page.reload();
      await page.mouse.move(640, 90);
      await page.waitForTimeout(300);
      same(asked, [], "asked for");
      await field(page).focus();
      await until(() => ["client-", "worker-", "reader-"].every((one) => asked.some((url) => url.includes(`/zoekindex/${one}`))), "what a search needs");
      await page.close();
    }
  });

  await check("what a search needs comes in one round", async () => {
    const page = await browser.page();
    const begun = [];
    let ended = Infinity;
    page.on("request", (request) => LATER.test(request.url()) && request.url() && begun.push({ url: request.url(), at: performance.now() }));
    page.on("requestfinished", (request) => LATER.test(request.url()) && (ended = Math.min(ended, performance.now())));
    await page.goto(site.address);
    await site.meddle(() => new Promise((done) => setTimeout(done, 200)), async () => {
      await field(page).focus();
      await until(() => ended < Infinity, "an answer");
      await page.waitForTimeout(300);
    });
    none(begun.filter(({ at }) => at > ended).map(({ url }) => `asked in a later round: ${url}`));
    holds(begun.length >= 5, `only ${begun.length} files`);
    await page.close();
  });

  await check("by keyboard alone: / goes to the field, arrows to the results, Escape back, Enter follows", async () => {
    const page = await onPage();
    await page.keyboard.press("/");
    same(await active(page), "zoek-kop", "after /");
    same(await field(page).inputValue(), "", "no / is typed");
    await page.keyboard.type(word, { delay: 20 });
    await until(async () => (await spoken(page)).trim(), "results of the whole word");
    const all = await links(page).evaluateAll((them) => them.map((one) => one.href));
    await page.keyboard.press("ArrowDown");
    same(await active(page), all[0], "arrow down");
    await page.keyboard.press("ArrowDown");
    same(await active(page), all[1], "arrow down again");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("ArrowUp");
    same(await active(page), "zoek-kop", "arrow up from the first");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Home");
    same(await active(page), all[0], "Home");
    await page.keyboard.press("Escape");
    same([await active(page), await panel(page).isVisible(), await field(page).inputValue()], ["zoek-kop", false, word], "Escape");
    await page.keyboard.press("ArrowDown");
    await until(async () => (await spoken(page)).trim(), "results again");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    same(await active(page), all[0], "Tab, past the button");
    await page.keyboard.press("Enter");
    await page.waitForURL(all[0]);
    await page.goBack();
    await until(async () => (await active(page)) === all[0], "the focus where it was");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    same(await field(page).inputValue(), "", "Escape in a closed field");
    await page.close();
  });

  await check("a screen reader is told what the field is, whether it is open, how many there are, and every link", async () => {
    const page = await onPage();
    const box = page.getByRole("search").getByRole("combobox", { name: "Zoek op dit platform", exact: true });
    const has = async (name) => box.getAttribute(name);
    same([await has("aria-expanded"), await has("aria-haspopup")], ["false", "dialog"], "before");
    await box.fill(word);
    await links(page).first().waitFor();
    same([await has("aria-expanded"), await has("aria-controls")], ["true", await panel(page).getAttribute("id")], "open");
    same(await page.getByRole("search").getByRole("dialog", { name: "Zoekresultaten" }).getByRole("list").first().count(), 1, "a list in the panel");
    const node = await axNode(page, "#zoek-kop");
    same([node.role, node.name, node.expanded, node.hasPopup], ["combobox", "Zoek op dit platform", true, "dialog"], "in the accessibility tree");
    holds(/^- search:[^]*- combobox "Zoek op dit platform" \[expanded\][^]*- dialog "Zoekresultaten":[^]*- list:[^]*- listitem:[^]*- link "/.test(await page.locator("form.zoek").ariaSnapshot()), await page.locator("form.zoek").ariaSnapshot());
    const said = await until(async () => (await spoken(page)).trim(), "a word about the results");
    const shown = await panel(page).locator(".zoek-stand").innerText();
    holds(said.startsWith(shown) && said.includes("pijl omlaag"), `shown: ${shown}; said: ${said}`);
    same(await page.locator("form.zoek [aria-live=assertive], form.zoek [role=alert]").count(), 0, "interruptions");
    await page.keyboard.press("Escape");
    same(await has("aria-expanded"), "false", "closed");
    await page.close();
  });

  await check("the count is said once, when typing stops", async () => {
    const page = await onPage();
    await page.evaluate(() => {
      window.said = [];
      const look = () => document.querySelectorAll("form.zoek [role=status]").forEach((one) => one.textContent && window.said.at(-1) !== one.textContent && window.said.push(one.textContent));
      new MutationObserver(look).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
    await field(page).focus();
    await page.keyboard.type(word, { delay: 150 });
    await until(() => page.evaluate(() => window.said.length > 0), "a word");
    await page.waitForTimeout(500);
    same((await page.evaluate(() => window.said)).length, 1, "times");
    await page.close();
  });

  await check("the panel has nothing that axe complains about and fits any screen, light, dark and with forced colours", async () => {
    const page = await onPage();
    await typed(page, word);
    await accessible(page, "light");
    await accessible(page, "dark");
    for (const [width, height] of [[320, 256], [320, 640], [768, 1024], [2560, 1440]]) {
      await fits(page, { width, height });
      const box = await panel(page).boundingBox();
      holds(box.x >= 0 && box.x + box.width <= width, `the panel on ${width} pixels: ${JSON.stringify(box)}`);
    }
    await page.emulateMedia({ forcedColors: "active" });
    holds(await links(page).first().isVisible(), "no link with forced colours");
    same(await panel(page).locator("mark").first().evaluate((one) => getComputedStyle(one).backgroundColor !== getComputedStyle(one.parentElement).backgroundColor), true, "a mark that shows");
    await page.emulateMedia({ media: "print" });
    holds(!(await panel(page).isVisible()), "the panel is printed");
    await page.close();
  });

  await check("results are grouped by page, link to the page and to places in it, and show the words", async () => {
    const page = await onPage();
    await typed(page, word);
    const shown = await panel(page).locator(".zoek-rij").evaluateAll((all) => all.map((row) => ({
      page: row.querySelector(".rij-titel a").href,
      places: [...row.querySelectorAll(".zoek-plekken a")].map((one) => one.href),
      marks: [...row.querySelectorAll("mark")].map((one) => one.textContent),
    })));
    same(new Set(shown.map((one) => one.page)).size, shown.length, "pages, once each");
    none(shown.flatMap(({ page: address, places }) => places.filter((one) => !one.startsWith(`${address}#`)).map((one) => `${one} is no place on ${address}`)));
    for (const one of shown.flatMap(({ places }) => places)) {
      const [address, id] = one.split("#");
      holds((await (await fetch(address)).text()).match(new RegExp(`id="?${RegExp.escape?.(decodeURIComponent(id)) ?? decodeURIComponent(id)}["\\s>]`)), `no such place: ${one}`);
    }
    holds(shown.some(({ marks }) => marks.some((mark) => mark.toLowerCase().includes(word.slice(0, 5)))), `no marks: ${JSON.stringify(shown)}`);
    await page.close();
  });

  await check("/ is typed in a field, is left alone with other keys, and can be switched off for good", async () => {
    const page = await onPage();
    await field(page).focus();
    await page.keyboard.type("a/b");
    same(await field(page).inputValue(), "a/b", "in the field");
    await field(page).fill("");
    await page.locator("h1").click();
    for (const key of ["Control+/", "Alt+/", "Meta+/"]) {
      await page.keyboard.press(key);
      holds((await active(page)) !== "zoek-kop", `${key} goes to the field`);
    }
    await page.goto(place.address);
    await field(page).fill(word);
    await rows(page).first().waitFor();
    await page.getByRole("button", { name: "Zet deze toets uit" }).click();
    await page.goto(site.address);
    await page.keyboard.press("/");
    holds((await active(page)) !== "zoek-kop", "/ goes to the field when it is off");
    await page.goto(place.address);
    await field(page).fill(word);
    await page.getByRole("button", { name: "Zet deze toets aan" }).click();
    same(await page.evaluate(() => localStorage.length), 0, "what is kept");
    await page.close();
  });

  await check("Enter leads to the page of all results, and the words are in no address", async () => {
    const page = await onPage();
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await found(page, word);
    same([page.url(), await field(page).inputValue()], [place.address, word], "the page");
    none(asked.filter((url) => decodeURIComponent(url).slice(site.address.length).split("/").pop().includes(word) || url.includes("?q")).map((url) => `asked for ${url}`));
    holds(await page.locator("#register").isHidden(), "the list from A to Z is there too");
    await accessible(page, "light");
    await accessible(page, "dark");
    for (const width of [320, 2560]) await fits(page, { width, height: 640 });
    await field(page).fill("");
    await page.locator("#register").waitFor();
    await page.close();
  });

  await check("filters are boxes in named groups, and their counts are true", async () => {
    const page = await onPage();
    await found(page, word);
    const group = page.getByRole("main").locator("fieldset").first();
    const name = await group.locator("legend").innerText();
    same(await page.getByRole("main").getByRole("group", { name, exact: true }).count(), 1, "a group by its name");
    const box = group.getByRole("checkbox").first();
    const label = await group.locator("li").first().locator("label").innerText();
    const count = Number(label.match(/\d+$/)[0]);
    await box.press("Space");
    await until(async () => (await total(page)) === count, `${count} pages after choosing ${label}`);
    holds(await box.evaluate((one) => one === document.activeElement && one.checked), "the focus moved");
    const second = group.getByRole("checkbox").nth(1);
    if ((await second.count()) > 0 && (await second.isVisible())) {
      await second.check();
      await until(async () => (await total(page)) >= count, "more of one filter is more");
    }
    await page.getByRole("button", { name: "Alle filters weg" }).click();
    await until(async () => (await page.getByRole("main").locator("input:checked").count()) === 0, "no filters");
    same(page.url(), place.address, "the address");
    await page.close();
  });

  await check("more results are put below, and the focus goes to the first of them", async () => {
    const page = await onPage(place.address);
    const more = page.getByRole("button", { name: "Meer resultaten" });
    for (const one of [word, "veiligheid", "de"]) {
      await field(page).fill(one);
      await rows(page).first().waitFor();
      await page.waitForTimeout(400);
      if (await more.isVisible()) break;
    }
    const before = await rows(page).count();
    await more.press("Enter");
    await until(async () => (await rows(page).count()) > before, "more rows");
    const first = await rows(page).nth(before).locator("a").first().getAttribute("href");
    await until(async () => (await active(page)) === new URL(first, page.url()).href, "the focus on the first new one");
    const addresses = await rows(page).locator(".rij-titel a").evaluateAll((all) => all.map((one) => one.href));
    same(new Set(addresses).size, addresses.length, "pages, once each");
    await page.close();
  });

  await check("only who shares gets a link with the words, and who opens it sees the same", async () => {
    const page = await onPage(site.address, { permissions: ["clipboard-read", "clipboard-write"] });
    await found(page, word);
    await page.getByRole("main").getByRole("checkbox").first().check();
    await page.waitForTimeout(300);
    const all = await total(page);
    await page.getByRole("button", { name: "Deel deze zoekopdracht" }).click();
    await page.getByText("Gekopieerd.").waitFor();
    const link = await page.evaluate(() => navigator.clipboard.readText());
    same(page.url(), place.address, "the address");
    same(new URL(link).searchParams.get("q"), word, "the words in the link");
    const other = await onPage(link);
    await rows(other).first().waitFor();
    same([await total(other), await field(other).inputValue(), await other.locator("main input:checked").count()], [all, word, 1], "what the link shows");
    await field(other).fill(`${word} `);
    await field(other).fill("veiligheid");
    await until(async () => other.url() === place.address, "an address without words after another question");
    await page.close();
    await other.close();
  });

  await check("Back brings back the question, the filters, the place and the focus", async () => {
    const page = await onPage(site.address, { viewport: { width: 1280, height: 600 } });
    await found(page, word);
    await page.getByRole("main").getByRole("checkbox").first().check();
    await page.waitForTimeout(400);
    const all = await total(page);
    const last = rows(page).last().locator(".rij-titel a");
    await last.scrollIntoViewIfNeeded();
    await page.waitForTimeout(400);
    const [href, height] = [await last.evaluate((one) => one.href), await page.evaluate(() => scrollY)];
    await last.click();
    await page.waitForURL(href);
    await page.goBack();
    await rows(page).first().waitFor();
    await until(async () => (await active(page)) === href, "the focus");
    same([await field(page).inputValue(), await total(page), await page.locator("main input:checked").count()], [word, all, 1], "what is back");
    holds(Math.abs((await page.evaluate(() => scrollY)) - height) < 60, `scrolled to ${await page.evaluate(() => scrollY)} instead of ${height}`);
    await page.close();
  });

  await check("Back to another page brings the panel back, with the focus where it was", async () => {
    const page = await onPage();
    await typed(page, word);
    const href = await links(page).nth(1).evaluate((one) => one.href);
    await links(page).nth(1).click();
    await page.waitForURL(href);
    await page.goBack();
    await until(async () => (await active(page)) === href, "the focus");
    same([await field(page).inputValue(), await panel(page).isVisible()], [word, true], "the panel");
    await page.close();
  });

  await check("the page that is opened marks the words once, and keeps nothing", async () => {
    const page = await onPage();
    await typed(page, word);
    const link = panel(page).locator(".zoek-rij").filter({ has: page.locator(".rij-titel a", { hasText: new RegExp(word, "i") }) }).locator(".rij-titel a").first();
    const href = await link.evaluate((one) => one.href);
    await link.click();
    await page.waitForURL(href);
    await page.locator("main mark.zoek-merk").first().waitFor();
    same(page.url(), href, "the address");
    holds(!(await kept(page)).includes(word.slice(0, 5)), `kept: ${await kept(page)}`);
    await accessible(page, "light");
    await page.getByRole("button", { name: "Haal de markering weg" }).click();
    same(await page.locator("mark.zoek-merk, .zoek-merkbalk").count(), 0, "marks after they were taken away");
    await page.reload();
    await page.waitForTimeout(200);
    same(await page.locator("mark.zoek-merk").count(), 0, "marks after loading anew");
    await page.close();
  });

  await check("a result in another tab leaves no words for later", async () => {
    const page = await onPage();
    await typed(page, word);
    const [other] = await Promise.all([page.context().waitForEvent("page"), links(page).first().click({ modifiers: ["Control"] })]);
    await other.waitForLoadState();
    for (const one of [page, other]) holds(!(await kept(one)).includes(word.slice(0, 5)), `kept: ${await kept(one)}`);
    await page.close();
  });

  await check("nothing is kept of a search that is not followed", async () => {
    const page = await onPage();
    await typed(page, word);
    same(await kept(page), "[][]", "kept");
    same(await page.evaluate(() => history.state?.zoek ?? null), null, "in the history");
    const other = census.find(({ sheet }) => sheet);
    await page.goto(other.address);
    await page.goBack();
    await page.waitForTimeout(200);
    same(await field(page).inputValue(), "", "in the field");
    await page.close();
  });

  await check("after the quick exit Back shows no words any more", async () => {
    const page = await onPage();
    await found(page, word);
    await rows(page).first().locator(".rij-titel a").click();
    await page.waitForURL((url) => url.href !== place.address);
    await page.locator("a.snel-weg").click();
    await page.waitForURL(`${site.elsewhere.address}**`);
    complaints.length = 0;
    await page.goBack();
    await page.waitForURL(place.address);
    await page.waitForTimeout(400);
    same([await field(page).inputValue(), await rows(page).count(), await kept(page)], ["", 0, "[][]"], "what is left");
    same(await page.evaluate(() => JSON.stringify(history.state ?? {})), "{}", "in the history");
    await page.goBack();
    await page.waitForTimeout(200);
    same(await field(page).inputValue(), "", "the page before");
    await page.close();
  });

  await check("a page that the browser kept whole shows no words either, after the quick exit", async () => {
    const keeping = await open({ keepsPages: true });
    try {
      const page = await keeping.page();
      await page.goto(site.address);
      await page.evaluate(() => addEventListener("pageshow", ({ persisted }) => persisted && (window.whole = true)));
      await found(page, word);
      await page.evaluate(() => addEventListener("pageshow", ({ persisted }) => persisted && (window.whole = true)));
      await rows(page).first().locator(".rij-titel a").click();
      await page.waitForURL((url) => url.href !== place.address);
      await page.goBack({ waitUntil: "commit" });
      await until(() => page.evaluate(() => window.whole), "a page out of the memory of the browser");
      same([await field(page).inputValue(), (await rows(page).count()) > 0], [word, true], "Back without the exit");
      await page.evaluate(() => (window.whole = false));
      await rows(page).first().locator(".rij-titel a").click();
      await page.waitForURL((url) => url.href !== place.address);
      await page.locator("a.snel-weg").click();
      await page.waitForURL(`${site.elsewhere.address}**`);
      await page.goBack({ waitUntil: "commit" });
      await page.waitForURL(place.address);
      await until(() => page.evaluate(() => window.whole), "the page out of memory again");
      same([await field(page).inputValue(), await rows(page).count(), await kept(page)], ["", 0, "[][]"], "what is left");
    } finally {
      await keeping.shut();
    }
  });

  await check("who finds nothing is helped on: other words, people to ask, and where there is help", async () => {
    const page = await onPage();
    await typed(page, NONSENSE);
    const text = await panel(page).innerText();
    for (const words of ["Niets gevonden", "Stel deze vraag in Vraag & Antwoord", NONSENSE, "112", "0800"]) holds(text.replaceAll("‑", "-").includes(words), `no word of ${words}: ${text}`);
    await accessible(page, "light");
    const ask = await panel(page).getByRole("link", { name: /Stel deze vraag/ }).getAttribute("href");
    same((await fetch(new URL(ask, page.url()))).status, 200, ask);
    await field(page).press("Enter");
    await page.waitForURL(place.address);
    await page.getByRole("heading", { name: "Niets gevonden" }).waitFor();
    holds(/Vraag & Antwoord/.test(await page.getByRole("main").innerText()), "no word of questions");
    await page.close();
  });

  await check("a word that is spelled wrongly leads to the right one", async () => {
    const page = await onPage();
    const wrong = word.slice(0, 3) + word[4] + word[3] + word.slice(5);
    await typed(page, wrong);
    const other = panel(page).getByRole("button", { name: word });
    const shown = await panel(page).innerText();
    holds((await other.count()) > 0 || (await links(page).count()) > 0, `nothing for ${wrong}: ${shown}`);
    await page.close();
  });

  await check("words of danger, as the site names them, bring the numbers to the top", async () => {
    const page = await onPage();
    const [first] = (await page.locator("form.zoek").getAttribute("data-zoek-nood")).split("|");
    const help = panel(page).locator(":scope > .zoek-hulp:first-child");
    await field(page).fill(`hulp ${first.toUpperCase()}`);
    await help.waitFor();
    same(await help.locator("a[href='tel:112']").count(), 1, "the number");
    await field(page).fill(word);
    await until(async () => (await help.count()) === 0, "no numbers with other words");
    await page.close();
  });

  await check("without script the field leads to the list from A to Z", async () => {
    const page = await browser.page({ javaScriptEnabled: false });
    await page.goto(site.address);
    await field(page).fill(word);
    await field(page).press("Enter");
    await page.waitForURL(`${place.address}**`);
    holds((await page.locator("#register li").count()) > 20, "no list");
    await page.close();
  });

  await check("all this asked nobody else, broke no rule and raised no error", () =>
    // A browser that comes back from the other host may still ask for its icon.
    none(complaints.filter((one) => !one.includes(site.elsewhere.address))));
};

const total = async (page) => Number((await page.locator(".zoek-stand").innerText()).match(/\d+/)?.[0] ?? 0);

const kept = (page) => page.evaluate(() => [localStorage, sessionStorage].map((one) => JSON.stringify(Object.entries(one).filter(([key]) => !key.endsWith(":zoek-bezoek")))).join(""));

// What the browser tells a screen reader about an element.
const axNode = async (page, selector) => {
  const devtools = await page.context().newCDPSession(page);
  const { root } = await devtools.send("DOM.getDocument");
  const { nodeId } = await devtools.send("DOM.querySelector", { nodeId: root.nodeId, selector });
  const { nodes } = await devtools.send("Accessibility.getPartialAXTree", { nodeId, fetchRelatives: false });
  const [node] = nodes;
  const property = (name) => node.properties.find((one) => one.name === name)?.value.value;
  return { role: node.role.value, name: node.name.value, expanded: property("expanded"), hasPopup: property("hasPopup") };
};
