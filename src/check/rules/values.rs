//! Whether what stands in a field fits. In: a field and its value. Out: complaints of `veld-waarde` and
//! `relatie-onbekend`.

use super::desk::{Both, Desk, listed};
use super::document::Document;
use super::site::Index;
use crate::model::kind::{Field, Holds};
use crate::parse::closest;
use crate::parse::placed::{self, Is, Value};

/// Checks a value, or each in a list.
pub(super) fn check(
    document: &Document<'_>,
    field: &Field,
    value: &Value,
    index: &Index<'_>,
    desk: &mut Desk<'_>,
) {
    let name = &field.name;
    let is_list = matches!(value.is, Is::List(_));
    if is_list && !field.list {
        let message = [
            format!("In ‘{name}’ past één waarde, geen lijst."),
            format!("‘{name}’ holds one value and no list."),
        ];
        let hint = ["Haal de vierkante haken weg.".to_owned(), "Take the square brackets away.".to_owned()];
        return tell(document, value, desk, message, hint);
    }
    if !is_list && field.list {
        let message = [format!("‘{name}’ moet een lijst zijn."), format!("‘{name}’ must be a list.")];
        let hint = if field.holds == Holds::Table {
            [
                format!("Schrijf de kop met dubbele haken: [[extra.{name}]]."),
                format!("Write its head with double brackets: [[extra.{name}]]."),
            ]
        } else {
            [
                format!("Zet er vierkante haken omheen, ook als er één ding in staat: {name} = [\"…\"]."),
                format!("Put square brackets around, also for one thing: {name} = [\"…\"]."),
            ]
        };
        return tell(document, value, desk, message, hint);
    }
    for item in value.items().iter().filter(|item| !item.is_empty()) {
        one(document, field, item, index, desk);
    }
}

fn tell(document: &Document<'_>, value: &Value, desk: &mut Desk<'_>, message: Both, hint: Both) {
    desk.tell("regel/veld-waarde", document.path(), value.at.clone(), message, hint);
}

fn one(document: &Document<'_>, field: &Field, value: &Value, index: &Index<'_>, desk: &mut Desk<'_>) {
    match field.holds {
        Holds::Choice => choice(document, field, value, desk),
        Holds::Relation => relation(document, field, value, index, desk),
        Holds::File => file(document, field, value, index, desk),
        _ if fits(document, field, value) => {}
        holds => {
            let (message, hint) = misfit(field, holds);
            tell(document, value, desk, message, hint);
        }
    }
}

fn fits(document: &Document<'_>, field: &Field, value: &Value) -> bool {
    // YAML has no quotes to tell a text from a number or a date.
    let yaml = document.front.yaml;
    match (field.holds, &value.is) {
        (Holds::Text, Is::Text(_)) => true,
        (Holds::Text, Is::Integer(_) | Is::Number(_) | Is::Date(_) | Is::Bool(_)) => yaml,
        (Holds::Integer, Is::Integer(_)) => true,
        (Holds::Number, Is::Integer(_) | Is::Number(_)) => true,
        (Holds::Bool, Is::Bool(_)) => true,
        (Holds::Date, Is::Date(text) | Is::Text(text)) => placed::day(text).is_some(),
        (Holds::PartialDate, Is::Date(_)) => true,
        (Holds::PartialDate, Is::Integer(year)) => (1000..3000).contains(year),
        (Holds::PartialDate, Is::Text(text)) => is_partial(text),
        (Holds::Moment, Is::Date(text) | Is::Text(text)) => is_moment(text),
        (Holds::Url, Is::Text(text)) => is_url(text),
        (Holds::Mail, Is::Text(text)) => is_mail(text),
        (Holds::Table, Is::Table(_)) => true,
        _ => false,
    }
}

