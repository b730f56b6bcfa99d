//! Reads YAML front matter. In: a [`Block`] of YAML and the keys it may hold. Out: the cells of those keys, and
//! complaints.
//!
//! Values are read as the kind their key asks for, so that `title: 2024` is the text "2024". The reader stops at its first
//! fault; to find all faults, it then passes over the faulty key and starts anew.

use std::cell::Cell as Mutable;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, de};

use super::super::dates;
use super::super::fields::{Block, Cell, Found, Key, Kind};
use super::yaml_data::Table;
use super::yaml_faults::{NO_WORD, TWICE, syntax_fault, value_fault};
use crate::base::Diagnostic;
use crate::model::DateValue;

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
    if nullable {
        Ok(Option::<T>::deserialize(from)?.map_or(Cell::Null, cell))
    } else {
        T::deserialize(from).map(cell)
    }
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
                dates::from_text(text)
                    .map(Date)
                    .ok_or_else(|| E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        from.deserialize_any(Visit)
    }
}
