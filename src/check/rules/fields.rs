//! Whether a page fills in what its kind asks, and nothing its kind does not know. In: a page with its kind. Out:
//! complaints of `veld-ontbreekt`, `veld-advies`, `veld-onbekend`, `interview-rollen`; values are left to
//! [`values`].

use std::ops::Range;

use super::desk::{Desk, listed};
use super::document::Document;
use super::site::Index;
use super::values;
use crate::model::kind::{Field, Holds, Need};
use crate::model::{Json, Kind, PageMatter};
use crate::parse::closest;
use crate::parse::placed::{Entry, Is, Table, Value};

/// The keys below `[extra]` that the program itself knows, whatever the kind.
const OF_PROGRAM: [&str; 3] = ["kind", "reacties", "reactie_id"];

/// Checks the fields of a page.
pub(super) fn check(document: &Document<'_>, index: &Index<'_>, desk: &mut Desk<'_>) {
    let Some(kind) = document.kind else { return unknown_kind(document, index, desk) };
    for field in &kind.fields {
        let entry = document.entry(&field.name);
        let elsewhere = !field.is_standard() && document.front.matter.get(&field.name).is_some();
        let misspelt = document.extra().is_some_and(|extra| stand_in(extra, &kind.fields, field));
        // That is told where it stands.
        if entry.is_none() && (elsewhere || misspelt) {
            continue;
        }
        one(document, field, entry, &document.front.fence, index, desk);
    }
    unknown_at_top(document, kind, desk);
    if let Some(extra) = document.extra() {
        unknown(document, extra, &kind.fields, true, desk);
    }
}

/// A page that says it is of a kind that there is not.
fn unknown_kind(document: &Document<'_>, index: &Index<'_>, desk: &mut Desk<'_>) {
    let entry = document.extra().and_then(|extra| extra.get("kind")).filter(|_| document.is_page);
    let Some((entry, name)) = entry.and_then(|entry| Some((entry, entry.value.as_text()?))) else { return };
    let message = [format!("Er is geen soort ‘{name}’."), format!("There is no kind ‘{name}’.")];
    let names: Vec<&str> = index.kind_names().collect();
    let hint = match closest(name, names.iter().copied()) {
        Some(near) => [format!("Bedoelt u ‘{near}’?"), format!("Did you mean ‘{near}’?")],
        None => {
            let names = listed(names);
            [format!("Er zijn: {names}."), format!("There are: {names}.")]
        }
    };
    desk.tell("regel/veld-waarde", document.path(), entry.value.at.clone(), message, hint);
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
            if stand_in(table, &field.fields, below) {
                continue;
            }
            one(document, below, table.get(&below.name), &around, index, desk);
        }
        unknown(document, table, &field.fields, false, desk);
    }
}

/// Whether a key that nobody knows stands in a table for a field that is not there: its name, misspelt.
fn stand_in(table: &Table, fields: &[Field], field: &Field) -> bool {
    let known = |key: &str| fields.iter().any(|field| field.name == key);
    let meant = |key: &str| closest(key, fields.iter().map(|field| field.name.as_str()));
    table.get(&field.name).is_none()
        && table
            .entries
            .iter()
            .any(|entry| !known(&entry.key) && meant(&entry.key) == Some(field.name.as_str()))
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
    let says_role = field.role || field.fields.iter().any(|below| below.role);
    let code = match (field.need, says_role) {
        (Need::Optional, _) => return,
        (_, true) => "regel/interview-rollen",
        (Need::Advised, _) => "regel/veld-advies",
        (Need::Required, _) => "regel/veld-ontbreekt",
    };
    let message = if is_there {
        [format!("Het veld ‘{name}’ is leeg."), format!("The field ‘{name}’ is empty.")]
    } else {
        [
            format!("Het veld ‘{name}’ ({label}) ontbreekt."),
            format!("The field ‘{name}’ ({label}) is missing."),
        ]
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
        [
            format!("Vul het in, bijvoorbeeld: {example}.{help}"),
            format!("Fill it in, for instance: {example}.{help}"),
        ]
    } else {
        [
            format!("Zet {} een regel zoals: {example}.{help}", place[0]),
            format!("Put a line such as {example} {}.{help}", place[1]),
        ]
    };
    desk.tell(code, document.path(), at.clone(), message, hint);
}

