//! Bodies against what Zola 0.23.3 makes of the same text (`cases/`), faults with their places, and texts of chance.
//!
//! A file of cases opens with the table `[markdown]` of its site; a case is the text, the HTML, and the summary if there is one.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use super::*;
use crate::base::Diagnostic;
use crate::model::config::{Config, LinkLevel, Mode};
use crate::model::{Json, LanguageOptions};
use crate::template::lookup::{Fetch, Kept};
use crate::template::{Fault, Field, ImageJob, LinkTarget, Shared};

/// A house with a few pages, files and templates.
struct House {
    config: Arc<Config>,
    files: HashMap<&'static str, &'static str>,
    /// What a template in a text gives.
    inline: fn(&str) -> Result<String, Fault>,
    /// What the template of links to headings gives.
    anchor: fn(&str, i64, &str) -> Result<String, Fault>,
    complaints: Mutex<Vec<Diagnostic>>,
}

fn text_of(context: &Context, name: &str) -> String {
    match context.parts.iter().find(|(known, _)| *known == name) {
        Some((_, Field::Text(text))) => text.to_string(),
        other => panic!("{name}: {other:?}"),
    }
}

impl Lookup for House {
    fn config(&self) -> Arc<Config> {
        Arc::clone(&self.config)
    }

    fn link(&self, relative: &str) -> Option<LinkTarget> {
        let url = match relative {
            "about.md" => "about/",
            "p.md" => "p/",
            "hier/a b.md" => "hier/a-b/",
            "hier/_index.md" => "hier/",
            "foto/index.md" => "foto/",
            "foto/index.fr.md" => "fr/foto/",
            "verborgen.md" => "verborgen/",
            _ => return None,
        };
        Some(LinkTarget {
            permalink: format!("https://example.com/{url}"),
            rendered: relative != "verborgen.md",
        })
    }

    fn colocated(&self, relative: &str) -> Option<(String, String)> {
        (relative == "foto/x.png").then(|| ("foto/index.md".to_owned(), "x.png".to_owned()))
    }

    fn page(&self, _: &str) -> Option<Shared> {
        None
    }

    fn section(&self, _: &str) -> Option<Shared> {
        None
    }

    fn section_without_pages(&self, relative: &str) -> Option<Shared> {
        self.section(relative)
    }

    fn taxonomy(&self, _: &str, _: &str) -> Option<Shared> {
        None
    }

    fn term(&self, _: &str, _: &str, _: &str) -> Option<Shared> {
        None
    }

    fn term_permalink(&self, _: &str, _: &str, _: &str) -> Option<String> {
        None
    }

    fn file(&self, path: &SourcePath) -> Result<Option<Arc<[u8]>>, String> {
        Ok(self.files.get(path.as_str()).map(|text| text.as_bytes().into()))
    }

    fn has_file(&self, path: &SourcePath) -> bool {
        self.files.contains_key(path.as_str())
    }

    fn env(&self, _: &str) -> Option<String> {
        None
    }

    fn now(&self) -> i128 {
        0
    }

    fn by_chance(&self) {}

    fn fetch(&self, _: &Fetch) -> Result<Arc<[u8]>, String> {
        Err("no network".to_owned())
    }

    fn order_image(&self, _: ImageJob) {}

    fn memo(&self, _: &str, make: &dyn Fn() -> Result<Json, String>) -> Result<Arc<Kept>, String> {
        make().map(|json| Arc::new(Kept { json, ..Kept::default() }))
    }

    fn has_template(&self, _: &str) -> bool {
        false
    }

    fn render(&self, name: &str, context: Context) -> Option<Result<String, Fault>> {
        match name {
            "anchor-link.html" => {
                let level = context.parts.iter().find_map(|(name, field)| match field {
                    Field::Int(level) if *name == "level" => Some(*level),
                    _ => None,
                });
                Some((self.anchor)(&text_of(&context, "id"), level?, &text_of(&context, "lang")))
            }
            "summary-cutoff.html" => {
                assert!(!text_of(&context, "summary").ends_with('\n') && text_of(&context, "lang") == "nl");
                Some(Ok("&hellip;\n".to_owned()))
            }
            _ => None,
        }
    }

