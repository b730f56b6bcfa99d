//! The part of Markdown that members may use. In: Markdown. Out: the events of pulldown-cmark, with everything else
//! turned into the nearest thing we take: HTML into text, headings into strong paragraphs, images into their
//! description, links that lead nowhere we allow into their text.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TextMergeStream};

use super::SCHEMES;

/// Deeper than this, quotes and lists go on at the level they have reached.
const DEEPEST: usize = 12;

/// What a member wrote, as events.
pub(super) fn events(markdown: &str) -> Vec<Event<'_>> {
    let mut made = Vec::new();
    let mut opened: Vec<Opened<'_>> = Vec::new();
    for event in TextMergeStream::new(Parser::new_ext(markdown, Options::empty())) {
        match event {
            Event::Start(tag) => {
                let opens = open(tag, opened.len());
                made.extend(opens.starts.iter().cloned());
                opened.push(Opened { at: made.len(), ..opens });
            }
            Event::End(_) => {
                let Some(closes) = opened.pop() else { continue };
                if closes.is == Is::Image && made.len() == closes.at {
                    made.push(Event::Text("(afbeelding)".into()));
                }
                made.extend(closes.starts.iter().rev().filter_map(end));
            }
            Event::Html(text) | Event::InlineHtml(text) => made.push(Event::Text(text)),
            Event::SoftBreak => made.push(Event::HardBreak),
            Event::Text(text) if opened.iter().all(|open| open.is == Is::Other) => {
                with_links(text, &mut made)
            }
            Event::Text(_) | Event::Code(_) | Event::HardBreak => made.push(event),
            // A line across, and what belongs to extensions that are off.
            _ => {}
        }
    }
    made
}

/// An element that is open.
struct Opened<'a> {
    is: Is,
    /// What it was turned into, from the outside in.
    starts: Vec<Event<'a>>,
    /// How many events there were when its content began.
    at: usize,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Is {
    Image,
    /// A link or a block of code: an address in it stays text.
    Closed,
    Other,
}

fn open(tag: Tag<'_>, depth: usize) -> Opened<'_> {
    let (is, tags) = match tag {
        Tag::Heading { .. } => (Is::Other, vec![Tag::Paragraph, Tag::Strong]),
        Tag::HtmlBlock | Tag::Paragraph => (Is::Other, vec![Tag::Paragraph]),
        Tag::CodeBlock(_) => (Is::Closed, vec![Tag::CodeBlock(CodeBlockKind::Indented)]),
        Tag::Link { dest_url, .. } if leads_where_it_may(&dest_url) => (Is::Closed, vec![link(dest_url)]),
        Tag::Image { .. } => (Is::Image, vec![]),
        Tag::List(number) if depth < DEEPEST => (Is::Other, vec![Tag::List(number)]),
        Tag::BlockQuote(_) if depth < DEEPEST => (Is::Other, vec![Tag::BlockQuote(None)]),
        Tag::Item | Tag::Emphasis | Tag::Strong if depth <= DEEPEST => (Is::Other, vec![tag]),
        // An item of a list that is not opened any more must still stand apart from the next one.
        Tag::Item => (Is::Other, vec![Tag::Paragraph]),
        _ => (Is::Other, vec![]),
    };
    Opened { is, starts: tags.into_iter().map(Event::Start).collect(), at: 0 }
}

fn end<'a>(start: &Event<'a>) -> Option<Event<'a>> {
    match start {
        Event::Start(tag) => Some(Event::End(tag.to_end())),
        _ => None,
    }
}

fn link(dest_url: CowStr<'_>) -> Tag<'_> {
    Tag::Link { link_type: LinkType::Inline, dest_url, title: "".into(), id: "".into() }
}

/// Whether an address begins with one of our schemes. The sanitiser looks again, and closer.
fn leads_where_it_may(address: &str) -> bool {
    let scheme = address.trim().split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    scheme.is_some_and(|scheme| SCHEMES.contains(&scheme.as_str()))
}

/// A text, with the addresses of pages in it made links.
fn with_links<'a>(text: CowStr<'a>, made: &mut Vec<Event<'a>>) {
    let mut rest: &str = &text;
    let mut from = 0;
    while let Some((at, length)) = address(&rest[from..]) {
        let (start, stop) = (from + at, from + at + length);
        made.push(Event::Text(rest[..start].to_owned().into()));
        let target: CowStr<'a> = rest[start..stop].to_owned().into();
        let tag = link(target.clone());
        let end = tag.to_end();
        made.extend([Event::Start(tag), Event::Text(target), Event::End(end)]);
        rest = &rest[stop..];
        from = 0;
    }
    made.push(Event::Text(rest.to_owned().into()));
}

/// Where the first address in a text begins, and how long it is without the punctuation behind it.
fn address(text: &str) -> Option<(usize, usize)> {
    text.match_indices("http").find_map(|(start, _)| {
        let all = &text[start..];
        let scheme = ["https://", "http://"].iter().find(|scheme| all.starts_with(**scheme))?.len();
        let end =
            all.find(|c: char| c.is_whitespace() || "<>\"`|\\^{}“”„«»".contains(c)).unwrap_or(all.len());
        let length = without_punctuation(&all[..end]);
        let host = all[..length].get(scheme..)?.starts_with(|c: char| c.is_alphanumeric());
        host.then_some((start, length))
    })
}

/// How much of an address is left without the punctuation of the sentence it stands in. A bracket that was opened in
/// the address belongs to it.
fn without_punctuation(address: &str) -> usize {
    let count = |bracket| address.matches(bracket).count();
    let mut too_many = count(')').saturating_sub(count('('));
    let mut length = address.len();
    for character in address.chars().rev() {
        match character {
            ')' if too_many > 0 => too_many -= 1,
            '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '’' | '*' | '_' | '~' | '…' | ']' => {}
            _ => break,
        }
        length -= character.len_utf8();
    }
    length
}
