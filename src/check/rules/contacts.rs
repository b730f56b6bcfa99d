//! Whether what a page says of people and days still holds. In: a page with its kind, and today. Out: complaints of
//! `contact-toestemming`, `contact-verouderd`, `controle-verouderd` and `verlopen`.

use super::Today;
use super::desk::Desk;
use super::document::Document;
use crate::model::kind::{Field, Holds};
use crate::parse::placed::{self, Entry, Is, Table, Value};

/// After how many months something should be checked again when neither settings nor kind say so.
const MONTHS: u32 = 12;

/// Checks a page.
pub(super) fn check(document: &Document<'_>, today: Today, desk: &mut Desk<'_>) {
    let Some(kind) = document.kind else { return };
    let by_kind = kind.review.as_ref().map(|review| review.months).filter(|months| *months > 0);
    let months = desk.settings.review_months.or(by_kind).unwrap_or(MONTHS);
    for field in kind.fields.iter().filter(|field| field.holds == Holds::Table) {
        let Some(entry) = document.entry(&field.name) else { continue };
        for item in entry.value.items() {
            if let Is::Table(table) = &item.is {
                person(document, field, table, today, months, desk);
            }
        }
    }
    if let Some(entry) = kind.review.as_ref().and_then(|review| document.entry(&review.field)) {
        review(document, entry, today, months, desk);
    }
    if let Some(entry) = kind.expires.as_deref().and_then(|name| document.entry(name)) {
        expiry(document, entry, today, desk);
    }
}

/// The key of a table that is meant by a name, or the only one of a type when there is no name.
fn meant<'f>(field: &'f Field, named: &'f str, holds: Holds) -> Option<&'f str> {
    if !named.is_empty() {
        return Some(named);
    }
    let mut fitting = field.fields.iter().filter(|below| below.holds == holds);
    let only = fitting.next()?;
    fitting.next().is_none().then_some(only.name.as_str())
}

fn person(
    document: &Document<'_>,
    field: &Field,
    table: &Table,
    today: Today,
    months: u32,
    desk: &mut Desk<'_>,
) {
    let of_person = |below: &&Field| below.personal || below.holds == Holds::Mail;
    let given = field.fields.iter().filter(of_person).filter_map(|below| table.get(&below.name));
    let Some(personal) = given.into_iter().find(|entry| !entry.value.is_empty()) else { return };
    if let Some(consent) = meant(field, &field.consent, Holds::Bool) {
        let entry = table.get(consent);
        if entry.is_none_or(|entry| entry.value.is != Is::Bool(true)) {
            let at = entry.map_or(personal.at.clone(), |entry| entry.at.clone());
            let name = &personal.key;
            let message = [
                format!("Hier staat ‘{name}’ van een persoon, zonder dat die toestemming gaf."),
                format!("Here stands the ‘{name}’ of a person who did not agree to it."),
            ];
            let hint = [
                format!(
                    "Vraag toestemming en zet er dan bij: {consent} = true. Of haal ‘{name}’ weg en noem alleen de functie."
                ),
                format!(
                    "Ask, and then write {consent} = true. Or take ‘{name}’ away and name the role only."
                ),
            ];
            desk.tell("regel/contact-toestemming", document.path(), at, message, hint);
        }
    }
    let Some(checked) = meant(field, &field.checked, Holds::Date) else { return };
    let entry = table.get(checked).filter(|entry| !entry.value.is_empty());
    let Some(entry) = entry else {
        let message = [
            "Van dit contact staat niet vermeld wanneer het is nagekeken.".to_owned(),
            "Nothing says when this contact was checked.".to_owned(),
        ];
        let hint = [
            format!(
                "Vraag of het nog klopt, en zet er een regel bij met de dag: {checked} = {}.",
                shown(today)
            ),
            format!("Ask whether it still holds, and add a line with the day: {checked} = {}.", shown(today)),
        ];
        desk.tell("regel/contact-verouderd", document.path(), personal.at.clone(), message, hint);
        return;
    };
    if let Some(day) = day(&entry.value).filter(|day| is_old(*day, today, months)) {
        let message = [
            format!(
                "Dit contact is voor het laatst nagekeken op {}; dat is langer dan {months} maanden geleden.",
                shown(day)
            ),
            format!("This contact was last checked on {}, more than {months} months ago.", shown(day)),
        ];
        let hint = [
            "Vraag of het nog klopt, en pas daarna de datum aan.".to_owned(),
            "Ask whether it still holds, and then change the date.".to_owned(),
        ];
        desk.tell("regel/contact-verouderd", document.path(), entry.value.at.clone(), message, hint);
    }
}

fn review(document: &Document<'_>, entry: &Entry, today: Today, months: u32, desk: &mut Desk<'_>) {
    let Some(day) = day(&entry.value).filter(|day| is_old(*day, today, months)) else { return };
    let message = [
        format!(
            "Deze pagina is voor het laatst nagekeken op {}; dat is langer dan {months} maanden geleden.",
            shown(day)
        ),
        format!("This page was last checked on {}, more than {months} months ago.", shown(day)),
    ];
    let hint = [
        format!(
            "Lees de pagina na, vraag of alles nog klopt, en zet er dan de dag van vandaag: {} = {}.",
            entry.key,
            shown(today)
        ),
        format!(
            "Read the page, ask whether all of it still holds, and then write {} = {}.",
            entry.key,
            shown(today)
        ),
    ];
    desk.tell("regel/controle-verouderd", document.path(), entry.value.at.clone(), message, hint);
}

fn expiry(document: &Document<'_>, entry: &Entry, today: Today, desk: &mut Desk<'_>) {
    let Some(day) = day(&entry.value).filter(|day| *day < today) else { return };
    let message = [
        format!("Dit is verlopen op {}, maar staat nog op de site.", shown(day)),
        format!("This expired on {}, but is still on the site.", shown(day)),
    ];
    let hint = [
        format!(
            "Haal het bestand weg, zet draft = true bovenaan, of geef een nieuwe dag: {} = ….",
            entry.key
        ),
        format!("Take the file away, put draft = true at the top, or give another day: {} = ….", entry.key),
    ];
    desk.tell("regel/verlopen", document.path(), entry.value.at.clone(), message, hint);
}

fn day(value: &Value) -> Option<Today> {
    match &value.is {
        Is::Date(text) | Is::Text(text) => placed::day(text),
        _ => None,
    }
}

fn shown((year, month, day): Today) -> String {
    format!("{year:04}-{month:02}-{day:02}")
}

/// Whether a day is more than so many months ago.
fn is_old((year, month, day): Today, today: Today, months: u32) -> bool {
    let of = |year: i32, month: u8| i64::from(year) * 12 + i64::from(month) - 1;
    let due = of(year, month) + i64::from(months);
    (due, day) < (of(today.0, today.1), today.2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_months() {
        let today = (2026, 11, 19);
        assert!(!is_old((2025, 11, 19), today, 12));
        assert!(is_old((2025, 11, 18), today, 12));
        assert!(!is_old((2025, 12, 1), today, 12));
        assert!(is_old((2024, 1, 31), today, 18));
        assert!(!is_old((2026, 12, 1), today, 0));
    }
}
