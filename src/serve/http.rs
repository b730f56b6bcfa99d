//! One connection: bytes → [`Request`], [`Answer`] → bytes. Only what a server of finished files needs: no bodies in,
//! every answer with its length, and a time limit on all waiting.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::net::{Shutdown, TcpStream};
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How long a connection may lie idle between two requests.
const IDLE: Duration = Duration::from_secs(60);
/// How long a request may take to come in after its first byte.
const ARRIVES: Duration = Duration::from_secs(10);
/// How long a browser may read nothing of an answer. A paused film does that; its connection may as well go.
const WRITES: Duration = Duration::from_secs(60);
const LONGEST_HEAD: usize = 32 * 1024;

/// What a browser asks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// The method, as written.
    pub(super) method: String,
    /// What is asked for: path and query.
    pub(super) target: String,
    headers: Vec<(String, String)>,
    /// Whether another request may follow on the same connection.
    pub(super) keeps: bool,
}

impl Request {
    /// The value of a header, when it is there exactly once.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        found.next().filter(|_| found.next().is_none()).map(|(_, value)| value.as_str())
    }
}

/// What a browser gets.
pub(super) struct Answer {
    /// The status code.
    pub(super) status: u16,
    /// The headers, without the length.
    pub(super) headers: Vec<(&'static str, String)>,
    /// The body.
    pub(super) body: Body,
    /// Whether the body is left out: for `HEAD` and 304. The length is told all the same, except for 304.
    pub(super) only_head: bool,
}

/// The body of an answer.
pub(super) enum Body {
    /// These bytes.
    Bytes(Arc<[u8]>, Range<usize>),
    /// This part of a file.
    File(File, Range<u64>),
}

impl Body {
    fn len(&self) -> u64 {
        match self {
            Body::Bytes(_, range) => range.len() as u64,
            Body::File(_, range) => range.end - range.start,
        }
    }
}

/// The reading side of a connection.
pub(super) struct Connection {
    pub(super) stream: TcpStream,
    /// What came in and was not used yet.
    pending: Vec<u8>,
}

/// Why no request came.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum NoRequest {
    /// The other side has gone or is silent.
    Gone,
    /// This is no request we understand; the status to answer with.
    Bad(u16),
}

impl Connection {
    /// A new connection.
    pub(super) fn new(stream: TcpStream) -> io::Result<Connection> {
        stream.set_nodelay(true)?;
        stream.set_write_timeout(Some(WRITES))?;
        Ok(Connection { stream, pending: Vec::new() })
    }

    /// Waits for the next request.
    pub(super) fn request(&mut self) -> Result<Request, NoRequest> {
        let mut until = Instant::now() + if self.pending.is_empty() { IDLE } else { ARRIVES };
        let mut searched = 0;
        loop {
            if let Some(at) = find_end(&self.pending[searched..]).map(|at| searched + at) {
                let head: Vec<u8> = self.pending.drain(..at + 4).collect();
                return parse(&head[..at]).map_err(NoRequest::Bad);
            }
            searched = self.pending.len().saturating_sub(3);
            if self.pending.len() > LONGEST_HEAD {
                return Err(NoRequest::Bad(431));
            }
            let first = self.pending.is_empty();
            self.read_some(until)?;
            if first {
                until = Instant::now() + ARRIVES;
            }
        }
    }

    fn read_some(&mut self, until: Instant) -> Result<(), NoRequest> {
        let left = until.saturating_duration_since(Instant::now());
        let late = if self.pending.is_empty() { NoRequest::Gone } else { NoRequest::Bad(408) };
        if left.is_zero() {
            return Err(late);
        }
        self.stream.set_read_timeout(Some(left)).map_err(|_| NoRequest::Gone)?;
        let mut buffer = [0; 4096];
        match self.stream.read(&mut buffer) {
            Ok(0) => Err(NoRequest::Gone),
            Ok(length) => {
                self.pending.extend_from_slice(&buffer[..length]);
                Ok(())
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => Ok(()),
            Err(error) if matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut) => {
                Err(late)
            }
            Err(_) => Err(NoRequest::Gone),
        }
    }

    /// Sends an answer; `keeps` says whether another request may follow.
    pub(super) fn send(&mut self, answer: Answer, keeps: bool) -> io::Result<()> {
        let mut out = head(&answer, keeps);
        match answer.body {
            _ if answer.only_head => self.stream.write_all(&out),
            Body::Bytes(bytes, range) => {
                // A small answer goes in one piece; a large one is not copied for that.
                if range.len() <= 64 * 1024 {
                    out.extend_from_slice(&bytes[range]);
                    return self.stream.write_all(&out);
                }
                self.stream.write_all(&out)?;
                self.stream.write_all(&bytes[range])
            }
            Body::File(mut file, range) => {
                self.stream.write_all(&out)?;
                file.seek(SeekFrom::Start(range.start))?;
                let length = range.end - range.start;
                let sent = io::copy(&mut file.take(length), &mut self.stream)?;
                // The length was promised, so a file that shrank meanwhile can only end the connection.
                if sent == length { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
            }
        }
    }

    /// Ends the connection such that the last answer arrives, also when the other side is still sending.
    pub(super) fn end(mut self) {
        let until = Instant::now() + Duration::from_secs(1);
        if self.stream.shutdown(Shutdown::Write).is_err() {
            return;
        }
        let mut unread: usize = 256 * 1024;
        while unread > 0 && self.read_some(until).is_ok() {
            unread = unread.saturating_sub(self.pending.len().max(1));
            self.pending.clear();
        }
    }
}

/// The answer's first part, up to and with the empty line.
fn head(answer: &Answer, keeps: bool) -> Vec<u8> {
    let mut head = format!("HTTP/1.1 {} {}\r\n", answer.status, reason(answer.status));
    for (name, value) in &answer.headers {
        // No value of ours holds a line end. Should one ever, it must not become a header of its own.
        let value: String = value.chars().filter(|c| !c.is_control()).collect();
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    if answer.status != 304 {
        head.push_str(&format!("Content-Length: {}\r\n", answer.body.len()));
    }
    head.push_str(if keeps { "\r\n" } else { "Connection: close\r\n\r\n" });
    head.into_bytes()
}

/// The words with a status code.
pub(super) fn reason(status: u16) -> &'static str {
    match status {
        200 => "OK",
        206 => "Partial Content",
        301 => "Moved Permanently",
        302 => "Found",
        304 => "Not Modified",
        400 => "Bad Request",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        408 => "Request Timeout",
        416 => "Range Not Satisfiable",
        431 => "Request Header Fields Too Large",
        503 => "Service Unavailable",
        505 => "HTTP Version Not Supported",
        _ => "Error",
    }
}

fn find_end(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, b"\r\n\r\n")
}

