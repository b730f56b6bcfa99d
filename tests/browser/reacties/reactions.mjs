// Whether members can react: what is baked can be read and answered without script, the script adds what is newer and posts
// in place, and a page stays whole when the endpoint is slow, broken or gone.
//
// | file        | what it answers                                                              |
// |-------------|------------------------------------------------------------------------------|
// | fake.mjs    | an endpoint that only pretends, and can be told to misbehave                  |
// | baked.mjs   | the reactions in the pages before anybody asks an endpoint                    |
// | plain.mjs   | what there is without script, and what a page asks by itself: nothing         |
// | list.mjs    | whether the list follows the endpoint, without a jump and without its words   |
// | posting.mjs | whether a text is posted once and never lost                                  |
// | leaving.mjs | whether nothing of a visit stays behind, and the quick exit waits for nothing |
// | members.mjs | the whole way of a member, with the real endpoint                             |
// | looks.mjs   | every state and every form of the endpoint's pages by anybody, on any screen  |

import { EXAMPLE, lines, threads } from "./baked.mjs";
import { pretended } from "./fake.mjs";
import { leaving } from "./leaving.mjs";
import { list } from "./list.mjs";
import { looks } from "./looks.mjs";
import { plain } from "./plain.mjs";
import { posting } from "./posting.mjs";

export { lines };

export const reactions = async (site, browser, check) => {
  const endpoint = pretended(site.address);
  site.run(endpoint.handle);
  // Each check begins with an endpoint that knows what is baked, and nothing more.
  const from = (body) => async () => {
    endpoint.reset();
    endpoint.set(EXAMPLE, threads);
    await body();
  };
  const ours = (name, body) => check(name, from(body));
  for (const part of [plain, list, posting, leaving, looks]) await part({ site, browser, endpoint, check: ours });
};

/** A page with reactions, with somebody at it; `in` is logged in. */
export const opened = async ({ site, browser, endpoint }, path, { signedIn = false, ...options } = {}) => {
  const page = await browser.page(options);
  if (signedIn) await endpoint.signIn(page.context());
  page.faults = [];
  page.on("pageerror", (error) => page.faults.push(String(error)));
  await page.addInitScript(() => addEventListener("securitypolicyviolation", (one) => console.error(`policy: ${one.violatedDirective}`)));
  page.on("console", (message) => message.text().startsWith("policy:") && page.faults.push(message.text()));
  await page.goto(new URL(`${path.split("#")[0]}/${path.includes("#") ? `#${path.split("#")[1]}` : ""}`, site.address).href);
  return page;
};

/** Brings somebody to the reactions, as scrolling does. */
export const arrive = async (page) => {
  await page.locator(".reacties").scrollIntoViewIfNeeded();
  await page.mouse.move(10, 10);
  await page.mouse.move(20, 20);
};
