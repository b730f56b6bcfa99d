//! Asks a server about one URL. In: the URL and the anchors that links want on its page. Out: an [`Answer`].
//!
//! Redirects are not followed here, because the next server has its own queue.

use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use ureq::http::header::{ACCEPT, CONTENT_TYPE, DATE, LOCATION, RETRY_AFTER};
use ureq::http::{HeaderMap, HeaderName, Response};
use ureq::{Agent, Body};
use url::Url;

use super::anchors;
use super::cause::Cause;
use super::external::{Options, Proxy};

/// No more than this is read of a page to find an anchor on it.
const MOST_READ: u64 = 2 * 1024 * 1024;
/// Finding the server may take no longer than this, however patient one is with its answer.
const CONNECT: Duration = Duration::from_secs(10);

/// What a server says.
#[derive(Debug)]
pub(super) enum Answer {
    /// The page is there; these anchors are not.
    Page {
        /// In the order in which they were asked for.
        missing: Vec<String>,
    },
    /// The page is elsewhere.
    Moved(Url),
    /// It is broken. The server may have said how long to wait before asking again.
    Broken(Cause, Option<Duration>),
}

/// What speaks HTTP.
pub(super) fn agent(options: &Options) -> Agent {
    let config = Agent::config_builder()
        .user_agent(options.user_agent.as_str())
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(options.timeout))
        .timeout_connect(Some(options.timeout.min(CONNECT)))
        .timeout_resolve(Some(options.timeout.min(CONNECT)))
        // Most answers are dropped unread, and a connection that was left alone for a while is often a dead one.
        .max_idle_connections(0);
    match options.proxy {
        Proxy::Environment => config.build().into(),
        Proxy::None => config.proxy(None).build().into(),
    }
}

/// Asks.
pub(super) fn ask(agent: &Agent, url: &Url, wanted: &[String]) -> Answer {
    // Should the HTTP library break down on what a server sends, then one link is broken and the others go on. The
    // agent holds nothing that such a break could leave half done: connections are not kept.
    let answer = catch_unwind(AssertUnwindSafe(|| {
        match agent.get(url.as_str()).header(ACCEPT, "text/html, */*;q=0.8").call() {
            Ok(response) => understood(url, response, wanted),
            Err(error) => Answer::Broken(Cause::of(&error), None),
        }
    }));
    answer.unwrap_or_else(|_| Answer::Broken(Cause::Dropped("its answer makes no sense".to_owned()), None))
}

fn understood(url: &Url, response: Response<Body>, wanted: &[String]) -> Answer {
    let status = response.status();
    if status.is_success() && !wanted.is_empty() && is_html(response.headers()) {
        return read(response, wanted);
    }
    if status.is_success() || status.as_u16() == 304 {
        return Answer::Page { missing: Vec::new() };
    }
    if matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return moved(url, response.headers());
    }
    let wait = matches!(status.as_u16(), 429 | 503).then(|| retry_after(response.headers())).flatten();
    Answer::Broken(Cause::Status(status.as_u16()), wait)
}

/// Anchors of anything else than HTML, such as the page of a PDF, are the business of the program that shows it.
fn is_html(headers: &HeaderMap) -> bool {
    header(headers, CONTENT_TYPE).is_none_or(|kind| kind.to_ascii_lowercase().contains("html"))
}

fn read(response: Response<Body>, wanted: &[String]) -> Answer {
    let mut html = Vec::new();
    let reader = response.into_body().into_with_config().limit(u64::MAX).reader();
    if let Err(error) = reader.take(MOST_READ).read_to_end(&mut html) {
        return Answer::Broken(Cause::of(&error.into()), None);
    }
    // What was not read may hold the anchor: no complaint without proof.
    let all = (html.len() as u64) < MOST_READ;
    Answer::Page { missing: if all { anchors::missing(&html, wanted) } else { Vec::new() } }
}

fn moved(url: &Url, headers: &HeaderMap) -> Answer {
    let Some(target) = header(headers, LOCATION) else {
        return Answer::Broken(Cause::Redirect("the server sends visitors on without saying where to"), None);
    };
    match url.join(target) {
        Ok(to) if matches!(to.scheme(), "http" | "https") => Answer::Moved(to),
        _ => Answer::Broken(
            Cause::Redirect("the server sends visitors on to something that is no web address"),
            None,
        ),
    }
}

/// In seconds, or as a date, which is compared with the server's own idea of the time.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let value = header(headers, RETRY_AFTER)?;
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let moment =
        |text: &str| jiff::fmt::rfc2822::parse(text).ok().map(|moment| moment.timestamp().as_second());
    let seconds = moment(value)? - moment(header(headers, DATE)?)?;
    Some(Duration::from_secs(seconds.max(0).unsigned_abs()))
}

fn header(headers: &HeaderMap, name: HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn how_long_to_wait() {
        let check = |pairs: &[(HeaderName, &str)], expected: Option<u64>| {
            let headers = pairs.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
            assert_eq!(retry_after(&headers), expected.map(Duration::from_secs), "{pairs:?}");
        };
        let date = (DATE, "Wed, 21 Oct 2015 07:28:00 GMT");
        check(&[(RETRY_AFTER, "120")], Some(120));
        check(&[(RETRY_AFTER, "Wed, 21 Oct 2015 07:28:30 GMT"), date.clone()], Some(30));
        check(&[(RETRY_AFTER, "Wed, 21 Oct 2015 07:20:30 GMT"), date.clone()], Some(0));
        check(&[(RETRY_AFTER, "Wed, 21 Oct 2015 07:28:30 GMT")], None);
        check(&[(RETRY_AFTER, "soon"), date], None);
        check(&[], None);
    }
}
