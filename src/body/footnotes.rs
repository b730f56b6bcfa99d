//! Puts footnotes at the bottom (`bottom_footnotes`). In: the references and the definitions, as they come by. Out: a number
//! for each reference, and one list at the end with links back.
//!
//! A footnote that nothing refers to is left out. The numbers follow the order in which the references come by, also those
//! inside footnotes.

use std::collections::{HashMap, VecDeque};

use pulldown_cmark::{CowStr, Event, TagEnd};
use pulldown_cmark_escape::escape_html;

/// The footnotes of a text.
#[derive(Default)]
pub(super) struct Footnotes<'t> {
    /// Those whose end has not come by; the innermost last.
    open: Vec<Footnote<'t>>,
    /// Those whose end has.
    closed: Vec<Footnote<'t>>,
    /// The number of each that is referred to, and how often it is.
    numbers: HashMap<CowStr<'t>, (usize, usize)>,
}

/// A footnote.
struct Footnote<'t> {
    name: CowStr<'t>,
    content: Vec<Event<'t>>,
}

impl<'t> Footnotes<'t> {
    /// A footnote begins.
    pub(super) fn start(&mut self, name: CowStr<'t>) {
        self.open.push(Footnote { name, content: Vec::new() });
    }

    /// A footnote ends.
    pub(super) fn end(&mut self) {
        self.closed.extend(self.open.pop());
    }

    /// What is being written of the footnote that is open, if one is.
    pub(super) fn content(&mut self) -> Option<&mut Vec<Event<'t>>> {
        self.open.last_mut().map(|footnote| &mut footnote.content)
    }

    /// The HTML of a reference.
    pub(super) fn reference(&mut self, name: CowStr<'t>, permalink: &str) -> String {
        let next = self.numbers.len() + 1;
        let id = escaped(&name);
        let (number, count) = self.numbers.entry(name).or_insert((next, 0));
        *count += 1;
        format!(
            "<sup class=\"footnote-reference\" id=\"fr-{id}-{count}\"><a href=\"{permalink}#fn-{id}\">[{number}]</a></sup>"
        )
    }

    /// The list, as events for the end of the text.
    pub(super) fn list(&mut self, permalink: &str, out: &mut VecDeque<Event<'t>>) {
        let mut wanted: Vec<_> = std::mem::take(&mut self.closed)
            .into_iter()
            .filter_map(|footnote| {
                self.numbers.get(&footnote.name).map(|&(number, count)| (number, count, footnote))
            })
            .collect();
        if wanted.is_empty() {
            return;
        }
        wanted.sort_by_key(|(number, ..)| *number);
        out.push_back(raw("<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n"));
        for (_, count, footnote) in wanted {
            item(footnote, count, permalink, out);
        }
        out.push_back(raw("</ol>\n</section>\n"));
    }
}

/// One footnote of the list. The links back stand in its last paragraph, or behind it all when it has none.
fn item<'t>(footnote: Footnote<'t>, count: usize, permalink: &str, out: &mut VecDeque<Event<'t>>) {
    let id = escaped(&footnote.name);
    out.push_back(raw(format!("<li id=\"fn-{id}\">")));
    let mut back = String::new();
    for time in 1..=count {
        let shown = if time == 1 { String::new() } else { time.to_string() };
        back.push_str(&format!(" <a href=\"{permalink}#fr-{id}-{time}\">↩{shown}</a>"));
    }
    match footnote.content.iter().rposition(|event| matches!(event, Event::End(TagEnd::Paragraph))) {
        Some(last) => {
            back.push_str("</p>\n");
            let mut content = footnote.content;
            content[last] = raw(back);
            out.extend(content);
        }
        None => {
            out.extend(footnote.content);
            out.push_back(raw(back));
        }
    }
    out.push_back(raw("</li>\n"));
}

/// HTML that stays as it is.
fn raw<'t>(html: impl Into<CowStr<'t>>) -> Event<'t> {
    Event::Html(html.into())
}

/// A name as it may stand in an attribute.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    // Writing to a string does not fail.
    let _ = escape_html(&mut out, name);
    out
}
