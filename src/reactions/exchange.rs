//! One exchange: what was asked, and what is answered, as values that know nothing of sockets. In: a method, a target,
//! headers and a whole body. Out: a status, headers that cannot be forged, and a body.
//!
//! A header's value is a [`HeaderText`]: visible ASCII only, so that nothing a member typed can end a header and begin
//! another. Addresses get there percent-encoded, cookies are tokens of ours.

use std::net::IpAddr;

/// What somebody asks.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// The method, as written.
    pub method: String,
    /// The path, as written: `/reacties/inloggen`.
    pub path: String,
    /// What stands behind `?`, as written.
    pub query: String,
    /// The headers, in their order.
    pub headers: Vec<(String, String)>,
    /// The body, whole.
    pub body: Vec<u8>,
    /// Where it comes from, after what a trusted proxy says; none when nobody can say.
    pub from: Option<IpAddr>,
}

impl Request {
    /// The value of a header, when it is there exactly once.
    pub fn header(&self, name: &str) -> Option<&str> {
        let mut found = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        found.next().filter(|_| found.next().is_none()).map(|(_, value)| value.as_str())
    }

    /// Every value of a header, in their order.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        let found = self.headers.iter().filter(move |(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str())
    }

    /// How often a header is there.
    pub fn count(&self, name: &str) -> usize {
        self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name)).count()
    }

    /// Whether it asks for JSON rather than a page.
    pub fn wants_json(&self) -> bool {
        super::media::wants_json(self.header("accept"))
    }
}

/// A value that may stand in a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderText(String);

impl HeaderText {
    /// A text of ours or of anybody: what is neither visible ASCII nor a space is percent-encoded. `%` stays as it is, as
    /// most of what comes here is an address that is encoded already.
    pub fn new(text: &str) -> HeaderText {
        let mut safe = String::with_capacity(text.len());
        for byte in text.bytes() {
            if byte == b' ' || byte.is_ascii_graphic() {
                safe.push(char::from(byte));
            } else {
                safe.push_str(&format!("%{byte:02X}"));
            }
        }
        HeaderText(safe)
    }

    /// As it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// A page.
    Html,
    /// Data for the script of a page.
    Json,
    /// A feed.
    Atom,
    /// Reactions, one a line.
    Ndjson,
    /// Words.
    Text,
}

impl Media {
    fn name(self) -> &'static str {
        match self {
            Media::Html => "text/html; charset=utf-8",
            Media::Json => "application/json; charset=utf-8",
            Media::Atom => "application/atom+xml; charset=utf-8",
            Media::Ndjson => "application/x-ndjson; charset=utf-8",
            Media::Text => "text/plain; charset=utf-8",
        }
    }
}

/// What is answered.
#[derive(Clone, Debug)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// What the body is.
    pub media: Media,
    /// The body.
    pub body: Vec<u8>,
    /// Headers besides those that every answer has.
    pub headers: Vec<(&'static str, HeaderText)>,
    /// Whether anybody may keep it; else nobody.
    pub keep: bool,
    /// Whether the body is left out, though its length is told.
    pub only_head: bool,
}

/// What pages of the endpoint may load and send: their own origin's files, nothing written in the page.
const PAGE_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'";
/// What anything else may do: nothing.
const DATA_POLICY: &str = "default-src 'none'; frame-ancestors 'none'";

impl Response {
    /// A page.
    pub fn page(status: u16, html: String) -> Response {
        Response::new(status, Media::Html, html)
    }

    /// Data.
    pub fn json(status: u16, value: &serde_json::Value) -> Response {
        Response::new(status, Media::Json, value.to_string())
    }

    /// Words.
    pub fn text(status: u16, text: &str) -> Response {
        Response::new(status, Media::Text, text.to_owned())
    }

    /// Anything.
    pub fn new(status: u16, media: Media, body: impl Into<Vec<u8>>) -> Response {
        Response { status, media, body: body.into(), headers: Vec::new(), keep: false, only_head: false }
    }

    /// "Look there": the answer to every form. A path of ours.
    pub fn see(path: &str) -> Response {
        Response::text(303, "").with("Location", path)
    }

    /// With a header more.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: &str) -> Response {
        self.headers.push((name, HeaderText::new(value)));
        self
    }

    /// Everything that goes out before the body, but for the length.
    pub fn all_headers(&self) -> Vec<(&'static str, HeaderText)> {
        let mut all = self.headers.clone();
        let policy = if self.media == Media::Html { PAGE_POLICY } else { DATA_POLICY };
        let kept = if self.keep { "public, max-age=0, must-revalidate" } else { "no-store" };
        for (name, value) in [
            ("Content-Type", self.media.name()),
            ("Content-Security-Policy", policy),
            ("Cache-Control", kept),
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
            ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"),
            ("Strict-Transport-Security", "max-age=31536000"),
            ("X-Robots-Tag", "noindex"),
            ("Vary", "Cookie, Sec-Fetch-Site, Origin"),
            ("Server", "praktijk"),
        ] {
            if !all.iter().any(|(known, _)| *known == name) {
                all.push((name, HeaderText::new(value)));
            }
        }
        all
    }

    /// The value of a header that was put there.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers
            .iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// The body as text, for tests and logs.
    pub fn words(&self) -> std::borrow::Cow<'_, str> {
        String::from_utf8_lossy(&self.body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_typed_ends_a_header() {
        let response = Response::see("/reacties/?terug=\r\nSet-Cookie: x=1\u{2028}é");
        let value = response.header("location").unwrap();
        assert_eq!(value, "/reacties/?terug=%0D%0ASet-Cookie: x=1%E2%80%A8%C3%A9");
        assert!(
            response
                .all_headers()
                .iter()
                .all(|(_, value)| value.as_str().bytes().all(|b| (32..127).contains(&b)))
        );
    }

    #[test]
    fn a_header_given_twice_is_as_good_as_none() {
        let headers = [("Host", "a"), ("host", "b"), ("Cookie", "c")];
        let headers = headers.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        let request = Request { headers, ..Request::default() };
        assert_eq!((request.header("HOST"), request.header("cookie")), (None, Some("c")));
    }

    #[test]
    fn what_is_personal_is_kept_by_nobody() {
        let headers = Response::json(200, &serde_json::json!({})).all_headers();
        let value =
            |name: &str| headers.iter().find(|(known, _)| *known == name).map(|(_, value)| value.as_str());
        assert_eq!(value("Cache-Control"), Some("no-store"));
        assert_eq!(value("Content-Security-Policy"), Some(DATA_POLICY));
        assert_eq!(value("Server"), Some("praktijk"));
    }
}
