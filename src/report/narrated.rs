//! Complaints told in words, without drawings, for screen readers, braille and terminals that cannot draw. In: a
//! complaint. Out: lines that make sense read aloud one after the other.

use crate::base::{Diagnostic, Place};

use super::excerpt::{self, Spot, safe};
use super::words::Words;
use super::{Language, Sources};

/// One complaint.
pub(super) fn one(diagnostic: &Diagnostic, sources: Sources<'_>, language: Language) -> String {
    let words = language.words();
    let severity = capital(words.severity(diagnostic.severity));
    let mut text =
        format!("{severity} {}: {}\n", diagnostic.code, safe(&diagnostic.message).replace('\n', "\n    "));
    if let Some(place) = &diagnostic.place {
        text += &placed(place, sources, words, "    ");
    }
    for note in &diagnostic.notes {
        text += &format!("    {}: {}\n", capital(words.note), safe(&note.label));
        text += &placed(&note.place, sources, words, "        ");
    }
    for hint in &diagnostic.hints {
        text += &format!("    {}: {}\n", capital(words.help), safe(hint).replace('\n', "\n        "));
    }
    text
}

fn placed(place: &Place, sources: Sources<'_>, words: &Words, indent: &str) -> String {
    let file = format!("{indent}{} {}", capital(words.file), safe(place.file.as_str()));
    let Some(excerpt) = excerpt::read(place, sources, 0) else { return file + "\n" };
    let mut text = format!("{file}, {}\n", extent(excerpt.spot, words));
    let one_line = excerpt.lines.len() == 1;
    for line in &excerpt.lines {
        text += format!("{indent}{} {}: {}", capital(words.line), line.number, line.text).trim_end();
        text += "\n";
        let marked = line.marked.clone().map_or("", |range| &line.text[range]);
        if one_line && !marked.trim().is_empty() && marked.len() < line.text.trim().len() {
            text += &format!("{indent}{}: {marked}\n", capital(words.marked));
        }
    }
    text
}

/// From where to where; the last column is the last character itself, as people count.
fn extent(spot: Spot, words: &Words) -> String {
    let Spot { line, column, end_line, end_column } = spot;
    if end_line > line {
        let last = end_column.saturating_sub(1).max(1);
        return format!(
            "{0} {line} {1} {column} {2} {0} {end_line} {1} {last}",
            words.line, words.column, words.to
        );
    }
    if end_column > column + 1 {
        let last = end_column - 1;
        return format!("{} {line}, {} {column} {} {last}", words.line, words.columns, words.to);
    }
    format!("{} {line}, {} {column}", words.line, words.column)
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;

    #[test]
    fn one_line_with_a_note_and_hints() {
        assert_eq!(
            one(&testing::with_note(), &testing::sources, Language::English),
            "Error link/missing: The page does not exist.
    File content/a.md, line 3, columns 7 to 21
    Line 3: Zie 👍 [dit](@/weg.md) en
    Marked: [dit](@/weg.md)
    Note: included from here
        File content/_index.md, line 1, column 2
        Line 1: <<b>>
        Marked: <
    Help: Write the name of a page that exists.
    Help: Or make the page.
"
        );
    }

    #[test]
    fn several_lines_in_dutch() {
        assert_eq!(
            one(&testing::several_lines(), &testing::sources, Language::Dutch),
            "Waarschuwing front-matter/table: De tabel klopt niet.
    Bestand content/a.md, regel 1 kolom 3 tot en met regel 3 kolom 3
    Regel 1: # Kop
    Regel 2:
    Regel 3: Zie 👍 [dit](@/weg.md) en
    Hulp: Maak de tabel af.
"
        );
    }

    #[test]
    fn without_a_place_or_a_source() {
        let told = |n: usize| one(&testing::without_source()[n], &testing::sources, Language::English);
        assert_eq!(told(0), "Error config/missing: Nothing is\n    well.\n");
        assert_eq!(told(1), "Warning parse/odd: The file is odd.\n    File content/a.md\n");
        assert_eq!(told(2), "Error source/gone: It is gone.\n    File content/gone.md\n");
    }
}
