// What "kept" means: when a member is told so, it is on the disk. And what happens when there is no room on it, when it can
// only be read, or when it fails: nobody is told that something was kept that was not, and what was kept stays.
import { execFileSync, spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

import { ask, sleep, until } from "./asking.mjs";
import * as people from "./members.mjs";
import { PRAKTIJK, endpoint, folder, place, reactions, start, stop, tool } from "./place.mjs";

export async function run({ report }) {
    may_trace();
    await synced(report);
    await failing(report);
    await no_room(report);
}

// Faults of a disk come and go while an endpoint runs, so strace goes to it later, and not every system lets everybody do that.
function may_trace() {
    const yama = "/proc/sys/kernel/yama/ptrace_scope";
    if (process.getuid() === 0 || !fs.existsSync(yama) || Number(fs.readFileSync(yama, "utf8")) === 0) return;
    throw new Error("strace may only look into a running program when root asks: run this part as root, or for as long as it takes `sudo sysctl kernel.yama.ptrace_scope=0`");
}

// strace on an endpoint that runs already. Ends when it is told to.
async function traced(one, words) {
    const tracer = start("strace", ["-f", "-q", "-p", String(one.pid), ...words]);
    await until("strace looks", () => fs.readFileSync(`/proc/${one.pid}/status`, "utf8").includes(`TracerPid:\t${tracer.pid}`), 5000);
    // It takes all threads one after the other.
    await sleep(500);
    return async () => {
        tracer.kill("SIGINT");
        await tracer.gone;
    };
}

// Between a post and its answer the journal is written to the disk, and the disk says it is.
async function synced(report) {
    const where = place({ name: "synced", members: 10 });
    const one = await endpoint(where);
    for (const member of where.town.members) await people.form(one.to, member);
    const file = path.join(folder("strace"), "calls");
    const end = await traced(one, ["-y", "-s", "64", "-e", "trace=read,recvfrom,write,sendto,fsync,fdatasync", "-o", file]);
    const count = 20;
    for (let number = 0; number < count; number += 1) {
        const said = await people.post(one.to, where.town.members[number % 10], {});
        if (said.status !== 201) throw new Error(`${said.status} ${said.body}`);
    }
    await end();
    await stop(one);
    let [posts, unsynced, syncs, waits] = [0, 0, 0, false];
    for (const line of fs.readFileSync(file, "utf8").split("\n")) {
        if (line.includes('"POST /reacties/plaatsen')) [waits, syncs] = [true, 0];
        if (/f(data)?sync/.test(line) && / = 0$/.test(line) && (line.includes("-wal>") || line.includes("resumed"))) syncs += 1;
        if (waits && line.includes('"HTTP/1.1 201')) {
            posts += 1;
            waits = false;
            if (syncs === 0) unsynced += 1;
        }
    }
    report(`${posts} posts under strace, ${unsynced} of them answered before the journal was on the disk`);
    if (posts !== count || unsynced > 0) throw new Error("a post was answered before it was on the disk");
}

// The disk answers every write to the journal with an error: a word of the system that nobody can cause otherwise at will.
async function failing(report) {
    for (const [name, calls, error, statuses] of [
        ["no room", "pwrite64", "ENOSPC", [503]],
        ["a disk that can only be read", "pwrite64", "EROFS", [503]],
        ["a disk that fails", "fdatasync,fsync", "EIO", [503]],
    ]) {
        const where = place({ name: "failing", members: 10 });
        const one = await endpoint(where);
        const kept = [];
        const post = async () => people.post(one.to, where.town.members[kept.length % 10], {});
        for (let number = 0; number < 3; number += 1) kept.push(JSON.parse((await post()).body).id);
        const journal = path.join(where.at, "reacties.sqlite-wal");
        const end = await traced(one, ["-P", journal, "-e", `trace=${calls}`, "-e", `inject=${calls}:error=${error}`, "-o", "/dev/null"]);
        const seen = [];
        for (let number = 0; number < 5; number += 1) seen.push(await post());
        const read = await ask(one.to, { path: "/reacties/draad.json?pagina=vragen%2Feen" });
        await end();
        told(name, seen, read, one, statuses, kept);
        const again = await post();
        if (again.status !== 201) throw new Error(`${name}: afterwards it is still ${again.status} ${again.body}`);
        kept.push(JSON.parse(again.body).id);
        await stop(one);
        whole(name, where, kept);
        report(`${name} (${error}): ${seen[0].status} “${JSON.parse(seen[0].body).uitleg.slice(0, 60)}…”, reading goes on, afterwards it works again without a new start, nothing lost`);
    }
}

// Every answer says in words that nothing was kept; the log says why; reading goes on.
function told(name, seen, read, one, statuses, kept) {
    for (const said of seen) {
        const words = said.headers["content-type"]?.includes("json") ? JSON.parse(said.body).uitleg : "";
        if (!statuses.includes(said.status) || !words) throw new Error(`${name}: answered ${said.status} ${said.body.slice(0, 300)}`);
        if (said.status === 503 && !said.headers["retry-after"]) throw new Error(`${name}: nobody is told when to come back`);
    }
    if (read.status !== 200 || JSON.parse(read.body).draden.length !== kept.length) throw new Error(`${name}: reading: ${read.status} ${read.body.slice(0, 200)}`);
    const line = one.child.said.split("\n").find((line) => line.includes('"niveau":"fout"') && line.includes('"plaatsen"'));
    if (!line) throw new Error(`${name}: the log says nothing: ${one.child.said}`);
}

function whole(name, where, kept) {
    if (!tool(where, "verify").includes("is whole")) throw new Error(`${name}: the database is damaged`);
    const ids = reactions(where).map((reaction) => reaction.id);
    const missing = kept.filter((id) => !ids.includes(id));
    if (missing.length || ids.length !== kept.length) throw new Error(`${name}: ${missing.length} of ${kept.length} are missing, ${ids.length} are there`);
}

// A real disk with a real end, for whoever may make one.
async function no_room(report) {
    const disk = folder("disk");
    const mounted = process.getuid() === 0 && spawnSync("mount", ["-t", "tmpfs", "-o", "size=12m,mode=700", "none", disk]).status === 0;
    if (!mounted) {
        report("a small disk of its own: left out, as no disk can be mounted here; the errors of one were tried above");
        return;
    }
    try {
        await small(disk, report);
    } finally {
        execFileSync("umount", ["-l", disk]);
    }
}

async function small(disk, report) {
    const where = place({ name: "disk", members: 200, at: path.join(disk, "reacties") });
    let one = await endpoint(where);
    const kept = [];
    const next = people.turns(where.town.members);
    const post = () => people.post(one.to, next(), { words: people.text(people.once(), 4000) });
    for (let number = 0; number < 5; number += 1) kept.push(JSON.parse((await post()).body).id);
    fill(path.join(disk, "vol"));
    // What the journal has already is still written.
    const refused = [];
    for (let number = 0; number < 1500 && refused.length < 5; number += 1) {
        const said = await post();
        if (said.status === 201) kept.push(JSON.parse(said.body).id);
        else refused.push(said);
    }
    if (refused.length < 5) throw new Error("a full disk was never noticed");
    const read = await ask(one.to, { path: "/reacties/draad.json?pagina=vragen%2Feen" });
    told("a full disk", refused, read, one, [503], kept);
    fs.rmSync(path.join(disk, "vol"));
    const again = await post();
    if (again.status !== 201) throw new Error(`with room again it is still ${again.status} ${again.body}`);
    kept.push(JSON.parse(again.body).id);
    await stop(one);
    whole("a full disk", where, kept);
    report(`a full disk of 12 MB: ${kept.length - 1} posts kept, then 503 in words; with room again it works without a new start, nothing lost`);
    execFileSync("mount", ["-o", "remount,ro", disk]);
    const began = spawnSync(PRAKTIJK, ["--root", where.root, "reactions", "--listen", "127.0.0.1:0"], { env: where.environment, encoding: "utf8", timeout: 10000 });
    const said = `${began.stdout}${began.stderr}`;
    if (began.status === 0 || began.status === null || !/read|only|lees/i.test(said)) throw new Error(`a start on a disk that can only be read: ${began.status} ${said}`);
    execFileSync("mount", ["-o", "remount,rw", disk]);
    one = await endpoint(where);
    if ((await post()).status !== 201) throw new Error("it does not begin again");
    await stop(one);
    report(`a start on a disk that can only be read ends with ${began.status}: ${said.trim().split("\n").at(-1).trim()}`);
}

function fill(file) {
    const to = fs.openSync(file, "w");
    for (let size = 1 << 20; size >= 512; ) {
        try {
            if (fs.writeSync(to, Buffer.alloc(size)) < size) size >>= 1;
        } catch {
            size >>= 1;
        }
    }
    fs.closeSync(to);
}
