//! Complaints for people at a terminal. In: complaints and a [`Look`]. Out: text, drawn with miette: the faulty text
//! underlined in its lines, notes, hints, and a closing line that counts. For whom drawings are in the way the same is
//! told in words.

use std::fmt::{self, Display};

use miette::{
    GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteError, MietteSpanContents, SourceCode,
    SourceSpan, SpanContents, ThemeCharacters, ThemeStyles,
};

use crate::base::{Diagnostic, Place, Severity};

use super::excerpt::{self, Excerpt, safe};
use super::look::{Form, Look};
use super::{Sources, narrated, summary};

/// All complaints, an empty line between them, and a closing line that counts them.
pub fn text(diagnostics: &[Diagnostic], sources: Sources<'_>, look: &Look) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        text += &match look.form {
            Form::Narrated => narrated::one(diagnostic, sources, look.language),
            Form::Graphical { colour, unicode } => {
                drawn(diagnostic, sources, look, &handler(colour, unicode))
            }
        };
        text.push('\n');
    }
    if !diagnostics.is_empty() {
        text += &summary(diagnostics, look.language);
        text.push('\n');
    }
    text
}

fn handler(colour: bool, unicode: bool) -> GraphicalReportHandler {
    let theme = GraphicalTheme {
        characters: if unicode { ThemeCharacters::unicode() } else { ThemeCharacters::ascii() },
        styles: if colour { ThemeStyles::ansi() } else { ThemeStyles::none() },
    };
    // Lines are broken here and not by miette, which would break URLs at their hyphens.
    GraphicalReportHandler::new_themed(theme)
        .with_links(false)
        .with_wrap_lines(false)
        .with_context_lines(1)
        .without_syntax_highlighting()
}

fn drawn(
    diagnostic: &Diagnostic,
    sources: Sources<'_>,
    look: &Look,
    handler: &GraphicalReportHandler,
) -> String {
    let words = look.language.words();
    let severity = match diagnostic.severity {
        Severity::Error => miette::Severity::Error,
        Severity::Warning => miette::Severity::Warning,
    };
    let code = Some(format!("{}: {}", words.severity(diagnostic.severity), diagnostic.code));
    let mut text =
        piece(handler, look, severity, code, &diagnostic.message, diagnostic.place.as_ref(), sources);
    for note in &diagnostic.notes {
        let label = format!("{}: {}", words.note, note.label);
        text += &piece(handler, look, miette::Severity::Advice, None, &label, Some(&note.place), sources);
    }
    let (on, off) = match look.form {
        Form::Graphical { colour: true, .. } => ("\x1b[36m", "\x1b[0m"),
        _ => ("", ""),
    };
    for hint in &diagnostic.hints {
        let below = format!("\n{}", " ".repeat(words.help.len() + 4));
        let hint = wrapped(&safe(hint), look.width - words.help.len() - 4).replace('\n', &below);
        text += &format!("  {on}{}:{off} {hint}\n", words.help);
    }
    text
}

/// A message and what it is about, drawn.
fn piece(
    handler: &GraphicalReportHandler,
    look: &Look,
    severity: miette::Severity,
    code: Option<String>,
    message: &str,
    place: Option<&Place>,
    sources: Sources<'_>,
) -> String {
    let mut message = wrapped(&safe(message), look.width - 4);
    let view = place.and_then(|place| {
        let excerpt = excerpt::read(place, sources, 1)?;
        Some(View::new(safe(place.file.as_str()), &excerpt))
    });
    if let (Some(place), None) = (place, &view) {
        message += &format!("\n[{}]", excerpt::location(place, None));
    }
    let mut text = String::new();
    // Writing into a String cannot fail, and a view answers every question about its own span.
    let _ = handler.render_report(&mut text, &Drawing { severity, code, message, view });
    text.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
}

