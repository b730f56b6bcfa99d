//! Where somebody can be found. In: a folded text. Out: where mail addresses and home addresses stand, and where the
//! links begin to be many.

use std::ops::Range;

use super::LINKS;
use super::folded::Folded;

/// Mail addresses, as they are and spelled out.
pub(super) fn mails(folded: &Folded) -> Vec<Range<usize>> {
    let mut found = written(&folded.text);
    let free =
        |range: &Range<usize>| found.iter().all(|other| range.end <= other.start || other.end <= range.start);
    let spelled: Vec<Range<usize>> = spelled(folded).into_iter().filter(free).collect();
    found.extend(spelled);
    found
}

/// `naam@domein.nl`, also with spaces around the `@`.
fn written(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, _) in text.match_indices('@') {
        let before = text[..at].trim_end_matches(' ');
        let local =
            before.bytes().rev().take_while(|byte| byte.is_ascii_alphanumeric() || b"._%+-'".contains(byte));
        let start = before.len() - local.count();
        let behind = text[at + 1..].trim_start_matches(' ');
        let from = text.len() - behind.len();
        let domain =
            behind.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || b".-".contains(byte)).count();
        let domain = behind[..domain].trim_end_matches(['.', '-']);
        let top = domain.rsplit_once('.').is_some_and(|(name, top)| {
            !name.is_empty() && top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_lowercase())
        });
        if start < before.len() && top && found.last().is_none_or(|last| last.end <= start) {
            found.push(start..from + domain.len());
        }
    }
    found
}

/// `naam [at] domein punt nl`. A bare `at` is an ordinary word, so then the rest must be spelled out too.
fn spelled(folded: &Folded) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for at in 1..folded.words.len() {
        if !["at", "apenstaart", "apenstaartje", "ad"].contains(&folded.word(at)) {
            continue;
        }
        let bracketed = folded.gap(at - 1).contains(['[', '(', '{', '<', '*'])
            && folded.gap(at).contains([']', ')', '}', '>', '*']);
        let tail = folded.word(at) == "apenstaart" || folded.word(at) == "apenstaartje";
        if (!bracketed && !tail && folded.gap(at) != " ") || folded.gap(at - 1).contains('\n') {
            continue;
        }
        if let Some(end) = domain(folded, at + 1, bracketed || tail) {
            found.push(folded.words[at - 1].start..end);
        }
    }
    found
}

/// Where a domain ends that begins with the word at a place: names with dots, or with the word for a dot, between them.
fn domain(folded: &Folded, first: usize, dots_do: bool) -> Option<usize> {
    const TOPS: [&str; 12] =
        ["nl", "com", "org", "net", "eu", "be", "de", "info", "nu", "uk", "frl", "amsterdam"];
    let mut at = first;
    let mut spelled = false;
    while at < folded.words.len() && at <= first + 8 {
        let dot = ["punt", "dot"].contains(&folded.word(at + 1));
        spelled |= dot;
        let bracketed_dot =
            folded.gap(at).trim() == "." || folded.gap(at).contains("[.]") || folded.gap(at).contains("(.)");
        let next = match () {
            () if dot => at + 2,
            () if bracketed_dot || folded.gap(at) == "-" => at + 1,
            () => return None,
        };
        if TOPS.contains(&folded.word(next))
            && (dot || bracketed_dot)
            && (spelled || dots_do || folded.gap(at) == ".")
        {
            let known = spelled || dots_do || MAILERS.contains(&folded.word(first));
            return known.then(|| folded.words[next].end);
        }
        at = next;
    }
    None
}

/// Who offers mail to everybody: behind a bare `at` they say enough.
const MAILERS: [&str; 14] = [
    "gmail",
    "hotmail",
    "outlook",
    "live",
    "icloud",
    "yahoo",
    "ziggo",
    "kpnmail",
    "protonmail",
    "proton",
    "xs4all",
    "planet",
    "hetnet",
    "upcmail",
];

