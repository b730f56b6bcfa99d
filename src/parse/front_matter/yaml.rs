//! Reads YAML front matter. In: a [`Block`] of YAML and the keys it may hold. Out: the cells of those keys, and
//! complaints.
//!
//! Values are read as the kind their key asks for, so that `title: 2024` is the text "2024". The reader stops at its first
//! fault; to find all faults, it then passes over the faulty key and starts anew.

use std::cell::Cell as Mutable;
use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};

use super::super::fields::{Block, Cell, Found, Key, Kind};
use super::super::{dates, toml_text};
use crate::base::Diagnostic;
use crate::base::diagnostic::offset_of;
use crate::model::{DateValue, Json, JsonMap};

/// What the known keys hold; none when the block is no YAML.
pub(super) fn cells(block: &Block<'_>, keys: &'static [Key], faults: &mut Vec<Diagnostic>) -> Option<Found> {
    let mut skip = Vec::new();
    loop {
        let at = Mutable::new(None);
        let error = match read(block.text, Document { keys, skip: &skip, at: &at }) {
            Ok(found) => return Some(found),
            Err(error) => error,
        };
        if skip.is_empty()
            && let Err(syntax) = serde_norway::from_str::<IgnoredAny>(block.text)
        {
            faults.push(syntax_fault(block, &syntax));
            return None;
        }
        let key = at.get().filter(|index| !skip.contains(index)).map(|index| (index, &keys[index]));
        faults.push(value_fault(block, &error, key.map(|(_, key)| key)));
        let (index, _) = key?;
        skip.push(index);
    }
}

fn read(text: &str, document: Document<'_>) -> Result<Found, serde_norway::Error> {
    document.deserialize(serde_norway::Deserializer::from_str(text))
}

fn syntax_fault(block: &Block<'_>, error: &serde_norway::Error) -> Diagnostic {
    let place = error_place(block, error);
    let line = block.text[..place.start].rfind('\n').map_or(block.text, |at| &block.text[at + 1..]).lines().next().unwrap_or("");
    let fault = block.error(block.names.syntax, format!("The front matter is no valid YAML here: {}.", plain(error)), place);
    if line.contains('\t') {
        fault.hint("Indent with spaces: YAML allows no tabs.")
    } else if line.contains(" = ") {
        fault.hint("Write a colon instead of an equals sign, or put the front matter between `+++` lines, which makes it TOML.")
    } else {
        fault.hint("Each line reads `key: value`. Put a text in quotes when it holds a colon, a `#`, a quote or a bracket.")
    }
}

fn value_fault(block: &Block<'_>, error: &serde_norway::Error, key: Option<&Key>) -> Diagnostic {
    let message = error.to_string();
    let Some(key) = key else {
        return block
            .error(block.names.value, "The front matter must be lines of the form `key: value`.", error_place(block, error))
            .hint("Write for instance `title: \"…\"`.");
    };
    if message.contains(TWICE) {
        let first = places(block, &[key.name]).0;
        let again = line_of(block.text, first.end, key.name).map_or(first, |(key, _)| key);
        return block
            .error(block.names.value, format!("`{}` stands here a second time.", key.name), again)
            .hint("Take one of the two away.");
    }
    for (mark, hint) in EXTRA_FAULTS {
        if message.contains(mark) {
            let message = format!("`{}` holds {mark}.", key.name);
            return block.error(block.names.value, message, error_place(block, error)).hint(hint);
        }
    }
    let found = found(&message);
    match (key.kind, found.is_empty()) {
        (_, true) => {
            let place = places(block, &[key.name]).1;
            let written = block.text[place.clone()].trim().to_owned();
            block.mismatch(key.name, key.kind, &format!("`{written}`"), place)
        }
        _ => block.mismatch(key.name, key.kind, &found, error_place(block, error)),
    }
}

const TWICE: &str = "a key that stands twice";
const EMPTY: &str = "an empty value";
const LARGE: &str = "a number that is too large";
const NO_WORD: &str = "a word that is not allowed";
const SAME_KEY: &str = "the same key twice";
const KEY_NUMBER: &str = "a key that is no text";
/// What may be wrong deep inside a table of the author's own, and how to mend it.
const EXTRA_FAULTS: [(&str, &str); 4] = [
    (SAME_KEY, "Take one of the two away."),
    (KEY_NUMBER, "Put the key in quotes."),
    (EMPTY, "Give it a value, or take the line away; an empty text is written `\"\"`."),
    (LARGE, "Put the number in quotes, as text."),
];

