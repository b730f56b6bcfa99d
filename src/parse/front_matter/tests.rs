//! What front matter means, and every way in which it can be wrong.

use std::sync::Arc;

use super::*;
use crate::model::{InsertAnchor, PageMatter, SectionMatter, SortBy};
use crate::parse::{ParsedPage, ParsedSection};

fn settings(more: &str) -> Config {
    let text = format!(
        "base_url = \"https://e.org\"\ntaxonomies = [{{ name = \"tags\" }}, {{ name = \"themas\" }}]\n{more}"
    );
    let (config, faults) =
        crate::parse::config::config(&SourcePath::new("zola.toml"), text.as_bytes(), &|_| unreachable!());
    assert_eq!(faults, []);
    config.unwrap()
}

fn read_at(path: &str, text: &str, more: &str) -> (Option<ParsedPage>, Vec<Diagnostic>) {
    page(&SourcePath::new(path), text.as_bytes(), &settings(more))
}

fn read(text: &str) -> ParsedPage {
    let (page, faults) = read_at("content/p.md", text, "");
    assert_eq!(faults, [], "{text}");
    page.unwrap()
}

fn read_section(text: &str) -> (Option<ParsedSection>, Vec<Diagnostic>) {
    section(&SourcePath::new("content/_index.md"), text.as_bytes(), &settings(""))
}

/// The code, the marked text and all words of each complaint.
fn shown(text: &str, faults: &[Diagnostic]) -> Vec<(&'static str, String, String)> {
    let marked = |fault: &Diagnostic| text[fault.place.clone().unwrap().span.unwrap()].to_owned();
    faults
        .iter()
        .map(|fault| (fault.code, marked(fault), format!("{} {}", fault.message, fault.hints.join(" "))))
        .collect()
}

fn complaints(text: &str) -> Vec<(&'static str, String, String)> {
    let (page, faults) = read_at("content/p.md", text, "");
    assert_eq!(page.is_none(), faults.iter().any(Diagnostic::is_error), "{text}");
    shown(text, &faults)
}

fn written(text: &Text) -> Arc<str> {
    text.raw.get().unwrap()
}

#[test]
fn files_without_front_matter() {
    for (text, code, marked, words) in [
        ("", "front-matter/missing", "", "`title = \"…\"`"),
        ("\u{feff}\nHallo\n", "front-matter/missing", "Hallo", "`+++`"),
        ("+++ title = 1\n+++\n", "front-matter/missing", "title = 1", "Leave `+++` alone"),
        ("---\ntitle: a\n", "front-matter/unclosed", "---", "nothing but `---`"),
    ] {
        let found = complaints(text);
        assert_eq!((found.len(), found[0].0, found[0].1.as_str()), (1, code, marked), "{text:?}");
        assert!(found[0].2.contains(words), "{found:?}");
    }
}

#[test]
fn bytes_that_are_no_utf8() {
    let (page, faults) = page(&SourcePath::new("content/p.md"), b"+++\n+++\ncaf\xe9 x", &settings(""));
    assert!(page.is_none());
    assert_eq!((faults[0].code, faults[0].place.clone().unwrap().span), ("content/encoding", Some(11..12)));
}

