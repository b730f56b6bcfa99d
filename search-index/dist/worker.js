// The half of the search that computes: it holds the reader (WebAssembly) and the files of the index, in a worker, so that
// a page never waits for it. A page does not talk to it itself; `client.js` does. Nothing here knows about words.
//
// In:   {open: {reader, manifest, base, name, ownFetch}}   both files as an ArrayBuffer, packed as they came;
//                                                          `base` is the folder of the index, `name` the manifest in it
//       {id, request}                                      a query; an earlier one that is not done is dropped
//       {drop: id}                                         nobody waits for it any more
//       {file, bytes | fault}                              the answer to an `ask`
// Out:  {opened: true} | {failed: {code, text, file}}      once after `open`
//       {id, found} | {id, error: {code, text, file}}      once after each query, unless it was dropped
//       {ask, name, fresh}                                 only with `ownFetch`: the page fetches for us
//
// A query goes in turns: the reader names the files it misses, they are fetched at once, and it is asked again. An instance
// that traps is gone: a new one gets the manifest and the files that were already here. The second time in a row it starts
// without those files, because one of them may be the cause; the third time the query fails with `crash`.

const TURNS = 12;
const RESTARTS = 2;
// So many bytes of files are kept for a restart. What is no longer kept is asked for again.
const KEPT = 16 * 1024 * 1024;
const PAUSE = 250;
const PACKED = [0x1f, 0x8b];
const WASM = [0x00, 0x61, 0x73, 0x6d];
const OURS = [0x50, 0x52, 0x4b, 0x54];

const encoder = new TextEncoder();
const decoder = new TextDecoder();

// An error with a meaning; every other error out of the reader is a trap.
class Failure extends Error {
  constructor(code, text, file) {
    super(text);
    this.code = code;
    this.file = file;
  }
}

let site = null;
let module = null;
let reader = null;
let manifest = null;
// The files that the present instance has, and those that are kept for the next one.
let given = new Set();
const kept = new Map();
let latest = 0;

// ---- files ----

const starts = (bytes, magic) => magic.every((one, at) => bytes[at] === one);

const gunzip = async (bytes) => {
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
};

// A server may have unpacked a file already, or may have packed it once more.
const unpacked = async (buffer, magic, name) => {
  let bytes = new Uint8Array(buffer);
  try {
    for (let layer = 0; layer < 2 && starts(bytes, PACKED); layer += 1) bytes = await gunzip(bytes);
  } catch {
    throw new Failure("file", `${name} is damaged`, name);
  }
  if (!starts(bytes, magic)) throw new Failure("file", `${name} is not a file of this search`, name);
  return bytes;
};

const asked = new Map();
let asks = 0;
const throughPage = (name, fresh) =>
  new Promise((resolve, reject) => {
    asks += 1;
    asked.set(asks, { resolve, reject });
    postMessage({ ask: asks, name, fresh });
  });

const throughNetwork = async (name, fresh) => {
  let answer;
  try {
    answer = await fetch(new URL(name, site.base), { cache: fresh ? "reload" : "default" });
    if (answer.ok) return await answer.arrayBuffer();
  } catch (error) {
    throw new Failure("network", `${name} did not come: ${error}`, name);
  }
  const gone = answer.status === 404 || answer.status === 410;
  throw new Failure(gone ? "file" : "network", `${name}: status ${answer.status}`, name);
};

const once = async (name, fresh) => unpacked(await (site.ownFetch ? throughPage : throughNetwork)(name, fresh), OURS, name);

// What fails is tried once more, past the cache: a damaged copy may be kept there.
const twice = async (name) => {
  try {
    return await once(name, false);
  } catch {
    await new Promise((done) => setTimeout(done, PAUSE));
    return once(name, true);
  }
};

// Queries that follow each other often want the same file.
const coming = new Map();
const load = (name) => {
  if (kept.has(name)) return Promise.resolve(kept.get(name));
  // A damaged index must not send a visitor to another place.
  if (!/^[\w.-]+(\/[\w.-]+)*\.bin$/.test(name) || name.includes("..")) {
    return Promise.reject(new Failure("format", `The index names a file with an odd name: ${name}`, name));
  }
  if (!coming.has(name)) coming.set(name, twice(name).finally(() => coming.delete(name)));
  return coming.get(name);
};

