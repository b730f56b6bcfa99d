//! What a text in one of the formats of `load_data` says. In: a text and its format. Out: a value that keeps the order
//! in which tables were written, or what is wrong and where.
//!
//! Dates become text. Numbers that are no finite number become the text they print as. Keys of YAML that are numbers or
//! truth values become text.

use std::collections::HashMap;

use crate::base::diagnostic::offset_of;
use crate::model::{Json, JsonMap};

/// A format.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataFormat {
    /// TOML.
    Toml,
    /// JSON.
    Json,
    /// Comma-separated values; the first line holds the names of the columns.
    Csv,
    /// BibTeX.
    Bibtex,
    /// XML.
    Xml,
    /// YAML.
    Yaml,
    /// Any text, as it is.
    Plain,
}

/// The names that a call may use, for a sentence.
pub(super) const KNOWN: &str = "toml, json, csv, bibtex, xml, yaml or plain";

impl DataFormat {
    /// The format that answers to a name or to the ending of a file's name.
    pub fn named(name: &str) -> Option<Self> {
        Some(match name.to_lowercase().as_str() {
            "toml" => DataFormat::Toml,
            "json" => DataFormat::Json,
            "csv" => DataFormat::Csv,
            "bibtex" => DataFormat::Bibtex,
            "xml" => DataFormat::Xml,
            "yaml" | "yml" => DataFormat::Yaml,
            "plain" => DataFormat::Plain,
            _ => return None,
        })
    }

    /// Its name, for people.
    pub fn name(self) -> &'static str {
        match self {
            DataFormat::Toml => "TOML",
            DataFormat::Json => "JSON",
            DataFormat::Csv => "CSV",
            DataFormat::Bibtex => "BibTeX",
            DataFormat::Xml => "XML",
            DataFormat::Yaml => "YAML",
            DataFormat::Plain => "text",
        }
    }

    /// Its name, for servers.
    pub fn media_type(self) -> &'static str {
        match self {
            DataFormat::Toml => "application/toml",
            DataFormat::Json => "application/json",
            DataFormat::Csv => "text/csv",
            DataFormat::Bibtex => "application/x-bibtex",
            DataFormat::Xml => "text/xml",
            DataFormat::Yaml => "application/x-yaml",
            DataFormat::Plain => "text/plain",
        }
    }
}

/// What is wrong with a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DataFault {
    /// What, without a full stop.
    pub message: String,
    /// At which byte of the text, when it is known.
    pub at: Option<usize>,
}

/// What a text says.
pub fn parse(text: &str, format: DataFormat) -> Result<Json, DataFault> {
    match format {
        DataFormat::Toml => from_toml(text),
        DataFormat::Json => from_json(text),
        DataFormat::Csv => from_csv(text),
        DataFormat::Bibtex => from_bibtex(text),
        DataFormat::Xml => from_xml(text),
        DataFormat::Yaml => from_yaml(text),
        DataFormat::Plain => Ok(Json::String(text.to_owned())),
    }
}

fn from_toml(text: &str) -> Result<Json, DataFault> {
    let table: toml::Table = toml::from_str(text).map_err(|error| {
        let message = error.message().trim_end_matches('.').replace('\n', "; ");
        DataFault { message, at: error.span().map(|span| span.start) }
    })?;
    Ok(toml_value(toml::Value::Table(table)))
}

fn toml_value(value: toml::Value) -> Json {
    match value {
        toml::Value::String(text) => Json::String(text),
        toml::Value::Integer(number) => number.into(),
        toml::Value::Float(number) => float(number),
        toml::Value::Boolean(flag) => Json::Bool(flag),
        toml::Value::Datetime(moment) => Json::String(moment.to_string()),
        toml::Value::Array(list) => list.into_iter().map(toml_value).collect(),
        toml::Value::Table(table) => {
            Json::Object(table.into_iter().map(|(key, value)| (key, toml_value(value))).collect())
        }
    }
}

/// A number; JSON knows no infinity, so that becomes what it prints as.
fn float(number: f64) -> Json {
    serde_json::Number::from_f64(number).map_or_else(|| Json::String(number.to_string()), Json::Number)
}

