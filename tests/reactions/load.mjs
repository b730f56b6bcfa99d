// How many requests a second the endpoint answers, on SQLite and on PostgreSQL, beside Isso, which is the smallest of its kind:
// reading a thread of twenty reactions, and posting one more. In: the program. Out: a table in Markdown.
//
// Every request has a connection of its own, as our proxies ask, and as gunicorn serves Isso. Nobody's limits are in the way:
// Isso's guard is off, and our members are so many that none reaches theirs. A post of ours checks a login, a token and a
// quota, and is on the disk when it is answered; one of Isso is anonymous, with moderation off.
import { execFileSync } from "node:child_process";
import { createHmac } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";

import { ask, port, quantile, until } from "./asking.mjs";
import * as people from "./members.mjs";
import { PRAKTIJK, endpoint, folder, place, start, stop } from "./place.mjs";

const CLIENTS = [1, 16, 64];
const READ = "vragen/een";
const WRITE = "vragen/twee";

export async function run({ full, report, databases }) {
    const [rounds, seconds] = full ? [5, 5] : [3, 3];
    const all = [];
    for (const database of databases) all.push(await ours(database));
    all.push(await isso());
    const found = new Map();
    let busy = 0;
    for (let round = 0; round < rounds; round += 1) {
        for (const one of all) {
            for (const [what, request] of Object.entries(one.does)) {
                for (const clients of CLIENTS) {
                    const key = `${one.name} | ${what} | ${clients}`;
                    const measured = await measure(request, clients, seconds);
                    busy = Math.max(busy, measured.busy);
                    found.set(key, [...(found.get(key) ?? []), measured]);
                }
            }
        }
    }
    const most = await ceiling(seconds);
    for (const one of all) await one.end();
    const median = (values) => quantile(values, 0.5);
    console.log(`\nMade by \`tests/reactions/run load\` with ${PRAKTIJK.includes("release") ? "a release build" : "the program of the profile dev"} on ${os.cpus().length} cores, medians of ${rounds} rounds of ${seconds} s.`);
    console.log(`The generator (Node, ${Math.round(busy * 100)} % of a core at most) gets ${most} small files a second from nginx in the same way.\n`);
    console.log("| endpoint | request | at once | a second | median | 99 % below | not answered |\n|---|---|---:|---:|---:|---:|---:|");
    for (const [key, rows] of found) {
        const value = (name, digits = 0) => median(rows.map((row) => row[name])).toFixed(digits);
        console.log(`| ${key} | ${value("rate")} | ${value("half", 1)} ms | ${value("slow", 1)} ms | ${rows.reduce((sum, row) => sum + row.failed, 0)} |`);
    }
    report(`${found.size} rows of ${rounds} rounds`);
}

// So many clients ask without a pause.
async function measure(request, clients, seconds) {
    const times = [];
    let failed = 0;
    const end = performance.now() + seconds * 1000;
    const cpu = process.cpuUsage();
    const began = performance.now();
    const work = async () => {
        while (performance.now() < end) {
            try {
                const said = await request();
                if (said.status >= 300) throw new Error(`${said.status} ${said.body}`);
                times.push(said.ms);
            } catch (error) {
                failed += 1;
                if (failed === 1 && process.env.WHY) console.error(String(error).slice(0, 500));
            }
        }
    };
    await Promise.all(Array.from({ length: clients }, work));
    const took = (performance.now() - began) / 1000;
    const used = process.cpuUsage(cpu);
    return {
        rate: times.length / took, half: quantile(times, 0.5) ?? NaN, slow: quantile(times, 0.99) ?? NaN, failed,
        busy: (used.user + used.system) / 1e6 / took,
    };
}

