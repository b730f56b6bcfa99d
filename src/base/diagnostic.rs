//! What is wrong with the content, where, and how to mend it. Plain data: `report` draws it.

use super::SourcePath;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, bitcode::Encode, bitcode::Decode)]
pub enum Severity {
    /// The site is built, but somebody should look.
    Warning,
    /// Nothing is written until this is mended.
    Error,
}

/// A run of bytes in a source; an empty run points between two characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file.
    pub file: SourcePath,
    /// The bytes in the file it is about, counted from the file's first byte; none when it is about the whole file.
    pub span: Option<std::ops::Range<usize>>,
}

/// A further place that helps to understand, such as "included from here".
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Note {
    /// What this place has to do with it.
    pub label: String,
    /// Where it is.
    pub place: Place,
}

/// One complaint about the content.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name, `room/what`, such as `link/missing`.
    pub code: &'static str,
    /// What is wrong, as a full sentence.
    pub message: String,
    /// Where; none when no file is to blame.
    pub place: Option<Place>,
    /// Further places, outermost last.
    pub notes: Vec<Note>,
    /// Ways to mend it, each a full sentence.
    pub hints: Vec<String>,
}

impl Diagnostic {
    /// An error: the build fails.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A warning: the build goes on.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    fn new(severity: Severity, code: &'static str, message: String) -> Self {
        Diagnostic { severity, code, message, place: None, notes: Vec::new(), hints: Vec::new() }
    }

    /// About a whole file.
    pub fn in_file(mut self, file: &SourcePath) -> Self {
        self.place = Some(Place { file: file.clone(), span: None });
        self
    }

    /// About these bytes of a file.
    pub fn at(mut self, file: &SourcePath, span: std::ops::Range<usize>) -> Self {
        self.place = Some(Place { file: file.clone(), span: Some(span) });
        self
    }

    /// With a way to mend it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }

    /// With a further place.
    pub fn note(
        mut self,
        label: impl Into<String>,
        file: &SourcePath,
        span: Option<std::ops::Range<usize>>,
    ) -> Self {
        self.notes.push(Note { label: label.into(), place: Place { file: file.clone(), span } });
        self
    }

    /// Whether it stops the build.
    pub fn is_error(&self) -> bool {
        self.severity == Severity::Error
    }

    /// The order in which complaints are shown: by file, then by place, then by text. Same input, same order.
    pub fn sort(list: &mut Vec<Diagnostic>) {
        list.sort_by(|a, b| {
            let key =
                |d: &Diagnostic| d.place.as_ref().map(|p| (p.file.clone(), p.span.as_ref().map(|s| s.start)));
            key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message)).then_with(|| a.code.cmp(b.code))
        });
        list.dedup();
    }

    /// Tells what is said several times with the same words about the same place only once: a fault in a template is a
    /// fault of every page it renders. Expects a sorted list.
    pub fn fold(list: &mut Vec<Diagnostic>) {
        let mut folded: Vec<(Diagnostic, usize)> = Vec::new();
        for told in list.drain(..) {
            match folded.last_mut() {
                Some((last, more)) if last.place.is_some() && last.says_the_same(&told) => *more += 1,
                _ => folded.push((told, 0)),
            }
        }
        for (mut told, more) in folded {
            if more > 0 {
                told.hints.push(format!(
                    "The same is wrong in {more} more {}.",
                    if more == 1 { "place" } else { "places" }
                ));
            }
            list.push(told);
        }
    }

    fn says_the_same(&self, other: &Diagnostic) -> bool {
        (&self.place, &self.code, &self.message) == (&other.place, &other.code, &other.message)
    }
}

/// The byte at which a line and column (both from 1, columns in characters) stand in a text.
///
/// A line or column past the end gives the end of the text or of the line.
pub fn offset_of(text: &str, line: usize, column: usize) -> usize {
    let start = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum::<usize>();
    let rest = text[start.min(text.len())..].split('\n').next().unwrap_or("");
    start + rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(at, _)| at)
}

/// The line and column (both from 1, columns in characters) of a byte in a text.
pub fn line_and_column(text: &str, offset: usize) -> (usize, usize) {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    let before = &text[..offset];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    (before.matches('\n').count() + 1, before[line_start..].chars().count() + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_and_columns_there_and_back() {
        let text = "één\ntwee\n\ndrie";
        for offset in [0, 2, 5, 6, 10, 11, 14] {
            let (line, column) = line_and_column(text, offset);
            assert_eq!(
                offset_of(text, line, column),
                if offset == 2 { 2 } else { offset },
                "{line}:{column}"
            );
        }
        assert_eq!(line_and_column(text, 6), (2, 1));
        assert_eq!(offset_of(text, 99, 99), text.len());
    }
}
