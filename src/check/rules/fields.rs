//! Whether a page fills in what its kind asks, and nothing its kind does not know. In: a page with its kind. Out:
//! complaints of `veld-ontbreekt`, `veld-advies`, `veld-onbekend`, `interview-rollen`; values are left to
//! [`values`](super::values).

use std::ops::Range;

use super::desk::{Desk, listed};
use super::document::Document;
use super::site::Index;
use super::values;
use crate::model::Kind;
use crate::model::kind::{Field, Holds, Need};
use crate::parse::closest;
use crate::parse::placed::{Entry, Is, Table, Value};

/// Checks the fields of a page.
pub(super) fn check(document: &Document<'_>, index: &Index<'_>, desk: &mut Desk<'_>) {
    let Some(kind) = document.kind else { return };
    for field in &kind.fields {
        let entry = document.entry(&field.name);
        one(document, field, entry, &document.front.fence, index, desk);
    }
    unknown_at_top(document, kind, desk);
    if let Some(extra) = document.extra() {
        unknown(document, extra, &kind.fields, true, desk);
    }
}

/// Checks one field, at the top or in a table that begins at `around`.
fn one(
    document: &Document<'_>,
    field: &Field,
    entry: Option<&Entry>,
    around: &Range<usize>,
    index: &Index<'_>,
    desk: &mut Desk<'_>,
) {
    let Some(entry) = entry.filter(|entry| !entry.value.is_empty()) else {
        let at = entry.map_or(around, |entry| &entry.at);
        missing(document, field, entry.is_some(), at, desk);
        return;
    };
    values::check(document, field, &entry.value, index, desk);
    if field.holds != Holds::Table {
        return;
    }
    for item in entry.value.items() {
        let Is::Table(table) = &item.is else { continue };
        let around = table_head(document, item, entry);
        for below in &field.fields {
            one(document, below, table.get(&below.name), &around, index, desk);
        }
        unknown(document, table, &field.fields, false, desk);
    }
}

/// Where a table begins: its head in brackets, else its first key, else the key that holds it.
fn table_head(document: &Document<'_>, item: &Value, entry: &Entry) -> Range<usize> {
    let start = item.at.start;
    let text = &document.text;
    let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[start..].find('\n').map_or(text.len(), |at| start + at);
    if text[line..end].trim_start().starts_with('[') {
        let blank = text[line..end].len() - text[line..end].trim_start().len();
        return line + blank..line + text[line..end].trim_end().len();
    }
    match &item.is {
        Is::Table(table) => table.entries.first().map_or(entry.at.clone(), |first| first.at.clone()),
        _ => entry.at.clone(),
    }
}

fn missing(document: &Document<'_>, field: &Field, is_there: bool, at: &Range<usize>, desk: &mut Desk<'_>) {
    let (name, label) = (&field.name, field.label());
    let code = match (field.need, field.role) {
        (Need::Optional, _) => return,
        (_, true) => "regel/interview-rollen",
        (Need::Advised, _) => "regel/veld-advies",
        (Need::Required, _) => "regel/veld-ontbreekt",
    };
    let message = if is_there {
        [format!("Het veld ‘{name}’ is leeg."), format!("The field ‘{name}’ is empty.")]
    } else {
        [format!("Het veld ‘{name}’ ({label}) ontbreekt."), format!("The field ‘{name}’ ({label}) is missing.")]
    };
    let example = example(field, document.front.yaml);
    let place = if field.is_standard() {
        ["bovenaan, tussen de twee streepjesregels,", "at the top, between the two fences,"]
    } else if *at == document.front.fence {
        ["onder [extra]", "below [extra]"]
    } else {
        ["hier", "here"]
    };
    let help = if field.help.is_empty() { String::new() } else { format!(" {}", field.help) };
    let hint = if is_there {
        [format!("Vul het in, bijvoorbeeld: {example}.{help}"), format!("Fill it in, for instance: {example}.{help}")]
    } else {
        [
            format!("Zet {} een regel zoals: {example}.{help}", place[0]),
            format!("Put a line such as {example} {}.{help}", place[1]),
        ]
    };
    desk.tell(code, document.path(), at.clone(), message, hint);
}

/// A line that fills in a field.
pub(super) fn example(field: &Field, yaml: bool) -> String {
    let value = crate::model::kind::example(field);
    if yaml { format!("{}: {value}", field.name) } else { format!("{} = {value}", field.name) }
}

/// A field of the kind that stands beside `[extra]` instead of in it: nobody reads it there.
fn unknown_at_top(document: &Document<'_>, kind: &Kind, desk: &mut Desk<'_>) {
    for entry in &document.front.matter.entries {
        let field = kind.field(&entry.key).filter(|field| !field.is_standard());
        if field.is_none() || OWN.contains(&entry.key.as_str()) {
            continue;
        }
        let name = &entry.key;
        let message = [
            format!("‘{name}’ staat op de verkeerde plek, dus het telt niet mee."),
            format!("‘{name}’ stands in the wrong place, so it does not count."),
        ];
        let hint = if document.front.yaml {
            [format!("Zet het onder ‘extra:’, ingesprongen."), format!("Put it below `extra:`, indented.")]
        } else {
            [format!("Zet het onder de regel [extra]."), format!("Put it below the line [extra].")]
        };
        desk.tell("regel/veld-onbekend", document.path(), entry.at.clone(), message, hint);
    }
}

/// What the front matter itself knows besides the standard fields.
const OWN: [&str; 10] = [
    "draft", "render", "path", "taxonomies", "aliases", "template", "in_search_index", "include_in_feeds", "hidden",
    "extra",
];

fn unknown(document: &Document<'_>, table: &Table, fields: &[Field], top: bool, desk: &mut Desk<'_>) {
    if fields.is_empty() {
        return;
    }
    for entry in &table.entries {
        let name = entry.key.as_str();
        let known = fields.iter().any(|field| field.name == name && !(top && field.is_standard()));
        // A misplaced `draft` is a fault of its own.
        if known || top && (name == "kind" || super::drafts::MARKS.contains(&name)) {
            continue;
        }
        let standard = top && crate::model::kind::STANDARD.contains(&name);
        let message = [
            format!("Het veld ‘{name}’ hoort niet bij {}.", what(document, true)),
            format!("The field ‘{name}’ is no field of {}.", what(document, false)),
        ];
        let near = closest(name, fields.iter().map(|field| field.name.as_str()));
        let hint = match near {
            _ if standard => [
                format!("‘{name}’ hoort bovenaan te staan, boven de regel [extra]."),
                format!("‘{name}’ belongs at the top, above the line [extra]."),
            ],
            Some(near) => [format!("Bedoelt u ‘{near}’?"), format!("Did you mean ‘{near}’?")],
            None => {
                let names = fields.iter().filter(|field| !field.is_standard()).map(|field| field.name.as_str());
                let names = listed(names);
                [
                    format!("Haal de regel weg, of gebruik een veld dat er wel is: {names}."),
                    format!("Take the line away, or use a field that there is: {names}."),
                ]
            }
        };
        desk.tell("regel/veld-onbekend", document.path(), entry.at.clone(), message, hint);
    }
}

fn what(document: &Document<'_>, dutch: bool) -> String {
    match document.kind {
        Some(kind) if !kind.label.is_empty() => format!("‘{}’", kind.label),
        _ if dutch => "deze pagina".to_owned(),
        _ => "this page".to_owned(),
    }
}
