//! Complaints for programs. In: complaints. Out: one JSON object per line.
//!
//! The keys are always there, in this order, and hold `null` where nothing is known: `severity` (`error` or `warning`),
//! `code`, `message`, `file`, `line`, `column`, `end_line`, `end_column` (from 1, columns in characters, the end is the
//! column after the last character), `start`, `end` (bytes from 0), `notes` (each `label` and the same keys for its
//! place) and `hints`.

use serde::Serialize;

use crate::base::{Diagnostic, Place, Severity};

use super::{Sources, excerpt};

/// One line for each complaint.
pub fn lines(diagnostics: &[Diagnostic], sources: Sources<'_>) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        // Nothing in a record can fail to become JSON: its keys are names and its values text and numbers.
        text += &serde_json::to_string(&record(diagnostic, sources)).unwrap_or_default();
        text.push('\n');
    }
    text
}

#[derive(Serialize)]
struct Record<'a> {
    severity: &'static str,
    code: &'a str,
    message: &'a str,
    #[serde(flatten)]
    place: Where<'a>,
    notes: Vec<NoteRecord<'a>>,
    hints: &'a [String],
}

#[derive(Serialize)]
struct NoteRecord<'a> {
    label: &'a str,
    #[serde(flatten)]
    place: Where<'a>,
}

#[derive(Default, Serialize)]
struct Where<'a> {
    file: Option<&'a str>,
    line: Option<usize>,
    column: Option<usize>,
    end_line: Option<usize>,
    end_column: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
}

fn record<'a>(diagnostic: &'a Diagnostic, sources: Sources<'_>) -> Record<'a> {
    let note =
        |note: &'a crate::base::Note| NoteRecord { label: &note.label, place: located(&note.place, sources) };
    Record {
        severity: match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        code: diagnostic.code,
        message: &diagnostic.message,
        place: diagnostic.place.as_ref().map(|place| located(place, sources)).unwrap_or_default(),
        notes: diagnostic.notes.iter().map(note).collect(),
        hints: &diagnostic.hints,
    }
}

fn located<'a>(place: &'a Place, sources: Sources<'_>) -> Where<'a> {
    let spot = excerpt::read(place, sources, 0).map(|excerpt| excerpt.spot);
    Where {
        file: Some(place.file.as_str()),
        line: spot.map(|spot| spot.line),
        column: spot.map(|spot| spot.column),
        end_line: spot.map(|spot| spot.end_line),
        end_column: spot.map(|spot| spot.end_column),
        start: place.span.as_ref().map(|span| span.start),
        end: place.span.as_ref().map(|span| span.end),
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn keys_are_stable() {
        let expected = concat!(
            r#"{"severity":"error","code":"link/missing","message":"The page does not exist.","#,
            r#""file":"content/a.md","line":3,"column":7,"end_line":3,"end_column":22,"start":16,"end":31,"#,
            r#""notes":[{"label":"included from here","file":"content/_index.md","line":1,"column":2,"end_line":1,"#,
            r#""end_column":3,"start":1,"end":2}],"#,
            r#""hints":["Write the name of a page that exists.","Or make the page."]}"#,
            "\n"
        );
        assert_eq!(lines(&[testing::with_note()], &testing::sources), expected);
    }

    #[test]
    fn what_is_not_known_is_null() {
        let expected = concat!(
            r#"{"severity":"error","code":"config/missing","message":"Nothing is\nwell.","file":null,"line":null,"#,
            r#""column":null,"end_line":null,"end_column":null,"start":null,"end":null,"notes":[],"hints":[]}"#,
            "\n",
            r#"{"severity":"warning","code":"parse/odd","message":"The file is odd.","file":"content/a.md","line":null,"#,
            r#""column":null,"end_line":null,"end_column":null,"start":null,"end":null,"notes":[],"hints":[]}"#,
            "\n",
            r#"{"severity":"error","code":"source/gone","message":"It is gone.","file":"content/gone.md","line":null,"#,
            r#""column":null,"end_line":null,"end_column":null,"start":3,"end":9,"notes":[],"hints":[]}"#,
            "\n"
        );
        assert_eq!(lines(&testing::without_source(), &testing::sources), expected);
        assert_eq!(lines(&[], &testing::sources), "");
    }

    #[test]
    fn several_lines() {
        let line = lines(&[testing::several_lines()], &testing::sources);
        let value: serde_json::Value = serde_json::from_str(&line).unwrap();
        let numbers = ["line", "column", "end_line", "end_column"].map(|key| value[key].as_u64().unwrap());
        assert_eq!(numbers, [1, 3, 3, 4]);
    }
}