    fn render_inline(&self, source: &str, _: Context) -> Result<String, Fault> {
        (self.inline)(source)
    }

    fn complain(&self, diagnostic: Diagnostic) {
        self.complaints.lock().unwrap().push(diagnostic);
    }
}

fn house(markdown: &str) -> House {
    let config = Config {
        base_url: "https://example.com".to_owned(),
        default_language: "nl".to_owned(),
        languages: vec![("nl".to_owned(), LanguageOptions::default())],
        markdown: toml::from_str(markdown).unwrap(),
        ..Config::default()
    };
    House {
        config: Arc::new(config),
        files: HashMap::new(),
        inline: |source| Ok(source.to_owned()),
        anchor: |id, level, lang| {
            assert!((1..=6).contains(&level) && lang == "nl");
            Ok(format!("<a class=\"zola-anchor\" href=\"#{id}\" aria-label=\"Anchor link for: {id}\">🔗</a>"))
        },
        complaints: Mutex::default(),
    }
}

impl House {
    fn change(mut self, change: impl FnOnce(&mut Config)) -> House {
        change(Arc::get_mut(&mut self.config).unwrap());
        self
    }

    fn with(mut self, path: &'static str, content: &'static str) -> House {
        self.files.insert(path, content);
        self
    }
}

/// Ten bytes of front matter, and the text.
const OFFSET: usize = 10;

fn render_in(house: House, raw: &str) -> (Option<Body>, Vec<Diagnostic>) {
    let insert_anchor = house.config.markdown.insert_anchor_links;
    let lookup: Arc<dyn Lookup> = Arc::new(house);
    let file = SourcePath::new("content/p.md");
    let source = Source {
        raw,
        file: Some(&file),
        offset: OFFSET,
        relative: "p.md",
        permalink: "https://example.com/p/",
        lang: "nl",
        insert_anchor,
        templating: Some(Context::default()),
    };
    render(&source, &lookup)
}

fn html_of(markdown: &str, raw: &str) -> String {
    let (body, complaints) = render_in(house(markdown), raw);
    body.unwrap_or_else(|| panic!("{complaints:?}")).html.to_string()
}

/// `CODE error|warning 'WORDS'` for each complaint, with the words of the text it is about.
fn faults_in(house: House, raw: &str) -> Vec<String> {
    let (body, complaints) = render_in(house, raw);
    assert_eq!(body.is_none(), complaints.iter().any(Diagnostic::is_error), "{complaints:?}");
    let line = |complaint: &Diagnostic| {
        let place = complaint.place.as_ref().unwrap();
        let words = match (&place.span, place.file.as_str()) {
            (None, file) => format!("in {file}"),
            (Some(span), "content/p.md") => format!("'{}'", &raw[span.start - OFFSET..span.end - OFFSET]),
            (Some(span), file) => format!("{file} {span:?}"),
        };
        format!("{} {} {words}", complaint.code, if complaint.is_error() { "error" } else { "warning" })
    };
    complaints.iter().map(line).collect()
}

/// Renders every case of a file, and compares.
fn check(cases: &str) {
    let mut parts = cases.split("=====\n");
    let settings = parts.next().unwrap();
    let mut wrong = String::new();
    let mut count = 0;
    for part in parts {
        let (text, expected) = part.split_once("\n--- html\n").unwrap();
        let (html, summary) = match expected.split_once("\n--- summary\n") {
            Some((html, summary)) => (html, Some(summary.strip_suffix('\n').unwrap())),
            None => (expected.strip_suffix('\n').unwrap(), None),
        };
        let (body, complaints) = render_in(house(settings), text);
        match body {
            Some(body) if &*body.html == html && body.summary.as_deref() == summary => {}
            Some(body) => wrong.push_str(&format!(
                "\n=== {text}\n--- wanted\n{html}\n--- made\n{}\n--- wanted summary\n{summary:?}\n--- made\n{:?}\n",
                body.html, body.summary
            )),
            None => wrong.push_str(&format!("\n=== {text}\n{complaints:?}\n")),
        }
        count += 1;
    }
    assert!(wrong.is_empty() && count > 0, "{wrong}");
}

