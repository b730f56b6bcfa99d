//! The units of a text: what in it can be linked, listed and found by itself. In: a rendered text and what its kind says.
//! Out: the same with an id at every unit that had none, and the units.
//!
//! It reads the HTML that was made, so that headings and lists count wherever they come from: Markdown, a component, a
//! shortcode.

use std::ops::Range;

use super::Body;
use crate::model::kind::{Each, Unit as Declared};

/// A part of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, bitcode::Encode, bitcode::Decode)]
pub struct Unit {
    /// Its name in the declaration.
    pub name: String,
    /// What people call one of it.
    pub label: String,
    /// Its place among the units of its name on the page, from 1.
    pub number: usize,
    /// Its id.
    pub anchor: String,
    /// Its heading, or its first sentence, without markup.
    pub title: String,
    /// Its HTML, without the heading or the tag of the item.
    pub html: String,
    /// Its words.
    pub text: String,
}

/// Finds the units of a text and gives an id to those that have none.
pub fn mark(body: &mut Body, declared: &[Declared]) {
    let mut html = body.html.to_string();
    let mut units = Vec::new();
    for unit in declared {
        let found = match unit.each {
            Each::Item => items(&mut html, unit),
            Each::Heading => below_headings(&html, unit),
        };
        units.extend(found);
    }
    body.html = html.as_str().into();
    body.units = units;
}

/// A stretch of a text that begins with a heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The level of its heading; 0 for what stands before the first.
    pub level: u8,
    /// The id of its heading.
    pub id: String,
    /// Its heading, without markup.
    pub title: String,
    /// What stands below the heading.
    pub html: String,
}

/// A text cut at its headings of level 2 (and 1).
pub fn parts(html: &str) -> Vec<Part> {
    let cuts: Vec<Heading> = headings(html).into_iter().filter(|heading| heading.level <= 2).collect();
    let first = cuts.first().map_or(html.len(), |heading| heading.at.start);
    let before =
        Part { level: 0, id: String::new(), title: String::new(), html: html[..first].trim().to_owned() };
    let mut parts: Vec<Part> = Some(before).filter(|part| !part.html.is_empty()).into_iter().collect();
    for (at, heading) in cuts.iter().enumerate() {
        let end = cuts.get(at + 1).map_or(html.len(), |next| next.at.start);
        parts.push(Part {
            level: heading.level,
            id: heading.id.clone().unwrap_or_default(),
            title: heading.title.clone(),
            html: html[heading.at.end..end].trim().to_owned(),
        });
    }
    parts
}

/// A tag of HTML: its name, whether it closes, and where it stands.
pub(super) struct Tag<'h> {
    pub(super) name: &'h str,
    pub(super) closes: bool,
    pub(super) at: Range<usize>,
}

/// The tags of a text, in order. Comments, and `<` that begin no tag, are passed over.
pub(super) fn tags(html: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let start = from + html.get(from..)?.find('<')?;
            let rest = &html[start + 1..];
            if let Some(comment) = rest.strip_prefix("!--") {
                from = comment.find("-->").map_or(html.len(), |end| start + 4 + end + 3);
                continue;
            }
            let closes = rest.starts_with('/');
            let named = rest.trim_start_matches('/');
            let length = named.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if length == 0 {
                from = start + 1;
                continue;
            }
            let end = start + 1 + end_of_tag(rest)?;
            from = end;
            return Some(Tag { name: &named[..length], closes, at: start..end });
        }
    })
}

/// Behind the `>` that ends a tag; one within quotes does not.
fn end_of_tag(rest: &str) -> Option<usize> {
    let mut quote = None;
    rest.bytes()
        .position(|byte| {
            match (quote, byte) {
                (None, b'>') => return true,
                (None, b'"' | b'\'') => quote = Some(byte),
                (Some(open), byte) if open == byte => quote = None,
                _ => {}
            }
            false
        })
        .map(|at| at + 1)
}

