//! Numbers that belong to somebody. In: a folded text and the groups of digits in it. Out: where telephone numbers,
//! accounts and numbers of citizens stand.
//!
//! People write a number in groups with spaces, dots or dashes between them. So neighbouring groups are put together as
//! long as the whole may become what is looked for. Dates are left out before.

use std::ops::Range;

use super::folded::Folded;

/// The groups of digits in a text.
pub(super) fn groups(text: &str) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.bytes().enumerate().filter(|(_, byte)| byte.is_ascii_digit()) {
        match groups.last_mut().filter(|group| group.end == at) {
            Some(group) => group.end = at + 1,
            None => groups.push(at..at + 1),
        }
    }
    groups
}

/// Telephone numbers, but not those that start with 0800 or 0900.
pub(super) fn phones(text: &str, groups: &[Range<usize>], dates: &[Range<usize>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for first in 0..groups.len() {
        let start = groups[first].start;
        if within(dates, &groups[first]) || found.last().is_some_and(|last| start < last.end) {
            continue;
        }
        let before = &text[..start];
        let plus = before.ends_with('+');
        let start = start - before.bytes().rev().take_while(|byte| b"+(".contains(byte)).take(2).count();
        let ends = whole(text, groups, dates, first, 15, |gap| {
            gap.len() <= 3 && gap.bytes().all(|byte| b" -.()/".contains(&byte))
        });
        let fits =
            |(digits, end): (String, usize)| is_phone(&digits, plus, groups[first].len()).then_some(end);
        if let Some(end) = ends.into_iter().filter_map(fits).next_back() {
            found.push(start..end);
        }
    }
    found
}

/// Every number that begins with a certain group: its digits, and where it ends.
fn whole(
    text: &str,
    groups: &[Range<usize>],
    dates: &[Range<usize>],
    first: usize,
    longest: usize,
    joins: impl Fn(&str) -> bool,
) -> Vec<(String, usize)> {
    let mut digits = String::new();
    let mut ends = Vec::new();
    let mut before = groups[first].start;
    for group in &groups[first..] {
        let apart = before != groups[first].start && !joins(&text[before..group.start]);
        if apart || digits.len() + group.len() > longest || within(dates, group) {
            break;
        }
        digits += &text[group.clone()];
        before = group.end;
        ends.push((digits.clone(), group.end));
    }
    ends
}

fn within(dates: &[Range<usize>], group: &Range<usize>) -> bool {
    dates.iter().any(|date| date.start <= group.start && group.end <= date.end)
}

fn is_phone(digits: &str, plus: bool, first: usize) -> bool {
    let abroad = if plus { Some(digits) } else { digits.strip_prefix("00") };
    if let Some(abroad) = abroad.filter(|abroad| plus || first >= 4 && !abroad.starts_with('0')) {
        return match abroad.strip_prefix("31") {
            Some(rest) => is_dutch(rest.strip_prefix('0').unwrap_or(rest)),
            None => (9..=15).contains(&abroad.len()) && !abroad.starts_with('0'),
        };
    }
    // Times and small numbers in a row are cut in pairs; an area code is not.
    let cut = first == 1 || first >= 3 || digits.starts_with("06");
    cut && digits.strip_prefix('0').is_some_and(is_dutch)
}

/// Whether nine digits may stand behind +31. What starts with 8 (but 85 and 88) or 90 is a service, or is not given out.
fn is_dutch(digits: &str) -> bool {
    let service = ["80", "81", "82", "83", "84", "86", "87", "89", "9", "0"];
    digits.len() == 9 && !service.iter().any(|start| digits.starts_with(start))
}

/// Numbers of nine digits that pass the test of eleven, and of eight or nine behind a word that says what they are.
pub(super) fn citizens(
    folded: &Folded,
    groups: &[Range<usize>],
    dates: &[Range<usize>],
) -> Vec<Range<usize>> {
    let text = folded.text.as_str();
    let mut found: Vec<Range<usize>> = Vec::new();
    for first in 0..groups.len() {
        let start = groups[first].start;
        if found.last().is_some_and(|before| start < before.end) || within(dates, &groups[first]) {
            continue;
        }
        // Digit by digit with dots is the number of an article.
        let single = groups[first].len() == 1;
        let joins = |gap: &str| gap == " " || !single && [".", "-", "  ", " - ", "/"].contains(&gap);
        let named = is_named(folded, start);
        let fits = |(digits, end): &(String, usize)| {
            let passes = digits.len() == 9 && passes_eleven(digits) && !is_part(text, start, *end);
            let said = named && (8..=9).contains(&digits.len());
            passes && !is_amount(text, start, *end) || said
        };
        if let Some((_, end)) = whole(text, groups, dates, first, 9, joins).into_iter().rev().find(fits) {
            found.push(start..end);
        }
    }
    found
}

/// Nine times the first digit, eight times the second … and the last one taken off: a multiple of eleven.
fn passes_eleven(digits: &str) -> bool {
    let values = digits.bytes().map(|digit| i64::from(digit - b'0'));
    let sum: i64 = values.zip([9, 8, 7, 6, 5, 4, 3, 2, -1]).map(|(value, weight)| value * weight).sum();
    sum != 0 && sum % 11 == 0
}

/// Whether one of the three words before says that a number of a citizen follows.
fn is_named(folded: &Folded, start: usize) -> bool {
    let before = folded.words.partition_point(|word| word.end <= start);
    let near = folded.words[before.saturating_sub(3)..before].iter();
    let glued = folded.words.get(before).filter(|word| word.start < start).map(|word| word.start..start);
    near.cloned().chain(glued).any(|word| {
        let close = start - word.end <= 24 && !folded.text[word.end..start].contains('\n');
        close
            && ["bsn", "burgerservice", "sofi"].iter().any(|name| folded.text[word.clone()].starts_with(name))
    })
}

/// Whether the number goes on with dots or dashes, as a longer one does.
fn is_part(text: &str, start: usize, end: usize) -> bool {
    let mut before = text[..start].bytes().rev();
    let mut behind = text[end..].bytes();
    let goes_on = |mark: Option<u8>, digit: Option<u8>| {
        mark.is_some_and(|mark| b".-,:/".contains(&mark)) && digit.is_some_and(|digit| digit.is_ascii_digit())
    };
    goes_on(before.next(), before.next()) || goes_on(behind.next(), behind.next())
}

fn is_amount(text: &str, start: usize, end: usize) -> bool {
    let before = text[..start].trim_end();
    let behind = text[end..].trim_start();
    ["€", "eur", "euro", "$"].iter().any(|coin| before.ends_with(coin))
        || ["€", "euro", ",-", "inwoners"].iter().any(|coin| behind.starts_with(coin))
}

/// Accounts of Dutch banks: two letters, two digits, four letters, ten digits, in groups or not.
pub(super) fn accounts(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for (start, _) in text.match_indices("nl") {
        let letters_before = text[..start].ends_with(|before: char| before.is_alphanumeric());
        let mut seen = String::new();
        let mut end = start;
        for (at, character) in text[start..].char_indices() {
            match character {
                ' ' | '.' | '-' if !seen.is_empty() => continue,
                _ if character.is_ascii_alphanumeric() && seen.len() < 18 => seen.push(character),
                _ => break,
            }
            end = start + at + 1;
        }
        let part = |range: Range<usize>, digits: bool| {
            let right = |byte: u8| if digits { byte.is_ascii_digit() } else { byte.is_ascii_lowercase() };
            seen.get(range).is_some_and(|part| part.bytes().all(right))
        };
        if !letters_before && seen.len() == 18 && part(2..4, true) && part(4..8, false) && part(8..18, true) {
            found.push(start..end);
        }
    }
    found
}
