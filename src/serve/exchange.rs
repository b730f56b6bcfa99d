//! One exchange with a browser: what `tiny_http` read → [`Request`], [`Answer`] → bytes. `tiny_http` would keep every
//! connection open and lets nobody say otherwise in a header, so answers are written to the writer that it hands out.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::Arc;

use crate::wire::{Writer, head};

/// A head with more than this in it is refused. (It was read by then; `tiny_http` knows no limit.)
const LONGEST_HEAD: usize = 32 * 1024;

/// What a browser asks.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Request {
    /// The method, as written.
    pub(super) method: String,
    /// What is asked for: path and query.
    pub(super) target: String,
    /// Whether the browser knows bodies in chunks.
    pub(super) chunks: bool,
    headers: Vec<(String, String)>,
}

impl Request {
    /// What `tiny_http` read.
    pub(super) fn of(request: &tiny_http::Request) -> Request {
        let header = |header: &tiny_http::Header| {
            (header.field.as_str().as_str().to_owned(), header.value.as_str().to_owned())
        };
        Request {
            method: request.method().as_str().to_owned(),
            target: request.url().to_owned(),
            chunks: *request.http_version() >= tiny_http::HTTPVersion(1, 1),
            headers: request.headers().iter().map(header).collect(),
        }
    }

    /// What is asked for without what stands behind `?`.
    pub(super) fn path(&self) -> &str {
        self.target.split('?').next().unwrap_or_default()
    }

    /// The value of a header, when it is there exactly once.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        found.next().filter(|_| found.next().is_none()).map(|(_, value)| value.as_str())
    }

    /// Whether a body may follow. Where it ends is then not certain, nor what comes behind it.
    pub(super) fn announces_body(&self) -> bool {
        ["Content-Length", "Transfer-Encoding"].iter().any(|name| {
            self.headers.iter().any(|(known, value)| known.eq_ignore_ascii_case(name) && value != "0")
        })
    }

    /// Whether the head is longer than any honest one.
    pub(super) fn is_too_long(&self) -> bool {
        let headers = self.headers.iter().map(|(name, value)| name.len() + value.len());
        self.target.len() + headers.sum::<usize>() > LONGEST_HEAD
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

/// Sends an answer.
pub(super) fn send(mut writer: Writer, answer: Answer) -> io::Result<()> {
    let length = (answer.status != 304).then(|| ("Content-Length", answer.body.len().to_string()));
    let headers = answer.headers.iter().chain(&length).map(|(name, value)| (*name, value.as_str()));
    let mut out = head(answer.status, headers);
    match answer.body {
        _ if answer.only_head => writer.write_all(&out)?,
        // A small answer goes in one piece; a large one is not copied for that.
        Body::Bytes(bytes, range) if range.len() <= 64 * 1024 => {
            out.extend_from_slice(&bytes[range]);
            writer.write_all(&out)?;
        }
        Body::Bytes(bytes, range) => {
            writer.write_all(&out)?;
            writer.write_all(&bytes[range])?;
        }
        Body::File(mut file, range) => {
            writer.write_all(&out)?;
            file.seek(SeekFrom::Start(range.start))?;
            // The length was promised, so a file that shrank meanwhile can only end the connection.
            io::copy(
                &mut BufReader::with_capacity(64 * 1024, file.take(range.end - range.start)),
                &mut writer,
            )?;
        }
    }
    writer.flush()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(headers: &[(&str, &str)]) -> Request {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Request { method: "GET".to_owned(), target: "/".to_owned(), chunks: true, headers }
    }

    #[test]
    fn a_header_given_twice_is_as_good_as_none() {
        let request = request(&[("Host", "a"), ("host", "b"), ("Range", "x")]);
        assert_eq!(request.header("HOST"), None);
        assert_eq!(request.header("range"), Some("x"));
    }

    #[test]
    fn what_announces_a_body() {
        for (headers, announces) in [
            (&[("Host", "a")][..], false),
            (&[("Content-Length", "0")], false),
            (&[("content-length", "5")], true),
            (&[("Content-Length", "0"), ("Content-Length", "5")], true),
            (&[("Transfer-Encoding", "xchunked")], true),
        ] {
            assert_eq!(request(headers).announces_body(), announces, "{headers:?}");
        }
    }
}
