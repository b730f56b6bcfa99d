//! What a table of settings or front matter may hold. A list of [`Key`]s says which keys a table knows and what each
//! must hold; the readers of TOML and YAML give [`Cell`]s of those kinds, or complaints in the words of this file.

use std::ops::Range;

use serde::Deserialize;
use serde::de::value::{Error as ValueError, StrDeserializer};

use crate::base::{Diagnostic, SourcePath};
use crate::model::{DateValue, JsonMap};

/// What a key must hold.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    /// Text.
    Text,
    /// Yes or no.
    Flag,
    /// A whole number, zero or more.
    Count,
    /// A list of texts.
    Texts,
    /// A table of lists of texts.
    Terms,
    /// A table of texts.
    Pairs,
    /// A date.
    Date,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A table of the author's own.
    Data,
    /// A table that is read by itself.
    Elsewhere,
}

/// A key that a table knows.
#[derive(Clone, Copy, Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// Whether an empty value (which only YAML has) is as good as none.
    pub(super) nullable: bool,
}

/// A key of which an empty value is as good as none.
pub(super) const fn optional(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, nullable: true }
}

/// A key that must hold something where it stands.
pub(super) const fn key(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, nullable: false }
}

/// What a key was found to hold.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    /// Nothing.
    Null,
    /// A text, or a word of a choice.
    Text(String),
    Flag(bool),
    Count(usize),
    Texts(Vec<String>),
    Terms(Vec<(String, Vec<String>)>),
    Pairs(Vec<(String, String)>),
    Date(DateValue),
    Data(JsonMap),
}

/// All that was found in a table: what the known keys hold, and the unknown keys with their place in the block.
pub(super) struct Found {
    pub(super) cells: Vec<(&'static str, Cell)>,
    pub(super) unknown: Vec<(String, Range<usize>)>,
}

/// A value of an enum from the word a [`Kind::Choice`] let through.
pub(super) fn choice<'de, T: Deserialize<'de> + Default>(word: &'de str) -> T {
    T::deserialize(StrDeserializer::<ValueError>::new(word)).unwrap_or_default()
}

/// The language of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Syntax {
    Toml,
    Yaml,
}

/// The names under which a block's complaints go, and what people call it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Names {
    pub(super) what: &'static str,
    pub(super) syntax: &'static str,
    pub(super) value: &'static str,
}

/// For front matter.
pub(super) const FRONT_MATTER: Names =
    Names { what: "front matter", syntax: "front-matter/syntax", value: "front-matter/value" };
/// For `zola.toml` and `theme.toml`.
pub(super) const SETTINGS: Names = Names { what: "file", syntax: "config/syntax", value: "config/value" };

/// A run of TOML or YAML in a file. Places inside are counted from its own first byte.
#[derive(Clone, Copy)]
pub(super) struct Block<'a> {
    pub(super) file: &'a SourcePath,
    pub(super) text: &'a str,
    /// At which byte of the file it begins.
    pub(super) offset: usize,
    pub(super) syntax: Syntax,
    pub(super) names: Names,
}

