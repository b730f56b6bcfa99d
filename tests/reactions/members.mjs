// Members to try things with. Nobody registers hundreds of times, as a password takes long on purpose: they come as a copy, as
// `praktijk reactions export` writes one, and are logged in already. In: how many. Out: the copy, and who they are.
import { createHash, randomBytes } from "node:crypto";

import { ask } from "./asking.mjs";

const LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

// An id as the endpoint makes them.
export function id(time = Date.now()) {
    let bits = (BigInt(time) << 80n) | BigInt(`0x${randomBytes(10).toString("hex")}`);
    let text = "";
    for (let at = 0; at < 26; at += 1, bits >>= 5n) text = LETTERS[Number(bits & 31n)] + text;
    return text;
}

function member(number, role, trusted) {
    const token = randomBytes(32).toString("base64url");
    return { id: id(), session: id(), token, name: `Deelnemer ${number}`, mail: `deelnemer${number}@proef.example`, role, trusted, posted: 0 };
}

// So many members of whom everything appears at once, one whose texts wait, one who follows a page, a moderator, a beheerder.
export function town(count, followed) {
    const members = Array.from({ length: count }, (_, at) => member(at, "deelnemer", 1));
    const others = {
        waiting: member("wacht", "deelnemer", null),
        follower: member("volgt", "deelnemer", 1),
        moderator: member("moderator", "moderator", null),
        beheerder: member("beheerder", "beheerder", null),
    };
    return { members, ...others, all: [...members, ...Object.values(others)], followed };
}

// The town as a copy. `head`: the first line of a copy of this version.
export function copy(head, town) {
    const time = Date.now() - 60000;
    const row = (table, cells) => JSON.stringify([table, cells]);
    const hash = (token) => ({ base64: createHash("sha256").update(token).digest("base64") });
    const rows = town.all.flatMap((one) => [
        row("accounts", [one.id, one.mail, one.name, null, "x", time, one.role, null, one.trusted, 0, 0, null, null, null, time, time]),
        row("sessions", [one.session, hash(one.token), one.id, "Een browser op Linux", time, Date.now(), Date.now()]),
    ]);
    for (const page of town.followed) rows.push(row("subscriptions", [id(), page, town.follower.id, time]));
    return whole(head, rows);
}

// Rows as a copy with its end.
export function whole(head, rows) {
    // Rows that others name stand first.
    const order = ["accounts", "sessions", "reactions", "mails", "subscriptions"];
    const place = (line) => order.indexOf(JSON.parse(line)[0]);
    const known = rows.filter((line) => place(line) >= 0).sort((a, b) => place(a) - place(b));
    const rest = rows.filter((line) => place(line) < 0);
    const all = [...known, ...rest];
    const text = [head, ...all, ""].join("\n");
    const sum = createHash("sha256").update(text).digest("hex");
    return `${text}${JSON.stringify({ rijen: all.length, sha256: sum })}\n`;
}

// What the browser of a member sends along.
export function headers(one, more = {}) {
    return { Cookie: `__Host-sessie=${one.token}; reacties=1`, "Sec-Fetch-Site": "same-origin", Accept: "application/json", ...more };
}

// The token for forms, as the script of a page fetches it.
export async function form(to, one, from) {
    if (!one.form) {
        const said = await ask(to, { path: "/reacties/ik.json", headers: headers(one), from });
        one.form = JSON.parse(said.body).formulier;
        if (!one.form) throw new Error(`${one.name} is not logged in: ${said.status} ${said.body}`);
    }
    return one.form;
}

// A text of letters only, so that nothing in it looks like a telephone number, and long enough to be seen when it is half.
export function text(once, length = 600) {
    const letters = createHash("sha256").update(once).digest("hex").replace(/\d/g, (digit) => "ghijklmnop"[digit]);
    const words = letters.match(/.{1,8}/g).join(" ");
    return `Dit is een proef. ${`${words} `.repeat(Math.ceil(length / 72))}`.slice(0, length).trim();
}

// What makes a form one of its own.
export const once = () => randomBytes(18).toString("base64url");

// Posts a remark: the answer, or an error when there is none.
export async function post(to, one, { page = "vragen/een", key = once(), words = text(key), from, patience }) {
    const fields = { pagina: page, soort: "opmerking", titel: "", tekst: words, eenmalig: key, formulier: await form(to, one, from) };
    const body = new URLSearchParams(fields).toString();
    const more = { "Content-Type": "application/x-www-form-urlencoded" };
    return ask(to, { method: "POST", path: "/reacties/plaatsen", headers: headers(one, more), body, from, patience });
}

// So many a member may post within an hour.
const QUOTA = 20;

// Somebody who may still post, in turn.
export function turns(members) {
    let at = 0;
    return () => {
        for (let tries = 0; tries < members.length; tries += 1) {
            const one = members[at++ % members.length];
            if (one.posted < QUOTA) {
                one.posted += 1;
                return one;
            }
        }
        throw new Error("there are too few members for so many posts");
    };
}
