//! The pages of a kind as data. In: the declaration of the kind and its pages as templates see them (cards), with their
//! units and downloads. Out: JSON with a schema, and a table for spreadsheets. Nothing comes from a clock: the date is that
//! of the newest page.
//!
//! The table has commas, CRLF and a byte-order mark. Commas, as RFC 4180 and nearly every program that reads tables have it;
//! the mark, as the commonest spreadsheet takes a file without one for another encoding and breaks every accent.

use serde_json::json;

use crate::model::kind::{Field, Holds, Kind};
use crate::model::{Json, JsonMap};

/// What data about a kind are made of.
pub struct Table<'a> {
    /// The declaration.
    pub kind: &'a Kind,
    /// Its pages: cards, with `units` and `downloads` where there are any.
    pub items: &'a [Json],
    /// The language of the pages.
    pub lang: &'a str,
    /// Where the data themselves stand.
    pub url: &'a str,
    /// Where their schema stands.
    pub schema_url: &'a str,
    /// The site they are of: title and address.
    pub site: (&'a str, &'a str),
    /// Under what licence they may be used, as the site says.
    pub licence: Option<&'a str>,
}

/// The keys of every item, whatever its kind.
const COMMON: [&str; 6] = ["url", "path", "title", "description", "date", "updated"];

/// The data as JSON.
pub fn json(table: &Table<'_>) -> String {
    let Table { kind, items, .. } = table;
    let made = json!({
        "$schema": table.schema_url,
        "title": kind.plural(),
        "kind": kind.name,
        "language": table.lang,
        "url": table.url,
        "site": { "title": table.site.0, "url": table.site.1 },
        "licence": table.licence,
        "date": newest(items),
        "fields": own_fields(kind).map(described).collect::<Vec<_>>(),
        "count": items.len(),
        "items": items.iter().map(|item| item_of(kind, item)).collect::<Vec<_>>(),
    });
    written(&made)
}

/// What the JSON holds, as JSON Schema.
pub fn schema(kind: &Kind, schema_url: &str) -> String {
    let maybe = |kind: &str| json!({ "type": [kind, "null"] });
    let mut properties = JsonMap::new();
    for key in COMMON {
        let text = if matches!(key, "url" | "path") { json!({ "type": "string" }) } else { maybe("string") };
        properties.insert(key.to_owned(), text);
    }
    for field in own_fields(kind) {
        properties.insert(field.name.clone(), schema_of(field));
    }
    if !kind.units.is_empty() {
        properties.insert("units".to_owned(), json!({ "type": "array", "items": { "type": "object" } }));
    }
    properties.insert("downloads".to_owned(), json!({ "type": "array", "items": { "type": "object" } }));
    written(&json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": schema_url,
        "title": kind.plural(),
        "type": "object",
        "required": ["title", "kind", "language", "count", "items"],
        "properties": {
            "title": { "type": "string" },
            "kind": { "const": kind.name },
            "language": { "type": "string" },
            "licence": maybe("string"),
            "date": maybe("string"),
            "count": { "type": "integer", "minimum": 0 },
            "items": {
                "type": "array",
                "items": { "type": "object", "required": COMMON, "properties": properties },
            },
        },
    }))
}

/// The data as a table.
pub fn csv(table: &Table<'_>) -> Vec<u8> {
    let fields: Vec<&Field> = own_fields(table.kind).collect();
    let mut writer =
        csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    let heads = COMMON
        .iter()
        .map(|key| label_of(table.kind, key))
        .chain(fields.iter().map(|field| field.label().to_owned()));
    // Writing to memory cannot fail.
    let _ = writer.write_record(heads.map(|head| guarded(&head)));
    for item in table.items {
        let item = item_of(table.kind, item);
        let names = COMMON.iter().copied().chain(fields.iter().map(|field| field.name.as_str()));
        let cells = names.map(|name| match item.get(name) {
            Some(Json::Number(number)) => number.to_string(),
            value => guarded(&value.map(cell).unwrap_or_default()),
        });
        let _ = writer.write_record(cells);
    }
    writer.into_inner().unwrap_or_default()
}

/// The fields that are not keys of every item.
fn own_fields(kind: &Kind) -> impl Iterator<Item = &Field> {
    kind.fields.iter().filter(|field| !field.is_standard())
}

/// What people call a key that every item has: as the kind calls it, else by its name.
fn label_of(kind: &Kind, key: &str) -> String {
    kind.field(key).map_or(key, Field::label).to_owned()
}

fn described(field: &Field) -> Json {
    let mut made =
        json!({ "name": field.name, "label": field.label(), "type": field.holds, "list": field.list });
    if let Json::Object(keys) = &mut made {
        if !field.choices.is_empty() {
            keys.insert("choices".to_owned(), json!(field.choices));
        }
        if !field.fields.is_empty() {
            keys.insert("fields".to_owned(), field.fields.iter().map(described).collect());
        }
    }
    made
}

fn schema_of(field: &Field) -> Json {
    let one = match field.holds {
        Holds::Integer => json!({ "type": "integer" }),
        Holds::Number => json!({ "type": "number" }),
        Holds::Bool => json!({ "type": "boolean" }),
        Holds::Table => json!({ "type": "object" }),
        Holds::Relation => {
            json!({ "type": "object", "required": ["title", "url"], "properties": { "title": { "type": ["string", "null"] }, "url": { "type": "string" } } })
        }
        _ => json!({ "type": "string" }),
    };
    if field.list || field.holds == Holds::Relation {
        json!({ "title": field.label(), "type": ["array", "null"], "items": one })
    } else {
        json!({ "title": field.label(), "anyOf": [one, { "type": "null" }] })
    }
}