fn from_json(text: &str) -> Result<Json, DataFault> {
    serde_json::from_str(text).map_err(|error| DataFault {
        message: without_place(&error.to_string(), " at line "),
        at: Some(offset_of(text, error.line(), error.column())),
    })
}

fn from_yaml(text: &str) -> Result<Json, DataFault> {
    let value: serde_norway::Value = serde_norway::from_str(text).map_err(|error| DataFault {
        message: without_place(&error.to_string(), " at line "),
        at: error.location().map(|place| place.index().min(text.len())),
    })?;
    yaml_value(value)
}

fn yaml_value(value: serde_norway::Value) -> Result<Json, DataFault> {
    use serde_norway::Value;
    Ok(match value {
        Value::Null => Json::Null,
        Value::Bool(flag) => Json::Bool(flag),
        Value::Number(number) => match (number.as_i64(), number.as_u64()) {
            (Some(number), _) => number.into(),
            (_, Some(number)) => number.into(),
            _ => float(number.as_f64().unwrap_or(f64::NAN)),
        },
        Value::String(text) => Json::String(text),
        Value::Sequence(list) => Json::Array(list.into_iter().map(yaml_value).collect::<Result<_, _>>()?),
        Value::Mapping(map) => {
            let pairs = map.into_iter().map(|(key, value)| Ok((yaml_key(key)?, yaml_value(value)?)));
            Json::Object(pairs.collect::<Result<JsonMap, _>>()?)
        }
        Value::Tagged(tagged) => {
            Json::Object(JsonMap::from_iter([(tagged.tag.to_string(), yaml_value(tagged.value)?)]))
        }
    })
}

fn yaml_key(key: serde_norway::Value) -> Result<String, DataFault> {
    match yaml_value(key)? {
        Json::String(text) => Ok(text),
        key @ (Json::Bool(_) | Json::Number(_)) => Ok(key.to_string()),
        _ => Err(DataFault {
            message: "a key is neither a text, a number nor a truth value".to_owned(),
            at: None,
        }),
    }
}

fn from_csv(text: &str) -> Result<Json, DataFault> {
    let fault = |error: csv::Error| {
        let at = error.position().and_then(|place| usize::try_from(place.byte()).ok());
        DataFault { message: error.to_string(), at: at.map(|at| at.min(text.len())) }
    };
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let headers: Json = reader.headers().map_err(fault)?.iter().collect();
    let mut records = Vec::new();
    for record in reader.records() {
        records.push(record.map_err(fault)?.iter().collect::<Json>());
    }
    Ok(object([("headers", headers), ("records", Json::Array(records))]))
}

fn from_bibtex(text: &str) -> Result<Json, DataFault> {
    let library = nom_bibtex::Bibtex::parse(text).map_err(|error| DataFault {
        message: error
            .to_string()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .trim_end_matches('.')
            .to_owned(),
        at: None,
    })?;
    let entry = |entry: &nom_bibtex::Bibliography| {
        object([
            ("entry_type", entry.entry_type().into()),
            ("citation_key", entry.citation_key().into()),
            ("tags", sorted(entry.tags(), str::to_lowercase)),
        ])
    };
    Ok(object([
        ("preambles", library.preambles().iter().cloned().collect()),
        ("comments", library.comments().iter().cloned().collect()),
        ("variables", sorted(library.variables(), str::to_owned)),
        ("bibliographies", library.bibliographies().iter().map(entry).collect()),
    ]))
}

/// A table in the order of its keys: the parser forgets the order of the file.
fn sorted(table: &HashMap<String, String>, rename: fn(&str) -> String) -> Json {
    let mut pairs: Vec<_> =
        table.iter().map(|(key, value)| (rename(key), Json::from(value.as_str()))).collect();
    pairs.sort_by(|a, b| a.0.cmp(&b.0));
    Json::Object(pairs.into_iter().collect())
}

fn from_xml(text: &str) -> Result<Json, DataFault> {
    roxmltree_to_serde::xml_str_to_json(text, &roxmltree_to_serde::Config::default()).map_err(|error| {
        let place = error.pos();
        DataFault {
            message: without_place(&error.to_string(), " at "),
            at: Some(offset_of(text, place.row as usize, place.col as usize)),
        }
    })
}

