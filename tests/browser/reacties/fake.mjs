// An endpoint that only pretends: it answers what the script of the pages asks, in the words of the contract, and can be told
// to be slow, gone, full of faults or out of order. What it was asked is in `asked`, and what was posted in `posted`.
//
// The checks know it by these names alone, so the same checks can stand before the real endpoint:
//   signIn(context)          a browser that is logged in
//   set(page, threads)       what an accepted thread list looks like from now on
//   mine(list)               what of the one who is logged in still waits
//   mood(name)               "well", "slow", "gone", "away", "refuses", "complains"

import { randomBytes } from "node:crypto";

export const NAME = "Deelnemer Proef";
const TOKEN = "formulier-van-de-proef";

export const pretended = (address) => {
  const state = { mood: "well", revision: 1, threads: new Map(), mine: [], kept: new Map(), asked: [], posted: [], waiting: new Set() };
  const handle = async (request, answer, below) => {
    const [, what] = below.match(/^reacties\/([a-z-]+(?:\.json)?)$/) ?? [];
    if (!["ik.json", "draad.json", "plaatsen", "uitloggen", "inloggen"].includes(what)) return false;
    const body = await read(request);
    const url = new URL(request.url, "http://localhost");
    state.asked.push({ method: request.method, what, query: Object.fromEntries(url.searchParams), cookie: request.headers.cookie ?? "", site: request.headers["sec-fetch-site"], type: request.headers["content-type"] ?? "", key: new URLSearchParams(body).get("eenmalig") });
    if (state.mood === "away") return answer.destroy(), true;
    if (state.mood === "gone") return send(answer, 503, "text/html; charset=utf-8", "<!doctype html><title>503</title>"), true;
    const known = /(^|; )sessie=1/.test(request.headers.cookie ?? "");
    const reply = () => DOES[what]({ state, answer, known, url, body: new URLSearchParams(body), json: (request.headers.accept ?? "").includes("json") });
    if (state.mood === "slow") {
      // What is sent is done, only the answer stays away.
      if (what === "plaatsen") keep(state, new URLSearchParams(body));
      state.waiting.add(answer);
      return true;
    }
    reply();
    return true;
  };
  const signIn = async (context) => {
    const { origin } = new URL(address);
    await context.addCookies([{ name: "sessie", value: "1", url: origin, httpOnly: true }, { name: "reacties", value: "1", url: origin }]);
  };
  return {
    handle,
    signIn,
    asked: state.asked,
    posted: state.posted,
    of: (what) => state.asked.filter((one) => one.what === what),
    set: (page, threads) => (state.threads.set(page, threads), (state.revision += 1)),
    // As an endpoint is that was just set up: it published nothing ever.
    fresh: (page) => (state.threads.set(page, []), (state.revision = 0)),
    mine: (list) => ((state.mine = list), (state.revision += 1)),
    mood: (name) => {
      state.mood = name;
      if (name !== "slow") for (const answer of state.waiting) answer.destroy();
    },
    reset: () => {
      for (const answer of state.waiting) answer.destroy();
      Object.assign(state, { mood: "well", mine: [], revision: state.revision + 1 });
      for (const list of [state.asked, state.posted]) list.length = 0;
      for (const map of [state.threads, state.kept, state.waiting]) map.clear();
    },
  };
};

const DOES = {
  "ik.json": ({ answer, known }) =>
    sendJson(answer, 200, known ? { ingelogd: true, naam: NAME, formulier: TOKEN, beheer: false, wacht: 0 } : { ingelogd: false }),
  "draad.json": ({ state, answer, known, url }) => {
    const pagina = url.searchParams.get("pagina");
    const draden = state.threads.get(pagina);
    if (!draden) return sendJson(answer, 404, {});
    sendJson(answer, 200, { versie: 1, pagina, revision: state.revision, draden, ...(known ? { mijn: state.mine } : {}) });
  },
  plaatsen: ({ state, answer, known, body, json }) => {
    if (!json) return sendPage(answer, known ? "Klopt dit zo?" : "Log eerst in", body.get("tekst") ?? "");
    if (!known) return sendJson(answer, 401, { inloggen: "/reacties/inloggen" });
    if (body.get("formulier") !== TOKEN) return sendJson(answer, 403, { fouten: {}, uitleg: "Dit formulier is te oud." });
    if (state.mood === "refuses") return sendJson(answer, 429, { fouten: {}, uitleg: "U plaatst heel veel achter elkaar. Wacht even." });
    if (state.mood === "complains") return sendJson(answer, 422, { fouten: { tekst: "Er staat een telefoonnummer in uw tekst." }, uitleg: "Haal weg wat herkenbaar is." });
    const id = keep(state, body);
    sendJson(answer, 201, { id, stand: "wacht", uitleg: "Uw tekst is binnen. Een moderator leest hem eerst." });
  },
  uitloggen: ({ answer }) => {
    answer.writeHead(204, { "set-cookie": ["sessie=; Path=/; Max-Age=0", "reacties=; Path=/; Max-Age=0"] });
    answer.end();
  },
  inloggen: ({ answer }) => sendPage(answer, "Log in", ""),
};

// The same key twice is one reaction.
const keep = (state, body) => {
  const key = body.get("eenmalig");
  state.posted.push(Object.fromEntries(body));
  if (!state.kept.has(key)) {
    const id = `01KB3X5Q2Z8E6T4R2W0Q9P${randomBytes(2).toString("hex").toUpperCase()}`;
    state.kept.set(key, id);
    const { soort, titel, ouder, tekst } = Object.fromEntries(body);
    state.mine.push({ id, stand: "wacht", soort, titel: titel || undefined, html: `<p>${escaped(tekst)}</p>`, ouder, kan_wijzigen: true });
    state.revision += 1;
  }
  return state.kept.get(key);
};

const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
const send = (answer, status, type, text) => {
  answer.writeHead(status, { "content-type": type, "cache-control": "no-store" });
  answer.end(text);
};
const sendJson = (answer, status, value) => send(answer, status, "application/json; charset=utf-8", JSON.stringify(value));
const sendPage = (answer, title, text) =>
  send(answer, 200, "text/html; charset=utf-8", `<!doctype html><html lang="nl"><title>${title}</title><h1>${title}</h1><pre>${escaped(text)}</pre>`);

const read = async (request) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts).toString("utf8");
};
