//! What is wrong with a link, in words. In: what the network said. Out: a code, half a sentence and a way to mend it.

use std::io::ErrorKind;

use ureq::http::StatusCode;
use ureq::{Error, Timeout};

/// Why a link is broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// It is no URL.
    Url(String),
    /// The server answered, but with this.
    Status(u16),
    /// The page is there, its anchor is not.
    Anchor(String),
    /// The page is always elsewhere.
    Redirect(&'static str),
    /// No server could be reached at all.
    Unreachable(&'static str),
    /// No safe connection could be made.
    Unsafe(String),
    /// The server took too long.
    Slow,
    /// The server hung up, or spoke something else than HTTP.
    Dropped(String),
}

impl Cause {
    /// What a failed request means.
    pub(super) fn of(error: &Error) -> Self {
        match error {
            Error::HostNotFound => Cause::Unreachable(UNKNOWN_HOST),
            Error::ConnectionFailed => Cause::Unreachable("no connection could be made"),
            Error::Timeout(Timeout::Connect | Timeout::Resolve) => {
                Cause::Unreachable("no server answers there")
            }
            Error::Timeout(_) => Cause::Slow,
            Error::BadUri(text) => Cause::Url(text.clone()),
            Error::Http(error) => Cause::Url(error.to_string()),
            Error::Io(error) => of_io(error),
            Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) | Error::TlsRequired => {
                of_tls(&error.to_string())
            }
            _ => Cause::Dropped(error.to_string()),
        }
    }

    /// Its stable name.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Cause::Url(_) => "link/invalid-url",
            Cause::Status(404 | 410) => "link/not-found",
            Cause::Status(_) => "link/status",
            Cause::Anchor(_) => "link/remote-anchor",
            Cause::Redirect(_) => "link/redirect",
            Cause::Unreachable(_) => "link/unreachable",
            Cause::Unsafe(_) => "link/unsafe",
            Cause::Slow => "link/slow",
            Cause::Dropped(_) => "link/dropped",
        }
    }

    /// The second half of "The link to … is broken: ….".
    pub(super) fn words(&self) -> String {
        match self {
            Cause::Url(why) => format!("it is not a valid address ({why})"),
            Cause::Status(status) => of_status(*status),
            Cause::Anchor(anchor) => format!("the page exists, but nothing on it is named `#{anchor}`"),
            Cause::Redirect(why) | Cause::Unreachable(why) => (*why).to_owned(),
            Cause::Unsafe(why) => format!("no safe connection can be made, {why}"),
            Cause::Slow => "the server took too long to answer".to_owned(),
            Cause::Dropped(why) => format!("the server broke off the conversation ({why})"),
        }
    }

    /// How to mend it.
    pub(super) fn hint(&self) -> &'static str {
        match self {
            Cause::Url(_) => {
                "Write the address as it stands in the address bar of a browser: https://example.org/page."
            }
            Cause::Status(404 | 410) => {
                "Look up where the page went and change the address, or take the link out."
            }
            Cause::Status(401 | 403 | 405 | 406 | 429 | 999) => {
                "Open the link in a browser: some sites turn programs away. If it works there, add the beginning of \
                 the address to `skip_prefixes` under `[link_checker]` in zola.toml."
            }
            Cause::Anchor(_) => {
                "Open the page and take the `#…` of a heading that is there, or leave it out. If scripts make the \
                 anchor, add the beginning of the address to `skip_anchor_prefixes` under `[link_checker]` in zola.toml."
            }
            Cause::Redirect(_) => "Open the link in a browser, and write the address you end up at.",
            Cause::Unreachable(_) => {
                "Check the name of the site for typing errors, and whether this computer is online. If the site is \
                 gone, take the link out."
            }
            Cause::Unsafe(_) => {
                "Open the link in a browser. If it warns too, tell the owners of the site or link to another page; if \
                 not, add the beginning of the address to `skip_prefixes` under `[link_checker]` in zola.toml."
            }
            Cause::Status(_) | Cause::Slow | Cause::Dropped(_) => {
                "Try again later; if it stays so, link to another page, or add the beginning of the address to \
                 `skip_prefixes` under `[link_checker]` in zola.toml."
            }
        }
    }

    /// Whether the next try may go better.
    pub(super) fn may_pass(&self) -> bool {
        match self {
            Cause::Status(status) => matches!(status, 408 | 425 | 429 | 500 | 502..=504 | 507 | 520..=524),
            Cause::Unreachable(_) | Cause::Slow | Cause::Dropped(_) => true,
            Cause::Url(_) | Cause::Anchor(_) | Cause::Redirect(_) | Cause::Unsafe(_) => false,
        }
    }

    /// How much this says about the whole site, and not about one page of it. At [`GIVE_UP`] it is left alone.
    pub(super) fn strikes(&self) -> u32 {
        match self {
            Cause::Unreachable(_) | Cause::Unsafe(_) => GIVE_UP,
            Cause::Slow | Cause::Dropped(_) => 1,
            _ => 0,
        }
    }
}

