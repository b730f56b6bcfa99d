//! What settings mean, and every way in which they can be wrong.

use super::*;
use crate::model::config::{DataAttrPosition, HighlightStyle, IndexFormat, LinkLevel};
use crate::model::config::{ExcludePaginatedPages, Mode, Search};
use crate::model::slug::Strategy;
use crate::model::{InsertAnchor, Json};

const BASE: &str = "base_url = \"https://e.org\"\n";

fn read_with(text: &str, theme: Option<&str>) -> (Option<Config>, Vec<Diagnostic>) {
    let theme = |name: &str| {
        (SourcePath::new(format!("themes/{name}/theme.toml")), theme.map(|text| text.as_bytes().to_vec()))
    };
    config(&SourcePath::new("zola.toml"), text.as_bytes(), &theme)
}

pub(super) fn read(text: &str) -> Config {
    let (config, faults) = read_with(&format!("{BASE}{text}"), None);
    assert_eq!(faults, [], "{text}");
    config.unwrap()
}

/// The code, the marked text and all words of each complaint.
pub(super) fn complaints(text: &str) -> Vec<(&'static str, String, String)> {
    let (config, faults) = read_with(text, None);
    assert_eq!(config.is_none(), faults.iter().any(Diagnostic::is_error), "{text}");
    let marked = |fault: &Diagnostic| text[fault.place.clone().unwrap().span.unwrap()].to_owned();
    faults
        .iter()
        .map(|fault| (fault.code, marked(fault), format!("{} {}", fault.message, fault.hints.join(" "))))
        .collect()
}

