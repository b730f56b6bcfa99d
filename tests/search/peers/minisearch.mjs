// minisearch over title, description, headings and text of the pages, with prefixes, typos and folded accents.

import MiniSearch from "minisearch";

const fold = (term) => {
  const plain = term.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plain || null;
};

export const minisearch = (pages) => {
  const index = new MiniSearch({
    idField: "url",
    fields: ["title", "description", "headings", "text"],
    processTerm: fold,
  });
  index.addAll(pages);
  const settings = (boost, combineWith) => ({
    prefix: (term) => term.length > 2,
    fuzzy: (term) => (term.length > 3 ? 0.2 : false),
    boost: { title: boost, description: boost / 2, headings: boost / 2 },
    combineWith,
  });
  const ask = (query, boost, how) => index.search(query, settings(boost, how)).map((hit) => hit.id);
  const both = (boost) => (query) => [...ask(query, boost, "AND"), ...ask(query, boost, "OR")];
  return [
    ["any word, title × 2", (query) => ask(query, 2, "OR")],
    ["any word, title × 4", (query) => ask(query, 4, "OR")],
    ["all words, else any word, title × 2", both(2)],
    ["all words, else any word, title × 4", both(4)],
  ];
};
