//! One heading on its way to HTML. In: a heading with all that stands in it. Out: its id (its own, or one made of its text
//! that no other heading of the text has), its HTML with the link to it, and its entry for the table of contents.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, TagEnd};
use pulldown_cmark_escape::escape_html;

use super::Walk;
use crate::base::Diagnostic;
use crate::body::{Heading, faults};
use crate::model::InsertAnchor;
use crate::model::slug::{Strategy, anchor_slug};
use crate::template::Field;

impl<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> Walk<'t, '_, I> {
    /// A heading, complete. As in Zola, one inside a footnote at the bottom lands in the text; only the link to it stays. In
    /// dialect 0.22 all of it stays.
    pub(super) fn end_heading(&mut self, heading: Open<'t>) {
        let title = heading.title();
        let id = self.id(&heading, &title);
        let link = self.anchor_link(&id, &heading);
        self.part_of_heading(Event::Html(heading.opening(&id).into()));
        match (self.text.source.insert_anchor, link) {
            (InsertAnchor::Left, Some(link)) => {
                self.link_to_heading(link);
                self.parts_of_heading(heading.content);
            }
            (InsertAnchor::Right, Some(link)) => {
                self.parts_of_heading(heading.content);
                self.link_to_heading(link);
            }
            (InsertAnchor::Heading, Some(link)) => match opening_link(&link) {
                Some(tag) => {
                    self.link_to_heading(tag.to_owned());
                    self.parts_of_heading(heading.content);
                    self.link_to_heading("</a>".to_owned());
                }
                None => self.parts_of_heading(heading.content),
            },
            _ => self.parts_of_heading(heading.content),
        }
        let end = match self.text.old {
            true => Event::End(TagEnd::Heading(heading.level)),
            false => Event::Html(format!("</{}>\n", heading.level).into()),
        };
        self.part_of_heading(end);
        let permalink = format!("{}#{id}", self.text.source.permalink);
        let (id, permalink, title) = (id.into(), permalink.into(), title.into());
        self.headings.push(Heading { level: heading.level as u8, id, permalink, title });
    }

    /// The id of a heading: the one it has, or one made for it.
    fn id(&mut self, heading: &Open<'t>, title: &str) -> String {
        let Some(id) = &heading.id else { return self.ids.make(title, self.text.config.slugify.anchors) };
        if !self.ids.give(id) {
            let complaint = Diagnostic::warning(
                "heading/duplicate-id",
                format!("Another heading of this text has the id `{id}` too."),
            );
            self.complaints.push(
                self.text
                    .place(complaint, Some(heading.range.clone()))
                    .hint("Links lead to the first of them only; give this one an id of its own."),
            );
        }
        id.to_string()
    }

    /// The link to a heading, by its template.
    fn anchor_link(&mut self, id: &str, heading: &Open<'t>) -> Option<String> {
        if self.text.source.insert_anchor == InsertAnchor::None || self.no_anchors {
            return None;
        }
        let level = Field::Int(heading.level as i64);
        let context =
            vec![("id", Field::from(id)), ("level", level), ("lang", Field::from(self.text.source.lang))];
        match self.text.lookup.render("anchor-link.html", context.into())? {
            Ok(link) => Some(link),
            Err(fault) => {
                self.no_anchors = true;
                let around = self.text.span(Some(heading.range.clone()));
                let list = faults::in_decoration(
                    fault,
                    "anchor-link.html",
                    self.text.source,
                    around,
                    self.text.lookup,
                );
                self.complaints.extend(list);
                None
            }
        }
    }

    fn parts_of_heading(&mut self, parts: Vec<Event<'t>>) {
        parts.into_iter().for_each(|part| self.part_of_heading(part));
    }

    fn part_of_heading(&mut self, part: Event<'t>) {
        let part = if self.text.old { self.pass_below_heading(part) } else { Some(part) };
        self.ready.extend(part);
    }

    /// Puts a part of the link to a heading beside it.
    fn link_to_heading(&mut self, html: String) {
        if let Some(event) = self.pass_below_heading(Event::Html(html.into())) {
            self.ready.push_back(event);
        }
    }
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
    /// The last number tried behind a slug: what was taken stays taken, so the search goes on from there.
    numbers: HashMap<String, usize>,
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
        if self.taken.insert(slug.clone()) {
            return slug;
        }
        let number = self.numbers.entry(slug.clone()).or_insert(0);
        loop {
            *number += 1;
            let id = format!("{slug}-{number}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
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

    #[test]
    fn ids_are_unique() {
        let mut ids = Ids::default();
        ids.reserve(["b-1"].into_iter());
        let made: Vec<_> =
            ["A", "a", "A!", "a-1", "b", "b", ""].iter().map(|title| ids.make(title, Strategy::On)).collect();
        assert_eq!(made, ["a", "a-1", "a-2", "a-1-1", "b", "b-2", ""]);
        assert!(ids.give("x") && !ids.give("x"));
    }

    #[test]
    fn links_in_a_template() {
        assert_eq!(
            opening_link("<b><a class=\"x\" href=\"#y\">z</a></b>"),
            Some("<a class=\"x\" href=\"#y\">")
        );
        assert_eq!(opening_link("< a\n href='#y'>z< / a>"), Some("< a\n href='#y'>"));
        assert_eq!(opening_link("<a href=\"#y\">\nz</a>"), None);
        assert_eq!(opening_link("<a href=\"#y\">z"), None);
        assert_eq!(opening_link("z"), None);
    }
}
