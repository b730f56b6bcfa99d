//! Which keys the settings have, and what became of keys they had. In: the keys of a table. Out: complaints about those
//! nobody knows.

use std::ops::Range;

use super::super::fields::{Block, Key, Kind, key};
use super::super::spelling::closest;
use crate::base::Diagnostic;

/// Where links to headings may go.
pub(in super::super) const ANCHORS: &[&str] = &["left", "right", "heading", "none"];
/// What may remain of names in URLs.
pub(super) const STRATEGIES: &[&str] = &["on", "safe", "off"];
/// How bad a broken link may be.
pub(super) const LEVELS: &[&str] = &["error", "warn"];
/// The formats of the search index.
pub(super) const FORMATS: &[&str] =
    &["elasticlunr_json", "elasticlunr_javascript", "fuse_json", "fuse_javascript", "praktijk"];
/// What a site may be made for.
pub(super) const MODES: &[&str] = &["build", "serve", "check"];
/// Which pagers may be left out of the sitemap.
pub(super) const PAGERS: &[&str] = &["none", "all"];
/// Where colours of code may stand.
pub(super) const STYLES: &[&str] = &["inline", "class"];
/// Where `data-lang` may stand.
pub(super) const POSITIONS: &[&str] = &["code", "pre", "both", "none"];

/// The top of the file.
pub(super) const SITE: &[Key] = &[
    key("base_url", Kind::Text),
    key("theme", Kind::Text),
    key("title", Kind::Elsewhere),
    key("description", Kind::Elsewhere),
    key("default_language", Kind::Text),
    key("languages", Kind::Elsewhere),
    key("translations", Kind::Elsewhere),
    key("generate_feeds", Kind::Elsewhere),
    key("feed_limit", Kind::Count),
    key("feed_filenames", Kind::Elsewhere),
    key("hard_link_static", Kind::Flag),
    key("taxonomies", Kind::Elsewhere),
    key("taxonomy_root", Kind::Text),
    key("author", Kind::Text),
    key("compile_sass", Kind::Flag),
    key("minify_html", Kind::Flag),
    key("build_search_index", Kind::Elsewhere),
    key("ignored_content", Kind::Elsewhere),
    key("ignored_static", Kind::Elsewhere),
    key("skip_content_templating", Kind::Elsewhere),
    key("mode", Kind::Choice(MODES)),
    key("output_dir", Kind::Text),
    key("preserve_dotfiles_in_output", Kind::Flag),
    key("link_checker", Kind::Elsewhere),
    key("slugify", Kind::Elsewhere),
    key("search", Kind::Elsewhere),
    key("markdown", Kind::Elsewhere),
    key("extra", Kind::Elsewhere),
    key("generate_sitemap", Kind::Flag),
    key("generate_robots_txt", Kind::Flag),
    key("exclude_paginated_pages_in_sitemap", Kind::Choice(PAGERS)),
];

/// A language; for the default language these stand at the top too.
pub(super) const LANGUAGE: &[Key] = &[
    key("title", Kind::Text),
    key("description", Kind::Text),
    key("generate_feeds", Kind::Flag),
    key("feed_filenames", Kind::Texts),
    key("taxonomies", Kind::Elsewhere),
    key("build_search_index", Kind::Flag),
    key("search", Kind::Elsewhere),
    key("translations", Kind::Pairs),
];

/// A taxonomy.
pub(super) const TAXONOMY: &[Key] = &[
    key("name", Kind::Text),
    key("slug", Kind::Text),
    key("paginate_by", Kind::Count),
    key("paginate_path", Kind::Text),
    key("render", Kind::Flag),
    key("feed", Kind::Flag),
];

/// `[search]`.
pub(super) const SEARCH: &[Key] = &[
    key("include_title", Kind::Flag),
    key("include_content", Kind::Flag),
    key("truncate_content_length", Kind::Count),
    key("include_description", Kind::Flag),
    key("include_date", Kind::Flag),
    key("include_path", Kind::Flag),
    key("index_format", Kind::Choice(FORMATS)),
];

/// `[slugify]`.
pub(super) const SLUGIFY: &[Key] = &[
    key("paths", Kind::Choice(STRATEGIES)),
    key("paths_keep_dates", Kind::Flag),
    key("taxonomies", Kind::Choice(STRATEGIES)),
    key("anchors", Kind::Choice(STRATEGIES)),
];

/// `[link_checker]`.
pub(super) const LINK_CHECKER: &[Key] = &[
    key("skip_prefixes", Kind::Texts),
    key("skip_anchor_prefixes", Kind::Texts),
    key("internal_level", Kind::Choice(LEVELS)),
    key("external_level", Kind::Choice(LEVELS)),
    key("ignored_files", Kind::Elsewhere),
];

/// `[markdown]`.
pub(super) const MARKDOWN: &[Key] = &[
    key("highlighting", Kind::Elsewhere),
    key("render_emoji", Kind::Flag),
    key("external_links_class", Kind::Text),
    key("external_links_target_blank", Kind::Flag),
    key("external_links_no_follow", Kind::Flag),
    key("external_links_no_referrer", Kind::Flag),
    key("external_links_external", Kind::Flag),
    key("smart_punctuation", Kind::Flag),
    key("definition_list", Kind::Flag),
    key("bottom_footnotes", Kind::Flag),
    key("lazy_async_image", Kind::Flag),
    key("insert_anchor_links", Kind::Choice(ANCHORS)),
    key("github_alerts", Kind::Flag),
];

