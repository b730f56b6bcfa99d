//! HTML as browsers cut it into tags. In: the text of a page. Out: its start tags in order, with their attributes, the
//! text that belongs to scripts and styles, and the place of everything, so that a page can be changed byte by byte.
//!
//! Nothing is ever wrong: what browsers read in some way is read in the same way here.

use std::borrow::Cow;
use std::ops::Range;

/// A start tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Its name, as written.
    pub name: &'a str,
    /// From `<` to behind `>`.
    pub at: Range<usize>,
    /// Its attributes in order.
    pub attributes: Vec<Attribute<'a>>,
    /// The text of an element that holds no tags: a script, a style sheet, a title, a field of text.
    pub text: Option<Range<usize>>,
}

/// An attribute of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// Its name, as written.
    pub name: &'a str,
    /// Its value as written, without quotes; empty when there is none.
    pub raw: &'a str,
    /// From the blank before its name to behind its value.
    pub at: Range<usize>,
    /// The value, with its quotes.
    pub value_at: Range<usize>,
}

/// The start tags of a page.
pub fn tags(html: &str) -> Vec<Tag<'_>> {
    let mut reader = Reader { html, at: 0 };
    let mut tags = Vec::new();
    while let Some(open) = html[reader.at..].find('<').map(|found| reader.at + found) {
        reader.at = open + 1;
        let rest = &html[reader.at..];
        if rest.starts_with(['!', '?', '/']) {
            reader.pass_remark();
        } else if rest.starts_with(|first: char| first.is_ascii_alphabetic()) {
            tags.extend(reader.tag(open));
        }
    }
    tags
}

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// Text between two tags, as written.
    Text(&'a str),
    /// A start tag.
    Start(Tag<'a>),
    /// An end tag, by the name of its element.
    End(&'a str),
}

/// A page cut into text, start tags and end tags, in order; comments are left out. The text of elements that hold no tags
/// is with their start tags.
pub fn pieces(html: &str) -> Vec<Piece<'_>> {
    let mut reader = Reader { html, at: 0 };
    let mut pieces = Vec::new();
    let mut text = 0;
    while let Some(open) = html[reader.at..].find('<').map(|found| reader.at + found) {
        let rest = &html[open + 1..];
        let is_tag = rest.trim_start_matches('/').starts_with(|first: char| first.is_ascii_alphabetic());
        if !is_tag && !rest.starts_with(['!', '?', '/']) {
            reader.at = open + 1;
            continue;
        }
        if text < open {
            pieces.push(Piece::Text(&html[text..open]));
        }
        reader.at = open + 1;
        if let Some(name) = rest.strip_prefix('/').filter(|_| is_tag) {
            let length =
                name.bytes().take_while(|byte| !is_blank(*byte) && !matches!(byte, b'/' | b'>')).count();
            pieces.push(Piece::End(&name[..length]));
            reader.at = name.find('>').map_or(html.len(), |end| open + 2 + end + 1);
        } else if is_tag {
            pieces.extend(reader.tag(open).map(Piece::Start));
        } else {
            reader.pass_remark();
        }
        text = reader.at;
    }
    if text < html.len() {
        pieces.push(Piece::Text(&html[text..]));
    }
    pieces
}

impl<'a> Tag<'a> {
    /// Whether it has this name.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// An attribute by its name; of several, the first counts.
    pub fn attribute(&self, name: &str) -> Option<&Attribute<'a>> {
        self.attributes.iter().find(|attribute| attribute.is(name))
    }

    /// The value of an attribute.
    pub fn value(&self, name: &str) -> Option<Cow<'a, str>> {
        self.attribute(name).map(Attribute::value)
    }

    /// Whether an attribute holds this word, among others.
    pub fn has_word(&self, name: &str, word: &str) -> bool {
        self.value(name)
            .is_some_and(|value| value.split_ascii_whitespace().any(|one| one.eq_ignore_ascii_case(word)))
    }
}

impl<'a> Attribute<'a> {
    /// Whether it has this name.
    pub fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// Its value, with references to characters resolved.
    pub fn value(&self) -> Cow<'a, str> {
        decoded(self.raw)
    }
}

