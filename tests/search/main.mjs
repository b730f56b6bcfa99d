// What to measure: `quality`, `waits PAGES` or `indexing PAGES`. See the head of each file.

import { say } from "./site.mjs";

const [what, ...options] = process.argv.slice(2);
const MEASUREMENTS = {
  quality: async () => (await import("./quality.mjs")).quality(options),
  waits: async () => (await import("./waits.mjs")).waits(options),
  indexing: async () => (await import("./indexing.mjs")).indexing(options),
};

if (!(what in MEASUREMENTS)) {
  say("Say what to measure: quality [--json] [--misses] [--peers], waits [PAGES], or indexing [PAGES].");
  process.exit(2);
}
try {
  await MEASUREMENTS[what]();
} catch (error) {
  say(error.stack ?? String(error));
  process.exitCode = 1;
}
