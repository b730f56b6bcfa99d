//! What the theme adds to the settings. In: the bytes of `theme.toml` and the site's own `[extra]`. Out: the theme's
//! `[extra]` under it, and complaints. Of everything else in `theme.toml`, nothing counts.

use super::super::fields::{self, Block, SETTINGS, Syntax};
use super::super::toml_text::{self, DATE_KEY, Dates};
use super::value_place;
use crate::base::{Diagnostic, SourcePath};
use crate::model::{Json, JsonMap};

/// Puts the theme's `[extra]` under the site's.
pub(super) fn merge(
    site: &Block<'_>,
    name: &str,
    (path, bytes): (SourcePath, Option<Vec<u8>>),
    extra: &mut JsonMap,
    faults: &mut Vec<Diagnostic>,
) {
    let Some(bytes) = bytes else {
        let fault = site.error(
            "config/theme",
            format!("There is no theme `{name}`: the file {path} is missing."),
            value_place(site, &["theme"]),
        );
        faults.push(fault.hint(format!(
            "Put the theme into the folder {}, mend its name, or take the line `theme = …` away.",
            path.parent()
        )));
        return;
    };
    let Some((text, mark)) = fields::text(&path, &bytes, faults) else { return };
    let theme = Block { file: &path, text, offset: mark, syntax: Syntax::Toml, names: SETTINGS };
    let Some(table) = toml_text::parse(&theme, faults) else { return };
    let Some(below) = table.get("extra").and_then(|value| value.get_ref().as_table()) else { return };
    let below = toml_text::data(&theme, below, Dates::Table, faults);
    let mut at = vec!["extra".to_owned()];
    let mut clashes = Vec::new();
    put_under(extra, below, &mut at, &mut clashes);
    faults.extend(clashes.iter().map(|path| clash(site, &theme, path)));
}

/// Adds what is missing; where both have a table, goes on inside. Where only one has, that is a clash.
fn put_under(into: &mut JsonMap, below: JsonMap, at: &mut Vec<String>, clashes: &mut Vec<Vec<String>>) {
    for (name, value) in below {
        at.push(name.clone());
        match (into.get_mut(&name), value) {
            (None, value) => {
                into.insert(name, value);
            }
            (Some(own), value) if is_table(own) != is_table(&value) => clashes.push(at.clone()),
            (Some(Json::Object(own)), Json::Object(value)) if !own.contains_key(DATE_KEY) => {
                put_under(own, value, at, clashes)
            }
            (Some(_), _) => {}
        }
        at.pop();
    }
}

fn is_table(value: &Json) -> bool {
    value.as_object().is_some_and(|table| !table.contains_key(DATE_KEY))
}

fn clash(site: &Block<'_>, theme: &Block<'_>, path: &[String]) -> Diagnostic {
    let path: Vec<&str> = path.iter().map(String::as_str).collect();
    let name = path.join(".");
    let own = toml_text::places(site, &path).0;
    let other = theme.in_file(toml_text::places(theme, &path).0);
    site.error(
        "config/theme",
        format!("`{name}` is a table in one of the site and its theme, but not in the other."),
        own,
    )
    .note("The theme sets it here.", theme.file, Some(other))
    .hint("Write it in the same way as the theme does.")
}
