// Whether every page of the sitemap, and the page for what is not there, is sound: it loads without complaints and from
// this site alone, its HTML is valid, anybody can read it, and it fits on any screen.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { HtmlValidate } from "html-validate";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const WIDTHS = [320, 768, 1280];

const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    // Matters of taste: a generator may write HTML as compactly as it likes, and names are the theme's own.
    "no-trailing-whitespace": "off",
    "attribute-boolean-style": "off",
    "doctype-style": "off",
    "void-style": "off",
    "long-title": "off",
    "no-inline-style": "off",
    "prefer-native-element": "off",
  },
});

export const pages = async (platform, browser, check) => {
  const addresses = await platform.sitemap();
  await check("the sitemap names pages of this site only", () => {
    const strange = addresses.filter((address) => !address.startsWith(platform.address));
    expectNone(strange);
    if (addresses.length < 20) throw new Error(`only ${addresses.length} pages`);
  });
  for (const address of addresses) await sound(address, 200, platform, browser, check);
  await sound(new URL("bestaat-niet/", platform.address).href, 404, platform, browser, check);
};

const sound = async (address, status, platform, browser, check) => {
  const name = `/${address.slice(platform.address.length)}`;
  const page = await browser.page();
  const complaints = listen(page, address, status, platform.address);
  try {
    let html = "";
    await check(`${name} loads without complaints, from this site alone`, async () => {
      const answer = await page.goto(address, { waitUntil: "load" });
      html = await answer.text();
      if (answer.status() !== status) throw new Error(`status ${answer.status()}`);
      await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
      expectNone(complaints);
    });
    await check(`${name} is valid HTML`, () => validate(html));
    for (const scheme of ["light", "dark"]) {
      await check(`${name} can be read by anybody, ${scheme}`, () => accessible(page, scheme));
    }
    for (const width of WIDTHS) {
      await check(`${name} fits on ${width} pixels`, () => fits(page, width));
    }
  } finally {
    await page.close();
  }
};

// Everything a page complains about, as it comes.
const listen = (page, address, status, site) => {
  const complaints = [];
  page.on("console", (message) => {
    // A page that is not there is itself reported as an error; that is no complaint about it.
    const itself = status !== 200 && message.location().url === address;
    if (["error", "warning"].includes(message.type()) && !itself) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(site) && !url.startsWith("data:")) complaints.push(`asked for ${url}`);
  });
  page.on("requestfailed", (request) => complaints.push(`${request.url()}: ${request.failure()?.errorText}`));
  page.on("response", (answer) => {
    if (answer.status() >= 400 && answer.url() !== address) complaints.push(`${answer.url()}: ${answer.status()}`);
  });
  return complaints;
};

const validate = async (html) => {
  const report = await validator.validateString(html);
  const messages = report.results.flatMap((result) => result.messages);
  expectNone(messages.map((one) => `${one.line}:${one.column} ${one.message} (${one.ruleId})`));
};

const accessible = async (page, scheme) => {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const violations = await page.evaluate(async () => {
    const { violations } = await window.axe.run(document, { resultTypes: ["violations"] });
    return violations
      .filter((one) => ["serious", "critical"].includes(one.impact))
      .map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`);
  });
  expectNone(violations);
};

const fits = async (page, width) => {
  await page.setViewportSize({ width, height: 800 });
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const beyond = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > room + 1);
    const names = beyond.slice(0, 3).map((one) => `${one.localName}.${one.className}`);
    return [`${document.documentElement.scrollWidth} pixels wide: ${names.join(", ")}`];
  });
  expectNone(wide);
};

const expectNone = (complaints) => {
  if (complaints.length > 0) throw new Error(complaints.join("\n"));
};