/// A text broken between words, so that no line is wider than this unless a word is.
fn wrapped(text: &str, width: usize) -> String {
    let mut lines = Vec::new();
    for paragraph in text.split('\n') {
        let mut line = String::new();
        for word in paragraph.split(' ') {
            if !line.is_empty() && excerpt::width(&line) + 1 + excerpt::width(word) > width {
                lines.push(std::mem::take(&mut line));
            } else if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        lines.push(line);
    }
    lines.join("\n")
}

/// What miette is given to draw.
#[derive(Debug)]
struct Drawing {
    severity: miette::Severity,
    code: Option<String>,
    message: String,
    view: Option<View>,
}

/// An excerpt as miette wants it: one text in which a span is marked, that knows where in its file it stands.
#[derive(Debug)]
struct View {
    name: String,
    text: String,
    first_line: usize,
    line: usize,
    column: usize,
    marked: SourceSpan,
}

impl View {
    fn new(name: String, excerpt: &Excerpt) -> Self {
        let mut text = String::new();
        let mut marked = None;
        for line in &excerpt.lines {
            if let Some(range) = &line.marked {
                let start = marked.map_or(text.len() + range.start, |(start, _)| start);
                marked = Some((start, text.len() + range.end));
            }
            text.push_str(&line.text);
            // Every line gets an end, the last one too: miette shows no empty line without.
            text.push('\n');
        }
        let (start, end) = marked.unwrap_or_default();
        View {
            name,
            text,
            first_line: excerpt.lines.first().map_or(1, |line| line.number),
            line: excerpt.spot.line,
            column: excerpt.spot.column,
            marked: (start, end - start).into(),
        }
    }
}

impl SourceCode for View {
    fn read_span<'a>(
        &'a self,
        span: &SourceSpan,
        before: usize,
        after: usize,
    ) -> Result<Box<dyn SpanContents<'a> + 'a>, MietteError> {
        // Without lines around it miette wants the position for the head of the drawing, else the lines to draw. The
        // excerpt has clipped its lines already, so that only it knows the true column.
        let contents = if (before, after) == (0, 0) {
            (self.line - 1, self.column - 1, *span)
        } else {
            (self.first_line - 1, 0, (0, self.text.len()).into())
        };
        let (line, column, span) = contents;
        let lines = self.text.matches('\n').count();
        let data = self.text.as_bytes();
        Ok(Box::new(MietteSpanContents::new_named(self.name.clone(), data, span, line, column, lines)))
    }
}

impl Display for Drawing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Drawing {}

