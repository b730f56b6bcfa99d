//! The words of a page, each in the part that is found by itself. In: HTML, and the parts that its kind declares. Out: the
//! text that stands in no part, and the parts: the declared ones, and what stands under a heading that has an id.
//!
//! Every word stands in one place, the innermost. Blocks are lines of their own, so that the words of two of them never
//! join. What is not read as text is left out: code blocks, drawings, the signs of anchors and footnotes, whatever is
//! hidden from all or from those who listen, and elements that say `data-nosearch`.

use std::borrow::Cow;

use crate::export::markup::{self, Piece, Tag};

/// A part that the kind of the page declares.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Declared {
    /// Its id.
    pub anchor: String,
    /// Its name in the declaration.
    pub name: String,
    /// What people call one of it.
    pub label: String,
    /// Its heading, or the beginning of its text.
    pub title: String,
}

/// A text cut into its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cut {
    /// What stands in no part.
    pub text: String,
    /// The parts, in order.
    pub parts: Vec<Part>,
}

/// A part of a text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// Its id.
    pub anchor: String,
    /// Its heading; that of a declared part without one is its beginning.
    pub title: String,
    /// Whether the title is a heading.
    pub headed: bool,
    /// What was declared, by its place there; none for what stands under a heading.
    pub declared: Option<usize>,
    /// Its own text.
    pub text: String,
}

/// The levels of headings below which something can be found by itself.
const LEVELS: std::ops::RangeInclusive<u8> = 2..=4;

/// Elements whose words are no text of the page.
const SKIPPED: [&str; 18] = [
    "audio", "button", "canvas", "datalist", "dialog", "form", "head", "iframe", "nav", "noscript", "object",
    "pre", "script", "select", "style", "svg", "template", "textarea",
];
/// Elements that hold nothing.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];
/// Elements that stand within a line, so that words go on through their tags.
const INLINE: [&str; 28] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
];
/// Elements at whose end a heading in them counts no longer.
const SCOPES: [&str; 10] =
    ["article", "aside", "blockquote", "dd", "details", "figure", "footer", "li", "section", "td"];

/// Cuts a text.
pub fn cut(html: &str, declared: &[Declared]) -> Cut {
    let mut walk = Walk { declared, taken: vec![false; declared.len()], ..Walk::default() };
    for piece in markup::pieces(html) {
        match piece {
            Piece::Text(text) => walk.text(text),
            Piece::Start(tag) => walk.start(&tag),
            Piece::End(name) => walk.end(name),
        }
    }
    walk.finish()
}

/// The words of HTML that has no parts.
pub fn words(html: &str) -> String {
    cut(html, &[]).text
}

/// Text that grows.
#[derive(Default)]
struct Text {
    said: String,
    gap: Gap,
}

/// What stands between two words.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    Nothing,
    Blank,
    Line,
}

impl Text {
    fn say(&mut self, words: &str) {
        for sign in words.chars() {
            // Where a word may be broken off is no part of it.
            if matches!(sign, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}') {
                continue;
            }
            if sign.is_whitespace() {
                self.gap = self.gap.max(Gap::Blank);
                continue;
            }
            if !self.said.is_empty() {
                match self.gap {
                    Gap::Nothing => {}
                    Gap::Blank => self.said.push(' '),
                    Gap::Line => self.said.push('\n'),
                }
            }
            self.gap = Gap::Nothing;
            self.said.push(sign);
        }
    }
}

/// A part on its way.
struct Open {
    anchor: String,
    declared: Option<usize>,
    headed: bool,
    title: Text,
    text: Text,
}

/// Which part the words go to, and for how long.
struct Place {
    /// None for the text of the page.
    part: Option<usize>,
    /// The level of the heading it began with; none for an element.
    level: Option<u8>,
    /// How many elements must be open for it to last.
    within: usize,
}

/// A heading that is being read.
struct Heading {
    /// The part it begins; none when its words are text like any other.
    part: Option<usize>,
    /// How many elements are open outside of it.
    outside: usize,
    /// Its id.
    id: String,
    /// The words of a link to itself, which are the heading itself when there are no others.
    anchor: Text,
}

