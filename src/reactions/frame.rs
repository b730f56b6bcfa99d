//! A page of the built site, to put other pages in. In: its HTML. Out: the same with another title, heading and content.
//!
//! The theme marks the places: the element with `data-deelnemen` holds the content, that with `data-deelnemen-kop` the
//! heading; elements with `data-alleen-site` are about the page that it was. So whatever the theme looks like, the pages
//! of the endpoint look like the rest of the site, with its menu, its footer and its way out.

/// A page with places to fill.
pub struct Frame {
    pieces: Vec<Piece>,
}

enum Piece {
    Html(String),
    Title,
    Heading,
    Content,
}

impl Frame {
    /// Finds the places; none when there is no place for content.
    pub fn read(html: &str) -> Option<Frame> {
        let mut frame = Frame { pieces: Vec::new() };
        let mut rest = html;
        let (mut has_title, mut has_content) = (false, false);
        while let Some((before, tag, after)) = next_tag(rest) {
            let inside = |piece: Piece, frame: &mut Frame| {
                let (_, from_end) = close_of(tag.name, after)?;
                frame.html(before);
                frame.html(tag.text);
                frame.pieces.push(piece);
                Some(from_end)
            };
            // Drawings have titles of their own; that of the page comes first.
            let found = if tag.name == "title" && !has_title {
                has_title = true;
                inside(Piece::Title, &mut frame)
            } else if tag.has("data-deelnemen-kop") {
                inside(Piece::Heading, &mut frame)
            } else if tag.has("data-deelnemen") {
                has_content = true;
                inside(Piece::Content, &mut frame)
            } else if tag.has("data-alleen-site") || tag.is_about_the_page() {
                frame.html(before);
                if tag.is_void() {
                    Some(after)
                } else {
                    close_of(tag.name, after).map(|(_, end)| skip_tag(end))
                }
            } else {
                let held = tag.held_as_text(after);
                let upto = before.len() + tag.text.len() + held;
                frame.html(&rest[..upto]);
                Some(&after[held..])
            };
            rest = found?;
        }
        frame.html(rest);
        has_content.then_some(frame)
    }

    /// A page without looks, for when there is no site yet.
    pub fn plain() -> Frame {
        let html = |text: &str| Piece::Html(text.to_owned());
        Frame {
            pieces: vec![
                html(
                    "<!DOCTYPE html><html lang=\"nl\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>",
                ),
                Piece::Title,
                html("</title></head><body><main><h1>"),
                Piece::Heading,
                html("</h1>"),
                Piece::Content,
                html("</main></body></html>"),
            ],
        }
    }

    /// The page with these. `title` and `heading` are text, `content` is HTML.
    pub fn fill(&self, title: &str, heading: &str, content: &str) -> String {
        let mut page = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Html(html) => page.push_str(html),
                Piece::Title => escape(title, &mut page),
                Piece::Heading => escape(heading, &mut page),
                Piece::Content => page.push_str(content),
            }
        }
        page
    }

    fn html(&mut self, html: &str) {
        match self.pieces.last_mut() {
            Some(Piece::Html(before)) => before.push_str(html),
            _ => self.pieces.push(Piece::Html(html.to_owned())),
        }
    }
}

/// Text as HTML.
pub fn escape(text: &str, into: &mut String) {
    for letter in text.chars() {
        match letter {
            '<' => into.push_str("&lt;"),
            '>' => into.push_str("&gt;"),
            '&' => into.push_str("&amp;"),
            '"' => into.push_str("&quot;"),
            '\'' => into.push_str("&#39;"),
            _ => into.push(letter),
        }
    }
}

/// An opening tag.
#[derive(Clone, Copy)]
struct Tag<'a> {
    name: &'a str,
    text: &'a str,
}

impl Tag<'_> {
    /// Whether it has this attribute.
    fn has(&self, name: &str) -> bool {
        let mut rest = self.text;
        while let Some(at) = rest.find(name) {
            let before = rest[..at].chars().next_back();
            let after = rest[at + name.len()..].chars().next();
            if before.is_some_and(char::is_whitespace)
                && after.is_none_or(|c| c.is_whitespace() || "=>/".contains(c))
            {
                return true;
            }
            rest = &rest[at + name.len()..];
        }
        false
    }

    /// Whether it says something of the page that it was and of no other.
    fn is_about_the_page(&self) -> bool {
        let text = self.text.to_ascii_lowercase();
        match self.name {
            "meta" => [
                "content-security-policy",
                "\"og:",
                "name=\"description",
                "name=description",
                "name=robots",
                "name=\"robots",
            ]
            .iter()
            .any(|part| text.contains(part)),
            "link" => ["canonical", "alternate"].iter().any(|part| text.contains(part)),
            "script" => text.contains("ld+json"),
            _ => false,
        }
    }

    /// How many bytes of what follows are its text, in which nothing is a tag: all of a script or a style.
    fn held_as_text(&self, after: &str) -> usize {
        if !matches!(self.name, "script" | "style") {
            return 0;
        }
        after.find(&format!("</{}", self.name)).unwrap_or(after.len())
    }

    fn is_void(&self) -> bool {
        matches!(self.name, "meta" | "link" | "img" | "br" | "hr" | "input")
    }
}