/// `[markdown.highlighting]`.
pub(super) const HIGHLIGHTING: &[Key] = &[
    key("error_on_missing_language", Kind::Flag),
    key("style", Kind::Choice(STYLES)),
    key("theme", Kind::Text),
    key("light_theme", Kind::Text),
    key("dark_theme", Kind::Text),
    key("add_color_scheme", Kind::Flag),
    key("extra_grammars", Kind::Texts),
    key("extra_themes", Kind::Texts),
    key("data_attr_position", Kind::Choice(POSITIONS)),
];

/// Keys that older versions had, and what to write now.
const REMOVED: &[(&str, &str)] = &[
    ("generate_feed", "It is called `generate_feeds` now."),
    (
        "generate_rss",
        "It is called `generate_feeds` now, and the file is named by `feed_filenames = [\"rss.xml\"]`.",
    ),
    ("feed_filename", "It is a list now: `feed_filenames = [\"atom.xml\"]`."),
    ("rss", "It is called `generate_feeds` now."),
    ("rss_limit", "It is called `feed_limit` now."),
    (
        "highlight_code",
        "Colours for code have a table of their own now: write `[markdown.highlighting]` with `theme = \"…\"` below it, or leave both out for plain code.",
    ),
    ("highlight_theme", "Write `theme = \"…\"` below `[markdown.highlighting]`."),
    (
        "highlight_themes_css",
        "Write `style = \"class\"` and `theme = \"…\"` below `[markdown.highlighting]`; the style sheet is made by itself.",
    ),
    (
        "highlight_theme_css",
        "Write `style = \"class\"` and `theme = \"…\"` below `[markdown.highlighting]`; the style sheet is made by itself.",
    ),
    (
        "extra_syntaxes",
        "Write `extra_grammars = [\"…\"]` below `[markdown.highlighting]`, with grammars in TextMate's JSON.",
    ),
    (
        "extra_syntaxes_and_themes",
        "Write `extra_grammars = [\"…\"]` and `extra_themes = [\"…\"]` below `[markdown.highlighting]`, with files in JSON.",
    ),
    ("slugify_paths", "Write `paths = \"on\"` or `paths = \"off\"` below `[slugify]`."),
    ("generate_tags_pages", "Write `taxonomies = [{ name = \"tags\" }]`."),
    ("generate_categories_pages", "Write `taxonomies = [{ name = \"categories\" }]`."),
    ("check_external_links", "Links are checked by the command `check` now."),
];

/// Complains about keys of a table that nobody knows; the table has no name at the top of the file.
pub(super) fn unknown(
    block: &Block<'_>,
    table: &str,
    unknown: &[(String, Range<usize>)],
    known: &[Key],
    faults: &mut Vec<Diagnostic>,
) {
    for (name, at) in unknown {
        let place =
            if table.is_empty() { "at the top of the file".to_owned() } else { format!("in `[{table}]`") };
        let message = format!("There is no setting `{name}` {place}.");
        // Zola before 0.23 passed over what it did not know here, and sites of that time hold such things.
        let fault = if table == "markdown.highlighting" {
            block.warning("config/unknown-key", message, at.clone())
        } else {
            block.error("config/unknown-key", message, at.clone())
        };
        faults.push(match meant(table, name, known) {
            Some(hint) => fault.hint(hint),
            None => fault.hint("If it is a setting of your own, put it below `[extra]`."),
        });
    }
}

/// Warns of keys that nobody knows but that look like a slip, in tables that pass over unknown keys.
pub(super) fn passed_over(
    block: &Block<'_>,
    table: &str,
    unknown: &[(String, Range<usize>)],
    known: &[Key],
    faults: &mut Vec<Diagnostic>,
) {
    for (name, at) in unknown {
        if let Some(near) = closest(name, known.iter().map(|key| key.name)) {
            let message = format!("There is no setting `{name}` in `[{table}]`, so it is passed over.");
            faults.push(
                block
                    .warning("config/unknown-key", message, at.clone())
                    .hint(format!("Did you mean `{near}`?")),
            );
        }
    }
}

/// What somebody probably meant: a key of old, a key of another table, or a slip.
fn meant(table: &str, name: &str, known: &[Key]) -> Option<String> {
    if let Some((_, now)) = REMOVED.iter().find(|(old, _)| *old == name) {
        return Some((*now).to_owned());
    }
    let homes = [
        ("markdown.highlighting", HIGHLIGHTING),
        ("markdown", MARKDOWN),
        ("slugify", SLUGIFY),
        ("search", SEARCH),
        ("link_checker", LINK_CHECKER),
    ];
    let has = |keys: &[Key]| keys.iter().any(|key| key.name == name);
    let home = homes.iter().find(|(home, keys)| *home != table && has(keys)).map(|(home, _)| *home);
    // Two tables have a key `theme`: inside `[markdown]` it is the one for code that is meant.
    let top =
        !table.is_empty() && has(SITE) && !(table == "markdown" && home == Some("markdown.highlighting"));
    match home {
        _ if top => {
            Some(format!("`{name}` belongs at the top of the file, above the first line in square brackets."))
        }
        Some("search") if table.starts_with("languages.") => {
            Some(format!("`{name}` belongs below `[{table}.search]`."))
        }
        Some(home) => Some(format!("`{name}` belongs below `[{home}]`.")),
        None => closest(name, known.iter().map(|key| key.name)).map(|near| format!("Did you mean `{near}`?")),
    }
}
