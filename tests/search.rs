//! The search index of our own: whether it is there when a site asks for it and only then, what it finds, and that its name
//! stands in every page that uses it.

use std::collections::BTreeMap;
use std::path::Path;

use praktijk_search::native::Whole;
use praktijk_search::query::{Found, Request};

use crate::support::{SETTINGS, TestSite, praktijk, said, tree, write_all};

const ASKS: &str = "build_search_index = true\n[search]\nindex_format = \"praktijk\"\n";
/// A page that says where its index is, also in a script of its own.
const TEMPLATE: &str = "{% set index = search_index() %}<!doctype html><head><meta charset=utf-8></head>\
                        <body data-manifest=\"{{ index.manifest | safe }}\">{{ page.content | safe }}<script>f('{{ index.manifest | safe }}')</script>";

fn asking(more: &str) -> TestSite {
    TestSite::new()
        .put("zola.toml", format!("{SETTINGS}{ASKS}{more}"))
        .put("templates/page.html", TEMPLATE)
        .put("content/_index.md", "+++\ntitle = \"Home\"\n+++\n")
        .put("content/a.md", "+++\ntitle = \"Appel\"\n+++\nvoor\n\n## Peer\n\nfruit **uit** de tuin\n")
        .put("content/b.md", "+++\ntitle = \"Banaan\"\n+++\ngeel\n")
}

/// The files of the index, by their names below its folder.
fn files(outputs: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let below = |(path, bytes): (&String, &Vec<u8>)| {
        path.strip_prefix("zoekindex/").map(|name| (name.to_owned(), bytes.clone()))
    };
    outputs.iter().filter_map(below).collect()
}

/// The manifest that a page names.
#[track_caller]
fn named(outputs: &BTreeMap<String, Vec<u8>>, page: &str) -> String {
    let page = String::from_utf8(outputs[page].clone()).expect("text");
    let manifest = page.split("data-manifest=\"").nth(1).and_then(|rest| rest.split('"').next());
    let manifest = manifest.and_then(|path| path.split("zoekindex/").nth(1)).expect("a manifest").to_owned();
    assert!(page.contains(&format!("zoekindex/{manifest}')")), "also in the script: {page}");
    manifest
}

/// What is found by way of a page.
#[track_caller]
fn found(outputs: &BTreeMap<String, Vec<u8>>, page: &str, query: &str) -> Found {
    let mut whole = Whole::of_files(&named(outputs, page), files(outputs)).expect("an index");
    whole.search(&Request { query: query.to_owned(), counts: true, ..Request::default() }).expect("an answer")
}

fn urls(found: &Found) -> Vec<&str> {
    found.rows.iter().map(|row| row.url.as_str()).collect()
}

#[test]
fn without_asking_there_is_no_file_of_it() {
    for settings in ["", "[search]\nindex_format = \"praktijk\"\n", "build_search_index = true\n"] {
        let site = TestSite::new()
            .put("zola.toml", format!("{SETTINGS}{settings}"))
            .put("templates/page.html", "{% set index = search_index() %}{{ index is none }}")
            .put("content/a.md", "+++\n+++\n")
            .build();
        assert!(files(&site.outputs()).is_empty(), "{settings}");
        let site = site.expect("a/index.html", "true");
        let zolas = site.outputs().contains_key("search_index.en.js");
        assert_eq!(zolas, settings.starts_with("build"), "{settings}");
    }
}

#[test]
fn who_asks_has_one_that_finds_pages_and_their_parts() {
    let site = asking("").build();
    let outputs = site.outputs();
    assert!(!outputs.contains_key("search_index.en.js") && !outputs.contains_key("elasticlunr.min.js"));
    for name in ["client-", "worker-", "reader-", "en-"] {
        assert!(files(&outputs).keys().any(|file| file.starts_with(name)), "{name}");
    }
    let peer = found(&outputs, "b/index.html", "tuin");
    assert_eq!(urls(&peer), ["/a/#peer"]);
    assert_eq!(peer.rows[0].unit.as_deref(), Some("Peer"));
    assert_eq!(urls(&found(&outputs, "a/index.html", "appel")), ["/a/"]);
    assert_eq!(outputs, site.cold_outputs(), "the same bytes twice");
}

#[test]
fn an_edit_renders_one_page_and_renames_the_index_in_all() {
    let site = asking("[extra.praktijk]\nsecurity = true\n").build();
    let before = named(&site.outputs(), "b/index.html");
    let site = site.put("content/a.md", "+++\ntitle = \"Appel\"\n+++\nkersen\n").build();
    let outputs = site.outputs();
    let after = named(&outputs, "b/index.html");
    assert_ne!(before, after);
    assert_eq!(after, named(&outputs, "a/index.html"));
    assert!(!site.outcome().report.names().contains(&"page b.md"), "{:?}", site.outcome().report.names());
    assert_eq!(urls(&found(&outputs, "b/index.html", "kersen")), ["/a/"]);
    assert!(urls(&found(&outputs, "b/index.html", "tuin")).is_empty());
    assert!(!files(&outputs).contains_key(&before), "the old index is gone");
    assert_eq!(outputs, site.cold_outputs(), "policies and headers included");
}

