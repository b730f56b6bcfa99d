//! What `zola.toml` and `theme.toml` say. In: the bytes of both. Out: a [`Config`], and complaints, all of them.
//!
//! | file | what it answers |
//! |---|---|
//! | [`keys`] | which keys there are, and what became of keys there were |
//! | [`languages`] | what differs between languages, and how the default language is put together |
//! | [`praktijk`] | what of `[extra.praktijk]` the program itself acts on |
//! | [`tables`] | the tables that are the same for all languages |
//! | [`theme`] | what the theme adds |
//! | [`translations`] | the words of the theme |

mod keys;
mod languages;
mod praktijk;
mod tables;
mod theme;
pub mod translations;

use std::ops::Range;

use toml::de::DeTable;

use super::fields::{self, Block, Cell, SETTINGS, Syntax, choice};
use super::toml_text::{self, Dates};
use crate::base::{Diagnostic, SourcePath};
use crate::model::Config;

pub(super) use keys::ANCHORS;

/// How to come by the path and bytes of `themes/NAME/theme.toml`, for a name.
pub type ThemeFile<'a> = &'a dyn Fn(&str) -> (SourcePath, Option<Vec<u8>>);

/// Understands the settings. `theme` gives the path and bytes of `themes/NAME/theme.toml` for a name; its `[extra]` goes
/// under the site's own. None comes with at least one error.
pub fn config(path: &SourcePath, bytes: &[u8], theme: ThemeFile<'_>) -> (Option<Config>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let Some((text, mark)) = fields::text(path, bytes, &mut faults) else { return (None, faults) };
    let block = Block { file: path, text, offset: mark, syntax: Syntax::Toml, names: SETTINGS };
    let Some(table) = toml_text::parse(&block, &mut faults) else { return (None, faults) };
    let mut config = settings(&block, &table, &mut faults);
    if let Some(name) = config.theme.clone() {
        theme::merge(&block, &name, theme(&name), &mut config.extra, &mut faults);
    }
    praktijk::read(&block, &mut config, &mut faults);
    let fine = !faults.iter().any(Diagnostic::is_error);
    (fine.then_some(config), faults)
}

fn settings(block: &Block<'_>, table: &DeTable<'_>, faults: &mut Vec<Diagnostic>) -> Config {
    let mut config = Config::default();
    let found = toml_text::cells(block, table, keys::SITE, faults);
    keys::unknown(block, "", &found.unknown, keys::SITE, faults);
    for (name, cell) in found.cells {
        set(&mut config, name, cell);
    }
    let globs = [
        ("ignored_content", &mut config.ignored_content),
        ("ignored_static", &mut config.ignored_static),
        ("skip_content_templating", &mut config.skip_content_templating),
    ];
    for (name, to) in globs {
        *to = tables::globs(block, table, name, faults);
    }
    config.slugify = tables::slugify(block, table, faults);
    config.link_checker = tables::link_checker(block, table, faults);
    config.markdown = tables::markdown(block, table, faults);
    if let Some(extra) = toml_text::table(block, table, "extra", faults) {
        config.extra = toml_text::data(block, extra, Dates::Table, faults);
    }
    check_base_url(block, table, &config, faults);
    languages::read(block, table, &mut config, faults);
    config
}

fn set(config: &mut Config, name: &str, cell: Cell) {
    match (name, cell) {
        ("base_url", Cell::Text(text)) => config.base_url = text,
        ("theme", Cell::Text(text)) => config.theme = Some(text),
        ("default_language", Cell::Text(text)) => config.default_language = text,
        ("feed_limit", Cell::Count(count)) => config.feed_limit = Some(count),
        ("hard_link_static", Cell::Flag(flag)) => config.hard_link_static = flag,
        ("taxonomy_root", Cell::Text(text)) => config.taxonomy_root = Some(text),
        ("author", Cell::Text(text)) => config.author = Some(text),
        ("compile_sass", Cell::Flag(flag)) => config.compile_sass = flag,
        ("minify_html", Cell::Flag(flag)) => config.minify_html = flag,
        ("mode", Cell::Text(word)) => config.mode = choice(&word),
        ("output_dir", Cell::Text(text)) => config.output_dir = text,
        ("preserve_dotfiles_in_output", Cell::Flag(flag)) => config.preserve_dotfiles_in_output = flag,
        ("generate_sitemap", Cell::Flag(flag)) => config.generate_sitemap = flag,
        ("generate_robots_txt", Cell::Flag(flag)) => config.generate_robots_txt = flag,
        ("exclude_paginated_pages_in_sitemap", Cell::Text(word)) => {
            config.exclude_paginated_pages_in_sitemap = choice(&word)
        }
        _ => {}
    }
}

fn check_base_url(block: &Block<'_>, table: &DeTable<'_>, config: &Config, faults: &mut Vec<Diagnostic>) {
    let hint = "Write where the site will stand, such as `base_url = \"https://www.example.org\"`, at the top of the file.";
    match table.get("base_url") {
        None => {
            let fault = block.error(
                "config/base-url",
                "`base_url` is missing: the site does not know its own address.",
                0..0,
            );
            faults.push(fault.hint(hint));
        }
        // A value that is no text has been complained about.
        Some(value) if value.get_ref().is_str() && config.base_url.is_empty() => {
            faults.push(block.error("config/base-url", "`base_url` is empty.", value.span()).hint(hint));
        }
        Some(_) => {}
    }
}

/// Where the value of a key stands, below tables.
fn value_place(block: &Block<'_>, path: &[&str]) -> Range<usize> {
    toml_text::places(block, path).1
}

#[cfg(test)]
mod tests;