#[test]
fn toml_faults_have_their_place_and_a_way_to_mend_them() {
    for (matter, code, marked, words) in [
        ("title = Hallo", "front-matter/syntax", "Hallo", "Text stands in quotes"),
        ("title: \"Hallo\"", "front-matter/syntax", "", "`title = \"Hallo\"`"),
        ("draft = true\ndraft = true", "front-matter/syntax", "draft", "Take one of the two lines away"),
        (
            "title = 5",
            "front-matter/value",
            "5",
            "`title` must be text; here it is the number 5. Write `title = \"…\"`",
        ),
        ("title = [\"a\"]", "front-matter/value", "[\"a\"]", "here it is a list"),
        ("draft = \"true\"", "front-matter/value", "\"true\"", "`draft = true` or `draft = false`"),
        ("weight = -1", "front-matter/value", "-1", "zero or more; here it is the number -1"),
        ("weight = 1.0", "front-matter/value", "1.0", "the number 1.0"),
        ("authors = \"An\"", "front-matter/value", "\"An\"", "square brackets"),
        ("aliases = [\"a\", 1]", "front-matter/value", "1", "it holds the number 1"),
        ("taxonomies = [\"a\"]", "front-matter/value", "[\"a\"]", "`[taxonomies]`"),
        ("[taxonomies]\ntags = \"a\"", "front-matter/value", "\"a\"", "`tags` must be a list of texts"),
        ("[taxonomies]\ntags = [\"a\", 1]", "front-matter/value", "1", "quotes"),
        (
            "[taxonomies]\ntags = [\"a\", \" \"]",
            "front-matter/empty",
            "[\"a\", \" \"]",
            "`tags` holds an empty term",
        ),
        ("[taxonomies]\ntag = [\"a\"]", "front-matter/taxonomy", "tag", "Did you mean `tags`?"),
        (
            "[taxonomies]\nkleuren = [\"a\"]",
            "front-matter/taxonomy",
            "kleuren",
            "The site has `tags`, `themas`.",
        ),
        ("extra = 1", "front-matter/value", "1", "[extra]"),
        ("slug = \"\"", "front-matter/empty", "\"\"", "`slug` is empty"),
        ("path = \"\"", "front-matter/empty", "\"\"", "`path` is empty"),
        (
            "date = \"gisteren\"",
            "front-matter/value",
            "\"gisteren\"",
            "must be a date; here it is the text `gisteren`",
        ),
        ("date = 10:20:30", "front-matter/value", "10:20:30", "here it is `10:20:30`"),
        ("date = 2016-12-30T23:59:60Z", "front-matter/value", "2016-12-30T23:59:60Z", "calendar"),
        ("date = 2024", "front-matter/value", "2024", "2024-05-31"),
        ("updated = true", "front-matter/value", "true", "`updated` must be a date"),
        ("titel = \"a\"", "front-matter/unknown-key", "titel", "Did you mean `title`?"),
        ("weigth = 1", "front-matter/unknown-key", "weigth", "Did you mean `weight`?"),
        ("taxonomy = 1", "front-matter/unknown-key", "taxonomy", "Did you mean `taxonomies`?"),
        ("tags = [\"a\"]", "front-matter/unknown-key", "tags", "[taxonomies]"),
    ] {
        let found = complaints(&format!("\u{feff}+++\n{matter}\n+++\n"));
        assert_eq!(found.len(), 1, "{matter}: {found:?}");
        assert_eq!((found[0].0, found[0].1.trim()), (code, marked), "{matter}: {found:?}");
        assert!(found[0].2.contains(words), "{matter}: {found:?}");
    }
}

#[test]
fn yaml_faults_have_their_place_and_a_way_to_mend_them() {
    for (matter, code, marked, words) in [
        ("title: a: b", "front-matter/syntax", "", "in quotes"),
        ("title = 1", "front-matter/value", "title = 1", "`key: value`"),
        ("- a", "front-matter/value", "- a", "`key: value`"),
        (
            "é: 1\ntitle: [a]",
            "front-matter/value",
            "[a]",
            "`title` must be text; here it is a list. Write `title: \"…\"`",
        ),
        ("draft: ja", "front-matter/value", "ja", "here it is the text \"ja\""),
        ("draft:", "front-matter/value", "", "here it is empty"),
        ("weight: -1", "front-matter/value", "-1", "the number -1"),
        ("weight: '1'", "front-matter/value", "'1'", "a whole number"),
        ("authors: An", "front-matter/value", "An", "square brackets"),
        ("taxonomies: [a]", "front-matter/value", "[a]", "`taxonomies:` on a line of its own"),
        ("taxonomies:\n  tags: [' ']", "front-matter/empty", "[' ']", "empty term"),
        ("taxonomies:\n  kleuren: [a]", "front-matter/taxonomy", "kleuren", "add { name = \"kleuren\" }"),
        ("extra:", "front-matter/value", "", "`extra` must be a table"),
        ("extra:\n  a: 1\n  a: 2", "front-matter/value", "", "the same key twice"),
        ("extra:\n  a: 9223372036854775808", "front-matter/value", "", "too large"),
        ("slug: ''", "front-matter/empty", "''", "`slug` is empty"),
        ("date:", "front-matter/value", "", "`date` must be a date; here it is empty"),
        ("date: 2024", "front-matter/value", "2024", "the number 2024"),
        ("date: gisteren", "front-matter/value", "gisteren", "here it is the text \"gisteren\""),
        ("updated: 2024-02-30", "front-matter/value", "2024-02-30", "`updated` must be a date"),
        ("title: a\ntitle: b", "front-matter/value", "title", "a second time"),
        ("draft: 'a `b`, expected an empty value'", "front-matter/value", "", "here it is the text \"a `b`"),
        ("extra:\n  slug: x\n  n: |\n    slug: y\nslug: ''", "front-matter/empty", "''", "`slug` is empty"),
        ("titel: a", "front-matter/unknown-key", "titel", "Did you mean `title`?"),
    ] {
        let found = complaints(&format!("---\n{matter}\n---\n"));
        assert_eq!(found.len(), 1, "{matter}: {found:?}");
        assert_eq!(found[0].0, code, "{matter}: {found:?}");
        assert!(marked.is_empty() || found[0].1.trim() == marked, "{matter}: {found:?}");
        assert!(found[0].2.contains(words), "{matter}: {found:?}");
    }
}

