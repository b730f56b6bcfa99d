// Builds sites with the program, in a folder of their own beside the tests (`made/`, not in the repository).

import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const HERE = dirname(fileURLToPath(import.meta.url));
export const ROOT = join(HERE, "../..");
export const MADE = join(HERE, "made");
export const PROGRAM = process.env.PRAKTIJK;

export const say = (text) => process.stderr.write(`${text}\n`);

export const fresh = (name) => {
  const folder = join(MADE, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  return folder;
};

// How often Dutch words occur: the word and its frequency, the most frequent first.
export const frequencies = (count = 120_000) => {
  const file = join(MADE, `words-${count}.tsv`);
  mkdirSync(MADE, { recursive: true });
  if (!existsSync(file)) execFileSync(join(HERE, ".venv/bin/python"), [join(HERE, "words.py"), String(count), file]);
  return readFileSync(file, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => line.split("\t"))
    .map(([word, frequency]) => [word, Number(frequency)]);
};

const EXPIRES = /^(verloopt_op|sluit_op) = .*$/gm;

// A copy of the demo, without what earlier builds left. Nothing in it expires: the search leaves out what has, so that the
// measure would be another one every month, and the peers would index pages that Praktijk does not.
export const copyDemo = (folder) => {
  for (const part of ["content", "themes", "zola.toml"]) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  for (const name of readdirSync(join(folder, "content"), { recursive: true }).filter((one) => one.endsWith(".md"))) {
    const file = join(folder, "content", name);
    const text = readFileSync(file, "utf8");
    if (text.match(EXPIRES)) writeFileSync(file, text.replace(EXPIRES, "$1 = 2099-12-31"));
  }
};

// Asks for a search index in the settings of a site; null asks for none.
export const askFor = (folder, format) => {
  const file = join(folder, "zola.toml");
  const plain = readFileSync(file, "utf8")
    .replace(/^build_search_index.*\n/m, "")
    .replace(/^\[search\]\n(?:(?!\[).*\n)*/m, "");
  const asked = format ? `build_search_index = true\n` : "";
  const section = format ? `\n[search]\nindex_format = "${format}"\ninclude_description = true\n` : "";
  const [head, ...rest] = plain.split(/^(?=\[)/m);
  writeFileSync(file, `${head}${asked}${section}\n${rest.join("")}`);
};

export const build = (folder, output) => {
  const done = spawnSync(PROGRAM, ["--root", folder, "build", "--output-dir", output, "--force"], { encoding: "utf8" });
  if (done.status !== 0) throw new Error(`The program could not build ${folder}:\n${done.stdout}${done.stderr}`);
  return output;
};
