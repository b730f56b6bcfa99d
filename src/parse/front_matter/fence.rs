//! Where front matter begins and ends. In: the text of a file. Out: what stands between the fences, in which language,
//! and where the text below begins; or why there is none.
//!
//! The fences are `+++` for TOML and `---` for YAML. Blanks and empty lines may stand before the first, blanks behind
//! both; empty lines after the last belong to nobody, but blanks before the first word of the text belong to the text.
//! The closing fence is the first one with nothing but blanks behind it on its line, even when it stands behind other
//! things on its line.

use std::ops::Range;

use super::super::fields::Syntax;

/// A file taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) struct Split {
    pub(in super::super) syntax: Syntax,
    /// What stands between the fences, with the line break before it.
    pub(in super::super) matter: Range<usize>,
    /// Where the text begins.
    pub(in super::super) body: usize,
}

/// Why a file has no front matter.
#[derive(Debug, PartialEq, Eq)]
pub(in super::super) enum Missing {
    /// It does not begin with a fence; here it begins with something else.
    Opening(Range<usize>),
    /// Something stands behind the opening fence on its line.
    BehindOpening(Syntax, Range<usize>),
    /// The fence that stands here is never closed.
    Closing(Syntax, Range<usize>),
}

impl Syntax {
    pub(in super::super) fn fence(self) -> &'static str {
        match self {
            Syntax::Toml => "+++",
            Syntax::Yaml => "---",
        }
    }
}

/// Takes a file apart.
pub(in super::super) fn split(text: &str) -> Result<Split, Missing> {
    let start = blank_end(text, 0);
    let opening = start..start + 3;
    let syntax = match text.get(opening.clone()) {
        Some("+++") => Syntax::Toml,
        Some("---") => Syntax::Yaml,
        _ => return Err(Missing::Opening(start..line_end(text, start))),
    };
    let content = blank_end(text, opening.end);
    let Some(line_break) = text[opening.end..content].rfind('\n').map(|at| opening.end + at) else {
        let closed = content == text.len();
        return Err(if closed {
            Missing::Closing(syntax, opening)
        } else {
            Missing::BehindOpening(syntax, content..line_end(text, content))
        });
    };
    // Fences may overlap: of `++++`, the last three count.
    let bytes = text.as_bytes();
    let fence = memchr::memmem::Finder::new(syntax.fence());
    let mut from = line_break + 1;
    while let Some(at) = fence.find(&bytes[from..]).map(|at| from + at) {
        if let Some(body) = body_after(text, at + 3) {
            return Ok(Split { syntax, matter: line_break..at, body });
        }
        from = at + 1;
    }
    Err(Missing::Closing(syntax, opening))
}

/// Where the text begins that follows a closing fence; none if that is no fence.
fn body_after(text: &str, fence_end: usize) -> Option<usize> {
    let content = blank_end(text, fence_end);
    if content == text.len() {
        return Some(content);
    }
    text[fence_end..content].rfind('\n').map(|at| fence_end + at + 1)
}

/// The first byte from here that is neither blank nor line break.
fn blank_end(text: &str, from: usize) -> usize {
    let blank = |byte: &u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c);
    from + text.as_bytes()[from..].iter().take_while(|byte| blank(byte)).count()
}

fn line_end(text: &str, from: usize) -> usize {
    text[from..].find(['\n', '\r']).map_or(text.len(), |at| from + at)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Option<(Syntax, &str, &str)> {
        split(text).ok().map(|found| (found.syntax, &text[found.matter], &text[found.body..]))
    }

    #[test]
    fn what_is_no_front_matter() {
        use Missing::*;
        for (text, expected) in [
            ("", Opening(0..0)),
            ("\n\n", Opening(2..2)),
            ("Hallo\nallemaal", Opening(0..5)),
            ("é+++", Opening(0..5)),
            ("++", Opening(0..2)),
            ("+++ title\n+++\n", BehindOpening(Syntax::Toml, 4..9)),
            ("----\na\n----\n", BehindOpening(Syntax::Yaml, 3..4)),
            ("+++", Closing(Syntax::Toml, 0..3)),
            (" ---\ntitle: a\n", Closing(Syntax::Yaml, 1..4)),
            ("+++\na = 1\n---\nx", Closing(Syntax::Toml, 0..3)),
            ("+++\na = 1\n+++ x", Closing(Syntax::Toml, 0..3)),
            ("+++\u{a0}\n+++\n", BehindOpening(Syntax::Toml, 3..5)),
        ] {
            assert_eq!(split(text), Err(expected), "{text:?}");
        }
    }

    #[test]
    fn what_is() {
        let toml = |matter, body| Some((Syntax::Toml, matter, body));
        let yaml = |matter, body| Some((Syntax::Yaml, matter, body));
        for (text, expected) in [
            ("+++\n+++", toml("\n", "")),
            ("+++\n+++\n", toml("\n", "")),
            ("+++\na = 1\n+++\ntekst\n", toml("\na = 1\n", "tekst\n")),
            ("+++\r\na = 1\r\n+++\r\ntekst\r\n", toml("\na = 1\r\n", "tekst\r\n")),
            ("  \n +++ \t\n\n  a = 1\n +++  \n\n\n  tekst", toml("\n  a = 1\n ", "  tekst")),
            ("+++\na = 1\n+++\n \n", toml("\na = 1\n", "")),
            ("+++\na = '+++ '\nb = 1\n+++\nx", toml("\na = '+++ '\nb = 1\n", "x")),
            ("+++\na = 1\n++++\nx", toml("\na = 1\n+", "x")),
            ("+++\na = 1\n+++\nx\n+++\ny", toml("\na = 1\n", "x\n+++\ny")),
            ("---\ntitle: a---\nx", yaml("\ntitle: a", "x")),
            ("---\ntitle: a --- b\n---\n- x\n", yaml("\ntitle: a --- b\n", "- x\n")),
            ("---\n---\n---\n", yaml("\n", "---\n")),
        ] {
            assert_eq!(parts(text), expected, "{text:?}");
        }
    }
}
