// Keeps this page up to date while its site is being written: loads it again, swaps style sheets, shows what is wrong.
(() => {
  "use strict";
  const script = document.currentScript;
  const base = new URL("..", script.src); // The site's own root; the script lies in a folder directly below it.
  let version = script.dataset.version;
  let stream = null;
  let pause = 250;
  let dialog = null;
  let dismissed = "";

  // A page that nobody sees gives its connection up: browsers grant a site only six. When it is seen again, the
  // version tells what it missed.
  const listen = () => {
    if (stream || document.visibilityState === "hidden") return;
    const address = new URL("_praktijk/reload", base);
    address.searchParams.set("since", version);
    stream = new EventSource(address);
    stream.onmessage = (event) => receive(JSON.parse(event.data));
    stream.onerror = () => {
      leave();
      setTimeout(listen, pause);
      pause = Math.min(pause * 2, 4000);
    };
  };

  const leave = () => {
    if (stream) stream.close();
    stream = null;
  };

  const receive = (news) => {
    pause = 250;
    if (news.reload) {
      leave();
      location.reload();
      return;
    }
    version = news.version;
    if (news.css.length) swap(news.css);
    show(news.errors);
  };

  // Replaces the style sheets that changed. One that no page names is imported by another: then all are replaced.
  const swap = (changed) => {
    const paths = changed.map((path) => base.pathname + path);
    const path = (link) => {
      const url = new URL(link.href, document.baseURI);
      try { return decodeURIComponent(url.pathname); } catch { return url.pathname; }
    };
    const links = [...document.querySelectorAll('link[rel~="stylesheet"][href]')];
    const named = paths.every((one) => links.some((link) => path(link) === one));
    for (const link of links) {
      const ours = path(link).startsWith(base.pathname);
      if (link.dataset.praktijk === "old" || !(named ? paths.includes(path(link)) : ours)) continue;
      const fresh = link.cloneNode();
      link.dataset.praktijk = "old";
      const url = new URL(link.href, document.baseURI);
      url.searchParams.set("_praktijk", version);
      fresh.href = url;
      // The old one stays until the new one is there, so that the page does not flash.
      fresh.onload = fresh.onerror = () => link.remove();
      link.after(fresh);
    }
  };

  const STYLE = `
    dialog { all: revert; box-sizing: border-box; width: min(60rem, 94vw); max-width: none; max-height: 90vh;
      overflow: auto; padding: 1rem 1.25rem; border: 3px solid #b3001b; border-radius: 6px; background: #fff;
      color: #1a1a1a; font: 1rem/1.5 system-ui, sans-serif; text-align: start; }
    dialog::backdrop { background: rgb(0 0 0 / .45); }
    header { display: flex; gap: 1rem; justify-content: space-between; align-items: start; }
    h2 { margin: 0 0 .5rem; font-size: 1.25rem; color: #8f0016; }
    button { min-width: 44px; min-height: 44px; padding: .25rem .75rem; border: 2px solid #1a1a1a; border-radius: 4px;
      background: #fff; color: #1a1a1a; font: inherit; cursor: pointer; }
    button:focus-visible, pre:focus-visible { outline: 3px solid #0b57d0; outline-offset: 2px; }
    pre { margin: .75rem 0; padding: .75rem; overflow: auto; border-radius: 4px; background: #f3f3f3; color: #1a1a1a;
      font: .9375rem/1.5 ui-monospace, "Cascadia Mono", Consolas, "DejaVu Sans Mono", monospace; white-space: pre-wrap;
      overflow-wrap: anywhere; }
    @media print { dialog { display: none; } }
  `;

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  // What is wrong, above the page. Text is only ever set as text. Escape closes it until there is other news.
  const show = (errors) => {
    const text = errors.join("\n\n");
    if (!errors.length || text === dismissed) {
      if (!errors.length) dismissed = "";
      return hide();
    }
    if (dialog && dialog.dataset.text === text) return;
    hide();
    const host = element("div", {});
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet(); // Not a style element: a site's security policy may forbid those.
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const close = element("button", { type: "button", textContent: "Close (Esc)", onclick: () => dialog.close() });
    const count = errors.length === 1 ? "1 error" : `${errors.length} errors`;
    const title = element("h2", { id: "title", textContent: `The site is not up to date: ${count}` });
    const list = errors.map((error) => element("pre", { tabIndex: 0, textContent: error }));
    dialog = element("dialog", { lang: "en", dir: "ltr" }, element("header", {}, title, close), ...list);
    dialog.setAttribute("aria-labelledby", "title");
    dialog.dataset.text = text;
    dialog.addEventListener("close", () => {
      if (!host.isConnected) return; // It was replaced, not dismissed.
      dismissed = text;
      hide();
    });
    root.append(dialog);
    document.documentElement.append(host);
    dialog.showModal();
  };

  const hide = () => {
    const host = dialog && dialog.getRootNode().host;
    dialog = null;
    if (host) host.remove();
  };

  document.addEventListener("visibilitychange", () => (document.visibilityState === "hidden" ? leave() : listen()));
  addEventListener("pagehide", leave);
  addEventListener("pageshow", listen);
  listen();
})();