struct Reader<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    /// Passes over what begins with `<!`, `<?` or `</`.
    fn pass_remark(&mut self) {
        let rest = &self.html[self.at..];
        let length = match rest.strip_prefix("!--") {
            Some(comment) => {
                // `<!-->` and `<!--->` are whole comments.
                let short = ["->", ">"].iter().find(|end| comment.starts_with(**end)).map(|end| end.len());
                3 + short.or_else(|| comment.find("-->").map(|end| end + 3)).unwrap_or(comment.len())
            }
            None => rest.find('>').map_or(rest.len(), |end| end + 1),
        };
        self.at += length;
    }

    /// A tag whose name begins here; none when the page ends inside of it.
    fn tag(&mut self, open: usize) -> Option<Tag<'a>> {
        let name = self.take(|byte| !is_blank(byte) && byte != b'/' && byte != b'>');
        let mut attributes = Vec::new();
        loop {
            let start = self.at;
            self.take(|byte| is_blank(byte) || byte == b'/');
            match self.peek()? {
                b'>' => break,
                _ => attributes.push(self.attribute(start)),
            }
        }
        self.at += 1;
        let mut tag = Tag { name, at: open..self.at, attributes, text: None };
        const WITH_TEXT: [&str; 8] =
            ["script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"];
        if WITH_TEXT.iter().any(|name| tag.is(name)) {
            let end = self.end_of(tag.name);
            tag.text = Some(self.at..end);
            self.at = end;
        }
        Some(tag)
    }

    fn attribute(&mut self, start: usize) -> Attribute<'a> {
        let name_at = self.at;
        // An equals sign at the beginning is part of the name.
        self.at += 1;
        while !self.html.is_char_boundary(self.at) {
            self.at += 1;
        }
        self.take(|byte| !is_blank(byte) && !matches!(byte, b'/' | b'>' | b'='));
        let name = &self.html[name_at..self.at];
        let end = self.at;
        self.take(is_blank);
        if self.peek() != Some(b'=') {
            self.at = end;
            return Attribute { name, raw: "", at: start..end, value_at: end..end };
        }
        self.at += 1;
        self.take(is_blank);
        let from = self.at;
        let raw = match self.peek() {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let raw = self.take(|byte| byte != quote);
                self.at = (self.at + 1).min(self.html.len());
                raw
            }
            _ => self.take(|byte| !is_blank(byte) && byte != b'>'),
        };
        Attribute { name, raw, at: start..self.at, value_at: from..self.at }
    }

    /// Where the end tag of an element begins that holds text only.
    fn end_of(&self, name: &str) -> usize {
        let bytes = self.html.as_bytes();
        let ends = |at: usize| {
            let behind = at + 2 + name.len();
            bytes[at..].starts_with(b"</")
                && bytes.get(at + 2..behind).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()))
                && bytes.get(behind).is_none_or(|next| is_blank(*next) || matches!(next, b'/' | b'>'))
        };
        memchr::memchr_iter(b'<', &bytes[self.at..])
            .map(|found| self.at + found)
            .find(|at| ends(*at))
            .unwrap_or(bytes.len())
    }

    fn peek(&self) -> Option<u8> {
        self.html.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, while_it: impl Fn(u8) -> bool) -> &'a str {
        let start = self.at;
        while self.peek().is_some_and(&while_it) {
            self.at += 1;
        }
        &self.html[start..self.at]
    }
}

fn is_blank(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// Text with the references to characters resolved that matter in addresses.
pub fn decoded(raw: &str) -> Cow<'_, str> {
    const NAMED: [(&str, &str); 11] = [
        ("amp;", "&"),
        ("quot;", "\""),
        ("apos;", "'"),
        ("lt;", "<"),
        ("gt;", ">"),
        ("colon;", ":"),
        ("sol;", "/"),
        ("Tab;", "\t"),
        ("NewLine;", "\n"),
        ("period;", "."),
        ("nbsp;", "\u{a0}"),
    ];
    if !raw.contains('&') {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    let mut parts = raw.split('&');
    text.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let named = NAMED.iter().find_map(|(name, is)| part.strip_prefix(name).map(|rest| (*is, rest)));
        match (named, numbered(part)) {
            (Some((is, rest)), _) => text.extend([is, rest]),
            (None, Some((is, rest))) => {
                text.push(is);
                text.push_str(rest);
            }
            (None, None) => text.extend(["&", part]),
        }
    }
    Cow::Owned(text)
}

