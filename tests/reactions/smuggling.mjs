// Requests that are wrong in such a way that two programs may disagree about where one ends. Behind each stands another
// request, for the feed of a page, which nobody else asks in these trials: when it is counted, it was smuggled in. In:
// nothing. Out: name → bytes.

export const HIDDEN = "atom";
const hidden = `GET /reacties/atom?pagina=vragen%2Feen HTTP/1.1\r\nHost: proef.example\r\n\r\n`;
const post = (headers, body) =>
    `POST /reacties/plaatsen HTTP/1.1\r\nHost: proef.example\r\nContent-Type: application/x-www-form-urlencoded\r\n${headers}\r\n${body}`;
const get = (headers, first = "GET /reacties/ik.json HTTP/1.1") => `${first}\r\n${headers}\r\n`;
const HOST = "Host: proef.example\r\n";
// A body that hides the request within the length, so that whoever takes another length sees two requests.
const within = (headers) => post(`${headers}Content-Length: ${hidden.length + 5}\r\n`, `0\r\n\r\n${hidden}`);

// What must be refused, or at least be one request and no more.
export const wrong = {
    "an unknown coding with a length": within("Transfer-Encoding: xchunked\r\n"),
    "the coding identity with a length": within("Transfer-Encoding: identity\r\n"),
    "chunked with a length": within("Transfer-Encoding: chunked\r\n"),
    "chunked after another coding": within("Transfer-Encoding: gzip, chunked\r\n"),
    "chunked twice": within("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n"),
    "chunked, written otherwise": within("Transfer-Encoding:\tchunked\x0b\r\n"),
    "chunked behind a folded line": within("Transfer-Encoding:\r\n chunked\r\n"),
    "chunked behind a space before the colon": within("Transfer-Encoding : chunked\r\n"),
    "two lengths": within("Content-Length: 5\r\n"),
    "two lengths in one": post(`Content-Length: ${hidden.length + 5}, 5\r\n`, `0\r\n\r\n${hidden}`),
    "a length with a sign": post("Content-Length: +5\r\n", `0\r\n\r\n${hidden}`),
    "a length in hexadecimals": post("Content-Length: 0x5\r\n", `0\r\n\r\n${hidden}`),
    "a length that is no number": post("Content-Length: abc\r\n", hidden),
    "a negative length": post("Content-Length: -1\r\n", hidden),
    "a space before the colon of the length": post("Content-Length : 0\r\n", hidden),
    "a length far too large": post("Content-Length: 99999999999999999999\r\n", hidden),
    "a bare line feed before a header": get(`${HOST}X: a\nContent-Length: ${hidden.length}\r\n`) + hidden,
    "a folded line": get(`${HOST}X: a\r\n b\r\n Content-Length: ${hidden.length}\r\n`),
    "no host": get("X: a\r\n"),
    "two hosts": get(`${HOST}Host: elders.example\r\n`),
    "another host": get("Host: elders.example\r\n"),
    "a host with a path": get("Host: proef.example/reacties\r\n"),
    "junk after the version": get(HOST, `GET /reacties/ik.json HTTP/1.1 HTTP/1.1`),
    "an unknown version": get(HOST, "GET /reacties/ik.json HTTP/9.9"),
    "TRACE": get(HOST, "TRACE /reacties/ik.json HTTP/1.1"),
    "another site in absolute form": get("Host: elders.example\r\n", "GET http://elders.example/reacties/ik.json HTTP/1.1"),
    "a NUL in a header": get(`${HOST}X: a\0b\r\n`),
    "a carriage return in a header": get(`${HOST}X: a\rContent-Length: 5\r\n`),
    "a header without a colon": get(`${HOST}zomaar iets\r\n`),
    "a length with a GET that hides a request": `${get(`${HOST}Content-Length: ${hidden.length}\r\n`)}${hidden}`,
};

// What is right, and two requests by intent.
export const pipelined = `${get(HOST)}${get(`${HOST}Connection: close\r\n`)}`;

// How many answers stand in what came back.
export const answers = (text) => [...text.matchAll(/(?:^|\n|\})HTTP\/1\.[01] \d{3}/g)].length;
