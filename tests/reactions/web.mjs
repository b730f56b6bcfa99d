// nginx and Caddy in front of an endpoint, with the very files that `praktijk reactions config` prints. In: a place, and the
// endpoints. Out: where to ask, and the process. Only ports and what needs a certificate are another here.
import fs from "node:fs";
import path from "node:path";

import { ask, port, until } from "./asking.mjs";
import { folder, start, tool } from "./place.mjs";

// What `config` prints for these endpoints, with every line replaced that must be.
function printed(place, what, listens, changes) {
    let text = tool(place, "config", what);
    const first = listens[0];
    const upstream = what === "caddy" ? first.replace(/^unix:/, "unix/") : first;
    const all = [["127.0.0.1:8791", upstream], ...changes];
    for (const [old, now] of all) {
        if (!text.includes(old)) throw new Error(`the configuration of ${what} has no \`${old}\``);
        text = text.replace(old, () => now);
    }
    return text;
}

// nginx in front of one endpoint or more.
export async function nginx(place, listens) {
    const at = folder("nginx");
    const to = { port: await port() };
    const more = listens.slice(1).map((listen) => `\n    server ${listen} max_conns=64;`).join("");
    fs.writeFileSync(path.join(at, "site.conf"), printed(place, "nginx", listens, [
        ["listen 80;", `listen 127.0.0.1:${to.port};`],
        ["    listen [::]:80;\n", ""],
        ["max_conns=64;", `max_conns=64;${more}`],
    ]));
    const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((name) => `${name}_temp_path ${at}/${name};`);
    fs.writeFileSync(path.join(at, "nginx.conf"), `
        ${process.getuid() === 0 ? "user root;" : ""}
        daemon off; worker_processes 1; pid ${at}/pid; error_log ${at}/errors warn;
        events { worker_connections 4096; }
        http { access_log off; ${temporary.join(" ")} include ${at}/site.conf; }`);
    return ready(to, start("nginx", ["-p", at, "-c", path.join(at, "nginx.conf"), "-e", path.join(at, "errors")]), at);
}

// Caddy in front of one endpoint.
export async function caddy(place, listen) {
    const at = folder("caddy");
    const to = { port: await port() };
    fs.writeFileSync(path.join(at, "Caddyfile"), printed(place, "caddy", [listen], [
        ["{\n\tservers", "{\n\tadmin off\n\tauto_https off\n\tservers"],
        ["\nproef.example {", `\nhttp://proef.example:${to.port} {`],
    ]));
    const env = { PATH: process.env.PATH, HOME: at, XDG_DATA_HOME: at, XDG_CONFIG_HOME: at };
    return ready(to, start("caddy", ["run", "--config", path.join(at, "Caddyfile"), "--adapter", "caddyfile"], { env }), at);
}

async function ready(to, child, at) {
    await until("the web server began", async () => {
        if (child.exitCode !== null) {
            const errors = path.join(at, "errors");
            throw new Error(`the web server ended: ${child.said}${fs.existsSync(errors) ? fs.readFileSync(errors, "utf8") : ""}`);
        }
        return ask(to, { path: "/" }).then((said) => said.status === 200, () => false);
    });
    return { to, child };
}
