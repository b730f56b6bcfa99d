//! What the front matter of a page says, as a document without text. In: a page and its kind. Out: title, facts, version,
//! date and licence, each from the field that the kind names for it.

use crate::export::document::{Document, Fact, Words};
use crate::model::Json;
use crate::model::kind::{Download, Field, Holds, Kind};
use crate::resolve::catalog::{scalar, scalars, text_of, value};
use crate::resolve::{ContentId, Page, PageId};

use super::super::world::World;

/// A document of all that is known of a page but its text.
pub(super) fn document(id: PageId, kind: &Kind, words: &Words, world: &World) -> Document {
    let page = world.site.page(id);
    let matter = &page.parsed.matter;
    let named = |name: &dyn Fn(&Download) -> &String| {
        let field = kind.downloads.iter().map(name).find(|field| !field.is_empty());
        field.and_then(|field| text_of(page, field)).unwrap_or_default()
    };
    let changed = matter.updated.as_ref().or(matter.date.as_ref()).and_then(|date| date.ymd);
    let lang = &page.parsed.file.lang;
    let title = world.config.language(lang).and_then(|options| options.title.clone());
    Document {
        title: matter.title.clone().unwrap_or_else(|| page.slug.clone()),
        subtitle: matter.description.clone().unwrap_or_default(),
        language: lang.clone(),
        platform: title.unwrap_or_default(),
        authors: matter.authors.clone(),
        version: named(&|download| &download.version),
        date: ymd(&named(&|download| &download.date)).or(changed),
        url: page.permalink.clone(),
        licence: named(&|download| &download.licence),
        facts: facts(id, kind, words, world),
        paper: kind.downloads.iter().map(|download| download.paper).max().unwrap_or_default(),
        ..Document::default()
    }
}

/// The text of a file that says what is in a package.
pub(super) fn read_me(document: &Document, words: &Words, contents: &[String]) -> String {
    let mut text = format!("{}\n{}\n", document.title, "=".repeat(document.title.chars().count()));
    if !document.subtitle.is_empty() {
        text.push_str(&format!("\n{}\n", document.subtitle));
    }
    let version = (!document.version.is_empty()).then(|| format!("{} {}", words.version, document.version));
    let edition: Vec<String> =
        version.into_iter().chain(document.date.map(|date| words.date(date))).collect();
    if !edition.is_empty() {
        text.push_str(&format!("\n{}\n", edition.join(", ")));
    }
    for fact in document.table(words) {
        text.push_str(&format!("\n{}: {}", fact.label, fact.values.join(", ")));
    }
    text.push_str(&format!("\n\n{}:\n", words.contents));
    for name in contents {
        text.push_str(&format!("- {name}\n"));
    }
    // Notepad shows lines as lines only since 2018.
    text.replace('\n', "\r\n")
}

/// The facts that the kind wants at the top: those of the first download that names any.
fn facts(id: PageId, kind: &Kind, words: &Words, world: &World) -> Vec<Fact> {
    let named = kind.downloads.iter().map(|download| &download.facts).find(|facts| !facts.is_empty());
    let apart: Vec<&str> = kind
        .downloads
        .iter()
        .flat_map(|download| [download.version.as_str(), download.licence.as_str()])
        .collect();
    let named = named.into_iter().flatten().filter(|name| !apart.contains(&name.as_str()));
    let one = |name: &String| {
        let field = kind.field(name);
        let values = values(id, name, field, words, world);
        let label = field.map_or(name.as_str(), Field::label).to_owned();
        (!values.is_empty()).then_some(Fact { label, values })
    };
    named.filter_map(one).collect()
}

fn values(id: PageId, name: &str, field: Option<&Field>, words: &Words, world: &World) -> Vec<String> {
    let page = world.site.page(id);
    match field.map(|field| field.holds) {
        Some(Holds::Relation) => {
            let outgoing = world.site.catalog.outgoing.get(id.0 as usize);
            let named = outgoing.into_iter().flatten().find(|named| named.name == name);
            let titles = named.map_or(&[][..], |named| &named.pages).iter();
            titles.filter_map(|id| world.site.title(ContentId::Page(*id))).map(str::to_owned).collect()
        }
        _ if name == "authors" => page.parsed.matter.authors.clone(),
        _ => match value(page, name) {
            Some(value) => written(value, field, words),
            None => standard(page, name, words).into_iter().collect(),
        },
    }
}

