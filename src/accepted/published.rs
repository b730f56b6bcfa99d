//! The file of accepted reactions: a line that says what it is, then one reaction a line, as JSON. In: bytes, from whoever
//! made them. Out: a [`Published`] in which every text is safe to show and whose order is always the same, and complaints
//! with their place; and back again.
//!
//! Nothing is taken on trust: HTML is cleaned anew, ids and moments must have their form because they become anchors and
//! feeds, and names and titles keep of what cannot be seen no more than [`text::characters`] lets the endpoint keep.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::text::{self, one_line};
use crate::base::{Diagnostic, SourcePath};
use crate::model::reaction::{Kind, NOTICES, Published, Reaction};

/// The version of the form that is read and written.
const VERSION: u64 = 1;

/// How every such file begins.
const BEGINS: &[u8] = b"{\"praktijk\":\"reacties\"";

/// The line at the top.
#[derive(Serialize, Deserialize)]
struct Head {
    praktijk: String,
    version: u64,
    revision: u64,
}

/// A reaction and where its line stands.
type Line = (Reaction, Range<usize>);

/// Reads it. `file` is where complaints say it stands.
pub fn read(bytes: &[u8], file: &SourcePath) -> (Published, Vec<Diagnostic>) {
    let mut told = Vec::new();
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => {
            let at = error.valid_up_to();
            let message = "The file of reactions is no text from here on: these bytes are not UTF-8.";
            told.push(
                Diagnostic::error("reactions/text", message)
                    .at(file, at..at + error.error_len().unwrap_or(1))
                    .hint(AGAIN),
            );
            return (Published::default(), told);
        }
    };
    let mark = bytes.len() - unmarked(bytes).len();
    let mut lines = lines(text, mark);
    let revision = match head(lines.next(), file) {
        Ok(revision) => revision,
        Err(fault) => return (Published::default(), vec![fault]),
    };
    let mut found: Vec<Line> = Vec::new();
    for (line, at) in lines {
        match reaction(line) {
            Ok(reaction) => found.push((reaction, at)),
            Err(fault) => told.push(fault.told(line, &at, file)),
        }
    }
    let items = in_order(found, file, &mut told);
    (Published { revision, items }, told)
}

/// Whether it is such a file at all, whole or broken. Not so the page that a proxy answers with.
pub fn is_one(bytes: &[u8]) -> bool {
    unmarked(bytes).starts_with(BEGINS)
}

/// The revision that its first line names.
pub fn revision(bytes: &[u8]) -> Option<u64> {
    let line = unmarked(bytes).split(|byte| *byte == b'\n').next()?;
    serde_json::from_slice::<Head>(line).ok().map(|head| head.revision)
}

/// The bytes behind the mark that some programs put before a text.
fn unmarked(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes)
}

/// Writes it: the same bytes for the same reactions, in whatever order they were found.
pub fn write(published: &Published) -> Vec<u8> {
    let head = Head { praktijk: "reacties".to_owned(), version: VERSION, revision: published.revision };
    let mut items: Vec<&Reaction> = published.items.iter().collect();
    items.sort_by(|a, b| (&a.page, &a.id).cmp(&(&b.page, &b.id)));
    // A value of plain texts, numbers and flags always has a form in JSON.
    let mut lines = vec![serde_json::to_string(&head).unwrap_or_default()];
    lines.extend(items.into_iter().filter_map(|item| serde_json::to_string(item).ok()));
    let mut text = lines.join("\n");
    text.push('\n');
    text.into_bytes()
}

const AGAIN: &str = "Have it made again by `praktijk reactions publish`, or build without: `praktijk build --reactions none`.";

/// The lines that are not empty, with their places.
fn lines(text: &str, from: usize) -> impl Iterator<Item = (&str, Range<usize>)> {
    let mut start = from;
    text[from..].split('\n').filter_map(move |line| {
        let at = start;
        start += line.len() + 1;
        let line = line.strip_suffix('\r').unwrap_or(line);
        (!line.trim().is_empty()).then_some((line, at..at + line.len()))
    })
}

/// The revision that the first line names.
fn head(line: Option<(&str, Range<usize>)>, file: &SourcePath) -> Result<u64, Diagnostic> {
    let Some((line, at)) = line else {
        let message = "The file of reactions is empty: even without a reaction it begins with a line that says what it is.";
        return Err(Diagnostic::error("reactions/head", message).in_file(file).hint(AGAIN));
    };
    let fault =
        |message: String| Diagnostic::error("reactions/head", message).at(file, at.clone()).hint(AGAIN);
    let expected = "`{\"praktijk\":\"reacties\",\"version\":1,\"revision\":…}`";
    match serde_json::from_str::<Head>(line) {
        Ok(head) if head.praktijk != "reacties" => {
            Err(fault(format!("This is no file of reactions: its first line should be {expected}.")))
        }
        Ok(head) if head.version != VERSION => Err(fault(format!(
            "The file of reactions is of version {}, and this program reads version {VERSION}.",
            head.version
        ))
        .hint("Use the program and the endpoint of the same release.")),
        Ok(head) => Ok(head.revision),
        Err(_) => Err(fault(format!("This is no file of reactions: its first line should be {expected}."))),
    }
}

/// What is wrong with a line, and at which byte of it.
struct Fault {
    message: String,
    at: Option<usize>,
}

