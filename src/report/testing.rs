//! Complaints and sources that the tests of every form share.

use std::sync::Arc;

use crate::base::{Diagnostic, SourcePath};

/// Two small files.
pub(super) fn sources(path: &SourcePath) -> Option<Arc<[u8]>> {
    match path.as_str() {
        "content/a.md" => Some(Arc::from("# Kop\n\nZie 👍 [dit](@/weg.md) en\r\nverder.\n".as_bytes())),
        "content/_index.md" => Some(Arc::from(b"<<b>>".as_slice())),
        _ => None,
    }
}

/// An error in one line, with a note and two hints.
pub(super) fn with_note() -> Diagnostic {
    Diagnostic::error("link/missing", "The page does not exist.")
        .at(&SourcePath::new("content/a.md"), 16..31)
        .note("included from here", &SourcePath::new("content/_index.md"), Some(1..2))
        .hint("Write the name of a page that exists.")
        .hint("Or make the page.")
}

/// A warning about three lines, the middle one empty.
pub(super) fn several_lines() -> Diagnostic {
    Diagnostic::warning("front-matter/table", "De tabel klopt niet.")
        .at(&SourcePath::new("content/a.md"), 2..10)
        .hint("Maak de tabel af.")
}

/// No place, a whole file, and a file that cannot be read.
pub(super) fn without_source() -> Vec<Diagnostic> {
    vec![
        Diagnostic::error("config/missing", "Nothing is\nwell."),
        Diagnostic::warning("parse/odd", "The file is odd.").in_file(&SourcePath::new("content/a.md")),
        Diagnostic::error("source/gone", "It is gone.").at(&SourcePath::new("content/gone.md"), 3..9),
    ]
}
