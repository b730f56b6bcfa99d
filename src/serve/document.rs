//! HTML as the browser gets it: pages of the site with the reload script in them, and the few pages that the server
//! makes itself. All of it in memory; what is written to disk by a build never has a trace of it.

/// Where the server's own things are, below the path of the site.
pub(super) const OWN: &str = "_praktijk/";
/// The script that keeps a page up to date.
pub(super) const SCRIPT: &str = include_str!("reload.js");

/// The page with the script before its last `</body>`, or at its end. `base` is the path of the site.
pub(super) fn with_script(page: &[u8], base: &str, version: &str) -> Vec<u8> {
    let tag = format!("<script src=\"{}{OWN}reload.js\" data-version=\"{version}\"></script>", escaped(base));
    let at = body_end(page).unwrap_or(page.len());
    [&page[..at], tag.as_bytes(), &page[at..]].concat()
}

fn body_end(page: &[u8]) -> Option<usize> {
    const END: &[u8] = b"</body";
    (0..page.len().saturating_sub(END.len())).rev().find(|&at| {
        page[at..at + END.len()].eq_ignore_ascii_case(END)
            && page[at + END.len()..].trim_ascii_start().first() == Some(&b'>')
    })
}

/// The page for a site that was never built without errors.
pub(super) fn failing(errors: &[String]) -> String {
    let list = errors.iter().map(|error| format!("<pre>{}</pre>\n", escaped(error))).collect::<String>();
    let text = "This page appears by itself once the errors are mended.";
    page("The site is not built yet", &format!("<p>{text}</p>\n<noscript>\n{list}</noscript>"))
}

/// The page for an address without an output, on a site without a page for that.
pub(super) fn missing() -> String {
    page(
        "Page not found",
        "<p>There is no page at this address. If one comes, it appears here by itself.</p>",
    )
}

fn page(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n</head>\n\
         <body>\n<main>\n<h1>{title}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_stands_before_the_last_end_of_the_body() {
        let tag = "<script src=\"/sub/_praktijk/reload.js\" data-version=\"a.1\"></script>";
        for (page, expected) in [
            (
                "<body><pre>\"</body>\"</pre></BODY ></html>",
                format!("<body><pre>\"</body>\"</pre>{tag}</BODY ></html>"),
            ),
            ("<body>\u{e9}</body", format!("<body>\u{e9}</body{tag}")),
            ("<p>loose", format!("<p>loose{tag}")),
            ("", tag.to_owned()),
        ] {
            let made = with_script(page.as_bytes(), "/sub/", "a.1");
            assert_eq!(String::from_utf8(made).unwrap(), expected);
        }
    }

    #[test]
    fn errors_are_text() {
        let page = failing(&["a <script>alert(1)</script> & b".to_owned()]);
        assert!(page.contains("a &lt;script&gt;alert(1)&lt;/script&gt; &amp; b"), "{page}");
    }
}
