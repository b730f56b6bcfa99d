// A copy of the demo platform, served by `praktijk serve` on a free port. The repository itself is never edited.

import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const REPOSITORY = fileURLToPath(new URL("../..", import.meta.url));
// What a site may consist of; a folder that the demo does not have is not copied.
const PARTS = ["zola.toml", "content", "themes", "templates", "static", "sass", "data"];

export const serve = async () => {
  const folder = await mkdtemp(join(tmpdir(), "praktijk-browser-"));
  for (const part of PARTS) {
    const from = join(REPOSITORY, part);
    if (existsSync(from)) await cp(from, join(folder, part), { recursive: true });
  }
  const port = await freePort();
  const address = `http://127.0.0.1:${port}/`;
  const server = spawn(process.env.PRAKTIJK, ["serve", "--port", String(port)], {
    cwd: folder,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const ended = new Promise((resolve) => {
    server.once("exit", resolve);
    server.once("error", resolve);
  });
  const stop = async () => {
    server.kill("SIGINT");
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await said(server, address);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    address,
    stop,
    read: (path) => readFile(join(folder, path), "utf8"),
    remove: (path) => rm(join(folder, path)),
    write: (path, text) => writeFile(join(folder, path), text),
    sitemap: async () => {
      const text = await (await fetch(new URL("sitemap.xml", address))).text();
      return [...text.matchAll(/<loc>([^<]+)<\/loc>/g)].map((found) => found[1]);
    },
  };
};

const freePort = () =>
  new Promise((resolve, reject) => {
    const door = createServer();
    door.once("error", reject);
    door.listen(0, "127.0.0.1", () => {
      const { port } = door.address();
      door.close(() => resolve(port));
    });
  });

// Waits until the server says that it serves at this address.
const said = (server, address) =>
  new Promise((resolve, reject) => {
    let text = "";
    server.stderr.setEncoding("utf8");
    // The address may be said without the slash at its end.
    const expected = address.replace(/\/$/, "");
    const late = setTimeout(() => reject(new Error(`praktijk serve is not ready after a minute:\n${text}`)), 60_000);
    server.stderr.on("data", (more) => {
      text += more;
      if (!text.includes(expected)) return;
      clearTimeout(late);
      resolve();
    });
    server.once("error", reject);
    server.once("exit", () => reject(new Error(`praktijk serve ended:\n${text}`)));
  });
