// The two halves of the search's script by themselves, with a reader made of plain functions: what they fetch and when, what
// they do with a file that is damaged or gone, and with a reader that stops. No browser is needed for this.

import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { holds, same } from "./checks.mjs";

const WORKER = new URL("../../search-index/js/worker.js", import.meta.url);
const CLIENT = new URL("../../search-index/js/client.js", import.meta.url);
const BASE = "https://voorbeeld.example/zoekindex/";
const CODE = Buffer.from([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);

const ours = (text) => Buffer.from(`PRKT${text}`);
const buffer = (bytes) => bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
const pause = (time) => new Promise((done) => setTimeout(done, time));

export const engine = async (site, browser, check) => {
  await check("a file may come packed, unpacked or packed twice; anything else is damaged", async () => {
    const bytes = ours("x");
    for (const [sent, code] of [[bytes, null], [gzipSync(bytes), null], [gzipSync(gzipSync(bytes)), null], [gzipSync(gzipSync(gzipSync(bytes))), "file"], [gzipSync(bytes).subarray(0, 12), "file"], [Buffer.from("<!doctype html>"), "file"], [Buffer.alloc(0), "file"]]) {
      const { ask, fetched } = await made({ search: ({ given }) => (given.has("nl/c1.bin") ? found(1) : { needs: ["nl/c1.bin"] }), answer: () => sent });
      const told = await ask("a");
      same(told.error?.code ?? null, code, `${sent.length} bytes`);
      same(fetched.length, code ? 2 : 1, "times it was fetched");
    }
  });

  await check("all files of a turn are asked for at once, and a file once", async () => {
    const names = ["nl/c1.bin", "nl/c2.bin"];
    const gates = [];
    const { ask, fetched } = await made({
      search: ({ given }) => (names.every((name) => given.has(name)) ? found(2) : { needs: names }),
      answer: (name) => new Promise((done) => gates.push(() => done(ours(name)))),
    });
    const telling = ask("a");
    while (gates.length < 2) await pause(1);
    gates.forEach((open) => open());
    same((await telling).found.total, 2, "found");
    await ask("b");
    same(fetched.map(({ name }) => name), names, "fetched");
  });

  await check("what fails is fetched once more, past the cache; what stays away has a code", async () => {
    const needs = ({ given }) => (given.has("nl/c1.bin") ? found(1) : { needs: ["nl/c1.bin"] });
    const flaky = await made({ search: needs, answer: (name, { times }) => (times === 1 ? null : ours(name)) });
    same((await flaky.ask("a")).found.total, 1, "after a broken line");
    same(flaky.fetched.map(({ cache }) => cache), ["default", "reload"], "how it was fetched");
    const off = await made({ search: needs, answer: () => null });
    same((await off.ask("a")).error.code, "network", "without a network");
    for (const [status, code] of [[404, "file"], [410, "file"], [500, "network"], [403, "network"]]) {
      const gone = await made({ search: needs, answer: () => status });
      const { error } = await gone.ask("a");
      same([error.code, error.file], [code, "nl/c1.bin"], `status ${status}`);
    }
  });

  await check("a file that the reader refuses is fetched anew, once", async () => {
    const refuse = (times) => made({
      search: ({ given }) => (given.has("nl/c1.bin") ? found(1) : { needs: ["nl/c1.bin"] }),
      give: ({ handed }) => (handed <= times ? { error: { code: "file", text: "too short" } } : { ok: true }),
      answer: (name) => ours(name),
    });
    same((await (await refuse(1)).ask("a")).found.total, 1, "the second time it is whole");
    const { error } = await (await refuse(2)).ask("a");
    same([error.code, error.file], ["file", "nl/c1.bin"], "twice");
  });

  await check("a reader that stops is started again with its files, then without, and then the query fails", async () => {
    for (const [stops, expected, begun] of [[1, "found", 2], [2, "found", 3], [3, "crash", 3]]) {
      let left = 0;
      const { ask, instances, fetched } = await made({
        search: ({ given }) => {
          if (!given.has("nl/c1.bin")) return { needs: ["nl/c1.bin"] };
          if (left > 0) {
            left -= 1;
            throw new Error("unreachable");
          }
          return found(1);
        },
        answer: (name) => ours(name),
      });
      await ask("before");
      left = stops;
      const told = await ask("a");
      same(told.error?.code ?? "found", expected, `after ${stops}`);
      same(instances.length, begun, `readers after ${stops}`);
      // The second new one starts without files, in case one of them is the cause.
      same(instances.slice(1).map(({ first }) => first), ["nl/c1.bin", null].slice(0, begun - 1), "what a new one was given before it was asked");
      same(fetched.length, stops === 1 ? 1 : 2, "times the file was fetched");
      same((await ask("after")).found.total, 1, "the next query");
    }
  });

  await check("a reader that asks for what it has, for ever more, or for something elsewhere, is stopped", async () => {
    const same_ = await made({ search: () => ({ needs: ["nl/c1.bin"] }), give: () => ({ ok: true }), answer: (name) => ours(name) });
    same((await same_.ask("a")).error.code, "format", "the same file");
    let number = 0;
    const endless = await made({ search: () => ({ needs: [`nl/c${(number += 1)}.bin`] }), answer: (name) => ours(name) });
    same((await endless.ask("a")).error.code, "format", "endless");
    holds(endless.fetched.length < 20, `${endless.fetched.length} files`);
    for (const name of ["https://elders.example/a.bin", "//elders.example/a.bin", "../a.bin", "/a.bin", "nl/../../a.bin", "a.html"]) {
      const { ask, fetched } = await made({ search: () => ({ needs: [name] }), answer: () => ours("") });
      same((await ask("a")).error.code, "format", name);
      same(fetched, [], `fetched for ${name}`);
    }
  });

  await check("of queries that come together only the last is computed, and an older one is not answered", async () => {
    const asked = [];
    const { tell, out } = await made({ search: ({ request }) => (asked.push(request.query), found(1)), answer: () => null });
    // Each message is a task of its own, as in a browser.
    for (const [place, query] of ["o", "ov", "ove"].entries()) setTimeout(() => tell({ id: 101 + place, request: { query } }));
    await pause(30);
    same(asked, ["ove"], "computed");
    same(out.filter(({ id }) => id > 100).map(({ id }) => id), [103], "answered");
    tell({ id: 104, request: { query: "over" } });
    tell({ drop: 104 });
    await pause(30);
    same(out.filter(({ id }) => id === 104), [], "answered after it was dropped");
  });

  await check("an index or a reader that does not fit is said at once", async () => {
    same((await made({ open: () => ({ error: { code: "format", text: "version 9" } }), answer: () => null })).opened.failed.code, "format", "another version");
    same((await made({ open: () => ({ error: { code: "analyser", text: "" } }), answer: () => null })).opened.failed.code, "analyser", "other words");
    same((await made({ open: () => { throw new Error("unreachable"); }, answer: () => null })).opened.failed.code, "crash", "a trap");
    same((await made({ manifest: Buffer.from("<html>"), answer: () => null })).opened.failed.code, "file", "no manifest");
    same((await made({ compile: () => { throw new Error("blocked by policy"); }, answer: () => null })).opened.failed.code, "unsupported", "no WebAssembly");
  });

  await check("the client: later queries supersede, failures can be mended, and your own fetch is used", async () => {
    const { openSearch, SearchError } = await import(CLIENT);
    const workers = [];
    const kept = { Worker: globalThis.Worker, fetch: globalThis.fetch };
    globalThis.Worker = class extends EventTarget {
      sent = [];
      constructor(url) {
        super();
        workers.push(Object.assign(this, { url }));
      }
      postMessage(data) {
        this.sent.push(data);
        if (data.open) setTimeout(() => this.onmessage({ data: { opened: true } }));
      }
      terminate() { this.ended = true; }
    };
    let status = 503;
    const fetched = [];
    const own = async (url) => (fetched.push(String(url)), new Response("PRKT", { status }));
    try {
      const search = openSearch({ manifest: `${BASE}nl-1.bin`, reader: `${BASE}reader-1.bin`, worker: `${BASE}worker-1.js`, fetch: own });
      same(fetched.length + workers.length, 0, "fetched before it is asked");
      const failed = await search.search("a").catch((error) => error);
      holds(failed instanceof SearchError && failed.code === "network", `${failed.name} ${failed.code}`);
      holds(workers[0].ended, "the worker of a failed start goes on");
      status = 200;
      const first = search.search("a").catch((error) => error.name);
      const second = search.search("b", { limit: 3 });
      same(await first, "AbortError", "the first");
      while (!workers[1].sent.some(({ request }) => request)) await pause(1);
      const [{ id, request }] = workers[1].sent.filter((one) => one.request);
      same([request.query, request.limit, request.offset, request.typing], ["b", 3, 0, false], "the request");
      workers[1].onmessage({ data: { ask: 7, name: "nl-1/c1.bin", fresh: true } });
      await pause(5);
      same([fetched.at(-1), workers[1].sent.at(-1).file], [`${BASE}nl-1/c1.bin`, 7], "a file for the worker");
      workers[1].onmessage({ data: { id, found: { total: 4 } } });
      same((await second).total, 4, "found");
      const third = search.search("c").catch((error) => error.code);
      await pause(5);
      workers[1].dispatchEvent(new Event("error"));
      same(await third, "crash", "when the worker ends");
      const stop = new AbortController();
      const fourth = search.search("d", { signal: stop.signal }).catch((error) => error.name);
      stop.abort();
      same(await fourth, "AbortError", "a query that is called off");
      same(await search.search(7).catch((error) => error.code), "query", "no text");
      globalThis.Worker = undefined;
      delete globalThis.Worker;
      const poor = openSearch({ manifest: `${BASE}nl-1.bin`, reader: `${BASE}reader-1.bin`, worker: `${BASE}worker-1.js`, fetch: own });
      same(await poor.ready().catch((error) => error.code), "unsupported", "an old browser");
    } finally {
      Object.assign(globalThis, kept);
      if (!kept.Worker) delete globalThis.Worker;
    }
  });
};

const found = (total) => ({ found: { total, rows: [] } });

// A worker with a reader of plain functions. `answer(name, {times})` is what the network gives: bytes, a status, or `null`
// for nothing.
const made = async ({ open = () => ({ ok: true }), search, give = () => ({ ok: true }), answer, compile = () => ({}), manifest = gzipSync(ours("nl")) }) => {
  const out = [];
  const fetched = [];
  const instances = [];
  const handed = new Map();
  const state = { given: null };
  class Instance {
    constructor() {
      const memory = { buffer: new ArrayBuffer(65_536) };
      const given = new Set();
      const me = { first: null, asked: false };
      instances.push(me);
      let length = 0;
      const text = (from, size) => Buffer.from(memory.buffer, from, size).toString();
      const write = (value) => {
        const bytes = Buffer.from(JSON.stringify(value));
        Buffer.from(memory.buffer).set(bytes, 32_768);
        return (length = bytes.length);
      };
      this.exports = {
        memory,
        reserve: () => 1024,
        output: () => 32_768,
        open: () => write(open()),
        give: (size) => {
          const name = text(1024, size);
          handed.set(name, (handed.get(name) ?? 0) + 1);
          const told = give({ name, handed: handed.get(name) });
          if (told.ok) given.add(name);
          if (!me.asked) me.first ??= name;
          return write(told);
        },
        search: (size) => {
          me.asked = true;
          state.given = given;
          return write(search({ given, request: JSON.parse(text(1024, size)) }));
        },
      };
    }
  }
  const waiting = new Map();
  const self = {};
  const times = new Map();
  const world = {
    self,
    WebAssembly: { compile: async () => compile(), Instance },
    postMessage: (data) => {
      out.push(data);
      waiting.get(data.id ?? 0)?.(data);
    },
    fetch: async (url, { cache }) => {
      const name = String(url).slice(BASE.length);
      fetched.push({ name, cache });
      times.set(name, (times.get(name) ?? 0) + 1);
      const sent = await answer(name, { times: times.get(name) });
      if (sent === null) throw new TypeError("no network");
      return typeof sent === "number" ? new Response("", { status: sent }) : new Response(sent);
    },
  };
  // The worker imports nothing, so it can be run with a world of its own.
  new Function(...Object.keys(world), await readFile(WORKER, "utf8"))(...Object.values(world));
  const heard = (id) => new Promise((done) => waiting.set(id, done));
  const tell = (data) => self.onmessage({ data });
  const beginning = heard(0);
  tell({ open: { reader: buffer(gzipSync(CODE)), manifest: buffer(manifest), base: BASE, name: "nl-1.bin" } });
  const opened = await beginning;
  let id = 0;
  const ask = (query) => {
    id += 1;
    const hearing = heard(id);
    tell({ id, request: { query } });
    return hearing;
  };
  return { ask, tell, out, fetched, instances, opened };
};
