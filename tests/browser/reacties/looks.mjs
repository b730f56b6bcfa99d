// Whether every state of the reactions, and every kind of page of the endpoint, can be read by anybody: axe in light and
// dark, any screen, forced colours, print, more space between letters. The pages of the endpoint are the shell with the
// classes it may use.

import { holds, none, same, until } from "../checks.mjs";
import { accessible, fits } from "../pages.mjs";
import { another, BOARD, EXAMPLE, QUESTIONS, thread, threads } from "./baked.mjs";
import { arrive, opened } from "./reactions.mjs";

const SCREENS = [320, 768, 1280, 2560].map((width) => ({ width, height: 900 }));

export const looks = async (house) => {
  const { endpoint, check } = house;
  const fine = async (page) => {
    await accessible(page, "light");
    await accessible(page, "dark");
    for (const screen of SCREENS) await fits(page, screen);
    none(page.faults);
  };
  const states = {
    "as baked": [EXAMPLE, {}, async () => {}],
    "of questions": [QUESTIONS, {}, async () => {}],
    "of the board": [BOARD, {}, async () => {}],
    "with what is newer, and what waits": [EXAMPLE, { signedIn: true }, async (page) => {
      endpoint.mine([{ id: "M", stand: "wacht", soort: "vraag", titel: "Een titel", html: "<p>Wacht.</p>", kan_wijzigen: true }, { id: "N", stand: "wacht", soort: "antwoord", ouder: threads[0].id, html: "<p>Ook.</p>", kan_wijzigen: true }]);
      endpoint.set(EXAMPLE, [...threads, thread(another("B2", "Nieuw"))]);
      await arrive(page);
      await until(async () => (await page.locator(".reactie-wacht").count()) === 2, "waits");
    }],
    "with an answer being written": [EXAMPLE, {}, async (page) => {
      await page.locator(".reactie summary").first().click();
      await page.locator(".reactie textarea").first().fill("Een heel lang woord: ".padEnd(300, "x"));
    }],
    "with faults": [EXAMPLE, {}, async (page) => {
      await page.locator(".reageer button").click();
      await page.locator(".reageer .fout-lijst").waitFor();
      await page.locator(".reactie summary").first().click();
      await page.locator(".reactie form button").first().click();
      await page.locator(".reactie .fout-lijst").waitFor();
    }],
    "with faults on the board": [BOARD, {}, async (page) => {
      await page.locator(".reageer button").click();
      await page.locator(".fout-lijst").waitFor();
    }],
    "after posting": [EXAMPLE, { signedIn: true }, async (page) => {
      await page.getByLabel("Vraag", { exact: true }).check();
      await page.getByLabel("Uw tekst").fill("Klaar.");
      await page.locator(".reageer button").click();
      await page.locator(".melding-goed").waitFor();
    }],
    "without endpoint": [EXAMPLE, {}, async (page) => {
      endpoint.mood("gone");
      await page.getByLabel("Uw tekst").focus();
      await page.locator(".reageer-uitslag.melding-let-op").waitFor();
    }],
    "to take part": ["reacties", {}, async () => {}],
    "of the endpoint, with everything it may use": ["reacties", {}, (page) => page.evaluate(gallery)],
  };
  for (const [name, [path, options, bring]] of Object.entries(states)) {
    await check(`the page ${name} can be read by anybody, on any screen`, async () => {
      const page = await opened(house, path, options);
      await bring(page);
      await fine(page);
      await page.close();
    });
  }

  await check("forms and threads bear more space between letters, words and lines", async () => {
    for (const [path, bring] of [[EXAMPLE, null], [BOARD, null], ["reacties", gallery]]) {
      const page = await opened(house, path, { viewport: { width: 320, height: 640 } });
      if (bring) await page.evaluate(bring);
      await page.evaluate(() => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync("* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important } p { margin-bottom: 2em !important }");
        document.adoptedStyleSheets = [sheet];
      });
      await fits(page, { width: 320, height: 640 });
      await page.close();
    }
  });

  await check("what can be pressed is big enough for a finger", async () => {
    const page = await opened(house, EXAMPLE, { viewport: { width: 320, height: 640 } });
    const small = await page.locator(".reacties :is(button, summary, input:not([type=hidden]), .reactie-doen a, .reacties-volgen a)").evaluateAll((all) =>
      all.filter((one) => one.checkVisibility()).map((one) => [one.textContent.trim() || one.id, one.getBoundingClientRect()]).filter(([, box]) => box.height < 24 || box.width < 24).map(([name, box]) => `${name}: ${box.width} × ${box.height}`));
    none(small);
    await page.close();
  });

  await check("threads print, forms and buttons do not", async () => {
    const page = await opened(house, EXAMPLE);
    await page.emulateMedia({ media: "print" });
    same(await page.locator(".reacties :is(form, button, summary):visible").count(), 0, "prints what nobody can press");
    holds((await page.locator(".draden").innerText()).includes("Hoe lang van tevoren"), "prints no thread");
    await page.close();
  });

  await check("with forced colours fields, faults and buttons have an edge", async () => {
    const page = await opened(house, EXAMPLE, { forcedColors: "active" });
    await page.locator(".reageer button").click();
    await page.locator(".fout-lijst").waitFor();
    for (const what of [".reageer textarea", ".reageer button", ".fout-lijst", ".reageer .melding", ".reactie"]) {
      const edge = await page.locator(what).first().evaluate((one) => getComputedStyle(one).borderTopStyle + getComputedStyle(one).borderTopWidth);
      holds(/^solid[1-9]/.test(edge), `${what}: ${edge}`);
    }
    await page.close();
  });

  await check("a page says where its feed of reactions is, and it is there", async () => {
    const page = await opened(house, EXAMPLE);
    const feed = page.locator("link[rel=alternate][href$='reacties.xml'][data-alleen-site]");
    const address = await feed.getAttribute("href");
    same(await page.getByRole("link", { name: "Volg de reacties in een nieuwslezer (Atom)" }).getAttribute("href"), address, "the link below the form");
    const answer = await fetch(address);
    holds(answer.status === 200 && (await answer.text()).includes("Zes weken van tevoren."), `${address}: ${answer.status}`);
    await page.close();
  });

  await check("the shell has what the endpoint looks for, once", async () => {
    const page = await opened(house, "reacties", { javaScriptEnabled: false });
    same(await page.locator("main [data-deelnemen]").count(), 1, "the place");
    same(await page.locator("h1[data-deelnemen-kop]").count(), 1, "the heading");
    same(await page.locator("h1").count(), 1, "headings");
    same(await page.locator("link[rel=alternate]:not([data-alleen-site])").count(), 0, "feeds that stay");
    const words = await page.locator("main").innerText();
    holds(words.includes("lukt nu niet") && words.includes("112") && words.includes("0800-2000"), words);
    await page.close();
  });
};

