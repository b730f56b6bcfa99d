//! What `tiny_http` read → a request, within limits. In: one of its requests. Out: ours, whole, or what is answered instead.

use std::io::Read as _;
use std::net::IpAddr;

use super::listen::Proxies;
use crate::reactions::app::App;
use crate::reactions::exchange::Request;

/// The longest target, head and body that are looked at.
const LONGEST_TARGET: usize = 8 * 1024;
const LONGEST_HEAD: usize = 16 * 1024;
const MOST_HEADERS: usize = 64;
const LARGEST_BODY: usize = 64 * 1024;
/// What is read of a larger body, so that its sender hears why it is refused.
const LARGEST_THROWN_AWAY: u64 = 1024 * 1024;

/// Why there is no request.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// This is answered.
    Refused(u16, &'static str),
    /// There is nobody to answer to, or no knowing where the request ends.
    Gone,
}

/// What is answered to a request that is not the last one of its connection.
pub(super) const NOT_LAST: &str = "Hier vraagt alleen de webserver van deze machine iets, elke vraag over een eigen verbinding (Connection: close).\n";

/// Whether nothing behind a request is read as another one. `tiny_http` reads on after an answer, whatever that says,
/// unless the request says that it is the last one, as those of our proxies do. What two programs take for the end of a
/// request may differ; with one request a connection that does not matter.
pub(super) fn is_last(request: &tiny_http::Request) -> bool {
    let named = request.headers().iter().find(|header| header.field.equiv("Connection"));
    let said = named.map(|header| header.value.as_str().to_ascii_lowercase()).unwrap_or_default();
    let is_old = *request.http_version() == tiny_http::HTTPVersion(1, 0);
    said.contains("close") || (is_old && !said.contains("keep-alive"))
}

/// Reads a request whole.
pub(super) fn read(from: &mut tiny_http::Request, app: &App, proxies: &Proxies) -> Result<Request, Unread> {
    let (path, query) = from.url().split_once('?').unwrap_or((from.url(), ""));
    let mut request = Request {
        method: from.method().as_str().to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: from.headers().iter().map(pair).collect(),
        body: Vec::new(),
        from: None,
    };
    let peer = from.remote_addr().map(|address| address.ip());
    request.from = origin(&request, peer, proxies);
    let length = looked_at(&request, app.settings.address.host_str().unwrap_or(""))?;
    if length > LARGEST_BODY as u64 {
        if length > LARGEST_THROWN_AWAY {
            return Err(Unread::Gone);
        }
        let _ = std::io::copy(from.as_reader(), &mut std::io::sink());
        return Err(Unread::Refused(413, "Dit is te veel tekst in een keer.\n"));
    }
    if length > 0 {
        let mut body = Vec::with_capacity(length as usize);
        from.as_reader().take(length).read_to_end(&mut body).map_err(|_| Unread::Gone)?;
        if body.len() as u64 != length {
            return Err(Unread::Gone);
        }
        request.body = body;
    }
    Ok(request)
}

fn pair(header: &tiny_http::Header) -> (String, String) {
    (header.field.as_str().as_str().to_owned(), header.value.as_str().to_owned())
}

/// Looks at the head; how long the body is.
fn looked_at(request: &Request, ours: &str) -> Result<u64, Unread> {
    let refused = |status, why| Err(Unread::Refused(status, why));
    // With these there is no knowing where the request ends, and what `tiny_http` takes for the rest of it.
    if request.count("transfer-encoding") > 0 || request.count("content-length") > 1 {
        return Err(Unread::Gone);
    }
    let length = match request.header("content-length") {
        None => 0,
        Some(digits) if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            digits.parse().map_err(|_| Unread::Gone)?
        }
        Some(_) => return Err(Unread::Gone),
    };
    if request.path.len() + request.query.len() > LONGEST_TARGET {
        return refused(414, "Dit adres is te lang.\n");
    }
    let size: usize = request.headers.iter().map(|(name, value)| name.len() + value.len() + 4).sum();
    if size > LONGEST_HEAD || request.headers.len() > MOST_HEADERS {
        return refused(431, "Er staat te veel voor de tekst.\n");
    }
    if !request.path.starts_with('/') {
        return refused(400, "Dit is geen adres van onze website.\n");
    }
    let host = request.header("host").map(|host| {
        host.rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()))
            .map_or(host, |(name, _)| name)
    });
    if !host.is_some_and(|host| host.eq_ignore_ascii_case(ours)) {
        return refused(421, "Dit is een andere website.\n");
    }
    if !matches!(request.method.as_str(), "GET" | "HEAD" | "POST") {
        return refused(405, "Dit kan zo niet.\n");
    }
    Ok(length)
}

