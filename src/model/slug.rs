//! How names become parts of a URL. In: a name and a strategy. Out: the slug.

use serde::{Deserialize, Serialize};

/// What may remain of a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strategy {
    /// Only `a`–`z`, `0`–`9` and single dashes.
    #[default]
    On,
    /// Everything but what file systems refuse.
    Safe,
    /// Everything.
    Off,
}

/// A part of a path, from a name.
pub fn path_slug(name: &str, strategy: Strategy) -> String {
    match strategy {
        Strategy::On => slug::slugify(name),
        Strategy::Safe => name
            .trim_end_matches(['.', ' '])
            .chars()
            .filter(|c| !matches!(c, '<' | '>' | ':' | '"' | '/' | '\\' | '|' | '?' | '*'))
            .collect(),
        Strategy::Off => name.to_owned(),
    }
}

/// The id of a heading, from its text. Without slugs, white space still has to go: an id holds none.
pub fn anchor_slug(text: &str, strategy: Strategy) -> String {
    match strategy {
        Strategy::On => slug::slugify(text),
        Strategy::Safe | Strategy::Off => text.replace(|c: char| c.is_ascii_whitespace(), "_"),
    }
}
