//! The Markdown of a file as the rules look at it. In: the text of a file and where its Markdown begins. Out: headings,
//! blocks of running text, links and images, each with its place in the file.
//!
//! What templates and shortcodes make of the text is not known here: where one stands, [`INSERTED`] stands in its place.

use std::ops::Range;

use pulldown_cmark::{Event, HeadingLevel, LinkType, Options, Parser, Tag, TagEnd};

use super::masks;

/// Stands for a template, a shortcode or code in running text.
pub(super) const INSERTED: char = '\u{2}';

/// What a text is made of.
#[derive(Debug, Default)]
pub(super) struct Prose {
    pub(super) headings: Vec<Heading>,
    /// Blocks that are no headings, in their order.
    pub(super) blocks: Vec<Block>,
    pub(super) links: Vec<Link>,
    pub(super) images: Vec<Image>,
    /// The stretches of HTML.
    pub(super) html: Vec<Range<usize>>,
    /// Links, code and HTML: stretches in which an address is no writing of the author's.
    pub(super) apart: Vec<Range<usize>>,
}

/// A heading.
#[derive(Debug)]
pub(super) struct Heading {
    pub(super) level: u8,
    pub(super) at: Range<usize>,
    pub(super) run: Run,
}

/// A paragraph, an item of a list, a cell, code.
#[derive(Debug)]
pub(super) struct Block {
    pub(super) what: What,
    pub(super) at: Range<usize>,
    pub(super) run: Run,
    /// Whether it stands in a quotation.
    pub(super) quoted: bool,
    /// In how many lists it stands.
    pub(super) depth: usize,
    /// Whether it is the first of its item.
    pub(super) leads: bool,
    /// How many bytes of the text are bold from its beginning.
    pub(super) bold: usize,
    /// Where its first line ends in the text, when it has several.
    pub(super) first_line: Option<usize>,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    Paragraph,
    Item,
    Cell,
    /// Code, formulas, HTML, a template by itself: there is something, but no running text.
    Other,
}

/// A link.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) at: Range<usize>,
    pub(super) text: String,
    pub(super) to: String,
    /// Whether an image stands in it.
    pub(super) has_image: bool,
    /// Whether it is written as its address between angle brackets.
    pub(super) bare: bool,
}

/// An image.
#[derive(Debug)]
pub(super) struct Image {
    pub(super) at: Range<usize>,
    pub(super) alt: String,
}

/// Running text that knows where its parts stand in the file.
#[derive(Debug, Default)]
pub(super) struct Run {
    pub(super) text: String,
    /// From which byte of the text on, which byte of the file.
    pieces: Vec<(usize, usize)>,
    end: usize,
}

impl Run {
    fn push(&mut self, text: &str, at: Range<usize>) {
        self.pieces.push((self.text.len(), at.start));
        self.end = at.end;
        for c in text.chars() {
            match c {
                masks::MASK if self.text.ends_with(INSERTED) => {}
                masks::MASK => self.text.push(INSERTED),
                c => self.text.push(c),
            }
        }
    }

    /// Where a stretch of the text stands in the file.
    pub(super) fn place(&self, of: Range<usize>) -> Range<usize> {
        let start = self.byte(of.start);
        let end = if of.end >= self.text.len() { self.end } else { self.byte(of.end) };
        start..end.max(start)
    }

    fn byte(&self, at: usize) -> usize {
        let piece = self.pieces.iter().rev().find(|(from, _)| *from <= at);
        piece.map_or(self.end, |(from, byte)| byte + (at - from))
    }
}

impl Block {
    /// Whether it is running text of the author's own.
    pub(super) fn is_prose(&self) -> bool {
        self.what != What::Other && !self.quoted
    }
}

/// Takes a text apart.
pub(super) fn read(file: &str, body: usize, old: bool) -> Prose {
    let masked = masks::templates(&file[body..], old);
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM;
    let mut reader = Reader::default();
    for (event, at) in Parser::new_ext(&masked, options).into_offset_iter() {
        reader.take(event, at.start + body..at.end + body);
    }
    reader.close();
    reader.prose
}

#[derive(Default)]
struct Reader {
    prose: Prose,
    open: Option<Block>,
    heading: Option<Heading>,
    lists: usize,
    quotes: usize,
    /// Whether nothing of the item has come yet.
    fresh: bool,
    strong: usize,
    code: Option<Range<usize>>,
    links: Vec<Link>,
    images: Vec<Image>,
}

