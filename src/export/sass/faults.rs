//! What a fault of the compiler means to an author. In: the fault and the style sheet that was being made. Out: a
//! [`Diagnostic`] at the very place, with a way to mend it.

use std::ops::Range;
use std::path::Path;

use grass::ErrorKind;

use super::sources::in_site;
use crate::base::diagnostic::offset_of;
use crate::base::{Diagnostic, SourcePath};

/// A fault that the compiler found.
pub(super) fn explain(error: grass::Error, entry: &SourcePath) -> Diagnostic {
    let ErrorKind::ParseError { message, loc, .. } = error.kind() else { return gave_up(entry) };
    let file = in_site(Path::new(loc.file.name())).unwrap_or_else(|| entry.clone());
    let text = loc.file.source();
    let offset = |line: usize, column: usize| offset_of(text, line + 1, column + 1);
    let start = offset(loc.begin.line, loc.begin.column);
    let span = start..offset(loc.end.line, loc.end.column).max(start);
    let hint = hint(&message, text, &span);
    let code =
        if message.starts_with("Can't find stylesheet") { "sass/missing-import" } else { "sass/syntax" };
    let said = message.trim().trim_end_matches('.');
    let complaint = Diagnostic::error(code, format!("The style sheet cannot be compiled: {said}."))
        .at(&file, span)
        .hint(hint);
    used_by(complaint, &file, entry)
}

/// A style sheet that is not there.
pub(super) fn missing(entry: &SourcePath) -> Diagnostic {
    Diagnostic::error("sass/missing", format!("There is no style sheet `{entry}`."))
        .in_file(entry)
        .hint("Create the file, or correct the name where it is asked for.")
}

/// A file that is no text, from this byte on.
pub(super) fn not_text(file: &SourcePath, at: usize, entry: &SourcePath) -> Diagnostic {
    let message = format!("`{file}` cannot be read as text: it is not UTF-8 from here on.");
    let complaint = Diagnostic::error("sass/not-text", message)
        .at(file, at..at + 1)
        .hint("Open the file in an editor and save it with the encoding UTF-8.");
    used_by(complaint, file, entry)
}

/// A style sheet on which the compiler broke down without saying where.
pub(super) fn gave_up(entry: &SourcePath) -> Diagnostic {
    Diagnostic::error("sass/gave-up", format!("The Sass compiler broke down on `{entry}` without saying where."))
        .in_file(entry)
        .hint("Take out the last thing you changed in this style sheet or in a file it imports, and write it in a simpler way.")
}

fn used_by(complaint: Diagnostic, file: &SourcePath, entry: &SourcePath) -> Diagnostic {
    if file == entry { complaint } else { complaint.note("It is part of this style sheet", entry, None) }
}

fn hint(message: &str, text: &str, span: &Range<usize>) -> String {
    let here = text.get(span.clone()).unwrap_or("").trim_matches(['"', '\'', ' ', ';', '\n', '\r']);
    match message {
        m if m.starts_with("Can't find stylesheet") => format!(
            "Correct the name `{here}`, or create that file. It is looked for from the folder of this file, with or without `_` \
             in front and `.scss`, `.sass` or `.css` behind."
        ),
        m if m.starts_with("Undefined variable") => {
            "Define the variable above this line, correct its name, or import the file that defines it.".to_owned()
        }
        m if m.starts_with("Undefined") || m.starts_with("There is no module") => {
            "Correct the name, or import the file that defines it at the top of this file.".to_owned()
        }
        m if m.contains("already being loaded") => {
            "Two files import each other. Move what both need to a third file, and import that one in both.".to_owned()
        }
        m if m.to_lowercase().contains("expected") => {
            "Look here and on the line above for a missing or superfluous `;`, `:`, `{`, `}`, bracket or quote.".to_owned()
        }
        _ => "Correct the style sheet at this place.".to_owned(),
    }
}
