// Debian's Chromium without a window. One browser serves all checks; each check that keeps something has a context of its own.

import { chromium } from "playwright-core";
import { ARGUMENTS } from "./arguments.mjs";

const PATIENCE = 15_000;

// `keepsPages`: with the back-forward cache, which playwright switches off otherwise.
export const open = async ({ keepsPages = false } = {}) => {
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ARGUMENTS,
    ignoreDefaultArgs: keepsPages ? ["--disable-back-forward-cache"] : [],
  });
  const context = async (options = {}) => {
    const made = await browser.newContext({ locale: "nl-NL", timezoneId: "Europe/Amsterdam", ...options });
    made.setDefaultTimeout(PATIENCE);
    return made;
  };
  // A page with nothing kept from earlier ones; closing the page closes all that belongs to it.
  const page = async (options = {}) => {
    const own = await context(options);
    const made = await own.newPage();
    made.once("close", () => own.close().catch(() => {}));
    return made;
  };
  return { context, page, shut: () => browser.close() };
};
