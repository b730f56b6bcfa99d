//! Reads TOML with the place of everything in it. In: a [`Block`] of TOML. Out: its table, the cells of its known keys,
//! and complaints, all of them.

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::dates;
use super::fields::{Block, Cell, Found, Key, Kind};
use crate::base::Diagnostic;
use crate::model::{Json, JsonMap};

/// What becomes of a date among the author's own data.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Dates {
    /// Text.
    Text,
    /// A table that holds the text, as templates see it in `config.extra`.
    Table,
}

/// The key of that table.
pub(super) const DATE_KEY: &str = "$__toml_private_datetime";

/// The table a block holds; none when the block is no TOML.
pub(super) fn parse<'a>(block: &Block<'a>, faults: &mut Vec<Diagnostic>) -> Option<DeTable<'a>> {
    let (table, errors) = DeTable::parse_recoverable(block.text);
    let mut line_end = 0;
    for error in &errors {
        let at = error.span().unwrap_or(0..block.text.len());
        let at = block.text.floor_char_boundary(at.start)..block.text.ceil_char_boundary(at.end);
        // What follows on the line of a fault is mostly a consequence of it.
        if at.start < line_end {
            continue;
        }
        line_end = block.text[at.start..].find('\n').map_or(block.text.len(), |end| at.start + end);
        let line_start = block.text[..at.start].rfind('\n').map_or(0, |end| end + 1);
        faults.push(syntax_fault(block, error.message(), at, &block.text[line_start..line_end]));
    }
    errors.is_empty().then(|| table.into_inner())
}

fn syntax_fault(block: &Block<'_>, message: &str, at: Range<usize>, line: &str) -> Diagnostic {
    let what = block.names.what;
    let fault = block.error(block.names.syntax, format!("The {what} is no valid TOML here: {message}."), at);
    if message.starts_with("duplicate key") {
        return fault.hint("Take one of the two lines away.");
    }
    if message.starts_with("invalid date")
        || message.starts_with("invalid datetime")
        || message.starts_with("invalid time")
    {
        return fault.hint(
            "A date reads `2024-05-31`: year, month, day; with a time it reads `2024-05-31T09:30:00`.",
        );
    }
    if message.starts_with("invalid basic string") || message.starts_with("invalid literal string") {
        return fault.hint("This text is not closed: put the same quote behind it as in front. A quote inside the text is written `\\\"`.");
    }
    match line.split_once(':') {
        Some((key, value)) if !line.contains('=') && !key.trim().is_empty() && !key.contains(['"', '[']) => {
            let value = value.trim().trim_matches('"');
            fault.hint(format!("Write an equals sign instead of a colon: `{} = \"{value}\"`.", key.trim()))
        }
        _ => fault.hint("Each line reads `key = value`. Text stands in quotes; numbers, dates, `true` and `false` do not."),
    }
}

/// What the known keys of a table hold.
pub(super) fn cells(
    block: &Block<'_>,
    table: &DeTable<'_>,
    keys: &[Key],
    faults: &mut Vec<Diagnostic>,
) -> Found {
    let mut found = Found { cells: Vec::with_capacity(table.len()), unknown: Vec::new() };
    for (name, value) in table {
        match keys.iter().find(|key| key.name == name.get_ref().as_ref()) {
            None => found.unknown.push((name.get_ref().to_string(), name.span())),
            Some(Key { kind: Kind::Elsewhere, .. }) => {}
            Some(key) => found.cells.extend(cell(block, key, value, faults).map(|cell| (key.name, cell))),
        }
    }
    found
}

/// A table below a key; none when there is none or when it is no table, which is complained about.
pub(super) fn table<'t, 'a>(
    block: &Block<'_>,
    table: &'t DeTable<'a>,
    name: &str,
    faults: &mut Vec<Diagnostic>,
) -> Option<&'t DeTable<'a>> {
    let value = table.get(name)?;
    let below = value.get_ref().as_table();
    if below.is_none() {
        faults.push(block.mismatch(name, Kind::Elsewhere, &described(value.get_ref()), value.span()));
    }
    below
}

fn cell(
    block: &Block<'_>,
    key: &Key,
    value: &Spanned<DeValue<'_>>,
    faults: &mut Vec<Diagnostic>,
) -> Option<Cell> {
    let name = key.name;
    let cell = match (key.kind, value.get_ref()) {
        (Kind::Text, DeValue::String(text)) => Cell::Text(text.to_string()),
        (Kind::Flag, DeValue::Boolean(flag)) => Cell::Flag(*flag),
        (Kind::Count, DeValue::Integer(number)) => {
            match usize::from_str_radix(number.as_str(), number.radix()) {
                Ok(count) => Cell::Count(count),
                Err(_) => {
                    faults.push(block.mismatch(name, key.kind, &described(value.get_ref()), value.span()));
                    return None;
                }
            }
        }
        (Kind::Choice(words), DeValue::String(text)) if words.contains(&text.as_ref()) => {
            Cell::Text(text.to_string())
        }
        (Kind::Choice(_), DeValue::String(text)) => {
            faults.push(block.mismatch(name, key.kind, &format!("`{text}`"), value.span()));
            return None;
        }
        (Kind::Date, DeValue::Datetime(date)) => Cell::Date(dates::from_toml(date)),
        (Kind::Date, DeValue::String(text)) => match dates::from_text(text) {
            Some(date) => Cell::Date(date),
            None => {
                faults.push(block.mismatch(name, key.kind, &format!("the text `{text}`"), value.span()));
                return None;
            }
        },
        (Kind::Texts, DeValue::Array(_)) => Cell::Texts(texts(block, name, value, faults)?),
        (Kind::Terms, DeValue::Table(table)) => Cell::Terms(terms(block, table, faults)?),
        (Kind::Pairs, DeValue::Table(table)) => Cell::Pairs(pairs(block, table, faults)?),
        (Kind::Data, DeValue::Table(table)) => Cell::Data(data(block, table, Dates::Text, faults)),
        (kind, other) => {
            faults.push(block.mismatch(name, kind, &described(other), value.span()));
            return None;
        }
    };
    Some(cell)
}

