//! Ids of headings, links to headings, table of contents. In: a heading with what stands in it. Out: its id (its own, or
//! one made of its text that no other heading of the text has), its opening tag, and its place in the table of contents.

use std::borrow::Cow;
use std::collections::HashSet;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel};
use pulldown_cmark_escape::escape_html;

use super::{Body, Heading};
use crate::model::slug::{Strategy, anchor_slug};

/// A heading with those below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'a> {
    /// The heading.
    pub heading: &'a Heading,
    /// The headings below it, in order.
    pub children: Vec<Node<'a>>,
}

/// The table of contents: every heading stands below the nearest one before it that is of a higher rank, however many
/// levels lie between.
pub fn tree(headings: &[Heading]) -> Vec<Node<'_>> {
    let mut top = Vec::new();
    for heading in headings {
        insert(&mut top, heading);
    }
    top
}

/// Puts a heading as deep as it goes at the end of a list.
fn insert<'a>(nodes: &mut Vec<Node<'a>>, heading: &'a Heading) {
    match nodes.last_mut() {
        Some(last) if heading.level > last.heading.level => insert(&mut last.children, heading),
        _ => nodes.push(Node { heading, children: Vec::new() }),
    }
}

/// Whether a link to an anchor of a text leads somewhere: to a heading, or to anything with that id or name.
pub fn has_anchor(body: &Body, anchor: &str) -> bool {
    body.headings.iter().any(|heading| heading.id == anchor) || has_id(&body.html, anchor)
}

/// Whether an anchor leads to the top of any page, by the rules of HTML.
pub fn is_top(anchor: &str) -> bool {
    anchor.is_empty() || anchor.eq_ignore_ascii_case("top")
}

/// Whether some `id` or `name` in HTML has this value, without regard to case. It looks at text, not at elements, so it
/// finds rather too much than too little.
fn has_id(html: &str, anchor: &str) -> bool {
    memchr::memchr_iter(b'=', html.as_bytes()).any(|at| {
        let before = html[..at].trim_end_matches(' ').as_bytes();
        let name = [&b"id"[..], b"name"].into_iter().find(|name| {
            before.len() >= name.len() && before[before.len() - name.len()..].eq_ignore_ascii_case(name)
        });
        let apart = name.is_some_and(|name| html[..before.len() - name.len()].ends_with(char::is_whitespace));
        apart && is_value(html[at + 1..].trim_start_matches(' '), anchor)
    })
}

/// Whether text begins with a value, within quotes or not, and the value ends there.
fn is_value(mut text: &str, value: &str) -> bool {
    loop {
        if after_ignoring_case(text, value).is_some_and(|rest| rest.starts_with(['"', '\'', ' ', '>'])) {
            return true;
        }
        match text.strip_prefix(['"', '\'']) {
            Some(rest) => text = rest,
            None => return false,
        }
    }
}

/// What follows a beginning, if text begins with it.
fn after_ignoring_case<'t>(text: &'t str, beginning: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for wanted in beginning.chars() {
        let found = rest.next()?;
        if found != wanted && !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

/// A heading whose end has not come by.
pub(super) struct Open<'t> {
    pub(super) level: HeadingLevel,
    /// The id the author gave it.
    pub(super) id: Option<CowStr<'t>>,
    pub(super) classes: Vec<CowStr<'t>>,
    pub(super) content: Vec<Event<'t>>,
    /// Where it stands in the Markdown.
    pub(super) range: Range<usize>,
}

impl Open<'_> {
    /// The text without markup.
    pub(super) fn title(&self) -> String {
        let mut title = String::new();
        for event in &self.content {
            if let Event::Text(text) | Event::Code(text) = event {
                title.push_str(text);
            }
        }
        title
    }

    /// The opening tag.
    pub(super) fn opening(&self, id: &str) -> String {
        let mut tag = format!("<{} id=\"", self.level);
        // Writing to a string does not fail.
        let _ = escape_html(&mut tag, id);
        for (number, class) in self.classes.iter().enumerate() {
            tag.push_str(if number == 0 { "\" class=\"" } else { " " });
            let _ = escape_html(&mut tag, class);
        }
        tag.push_str("\">");
        tag
    }
}

/// The ids of a text that are taken.
#[derive(Default)]
pub(super) struct Ids {
    taken: HashSet<String>,
    /// Those that authors gave and that have come by.
    given: HashSet<String>,
}

impl Ids {
    /// With the ids that authors gave, also further down: no other heading may get one of those.
    pub(super) fn reserve<'t>(&mut self, given: impl Iterator<Item = &'t str>) {
        self.taken.extend(given.map(str::to_owned));
    }

    /// A heading has an id of its own. Gives whether it is the first to have it.
    pub(super) fn give(&mut self, id: &str) -> bool {
        self.given.insert(id.to_owned())
    }

    /// An id for a heading, made of its text.
    pub(super) fn make(&mut self, title: &str, strategy: Strategy) -> String {
        let slug = anchor_slug(title, strategy);
        let mut id = Cow::Borrowed(slug.as_str());
        let mut number = 0;
        while self.taken.contains(&*id) {
            number += 1;
            id = Cow::Owned(format!("{slug}-{number}"));
        }
        let id = id.into_owned();
        self.taken.insert(id.clone());
        id
    }
}