/// What was found, from the words of an error; empty when it does not say.
fn found(message: &str) -> String {
    let mark = ["invalid type: ", "invalid value: "].into_iter().find_map(|mark| message.split_once(mark));
    let Some((found, _)) = mark.and_then(|(_, rest)| rest.split_once(", expected ")) else { return String::new() };
    match found {
        "sequence" => "a list".to_owned(),
        "map" => "a table".to_owned(),
        "unit value" => "empty".to_owned(),
        other => match other.split_once('`') {
            Some(("boolean ", flag)) => format!("`{flag}"),
            Some((_, number)) => format!("the number {}", number.trim_end_matches('`')),
            None if other.starts_with("string ") => other.replacen("string", "the text", 1),
            None => other.to_owned(),
        },
    }
}

/// An error's words, without the place at their end.
fn plain(error: &serde_norway::Error) -> String {
    let message = error.to_string();
    message.split(" at line ").next().unwrap_or("").to_owned()
}

/// From where the reader stopped to the end of that line.
fn error_place(block: &Block<'_>, error: &serde_norway::Error) -> Range<usize> {
    let Some(location) = error.location() else { return 0..block.text.len() };
    let start = offset_of(block.text, location.line(), location.column()).min(block.text.len());
    let end = block.text[start..].find(['\n', '\r']).map_or(block.text.len(), |at| start + at);
    start..end
}

/// Where a key and its value stand; the whole block when it is not found. Looks at the lines only: for complaints.
pub(super) fn places(block: &Block<'_>, path: &[&str]) -> (Range<usize>, Range<usize>) {
    let mut found = (0..block.text.len(), 0..block.text.len());
    let mut from = 0;
    for name in path {
        let Some((key, value)) = line_of(block.text, from, name) else { break };
        from = key.end;
        found = (key, value);
    }
    found
}

fn line_of(text: &str, from: usize, name: &str) -> Option<(Range<usize>, Range<usize>)> {
    let mut start = from;
    for line in text[from..].split_inclusive('\n') {
        let written = line.trim_start_matches([' ', '\t', '{', '"', '\'']);
        let after = written.strip_prefix(name).map(|rest| rest.trim_start_matches(['"', '\'']).trim_start());
        if let Some(value) = after.and_then(|rest| rest.strip_prefix(':')) {
            let key = start + line.len() - written.len();
            let value_start = start + line.len() - value.trim_start().len();
            let value_end = start + line.trim_end().len();
            let key = key..key + name.len();
            return Some((key.clone(), if value_start < value_end { value_start..value_end } else { key }));
        }
        start += line.len();
    }
    None
}

/// The whole front matter.
struct Document<'k> {
    keys: &'static [Key],
    skip: &'k [usize],
    /// The key that is being read.
    at: &'k Mutable<Option<usize>>,
}

impl<'de> DeserializeSeed<'de> for Document<'_> {
    type Value = Found;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Found, D::Error> {
        from.deserialize_struct("front matter", &[], self)
    }
}

impl<'de> Visitor<'de> for Document<'_> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("front matter")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Found, A::Error> {
        let mut found = Found { cells: Vec::with_capacity(8), unknown: Vec::new() };
        let mut seen = 0_u64;
        while let Some(name) = map.next_key_seed(Name(self.keys))? {
            let index = match name {
                Named::Known(index) => index,
                Named::Unknown(name) => {
                    found.unknown.push((name, 0..0));
                    map.next_value::<IgnoredAny>()?;
                    continue;
                }
            };
            self.at.set(Some(index));
            if self.skip.contains(&index) {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            if seen & (1 << index) != 0 {
                return Err(A::Error::custom(TWICE));
            }
            seen |= 1 << index;
            let cell = map.next_value_seed(Value(&self.keys[index]))?;
            self.at.set(None);
            found.cells.push((self.keys[index].name, cell));
        }
        Ok(found)
    }
}

