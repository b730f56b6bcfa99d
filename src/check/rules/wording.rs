//! Whether people can read it. In: the text of a file. Out: complaints of `zin-lang` and `afkorting-onbekend`.

use std::collections::BTreeSet;
use std::ops::Range;

use super::desk::Desk;
use super::document::Document;
use super::prose::{INSERTED, Run};
use super::sentences::{sentences, word_count};
use super::site::Index;

/// Abbreviations that are words to everyone, and Roman numbers.
const COMMON: [&str; 37] = [
    "OK", "NL", "EU", "TV", "PC", "SMS", "PDF", "URL", "ZIP", "USB", "WC", "ID", "QR", "CD", "DVD", "HTML",
    "CSV", "DOCX", "ICS", "NB", "PS", "USA", "VS", "BV", "NV", "II", "III", "IV", "VI", "VII", "VIII", "IX",
    "XI", "XII", "DNA", "GPS", "JPG",
];

/// Checks the text of a page or section.
pub(super) fn check(document: &Document<'_>, index: &Index<'_>, desk: &mut Desk<'_>) {
    for block in document.prose.blocks.iter().filter(|block| block.is_prose()) {
        long(document, &block.run, desk);
    }
    abbreviations(document, index, desk);
}

fn long(document: &Document<'_>, run: &Run, desk: &mut Desk<'_>) {
    let most = desk.settings.sentence_words;
    for at in sentences(&run.text) {
        let count = word_count(&run.text[at.clone()]);
        if count <= most {
            continue;
        }
        let message = [
            format!("Deze zin heeft {count} woorden; {most} is het meeste."),
            format!("This sentence has {count} words; {most} is the most."),
        ];
        let hint = [
            "Knip de zin in tweeën, of maak van een opsomming een lijst.".to_owned(),
            "Cut it in two, or make a list of what it counts up.".to_owned(),
        ];
        desk.tell("regel/zin-lang", document.path(), run.place(at), message, hint);
    }
}

fn abbreviations(document: &Document<'_>, index: &Index<'_>, desk: &mut Desk<'_>) {
    let prose = &document.prose;
    let blocks = prose.blocks.iter().filter(|block| block.is_prose()).map(|block| &block.run);
    let mut runs: Vec<&Run> = blocks.chain(prose.headings.iter().map(|heading| &heading.run)).collect();
    runs.sort_by_key(|run| run.place(0..0).start);
    let mut seen = BTreeSet::new();
    for run in runs {
        for at in candidates(&run.text) {
            let word = &run.text[at.clone()];
            let place = run.place(at.clone());
            if !seen.insert(word.to_owned()) || is_known(document, word, index, desk) {
                continue;
            }
            let message = [
                format!("De afkorting ‘{word}’ wordt nergens uitgelegd."),
                format!("The abbreviation ‘{word}’ is explained nowhere."),
            ];
            let hint = [
                format!(
                    "Schrijf de eerste keer eerst de volle naam, met ‘({word})’ erachter, of zet het woord in de begrippenlijst."
                ),
                format!("Write its full name first, with ‘({word})’ behind it, or put it into the glossary."),
            ];
            desk.tell("regel/afkorting-onbekend", document.path(), place, message, hint);
        }
    }
}

fn is_known(document: &Document<'_>, word: &str, index: &Index<'_>, desk: &Desk<'_>) -> bool {
    let allowed = |word: &str| {
        COMMON.contains(&word)
            || super::drafts::GAPS.contains(&word)
            || desk.settings.abbreviations.iter().any(|known| known == word)
            || index.explains(word)
            || is_explained(&document.text, word)
    };
    let singular = word.trim_end_matches("en").trim_end_matches('s');
    allowed(word) || singular != word && allowed(singular)
}

