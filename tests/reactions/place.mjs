// Where a trial happens: a folder with the built site and settings of its own, a database with members in it, and the
// endpoint as a process. In: what is special about the trial. Out: somebody to ask, to stop and to look into.
import { execFileSync, spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

import { ask, port, until } from "./asking.mjs";
import * as people from "./members.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
export const PRAKTIJK = process.env.PRAKTIJK;
const running = new Set();
const folders = new Set();

// A folder that is gone when the trials are over.
export function folder(name) {
    const made = fs.mkdtempSync(path.join(os.tmpdir(), `proef-${name}-`));
    folders.add(made);
    return made;
}

// Ends what is still running, and takes the folders away.
export function over() {
    for (const child of running) child.kill("SIGKILL");
    for (const made of folders) fs.rmSync(made, { recursive: true, force: true });
}

// Starts a program that ends with the trials.
export function start(program, words, options = {}) {
    const child = spawn(program, words, { stdio: ["ignore", "pipe", "pipe"], ...options });
    running.add(child);
    child.said = "";
    const hear = (part) => {
        child.said = (child.said + part).slice(-200000);
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", hear);
    child.gone = new Promise((resolve) => child.on("exit", (code, signal) => {
        running.delete(child);
        resolve(signal ?? code);
    }));
    child.on("error", (error) => hear(String(error)));
    return child;
}

let built;

// The site, built once.
function site() {
    if (!built) {
        built = folder("site");
        fs.cpSync(path.join(HERE, "site"), built, { recursive: true });
        execFileSync(PRAKTIJK, ["--root", built, "build"], { stdio: ["ignore", "ignore", "inherit"] });
    }
    return built;
}

// PostgreSQL, when there is one: the address of its server.
const SERVER = process.env.PRAKTIJK_POSTGRES;

// A database on it with nothing in it.
function postgres() {
    if (!SERVER) throw new Error("PRAKTIJK_POSTGRES does not say where PostgreSQL is");
    const name = `proef_${people.id().toLowerCase()}`;
    execFileSync(process.env.PSQL ?? "psql", ["-q", "-d", SERVER, "-c", `CREATE DATABASE ${name}`]);
    return SERVER.replace(/\/[^/?]*(\?|$)/, `/${name}$1`);
}

// A place. `members`: how many; `settings`: more lines for the table; `at`: the folder of the endpoint; `mail`: where mails go.
export function place({ name, database = "sqlite", members = 10, settings = "", at, mail, followed = [] }) {
    const root = folder(name);
    fs.cpSync(path.join(site(), "public"), path.join(root, "public"), { recursive: true });
    const written = fs.readFileSync(path.join(HERE, "site/zola.toml"), "utf8");
    fs.writeFileSync(path.join(root, "zola.toml"), `${written}${at ? `folder = ${JSON.stringify(at)}\n` : ""}${settings}\n`);
    const environment = { PATH: process.env.PATH, REACTIES_TOKEN: "token-van-de-proef" };
    if (database === "postgres") environment.DATABASE_URL = postgres();
    if (mail) environment.SMTP_URL = `smtp://127.0.0.1:${mail}`;
    const made = { root, environment, at: at ?? path.join(root, ".praktijk/reacties"), database };
    made.town = people.town(members, followed);
    // As the first line of a copy is: `tool(made, "export", …)` would say it of a database that is there already.
    replace(made, people.copy(JSON.stringify({ praktijk: "reacties-alles", versie: 1 }), made.town));
    return made;
}

// `praktijk reactions …` in a place.
export function tool(place, ...words) {
    const options = { env: place.environment, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], maxBuffer: 1 << 30 };
    return execFileSync(PRAKTIJK, ["--root", place.root, "reactions", ...words], options);
}

// All rows of a place, as [table, cells].
export function rows(place) {
    const file = path.join(folder("rijen"), "alles");
    tool(place, "export", file);
    const lines = fs.readFileSync(file, "utf8").trimEnd().split("\n");
    return { head: lines[0], rows: lines.slice(1, -1).map((line) => JSON.parse(line)) };
}

// Changes everything in a place by way of a copy, while no endpoint runs.
export function move(place, change) {
    const { head, rows: all } = rows(place);
    replace(place, change(all, head));
}

function replace(place, copy) {
    const file = path.join(folder("kopie"), "alles");
    fs.writeFileSync(file, copy);
    tool(place, "restore", "--replace", file);
}

// The reactions of a place, as objects.
export function reactions(place) {
    const names = "id page parent account kind title text state holds reason chosen notice expires once created edited decided".split(" ");
    const found = rows(place).rows.filter(([table]) => table === "reactions");
    return found.map(([, cells]) => Object.fromEntries(names.map((name, at) => [name, cells[at]])));
}

// Starts the endpoint of a place. `socket`: at a Unix socket, with this name.
export async function endpoint(place, { socket, threads } = {}) {
    const to = socket ? { path: path.join(place.root, `${socket}.sock`) } : { port: await port() };
    const listen = socket ? `unix:${to.path}` : `127.0.0.1:${to.port}`;
    const words = ["--root", place.root, "reactions", "--listen", listen];
    if (threads) words.push("--threads", String(threads));
    const child = start(PRAKTIJK, words, { env: place.environment });
    const one = { place, to, listen, child, pid: child.pid };
    await until("the endpoint began", () => {
        if (child.exitCode !== null) throw new Error(`the endpoint ended: ${child.said}`);
        return child.said.includes("listens at");
    }, 30000);
    return one;
}

// Ends it as systemd does, and waits for it.
export async function stop(one) {
    one.child.kill("SIGINT");
    return one.child.gone;
}

// Ends it as a power cut does.
export async function kill(one) {
    one.child.kill("SIGKILL");
    return one.child.gone;
}

// What the system says of a process: memory in kB, and threads.
export function about(pid) {
    const status = fs.readFileSync(`/proc/${pid}/status`, "utf8");
    const number = (name) => Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(status)?.[1]);
    return { memory: number("VmRSS"), threads: number("Threads") };
}

// The counters of an endpoint: answers by route, and everything else by name.
export async function meters(to) {
    const said = await ask(to, { path: "/reacties/meters", headers: { Authorization: "Bearer token-van-de-proef" } });
    if (said.status !== 200) throw new Error(`no counters: ${said.status}`);
    const answers = {};
    for (const [, route, number] of said.body.matchAll(/antwoorden_total\{route="([^"]*)",status="\d+"\} (\d+)/g)) {
        answers[route] = (answers[route] ?? 0) + Number(number);
    }
    const value = (name) => Number(new RegExp(`^praktijk_reacties_${name} (\\d+)`, "m").exec(said.body)?.[1] ?? 0);
    return { answers, value };
}