/// A list of texts; none when it is something else or holds something else.
fn texts(
    block: &Block<'_>,
    name: &str,
    list: &Spanned<DeValue<'_>>,
    faults: &mut Vec<Diagnostic>,
) -> Option<Vec<String>> {
    let Some(items) = list.get_ref().as_array() else {
        faults.push(block.mismatch(name, Kind::Texts, &described(list.get_ref()), list.span()));
        return None;
    };
    let mut texts = Vec::with_capacity(items.len());
    let before = faults.len();
    for item in items.iter() {
        match item.get_ref() {
            DeValue::String(text) => texts.push(text.to_string()),
            other => {
                let message = format!(
                    "Everything in the list `{name}` must be text; here it holds {}.",
                    described(other)
                );
                faults.push(block.error(block.names.value, message, item.span()).hint("Put it in quotes."));
            }
        }
    }
    (faults.len() == before).then_some(texts)
}

fn terms(
    block: &Block<'_>,
    table: &DeTable<'_>,
    faults: &mut Vec<Diagnostic>,
) -> Option<Vec<(String, Vec<String>)>> {
    let lists: Vec<_> = table
        .iter()
        .map(|(name, list)| Some((name.get_ref().to_string(), texts(block, name.get_ref(), list, faults)?)))
        .collect();
    lists.into_iter().collect()
}

fn pairs(
    block: &Block<'_>,
    table: &DeTable<'_>,
    faults: &mut Vec<Diagnostic>,
) -> Option<Vec<(String, String)>> {
    let pairs: Vec<_> = table
        .iter()
        .map(|(name, value)| {
            let text = value.get_ref().as_str().map(|text| (name.get_ref().to_string(), text.to_owned()));
            if text.is_none() {
                faults.push(block.mismatch(
                    name.get_ref(),
                    Kind::Text,
                    &described(value.get_ref()),
                    value.span(),
                ));
            }
            text
        })
        .collect();
    pairs.into_iter().collect()
}

/// The author's own data.
pub(super) fn data(
    block: &Block<'_>,
    table: &DeTable<'_>,
    dates: Dates,
    faults: &mut Vec<Diagnostic>,
) -> JsonMap {
    table
        .iter()
        .map(|(name, value)| (name.get_ref().to_string(), json(block, value, dates, faults)))
        .collect()
}

fn json(block: &Block<'_>, value: &Spanned<DeValue<'_>>, dates: Dates, faults: &mut Vec<Diagnostic>) -> Json {
    match value.get_ref() {
        DeValue::String(text) => Json::String(text.to_string()),
        DeValue::Boolean(flag) => Json::Bool(*flag),
        DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
            Ok(number) => Json::from(number),
            Err(_) => {
                let message = format!("The number {number} is too large.");
                faults.push(
                    block.error(block.names.value, message, value.span()).hint("Put it in quotes, as text."),
                );
                Json::Null
            }
        },
        DeValue::Float(number) => number.as_str().parse().map_or(Json::Null, float),
        DeValue::Datetime(date) if dates == Dates::Text => Json::String(dates::toml_text(date)),
        DeValue::Datetime(date) => {
            Json::Object(JsonMap::from_iter([(DATE_KEY.to_owned(), Json::String(dates::toml_text(date)))]))
        }
        DeValue::Array(items) => {
            Json::Array(items.iter().map(|item| json(block, item, dates, faults)).collect())
        }
        DeValue::Table(table) => Json::Object(data(block, table, dates, faults)),
    }
}

/// A number with a fraction. JSON has no infinity and no "not a number": they become the text that templates print.
pub(super) fn float(number: f64) -> Json {
    serde_json::Number::from_f64(number).map_or_else(|| Json::String(number.to_string()), Json::Number)
}

/// What a value is, for people.
pub(super) fn described(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(_) => "text".to_owned(),
        DeValue::Integer(number) => format!("the number {number}"),
        DeValue::Float(number) => format!("the number {number}"),
        DeValue::Boolean(flag) => format!("`{flag}`"),
        DeValue::Datetime(_) => "a date".to_owned(),
        DeValue::Array(_) => "a list".to_owned(),
        DeValue::Table(_) => "a table".to_owned(),
    }
}

/// Where a key and its value stand; the whole block when it is not there. Parses the block anew: only for complaints.
pub(super) fn places(block: &Block<'_>, path: &[&str]) -> (Range<usize>, Range<usize>) {
    let whole = 0..block.text.len();
    let (root, _) = DeTable::parse_recoverable(block.text);
    let mut table = root.get_ref();
    let mut found = (whole.clone(), whole);
    for name in path {
        let Some((key, value)) = table.get_key_value(*name) else { break };
        found = (key.span(), value.span());
        let Some(below) = value.get_ref().as_table() else { break };
        table = below;
    }
    found
}
