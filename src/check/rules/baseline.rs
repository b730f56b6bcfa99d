//! Complaints that are known and passed over, so that a site with old faults can still see new ones. In: complaints and the
//! text they are about. Out: a file that lists them, and the complaints that are not in it.
//!
//! A known complaint is a rule, a file, and an identity of the words it is about; lines may move. What stops a build is
//! never passed over.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::base::{Diagnostic, SourcePath, hash_of};

/// Known complaints, with how many of each.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<Known, usize>);

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    file: String,
    code: String,
    hash: String,
}

/// One complaint as it stands in the file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    file: String,
    code: String,
    hash: String,
    count: usize,
}

/// Gives the bytes of a file.
type Read<'r> = &'r dyn Fn(&SourcePath) -> Option<Arc<[u8]>>;

impl Baseline {
    /// All of these complaints.
    pub fn of(diagnostics: &[Diagnostic], read: Read<'_>) -> Self {
        let mut known = BTreeMap::new();
        for diagnostic in diagnostics {
            if let Some(one) = known_as(diagnostic, read) {
                *known.entry(one).or_insert(0) += 1;
            }
        }
        Baseline(known)
    }

    /// Reads a file: one JSON object a line.
    pub fn read(text: &str) -> Result<Self, String> {
        let mut known = BTreeMap::new();
        for (at, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
            let line: Line =
                serde_json::from_str(line).map_err(|error| format!("line {}: {error}", at + 1))?;
            let one = Known { file: line.file, code: line.code, hash: line.hash };
            *known.entry(one).or_insert(0) += line.count;
        }
        Ok(Baseline(known))
    }

    /// The file.
    pub fn write(&self) -> String {
        let line = |(known, count): (&Known, &usize)| {
            let Known { file, code, hash } = known.clone();
            serde_json::to_string(&Line { file, code, hash, count: *count }).unwrap_or_default() + "\n"
        };
        self.0.iter().map(line).collect()
    }

    /// How many complaints it knows.
    pub fn len(&self) -> usize {
        self.0.values().sum()
    }

    /// Whether it knows none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Takes known complaints out of a list, and gives how many those were.
    pub fn pass_over(mut self, diagnostics: &mut Vec<Diagnostic>, read: Read<'_>) -> usize {
        let before = diagnostics.len();
        diagnostics.retain(|diagnostic| {
            let left =
                known_as(diagnostic, read).and_then(|one| self.0.get_mut(&one)).filter(|left| **left > 0);
            left.map(|left| *left -= 1).is_none()
        });
        before - diagnostics.len()
    }
}

fn known_as(diagnostic: &Diagnostic, read: Read<'_>) -> Option<Known> {
    if diagnostic.is_error() && !diagnostic.code.starts_with("regel/") {
        return None;
    }
    let place = diagnostic.place.as_ref()?;
    let excerpt = place.span.as_ref().and_then(|span| {
        let bytes = read(&place.file)?;
        let words = String::from_utf8_lossy(bytes.get(span.clone())?).into_owned();
        Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    // Two fields that are missing are told at the same place, so the names in the message count too.
    let names: Vec<&str> = diagnostic.message.split(['‘', '’', '`']).skip(1).step_by(2).collect();
    let hash = format!("{:016x}", hash_of(&(excerpt, names)).0 >> 64);
    Some(Known { file: place.file.to_string(), code: diagnostic.code.to_owned(), hash })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str, word: &str) -> (Vec<Diagnostic>, Arc<[u8]>) {
        let file = SourcePath::new("content/a.md");
        let at = text
            .match_indices(word)
            .map(|(at, _)| Diagnostic::warning("regel/zin-lang", "Lang ‘x’.").at(&file, at..at + word.len()));
        (at.collect(), Arc::from(text.as_bytes()))
    }

    #[test]
    fn known_complaints_are_passed_over_wherever_they_moved() {
        let (before, old) = told("fout\n", "fout");
        let baseline = Baseline::of(&before, &|_| Some(old.clone()));
        let file = baseline.write();
        assert_eq!(file.lines().count(), 1);
        let (mut after, new) = told("nieuw\n\nfout en nog een fout\n", "fout");
        let known = Baseline::read(&file).expect("readable").pass_over(&mut after, &|_| Some(new.clone()));
        assert_eq!((known, after.len()), (1, 1));
    }

    #[test]
    fn what_stops_a_build_is_never_passed_over() {
        let file = SourcePath::new("content/a.md");
        let stop = Diagnostic::error("link/missing", "Weg.").at(&file, 0..1);
        assert!(Baseline::of(&[stop], &|_| Some(Arc::from(b"x".as_slice()))).is_empty());
    }

    #[test]
    fn a_file_that_is_none_is_told() {
        assert!(Baseline::read("{\"file\": 3}").is_err_and(|told| told.starts_with("line 1")));
        assert!(Baseline::read("\n").is_ok_and(|known| known.is_empty()));
    }
}
