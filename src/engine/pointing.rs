//! Where in a file a complaint belongs that arose after the file was read. In: complaints about whole files, as `resolve`
//! and `render` make them, who know no bytes. Out: the same, with the line of the front matter or of the settings that
//! says what is complained of, when there is one.

use std::ops::Range;

use super::files::Files;
use crate::base::{Diagnostic, Place, SourcePath};

/// By code of a complaint, the keys one of which says it, the likeliest first.
const KEYS: [(&str, &[&str]); 9] = [
    ("resolve/collision", &["path", "slug", "aliases"]),
    ("resolve/alias-to-itself", &["aliases"]),
    ("resolve/unsorted", &["sort_by"]),
    ("output/outside", &["path", "slug", "aliases"]),
    ("template/missing", &["template"]),
    ("config/output-dir", &["output_dir"]),
    ("reactions/id", &["reactie_id"]),
    ("reactions/id-twice", &["reactie_id"]),
    ("reactions/kinds", &["reacties"]),
];

/// Gives complaints about whole files their places.
pub(super) fn point(diagnostics: &mut [Diagnostic], files: &Files) {
    for told in diagnostics {
        let Some((code, keys)) = KEYS.iter().find(|(code, _)| *code == told.code) else { continue };
        if let Some(place) = told.place.as_mut().filter(|place| place.span.is_none()) {
            place.span = find(&place.file, keys, &told.message, files);
        }
        for note in told.notes.iter_mut().filter(|note| note.place.span.is_none()) {
            note.place.span = find(&note.place.file, keys, &note.label, files);
        }
        if *code == "template/missing" {
            by_section(told, files);
        }
    }
}

/// A template that a page does not name itself is named by a section above it.
fn by_section(told: &mut Diagnostic, files: &Files) {
    let Some(page) = told.place.clone().filter(|place| place.span.is_none()) else { return };
    let mut folder = page.file.parent();
    while !folder.as_str().is_empty() {
        let section = folder.join("_index.md");
        if let Some(span) = find(&section, &["page_template"], &told.message, files) {
            told.place = Some(Place { file: section, span: Some(span) });
            *told = told.clone().note("for this page", &page.file, None);
            return;
        }
        folder = folder.parent();
    }
}

/// The value of one of these keys. A value that the text names between backquotes is meant before any other.
fn find(file: &SourcePath, keys: &[&str], said: &str, files: &Files) -> Option<Range<usize>> {
    let (bytes, _) = files.read(file).ok()??;
    let text = std::str::from_utf8(&bytes).ok()?;
    let head = if file.extension() == Some("md") { head(text) } else { text };
    let keys = if said.contains("an alias in") && !said.contains(';') { &["aliases"] } else { keys };
    let found: Vec<Range<usize>> = keys.iter().filter_map(|key| value(head, key)).collect();
    let named = |span: &&Range<usize>| {
        let value = head[(*span).clone()].trim_matches(['"', '\'']);
        !value.is_empty() && said.contains(&format!("`{value}`"))
    };
    if file.extension() == Some("md") && said.starts_with("There is no template") {
        return found.iter().find(named).cloned();
    }
    found.iter().find(named).or(found.first()).cloned()
}

/// Where the value of a key stands in the front matter of a page.
pub(super) fn key(file: &SourcePath, key: &str, files: &Files) -> Option<Range<usize>> {
    let (bytes, _) = files.read(file).ok()??;
    let text = std::str::from_utf8(&bytes).ok()?;
    value(head(text), key)
}

/// The front matter of a page, with the lines around it.
fn head(text: &str) -> &str {
    let mark = text.get(..3).unwrap_or_default();
    text.get(3..).and_then(|rest| rest.find(&format!("\n{mark}"))).map_or("", |end| &text[..end + 3])
}

/// What stands behind a key at the beginning of a line.
fn value(text: &str, key: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let rest = line.trim_start().strip_prefix(key).map(str::trim_start);
        if let Some(value) = rest.and_then(|rest| rest.strip_prefix(['=', ':'])) {
            let value = value.trim();
            let at =
                start + if value.is_empty() { line.trim_end().len() } else { line.rfind(value).unwrap_or(0) };
            return Some(at..at + value.len());
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_and_its_value() {
        let text = "+++\r\ntitle = \"path\"\r\n path = \"a/b\"\r\nslug: c\r\n+++\r\naliases = 1\r\n";
        let at = |key| value(head(text), key).map(|span| &text[span]);
        assert_eq!(at("path"), Some("\"a/b\""));
        assert_eq!(at("slug"), Some("c"));
        assert_eq!(at("aliases"), None, "the text is no front matter");
        assert_eq!(head("+"), "");
        assert_eq!(value("path =\n", "path"), Some(6..6));
    }
}
