// The whole way of a member, with the real endpoint under `praktijk serve --reactions`: register, confirm by the mail, log in,
// react, be judged, be live, be baked into the site, leave without a trace. Once with scripts, once without.

import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { holds, none, same, until } from "../checks.mjs";
import { accessible, fits } from "../pages.mjs";
import { serve } from "../platform.mjs";

const run = promisify(execFile);
const EXAMPLE = "praktijkvoorbeelden/verbinding-leiden";
const ADMIN = { mail: "beheer@voorbeeld.example", password: "zeven blauwe fietsen" };
const MEMBER = { name: "Deelnemer Proef", mail: "proef@voorbeeld.example", password: "drie groene fietsen" };
const SCREENS = [320, 768, 1280].map((width) => ({ width, height: 900 }));

export const members = async (browser, check) => {
  for (const scripts of [true, false]) {
    const how = scripts ? "with scripts" : "without scripts";
    let platform;
    await check(`an endpoint starts beside the site, ${how}`, async () => {
      platform = await serve(["--reactions"]);
    });
    if (!platform) return;
    try {
      await way({ platform, browser, check, scripts, how });
    } finally {
      await platform.stop();
    }
  }
};

const way = async ({ platform, browser, check, scripts, how }) => {
  const person = async () => {
    const page = await browser.page({ javaScriptEnabled: scripts });
    page.faults = [];
    page.on("pageerror", (error) => page.faults.push(String(error)));
    return page;
  };
  const at = (path) => new URL(path, platform.address).href;
  const heading = (page) => page.locator("h1").innerText();
  const readable = async (page) => {
    if (!scripts) return;
    await accessible(page, "light");
    await accessible(page, "dark");
    for (const screen of SCREENS) await fits(page, screen);
    none(page.faults);
  };
  const [member, admin] = [await person(), await person()];

  await check(`a beheerder begins with a link from the command line, ${how}`, async () => {
    const { stdout } = await run(process.env.PRAKTIJK, ["reactions", "admin", ADMIN.mail, "--site-url", platform.address], { cwd: platform.folder });
    await admin.goto(stdout.trim());
    await readable(admin);
    await admin.getByLabel("Uw nieuwe wachtwoord").fill(ADMIN.password);
    await admin.getByRole("button", { name: "Bewaar dit wachtwoord" }).click();
    await logIn(admin, at, ADMIN);
    holds((await admin.locator("main").innerText()).includes("Voor de redactie"), "nothing for a beheerder");
    await readable(admin);
  });

  await check(`somebody registers, confirms with the link in the mail and logs in, ${how}`, async () => {
    await member.goto(at("reacties/aanmelden"));
    await readable(member);
    await member.getByRole("button", { name: "Aanmelden" }).click();
    await member.locator(".fout-lijst").waitFor();
    await readable(member);
    await member.getByLabel("Uw naam").fill(MEMBER.name);
    await member.getByLabel("Uw mailadres").fill(MEMBER.mail);
    await member.getByLabel("Kies een wachtwoord").fill(MEMBER.password);
    await member.getByRole("button", { name: "Aanmelden" }).click();
    const link = await until(() => mailed(platform, MEMBER.mail, "bevestigen"), "a mail with a link");
    await member.goto(link);
    same(await heading(member), "Mailadres bevestigen", "the page with the button");
    await readable(member);
    await member.getByRole("button", { name: /^Ja/ }).click();
    await logIn(member, at, MEMBER);
    await readable(member);
  });

  const text = `Bij ons werkte het ook, ${how}. Met een <b>vast</b> gezicht.`;
  await check(`a member reacts on a page of the site, ${how}`, async () => {
    await member.goto(at(`${EXAMPLE}/`));
    const form = member.locator(".reageer form");
    await form.getByLabel("Ervaring", { exact: true }).check();
    await form.getByLabel("Uw tekst").fill(text);
    await form.getByRole("button").click();
    if (!scripts) {
      same(await heading(member), "Klopt dit zo?", "the text once more");
      await member.getByRole("button", { name: /^Ja/ }).click();
      await member.getByText("moderator").first().waitFor();
    } else {
      await member.locator(".melding-goed").waitFor();
      none(member.faults);
    }
    const stranger = await person();
    await stranger.goto(at(`reacties/pagina?id=${encodeURIComponent(EXAMPLE)}`));
    holds(!(await stranger.content()).includes("vast"), "it shows before anybody read it");
    await readable(stranger);
    await stranger.close();
  });

  await check(`a moderator finds it in the queue and places it by keyboard, ${how}`, async () => {
    await admin.goto(at("reacties/beheer"));
    await readable(admin);
    holds((await admin.locator(".wachtrij").innerText()).includes("Bij ons werkte het ook"), "not in the queue");
    const place = admin.locator(".wachtrij button", { hasText: "Plaatsen" }).first();
    await place.focus();
    await admin.keyboard.press("Enter");
    await until(async () => (await admin.locator("main").innerText()).includes("Er wacht niets"), "an empty queue");
    await admin.goto(at("reacties/beheer/logboek"));
    await readable(admin);
  });

  await check(`it is live at once, ${how}`, async () => {
    const stranger = await person();
    await stranger.goto(at(`reacties/pagina?id=${encodeURIComponent(EXAMPLE)}`));
    const shown = stranger.locator("article.reactie", { hasText: "Bij ons werkte het ook" });
    same(await shown.count(), 1, "on the page of the endpoint");
    same(await shown.locator("b").count(), 0, "what was typed as HTML");
    await stranger.close();
  });

  let page;
  await check(`a build bakes it, and it stands there with the endpoint stopped, ${how}`, async () => {
    await rebuild(platform);
    page = await built(platform);
    holds(page.includes("Bij ons werkte het ook") && page.includes(MEMBER.name), "not in the page");
    holds(!page.includes("<b>vast</b>"), "HTML that somebody typed is in the page");
    holds((await readFile(join(platform.folder, "public", EXAMPLE, "reacties.xml"), "utf8")).includes("Bij ons werkte"), "not in the feed");
  });

  await check(`the endpoint shows it as the page does, ${how}`, async () => {
    // Without scripts, so that what is compared is what was baked.
    const reader = await browser.page({ javaScriptEnabled: false });
    const markup = async (path) => {
      await reader.goto(at(path));
      const one = reader.locator("article.reactie", { hasText: "Bij ons werkte het ook" });
      return (await one.count()) === 1 ? one.evaluate(looks) : null;
    };
    const baked = await until(() => markup(`${EXAMPLE}/`), "a page with it");
    same(await markup(`reacties/pagina?id=${encodeURIComponent(EXAMPLE)}`), baked, "its markup");
    await reader.close();
  });

  await check(`the pages of an account can be read by anybody, ${how}`, async () => {
    for (const path of ["", "mijn", "mijn/wachtwoord", "mijn/mailadres", "mijn/sessies", "mijn/reacties", "mijn/verwijderen", "deelnemers"]) {
      await member.goto(at(`reacties/${path}`));
      await readable(member);
    }
    for (const path of ["beheer/meldingen", "beheer/leden"]) {
      await admin.goto(at(`reacties/${path}`));
      await readable(admin);
    }
  });

  await check(`who leaves leaves no trace in the database and the next build, ${how}`, async () => {
    await member.goto(at("reacties/mijn/verwijderen"));
    await member.getByLabel("Verwijder mijn reacties").check();
    await member.getByLabel("Uw wachtwoord").fill(MEMBER.password);
    await member.getByRole("button", { name: "Verwijder mijn account" }).click();
    same(await heading(member), "Uw account is verwijderd", "the last page");
    await until(() => mailed(platform, MEMBER.mail, null, "verwijderd"), "a last mail");
    await rebuild(platform);
    page = await built(platform);
    holds(!page.includes("Bij ons werkte het ook") && !page.includes(MEMBER.name), "it is still in the page");
    const kept = join(platform.folder, ".praktijk", "reacties");
    await until(async () => {
      for (const name of await readdir(kept)) {
        if (!name.startsWith("reacties.sqlite")) continue;
        const bytes = await readFile(join(kept, name), "latin1");
        if ([MEMBER.mail, MEMBER.name, "Bij ons werkte"].some((word) => bytes.includes(word))) return false;
      }
      return true;
    }, "a database without a trace", 20_000);
  });

  await member.close();
  await admin.close();
};

