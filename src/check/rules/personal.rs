//! Whether anything of a person stands where it should not. In: a file of the content. Out: complaints of `mail-in-tekst`,
//! `telefoon-in-tekst`, `bsn` and `geboortedatum`.
//!
//! Looked at is everything that people read: the text, what templates are given in quotes, and the front matter, but for
//! fields that are there for it. Code is an example and is left alone.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::desk::Desk;
use super::document::Document;
use super::prose::within;
use super::{masks, ways};
use crate::model::kind::Holds;

static MAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[a-z0-9][a-z0-9._%+-]*@[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9-]+)*\.[a-z]{2,}").ok()
});
static PHONE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:\+\d{1,3}|\b00\d{2}|\(0\d{1,3}\)|\b0\d)(?:[ \u{a0}./\-–]{0,3}\(?\d\)?){6,12}\b").ok()
});
static BSN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b\d{9}\b|\b\d{3}[. \u{a0}]\d{3}[. \u{a0}]\d{3}\b|\b\d{4}[. \u{a0}]\d{2}[. \u{a0}]\d{3}\b")
        .ok()
});
static BORN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)\b(?:geboren|geboortedatum|geb\.|geboortedag|born|date of birth)[^.!?\n]{0,40}?",
        r"(\b\d{1,2}[-/. ]\d{1,2}[-/. ]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b",
        r"|\b\d{1,2}(?:e|th|st|nd|rd)?\s+(?:januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december",
        r"|jan|feb|mrt|apr|jun|jul|aug|sep|sept|okt|nov|dec|january|february|march|may|june|july|august|october)\.?\s+\d{4}\b)",
    ))
    .ok()
});

/// Numbers for everyone.
const FOR_ALL: [&str; 4] = ["112", "113", "08002000", "08000113"];

/// A stretch of the file and what stands there to read.
struct Read<'t> {
    text: &'t str,
    place: Box<dyn Fn(Range<usize>) -> Range<usize> + 't>,
    /// Whether it is in a field that may hold mail addresses.
    for_mail: bool,
}

/// Checks a file.
pub(super) fn check(document: &Document<'_>, desk: &mut Desk<'_>) {
    let found = readable(document);
    let mut told: Vec<(&'static str, Range<usize>)> = Vec::new();
    for read in &found {
        for (code, at) in in_text(read, desk) {
            told.push((code, (read.place)(at)));
        }
    }
    hidden(document, desk, &mut told);
    told.sort_by_key(|(code, at)| (at.start, at.end, *code));
    told.dedup();
    for (code, at) in told {
        let (message, hint) = words(code, &document.text[at.clone()]);
        desk.tell(code, document.path(), at, message, hint);
    }
}

fn readable<'t>(document: &'t Document<'_>) -> Vec<Read<'t>> {
    let prose = &document.prose;
    let runs =
        prose.blocks.iter().map(|block| &block.run).chain(prose.headings.iter().map(|heading| &heading.run));
    let mut found: Vec<Read<'t>> = runs
        .map(|run| Read { text: &run.text, place: Box::new(|of| run.place(of)), for_mail: false })
        .collect();
    let body = document.front.body;
    for at in masks::arguments(document.body(), document.old) {
        let start = body + at.start;
        found.push(Read {
            text: &document.body()[at],
            place: Box::new(move |of| start + of.start..start + of.end),
            for_mail: false,
        });
    }
    for (key, value, _) in ways::strings(&document.front.matter) {
        let Some(raw) = document.text.get(value.at.clone()) else { continue };
        let start = value.at.start;
        let place = Box::new(move |of: Range<usize>| start + of.start..start + of.end);
        found.push(Read { text: raw, place, for_mail: is_for_mail(document, key) });
    }
    found
}

/// Whether a field of this name, at any depth, is there for mail addresses or other things of persons.
fn is_for_mail(document: &Document<'_>, key: &str) -> bool {
    fn any(fields: &[crate::model::kind::Field], key: &str) -> bool {
        fields.iter().any(|field| {
            field.name == key && (field.personal || matches!(field.holds, Holds::Mail | Holds::Url))
                || any(&field.fields, key)
        })
    }
    document.kind.is_some_and(|kind| any(&kind.fields, key))
}

fn in_text(read: &Read<'_>, desk: &Desk<'_>) -> Vec<(&'static str, Range<usize>)> {
    let text = read.text;
    let mut found = Vec::new();
    let all = |pattern: &'static LazyLock<Option<Regex>>| {
        pattern
            .as_ref()
            .into_iter()
            .flat_map(move |pattern| pattern.find_iter(text))
            .map(|found| found.range())
    };
    if !read.for_mail {
        found.extend(
            all(&MAIL)
                .filter(|at| !desk.settings.mails.contains(&text[at.clone()].to_lowercase()))
                .map(|at| ("regel/mail-in-tekst", at)),
        );
        let phones: Vec<Range<usize>> = all(&PHONE).filter(|at| is_phone(text, at, desk)).collect();
        found.extend(phones.into_iter().map(|at| ("regel/telefoon-in-tekst", at)));
    }
    found.extend(all(&BSN).filter(|at| is_bsn(text, at)).map(|at| ("regel/bsn", at)));
    let births = BORN.as_ref().into_iter().flat_map(|pattern| pattern.captures_iter(text));
    found.extend(births.filter_map(|found| found.get(1)).map(|date| ("regel/geboortedatum", date.range())));
    found
}