impl Fault {
    fn told(self, line: &str, at: &Range<usize>, file: &SourcePath) -> Diagnostic {
        let span = match self.at {
            None => at.clone(),
            Some(from) => {
                let mut from = from.min(line.len());
                while !line.is_char_boundary(from) {
                    from -= 1;
                }
                let length = line[from..].chars().next().map_or(0, char::len_utf8);
                at.start + from..at.start + from + length
            }
        };
        Diagnostic::error("reactions/line", self.message).at(file, span).hint(AGAIN)
    }
}

fn reaction(line: &str) -> Result<Reaction, Fault> {
    let read: Reaction = serde_json::from_str(line).map_err(|error| {
        let said = error.to_string();
        let said = said.rsplit_once(" at line ").map_or(said.as_str(), |(said, _)| said);
        let message = format!("This line is no reaction: {said}.");
        Fault { message, at: Some(error.column().saturating_sub(1)) }
    })?;
    let plain = |text: &Option<String>| text.as_deref().map(one_line).filter(|text| !text.is_empty());
    let made = Reaction {
        title: plain(&read.title),
        author: one_line(&read.author),
        about: plain(&read.about),
        html: text::clean(&read.html),
        chosen: read.chosen && read.kind == Kind::Answer,
        ..read
    };
    match wrong(&made) {
        Some(message) => Err(Fault { message, at: None }),
        None => Ok(made),
    }
}

/// What is wrong with a reaction, as a sentence.
fn wrong(reaction: &Reaction) -> Option<String> {
    let of = |what: &str, text: &str, form: &str| Some(format!("The {what} `{text}` is not {form}."));
    let Reaction { id, page, parent, kind, created, edited, notice, expires, .. } = reaction;
    if !is_ulid(id) {
        return of("id", &one_line(id), "26 digits and capitals, as the endpoint makes them");
    }
    if page.is_empty() || page.chars().any(char::is_control) || page.trim() != page {
        return of("page", &one_line(page), "the id of a page");
    }
    if let Some(parent) = parent.as_ref().filter(|parent| !is_ulid(parent)) {
        return of("parent", &one_line(parent), "the id of a reaction");
    }
    if parent.is_some() != (*kind == Kind::Answer) {
        return Some("An answer has a `parent`, and nothing else has one.".to_owned());
    }
    if let Some(moment) = [Some(created), edited.as_ref()].into_iter().flatten().find(|text| !is_moment(text))
    {
        return of("moment", &one_line(moment), "a moment such as `2026-11-22T09:00:00Z`");
    }
    if let Some(day) = expires.as_ref().filter(|text| !is_day(text)) {
        return of("last day", &one_line(day), "a day such as `2027-01-31`");
    }
    if let Some(word) = notice.as_ref().filter(|word| !NOTICES.contains(&word.as_str())) {
        return of("notice", &one_line(word), &format!("one of {}", NOTICES.join(", ")));
    }
    if notice.is_some() && *kind != Kind::Notice {
        return Some("Only a `bericht` is a `notice`.".to_owned());
    }
    reaction.author.is_empty().then(|| "Nobody is named as its `author`.".to_owned())
}

/// Whether it is a ULID as it is written: the alphabet of Crockford, in capitals.
fn is_ulid(text: &str) -> bool {
    let sign = |sign: u8| sign.is_ascii_digit() || sign.is_ascii_uppercase() && !b"ILOU".contains(&sign);
    text.len() == 26 && text.bytes().all(sign)
}

fn is_moment(text: &str) -> bool {
    let form = text.len() == 20 && text.as_bytes().get(10) == Some(&b'T') && text.ends_with('Z');
    form && text.parse::<jiff::Timestamp>().is_ok()
}

fn is_day(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// Puts reactions in order, without those that answer nothing. Of two with one id, which is an anchor, the first stays.
fn in_order(mut found: Vec<Line>, file: &SourcePath, told: &mut Vec<Diagnostic>) -> Vec<Reaction> {
    let mut first: BTreeMap<String, Range<usize>> = BTreeMap::new();
    found.retain(|(reaction, at)| {
        let before = first.entry(reaction.id.clone()).or_insert_with(|| at.clone());
        if before != at {
            let message = format!("Two lines have the id {}.", reaction.id);
            told.push(
                Diagnostic::error("reactions/twice", message)
                    .at(file, at.clone())
                    .note("the other", file, Some(before.clone()))
                    .hint("Take one of the two lines away."),
            );
        }
        before == at
    });
    found.sort_by(|(a, _), (b, _)| (&a.page, &a.id).cmp(&(&b.page, &b.id)));
    let known: BTreeMap<&str, &Reaction> = found.iter().map(|(made, _)| (made.id.as_str(), made)).collect();
    let answers_something = |reaction: &Reaction| match &reaction.parent {
        None => true,
        Some(parent) => known
            .get(parent.as_str())
            .is_some_and(|parent| parent.page == reaction.page && parent.kind != Kind::Answer),
    };
    let orphans: Vec<bool> = found.iter().map(|(reaction, _)| !answers_something(reaction)).collect();
    for ((reaction, at), _) in found.iter().zip(&orphans).filter(|(_, orphan)| **orphan) {
        let message = format!(
            "The answer {} is left out: what it answers is not on its page, or is an answer itself.",
            reaction.id
        );
        told.push(Diagnostic::warning("reactions/orphan", message).at(file, at.clone()).hint(
            "Nothing need be done when what it answered was taken away. Else have the file made again.",
        ));
    }
    found.into_iter().zip(orphans).filter(|(_, orphan)| !orphan).map(|((reaction, _), _)| reaction).collect()
}

#[cfg(test)]
mod tests;