impl Reader {
    fn take(&mut self, event: Event<'_>, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.code.is_some() => drop(text),
            Event::Text(text) => self.text(&text, at),
            Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) => {
                self.prose.apart.push(at.clone());
                self.text(&INSERTED.to_string(), at);
            }
            Event::Html(_) => {
                self.prose.apart.push(at.clone());
                self.prose.html.push(at);
            }
            Event::InlineHtml(_) => {
                self.prose.apart.push(at.clone());
                self.prose.html.push(at);
            }
            Event::SoftBreak | Event::HardBreak => self.line_break(matches!(event, Event::HardBreak), at),
            Event::Rule => self.close(),
            Event::FootnoteReference(_) | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.close();
                self.heading = Some(Heading { level: number(level), at, run: Run::default() });
            }
            Tag::Paragraph => {
                self.close();
                self.open(What::Paragraph, at);
            }
            Tag::TableCell => {
                self.close();
                self.open(What::Cell, at);
            }
            Tag::List(_) => {
                self.close();
                self.lists += 1;
            }
            Tag::Item => {
                self.close();
                self.fresh = true;
            }
            Tag::BlockQuote(_) => {
                self.close();
                self.quotes += 1;
            }
            Tag::CodeBlock(_) => {
                self.close();
                self.prose.apart.push(at.clone());
                self.code = Some(at);
            }
            Tag::HtmlBlock => self.close(),
            Tag::Strong => self.strong += 1,
            Tag::Link { dest_url, link_type, .. } => {
                let bare = matches!(link_type, LinkType::Autolink | LinkType::Email);
                let to = if link_type == LinkType::Email {
                    format!("mailto:{dest_url}")
                } else {
                    dest_url.to_string()
                };
                self.links.push(Link { at, text: String::new(), to, has_image: false, bare });
            }
            Tag::Image { .. } => {
                if let Some(link) = self.links.last_mut() {
                    link.has_image = true;
                }
                self.images.push(Image { at, alt: String::new() });
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.prose.headings.extend(self.heading.take()),
            TagEnd::Paragraph | TagEnd::TableCell | TagEnd::Item => self.close(),
            TagEnd::List(_) => {
                self.close();
                self.lists = self.lists.saturating_sub(1);
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes = self.quotes.saturating_sub(1);
            }
            TagEnd::CodeBlock => {
                if let Some(at) = self.code.take() {
                    self.open(What::Other, at);
                    self.close();
                }
            }
            TagEnd::Strong => self.strong = self.strong.saturating_sub(1),
            TagEnd::Link => {
                if let Some(link) = self.links.pop() {
                    self.prose.apart.push(link.at.clone());
                    self.prose.links.push(link);
                }
            }
            TagEnd::Image => {
                if let Some(image) = self.images.pop() {
                    self.prose.apart.push(image.at.clone());
                    // An image alone is something, though nothing to read.
                    if self.open.is_none() && self.heading.is_none() {
                        self.open(What::Other, image.at.clone());
                        self.close();
                    }
                    self.prose.images.push(image);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, at: Range<usize>) {
        if let Some(image) = self.images.last_mut() {
            image.alt.push_str(text);
            return;
        }
        for link in &mut self.links {
            link.text.push_str(text);
        }
        if let Some(heading) = &mut self.heading {
            heading.run.push(text, at);
            return;
        }
        if self.open.is_none() {
            self.open(What::Item, at.start..at.start);
        }
        let strong = self.strong > 0;
        if let Some(block) = &mut self.open {
            let before = block.run.text.len();
            block.run.push(text, at.clone());
            block.at.end = block.at.end.max(at.end);
            if strong && block.bold == before {
                block.bold = block.run.text.len();
            }
        }
    }

    fn line_break(&mut self, hard: bool, at: Range<usize>) {
        for link in &mut self.links {
            link.text.push(' ');
        }
        let run = match (&mut self.heading, &mut self.open) {
            (Some(heading), _) => &mut heading.run,
            (None, Some(block)) => {
                block.first_line.get_or_insert(block.run.text.len());
                &mut block.run
            }
            (None, None) => return,
        };
        run.push(if hard { "\n" } else { " " }, at);
    }

    fn open(&mut self, what: What, at: Range<usize>) {
        let leads = std::mem::take(&mut self.fresh);
        self.open = Some(Block {
            what: if what == What::Paragraph && self.lists > 0 { What::Item } else { what },
            at,
            run: Run::default(),
            quoted: self.quotes > 0,
            depth: self.lists,
            leads,
            bold: 0,
            first_line: None,
        });
    }

    fn close(&mut self) {
        let Some(mut block) = self.open.take() else { return };
        if !block.run.text.chars().any(char::is_alphanumeric) && block.what != What::Other {
            // A paragraph of nothing but a template or code holds something; one of nothing but dots holds nothing.
            if !block.run.text.contains(INSERTED)
                && !self.prose.images.iter().any(|image| within(&image.at, &block.at))
            {
                return;
            }
            block.what = What::Other;
        }
        self.prose.blocks.push(block);
    }
}

/// Whether one stretch lies in another.
pub(super) fn within(inner: &Range<usize>, outer: &Range<usize>) -> bool {
    outer.start <= inner.start && inner.end <= outer.end
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}
