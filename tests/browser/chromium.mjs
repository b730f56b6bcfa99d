// Debian's Chromium without a window, with a profile of its own that is thrown away.

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const open = async () => {
  const profile = await mkdtemp(join(tmpdir(), "praktijk-chromium-"));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ARGUMENTS,
    locale: "nl-NL",
  });
  context.setDefaultTimeout(15_000);
  return {
    page: () => context.newPage(),
    shut: async () => {
      await context.close();
      await rm(profile, { recursive: true, force: true });
    },
  };
};
