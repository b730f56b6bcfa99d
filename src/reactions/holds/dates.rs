//! Dates, and which of them are of birth. In: a folded text and its groups of digits. Out: where dates stand in digits;
//! where the birth of somebody stands, with the word that says so.

use std::ops::Range;

use super::folded::Folded;
use crate::model::date::DUTCH_MONTHS;

const SHORT_MONTHS: [&str; 12] =
    ["jan", "feb", "maa", "apr", "mei", "jun", "jul", "aug", "sep", "okt", "nov", "dec"];
/// Words that say of what stands behind them when somebody was born.
const BORN: [&str; 8] = [
    "geboren",
    "geb",
    "geboortedatum",
    "geboortejaar",
    "geboortedag",
    "gebdatum",
    "gebjaar",
    "geboortemaand",
];
/// Words that may stand between.
const BETWEEN: [&str; 14] =
    ["op", "in", "is", "de", "het", "te", "dd", "datum", "jaar", "was", "van", "d", "rond", "en"];
/// Who many are is nobody.
const MANY: [&str; 14] = [
    "kinderen",
    "jongeren",
    "mensen",
    "personen",
    "leerlingen",
    "jeugdigen",
    "iedereen",
    "degenen",
    "baby",
    "babys",
    "inwoners",
    "meisjes",
    "jongens",
    "aantal",
];

/// Dates in digits: 3-4-2012, 03.04.2012, 2012/04/03, 3 4 2012.
pub(super) fn dates(text: &str, groups: &[Range<usize>]) -> Vec<Range<usize>> {
    let triples = groups.windows(3).filter(|triple| {
        let gaps = [&text[triple[0].end..triple[1].start], &text[triple[1].end..triple[2].start]];
        let number = |at: usize| &text[triple[at].clone()];
        let right_way = is_day(number(0)) && is_month(number(1)) && is_year(number(2));
        let other_way = is_year(number(0)) && is_month(number(1)) && is_day(number(2));
        gaps[0] == gaps[1] && ["-", "/", ".", " ", "- ", " - "].contains(&gaps[0]) && (right_way || other_way)
    });
    triples.map(|triple| triple[0].start..triple[2].end).collect()
}

fn is_day(number: &str) -> bool {
    number.len() <= 2 && number.parse().is_ok_and(|day: u32| (1..=31).contains(&day))
}

fn is_month(number: &str) -> bool {
    number.len() <= 2 && number.parse().is_ok_and(|month: u32| (1..=12).contains(&month))
}

fn is_year(number: &str) -> bool {
    number.len() == 4 && (number.starts_with("19") || number.starts_with("20"))
}

/// When somebody was born, with the word that says so.
pub(super) fn births(folded: &Folded, text: &str, dates: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for at in 0..folded.words.len() {
        let word = folded.word(at);
        if !BORN.contains(&word) || MANY.contains(&folded.word(at.wrapping_sub(1))) {
            continue;
        }
        let end = date_behind(folded, text, dates, at);
        let start = date_before(folded, dates, at);
        if end.is_some() || start.is_some() {
            let word = &folded.words[at];
            found.push(start.unwrap_or(word.start)..end.unwrap_or(word.end));
        }
    }
    found
}

/// Where the date ends that belongs to the word at a place and stands behind it.
fn date_behind(folded: &Folded, text: &str, dates: &[Range<usize>], at: usize) -> Option<usize> {
    let mut next = at + 1;
    // `geb.` has a full stop of its own; any other ends the sentence.
    let short = |word: usize| word == at && folded.word(at) == "geb";
    let sentence_ends = |word: usize| {
        folded.gap(word).contains(['!', '?', ';']) || !short(word) && folded.gap(word).contains(". ")
    };
    while next < folded.words.len() && next <= at + 7 {
        if sentence_ends(next - 1) {
            return None;
        }
        if let Some(end) = date_at(folded, dates, next) {
            return Some(end);
        }
        // The name of a place may stand between, and is known by its capital.
        let place = folded.in_text(folded.words[next].clone());
        let capital = text[place].starts_with(char::is_uppercase);
        if !BETWEEN.contains(&folded.word(next)) && !capital {
            return None;
        }
        next += 1;
    }
    None
}

/// Where a date ends that begins with the word at a place.
fn date_at(folded: &Folded, dates: &[Range<usize>], at: usize) -> Option<usize> {
    let word = &folded.words[at];
    if let Some(date) = dates.iter().find(|date| date.start == word.start) {
        return Some(date.end);
    }
    let (first, second, third) = (folded.word(at), folded.word(at + 1), folded.word(at + 2));
    let end = |word: usize| folded.words.get(word).map(|word| word.end);
    let two = |number: &str| number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_day(first) && is_month_name(second) {
        return end(if is_year(third) || two(third) { at + 2 } else { at + 1 });
    }
    if is_day(first) && is_month(second) && !folded.gap(at).contains(' ') {
        return end(if two(third) || is_year(third) { at + 2 } else { at + 1 });
    }
    if is_month_name(first) && is_year(second) {
        return end(at + 1);
    }
    let eight = first.len() == 8 && first.bytes().all(|byte| byte.is_ascii_digit());
    let compact = eight
        && (is_year(&first[..4]) && is_month(&first[4..6]) || is_month(&first[2..4]) && is_year(&first[4..]));
    let short = two(first) && folded.text[..word.start].ends_with('\'');
    (is_year(first) || compact || short).then_some(word.end)
}

fn is_month_name(word: &str) -> bool {
    DUTCH_MONTHS.contains(&word) || SHORT_MONTHS.contains(&word) || ["mrt", "sept"].contains(&word)
}

/// Where the date begins that stands before the word at a place: a whole date, or a year of somebody (`is in 2012 geboren`).
fn date_before(folded: &Folded, dates: &[Range<usize>], at: usize) -> Option<usize> {
    let is_before = |first: usize| {
        let end = date_at(folded, dates, first)?;
        let gap = folded.text.get(end..folded.words[at].start)?;
        let near = gap.len() <= 30 && !gap.contains(['.', '\n', '!', '?', ';', ',']);
        let year = is_year(folded.word(first));
        let somebody = (first.saturating_sub(4)..first)
            .any(|word| ["is", "ben", "werd", "was"].contains(&folded.word(word)));
        (near && (!year || somebody && gap.trim().is_empty())).then_some(folded.words[first].start)
    };
    (at.saturating_sub(6)..at).find_map(is_before)
}
