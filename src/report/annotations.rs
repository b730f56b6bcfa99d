//! Complaints for the forges that build a site (GitHub, Forgejo, Gitea). In: complaints. Out: one line for each, such as
//! `::error file=content/a.md,line=3,col=7::message`, which the forge shows beside the code.

use crate::base::{Diagnostic, Place, Severity};

use super::{Language, Sources, excerpt};

/// One line for each complaint. Notes and hints follow its message.
pub fn lines(diagnostics: &[Diagnostic], sources: Sources<'_>, language: Language) -> String {
    diagnostics.iter().map(|diagnostic| one(diagnostic, sources, language)).collect()
}

fn one(diagnostic: &Diagnostic, sources: Sources<'_>, language: Language) -> String {
    // The forge knows these two words in English only.
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = diagnostic.place.as_ref().map(|place| position(place, sources)).unwrap_or_default();
    properties.push(("title", diagnostic.code.to_owned()));
    let properties: Vec<_> =
        properties.iter().map(|(key, value)| format!("{key}={}", property(value))).collect();
    format!("::{command} {}::{}\n", properties.join(","), escaped(&body(diagnostic, sources, language)))
}

fn position(place: &Place, sources: Sources<'_>) -> Vec<(&'static str, String)> {
    let mut properties = vec![("file", place.file.to_string())];
    let Some(spot) = excerpt::read(place, sources, 0).map(|excerpt| excerpt.spot) else { return properties };
    properties.push(("line", spot.line.to_string()));
    if spot.end_line > spot.line {
        properties.push(("endLine", spot.end_line.to_string()));
    }
    properties.push(("col", spot.column.to_string()));
    // A last column is only understood within one line, and there it is the last character itself.
    if spot.end_line == spot.line && spot.end_column > spot.column {
        properties.push(("endColumn", (spot.end_column - 1).to_string()));
    }
    properties
}

fn body(diagnostic: &Diagnostic, sources: Sources<'_>, language: Language) -> String {
    let words = language.words();
    let mut text = diagnostic.message.clone();
    for note in &diagnostic.notes {
        let spot = excerpt::read(&note.place, sources, 0).map(|excerpt| excerpt.spot);
        text += &format!("\n{}: {}: {}", words.note, note.label, excerpt::location(&note.place, spot));
    }
    for hint in &diagnostic.hints {
        text += &format!("\n{}: {hint}", words.help);
    }
    text
}

/// A line end would end the command; a `%` is how the forge writes one.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::testing;
    use super::*;
    use crate::base::SourcePath;

    #[test]
    fn with_places_notes_and_hints() {
        assert_eq!(
            lines(&[testing::with_note(), testing::several_lines()], &testing::sources, Language::Dutch),
            "::error file=content/a.md,line=3,col=7,endColumn=21,title=link/missing::The page does not exist.%0A\
             toelichting: included from here: content/_index.md:1:2%0A\
             hulp: Write the name of a page that exists.%0Ahulp: Or make the page.\n\
             ::warning file=content/a.md,line=1,endLine=3,col=3,title=front-matter/table::De tabel klopt niet.%0A\
             hulp: Maak de tabel af.\n"
        );
    }

    #[test]
    fn without_places() {
        assert_eq!(
            lines(&testing::without_source(), &testing::sources, Language::English),
            "::error title=config/missing::Nothing is%0Awell.\n\
             ::warning file=content/a.md,title=parse/odd::The file is odd.\n\
             ::error file=content/gone.md,title=source/gone::It is gone.\n"
        );
    }

    #[test]
    fn a_text_cannot_begin_a_command_of_its_own() {
        let odd = Diagnostic::error("a/b", "100%\r\n::error::x").in_file(&SourcePath::new("a,b:c\n.md"));
        assert_eq!(
            lines(&[odd], &testing::sources, Language::English),
            "::error file=a%2Cb%3Ac%0A.md,title=a/b::100%25%0D%0A::error::x\n"
        );
    }
}
