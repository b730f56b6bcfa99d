// `run indexing PAGES`: what it costs to index a site, for Pagefind over the built HTML and for Praktijk.
//
// Praktijk indexes what it rendered, while it builds; two figures stand for it. The indexing alone: the example `index` of
// search-index over the same pages, one JSON object a line (`--example PROGRAM` names it). And a whole build with the index
// less a whole build without one, each from an empty cache; the peak memory of that build is the whole program's.

import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "node-html-parser";
import { makeSite } from "./big.mjs";
import { circumstances } from "./circumstances.mjs";
import { askFor, build, HERE, PROGRAM, say } from "./site.mjs";
import { median, table } from "./table.mjs";

const RUNS = 3;

export const pagefindProgram = () => {
  const folder = join(HERE, "node_modules/@pagefind");
  const found = readdirSync(folder)
    .flatMap((name) => ["pagefind_extended", "pagefind"].map((one) => join(folder, name, "bin", one)))
    .find((file) => existsSync(file));
  if (!found) throw new Error(`${folder} holds no program for this machine.`);
  return found;
};

const once = (command) => {
  const done = spawnSync("python3", [join(HERE, "measure.py"), ...command], { encoding: "utf8", maxBuffer: 1 << 26 });
  const cost = JSON.parse(done.stdout);
  if (cost.code !== 0) throw new Error(`${command.join(" ")}:\n${done.stderr}`);
  return cost;
};

// Medians over a few runs, each after `before`.
const measured = (command, before = () => {}) => {
  const runs = Array.from({ length: RUNS }, () => (before(), once(command)));
  return Object.fromEntries(["user", "system", "clock", "peak"].map((key) => [key, median(runs.map((run) => run[key]))]));
};

// A page as `search-index` reads it.
const asPage = (site, url) => {
  const main = parse(readFileSync(join(site, url, "index.html"), "utf8")).querySelector("main");
  const text = (element) => element.structuredText.replace(/\s+/g, " ").trim();
  const units = [];
  const own = [];
  for (const element of main.childNodes.filter(({ nodeType }) => nodeType === 1)) {
    if (element.tagName === "H2") units.push({ anchor: element.id, title: text(element), headed: true, kind: "section", text: "" });
    else if (element.tagName !== "H1") {
      if (units.length) units.at(-1).text += `${text(element)} `;
      else own.push(text(element));
    }
  }
  return { url, title: text(main.querySelector("h1")), weight: 100, text: own.join(" "), units };
};

export const asLines = (site, file) => {
  const urls = readdirSync(site, { recursive: true }).filter((name) => name.endsWith("/index.html"));
  writeFileSync(file, urls.sort().map((name) => `${JSON.stringify(asPage(site, `/${name.replace("index.html", "")}`))}\n`).join(""));
};

const row = (name, { user, system, clock, peak }) => [name, ...[user, system, clock].map((time) => `${time.toFixed(2)} s`), `${Math.round(peak / 1e6)} MB`];

export const indexing = async (options) => {
  const count = Number(options.find((one) => /^\d+$/.test(one)) ?? 10_000);
  const head = circumstances(["pagefind"]);
  const example = options.includes("--example") ? options[options.indexOf("--example") + 1] : null;
  say(`Making a site of ${count} pages`);
  const { source } = makeSite(count);
  askFor(source, null);
  const site = build(source, join(source, "../site"));
  const rows = [];
  say("Indexing with Pagefind");
  rows.push(row("Pagefind, over the HTML", measured([pagefindProgram(), "--site", site, "--force-language", "nl", "--output-path", join(source, "../pagefind")])));
  if (example) {
    say("Indexing with Praktijk alone");
    const file = join(source, "../pages.ndjson");
    asLines(site, file);
    rows.push(row("Praktijk, the indexing alone", measured([example, file, join(source, "../index")])));
  }
  if (!options.includes("--peers")) {
    const output = join(source, "../other");
    const command = [PROGRAM, "--root", source, "build", "--output-dir", output, "--force"];
    const empty = () => [output, join(source, ".praktijk")].forEach((folder) => rmSync(folder, { recursive: true, force: true }));
    for (const [name, format] of [["Praktijk, a build without an index", null], ["Praktijk, a build with its index", "praktijk"]]) {
      say(name);
      askFor(source, format);
      rows.push(row(name, measured(command, empty)));
    }
  }
  console.log(head);
  console.log(`${count} pages, medians of ${RUNS} runs`);
  console.log(table(["", "user CPU", "system CPU", "clock", "peak memory"], rows));
};
