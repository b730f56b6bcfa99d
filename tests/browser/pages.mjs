// Whether every page of the sitemap, and the page for what is not there, is sound: it loads without complaints and from
// this site alone, its HTML is valid, anybody can read it in light and dark, it fits on any screen and is light to fetch.
// On the way it notes what each page offers, so that the other checks can choose pages without knowing the content.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { gzipSync } from "node:zlib";
import { HtmlValidate } from "html-validate";
import { holds, inPairs, none } from "./checks.mjs";
import { offers } from "./survey.mjs";

const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// The first is a window of 1280 by 1024 pixels enlarged to 400 %.
const SCREENS = [
  { width: 320, height: 256 },
  { width: 768, height: 1024 },
  { width: 1440, height: 900 },
  { width: 2560, height: 1440 },
];
const HEAVIEST = 60 * 1024;

const validator = new HtmlValidate({
  extends: ["html-validate:standard"],
  rules: {
    // A generator may write HTML as compactly as it likes: spaces at an end of a line and these spellings mean the same.
    "no-trailing-whitespace": "off",
    "attribute-boolean-style": "off",
    "doctype-style": "off",
    "void-style": "off",
    // A title is as long as its subject and the name of the platform; no reader is hurt by that.
    "long-title": "off",
    // Says that role="search", role="group" and the like should be an element, where older readers know the role only.
    "prefer-native-element": "off",
  },
});

/** Checks all pages; the answer is what each offers. */
export const pages = async (site, browser, check) => {
  const addresses = await site.sitemap();
  await check("the sitemap names pages of this site only", () => {
    none(addresses.filter((address) => !address.startsWith(site.address)));
    holds(addresses.length >= 20, `only ${addresses.length} pages`);
  });
  const missing = new URL("bestaat-niet/", site.address).href;
  const census = [];
  const context = await browser.context({ reducedMotion: "reduce" });
  await context.addInitScript(() => {
    window.refused = [];
    addEventListener("securitypolicyviolation", (one) => window.refused.push(`${one.violatedDirective}: ${one.blockedURI}`));
  });
  const weigh = scales(site);
  const free = [await context.newPage(), await context.newPage()];
  const ear = new Map(free.map((page) => [page, listen(page, site)]));
  await inPairs([...addresses, missing], async (address) => {
    const page = free.pop();
    try {
      census.push(await sound(address, address === missing ? 404 : 200, { site, page, heard: ear.get(page), weigh, check }));
    } finally {
      free.push(page);
    }
  });
  await context.close();
  return census.filter((one) => one.address !== missing).sort((a, b) => a.address.localeCompare(b.address));
};

const sound = async (address, status, { site, page, heard, weigh, check }) => {
  const name = `/${address.slice(site.address.length)}`;
  let html = "";
  await page.setViewportSize(SCREENS[2]);
  await page.emulateMedia({ colorScheme: "light" });
  await check(`${name} loads without complaints, from this site alone`, async () => {
    heard.begin(address, status);
    const answer = await page.goto(address, { waitUntil: "load" });
    html = await answer.text();
    holds(answer.status() === status, `status ${answer.status()}`);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 20))));
    none([...heard.complaints, ...(await page.evaluate(() => window.refused))]);
  });
  await check(`${name} is valid HTML`, () => validate(html));
  await check(`${name} weighs less than 60 kB`, () => weigh([...heard.asked]));
  const offered = await page.evaluate(offers).catch(() => ({}));
  await check(`${name} can be read by anybody, light`, () => accessible(page, "light"));
  await check(`${name} can be read by anybody, dark`, () => accessible(page, "dark"));
  await check(`${name} fits on any screen`, async () => {
    for (const screen of SCREENS) await fits(page, screen);
  });
  return { address, name, ...offered };
};

// Everything a page complains about, as it comes.
const listen = (page, site) => {
  const heard = { address: "", status: 200, complaints: [], asked: new Set() };
  heard.begin = (address, status) => Object.assign(heard, { address, status, complaints: [], asked: new Set() });
  const complain = (text) => heard.complaints.push(text);
  page.on("console", (message) => {
    // A page that is not there is itself reported as an error; that is no complaint about it.
    const itself = heard.status !== 200 && message.location().url === heard.address;
    if (["error", "warning"].includes(message.type()) && !itself) complain(message.text());
  });
  page.on("pageerror", (error) => complain(String(error)));
  page.on("request", (request) => {
    const url = request.url();
    heard.asked.add(url);
    if (!url.startsWith(site.address) && !url.startsWith("data:")) complain(`asked for ${url}`);
  });
  page.on("requestfailed", (request) => complain(`${request.url()}: ${request.failure()?.errorText}`));
  page.on("response", (answer) => {
    if (answer.status() >= 400 && answer.url() !== heard.address) complain(`${answer.url()}: ${answer.status()}`);
  });
  return heard;
};

// What is fetched for a page, as a server with gzip sends it. What a search needs comes only when somebody searches, and
// pictures are counted where they are made.
const scales = (site) => {
  const known = new Map();
  const weight = async (url) => {
    const answer = await fetch(url);
    const bytes = Buffer.from(await answer.arrayBuffer());
    return /\.(woff2|png|jpe?g|webp|avif)$/.test(new URL(url).pathname) ? bytes.length : gzipSync(bytes).length;
  };
  return async (urls) => {
    const counted = urls.filter((url) => url.startsWith(site.address) && !/\.(png|jpe?g|webp|avif)$|zoek|search/.test(url));
    for (const url of counted) if (!known.has(url)) known.set(url, await weight(url));
    const total = counted.reduce((sum, url) => sum + known.get(url), 0);
    const heavy = [...counted].sort((a, b) => known.get(b) - known.get(a)).slice(0, 4);
    holds(total < HEAVIEST, `${total} bytes: ${heavy.map((url) => `${new URL(url).pathname} ${known.get(url)}`).join(", ")}, …`);
  };
};

const validate = async (html) => {
  const report = await validator.validateString(html);
  const messages = report.results.flatMap((result) => result.messages);
  none(messages.map((one) => `${one.line}:${one.column} ${one.message} (${one.ruleId})`));
};

/** Whether axe finds nothing at all to say about a page. In the dark only colours differ. */
export const accessible = async (page, scheme) => {
  await page.emulateMedia({ colorScheme: scheme, reducedMotion: "reduce" });
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(AXE);
  const violations = await page.evaluate(async (dark) => {
    const options = { resultTypes: ["violations"], ...(dark ? { runOnly: ["color-contrast"] } : {}) };
    const { violations } = await window.axe.run(document, options);
    return violations.map((one) => `${one.id}: ${one.help}: ${one.nodes.map((node) => node.target.join(" ")).slice(0, 3).join(", ")}`);
  }, scheme === "dark");
  none(violations);
};

/** Whether nothing needs scrolling sideways. */
export const fits = async (page, screen) => {
  await page.setViewportSize(screen);
  const wide = await page.evaluate(() => {
    const room = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= room) return [];
    const beyond = [...document.body.querySelectorAll("*")].filter((one) => one.getBoundingClientRect().right > room + 1);
    const names = beyond.slice(0, 3).map((one) => `${one.localName}.${one.className}`);
    return [`${document.documentElement.scrollWidth} pixels wide: ${names.join(", ")}`];
  });
  none(wide.map((one) => `on ${screen.width} pixels: ${one}`));
};
