//! What somebody typed → words, phrases, words that must not occur.
//!
//! | written | meaning |
//! |---|---|
//! | `warme overdracht` | both words, wherever they stand |
//! | `"warme overdracht"` | exactly so, one after the other |
//! | `overdracht -jeugd` | pages without *jeugd*; a word that says nothing by itself (`kind -en gezinsbescherming`) is no such wish |

use std::ops::Range;

use crate::text::{Analyser, Word};

/// A question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Parsed {
    /// Its words.
    pub slots: Vec<Slot>,
    /// Those that must stand one after the other.
    pub phrases: Vec<Range<usize>>,
    /// Words that must not occur.
    pub without: Vec<Reading>,
}

/// A word that is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Slot {
    /// As it was typed.
    pub text: String,
    /// How it can be read; the first is what stands there.
    pub readings: Vec<Reading>,
    /// Whether a page should have it. Words that say nothing by themselves need not be there, unless there are no others.
    pub wanted: bool,
    /// Whether it stands in quotation marks.
    pub quoted: bool,
}

/// A way to read a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// In small letters, with diacritics.
    pub form: String,
    /// Without.
    pub folded: String,
    /// Its stem.
    pub stem: String,
    /// Whether it is in capitals only.
    pub capitals: bool,
    /// How many words it stands for: *straf-zorg* can be read as one.
    pub span: usize,
}

/// The most words that are looked for.
const MOST: usize = 24;

/// Reads a question.
pub fn parse(text: &str, analyser: &Analyser) -> Parsed {
    let mut parsed = Parsed::default();
    for (segment, quoted) in segments(text) {
        let plain = if quoted { segment } else { without_minus(&segment, analyser, &mut parsed.without) };
        let from = parsed.slots.len();
        add(&plain, quoted, analyser, &mut parsed.slots);
        if quoted && parsed.slots.len() > from {
            parsed.phrases.push(from..parsed.slots.len());
        }
    }
    parsed.slots.truncate(MOST);
    let count = parsed.slots.len();
    parsed.phrases.retain(|phrase| phrase.end <= count);
    if !parsed.slots.iter().any(|slot| slot.wanted) {
        parsed.slots.iter_mut().for_each(|slot| slot.wanted = true);
    }
    parsed
}

/// Stretches within and without quotation marks. A mark without its fellow is none.
fn segments(text: &str) -> Vec<(String, bool)> {
    let is_mark = |sign: &char| matches!(sign, '"' | '“' | '”' | '„' | '«' | '»');
    let mut pieces: Vec<String> = vec![String::new()];
    for sign in text.chars() {
        if is_mark(&sign) {
            pieces.push(String::new());
        } else if let Some(last) = pieces.last_mut() {
            last.push(sign);
        }
    }
    let closed = pieces.len() % 2 == 1;
    let last = pieces.len() - 1;
    let with_kind = |(at, piece): (usize, String)| (piece, at % 2 == 1 && (closed || at != last));
    pieces.into_iter().enumerate().map(with_kind).filter(|(piece, _)| !piece.trim().is_empty()).collect()
}

fn without_minus(text: &str, analyser: &Analyser, without: &mut Vec<Reading>) -> String {
    let mut kept = Vec::new();
    for token in text.split_whitespace() {
        let word = token.strip_prefix(['-', '−', '–']).filter(|rest| rest.starts_with(char::is_alphanumeric));
        let words = word.map(|word| analyser.words(word)).unwrap_or_default();
        match words.first() {
            Some(first) if !analyser.is_stop(&first.folded) => {
                without.extend(words.into_iter().map(|word| reading(word, analyser)));
            }
            _ => kept.push(token),
        }
    }
    kept.join(" ")
}

fn reading(word: Word, analyser: &Analyser) -> Reading {
    Reading {
        stem: analyser.stem(&word.folded),
        form: word.form,
        folded: word.folded,
        capitals: word.capitals,
        span: (word.span as usize).max(1),
    }
}

fn add(text: &str, quoted: bool, analyser: &Analyser, slots: &mut Vec<Slot>) {
    let mut before = None;
    for word in analyser.words(text) {
        let same = before == Some(word.position);
        before = Some(word.position);
        let typed = text.get(word.start..word.end).unwrap_or(&word.form).to_owned();
        let reading = reading(word, analyser);
        match slots.last_mut() {
            Some(last) if same => last.readings.push(reading),
            _ => {
                let wanted = quoted || reading.capitals || !analyser.is_stop(&reading.folded);
                slots.push(Slot { text: typed, readings: vec![reading], wanted, quoted });
            }
        }
    }
}
