// Debian's Chromium without a window, and a plain server on this machine for what it opens.

import { readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";
import { ARGUMENTS } from "../browser/arguments.mjs";

export const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript",
  ".json": "application/json",
  ".css": "text/css",
  ".wasm": "application/wasm",
};

export const browser = (more = []) =>
  chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: [...ARGUMENTS, ...more] });

const EMPTY = '<!doctype html><html lang="nl"><title>Leeg</title><body></body></html>';

export const read = (folder, path) => {
  const file = join(folder, normalize(decodeURIComponent(path)));
  if (path === "/") return { body: Buffer.from(EMPTY), type: TYPES[".html"] };
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) return null;
  return { body: readFileSync(file), type: TYPES[extname(file)] ?? "application/octet-stream" };
};

// Serves a folder; `/` is an empty page.
export const serve = (folder) =>
  new Promise((done) => {
    const server = createServer((request, response) => {
      const found = read(folder, new URL(request.url, "http://localhost").pathname);
      response.writeHead(found ? 200 : 404, found ? { "content-type": found.type } : {});
      response.end(found?.body);
    });
    server.listen(0, "127.0.0.1", () =>
      done({
        origin: `http://127.0.0.1:${server.address().port}`,
        close: () => new Promise((closed) => (server.closeAllConnections(), server.close(closed))),
      }),
    );
  });