fn is_phone(text: &str, at: &Range<usize>, desk: &Desk<'_>) -> bool {
    let before = text[..at.start].chars().next_back();
    let after = text[at.end..].chars().next();
    if before.is_some_and(|c| c.is_alphanumeric() || "/.-_=,€".contains(c))
        || after.is_some_and(|c| c == '-' || c == '/' || c == '_')
    {
        return false;
    }
    if text[..at.start].to_lowercase().trim_end_matches([' ', ':']).ends_with("isbn") {
        return false;
    }
    let written = &text[at.clone()];
    let digits: String = written.chars().filter(char::is_ascii_digit).collect();
    let national = match digits
        .strip_prefix("0031")
        .or_else(|| digits.strip_prefix("31").filter(|_| written.starts_with('+')))
    {
        Some(rest) => format!("0{}", rest.trim_start_matches('0')),
        None => digits.clone(),
    };
    let allowed = desk.settings.phones.iter().any(|phone| *phone == national || *phone == digits);
    if allowed || FOR_ALL.contains(&national.as_str()) {
        return false;
    }
    if national == digits && (written.starts_with('+') || written.starts_with("00")) {
        return (9..=15).contains(&digits.len());
    }
    // Dates begin with a nought too: 01-02-2026.
    let parts: Vec<&str> =
        written.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let is_date = parts.len() >= 3 && parts[0].len() <= 2 && parts[1].len() <= 2 && parts[2].len() == 4;
    let service = ["0800", "0900", "0906", "0909"].iter().any(|service| national.starts_with(service));
    !is_date && (national.len() == 10 || service && (national.len() == 8 || national.len() == 11))
}

/// The eleven test: nine digits weighed 9, 8, … 2 and -1 add up to a multiple of eleven.
fn is_bsn(text: &str, at: &Range<usize>) -> bool {
    let beside = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || "-_/€@+".contains(c));
    let (before, after) = (&text[..at.start], &text[at.end..]);
    // Part of a longer number, of an address, or an amount.
    let number =
        |rest: &str, c: &[char]| rest.starts_with(c) && rest[1..].starts_with(|c: char| c.is_ascii_digit());
    if beside(before.chars().next_back())
        || before.trim_end().ends_with('€')
        || beside(after.chars().next())
        || number(after, &['.', ','])
        || before.ends_with(['.', ',']) && before[..before.len() - 1].ends_with(|c: char| c.is_ascii_digit())
        || before.ends_with(' ') && before.trim_end().ends_with(|c: char| c.is_ascii_digit())
        || after.starts_with(' ') && after.trim_start().starts_with(|c: char| c.is_ascii_digit())
    {
        return false;
    }
    let digits: Vec<i32> =
        text[at.clone()].chars().filter_map(|c| c.to_digit(10)).map(|digit| digit as i32).collect();
    let weights = [9, 8, 7, 6, 5, 4, 3, 2, -1];
    let sum: i32 = digits.iter().zip(weights).map(|(digit, weight)| digit * weight).sum();
    digits.len() == 9 && sum % 11 == 0 && digits.iter().any(|digit| *digit != 0)
}