/// After so many strikes in a row the other links to a site are not tried: they would take minutes each.
pub(super) const GIVE_UP: u32 = 3;

const UNKNOWN_HOST: &str = "there is no site of that name";

fn of_status(status: u16) -> String {
    let known = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
    let number = known.map_or_else(|| status.to_string(), |reason| format!("{status} {reason}"));
    let words = match status {
        404 | 410 => "the page does not exist",
        401 => "the page asks for a password",
        403 | 999 => "the server does not show the page to programs",
        429 => "the server says it is asked too often",
        500..=599 => "the server says it has a fault",
        _ => "the server answers something else than a page",
    };
    format!("{words} ({number})")
}

fn of_io(error: &std::io::Error) -> Cause {
    let text = error.to_string();
    match error.kind() {
        ErrorKind::ConnectionRefused => Cause::Unreachable("the server refuses the connection"),
        ErrorKind::HostUnreachable | ErrorKind::NetworkUnreachable => {
            Cause::Unreachable("no server can be reached there")
        }
        ErrorKind::TimedOut | ErrorKind::WouldBlock => Cause::Slow,
        // The system gives these no kind of their own.
        _ if text.contains("lookup address") || text.contains("name resolution") => {
            Cause::Unreachable(UNKNOWN_HOST)
        }
        ErrorKind::InvalidData if error.get_ref().is_some() => of_tls(&text),
        _ => Cause::Dropped(text),
    }
}

fn of_tls(text: &str) -> Cause {
    let lower = text.to_lowercase();
    let words = if lower.contains("expired") {
        "its certificate has expired".to_owned()
    } else if lower.contains("notvalidforname") || lower.contains("not valid for name") {
        "its certificate belongs to a site of another name".to_owned()
    } else if ["unknownissuer", "unknown issuer", "causedasendentity"].iter().any(|name| lower.contains(name))
    {
        "its certificate is not signed by an authority that is known".to_owned()
    } else {
        format!("its encryption does not work ({text})")
    };
    Cause::Unsafe(words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn io(kind: ErrorKind, text: &str) -> Error {
        Error::Io(std::io::Error::new(kind, text.to_owned()))
    }

    #[test]
    fn errors_in_words() {
        let cases = [
            (Error::HostNotFound, "link/unreachable", "there is no site of that name"),
            (
                io(ErrorKind::Other, "failed to lookup address information: Name or service not known"),
                "link/unreachable",
                "there is no site of that name",
            ),
            (Error::Timeout(Timeout::Connect), "link/unreachable", "no server answers there"),
            (Error::Timeout(Timeout::Global), "link/slow", "the server took too long to answer"),
            (
                io(ErrorKind::InvalidData, "invalid peer certificate: Expired"),
                "link/unsafe",
                "no safe connection can be made, its certificate has expired",
            ),
            (
                io(
                    ErrorKind::InvalidData,
                    "invalid peer certificate: certificate not valid for name \"a.test\"",
                ),
                "link/unsafe",
                "no safe connection can be made, its certificate belongs to a site of another name",
            ),
            (
                io(ErrorKind::InvalidData, "invalid peer certificate: UnknownIssuer"),
                "link/unsafe",
                "no safe connection can be made, its certificate is not signed by an authority that is known",
            ),
            (
                Error::Tls("odd"),
                "link/unsafe",
                "no safe connection can be made, its encryption does not work (odd)",
            ),
        ];
        for (error, code, words) in cases {
            let cause = Cause::of(&error);
            assert_eq!((cause.code(), cause.words().as_str()), (code, words), "{error:?}");
        }
    }

    #[test]
    fn statuses_in_words() {
        assert_eq!(Cause::Status(404).words(), "the page does not exist (404 Not Found)");
        assert_eq!(Cause::Status(999).words(), "the server does not show the page to programs (999)");
        assert_eq!(Cause::Status(503).words(), "the server says it has a fault (503 Service Unavailable)");
        assert!(
            Cause::Status(503).may_pass() && !Cause::Status(404).may_pass() && !Cause::Status(501).may_pass()
        );
    }
}