fn standard(page: &Page, name: &str, words: &Words) -> Option<String> {
    let text = text_of(page, name)?;
    let is_date = ["date", "updated"].contains(&name);
    Some(ymd(&text).filter(|_| is_date).map(|date| words.date(date)).unwrap_or(text))
}

/// A value as people read it. What is not so is not told; a table is what stands in it, one after the other.
fn written(value: &Json, field: Option<&Field>, words: &Words) -> Vec<String> {
    let holds = field.map(|field| field.holds).unwrap_or_default();
    match (holds, value) {
        (_, Json::Array(values)) => values.iter().flat_map(|value| written(value, field, words)).collect(),
        (_, Json::Bool(truth)) => truth.then(|| words.yes.clone()).into_iter().collect(),
        (Holds::Date | Holds::Moment, value) => {
            let text = scalar(value).unwrap_or_default();
            vec![ymd(&text).map_or(text, |date| words.date(date))]
        }
        (Holds::PartialDate, value) => scalar(value).map(|text| partial(&text, words)).into_iter().collect(),
        (_, Json::Object(table)) => {
            let inner = |name: &str| field?.fields.iter().find(|inner| inner.name == name);
            let parts = table.iter().flat_map(|(name, value)| written(value, inner(name), words));
            Some(parts.collect::<Vec<_>>().join(", ")).filter(|text| !text.is_empty()).into_iter().collect()
        }
        (_, value) => scalars(value),
    }
}

/// `2020-11` as the language writes a month; other words as they are.
fn partial(text: &str, words: &Words) -> String {
    let month = text.split_once('-').filter(|(year, _)| year.len() == 4);
    let month = month.and_then(|(year, month)| {
        let name = words.months.get(month.parse::<usize>().ok()?.checked_sub(1)?)?;
        Some(format!("{name} {year}"))
    });
    ymd(text).map(|date| words.date(date)).or(month).unwrap_or_else(|| text.to_owned())
}

/// Year, month and day at the beginning of a text.
fn ymd(text: &str) -> Option<(i32, u8, u8)> {
    let mut parts = text.get(..10)?.split('-');
    let date = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
    let real = (1..=12).contains(&date.1) && (1..=31).contains(&date.2) && parts.next().is_none();
    real.then_some(date)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn dates_are_dates_and_words_stay() {
        let words = Words::of("nl", &|_| None);
        for (text, expected) in [
            ("2020-11", "november 2020"),
            ("2020-13", "2020-13"),
            ("najaar 2022", "najaar 2022"),
            ("2019", "2019"),
            ("2026-09-28", "28 september 2026"),
            ("2026-99-28", "2026-99-28"),
            ("", ""),
        ] {
            assert_eq!(partial(text, &words), expected);
        }
        assert_eq!(ymd("2026-09-28T10:00:00Z"), Some((2026, 9, 28)));
        assert_eq!(ymd("é026-09-28"), None);
    }

    #[test]
    fn values_as_people_read_them() {
        let words = Words::of("nl", &|_| None);
        let of = |holds, value: Json| {
            let field = Field { holds, ..Field::default() };
            written(&value, Some(&field), &words)
        };
        assert_eq!(of(Holds::Bool, json!(false)), [""; 0]);
        assert_eq!(of(Holds::Bool, json!(true)), ["ja"]);
        assert_eq!(of(Holds::Text, json!(["a", "", "b"])), ["a", "b"]);
        assert_eq!(of(Holds::Table, json!([{ "a": "x", "b": 2, "c": [] }, {}])), ["x, 2"]);
        assert_eq!(of(Holds::Date, json!("2026-09-28")), ["28 september 2026"]);
    }
}
