//! What the front matter of a page says. In: a page's file. Out: a [`ParsedPage`], and complaints.

use super::super::fields::{Block, Cell, Key, Kind, key, listed, optional};
use super::super::spelling::closest;
use std::sync::Arc;

use super::super::{FileName, PageHead, ParsedPage, dates};
use super::{head_hash, open, places, text};
use crate::base::{Diagnostic, SourcePath};
use crate::model::{Config, PageMatter};

/// The keys a page knows.
pub(super) const KEYS: &[Key] = &[
    optional("title", Kind::Text),
    optional("description", Kind::Text),
    key("date", Kind::Date),
    key("updated", Kind::Date),
    key("draft", Kind::Flag),
    key("render", Kind::Flag),
    optional("slug", Kind::Text),
    optional("path", Kind::Text),
    key("taxonomies", Kind::Terms),
    optional("weight", Kind::Count),
    key("authors", Kind::Texts),
    key("aliases", Kind::Texts),
    optional("template", Kind::Text),
    key("in_search_index", Kind::Flag),
    key("include_in_feeds", Kind::Flag),
    optional("hidden", Kind::Flag),
    key("extra", Kind::Data),
];

/// The keys that dialect 0.22 does not have.
const LATER: [&str; 2] = ["include_in_feeds", "hidden"];

/// Understands a page.
pub(in super::super) fn page(
    path: &SourcePath,
    bytes: &[u8],
    config: &Config,
) -> (Option<ParsedPage>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let Some(mut opened) = open(path, bytes, config, KEYS, &mut faults) else { return (None, faults) };
    let mut matter = PageMatter::default();
    // What dialect 0.22 does not know yet, it passes over.
    let known = |name: &str| !config.dialect.is_old() || !LATER.contains(&name);
    for (name, cell) in opened.found.cells.drain(..).filter(|(name, _)| known(name)) {
        set(&mut matter, name, cell);
    }
    check_values(&opened.block, &matter, &mut faults);
    if let Some(file) = &opened.file {
        check_taxonomies(&opened.block, &matter, file, config, &mut faults);
    }
    for (name, _) in &opened.found.unknown {
        faults.extend(unknown(&opened.block, name, opened.file.as_ref(), config));
    }
    let Some(file) = opened.file.take() else { return (None, faults) };
    let name_for_slug = name_for_slug(&file, config, &mut matter, &mut faults);
    if faults.iter().any(Diagnostic::is_error) {
        return (None, faults);
    }
    let text = text(&opened, &file.lang, config.dialect);
    let head_hash = head_hash((&file, &matter, &name_for_slug), &matter.extra);
    (Some(ParsedPage { head: Arc::new(PageHead { file, matter, name_for_slug, head_hash }), text }), faults)
}

fn set(matter: &mut PageMatter, name: &str, cell: Cell) {
    match (name, cell) {
        ("title", Cell::Text(text)) => matter.title = Some(text),
        ("description", Cell::Text(text)) => matter.description = Some(text),
        ("date", Cell::Date(date)) => matter.date = Some(date),
        ("updated", Cell::Date(date)) => matter.updated = Some(date),
        ("draft", Cell::Flag(flag)) => matter.draft = flag,
        ("render", Cell::Flag(flag)) => matter.render = flag,
        ("slug", Cell::Text(text)) => matter.slug = Some(text),
        ("path", Cell::Text(text)) => matter.path = Some(text),
        ("taxonomies", Cell::Terms(terms)) => matter.taxonomies = terms,
        ("weight", Cell::Count(weight)) => matter.weight = Some(weight),
        ("authors", Cell::Texts(texts)) => matter.authors = texts,
        ("aliases", Cell::Texts(texts)) => matter.aliases = texts,
        ("template", Cell::Text(text)) => matter.template = Some(text),
        ("in_search_index", Cell::Flag(flag)) => matter.in_search_index = flag,
        ("include_in_feeds", Cell::Flag(flag)) => matter.include_in_feeds = flag,
        ("hidden", Cell::Flag(flag)) => matter.hidden = Some(flag),
        ("extra", Cell::Data(data)) => matter.extra = data,
        _ => {}
    }
}

