// Whether an open page follows its sources by itself, and says what is wrong and where until it is mended.

const PAGE = "content/over-dit-platform.md";
const TIP = "content/tips/organiseer-tijd.md";
const NEW_TIP = "content/tips/een-nieuwe-tip.md";
const STYLE = "themes/kennisplatform/sass/kennisplatform.scss";

export const editing = async (platform, browser, check) => {
  const page = await browser.page();
  const before = await platform.read(PAGE);
  const style = await platform.read(STYLE);
  const overlay = page.locator("dialog pre");
  await page.goto(new URL("over-dit-platform/", platform.address).href);

  await check("an edited page shows its new text by itself", async () => {
    const words = "Deze zin is zojuist geschreven.";
    await platform.write(PAGE, `${before}\n${words}\n`);
    await page.getByText(words).waitFor();
  });

  // The theme names the version of a style sheet in its address, so an edit of one is an edit of every page.
  await check("an edited style sheet shows by itself", async () => {
    await platform.write(STYLE, `${style}\nbody { outline: 7px solid rgb(1, 2, 3); }\n`);
    await page.waitForFunction(() => getComputedStyle(document.body).outlineWidth === "7px");
    await platform.write(STYLE, style);
    await page.waitForFunction(() => getComputedStyle(document.body).outlineWidth !== "7px");
  });

  await check("a broken page is named over the page, with file and line", async () => {
    await platform.write(PAGE, `${before}\n[Kapot](@/bestaat-niet.md)\n`);
    await overlay.first().waitFor();
    const line = before.split("\n").length + 1;
    const text = (await overlay.allTextContents()).join("\n");
    if (!text.includes(`${PAGE}:${line}:`)) throw new Error(`no ${PAGE}:${line} in:\n${text}`);
    if (!text.includes("bestaat-niet.md")) throw new Error(`no word of what is wrong in:\n${text}`);
  });

  await check("the page below the complaint is the last good one", async () => {
    if ((await page.locator("main h1").count()) !== 1) throw new Error("the page is gone");
  });

  await check("a page that is opened now says it too", async () => {
    const other = await browser.page();
    await other.goto(platform.address);
    await other.locator("dialog pre").first().waitFor();
    await other.close();
  });

  await check("mended, the complaint goes by itself", async () => {
    const words = "Het is weer goed.";
    await platform.write(PAGE, `${before}\n${words}\n`);
    await page.getByText(words).waitFor();
    await overlay.first().waitFor({ state: "detached" });
  });

  await check("put back without a change, the complaint goes as well", async () => {
    await platform.write(PAGE, `${before}\n[Kapot](@/bestaat-niet.md)\n`);
    await overlay.first().waitFor();
    await platform.write(PAGE, `${before}\nHet is weer goed.\n`);
    await overlay.first().waitFor({ state: "detached" });
  });

  await check("a new page is there, and gone when it is deleted", async () => {
    const tip = await platform.read(TIP);
    await platform.write(NEW_TIP, tip);
    const address = new URL("tips/een-nieuwe-tip/", platform.address);
    await status(address, 200);
    await platform.remove(NEW_TIP);
    await status(address, 404);
  });
  await page.close();
};

// Waits until an address answers with this status.
const status = async (address, expected) => {
  for (let tries = 0; tries < 200; tries += 1) {
    if ((await fetch(address)).status === expected) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error(`${address} never answered ${expected}`);
};
