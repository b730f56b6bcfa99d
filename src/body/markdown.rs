//! Makes HTML of Markdown. In: Markdown (after templates, if there are any) and where it stands. Out: a [`Body`], or
//! complaints. [`fragment`] does the same for text in a template (the filter `markdown`).
//!
//! The events of pulldown-cmark go to its HTML writer one by one, by way of `walk`, which exchanges what a site
//! wants otherwise. Only what must be known whole (a heading, an image, code, a footnote) is held back.

use std::cell::{Cell, OnceCell};
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Options, Parser, Tag, html};

use super::grammars::Loaded;
use super::shortcodes::{self, Inserted, Stretch};
use super::summary;
use super::walk::Walk;
use super::{Body, Source};
use crate::base::Diagnostic;
use crate::model::{Config, InsertAnchor};
use crate::template::Lookup;

/// Renders a fragment of Markdown, as the filter `markdown` does: for a page at `permalink` whose path below `content/` is
/// `relative`, or for none. `inline` takes the paragraph away that stands around.
///
/// In dialect 0.22 it runs shortcodes, which see nothing but their arguments, and it knows neither page nor language.
pub fn fragment(
    text: &str,
    inline: bool,
    permalink: &str,
    relative: &str,
    lang: &str,
    lookup: &Arc<dyn Lookup>,
) -> Result<String, Vec<Diagnostic>> {
    let config = lookup.config();
    let old = config.dialect.is_old();
    let (relative, permalink, lang) =
        if old { ("", "", config.default_language.as_str()) } else { (relative, permalink, lang) };
    let insert_anchor = InsertAnchor::None;
    let source = Source {
        raw: text,
        file: None,
        offset: 0,
        relative,
        permalink,
        lang,
        insert_anchor,
        templating: None,
    };
    let (body, complaints) = if old {
        shortcodes::render(&source, lookup)
    } else {
        render(&Prepared::as_written(text), &source, lookup)
    };
    let Some(body) = body else { return Err(complaints) };
    for warning in complaints {
        lookup.complain(warning);
    }
    let html = &*body.html;
    Ok(if inline { html.trim_start_matches("<p>").trim_end_matches("</p>\n") } else { html }.to_owned())
}

/// Markdown, ready to be made HTML of.
pub(super) struct Prepared<'m> {
    /// The source's own text, or what templates or shortcodes made of it.
    pub(super) markdown: &'m str,
    /// Where its places are in the source.
    pub(super) places: Places<'m>,
    /// What marks in it stand for.
    pub(super) inserted: Inserted,
}

impl<'m> Prepared<'m> {
    /// The source's own text.
    pub(super) fn as_written(markdown: &'m str) -> Self {
        Prepared { markdown, places: Places::Same, inserted: Inserted::default() }
    }

    /// What templates made of it.
    pub(super) fn of_templates(markdown: &'m str) -> Self {
        Prepared { markdown, places: Places::Unknown, inserted: Inserted::default() }
    }
}

/// Where places in Markdown are in the text it comes from.
#[derive(Clone, Copy)]
pub(super) enum Places<'m> {
    /// At the same place.
    Same,
    /// By stretches.
    Stretches(&'m [Stretch]),
    /// Nobody knows.
    Unknown,
}

impl Places<'_> {
    fn of(self, range: Range<usize>) -> Option<Range<usize>> {
        match self {
            Places::Same => Some(range),
            Places::Stretches(stretches) => shortcodes::origin(stretches, &range),
            Places::Unknown => None,
        }
    }
}

/// Renders Markdown.
pub(super) fn render(
    prepared: &Prepared<'_>,
    source: &Source<'_>,
    lookup: &Arc<dyn Lookup>,
) -> (Option<Body>, Vec<Diagnostic>) {
    let config = lookup.config();
    let markdown = prepared.markdown;
    let text = Text {
        markdown,
        source,
        config: &config,
        old: config.dialect.is_old(),
        lookup,
        places: prepared.places,
        inserted: &prepared.inserted,
        grammars: OnceCell::new(),
    };
    let parser = Parser::new_ext(markdown, options(&config)).into_offset_iter();
    if !may_give_ids(markdown) {
        return write(&text, parser, Vec::new());
    }
    // Ids that authors give further down must be known before the first id is made.
    let events: Vec<_> = parser.collect();
    let given = events.iter().filter_map(|(event, _)| match event {
        Event::Start(Tag::Heading { id: Some(id), .. }) => Some(id.to_string()),
        _ => None,
    });
    let given = given.collect();
    write(&text, events.into_iter(), given)
}

