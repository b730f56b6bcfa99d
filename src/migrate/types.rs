//! What is known of a value before anything runs. In: an expression of Tera 1. Out: its [`Type`].

use super::expr::{self, Expr, Kind, Op};

/// What is known of a value before anything runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    /// Text.
    Text,
    /// A whole number.
    Int,
    /// Another number.
    Float,
    /// True or false.
    Bool,
    /// A list.
    List,
    /// It depends.
    Unknown,
}

/// Filters of Tera 1 that answer with text.
const OF_TEXT: [&str; 25] = [
    "upper",
    "lower",
    "trim",
    "trim_start",
    "trim_end",
    "trim_start_matches",
    "trim_end_matches",
    "truncate",
    "replace",
    "capitalize",
    "title",
    "linebreaksbr",
    "indent",
    "striptags",
    "spaceless",
    "urlencode",
    "urlencode_strict",
    "escape",
    "escape_xml",
    "slugify",
    "addslashes",
    "join",
    "date",
    "json_encode",
    "as_str",
];

/// The type of what an expression of Tera 1 makes.
pub(super) fn type_of(expr: &Expr) -> Type {
    match &expr.kind {
        Kind::Text | Kind::Macro(..) | Kind::Binary(Op::Concat, ..) => Type::Text,
        Kind::Int => Type::Int,
        Kind::Float => Type::Float,
        Kind::Bool | Kind::Not(_) | Kind::Test(_) => Type::Bool,
        Kind::Binary(Op::Compare | Op::In | Op::And | Op::Or, ..) => Type::Bool,
        Kind::Binary(..) | Kind::Path(..) => Type::Unknown,
        Kind::Array(_) => Type::List,
        Kind::Group(inner) => type_of(inner),
        Kind::Call(name, _) => match name.as_str() {
            "get_url" | "get_taxonomy_url" | "trans" | "get_hash" => Type::Text,
            "range" => Type::List,
            _ => Type::Unknown,
        },
        Kind::Filter(input, call) => match call.name.as_str() {
            "safe" => type_of(input),
            "length" | "wordcount" | "int" => Type::Int,
            "float" | "round" => Type::Float,
            "split" | "sort" | "unique" | "slice" | "filter" | "map" | "concat" => Type::List,
            name if OF_TEXT.contains(&name)
                || ["markdown", "regex_replace", "filesizeformat"].contains(&name) =>
            {
                Type::Text
            }
            _ => Type::Unknown,
        },
    }
}

pub(super) fn type_of_literal(text: &str) -> Type {
    expr::read(text, 0, text.len()).map_or(Type::Unknown, |(expr, _)| type_of(&expr))
}
