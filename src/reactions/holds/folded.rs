//! A text as it is searched. In: a text. Out: the same in small letters without accents, in the plainest characters that
//! mean the same, with the way back to where each of them stood.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A text to search in.
pub(super) struct Folded {
    /// Small letters without accents; every white space but the end of a line is a space.
    pub(super) text: String,
    /// For every byte of it, where the character it came from begins and ends.
    spans: Vec<(usize, usize)>,
    /// Its words: runs of letters and digits.
    pub(super) words: Vec<Range<usize>>,
}

impl Folded {
    /// Folds a text.
    pub(super) fn new(text: &str) -> Self {
        let mut folded = String::with_capacity(text.len());
        let mut spans = Vec::with_capacity(text.len());
        for (at, character) in text.char_indices() {
            plain(character, &mut folded);
            spans.resize(folded.len(), (at, at + character.len_utf8()));
        }
        let words = words(&folded);
        Folded { text: folded, spans, words }
    }

    /// A word, by its place in the row of words.
    pub(super) fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |range| &self.text[range.clone()])
    }

    /// What stands between a word and the next.
    pub(super) fn gap(&self, at: usize) -> &str {
        match (self.words.get(at), self.words.get(at + 1)) {
            (Some(this), Some(next)) => &self.text[this.end..next.start],
            _ => "",
        }
    }

    /// The place in the original of a place in here.
    pub(super) fn in_text(&self, range: Range<usize>) -> Range<usize> {
        let start = self.spans.get(range.start).map_or(0, |span| span.0);
        let end = range.end.checked_sub(1).and_then(|last| self.spans.get(last)).map_or(start, |span| span.1);
        start..end.max(start)
    }
}

/// A word or phrase, folded.
pub(super) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    text.chars().for_each(|character| plain(character, &mut folded));
    folded
}

fn plain(character: char, folded: &mut String) {
    for part in std::iter::once(character).nfkd().filter(|part| !is_combining_mark(*part)) {
        match part {
            '\n' | '\r' => folded.push('\n'),
            'ø' | 'Ø' => folded.push('o'),
            'ł' | 'Ł' => folded.push('l'),
            'ı' => folded.push('i'),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ß' | 'ẞ' => folded.push_str("ss"),
            '‐' | '‑' | '‒' | '–' | '—' | '−' => folded.push('-'),
            '’' | '‘' | '`' | '´' => folded.push('\''),
            _ if part.is_whitespace() => folded.push(' '),
            // What cannot be seen must not hide a word.
            '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => {}
            _ => folded.extend(part.to_lowercase().filter(|small| !is_combining_mark(*small))),
        }
    }
}

fn words(text: &str) -> Vec<Range<usize>> {
    let mut words: Vec<Range<usize>> = Vec::new();
    for (at, character) in text.char_indices().filter(|(_, character)| character.is_alphanumeric()) {
        let end = at + character.len_utf8();
        match words.last_mut().filter(|word| word.end == at) {
            Some(word) => word.end = end,
            None => words.push(at..end),
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_lead_back() {
        let text = "Één ﬁjne  ＢＳＮ:\u{a0}Ø𝟏𝟐";
        let folded = Folded::new(text);
        assert_eq!(folded.text, "een fijne  bsn: o12");
        for (word, original) in [("een", "Één"), ("fijne", "ﬁjne"), ("bsn", "ＢＳＮ"), ("o12", "Ø𝟏𝟐")]
        {
            let at = folded.text.find(word).expect("there");
            assert_eq!(&text[folded.in_text(at..at + word.len())], original);
        }
        assert_eq!(folded.in_text(0..0), 0..0);
        assert_eq!(folded.words.len(), 4);
    }

    #[test]
    fn nothing_hidden_hides_a_word() {
        assert_eq!(fold("sl\u{ad}a\u{200b}at e\u{301}\u{301}"), "slaat e");
    }
}
