//! Bodies against what Zola 0.23.3 makes of the same text (`cases/`), faults with their places, and texts of chance.
//!
//! What is different in dialect 0.22 is in `tests/old.rs`; templates in the text and the filter are in `tests/templated.rs`.
//!
//! A file of cases opens with the table `[markdown]` of its site; a case is the text, the HTML, and the summary if there is one.

#[cfg(test)]
mod old;
#[cfg(test)]
mod templated;

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
    /// The templates of shortcodes, by their names below `shortcodes/`.
    shortcodes: HashMap<&'static str, Shortcode>,
    complaints: Mutex<Vec<Diagnostic>>,
}

type Shortcode = fn(&Context) -> Result<String, Fault>;

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

    fn catalog(&self, _: &crate::template::catalog::Ask) -> Result<Option<Arc<Kept>>, String> {
        Ok(None)
    }

    fn reactions(&self, _: &crate::template::reactions::Ask) -> Result<Option<Arc<Kept>>, String> {
        Ok(None)
    }

    fn memo(&self, _: &str, make: &dyn Fn() -> Result<Json, String>) -> Result<Arc<Kept>, String> {
        make().map(|json| Arc::new(Kept { json, ..Kept::default() }))
    }

    fn downloads(&self, _: &str) -> Result<crate::model::Json, String> {
        Ok(crate::model::Json::Null)
    }

    fn attachments(&self, _: &str) -> crate::model::Json {
        crate::model::Json::Null
    }

    fn has_template(&self, name: &str) -> bool {
        name.strip_prefix("shortcodes/").is_some_and(|name| self.shortcodes.contains_key(name))
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
            _ => name
                .strip_prefix("shortcodes/")
                .and_then(|name| self.shortcodes.get(name))
                .map(|shortcode| shortcode(&context)),
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
        shortcodes: HashMap::new(),
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
