//! How a value travels to an engine, without either side knowing the other.

use std::sync::Arc;

use super::shared_text::SharedText;
use crate::model::{Json, JsonMap};

/// A value in the form of the engine that made it. Cloning is cheap; making one is not, so it is made once and shared.
#[derive(Clone, Debug)]
pub enum Shared {
    /// Of dialect 0.22.
    Tera1(Arc<super::tera1::Tree>),
    /// Of dialect 0.23.
    Tera2(tera2::Value),
}

/// A part of an object.
#[derive(Clone, Debug)]
pub enum Field {
    /// Nothing.
    Null,
    /// Yes or no.
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Text.
    Text(SharedText),
    /// The author's data.
    Data(Json),
    /// An object that exists already.
    Shared(Shared),
    /// A list of such parts.
    List(Vec<Field>),
    /// Named parts, in this order.
    Object(Vec<(&'static str, Field)>),
}

impl Field {
    /// Text, or nothing.
    pub fn maybe(text: Option<&str>) -> Field {
        text.map_or(Field::Null, Field::from)
    }

    /// A number, or nothing.
    pub fn maybe_int(number: Option<usize>) -> Field {
        number.map_or(Field::Null, |number| Field::Int(number as i64))
    }

    /// A list of texts.
    pub fn texts<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> Field {
        Field::List(texts.into_iter().map(|text| Field::from(text.as_ref())).collect())
    }
}

impl From<&str> for Field {
    fn from(text: &str) -> Self {
        Field::Text(text.into())
    }
}

/// The names a template starts with.
#[derive(Clone, Debug, Default)]
pub struct Context {
    /// What its author chose: the arguments of a shortcode.
    pub args: JsonMap,
    /// What the house gives; these go before arguments of the same name.
    pub parts: Vec<(&'static str, Field)>,
}

impl From<Vec<(&'static str, Field)>> for Context {
    fn from(parts: Vec<(&'static str, Field)>) -> Self {
        Context { args: JsonMap::new(), parts }
    }
}
