// Asks over raw sockets, one connection for each request, as a proxy does. In: where, and what. Out: the answer, or an error
// when there is none. Nothing is tidied on the way, so that what is wrong can be sent as it is.
import net from "node:net";

const now = () => performance.now();

// Opens a connection. `to`: { port } or { path }; `from`: an address of this machine to come from, as proxies count by it.
export function open(to, from) {
    const socket = net.connect(to.path ? { path: to.path } : { host: "127.0.0.1", port: to.port, localAddress: from });
    socket.setNoDelay(true);
    socket.on("error", () => {});
    return socket;
}

// Sends bytes as they are and takes what comes until the other side ends it or patience does.
export function raw(to, bytes, { from, patience = 3000 } = {}) {
    return new Promise((resolve) => {
        const began = now();
        const socket = open(to, from);
        const parts = [];
        let ended = false;
        const done = (how) => {
            if (ended) return;
            ended = true;
            clearTimeout(timer);
            socket.destroy();
            resolve({ text: Buffer.concat(parts).toString("latin1"), how, ms: now() - began });
        };
        const timer = setTimeout(() => done("patience"), patience);
        socket.on("data", (part) => parts.push(part));
        socket.on("end", () => done("end"));
        socket.on("error", () => done("error"));
        socket.on("close", () => done("close"));
        socket.write(bytes);
    });
}

// An answer out of its bytes; undefined when it is not whole.
export function answer(bytes) {
    const end = bytes.indexOf("\r\n\r\n");
    if (end < 0) return undefined;
    const [first, ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
    const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(first)?.[1]);
    const headers = {};
    for (const line of lines) {
        const at = line.indexOf(":");
        const name = line.slice(0, at).toLowerCase();
        headers[name] = name in headers ? `${headers[name]}\n${line.slice(at + 1).trim()}` : line.slice(at + 1).trim();
    }
    let body = bytes.subarray(end + 4);
    if (headers["transfer-encoding"] === "chunked") {
        const parts = [];
        for (;;) {
            const line = body.indexOf("\r\n");
            const size = parseInt(body.subarray(0, line).toString(), 16);
            if (line < 0 || body.length < line + 2 + size) return undefined;
            if (size === 0) break;
            parts.push(body.subarray(line + 2, line + 2 + size));
            body = body.subarray(line + 2 + size + 2);
        }
        body = Buffer.concat(parts);
    } else if ("content-length" in headers && status !== 304) {
        if (body.length < Number(headers["content-length"])) return undefined;
    }
    return { status, headers, body: body.toString("utf8") };
}

// The bytes of a request.
export function written({ method = "GET", path = "/reacties/", host = "proef.example", headers = {}, body = "" }) {
    const all = { Host: host, ...headers, Connection: "close" };
    if (method === "POST") all["Content-Length"] = Buffer.byteLength(body);
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    return Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n${body}`);
}

// Asks, and rejects when no whole answer came.
export function ask(to, request) {
    const { from, patience = 15000 } = request;
    return new Promise((resolve, reject) => {
        const began = now();
        const socket = open(to, from);
        const parts = [];
        const lost = (why) => {
            clearTimeout(timer);
            socket.destroy();
            reject(new Error(`no answer to ${request.method ?? "GET"} ${request.path}: ${why}`));
        };
        const timer = setTimeout(() => lost(`none in ${patience} ms`), patience);
        socket.on("data", (part) => parts.push(part));
        socket.on("error", (error) => lost(error.code));
        socket.on("close", () => {
            clearTimeout(timer);
            const found = answer(Buffer.concat(parts));
            if (found) resolve({ ...found, ms: now() - began });
            else lost("the connection ended");
        });
        socket.write(written(request));
    });
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

// Asks until it succeeds, for as long as patience says.
export async function until(what, test, patience = 15000) {
    const end = now() + patience;
    for (;;) {
        const found = await test();
        if (found) return found;
        if (now() > end) throw new Error(`${what} did not happen in ${patience} ms`);
        await sleep(50);
    }
}

// A free port of this machine.
export function port() {
    return new Promise((resolve) => {
        const server = net.createServer().listen(0, "127.0.0.1", () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

// The value that so many parts of the values are below.
export function quantile(values, part) {
    const sorted = [...values].sort((a, b) => a - b);
    return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))];
}
