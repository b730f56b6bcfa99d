// What strangers may send, to nginx and Caddy as they are set up by us, and to the endpoint itself. Meanwhile somebody honest
// reads and posts. Afterwards the endpoint is as large as before, and no request was ever counted that hid in another one.
import { ask, open, raw, sleep, until } from "./asking.mjs";
import * as honest from "./honest.mjs";
import * as people from "./members.mjs";
import { about, endpoint, meters, place, reactions, stop } from "./place.mjs";
import * as smuggling from "./smuggling.mjs";
import { caddy, nginx } from "./web.mjs";

const HONEST = "127.0.0.2";

export async function run({ full, report }) {
    const where = place({ name: "proxy", members: 200 });
    let one = await endpoint(where, { socket: "proef" });
    const upstream = `unix:${one.to.path}`;
    const seconds = full ? 60 : 14;
    for (const [name, web] of [["nginx", await nginx(where, [upstream])], ["Caddy", await caddy(where, upstream)]]) {
        await safe_headers(name, web);
        await harmed(name, web, one, where, name === "nginx" ? seconds : seconds / 2, report);
        one = await away(name, web, one, where, report);
        web.child.kill("SIGTERM");
    }
    await stop(one);
    await direct(where, report);
}

// What every answer of the endpoint carries arrives.
async function safe_headers(name, web) {
    const { headers } = await ask(web.to, { path: "/reacties/inloggen" });
    for (const [header, wanted] of Object.entries({
        "strict-transport-security": /^max-age=31536000$/,
        "content-security-policy": /^default-src 'none';(?!.*unsafe-inline)/,
        "x-content-type-options": /^nosniff$/,
        "referrer-policy": /^no-referrer$/,
        "cross-origin-opener-policy": /^same-origin$/,
        "cross-origin-resource-policy": /^same-origin$/,
        "permissions-policy": /camera=\(\)/,
        "cache-control": /^no-store$/,
        server: /^[^0-9]*$/,
    })) {
        if (!wanted.test(headers[header] ?? "missing")) throw new Error(`${name}: ${header} is ${headers[header]}`);
    }
    if (headers["access-control-allow-origin"]) throw new Error(`${name}: others may read`);
}

// Everything at once, with somebody honest.
async function harmed(name, web, one, where, seconds, report) {
    // As large as it is when many ask at once.
    for (let round = 0; round < 4; round += 1) {
        const path = ["draad.json?pagina=vragen%2Fvier", "pagina?id=vragen%2Feen", "inloggen", "ik.json"][round];
        const some = where.town.members.slice(0, 50);
        await Promise.all(some.map((one) => ask(web.to, { path: `/reacties/${path}`, headers: people.headers(one), from: `127.0.4.${round + 1}` })));
    }
    await sleep(1000);
    const before = about(one.pid);
    const good = honest.begin(web.to, where.town.members, HONEST);
    const count = { slow: 50, idle: 500 };
    const ends = Date.now() + seconds * 1000;
    const attacks = [
        ...Array.from({ length: count.slow }, (_, at) => slow(web.to, at, ends, "GET /reacties/ HTTP/1.1\r\nHost: proef.example\r\nX: ")),
        ...Array.from({ length: count.slow }, (_, at) => slow(web.to, at, ends,
            "POST /reacties/plaatsen HTTP/1.1\r\nHost: proef.example\r\nContent-Length: 5000\r\n\r\n")),
        idle(web.to, count.idle, ends),
    ];
    // One after the other, beside those.
    const seen = [];
    for (const [what, wrong] of Object.entries(large())) seen.push(`${what}: ${await too_large(web.to, wrong)}`);
    report(`${name}: ${seen.join("; ")}`);
    await smuggled(name, web.to, one.to, report, name === "nginx");
    await Promise.all(attacks);
    await good.stop(report, `${name} was harmed for ${seconds} s`);
    const kept = new Set(reactions(where).map((reaction) => reaction.id));
    const missing = good.posted.filter((id) => !kept.has(id));
    if (missing.length) throw new Error(`${missing.length} posts of the honest one are not there`);
    let after;
    await until("the endpoint is as before", () => {
        after = about(one.pid);
        return after.threads <= before.threads + 4;
    }, 15000).catch(() => {});
    report(`${name}: the endpoint had ${before.threads} threads and ${before.memory >> 10} MB, and has ${after.threads} and ${after.memory >> 10} MB`);
    if (after.threads > before.threads + 4) throw new Error(`${after.threads} threads are left of ${before.threads}`);
    if (after.memory > before.memory * 1.1 + 8192) throw new Error(`${after.memory} kB are left of ${before.memory}`);
}

