// Runs every check of the demo platform in a browser, and prints `N passed, N failed` at the end.
//
// | file          | what it answers                                                    |
// |---------------|--------------------------------------------------------------------|
// | platform.mjs  | a copy of the demo platform, served on a free port                 |
// | chromium.mjs  | a browser with a fresh profile                                     |
// | pages.mjs     | whether every page of the sitemap is sound                         |
// | editing.mjs   | whether a page follows its sources, and tells what is wrong        |

import { open } from "./chromium.mjs";
import { editing } from "./editing.mjs";
import { pages } from "./pages.mjs";
import { serve } from "./platform.mjs";

let passed = 0;
let failed = 0;

// One check. What goes wrong in it is its failure and nothing else's.
const check = async (name, body) => {
  try {
    await body();
    passed += 1;
  } catch (error) {
    failed += 1;
    console.log(`FAILED ${name}\n    ${String(error.message ?? error).replaceAll("\n", "\n    ")}`);
  }
};

const platform = await serve();
try {
  const browser = await open();
  try {
    await pages(platform, browser, check);
    await editing(platform, browser, check);
  } finally {
    await browser.shut();
  }
} catch (error) {
  failed += 1;
  console.log(`FAILED before the checks were done\n    ${error.stack ?? error}`);
} finally {
  await platform.stop();
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