/// A day, a month, a year, or words that end in a year.
fn is_partial(text: &str) -> bool {
    let text = text.trim();
    if placed::day(text).is_some() {
        return true;
    }
    if let Some((year, month)) = text.split_once('-')
        && year.len() == 4
        && month.len() <= 2
        && year.bytes().chain(month.bytes()).all(|byte| byte.is_ascii_digit())
    {
        return month.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    }
    let last = text.rsplit([' ', '-', '–']).next().unwrap_or_default();
    last.len() == 4 && last.bytes().all(|byte| byte.is_ascii_digit())
}

/// A day with a time and its distance to UTC.
fn is_moment(text: &str) -> bool {
    let time = text.get(11..).unwrap_or_default();
    placed::day(text).is_some()
        && time.contains(':')
        && (time.contains(['+', '-']) || time.ends_with(['Z', 'z']))
}

fn is_url(text: &str) -> bool {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/')) && !text.contains(char::is_whitespace)
}

/// Whether a text is a mail address.
pub(super) fn is_mail(text: &str) -> bool {
    let Some((name, host)) = text.trim().split_once('@') else { return false };
    let plain =
        |part: &str| !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "@<>()".contains(c));
    plain(name) && plain(host) && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
}

fn misfit(field: &Field, holds: Holds) -> (Both, Both) {
    let name = &field.name;
    let (nl, en, example) = match holds {
        Holds::Integer => ("een heel getal", "a whole number", "3"),
        Holds::Number => ("een getal", "a number", "7.5"),
        Holds::Bool => ("true (ja) of false (nee)", "true or false", "true"),
        Holds::Date => (
            "een dag die op de kalender staat: jaar-maand-dag",
            "a day of the calendar: year-month-day",
            "2026-11-19",
        ),
        Holds::PartialDate => (
            "een dag, een maand, een jaar, of woorden die op een jaar eindigen",
            "a day, a month, a year, or words that end in a year",
            "\"najaar 2022\"",
        ),
        Holds::Moment => (
            "een dag met een tijd en het verschil met Greenwich (winter +01:00, zomer +02:00)",
            "a day with a time and its distance to UTC",
            "2027-01-14T13:30:00+01:00",
        ),
        Holds::Url => (
            "een webadres dat met https:// begint",
            "an address that begins with https://",
            "\"https://voorbeeld.example\"",
        ),
        Holds::Mail => ("een mailadres", "a mail address", "\"team@voorbeeld.example\""),
        Holds::Table => ("een tabel met eigen velden", "a table with fields of its own", "{ … }"),
        Holds::Text | Holds::Choice | Holds::Relation | Holds::File => {
            ("tekst tussen aanhalingstekens", "text in quotes", "\"…\"")
        }
    };
    let hint = if matches!(holds, Holds::Integer | Holds::Number | Holds::Bool | Holds::Date | Holds::Moment)
    {
        [
            format!("Schrijf bijvoorbeeld: {name} = {example}, zonder aanhalingstekens."),
            format!("Write for instance {name} = {example}, without quotes."),
        ]
    } else {
        [
            format!("Schrijf bijvoorbeeld: {name} = {example}."),
            format!("Write for instance {name} = {example}."),
        ]
    };
    ([format!("In ‘{name}’ hoort {nl}."), format!("‘{name}’ must be {en}.")], hint)
}

fn choice(document: &Document<'_>, field: &Field, value: &Value, desk: &mut Desk<'_>) {
    let written = match &value.is {
        Is::Text(text) => text.clone(),
        Is::Integer(number) => number.to_string(),
        _ => String::new(),
    };
    if field.choices.contains(&written) {
        return;
    }
    let name = &field.name;
    let message = [
        format!("‘{written}’ is geen keuze voor ‘{name}’."),
        format!("‘{written}’ is no choice for ‘{name}’."),
    ];
    let all = listed(field.choices.iter().map(String::as_str));
    let hint = match closest(&written, field.choices.iter().map(String::as_str)) {
        Some(near) => [
            format!("Bedoelt u ‘{near}’? U kunt kiezen uit: {all}."),
            format!("Did you mean ‘{near}’? There are: {all}."),
        ],
        None => [format!("Kies uit: {all}."), format!("Choose one of {all}.")],
    };
    tell(document, value, desk, message, hint);
}