/// A parser's message without the place at its end, which is told apart.
fn without_place(message: &str, before: &str) -> String {
    let tail_is_place = |tail: &str| tail.starts_with(|c: char| c.is_ascii_digit());
    match message.rsplit_once(before) {
        Some((message, tail)) if tail_is_place(tail) => message.to_owned(),
        _ => message.to_owned(),
    }
}

fn object<const N: usize>(pairs: [(&str, Json); N]) -> Json {
    Json::Object(pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fault(text: &str, format: DataFormat) -> (String, Option<usize>) {
        let fault = parse(text, format).unwrap_err();
        (fault.message, fault.at)
    }

    #[test]
    fn faults_and_their_places() {
        assert_eq!(fault("a = 1\na = 2", DataFormat::Toml), ("duplicate key".to_owned(), Some(6)));
        assert_eq!(fault("{\"a\": }", DataFormat::Json), ("expected value".to_owned(), Some(6)));
        let (message, at) = fault("a: 1\nb: [", DataFormat::Yaml);
        assert!(!message.contains(" at line 2") && at.is_some(), "{message} {at:?}");
        let (message, at) = fault("a,b\n1,2\n3\n", DataFormat::Csv);
        assert!(message.contains("found record with 1 fields") && at == Some(8), "{message} {at:?}");
        let (message, at) = fault("<a>\n<b></a>", DataFormat::Xml);
        assert!(message.contains("expected 'b' tag, not 'a'") && at == Some(7), "{message} {at:?}");
        let (message, at) = fault("@book{x", DataFormat::Bibtex);
        assert!(!message.contains('\n') && at.is_none(), "{message}");
        assert!(fault("? [1]\n: 2", DataFormat::Yaml).0.contains("a key is neither"));
    }

    #[test]
    fn dates_are_text_wherever_they_stand() {
        let text =
            "z = 2021-03-04\na = [1979-05-27T07:32:00Z]\n[t]\nl = [{ d = 07:32:00 }]\nf = inf\nn = 1.0";
        let expected = r#"{"z":"2021-03-04","a":["1979-05-27T07:32:00Z"],"t":{"l":[{"d":"07:32:00"}],"f":"inf","n":1.0}}"#;
        assert_eq!(parse(text, DataFormat::Toml).unwrap().to_string(), expected);
    }

    #[test]
    fn order_is_kept() {
        assert_eq!(
            parse(r#"{"b":1,"a":{"d":1,"c":2}}"#, DataFormat::Json).unwrap().to_string(),
            r#"{"b":1,"a":{"d":1,"c":2}}"#
        );
        let yaml = "b: ~\n1: x\ntrue: [1.5, .inf, 18446744073709551615]\na: !t 2";
        let expected = r#"{"b":null,"1":"x","true":[1.5,"inf",18446744073709551615],"a":{"!t":2}}"#;
        assert_eq!(parse(yaml, DataFormat::Yaml).unwrap().to_string(), expected);
    }

    #[test]
    fn tables_and_trees() {
        let expected =
            json!({ "headers": ["Number", "Title"], "records": [["1", "Guten, berg"], ["2", ""]] });
        assert_eq!(parse("Number,Title\n1,\"Guten, berg\"\n2,\n", DataFormat::Csv).unwrap(), expected);
        assert_eq!(parse("", DataFormat::Csv).unwrap(), json!({ "headers": [], "records": [] }));
        let xml =
            "<root><headers>Number</headers><headers>Title</headers><r a=\"1\"><item>1</item></r></root>";
        let expected = json!({ "root": { "headers": ["Number", "Title"], "r": { "@a": 1, "item": 1 } } });
        assert_eq!(parse(xml, DataFormat::Xml).unwrap(), expected);
    }

    #[test]
    fn books() {
        let text =
            "@preamble{\"p\"}\n@comment{c}\n@string{k = \"v\"}\n@book{key, Title = {T}, AUTHOR = k # {w}}";
        let library = parse(text, DataFormat::Bibtex).unwrap();
        assert_eq!(library["preambles"], json!(["p"]));
        assert_eq!(library["variables"], json!({ "k": "v" }));
        let book =
            json!({ "entry_type": "book", "citation_key": "key", "tags": { "author": "vw", "title": "T" } });
        assert_eq!(library["bibliographies"], json!([book]));
    }
}
