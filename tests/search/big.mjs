// A site of many pages in natural Dutch vocabulary, and queries for it.
//
// 300–600 words a page; four of five words as often as Dutch has them, one of five as often as the demo's own texts have
// their words (so that words of the field stand in nearly every page, as they do on a real platform). h1 and 2–4 h2 with ids.
// The templates are bare: every engine indexes `<main>`.

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { byFrequency, chance } from "./chance.mjs";
import { frequencies, fresh, ROOT } from "./site.mjs";

const SEED = 7;
const VOCABULARY = 310_000;
const SECTIONS = 20;

const TEMPLATES = {
  "base.html": `<!doctype html><html lang="nl"><head><meta charset="utf-8"><title>{% block titel %}{{ config.title }}{% endblock titel %}</title></head>
<body><!-- search --><header><a href="/">{{ config.title }}</a></header><main data-pagefind-body>{% block inhoud %}{% endblock inhoud %}</main></body></html>`,
  "page.html": `{% extends "base.html" %}{% block titel %}{{ page.title }}{% endblock titel %}
{% block inhoud %}<h1>{{ page.title }}</h1>{{ page.content | safe }}{% endblock inhoud %}`,
  "section.html": `{% extends "base.html" %}{% block titel %}{{ section.title }}{% endblock titel %}
{% block inhoud %}<h1>{{ section.title }}</h1>{{ section.content | safe }}{% endblock inhoud %}`,
  "index.html": `{% extends "base.html" %}{% block inhoud %}<h1>{{ config.title }}</h1>{% endblock inhoud %}`,
};

const SETTINGS = `base_url = "https://voorbeeld.example"
title = "Veel bladzijden"
default_language = "nl"

[markdown]
`;

const prose = (markdown) => markdown.replace(/^\+\+\+[^]*?^\+\+\+/m, "").replace(/^```[^]*?^```/gm, "").replace(/\{\{[^]*?\}\}|\(@[^)]*\)|`[^`]*`/g, " ");

// Words of the demo that are not everyday ones, with how often they stand there. The handbook is about files, not the field.
const fieldWords = (everyday) => {
  const content = join(ROOT, "content");
  const counts = new Map();
  for (const file of readdirSync(content, { recursive: true }).filter((name) => name.endsWith(".md") && !name.startsWith("handboek")).sort())
    for (const word of prose(readFileSync(join(content, file), "utf8")).toLowerCase().match(/\p{L}{4,}/gu) ?? [])
      if (!everyday.has(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].filter(([, count]) => count > 1).sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
};

const capital = (text) => text[0].toUpperCase() + text.slice(1);

const writer = () => {
  const dice = chance(SEED);
  const dutch = frequencies(VOCABULARY);
  const everyday = byFrequency(dutch, dice);
  const field = byFrequency(fieldWords(new Set(dutch.slice(0, 1000).map(([word]) => word))), dice);
  const word = () => (dice.below(5) ? everyday() : field());
  const sentence = () => {
    const words = Array.from({ length: dice.between(6, 18) }, word);
    return { text: `${capital(words.join(" "))}.`, count: words.length };
  };
  const text = (least) => {
    const sentences = [];
    for (let count = 0; count < least; ) {
      const made = sentence();
      sentences.push(made.text);
      count += made.count;
    }
    // Paragraphs of about four sentences.
    return sentences.map((one, at) => one + (at % 4 === 3 ? "\n\n" : " ")).join("").trim();
  };
  const heading = () => capital(Array.from({ length: dice.between(2, 5) }, (_, at) => (at ? word() : field())).join(" "));
  const page = () => {
    const parts = dice.between(2, 4);
    const each = Math.floor(dice.between(300, 600) / (parts + 1));
    const body = [text(each), ...Array.from({ length: parts }, () => `## ${heading()}\n\n${text(each)}`)];
    return { title: heading(), body: body.join("\n\n") };
  };
  return { page };
};

export const makeSite = (count) => {
  const source = join(fresh(`big-${count}`), "source");
  const write = (path, text) => writeFileSync(join(source, path), text);
  for (const folder of ["templates", "content", ...Array.from({ length: SECTIONS }, (_, at) => `content/deel-${at + 1}`)])
    mkdirSync(join(source, folder), { recursive: true });
  write("zola.toml", SETTINGS);
  for (const [name, text] of Object.entries(TEMPLATES)) write(`templates/${name}`, text);
  for (let at = 0; at < SECTIONS; at++) write(`content/deel-${at + 1}/_index.md`, `+++\ntitle = "Deel ${at + 1}"\n+++\n`);
  const { page } = writer();
  const pages = [];
  for (let at = 0; at < count; at++) {
    const { title, body } = page();
    write(`content/deel-${(at % SECTIONS) + 1}/artikel-${at + 1}.md`, `+++\ntitle = ${JSON.stringify(title)}\n+++\n\n${body}\n`);
    pages.push(`${title} ${body}`);
  }
  return { source, pages };
};

const wordsOf = (text) => text.toLowerCase().match(/\p{L}+/gu) ?? [];

// In how many pages each word stands.
const spread = (pages) => {
  const counts = new Map();
  for (const text of pages) for (const word of new Set(wordsOf(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
};

const swapped = (word) => `${word.slice(0, 3)}${word[4]}${word[3]}${word.slice(5)}`;

// Queries of all sorts, drawn from the texts with a seed: the same in every run.
export const makeQueries = (pages) => {
  const dice = chance(SEED + 1);
  const counts = spread(pages);
  const share = (word) => counts.get(word) / pages.length;
  const all = [...counts.keys()].filter((word) => word.length > 3).sort();
  const between = (low, high, count) => dice.some(all.filter((word) => share(word) >= low && share(word) < high), count);
  const common = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a));
  const nearly = common.filter((word) => word.length > 4 && share(word) > 0.85).slice(0, 4);
  // Words of one page, so that there is something to find; neither the rarest nor the most common.
  const together = (count) => {
    const words = [...new Set(wordsOf(dice.one(pages)))].filter((word) => word.length > 4 && share(word) > 0.002 && share(word) < 0.3);
    return dice.some(words, count).join(" ");
  };
  const phrase = () => {
    const sentence = dice.one(dice.one(pages).split("\n").at(-1).split(". "));
    const words = wordsOf(sentence);
    const at = dice.below(Math.max(1, words.length - 3));
    return `"${words.slice(at, at + 3).join(" ")}"`;
  };
  const rare = between(2 / pages.length, 6 / pages.length, 6);
  const middle = between(0.003, 0.03, 6);
  const slips = between(0.003, 0.03, 60)
    .filter((word) => word.length > 6)
    .map(swapped)
    .filter((word) => !counts.has(word))
    .slice(0, 4);
  return [
    ...rare.map((query) => ({ sort: "rare word", query })),
    ...middle.map((query) => ({ sort: "word", query })),
    ...between(0.1, 0.6, 5).map((query) => ({ sort: "frequent word", query })),
    ...["de", "van", ...nearly].map((query) => ({ sort: "in nearly all pages", query })),
    ...Array.from({ length: 6 }, () => ({ sort: "two words", query: together(2) })),
    ...Array.from({ length: 5 }, () => ({ sort: "three words", query: together(3) })),
    ...slips.map((query) => ({ sort: "typo", query })),
    ...Array.from({ length: 4 }, () => ({ sort: "phrase", query: phrase() })),
  ];
};