/// The request in these lines, or the status to refuse it with.
fn parse(head: &[u8]) -> Result<Request, u16> {
    let text = std::str::from_utf8(head).map_err(|_| 400_u16)?;
    let mut lines = text.split("\r\n");
    let mut first = lines.next().unwrap_or("").split(' ');
    let (Some(method), Some(target), Some(version), None) =
        (first.next(), first.next(), first.next(), first.next())
    else {
        return Err(400);
    };
    if !is_token(method) || target.is_empty() || !target.bytes().all(|b| b.is_ascii_graphic()) {
        return Err(400);
    }
    let newer = match version {
        "HTTP/1.1" => true,
        "HTTP/1.0" => false,
        _ => return Err(505),
    };
    let headers = lines.map(parse_header).collect::<Option<Vec<_>>>().ok_or(400_u16)?;
    let mut request = Request { method: method.to_owned(), target: target.to_owned(), headers, keeps: false };
    let asked = request.header("Connection").unwrap_or("").to_ascii_lowercase();
    // A body is never read, so nothing can follow one.
    let body = ["Content-Length", "Transfer-Encoding"].iter().any(|name| {
        request.headers.iter().any(|(known, value)| known.eq_ignore_ascii_case(name) && value != "0")
    });
    request.keeps = !body && if newer { !asked.contains("close") } else { asked.contains("keep-alive") };
    Ok(request)
}

fn parse_header(line: &str) -> Option<(String, String)> {
    let (name, value) = line.split_once(':')?;
    let value = value.trim_matches([' ', '\t']);
    let clean = is_token(name) && !value.chars().any(|c| c.is_control() && c != '\t');
    clean.then(|| (name.to_owned(), value.to_owned()))
}

fn is_token(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_request() {
        for (head, status) in [
            ("", 400),
            ("GET /", 400),
            ("GET / HTTP/1.1 x", 400),
            ("GET  HTTP/1.1", 400),
            ("GET / HTTP/2", 505),
            ("GET /a\tb HTTP/1.1", 400),
            ("G(T / HTTP/1.1", 400),
            ("GET / HTTP/1.1\r\nHost", 400),
            ("GET / HTTP/1.1\r\nHost : a", 400),
            ("GET / HTTP/1.1\r\nA: b\r\n folded", 400),
            ("GET / HTTP/1.1\r\nA: b\nC: d", 400),
        ] {
            assert_eq!(parse(head.as_bytes()), Err(status), "{head:?}");
        }
        assert_eq!(parse(b"GET /\xff HTTP/1.1"), Err(400));
    }

    #[test]
    fn a_connection_stays_open_unless_something_is_in_the_way() {
        for (head, keeps) in [
            ("GET / HTTP/1.1\r\nHost: a", true),
            ("GET / HTTP/1.0\r\nHost: a", false),
            ("GET / HTTP/1.0\r\nConnection: Keep-Alive", true),
            ("GET / HTTP/1.1\r\nconnection: Close", false),
            ("POST / HTTP/1.1\r\nContent-Length: 5", false),
            ("GET / HTTP/1.1\r\nContent-Length: 0", true),
            ("GET / HTTP/1.1\r\nTransfer-Encoding: xchunked", false),
            ("GET / HTTP/1.1\r\nContent-Length: 0\r\nContent-Length: 5", false),
        ] {
            assert_eq!(parse(head.as_bytes()).unwrap().keeps, keeps, "{head}");
        }
    }

    #[test]
    fn a_header_given_twice_is_as_good_as_none() {
        let request = parse(b"GET / HTTP/1.1\r\nHost: a\r\nhost: b\r\nRange: \t x ").unwrap();
        assert_eq!(request.header("HOST"), None);
        assert_eq!(request.header("range"), Some("x"));
    }

    #[test]
    fn a_line_end_in_a_value_makes_no_header() {
        let body = Body::Bytes(Arc::from(&b"abc"[..]), 0..3);
        let headers = vec![("Location", "/a\r\nSet-Cookie: x".to_owned())];
        let answer = Answer { status: 301, headers, body, only_head: false };
        let expected =
            "HTTP/1.1 301 Moved Permanently\r\nLocation: /aSet-Cookie: x\r\nContent-Length: 3\r\n\r\n";
        assert_eq!(String::from_utf8(head(&answer, true)).unwrap(), expected);
    }
}
