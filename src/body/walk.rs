//! The events of Markdown on their way to HTML. In: events as the parser makes them. Out: events as the writer is to have
//! them: headings with ids, links that lead somewhere, code in colours, footnotes at the bottom.
//!
//! Events pass as they are where possible. A heading, an image, code or a footnote is held back until its end has come by.

mod heading;
mod image;
mod inserted;

use std::cell::Cell;
use std::collections::VecDeque;
use std::ops::Range;
use std::sync::LazyLock;

use gh_emoji::Replacer;
use heading::{Ids, Open};
use pulldown_cmark::{CowStr, Event, LinkType, Tag, TagEnd};

use super::Heading;
use super::code::CodeBlock;
use super::footnotes::Footnotes;
use super::links::{self, Image, Lead, Links};
use super::markdown::Text;
use super::summary::{self, CONTINUE_READING, Cut, Follow};
use crate::base::Diagnostic;

/// Names of emoji, and what they stand for.
static EMOJI: LazyLock<Replacer> = LazyLock::new(Replacer::new);

/// Events on their way.
pub(super) struct Walk<'t, 'w, I> {
    text: &'t Text<'t>,
    events: I,
    /// Events that go to the writer before anything else does.
    ready: VecDeque<Event<'t>>,
    code: Option<CodeBlock>,
    image: Option<Image>,
    /// How many images are open whose words stand in an attribute (dialect 0.22).
    in_attribute: usize,
    /// Whether the paragraph that is open is none (dialect 0.22).
    no_paragraph: bool,
    heading: Option<Open<'t>>,
    footnotes: Footnotes<'t>,
    ids: Ids,
    /// Follows what is open, in a text that may have a mark for its summary.
    follow: Option<Follow>,
    /// How much the writer has written.
    written: &'w Cell<usize>,
    headings: Vec<Heading>,
    links: Links,
    complaints: Vec<Diagnostic>,
    /// Whether the template for links to headings has failed; once said is enough.
    no_anchors: bool,
    ended: bool,
}

/// What is left when all events have gone by.
pub(super) struct Done {
    pub(super) headings: Vec<Heading>,
    pub(super) links: Links,
    pub(super) complaints: Vec<Diagnostic>,
    pub(super) cut: Option<Cut>,
}

impl<'t, I: Iterator<Item = (Event<'t>, Range<usize>)>> Iterator for Walk<'t, '_, I> {
    type Item = Event<'t>;

    fn next(&mut self) -> Option<Event<'t>> {
        loop {
            let event = match self.ready.pop_front() {
                Some(event) => Some(event),
                None => match self.events.next() {
                    Some((event, range)) => self.step(event, range),
                    None if self.ended => return None,
                    None => {
                        self.ended = true;
                        self.footnotes.list(&mut self.ready);
                        None
                    }
                },
            };
            if let Some(event) = event {
                if let Some(follow) = &mut self.follow {
                    follow.pass(&event);
                }
                return Some(event);
            }
        }
    }
}