#[test]
fn all_faults_come_at_once() {
    let toml =
        complaints("+++\ntitle = 1\nslug = \"\"\ndraft = 2\ntitel = 1\n[taxonomies]\nx = [\"\"]\n+++\n");
    assert_eq!(
        toml.iter().map(|fault| fault.1.as_str()).collect::<Vec<_>>(),
        ["1", "2", "\"\"", "[\"\"]", "x", "titel"]
    );
    let yaml = complaints("---\ntitle: [a]\nslug: ''\ndraft: 2\ntitel: 1\n---\n");
    assert_eq!(yaml.iter().map(|fault| fault.1.as_str()).collect::<Vec<_>>(), ["[a]", "2", "''", "titel"]);
}

#[test]
fn a_second_title_is_marked_at_its_second_place() {
    let text = "---\ntitle: a\ntitle: b\n---\n";
    let (_, faults) = read_at("content/p.md", text, "");
    assert_eq!(faults[0].place.clone().unwrap().span, Some(13..18));
}

#[test]
fn unknown_keys_of_pages_are_passed_over() {
    assert_eq!(read("+++\ntitle = \"a\"\nlezers = 3\n+++\n").matter.title.as_deref(), Some("a"));
    assert_eq!(read("---\ntitle: a\n1: b\nlezers: 1\nlezers: 2\n---\n").matter.title.as_deref(), Some("a"));
}

#[test]
fn nothing_said_gives_zolas_defaults() {
    for text in [
        "+++\n+++\n",
        "---\n---\n",
        "---\n# niets\n---\n",
        "---\ntitle:\nslug: ~\nweight:\nhidden: null\nauthors:\ntaxonomies:\n---\n",
    ] {
        assert_eq!(read(text).matter, PageMatter::default(), "{text}");
    }
    for text in ["+++\n+++\n", "---\n---\n"] {
        assert_eq!(read_section(text).0.unwrap().matter, SectionMatter::default(), "{text}");
    }
}

const TOML_PAGE: &str = r#"+++
title = "T"
description = "D"
date = 2024-01-02T03:04:05Z
updated = 2024-02-03
draft = true
render = false
slug = "s"
path = "p/q"
weight = 3
authors = ["A", "B"]
aliases = ["x"]
template = "t.html"
in_search_index = false
include_in_feeds = false
hidden = true
[taxonomies]
themas = ["1", "twee"]
tags = []
[extra]
z = "1"
a = { d = 2024-01-02, l = [10:20] }
f = 1.0
+++
Tekst"#;

const YAML_PAGE: &str = r#"---
title: T
description: D
date: 2024-01-02T03:04:05Z
updated: 2024-02-03
draft: true
render: false
slug: s
path: p/q
weight: 3
authors: [A, B]
aliases: [x]
template: t.html
in_search_index: false
include_in_feeds: false
hidden: true
taxonomies:
  themas: [1, twee]
  tags: []
extra:
  z: "1"
  a: { d: 2024-01-02, l: ["10:20:00"] }
  f: 1.0
---
Tekst"#;

