//! Anchors of pages elsewhere. In: a URL, or the HTML of a page. Out: which anchor is meant, or which are not there.

use percent_encoding::percent_decode_str;
use url::Url;

/// Put by GitHub and Forgejo before the ids that authors write; their scripts find the anchor without.
const AUTHORED: &str = "user-content-";

/// The anchor that a page must have for this link to work. None when there is no anchor, or one that needs none on the
/// page: the top, a route of a script (`#/`, `#!`), a piece of text (`#:~:text=`).
pub(super) fn wanted(url: &Url) -> Option<String> {
    let fragment = url.fragment()?;
    let anchor = fragment.split(":~:").next().unwrap_or_default();
    let special = anchor.is_empty() || anchor.starts_with(['/', '!']) || anchor.eq_ignore_ascii_case("top");
    (!special).then(|| anchor.to_owned())
}

/// Which of these anchors no element of a page has as its `id` or `name`. Case does not count, as in Zola.
pub(super) fn missing(html: &[u8], wanted: &[String]) -> Vec<String> {
    let mut missing: Vec<(&String, String)> = wanted
        .iter()
        .map(|anchor| (anchor, percent_decode_str(anchor).decode_utf8_lossy().into_owned()))
        .collect();
    for name in names(html) {
        if missing.is_empty() {
            break;
        }
        let name = String::from_utf8_lossy(name);
        let short = name.strip_prefix(AUTHORED).unwrap_or(&name);
        let is = |anchor: &str| name.eq_ignore_ascii_case(anchor) || short.eq_ignore_ascii_case(anchor);
        missing.retain(|(written, decoded)| !is(written) && !is(decoded));
    }
    missing.into_iter().map(|(written, _)| written.clone()).collect()
}

/// The values of all attributes `id` and `name`. A full parser is not needed to find out that something is there.
fn names(html: &[u8]) -> impl Iterator<Item = &[u8]> {
    memchr::memchr_iter(b'=', html).filter_map(|at| {
        let before = html[..at].trim_ascii_end();
        let length = [b"id".as_slice(), b"name"]
            .iter()
            .find(|key| {
                before.len() > key.len() && before[before.len() - key.len()..].eq_ignore_ascii_case(key)
            })?
            .len();
        before[before.len() - length - 1].is_ascii_whitespace().then_some(())?;
        Some(value(html[at + 1..].trim_ascii_start()))
    })
}

fn value(text: &[u8]) -> &[u8] {
    let (text, ends): (&[u8], &[u8]) = match text.first() {
        Some(b'"') => (&text[1..], b"\""),
        Some(b'\'') => (&text[1..], b"'"),
        _ => (text, b" \t\r\n\x0C>"),
    };
    text.split(|byte| ends.contains(byte)).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn which_anchor_is_meant() {
        let wanted = |fragment: &str| wanted(&Url::parse(&format!("https://a.test/x{fragment}")).unwrap());
        for none in ["", "#", "#top", "#TOP", "#/route", "#!route", "#:~:text=word"] {
            assert_eq!(wanted(none), None, "{none}");
        }
        assert_eq!(wanted("#a:~:text=word").as_deref(), Some("a"));
        assert_eq!(wanted("#één").as_deref(), Some("%C3%A9%C3%A9n"));
    }

    #[test]
    fn whether_a_page_has_it() {
        let has = |html: &str, anchor: &str| missing(html.as_bytes(), &[anchor.to_owned()]).is_empty();
        for html in [
            r#"<a id="fred">"#,
            "<a id='fred'>",
            "<a id=fred>",
            "<a id=fred class=x>",
            r#"<a class="x" ID = "fred" >"#,
            r#"<a name="Fred">"#,
            "<a\nid=\"fred\">",
            r#"<a id="user-content-fred">"#,
        ] {
            assert!(has(html, "fred"), "{html}");
        }
        for html in
            [r#"<a notid="fred">"#, r#"<a id="freddy">"#, r#"<a class="fred">"#, "id=fred", "", "=", " id="]
        {
            assert!(!has(html, "fred"), "{html}");
        }
        assert!(has(r#"<h2 id="één">"#, "%C3%A9%C3%A9n"));
        assert!(has(r#"<h2 id="a%20b">"#, "a%20b"));
    }

    #[test]
    fn only_the_missing_ones_are_told() {
        let wanted = ["a", "b", "c"].map(str::to_owned);
        assert_eq!(missing(br#"<p id="b">"#, &wanted), ["a", "c"]);
    }
}