macro_rules! cases {
    ($($name:ident),*) => {
        $(#[test]
        fn $name() {
            check(include_str!(concat!("cases/", stringify!($name), ".txt")));
        })*
    };
}

cases!(
    plain,
    summary,
    summary_bottom,
    footnotes,
    options,
    bare_links,
    anchors_left,
    anchors_right,
    anchors_heading,
    inline,
    class,
    dual_inline,
    dual_class
);

#[test]
fn links_are_remembered() {
    let raw = "[a](@/about.md) [b](@/hier/a%20b.md#x) ![c](https://x.y/z.png) [d](#kop) [e](http:f) [g](@/foto/x.png) <https://h.i>";
    let (body, _) = render_in(house(""), raw);
    let body = body.unwrap();
    let link = |target: &str, anchor: Option<&str>, words: &str| InternalLink {
        target: target.to_owned(),
        anchor: anchor.map(str::to_owned),
        at: Some((OFFSET + raw.find(words).unwrap()) as u32),
    };
    assert_eq!(
        body.internal_links,
        [
            link("about.md", None, "[a]"),
            link("hier/a b.md", Some("x"), "[b]"),
            link("p.md", Some("kop"), "[d]"),
        ]
    );
    let urls: Vec<&str> = body.external_links.iter().map(|link| link.url.as_str()).collect();
    assert_eq!(urls, ["https://x.y/z.png", "http:f", "https://h.i"]);
}

#[test]
fn headings_are_listed() {
    let (body, _) = render_in(house(""), "# Een *twee* `drie` ![x](y) & <b>vier</b>\n\n### Vijf {#v}");
    let list: Vec<_> =
        body.unwrap().headings.into_iter().map(|h| (h.level, h.id, h.permalink, h.title)).collect();
    let heading = |level, id: &str, title: &str| {
        (level, id.into(), format!("https://example.com/p/#{id}").into(), title.into())
    };
    assert_eq!(list, [heading(1, "een-twee-drie-vier", "Een twee drie  & vier"), heading(3, "v", "Vijf")]);
}

#[test]
fn all_faults_of_a_text_at_once() {
    let raw = "é [a](@/niets.md#x) [leeg]()\n\n![b](@/foto/y.png)\n\n[c](@/verborgen.md) [d][r]\n\n# k {#k}\n\n# l {#k}\n\n[r]: @/ook-niet.md";
    assert_eq!(
        faults_in(house(""), raw),
        [
            "link/missing error '@/niets.md#x'",
            "link/empty error '[leeg]()'",
            "link/missing error '@/foto/y.png'",
            "link/unrendered warning '@/verborgen.md'",
            "link/missing error '[d][r]'",
            "heading/duplicate-id warning '# l {#k}\n'",
        ]
    );
}

#[test]
fn a_broken_link_may_be_a_warning() {
    let house = house("").change(|config| config.link_checker.internal_level = LinkLevel::Warn);
    let (body, complaints) = render_in(house, "[a](@/niets.md)");
    assert_eq!(&*body.unwrap().html, "<p><a href=\"@/niets.md\">a</a></p>\n");
    assert_eq!(complaints.len(), 1);
}

#[test]
fn a_broken_link_names_the_file_meant() {
    for (link, near) in
        [("@/about", "about.md"), ("@/foto.md", "foto/index.md"), ("@/hier/", "hier/_index.md")]
    {
        let (_, complaints) = render_in(house(""), &format!("[a]({link})"));
        assert_eq!(complaints[0].hints, [format!("There is a `content/{near}`: write `@/{near}`.")]);
    }
}

