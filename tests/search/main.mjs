// What to measure: `quality`, `waits PAGES`, `indexing PAGES` or `freshness PAGES`. See the head of each file.

import { say } from "./site.mjs";

const [what, ...options] = process.argv.slice(2);
const MEASUREMENTS = {
  quality: async () => (await import("./quality.mjs")).quality(options),
  waits: async () => (await import("./waits.mjs")).waits(options),
  freshness: async () => (await import("./freshness.mjs")).freshness(options),
  indexing: async () => (await import("./indexing.mjs")).indexing(options),
};

if (!(what in MEASUREMENTS)) {
  say("Say what to measure: quality [--alone | --peers] [--json] [--misses], waits, indexing or freshness [PAGES].");
  process.exit(2);
}
try {
  await MEASUREMENTS[what]();
} catch (error) {
  say(error.stack ?? String(error));
  process.exitCode = 1;
}