/// The elements that are open, and where words go.
#[derive(Default)]
struct Walk<'a, 'd> {
    declared: &'d [Declared],
    /// By place: whether the declared part has been met.
    taken: Vec<bool>,
    open: Vec<&'a str>,
    places: Vec<Place>,
    parts: Vec<Open>,
    page: Text,
    heading: Option<Heading>,
    /// How many elements were open outside of the one whose words are left out.
    skipping: Option<usize>,
    /// The same for a link from a heading to itself.
    linking: Option<usize>,
}

impl<'a> Walk<'a, '_> {
    fn text(&mut self, raw: &str) {
        if self.skipping.is_none() {
            let words = decoded(raw);
            self.target().say(&words);
        }
    }

    /// Where words go.
    fn target(&mut self) -> &mut Text {
        let heading = self.heading.as_mut();
        let titled = heading.as_ref().and_then(|heading| heading.part);
        match heading {
            Some(heading) if self.linking.is_some() => return &mut heading.anchor,
            _ => {}
        }
        let part = titled.or_else(|| self.places.last().and_then(|place| place.part));
        match part.and_then(|part| self.parts.get_mut(part)) {
            Some(part) if titled.is_some() => &mut part.title,
            Some(part) => &mut part.text,
            None => &mut self.page,
        }
    }

    fn part_ways(&mut self, name: &str) {
        if name == "img" || name == "svg" {
            let target = self.target();
            target.gap = target.gap.max(Gap::Blank);
        } else if !INLINE.contains(&name) {
            self.target().gap = Gap::Line;
        }
    }

    fn start(&mut self, tag: &Tag<'a>) {
        let name = known(tag.name);
        self.part_ways(name);
        if VOID.contains(&name) {
            return;
        }
        if self.skipping.is_none() {
            self.begin(name, tag);
        }
        self.open.push(name);
        self.part_ways(name);
    }

    /// What begins with an element.
    fn begin(&mut self, name: &str, tag: &Tag<'_>) {
        let outside = self.open.len();
        if is_skipped(name, tag) {
            self.skipping = Some(outside);
        } else if let Some(level) = level(name) {
            self.begin_heading(level, tag);
        } else if name == "a" && self.heading.as_ref().is_some_and(|heading| links_to(tag, &heading.id)) {
            self.linking = Some(outside);
        } else if ["footnotes", "footnotes-list", "footnote-definition"]
            .iter()
            .any(|class| tag.has_word("class", class))
        {
            self.places.push(Place { part: None, level: None, within: outside + 1 });
        } else if let Some(at) = self.declared_at(tag) {
            let part = self.begin_part(&self.declared[at].anchor.clone(), Some(at), false);
            self.places.push(Place { part: Some(part), level: None, within: outside + 1 });
        }
    }

    fn begin_heading(&mut self, level: u8, tag: &Tag<'_>) {
        // A heading ends the parts of headings like it, but nothing that it stands inside of.
        while self.places.last().is_some_and(|place| place.level.is_some_and(|before| before >= level)) {
            self.places.pop();
        }
        let id = tag.value("id").unwrap_or_default().into_owned();
        let declared = self.declared_at(tag);
        let in_footnotes = self.places.last().is_some_and(|place| place.part.is_none());
        let mut part = None;
        if !in_footnotes && !id.is_empty() && (declared.is_some() || LEVELS.contains(&level)) {
            let scope = self.open.iter().rposition(|name| SCOPES.contains(name)).map_or(0, |at| at + 1);
            let begun = self.begin_part(&id, declared, true);
            self.places.push(Place { part: Some(begun), level: Some(level), within: scope });
            part = Some(begun);
        }
        self.heading = Some(Heading { part, outside: self.open.len(), id, anchor: Text::default() });
    }

    fn begin_part(&mut self, anchor: &str, declared: Option<usize>, headed: bool) -> usize {
        let (title, text) = (Text::default(), Text::default());
        self.parts.push(Open { anchor: anchor.to_owned(), declared, headed, title, text });
        self.parts.len() - 1
    }

    /// The declared part that begins here.
    fn declared_at(&mut self, tag: &Tag<'_>) -> Option<usize> {
        if self.declared.is_empty() {
            return None;
        }
        let id = tag.value("id")?;
        let at = (0..self.declared.len()).find(|at| !self.taken[*at] && self.declared[*at].anchor == *id)?;
        self.taken[at] = true;
        Some(at)
    }

    fn end(&mut self, name: &str) {
        let name = known(name);
        self.part_ways(name);
        if let Some(at) = self.open.iter().rposition(|open| *open == name) {
            self.open.truncate(at);
            self.close();
        }
        self.part_ways(name);
    }

    /// What ends when elements are closed.
    fn close(&mut self) {
        let open = self.open.len();
        let over = |outside: &usize| open <= *outside;
        if self.skipping.as_ref().is_some_and(over) {
            self.skipping = None;
        }
        if self.linking.as_ref().is_some_and(over) {
            self.linking = None;
        }
        if self.heading.as_ref().is_some_and(|heading| over(&heading.outside)) {
            self.end_heading();
        }
        self.places.retain(|place| open >= place.within);
    }

    fn end_heading(&mut self) {
        self.linking = None;
        let Some(heading) = self.heading.take() else { return };
        let title = match heading.part.and_then(|part| self.parts.get_mut(part)) {
            Some(part) => &mut part.title,
            None => self.target(),
        };
        if title.said.is_empty() {
            *title = heading.anchor;
        }
    }

    fn finish(mut self) -> Cut {
        self.end_heading();
        let declared = self.declared;
        let part = |part: Open| {
            let of_kind =
                part.declared.and_then(|at| declared.get(at)).filter(|_| part.title.said.is_empty());
            let title = of_kind.map_or(part.title.said, |known| known.title.clone()).replace('\n', " ");
            Part {
                anchor: part.anchor,
                title,
                headed: part.headed,
                declared: part.declared,
                text: part.text.said,
            }
        };
        let parts = self.parts.into_iter().map(part);
        let parts = parts.filter(|part| !part.title.is_empty() || !part.text.is_empty()).collect();
        Cut { text: self.page.said, parts }
    }
}

