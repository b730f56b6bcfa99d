//! The words of the editors' list. In: a folded text and the list. Out: where they stand as whole words, whatever their
//! capitals and accents, also with an ending of more than one (`-en`, `-s`, `-e`).

use std::ops::Range;

use super::folded::{Folded, fold};

/// Where the words and phrases of the list stand.
pub(super) fn found(folded: &Folded, list: &[String]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for entry in list {
        let entry = fold(entry);
        let parts: Vec<&str> =
            entry.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()).collect();
        for at in 0..folded.words.len() {
            let Some(range) = stands(folded, &parts, at) else { continue };
            if !found.contains(&range) {
                found.push(range);
            }
        }
    }
    found
}

/// Where a phrase ends, if it stands at a place: its words with nothing but spaces or dashes between them.
fn stands(folded: &Folded, parts: &[&str], at: usize) -> Option<Range<usize>> {
    let (last, before) = parts.split_last()?;
    let together = |gap: &str| gap.len() <= 3 && gap.chars().all(|c| " -'\n".contains(c));
    for (offset, part) in before.iter().enumerate() {
        if folded.word(at + offset) != *part || !together(folded.gap(at + offset)) {
            return None;
        }
    }
    let end = at + before.len();
    is(folded.word(end), last).then(|| folded.words[at].start..folded.words[end].end)
}

/// Whether a word is this one, in the singular or the plural.
fn is(word: &str, entry: &str) -> bool {
    let Some(ending) = word.strip_prefix(entry) else { return false };
    // `gek`, `gekken`: a short vowel doubles what follows it.
    let doubled = entry.chars().next_back().and_then(|last| ending.strip_prefix(last));
    let long_enough = entry.chars().count() > 2;
    ending.is_empty()
        || long_enough
            && (["en", "s", "e", "n"].contains(&ending)
                || doubled.is_some_and(|rest| ["en", "e"].contains(&rest)))
}
