// A copy of the demo platform, served by `praktijk serve` on a free port. The repository itself is never edited.

import { spawn } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { copied } from "./site.mjs";

/** `words`: more for the command line. */
export const serve = async (words = []) => {
  const folder = await copied();
  const port = await freePort();
  const address = `http://127.0.0.1:${port}/`;
  const server = spawn(process.env.PRAKTIJK, ["serve", "--port", String(port), ...words], {
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
    folder,
    stop,
    read: (path) => readFile(join(folder, path), "utf8"),
    remove: (path) => rm(join(folder, path)),
    write: (path, text) => writeFile(join(folder, path), text),
  };
};

export const freePort = () =>
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