/// What is being rendered, and whom to ask.
pub(super) struct Text<'t> {
    pub(super) markdown: &'t str,
    pub(super) source: &'t Source<'t>,
    pub(super) config: &'t Config,
    /// Whether the site speaks dialect 0.22.
    pub(super) old: bool,
    pub(super) lookup: &'t Arc<dyn Lookup>,
    places: Places<'t>,
    /// What shortcodes gave.
    pub(super) inserted: &'t Inserted,
    /// What colours code, once asked for.
    pub(super) grammars: OnceCell<Arc<Loaded>>,
}

impl Text<'_> {
    /// A complaint, placed in the file as well as can be.
    pub(super) fn place(&self, complaint: Diagnostic, range: Option<Range<usize>>) -> Diagnostic {
        match (self.source.file, self.span(range)) {
            (Some(file), Some(span)) => complaint.at(file, span),
            (Some(file), None) => complaint.in_file(file),
            (None, _) => complaint,
        }
    }

    /// The bytes in the file of a run of bytes of the Markdown.
    pub(super) fn span(&self, range: Option<Range<usize>>) -> Option<Range<usize>> {
        let range = self.places.of(range.filter(|_| self.source.file.is_some())?)?;
        Some(range.start + self.source.offset..range.end + self.source.offset)
    }

    /// The byte in the file at which a run of bytes of the Markdown begins.
    pub(super) fn offset(&self, range: &Range<usize>) -> Option<u32> {
        self.span(Some(range.clone())).and_then(|span| u32::try_from(span.start).ok())
    }

    /// Only these words of a run of bytes, if they stand in it.
    pub(super) fn narrow(&self, range: &Range<usize>, words: &str) -> Option<Range<usize>> {
        let whole = self.markdown.get(range.clone())?;
        let at = whole.rfind(words).map(|at| range.start + at);
        Some(at.map_or_else(|| range.clone(), |at| at..at + words.len()))
    }
}

/// What Markdown can do on this site.
fn options(config: &Config) -> Options {
    let mut options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES;
    options.set(Options::ENABLE_SMART_PUNCTUATION, config.markdown.smart_punctuation);
    options.set(Options::ENABLE_DEFINITION_LIST, config.markdown.definition_list);
    options.set(Options::ENABLE_GFM, config.markdown.github_alerts);
    options
}

/// Whether some heading may have an id of its own: a line with `{…#`.
fn may_give_ids(markdown: &str) -> bool {
    let bytes = markdown.as_bytes();
    memchr::memchr_iter(b'{', bytes)
        .any(|at| memchr::memchr2(b'#', b'\n', &bytes[at..]).is_some_and(|end| bytes[at + end] == b'#'))
}

/// Writes the HTML of events.
fn write<'t>(
    text: &'t Text<'t>,
    events: impl Iterator<Item = (Event<'t>, Range<usize>)>,
    given_ids: Vec<String>,
) -> (Option<Body>, Vec<Diagnostic>) {
    let written = Cell::new(0);
    let mut out = String::with_capacity(text.markdown.len() + text.markdown.len() / 2);
    let mut walk = Walk::new(text, events, given_ids, &written);
    // Writing to a string does not fail.
    let _ = html::write_html_fmt(Counted { out: &mut out, written: &written }, &mut walk);
    let mut done = walk.done();
    let summary = done.cut.map(|cut| summary::summary(&out, cut, text, &mut done.complaints).into());
    if done.complaints.iter().any(Diagnostic::is_error) {
        return (None, done.complaints);
    }
    // They are kept for long.
    done.headings.shrink_to_fit();
    done.links.internal.shrink_to_fit();
    done.links.external.shrink_to_fit();
    let body = Body {
        html: out.into(),
        summary,
        headings: done.headings,
        internal_links: done.links.internal,
        external_links: done.links.external,
        units: Vec::new(),
    };
    (Some(body), done.complaints)
}

/// A text that tells how long it has become, while it is being written to.
struct Counted<'a> {
    out: &'a mut String,
    written: &'a Cell<usize>,
}

impl Write for Counted<'_> {
    fn write_str(&mut self, more: &str) -> std::fmt::Result {
        self.out.push_str(more);
        self.written.set(self.out.len());
        Ok(())
    }
}
