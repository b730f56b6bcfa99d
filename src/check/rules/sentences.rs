//! Where sentences end, in Dutch and English. In: running text. Out: its sentences. The full stop of an abbreviation ends
//! none, unless a new sentence visibly begins behind one that may stand at an end.

use std::ops::Range;

use super::prose::INSERTED;

/// Abbreviations that something always follows.
const NEVER: [&str; 39] = [
    "bijv", "vb", "dhr", "mevr", "mw", "dr", "drs", "ir", "ing", "mr", "prof", "nr", "nrs", "blz", "pag",
    "art", "ca", "incl", "excl", "evt", "resp", "vgl", "cf", "zgn", "zogen", "st", "afd", "fig", "hfst",
    "vs", "jr", "sr", "inz", "mbt", "ivm", "oa", "dwz", "mrs", "ms",
];

/// Abbreviations, and words as short, that may stand at the end of a sentence.
const PERHAPS: [&str; 15] = [
    "enz", "etc", "e.d", "e.a", "jl", "a.s", "o.i.d", "n.v.t", "c.s", "bv", "max", "min", "gem", "tel", "lid",
];

/// The sentences of a text, as stretches of it.
pub(super) fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if c == '\n' || matches!(c, '.' | '!' | '?' | '…') && ends_here(text, start, at, end) {
            let end = if c == '\n' { end } else { behind_closing(text, end) };
            if end > start {
                push(text, start..end, &mut found);
                start = end;
            }
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

/// How many words a text has: runs between blanks that hold a letter, a digit or something that was put in.
pub(super) fn word_count(text: &str) -> usize {
    text.split_whitespace()
        .filter(|word| word.contains(|c: char| c.is_alphanumeric() || c == INSERTED))
        .count()
}

fn push(text: &str, of: Range<usize>, found: &mut Vec<Range<usize>>) {
    let inside = &text[of.clone()];
    let trimmed = inside.trim_start();
    let start = of.start + inside.len() - trimmed.len();
    let end = start + trimmed.trim_end().len();
    if end > start {
        found.push(start..end);
    }
}

/// Quotes and brackets that close behind the end of a sentence belong to it.
fn behind_closing(text: &str, from: usize) -> usize {
    let closing = |c: &char| "\"'”’»)].!?…".contains(*c);
    from + text[from..].chars().take_while(closing).map(char::len_utf8).sum::<usize>()
}

fn ends_here(text: &str, start: usize, at: usize, end: usize) -> bool {
    let after = behind_closing(text, end);
    let rest = &text[after..];
    if rest.is_empty() {
        return true;
    }
    if !rest.starts_with(char::is_whitespace) {
        return false;
    }
    let next = rest.trim_start().trim_start_matches(['"', '\'', '“', '‘', '„', '«', '(', '[', '*', '’', '”']);
    let begins = next.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == INSERTED);
    if !begins {
        return false;
    }
    if &text[at..end] != "." || after > end {
        return true;
    }
    let word = text[start..at]
        .rsplit(|c: char| c.is_whitespace() || "(“‘\"'[".contains(c))
        .next()
        .unwrap_or_default();
    let plain = word.to_lowercase();
    if PERHAPS.contains(&plain.as_str()) {
        return next.starts_with(char::is_uppercase);
    }
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase);
    // Letters with full stops between them: "d.w.z", "m.b.t", "J.P".
    let dotted = plain.contains('.')
        && plain.split('.').all(|part| part.chars().count() <= 2 && part.chars().all(char::is_alphabetic));
    !(NEVER.contains(&plain.as_str()) || initial || dotted)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|at| &text[at]).collect()
    }

    #[test]
    fn sentences_end_where_people_hear_them_end() {
        for (text, expected) in [
            ("Een. Twee! Drie? Vier", vec!["Een.", "Twee!", "Drie?", "Vier"]),
            (
                "Neem pen, papier e.d. mee naar dr. Jansen.",
                vec!["Neem pen, papier e.d. mee naar dr. Jansen."],
            ),
            ("Bijv. Leiden, o.a. Den Haag.", vec!["Bijv. Leiden, o.a. Den Haag."]),
            ("Pen, papier enz. Daarna koffie.", vec!["Pen, papier enz.", "Daarna koffie."]),
            ("Zie art. 5 en nr. 3 van 2.500 stuks.", vec!["Zie art. 5 en nr. 3 van 2.500 stuks."]),
            ("Het begon in 2019. 24 regio's deden mee.", vec!["Het begon in 2019.", "24 regio's deden mee."]),
            (
                "Zij zei: ‘Kom binnen.’ Daarna ging het goed.",
                vec!["Zij zei: ‘Kom binnen.’", "Daarna ging het goed."],
            ),
            ("‘Gaat het?’ vroeg hij.", vec!["‘Gaat het?’ vroeg hij."]),
            ("J. P. Jansen kwam. Met M.P. de Wit.", vec!["J. P. Jansen kwam.", "Met M.P. de Wit."]),
            ("Kijk op voorbeeld.nl voor meer.", vec!["Kijk op voorbeeld.nl voor meer."]),
            ("Regel een\nRegel twee", vec!["Regel een", "Regel twee"]),
            ("", vec![]),
            ("d.w.z. Alles", vec!["d.w.z. Alles"]),
        ] {
            assert_eq!(split(text), expected, "{text}");
        }
    }

    #[test]
    fn words_are_counted_as_people_count_them() {
        assert_eq!(word_count("Een – twee, drie! \u{2} 4"), 5);
    }
}