/// A character by its number, and what follows it.
fn numbered(part: &str) -> Option<(char, &str)> {
    let digits = part.strip_prefix('#')?;
    let (digits, radix) = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => (hex, 16),
        None => (digits, 10),
    };
    let end = digits.find(|next: char| !next.is_digit(radix)).unwrap_or(digits.len());
    let is = char::from_u32(u32::from_str_radix(&digits[..end], radix).ok()?)?;
    Some((is, digits[end..].strip_prefix(';').unwrap_or(&digits[end..])))
}

/// A value as it stands between double quotes.
pub fn escaped(value: &str) -> String {
    value.replace('&', "&amp;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Name, attributes and text of each tag.
    fn read(html: &str) -> Vec<String> {
        let shown = |tag: &Tag<'_>| {
            let attributes = tag.attributes.iter().map(|one| format!(" {}={}", one.name, one.value()));
            let text = tag.text.clone().map(|at| format!("|{}", &html[at])).unwrap_or_default();
            format!("{}{}{text}", tag.name, attributes.collect::<String>())
        };
        tags(html).iter().map(shown).collect()
    }

    #[test]
    fn broken_html_is_cut_as_browsers_cut_it() {
        for (html, expected) in [
            ("a < b <", &[] as &[&str]),
            ("<p", &[]),
            ("<p class", &[]),
            ("<p class=\"a>", &[]),
            ("<p/><b/ =x a='1'b=2/>", &["p", "b =x= a=1 b=2/"]),
            ("<P ÉÉN=twee DRIE = '4'>", &["P ÉÉN=twee DRIE=4"]),
            ("<!-- <p> --><!--><i><!doctype html><?x <u>></b><s>", &["i", "s"]),
            ("<!-- open <p>", &[]),
            ("<script>a = \"<p>\"; </scripts></SCRIPT ><p>", &["script|a = \"<p>\"; </scripts>", "p"]),
            ("<style>p{}", &["style|p{}"]),
            (
                "<a href='java&#115;cript&colon;x&amp;y&onbekend;&#xzz'>",
                &["a href=javascript:x&y&onbekend;&#xzz"],
            ),
        ] {
            assert_eq!(read(html), expected, "{html}");
        }
    }

    #[test]
    fn text_stands_between_tags() {
        let shown = |html: &str| -> Vec<String> {
            let one = |piece: &Piece<'_>| match piece {
                Piece::Text(text) => format!("{text:?}"),
                Piece::Start(tag) => tag.name.to_owned(),
                Piece::End(name) => format!("/{name}"),
            };
            pieces(html).iter().map(one).collect()
        };
        assert_eq!(shown("a < b"), ["\"a < b\""]);
        assert_eq!(shown("a<!-- <p> -->b<p"), ["\"a\"", "\"b\""]);
        assert_eq!(shown("<p>a</p >b</ p>c"), ["p", "\"a\"", "/p", "\"b\"", "\"c\""]);
        assert_eq!(shown("<script>a</script>é"), ["script", "/script", "\"é\""]);
        assert_eq!(shown("<p>a</p"), ["p", "\"a\"", "/p"]);
    }

    #[test]
    fn everything_has_its_place() {
        let html = "<a  b=\"c&amp;d\" e>";
        let tag = &tags(html)[0];
        assert_eq!(&html[tag.at.clone()], html);
        assert_eq!(&html[tag.attributes[0].at.clone()], "  b=\"c&amp;d\"");
        assert_eq!(&html[tag.attributes[0].value_at.clone()], "\"c&amp;d\"");
        assert_eq!(&html[tag.attributes[1].at.clone()], " e");
        assert!(tag.attribute("E").is_some());
    }
}