/// A name in small letters, if it is one that means something here.
fn known(name: &str) -> &str {
    if !name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return name;
    }
    let lists: [&[&'static str]; 5] =
        [&SKIPPED, &VOID, &INLINE, &SCOPES, &["h1", "h2", "h3", "h4", "h5", "h6", "p", "div", "ul", "ol"]];
    let same = |known: &&&'static str| known.eq_ignore_ascii_case(name);
    lists.iter().find_map(|list| list.iter().find(same)).map_or(name, |known| known)
}

fn level(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

fn is_skipped(name: &str, tag: &Tag<'_>) -> bool {
    if SKIPPED.contains(&name) {
        return true;
    }
    if tag.attributes.is_empty() {
        return false;
    }
    let is_mark =
        ["footnote-reference", "footnote-definition-label"].iter().any(|class| tag.has_word("class", class));
    let leads_back = name == "a" && tag.value("href").is_some_and(|href| href.contains("#fr-"));
    is_mark
        || leads_back
        || tag.attribute("data-nosearch").is_some()
        || tag.attribute("hidden").is_some()
        || tag.value("aria-hidden").is_some_and(|value| value == "true")
}

/// Whether a link in a heading leads to the heading itself.
fn links_to(tag: &Tag<'_>, id: &str) -> bool {
    let to = tag.value("href").and_then(|href| href.split_once('#').map(|(_, anchor)| anchor.to_owned()));
    tag.has_word("class", "zola-anchor") || to.is_some_and(|to| !id.is_empty() && to == id)
}

/// Text with all references to characters resolved.
fn decoded(raw: &str) -> Cow<'_, str> {
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let simple = markup::decoded(raw);
    if !simple.contains('&') || !raw.contains(';') {
        return simple;
    }
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        text.push_str(&rest[..at]);
        let name = rest[at..].find(';').map_or(0, |end| end + 1);
        let one = &rest[at..at + name];
        let is_name = (3..=40).contains(&name)
            && one[1..name - 1].bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'#');
        if is_name {
            text.push_str(&character(one));
            rest = &rest[at + name..];
        } else {
            text.push('&');
            rest = &rest[at + 1..];
        }
    }
    text.push_str(rest);
    Cow::Owned(text)
}

