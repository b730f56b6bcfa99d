//! Compact plain text, for the overlay that `serve` lays over a page. In: complaints. Out: text without colour that needs
//! a font of fixed width: message, `file:line:column`, the lines with `^^^` below them, notes and hints.

use crate::base::{Diagnostic, Place};

use super::excerpt::{self, Line, location, safe};
use super::{Language, Sources, summary};

/// All complaints, an empty line between them, and a closing line that counts them.
pub fn text(diagnostics: &[Diagnostic], sources: Sources<'_>, language: Language) -> String {
    let mut parts: Vec<String> = diagnostics.iter().map(|d| one(d, sources, language)).collect();
    parts.extend((!diagnostics.is_empty()).then(|| summary(diagnostics, language) + "\n"));
    parts.join("\n")
}

fn one(diagnostic: &Diagnostic, sources: Sources<'_>, language: Language) -> String {
    let words = language.words();
    let message = indented(&safe(&diagnostic.message), "  ");
    let mut text = format!("{}: {message} [{}]\n", words.severity(diagnostic.severity), diagnostic.code);
    if let Some(place) = &diagnostic.place {
        text += &placed("", place, sources);
    }
    for note in &diagnostic.notes {
        text += &placed(
            &format!("{}: {}: ", words.note, indented(&safe(&note.label), "    ")),
            &note.place,
            sources,
        );
    }
    for hint in &diagnostic.hints {
        text += &format!("  {}: {}\n", words.help, indented(&safe(hint), "    "));
    }
    text
}

fn placed(label: &str, place: &Place, sources: Sources<'_>) -> String {
    let excerpt = excerpt::read(place, sources, 0);
    let mut text = format!("  {label}{}\n", location(place, excerpt.as_ref().map(|e| e.spot)));
    let Some(excerpt) = excerpt else { return text };
    let digits = excerpt.lines.last().map_or(1, |line| line.number.to_string().len());
    for line in &excerpt.lines {
        text += format!("  {:digits$} | {}", line.number, line.text).trim_end();
        text += "\n";
        text += &underline(line).map_or_else(String::new, |marks| format!("  {:digits$} | {marks}\n", ""));
    }
    text
}

/// Marks below what the complaint is about; none below an empty line in the middle of it.
fn underline(line: &Line) -> Option<String> {
    let marked = line.marked.clone()?;
    let before = " ".repeat(excerpt::width(&line.text[..marked.start]));
    Some(before + &"^".repeat(excerpt::width(&line.text[marked]).max(1)))
}

/// A text of several lines, so that the later lines stand below the first.
fn indented(text: &str, by: &str) -> String {
    text.replace('\n', &format!("\n{by}"))
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    fn check(diagnostics: &[Diagnostic], language: Language, expected: &str) {
        assert_eq!(text(diagnostics, &testing::sources, language), expected);
    }

    #[test]
    fn nothing_to_say() {
        check(&[], Language::English, "");
    }

    #[test]
    fn one_line_with_a_note_and_hints() {
        check(
            &[testing::with_note()],
            Language::English,
            "error: The page does not exist. [link/missing]
  content/a.md:3:7
  3 | Zie 👍 [dit](@/weg.md) en
    |        ^^^^^^^^^^^^^^^
  note: included from here: content/_index.md:1:2
  1 | <<b>>
    |  ^
  help: Write the name of a page that exists.
  help: Or make the page.

1 error
",
        );
    }

    #[test]
    fn several_lines_in_dutch() {
        check(
            &[testing::several_lines()],
            Language::Dutch,
            "waarschuwing: De tabel klopt niet. [front-matter/table]
  content/a.md:1:3
  1 | # Kop
    |   ^^^
  2 |
    | ^
  3 | Zie 👍 [dit](@/weg.md) en
    | ^^^
  hulp: Maak de tabel af.

1 waarschuwing
",
        );
    }

    #[test]
    fn without_a_place_or_a_source() {
        check(
            &testing::without_source(),
            Language::English,
            "error: Nothing is
  well. [config/missing]

warning: The file is odd. [parse/odd]
  content/a.md

error: It is gone. [source/gone]
  content/gone.md

2 errors and 1 warning
",
        );
    }
}