#[test]
fn every_fault_has_its_place_and_a_way_to_mend_it() {
    for (text, code, marked, words) in [
        // No TOML.
        ("title = Zola", "config/syntax", "Zola", "Text stands in quotes"),
        ("title: \"Zola\"", "config/syntax", "", "`title = \"Zola\"`"),
        ("title = \"a\"\ntitle = \"b\"", "config/syntax", "title", "Take one of the two lines away"),
        // Unknown keys, of old and misspelt.
        ("titel = \"a\"", "config/unknown-key", "titel", "Did you mean `title`?"),
        ("mijn = 1", "config/unknown-key", "mijn", "put it below `[extra]`"),
        ("generate_feed = true", "config/unknown-key", "generate_feed", "`generate_feeds` now"),
        ("feed_filename = \"rss.xml\"", "config/unknown-key", "feed_filename", "It is a list now"),
        ("highlight_code = true", "config/unknown-key", "highlight_code", "[markdown.highlighting]"),
        ("render_emoji = true", "config/unknown-key", "render_emoji", "belongs below `[markdown]`"),
        ("[markdown]\nhighlight_theme = \"a\"", "config/unknown-key", "highlight_theme", "`[markdown]`"),
        ("[markdown]\ncompile_sass = true", "config/unknown-key", "compile_sass", "top of the file"),
        (
            "[markdown]\nrender_emojis = true",
            "config/unknown-key",
            "render_emojis",
            "Did you mean `render_emoji`?",
        ),
        (
            "[markdown.highlighting]\ntheme = \"a\"\nstijl = 1",
            "config/unknown-key",
            "stijl",
            "[markdown.highlighting]",
        ),
        ("[languages.fr]\ntitel = \"a\"", "config/unknown-key", "titel", "in `[languages.fr]`"),
        (
            "[markdown]\ntheme = \"a\"",
            "config/unknown-key",
            "theme",
            "belongs below `[markdown.highlighting]`",
        ),
        (
            "[languages.fr]\ninclude_date = true",
            "config/unknown-key",
            "include_date",
            "below `[languages.fr.search]`",
        ),
        ("[languages.fr]\ntheme = \"a\"", "config/unknown-key", "theme", "top of the file"),
        // Where Zola passes over them, a slip is a warning.
        ("[search]\ninclude_titel = true", "config/unknown-key", "include_titel", "`include_title`"),
        ("[slugify]\npath = \"on\"", "config/unknown-key", "path", "Did you mean `paths`?"),
        (
            "taxonomies = [{ name = \"a\", feeds = true }]",
            "config/unknown-key",
            "feeds",
            "Did you mean `feed`?",
        ),
        // Values of the wrong kind.
        ("title = 1", "config/value", "1", "`title` must be text; here it is the number 1."),
        ("minify_html = \"true\"", "config/value", "\"true\"", "without quotes"),
        ("feed_limit = -1", "config/value", "-1", "a whole number, zero or more; here it is the number -1"),
        ("feed_limit = 0xg", "config/syntax", "", ""),
        ("mode = \"fast\"", "config/value", "\"fast\"", "`build`, `serve`, `check`; here it is `fast`"),
        ("ignored_content = \"*.x\"", "config/value", "\"*.x\"", "square brackets"),
        ("ignored_content = [\"a\", 2]", "config/value", "2", "must be text; here it holds the number 2"),
        ("feed_filenames = [1]", "config/value", "1", "quotes"),
        ("markdown = 1", "config/value", "1", "`markdown` must be a table"),
        ("extra = \"a\"", "config/value", "\"a\"", "[extra]"),
        ("extra = { a = 99999999999999999999 }", "config/value", "99999999999999999999", "too large"),
        ("translations = { a = 1 }", "config/value", "1", "`a` must be text"),
        ("[slugify]\npaths = \"nooit\"", "config/value", "\"nooit\"", "`on`, `safe`, `off`"),
        ("[markdown]\ninsert_anchor_links = \"links\"", "config/value", "\"links\"", "`left`"),
        ("languages = [{ code = \"fr\" }]", "config/value", "[{ code = \"fr\" }]", "[languages.fr]"),
        ("taxonomies = [\"tags\"]", "config/value", "\"tags\"", "{ name = \"tags\" }"),
        (
            "taxonomies = { name = \"tags\" }",
            "config/value",
            "{ name = \"tags\" }",
            "must be a list of tables; here it is a table",
        ),
        ("taxonomies = [{ name = 1 }]", "config/value", "1", "`name` must be text"),
        // What no kind can say.
        ("taxonomies = [{ feed = true }]", "config/taxonomy", "{ feed = true }", "has no name"),
        ("default_language = \"e\"", "config/language", "\"e\"", "no code of a language"),
        ("[languages.een_taal_of_zo]\n", "config/language", "een_taal_of_zo", "no code"),
        ("ignored_static = [\"a\", \"[\"]", "config/pattern", "\"[\"", "`[` is not a file pattern"),
        ("[link_checker]\nignored_files = [\"{\"]", "config/pattern", "\"{\"", "`{` is not a file pattern"),
        ("[markdown]\nexternal_links_class = \"a'b\"", "config/value", "\"a'b\"", "holds a quote"),
        ("[markdown.highlighting]\n", "config/highlighting", "highlighting", "names no theme"),
        (
            "[markdown.highlighting]\nlight_theme = \"a\"",
            "config/highlighting",
            "highlighting",
            "no dark one",
        ),
        (
            "[markdown.highlighting]\ndark_theme = \"a\"",
            "config/highlighting",
            "highlighting",
            "no light one",
        ),
        (
            "[markdown.highlighting]\ntheme = \"x\"\ndark_theme = \"a\"",
            "config/highlighting",
            "highlighting",
            "as well as",
        ),
        ("theme = \"mooi\"", "config/theme", "\"mooi\"", "themes/mooi/theme.toml is missing"),
    ] {
        let found = complaints(&format!("{BASE}{text}"));
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        assert_eq!((found[0].0, found[0].1.trim()), (code, marked), "{text}: {found:?}");
        assert!(found[0].2.contains(words), "{text}: {found:?}");
    }
}

