//! Puts footnotes at the bottom (`bottom_footnotes`). In: the references and the definitions, as they come by. Out: a number
//! for each reference, and one list at the end with links back.
//!
//! In dialect 0.22 numbers stand without brackets, links do not name the page, the links back stand in the last paragraph
//! only when nothing follows it, and a text whose footnotes are all left out has an empty list.
//!
//! A footnote that nothing refers to is left out. The numbers follow the order in which the references come by, also those
//! inside footnotes.

use std::collections::{HashMap, VecDeque};

use pulldown_cmark::{CowStr, Event, TagEnd};
use pulldown_cmark_escape::escape_html;

/// The footnotes of a text.
pub(super) struct Footnotes<'t> {
    /// Whether they are those of dialect 0.22.
    old: bool,
    /// What links to footnotes begin with.
    permalink: &'t str,
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
    /// None yet.
    pub(super) fn new(old: bool, permalink: &'t str) -> Self {
        let permalink = if old { "" } else { permalink };
        Footnotes { old, permalink, open: Vec::new(), closed: Vec::new(), numbers: HashMap::new() }
    }

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
    pub(super) fn reference(&mut self, name: CowStr<'t>) -> String {
        let next = self.numbers.len() + 1;
        let id = escaped(&name);
        let (number, count) = self.numbers.entry(name).or_insert((next, 0));
        *count += 1;
        let shown = if self.old { number.to_string() } else { format!("[{number}]") };
        format!(
            "<sup class=\"footnote-reference\" id=\"fr-{id}-{count}\"><a href=\"{}#fn-{id}\">{shown}</a></sup>",
            self.permalink
        )
    }

    /// The list, as events for the end of the text.
    pub(super) fn list(&mut self, out: &mut VecDeque<Event<'t>>) {
        let any = !self.closed.is_empty();
        let mut wanted: Vec<_> = std::mem::take(&mut self.closed)
            .into_iter()
            .filter_map(|footnote| {
                self.numbers.get(&footnote.name).map(|&(number, count)| (number, count, footnote))
            })
            .collect();
        if wanted.is_empty() && !(any && self.old) {
            return;
        }
        wanted.sort_by_key(|(number, ..)| *number);
        out.push_back(raw("<section class=\"footnotes\">\n<ol class=\"footnotes-list\">\n"));
        for (_, count, footnote) in wanted {
            self.item(footnote, count, out);
        }
        out.push_back(raw("</ol>\n</section>\n"));
    }

    /// One footnote of the list. The links back stand in its last paragraph, or behind it all when it has none.
    fn item(&self, footnote: Footnote<'t>, count: usize, out: &mut VecDeque<Event<'t>>) {
        let id = escaped(&footnote.name);
        out.push_back(raw(format!("<li id=\"fn-{id}\">")));
        let mut back = String::new();
        for time in 1..=count {
            let shown = if time == 1 { String::new() } else { time.to_string() };
            back.push_str(&format!(" <a href=\"{}#fr-{id}-{time}\">↩{shown}</a>", self.permalink));
        }
        let mut content = footnote.content;
        match content.iter().rposition(|event| matches!(event, Event::End(TagEnd::Paragraph))) {
            Some(last) if !self.old || last + 1 == content.len() => {
                back.push_str("</p>\n");
                content[last] = raw(back);
                out.extend(content);
            }
            _ => {
                out.extend(content);
                out.push_back(raw(back));
            }
        }
        out.push_back(raw("</li>\n"));
    }
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
