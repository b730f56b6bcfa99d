//! Indexes and what is in them. What is expected was made by Zola 0.23.3 of a site with these pages.

use std::sync::Arc;

use super::*;
use crate::base::{Content, Hash128, SourcePath};
use crate::model::config::Search;
use crate::model::{LanguageOptions, PageMatter, SectionMatter};
use crate::parse::{FileName, PageHead, SectionHead};
use crate::resolve::{ContentId, Page, PageId, Section, SectionId, Site};

/// Settings with this search and these languages, all with an index.
fn config(search: Search, languages: &[&str]) -> Config {
    let options = |at: usize| LanguageOptions {
        build_search_index: true,
        search: if at == 0 { search.clone() } else { Search::default() },
        ..LanguageOptions::default()
    };
    Config {
        base_url: "https://x.test".to_owned(),
        default_language: languages[0].to_owned(),
        languages: languages.iter().enumerate().map(|(at, code)| ((*code).to_owned(), options(at))).collect(),
        search,
        ..Config::default()
    }
}

fn everything(index_format: IndexFormat) -> Search {
    Search {
        include_description: true,
        include_date: true,
        include_path: true,
        index_format,
        ..Search::default()
    }
}

fn dates() -> [DateValue; 2] {
    let date = |text: &str, moment| DateValue { text: text.to_owned(), moment: Some(moment), ymd: None };
    [
        date("2023-02-01", (1_675_209_600, 0)),
        date("2023-01-31T10:00:00.120+02:00", (1_675_152_000, 120_000_000)),
    ]
}

fn items(dates: &[DateValue; 2]) -> [Item<'_>; 4] {
    let item =
        |url, title, path, html| Item { url, title: Some(title), description: None, date: None, path, html };
    [
        item("https://x.test/", "Home", "/", "<p>Welcome to the <b>apples</b> &amp; pears.</p>\n"),
        item("https://x.test/blog/", "Blog", "/blog/", ""),
        Item {
            date: Some(&dates[0]),
            ..item(
                "https://x.test/blog/two/",
                "Two",
                "/blog/two/",
                "<p>a < b   &nbsp; c</p>\n<select><option>x</option></select>",
            )
        },
        Item {
            date: Some(&dates[1]),
            description: Some("About apples"),
            ..item(
                "https://x.test/blog/one/",
                "One apple",
                "/blog/one/",
                "<p>Apple apple.</p>\n<pre><code>code\n</code></pre>\n<script>x</script> Ünï-code <ruimte>\n",
            )
        },
    ]
}

fn made(lang: &str, config: &Config) -> (String, String) {
    let dates = dates();
    let artifact = index(lang, &items(&dates), config).unwrap();
    let Content::Bytes(bytes) = artifact.content else { panic!("made, not copied") };
    (artifact.path.as_str().to_owned(), String::from_utf8(bytes.to_vec()).unwrap())
}

#[test]
fn elasticlunr_as_zola_makes_it() {
    let (path, json) = made("en", &config(everything(IndexFormat::ElasticlunrJson), &["en"]));
    assert_eq!(path, "search_index.en.json");
    let undated = r#""https://x.test/":{"date":"/","description":"","id":"https://x.test/","path":"Welcome to the apples &amp; pears.","title":"Home"}"#;
    assert!(json.contains(undated), "{json}");
    let dated = r#""body":"Apple apple.\nÜnï-code","date":"2023-01-31T10:00:00.12+02:00","description":"About apples""#;
    assert!(json.contains(dated), "{json}");
    let sum = <sha2::Sha256 as sha2::Digest>::digest(&json);
    assert_eq!(sum[..4], [0x2e, 0x20, 0xb8, 0xbe], "{json}");
    let (path, script) = made("en", &config(everything(IndexFormat::ElasticlunrJavascript), &["en"]));
    assert_eq!((path.as_str(), script), ("search_index.en.js", format!("window.searchIndex = {json}")));
}

