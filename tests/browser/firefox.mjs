// Whether the main path of the search works in a second browser: Debian's Firefox, driven with the WebDriver protocol through
// geckodriver. FIREFOX and GECKODRIVER may name the programs.

import { spawn } from "node:child_process";
import { holds, same, until } from "./checks.mjs";
import { freePort } from "./platform.mjs";
import { searching } from "./search.mjs";

const ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
const KEYS = { down: "\uE015", up: "\uE013", enter: "\uE007", escape: "\uE00C", tab: "\uE004" };

export const firefox = async (site, browser, check, census) => {
  const { place, word } = searching(site, browser, census);
  const driver = await begun().catch((error) => error);
  await check("Firefox starts", async () => {
    if (driver instanceof Error) throw driver;
  });
  if (driver instanceof Error) return;
  const { go, type, keys, one, run, find, stop } = driver;
  const active = () => run("return document.activeElement.href ?? document.activeElement.id");

  try {
    await check("in Firefox nothing comes before somebody is in the field", async () => {
      await go(site.address);
      site.asked.length = 0;
      await new Promise((done) => setTimeout(done, 300));
      same(site.asked.filter(({ path }) => /zoekindex|zoek-\w+\.js/.test(path)), [], "asked for");
    });

    await check("in Firefox the field is a combobox that opens, and says how many there are", async () => {
      const field = await one("#zoek-kop");
      same([await find(field, "computedrole"), await find(field, "computedlabel")], ["combobox", "Zoek op dit platform"], "before");
      await type(field, word);
      const link = await until(() => one("#zoek-paneel .rij-titel a"), "results", 20_000);
      same(await find(field, "attribute/aria-expanded"), "true", "expanded");
      same([await find(await one("#zoek-paneel"), "computedrole"), await find(link, "computedrole")], ["dialog", "link"], "roles");
      await until(async () => /gevonden/.test(await run("return document.querySelector('form.zoek [role=status]').textContent")), "a word about the results");
    });

    await check("in Firefox arrows go to the results, Escape back, and Enter follows", async () => {
      const first = await run("return document.querySelector('#zoek-paneel .rij-titel a').href");
      await keys(KEYS.down);
      same(await active(), first, "arrow down");
      await keys(KEYS.escape);
      same([await active(), await run("return document.querySelector('#zoek-paneel').hidden")], ["zoek-kop", true], "Escape");
      await keys(KEYS.down);
      await until(() => run("return !document.querySelector('#zoek-paneel').hidden"), "the panel");
      await keys(KEYS.down);
      await keys(KEYS.enter);
      await until(async () => (await run("return location.href")) === first, "the page");
      await until(() => run("return document.querySelectorAll('main mark.zoek-merk').length > 0"), "marks");
      same(await run("return Object.keys(sessionStorage).filter((key) => !key.endsWith(':zoek-bezoek')).length + localStorage.length"), 0, "what is kept");
    });

    await check("in Firefox the page for searching has the results, and Back brings them back", async () => {
      await go(site.address);
      const field = await one("#zoek-kop");
      await type(field, word);
      await keys(KEYS.enter);
      await until(async () => (await run("return location.href")) === place.address, "the page");
      await until(() => one("[data-zoek-resultaten] .zoek-rij"), "results", 20_000);
      same(await run("return document.querySelector('#zoek-kop').value"), word, "the words");
      await run("document.querySelector('main fieldset input').click()");
      await until(() => run("return /^\\d+ /.test(document.querySelector('.zoek-stand').textContent) && document.querySelectorAll('main input:checked').length === 1"), "a filter");
      await new Promise((done) => setTimeout(done, 500));
      const shown = await run("return document.querySelector('.zoek-stand').textContent");
      const href = await run("const link = document.querySelector('[data-zoek-resultaten] .rij-titel a'); link.click(); return link.href");
      await until(async () => (await run("return location.href")) === href, "a result");
      await run("history.back()");
      await until(async () => (await run("return location.href")) === place.address, "the page again");
      await until(() => one("[data-zoek-resultaten] .zoek-rij"), "results again", 20_000);
      same([await run("return document.querySelector('#zoek-kop').value"), await run("return document.querySelector('.zoek-stand').textContent")], [word, shown], "what is back");
    });

    await check("in Firefox a part that is gone is said, and the list from A to Z works", async () => {
      await site.meddle((sent) => /^zoekindex\/[\w-]+\/\w+\.bin$/.test(sent.name) && (sent.status = 404), async () => {
        // Under a name of its own nothing of it is in the cache of the browser yet.
        await go(place.address);
        const field = await one("#zoek-kop");
        await type(field, "gemeente");
        await until(() => run("return document.querySelector('.zoek-stuk-melding') !== null || document.querySelectorAll('.zoek-rij').length > 0"), "an answer", 20_000);
      });
      holds((await run("return [...document.querySelectorAll('#register li, .zoek-rij')].filter((one) => one.checkVisibility()).length")) > 0, "nothing to go on with");
    });
  } finally {
    await stop();
  }
};

// A browser that is driven, and the few commands that are needed.
const begun = async () => {
  const port = await freePort();
  const program = spawn(process.env.GECKODRIVER || "geckodriver", ["--port", String(port)], { stdio: "ignore" });
  const failed = new Promise((resolve, reject) => program.once("error", (error) => reject(new Error(`geckodriver: ${error.message}; GECKODRIVER may name it`))));
  const base = `http://127.0.0.1:${port}`;
  const ask = async (method, path, body) => {
    const answer = await fetch(base + path, { method, headers: { "content-type": "application/json" }, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (!answer.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
  };
  const up = () => fetch(`${base}/status`).then((answer) => answer.ok, () => false);
  await Promise.race([until(up, "geckodriver"), failed]);
  const options = { binary: process.env.FIREFOX || "/usr/bin/firefox-esr", args: ["-headless"], prefs: { "intl.accept_languages": "nl" } };
  let session;
  try {
    session = await ask("POST", "/session", { capabilities: { alwaysMatch: { browserName: "firefox", "moz:firefoxOptions": options } } });
  } catch (error) {
    program.kill();
    throw error;
  }
  const at = `/session/${session.sessionId}`;
  const stop = async () => {
    await ask("DELETE", at).catch(() => {});
    program.kill();
  };
  return {
    stop,
    go: (url) => ask("POST", `${at}/url`, { url }),
    run: (script) => ask("POST", `${at}/execute/sync`, { script, args: [] }),
    one: (value) => ask("POST", `${at}/element`, { using: "css selector", value }).then((found) => found[ELEMENT], () => null),
    find: (element, what) => ask("GET", `${at}/element/${element}/${what}`),
    type: (element, text) => ask("POST", `${at}/element/${element}/value`, { text }),
    keys: (value) => ask("POST", `${at}/actions`, { actions: [{ type: "key", id: "keys", actions: [{ type: "keyDown", value }, { type: "keyUp", value }] }] }),
  };
};