/// A page as data.
fn item_of(kind: &Kind, card: &Json) -> Json {
    let at = |key: &str| card.get(key).cloned().unwrap_or_default();
    let mut item = JsonMap::new();
    for key in COMMON {
        item.insert(key.to_owned(), if key == "url" { at("permalink") } else { at(key) });
    }
    for field in own_fields(kind) {
        let value = if field.holds == Holds::Relation {
            let named = card.pointer("/relations").and_then(|relations| relations.get(&field.name));
            let named = named.and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
            named
                .iter()
                .map(|page| json!({ "title": page.get("title"), "url": page.get("permalink") }))
                .collect()
        } else {
            let value =
                card.get("extra").and_then(|extra| extra.get(&field.name)).cloned().unwrap_or_default();
            if field.list && !value.is_array() && !value.is_null() { Json::Array(vec![value]) } else { value }
        };
        item.insert(field.name.clone(), value);
    }
    for key in ["units", "downloads"] {
        if let Some(list) = card.get(key).filter(|list| list.as_array().is_some_and(|list| !list.is_empty()))
        {
            item.insert(key.to_owned(), list.clone());
        }
    }
    Json::Object(item)
}

/// The date of the newest page.
fn newest(items: &[Json]) -> Option<String> {
    let dates = items.iter().flat_map(|item| [item.get("date"), item.get("updated")]);
    dates.flatten().filter_map(Json::as_str).max().map(str::to_owned)
}

/// A value in a cell.
fn cell(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => text.clone(),
        Json::Bool(truth) => truth.to_string(),
        Json::Number(number) => number.to_string(),
        Json::Array(list) => {
            list.iter().map(cell).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" | ")
        }
        Json::Object(table) => match (table.get("title"), table.get("url")) {
            // A page that is named.
            (Some(title), Some(_)) if table.len() == 2 => cell(title),
            _ => table
                .iter()
                .map(|(key, value)| format!("{key}: {}", cell(value)))
                .collect::<Vec<_>>()
                .join("; "),
        },
    }
}

/// Text that a spreadsheet would take for a formula gets a quote in front, which says that it is text.
fn guarded(text: &str) -> String {
    let is_formula = text.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r', '\n']);
    if is_formula { format!("'{text}") } else { text.to_owned() }
}

fn written(json: &Json) -> String {
    serde_json::to_string_pretty(json).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind() -> Kind {
        let field = |name: &str, holds, list| Field {
            name: name.to_owned(),
            label: format!("De {name}"),
            holds,
            list,
            ..Field::default()
        };
        Kind {
            name: "tip".to_owned(),
            label: "Tip".to_owned(),
            plural: "Tips".to_owned(),
            fields: vec![
                field("title", Holds::Text, false),
                field("soort", Holds::Text, true),
                field("thema", Holds::Relation, true),
                field("aantal", Holds::Integer, false),
                field("wie", Holds::Table, true),
            ],
            ..Kind::default()
        }
    }

    fn card() -> Json {
        json!({
            "permalink": "https://e.org/tips/een/", "path": "tips/een.md", "title": "=SOM(A1)", "description": null,
            "date": "2026-11-01", "updated": null,
            "extra": { "soort": "a", "aantal": -3, "wie": [{ "organisatie": "Één, \"twee\"" }], "geheim": 1 },
            "relations": { "thema": [{ "title": "Samen", "permalink": "https://e.org/themas/samen/", "path": "x", "kind": "thema" }] },
            "units": [{ "title": "u" }], "downloads": [],
        })
    }

    fn table<'a>(kind: &'a Kind, items: &'a [Json]) -> Table<'a> {
        Table {
            kind,
            items,
            lang: "nl",
            url: "u",
            schema_url: "s",
            site: ("S", "https://e.org"),
            licence: Some("CC BY 4.0"),
        }
    }

    #[test]
    fn formulas_are_text_and_the_table_is_whole() {
        let (kind, items) = (kind(), [card()]);
        let bytes = csv(&table(&kind, &items));
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text,
            "\u{feff}url,path,De title,description,date,updated,De soort,De thema,De aantal,De wie\r\n\
             https://e.org/tips/een/,tips/een.md,'=SOM(A1),,2026-11-01,,a,Samen,-3,\"organisatie: Één, \"\"twee\"\"\"\r\n"
        );
        for (text, expected) in [("@x", "'@x"), (" =x", "' =x"), ("\tx", "'\tx"), ("a=x", "a=x"), ("", "")] {
            assert_eq!(guarded(text), expected);
        }
    }

    #[test]
    fn json_has_what_is_declared_and_no_more() {
        let (kind, items) = (kind(), [card()]);
        let made: Json = serde_json::from_str(&json(&table(&kind, &items))).unwrap();
        assert_eq!(made["date"], "2026-11-01");
        assert_eq!(
            made["fields"][1],
            json!({ "name": "thema", "label": "De thema", "type": "relation", "list": true })
        );
        let item = &made["items"][0];
        assert_eq!(item["soort"], json!(["a"]));
        assert_eq!(item["thema"], json!([{ "title": "Samen", "url": "https://e.org/themas/samen/" }]));
        assert_eq!((item.get("geheim"), item.get("downloads")), (None, None));
        assert!(item.get("units").is_some());
        let schema: Json = serde_json::from_str(&schema(&kind, "s")).unwrap();
        assert_eq!(schema["properties"]["items"]["items"]["properties"]["aantal"]["title"], "De aantal");
    }
}
