// `run waits PAGES`: how long people wait and how much is fetched, in Chromium, for Pagefind and Praktijk over the same HTML.
//
// A server on this machine (HTTP/2, see slow.mjs) holds back every response for 100 ms. Each engine gets a page that is
// loaded and connected; then somebody asks: the script is imported (Praktijk's as its README says: with what it
// always needs asked for beside it), the first ten results are there with their excerpts, and the clock stops. Cold: a fresh
// profile for each query. Warm: further queries in one page, one after the other, with the bytes of each and the CPU time of
// the page's threads (see trace.mjs). `--peers` leaves Praktijk out.

import { spawnSync } from "node:child_process";
import { cpSync } from "node:fs";
import { join } from "node:path";
import { makeQueries, makeSite } from "./big.mjs";
import { browser } from "./browser.mjs";
import { circumstances } from "./circumstances.mjs";
import { asLines, pagefindProgram } from "./indexing.mjs";
import { startingFiles } from "./peers/praktijk.mjs";
import { askFor, build, HERE, ROOT, say } from "./site.mjs";
import { slow, waves } from "./slow.mjs";
import { kilobytes, median, milliseconds, quantile, table } from "./table.mjs";
import { traced, work } from "./trace.mjs";

const DELAY = 100;
const COLD_RUNS = 3;
const PATIENCE = 120_000;

// In the page. Both wait for ten results with their excerpts, and say how long that took.
const IN_PAGE = {
  Pagefind: {
    open: async () => {
      window.ask = async (query) => {
        const pagefind = (window.engine ??= await import("/pagefind/pagefind.js"));
        const { results } = await pagefind.search(query);
        const first = await Promise.all(results.slice(0, 10).map((result) => result.data()));
        return { total: results.length, shown: first.filter(({ excerpt }) => excerpt).length };
      };
    },
  },
  Praktijk: {
    open: async ({ client, ...files }) => {
      window.ask = async (query) => {
        if (!window.engine) {
          const early = { worker: new Worker(files.worker, { type: "module" }), manifest: fetch(files.manifest), reader: fetch(files.reader) };
          window.engine = (await import(client)).openSearch({ ...files, early });
        }
        const found = await window.engine.search(query, { limit: 10 });
        return { total: found.total, shown: found.rows.filter(({ excerpt }) => excerpt.length).length };
      };
    },
  },
};

const timed = async ({ query, name }) => {
  performance.mark(`${name}>`);
  const start = performance.now();
  const answer = await window.ask(query);
  const time = performance.now() - start;
  performance.mark(`${name}<`);
  return { ...answer, time };
};

const filesOfPraktijk = (site) => Object.fromEntries(Object.entries(startingFiles(site)).map(([what, name]) => [what, `/zoekindex/${name}`]));

// What was fetched since the log had `from` entries.
const fetched = (log, from) => {
  const requests = log.slice(from);
  return { requests: requests.length, bytes: requests.reduce((sum, { bytes }) => sum + bytes, 0), waves: waves(requests), paths: requests.map(({ path, bytes }) => `${path} ${bytes}`) };
};

const ready = async (context, server, engine, files) => {
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  await page.goto(`${server.origin}/`);
  await page.evaluate(IN_PAGE[engine].open, files);
  await page.waitForTimeout(300); // The connection is there, and nothing is under way.
  return page;
};

const asked = async (page, server, query, name) => {
  const from = server.log.length;
  const answer = await page.evaluate(timed, { query, name });
  await page.waitForTimeout(50);
  return { query, ...answer, ...fetched(server.log, from) };
};

const cold = async (chromium, server, engine, files, queries) => {
  const runs = [];
  for (let round = 0; round < COLD_RUNS; round++)
    for (const { query, sort } of queries) {
      const context = await chromium.newContext({ locale: "nl-NL" });
      const page = await ready(context, server, engine, files);
      runs.push({ sort, ...(await asked(page, server, query, "cold")) });
      await context.close();
    }
  return runs;
};

const warm = async (chromium, server, engine, files, queries) => {
  const context = await chromium.newContext({ locale: "nl-NL" });
  const page = await ready(context, server, engine, files);
  await asked(page, server, "opwarmen", "first");
  const runs = [];
  const events = await traced(chromium, page, async () => {
    for (const [at, { query, sort }] of queries.entries()) runs.push({ sort, ...(await asked(page, server, query, `warm-${at}`)) });
  });
  const times = work(events);
  await context.close();
  return runs.map((run, at) => ({ ...run, cpu: times.get(`warm-${at}`)?.own ?? NaN, background: times.get(`warm-${at}`)?.background ?? NaN }));
};