#[test]
fn what_its_author_took_out_is_not_found() {
    let site = asking("")
        .put("content/weg.md", "+++\ntitle = \"Weg\"\nin_search_index = false\n+++\nstil\n")
        .put("content/s/_index.md", "+++\ntitle = \"Sectie\"\nin_search_index = false\n+++\nstil\n")
        .put("content/s/elders.md", "+++\ntitle = \"Elders\"\nrender = false\n+++\nstil\n")
        .put("content/c.md", "+++\ntitle = \"C\"\n+++\n<p data-nosearch>stil</p>\n\n    stil\n\n<span title=\"stil\">c</span>\n")
        .build();
    assert!(urls(&found(&site.outputs(), "b/index.html", "stil")).is_empty());
}

#[test]
fn every_language_has_its_own() {
    let site = asking("[languages.nl]\nbuild_search_index = true\n[languages.fr]\n")
        .put("content/a.nl.md", "+++\ntitle = \"Appel\"\n+++\nklokhuis\n")
        .put("content/a.fr.md", "+++\ntitle = \"Pomme\"\n+++\n{{ 1 }}\n")
        .put("templates/page.html", format!("{{% if lang != 'fr' %}}{TEMPLATE}{{% else %}}{{% set i = search_index() %}}{{{{ i is none }}}}{{% endif %}}"))
        .build();
    let outputs = site.outputs();
    assert!(named(&outputs, "nl/a/index.html").starts_with("nl-"));
    assert_eq!(urls(&found(&outputs, "nl/a/index.html", "klokhuis")), ["/nl/a/"]);
    assert!(urls(&found(&outputs, "a/index.html", "klokhuis")).is_empty());
    assert!(!files(&outputs).keys().any(|name| name.starts_with("fr-")));
    site.expect("fr/a/index.html", "true");
}

#[test]
fn a_site_of_the_older_dialect_has_the_same() {
    let template = TEMPLATE.replace("{% set index = search_index() %}", "{% set index = search_index() -%}");
    let site = asking("[extra.praktijk]\ndialect = \"0.22\"\n").put("templates/page.html", template).build();
    assert_eq!(urls(&found(&site.outputs(), "b/index.html", "tuin")), ["/a/#peer"]);
    let none = asking("").put("zola.toml", format!("{SETTINGS}[search]\nindex_format = \"praktijk\"\n[languages.nl]\nbuild_search_index = true\n[extra.praktijk]\ndialect = \"0.22\"\n"));
    let none = none.put("templates/page.html", "x").build();
    assert!(
        files(&none.outputs()).is_empty(),
        "Zola 0.22 makes none for a language without the switch at the top"
    );
}

#[test]
fn an_unknown_format_is_told_with_those_there_are() {
    let told = TestSite::new()
        .put("zola.toml", format!("{SETTINGS}[search]\nindex_format = \"praktik\"\n"))
        .faults();
    assert!(told.iter().any(|told| told.contains("praktik")), "{told:?}");
}

/// A kitchen with words that have other names.
fn kitchen() -> TestSite {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recipes");
    let mut site = TestSite::new().remove("templates/index.html");
    for (path, bytes) in tree(&root) {
        site = site.put(&path, bytes);
    }
    let settings = std::fs::read_to_string(root.join("zola.toml")).expect("readable");
    let word = std::fs::read_to_string(root.join("kinds/word.toml")).expect("readable");
    site.put("zola.toml", settings.replacen("title =", &format!("{}title =", "build_search_index = true\nsearch = { index_format = \"praktijk\" }\n"), 1))
        .put("kinds/word.toml", format!("search = {{ synonyms = \"also\", as_written = \"strict\" }}\n{word}\n[[fields]]\nname = \"also\"\nlist = true\n[[fields]]\nname = \"strict\"\ntype = \"bool\"\n"))
        .put("content/words/who.md", "+++\ntitle = \"World Health Organization\"\n[extra]\nshort = \"WHO\"\nstrict = true\nalso = [\"health body\"]\n+++\n")
        .put("templates/word.html", TEMPLATE)
        .put("content/words/it.md", "+++\ntitle = \"It\"\ntemplate = \"word.html\"\n+++\nWho asks the World Health Organization?\n")
}