/// Whether a text explains an abbreviation in brackets: "Veilig Thuis (VT)", "VT (Veilig Thuis)".
fn is_explained(text: &str, word: &str) -> bool {
    let letter = |c: char| c.is_alphanumeric();
    text.match_indices(word).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + word.len()..]);
        let inside = before.trim_end_matches(['*', '_']).ends_with('(')
            && after.trim_start_matches(['*', '_']).starts_with([')', ',', ';', ':'])
            && before.trim_end_matches(['(', '*', '_', ' ']).ends_with(letter);
        let behind = after.trim_start_matches(['*', '_']).strip_prefix(" (").is_some_and(|rest| {
            let inside = rest.split(')').next().unwrap_or_default();
            inside.chars().filter(|c| c.is_lowercase()).count() >= 4 && starts_alike(word, inside)
        }) && !before.chars().next_back().is_some_and(letter);
        let spelled = after.strip_prefix(" staat voor ").is_some() || after.starts_with(" betekent ");
        inside || behind || spelled
    })
}

/// Whether an explanation begins with the first letter of the abbreviation.
fn starts_alike(word: &str, explanation: &str) -> bool {
    let first = |text: &str| {
        text.trim_start_matches(['*', '_', ' ', '‘', '“'])
            .chars()
            .next()
            .map(|c| c.to_lowercase().to_string())
    };
    first(word).is_some()
        && explanation.split(|c: char| c.is_whitespace() || c == '-').any(|part| first(part) == first(word))
}

/// The words of a text that look like abbreviations, as stretches of it.
fn candidates(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                found.extend(Some(from..at).filter(|word| looks_like_one(text, word)));
                start = None;
            }
            _ => {}
        }
    }
    found
}

fn looks_like_one(text: &str, at: &Range<usize>) -> bool {
    let word = &text[at.clone()];
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let small = word.chars().filter(|c| c.is_lowercase()).count();
    // Names such as LinkedIn have capitals inside, but are words.
    if capitals < 2
        || capitals < small
        || word.chars().count() > 8
        || word.starts_with(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    // Part of an address or a file's name, or put in by a template.
    let (before, after) = (text[..at.start].chars().next_back(), text[at.end..].chars().next());
    let glued = |c: Option<char>| c.is_some_and(|c| "@/_\\".contains(c) || c == INSERTED);
    let dotted = after == Some('.') && text[at.end + 1..].starts_with(|c: char| c.is_alphanumeric())
        || before == Some('.');
    !(glued(before) || glued(after) || dotted || is_shouted(text, at))
}

/// Whether the words around are all capitals too: "LET OP" is no abbreviation.
fn is_shouted(text: &str, at: &Range<usize>) -> bool {
    let shouted = |word: Option<&str>| {
        word.is_some_and(|word| {
            let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
            letters.len() >= 2 && letters.iter().all(|c| c.is_uppercase())
        })
    };
    let close = |rest: &str| !rest.trim_start_matches(' ').starts_with([',', '.', ';', '(', ')', '/', '&']);
    let before = text[..at.start].strip_suffix(' ').and_then(|rest| rest.rsplit(' ').next());
    let after =
        text[at.end..].strip_prefix(' ').filter(|rest| close(rest)).and_then(|rest| rest.split(' ').next());
    shouted(before) || shouted(after)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_looks_like_an_abbreviation() {
        let found =
            |text: &str| candidates(text).into_iter().map(|at| text[at].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("De SWT's en het NJi, GGZ-team, VWS/VNG."), ["SWT", "NJi", "GGZ"]);
        assert_eq!(found("MDO's: AVG-proof en (JGT)."), ["MDO", "AVG", "JGT"]);
        for text in [
            "LinkedIn, WhatsApp en McDonald",
            "LET OP dit",
            "J.P. Jansen, A4 en 18+",
            "naam@GGZ.nl /PAD/",
            "3D-print",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_explains_one() {
        for text in [
            "Veilig Thuis (VT) komt",
            "VT (Veilig Thuis)",
            "**Veilig Thuis** (*VT*)",
            "teams (VT, lokaal)",
            "VT staat voor iets",
        ] {
            assert!(is_explained(text, "VT"), "{text}");
        }
        for text in ["VT komt", "(VT) komt", "VT (samen)", "SVT (Veilig)", "Ovt (VTX)"] {
            assert!(!is_explained(text, "VT"), "{text}");
        }
    }
}