/// What no kind of value can say: an empty slug, a time of day as a date.
fn check_values(block: &Block<'_>, matter: &PageMatter, faults: &mut Vec<Diagnostic>) {
    for (name, value) in [("slug", &matter.slug), ("path", &matter.path)] {
        if value.as_deref() == Some("") {
            let message = format!("`{name}` is empty, so the page would have no address.");
            let fault = block.error("front-matter/empty", message, places(block, &[name]).1);
            faults.push(fault.hint(
                "Write the address between the quotes, or take the line away to let the file's name decide.",
            ));
        }
    }
    if let Some(date) = matter.date.as_ref().filter(|date| date.moment.is_none()) {
        let message = format!("`date` must be a date; here it is `{}`.", date.text);
        let fault = block.error("front-matter/value", message, places(block, &["date"]).1);
        faults.push(
            fault.hint("Write a date that the calendar has, such as `2024-05-31` or `2024-05-31T09:30:00Z`."),
        );
    }
    for (taxonomy, terms) in &matter.taxonomies {
        if terms.iter().any(|term| term.trim().is_empty()) {
            let message = format!("The taxonomy `{taxonomy}` holds an empty term.");
            let fault =
                block.error("front-matter/empty", message, places(block, &["taxonomies", taxonomy]).1);
            faults.push(fault.hint("Take the empty quotes out of the list."));
        }
    }
}

fn check_taxonomies(
    block: &Block<'_>,
    matter: &PageMatter,
    file: &FileName,
    config: &Config,
    faults: &mut Vec<Diagnostic>,
) {
    let known: Vec<&str> = taxonomies(file, config).collect();
    for (taxonomy, _) in matter.taxonomies.iter().filter(|(taxonomy, _)| !known.contains(&taxonomy.as_str()))
    {
        let message = format!("The site has no taxonomy `{taxonomy}` in language `{}`.", file.lang);
        let fault = block.error("front-matter/taxonomy", message, places(block, &["taxonomies", taxonomy]).0);
        let fault = match closest(taxonomy, known.iter().copied()) {
            Some(near) => fault.hint(format!("Did you mean `{near}`?")),
            None if known.is_empty() => fault,
            None => fault.hint(format!("The site has {}.", listed(&known))),
        };
        let place = if file.lang == config.default_language {
            String::new()
        } else {
            format!("to `[languages.{}]` ", file.lang)
        };
        faults.push(fault.hint(format!(
            "To have it, add {{ name = \"{taxonomy}\" }} to the list `taxonomies` {place}in zola.toml."
        )));
    }
}

fn taxonomies<'a>(file: &FileName, config: &'a Config) -> impl Iterator<Item = &'a str> {
    config
        .language(&file.lang)
        .into_iter()
        .flat_map(|options| options.taxonomies.iter().map(|taxonomy| taxonomy.name.as_str()))
}

/// Keys nobody reads are passed over, but where they look like a slip somebody should know.
fn unknown(block: &Block<'_>, name: &str, file: Option<&FileName>, config: &Config) -> Option<Diagnostic> {
    let warning = |message| block.warning("front-matter/unknown-key", message, places(block, &[name]).0);
    if file.is_some_and(|file| taxonomies(file, config).any(|taxonomy| taxonomy == name)) {
        return Some(
            warning(format!(
                "`{name}` is a taxonomy, but stands outside `taxonomies`, so it is passed over."
            ))
            .hint("Move it below `[taxonomies]` (in YAML: indented below `taxonomies:`)."),
        );
    }
    let near = closest(name, KEYS.iter().map(|key| key.name))?;
    Some(
        warning(format!("A page knows no `{name}`, so it is passed over."))
            .hint(format!("Did you mean `{near}`? If it is a key of your own, put it below `extra`.")),
    )
}

/// The name that becomes the slug. A date in front of it becomes the page's date when it has none.
fn name_for_slug(
    file: &FileName,
    config: &Config,
    matter: &mut PageMatter,
    faults: &mut Vec<Diagnostic>,
) -> String {
    let folder = file.path.parent();
    let name = if file.is_index() { folder.file_name() } else { file.name.as_str() };
    let Some((date, rest)) = dates::from_file_name(name) else { return name.to_owned() };
    if matter.date.is_none() {
        if date.moment.is_none() {
            let message =
                format!("The file is named after `{}`, a date that the calendar does not have.", date.text);
            faults.push(
                Diagnostic::warning("front-matter/date", message)
                    .in_file(&file.path)
                    .hint("Mend the file's name, or give the page a `date`."),
            );
        }
        matter.date = Some(date);
    }
    rest.filter(|_| !config.slugify.paths_keep_dates).unwrap_or(name).to_owned()
}
