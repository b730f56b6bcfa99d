// A mail server that takes everything and remembers it. In: connections. Out: every message with its id and its text, also
// when one comes twice.
import net from "node:net";

export async function mailbox() {
    const mails = [];
    const server = net.createServer((socket) => talk(socket, (mail) => mails.push(mail)));
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    return { port: server.address().port, mails, close: () => server.close() };
}

function talk(socket, keep) {
    let heard = "";
    let letter;
    const say = (line) => socket.write(`${line}\r\n`);
    socket.on("error", () => {});
    socket.on("data", (part) => {
        heard += part.toString("latin1");
        for (let end = heard.indexOf("\r\n"); end >= 0; end = heard.indexOf("\r\n")) {
            const line = heard.slice(0, end);
            heard = heard.slice(end + 2);
            if (letter) {
                if (line === ".") {
                    keep(read(letter));
                    letter = undefined;
                    say("250 taken");
                } else letter.push(line.replace(/^\.\./, "."));
            } else if (/^EHLO/i.test(line)) say("250-proef\r\n250 8BITMIME");
            else if (/^DATA/i.test(line)) {
                letter = [];
                say("354 go on");
            } else if (/^QUIT/i.test(line)) {
                say("221 bye");
                socket.end();
            } else say("250 fine");
        }
    });
    say("220 proef");
}

function read(lines) {
    const end = lines.indexOf("");
    const head = lines.slice(0, end).join("\n");
    const way = /^Content-Transfer-Encoding: *(\S+)/im.exec(head)?.[1]?.toLowerCase();
    let text = lines.slice(end + 1).join("\n");
    if (way === "base64") text = Buffer.from(text, "base64").toString("utf8");
    if (way === "quoted-printable") {
        text = text.replace(/=\n/g, "").replace(/=([0-9A-F]{2})/g, (_, byte) => String.fromCharCode(parseInt(byte, 16)));
    }
    return { id: /^Message-ID: *(\S+)/im.exec(head)?.[1], to: /^To: *(\S+)/im.exec(head)?.[1], text };
}
