//! The words around the messages. In: a [`Language`]. Out: "error" or "fout". The messages themselves come as they are.

use crate::base::{Diagnostic, Severity};

/// The language of the frame.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Dutch.
    Dutch,
}

/// How many errors and warnings there are, as one line; empty when there are none.
pub fn summary(diagnostics: &[Diagnostic], language: Language) -> String {
    let errors = diagnostics.iter().filter(|d| d.is_error()).count();
    let warnings = diagnostics.len() - errors;
    let words = language.words();
    let counted = |n: usize, [one, many]: [&str; 2]| format!("{n} {}", if n == 1 { one } else { many });
    match (errors, warnings) {
        (0, 0) => String::new(),
        (0, _) => counted(warnings, words.warnings),
        (_, 0) => counted(errors, words.errors),
        _ => format!("{} {} {}", counted(errors, words.errors), words.and, counted(warnings, words.warnings)),
    }
}

/// The words of one language.
pub(super) struct Words {
    errors: [&'static str; 2],
    warnings: [&'static str; 2],
    and: &'static str,
    pub(super) note: &'static str,
    pub(super) help: &'static str,
    pub(super) file: &'static str,
    pub(super) line: &'static str,
    pub(super) column: &'static str,
    pub(super) columns: &'static str,
    pub(super) to: &'static str,
    pub(super) marked: &'static str,
}

impl Words {
    /// The word for how bad it is.
    pub(super) fn severity(&self, severity: Severity) -> &'static str {
        match severity {
            Severity::Error => self.errors[0],
            Severity::Warning => self.warnings[0],
        }
    }
}

impl Language {
    /// Its words.
    pub(super) fn words(self) -> &'static Words {
        match self {
            Language::English => &ENGLISH,
            Language::Dutch => &DUTCH,
        }
    }
}

const ENGLISH: Words = Words {
    errors: ["error", "errors"],
    warnings: ["warning", "warnings"],
    and: "and",
    note: "note",
    help: "help",
    file: "file",
    line: "line",
    column: "column",
    columns: "columns",
    to: "to",
    marked: "marked",
};

const DUTCH: Words = Words {
    errors: ["fout", "fouten"],
    warnings: ["waarschuwing", "waarschuwingen"],
    and: "en",
    note: "toelichting",
    help: "hulp",
    file: "bestand",
    line: "regel",
    column: "kolom",
    columns: "kolommen",
    to: "tot en met",
    marked: "gemarkeerd",
};

#[cfg(test)]
mod tests {
    use super::*;

    fn list(errors: usize, warnings: usize) -> Vec<Diagnostic> {
        let errors = std::iter::repeat_n(Diagnostic::error("a/b", "E."), errors);
        errors.chain(std::iter::repeat_n(Diagnostic::warning("a/b", "W."), warnings)).collect()
    }

    #[test]
    fn counts_in_both_languages() {
        let cases = [
            (0, 0, "", ""),
            (1, 0, "1 error", "1 fout"),
            (0, 2, "2 warnings", "2 waarschuwingen"),
            (3, 1, "3 errors and 1 warning", "3 fouten en 1 waarschuwing"),
        ];
        for (errors, warnings, english, dutch) in cases {
            assert_eq!(summary(&list(errors, warnings), Language::English), english);
            assert_eq!(summary(&list(errors, warnings), Language::Dutch), dutch);
        }
    }
}
