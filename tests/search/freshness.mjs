// `run freshness PAGES`: how soon a visitor of `praktijk serve` can find what somebody just wrote.
//
// A word that stands nowhere is added to one page. The clock starts when the file is saved, and stops when the reader, with
// the manifest that a freshly loaded page names, finds the word. The page is asked for again every few milliseconds.

import { spawn } from "node:child_process";
import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { makeSite } from "./big.mjs";
import { reader, REQUEST } from "./peers/praktijk.mjs";
import { circumstances } from "./circumstances.mjs";
import { askFor, PROGRAM, say } from "./site.mjs";
import { median, milliseconds, table } from "./table.mjs";

const NEWER = process.env.READER && readFileSync(process.env.READER);
const EDITS = 7;
const PATIENCE = 180_000;
const PAGE = ["content/deel-4/artikel-4.md", "/deel-4/artikel-4/"];
const FORM = "{% set zoek = search_index() %}<form data-manifest=\"{{ zoek.manifest }}\" data-reader=\"{{ zoek.reader }}\"></form>";

const freePort = () =>
  new Promise((done) => {
    const server = createServer();
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });

// A fresh visitor: the page, what it names, and whether the word is found.
const finds = async (origin, word) => {
  const bytes = async (path) => {
    const response = await fetch(new URL(path, origin));
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
  const page = (await bytes(PAGE[1])).toString();
  const [, manifest] = /data-manifest="([^"]+)"/.exec(page) ?? [];
  const [, code] = /data-reader="([^"]+)"/.exec(page) ?? [];
  const { search } = reader(NEWER ?? (await bytes(code)), await bytes(manifest));
  const { rows } = await search({ ...REQUEST, query: word }, (name) => bytes(`/zoekindex/${name}`));
  return { shown: page.includes(word), found: rows.some((row) => row.page_url === PAGE[1] && !row.why?.some(({ how }) => how === "typo")) };
};

const until = async (origin, word, wanted) => {
  const start = performance.now();
  let trouble = "";
  while (performance.now() - start < PATIENCE) {
    const seen = await finds(origin, word).catch((error) => ((trouble = `; the last trouble: ${error.message}`), {}));
    if (seen[wanted]) return performance.now() - start;
    await pause(5);
  }
  throw new Error(`‘${word}’ was not ${wanted} within ${PATIENCE / 1000} s${trouble}`);
};

const served = async (url) => {
  const start = performance.now();
  while (!(await fetch(url).catch(() => null))?.ok) {
    if (performance.now() - start > PATIENCE) throw new Error(`${url} was not served within ${PATIENCE / 1000} s`);
    await pause(200);
  }
};

export const freshness = async (options) => {
  const count = Number(options.find((one) => /^\d+$/.test(one)) ?? 10_000);
  const head = circumstances([]);
  say(`Making a site of ${count} pages`);
  const { source } = makeSite(count);
  askFor(source, "praktijk");
  const base = join(source, "templates/base.html");
  writeFileSync(base, readFileSync(base, "utf8").replace("<!-- search -->", FORM));
  const port = await freePort();
  const server = spawn(PROGRAM, ["--root", source, "serve", "--port", String(port)], { stdio: "ignore" });
  const origin = `http://127.0.0.1:${port}`;
  try {
    say("Waiting for the first build");
    await served(`${origin}${PAGE[1]}`);
    const [shown, found] = [[], []];
    for (let edit = 0; edit < EDITS; edit++) {
      const word = `kwiebelzucht${"abcdefgh"[edit]}`;
      appendFileSync(join(source, PAGE[0]), `\n\nEn ${word}.\n`);
      found.push(await until(origin, word, "found"));
      say(`Edit ${edit + 1}: found after ${milliseconds(found.at(-1))}`);
      await pause(500);
    }
    console.log(head);
    console.log(`${count} pages under serve, ${EDITS} edits of one page`);
    console.log(table(["", "median", "slowest"], [["found after", milliseconds(median(found)), milliseconds(Math.max(...found))]]));
  } finally {
    server.kill();
  }
};