fn relation(document: &Document<'_>, field: &Field, value: &Value, index: &Index<'_>, desk: &mut Desk<'_>) {
    let Some(written) = value.as_text() else {
        let (message, hint) = misfit(field, Holds::Relation);
        return tell(document, value, desk, message, hint);
    };
    let (name, lang) = (&field.name, &document.file.lang);
    if index.find(lang, &field.to, written).is_some() {
        return;
    }
    let labels: Vec<&str> = index.labels(&field.to);
    let message = [
        format!(
            "Er is geen pagina ‘{written}’ van de soort {} (veld ‘{name}’).",
            listed(labels.iter().copied())
        ),
        format!(
            "There is no page ‘{written}’ of the kind {} (field ‘{name}’).",
            listed(labels.iter().copied())
        ),
    ];
    let titles = index.titles(lang, &field.to);
    let slugs = index.slugs(lang, &field.to);
    let near = closest(written, titles.iter().copied()).or_else(|| closest(written, slugs.iter().copied()));
    let hint = match near {
        Some(near) => [format!("Bedoelt u ‘{near}’?"), format!("Did you mean ‘{near}’?")],
        None if titles.is_empty() => {
            ["Maak die pagina eerst.".to_owned(), "Make that page first.".to_owned()]
        }
        None => {
            let titles = listed(titles.iter().copied());
            [
                format!("Schrijf de titel precies over, of maak de pagina eerst. Er zijn: {titles}."),
                format!("Write its title word for word, or make the page first. There are: {titles}."),
            ]
        }
    };
    desk.tell("regel/relatie-onbekend", document.path(), value.at.clone(), message, hint);
}

fn file(document: &Document<'_>, field: &Field, value: &Value, index: &Index<'_>, desk: &mut Desk<'_>) {
    let Some(written) = value.as_text() else {
        let (message, hint) = misfit(field, Holds::File);
        return tell(document, value, desk, message, hint);
    };
    if index.has_file(document, written) {
        return;
    }
    let message = [
        format!("Het bestand ‘{written}’ (veld ‘{}’) is er niet.", field.name),
        format!("There is no file ‘{written}’ (field ‘{}’).", field.name),
    ];
    let files = index.files_near(document);
    let near = closest(written, files.iter().map(String::as_str));
    let hint = match near {
        Some(near) => [format!("Bedoelt u ‘{near}’?"), format!("Did you mean ‘{near}’?")],
        None => [
            "Zet het bestand in de map van de pagina, in content/ of in static/, en schrijf de naam precies over.".to_owned(),
            "Put the file into the page's folder, content/ or static/, and write its name word for word.".to_owned(),
        ],
    };
    tell(document, value, desk, message, hint);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_date_in_part() {
        for (text, expected) in [
            ("2020-11", true),
            ("2019", true),
            ("najaar 2022", true),
            ("2019-2022", true),
            ("2026-11-19", true),
            ("2020-13", false),
            ("najaar", false),
            ("", false),
            ("2022 najaar", false),
        ] {
            assert_eq!(is_partial(text), expected, "{text}");
        }
    }

    #[test]
    fn what_is_a_moment_a_url_a_mail_address() {
        assert!(is_moment("2027-01-14T13:30:00+01:00") && is_moment("2027-01-14T13:30:00Z"));
        assert!(!is_moment("2027-01-14T13:30:00") && !is_moment("2027-01-14") && !is_moment("morgen"));
        assert!(is_url("https://a.nl/b") && !is_url("a.nl") && !is_url("https://") && !is_url("https://a b"));
        assert!(is_mail("a.b@c.nl") && !is_mail("a@b") && !is_mail("a b@c.nl") && !is_mail("@c.nl"));
    }
}
