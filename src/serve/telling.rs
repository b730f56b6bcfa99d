//! Tells one browser all that is new, as a stream of events, until it goes or nothing has happened for a while. A
//! browser whose stream ends asks again, and its page's version tells what it missed.

use std::io::{self, Write};
use std::time::Duration;

use serde_json::json;

use super::stage::{Heard, News, Stage};
use crate::wire::head;

/// After this much time without news a stream ends. That is also how streams end whose browser vanished unseen.
pub(super) const QUIET: Duration = Duration::from_secs(20);

/// Who is told, and how.
pub(super) struct Listener {
    /// The version of its page.
    pub(super) page: String,
    /// What to send before the news.
    pub(super) headers: Vec<(&'static str, String)>,
    /// Whether it knows bodies in chunks; those have an end of their own, apart from that of the connection.
    pub(super) chunks: bool,
}

/// Tells a browser what is new, until there was nothing for this long.
pub(super) fn tell(
    mut writer: impl Write,
    listener: Listener,
    stage: &Stage,
    quiet: Duration,
) -> io::Result<()> {
    let Listener { mut page, mut headers, chunks } = listener;
    if chunks {
        headers.push(("Transfer-Encoding", "chunked".to_owned()));
    }
    writer.write_all(&head(200, headers.iter().map(|(name, value)| (*name, value.as_str()))))?;
    writer.flush()?;
    let mut tick = None;
    while let Heard::News(news) = stage.news(&page, tick, quiet) {
        let text = message(&news);
        let text = if chunks { format!("{:x}\r\n{text}\r\n", text.len()) } else { text };
        writer.write_all(text.as_bytes())?;
        writer.flush()?;
        tick = Some(news.tick);
        page = news.version;
    }
    if chunks {
        writer.write_all(b"0\r\n\r\n")?;
    }
    writer.flush()
}

fn message(news: &News) -> String {
    let css: Vec<_> = news.css.iter().map(|path| path.as_str()).collect();
    let data = json!({ "version": news.version, "reload": news.reload, "css": css, "errors": news.errors });
    format!("data: {data}\n\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stream_without_news_ends() {
        for (chunks, end) in [(true, "}\n\n\r\n0\r\n\r\n"), (false, "}\n\n")] {
            let (stage, mut out) = (Stage::new(), Vec::new());
            let listener = Listener { page: "x".to_owned(), headers: Vec::new(), chunks };
            tell(&mut out, listener, &stage, Duration::from_millis(5)).unwrap();
            let out = String::from_utf8(out).unwrap();
            assert!(out.starts_with("HTTP/1.1 200 OK\r\n") && out.ends_with(end), "{out}");
            assert_eq!((out.matches("data: ").count(), out.contains("chunked")), (1, chunks), "{out}");
        }
    }
}
