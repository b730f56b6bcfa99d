// Praktijk's search, twice: by the program on this computer, and by the reader of the built site, as a browser runs it.

import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";

const ROWS = 20;
const AT_ONCE = 2;

const run = (program, args) =>
  new Promise((done, failed) =>
    execFile(program, args, { maxBuffer: 1 << 26 }, (error, output, complaints) =>
      error ? failed(new Error(`${args.join(" ")}: ${complaints || error.message}`)) : done(output),
    ),
  );

// By query: the rows that `praktijk search --json` prints.
export const native = async (program, folder, queries) => {
  const answers = new Map();
  const left = [...queries];
  const worker = async () => {
    for (let query; (query = left.shift()) !== undefined; ) {
      const args = ["--root", folder, "search", "--json", "--limit", String(ROWS), "--", query];
      answers.set(query, JSON.parse(await run(program, args)));
    }
  };
  await worker(); // The first one fills the cache, alone.
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return answers;
};

const unpacked = (bytes) => (bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes);

// The reader, given its own bytes and those of a manifest; `load(name)` gives the bytes of a file it asks for.
export const reader = (code, manifest) => {
  const module = new WebAssembly.Module(unpacked(code));
  const wanted = WebAssembly.Module.imports(module);
  if (wanted.length) throw new Error(`The reader imports ${wanted.map(({ name }) => name).join(", ")}`);
  const { exports } = new WebAssembly.Instance(module);
  const call = (does, input, ...numbers) => {
    // Numbers of wasm are signed here, and each call may move the memory: the buffer is asked for afterwards.
    const room = exports.reserve(input.length) >>> 0;
    new Uint8Array(exports.memory.buffer, room, input.length).set(input);
    const length = exports[does](...(numbers.length ? numbers : [input.length])) >>> 0;
    const start = exports.output() >>> 0;
    const output = new Uint8Array(exports.memory.buffer, start, length).slice();
    const answer = JSON.parse(new TextDecoder().decode(output));
    if (answer.error) throw new Error(`${does}: ${answer.error.code}: ${answer.error.text}`);
    return answer;
  };
  call("open", unpacked(manifest));
  // Asks again until nothing is missing.
  const search = async (request, load) => {
    for (let rounds = 0; rounds < 10; rounds++) {
      const answer = call("search", Buffer.from(JSON.stringify(request)));
      if (answer.found) return answer.found;
      const files = await Promise.all(answer.needs.map(async (name) => [Buffer.from(name), unpacked(await load(name))]));
      for (const [key, data] of files) call("give", Buffer.concat([key, data]), key.length, data.length);
    }
    throw new Error(`Still not answered after ten rounds: ${request.query}`);
  };
  return { search };
};

// The names of the files that a browser starts with, in the folder of a built site.
export const startingFiles = (site, language = "nl") => {
  const names = readdirSync(join(site, "zoekindex"));
  const one = (pattern) => {
    const found = names.filter((name) => pattern.test(name));
    if (found.length !== 1) throw new Error(`${site}/zoekindex holds ${found.length} files like ${pattern}: ${found}`);
    return found[0];
  };
  const manifest = new RegExp(`^${language}-[^/]*\\.bin$`);
  return { client: one(/^client-/), worker: one(/^worker-/), reader: one(/^reader-/), manifest: one(manifest) };
};

export const REQUEST = { limit: ROWS, offset: 0, facets: {}, counts: false, typing: false, explain: false };

// By query: the rows of the reader over a built site.
export const inWasm = async (site, queries) => {
  const names = startingFiles(site);
  const load = (name) => readFileSync(join(site, "zoekindex", name));
  const code = process.env.READER ? readFileSync(process.env.READER) : load(names.reader);
  const { search } = reader(code, load(names.manifest));
  const answers = new Map();
  for (const query of queries) answers.set(query, (await search({ ...REQUEST, query }, load)).rows);
  return answers;
};

// What differs between the two; nothing, when they are the same code.
export const differences = (one, other) => {
  const shape = (rows) => rows.map(({ url, score }) => `${url} ${score}`);
  return [...one].flatMap(([query, rows]) => {
    const [left, right] = [shape(rows), shape(other.get(query))];
    const at = Array.from({ length: Math.max(left.length, right.length) }, (_, row) => row).find((row) => left[row] !== right[row]);
    return at === undefined ? [] : [`${query}: row ${at + 1}: ‘${left[at]}’ natively, ‘${right[at]}’ in wasm`];
  });
};
