//! How the fault of a template is told: the template, the place in it, the page that was being rendered and the way there.

use std::sync::Arc;

use crate::base::diagnostic::offset_of;
use crate::base::{Diagnostic, SourcePath};
use crate::template::Fault;

/// The file of a template and its text.
pub type TemplateFile = (SourcePath, Arc<str>);

/// The complaints of a fault. `about` is the file that was being rendered; `file` finds a template by name.
pub fn diagnostics(
    fault: Fault,
    about: Option<&SourcePath>,
    file: &dyn Fn(&str) -> Option<TemplateFile>,
) -> Vec<Diagnostic> {
    let mut told = Diagnostic::error("template/fault", &fault.message);
    match file(&fault.template) {
        Some((path, text)) if fault.line > 0 => {
            told = told.at(&path, span(&text, fault.line, fault.column, fault.width))
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
    if let Some(hint) = hint(&fault.message) {
        told = told.hint(hint);
    }
    let mut all = fault.inner;
    all.insert(0, told);
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

/// A way to mend the commonest faults.
fn hint(message: &str) -> Option<&'static str> {
    let lower = message.to_lowercase();
    let has = |part: &str| lower.contains(part);
    if has("macro") || has("import") {
        Some(
            "Macros are of Zola up to 0.22. In dialect 0.23 write a component: `{% component name(a) %}…{% endcomponent name %}`, called as `{{ <name a={…} /> }}`.",
        )
    } else if has("undefined") || has("not found in context") || has("is not defined") {
        Some(
            "Give a value where it may be missing: `{{ x | default(value=\"\") }}`, or ask first: `{% if x is defined %}`.",
        )
    } else if has("unknown filter") || has("unknown function") || has("unknown test") {
        Some(
            "Filters, functions and tests are those of dialect 0.23; several of Zola 0.22 have another name there.",
        )
    } else {
        None
    }
}
