//! Words of which a part is written once for two: `jeugd- en gezinsteams`, `leer-/werksessies`, `werkafspraken en -processen`,
//! `in- en uitstroom`, `kind -en gezinsbescherming`, `jeugd- en sociaal team`. In: the pieces around a hyphen that joins
//! nothing. Out: the whole words they stand for, at the position of the part.
//!
//! Without a dictionary, which a browser does not have, the part that was left out can only be guessed by how Dutch syllables
//! begin and end: *gezinsteams* may leave *teams* or *steams*. So up to four readings are given; the wrong ones are no words
//! and harm nobody. What this cannot: a word whose division is none of the four best (long ones with many syllables), and a
//! part left out that is not at the border of a syllable.

use super::Reading;
use super::readings::{Gap, Reader};

/// What verbs are separated from, and what begins many nouns. The longer ones first.
const PARTICLES: &[&str] = &[
    "tegen", "samen", "binnen", "buiten", "tussen", "achter", "onder", "boven", "terug", "voort", "voor",
    "door", "over", "weer", "mede", "neer", "heen", "vast", "mee", "uit", "aan", "bij", "toe", "af", "op",
    "in", "na",
];

/// What is never separated.
const PREFIXES: [&str; 5] = ["ver", "her", "ont", "be", "om"];

/// How many readings are given.
const MOST: usize = 4;

/// Whether a word is separated from its verb at times.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word) || word == "om"
}

fn is_conjunction(word: &str) -> bool {
    matches!(
        word,
        "en" | "of"
            | "tot"
            | "naar"
            | "dan"
            | "wel"
            | "als"
            | "noch"
            | "und"
            | "oder"
            | "och"
            | "og"
            | "eller"
            | "m"
            | "t"
    )
}

/// Gives the readings of the piece at `at`, when it is a part of a word.
pub(super) fn read(reader: &mut Reader<'_, '_>, at: usize) {
    let gap = reader.gap(at);
    let then = |number: usize| is_conjunction(reader.pieces.at(number));
    let misplaced =
        matches!(gap, Gap::Leading | Gap::Hyphen) && then(at + 1) && reader.gap(at + 1) == Gap::Space;
    if gap == Gap::Dangling || misplaced {
        forward(reader, at);
    }
    if at >= 1 && reader.gap(at - 1) == Gap::Leading && !then(at) {
        backward(reader, at);
    }
}

/// `jeugd-` before `en gezinsteams`: its own letters and the end of the word that follows.
fn forward(reader: &mut Reader<'_, '_>, at: usize) {
    let Some(whole) = target(reader, at) else { return };
    let (head, word) = (reader.pieces.at(at), reader.pieces.at(whole));
    let pieces = reader.pieces;
    if is_adjective(word) && reader.gap(whole) == Gap::Space && pieces.at(whole + 1).len() > 3 {
        give(reader, at, head, pieces.at(whole + 1));
    }
    if is_particle(head) {
        let first = PARTICLES
            .iter()
            .chain(&PREFIXES)
            .find_map(|first| word.strip_prefix(first))
            .filter(|rest| rest.len() > 2);
        if let Some(rest) = first {
            return give(reader, at, head, rest);
        }
    }
    for division in divisions(word).into_iter().flatten() {
        if let Some(tail) = word.get(division..) {
            give(reader, at, head, tail);
        }
    }
}

/// `-processen` after `werkafspraken en`: the beginning of the word before and its own letters.
fn backward(reader: &mut Reader<'_, '_>, at: usize) {
    let pieces = reader.pieces;
    let before = if is_conjunction(pieces.at(at - 1)) { at.saturating_sub(2) } else { at - 1 };
    let (word, tail) = (pieces.at(before), pieces.at(at));
    for division in divisions(word).into_iter().flatten() {
        if let Some(head) = word.get(..division) {
            give(reader, at, head, tail);
        }
    }
}

fn give(reader: &mut Reader<'_, '_>, at: usize, head: &str, tail: &str) {
    reader.begin();
    for part in [head, tail] {
        reader.form.push_str(part);
        reader.folded.push_str(part);
    }
    reader.show(at, at, Reading::Elided);
}