/// The opening tag of the first link in HTML, if there is a whole link on one line.
pub(super) fn opening_link(html: &str) -> Option<&str> {
    let mut from = 0;
    while let Some(at) = html[from..].find('<').map(|at| from + at) {
        if let Some(end) = link_tag(&html[at..]) {
            let tag = &html[at..at + end];
            let line = html[at + end..].split('\n').next().unwrap_or("");
            if line.match_indices('<').any(|(close, _)| is_link_end(&html[at + end + close..])) {
                return Some(tag);
            }
        }
        from = at + 1;
    }
    None
}

/// The length of a tag that opens a link, if HTML begins with one. As in Zola, any element whose name begins with `a` will do.
fn link_tag(html: &str) -> Option<usize> {
    let name = html.strip_prefix('<')?.trim_start();
    if !name.starts_with('a') {
        return None;
    }
    html.find('>').map(|end| end + 1)
}

/// Whether HTML begins with the end of a link.
fn is_link_end(html: &str) -> bool {
    let rest = html.strip_prefix('<').and_then(|rest| rest.trim_start().strip_prefix('/'));
    rest.is_some_and(|rest| rest.trim_start().starts_with("a>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: u8) -> Heading {
        Heading { level, ..Heading::default() }
    }

    fn shape(nodes: &[Node<'_>]) -> String {
        nodes.iter().map(|node| match shape(&node.children) {
            below if below.is_empty() => node.heading.level.to_string(),
            below => format!("{}({below})", node.heading.level),
        }).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn table_of_contents() {
        for (levels, expected) in [
            (&[][..], ""),
            (&[1, 1, 1], "1 1 1"),
            (&[1, 2, 2, 3, 2, 1, 2, 3, 3], "1(2 2(3) 2) 1(2(3 3))"),
            (&[1, 2, 3, 4, 5, 4], "1(2(3(4(5) 4)))"),
            (&[2, 3, 4, 5, 4, 2, 1, 2, 3, 4], "2(3(4(5) 4)) 2 1(2(3(4)))"),
            (&[3, 2, 2, 3, 2, 1, 4], "3 2 2(3) 2 1(4)"),
            (&[1, 4, 3, 2, 6], "1(4 3 2(6))"),
        ] {
            let headings: Vec<_> = levels.iter().map(|level| heading(*level)).collect();
            assert_eq!(shape(&tree(&headings)), expected);
        }
    }

    #[test]
    fn anchors_in_html() {
        let has = |html: &str, anchor| has_anchor(&Body { html: html.into(), ..Body::default() }, anchor);
        for html in [
            "<a name=\"fred\">", "<a id=\"fred\">", "<a id =\"fred\">", "<a id = \"fred\">", "<a id=\"fred\" >", "<a  ID='Fred'>",
            "<a id=fred>", "<a id=fred class=x>", "<a\nid=\"fred\">", "<a x=y id=\"\"fred\">",
        ] {
            assert!(has(html, "fred"), "{html}");
        }
        for html in ["", "<a name=\"george\">", "<a notid=\"fred\">", "<a id=\"fredd\">", "<a id=fred", "id=\"fred\"", "<a id:\"fred\">"] {
            assert!(!has(html, "fred"), "{html}");
        }
        assert!(has("<a id=\"a.b?c\">", "a.b?c"));
        assert!(!has("<a id=\"axb\">", "a.b"));
        assert!(has("<b id='É'>", "é"));
    }

    #[test]
    fn anchors_of_headings() {
        let body = Body { headings: vec![Heading { id: "kop".into(), ..heading(1) }], ..Body::default() };
        assert!(has_anchor(&body, "kop"));
        assert!(!has_anchor(&body, "Kop"));
        assert!(is_top("") && is_top("TOP") && !is_top("kop"));
    }

    #[test]
    fn ids_are_unique() {
        let mut ids = Ids::default();
        ids.reserve(["b-1"].into_iter());
        let made: Vec<_> = ["A", "a", "A!", "a-1", "b", "b", ""].iter().map(|title| ids.make(title, Strategy::On)).collect();
        assert_eq!(made, ["a", "a-1", "a-2", "a-1-1", "b", "b-2", ""]);
        assert!(ids.give("x") && !ids.give("x"));
    }

    #[test]
    fn links_in_a_template() {
        assert_eq!(opening_link("<b><a class=\"x\" href=\"#y\">z</a></b>"), Some("<a class=\"x\" href=\"#y\">"));
        assert_eq!(opening_link("< a\n href='#y'>z< / a>"), Some("< a\n href='#y'>"));
        assert_eq!(opening_link("<a href=\"#y\">\nz</a>"), None);
        assert_eq!(opening_link("<a href=\"#y\">z"), None);
        assert_eq!(opening_link("z"), None);
    }
}
