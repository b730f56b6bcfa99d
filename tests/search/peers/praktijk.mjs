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

// A reader over the folder `zoekindex` of a built site: asks it again until it needs no more files.
export const reader = (site, language = "nl") => {
  const folder = join(site, "zoekindex");
  const name = (pattern) => {
    const found = readdirSync(folder).filter((file) => pattern.test(file));
    if (found.length !== 1) throw new Error(`${folder} holds ${found.length} files like ${pattern}`);
    return found[0];
  };
  const module = new WebAssembly.Module(unpacked(readFileSync(join(folder, name(/^reader-.*\.bin$/)))));
  const wanted = WebAssembly.Module.imports(module);
  if (wanted.length) throw new Error(`The reader imports ${wanted.map(({ name: one }) => one).join(", ")}`);
  const { exports } = new WebAssembly.Instance(module);
  const call = (does, input, ...numbers) => {
    new Uint8Array(exports.memory.buffer, exports.reserve(input.length), input.length).set(input);
    const length = exports[does](...(numbers.length ? numbers : [input.length]));
    const output = new Uint8Array(exports.memory.buffer, exports.output(), length).slice();
    const answer = JSON.parse(new TextDecoder().decode(output));
    if (answer.error) throw new Error(`${does}: ${answer.error.code}: ${answer.error.text}`);
    return answer;
  };
  call("open", unpacked(readFileSync(join(folder, name(new RegExp(`^${language}-[^/]*\\.bin$`))))));
  const give = (file) => {
    const [key, data] = [Buffer.from(file), unpacked(readFileSync(join(folder, file)))];
    call("give", Buffer.concat([key, data]), key.length, data.length);
  };
  const search = (request) => {
    for (let rounds = 0; rounds < 10; rounds++) {
      const answer = call("search", Buffer.from(JSON.stringify(request)));
      if (answer.found) return answer.found;
      answer.needs.forEach(give);
    }
    throw new Error(`Still not answered after ten rounds: ${request.query}`);
  };
  return { search };
};

export const inWasm = (site, queries) => {
  const { search } = reader(site);
  const request = { limit: ROWS, offset: 0, facets: {}, counts: false, typing: false, explain: false };
  return new Map(queries.map((query) => [query, search({ ...request, query }).rows]));
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