impl Block<'_> {
    /// An error at a place inside.
    pub(super) fn error(
        &self,
        code: &'static str,
        message: impl Into<String>,
        at: Range<usize>,
    ) -> Diagnostic {
        Diagnostic::error(code, message).at(self.file, self.in_file(at))
    }

    /// A warning at a place inside.
    pub(super) fn warning(
        &self,
        code: &'static str,
        message: impl Into<String>,
        at: Range<usize>,
    ) -> Diagnostic {
        Diagnostic::warning(code, message).at(self.file, self.in_file(at))
    }

    /// A place inside, as a place in the file.
    pub(super) fn in_file(&self, at: Range<usize>) -> Range<usize> {
        at.start + self.offset..at.end + self.offset
    }

    /// That a key holds something else than it must.
    pub(super) fn mismatch(&self, name: &str, kind: Kind, found: &str, at: Range<usize>) -> Diagnostic {
        let message = match kind {
            Kind::Choice(words) => format!("`{name}` must be one of {}; here it is {found}.", listed(words)),
            _ => format!("`{name}` must be {}; here it is {found}.", wanted(kind)),
        };
        self.error(self.names.value, message, at).hint(self.example(name, kind))
    }

    /// How to write it well.
    fn example(&self, name: &str, kind: Kind) -> String {
        let value = match kind {
            Kind::Text => "\"…\"",
            Kind::Flag => "true",
            Kind::Count => "10",
            Kind::Texts => "[\"…\", \"…\"]",
            Kind::Date => "2024-05-31",
            Kind::Choice(words) => {
                return format!("Write {}.", self.assignment(name, &format!("\"{}\"", words[0])));
            }
            Kind::Terms => return self.nested(name, "tags", "[\"…\", \"…\"]"),
            Kind::Pairs => return self.nested(name, "word", "\"…\""),
            Kind::Data | Kind::Elsewhere => return self.nested(name, "key", "\"…\""),
        };
        match kind {
            Kind::Text => format!("Write {}: text stands in quotes.", self.assignment(name, value)),
            Kind::Flag => format!(
                "Write {} or {}, without quotes.",
                self.assignment(name, value),
                self.assignment(name, "false")
            ),
            Kind::Texts => format!(
                "Write {}: a list stands in square brackets, also when it holds one thing.",
                self.assignment(name, value)
            ),
            Kind::Count => format!("Write {}, without quotes.", self.assignment(name, value)),
            _ => format!("Write {}: year, month, day.", self.assignment(name, value)),
        }
    }

    fn assignment(&self, name: &str, value: &str) -> String {
        match self.syntax {
            Syntax::Toml => format!("`{name} = {value}`"),
            Syntax::Yaml => format!("`{name}: {value}`"),
        }
    }

    fn nested(&self, name: &str, key: &str, value: &str) -> String {
        match self.syntax {
            Syntax::Toml => format!(
                "Write `[{name}]` on a line of its own, and below it lines such as `{key} = {value}`."
            ),
            Syntax::Yaml => format!(
                "Write `{name}:` on a line of its own, and below it, indented, lines such as `{key}: {value}`."
            ),
        }
    }
}

/// What a kind is called.
fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Choice(_) => "text",
        Kind::Flag => "`true` or `false`",
        Kind::Count => "a whole number, zero or more",
        Kind::Texts => "a list of texts",
        Kind::Terms => "a table of lists of texts",
        Kind::Pairs => "a table of texts",
        Kind::Date => "a date",
        Kind::Data | Kind::Elsewhere => "a table",
    }
}

/// Words as they are listed in a sentence.
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a &'a str>) -> String {
    let words: Vec<_> = words.into_iter().map(|word| format!("`{word}`")).collect();
    words.join(", ")
}

/// The text of a file with the byte-order mark taken off, and how many bytes that was; none, with a complaint, when it
/// is no UTF-8.
pub(super) fn text<'a>(
    file: &SourcePath,
    bytes: &'a [u8],
    faults: &mut Vec<Diagnostic>,
) -> Option<(&'a str, usize)> {
    let error = match std::str::from_utf8(bytes) {
        Ok(text) => {
            return Some(
                text.strip_prefix('\u{feff}').map_or((text, 0), |rest| (rest, '\u{feff}'.len_utf8())),
            );
        }
        Err(error) => error,
    };
    let start = error.valid_up_to();
    let end = error.error_len().map_or(bytes.len(), |length| start + length);
    let line = bytes[..start].iter().filter(|byte| **byte == b'\n').count() + 1;
    let message = format!("This file is not saved as UTF-8: line {line} holds bytes that are no character.");
    let fault = Diagnostic::error("content/encoding", message).at(file, start..end);
    faults.push(fault.hint("Open the file in an editor and save it again with the encoding UTF-8."));
    None
}