#[test]
fn base_url_is_required() {
    for (text, marked) in [("", ""), ("base_url = \"\"", "\"\"")] {
        let found = complaints(text);
        assert_eq!((found.len(), found[0].0, found[0].1.as_str()), (1, "config/base-url", marked), "{text}");
    }
    let found = complaints("base_url = 1");
    assert_eq!((found.len(), found[0].0), (1, "config/value"));
}

#[test]
fn all_faults_come_at_once() {
    let found =
        complaints("titel = 1\ntitle = 2\n[markdown]\nx = 1\nrender_emoji = 3\n[languages.fr]\nsearch = 1\n");
    assert_eq!(found.iter().map(|fault| fault.0).collect::<Vec<_>>().len(), 6, "{found:?}");
}

#[test]
fn several_broken_lines_are_all_shown() {
    let found = complaints("a = x\nb = \"1\"\nc = y\n");
    assert_eq!(found.iter().map(|fault| fault.1.as_str()).collect::<Vec<_>>(), ["x", "y"], "{found:?}");
}

#[test]
fn bytes_that_are_no_utf8() {
    let (config, faults) = config(&SourcePath::new("zola.toml"), b"\ntitle = \"\xff\"", &|_| unreachable!());
    assert!(config.is_none());
    assert_eq!(faults[0].code, "content/encoding");
    assert_eq!(faults[0].place.as_ref().unwrap().span, Some(10..11));
    assert!(faults[0].message.contains("line 2"));
}

#[test]
fn places_count_the_byte_order_mark() {
    let (_, faults) = read_with("\u{feff}titel = 1", None);
    assert_eq!(faults[0].place.as_ref().unwrap().span, Some(3..8));
}

#[test]
fn nothing_set_gives_zolas_defaults() {
    let config = read("");
    assert_eq!(config.base_url, "https://e.org");
    assert_eq!((config.default_language.as_str(), config.output_dir.as_str()), ("en", "public"));
    assert_eq!(config.languages, [("en".to_owned(), LanguageOptionsDefault::default())]);
    assert!(
        config.generate_sitemap && config.generate_robots_txt && !config.compile_sass && !config.minify_html
    );
    assert!(config.markdown.external_links_external && config.markdown.highlighting.is_none());
    assert_eq!((config.mode, config.slugify.paths, config.feed_limit), (Mode::Build, Strategy::On, None));
    assert!(config.extra.is_empty() && config.ignored_content.is_empty());
}
type LanguageOptionsDefault = crate::model::LanguageOptions;

