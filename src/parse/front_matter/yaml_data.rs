//! The author's own data in YAML. In: whatever stands below `extra`. Out: the same as JSON. Every key stands once, and
//! numbers are no larger than TOML's. What is empty is null: Zola before 0.23 had it so, and sites of that time do.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::super::toml_text;
use super::yaml_faults::{LARGE, SAME_KEY};
use crate::model::{Json, JsonMap};

/// The author's own table.
pub(super) struct Table(pub(super) JsonMap);

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
        Ok(Json::Null)
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

/// A table of anything. Its keys stand once each; whatever they are is text, so that `2024: …` has the key "2024".
fn data_map<'de, A: MapAccess<'de>>(mut map: A) -> Result<JsonMap, A::Error> {
    let mut table = JsonMap::new();
    while let Some((name, Data(value))) = map.next_entry::<String, Data>()? {
        if table.insert(name, value).is_some() {
            return Err(A::Error::custom(SAME_KEY));
        }
    }
    Ok(table)
}
