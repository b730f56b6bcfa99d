//! What is told about a rewriting. In: what was met. Out: a [`Note`], with its place and what to do.

/// How much a note asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// The rewriting is not finished: somebody must do it.
    ByHand,
    /// It was rewritten; somebody may want to look at it.
    Look,
}

/// Something in a file that somebody should know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// How much it asks.
    pub weight: Weight,
    /// The file, from the root of the site, as it was called before.
    pub file: String,
    /// The line in the file as it was before, from 1.
    pub line: usize,
    /// What was met, and why it is told.
    pub what: String,
    /// What to do.
    pub how: String,
}

/// The line of a byte, from 1.
pub(super) fn line(text: &str, at: usize) -> usize {
    text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count() + 1
}
