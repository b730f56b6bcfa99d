//! What is wrong with YAML front matter. In: the reader's error. Out: a complaint in the words of this house, and where
//! keys and values stand. All of this runs only when something is wrong.

use std::ops::Range;

use super::super::fields::{Block, Key};
use crate::base::Diagnostic;
use crate::base::diagnostic::offset_of;

/// A key of the front matter stands twice.
pub(super) const TWICE: &str = "a key that stands twice";
/// A word is none of a choice.
pub(super) const NO_WORD: &str = "a word that is not allowed";
/// A number of the author's does not fit.
pub(super) const LARGE: &str = "a number that is too large";
/// A key of the author's stands twice.
pub(super) const SAME_KEY: &str = "the same key twice";

/// What may be wrong deep inside a table of the author's own, and how to mend it.
const DATA_FAULTS: [(&str, &str); 2] =
    [(LARGE, "Put the number in quotes, as text."), (SAME_KEY, "Take one of the two away.")];

/// That the block is no YAML.
pub(super) fn syntax_fault(block: &Block<'_>, error: &serde_norway::Error) -> Diagnostic {
    let place = error_place(block, error);
    let line = block.text[..place.start]
        .rfind('\n')
        .map_or(block.text, |at| &block.text[at + 1..])
        .lines()
        .next()
        .unwrap_or("");
    let fault = block.error(
        block.names.syntax,
        format!("The front matter is no valid YAML here: {}.", plain(error)),
        place,
    );
    if line.contains('\t') {
        fault.hint("Indent with spaces: YAML allows no tabs.")
    } else if line.contains(" = ") {
        fault.hint("Write a colon instead of an equals sign, or put the front matter between `+++` lines, which makes it TOML.")
    } else {
        fault.hint("Each line reads `key: value`. Put a text in quotes when it holds a colon, a `#`, a quote or a bracket.")
    }
}

/// That a key holds something it cannot; without a key, that the block is no list of keys at all.
pub(super) fn value_fault(block: &Block<'_>, error: &serde_norway::Error, key: Option<&Key>) -> Diagnostic {
    let message = error.to_string();
    let place = error_place(block, error);
    let Some(key) = key else {
        let message = "The front matter must be lines of the form `key: value`.";
        return block.error(block.names.value, message, place).hint("Write for instance `title: \"…\"`.");
    };
    if let Some(found) = found(&message) {
        return block.mismatch(key.name, key.kind, &found, place);
    }
    if message.contains(TWICE) {
        let message = format!("`{}` stands here a second time.", key.name);
        let fault = block.error(block.names.value, message, second_place(block, key.name));
        return fault.hint("Take one of the two away.");
    }
    match DATA_FAULTS.iter().find(|(mark, _)| message.contains(mark)) {
        Some((mark, hint)) => {
            block.error(block.names.value, format!("`{}` holds {mark}.", key.name), place).hint(*hint)
        }
        None => {
            let place = places(block, &[key.name]).1;
            block.mismatch(key.name, key.kind, &format!("`{}`", block.text[place.clone()].trim()), place)
        }
    }
}

/// What was found, from the words of an error that says so.
fn found(message: &str) -> Option<String> {
    let mark = ["invalid type: ", "invalid value: "].into_iter().find_map(|mark| message.split_once(mark));
    let (found, _) = mark?.1.rsplit_once(", expected ")?;
    Some(match found {
        "sequence" => "a list".to_owned(),
        "map" => "a table".to_owned(),
        "unit value" => "empty".to_owned(),
        _ if found.starts_with("string ") => found.replacen("string", "the text", 1),
        _ => match found.split_once('`') {
            Some(("boolean ", flag)) => format!("`{flag}"),
            Some((_, number)) => format!("the number {}", number.trim_end_matches('`')),
            None => found.to_owned(),
        },
    })
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

/// Where a key and its value stand; the whole block when it is not found. Looks at the lines only.
pub(super) fn places(block: &Block<'_>, path: &[&str]) -> (Range<usize>, Range<usize>) {
    let mut found = (0..block.text.len(), 0..block.text.len());
    let (mut from, mut indentation) = (0, top_indentation(block.text));
    for name in path {
        let Some((key, value)) = line_of(block.text, from, indentation, name) else { break };
        (from, indentation) = (key.end, None);
        found = (key, value);
    }
    found
}

/// Where a key stands for the second time.
fn second_place(block: &Block<'_>, name: &str) -> Range<usize> {
    let first = places(block, &[name]).0;
    line_of(block.text, first.end, top_indentation(block.text), name).map_or(first, |(key, _)| key)
}

/// How far the keys at the top are indented.
fn top_indentation(text: &str) -> Option<usize> {
    let written = |line: &&str| !line.trim_start().is_empty() && !line.trim_start().starts_with('#');
    text.lines().find(written).map(|line| line.len() - line.trim_start().len())
}

/// The first line from here on that sets a key, at this indentation or, without one, at any.
fn line_of(
    text: &str,
    from: usize,
    indentation: Option<usize>,
    name: &str,
) -> Option<(Range<usize>, Range<usize>)> {
    let mut start = from;
    for line in text[from..].split_inclusive('\n') {
        let indented = line.len() - line.trim_start().len();
        let written = line.trim_start_matches([' ', '\t', '{', '"', '\'']);
        let after = written.strip_prefix(name).map(|rest| rest.trim_start_matches(['"', '\'']).trim_start());
        let value = after.and_then(|rest| rest.strip_prefix(':'));
        if let Some(value) = value.filter(|_| indentation.is_none_or(|wanted| wanted == indented)) {
            let key = start + line.len() - written.len();
            let key = key..key + name.len();
            let value = start + line.len() - value.trim_start().len()..start + line.trim_end().len();
            return Some((key.clone(), if value.is_empty() { key } else { value }));
        }
        start += line.len();
    }
    None
}
