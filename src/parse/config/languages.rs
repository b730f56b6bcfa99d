//! What differs between languages. In: the file's table. Out: the languages in [`Config::languages`], the default one
//! first, and complaints.
//!
//! The options of the default language may stand at the top of the file, below `[languages.CODE]`, or partly here and
//! partly there, as long as nothing is said twice.

use std::ops::Range;

use toml::de::{DeTable, DeValue};
use unic_langid::LanguageIdentifier;

use super::super::fields::{Block, Cell};
use super::super::toml_text;
use super::{keys, tables, value_place};
use crate::base::Diagnostic;
use crate::model::config::Search;
use crate::model::slug::path_slug;
use crate::model::{Config, LanguageOptions, TaxonomyConfig};

/// Reads all languages.
pub(super) fn read(block: &Block<'_>, root: &DeTable<'_>, config: &mut Config, faults: &mut Vec<Diagnostic>) {
    check_code(block, &config.default_language, || value_place(block, &["default_language"]), faults);
    let mut default =
        options(block, root, toml_text::cells(block, root, keys::LANGUAGE, faults).cells, faults);
    config.search = default.search.clone();
    config.search_at_top = default.build_search_index;
    let mut others = Vec::new();
    for (code, at, table) in tables(block, root, faults) {
        check_code(block, code, || at.clone(), faults);
        let cells = tables::strict(block, table, &format!("languages.{code}"), keys::LANGUAGE, faults);
        let language = options(block, table, cells, faults);
        if code == config.default_language {
            default = merged(block, code, default, language, faults);
        } else {
            others.push((code.to_owned(), language));
        }
    }
    config.languages = vec![(config.default_language.clone(), default)];
    config.languages.append(&mut others);
    for (_, language) in &mut config.languages {
        for taxonomy in &mut language.taxonomies {
            taxonomy.slug = path_slug(&taxonomy.name, config.slugify.taxonomies);
        }
    }
}

/// The tables `[languages.CODE]`, with their codes and the places of those.
fn tables<'t, 'a>(
    block: &Block<'_>,
    root: &'t DeTable<'a>,
    faults: &mut Vec<Diagnostic>,
) -> Vec<(&'t str, Range<usize>, &'t DeTable<'a>)> {
    if let Some(value) = root.get("languages").filter(|value| value.get_ref().is_array()) {
        let message = "`languages` is a list; a language is a table of its own.";
        let fault = block.error("config/value", message, value.span());
        faults.push(
            fault.hint("Write `[languages.fr]` on a line of its own for French, and its settings below it."),
        );
        return Vec::new();
    }
    let Some(languages) = toml_text::table(block, root, "languages", faults) else { return Vec::new() };
    let codes: Vec<_> = languages.keys().map(|code| (code.get_ref().as_ref(), code.span())).collect();
    codes
        .into_iter()
        .filter_map(|(code, at)| Some((code, at, toml_text::table(block, languages, code, faults)?)))
        .collect()
}

fn check_code(
    block: &Block<'_>,
    code: &str,
    at: impl FnOnce() -> Range<usize>,
    faults: &mut Vec<Diagnostic>,
) {
    if LanguageIdentifier::from_bytes(code.as_bytes()).is_err() {
        let fault = block.error("config/language", format!("`{code}` is no code of a language."), at());
        faults.push(fault.hint("Codes have two or three letters, such as `nl`, with a region behind a dash if need be, such as `nl-BE`."));
    }
}

