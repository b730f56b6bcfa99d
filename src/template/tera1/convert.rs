//! Parts of objects as values of Tera 1. In: a part, and what a template can reach. Out: a value with those parts only
//! that the template can name.

use super::reach::Reach;
use crate::model::{Json, JsonMap};
use crate::template::value::{Field, Shared};

/// What is shared between templates of Tera 1: parts, not yet values.
#[derive(Clone, Debug)]
pub enum Tree {
    /// A part.
    Field(Field),
    /// An object with some of its parts replaced.
    With(Shared, Vec<(&'static str, Field)>),
}

impl Default for Tree {
    fn default() -> Self {
        Tree::Field(Field::Null)
    }
}

impl Tree {
    /// Whether there is nothing in it.
    pub(super) fn is_nothing(&self) -> bool {
        matches!(self, Tree::Field(Field::Null))
    }
}

/// What a template starts with under a name.
pub(super) fn part(name: &str, field: &Field, reach: &Reach) -> Json {
    value(field, &|part| reach.wants(part) || reach.wants_of(name, part), reach)
}

/// A shared part.
pub(super) fn tree(tree: &Tree, reach: &Reach) -> Json {
    tree_value(tree, &|part| reach.wants(part), reach)
}

/// A value of another engine: there is only one engine in a build, so this does not happen.
pub(super) fn foreign(shared: &Shared) -> Json {
    match shared {
        Shared::Tera1(shared) => tree(shared, &Reach::default()),
        Shared::Tera2(value) => serde_json::to_value(value).unwrap_or(Json::Null),
    }
}

fn tree_value(tree: &Tree, wanted: &dyn Fn(&str) -> bool, reach: &Reach) -> Json {
    match tree {
        Tree::Field(field) => value(field, wanted, reach),
        Tree::With(base, parts) => {
            let replaced = |name: &str| parts.iter().any(|(known, _)| *known == name);
            let mut made = match base {
                Shared::Tera1(base) => tree_value(base, &|name| wanted(name) && !replaced(name), reach),
                other => foreign(other),
            };
            if let Json::Object(map) = &mut made {
                for (name, part) in parts.iter().filter(|(name, _)| wanted(name)) {
                    map.insert((*name).to_owned(), below(part, reach));
                }
            }
            made
        }
    }
}

fn below(field: &Field, reach: &Reach) -> Json {
    value(field, &|part| reach.wants(part), reach)
}

fn value(field: &Field, wanted: &dyn Fn(&str) -> bool, reach: &Reach) -> Json {
    match field {
        Field::Null => Json::Null,
        Field::Bool(value) => Json::Bool(*value),
        Field::Int(value) => Json::from(*value),
        Field::Text(text) => Json::String(text.to_string()),
        Field::Data(json) => json.clone(),
        Field::Shared(Shared::Tera1(tree)) => tree_value(tree, wanted, reach),
        Field::Shared(other) => foreign(other),
        Field::List(parts) => Json::Array(parts.iter().map(|part| below(part, reach)).collect()),
        Field::Object(parts) => {
            let wanted = parts.iter().filter(|(name, _)| wanted(name));
            Json::Object(
                wanted.map(|(name, part)| ((*name).to_owned(), below(part, reach))).collect::<JsonMap>(),
            )
        }
    }
}