/// The text before the next opening tag, the tag, and what follows. Comments hold no tags.
fn next_tag(html: &str) -> Option<(&str, Tag<'_>, &str)> {
    let mut from = 0;
    loop {
        let at = from + html.get(from..)?.find('<')?;
        let rest = &html[at + 1..];
        if rest.starts_with("!--") {
            from = at + 1 + rest.find("-->")? + 3;
            continue;
        }
        if !rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            from = at + 1;
            continue;
        }
        let end = at + 1 + end_of_tag(rest)?;
        let text = &html[at..=end];
        let name = &text[1..text[1..]
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '-')
            .map_or(text.len() - 1, |len| len + 1)];
        return Some((&html[..at], Tag { name, text }, &html[end + 1..]));
    }
}

/// Where a tag ends: at the first `>` outside of quotes.
fn end_of_tag(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in tag.bytes().enumerate() {
        match (quote, byte) {
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// What stands before the closing tag that belongs to an element, and what begins with that tag.
fn close_of<'a>(name: &str, html: &'a str) -> Option<(&'a str, &'a str)> {
    let mut depth = 0_usize;
    let mut from = 0;
    loop {
        let at = from + html.get(from..)?.find('<')?;
        let rest = &html[at + 1..];
        let (closes, word) = rest.strip_prefix('/').map_or((false, rest), |word| (true, word));
        let is_same = word.get(..name.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(name))
            && word[name.len()..].starts_with(|c: char| c == '>' || c == '/' || c.is_whitespace());
        match (is_same, closes) {
            (true, true) if depth == 0 => return Some((&html[..at], &html[at..])),
            (true, true) => depth -= 1,
            (true, false) => depth += 1,
            _ => {}
        }
        from = at + 1;
    }
}

/// What follows a tag that a text begins with.
fn skip_tag(html: &str) -> &str {
    end_of_tag(html).map_or("", |end| &html[end + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html lang=nl><head><meta charset=utf-8><title>Meedoen – S</title><meta http-equiv=Content-Security-Policy content="default-src 'none'"><link rel=canonical href=/reacties/><link rel="stylesheet" href="/x.css"><!-- <div data-deelnemen> --></head><body><p data-alleen-site>weg <b>weg</b></p><main><h1 data-deelnemen-kop>Meedoen</h1><div class="a > b" data-deelnemen id=x><div>oud</div></div></main><footer>voet</footer></body></html>"#;

    #[test]
    fn the_places_are_filled_and_the_rest_stays() {
        let page = Frame::read(PAGE).unwrap().fill("Inloggen – S", "Inloggen & <zo>", "<p>nieuw</p>");
        assert_eq!(
            page,
            r#"<!doctype html><html lang=nl><head><meta charset=utf-8><title>Inloggen – S</title><link rel="stylesheet" href="/x.css"><!-- <div data-deelnemen> --></head><body><main><h1 data-deelnemen-kop>Inloggen &amp; &lt;zo&gt;</h1><div class="a > b" data-deelnemen id=x><p>nieuw</p></div></main><footer>voet</footer></body></html>"#
        );
    }

    #[test]
    fn what_only_looks_like_a_place_is_none() {
        let html = "<title>a</title><svg><title>Vlag</title></svg><style>b{content:'<title>'}</style>\
                    <script>x = '<div data-deelnemen>';</script><div data-deelnemen>c</div>";
        assert_eq!(
            Frame::read(html).unwrap().fill("T", "H", "C"),
            "<title>T</title><svg><title>Vlag</title></svg><style>b{content:'<title>'}</style>\
             <script>x = '<div data-deelnemen>';</script><div data-deelnemen>C</div>"
        );
    }

    #[test]
    fn without_a_place_there_is_no_frame() {
        assert!(Frame::read("<html><body><main>x</main></body></html>").is_none());
        assert!(Frame::read("<div data-deelnemen>").is_none());
        assert!(Frame::read("").is_none());
        assert!(Frame::plain().fill("T", "H", "<p>c</p>").contains("<h1>H</h1><p>c</p>"));
    }
}