/// The options of one language, from its table.
fn options(
    block: &Block<'_>,
    table: &DeTable<'_>,
    cells: Vec<(&'static str, Cell)>,
    faults: &mut Vec<Diagnostic>,
) -> LanguageOptions {
    let mut options = LanguageOptions::default();
    for (name, cell) in cells {
        match (name, cell) {
            ("title", Cell::Text(text)) => options.title = Some(text),
            ("description", Cell::Text(text)) => options.description = Some(text),
            ("generate_feeds", Cell::Flag(flag)) => options.generate_feeds = flag,
            ("feed_filenames", Cell::Texts(texts)) => options.feed_filenames = texts,
            ("build_search_index", Cell::Flag(flag)) => options.build_search_index = flag,
            ("translations", Cell::Pairs(pairs)) => options.translations = pairs,
            _ => {}
        }
    }
    options.taxonomies = taxonomies(block, table, faults);
    options.search = tables::search(block, table, faults);
    options
}

fn taxonomies(block: &Block<'_>, table: &DeTable<'_>, faults: &mut Vec<Diagnostic>) -> Vec<TaxonomyConfig> {
    let Some(value) = table.get("taxonomies") else { return Vec::new() };
    let hint = "Write `taxonomies = [{ name = \"tags\" }, { name = \"themes\" }]`.";
    let Some(items) = value.get_ref().as_array() else {
        let message = format!(
            "`taxonomies` must be a list of tables; here it is {}.",
            toml_text::described(value.get_ref())
        );
        faults.push(block.error("config/value", message, value.span()).hint(hint));
        return Vec::new();
    };
    let mut taxonomies: Vec<TaxonomyConfig> = Vec::new();
    for item in items.iter() {
        let DeValue::Table(table) = item.get_ref() else {
            let message =
                format!("A taxonomy must be a table; here it is {}.", toml_text::described(item.get_ref()));
            faults.push(block.error("config/value", message, item.span()).hint(hint));
            continue;
        };
        let taxonomy = taxonomy(block, table, faults);
        if taxonomy.name.is_empty() {
            if table.get("name").is_none_or(|name| name.get_ref().is_str()) {
                faults.push(
                    block.error("config/taxonomy", "This taxonomy has no name.", item.span()).hint(hint),
                );
            }
        } else {
            taxonomies.push(taxonomy);
        }
    }
    taxonomies
}

fn taxonomy(block: &Block<'_>, table: &DeTable<'_>, faults: &mut Vec<Diagnostic>) -> TaxonomyConfig {
    let mut taxonomy = TaxonomyConfig::default();
    for (name, cell) in tables::lenient(block, table, "taxonomies", keys::TAXONOMY, faults) {
        match (name, cell) {
            ("name", Cell::Text(text)) => taxonomy.name = text,
            ("paginate_by", Cell::Count(size)) => taxonomy.paginate_by = Some(size),
            ("paginate_path", Cell::Text(text)) => taxonomy.paginate_path = Some(text),
            ("render", Cell::Flag(flag)) => taxonomy.render = flag,
            ("feed", Cell::Flag(flag)) => taxonomy.feed = flag,
            _ => {}
        }
    }
    taxonomy
}

/// The options of the default language, from the top of the file and from its own table.
fn merged(
    block: &Block<'_>,
    code: &str,
    top: LanguageOptions,
    own: LanguageOptions,
    faults: &mut Vec<Diagnostic>,
) -> LanguageOptions {
    let usual = LanguageOptions::default();
    let mut twice = |name: &str| faults.push(said_twice(block, code, name));
    let title = either("title", top.title, own.title, Option::is_some, &mut twice);
    let description = either("description", top.description, own.description, Option::is_some, &mut twice);
    let taxonomies =
        either("taxonomies", top.taxonomies, own.taxonomies, |list| !list.is_empty(), &mut twice);
    let translations =
        either("translations", top.translations, own.translations, |list| !list.is_empty(), &mut twice);
    // Saying the same twice does no harm for these two, nor does saying what goes without saying.
    let feeds_said = |feeds: &Vec<String>| !feeds.is_empty() && *feeds != usual.feed_filenames;
    let feed_filenames = if !feeds_said(&top.feed_filenames) {
        own.feed_filenames
    } else {
        if own.feed_filenames != usual.feed_filenames && own.feed_filenames != top.feed_filenames {
            twice("feed_filenames");
        }
        top.feed_filenames
    };
    let search = if top.search == Search::default() {
        own.search
    } else {
        if own.search != Search::default() && own.search != top.search {
            twice("search");
        }
        top.search
    };
    LanguageOptions {
        title,
        description,
        generate_feeds: top.generate_feeds || own.generate_feeds,
        feed_filenames,
        taxonomies,
        build_search_index: top.build_search_index || own.build_search_index,
        search,
        translations,
        theme_translations: Vec::new(),
    }
}

/// Whichever of two says something.
fn either<T>(name: &str, top: T, own: T, says: impl Fn(&T) -> bool, twice: &mut impl FnMut(&str)) -> T {
    match (says(&top), says(&own)) {
        (true, true) => {
            twice(name);
            top
        }
        (true, false) => top,
        (false, _) => own,
    }
}

fn said_twice(block: &Block<'_>, code: &str, name: &str) -> Diagnostic {
    let own = toml_text::places(block, &["languages", code, name]).0;
    let top = toml_text::places(block, &[name]).0;
    block
        .error("config/language", format!("`{name}` of the default language `{code}` is set twice."), own)
        .note("It is set here too.", block.file, Some(block.in_file(top)))
        .hint(format!("Take one of the two away: at the top of the file or below `[languages.{code}]`."))
}
