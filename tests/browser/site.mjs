// A copy of the demo platform, built once and served as a plain web server would, under the strictest policy there is.
// Beside it stands another host, where the quick exit leads to: it notes who asked, and is silent when told so.

import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
// What a site may consist of; a folder that the demo does not have is not copied.
const PARTS = ["zola.toml", "content", "themes", "templates", "static", "sass", "data", "i18n", "kinds"];
// A site often stands in a folder of its host. An address that forgets the folder is found by these checks.
const PLACE = "/samen/";
const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");
const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".mjs": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".xml": "application/xml",
  ".ics": "text/calendar; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".woff2": "font/woff2",
  ".wasm": "application/wasm",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".pdf": "application/pdf",
};

export const copied = async () => {
  const folder = await mkdtemp(join(tmpdir(), "praktijk-browser-"));
  for (const part of PARTS) {
    const from = join(REPOSITORY, part);
    if (existsSync(from)) await cp(from, join(folder, part), { recursive: true });
  }
  return folder;
};

// Also for a browser that runs more checks at once: whatever was asked meanwhile is in `requests`.
const elsewhere = async () => {
  const requests = [];
  const waiting = new Set();
  let silent = false;
  const server = createServer((request, answer) => {
    requests.push({ path: request.url, referer: request.headers.referer ?? "", cookie: request.headers.cookie ?? "" });
    if (silent) {
      waiting.add(answer);
      return;
    }
    answer.writeHead(200, { "content-type": "text/html; charset=utf-8" });
    answer.end("<!doctype html><html lang=nl><title>Het weer</title><h1>Het weer</h1>");
  });
  const port = await listening(server);
  return {
    address: `http://127.0.0.1:${port}/`,
    requests,
    hush: (yes) => {
      silent = yes;
      if (!yes) for (const answer of waiting) answer.destroy();
    },
    stop: () => stopped(server),
  };
};

/** `reactions`: the lines of a file of reactions to bake, besides what the demo itself says. */
export const built = async ({ reactions } = {}) => {
  const other = await elsewhere();
  const folder = await copied();
  const settings = join(folder, "zola.toml");
  const before = await readFile(settings, "utf8");
  if (!/^snel_weg = /m.test(before)) throw new Error("zola.toml names no target for the quick exit");
  await writeFile(settings, searchable(before.replace(/^snel_weg = .*$/m, `snel_weg = "${other.address}"`)));
  if (reactions) await withReactions(folder, settings, reactions);
  const output = join(folder, "public");
  const asked = [];
  let meddling = null;
  let program = null;
  const server = createServer((request, answer) => {
    asked.push({ path: request.url, range: request.headers.range });
    const below = new URL(request.url, "http://localhost").pathname.slice(PLACE.length);
    Promise.resolve(program?.(request, answer, below))
      .then((done) => done || reply(request, answer, output, meddling))
      .catch(() => answer.destroy());
  });
  const port = await listening(server);
  const address = `http://127.0.0.1:${port}${PLACE}`;
  const stop = async () => {
    await other.stop();
    await stopped(server);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await build(folder, address, output);
  } catch (error) {
    await stop();
    throw error;
  }
  const file = (path) => readFile(join(output, path), "utf8");
  // Lets the server do something else: `rule({name, status, headers, bytes})` changes what it is about to send.
  const meddle = async (rule, body) => {
    meddling = rule;
    try {
      await body();
    } finally {
      meddling = null;
    }
  };
  // Lets a program answer before the files do: `(request, answer, path below the site)` says whether it did.
  const run = (one) => (program = one);
  return { address, elsewhere: other, file, output, asked, meddle, run, sitemap: () => sitemap(file), stop };
};

const withReactions = async (folder, settings, lines) => {
  await writeFile(join(folder, "reacties.ndjson"), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  const before = await readFile(settings, "utf8");
  const table = "[extra.praktijk.reactions]\n";
  if (!before.includes(table)) throw new Error("zola.toml has no table of reactions");
  await writeFile(settings, before.replace(table, `${table}source = "reacties.ndjson"\n`));
};

// The settings of the demo, with the index of the search asked for.
const searchable = (settings) => {
  const on = settings.replace(/^build_search_index = .*$/m, "build_search_index = true");
  return /^index_format = "praktijk"/m.test(on) ? on : on.replace(/^\[markdown\]$/m, '[search]\nindex_format = "praktijk"\n\n[markdown]');
};

// Every page of the sitemap, also when it is split over several files.
const sitemap = async (file) => {
  const places = (text) => [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map((found) => found[1].replaceAll("&amp;", "&"));
  const first = await file("sitemap.xml");
  if (!first.includes("<sitemapindex")) return places(first);
  const names = places(first).map((place) => new URL(place).pathname.slice(PLACE.length));
  return (await Promise.all(names.map(file))).flatMap(places);
};

const build = (folder, address, output) =>
  new Promise((resolve, reject) => {
    const words = ["build", "--base-url", address, "--output-dir", output];
    const program = spawn(process.env.PRAKTIJK, words, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    for (const stream of [program.stdout, program.stderr]) stream.setEncoding("utf8").on("data", (more) => (text += more));
    program.once("error", reject);
    program.once("exit", (code) => (code === 0 ? resolve() : reject(new Error(`praktijk build ended with ${code}:\n${text}`))));
  });

const reply = async (request, answer, output, meddling) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  const inside = path.startsWith(PLACE) ? normalize(path.slice(PLACE.length - 1)) : null;
  let place = inside === null ? null : join(output, inside);
  if (place !== null && (await stat(place).catch(() => null))?.isDirectory()) place = join(place, "index.html");
  const found = place !== null && existsSync(place);
  // A host asks for this by itself when a page names no icon; every page of the platform does.
  const shown = found ? place : join(output, "404.html");
  const sent = {
    name: inside?.slice(1) ?? "",
    status: found ? 200 : 404,
    headers: { "content-type": TYPES[extname(shown)] ?? "application/octet-stream", "content-security-policy": POLICY },
    bytes: await readFile(shown),
  };
  // Names in this folder have a hash of their content, so a browser may keep them for ever.
  if (found && sent.name.startsWith("zoekindex/")) sent.headers["cache-control"] = "public, max-age=31536000, immutable";
  await meddling?.(sent);
  answer.writeHead(sent.status, sent.headers);
  answer.end(request.method === "HEAD" ? undefined : sent.bytes);
};

const listening = (server) =>
  new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => resolve(server.address().port));
  });

const stopped = (server) =>
  new Promise((done) => {
    server.close(done);
    server.closeAllConnections();
  });
