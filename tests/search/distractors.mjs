// Pages that nobody looks for: news of a town, from templates and a fixed seed. They compete with the pages of the demo
// because they use its everyday words (overleg, afspraken, melding, veiligheid), and rare words by chance.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { chance } from "./chance.mjs";
import { HEADS, MONTHS, PASSING, PLACES, PLAIN, TOPICS } from "./topics.mjs";

const SEED = 20261122;
const capital = (text) => text[0].toUpperCase() + text.slice(1);
const slug = (text) =>
  text
    .normalize("NFD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

const filler = (topic, words, dice) => (template) => {
  const [one, many] = dice.one(topic.things);
  const [other, others] = dice.one(topic.things);
  const put = {
    t: () => one,
    T: () => capital(one),
    p: () => (dice.below(2) ? many : others),
    P: () => capital(many),
    n: () => other.split(" ").at(-1),
    d: () => dice.one(topic.doings),
    b: () => dice.one(PLACES),
    m: () => dice.one(MONTHS),
    c: () => String(dice.between(3, 900)),
    w: () => dice.one(words),
  };
  return capital(template.replace(/\{(\w)\}/g, (_, key) => put[key]()));
};

const paragraph = (fill, dice) =>
  Array.from({ length: dice.between(3, 6) }, () => fill(dice.one(dice.below(3) ? PLAIN : PASSING))).join(" ");

const page = (topic, words, dice) => {
  const fill = filler(topic, words, dice);
  const title = fill(dice.one(topic.titles));
  const heads = dice.some(HEADS, dice.between(1, 3)).map((head) => fill(head));
  const parts = [paragraph(fill, dice), ...heads.map((head) => `## ${head}\n\n${paragraph(fill, dice)}`)];
  return { title, description: fill(dice.one(PLAIN)), text: parts.join("\n\n") };
};

const toml = (text) => JSON.stringify(text);

// Adds `count` pages to the content folder of a site, spread over years and topics.
export const addDistractors = (content, frequencies, count) => {
  const dice = chance(SEED);
  // Words as rare as the ones that people search: from the 3,000th to the 40,000th.
  const words = frequencies.slice(3000, 40_000).map(([word]) => word);
  const archive = join(content, "nieuwsarchief");
  mkdirSync(archive, { recursive: true });
  writeFileSync(join(archive, "_index.md"), '+++\ntitle = "Nieuwsarchief"\nsort_by = "date"\n+++\n');
  for (let at = 0; at < count; at++) {
    const topic = TOPICS[at % TOPICS.length];
    const year = 2005 + (at % 20);
    const { title, description, text } = page(topic, words, dice);
    const date = `${year}-${String(dice.between(1, 12)).padStart(2, "0")}-${String(dice.between(1, 28)).padStart(2, "0")}`;
    const head = `+++\ntitle = ${toml(title)}\ndescription = ${toml(description)}\ndate = ${date}\n+++\n\n`;
    writeFileSync(join(archive, `${topic.name}-${year}-${at}-${slug(title)}.md`), `${head}${text}\n`);
  }
};
