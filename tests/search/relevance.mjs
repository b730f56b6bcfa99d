// The relevance set: which queries there are, and which pages people want for them. See the head of relevance-a.tsv.

import { readFileSync } from "node:fs";

export const KINDS = [
  "keyword",
  "inflection",
  "part",
  "apart",
  "abbreviation",
  "synonym",
  "typo",
  "phrase",
  "question",
  "number",
  "diacritics",
  "prefix",
];

const parse = (line, half) => {
  const [kind, query, wanted] = line.split("\t");
  const fields = (wanted ?? "").split(" ");
  const grades = new Map();
  for (let at = 0; at + 1 < fields.length; at += 2) grades.set(fields[at], Number(fields[at + 1]));
  if (!KINDS.includes(kind) || grades.size === 0) throw new Error(`relevance-${half}.tsv: cannot read ‘${line}’`);
  return { kind, query, half, grades };
};

// All queries of the halves that are asked for, in the order of the files.
export const queries = (halves = ["a", "b"]) =>
  halves.flatMap((half) =>
    readFileSync(new URL(`relevance-${half}.tsv`, import.meta.url), "utf8")
      .split("\n")
      .filter((line) => line && !line.startsWith("#"))
      .map((line) => parse(line, half)),
  );