#[test]
fn both_languages_say_everything_alike() {
    let (toml, yaml) = (read(TOML_PAGE), read(YAML_PAGE));
    assert_eq!(toml.matter, yaml.matter);
    assert_eq!(toml.head_hash, yaml.head_hash);
    assert_eq!((written(&toml.text), written(&yaml.text)), ("Tekst".into(), "Tekst".into()));
    let matter = toml.matter.clone();
    assert_eq!((matter.title.as_deref(), matter.description.as_deref()), (Some("T"), Some("D")));
    let date = matter.date.unwrap();
    assert_eq!(
        (date.text.as_str(), date.moment, date.ymd),
        ("2024-01-02T03:04:05Z", Some((1_704_164_645, 0)), Some((2024, 1, 2)))
    );
    assert_eq!(matter.updated.unwrap().text, "2024-02-03");
    assert!(matter.draft && !matter.render && !matter.in_search_index && !matter.include_in_feeds);
    assert_eq!(
        (matter.slug.as_deref(), matter.path.as_deref(), matter.weight),
        (Some("s"), Some("p/q"), Some(3))
    );
    assert_eq!((matter.template.as_deref(), matter.hidden), (Some("t.html"), Some(true)));
    assert_eq!(
        (matter.authors, matter.aliases),
        (vec!["A".to_owned(), "B".to_owned()], vec!["x".to_owned()])
    );
    let terms =
        vec![("themas".to_owned(), vec!["1".to_owned(), "twee".to_owned()]), ("tags".to_owned(), Vec::new())];
    assert_eq!(matter.taxonomies, terms);
    let extra = r#"{"z":"1","a":{"d":"2024-01-02","l":["10:20:00"]},"f":1.0}"#;
    assert_eq!(serde_json::to_string(&matter.extra).unwrap(), extra);
}

