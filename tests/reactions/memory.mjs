// An hour of visitors at once: the endpoint is as large at the end as it was when it had warmed up. In: nothing. Out: its size.
import { ask } from "./asking.mjs";
import * as people from "./members.mjs";
import { about, endpoint, place, stop } from "./place.mjs";

export async function run({ full, report, databases }) {
    const count = full ? 20000 : 4000;
    for (const database of databases) await trial(database, count, report);
}

async function trial(database, count, report) {
    const where = place({ name: "memory", database, members: Math.ceil(count / 40) + 50 });
    const one = await endpoint(where);
    // What they post waits, so that no page grows and every answer stays as large as it is.
    const next = people.turns(where.town.members);
    const pages = ["vragen/een", "vragen/twee", "vragen/drie", "vragen/vier"];
    let failed = 0;
    const request = async (number) => {
        const one_of = where.town.members[number % where.town.members.length];
        const page = encodeURIComponent(pages[number % pages.length]);
        const path = [`draad.json?pagina=${page}`, "ik.json", `pagina?id=${page}`, "", `atom?pagina=${page}`, "mijn", "inloggen"][number % 7];
        // A telephone number has a text wait.
        const said = number % 8 === 7
            ? await people.post(one.to, next(), { page: pages[number % 4], words: `Bel mij op 06-12345678. ${people.text(String(number))}` })
            : await ask(one.to, { path: `/reacties/${path}`, headers: people.headers(one_of, { Accept: "text/html" }) });
        if (said.status >= 400) failed += 1;
    };
    const some = async (first, last) => {
        let number = first;
        const work = async () => {
            while (number < last) await request(number++);
        };
        await Promise.all(Array.from({ length: 8 }, work));
    };
    await some(0, count / 4);
    const warm = about(one.pid).memory;
    await some(count / 4, count);
    const end = about(one.pid).memory;
    await stop(one);
    report(`${database}: ${(warm / 1024).toFixed(1)} MB after warming up, ${(end / 1024).toFixed(1)} MB after ${count} requests (${failed} failed)`);
    if (failed) throw new Error(`${failed} requests failed`);
    // Each connection to the database keeps up to 2 MB of it at hand, and that grows with what was posted.
    if (end > Math.max(warm * 1.1, warm + 4096)) throw new Error(`it grew by ${((end / warm - 1) * 100).toFixed(0)} %`);
}
