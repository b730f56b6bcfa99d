// Pagefind, indexed by its own program and asked by its own script in Chromium, in Dutch.

import * as service from "pagefind";

const indexed = async (pages, folder) => {
  const { index, errors } = await service.createIndex({ forceLanguage: "nl" });
  if (!index) throw new Error(errors.join("\n"));
  for (const { url, html } of pages) {
    const made = await index.addHTMLFile({ url, content: html });
    if (made.errors.length) throw new Error(`${url}: ${made.errors.join("\n")}`);
  }
  await index.writeFiles({ outputPath: folder });
};

// In the page: the addresses of the first results of each query, best first.
const asked = async ({ queries, script, depth }) => {
  const pagefind = await import(script);
  await pagefind.options({ excerptLength: 30 });
  await pagefind.init();
  const answers = [];
  for (const query of queries) {
    const { results } = await pagefind.search(query);
    const data = await Promise.all(results.slice(0, depth).map((result) => result.data()));
    answers.push(data.map(({ url }) => url));
  }
  return answers;
};

// `serve(folder)` gives `{ origin, close }`; `open()` gives a page of Chromium.
export const pagefind = async (pages, folder, queries, { serve, open }) => {
  await indexed(pages, folder);
  await service.close();
  const server = await serve(folder);
  const page = await open();
  try {
    await page.goto(`${server.origin}/`);
    const answers = await page.evaluate(asked, { queries, script: `${server.origin}/pagefind.js`, depth: 10 });
    return new Map(queries.map((query, at) => [query, answers[at]]));
  } finally {
    await page.close();
    await server.close();
  }
};