// Runs in the page: what the endpoint may put into the shell.
const gallery = () => {
  document.querySelector("[data-deelnemen]").innerHTML = `
    <nav aria-label="Mijn pagina"><ul><li><a href="#a" aria-current="page">Mijn reacties</a></li><li><a href="#b">Mijn gegevens</a></li><li><a href="#c">Log uit</a></li></ul></nav>
    <div class="melding"><h2>Goed om te weten</h2><p>Iets om te weten, met <a href="#d">een link</a>.</p></div>
    <div class="melding melding-goed"><p>Het is gelukt.</p></div>
    <div class="melding melding-let-op"><p><strong>Let op.</strong> Met <a href="#e">een link</a>.</p></div>
    <div class="fout-lijst" tabindex="-1"><h2>Er klopt iets niet</h2><ul><li><a href="#mail">Vul uw mailadres in.</a></li></ul></div>
    <form class="formulier" method="post" action="#f" novalidate>
    <div class="veld"><label for="mail">Mailadres</label><p class="veld-uitleg" id="mail-uitleg">Liefst van uw werk.</p><p class="veld-fout" id="mail-fout">Vul uw mailadres in.</p>
    <input type="email" id="mail" name="mail" autocomplete="email" aria-invalid="true" aria-describedby="mail-uitleg mail-fout"></div>
    <div class="veld"><label for="woord">Wachtwoord</label><input type="password" id="woord" name="woord" autocomplete="current-password"></div>
    <div class="veld"><label for="code">Code</label><input class="kort-veld" type="text" id="code" name="code" inputmode="numeric" size="8"></div>
    <div class="veld"><label for="rol">Rol</label><select id="rol" name="rol"><option>deelnemer</option><option>moderator voor een gemeente met een heel lange naam die niet past</option></select></div>
    <div class="veld"><label for="waarom">Waarom</label><textarea id="waarom" name="waarom" rows="4"></textarea></div>
    <fieldset class="veld" id="oordeel" aria-describedby="oordeel-fout"><legend>Oordeel</legend><p class="veld-fout" id="oordeel-fout">Kies een oordeel.</p>
    <div class="veld-keuze"><input type="radio" id="ja" name="oordeel" value="ja" aria-describedby="ja-uitleg"><label for="ja">Plaatsen</label><span class="veld-uitleg" id="ja-uitleg">Iedereen kan het lezen.</span></div>
    <div class="veld-keuze"><input type="radio" id="nee" name="oordeel" value="nee" aria-invalid="true"><label for="nee">Niet plaatsen</label></div></fieldset>
    <p class="melding" role="status">Een regel om te weten.</p>
    <div class="veld-keuze"><input type="checkbox" id="los" name="los"><label for="los">Los vakje</label></div>
    <div class="veld"><div class="veld-keuze"><input type="checkbox" id="akkoord" name="akkoord"><label for="akkoord">Ik schrijf niets over gezinnen waaraan iemand hen kan herkennen.</label></div></div>
    <p class="knoppen"><button class="knop">Verder</button> <button class="knop knop-tweede">Iets anders</button> <button class="knop knop-gevaar">Verwijder</button> <a href="#g">Annuleer</a></p></form>
    <table class="tabel"><caption>Aanmeldingen</caption><thead><tr><th scope="col">Apparaat</th><th scope="col">Sinds</th><th scope="col">Stand</th><th scope="col">Doen</th></tr></thead>
    <tbody><tr><th scope="row">Firefox op Linux</th><td data-naam="Sinds">22 november 2026</td><td data-naam="Stand"><span class="stand stand-geplaatst">geplaatst</span></td><td data-naam="Doen"><form method="post" action="#h"><button class="knop-klein">Log uit</button></form></td></tr>
    <tr><th scope="row">Eenheellangenaamzonderspatiesdienietpastopeensmalscherm</th><td data-naam="Sinds">gisteren</td><td data-naam="Stand"><span class="stand stand-wacht">wacht</span> <span class="stand stand-afgewezen">afgewezen</span></td><td data-naam="Doen">–</td></tr></tbody></table>
    <h2>Wachtrij</h2>
    <ol class="wachtrij"><li class="wachtrij-let-op"><h3>Vraag van <bdi>Deelnemer Een</bdi></h3><p><span class="stand stand-wacht">wacht</span> bij <a href="#i">Verbinding! in Leiden</a></p><div class="reactie-tekst"><p>De tekst.</p></div></li><li><h3>Ervaring</h3><p>Nog een.</p></li></ol>
    <dl><dt>Naam</dt><dd>Deelnemer Een</dd><dt>Mailadres</dt><dd>een.heel.lang.mailadres.dat.niet.past@een-lang-domein.example</dd></dl>
    <ul class="draden"><li><article class="reactie" id="reactie-1" data-reactie="1" data-soort="vraag"><header><h3>Een vraag</h3><p class="reactie-wie"><bdi>Deelnemer</bdi> · <time datetime="2026-11-22">22 november 2026</time></p></header><div class="reactie-tekst"><p>Tekst.</p></div></article></li></ul>`;
};