impl<'t, 'w, I: Iterator<Item = (Event<'t>, Range<usize>)>> Walk<'t, 'w, I> {
    /// Events of a text, in which authors gave these ids.
    pub(super) fn new(
        text: &'t Text<'t>,
        events: I,
        given_ids: Vec<String>,
        written: &'w Cell<usize>,
    ) -> Self {
        let mut ids = Ids::default();
        ids.reserve(given_ids.iter().map(String::as_str));
        Walk {
            text,
            events,
            ready: VecDeque::new(),
            code: None,
            image: None,
            in_attribute: 0,
            no_paragraph: false,
            heading: None,
            footnotes: Footnotes::new(text.old, text.source.permalink),
            ids,
            follow: text.markdown.contains("<!--").then(Follow::default),
            written,
            headings: Vec::new(),
            links: Links::default(),
            complaints: Vec::new(),
            no_anchors: false,
            ended: false,
        }
    }

    /// All events have gone by.
    pub(super) fn done(self) -> Done {
        let cut = self.follow.and_then(Follow::into_cut);
        Done { headings: self.headings, links: self.links, complaints: self.complaints, cut }
    }

    /// One event of the parser. Gives what goes to the writer now; [`Walk::ready`] may hold what goes after it.
    fn step(&mut self, event: Event<'t>, range: Range<usize>) -> Option<Event<'t>> {
        let event = if self.text.inserted.is_empty() { event } else { self.put_in(event, &range)? };
        match event {
            Event::Text(words) => self.words(words),
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let event = self.link(link_type, dest_url, title, id, &range);
                self.pass(event)
            }
            Event::Start(Tag::Heading { level, id, classes, .. }) => {
                self.heading = Some(Open { level, id, classes, content: Vec::new(), range });
                None
            }
            Event::End(TagEnd::Heading(_)) => {
                if let Some(heading) = self.heading.take() {
                    self.end_heading(heading);
                }
                None
            }
            Event::Start(Tag::CodeBlock(kind)) => {
                self.code = Some(CodeBlock::new(&kind, range));
                None
            }
            Event::End(TagEnd::CodeBlock) => {
                let html = self.code.take()?.html(self.text, &mut self.complaints);
                self.pass(Event::Html(html.into()))
            }
            Event::Start(Tag::Image { link_type, dest_url, title, id }) if self.text.old => {
                self.open_image(link_type, dest_url, title, id)
            }
            Event::End(TagEnd::Image) if self.text.old => self.close_image(),
            Event::Start(Tag::Image { link_type, dest_url, title, .. }) => {
                self.start_image(link_type, &dest_url, &title, &range);
                None
            }
            Event::End(TagEnd::Image) => self.end_image(),
            Event::Html(ref html) | Event::InlineHtml(ref html) => {
                let first = summary::is_mark(html)
                    && self.follow.as_mut().is_some_and(|follow| follow.mark(self.written.get()));
                self.pass(if first { Event::Html(CONTINUE_READING.into()) } else { event })
            }
            event if self.text.config.markdown.bottom_footnotes => self.footnote(event),
            event => self.pass(event),
        }
    }

    /// An event that nothing else is to be done with: it goes to what is held back, or on to the writer.
    fn pass(&mut self, event: Event<'t>) -> Option<Event<'t>> {
        if self.code.is_some() {
            return None;
        }
        if let Some(image) = &mut self.image {
            if let Event::Text(words) | Event::Code(words) = event {
                image.alt.push_str(&words);
            }
            return None;
        }
        if let Some(heading) = &mut self.heading {
            heading.content.push(event);
            return None;
        }
        self.pass_below_heading(event)
    }

    /// The same for what does not become part of a heading.
    fn pass_below_heading(&mut self, event: Event<'t>) -> Option<Event<'t>> {
        match self.footnotes.content() {
            Some(content) => {
                content.push(event);
                None
            }
            None => Some(event),
        }
    }

    /// Words: of code, or of the text with its emoji.
    fn words(&mut self, words: CowStr<'t>) -> Option<Event<'t>> {
        if let Some(code) = &mut self.code {
            code.content.push_str(&words);
            return None;
        }
        if self.text.config.markdown.render_emoji
            && memchr::memchr(b':', words.as_bytes()).is_some()
            && let std::borrow::Cow::Owned(replaced) = EMOJI.replace_all(&words)
        {
            return self.pass(self.escaped(replaced.into()));
        }
        self.pass(self.escaped(words))
    }

    /// The opening tag of a link.
    fn link(
        &mut self,
        link_type: LinkType,
        dest_url: CowStr<'t>,
        title: CowStr<'t>,
        id: CowStr<'t>,
        range: &Range<usize>,
    ) -> Event<'t> {
        if dest_url.is_empty() {
            self.complaints.push(links::empty(range, self.text));
        }
        let markdown = &self.text.config.markdown;
        let lead = links::lead(link_type, &dest_url, range, self.text, &mut self.links, &mut self.complaints);
        if links::is_external(&dest_url) && links::has_decorations(markdown) {
            return Event::Html(links::external_tag(&dest_url, &title, markdown).into());
        }
        let dest_url = match lead {
            Lead::AsWritten => dest_url,
            Lead::To(url) => url.into(),
        };
        Event::Start(Tag::Link { link_type, dest_url, title, id })
    }

    /// An event that may be about footnotes at the bottom.
    fn footnote(&mut self, event: Event<'t>) -> Option<Event<'t>> {
        match event {
            Event::Start(Tag::FootnoteDefinition(name)) => {
                self.footnotes.start(name);
                None
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                self.footnotes.end();
                None
            }
            Event::FootnoteReference(name) => {
                let html = self.footnotes.reference(name);
                self.pass(Event::Html(html.into()))
            }
            event => self.pass(event),
        }
    }
}
