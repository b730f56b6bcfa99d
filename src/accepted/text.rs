//! What members write, made harmless. In: Markdown, or HTML from elsewhere. Out: HTML of eleven elements with no other
//! attribute than the target of a link, or plain text.
//!
//! HTML that a member types is shown as they typed it. Images are never fetched: who asks for one tells its owner when
//! and from where the page is read. Elements are nested no deeper than browsers and other readers bear.
//!
//! | file | what it answers |
//! |---|---|
//! | [`characters`] | which characters may stand in a text at all |
//! | `subset` | the part of Markdown we take |

pub mod characters;
mod subset;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};
use pulldown_cmark::html::push_html;
use unicode_segmentation::UnicodeSegmentation;

pub use characters::{one_line, tidy};

/// The elements a text may have.
pub const ELEMENTS: [&str; 11] =
    ["p", "strong", "em", "ul", "ol", "li", "blockquote", "code", "pre", "a", "br"];
/// Where a link may lead.
pub const SCHEMES: [&str; 3] = ["http", "https", "mailto"];
/// What every link says of itself: it gains nothing with search engines, and tells nobody where one came from.
pub const REL: &str = "nofollow ugc noopener noreferrer";

/// How often HTML is cleaned until nothing changes any more. Honest HTML needs two rounds.
const ROUNDS: usize = 6;
/// How deep elements may be nested. Our own subset of Markdown stays below it.
const DEEPEST: usize = 40;

/// Markdown as HTML. Single line ends are line ends, addresses of pages become links.
pub fn to_html(markdown: &str) -> String {
    let markdown = tidy(markdown);
    let mut html = String::with_capacity(markdown.len() * 2);
    push_html(&mut html, subset::events(&markdown).into_iter());
    harmless(&html, || markdown.clone())
}

/// HTML from elsewhere, with nothing left in it but what [`to_html`] makes. Cleaning twice changes nothing.
pub fn clean(html: &str) -> String {
    harmless(html, || plain(html))
}

/// The text of HTML: without tags, every block and line on a line of its own, no empty lines.
pub fn plain(html: &str) -> String {
    let text = without_tags(&once(html));
    let lines = text.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    lines.filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}

/// The beginning of a plain text on one line, at most so many characters; cut behind a word, with `…`.
pub fn summary(text: &str, chars: usize) -> String {
    let text = one_line(text);
    if text.chars().count() <= chars {
        return text;
    }
    let mut left = chars.saturating_sub(1);
    let fits = text.graphemes(true).take_while(|grapheme| {
        let needed = grapheme.chars().count();
        let fits = needed <= left;
        left = left.saturating_sub(needed);
        fits
    });
    let end: usize = fits.map(str::len).sum();
    // Only when the cut goes through a word is the word left out, unless it is the only one.
    let in_word = !text[end..].starts_with(' ');
    let end = text[..end].rfind(' ').filter(|_| in_word).unwrap_or(end);
    let kept = text[..end].trim_end_matches([' ', ',', ';', ':', '.', '-', '–']);
    if chars == 0 { String::new() } else { format!("{kept}…") }
}

/// Cleans until nothing changes. What never comes to rest, or is nested too deep, is shown as text.
fn harmless(html: &str, fallback: impl Fn() -> String) -> String {
    let mut before = once(html);
    for _ in 0..ROUNDS {
        let after = once(&before);
        if after == before {
            if depth(&after) <= DEEPEST {
                return after;
            }
            break;
        }
        before = after;
    }
    let text = escaped(tidy(&fallback()).trim());
    if text.is_empty() { text } else { format!("<p>{}</p>", text.replace('\n', "<br>")) }
}

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut sanitiser = Builder::new();
    sanitiser
        .tags(HashSet::from(ELEMENTS))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"]))]))
        .generic_attributes(HashSet::new())
        .allowed_classes(HashMap::new())
        .url_schemes(HashSet::from(SCHEMES))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some(REL));
    sanitiser
});

fn once(html: &str) -> String {
    let html = characters::allowed(html);
    let html = SANITISER.clean(html.trim()).to_string();
    let html = characters::allowed(&html);
    // Whoever composes characters later must not melt the end of a tag with what follows it.
    html.replace(">\u{338}", ">").trim().to_owned()
}

/// How deep the elements of cleaned HTML are nested.
fn depth(html: &str) -> usize {
    let mut depth: usize = 0;
    let mut deepest = 0;
    for (at, _) in html.match_indices('<') {
        let tag = &html[at + 1..];
        if tag.starts_with('/') {
            depth = depth.saturating_sub(1);
        } else if !tag.starts_with("br>") {
            depth += 1;
            deepest = deepest.max(depth);
        }
    }
    deepest
}

/// The text of cleaned HTML: a line end for every block and `<br>`, four entities read.
fn without_tags(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some((before, behind)) = rest.split_once('<') {
        text.push_str(before);
        let name = behind.trim_start_matches('/');
        let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
        if !["a", "em", "strong", "code"].contains(&name) {
            text.push('\n');
        }
        rest = &behind[tag_end(behind)..];
    }
    text.push_str(rest);
    text.replace("&nbsp;", " ").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Where the tag ends whose inside this text begins with: behind the first `>` that stands in no value.
fn tag_end(inside: &str) -> usize {
    let mut quoted = false;
    for (at, character) in inside.char_indices() {
        match character {
            '"' => quoted = !quoted,
            '>' if !quoted => return at + 1,
            _ => {}
        }
    }
    inside.len()
}

/// Text as the sanitiser writes it.
fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    text.replace('\u{a0}', "&nbsp;")
}