#[test]
fn a_file_beside_a_page_in_another_language() {
    let house: Arc<dyn Lookup> = Arc::new(house(""));
    let url = |lang| markdown::fragment("![a](@/foto/x.png)", true, "", "", lang, &house).unwrap();
    assert_eq!(url("fr"), "<img src=\"https://example.com/fr/foto/x.png\" alt=\"a\" />");
    assert_eq!(url("de"), "<img src=\"https://example.com/foto/x.png\" alt=\"a\" />");
}

#[test]
fn what_zola_leaves_raw_is_escaped() {
    assert_eq!(
        html_of("", "[a](https://x.y 'a \"b\" <c>')"),
        "<p><a rel=\"external\" title=\"a &quot;b&quot; &lt;c&gt;\" href=\"https://x.y\">a</a></p>\n"
    );
    assert_eq!(html_of("", "```a\"b\nx\n```"), "<pre><code data-lang=\"a&quot;b\">x\n</code></pre>\n");
    assert!(html_of("bottom_footnotes = true", "a[^<b]\n\n[^<b]: c").contains("<li id=\"fn-&lt;b\">"));
}

#[test]
fn an_image_within_an_image() {
    assert_eq!(
        html_of("", "![a ![b](c) d](e)"),
        "<p><img src=\"https://example.com/p/e\" alt=\"a b d\" /></p>\n"
    );
}

#[test]
fn fragments() {
    let house: Arc<dyn Lookup> = Arc::new(house("render_emoji = true\nsmart_punctuation = true"));
    let fragment =
        |text, inline| markdown::fragment(text, inline, "https://example.com/q/", "q.md", "nl", &house);
    assert_eq!(fragment("# Hé", false).unwrap(), "<h1 id=\"he\">Hé</h1>\n");
    assert_eq!(fragment("`a` :smile: ...", true).unwrap(), "<code>a</code> 😄 …");
    assert_eq!(fragment("a\n\nb", true).unwrap(), "a</p>\n<p>b");
    assert_eq!(
        fragment("[a](#b) {{ c }}", true).unwrap(),
        "<a href=\"https://example.com/q/#b\">a</a> {{ c }}"
    );
    let complaints = fragment("[a](@/niets.md)", true).unwrap_err();
    assert_eq!((complaints[0].code, &complaints[0].place), ("link/missing", &None));
}

#[test]
fn warnings_of_a_fragment_are_put_down() {
    let house = Arc::new(house(""));
    let lookup: Arc<dyn Lookup> = Arc::clone(&house) as _;
    markdown::fragment("# a {#x}\n# b {#x}", false, "", "", "nl", &lookup).unwrap();
    assert_eq!(house.complaints.lock().unwrap().len(), 1);
}

#[test]
fn templates_run_before_markdown() {
    let mut house = house("");
    house.inline = |source| {
        assert!(!source.contains("{#"));
        Ok(source.replace("{{ a }}", "*b*"))
    };
    let (body, _) = render_in(house, "# c {#d}\n\n{{ a }}");
    assert_eq!(&*body.unwrap().html, "<h1 id=\"d\">c</h1>\n<p><em>b</em></p>\n");
}

#[test]
fn a_text_without_templates_is_left_alone() {
    let mut house = house("");
    house.inline = |_| panic!("nothing to run");
    assert_eq!(&*render_in(house, "{{ a {% b").0.unwrap().html, "<p>{{ a {% b</p>\n");
}

#[test]
fn faults_behind_templates_name_the_file() {
    let mut house = house("");
    house.inline = |source| Ok(source.replace("{{ a }}", "x"));
    assert_eq!(faults_in(house, "{{ a }} [b](@/niets.md)"), ["link/missing error in content/p.md"]);
}

