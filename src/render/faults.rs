//! How the fault of a template is told: the template, the place in it, the page that was being rendered and the way there.

use std::sync::Arc;

use crate::base::diagnostic::offset_of;
use crate::base::{Diagnostic, SourcePath};
use crate::template::{Fault, hints};

/// The file of a template and its text.
pub type TemplateFile = (SourcePath, Arc<str>);

/// The complaints of a fault. `about` is the file that was being rendered; `file` finds a template by name.
pub fn diagnostics(
    fault: Fault,
    about: Option<&SourcePath>,
    file: &dyn Fn(&str) -> Option<TemplateFile>,
) -> Vec<Diagnostic> {
    let mut told = Diagnostic::error("template/fault", &fault.message);
    let mut marked = String::new();
    match file(&fault.template) {
        Some((path, text)) if fault.line > 0 => {
            let span = span(&text, fault.line, fault.column, fault.width);
            marked.push_str(&text[span.clone()]);
            told = told.at(&path, span);
        }
        Some((path, _)) => told = told.in_file(&path),
        None if !fault.template.is_empty() => {
            told.message = format!("{} (in the built-in template `{}`)", told.message, fault.template)
        }
        None => {}
    }
    for (label, name, line, column) in &fault.chain {
        if let Some((path, text)) = file(name) {
            told = told.note(label, &path, Some(span(&text, *line, *column, 1)));
        }
    }
    if let Some(about) = about {
        told = if told.place.is_none() {
            told.in_file(about)
        } else {
            told.note("while rendering", about, None)
        };
    }
    if let Some(hint) = hints::hint(&fault.message, &marked) {
        told = told.hint(hint);
    }
    let mut all = vec![told];
    all.extend(fault.inner);
    all.extend(fault.also.into_iter().flat_map(|fault| diagnostics(fault, about, file)));
    all
}

/// A template that is not there.
pub(super) fn missing(name: &str, about: Option<&SourcePath>) -> Diagnostic {
    let told = Diagnostic::error("template/missing", format!("There is no template `{name}`."))
        .hint(format!("Make the file `templates/{name}`, or name another template in the front matter (`template = \"…\"`)."));
    match about {
        Some(file) => told.in_file(file),
        None => told,
    }
}

fn span(text: &str, line: usize, column: usize, width: usize) -> std::ops::Range<usize> {
    let start = offset_of(text, line, column);
    let length = text[start..].char_indices().nth(width).map_or(text.len() - start, |(at, _)| at);
    start..start + length
}
