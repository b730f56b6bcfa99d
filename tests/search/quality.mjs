// `run quality`: what each engine finds for the relevance set, over the demo and 500 pages of other news.
//
// Fairness. Every engine indexes the same pages: those of Zola's own search index without the page that searches.
// - Pagefind gets its best of two: the `<main>` of the pages as they are, or only their own text (see corpus.mjs), the
//   description included. Its results are asked in Chromium with its default ranking, language nl.
// - elasticlunr gets the index that Zola's format makes (title, description, body, Dutch stemmer), and its best of four ways
//   of asking. minisearch gets the same texts as Pagefind's second way, and its best of four ways of asking.
//   Best is by MRR over the whole set, so the peers are tuned on it; Praktijk is not.
// - Other words that a theme declares but does not show (`ook_bekend_als`) are seen by Praktijk only: reading what kinds
//   declare is what it adds. What a page shows of them, every engine that reads HTML gets.
// - A page that answers with a part of itself counts once, at its best part. Relevant is grade 1 or 2; nDCG weighs them.

import { cpSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { browser, serve } from "./browser.mjs";
import { circumstances } from "./circumstances.mjs";
import { corpus } from "./corpus.mjs";
import { addDistractors } from "./distractors.mjs";
import { judge, mean, MEASURES } from "./measures.mjs";
import { documents, elasticlunr } from "./peers/elasticlunr.mjs";
import { minisearch } from "./peers/minisearch.mjs";
import { pagefind } from "./peers/pagefind.mjs";
import { differences, inWasm, native } from "./peers/praktijk.mjs";
import { KINDS, queries as readQueries } from "./relevance.mjs";
import { askFor, build, copyDemo, frequencies, fresh, PROGRAM, say } from "./site.mjs";
import { table } from "./table.mjs";

const DISTRACTORS = 500;
// Under these the search has become worse: somewhat below what it reached when they were written.
const FLOOR = { success: 0.85, mrr: 0.88, recall: 0.85, ndcg: 0.82 };
const NOT_SEARCHED = new Set(["/zoeken/"]);

const sites = () => {
  const folder = fresh("quality");
  const source = join(folder, "source");
  copyDemo(source);
  addDistractors(join(source, "content"), frequencies(), DISTRACTORS);
  askFor(source, "elasticlunr_javascript");
  const zola = build(source, join(folder, "zola"));
  const urls = Object.keys(documents(zola).documentStore.docs).map((url) => new URL(url).pathname);
  return { folder, source, zola, urls: urls.filter((url) => !NOT_SEARCHED.has(url)) };
};

// A page that moved would count as never found.
const checkWanted = (set, urls) => {
  const known = new Set(urls);
  const gone = set.flatMap(({ query, grades }) => [...grades.keys()].filter((url) => !known.has(url)).map((url) => `${query}: ${url}`));
  if (gone.length) throw new Error(`The relevance set names pages that are not there:\n${gone.join("\n")}`);
};

// By query, answers of an engine that answers at once.
const ask = (queries, search) => new Map(queries.map((query) => [query, search(query)]));

const peers = async ({ folder, zola, urls }, queries) => {
  const pages = corpus(zola, urls);
  const asShown = pages.map((page) => ({ url: page.url, html: marked(join(zola, page.url, "index.html")) }));
  const chromium = await browser();
  const tools = { serve, open: () => chromium.newPage() };
  const inPagefind = (list, name) => pagefind(list, join(folder, name), queries, tools);
  try {
    return {
      Pagefind: [
        ["own text of the pages", await inPagefind(pages, "pagefind-own")],
        ["<main> as it is", await inPagefind(asShown, "pagefind-main")],
      ],
      elasticlunr: elasticlunr(zola, new Set(urls)).map(([name, search]) => [name, ask(queries, search)]),
      minisearch: minisearch(pages).map(([name, search]) => [name, ask(queries, search)]),
    };
  } finally {
    await chromium.close();
  }
};

const marked = (file) => readFileSync(file, "utf8").replace("<main", "<main data-pagefind-body");

const ours = async ({ folder, source }, queries, onlyNatively) => {
  const own = join(folder, "source-praktijk");
  cpSync(source, own, { recursive: true });
  askFor(own, "praktijk");
  const site = build(own, join(folder, "praktijk"));
  const here = await native(PROGRAM, own, queries);
  const differing = onlyNatively ? [] : await inWasm(site, queries).then((there) => differences(here, there), (error) => [String(error)]);
  const answers = new Map([...here].map(([query, rows]) => [query, rows.filter((row) => !NOT_SEARCHED.has(row.page_url)).map((row) => row.page_url)]));
  return { answers, differing };
};

const scored = (set, answers) => set.map((one) => ({ ...one, ...judge(answers.get(one.query), one.grades) }));

// Of several ways to ask, the one with the best MRR; and how the others did.
const best = (set, ways) => {
  const tried = ways.map(([name, answers]) => ({ name, answers, scores: scored(set, answers) }));
  tried.sort((a, b) => mean(b.scores).mrr - mean(a.scores).mrr);
  return { ...tried[0], tried: tried.map(({ name, scores }) => ({ name, ...mean(scores) })) };
};

const figure = (value) => value.toFixed(3);

const report = (set, engines) => {
  const names = Object.keys(engines);
  const lines = [];
  for (const half of [["a", "b"], ["a"], ["b"]]) {
    const rows = names.map((name) => {
      const all = mean(engines[name].scores.filter((one) => half.includes(one.half)));
      return [name, ...MEASURES.map((measure) => figure(all[measure]))];
    });
    const count = set.filter((one) => half.includes(one.half)).length;
    lines.push(`${half.length > 1 ? "All" : `Half ${half[0]}:`} ${count} queries`, table(["", "success@1", "MRR", "recall@10", "nDCG@10"], rows), "");
  }
  const cell = (kind, name) => {
    const one = mean(engines[name].scores.filter((score) => score.kind === kind));
    return `${one.success.toFixed(2)} / ${one.mrr.toFixed(2)} / ${one.recall.toFixed(2)}`;
  };
  const rows = KINDS.map((kind) => [`${kind} (${set.filter((one) => one.kind === kind).length})`, ...names.map((name) => cell(kind, name))]);
  lines.push("By kind: success@1 / MRR / recall@10", table(["", ...names], rows), "");
  for (const name of names) {
    const ways = engines[name].tried.map((way) => `${way.name} ${figure(way.mrr)}`);
    if (ways.length > 1) lines.push(`${name} was asked in ${ways.length} ways (MRR): ${ways.join("; ")}.`);
  }
  return [...lines, ...behind(engines)].join("\n");
};

// Where Praktijk is not ahead of a peer, or level with one that finds everything.
const behind = (engines) => {
  const { Praktijk, ...others } = engines;
  if (!Praktijk || Object.keys(others).length === 0) return [];
  const lines = [];
  for (const kind of KINDS) {
    const of = ({ scores }) => mean(scores.filter((score) => score.kind === kind));
    for (const [name, peer] of Object.entries(others))
      for (const measure of MEASURES) {
        const [own, theirs] = [of(Praktijk)[measure], of(peer)[measure]];
        if (own < theirs || (own === theirs && own < 1)) lines.push(`- ${kind}, ${measure}: Praktijk ${figure(own)}, ${name} ${figure(theirs)}`);
      }
  }
  return lines.length ? ["", "Not ahead in:", ...lines] : ["", "Ahead of each peer in every kind and measure, or level at 1."];
};

const asJson = (engines) =>
  Object.entries(engines).map(([engine, { name, scores, answers, tried }]) => ({
    engine,
    way: name,
    tried,
    all: mean(scores),
    kinds: Object.fromEntries(KINDS.map((kind) => [kind, mean(scores.filter((one) => one.kind === kind))])),
    queries: scores.map(({ grades, ...one }) => ({ ...one, wanted: Object.fromEntries(grades), found: answers.get(one.query).slice(0, 10) })),
  }));

// `--peers` leaves Praktijk out, `--alone` the peers (the program and its reader must agree all the same),
// `--native` the reader, for when it has yet to be built again. `--json` prints everything for programs; `--misses` shows the
// queries that fall short.
export const quality = async (options) => {
  const set = readQueries();
  const queries = [...new Set(set.map(({ query }) => query))];
  const head = circumstances(options.includes("--alone") ? [] : ["pagefind", "elasticlunr", "minisearch"]);
  say("Building the demo with 500 pages of other news");
  const made = sites();
  checkWanted(set, made.urls);
  say(`Asking ${queries.length} queries over ${made.urls.length} pages`);
  const engines = {};
  let differing = [];
  if (!options.includes("--peers")) {
    const own = await ours(made, queries, options.includes("--native"));
    differing = own.differing;
    engines.Praktijk = best(set, [["natively", own.answers]]);
  }
  if (!options.includes("--alone")) for (const [name, ways] of Object.entries(await peers(made, queries))) engines[name] = best(set, ways);
  console.log(options.includes("--json") ? JSON.stringify(asJson(engines), null, 1) : `${head}\n${report(set, engines)}`);
  if (options.includes("--misses")) misses(engines);
  const low = engines.Praktijk ? MEASURES.filter((measure) => mean(engines.Praktijk.scores)[measure] < FLOOR[measure]) : [];
  if (low.length) throw new Error(`The search finds less than it did: ${low.map((measure) => `${measure} is below ${FLOOR[measure]}`).join(", ")}`);
  if (differing.length) throw new Error(`The program and the reader do not agree:\n${differing.join("\n")}`);
};

const misses = (engines) => {
  const [name, { scores, answers }] = Object.entries(engines)[0];
  for (const one of scores.filter(({ mrr, recall }) => mrr < 1 || recall < 1))
    say(`${name}: ${one.half} ${one.kind} ‘${one.query}’ MRR ${figure(one.mrr)}, recall ${figure(one.recall)}: ${answers.get(one.query).slice(0, 5).join(" ")} – wanted ${[...one.grades.keys()].join(" ")}`);
};
