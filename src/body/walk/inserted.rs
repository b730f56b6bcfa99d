//! What shortcodes gave, put where it belongs. In: an event that may hold marks. Out: the event without marks, or the
//! events in its place.
//!
//! In words and in raw HTML the output stands as HTML. A paragraph that is nothing but one output is no paragraph. Where
//! HTML cannot stand, in code and in addresses, the output is taken as words.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, Tag, TagEnd};

use super::Walk;
use crate::body::shortcodes::Part;
use crate::body::summary;

impl<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> Walk<'t, '_, I> {
    /// An event of a text with shortcodes. Gives what is still to be done with it.
    pub(super) fn put_in(&mut self, event: Event<'t>, range: &Range<usize>) -> Option<Event<'t>> {
        let inserted = self.text.inserted;
        match event {
            Event::Start(Tag::Paragraph) => {
                self.no_paragraph =
                    self.text.markdown.get(range.clone()).is_some_and(|words| inserted.is_all_of(words));
                (!self.no_paragraph).then_some(event)
            }
            Event::End(TagEnd::Paragraph) if self.no_paragraph => {
                self.no_paragraph = false;
                None
            }
            Event::Text(words) if self.code.is_some() => Some(Event::Text(self.in_code(words))),
            Event::Text(words) if inserted.is_in(&words) => {
                self.parts(&words, Event::Text);
                None
            }
            Event::Html(html) | Event::InlineHtml(html)
                if inserted.is_in(&html) && !self.is_first_mark(&html) =>
            {
                self.parts(&html, Event::Html);
                None
            }
            event => Some(self.filled(event)),
        }
    }

    /// Words or HTML in parts, each done with as if it had come alone.
    fn parts(&mut self, words: &str, kind: fn(CowStr<'t>) -> Event<'t>) {
        for part in self.text.inserted.parts(words) {
            let event = match part {
                Part::Output(html) => self.pass(Event::Html(CowStr::Borrowed(html))),
                Part::Words(words) => match kind(words.to_owned().into()) {
                    Event::Text(words) => self.words(words),
                    event => self.pass(event),
                },
            };
            self.ready.extend(event);
        }
    }

    /// Whether HTML holds the mark where the summary ends, the first in the text.
    fn is_first_mark(&self, html: &str) -> bool {
        summary::is_mark(html) && self.follow.as_ref().is_some_and(|follow| !follow.is_cut())
    }

    /// Words in a block of code. What a template gives ends with the end of a line, and so does the line around it.
    fn in_code(&self, words: CowStr<'t>) -> CowStr<'t> {
        if !self.text.inserted.is_in(&words) {
            return words;
        }
        let whole = |part| match part {
            Part::Words(words) | Part::Output(words) => words,
        };
        self.text.inserted.parts(&words).into_iter().map(whole).collect::<String>().into()
    }

    /// An event in whose names and addresses marks have become words.
    fn filled(&self, event: Event<'t>) -> Event<'t> {
        let fill = |words: CowStr<'t>| match self.text.inserted.filled(&words) {
            Some(filled) => filled.into(),
            None => words,
        };
        match event {
            Event::Code(code) => Event::Code(fill(code)),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Link { link_type, dest_url: fill(dest_url), title: fill(title), id })
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) => {
                Event::Start(Tag::Image { link_type, dest_url: fill(dest_url), title: fill(title), id })
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(fill(info))))
            }
            Event::Start(Tag::Heading { level, id, classes, attrs }) => {
                let classes = classes.into_iter().map(&fill).collect();
                Event::Start(Tag::Heading { level, id: id.map(fill), classes, attrs })
            }
            event => event,
        }
    }
}
