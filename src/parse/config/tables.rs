//! The tables of settings that are the same for all languages. In: the file's table. Out: each of them filled, with
//! defaults where nothing is set, and complaints.

use toml::de::{DeTable, DeValue};

use super::super::fields::{Block, Cell, Key, choice};
use super::super::toml_text;
use super::{keys, value_place};
use crate::base::Diagnostic;
use crate::model::Globs;
use crate::model::config::{
    DataAttrPosition, HighlightStyle, Highlighting, LinkChecker, Markdown, Search, Slugify,
};

/// The cells of a table that passes over keys it does not know.
pub(super) fn lenient(
    block: &Block<'_>,
    table: &DeTable<'_>,
    name: &str,
    keys: &[Key],
    faults: &mut Vec<Diagnostic>,
) -> Vec<(&'static str, Cell)> {
    let found = toml_text::cells(block, table, keys, faults);
    keys::passed_over(block, name, &found.unknown, keys, faults);
    found.cells
}

/// The cells of a table in which an unknown key is an error.
pub(super) fn strict(
    block: &Block<'_>,
    table: &DeTable<'_>,
    name: &str,
    keys: &[Key],
    faults: &mut Vec<Diagnostic>,
) -> Vec<(&'static str, Cell)> {
    let found = toml_text::cells(block, table, keys, faults);
    keys::unknown(block, name, &found.unknown, keys, faults);
    found.cells
}

/// `[slugify]`.
pub(super) fn slugify(block: &Block<'_>, root: &DeTable<'_>, faults: &mut Vec<Diagnostic>) -> Slugify {
    let mut slugify = Slugify::default();
    let Some(table) = toml_text::table(block, root, "slugify", faults) else { return slugify };
    for (name, cell) in lenient(block, table, "slugify", keys::SLUGIFY, faults) {
        match (name, cell) {
            ("paths", Cell::Text(word)) => slugify.paths = choice(&word),
            ("paths_keep_dates", Cell::Flag(flag)) => slugify.paths_keep_dates = flag,
            ("taxonomies", Cell::Text(word)) => slugify.taxonomies = choice(&word),
            ("anchors", Cell::Text(word)) => slugify.anchors = choice(&word),
            _ => {}
        }
    }
    slugify
}

/// `[link_checker]`.
pub(super) fn link_checker(
    block: &Block<'_>,
    root: &DeTable<'_>,
    faults: &mut Vec<Diagnostic>,
) -> LinkChecker {
    let mut checker = LinkChecker::default();
    let Some(table) = toml_text::table(block, root, "link_checker", faults) else { return checker };
    for (name, cell) in lenient(block, table, "link_checker", keys::LINK_CHECKER, faults) {
        match (name, cell) {
            ("skip_prefixes", Cell::Texts(texts)) => checker.skip_prefixes = texts,
            ("skip_anchor_prefixes", Cell::Texts(texts)) => checker.skip_anchor_prefixes = texts,
            ("internal_level", Cell::Text(word)) => checker.internal_level = choice(&word),
            ("external_level", Cell::Text(word)) => checker.external_level = choice(&word),
            _ => {}
        }
    }
    checker.ignored_files = globs(block, table, "ignored_files", faults);
    checker
}

/// `[search]`, at the top or of a language.
pub(super) fn search(block: &Block<'_>, above: &DeTable<'_>, faults: &mut Vec<Diagnostic>) -> Search {
    let mut search = Search::default();
    let Some(table) = toml_text::table(block, above, "search", faults) else { return search };
    for (name, cell) in lenient(block, table, "search", keys::SEARCH, faults) {
        match (name, cell) {
            ("include_title", Cell::Flag(flag)) => search.include_title = flag,
            ("include_content", Cell::Flag(flag)) => search.include_content = flag,
            ("truncate_content_length", Cell::Count(count)) => search.truncate_content_length = Some(count),
            ("include_description", Cell::Flag(flag)) => search.include_description = flag,
            ("include_date", Cell::Flag(flag)) => search.include_date = flag,
            ("include_path", Cell::Flag(flag)) => search.include_path = flag,
            ("index_format", Cell::Text(word)) => search.index_format = choice(&word),
            _ => {}
        }
    }
    search
}

