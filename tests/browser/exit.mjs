// Whether the quick exit leaves nothing in sight: on every page, with and without script, by mouse and by Shift, when the
// other side is slow or there is no network, and when somebody presses Back.

import { holds, none, same, until } from "./checks.mjs";
import { open } from "./chromium.mjs";
import { oneOfEach } from "./survey.mjs";

const QUICK = 100;

export const exit = async (site, browser, check, census) => {
  const other = site.elsewhere;
  const [first, secret] = examples(census);
  // A page with the exit, after another page of the site, in a tab of its own.
  const onSecret = async (options) => {
    const page = await browser.page(options);
    await page.goto(first.address);
    await page.goto(secret.address);
    other.requests.length = 0;
    return page;
  };
  const away = (page) => page.waitForURL(`${other.address}**`);
  const stays = async (page) => {
    await page.waitForTimeout(150);
    same(page.url(), secret.address, "the page");
    holds(!(await page.evaluate(() => document.documentElement.classList.contains("weg"))), "the page is hidden");
  };

  await check("every page has the quick exit as a plain link, first after the skip link", () => {
    none(census.flatMap(({ name, exit }) => faultsOfLink(name, exit, other.address)));
  });

  await check("without script the exit is a link that tells nobody where one comes from", async () => {
    const page = await onSecret({ javaScriptEnabled: false });
    await page.locator("a.snel-weg").click();
    await away(page);
    same(other.requests[0].referer, "", "the referer");
    await page.close();
  });

  await check("Back after the exit never shows the page that was left", async () => {
    const page = await onSecret();
    await page.locator("a.snel-weg").click();
    await away(page);
    same(other.requests[0].referer, "", "the referer");
    await page.goBack();
    same(page.url(), first.address, "the page before");
    await page.goForward();
    await away(page);
    await page.close();
  });

  await check("the exit works with Enter, and with a key held or the middle button stays in the same tab", async () => {
    for (const leave of [
      (link) => link.press("Enter"),
      (link) => link.click({ modifiers: ["Control"] }),
      (link) => link.click({ modifiers: ["Shift"] }),
      (link) => link.click({ button: "middle" }),
    ]) {
      const page = await onSecret();
      await leave(page.locator("a.snel-weg"));
      await away(page);
      same(page.context().pages().length, 1, "tabs");
      await page.close();
    }
  });

  await check("everything is hidden at once, also when the other side does not answer", async () => {
    const page = await onSecret();
    other.hush(true);
    try {
      const told = new Promise((done) => page.on("console", (message) => message.text().startsWith("{") && done(JSON.parse(message.text()))));
      await page.evaluate(`(${clock})(${covered})`);
      await page.evaluate(() => void setTimeout(() => document.querySelector("a.snel-weg").click()));
      const { took, text, title, alert, shown } = await told;
      holds(took < QUICK, `hidden after ${took} ms`);
      same([text, title, alert], ["Bezig met laden", "Bezig met laden", "Bezig met laden"], "what is told");
      same(shown, [], "what still shows");
    } finally {
      other.hush(false);
    }
    await page.close();
  });

  await check("without a network the screen stays blank, and one is away as soon as there is one", async () => {
    const page = await onSecret();
    await page.context().setOffline(true);
    await page.evaluate(() => document.querySelector("a.snel-weg").click());
    await until(() => page.evaluate(() => document.body.innerText.trim() === "Bezig met laden"), "a blank screen");
    await page.waitForTimeout(200);
    same(await page.evaluate(covered), [], "what still shows");
    await page.context().setOffline(false);
    await away(page);
    await page.close();
  });

  await check("three times Shift leaves, and says before how many more", async () => {
    const page = await onSecret();
    const status = page.locator("#snel-weg-status");
    await page.keyboard.press("Shift");
    holds(/twee keer/.test(await status.innerText()), `after one: ${await status.innerText()}`);
    await page.keyboard.press("Shift");
    holds(/één keer/.test(await status.innerText()), `after two: ${await status.innerText()}`);
    await page.keyboard.press("Shift", { noWaitAfter: true });
    await away(page);
    await page.goBack();
    same(page.url(), first.address, "the page before");
    await page.close();
  });

  const harmless = {
    "a letter between": async ({ keyboard }) => {
      await twice(keyboard);
      await keyboard.press("a");
      await keyboard.press("Shift");
    },
    "capitals": async ({ keyboard }) => {
      for (const letter of "ABCD") await keyboard.press(`Shift+${letter}`);
    },
    "Control held": async ({ keyboard }) => {
      await keyboard.down("Control");
      for (let times = 0; times < 4; times += 1) await keyboard.press("Shift");
      await keyboard.up("Control");
    },
    "Alt held at the third": async ({ keyboard }) => {
      await twice(keyboard);
      await keyboard.down("Alt");
      await keyboard.press("Shift");
      await keyboard.up("Alt");
    },
    "Tab backwards": async ({ keyboard }) => {
      for (let times = 0; times < 4; times += 1) await keyboard.press("Shift+Tab");
    },
    "a click between": async (page) => {
      await twice(page.keyboard);
      await page.locator("main h1").click();
      await page.keyboard.press("Shift");
    },
  };
  for (const [how, act] of Object.entries(harmless)) {
    await check(`Shift with ${how} does not leave`, async () => {
      const page = await browser.page();
      await page.goto(secret.address);
      await act(page);
      await stays(page);
      await page.close();
    });
  }

  await check("five seconds after the last Shift counting begins anew", async () => {
    const page = await browser.page();
    await page.clock.install();
    await page.goto(secret.address);
    await twice(page.keyboard);
    await page.clock.fastForward(5_100);
    same(await page.locator("#snel-weg-status").innerText(), "", "what is told");
    await page.keyboard.press("Shift");
    await stays(page);
    await page.close();
  });

  await check("a site can do without the Shift key", async () => {
    const page = await browser.page();
    await page.route(secret.address, async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace('class="snel-weg"', 'class="snel-weg" data-toets="uit"');
      await route.fulfill({ response: answer, body });
    });
    await page.goto(secret.address);
    await twice(page.keyboard);
    await page.keyboard.press("Shift");
    await stays(page);
    await page.locator("a.snel-weg").click();
    await away(page);
    await page.close();
  });

  await check("the exit stays in sight while scrolling, is large enough for a thumb, and is not printed", async () => {
    const page = await browser.page({ viewport: { width: 320, height: 640 } });
    for (const one of oneOfEach(census).filter(({ exit }) => exit)) {
      await page.goto(one.address);
      for (const size of [{ width: 320, height: 640 }, { width: 1280, height: 720 }, { width: 320, height: 256 }]) {
        await page.setViewportSize(size);
        none((await page.evaluate(seen)).map((fault) => `${one.name} on ${size.width} × ${size.height}: ${fault}`));
      }
      await page.emulateMedia({ media: "print" });
      holds(!(await page.locator("a.snel-weg").isVisible()), `${one.name} prints the exit`);
      await page.emulateMedia({ media: "screen" });
    }
    await page.close();
  });

  await check("what has the focus is never covered", async () => {
    for (const viewport of [{ width: 360, height: 640 }, { width: 1280, height: 720 }]) {
      const page = await browser.page({ viewport });
      for (const one of oneOfEach(census)) {
        await page.goto(one.address);
        none((await page.evaluate(walk)).map((fault) => `${one.name} on ${viewport.width} pixels: ${fault}`));
      }
      await page.close();
    }
  });

  const keeping = await open({ keepsPages: true });
  try {
    await check("a browser that keeps whole pages does not show the last page with Back either", () =>
      kept(site, keeping, first, secret),
    );
  } finally {
    await keeping.shut();
  }
};

