// elasticlunr as Zola makes it: the site's own `search_index.nl.js` with title, description and body, loaded by elasticlunr
// with the Dutch stemmer that a Zola user has to add (lunr-languages' `du`, the counterpart of the one that made the index).

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);

const withDutch = () => {
  const elasticlunr = require("elasticlunr");
  // lunr-languages was made for lunr: elasticlunr lacks these two.
  elasticlunr.generateStopWordFilter = (words) => (token) => (words.includes(token) ? undefined : token);
  require("lunr-languages/lunr.stemmer.support.js")(elasticlunr);
  const warn = console.warn;
  console.warn = () => {}; // It says that `du` is to become `nl`; Zola's index says `du`.
  require("lunr-languages/lunr.du.js")(elasticlunr);
  console.warn = warn;
  return elasticlunr;
};

export const documents = (folder) => {
  const source = readFileSync(join(folder, "search_index.nl.js"), "utf8");
  return JSON.parse(source.slice(source.indexOf("{"), source.lastIndexOf("}") + 1));
};

const path = (url) => new URL(url).pathname;

export const elasticlunr = (folder, allowed) => {
  const index = withDutch().Index.load(documents(folder));
  const fields = { title: { boost: 2 }, description: { boost: 1 }, body: { boost: 1 } };
  const ask = (query, options) =>
    index
      .search(query, { fields, ...options })
      .map((hit) => path(hit.ref))
      .filter((url) => allowed.has(url));
  const and = (query) => ask(query, { bool: "AND", expand: true });
  const or = (query) => ask(query, { bool: "OR", expand: true });
  return [
    ["all words (as in Zola's own examples)", (query) => ask(query, { bool: "AND" })],
    ["all words, also as beginnings", and],
    ["any word, also as beginnings", or],
    ["all words, else any word", (query) => [...and(query), ...or(query)]],
  ];
};