#[test]
fn yaml_values_are_read_as_what_they_should_be() {
    let matter = read("---\ntitle: 2024\nauthors: [1, true, ~]\ntaxonomies:\n  tags: [0x10, 1.0]\nextra:\n  y: yes\n  h: 0x10\n  i: -.inf\n  1: a\n---\n").matter.clone();
    assert_eq!(matter.title.as_deref(), Some("2024"));
    assert_eq!(matter.authors, ["1", "true", "~"]);
    assert_eq!(matter.taxonomies[0].1, ["0x10", "1.0"]);
    assert_eq!(serde_json::to_string(&matter.extra).unwrap(), r#"{"y":"yes","h":16,"i":"-inf","1":"a"}"#);
}

#[test]
fn a_time_as_updated_is_kept_as_text() {
    for text in ["+++\nupdated = 10:20:30\n+++\n", "---\nupdated: 10:20:30\n---\n"] {
        let updated = read(text).matter.updated.clone().unwrap();
        assert_eq!((updated.text.as_str(), updated.moment, updated.ymd), ("10:20:30", None, None));
    }
}

#[test]
fn dates_written_as_loose_text() {
    for text in ["+++\ndate = \"2024-1-2 3:04:05\"\n+++\n", "---\ndate: 2024-1-2 3:04:05\n---\n"] {
        assert_eq!(read(text).matter.date.clone().unwrap().text, "2024-01-02T03:04:05Z");
    }
}

#[test]
fn the_text_is_what_follows_with_its_place() {
    for (file, raw) in [
        ("+++\n+++", ""),
        ("\u{feff}+++\r\n+++\r\n\r\n  één\r\n", "  één\r\n"),
        ("---\n---\n\n\n# Kop\n+++\n", "# Kop\n+++\n"),
    ] {
        let text = read(file).text;
        assert_eq!((&*written(&text), &file[text.offset..]), (raw, raw), "{file:?}");
        assert_eq!(text.hash, Hash128::of_bytes(raw.as_bytes()));
    }
    let text = read("+++\n+++\neen twee ```drie``` vier").text;
    assert_eq!((text.word_count, text.reading_time), (3, 1));
}

#[test]
fn the_name_gives_slug_and_date() {
    for (path, matter, more, slug, date) in [
        ("content/hallo.md", "", "", "hallo", None),
        ("content/2024-02-21-Hallo daar.md", "", "", "Hallo daar", Some("2024-02-21")),
        ("content/2024-02-21-hallo.md", "date = 2020-01-01", "", "hallo", Some("2020-01-01")),
        (
            "content/2024-02-21-hallo.md",
            "",
            "[slugify]\npaths_keep_dates = true",
            "2024-02-21-hallo",
            Some("2024-02-21"),
        ),
        ("content/2024-02-21.md", "", "", "2024-02-21", Some("2024-02-21")),
        ("content/blog/2024-02-21-hallo/index.md", "", "", "hallo", Some("2024-02-21")),
        ("content/index.md", "", "", "content", None),
        ("content/a/index.fr.md", "", "[languages.fr]", "a", None),
        ("content/a/index.en.md", "", "[languages.fr]", "index.en", None),
        ("content/2024-02-21-salut.fr.md", "", "[languages.fr]", "salut", Some("2024-02-21")),
    ] {
        let (page, faults) = read_at(path, &format!("+++\n{matter}\n+++\n"), more);
        assert_eq!(faults, [], "{path}");
        let page = page.unwrap();
        assert_eq!(
            (page.name_for_slug.as_str(), page.matter.date.clone().map(|date| date.text).as_deref()),
            (slug, date),
            "{path}"
        );
    }
}

#[test]
fn a_name_with_an_impossible_date_warns_but_stays() {
    let (page, faults) = read_at("content/2024-02-31-hallo.md", "+++\n+++\n", "");
    let page = page.unwrap();
    assert_eq!((page.name_for_slug.as_str(), page.matter.date.clone().unwrap().moment), ("hallo", None));
    assert_eq!((faults.len(), faults[0].code, faults[0].is_error()), (1, "front-matter/date", false));
}

#[test]
fn a_language_nobody_has_is_told_with_the_other_faults() {
    let (page, faults) = read_at(
        "content/p.xx.md",
        "+++\ntitle = 1\n[taxonomies]\nonbekend = [\"a\"]\n+++\n",
        "[languages.fr]",
    );
    assert!(page.is_none());
    assert_eq!(
        faults.iter().map(|fault| fault.code).collect::<Vec<_>>(),
        ["content/language", "front-matter/value"]
    );
}

#[test]
fn taxonomies_are_those_of_the_pages_language() {
    let (_, faults) =
        read_at("content/p.fr.md", "+++\n[taxonomies]\ntags = [\"a\"]\n+++\n", "[languages.fr]");
    assert_eq!(faults[0].code, "front-matter/taxonomy");
    assert!(
        faults[0].message.contains("language `fr`") && faults[0].hints[0].contains("`[languages.fr]`"),
        "{faults:?}"
    );
}

#[test]
fn the_head_hash_sees_everything_but_the_text() {
    let hash = |text: &str| read(text).head_hash;
    let base = hash("+++\ntitle = \"a\"\n[extra]\na = 1\nb = 2\n+++\nx");
    assert_eq!(base, hash("+++\n# Een opmerking.\ntitle = 'a'\n[extra]\na = 1\nb = 2\n+++\ny y y"));
    assert_ne!(base, hash("+++\ntitle = \"b\"\n[extra]\na = 1\nb = 2\n+++\nx"));
    assert_ne!(base, hash("+++\ntitle = \"a\"\n[extra]\nb = 2\na = 1\n+++\nx"));
    assert_ne!(base, hash("+++\ntitle = \"a\"\n[extra]\na = 1\nb = 3\n+++\nx"));
    let other =
        read_at("content/q.md", "+++\ntitle = \"a\"\n[extra]\na = 1\nb = 2\n+++\nx", "").0.unwrap().head_hash;
    assert_ne!(base, other);
}

#[test]
fn sections_say_everything() {
    let toml = "+++\ntitle = \"T\"\ndescription = \"D\"\nsort_by = \"update_date\"\nweight = 2\ndraft = true\ntemplate = \"t\"\npaginate_by = 5\npaginate_reversed = true\npaginate_path = \"\"\ninsert_anchor_links = \"left\"\nrender = false\nredirect_to = \"r\"\nin_search_index = false\ntransparent = true\npage_template = \"p\"\naliases = [\"a\"]\ngenerate_feeds = true\nhidden = false\n[extra]\nd = 2024-01-02\n+++\nTekst";
    let yaml = "---\ntitle: T\ndescription: D\nsort_by: update_date\nweight: 2\ndraft: true\ntemplate: t\npaginate_by: 5\npaginate_reversed: true\npaginate_path:\ninsert_anchor_links: left\nrender: false\nredirect_to: r\nin_search_index: false\ntransparent: true\npage_template: p\naliases: [a]\ngenerate_feeds: true\nhidden: false\nextra:\n  d: 2024-01-02\n---\nTekst";
    let (toml, yaml) = (read_section(toml), read_section(yaml));
    assert_eq!((&toml.1[..], &yaml.1[..]), (&[][..], &[][..]));
    let (toml, yaml) = (toml.0.unwrap(), yaml.0.unwrap());
    assert_eq!(toml.matter, yaml.matter);
    let matter = toml.matter.clone();
    assert_eq!(
        (matter.title.as_deref(), matter.description.as_deref(), matter.sort_by),
        (Some("T"), Some("D"), SortBy::UpdateDate)
    );
    assert_eq!((matter.weight, matter.paginate_by, matter.paginate_path.as_str()), (2, Some(5), ""));
    assert!(
        matter.draft
            && matter.paginate_reversed
            && !matter.render
            && !matter.in_search_index
            && matter.transparent
    );
    assert_eq!((matter.template.as_deref(), matter.page_template.as_deref()), (Some("t"), Some("p")));
    assert_eq!(
        (matter.insert_anchor_links, matter.redirect_to.as_deref()),
        (Some(InsertAnchor::Left), Some("r"))
    );
    assert_eq!(
        (matter.aliases, matter.generate_feeds, matter.hidden),
        (vec!["a".to_owned()], true, Some(false))
    );
    assert_eq!(serde_json::to_string(&matter.extra).unwrap(), r#"{"d":"2024-01-02"}"#);
    assert_eq!(&*written(&toml.text), "Tekst");
}

#[test]
fn section_faults() {
    for (text, code, marked, words) in [
        (
            "+++\nsort_by = \"datum\"\n+++\n",
            "front-matter/value",
            "\"datum\"",
            "one of `date`, `update_date`",
        ),
        ("---\nsort_by: datum\n---\n", "front-matter/value", "datum", "here it is `datum`"),
        ("---\nsort_by:\n---\n", "front-matter/value", "sort_by", "one of `date`"),
        ("+++\ninsert_anchor_links = true\n+++\n", "front-matter/value", "true", "one of `left`"),
        (
            "+++\npaginate_bij = 5\n+++\n",
            "front-matter/unknown-key",
            "paginate_bij",
            "Did you mean `paginate_by`?",
        ),
        ("---\nkleur: rood\n---\n", "front-matter/unknown-key", "kleur", "below `extra`"),
        ("+++\ndate = 2024-01-01\n+++\n", "front-matter/unknown-key", "date", "is for pages"),
    ] {
        let (section, faults) = read_section(text);
        let found = shown(text, &faults);
        assert!(section.is_none());
        assert_eq!((found.len(), found[0].0, found[0].1.as_str()), (1, code, marked), "{text}: {found:?}");
        assert!(found[0].2.contains(words), "{text}: {found:?}");
    }
}

#[test]
fn every_order_means_something() {
    for word in section::ORDERS {
        assert_eq!(serde_json::to_value(fields::choice::<SortBy>(word)).unwrap(), **word);
    }
}

/// Breaks a text in some place: takes a piece out, doubles it, or puts something strange in.
fn broken(text: &str, seed: &mut u64) -> String {
    const STRANGE: [&str; 16] =
        ["é", "\"", "'", "[", "]", "{", "}", ":", "=", "\t", "\r", "&a", "*a", "\u{feff}", "\n\n", "+++"];
    let mut next = |below: usize| {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (*seed >> 33) as usize % below
    };
    let ends: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
    let at = next(ends.len());
    let (from, to) = (ends[at], ends[(at + next(8)).min(ends.len() - 1)]);
    match next(3) {
        0 => format!("{}{}", &text[..from], &text[to..]),
        1 => format!("{}{}", &text[..to], &text[from..]),
        _ => format!("{}{}{}", &text[..from], STRANGE[next(STRANGE.len())], &text[from..]),
    }
}

#[test]
fn whatever_is_broken_complaints_lie_in_the_file_and_nothing_fails() {
    let config = settings("");
    let path = SourcePath::new("content/p.md");
    let mut seed = 7;
    let (mut good, mut bad) = (0, 0);
    for start in [TOML_PAGE, YAML_PAGE] {
        for round in 0..3000 {
            let mut text = start.replace("\"T\"", "\"Één\"").replace(": T\n", ": Één\n");
            for _ in 0..=round % 3 {
                text = broken(&text, &mut seed);
            }
            for (none, faults) in [
                Some(page(&path, text.as_bytes(), &config)).map(|(page, faults)| (page.is_none(), faults)),
                Some(section(&path, text.as_bytes(), &config))
                    .map(|(section, faults)| (section.is_none(), faults)),
                Some(crate::parse::config::config(&path, text.as_bytes(), &|name| {
                    (SourcePath::new(name), None)
                }))
                .map(|(config, faults)| (config.is_none(), faults)),
            ]
            .into_iter()
            .flatten()
            {
                assert_eq!(none, faults.iter().any(Diagnostic::is_error), "{text}");
                if none {
                    bad += 1
                } else {
                    good += 1
                }
                for fault in &faults {
                    let span = fault.place.clone().unwrap().span.unwrap();
                    assert!(text.get(span).is_some(), "{text}: {fault:?}");
                }
            }
        }
    }
    assert!(good > 100 && bad > 100, "{good} good, {bad} bad");
}