/// Whether a page may lack a field, as far as can be told without reading its file again.
pub(super) fn may_lack(fields: &[Field], matter: &PageMatter) -> bool {
    fields.iter().any(|field| {
        let required = field.need == Need::Required;
        match field.name.as_str() {
            "title" => required && matter.title.as_deref().is_none_or(|text| text.trim().is_empty()),
            "description" => {
                required && matter.description.as_deref().is_none_or(|text| text.trim().is_empty())
            }
            "date" => required && matter.date.is_none(),
            "updated" => required && matter.updated.is_none(),
            "authors" => required && matter.authors.is_empty(),
            "weight" => required && matter.weight.is_none(),
            "slug" => required && matter.slug.is_none(),
            name => lacks(field, matter.extra.get(name)),
        }
    })
}

fn lacks(field: &Field, value: Option<&Json>) -> bool {
    let required = field.need == Need::Required;
    match value {
        None | Some(Json::Null) => required,
        Some(Json::String(text)) => required && text.trim().is_empty(),
        Some(Json::Array(items)) => {
            required && items.is_empty() || items.iter().any(|item| lacks(field, Some(item)))
        }
        Some(Json::Object(table)) => {
            required && table.is_empty()
                || field.fields.iter().any(|below| lacks(below, table.get(&below.name)))
        }
        Some(_) => false,
    }
}

/// A line that fills in a field.
pub(super) fn example(field: &Field, yaml: bool) -> String {
    let value = crate::model::kind::example(field);
    if yaml { format!("{}: {value}", field.name) } else { format!("{} = {value}", field.name) }
}

/// A key beside `[extra]` that nobody reads there: a field of the kind in the wrong place, or one that nobody knows. A key
/// that is nearly one of the front matter's own is complained about when the file is read.
fn unknown_at_top(document: &Document<'_>, kind: &Kind, desk: &mut Desk<'_>) {
    let own = || OWN.into_iter().chain(crate::model::kind::STANDARD);
    for entry in &document.front.matter.entries {
        let name = entry.key.as_str();
        if own().any(|known| known == name) || super::drafts::MARKS.contains(&name) {
            continue;
        }
        let field = kind
            .field(name)
            .or_else(|| kind.field(closest(name, kind.fields.iter().map(|field| field.name.as_str()))?));
        if field.is_none_or(|field| field.name != name) && closest(name, own()).is_some() {
            continue;
        }
        let message = [
            format!("‘{name}’ staat op de verkeerde plek, dus het telt niet mee."),
            format!("‘{name}’ stands in the wrong place, so it does not count."),
        ];
        let right = field.map_or(name, |field| field.name.as_str());
        let hint = if document.front.yaml {
            [
                format!("Zet ‘{right}’ onder ‘extra:’, ingesprongen."),
                format!("Put ‘{right}’ below `extra:`, indented."),
            ]
        } else {
            [
                format!("Zet ‘{right}’ onder de regel [extra]."),
                format!("Put ‘{right}’ below the line [extra]."),
            ]
        };
        desk.tell("regel/veld-onbekend", document.path(), entry.at.clone(), message, hint);
    }
}

/// What the front matter itself knows besides the standard fields.
const OWN: [&str; 10] = [
    "draft",
    "render",
    "path",
    "taxonomies",
    "aliases",
    "template",
    "in_search_index",
    "include_in_feeds",
    "hidden",
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
        if known || top && (OF_PROGRAM.contains(&name) || super::drafts::MARKS.contains(&name)) {
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
                let names =
                    fields.iter().filter(|field| !field.is_standard()).map(|field| field.name.as_str());
                let names = listed(names);
                [
                    format!("Haal de regel weg, of gebruik een veld dat er wel is: {names}."),
                    format!("Take the line away, or use a field that there is: {names}."),
                ]
            }
        };
        // In place of a field that must be there it is as bad as if there were none.
        let replaces = fields.iter().any(|field| {
            field.need == Need::Required
                && Some(field.name.as_str()) == near
                && table.get(&field.name).is_none()
        });
        if replaces {
            desk.insist(
                "regel/veld-onbekend",
                "regel/veld-ontbreekt",
                document.path(),
                entry.at.clone(),
                [message, hint],
            );
        } else {
            desk.tell("regel/veld-onbekend", document.path(), entry.at.clone(), message, hint);
        }
    }
}

fn what(document: &Document<'_>, dutch: bool) -> String {
    match document.kind {
        Some(kind) if !kind.label.is_empty() => format!("‘{}’", kind.label),
        _ if dutch => "deze pagina".to_owned(),
        _ => "this page".to_owned(),
    }
}
