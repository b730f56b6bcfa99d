// Trials of the running endpoint: which, in which form. In: the parts, and `--full` for the long form. Out: a line for each
// thing seen, and an exit status.
import { over } from "./place.mjs";

const words = process.argv.slice(2);
const full = words.includes("--full");
const parts = words.filter((word) => word !== "--full");
const databases = (process.env.DATABASES ?? (process.env.PRAKTIJK_POSTGRES ? "sqlite postgres" : "sqlite")).split(" ");

for (const signal of ["SIGINT", "SIGTERM"]) {
    process.on(signal, () => {
        over();
        process.exit(130);
    });
}

let failed = 0;
for (const part of parts) {
    const began = performance.now();
    const report = (line) => console.log(`  ${line}`);
    console.log(`${part}:`);
    try {
        const { run } = await import(`./${part}.mjs`);
        await run({ full, report, databases });
        report(`(${((performance.now() - began) / 1000).toFixed(0)} s)`);
    } catch (error) {
        failed += 1;
        console.error(`  FAILED: ${error.stack ?? error}`);
    }
}
over();
process.exit(failed ? 1 : 0);
