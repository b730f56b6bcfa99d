//! Where a fault of a template stands. In: a [`Fault`] and the text it arose in. Out: complaints with places in files:
//! the text's own file for a template in the text, the template's file for one that was called or included.

use std::ops::Range;
use std::sync::Arc;

use super::Source;
use crate::base::diagnostic::offset_of;
use crate::base::{Diagnostic, Place, SourcePath, diagnostic::Note};
use crate::template::{Fault, Lookup, hints};

/// The complaints about a fault of the templates in a text.
pub(super) fn in_text(fault: Fault, source: &Source<'_>, lookup: &Arc<dyn Lookup>) -> Vec<Diagnostic> {
    let in_the_text = is_inline(&fault.template);
    let mut fault = fault;
    let also = std::mem::take(&mut fault.also);
    let mut list =
        place(fault, "body/template", "A template in the text could not be run", source, None, lookup);
    if in_the_text && let Some(first) = list.first_mut() {
        first.hints.push(
            "If the braces are meant to be shown and not run, write `{% raw %}` before them and `{% endraw %}` behind them."
                .to_owned(),
        );
    }
    list.extend(also.into_iter().flat_map(|fault| in_text(fault, source, lookup)));
    list
}

/// The complaints about a fault of a template that decorates a text, such as the link to a heading.
pub(super) fn in_decoration(
    fault: Fault,
    name: &str,
    source: &Source<'_>,
    around: Option<Range<usize>>,
    lookup: &Arc<dyn Lookup>,
) -> Vec<Diagnostic> {
    place(
        fault,
        "body/decoration",
        &format!("The template `{name}` could not be run"),
        source,
        around,
        lookup,
    )
}

/// The complaints about a fault of a shortcode that is called here in the file of the text.
pub(super) fn in_call(
    fault: Fault,
    name: &str,
    source: &Source<'_>,
    call: Range<usize>,
    lookup: &Arc<dyn Lookup>,
) -> Vec<Diagnostic> {
    let what = format!("The shortcode `{name}` could not be run");
    let mut list = place(fault, "shortcode/template", &what, source, Some(call.clone()), lookup);
    let here = |diagnostic: &Diagnostic| diagnostic.place.as_ref().map(|place| &place.file) == source.file;
    if let (Some(first), Some(file)) = (list.first_mut(), source.file)
        && !here(first)
    {
        let place = Place { file: file.clone(), span: Some(call) };
        first.notes.push(Note { label: "called from".to_owned(), place });
    }
    list
}

/// Puts a fault where it belongs: in the file of the template, in the text, or around what asked for it.
fn place(
    fault: Fault,
    code: &'static str,
    what: &str,
    source: &Source<'_>,
    around: Option<Range<usize>>,
    lookup: &Arc<dyn Lookup>,
) -> Vec<Diagnostic> {
    let mut message = format!("{what}: {}", fault.message.trim_end());
    let mut notes = Vec::new();
    for (label, template, line, column) in &fault.chain {
        match find(template, *line, *column, 1, source, lookup) {
            Some(place) => notes.push((label, place)),
            None => message.push_str(&format!("\n{label} `{template}`, line {line}, column {column}")),
        }
    }
    let own = find(&fault.template, fault.line, fault.column, fault.width, source, lookup);
    if own.is_none() && !is_inline(&fault.template) && fault.line > 0 {
        message.push_str(&format!("\nin `{}`, line {}, column {}", fault.template, fault.line, fault.column));
    }
    let mut diagnostic = Diagnostic::error(code, message);
    diagnostic.hints.extend(hints::hint(&fault.message, ""));
    diagnostic.place = own.or_else(|| source.file.map(|file| Place { file: file.clone(), span: around }));
    for (label, place) in notes {
        diagnostic = diagnostic.note(label.as_str(), &place.file, place.span);
    }
    let mut list = vec![diagnostic];
    list.extend(fault.inner);
    list
}

/// Whether the engine means a template that is no file.
fn is_inline(template: &str) -> bool {
    template.is_empty() || template == "__tera_one_off"
}

/// The place of a line and column of a template.
fn find(
    template: &str,
    line: usize,
    column: usize,
    width: usize,
    source: &Source<'_>,
    lookup: &Arc<dyn Lookup>,
) -> Option<Place> {
    if is_inline(template) {
        let file = source.file?.clone();
        let span = (line > 0).then(|| span_of(source.raw, line, column, width));
        return Some(Place {
            file,
            span: span.map(|span| span.start + source.offset..span.end + source.offset),
        });
    }
    // Templates of a theme are named `THEME/templates/…`; those of the site by their path below `templates/`.
    ["templates", "themes"].iter().find_map(|folder| {
        let file = SourcePath::new(format!("{folder}/{template}"));
        let bytes = lookup.file(&file).ok()??;
        let text = std::str::from_utf8(&bytes).ok()?;
        Some(Place { file, span: (line > 0).then(|| span_of(text, line, column, width)) })
    })
}

/// The bytes of so many characters from a line and column on.
fn span_of(text: &str, line: usize, column: usize, width: usize) -> Range<usize> {
    let start = offset_of(text, line, column).min(text.len());
    let end = text[start..].char_indices().nth(width).map_or(text.len(), |(at, _)| start + at);
    start..end
}