#[test]
fn everything_set() {
    let config = read(
        r#"
title = "T"
description = "D"
default_language = "nl"
generate_feeds = true
feed_filenames = ["rss.xml"]
feed_limit = 0b11
hard_link_static = true
taxonomies = [{ name = "Mijn Tags", slug = "x", paginate_by = 2, paginate_path = "p", render = false, feed = true }]
taxonomy_root = "r"
author = "A"
compile_sass = true
minify_html = true
build_search_index = true
ignored_content = ["*.tmp"]
ignored_static = ["a/*"]
skip_content_templating = ["b/**"]
mode = "check"
output_dir = "uit"
preserve_dotfiles_in_output = true
generate_sitemap = false
generate_robots_txt = false
exclude_paginated_pages_in_sitemap = "all"
[translations]
b = "B"
a = "A"
[link_checker]
skip_prefixes = ["http://a"]
skip_anchor_prefixes = ["http://b"]
internal_level = "warn"
external_level = "warn"
ignored_files = ["c.md"]
[slugify]
paths = "safe"
paths_keep_dates = true
taxonomies = "off"
anchors = "safe"
[search]
include_title = false
include_content = false
truncate_content_length = 5
include_description = true
include_date = true
include_path = true
index_format = "fuse_json"
[markdown]
render_emoji = true
external_links_class = "x y"
external_links_target_blank = true
external_links_no_follow = true
external_links_no_referrer = true
external_links_external = false
smart_punctuation = true
definition_list = true
bottom_footnotes = true
lazy_async_image = true
insert_anchor_links = "heading"
github_alerts = true
[markdown.highlighting]
error_on_missing_language = true
style = "class"
light_theme = "l"
dark_theme = "d"
add_color_scheme = false
extra_grammars = ["g"]
extra_themes = ["t"]
data_attr_position = "both"
"#,
    );
    let language = config.language("nl").unwrap();
    assert_eq!((language.title.as_deref(), language.description.as_deref()), (Some("T"), Some("D")));
    assert!(language.generate_feeds && language.build_search_index);
    assert_eq!(language.feed_filenames, ["rss.xml"]);
    assert_eq!(language.translations, [("b".into(), "B".into()), ("a".into(), "A".into())]);
    let taxonomy = &language.taxonomies[0];
    assert_eq!((taxonomy.name.as_str(), taxonomy.slug.as_str()), ("Mijn Tags", "Mijn Tags"));
    assert_eq!(
        (taxonomy.paginate_by, taxonomy.paginate_path.as_deref(), taxonomy.render, taxonomy.feed),
        (Some(2), Some("p"), false, true)
    );
    assert_eq!(
        (config.feed_limit, config.taxonomy_root.as_deref(), config.author.as_deref()),
        (Some(3), Some("r"), Some("A"))
    );
    assert!(
        config.hard_link_static
            && config.compile_sass
            && config.minify_html
            && config.preserve_dotfiles_in_output
    );
    assert!(config.ignored_content.is_match("x/y.tmp") && config.ignored_static.is_match("a/b"));
    assert!(config.skip_content_templating.is_match("b/c/d.md"));
    assert_eq!((config.mode, config.output_dir.as_str()), (Mode::Check, "uit"));
    assert!(!config.generate_sitemap && !config.generate_robots_txt);
    assert_eq!(config.exclude_paginated_pages_in_sitemap, ExcludePaginatedPages::All);
    let checker = &config.link_checker;
    assert_eq!((checker.internal_level, checker.external_level), (LinkLevel::Warn, LinkLevel::Warn));
    assert_eq!(
        (&checker.skip_prefixes[0], &checker.skip_anchor_prefixes[0]),
        (&"http://a".to_owned(), &"http://b".to_owned())
    );
    assert!(checker.ignored_files.is_match("c.md"));
    let slugify = &config.slugify;
    assert_eq!(
        (slugify.paths, slugify.taxonomies, slugify.anchors),
        (Strategy::Safe, Strategy::Off, Strategy::Safe)
    );
    assert!(slugify.paths_keep_dates);
    assert_eq!(config.search, language.search);
    let expected = Search {
        include_title: false,
        include_content: false,
        truncate_content_length: Some(5),
        include_description: true,
        include_date: true,
        include_path: true,
        index_format: IndexFormat::FuseJson,
    };
    assert_eq!(config.search, expected);
    let markdown = &config.markdown;
    assert!(
        markdown.render_emoji && markdown.external_links_target_blank && markdown.external_links_no_follow
    );
    assert!(
        markdown.external_links_no_referrer
            && !markdown.external_links_external
            && markdown.smart_punctuation
    );
    assert!(
        markdown.definition_list
            && markdown.bottom_footnotes
            && markdown.lazy_async_image
            && markdown.github_alerts
    );
    assert_eq!(
        (markdown.external_links_class.as_deref(), markdown.insert_anchor_links),
        (Some("x y"), InsertAnchor::Heading)
    );
    let highlighting = markdown.highlighting.as_ref().unwrap();
    assert!(highlighting.error_on_missing_language && highlighting.theme.is_none());
    assert_eq!((highlighting.style, highlighting.add_color_scheme), (HighlightStyle::Class, Some(false)));
    assert_eq!(
        (highlighting.light_theme.as_deref(), highlighting.dark_theme.as_deref()),
        (Some("l"), Some("d"))
    );
    assert_eq!(
        (&highlighting.extra_grammars[0], &highlighting.extra_themes[0]),
        (&"g".to_owned(), &"t".to_owned())
    );
    assert_eq!(highlighting.data_attr_position, DataAttrPosition::Both);
}