const figures = ({ cold: first, warm: further }) => {
  const both = (runs, key, show) => `${show(median(runs.map((run) => run[key])))} / ${show(quantile(runs.map((run) => run[key]), 0.95))}`;
  return [
    ["cold: ten results after", both(first, "time", milliseconds)],
    ["cold: bytes", both(first, "bytes", kilobytes)],
    ["cold: requests", both(first, "requests", String)],
    ["cold: waits one after another", both(first, "waves", String)],
    ["further query: ten results after", both(further, "time", milliseconds)],
    ["further query: bytes", both(further, "bytes", kilobytes)],
    ["further query: CPU time of page and worker", both(further, "cpu", milliseconds)],
    ["further query: CPU time in the background", both(further, "background", milliseconds)],
  ];
};

export const report = (count, engines) => {
  const names = Object.keys(engines);
  const rows = names.map((name) => figures(engines[name]));
  const lines = [`${count} pages, ${DELAY} ms a response: median / 95th percentile`, table(["", ...names], rows[0].map(([what], at) => [what, ...rows.map((row) => row[at][1])])), ""];
  const sorts = [...new Set(engines[names[0]].warm.map(({ sort }) => sort))];
  const cell = (name, sort) => {
    const runs = engines[name].warm.filter((run) => run.sort === sort);
    return `${kilobytes(median(runs.map(({ bytes }) => bytes)))}, ${milliseconds(median(runs.map(({ time }) => time)))}, ${milliseconds(median(runs.map(({ cpu }) => cpu)))} CPU`;
  };
  lines.push("Further queries by sort, medians", table(["", ...names], sorts.map((sort) => [sort, ...names.map((name) => cell(name, sort))])));
  const nothing = names.map((name) => `${name} ${engines[name].warm.filter(({ shown }) => shown === 0).length}`);
  lines.push("", `Queries without a result: ${nothing.join(", ")} of ${engines[names[0]].warm.length}.`);
  return lines.join("\n");
};

const coldOnes = (queries) => ["rare word", "word", "frequent word", "in nearly all pages", "two words", "three words"].map((sort) => queries.findLast((one) => one.sort === sort));

const indexWithPagefind = (site) => {
  const done = spawnSync(pagefindProgram(), ["--site", site, "--force-language", "nl"], { encoding: "utf8", cwd: HERE });
  if (done.status !== 0) throw new Error(`Pagefind could not index ${site}:\n${done.stdout}${done.stderr}`);
};

// Without a program that has the search: the example `index` of search-index writes the index, and what is built in its
// `dist/`, or in the folder DIST, is the rest.
const indexWithExample = (example, source, site) => {
  const [lines, folder, dist] = [join(source, "../pages.ndjson"), join(site, "zoekindex"), process.env.DIST ?? join(ROOT, "search-index/dist")];
  asLines(site, lines);
  const done = spawnSync(example, [lines, folder], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`${example}: ${done.stderr}`);
  for (const name of ["client.js", "worker.js", "reader.bin"]) cpSync(join(dist, name), join(folder, name.replace(".", "-built.")));
};

// A newer reader than the one that the program carries.
const replaceReader = (dist, site) => {
  for (const [what, name] of Object.entries(startingFiles(site)))
    if (what !== "manifest") cpSync(join(dist, what === "reader" ? "reader.bin" : `${what}.js`), join(site, "zoekindex", name));
};

export const waits = async (options) => {
  const count = Number(options.find((one) => /^\d+$/.test(one)) ?? 1000);
  say(`Making a site of ${count} pages`);
  const { source, pages } = makeSite(count);
  const queries = makeQueries(pages);
  const head = circumstances(["pagefind"], { chromium: true });
  const names = options.includes("--peers") ? ["Pagefind"] : ["Praktijk", "Pagefind"];
  const example = options.includes("--example") ? options[options.indexOf("--example") + 1] : null;
  askFor(source, names.includes("Praktijk") && !example ? "praktijk" : null);
  const site = build(source, join(source, "../site"));
  if (example) indexWithExample(example, source, site);
  else if (process.env.DIST) replaceReader(process.env.DIST, site);
  indexWithPagefind(site);
  const server = await slow(site, DELAY);
  const chromium = await browser([server.trust]);
  const engines = {};
  try {
    for (const name of names) {
      say(`Asking ${name}`);
      const files = name === "Praktijk" ? filesOfPraktijk(site) : {};
      engines[name] = { cold: await cold(chromium, server, name, files, coldOnes(queries)), warm: await warm(chromium, server, name, files, queries) };
    }
  } finally {
    await chromium.close();
    await server.close();
  }
  console.log(options.includes("--json") ? JSON.stringify({ count, engines }, null, 1) : `${head}\n${report(count, engines)}`);
};
