//! What browsers are told to refuse. In: the rules of the site, and the text of a page. Out: the page with its policy in
//! it, what it has that the policy must know by its sum, and what the policy will block; and files that make web servers
//! say the same.
//!
//! | file | what it answers |
//! |---|---|
//! | [`policy`] | the policy as browsers read it |
//! | [`scan`] | what in a page the policy is about |
//! | [`servers`] | the same for web servers, with the rest of what they should say |

pub mod policy;
pub mod scan;
pub mod servers;

use super::markup::{self, Tag};
use crate::model::security::{Inline, Security};

pub use scan::Blocked;

/// A page with its policy.
pub struct Secured {
    /// The page.
    pub html: String,
    /// What the policy knows by its sum.
    pub inline: Vec<Inline>,
    /// What the policy blocks.
    pub blocked: Vec<Blocked>,
}

/// Writes its policy into a page. `base_url` is where the site stands.
pub fn page(html: &str, rules: &Security, base_url: &str) -> Secured {
    let tags = markup::tags(html);
    let scan::Found { inline, blocked } = scan::scan(html, &tags, rules, base_url);
    let policy = markup::escaped(&policy::of_page(rules, &inline));
    let at = place(html, &tags);
    let meta = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">");
    let html = [&html[..at], &meta, &html[at..]].concat();
    Secured { html, inline, blocked }
}

/// Behind what names the encoding, which must stand in the first kilobyte, and before anything that loads something.
fn place(html: &str, tags: &[Tag<'_>]) -> usize {
    let names_encoding = |tag: &&Tag<'_>| tag.is("meta") && tag.attribute("charset").is_some();
    let before_loading =
        |tag: &&Tag<'_>| !(tag.is("script") || tag.is("link") || tag.is("style") || tag.is("body"));
    let head = || tags.iter().take_while(before_loading);
    if let Some(tag) = head().find(names_encoding) {
        return tag.at.end;
    }
    if let Some(tag) = head().find(|tag| tag.is("head")).or_else(|| head().find(|tag| tag.is("html"))) {
        return tag.at.end;
    }
    let start = html.len() - html.trim_start_matches('\u{feff}').trim_start().len();
    let has_doctype = html.get(start..start + 9).is_some_and(|text| text.eq_ignore_ascii_case("<!doctype"));
    if has_doctype { html[start..].find('>').map_or(start, |end| start + end + 1) } else { start }
}

#[cfg(test)]
mod tests {
    use super::*;

    const META: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'self' \
                        'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; media-src 'self'; \
                        connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'\">";

    #[test]
    fn the_policy_stands_as_early_as_it_can() {
        for (before, after) in [
            ("<!doctype html><html><head><title>a</title><meta charset=utf-8>", "<link rel=x><p>"),
            ("<!DOCTYPE html>\n<html lang=nl><head class=a>", "<link rel=x><meta charset=utf-8>"),
            ("<!doctype html><html>", "<title>a</title>"),
            ("<!-- x --><HEAD>", "<body><meta charset=utf-8>"),
            ("\u{feff}\n<!doctype html>", "<p>a"),
            ("", "los <b>stuk</b>"),
            ("", ""),
        ] {
            let made = page(&format!("{before}{after}"), &Security::default(), "https://e.org");
            assert_eq!(made.html, format!("{before}{META}{after}"));
            assert!(made.blocked.is_empty() && made.inline.is_empty(), "{before}{after}");
        }
    }
}