#[test]
fn every_word_of_a_choice_means_something() {
    fn words<T: serde::de::DeserializeOwned + serde::Serialize + Default>(words: &[&str]) {
        for word in words {
            assert_eq!(serde_json::to_value(choice::<T>(word)).unwrap(), **word);
        }
    }
    words::<InsertAnchor>(keys::ANCHORS);
    words::<Strategy>(keys::STRATEGIES);
    words::<LinkLevel>(keys::LEVELS);
    words::<IndexFormat>(keys::FORMATS);
    words::<Mode>(keys::MODES);
    words::<ExcludePaginatedPages>(keys::PAGERS);
    words::<HighlightStyle>(keys::STYLES);
    words::<DataAttrPosition>(keys::POSITIONS);
}

#[test]
fn languages_stand_as_written_with_the_default_one_first() {
    let config = read(
        "default_language = \"nl\"\n[slugify]\ntaxonomies = \"off\"\n[languages.fr]\ntitle = \"F\"\ntaxonomies = [{ name = \"É\" }]\n[languages.de]\n[languages.nl]\ntitle = \"N\"\n[languages.be.search]\ninclude_date = true\n",
    );
    let codes: Vec<_> = config.languages.iter().map(|(code, _)| code.as_str()).collect();
    assert_eq!(codes, ["nl", "fr", "de", "be"]);
    assert_eq!(config.language("nl").unwrap().title.as_deref(), Some("N"));
    assert_eq!(config.language("fr").unwrap().taxonomies[0].slug, "É");
    assert!(config.language("be").unwrap().search.include_date && !config.search.include_date);
}

#[test]
fn taxonomies_get_slugs() {
    assert_eq!(
        read("taxonomies = [{ name = \"Mijn Tags\" }]").language("en").unwrap().taxonomies[0].slug,
        "mijn-tags"
    );
}

#[test]
fn the_default_language_may_be_set_in_two_places_but_not_twice() {
    for (top, own, twice) in [
        ("title = \"a\"", "description = \"b\"", None),
        ("title = \"a\"", "title = \"a\"", Some("title")),
        ("description = \"a\"", "description = \"b\"", Some("description")),
        ("taxonomies = [{ name = \"a\" }]", "taxonomies = [{ name = \"a\" }]", Some("taxonomies")),
        ("taxonomies = [{ name = \"a\" }]", "taxonomies = []", None),
        ("translations = { a = \"a\" }", "translations = { b = \"b\" }", Some("translations")),
        ("feed_filenames = [\"a\"]", "feed_filenames = [\"a\"]", None),
        ("feed_filenames = [\"a\"]", "feed_filenames = [\"b\"]", Some("feed_filenames")),
        ("feed_filenames = [\"a\"]", "feed_filenames = [\"atom.xml\"]", None),
        ("feed_filenames = []", "feed_filenames = [\"b\"]", None),
        ("search = { include_date = true }", "search = { include_date = true }", None),
        ("search = { include_date = true }", "search = { include_path = true }", Some("search")),
    ] {
        let found = complaints(&format!("{BASE}{top}\n[languages.en]\n{own}\n"));
        match twice {
            None => assert_eq!(found, [], "{top} {own}"),
            Some(name) => {
                assert_eq!(
                    (found.len(), found[0].0, found[0].1.as_str()),
                    (1, "config/language", name),
                    "{top} {own}"
                );
                assert!(found[0].2.contains("is set twice"));
            }
        }
    }
}

#[test]
fn what_is_set_twice_notes_the_other_place() {
    let text = format!("{BASE}title = \"a\"\n[languages.en]\ntitle = \"b\"\n");
    let (_, faults) = read_with(&text, None);
    let note = &faults[0].notes[0];
    assert_eq!(note.place.span, text.find("title").map(|at| at..at + 5));
}