/// The whole word that a part refers to: the next one that is neither a part itself nor a conjunction.
fn target(reader: &Reader<'_, '_>, at: usize) -> Option<usize> {
    let between = |number: usize| {
        let (left, right) = (reader.piece(number)?, reader.piece(number + 1)?);
        reader.text.get(left.end..right.start)
    };
    let mut joined = false;
    for number in at..at + 8 {
        joined |= between(number)?.contains(['/', ',']);
        if reader.gap(number) == Gap::Other {
            return None;
        }
        if is_conjunction(reader.pieces.at(number + 1)) {
            joined = true;
        } else if reader.gap(number + 1) != Gap::Dangling {
            return joined.then_some(number + 1);
        }
    }
    None
}

fn is_adjective(word: &str) -> bool {
    [
        "aal", "ale", "eel", "ele", "ig", "ige", "isch", "ische", "lijk", "lijke", "baar", "bare", "re",
        "de", "te",
    ]
    .iter()
    .any(|end| word.ends_with(end))
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// Where a compound may be divided, the likeliest places first.
fn divisions(word: &str) -> [Option<usize>; MOST] {
    let mut best = [None; MOST];
    let mut scores = [i32::MIN; MOST];
    let letters = word.as_bytes();
    if !word.is_ascii() || letters.len() > 40 {
        return best;
    }
    for at in 3..letters.len().saturating_sub(2) {
        let (head, tail) = letters.split_at(at);
        let Some(score) = score(head, tail) else { continue };
        if let Some(place) = scores.iter().position(|other| score > *other) {
            scores[place..].rotate_right(1);
            best[place..].rotate_right(1);
            scores[place] = score;
            best[place] = Some(at);
        }
    }
    best
}

/// How likely a division is; `None` when a syllable cannot begin or end there.
fn score(head: &[u8], tail: &[u8]) -> Option<i32> {
    let onset = tail.iter().take_while(|letter| !is_vowel(**letter)).count();
    if onset == tail.len() || !head.iter().any(|letter| is_vowel(*letter)) || !begins(&tail[..onset]) {
        return None;
    }
    let [.., before, last] = head else { return None };
    let mut score = 0;
    if onset == 0 {
        // Words seldom begin with a vowel; where one does, a consonant stands before it.
        if is_vowel(*last) {
            return None;
        }
        score -= 4;
    }
    if is_vowel(*last) {
        score -= if *last == b'e' { 1 } else { 2 };
    } else if !is_vowel(*before) {
        score += 2;
        let coda = head.iter().rev().take_while(|letter| !is_vowel(**letter)).count();
        if coda > 2 && !matches!(*last, b's' | b't') {
            score -= 4;
        }
    }
    if *last == b's' && onset > 0 {
        // The s between two parts.
        score += 2;
    }
    if [&b"be"[..], b"ge", b"ver", b"ont"]
        .iter()
        .any(|prefix| head.len() > prefix.len() + 2 && head.ends_with(prefix))
    {
        score -= 3;
    }
    if [&b"be"[..], b"ge", b"ver", b"ont", b"voor", b"onder"].iter().any(|prefix| tail.starts_with(prefix)) {
        score += 1;
    }
    if tail.len() < 4
        || head.len() < 4 && onset == 0
        || tail.iter().skip(onset).all(|letter| is_vowel(*letter))
        || ends_only(tail)
    {
        score -= 3;
    }
    Some(score)
}

/// What is an ending and not a word.
fn ends_only(tail: &[u8]) -> bool {
    [
        &b"heid"[..],
        b"heden",
        b"lijk",
        b"lijke",
        b"ling",
        b"ning",
        b"ding",
        b"ring",
        b"king",
        b"ten",
        b"den",
        b"ren",
        b"len",
        b"nen",
        b"ken",
        b"gen",
    ]
    .contains(&tail)
}

/// Whether a Dutch syllable can begin with these consonants.
fn begins(onset: &[u8]) -> bool {
    match onset {
        [] => true,
        [one] => *one != b'x',
        [first, second] => matches!(
            (*first, *second),
            (b'b' | b'c' | b'f' | b'g' | b'k' | b'p' | b'v', b'l' | b'r')
                | (b'd' | b't', b'r' | b'w')
                | (b's', b'c' | b'l' | b'm' | b'n' | b'p' | b't' | b'h' | b'k' | b'j')
                | (b'k', b'n' | b'w')
                | (b'z', b'w')
                | (b'w', b'r')
                | (b'c' | b'p' | b't', b'h')
                | (b'q', b'u')
                | (b'p', b's')
        ),
        [b's', b'c', b'h']
        | [b's', b'p' | b't', b'r']
        | [b's', b'p', b'l']
        | [b's', b'c' | b'k', b'r']
        | [b's', b'c', b'h', b'r'] => true,
        _ => false,
    }
}