#[test]
fn kinds_bring_units_facets_and_other_names() {
    let site = kitchen().build();
    let outputs = site.outputs();
    let page = "words/it/index.html";
    let leeks = found(&outputs, page, "leeks");
    assert!(urls(&leeks).contains(&"/recipes/soup/#ingredient-1"), "{:?}", urls(&leeks));
    assert_eq!(leeks.rows[0].kind_label.as_deref(), Some("Recipe"));
    assert_eq!(leeks.rows[0].facets["season"], ["winter"]);
    let names: Vec<&str> = leeks.facets.iter().map(|facet| facet.label.as_str()).collect();
    assert_eq!(names, ["Season", "Village"]);
    assert!(urls(&found(&outputs, page, "lettuce")).is_empty(), "what has expired is not found");
    let by_name = found(&outputs, page, "health body");
    assert!(urls(&by_name).contains(&"/words/it/") && urls(&by_name).contains(&"/words/who/"), "{by_name:?}");
    let strict = found(&outputs, page, "WHO");
    assert!(urls(&strict).contains(&"/words/who/"), "{strict:?}");
    let loose = found(&outputs, page, "who");
    assert!(!urls(&loose).contains(&"/words/who/"), "{loose:?}");
}

#[test]
fn facets_of_several_kinds_are_one_when_they_mean_the_same() {
    let kind = |folder: &str, label: &str| {
        format!(
            "label = \"{folder}\"\nfolder = \"{folder}\"\n[[fields]]\nname = \"sort\"\n[[facets]]\nname = \"sort\"\nlabel = \"{label}\"\nfrom = [\"sort\"]\n"
        )
    };
    let item = |sort: &str| format!("+++\ntitle = \"{sort}\"\n[extra]\nsort = \"{sort}\"\n+++\nthing\n");
    let site = asking("")
        .put("kinds/a.toml", kind("as", "Sort"))
        .put("kinds/b.toml", kind("bs", "Colour"))
        .put("kinds/c.toml", kind("cs", "Sort"))
        .put("content/as/1.md", item("Old"))
        .put("content/bs/1.md", item("Red"))
        .put("content/cs/1.md", item("New"))
        .build();
    let found = found(&site.outputs(), "b/index.html", "thing");
    let shown: Vec<(&str, &str, Vec<&str>)> = found
        .facets
        .iter()
        .map(|facet| (&*facet.name, &*facet.label, facet.values.iter().map(|value| &*value.label).collect()))
        .collect();
    assert_eq!(shown, [("sort", "Sort", vec!["New", "Old"]), ("sort-b", "Colour", vec!["Red"])]);
}

#[test]
fn nothing_is_built_for_a_question_on_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = [
        ("zola.toml", "base_url = \"https://example.org/sub\"\n[languages.nl]\n[languages.fr]\n"),
        ("templates/page.html", "{{ throw(message=\"never run\") }}"),
        ("content/a.md", "+++\ntitle = \"Apple\"\n+++\n## Pear\n\nfruit of the garden\n"),
        ("content/a.nl.md", "+++\ntitle = \"Appel\"\n+++\nklokhuis\n"),
        ("content/d.md", "+++\ntitle = \"Draft\"\ndraft = true\n+++\ngarden\n"),
    ];
    write_all(folder.path(), &site);
    let run = |words: &[&str]| praktijk(folder.path()).arg("search").args(words).output().expect("runs");
    let rows = |words: &[&str]| -> serde_json::Value {
        let output = run(words);
        assert!(output.status.success() && output.stderr.is_empty(), "{}", said(&output));
        serde_json::from_slice(&output.stdout).expect("JSON and nothing else")
    };
    for _ in 0..2 {
        let found = rows(&["garden", "--json"]);
        assert_eq!(found.as_array().expect("an array").len(), 1, "{found}");
        let keys: Vec<&String> = found[0].as_object().expect("a row").keys().collect();
        assert_eq!(keys, ["rank", "url", "page_url", "title", "unit", "kind", "score", "why"]);
        assert_eq!(found[0]["url"], "/sub/a/#pear");
        assert_eq!(found[0]["page_url"], "/sub/a/");
        assert_eq!((&found[0]["unit"], &found[0]["kind"]), (&"Pear".into(), &serde_json::Value::Null));
    }
    assert_eq!(rows(&["klokhuis", "--json", "--lang", "nl"])[0]["title"], "Appel");
    assert_eq!(rows(&["xyzzy", "--json"]), serde_json::json!([]));
    let shown = said(&run(&["garden"]));
    assert!(shown.contains("1 page for ‘garden’") && shown.contains("/sub/a/#pear"), "{shown}");
    assert!(!folder.path().join("public").exists());

    write_all(folder.path(), &[("content/a.md", "+++\ntitle = \"Apple\"\n+++\nnothing grows\n")]);
    assert_eq!(rows(&["garden", "--json"]), serde_json::json!([]));
    assert_eq!(rows(&["grows", "--json"])[0]["unit"], serde_json::Value::Null);

    for (words, code, text) in [
        (&["x", "--lang", "de"][..], 2, "does not have this language"),
        (&["x", "--lang", "../x"], 2, "does not have this language"),
        (&["x", "--lang", "fr"], 1, "no pages in the language `fr`"),
        (&[" "], 2, "nothing to look for"),
        (&["x", "--limit", "0"], 2, "0"),
    ] {
        let output = run(words);
        assert_eq!(output.status.code(), Some(code), "{words:?}: {}", said(&output));
        assert!(output.stdout.is_empty() && said(&output).contains(text), "{}", said(&output));
    }
}
