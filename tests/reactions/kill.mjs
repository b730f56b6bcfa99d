// The endpoint is killed at random moments while members post, again and again, on each database. What a member was told is
// kept must be there, once and whole; every mail goes, and one that goes twice is the same message.
import { sleep, until, ask } from "./asking.mjs";
import * as ledger from "./ledger.mjs";
import { mailbox } from "./mailbox.mjs";
import { whole } from "./members.mjs";
import { endpoint, folder, kill, move, place, reactions, stop, tool } from "./place.mjs";

const FOLLOWED = "vragen/twee";

export async function run({ full, report, databases }) {
    const times = full ? 100 : 15;
    for (const database of databases) await trial(database, times, report);
}

async function trial(database, times, report) {
    const post = await mailbox();
    const where = place({ name: "kill", database, members: times * 60 + 100, mail: post.port, followed: [FOLLOWED] });
    let one = await endpoint(where);
    const pages = ["vragen/een", "vragen/twee", "vragen/drie", "vragen/een", "vragen/drie"];
    const going = ledger.post({ folder: folder("ledger"), members: where.town.members, where: () => one.to, workers: 6, pages });
    for (let time = 0; time < times; time += 1) {
        // At any moment: sometimes before anything was posted, sometimes in the middle of much.
        await sleep(20 + Math.random() ** 2 * 900);
        await kill(one);
        const at_kill = new Map(going.told);
        const wrong = ledger.compare(at_kill, { unlike: [] }, reactions(where));
        if (wrong.length) throw new Error(`${database}, after ${time + 1} kills:\n${wrong.slice(0, 10).join("\n")}`);
        one = await endpoint(where);
    }
    await sleep(500);
    await going.stop();
    await stop(one);
    const said = tool(where, "verify");
    if (!said.includes("is whole")) throw new Error(said);
    // A mail that was taken when its endpoint was killed is taken again after ten minutes: those are over now.
    move(where, (rows, head) => whole(head, rows.map(over)));
    one = await endpoint(where);
    await until("every mail went", async () => (await ask(one.to, { path: "/reacties/gezond" })).body.includes("mails die wachten: 0"), 60000);
    await stop(one);
    post.close();
    const kept = reactions(where);
    const mails = ledger.mails(kept, FOLLOWED, post.mails);
    const wrong = [...ledger.compare(going.told, going.told_of, kept), ...mails.wrong];
    if (wrong.length) throw new Error(`${database}, at the end:\n${wrong.slice(0, 20).join("\n")}`);
    const { repeated, again } = going.told_of;
    report(`${database}: ${times} kills, ${going.told.size} posts acknowledged and all there once (${kept.length} kept); ${repeated} sent again without knowing, ${again} on purpose; ${mails.expected} mails, ${mails.doubled} of them twice with the same id`);
    if (going.told.size < times * 5 || repeated === 0 || again === 0) throw new Error("too little happened for a trial");
}

// The row of a mail, due at once. All others stay as they are.
function over([table, cells]) {
    if (table === "mails") cells[6] = 0;
    return JSON.stringify([table, cells]);
}
