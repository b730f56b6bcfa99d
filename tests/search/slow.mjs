// A server for measuring: HTTP/2 over TLS with a certificate made for the run, every response held back for a while, and a
// log of what was asked. Scripts and pages are packed with gzip, as most hosts do; other files are sent as they are.
// Everything may be kept for good, except Pagefind's `pagefind-entry.json`, whose name has no hash in it.

import { execFileSync } from "node:child_process";
import { createHash, X509Certificate } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { read } from "./browser.mjs";
import { MADE } from "./site.mjs";

const PACKED = /^(text\/|application\/(json|javascript))/;

const certificate = () => {
  mkdirSync(MADE, { recursive: true });
  const [key, cert] = [join(MADE, "key.pem"), join(MADE, "cert.pem")];
  const subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  execFileSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-keyout", key, "-out", cert, ...subject], { stdio: "ignore" });
  return { key: readFileSync(key), cert: readFileSync(cert) };
};

// What Chromium is told, so that it trusts this certificate as any other and keeps what it loads.
const fingerprint = ({ cert }) => {
  const key = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(key).digest("base64");
};

// Gives `{ origin, trust, log, close }`; `log` is a list of `{ path, bytes, start, end }`, times in milliseconds.
export const slow = (folder, delay) => {
  const identity = certificate();
  const log = [];
  const packed = new Map();
  const body = (path, found, accepts) => {
    if (!found || !PACKED.test(found.type) || !/gzip/.test(accepts ?? "")) return { body: found?.body, headers: {} };
    if (!packed.has(path)) packed.set(path, gzipSync(found.body, { level: 9 }));
    return { body: packed.get(path), headers: { "content-encoding": "gzip" } };
  };
  const answer = (request, response) => {
    const start = performance.now();
    const { pathname } = new URL(request.url, "https://localhost");
    const found = read(folder, pathname);
    const sent = body(pathname, found, request.headers["accept-encoding"]);
    const keep = pathname.endsWith("pagefind-entry.json") ? "no-cache" : "public, max-age=31536000, immutable";
    setTimeout(() => {
      response.writeHead(found ? 200 : 404, { ...sent.headers, "content-type": found?.type ?? "text/plain", "cache-control": keep });
      response.end(sent.body);
      log.push({ path: pathname, bytes: sent.body?.length ?? 0, start, end: performance.now() });
    }, delay);
  };
  return new Promise((done) => {
    const server = createSecureServer({ ...identity, allowHTTP1: true }, answer);
    const sessions = new Set();
    server.on("session", (session) => sessions.add(session));
    server.listen(0, "127.0.0.1", () =>
      done({
        origin: `https://localhost:${server.address().port}`,
        trust: `--ignore-certificate-errors-spki-list=${fingerprint(identity)}`,
        log,
        close: () => new Promise((closed) => (sessions.forEach((session) => session.destroy()), server.close(closed))),
      }),
    );
  });
};

// How many times somebody had to wait for an answer before the next question could be asked.
export const waves = (requests) => {
  let [count, answered] = [0, -Infinity];
  for (const { start, end } of [...requests].sort((a, b) => a.start - b.start)) {
    if (count === 0 || start >= answered) {
      count += 1;
      answered = end;
    } else answered = Math.min(answered, end);
  }
  return count;
};
