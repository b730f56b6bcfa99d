//! A text on its way from shortcodes to Markdown. In: what the calls gave. Out: the Markdown, in which a mark stands for
//! everything that is HTML already; what each mark stands for; and which place in it is which place in the file.
//!
//! A mark is made of letters, digits and `@`, which mean nothing to Markdown, so it comes out where it went in: in the
//! words of a paragraph, in code, in raw HTML, in the address of a link.

use std::ops::Range;

use memchr::memmem;

/// HTML that waits to be put in.
#[derive(Debug, Default)]
pub(in crate::body) struct Inserted {
    /// What every mark begins with; no other words of the text do.
    mark: String,
    outputs: Vec<String>,
}

/// A part of words: as they are, or HTML that a mark stood for.
#[derive(Debug, PartialEq)]
pub(in crate::body) enum Part<'a, 't> {
    /// Words.
    Words(&'a str),
    /// HTML.
    Output(&'t str),
}

/// What closes a mark.
const CLOSE: &str = "@@";

impl Inserted {
    /// Nothing yet, for a text made of these parts.
    pub(super) fn into_text<'a>(parts: impl Iterator<Item = &'a str> + Clone) -> Self {
        let mut mark = "@@SHORTCODE".to_owned();
        while parts.clone().any(|part| memmem::find(part.as_bytes(), mark.as_bytes()).is_some()) {
            mark.push('X');
        }
        Inserted { mark, outputs: Vec::new() }
    }

    /// Keeps HTML, and gives the mark that stands for it.
    pub(super) fn keep(&mut self, output: String) -> String {
        self.outputs.push(output);
        format!("{}{}{CLOSE}", self.mark, self.outputs.len() - 1)
    }

    /// Whether there is nothing to put in.
    pub(in crate::body) fn is_empty(&self) -> bool {
        self.outputs.is_empty()
    }

    /// Whether words hold a mark.
    pub(in crate::body) fn is_in(&self, words: &str) -> bool {
        !self.is_empty() && memmem::find(words.as_bytes(), self.mark.as_bytes()).is_some()
    }

    /// Whether words are one mark and nothing else but space.
    pub(in crate::body) fn is_all_of(&self, words: &str) -> bool {
        let words = words.trim();
        let starts = !self.is_empty() && words.starts_with(&self.mark);
        starts && self.output(words).is_some_and(|(_, length)| length == words.len())
    }

    /// Words in parts. None of them is empty.
    pub(in crate::body) fn parts<'a, 't>(&'t self, words: &'a str) -> Vec<Part<'a, 't>> {
        let mut parts = Vec::new();
        let mut from = 0;
        for at in memmem::find_iter(words.as_bytes(), self.mark.as_bytes()) {
            let Some((output, length)) = self.output(&words[at..]).filter(|_| at >= from) else { continue };
            parts.push(Part::Words(&words[from..at]));
            parts.push(Part::Output(output));
            from = at + length;
        }
        parts.push(Part::Words(&words[from..]));
        parts.retain(|part| !matches!(part, Part::Words("") | Part::Output("")));
        parts
    }

    /// Words with everything in its place; none if there is nothing to put in.
    pub(in crate::body) fn filled(&self, words: &str) -> Option<String> {
        let whole = |part| match part {
            Part::Words(words) => words,
            // A template ends with the end of its last line, which belongs to no address and to no code.
            Part::Output(output) => output.trim(),
        };
        self.is_in(words).then(|| self.parts(words).into_iter().map(whole).collect())
    }

    /// What the mark stands for that words begin with, and how long the mark is.
    fn output(&self, words: &str) -> Option<(&str, usize)> {
        let (number, _) = words[self.mark.len()..].split_once(CLOSE)?;
        let output = self.outputs.get(number.parse::<usize>().ok()?)?;
        Some((output, self.mark.len() + number.len() + CLOSE.len()))
    }
}

/// Which bytes of the Markdown come from which bytes of the text.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::body) struct Stretch {
    /// In the Markdown.
    pub(super) woven: Range<usize>,
    /// In the text.
    pub(super) raw: Range<usize>,
    /// Whether they are the same bytes; else they are what a call gave, and the call.
    pub(super) same: bool,
}

/// The bytes of the text that bytes of the Markdown come from.
pub(in crate::body) fn origin(stretches: &[Stretch], range: &Range<usize>) -> Option<Range<usize>> {
    let at = |place: usize| stretches.get(stretches.partition_point(|stretch| stretch.woven.end < place));
    let first = stretches.get(stretches.partition_point(|stretch| stretch.woven.end <= range.start))?;
    let start = first.raw.start + if first.same { range.start - first.woven.start } else { 0 };
    let last = at(range.end)?;
    let end = if last.same { last.raw.start + (range.end - last.woven.start) } else { last.raw.end };
    (first.woven.start <= range.start && start <= end).then_some(start..end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_with_the_mark_takes_another() {
        let mut inserted = Inserted::into_text(["@@SHORTCODE0@@", "@@SHORTCODEX"].into_iter());
        assert_eq!(inserted.keep("a".to_owned()), "@@SHORTCODEXX0@@");
        assert!(!inserted.is_in("@@SHORTCODE0@@"));
    }

    #[test]
    fn only_marks_are_exchanged() {
        let mut inserted = Inserted::into_text(std::iter::empty());
        assert!(!inserted.is_in("@@SHORTCODE0@@") && !inserted.is_all_of(""));
        let (a, b) = (inserted.keep(" a\n".to_owned()), inserted.keep(String::new()));
        for words in ["", "@@", "@@SHORTCODE", "@@SHORTCODE0", "@@SHORTCODE2@@", "@@SHORTCODEx@@"] {
            assert!(!inserted.is_all_of(words), "{words}");
            assert!(inserted.parts(words).iter().all(|part| *part == Part::Words(words)), "{words}");
        }
        assert_eq!(inserted.filled(&format!("é{a}{b}{a}é")).as_deref(), Some("éaaé"));
        assert_eq!(inserted.filled("é"), None);
        assert_eq!(inserted.parts(&format!("x{b}{a}")), [Part::Words("x"), Part::Output(" a\n")]);
        assert!(inserted.is_all_of(&format!(" {a}\n")) && !inserted.is_all_of(&format!("{a}{a}")));
    }

    #[test]
    fn places_are_found_back() {
        let stretch = |woven, raw, same| Stretch { woven, raw, same };
        let list = [stretch(0..5, 0..5, true), stretch(5..8, 5..20, false), stretch(8..10, 20..22, true)];
        for (woven, raw) in [(0..5, 0..5), (1..3, 1..3), (4..9, 4..21), (6..7, 5..20), (5..10, 5..22)] {
            assert_eq!(origin(&list, &woven), Some(raw), "{woven:?}");
        }
        assert_eq!(origin(&list, &(8..11)), None);
        assert_eq!(origin(&list, &(10..10)), None);
        assert_eq!(origin(&[], &(0..0)), None);
    }
}