#[test]
fn faults_of_templates_are_placed() {
    let mut own = house("");
    own.inline = |_| Err(Fault { line: 2, column: 10, width: 5, ..Fault::message("", "no such thing") });
    assert_eq!(faults_in(own, "é\n# é {#i} {{ fout }}"), ["body/template error '{{ fo'"]);

    let mut called =
        house("").with("templates/c.html", "een\ntwee drie").with("themes/t/templates/d.html", "vier");
    called.inline = |_| {
        Err(Fault {
            line: 2,
            column: 6,
            width: 4,
            chain: vec![
                ("called from".into(), "t/templates/d.html".into(), 1, 2),
                ("called from".into(), String::new(), 1, 4),
                ("called from".into(), "weg.html".into(), 1, 4),
            ],
            inner: vec![Diagnostic::error("data/json", "No JSON.").in_file(&SourcePath::new("a.json"))],
            ..Fault::message("c.html", "no such thing")
        })
    };
    let (_, complaints) = render_in(called, "aa {{ b }}");
    let place = |file: &str, span| crate::base::Place { file: SourcePath::new(file), span: Some(span) };
    assert_eq!(complaints[0].place, Some(place("templates/c.html", 9..13)));
    let notes: Vec<_> = complaints[0].notes.iter().map(|note| note.place.clone()).collect();
    assert_eq!(notes, [place("themes/t/templates/d.html", 1..2), place("content/p.md", 13..14)]);
    assert!(complaints[0].message.ends_with("called from `weg.html`, line 1, column 4"));
    assert_eq!(complaints[1].code, "data/json");
}

#[test]
fn the_template_of_links_to_headings_fails_once() {
    let mut house = house("insert_anchor_links = 'left'");
    house.anchor = |_, _, _| Err(Fault::message("", "stuk"));
    let (body, complaints) = render_in(house, "# a\n\n# b");
    assert!(body.is_none());
    assert_eq!(complaints.len(), 1);
    assert_eq!(complaints[0].code, "body/decoration");
}

const DARK: &str = "[highlighting]\ntheme = 'github-dark'\n";

#[test]
fn unknown_languages() {
    let raw = "a\n\n> ```gibtsnicht,linenos\n> x\n> ```\n\n```plain\nx\n```";
    assert_eq!(faults_in(house(DARK), raw), ["code/language warning '```gibtsnicht,linenos'"]);
    let strict = format!("{DARK}error_on_missing_language = true");
    assert_eq!(faults_in(house(&strict), raw), ["code/language error '```gibtsnicht,linenos'"]);
}

#[test]
fn unknown_themes() {
    let raw = "```rust\nx\n```\n\n```js\nx\n```";
    let settings = "[highlighting]\nlight_theme = 'githublight'\ndark_theme = 'x'";
    let house = house(settings).with("zola.toml", "light_theme = \"githublight\"");
    assert_eq!(faults_in(house, raw), ["code/theme error zola.toml 15..26", "code/theme error in zola.toml"]);
}

#[test]
fn a_check_loads_no_grammars() {
    let house = house("[highlighting]\ntheme = 'x'").change(|config| config.mode = Mode::Check);
    let (body, complaints) = render_in(house, "```gibtsnicht\nx\n```");
    assert_eq!(&*body.unwrap().html, "<pre><code data-lang=\"gibtsnicht\">x\n</code></pre>\n");
    assert!(complaints.is_empty());
}

const GRAMMAR: &str = r#"{"name": "praatjes", "scopeName": "source.praatjes", "patterns": [{"match": "hallo", "name": "keyword.control"}]}"#;
const THEME: &str = r##"{"name": "eigen", "type": "dark", "colors": {"editor.background": "#000000", "editor.foreground": "#ffffff"},
    "tokenColors": [{"scope": ["keyword"], "settings": {"foreground": "#ff0000"}}]}"##;