// One byte a second, for as long as it is let.
async function slow(to, number, ends, head) {
    while (Date.now() < ends) {
        const socket = open(to, `127.0.1.${number + 1}`);
        let open_yet = true;
        socket.on("close", () => (open_yet = false));
        socket.resume();
        socket.write(head);
        while (open_yet && Date.now() < ends) {
            await sleep(1000);
            if (open_yet) socket.write("a");
        }
        socket.destroy();
    }
}

// Connections that say nothing.
async function idle(to, count, ends) {
    const all = Array.from({ length: count }, (_, at) => open(to, `127.0.2.${(at % 200) + 1}`));
    for (const socket of all) socket.resume();
    await sleep(Math.max(0, ends - Date.now()));
    for (const socket of all) socket.destroy();
}

// What is too large, and what may be answered.
function large() {
    const head = (length) => [Buffer.from("GET /reacties/ HTTP/1.1\r\nHost: proef.example\r\nX: "), length, "\r\n\r\n"];
    const body = (length) => [
        Buffer.from(`POST /reacties/plaatsen HTTP/1.1\r\nHost: proef.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: ${length}\r\n\r\n`),
        length, "",
    ];
    // No machine has so much memory; what makes room for it dies.
    const said = Buffer.from(body(0)[0].toString().replace("Content-Length: 0", "Content-Length: 100000000000000"));
    return { "a body that says to be of 100 TB": [said, 100000, ""], "a header of 60 MB": head(60e6), "a body of 1 MB": body(1e6), "a body of 10 MB": body(10e6) };
}

async function too_large(to, [first, length, last]) {
    const said = await raw(to, Buffer.concat([first, Buffer.alloc(length, "a"), Buffer.from(last)]), { from: "127.0.0.3", patience: 5000 });
    const status = /^HTTP\/1\.1 (\d{3})/.exec(said.text)?.[1];
    if (status && !["400", "413", "431", "494"].includes(status)) throw new Error(`what is too large was answered ${status}`);
    return status ?? "ended";
}

// Every wrong request: at most one answer, and what hides behind it is never counted.
async function smuggled(name, to, endpoint, report, strict, list = smuggling.wrong) {
    let before = (await meters(endpoint)).answers[smuggling.HIDDEN] ?? 0;
    const seen = {};
    for (const [what, bytes] of Object.entries(list)) {
        const said = await raw(to, Buffer.from(bytes, "latin1"), { from: "127.0.0.4", patience: 1000 });
        const status = /^HTTP\/1\.[01] (\d{3})/.exec(said.text)?.[1] ?? "ended";
        seen[status] = (seen[status] ?? 0) + 1;
        const now = (await meters(endpoint)).answers[smuggling.HIDDEN] ?? 0;
        const answers = smuggling.answers(said.text);
        // A web server may see two requests itself and hand over two; what it saw as one must be one.
        const hidden = now - before;
        before = now;
        if (hidden > (strict ? 0 : Math.max(0, answers - 1)) || (strict && answers > 1)) throw new Error(`${name}, ${what}: ${answers} answers, and what hid in it was asked ${hidden} times:\n${said.text.slice(0, 1500)}`);
    }
    const two = await raw(to, smuggling.pipelined, { from: "127.0.0.4", patience: 2000 });
    const counts = Object.entries(seen).map(([status, number]) => `${number} × ${status}`).join(", ");
    report(`${name}: ${Object.keys(list).length} wrong requests (${counts}), none smuggled; ${smuggling.answers(two.text)} answers to two at once`);
}

