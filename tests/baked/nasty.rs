//! What members could write to do harm: in a text, a title, a name, a function. None of it may act in a page, a feed, the
//! search index or the list of pages.

use super::lines::{Line, question};
use super::{text, with};

/// What to look for: it acts only when it stands as it is.
const CORPUS: &[&str] = &[
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<a href=\"javascript:alert(1)\">x</a>",
    "<a href=\"java\u{1}script:alert(1)\">x</a>",
    "<a href=\"  javascript:alert(1)\">x</a>",
    "<a href=\"data:text/html,<script>alert(1)</script>\">x</a>",
    "<a href=\"//evil.example\">x</a>",
    "<a href=\"/reacties/uitloggen\">x</a>",
    "<iframe src=\"https://evil.example\"></iframe>",
    "<form action=\"https://evil.example\"><input name=q><button>x</button></form>",
    "<style>*{display:none}</style>",
    "<p style=\"position:fixed;inset:0\" class=\"knop\" id=\"main\">x</p>",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<template><script>alert(1)</script></template>",
    "<details open ontoggle=alert(1)>",
    "<base href=\"https://evil.example/\">",
    "<meta http-equiv=refresh content=\"0;url=https://evil.example\">",
    "<link rel=stylesheet href=https://evil.example/x.css>",
    "<object data=\"https://evil.example\"></object><embed src=x>",
    "</article></main><script>alert(1)</script>",
    "\"><script>alert(1)</script>",
    "' onmouseover=alert(1) x='",
    "\" autofocus onfocus=alert(1) x=\"",
    "]]><script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "{{ config.base_url }}{% set x = 1 %}",
    "{{ get_env(name=\"PATH\") }}",
    "{{ <kaart /> }}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u{202e}txet desrever\u{2066}",
    "\0<scr\0ipt>alert(1)</script>",
];

/// What must stand nowhere in a page: each would act.
const ACTS: &[&str] = &[
    "<script",
    "<img",
    "<svg",
    "<iframe",
    "<form",
    "<input",
    "<button",
    "<style",
    "<math",
    "<template",
    "<details",
    "<base",
    "<meta",
    "<link",
    "<object",
    "<embed",
    "<noscript",
    "</main",
    "javascript:",
    "data:text",
    "href=\"/",
    "style=",
    "class=",
    "id=\"main",
    "\0",
    "\u{1}",
    "\u{202e}txet desrever\u{2066}</bdi>",
];

fn nasty(at: usize, word: &str) -> Line {
    let line = question(1 + at as u8).set("created", format!("2026-10-{:02}T09:00:00Z", at % 28 + 1));
    line.set("html", word)
        .set("title", format!("T{word}"))
        .set("author", format!("A{word}"))
        .set("about", format!("O{word}"))
}

/// The tags of a text with their attributes: what a browser would see of it.
fn tags(html: &str) -> Vec<String> {
    let fragment = scraper::Html::parse_document(html);
    let elements = fragment.tree.nodes().filter_map(|node| node.value().as_element().cloned());
    elements
        .map(|element| {
            let attributes: Vec<String> = element.attrs().map(|(name, _)| name.to_owned()).collect();
            format!("{} {}", element.name(), attributes.join(" "))
        })
        .collect()
}

/// Elements with their attributes that a text may have, and those that whatever reads HTML puts around it.
const HARMLESS: &[&str] =
    &["html ", "head ", "body ", "p ", "em ", "strong ", "code ", "pre ", "br ", "a href rel", "a rel"];

#[test]
fn nothing_acts_in_a_page() {
    for (at, word) in CORPUS.iter().enumerate() {
        let page = text(&with(&[nasty(at, word)]).build(), "voorbeelden/een/index.html");
        for tag in tags(&page) {
            let of_the_template = ["article id title", "bdi "].contains(&tag.as_str());
            assert!(of_the_template || HARMLESS.contains(&tag.as_str()), "{word:?} gives `{tag}` in {page}");
        }
        let text = page.split("https://example.org/voorbeelden/een/").last().expect("the text");
        let text = text.split_once('<').map_or("", |(_, text)| text);
        assert!(!ACTS.iter().any(|act| text.contains(act)), "{word:?}: {text}");
        assert!(
            !page.contains("https://example.org{%") && !page.contains("/usr/bin"),
            "templates in texts are not run: {page}"
        );
    }
}

#[test]
fn nothing_acts_in_feeds_and_they_stay_well_formed() {
    let lines: Vec<Line> = CORPUS.iter().enumerate().map(|(at, word)| nasty(at, word)).collect();
    let site = with(&lines).build();
    for path in ["voorbeelden/een/reacties.xml", "reacties/atom.xml"] {
        let feed = text(&site, path);
        let config = roxmltree_to_serde::Config::new_with_defaults();
        let read = roxmltree_to_serde::xml_string_to_json(feed.clone(), &config).expect("well-formed");
        let entries = read["feed"]["entry"].as_array().expect("entries").clone();
        assert_eq!(entries.len(), CORPUS.len(), "{path}");
        for entry in entries {
            let html = entry["content"]["#text"].as_str().unwrap_or_default().to_owned();
            assert!(tags(&html).iter().all(|tag| HARMLESS.contains(&tag.as_str())), "{html}");
        }
        assert!(!feed.contains("<script") && !feed.contains("]]>"), "{feed}");
    }
}

#[test]
fn search_and_the_list_of_pages_hold_words_only() {
    let lines: Vec<Line> = CORPUS.iter().enumerate().map(|(at, word)| nasty(at, word)).collect();
    let site = with(&lines)
        .put("content/voorbeelden/een.md", "+++\ntitle = \"</script><script>alert(1)</script>\"\n+++\n")
        .build();
    let list = text(&site, "reacties/paginas.json");
    assert!(!list.contains('<') && !list.contains("Ada"), "{list}");
    let read: serde_json::Value = serde_json::from_str(&list).expect("JSON");
    assert_eq!(read["pages"][1]["title"], "</script><script>alert(1)</script>");
}