/// Addresses and numbers that links and HTML hold without showing them.
fn hidden(document: &Document<'_>, desk: &Desk<'_>, told: &mut Vec<(&'static str, Range<usize>)>) {
    for link in &document.prose.links {
        let (code, value) = match link.to.split_once(':') {
            Some(("mailto", mail)) => ("regel/mail-in-tekst", mail.split('?').next().unwrap_or_default()),
            Some(("tel", phone)) => ("regel/telefoon-in-tekst", phone),
            _ => continue,
        };
        let shown = told.iter().any(|(other, at)| *other == code && within(at, &link.at));
        let digits: String = value.chars().filter(char::is_ascii_digit).collect();
        let allowed = desk.settings.mails.contains(&value.to_lowercase())
            || code.ends_with("telefoon-in-tekst")
                && (FOR_ALL.contains(&digits.as_str()) || desk.settings.phones.contains(&digits));
        if !shown && !allowed {
            told.push((code, link.at.clone()));
        }
    }
    for html in &document.prose.html {
        let text = &document.text[html.clone()];
        let comment = text.trim_start().starts_with("<!--");
        let found =
            MAIL.as_ref().into_iter().filter(|_| !comment).flat_map(|pattern| pattern.find_iter(text));
        let strange = found.filter(|found| !desk.settings.mails.contains(&found.as_str().to_lowercase()));
        told.extend(
            strange
                .map(|found| ("regel/mail-in-tekst", html.start + found.start()..html.start + found.end())),
        );
    }
}

fn words(code: &str, written: &str) -> ([String; 2], [String; 2]) {
    let both = |nl: &str, en: &str| [nl.to_owned(), en.to_owned()];
    match code {
        "regel/mail-in-tekst" => (
            both("Hier staat een mailadres.", "Here stands a mail address."),
            both(
                "Haal het weg en verwijs naar de contactpersoon van de pagina. Een algemeen adres dat mag blijven, komt in zola.toml bij mailadressen.",
                "Take it away and refer to the contact of the page. One that may stay goes into zola.toml, under mailadressen.",
            ),
        ),
        "regel/telefoon-in-tekst" => (
            [
                format!("Hier staat een telefoonnummer: {written}."),
                format!("Here stands a telephone number: {written}."),
            ],
            both(
                "Haal het weg en verwijs naar de contactpersoon van de pagina. Een algemeen nummer dat mag blijven, komt in zola.toml bij telefoonnummers.",
                "Take it away and refer to the contact of the page. One that may stay goes into zola.toml, under telefoonnummers.",
            ),
        ),
        "regel/bsn" => (
            both(
                "Dit getal kan een burgerservicenummer zijn.",
                "This number can be a citizen service number.",
            ),
            both(
                "Haal het weg. Staat het al ergens op de site of in oude versies, meld het dan bij de functionaris gegevensbescherming.",
                "Take it away. If it is on the site or in old versions already, tell the data protection officer.",
            ),
        ),
        _ => (
            both("Hier staat een geboortedatum.", "Here stands a date of birth."),
            both(
                "Haal de datum weg. Een leeftijd is genoeg, en liever nog een levensfase: ‘een jong kind’.",
                "Take it away. An age is enough.",
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::super::settings::Settings;
    use super::*;
    use crate::model::Config;

    fn found(text: &str) -> Vec<String> {
        let settings = Settings::new(&Config::default());
        let desk = Desk::new(&settings, true);
        let read = Read { text, place: Box::new(|at| at), for_mail: false };
        let name =
            |(code, at): (&str, Range<usize>)| format!("{} {}", code.trim_start_matches("regel/"), &text[at]);
        in_text(&read, &desk).into_iter().map(name).collect()
    }

    #[test]
    fn what_belongs_to_a_person() {
        for (text, expected) in [
            ("Mail naar jan.de-vries@wijk.voorbeeld.nl.", "mail-in-tekst jan.de-vries@wijk.voorbeeld.nl"),
            ("Bel 06-12345678.", "telefoon-in-tekst 06-12345678"),
            ("Bel 06 12 34 56 78", "telefoon-in-tekst 06 12 34 56 78"),
            ("Bel (071) 123 45 67.", "telefoon-in-tekst (071) 123 45 67"),
            ("Bel +31 6 12345678", "telefoon-in-tekst +31 6 12345678"),
            ("Bel +31 (0)71 123 4567", "telefoon-in-tekst +31 (0)71 123 4567"),
            ("Bel 0900-1234", "telefoon-in-tekst 0900-1234"),
            ("Nummer 111222333.", "bsn 111222333"),
            ("Nummer 111.222.333 dus", "bsn 111.222.333"),
            ("Sam, geboren op 3 maart 2015, kwam.", "geboortedatum 3 maart 2015"),
            ("geb. 03-03-2015", "geboortedatum 03-03-2015"),
        ] {
            assert_eq!(found(text), [expected], "{text}");
        }
    }

    #[test]
    fn what_does_not() {
        for text in [
            "Bel 112 of 0800-2000.",
            "Bel 0800 2000 of +31 800 2000.",
            "Op 01-02-2026 om 10.00 uur, of 01-02-2026 10:00.",
            "Van 2019-2022, 24 van de 24, 0-10.",
            "Dossier 123456789 en 123.456.789 euro, € 111.222.333",
            "Artikel 111222333-4 en 1111222333",
            "IBAN NL12ABCD0111222333",
            "Geboren in 2015. Op 3 maart 2020 was er een bijeenkomst.",
            "ISBN 0306406152",
            "iemand @ ergens",
            "0,123456789 en 012345",
        ] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }
}
