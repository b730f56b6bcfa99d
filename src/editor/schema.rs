//! A JSON Schema (2020-12) of the front matter of a kind, so that an editor can complete it and mark what is wrong. In: a
//! kind. Out: the schema. It says nothing of what only the whole site can tell, such as whether a page is there.

use serde_json::{Map, Value, json};

use crate::model::kind::{Field, Holds, Kind, Need};
use crate::model::reaction::TAKEN;

/// The schema of the front matter of a kind.
pub fn of(kind: &Kind) -> Value {
    let mut properties = own_keys();
    let mut required = vec![json!("title")];
    for field in kind.fields.iter().filter(|field| field.is_standard()) {
        // What the front matter itself asks of the key stays; the kind adds its words.
        let mut known = properties.remove(&field.name).unwrap_or_else(|| one(field));
        annotate(&mut known, field);
        if field.need == Need::Required && known["type"] == "string" && known.get("pattern").is_none() {
            known["minLength"] = json!(1);
        }
        properties.insert(field.name.clone(), known);
        if field.need == Need::Required && field.name != "title" {
            required.push(json!(field.name));
        }
    }
    let extra: Vec<&Field> = kind.fields.iter().filter(|field| !field.is_standard()).collect();
    let mut below = table(&extra);
    if let Some(known) = below["properties"].as_object_mut() {
        known.insert("kind".to_owned(), json!({ "const": kind.name }));
        let words: Vec<&str> = TAKEN.iter().map(|kind| kind.word()).collect();
        let taken = json!({ "type": "array", "items": { "enum": words }, "uniqueItems": true });
        known.insert("reacties".to_owned(), json!({ "anyOf": [{ "type": "boolean" }, taken] }));
        known.insert("reactie_id".to_owned(), json!({ "type": "string", "minLength": 1 }));
    }
    if extra.iter().any(|field| field.need == Need::Required) {
        required.push(json!("extra"));
    }
    properties.insert("extra".to_owned(), below);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": kind.label,
        "description": kind.description,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// The keys of every page.
fn own_keys() -> Map<String, Value> {
    let text = || json!({ "type": "string" });
    let flag = || json!({ "type": "boolean" });
    let texts = || json!({ "type": "array", "items": { "type": "string" } });
    let date = || date(true);
    let all = [
        ("title", json!({ "type": "string", "minLength": 1 })),
        ("description", text()),
        ("date", date()),
        ("updated", date()),
        ("draft", flag()),
        ("render", flag()),
        ("slug", json!({ "type": "string", "minLength": 1 })),
        ("path", json!({ "type": "string", "minLength": 1 })),
        ("taxonomies", json!({ "type": "object", "additionalProperties": texts() })),
        ("weight", json!({ "type": "integer", "minimum": 0 })),
        ("authors", texts()),
        ("aliases", texts()),
        ("template", text()),
        ("in_search_index", flag()),
        ("include_in_feeds", flag()),
        ("hidden", flag()),
    ];
    all.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

/// A day, and a time when that may stand behind it. Editors hand dates of TOML over as text.
fn date(time: bool) -> Value {
    let pattern = if time { r"^\d{4}-\d{2}-\d{2}([Tt ]\d{2}:\d{2}.*)?$" } else { r"^\d{4}-\d{2}-\d{2}" };
    json!({ "type": "string", "pattern": pattern })
}

fn table(fields: &[&Field]) -> Value {
    let properties: Map<String, Value> =
        fields.iter().map(|field| (field.name.clone(), field_schema(field))).collect();
    let needed = fields.iter().filter(|field| field.need == Need::Required);
    let required: Vec<&str> = needed.map(|field| field.name.as_str()).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn field_schema(field: &Field) -> Value {
    let mut schema = one(field);
    if field.list {
        schema = json!({ "type": "array", "items": schema });
        if field.need == Need::Required {
            schema["minItems"] = json!(1);
        }
    }
    annotate(&mut schema, field);
    schema
}

fn annotate(schema: &mut Value, field: &Field) {
    schema["title"] = json!(field.label());
    if !field.help.is_empty() {
        schema["description"] = json!(field.help);
    }
}

/// What one value of a field may be.
fn one(field: &Field) -> Value {
    let filled = field.need == Need::Required;
    match field.holds {
        Holds::Text | Holds::Relation | Holds::File if filled => json!({ "type": "string", "minLength": 1 }),
        Holds::Text | Holds::Relation | Holds::File => json!({ "type": "string" }),
        Holds::Integer => json!({ "type": "integer" }),
        Holds::Number => json!({ "type": "number" }),
        Holds::Bool => json!({ "type": "boolean" }),
        Holds::Date => date(false),
        Holds::PartialDate => json!({
            "anyOf": [{ "type": "integer", "minimum": 1000, "maximum": 2999 }, { "type": "string", "pattern": r"\d{4}(-\d{2}){0,2}$" }]
        }),
        Holds::Moment => {
            json!({ "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}.*([Zz]|[+-]\d{2}:\d{2})$" })
        }
        Holds::Url => json!({ "type": "string", "pattern": r"^https?://[^\s/]" }),
        Holds::Mail => json!({ "type": "string", "pattern": r"^[^@\s]+@[^@\s]+\.[^@\s.]+$" }),
        Holds::Choice => json!({ "enum": field.choices }),
        Holds::Table => table(&field.fields.iter().collect::<Vec<_>>()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_knows_fields_choices_lists_and_tables() {
        let kind: Kind = Kind {
            name: "recept".to_owned(),
            label: "Recept".to_owned(),
            fields: vec![
                Field { name: "description".to_owned(), need: Need::Required, ..Field::default() },
                Field {
                    name: "smaak".to_owned(),
                    holds: Holds::Choice,
                    choices: vec!["zoet".to_owned()],
                    list: true,
                    need: Need::Required,
                    help: "Hoe het smaakt.".to_owned(),
                    ..Field::default()
                },
                Field {
                    name: "kok".to_owned(),
                    holds: Holds::Table,
                    fields: vec![Field { name: "naam".to_owned(), ..Field::default() }],
                    ..Field::default()
                },
            ],
            ..Kind::default()
        };
        let schema = of(&kind);
        assert_eq!(schema["required"], json!(["title", "description", "extra"]));
        let extra = &schema["properties"]["extra"];
        assert_eq!(extra["required"], json!(["smaak"]));
        assert_eq!(extra["additionalProperties"], json!(false));
        assert_eq!(
            extra["properties"]["smaak"],
            json!({ "type": "array", "items": { "enum": ["zoet"] }, "minItems": 1, "title": "smaak", "description": "Hoe het smaakt." })
        );
        assert_eq!(extra["properties"]["kok"]["properties"]["naam"]["type"], "string");
        assert_eq!(schema["properties"]["weight"]["type"], "integer");
    }
}
