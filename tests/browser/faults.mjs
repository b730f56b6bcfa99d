// Whether search gives up well: with a slow network or none, a server with habits of its own, files that are gone, damaged or
// of another build, a reader that stops, and a browser that cannot do it. The page itself must go on in every case.

import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { holds, none, same, until } from "./checks.mjs";
import { searching } from "./search.mjs";

// A reader that traps whenever it is asked something. The bytes are a module of WebAssembly, section by section.
const TRAPPING = (() => {
  const text = (words) => [words.length, ...Buffer.from(words)];
  const section = (id, body) => [id, body.length, ...body];
  const kinds = [[0x60, 1, 0x7f, 1, 0x7f], [0x60, 2, 0x7f, 0x7f, 1, 0x7f], [0x60, 0, 1, 0x7f]];
  const functions = { reserve: 0, open: 0, give: 1, search: 0, output: 2 };
  // `i32.const`; 11 is the length of what stands at 16, where the input does not come.
  const bodies = { reserve: [0x41, 0x80, 0x08], open: [0x41, 11], give: [0x41, 11], search: [0x00], output: [0x41, 16] };
  const names = Object.keys(functions);
  const exports = [...names.flatMap((name, at) => [...text(name), 0, at]), ...text("memory"), 2, 0];
  return Buffer.from([
    0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0,
    ...section(1, [kinds.length, ...kinds.flat()]),
    ...section(3, [names.length, ...Object.values(functions)]),
    ...section(5, [1, 0, 64]),
    ...section(7, [names.length + 1, ...exports]),
    ...section(10, [names.length, ...names.flatMap((name) => [bodies[name].length + 2, 0, ...bodies[name], 0x0b])]),
    ...section(11, [1, 0, 0x41, 16, 0x0b, ...text('{"ok":true}')]),
  ]);
})();

const isFile = /^zoekindex\/[\w-]+\/\w+\.bin$/;
const isManifest = (name) => /^zoekindex\/(?!reader)[\w-]+\.bin$/.test(name);