/** What is the same wherever a reaction is shown; what can be done with it is not. Runs in the page. */
const looks = (one) => {
  const attributes = [...one.attributes].map(({ name, value }) => `${name}=${value}`).sort();
  const parts = [...one.querySelectorAll(":scope > :not(.reactie-doen, details)")].map((part) => part.outerHTML);
  return [...attributes, ...parts].map((text) => text.replace(/\s+/g, " ").replaceAll("> <", "><"));
};

const logIn = async (page, at, { mail, password }) => {
  await page.goto(at("reacties/inloggen"));
  await page.getByLabel("Uw mailadres").fill(mail);
  await page.getByLabel("Uw wachtwoord").fill(password);
  await page.getByRole("button", { name: "Inloggen" }).click();
  await page.waitForURL((url) => !url.pathname.endsWith("/inloggen"));
};

/** The link in the newest mail to somebody, or whether one with a word in its subject is there. */
const mailed = async (platform, to, link, word) => {
  const folder = join(platform.folder, ".praktijk", "reacties", "mails");
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".eml")).sort().reverse();
  for (const name of names) {
    const mail = await readFile(join(folder, name), "utf8");
    const end = mail.indexOf("\r\n\r\n");
    const [head, body] = [mail.slice(0, end), mail.slice(end)];
    if (!head.includes(to)) continue;
    const text = body.replaceAll("=\r\n", "").replaceAll(/=([0-9A-F]{2})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
    if (word && (head + text).includes(word)) return true;
    const found = link && new RegExp(`\\S+/reacties/${link}\\?sleutel=\\S+`).exec(text);
    if (found) return found[0];
  }
  return null;
};

const rebuild = (platform) =>
  run(process.env.PRAKTIJK, ["build", "--reactions", `sqlite:${join(platform.folder, ".praktijk/reacties/reacties.sqlite")}`, "--base-url", platform.address], {
    cwd: platform.folder,
    maxBuffer: 1 << 26,
  });

const built = (platform) => readFile(join(platform.folder, "public", EXAMPLE, "index.html"), "utf8");