/// Words of two letters that may follow the number of a year.
const SHORT: [&str; 46] = [
    "al", "am", "as", "cm", "de", "ed", "en", "er", "et", "fl", "fr", "ga", "ha", "he", "ie", "ik", "in",
    "is", "ja", "je", "kg", "km", "la", "le", "me", "mg", "ml", "mm", "mr", "na", "nr", "nu", "of", "om",
    "op", "pk", "pm", "st", "te", "tm", "tv", "uw", "we", "wo", "ze", "zo",
];

/// A postal code with the number of a house before or behind it.
pub(super) fn addresses(text: &str, original: &str, folded: &Folded) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let bytes = text.as_bytes();
    for (start, four) in bytes.windows(4).enumerate() {
        let alone = start == 0 || !bytes[start - 1].is_ascii_alphanumeric();
        if !alone || four[0] == b'0' || !four.iter().all(u8::is_ascii_digit) {
            continue;
        }
        let behind = &text[start + 4..];
        let spaces = behind.len() - behind.trim_start_matches(' ').len();
        let letters = start + 4 + spaces..start + 6 + spaces;
        let Some(two) =
            text.get(letters.clone()).filter(|two| two.bytes().all(|byte| byte.is_ascii_lowercase()))
        else {
            continue;
        };
        let goes_on = text[letters.end..].starts_with(|next: char| next.is_alphanumeric());
        let capitals =
            original[folded.in_text(letters.clone())].bytes().all(|byte| byte.is_ascii_uppercase());
        let word = spaces > 0 && !capitals && SHORT.contains(&two);
        if spaces > 2 || goes_on || word || ["sa", "sd", "ss"].contains(&two) {
            continue;
        }
        let (before, after) = (number_before(text, start), number_behind(text, letters.end));
        if before.is_some() || after.is_some() {
            found.push(before.unwrap_or(start)..after.unwrap_or(letters.end));
        }
    }
    found
}

/// Where the number of a house ends that follows at a place.
fn number_behind(text: &str, at: usize) -> Option<usize> {
    let behind = &text[at..];
    let lead = behind.len() - behind.trim_start_matches([' ', ',', ':', '-', '(']).len();
    let rest = &behind[lead..];
    let word = ["huisnummer", "huisnr", "nummer", "nr", "no"].iter().find(|word| rest.starts_with(**word));
    let number = &rest[word.map_or(0, |word| word.len())..];
    let number = number.trim_start_matches(['.', ':', ' ']);
    let digits = number.bytes().take_while(u8::is_ascii_digit).count();
    let end = text.len() - number.len() + digits;
    (lead > 0 && lead <= 3 && (1..=5).contains(&digits)).then_some(end)
}

/// Where the number of a house begins that stands before a place, as in `Dorpsstraat 12, 1234 AB`.
fn number_before(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].trim_end_matches([' ', ',', '\n', '(']);
    let gap = at - before.len();
    let addition = before.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let number = if before.len() - addition.len() <= 1 { addition } else { before };
    let digits = number.bytes().rev().take_while(u8::is_ascii_digit).count();
    let street = number[..number.len() - digits].ends_with(' ');
    ((1..=4).contains(&gap) && (1..=5).contains(&digits) && street).then_some(number.len() - digits)
}

/// The link that is one too many, and all behind it.
pub(super) fn links(text: &str) -> Option<Range<usize>> {
    let mut starts: Vec<usize> = ["http://", "https://"]
        .iter()
        .flat_map(|start| text.match_indices(start))
        .map(|(at, _)| at)
        .collect();
    starts.extend(text.match_indices("www.").map(|(at, _)| at).filter(|at| !text[..*at].ends_with('/')));
    starts.sort_unstable();
    let (first, last) = (*starts.get(LINKS)?, *starts.last()?);
    let link = text[last..].find(|c: char| c.is_whitespace() || "<>\"".contains(c));
    Some(first..link.map_or(text.len(), |length| last + length))
}