// Two pages of the site with the exit, preferably examples from practice.
const examples = (census) => {
  const able = census.filter(({ exit }) => exit);
  const best = able.filter(({ sheet }) => sheet === "blad-praktijkvoorbeeld");
  return [...best, ...able].slice(0, 2);
};

const faultsOfLink = (name, exit, target) => {
  if (!exit) return [`${name}: no quick exit`];
  const faults = [];
  if (exit.href !== target) faults.push(`leads to ${exit.href}`);
  for (const word of ["nofollow", "noreferrer", "noopener"]) if (!exit.rel.split(" ").includes(word)) faults.push(`no ${word}`);
  if (exit.words !== "Snel weg van deze website") faults.push(`says "${exit.words}"`);
  if (exit.place !== 1) faults.push(`is number ${exit.place} of what can have the focus`);
  if (!exit.shape) faults.push("has no shape");
  if (!exit.help) faults.push("is not explained");
  return faults.map((fault) => `${name}: ${fault}`);
};

const twice = async (keyboard) => {
  await keyboard.press("Shift");
  await keyboard.press("Shift");
};

// Asks the page through the browser itself: playwright loses sight of one that comes back from the cache.
const asking = async (page) => {
  const devtools = await page.context().newCDPSession(page);
  return async (question) => {
    const expression = typeof question === "function" ? `(${question})()` : question;
    const { result, exceptionDetails } = await devtools.send("Runtime.evaluate", { expression, returnByValue: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  };
};

// The next functions run in the page.

// Tells on the console how many milliseconds after the click the first picture came without the page in it, and what is
// to be seen a while later. A browser answers no questions about a page that is on its way elsewhere.
const clock = (covered) => {
  const tell = (took) => {
    const alert = document.querySelector("[role=alert]")?.innerText;
    console.log(JSON.stringify({ took, text: document.body.innerText.trim(), title: document.title, alert, shown: covered() }));
  };
  addEventListener("click", () => {
    const begin = performance.now();
    const look = () => {
      if (!document.documentElement.classList.contains("weg")) requestAnimationFrame(look);
      else setTimeout(tell, 300, performance.now() - begin);
    };
    requestAnimationFrame(look);
  }, { capture: true });
};

const covered = () => {
  const points = [0.05, 0.3, 0.5, 0.7, 0.95];
  const shown = points.flatMap((x) => points.map((y) => document.elementFromPoint(innerWidth * x, innerHeight * y)));
  return [...new Set(shown.filter((one) => !one?.matches(".weg-scherm, html, body")).map((one) => one?.outerHTML.slice(0, 80)))];
};

const seen = async () => {
  const faults = [];
  for (const part of [0, 0.5, 1]) {
    scrollTo(0, part * document.documentElement.scrollHeight);
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const box = document.querySelector("a.snel-weg").getBoundingClientRect();
    if (box.width < 44 || box.height < 44) faults.push(`${box.width} × ${box.height} pixels`);
    if (box.top < 0 || box.left < 0 || box.bottom > innerHeight || box.right > innerWidth) faults.push(`out of sight at ${part}`);
    const top = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
    if (!top?.closest("a.snel-weg")) faults.push(`under ${top?.className} at ${part}`);
  }
  return faults;
};

// Gives the focus to everything that can have it; it must be visible at one of its points at least.
const walk = () => {
  const faults = [];
  const able = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
  for (const one of able.filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled)) {
    one.focus();
    if (document.activeElement !== one) continue;
    // What the mouse passes through is looked for all the same.
    one.style.pointerEvents = "auto";
    const points = [...one.getClientRects()].flatMap((box) =>
      [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [box.left + box.width * x, box.top + box.height * y])),
    );
    const shows = points.some(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (one.contains(top) || (top.contains(one) && top.matches("label, li, summary, span")));
    });
    if (!shows) faults.push(`${one.outerHTML.slice(0, 90)} is covered`);
  }
  return faults;
};

