//! What the front matter of a file says. In: the bytes of a file and the settings of the site. Out: a [`ParsedPage`](super::ParsedPage) or
//! [`ParsedSection`](super::ParsedSection), and complaints, all of them.
//!
//! | file | what it answers |
//! |---|---|
//! | [`fence`] | where front matter begins and ends |
//! | [`mod@page`] | what a page may say, and what follows from it |
//! | [`mod@section`] | the same for a section |
//! | [`yaml`] | what YAML says |
//! | [`yaml_data`] | what YAML says below `extra` |
//! | [`yaml_faults`] | what is wrong with YAML, and where |

pub(super) mod fence;
mod page;
mod section;
mod yaml;
mod yaml_data;
mod yaml_faults;

use std::ops::Range;

use memchr::memmem;

use super::fields::{self, Block, FRONT_MATTER, Found, Key, Syntax};
use super::{FileName, Text, Written, reading, toml_text};
use crate::base::hash::Hasher128;
use crate::base::{Diagnostic, Hash128, SourcePath};
use crate::model::{Config, Dialect, Json, JsonMap};
use fence::Missing;

pub(super) use page::page;
pub(super) use section::section;

/// A file whose front matter has been read, key by key.
struct Opened<'a> {
    file: Option<FileName>,
    block: Block<'a>,
    found: Found,
    /// The text below, and where it begins in the file.
    text: &'a str,
    text_offset: usize,
}

/// Reads the front matter of a file.
fn open<'a>(
    path: &'a SourcePath,
    bytes: &'a [u8],
    config: &Config,
    keys: &'static [Key],
    faults: &mut Vec<Diagnostic>,
) -> Option<Opened<'a>> {
    let file = FileName::new(path, config).map_err(|fault| faults.push(fault)).ok();
    let (text, mark) = fields::text(path, bytes, faults)?;
    let split = match fence::split(text) {
        Ok(split) => split,
        Err(missing) => {
            faults.push(missing_fault(path, &missing, mark));
            return None;
        }
    };
    let block = Block {
        file: path,
        text: &text[split.matter.clone()],
        offset: mark + split.matter.start,
        syntax: split.syntax,
        names: FRONT_MATTER,
    };
    let found = match split.syntax {
        Syntax::Toml => {
            toml_text::parse(&block, faults).map(|table| toml_text::cells(&block, &table, keys, faults))
        }
        Syntax::Yaml => yaml::cells(&block, keys, faults),
    }?;
    Some(Opened { file, block, found, text: &text[split.body..], text_offset: mark + split.body })
}

fn missing_fault(path: &SourcePath, missing: &Missing, mark: usize) -> Diagnostic {
    let fault = |code, message: String, at: &Range<usize>| {
        Diagnostic::error(code, message).at(path, at.start + mark..at.end + mark)
    };
    match missing {
        Missing::Opening(at) => {
            fault("front-matter/missing", "This file does not begin with front matter.".to_owned(), at)
                .hint("Put three lines at the top of the file: `+++`, then `title = \"…\"`, then `+++`.")
        }
        Missing::BehindOpening(syntax, at) => {
            let fence = syntax.fence();
            fault(
                "front-matter/missing",
                format!("Nothing may stand behind `{fence}` on the first line."),
                at,
            )
            .hint(format!("Leave `{fence}` alone on the first line and move the rest to the next."))
        }
        Missing::Closing(syntax, at) => {
            let fence = syntax.fence();
            fault(
                "front-matter/unclosed",
                format!("The front matter that begins with this `{fence}` is never closed."),
                at,
            )
            .hint(format!("Put a line with nothing but `{fence}` between the front matter and the text."))
        }
    }
}

/// Where a key and its value stand.
fn places(block: &Block<'_>, path: &[&str]) -> (Range<usize>, Range<usize>) {
    match block.syntax {
        Syntax::Toml => toml_text::places(block, path),
        Syntax::Yaml => yaml_faults::places(block, path),
    }
}

/// The text of a file with its counts.
fn text(opened: &Opened<'_>, lang: &str, dialect: Dialect) -> Text {
    let (word_count, reading_time) = reading::count(opened.text, lang, dialect);
    let bytes = opened.text.as_bytes();
    let has = |marks: &[&str]| marks.iter().any(|mark| memmem::find(bytes, mark.as_bytes()).is_some());
    Text {
        raw: Written::new(opened.text),
        may_have_templates: has(&["{{", "{%", "{#"]),
        may_have_code: has(&["```", "~~~", "    "]),
        offset: opened.text_offset,
        word_count,
        reading_time,
        hash: Hash128::of_bytes(opened.text.as_bytes()),
    }
}

/// The identity of everything but the text. Tables of the author's own are equal in any order for [`Hash`], but templates
/// see their order, so it counts here.
fn head_hash(parts: impl std::hash::Hash, extra: &JsonMap) -> Hash128 {
    let mut hasher = Hasher128::default();
    parts.hash(&mut hasher);
    hash_order(extra, &mut hasher);
    hasher.finish128()
}

fn hash_order(table: &JsonMap, hasher: &mut Hasher128) {
    use std::hash::Hash;
    fn inside(value: &Json, hasher: &mut Hasher128) {
        match value {
            Json::Object(table) => hash_order(table, hasher),
            Json::Array(items) => items.iter().for_each(|item| inside(item, hasher)),
            _ => {}
        }
    }
    for (name, value) in table {
        name.hash(hasher);
        inside(value, hasher);
    }
}

#[cfg(test)]
mod tests;
