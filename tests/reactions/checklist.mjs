// Whether checklist.md tells the truth: every item is there, and every test that it names. In: the list. Out: how many.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const ITEMS = { P: 15, S: 3, C: 5, X: 6, H: 11, D: 3 };

export async function run({ report }) {
    const list = fs.readFileSync(path.join(HERE, "checklist.md"), "utf8");
    const wrong = [];
    for (const [letter, most] of Object.entries(ITEMS)) {
        for (let number = 1; number <= most; number += 1) {
            const rows = list.split("\n").filter((line) => line.startsWith(`| ${letter}${number} |`));
            if (rows.length !== 1) wrong.push(`${letter}${number} stands there ${rows.length} times`);
            else if (!/`run \w+`|`\S+: \w+`|\*not there\*/.test(rows[0])) wrong.push(`${letter}${number} names nothing`);
        }
    }
    const tests = [...list.matchAll(/`(\S+\.rs): (\w+)`/g)];
    for (const [, file, name] of tests) {
        const source = path.join(HERE, "../..", file);
        const text = fs.existsSync(source) ? fs.readFileSync(source, "utf8") : "";
        // Below `#[test]` may stand why and for whom it is.
        if (!new RegExp(`#\\[test\\]\\s*(?:#\\[[^\\n]*\\]\\s*)*fn ${name}\\(`).test(text)) wrong.push(`${file} has no test ${name}`);
    }
    for (const [, part] of list.matchAll(/`run (\w+)`/g)) {
        if (part !== "store" && !fs.existsSync(path.join(HERE, `${part}.mjs`))) wrong.push(`run has no part ${part}`);
    }
    if (wrong.length) throw new Error(wrong.join("\n"));
    report(`${Object.values(ITEMS).reduce((sum, most) => sum + most)} items, ${new Set(tests.map(([test]) => test)).size} tests that are there`);
}