const keep = (name, bytes) => {
  kept.delete(name);
  kept.set(name, bytes);
  let total = 0;
  for (const one of kept.values()) total += one.length;
  for (const [oldest, one] of kept) {
    if (total <= KEPT) break;
    kept.delete(oldest);
    total -= one.length;
  }
};

// ---- the reader ----

// One call: the parts go in one after another, what comes out is JSON. Numbers come as signed ones.
const call = (name, ...parts) => {
  const { memory, reserve, output } = reader;
  const total = parts.reduce((sum, part) => sum + part.length, 0);
  let place = reserve(total) >>> 0;
  for (const part of parts) {
    new Uint8Array(memory.buffer).set(part, place);
    place += part.length;
  }
  const length = reader[name](...(name === "give" ? parts.map((part) => part.length) : [total])) >>> 0;
  return JSON.parse(decoder.decode(new Uint8Array(memory.buffer, output() >>> 0, length)));
};

const failureOf = ({ code, text, file }) => new Failure(code, text, file);

const begin = () => {
  reader = new WebAssembly.Instance(module).exports;
  given = new Set();
  const answer = call("open", manifest);
  if (answer.error) throw failureOf(answer.error);
  for (const [name, bytes] of kept) give(name, bytes);
};

const give = (name, bytes) => {
  const answer = call("give", encoder.encode(name), bytes);
  if (answer.error) throw failureOf({ file: name, ...answer.error });
  given.add(name);
};

// The reader may refuse a file that arrived in one piece: then it is fetched anew, once.
const hand = async (name, bytes) => {
  try {
    give(name, bytes);
    keep(name, bytes);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    const fresh = await once(name, true);
    give(name, fresh);
    keep(name, fresh);
  }
};

// One turn: the answer of the reader, or `null` after files were fetched for the next turn.
const turn = async (input) => {
  if (!reader) begin();
  const answer = call("search", input);
  if (answer.found) return answer.found;
  if (answer.error) throw failureOf(answer.error);
  const missing = answer.needs.filter((name) => !given.has(name));
  if (missing.length === 0) throw new Failure("format", "The reader asks for files that it has", answer.needs[0]);
  const files = await Promise.all(missing.map(load));
  for (const [at, name] of missing.entries()) if (reader && !given.has(name)) await hand(name, files[at]);
  return null;
};

const search = async (id, request) => {
  const input = encoder.encode(JSON.stringify(request));
  let crashes = 0;
  for (let turns = 0; turns < TURNS; turns += 1) {
    if (id !== latest) return null;
    try {
      const found = await turn(input);
      if (found) return found;
    } catch (error) {
      if (error instanceof Failure) throw error;
      reader = null;
      crashes += 1;
      if (crashes > RESTARTS) throw new Failure("crash", `The reader stopped: ${error}`);
      if (crashes === RESTARTS) kept.clear();
    }
  }
  throw new Failure("format", "The reader keeps asking for files");
};

// ---- messages ----

const open = async ({ reader: packed, manifest: list, base, name, ownFetch }) => {
  site = { base, ownFetch };
  const [code, bytes] = await Promise.all([unpacked(packed, WASM, "reader"), unpacked(list, OURS, name)]);
  manifest = bytes;
  try {
    module = await WebAssembly.compile(code);
  } catch (error) {
    throw new Failure("unsupported", `This browser does not run the reader: ${error}`);
  }
  try {
    begin();
  } catch (error) {
    reader = null;
    throw error instanceof Failure ? error : new Failure("crash", `The reader does not start: ${error}`);
  }
};

const told = (error) => ({ code: error.code ?? "crash", text: error.message, file: error.file });
let ready = null;

self.onmessage = async ({ data }) => {
  if (data.file) {
    const waiting = asked.get(data.file);
    asked.delete(data.file);
    if (data.bytes) waiting?.resolve(data.bytes);
    else waiting?.reject(new Failure(data.fault.code, data.fault.text, data.fault.file));
  } else if (data.open) {
    ready = open(data.open);
    ready.then(() => postMessage({ opened: true }), (error) => postMessage({ failed: told(error) }));
  } else if (data.drop) {
    if (latest === data.drop) latest = 0;
  } else if (data.id) {
    latest = data.id;
    // Lets a newer query that is already waiting go first: only the last one is computed.
    await new Promise((done) => setTimeout(done));
    try {
      await ready;
      const found = await search(data.id, data.request);
      if (found && data.id === latest) postMessage({ id: data.id, found });
    } catch (error) {
      if (data.id === latest) postMessage({ id: data.id, error: told(error) });
    }
  }
};