const kept = async (site, browser, first, secret) => {
  const page = await browser.page();
  const ask = await asking(page);
  const at = (address) => until(async () => (await ask("location.href").catch(() => "")) === address, `at ${address}`);
  const back = (steps) => ask(`history.go(${steps}), 0`);
  await page.goto(first.address);
  await ask("window.mark = 1");
  await ask(`location.href = ${JSON.stringify(secret.address)}`);
  await at(secret.address);
  await until(() => ask("document.readyState === 'complete'"), "the page is whole");
  await ask("document.querySelector('a.snel-weg').click()");
  await at(site.elsewhere.address);
  await back(-1);
  await at(first.address);
  same(await ask("window.mark"), 1, "the page came back from the cache");
  same(await ask("document.documentElement.className.includes('weg')"), false, "the page is blank");

  // Somebody who left without a network, and comes back by hand, sees the page again; it does not leave by itself later.
  await ask(`location.href = ${JSON.stringify(secret.address)}`);
  await at(secret.address);
  await until(() => ask("document.readyState === 'complete'"), "the page is whole");
  await page.context().setOffline(true);
  await ask("document.querySelector('a.snel-weg').click()");
  await until(() => ask("document.documentElement.classList.contains('weg')"), "the page is hidden");
  await back(-1);
  await at(first.address);
  await back(1);
  await at(secret.address);
  await until(() => ask("!document.documentElement.classList.contains('weg')"), "the page shows again");
  await page.context().setOffline(false);
  await new Promise((done) => setTimeout(done, 300));
  same(await ask("location.href"), secret.address, "the page");
  await page.close();
};