/// What a reference such as `&eacute;` stands for, as Markdown has the list of all of them.
fn character(reference: &str) -> String {
    let events = pulldown_cmark::Parser::new(reference);
    let texts = events.filter_map(|event| match event {
        pulldown_cmark::Event::Text(text) => Some(text.into_string()),
        _ => None,
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text of the page, and anchor, title and text of each part.
    fn check(html: &str, declared: &[&str]) -> (String, Vec<String>) {
        let declared: Vec<Declared> = declared
            .iter()
            .map(|anchor| Declared {
                anchor: (*anchor).to_owned(),
                title: format!("T {anchor}"),
                ..Declared::default()
            })
            .collect();
        let cut = cut(html, &declared);
        let part = |part: Part| format!("{}|{}|{}", part.anchor, part.title, part.text.replace('\n', "/"));
        (cut.text.replace('\n', "/"), cut.parts.into_iter().map(part).collect())
    }

    #[test]
    fn each_word_stands_in_the_innermost_part() {
        let html = "<p>Voor</p><h2 id=\"a\">A<a class=\"zola-anchor\" href=\"#a\">#</a></h2><p>een</p><ul><li id=\"tip-1\"><p>Tip</p>\
                    <ul><li>diep</li></ul></li><li>los</li></ul><h3 id=\"b\">B</h3>bee<h4 id=\"c\">C</h4><h5 id=\"d\">D</h5>dee\
                    <h3>Zonder id</h3>zon<h2 id=\"e\">E</h2>";
        let (text, parts) = check(html, &["tip-1"]);
        assert_eq!(text, "Voor");
        assert_eq!(
            parts,
            ["a|A|een/los/Zonder id/zon", "tip-1|T tip-1|Tip/diep", "b|B|bee", "c|C|D/dee", "e|E|"]
        );
    }

    #[test]
    fn a_heading_in_a_box_counts_in_the_box_only() {
        let (text, parts) = check(
            "<h2 id=a>A</h2><aside><h3 id=b>B</h3><p>in</p></aside><p>uit</p><header><h2 id=c>C</h2></header>na",
            &[],
        );
        assert_eq!((text.as_str(), parts), ("", vec!["a|A|uit".into(), "b|B|in".into(), "c|C|na".into()]));
    }

    #[test]
    fn what_is_no_text_is_left_out() {
        let html = "<p>Een<sup class=\"footnote-reference\"><a href=\"#fn-1\">[1]</a></sup> <b>twee</b>woord</p><pre><code>x</code></pre>\
                    <aside data-nosearch><p>weg</p></aside><svg><title>T</title><text>weg</text></svg><p hidden>weg</p><script>weg</script>\
                    <i aria-hidden=\"true\">*</i><!-- weg --><p>drie<br>vier <code>vijf</code></p><h2 id=s>S</h2>\
                    <section class=\"footnotes\"><ol class=\"footnotes-list\"><li id=\"fn-1\"><p>noot <a href=\"#fr-1-1\">↩</a></p></li></ol></section>";
        let (text, parts) = check(html, &[]);
        assert_eq!(text, "Een tweewoord/drie/vier vijf/noot");
        assert_eq!(parts, ["s|S|"]);
    }

    #[test]
    fn references_and_soft_hyphens_are_resolved() {
        assert_eq!(
            words("co&ouml;rdi&shy;nator &amp; x&nbsp;y &#233; &onbekend; a&b; 1 < 2"),
            "coördinator & x y é &onbekend; a&b; 1 < 2"
        );
        assert_eq!(words("<td>een</td><td>twee</td>"), "een\ntwee");
        assert_eq!(words("<P>a<B>b</B>c</P>"), "abc");
    }

    #[test]
    fn a_heading_that_is_a_link_to_itself_keeps_its_words() {
        let (_, parts) =
            check("<h2 id=\"een\"><a class=\"zola-anchor\" href=\"#een\">Een <em>x</em></a></h2>", &[]);
        assert_eq!(parts, ["een|Een x|"]);
        let (_, parts) =
            check("<h2 id=\"een\">Een <a class=\"anker\" href=\"https://e.org/#een\"></a></h2>t", &[]);
        assert_eq!(parts, ["een|Een|t"]);
    }

    #[test]
    fn broken_html_is_cut_all_the_same() {
        assert_eq!(check("<h2 id=a>A<p>b", &[]), (String::new(), vec!["a|A b|".into()]));
        assert_eq!(check("</p></h2>a<div data-nosearch>b", &[]).0, "a");
        assert_eq!(
            check("<ul><li id=t>een<li>twee</ul>drie", &["t"]),
            ("drie".into(), vec!["t|T t|een/twee".into()])
        );
    }
}