/// A key of the front matter.
struct Name(&'static [Key]);

enum Named {
    Known(usize),
    Unknown(String),
}

impl<'de> DeserializeSeed<'de> for Name {
    type Value = Named;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Named, D::Error> {
        from.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Name {
    type Value = Named;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<Named, E> {
        let known = self.0.iter().position(|key| key.name == name);
        Ok(known.map_or_else(|| Named::Unknown(name.to_owned()), Named::Known))
    }
}

/// What a key holds.
struct Value(&'static Key);

impl<'de> DeserializeSeed<'de> for Value {
    type Value = Cell;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Cell, D::Error> {
        let Key { kind, nullable, .. } = *self.0;
        match kind {
            Kind::Text => maybe(from, nullable, Cell::Text),
            Kind::Flag => maybe(from, nullable, Cell::Flag),
            Kind::Count => maybe(from, nullable, Cell::Count),
            Kind::Texts => maybe(from, nullable, Cell::Texts),
            Kind::Terms => maybe(from, nullable, |terms: Lists| Cell::Terms(terms.0)),
            Kind::Date => Date::deserialize(from).map(|date| Cell::Date(date.0)),
            Kind::Choice(words) => match maybe(from, nullable, Cell::Text)? {
                Cell::Text(word) if !words.contains(&word.as_str()) => Err(D::Error::custom(NO_WORD)),
                cell => Ok(cell),
            },
            Kind::Data => Table::deserialize(from).map(|table| Cell::Data(table.0)),
            Kind::Pairs | Kind::Elsewhere => IgnoredAny::deserialize(from).map(|_| Cell::Null),
        }
    }
}

fn maybe<'de, D, T>(from: D, nullable: bool, cell: impl FnOnce(T) -> Cell) -> Result<Cell, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    if nullable { Ok(Option::<T>::deserialize(from)?.map_or(Cell::Null, cell)) } else { T::deserialize(from).map(cell) }
}

/// A table of lists, in the order it was written; of two lists of the same name the last counts.
struct Lists(Vec<(String, Vec<String>)>);

impl<'de> Deserialize<'de> for Lists {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Lists;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table of lists")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Lists, A::Error> {
                let mut lists: Vec<(String, Vec<String>)> = Vec::new();
                while let Some((name, list)) = map.next_entry::<String, Vec<String>>()? {
                    match lists.iter_mut().find(|(known, _)| *known == name) {
                        Some((_, known)) => *known = list,
                        None => lists.push((name, list)),
                    }
                }
                Ok(Lists(lists))
            }
        }
        from.deserialize_map(Visit)
    }
}

struct Date(DateValue);

impl<'de> Deserialize<'de> for Date {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visit;
        impl Visitor<'_> for Visit {
            type Value = Date;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a date")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Date, E> {
                dates::from_text(text).map(Date).ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        from.deserialize_any(Visit)
    }
}

/// The author's own table.
struct Table(JsonMap);

impl<'de> Deserialize<'de> for Table {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visit;
        impl<'de> Visitor<'de> for Visit {
            type Value = Table;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Table, A::Error> {
                data_map(map).map(Table)
            }
        }
        from.deserialize_any(Visit)
    }
}

/// Anything in there.
struct Data(Json);

impl<'de> Deserialize<'de> for Data {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(DataVisitor).map(Data)
    }
}

struct DataVisitor;

impl<'de> Visitor<'de> for DataVisitor {
    type Value = Json;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: de::Error>(self, flag: bool) -> Result<Json, E> {
        Ok(Json::Bool(flag))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Json, E> {
        Ok(Json::from(number))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Json, E> {
        i64::try_from(number).map(Json::from).map_err(|_| E::custom(LARGE))
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Json, E> {
        Ok(toml_text::float(number))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Json, E> {
        Ok(Json::String(text.to_owned()))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Json, E> {
        Err(E::custom(EMPTY))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(Data(item)) = list.next_element()? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Json, A::Error> {
        data_map(map).map(Json::Object)
    }
}

/// A table of anything; its keys are texts, each once.
fn data_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<JsonMap, A::Error> {
    let mut table = JsonMap::new();
    while let Some((Data(name), Data(value))) = map.next_entry()? {
        let Json::String(name) = name else {
            return Err(A::Error::custom(KEY_NUMBER));
        };
        if table.insert(name, value).is_some() {
            return Err(A::Error::custom(SAME_KEY));
        }
    }
    Ok(table)
}
