// Search in a page. Any theme can use this; it draws nothing and stores nothing.
//
//   import { openSearch } from "/zoekindex/client-….js";
//   const search = openSearch({ manifest, reader, worker });       // addresses, from `search_index()` in a template
//   const { total, rows } = await search.search("wijkteam", { limit: 10 });
//
// openSearch({ manifest, reader, worker, fetch, early }) → search; fetches nothing yet.
//   fetch   your own, to be used for every file of the index
//   early   what was begun before this module was here, to save a round trip:
//           { manifest, reader } promises of a Response, { worker } a Worker, { broken } a promise that resolves if it fails
// search.ready()                 fetches and starts what every query needs; optional, and may be called again after an error
// search.search(query, options)  → found. Options: limit 10, offset 0, facets {name: [value]}, counts false (of facets),
//                                typing false (true while somebody types: the last word is also a beginning), explain false,
//                                signal (an AbortSignal). A later query supersedes an earlier one, whose promise then
//                                rejects with an AbortError.
// search.close()                 stops the worker; the object can be used again
//
// Found: { query, total, partial, rows, facets, suggestions, synonyms }; README.md says what is in them.
// Errors are a SearchError with `code`:
//   network      a file did not come, twice
//   file         a file is gone or damaged, twice: the site was probably published anew, so reload the page
//   format       the index is of another version than the reader
//   analyser     the index was made with other rules for words than the reader has
//   crash        the reader stopped, three times
//   unsupported  the browser has no workers, WebAssembly or unpacking, or a policy of the site forbids them
//   query        the query is no text

export class SearchError extends Error {
  constructor(code, text, file) {
    super(text);
    this.name = "SearchError";
    this.code = code;
    this.file = file;
  }
}

const NEEDED = ["Worker", "WebAssembly", "DecompressionStream"];

const aborted = () => new DOMException("Superseded by a later query", "AbortError");

const bytesOf = async (answer, url) => {
  if (answer.ok) return answer.arrayBuffer();
  const gone = answer.status === 404 || answer.status === 410;
  throw new SearchError(gone ? "file" : "network", `${url}: status ${answer.status}`, url);
};

export const openSearch = ({ manifest, reader, worker, fetch: own, early = {} }) => {
  const ask = own ?? ((...words) => globalThis.fetch(...words));
  let engine = null;
  let number = 0;
  const waiting = new Map();

  const settle = (id, how, what) => {
    const one = waiting.get(id);
    waiting.delete(id);
    one?.[how](what);
  };

  const settleAll = (error) => {
    for (const id of [...waiting.keys()]) settle(id, "reject", error);
  };

  // A file as bytes: what was asked early, otherwise or if that fails the network, which is tried twice.
  const fetched = async (url, begun) => {
    const tries = [() => ask(url), () => ask(url, { cache: "reload" })];
    if (begun) tries[0] = () => begun;
    let fault;
    for (const one of tries) {
      try {
        return await bytesOf(await one(), url);
      } catch (error) {
        fault = error instanceof SearchError ? error : new SearchError("network", `${url} did not come: ${error}`, url);
      }
    }
    throw fault;
  };

  const fetchFor = async (made, base, { ask: file, name, fresh }) => {
    try {
      const bytes = await bytesOf(await ask(new URL(name, base).href, { cache: fresh ? "reload" : "default" }), name);
      made.postMessage({ file, bytes }, [bytes]);
    } catch (error) {
      const { code = "network", message } = error;
      made.postMessage({ file, fault: { code: typeof code === "string" ? code : "network", text: message, file: name } });
    }
  };

  const start = async () => {
    for (const name of NEEDED) {
      if (!(name in globalThis)) throw new SearchError("unsupported", `This browser has no ${name}`);
    }
    const begun = early;
    early = {};
    const place = new URL(manifest, globalThis.document?.baseURI ?? globalThis.location?.href);
    const base = new URL(".", place).href;
    let made;
    try {
      made = begun.worker ?? new Worker(worker, { type: "module" });
    } catch (error) {
      throw new SearchError("unsupported", `The worker does not start: ${error}`);
    }
    const ended = new Promise((resolve) => {
      made.addEventListener("error", resolve);
      begun.broken?.then(resolve);
    });
    try {
      const [list, code] = await Promise.all([fetched(manifest, begun.manifest), fetched(reader, begun.reader)]);
      await new Promise((resolve, reject) => {
        made.onmessage = ({ data }) => {
          if (data.opened) resolve();
          else if (data.failed) reject(new SearchError(data.failed.code, data.failed.text, data.failed.file));
          else if (data.ask) fetchFor(made, base, data);
          else if (data.found) settle(data.id, "resolve", data.found);
          else if (data.error) settle(data.id, "reject", new SearchError(data.error.code, data.error.text, data.error.file));
        };
        ended.then(() => reject(new SearchError("unsupported", "The worker does not start")));
        const name = place.href.slice(base.length);
        made.postMessage({ open: { reader: code, manifest: list, base, name, ownFetch: Boolean(own) } }, [code, list]);
      });
    } catch (error) {
      made.terminate();
      throw error;
    }
    // A worker that ends later takes its queries along; the next query starts another.
    ended.then(() => {
      made.terminate();
      if (engine?.made === made) engine = null;
      settleAll(new SearchError("crash", "The worker stopped"));
    });
    return made;
  };

  const engineOf = () => {
    if (!engine) {
      const mine = { made: null };
      mine.begun = start().then(
        (made) => (mine.made = made),
        (error) => {
          if (engine === mine) engine = null;
          throw error;
        },
      );
      engine = mine;
    }
    return engine.begun;
  };

  const search = (query, { signal, ...options } = {}) => {
    settleAll(aborted());
    number += 1;
    const id = number;
    const request = { query, limit: 10, offset: 0, facets: {}, counts: false, typing: false, explain: false, ...options };
    return new Promise((resolve, reject) => {
      if (typeof query !== "string") throw new SearchError("query", "A query is a text");
      if (signal?.aborted) throw aborted();
      waiting.set(id, { resolve, reject });
      const drop = () => {
        settle(id, "reject", aborted());
        engine?.made?.postMessage({ drop: id });
      };
      signal?.addEventListener("abort", drop, { once: true });
      engineOf().then(
        (made) => waiting.has(id) && made.postMessage({ id, request }),
        (error) => settle(id, "reject", error),
      );
    });
  };

  const close = () => {
    settleAll(aborted());
    const last = engine;
    engine = null;
    last?.begun.then((made) => made.terminate(), () => {});
  };

  return { ready: () => engineOf().then(() => {}), search, close };
};