impl miette::Diagnostic for Drawing {
    fn code<'a>(&'a self) -> Option<Box<dyn Display + 'a>> {
        self.code.as_ref().map(|code| Box::new(code) as Box<dyn Display>)
    }

    fn severity(&self) -> Option<miette::Severity> {
        Some(self.severity)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.view.as_ref().map(|view| view as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let view = self.view.as_ref()?;
        Some(Box::new(std::iter::once(LabeledSpan::new_with_span(None, view.marked))))
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Language, testing};
    use super::*;
    use crate::base::SourcePath;

    const PLAIN: Form = Form::Graphical { colour: false, unicode: true };

    fn check(diagnostics: &[Diagnostic], form: Form, language: Language, expected: &str) {
        let look = Look { form, language, width: 60 };
        let text = text(diagnostics, &testing::sources, &look);
        assert_eq!(text, expected, "\n{text}");
    }

    #[test]
    fn nothing_to_say() {
        check(&[], PLAIN, Language::English, "");
    }

    #[test]
    fn one_line_with_a_note_and_hints() {
        check(
            &[testing::with_note()],
            PLAIN,
            Language::English,
            "error: link/missing

  × The page does not exist.
   ╭─[content/a.md:3:7]
 2 │
 3 │ Zie 👍 [dit](@/weg.md) en
   ·        ───────────────
 4 │ verder.
   ╰────
  ☞ note: included from here
   ╭─[content/_index.md:1:2]
 1 │ <<b>>
   ·  ─
   ╰────
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
            PLAIN,
            Language::Dutch,
            "waarschuwing: front-matter/table

  ⚠ De tabel klopt niet.
   ╭─[content/a.md:1:3]
 1 │ ╭─▶ # Kop
 2 │ │
 3 │ ╰─▶ Zie 👍 [dit](@/weg.md) en
 4 │     verder.
   ╰────
  hulp: Maak de tabel af.

1 waarschuwing
",
        );
    }

    #[test]
    fn without_a_place_or_a_source() {
        check(
            &testing::without_source(),
            PLAIN,
            Language::English,
            "error: config/missing

  × Nothing is
  │ well.

warning: parse/odd

  ⚠ The file is odd.
  │ [content/a.md]

error: source/gone

  × It is gone.
  │ [content/gone.md]

2 errors and 1 warning
",
        );
    }

    #[test]
    fn colours_and_ascii() {
        let mut diagnostic = testing::with_note();
        diagnostic.notes.clear();
        check(
            &[diagnostic],
            Form::Graphical { colour: true, unicode: false },
            Language::Dutch,
            "\u{1b}[31mfout: link/missing\u{1b}[0m

  \u{1b}[31mx\u{1b}[0m The page does not exist.
   ,-[\u{1b}[36;1;4mcontent/a.md:3:7\u{1b}[0m]
 \u{1b}[2m2\u{1b}[0m |
 \u{1b}[2m3\u{1b}[0m | Zie 👍 [dit](@/weg.md) en
   : \u{1b}[35;1m       ^^^^^^^^^^^^^^^\u{1b}[0m
 \u{1b}[2m4\u{1b}[0m | verder.
   `----
  \u{1b}[36mhulp:\u{1b}[0m Write the name of a page that exists.
  \u{1b}[36mhulp:\u{1b}[0m Or make the page.

1 fout
",
        );
    }

    #[test]
    fn narrated() {
        check(
            &testing::without_source()[1..2],
            Form::Narrated,
            Language::Dutch,
            "Waarschuwing parse/odd: The file is odd.\n    Bestand content/a.md\n\n1 waarschuwing\n",
        );
    }

    #[test]
    fn long_texts_are_broken_between_words() {
        let url = "https://example.org/een-heel-lang-adres-met-streepjes/dat-niet-gebroken-mag";
        let diagnostic = Diagnostic::warning(
            "link/not-found",
            format!("The page that the link leads to, {url}, is gone."),
        )
        .hint("Ask the people of that site where it went, or take the link out of the text.");
        check(
            &[diagnostic],
            PLAIN,
            Language::English,
            "warning: link/not-found

  ⚠ The page that the link leads to,
  │ https://example.org/een-heel-lang-adres-met-streepjes/dat-niet-gebroken-mag,
  │ is gone.
  help: Ask the people of that site where it went, or take
        the link out of the text.

1 warning
",
        );
    }

    #[test]
    fn no_span_makes_it_fail() {
        let file = SourcePath::new("f.md");
        let texts: [&[u8]; 8] = [
            b"",
            b"\n",
            b"\n\n",
            b"a",
            b"\xFF\xC3",
            "é\r\n\t€".as_bytes(),
            b"a\n\nb\n",
            b"\xEF\xBB\xBFx\r\n",
        ];
        for bytes in texts {
            for start in 0..=bytes.len() + 1 {
                for end in start..=bytes.len() + 2 {
                    let diagnostic = Diagnostic::error("a/b", "M.").at(&file, start..end);
                    let sources = |_: &SourcePath| Some(std::sync::Arc::from(bytes));
                    let look = Look { form: PLAIN, language: Language::English, width: 60 };
                    let text = text(&[diagnostic], &sources, &look);
                    assert!(
                        text.contains("╭─[f.md:") && text.contains("╰────"),
                        "{bytes:?} {start}..{end}:\n{text}"
                    );
                    let underlined = text.contains('▲') || text.contains("· ─") || text.contains("▶");
                    assert!(underlined || text.contains("·  "), "{bytes:?} {start}..{end}:\n{text}");
                }
            }
        }
    }
}