#[test]
fn the_default_language_takes_from_both_places() {
    let config = read(
        "title = \"a\"\nfeed_filenames = [\"r.xml\"]\nsearch = { include_date = true }\n[languages.en]\ndescription = \"b\"\ngenerate_feeds = true\nbuild_search_index = true\ntaxonomies = [{ name = \"t\" }]\n",
    );
    let english = config.language("en").unwrap();
    assert_eq!((english.title.as_deref(), english.description.as_deref()), (Some("a"), Some("b")));
    assert!(english.generate_feeds && english.build_search_index && english.search.include_date);
    assert_eq!((english.feed_filenames[0].as_str(), english.taxonomies[0].name.as_str()), ("r.xml", "t"));
    assert!(!config.is_multilingual());
}

#[test]
fn data_of_the_author_keep_their_order_and_dates_become_tables() {
    let config = read(
        "[extra]\nz = 1\na = 1.5\nd = 2024-01-02\nl = [2024-01-02T10:20:00Z, { t = 10:20:30 }]\ni = inf\n[extra.praktijk]\ndialect = \"0.23\"\n",
    );
    let expected = r#"{"z":1,"a":1.5,"d":{"$__toml_private_datetime":"2024-01-02"},"l":[{"$__toml_private_datetime":"2024-01-02T10:20:00Z"},{"t":{"$__toml_private_datetime":"10:20:30"}}],"i":"inf","praktijk":{"dialect":"0.23"}}"#;
    assert_eq!(serde_json::to_string(&config.extra).unwrap(), expected);
}

#[test]
fn the_theme_goes_under_the_site() {
    let site = format!("{BASE}theme = \"t\"\n[extra]\na = \"site\"\n[extra.sub]\nx = 1\nd = 2024-01-01\n");
    let theme = "min_version = \"0\"\n[extra]\nb = \"theme\"\na = \"theme\"\n[extra.sub]\ny = 2\nx = 9\nd = 2025-01-01\n";
    let (config, faults) = read_with(&site, Some(theme));
    assert_eq!(faults, []);
    let expected =
        r#"{"a":"site","sub":{"x":1,"d":{"$__toml_private_datetime":"2024-01-01"},"y":2},"b":"theme"}"#;
    assert_eq!(Json::Object(config.unwrap().extra).to_string(), expected);
    for theme in ["", "extra = 1", "[author]\nname = \"x\""] {
        assert_eq!(read_with(&site, Some(theme)).1, [], "{theme}");
    }
}

#[test]
fn a_table_against_something_else_is_a_clash_in_both_directions() {
    for (own, other) in [("1", "{ b = 1 }"), ("{ b = 1 }", "1"), ("2024-01-01", "{ b = 1 }")] {
        let site = format!("{BASE}theme = \"t\"\n[extra.s]\nsleutel = {own}\n");
        let theme = format!("[extra]\ns.sleutel = {other}\n");
        let (config, faults) = read_with(&site, Some(&theme));
        assert!(config.is_none());
        assert_eq!((faults.len(), faults[0].code), (1, "config/theme"), "{own}");
        assert!(faults[0].message.contains("`extra.s.sleutel`"));
        assert_eq!(&site[faults[0].place.clone().unwrap().span.unwrap()], "sleutel");
        let note = &faults[0].notes[0].place;
        assert_eq!(
            (note.file.as_str(), &theme[note.span.clone().unwrap()]),
            ("themes/t/theme.toml", "sleutel")
        );
    }
}

#[test]
fn faults_of_the_theme_are_placed_in_the_theme() {
    let site = format!("{BASE}theme = \"t\"\n");
    let (config, faults) = read_with(&site, Some("a = b"));
    assert!(config.is_none());
    let place = faults[0].place.as_ref().unwrap();
    assert_eq!(
        (faults[0].code, place.file.as_str(), place.span.clone()),
        ("config/syntax", "themes/t/theme.toml", Some(4..5))
    );
}
