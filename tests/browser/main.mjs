// Runs every check of the demo platform in a browser, and prints `N passed, N failed` at the end.
// Words after the command name the files to run, such as `exit facets`; without words all are run.
//
// | file           | what it answers                                                        |
// |----------------|------------------------------------------------------------------------|
// | site.mjs       | a copy of the demo platform, built, and another host beside it         |
// | platform.mjs   | a copy of the demo platform under `praktijk serve`                     |
// | chromium.mjs   | a browser                                                              |
// | checks.mjs     | counting, complaining, waiting                                         |
// | pages.mjs      | whether every page of the sitemap is sound                             |
// | survey.mjs     | what each page offers                                                  |
// | editing.mjs    | whether a page follows its sources, and tells what is wrong            |
// | exit.mjs       | whether the quick exit leaves nothing in sight                         |
// | wipe.mjs       | whether what is erased is really gone, and what is said is true        |
// | facets.mjs     | whether an overview filters, and what its address and print say        |
// | choice.mjs     | whether pages can be kept in a list and compared                       |
// | ticks.mjs      | checklists, and what is over by the visitor's date                     |
// | frame.mjs      | the menu by keyboard, print, colours, what works without scripts       |
// | engine.mjs     | what the script of the search fetches, and does with damage and crashes |
// | search.mjs     | whether a visitor finds, by keyboard and ear too, and leaves no words  |
// | faults.mjs     | whether search gives up well on bad networks, servers and files        |
// | firefox.mjs    | whether the main path of the search works in Firefox                   |
// | journeys.mjs   | the ways through the platform of those for whom it is                  |
// | reacties/      | whether members can react, and a page stays whole without an endpoint; `members` is the way of one |

import { counting } from "./checks.mjs";
import { open } from "./chromium.mjs";
import { choice } from "./choice.mjs";
import { editing } from "./editing.mjs";
import { engine } from "./engine.mjs";
import { exit } from "./exit.mjs";
import { facets } from "./facets.mjs";
import { faults } from "./faults.mjs";
import { firefox } from "./firefox.mjs";
import { frame } from "./frame.mjs";
import { journeys } from "./journeys.mjs";
import { pages } from "./pages.mjs";
import { members } from "./reacties/members.mjs";
import { lines, reactions } from "./reacties/reactions.mjs";
import { search } from "./search.mjs";
import { serve } from "./platform.mjs";
import { built } from "./site.mjs";
import { survey } from "./survey.mjs";
import { ticks } from "./ticks.mjs";
import { wipe } from "./wipe.mjs";

const PARTS = { exit, wipe, facets, choice, ticks, frame, engine, search, faults, firefox, journeys };
const wanted = process.argv.slice(2);
const asked = (name) => wanted.length === 0 || wanted.includes(name);
const { count, check } = counting();

const whole = async (what, begin, body) => {
  try {
    const begun = await begin();
    try {
      await body(begun);
    } finally {
      await (begun.stop ?? begun.shut)();
    }
  } catch (error) {
    count.failed += 1;
    console.log(`FAILED before the checks of ${what} were done\n    ${error.stack ?? error}`);
  }
};

const timed = async (name, body) => {
  const begin = Date.now();
  await body();
  console.log(`${name}: ${((Date.now() - begin) / 1000).toFixed(1)} s`);
};

await whole("the browser", open, async (browser) => {
  // A site is only made for those who look at it.
  const looks = ["pages", ...Object.keys(PARTS)].some(asked);
  if (looks) await whole("the site", built, async (site) => {
    let census;
    await timed("pages", async () => {
      census = asked("pages") ? await pages(site, browser, check) : await survey(site, browser);
    });
    for (const [name, part] of Object.entries(PARTS)) {
      if (asked(name)) await timed(name, () => part(site, browser, check, census));
    }
  });
  if (asked("reacties")) {
    await timed("reacties", () => whole("reactions", () => built({ reactions: lines }), (site) => reactions(site, browser, check)));
  }
  if (asked("members")) await timed("members", () => members(browser, check));
  if (asked("editing")) {
    await timed("editing", () => whole("editing", serve, (platform) => editing(platform, browser, check)));
  }
});
console.log(`${count.passed} passed, ${count.failed} failed`);
process.exitCode = count.failed > 0 || count.passed === 0 ? 1 : 0;