// The endpoint away, and standing still: the site's own page says so, and it comes back by itself.
async function away(name, web, one, where, report) {
    const asked = () => ask(web.to, { path: "/reacties/draad.json?pagina=vragen%2Feen", from: "127.0.0.5", patience: 40000 });
    const is_page = (said, what) => {
        if (said.status !== 503 || !said.body.includes("Meedoen kan nu even niet")) {
            throw new Error(`${name}, ${what}: ${said.status} ${said.body.slice(0, 300)}`);
        }
    };
    one.child.kill("SIGSTOP");
    const still = await asked();
    one.child.kill("SIGCONT");
    is_page(still, "the endpoint stands still");
    await until("it goes on", async () => (await asked()).status === 200);
    await stop(one);
    is_page(await asked(), "the endpoint is away");
    const site = await ask(web.to, { path: "/vragen/een/", from: "127.0.0.5" });
    if (site.status !== 200) throw new Error(`${name}: the site is away with its endpoint: ${site.status}`);
    const again = await endpoint(where, { socket: "proef" });
    await until("it came back", async () => (await asked()).status === 200);
    report(`${name}: away and standing still (told after ${(still.ms / 1000).toFixed(0)} s), the site says so with 503; afterwards it answers again`);
    return again;
}

// Without a proxy: what the endpoint refuses by itself. Slow heads are not among it, so nobody but a proxy may reach it.
async function direct(where, report) {
    const one = await endpoint(where);
    await smuggled("the endpoint alone, as strangers ask", one.to, one.to, report, false);
    await smuggled("the endpoint alone, as a web server asks", one.to, one.to, report, true, smuggling.handed_over);
    const head = `GET /reacties/gezond HTTP/1.1\r\nConnection: close\r\n`;
    const host = "Host: proef.example\r\n";
    const tries = {
        "another host": [`${head}Host: elders.example\r\n\r\n`, "421"],
        "no host": [`${head}\r\n`, "421"],
        "a long target": [`${head.replace("gezond", `gezond?${"a".repeat(9000)}`)}${host}\r\n`, "414"],
        "a long head": [`${head}${host}X: ${"a".repeat(20000)}\r\n\r\n`, "431"],
        "many headers": [`${head}${host}${"X: a\r\n".repeat(70)}\r\n`, "431"],
        "a large body": [`${head.replace("GET", "POST")}${host}Content-Length: 70000\r\n\r\n${"a".repeat(70000)}`, "413"],
        "DELETE": [`${head.replace("GET", "DELETE")}${host}\r\n`, "405"],
        "a connection that is to be used again": [`GET /reacties/gezond HTTP/1.1\r\n${host}\r\n`, "400"],
    };
    for (const [what, [bytes, wanted]] of Object.entries(tries)) {
        const said = await raw(one.to, bytes);
        const status = /^HTTP\/1\.1 (\d{3})/.exec(said.text)?.[1];
        if (status !== wanted) throw new Error(`the endpoint alone, ${what}: ${said.text.slice(0, 200) || said.how}`);
    }
    await raw(one.to, Buffer.concat([large()["a body that says to be of 100 TB"][0], Buffer.alloc(1000, "a")]), { patience: 1000 });
    const closing = large()["a body that says to be of 100 TB"][0].toString().replace("\r\nHost", "\r\nConnection: close\r\nHost");
    await raw(one.to, closing, { patience: 1000 });
    const said = await ask(one.to, { path: "/reacties/gezond" });
    if (said.status !== 200 || (await meters(one.to)).value("paniek_total") > 0) throw new Error(`the endpoint is not well: ${said.body}`);
    report(`the endpoint alone: refuses ${Object.keys(tries).join(", ")}, and is well`);
    await stop(one);
}
