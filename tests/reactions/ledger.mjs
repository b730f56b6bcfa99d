// Members who post all the time, and a ledger of what they were told is kept. In: where to ask, which may be away or change.
// Out: a ledger on disk, and what is missing, doubled or half when it is held against the database.
import fs from "node:fs";
import path from "node:path";

import { sleep } from "./asking.mjs";
import * as people from "./members.mjs";

// Begins to post. `where()`: whom to ask now; `workers`: so many at once; `pages`: on which pages in turn.
export function post({ folder, members, where, workers, pages, from = () => undefined }) {
    const file = fs.openSync(path.join(folder, "ledger"), "a");
    const told = new Map();
    const told_of = { repeated: 0, again: 0, unlike: [], odd: new Map() };
    const next = people.turns(members);
    let number = 0;
    let going = true;

    // What was acknowledged is on disk before anything else happens, as it would be on another machine.
    const note = (entry) => {
        fs.writeSync(file, `${JSON.stringify(entry)}\n`);
        fs.fsyncSync(file);
        told.set(entry.key, entry);
    };

    const work = async (worker) => {
        while (going) {
            const one = next();
            const page = pages[number++ % pages.length];
            const key = people.once();
            const words = people.text(key);
            let sent = 0;
            for (;;) {
                let said;
                try {
                    sent += 1;
                    said = await people.post(where(), one, { page, key, words, from: from(worker), patience: 30000 });
                } catch {
                    // Nobody knows whether it arrived: it is asked again, with the same key.
                    if (!going && sent > 400) return;
                    await sleep(25);
                    continue;
                }
                if (said.status === 201) {
                    const { id, stand } = JSON.parse(said.body);
                    if (sent > 1) told_of.repeated += 1;
                    note({ key, id, stand, page, account: one.id, words });
                    break;
                }
                told_of.odd.set(said.status, (told_of.odd.get(said.status) ?? 0) + 1);
                if (said.status < 500 && said.status !== 429) throw new Error(`a post was answered ${said.status}: ${said.body}`);
                await sleep(25);
            }
            // Now and then somebody presses twice.
            if (number % 10 === 0) await twice(one, page, key, words, worker);
        }
    };

    const twice = async (one, page, key, words, worker) => {
        const said = await people.post(where(), one, { page, key, words, from: from(worker) }).catch(() => undefined);
        if (said?.status !== 201) return;
        told_of.again += 1;
        const { id } = JSON.parse(said.body);
        if (id !== told.get(key).id) told_of.unlike.push(`${key}: ${told.get(key).id}, then ${id}`);
    };

    const all = Array.from({ length: workers }, (_, worker) => work(worker));
    // A failure is told at the end, not in between.
    for (const one of all) one.catch(() => {});
    return {
        told,
        told_of,
        async stop() {
            going = false;
            await Promise.all(all);
            fs.closeSync(file);
        },
    };
}

// Holds a ledger against what is kept: complaints.
export function compare(told, told_of, kept) {
    const wrong = [...told_of.unlike];
    const by_key = new Map();
    for (const one of kept) by_key.set(one.once, [...(by_key.get(one.once) ?? []), one]);
    for (const entry of told.values()) {
        const found = by_key.get(entry.key) ?? [];
        if (found.length !== 1) wrong.push(`${entry.id} was acknowledged and is there ${found.length} times`);
        for (const one of found) {
            const same = one.id === entry.id && one.text === entry.words && one.page === entry.page && one.account === entry.account;
            if (!same || one.state !== entry.stand) wrong.push(`${entry.id} is not what was acknowledged: ${JSON.stringify(one)}`);
        }
    }
    // What nobody was told of may be there, once and whole.
    for (const one of kept) {
        if (!told.has(one.once) && one.text !== people.text(one.once)) wrong.push(`${one.id} is half`);
    }
    return wrong;
}

// Holds mails against what appeared on a page that one member follows: complaints, and how many came twice.
export function mails(kept, page, mails) {
    const wrong = [];
    const by_reaction = new Map();
    for (const mail of mails) {
        const id = /#reactie-([0-9A-Z]{26})/.exec(mail.text)?.[1];
        if (!id) continue;
        by_reaction.set(id, [...(by_reaction.get(id) ?? []), mail.id]);
    }
    let doubled = 0;
    let expected = 0;
    for (const one of kept) {
        if (one.page !== page || one.state !== "geplaatst") continue;
        expected += 1;
        const ids = by_reaction.get(one.id) ?? [];
        if (ids.length === 0) wrong.push(`${one.id} appeared, and its follower got no mail`);
        if (new Set(ids).size > 1) wrong.push(`the mail about ${one.id} came with several ids: ${ids}`);
        doubled += Math.max(0, ids.length - 1);
        by_reaction.delete(one.id);
    }
    for (const [id] of by_reaction) wrong.push(`a mail tells of ${id}, which is not there`);
    return { wrong, doubled, expected };
}