export const faults = async (site, browser, check, census) => {
  const { place, word, complaints, onPage, field, panel } = searching(site, browser, census);
  const stand = (page) => page.locator("#zoek-paneel .zoek-stand");
  const answered = (page) => until(async () => {
    if (!(await stand(page).isVisible())) return false;
    const text = await stand(page).innerText();
    return !text.startsWith("Bezig") && text;
  }, "an answer", 20_000);
  const goes = async (page, words = word) => {
    await field(page).fill(words);
    holds(/gevonden$/.test(await answered(page)), `it says: ${await stand(page).innerText()}`);
    holds((await panel(page).locator(".zoek-rij a").count()) > 0, "no results");
  };
  // On any page it says so and leads to the list; on the page for searching the list takes over.
  const givesUp = async (sentence, reload) => {
    const page = await onPage();
    await field(page).fill(word);
    const text = await answered(page);
    holds(text.startsWith(sentence), `it says: ${text}`);
    same(await panel(page).getByRole("button", { name: "Laad de pagina opnieuw" }).count(), reload ? 1 : 0, "offers to load anew");
    await panel(page).getByRole("link", { name: "Zoek in de lijst van A tot Z" }).click();
    await page.waitForURL(place.address);
    await field(page).fill(word);
    await page.locator(".zoek-stuk-melding").waitFor({ timeout: 20_000 });
    holds((await page.locator(".zoek-stuk-melding").innerText()).startsWith(sentence), await page.locator(".zoek-stuk-melding").innerText());
    const rows = await page.locator("#register li:visible").allInnerTexts();
    holds(rows.length > 0 && rows.every((row) => row.toLowerCase().includes(word)), `the list shows ${rows.length} rows`);
    await field(page).fill("");
    holds((await page.locator("#register li:visible").count()) > rows.length, "the list stays filtered");
    await page.close();
  };

  const habits = {
    "packs everything once more": (sent) => {
      sent.bytes = gzipSync(sent.bytes);
      sent.headers["content-encoding"] = "gzip";
    },
    "packs nothing, and says what is packed inside": (sent) => {
      if (sent.name.endsWith(".bin")) sent.headers["content-encoding"] = "gzip";
    },
    "packs files once more and does not say so": (sent) => {
      if (sent.name.endsWith(".bin")) sent.bytes = gzipSync(sent.bytes);
    },
    "unpacked everything when it was put there": (sent) => {
      if (sent.name.endsWith(".bin")) sent.bytes = gunzipSync(sent.bytes);
    },
    "calls everything text and keeps nothing": (sent) => {
      if (!sent.name.endsWith(".bin")) return;
      sent.headers["content-type"] = "text/plain; charset=utf-8";
      sent.headers["cache-control"] = "no-store";
    },
  };
  for (const [habit, rule] of Object.entries(habits)) {
    await check(`a server that ${habit} will do`, () => site.meddle(rule, async () => {
      const page = await onPage();
      await goes(page);
      await page.close();
    }));
  }

  await check("no server needs to know of ranges", async () => {
    site.asked.length = 0;
    const page = await onPage();
    await goes(page);
    none(site.asked.filter(({ range }) => range).map(({ path, range }) => `${path}: ${range}`));
    holds(site.asked.some(({ path }) => path.includes("/zoekindex/")), "nothing was asked");
    await page.close();
  });

  await check("on a slow network it says that it is searching, and then what it found", async () => {
    const page = await onPage();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send("Network.emulateNetworkConditions", { offline: false, latency: 500, downloadThroughput: 60_000, uploadThroughput: 30_000 });
    await field(page).fill(word);
    await page.getByText("Bezig met zoeken").first().waitFor();
    await goes(page);
    await page.close();
  });

  await check("what was fetched once works without a network", async () => {
    const page = await onPage();
    await goes(page);
    const before = await panel(page).innerText();
    await goes(page, "overdracht");
    await page.context().setOffline(true);
    await goes(page);
    same(await panel(page).innerText(), before, "the same question");
    await goes(page, "overdracht");
    await page.context().setOffline(false);
    await page.close();
  });

  await check("a network that comes back is enough: nothing has to be loaded anew", async () => {
    const page = await onPage();
    await field(page).focus();
    await page.waitForTimeout(500);
    await site.meddle((sent) => isFile.test(sent.name) && (sent.status = 503), async () => {
      await field(page).fill(word);
      await until(async () => (await panel(page).isVisible()) && !(await stand(page).innerText()).startsWith("Bezig"), "an answer");
    });
    await field(page).fill("");
    await goes(page);
    await page.close();
  });

  const damaged = {
    "a part that is gone": [(sent) => isFile.test(sent.name) && ((sent.status = 404), (sent.bytes = Buffer.from("weg"))), true],
    "a part that is cut off": [(sent) => isFile.test(sent.name) && (sent.bytes = sent.bytes.subarray(0, sent.bytes.length >> 1)), true],
    "a part that is cut off inside": [(sent) => isFile.test(sent.name) && (sent.bytes = gzipSync(gunzipSync(sent.bytes).subarray(0, 9))), true],
    "a part that is a page of the host": [(sent) => isFile.test(sent.name) && (sent.bytes = Buffer.from("<!doctype html><title>Welkom</title>")), true],
    "a reader that is gone": [(sent) => /\/reader-/.test(sent.name) && (sent.status = 404), true],
    "a manifest that is gone": [(sent) => isManifest(sent.name) && (sent.status = 404), true],
    "a manifest that is cut off": [(sent) => isManifest(sent.name) && (sent.bytes = sent.bytes.subarray(0, 40)), true],
    "a reader that traps": [(sent) => /\/reader-/.test(sent.name) && (sent.bytes = gzipSync(TRAPPING)), false],
    "a worker that is gone": [(sent) => /\/worker-/.test(sent.name) && (sent.status = 404), false],
    "a server that is out of order": [(sent) => isFile.test(sent.name) && (sent.status = 500), false],
    "a policy without WebAssembly": [(sent) => (sent.headers["content-security-policy"] = sent.headers["content-security-policy"].replace(" 'wasm-unsafe-eval'", "")), false],
  };
  for (const [what, [rule, reload]] of Object.entries(damaged)) {
    await check(`${what}: it says so, and the list from A to Z works`, () => site.meddle(rule, async () => {
      complaints.length = 0;
      await givesUp("Zoeken in alle teksten lukt nu niet.", reload);
      none(complaints.filter((one) => !/Failed to load resource|status of|wasm-unsafe-eval|unsafe-eval|policy/.test(one)));
    }));
  }

  await check("a part of another build is not believed", async () => {
    const parts = (await indexFiles(site)).filter((name) => /\/c\d+\.bin$/.test(name));
    if (parts.length < 2) return;
    const other = new Map(parts.map((name, at) => [name, parts[(at + 1) % parts.length]]));
    await site.meddle(async (sent) => other.has(sent.name) && (sent.bytes = await readFile(join(site.output, other.get(sent.name)))), () =>
      givesUp("Zoeken in alle teksten lukt nu niet.", true));
  });

  await check("an index of an unknown version is not read", async () => {
    const age = (sent) => {
      if (!isManifest(sent.name)) return;
      const bytes = gunzipSync(sent.bytes);
      bytes[4] ^= 0x7f;
      bytes[5] ^= 0x7f;
      sent.bytes = gzipSync(bytes);
    };
    await site.meddle(age, async () => {
      const page = await onPage();
      await field(page).fill(word);
      holds((await answered(page)).startsWith("Zoeken in alle teksten lukt nu niet."), await stand(page).innerText());
      await page.close();
    });
  });

  for (const name of ["Worker", "WebAssembly", "DecompressionStream"]) {
    await check(`a browser without ${name} gets the list from A to Z`, async () => {
      const page = await onPage("about:blank");
      await page.addInitScript((gone) => delete globalThis[gone], name);
      await page.goto(place.address);
      await field(page).fill(word);
      if (name === "Worker" || name === "DecompressionStream") await page.locator(".zoek-stuk-melding").waitFor();
      await until(async () => (await page.locator("#register li:visible, .zoek-rij:visible").count()) > 0, "something to go on");
      await page.close();
    });
  }

  await check("a browser that keeps nothing can search all the same, and puts the words in no address", async () => {
    const page = await onPage("about:blank");
    const refuse = () => {
      for (const one of ["localStorage", "sessionStorage"]) Object.defineProperty(window, one, { get: () => { throw new DOMException("no", "SecurityError"); } });
    };
    await page.addInitScript(refuse);
    await page.goto(site.address);
    complaints.length = 0;
    await goes(page);
    await field(page).press("Enter");
    await page.waitForTimeout(500);
    same(page.url(), site.address, "the address");
    holds((await panel(page).locator(".zoek-rij").count()) > 0, "no results");
    await panel(page).locator("a").first().click();
    await page.waitForURL((url) => url.href !== site.address);
    none(complaints);
    await page.close();
  });
};

const indexFiles = async (site) => {
  const folders = (await readdir(join(site.output, "zoekindex"), { withFileTypes: true })).filter((one) => one.isDirectory());
  const lists = await Promise.all(folders.map(async ({ name }) => (await readdir(join(site.output, "zoekindex", name))).map((file) => `zoekindex/${name}/${file}`)));
  return lists.flat();
};