#[test]
fn fields_are_those_of_the_language() {
    let config = config(everything(IndexFormat::ElasticlunrJavascript), &["en", "de"]);
    let item = Item {
        url: "https://x.test/de/",
        title: Some("Start"),
        description: None,
        date: None,
        path: "/de/",
        html: "<p>Willkommen Häuser.</p>",
    };
    let Content::Bytes(bytes) = index("de", &[item], &config).unwrap().content else {
        panic!("made, not copied")
    };
    let script = String::from_utf8_lossy(&bytes);
    assert!(script.starts_with(r#"window.searchIndex = {"fields":["title","body"],"pipeline":["trimmer-de","stopWordFilter-de","stemmer-de"],"ref":"id","version":"0.9.5","index":{"body":{"root":{"docs":{},"df":0,"h":{"docs":{},"df":0,"a":{"docs":{},"df":0,"u":{"docs":{},"df":0,"s":{"docs":{"https://x.test/de/":{"tf":1.0}},"df":1}}}},"w""#));
    assert!(script.ends_with(r#""documentStore":{"save":true,"docs":{"https://x.test/de/":{"body":"Willkommen Häuser.","id":"https://x.test/de/","title":"Start"}},"docInfo":{"https://x.test/de/":{"body":2,"title":1}},"length":1},"lang":"German"}"#));
}

#[test]
fn fuse_as_zola_makes_it() {
    let expected = concat!(
        r#"[{"url":"https://x.test/","title":"Home","description":"","body":"Welcome to the apples &amp; pears.","path":"/"},"#,
        r#"{"url":"https://x.test/blog/","title":"Blog","description":"","body":"","path":"/blog/"},"#,
        r#"{"url":"https://x.test/blog/two/","title":"Two","description":"","body":"a &lt; b &nbsp; c\nx","path":"/blog/two/"},"#,
        r#"{"url":"https://x.test/blog/one/","title":"One apple","description":"About apples","body":"Apple apple.\nÜnï-code","path":"/blog/one/"}]"#
    );
    let site = config(everything(IndexFormat::FuseJson), &["xx"]);
    assert_eq!(made("xx", &site), ("search_index.xx.json".to_owned(), expected.to_owned()));
    let short = Search {
        include_title: false,
        truncate_content_length: Some(3),
        index_format: IndexFormat::FuseJavascript,
        ..Search::default()
    };
    let (path, script) = made("xx", &config(short, &["en", "xx"]));
    assert_eq!(path, "search_index.xx.js");
    assert!(
        script.starts_with(r#"window.searchIndex = [{"url":"https://x.test/","body":"Wel"},"#),
        "{script}"
    );
}

#[test]
fn the_reader_comes_with_elasticlunr_only() {
    let mut site = config(everything(IndexFormat::ElasticlunrJson), &["en", "de"]);
    site.languages[0].1.build_search_index = false;
    assert_eq!(languages(&site), ["de"]);
    assert_eq!(reader(&site).map(|artifact| artifact.path), Some(OutPath::new("elasticlunr.min.js")));
    site.languages[1].1.build_search_index = false;
    assert_eq!(reader(&site), None);
    assert_eq!(reader(&config(everything(IndexFormat::FuseJson), &["en"])), None);
}

fn file(relative: &str, lang: &str) -> FileName {
    let folder = relative.rsplit_once('/').map_or("", |(folder, _)| folder);
    FileName {
        path: SourcePath::new(format!("content/{relative}")),
        relative: relative.to_owned(),
        name: String::new(),
        folder: folder.to_owned(),
        components: folder.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        colocated: None,
        canonical: String::new(),
        lang: lang.to_owned(),
    }
}

fn section(relative: &str, lang: &str, matter: SectionMatter, pages: &[u32]) -> Section {
    let parsed = SectionHead { file: file(relative, lang), matter, head_hash: Hash128::default() };
    Section {
        parsed: Arc::new(parsed),
        implied: false,
        path: String::new(),
        components: Vec::new(),
        permalink: String::new(),
        ancestors: Vec::new(),
        assets: Vec::new(),
        hidden: false,
        lower: None,
        higher: None,
        subsections: Vec::new(),
        pages: pages.iter().copied().map(PageId).collect(),
        hidden_pages: Vec::new(),
        unsorted_pages: Vec::new(),
        pagers: Vec::new(),
    }
}

fn page(relative: &str, in_search_index: bool) -> Page {
    let parsed = PageHead {
        file: file(relative, "en"),
        matter: PageMatter { in_search_index, ..PageMatter::default() },
        name_for_slug: String::new(),
        head_hash: Hash128::default(),
    };
    Page {
        parsed: Arc::new(parsed),
        slug: String::new(),
        path: String::new(),
        components: Vec::new(),
        permalink: String::new(),
        ancestors: Vec::new(),
        assets: Vec::new(),
        template: None,
        hidden: false,
        lower: None,
        higher: None,
    }
}

#[test]
fn what_search_finds() {
    let away = SectionMatter { redirect_to: Some("/".to_owned()), ..SectionMatter::default() };
    let out = SectionMatter { in_search_index: false, ..SectionMatter::default() };
    let mut hidden = section("d/_index.md", "en", SectionMatter::default(), &[]);
    hidden.hidden = true;
    let site = Site {
        pages: vec![page("a.md", true), page("b/b.md", true), page("b/c.md", false), page("c/d.md", true)],
        sections: vec![
            section("_index.de.md", "de", SectionMatter::default(), &[]),
            section("_index.md", "en", SectionMatter::default(), &[1, 0]),
            section("b/_index.md", "en", away, &[2, 1]),
            section("c/_index.md", "en", out, &[3]),
            hidden,
        ],
        ..Site::default()
    };
    let (section, page) = (|id| ContentId::Section(SectionId(id)), |id| ContentId::Page(PageId(id)));
    assert_eq!(listed(&site, "en"), [section(1), page(1), page(0), page(1)]);
    assert_eq!(listed(&site, "de"), [section(0)]);
}