#[test]
fn own_grammars_and_themes() {
    let settings =
        "[highlighting]\ntheme = 'eigen'\nextra_grammars = ['code/p.json']\nextra_themes = ['code/e.json']";
    let (body, complaints) = render_in(
        house(settings).with("code/p.json", GRAMMAR).with("code/e.json", THEME),
        "```praatjes\nhallo daar\n```",
    );
    assert_eq!(complaints, []);
    assert!(body.unwrap().html.contains("<span style=\"color: #FF0000;\">hallo</span>"));
    let broken = house(settings).with("code/p.json", "{");
    assert_eq!(
        faults_in(broken, "```praatjes\nx\n```\n\n```rust\nx\n```"),
        ["code/load error in code/p.json", "code/missing error in zola.toml",]
    );
}

#[test]
fn style_sheets() {
    let sheets = |settings: &str| {
        let lookup: Arc<dyn Lookup> = Arc::new(house(settings));
        code::style_sheets(&lookup).map(|sheets| {
            sheets.into_iter().map(|(name, css)| (name, css.contains(".z-"))).collect::<Vec<_>>()
        })
    };
    assert_eq!(sheets("").unwrap(), []);
    assert_eq!(sheets(DARK).unwrap(), []);
    assert_eq!(sheets(&format!("{DARK}style = 'class'")).unwrap(), [("giallo.css", true)]);
    let dual = "[highlighting]\nlight_theme = 'github-light'\ndark_theme = 'github-dark'\nstyle = 'class'";
    assert_eq!(sheets(dual).unwrap(), [("giallo-light.css", true), ("giallo-dark.css", true)]);
    assert_eq!(sheets("[highlighting]\ntheme = 'x'\nstyle = 'class'").unwrap_err().code, "code/theme");
}

#[test]
fn extreme_line_numbers() {
    for start in ["9223372036854775807", "-9223372036854775808", "-3", "0"] {
        assert!(
            html_of(DARK, &format!("```rust,linenos,linenostart={start}\na\nb\nc\n```"))
                .contains("giallo-ln")
        );
    }
}

#[test]
fn no_text_makes_it_panic() {
    const PIECES: &[&str] = &[
        "#",
        " ",
        "\n",
        "\n\n",
        "    ",
        "\t",
        "[^1]",
        "[^1]:",
        "[a](@/about.md)",
        "![",
        "](x)",
        "[",
        "]",
        "```",
        "rust,hl_lines=2-1",
        "|",
        "|-|-|",
        "- ",
        "1. ",
        "> ",
        "<!-- more -->",
        "<div>",
        "</div>",
        "{#a .b}",
        "{{ a }}",
        "{%",
        "%}",
        "é",
        "\u{FDD0}",
        "*",
        "**",
        "_",
        "`",
        ":x:",
        "https://a.b",
        "<a@b.c>",
        "\r\n",
        "\\",
        "&amp;",
        "\0",
        "~~",
        "> [!NOTE]",
        ": ",
        "---",
        "===",
        "\"",
        "--",
        "日本",
        "# ",
        "</",
        "<!--",
    ];
    let settings = [
        "",
        "bottom_footnotes = true\ndefinition_list = true\ngithub_alerts = true\nrender_emoji = true\nsmart_punctuation = true\ninsert_anchor_links = 'heading'",
        DARK,
    ];
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    for turn in 0..3000 {
        let mut raw = String::new();
        for _ in 0..turn % 25 {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            raw.push_str(PIECES[(state % PIECES.len() as u64) as usize]);
        }
        let (body, complaints) = render_in(house(settings[turn % 3]), &raw);
        assert_eq!(body.is_none(), complaints.iter().any(Diagnostic::is_error), "{raw}");
        for span in complaints.iter().filter_map(|complaint| complaint.place.as_ref()?.span.clone()) {
            assert!(raw.get(span.start - OFFSET..span.end - OFFSET).is_some(), "{raw}");
        }
    }
}