// The endpoint, with a thread of twenty reactions.
async function ours(database) {
    const where = place({ name: "load", database, members: 4000 });
    const one = await endpoint(where);
    // The tokens of forms follow from the key of the endpoint and the login, so that nobody need fetch thousands.
    const key = Buffer.from(fs.readFileSync(path.join(where.at, "sleutel"), "utf8").trim(), "base64url");
    const token = (session) => {
        const mac = createHmac("sha256", key).update("Form");
        for (const part of ["sessie", session]) {
            const length = Buffer.alloc(8);
            length.writeBigUInt64BE(BigInt(part.length));
            mac.update(length).update(part);
        }
        return mac.digest("base64url");
    };
    for (const member of where.town.members) member.form = token(member.session);
    const next = people.turns(where.town.members);
    for (let number = 0; number < 20; number += 1) {
        const said = await people.post(one.to, next(), { page: READ });
        if (said.status !== 201) throw new Error(`${said.status} ${said.body}`);
    }
    const page = encodeURIComponent(READ);
    return {
        name: database === "sqlite" ? "Praktijk, SQLite" : "Praktijk, PostgreSQL",
        does: {
            "read as data": () => ask(one.to, { path: `/reacties/draad.json?pagina=${page}` }),
            "read as a page": () => ask(one.to, { path: `/reacties/pagina?id=${page}` }),
            post: () => people.post(one.to, next(), { page: WRITE }),
        },
        end: () => stop(one),
    };
}

// Isso with gunicorn, as its documentation advises.
async function isso() {
    const at = folder("isso");
    const to = { port: await port() };
    execFileSync("python3", ["-m", "venv", path.join(at, "python")]);
    const pip = ["install", "--quiet", "--disable-pip-version-check", "isso==0.14.0", "gunicorn==23.0.0", "setuptools<81"];
    execFileSync(path.join(at, "python/bin/pip"), pip, { stdio: "inherit" });
    fs.writeFileSync(path.join(at, "isso.cfg"), `[general]\ndbpath = ${at}/comments.db\nhost = http://proef.example/\n
[moderation]\nenabled = false\n[guard]\nenabled = false\n[server]\nlisten = http://127.0.0.1:${to.port}\n`);
    const words = ["-b", `127.0.0.1:${to.port}`, "-w", "4", "--preload", "--log-level", "warning", "isso.run"];
    const child = start(path.join(at, "python/bin/gunicorn"), words, { env: { ...process.env, ISSO_SETTINGS: path.join(at, "isso.cfg") } });
    const headers = { "Content-Type": "application/json", Origin: "http://proef.example" };
    const post = (page) => ask(to, {
        method: "POST", path: `/new?uri=%2F${encodeURIComponent(page)}%2F`, headers,
        body: JSON.stringify({ author: "Deelnemer", text: people.text(people.once()), title: "Pagina", parent: null }),
    });
    await until("Isso began", () => {
        if (child.exitCode !== null) throw new Error(child.said);
        return ask(to, { path: "/info" }).then((said) => said.status === 200, () => false);
    }, 30000);
    for (let number = 0; number < 20; number += 1) {
        const said = await post(READ);
        if (said.status !== 201) throw new Error(`Isso: ${said.status} ${said.body} ${child.said}`);
    }
    return {
        name: "Isso 0.14.0, SQLite",
        does: { "read as data": () => ask(to, { path: `/?uri=%2F${encodeURIComponent(READ)}%2F` }), post: () => post(WRITE) },
        end: () => {
            child.kill("SIGTERM");
            return child.gone;
        },
    };
}

// What the generator can do: nginx with a small file.
async function ceiling(seconds) {
    const at = folder("nginx");
    const to = { port: await port() };
    fs.writeFileSync(path.join(at, "index.html"), "x".repeat(2000));
    fs.writeFileSync(path.join(at, "nginx.conf"), `${process.getuid() === 0 ? "user root;" : ""} daemon off; pid ${at}/pid; error_log ${at}/errors;
        events {} http { access_log off; client_body_temp_path ${at}/a; proxy_temp_path ${at}/b; fastcgi_temp_path ${at}/c; uwsgi_temp_path ${at}/d; scgi_temp_path ${at}/e;
        server { listen 127.0.0.1:${to.port}; root ${at}; } }`);
    const child = start("nginx", ["-p", at, "-c", path.join(at, "nginx.conf"), "-e", path.join(at, "errors")]);
    await until("nginx began", () => ask(to, { path: "/" }).then((said) => said.status === 200, () => false));
    const { rate } = await measure(() => ask(to, { path: "/" }), 16, seconds);
    child.kill("SIGTERM");
    return Math.round(rate);
}