/// Where a request comes from: the last hop that no trusted proxy wrote down itself.
fn origin(request: &Request, peer: Option<IpAddr>, proxies: &Proxies) -> Option<IpAddr> {
    match peer {
        Some(peer) if !proxies.has(peer) => return Some(peer),
        None if !matches!(proxies, Proxies::Socket(_)) => return None,
        _ => {}
    }
    let hops: Vec<&str> =
        request.all("x-forwarded-for").flat_map(|hops| hops.split(',')).map(str::trim).collect();
    let mut nearest = peer;
    for hop in hops.iter().rev() {
        // Whatever stands before something that is no address was written by nobody we trust.
        let Ok(address) = hop.parse::<IpAddr>() else { break };
        nearest = Some(address);
        if !proxies.has(address) {
            break;
        }
    }
    nearest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(headers: &[(&str, &str)]) -> Request {
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Request { method: "GET".to_owned(), path: "/reacties/".to_owned(), headers, ..Request::default() }
    }

    fn look(headers: &[(&str, &str)]) -> Result<u64, Unread> {
        looked_at(&request(headers), "samenspel.example")
    }

    #[test]
    fn a_body_has_one_plain_length() {
        let host = ("Host", "samenspel.example");
        assert_eq!(look(&[host]), Ok(0));
        assert_eq!(look(&[host, ("Content-Length", "12")]), Ok(12));
        for wrong in ["+5", "5,5", "0x5", "", " 5", "-1", "5 ", "99999999999999999999999"] {
            assert_eq!(look(&[host, ("Content-Length", wrong)]), Err(Unread::Gone), "{wrong}");
        }
        assert_eq!(look(&[host, ("Content-Length", "5"), ("content-length", "5")]), Err(Unread::Gone));
        for wrong in ["chunked", "xchunked", "identity", ""] {
            assert_eq!(look(&[host, ("Transfer-Encoding", wrong)]), Err(Unread::Gone), "{wrong}");
        }
    }

    #[test]
    fn only_our_host_once() {
        assert_eq!(look(&[("Host", "SAMENSPEL.example:443")]), Ok(0));
        for hosts in [
            &[][..],
            &[("Host", "evil.example")],
            &[("Host", "samenspel.example"), ("Host", "samenspel.example")],
        ] {
            assert!(matches!(look(hosts), Err(Unread::Refused(421, _))), "{hosts:?}");
        }
        for host in ["samenspel.example.evil.nl", "samenspel.example:x", "", "x@samenspel.example"] {
            assert!(matches!(look(&[("Host", host)]), Err(Unread::Refused(421, _))), "{host}");
        }
    }

    #[test]
    fn heads_and_targets_have_an_end() {
        let long = "x".repeat(LONGEST_HEAD);
        assert!(matches!(look(&[("Host", "samenspel.example"), ("X", &long)]), Err(Unread::Refused(431, _))));
        let many: Vec<_> = (0..=MOST_HEADERS).map(|_| ("Host", "samenspel.example")).collect();
        assert!(matches!(look(&many), Err(Unread::Refused(431, _))));
        let mut target = request(&[("Host", "samenspel.example")]);
        target.query = "x".repeat(LONGEST_TARGET);
        assert!(matches!(looked_at(&target, "samenspel.example"), Err(Unread::Refused(414, _))));
        for method in ["TRACE", "PUT", "DELETE", "OPTIONS", "get"] {
            let mut asked = request(&[("Host", "samenspel.example")]);
            asked.method = method.to_owned();
            assert!(
                matches!(looked_at(&asked, "samenspel.example"), Err(Unread::Refused(405, _))),
                "{method}"
            );
        }
    }

    #[test]
    fn only_a_trusted_proxy_says_where_from() {
        let ip = |text: &str| Some(text.parse::<IpAddr>().unwrap());
        let asked =
            request(&[("X-Forwarded-For", "1.1.1.1, 198.51.100.7"), ("X-Forwarded-For", "203.0.113.9")]);
        for nobody in [Proxies::Nobody, Proxies::These(Vec::new())] {
            assert_eq!(origin(&asked, ip("127.0.0.1"), &nobody), ip("127.0.0.1"));
        }
        let proxy = Proxies::These(vec!["127.0.0.1".parse().unwrap()]);
        assert_eq!(origin(&asked, ip("127.0.0.1"), &proxy), ip("203.0.113.9"));
        let two = Proxies::These(vec!["127.0.0.1".parse().unwrap(), "203.0.113.9".parse().unwrap()]);
        assert_eq!(origin(&asked, ip("127.0.0.1"), &two), ip("198.51.100.7"));
        assert_eq!(origin(&asked, None, &Proxies::Socket(Vec::new())), ip("203.0.113.9"));
        assert_eq!(origin(&asked, None, &proxy), None);
        let nonsense = request(&[("X-Forwarded-For", "1.1.1.1, unknown")]);
        assert_eq!(origin(&nonsense, ip("127.0.0.1"), &proxy), ip("127.0.0.1"));
    }

    #[test]
    fn behind_a_port_of_this_machine_the_proxy_is_believed_unless_others_are_named() {
        let ip = |text: &str| text.parse::<IpAddr>().unwrap();
        let asked = request(&[("X-Forwarded-For", "203.0.113.9")]);
        let port = super::super::listen::Listen::read("127.0.0.1:8791").unwrap();
        let from = |peer: &str, set: Option<&[IpAddr]>| origin(&asked, Some(ip(peer)), &port.proxies(set));
        for here in ["127.0.0.1", "::1", "::ffff:127.0.0.1"] {
            assert_eq!(from(here, None), Some(ip("203.0.113.9")));
            assert_eq!(from(here, Some(&[])), Some(ip(here)));
        }
        assert_eq!(from("192.0.2.1", None), Some(ip("192.0.2.1")));
    }

    fn asked(version: (u8, u8), headers: &[&str]) -> tiny_http::Request {
        let mut request =
            tiny_http::TestRequest::new().with_http_version(tiny_http::HTTPVersion(version.0, version.1));
        for header in headers {
            request = request.with_header(header.parse::<tiny_http::Header>().unwrap());
        }
        request.into()
    }

    #[test]
    fn a_request_says_that_nothing_comes_behind_it() {
        for (version, header) in
            [((1, 1), "Connection: close"), ((1, 1), "connection: TE, Close"), ((1, 0), "X: y")]
        {
            assert!(is_last(&asked(version, &[header])), "{header}");
        }
        for (version, header) in
            [((1, 1), "X: y"), ((1, 1), "Connection: keep-alive"), ((1, 0), "Connection: Keep-Alive")]
        {
            assert!(!is_last(&asked(version, &[header])), "{header}");
        }
        // The first one counts, as it does for what reads on.
        assert!(!is_last(&asked((1, 1), &["Connection: keep-alive", "Connection: close"])));
    }
}