fn level(name: &str) -> Option<u8> {
    let level = name.strip_prefix(['h', 'H'])?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

/// A heading: its level, where it stands whole, its id and its words.
struct Heading {
    level: u8,
    at: Range<usize>,
    id: Option<String>,
    title: String,
}

fn headings(html: &str) -> Vec<Heading> {
    let mut found = Vec::new();
    let mut open: Option<(u8, Range<usize>)> = None;
    for tag in tags(html) {
        let Some(level) = level(tag.name) else { continue };
        match open.take() {
            Some((of, start)) if tag.closes && of == level => {
                let inside = &html[start.end..tag.at.start];
                found.push(Heading {
                    level,
                    id: attribute(&html[start.clone()], "id"),
                    title: words(&without_anchors(inside)),
                    at: start.start..tag.at.end,
                });
            }
            _ if !tag.closes => open = Some((level, tag.at)),
            _ => {}
        }
    }
    found
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let after = tag.split_once(&format!(" {name}=\""))?.1;
    after.split('"').next().map(str::to_owned)
}

/// What stands under a heading, to the next of its level or a higher one; for no heading, everything.
fn stretch(html: &str, under: &str, headings: &[Heading]) -> Option<(u8, Range<usize>)> {
    if under.is_empty() {
        return Some((0, 0..html.len()));
    }
    let same = |title: &str| title.trim().to_lowercase() == under.trim().to_lowercase();
    let at = headings.iter().position(|heading| same(&heading.title))?;
    let level = headings[at].level;
    let end =
        headings[at + 1..].iter().find(|next| next.level <= level).map_or(html.len(), |next| next.at.start);
    Some((level, headings[at].at.end..end))
}

/// The items of the outermost lists under a heading; each gets an id.
fn items(html: &mut String, declared: &Declared) -> Vec<Unit> {
    let Some((_, stretch)) = stretch(html, &declared.under, &headings(html)) else { return Vec::new() };
    let part = html[stretch.clone()].to_owned();
    let mut places: Vec<(Range<usize>, usize)> = Vec::new();
    let mut depth = 0_usize;
    let mut open: Option<Range<usize>> = None;
    for tag in tags(&part) {
        match (tag.name, tag.closes) {
            ("ul" | "ol", false) => depth += 1,
            ("ul" | "ol", true) => depth = depth.saturating_sub(1),
            ("li", false) if depth == 1 => open = Some(tag.at),
            ("li", true) if depth == 1 => {
                if let Some(start) = open.take() {
                    places.push((start, tag.at.start));
                }
            }
            _ => {}
        }
    }
    let mut units = Vec::with_capacity(places.len());
    let mut marked = String::with_capacity(part.len() + places.len() * 24);
    let mut from = 0;
    for (number, (start, end)) in (1..).zip(&places) {
        let tag = &part[start.clone()];
        let inner = part[start.end..*end].trim();
        let anchor = attribute(tag, "id").unwrap_or_else(|| format!("{}-{number}", declared.name));
        marked.push_str(&part[from..start.start]);
        if attribute(tag, "id").is_some() {
            marked.push_str(tag);
        } else {
            marked.push_str(&format!("<li id=\"{anchor}\"{}", &tag[3..]));
        }
        from = start.end;
        let text = words(inner);
        units.push(unit(declared, number, anchor, first_sentence(&text).to_owned(), inner, text));
    }
    marked.push_str(&part[from..]);
    html.replace_range(stretch, &marked);
    units
}

/// The headings of the next deeper level under a heading, each with what stands under it.
fn below_headings(html: &str, declared: &Declared) -> Vec<Unit> {
    let all = headings(html);
    let Some((level, stretch)) = stretch(html, &declared.under, &all) else { return Vec::new() };
    let inside: Vec<&Heading> =
        all.iter().filter(|heading| stretch.contains(&heading.at.start) && heading.level > level).collect();
    let Some(level) = inside.iter().map(|heading| heading.level).min() else { return Vec::new() };
    let own: Vec<&&Heading> = inside.iter().filter(|heading| heading.level == level).collect();
    let mut units = Vec::with_capacity(own.len());
    for (at, heading) in own.iter().enumerate() {
        let end = own.get(at + 1).map_or(stretch.end, |next| next.at.start);
        let inner = html[heading.at.end..end].trim();
        let Some(anchor) = heading.id.clone() else { continue };
        units.push(unit(declared, at + 1, anchor, heading.title.clone(), inner, words(inner)));
    }
    units
}

fn unit(declared: &Declared, number: usize, anchor: String, title: String, html: &str, text: String) -> Unit {
    let label = if declared.label.is_empty() { &declared.name } else { &declared.label };
    Unit {
        name: declared.name.clone(),
        label: label.clone(),
        number,
        anchor,
        title,
        html: html.to_owned(),
        text,
    }
}

/// Headings carry links to themselves, whose signs are no words of theirs.
fn without_anchors(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find("<a ") {
        let Some(length) = rest[start..].find("</a>") else { break };
        let link = &rest[start..start + length];
        let is_anchor =
            link.contains("zola-anchor") || link.contains("href=\"#") || link.contains("aria-label");
        kept.push_str(if is_anchor { &rest[..start] } else { &rest[..start + length + 4] });
        rest = &rest[start + length + 4..];
    }
    kept.push_str(rest);
    kept
}

/// The words of HTML, with single spaces.
pub fn words(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut from = 0;
    for tag in tags(html) {
        text.push_str(&html[from..tag.at.start]);
        let inline = [
            "a", "b", "i", "em", "strong", "code", "span", "abbr", "q", "sup", "sub", "small", "mark",
            "time", "del",
        ];
        if !inline.contains(&tag.name) {
            text.push(' ');
        }
        from = tag.at.end;
    }
    text.push_str(&html[from..]);
    let plain = text
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&nbsp;", "\u{a0}")
        .replace("&shy;", "")
        .replace("&amp;", "&");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Up to the first mark that ends a sentence and stands before a capital; all of it when there is none.
fn first_sentence(text: &str) -> &str {
    let ends = text.char_indices().filter(|(_, c)| matches!(c, '.' | '!' | '?'));
    for (at, mark) in ends {
        let mut after = text[at + mark.len_utf8()..].chars();
        match (after.next(), after.next()) {
            (None, _) => break,
            (Some(' '), Some(next)) if next.is_uppercase() => return &text[..at + mark.len_utf8()],
            _ => {}
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(name: &str, under: &str, each: Each) -> Declared {
        Declared { name: name.into(), under: under.into(), each, ..Declared::default() }
    }

    fn check(html: &str, unit: Declared) -> (String, Vec<(String, String, String)>) {
        let mut body = Body { html: html.into(), ..Body::default() };
        mark(&mut body, &[unit]);
        let units = body.units.into_iter().map(|unit| (unit.anchor, unit.title, unit.text));
        (body.html.to_string(), units.collect())
    }

    #[test]
    fn items_get_an_id_in_their_own_list_only() {
        let (html, units) = check(
            "<ul>\n<li>x</li>\n</ul>\n<h3 id=\"w\">What Works<a class=\"zola-anchor\" href=\"#w\">#</a></h3>\n<ul>\n<li>One &amp; two. Three.<ul><li>deep</li></ul></li>\n<li class=\"a\"><p>B</p></li>\n</ul>\n<h2>Next</h2><ul><li>y</li></ul>",
            declared("tip", "what works", Each::Item),
        );
        assert_eq!(
            html,
            "<ul>\n<li>x</li>\n</ul>\n<h3 id=\"w\">What Works<a class=\"zola-anchor\" href=\"#w\">#</a></h3>\n<ul>\n<li id=\"tip-1\">One &amp; two. Three.<ul><li>deep</li></ul></li>\n<li id=\"tip-2\" class=\"a\"><p>B</p></li>\n</ul>\n<h2>Next</h2><ul><li>y</li></ul>"
        );
        assert_eq!(
            units,
            [
                ("tip-1".into(), "One & two.".into(), "One & two. Three. deep".into()),
                ("tip-2".into(), "B".into(), "B".into())
            ]
        );
    }

    #[test]
    fn headings_keep_their_own_id() {
        let (html, units) = check(
            "<h2 id=\"s\">Steps</h2><h3 id=\"a\">First</h3><p>x > y</p><h4 id=\"b\">Deeper</h4><h3 id=\"c\">Second</h3><p>z</p><h2>End</h2><h3 id=\"d\">No</h3>",
            declared("step", "Steps", Each::Heading),
        );
        assert!(!html.contains("step-"));
        assert_eq!(
            units,
            [("a".into(), "First".into(), "x > y Deeper".into()), ("c".into(), "Second".into(), "z".into())]
        );
    }

    #[test]
    fn a_text_is_cut_at_its_second_level() {
        let cut = parts(
            "<p>a</p><h2 id=\"b\">B &amp; <em>c</em></h2><p>d</p><h3 id=\"e\">E</h3><h2 id=\"f\">F</h2>",
        );
        let shown: Vec<_> =
            cut.iter().map(|part| (part.level, &*part.id, &*part.title, &*part.html)).collect();
        assert_eq!(
            shown,
            [(0, "", "", "<p>a</p>"), (2, "b", "B & c", "<p>d</p><h3 id=\"e\">E</h3>"), (2, "f", "F", "")]
        );
        assert_eq!(parts(""), []);
    }

    #[test]
    fn a_text_without_the_heading_has_no_units() {
        let html = "<p>a < b, <!-- <li> --> <3</p>";
        assert_eq!(check(html, declared("tip", "Works", Each::Item)), (html.to_owned(), Vec::new()));
    }

    #[test]
    fn abbreviations_do_not_end_a_sentence() {
        assert_eq!(first_sentence("Bel o.a. de wijkagent. Daarna niet."), "Bel o.a. de wijkagent.");
        assert_eq!(first_sentence("Geen punt"), "Geen punt");
    }
}