/// `[markdown]`.
pub(super) fn markdown(block: &Block<'_>, root: &DeTable<'_>, faults: &mut Vec<Diagnostic>) -> Markdown {
    let mut markdown = Markdown::default();
    let Some(table) = toml_text::table(block, root, "markdown", faults) else { return markdown };
    for (name, cell) in strict(block, table, "markdown", keys::MARKDOWN, faults) {
        match (name, cell) {
            ("render_emoji", Cell::Flag(flag)) => markdown.render_emoji = flag,
            ("external_links_class", Cell::Text(text)) => markdown.external_links_class = Some(text),
            ("external_links_target_blank", Cell::Flag(flag)) => markdown.external_links_target_blank = flag,
            ("external_links_no_follow", Cell::Flag(flag)) => markdown.external_links_no_follow = flag,
            ("external_links_no_referrer", Cell::Flag(flag)) => markdown.external_links_no_referrer = flag,
            ("external_links_external", Cell::Flag(flag)) => markdown.external_links_external = flag,
            ("smart_punctuation", Cell::Flag(flag)) => markdown.smart_punctuation = flag,
            ("definition_list", Cell::Flag(flag)) => markdown.definition_list = flag,
            ("bottom_footnotes", Cell::Flag(flag)) => markdown.bottom_footnotes = flag,
            ("lazy_async_image", Cell::Flag(flag)) => markdown.lazy_async_image = flag,
            ("insert_anchor_links", Cell::Text(word)) => markdown.insert_anchor_links = choice(&word),
            ("github_alerts", Cell::Flag(flag)) => markdown.github_alerts = flag,
            _ => {}
        }
    }
    if markdown.external_links_class.as_ref().is_some_and(|class| class.contains(['"', '\''])) {
        let at = value_place(block, &["markdown", "external_links_class"]);
        let fault =
            block.error("config/value", "`external_links_class` holds a quote, which no class can hold.", at);
        faults.push(fault.hint(
            "Write one or more names with blanks between, such as `external_links_class = \"external\"`.",
        ));
    }
    markdown.highlighting = highlighting(block, table, faults);
    markdown
}

/// `[markdown.highlighting]`. Whether its themes exist is found out where code is coloured.
fn highlighting(
    block: &Block<'_>,
    markdown: &DeTable<'_>,
    faults: &mut Vec<Diagnostic>,
) -> Option<Highlighting> {
    let table = toml_text::table(block, markdown, "highlighting", faults)?;
    let mut found = Highlighting {
        error_on_missing_language: false,
        style: HighlightStyle::Inline,
        theme: None,
        light_theme: None,
        dark_theme: None,
        add_color_scheme: None,
        extra_grammars: Vec::new(),
        extra_themes: Vec::new(),
        data_attr_position: DataAttrPosition::Code,
    };
    for (name, cell) in strict(block, table, "markdown.highlighting", keys::HIGHLIGHTING, faults) {
        match (name, cell) {
            ("error_on_missing_language", Cell::Flag(flag)) => found.error_on_missing_language = flag,
            ("style", Cell::Text(word)) => found.style = choice(&word),
            ("theme", Cell::Text(text)) => found.theme = Some(text),
            ("light_theme", Cell::Text(text)) => found.light_theme = Some(text),
            ("dark_theme", Cell::Text(text)) => found.dark_theme = Some(text),
            ("add_color_scheme", Cell::Flag(flag)) => found.add_color_scheme = Some(flag),
            ("extra_grammars", Cell::Texts(texts)) => found.extra_grammars = texts,
            ("extra_themes", Cell::Texts(texts)) => found.extra_themes = texts,
            ("data_attr_position", Cell::Text(word)) => found.data_attr_position = choice(&word),
            _ => {}
        }
    }
    // Asked of the table, not of what was read: a theme that is no text has been complained about.
    let has = ["theme", "light_theme", "dark_theme"].map(|name| table.contains_key(name));
    let message = match has {
        [true, false, false] | [false, true, true] => return Some(found),
        [false, false, false] => "`[markdown.highlighting]` names no theme.",
        [true, ..] => "`[markdown.highlighting]` names one theme as well as a light or a dark one.",
        [false, true, false] => "`[markdown.highlighting]` names a light theme, but no dark one.",
        [false, false, true] => "`[markdown.highlighting]` names a dark theme, but no light one.",
    };
    let at = toml_text::places(block, &["markdown", "highlighting"]).0;
    faults.push(
        block
            .error("config/highlighting", message, at)
            .hint("Write either `theme = \"…\"`, or both `light_theme = \"…\"` and `dark_theme = \"…\"`."),
    );
    Some(found)
}

/// A list of file patterns.
pub(super) fn globs(
    block: &Block<'_>,
    table: &DeTable<'_>,
    name: &'static str,
    faults: &mut Vec<Diagnostic>,
) -> Globs {
    let key = [super::super::fields::key(name, super::super::fields::Kind::Texts)];
    let cells = toml_text::cells(block, table, &key, faults).cells;
    let Some((_, Cell::Texts(patterns))) = cells.into_iter().next() else { return Globs::default() };
    match Globs::try_from(patterns) {
        Ok(globs) => globs,
        Err(_) => {
            let items = table.get(name).and_then(|value| value.get_ref().as_array());
            for item in items.into_iter().flat_map(|items| items.iter()) {
                if let DeValue::String(pattern) = item.get_ref()
                    && let Err(message) = Globs::try_from(vec![pattern.to_string()])
                {
                    let fault = block.error("config/pattern", format!("{message}."), item.span());
                    faults.push(fault.hint("`*` stands for any name, `**/` for any folders, `{a,b}` for either; put `\\\\` before a bracket that means itself."));
                }
            }
            Globs::default()
        }
    }
}
