// Two endpoints on one PostgreSQL, behind nginx with both as upstream, while members post; one of them is killed and comes
// back. Nothing is lost or kept twice, a login made at one holds at the other, and of two that send mails each mail goes once.
import { randomBytes } from "node:crypto";

import { ask, sleep, until } from "./asking.mjs";
import * as ledger from "./ledger.mjs";
import { mailbox } from "./mailbox.mjs";
import * as people from "./members.mjs";
import { endpoint, folder, kill, meters, move, place, reactions, stop, tool } from "./place.mjs";
import { nginx } from "./web.mjs";

const FOLLOWED = "vragen/twee";

export async function run({ full, report, databases }) {
    if (!databases.includes("postgres")) {
        report("left out: there is no PostgreSQL");
        return;
    }
    const post = await mailbox();
    const where = place({ name: "two", database: "postgres", members: full ? 3000 : 1200, mail: post.port, followed: [FOLLOWED] });
    // One key for both, in no file.
    where.environment.REACTIES_KEY = randomBytes(32).toString("base64url");
    let a = await endpoint(where, { socket: "a" });
    const b = await endpoint(where, { socket: "b" });
    const web = await nginx(where, [`unix:${a.to.path}`, `unix:${b.to.path}`]);
    await logged_in(where, a, b, report);
    const before = post.mails.length;
    const pages = ["vragen/een", FOLLOWED, "vragen/drie", "vragen/vier"];
    // Each from an address of its own, or nginx thinks that one of them asks too much.
    const from = (worker) => `127.0.3.${worker + 1}`;
    const going = ledger.post({ folder: folder("ledger"), members: where.town.members, where: () => web.to, workers: 10, pages, from });
    const seconds = full ? 60 : 8;
    await sleep(seconds * 400);
    const [at_a, at_b] = [await posted(a), await posted(b)];
    await kill(a);
    await sleep(seconds * 300);
    a = await endpoint(where, { socket: "a" });
    await sleep(seconds * 300);
    await going.stop();
    await Promise.all([stop(a), stop(b)]);
    // What the killed one had taken is due again after ten minutes: those are over now.
    const due = ([table, cells]) => [table, table === "mails" ? cells.map((cell, at) => (at === 6 ? 0 : cell)) : cells];
    move(where, (rows, head) => people.whole(head, rows.map((row) => JSON.stringify(due(row)))));
    const again = await endpoint(where, { socket: "a" });
    await until("every mail went", async () => (await ask(again.to, { path: "/reacties/gezond" })).body.includes("mails die wachten: 0"), 60000);
    await stop(again);
    web.child.kill("SIGTERM");
    post.close();
    const kept = reactions(where);
    const mails = ledger.mails(kept, FOLLOWED, post.mails.slice(before));
    const wrong = [...ledger.compare(going.told, going.told_of, kept), ...mails.wrong];
    // Only the one that was killed can have sent something without having noted it: at most what it was sending then.
    if (mails.doubled > 1) wrong.push(`${mails.doubled} mails went twice`);
    if (!tool(where, "verify").includes("is whole")) wrong.push("the database is damaged");
    if (wrong.length) throw new Error(wrong.slice(0, 20).join("\n"));
    const odd = [...going.told_of.odd].map(([status, number]) => `${number} × ${status}`).join(", ") || "none";
    report(`${going.told.size} posts acknowledged (${at_a} at one and ${at_b} at the other before one was killed), all there once; asked again after: ${odd}; ${mails.expected} mails, ${mails.doubled} twice with the same id`);
    if (at_a === 0 || at_b === 0 || going.told.size < 100) throw new Error("too little happened for a trial");
}

const posted = async (one) => (await meters(one.to)).answers.plaatsen ?? 0;

// Somebody chooses a password and logs in at one, and is known at the other.
async function logged_in(where, a, b, report) {
    const link = new URL(tool(where, "admin", "begin@proef.example").trim());
    const cookies = new Map();
    const browse = async (one, path, form) => {
        const headers = { Cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join("; "), "Sec-Fetch-Site": "same-origin", Accept: "text/html" };
        const body = form && new URLSearchParams(form).toString();
        if (form) headers["Content-Type"] = "application/x-www-form-urlencoded";
        const said = await ask(one.to, { method: form ? "POST" : "GET", path, headers, body });
        for (const line of (said.headers["set-cookie"] ?? "").split("\n").filter(Boolean)) {
            const [, name, value, age] = /^([^=]+)=([^;]*)(?:.*Max-Age=(\d+))?/.exec(line);
            if (age === "0") cookies.delete(name);
            else cookies.set(name, value);
        }
        return said;
    };
    const fields = (said) => Object.fromEntries([...said.body.matchAll(/<input[^>]*type="hidden"[^>]*>/g)].map(([input]) =>
        [/name="([^"]*)"/.exec(input)[1], /value="([^"]*)"/.exec(input)?.[1] ?? ""]));
    const words = "een lang wachtwoord voor de proef";
    const shown = await browse(a, link.pathname + link.search);
    const filled = { ...fields(shown) };
    for (const [, name] of shown.body.matchAll(/<input[^>]*name="([^"]*)"[^>]*>/g)) filled[name] ??= name.includes("wachtwoord") ? words : "Begin";
    const chosen = await browse(a, link.pathname + link.search, filled);
    if (chosen.status >= 400) throw new Error(`no password could be chosen: ${chosen.status} ${chosen.body}`);
    const login = await browse(a, "/reacties/inloggen");
    const inside = await browse(a, "/reacties/inloggen", { ...fields(login), mail: "begin@proef.example", mailadres: "begin@proef.example", wachtwoord: words });
    const me = await browse(b, "/reacties/ik.json");
    if (!JSON.parse(me.body).ingelogd) throw new Error(`a login made at one does not hold at the other: ${inside.status} ${me.body}`);
    const out = await browse(b, "/reacties/uitloggen", { formulier: JSON.parse(me.body).formulier });
    const gone = await browse(a, "/reacties/ik.json");
    if (JSON.parse(gone.body).ingelogd) throw new Error(`who logged out at one is still inside at the other: ${out.status}`);
    report("a login made at one holds at the other, and ends at both");
}
