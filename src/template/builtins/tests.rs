//! Whether the built-in templates give what Zola 0.23.3 gives, byte for byte. `expected/` was recorded from there.

use super::*;
use serde_json::json;

fn render(name: &str, context: &serde_json::Value) -> String {
    let mut tera = tera2::Tera::default();
    tera.register_filter("date", tera_contrib::dates::date);
    tera.register_function("get_url", |arguments: tera2::Kwargs, _: &tera2::State| {
        arguments.must_get::<String>("path").map(|path| format!("https://example.com/{path}"))
    });
    tera.add_raw_templates(BUILTINS.to_vec()).unwrap();
    tera.render(name, &tera2::Context::from_serialize(context).unwrap()).unwrap()
}

/// Pages with much that must be escaped, and with little.
fn feed() -> serde_json::Value {
    let full = json!({
        "lang": "fr", "title": "A & 'b' \"c\" <d>/", "date": "2020-01-02", "updated": "2020-01-02T03:04:05+02:00",
        "authors": ["A & B", "C"], "permalink": "https://example.com/a?b&c'd/", "summary": "<p>s</p>",
        "content": "<p>a & b</p>\n",
    });
    let bare = json!({
        "lang": "en", "title": null, "date": "2021-03-04T05:06:07.5Z", "updated": null, "authors": [],
        "permalink": "https://example.com/b/", "summary": null, "content": "<p>b</p>\n",
    });
    json!({
        "config": { "title": "T & t", "description": "D < d", "author": null, "base_url": "https://example.com/'&" },
        "lang": "en", "feed_url": "https://example.com/feed.xml", "last_updated": "2021-03-04T05:06:07Z",
        "pages": [full, bare],
    })
}

/// A feed of a section without pages, and of a term.
fn quiet_feeds() -> [serde_json::Value; 2] {
    let mut section = feed();
    section["pages"] = json!([]);
    section["config"]["description"] = json!(null);
    section["section"] = json!({ "title": "S & s", "permalink": "https://example.com/s'&/" });
    section.as_object_mut().unwrap().remove("last_updated");
    let mut term = feed();
    term["config"]["author"] = json!("Au & thor");
    term["term"] = json!({ "name": "te & rm" });
    [section, term]
}

#[test]
fn feeds() {
    let [section, term] = quiet_feeds();
    assert_eq!(render("atom.xml", &feed()), include_str!("expected/atom.xml"));
    assert_eq!(render("atom.xml", &section), include_str!("expected/atom-section.xml"));
    assert_eq!(render("atom.xml", &term), include_str!("expected/atom-term.xml"));
    assert_eq!(render("rss.xml", &feed()), include_str!("expected/rss.xml"));
    assert_eq!(render("rss.xml", &section), include_str!("expected/rss-section.xml"));
    assert_eq!(render("rss.xml", &term), include_str!("expected/rss-term.xml"));
}

#[test]
fn what_search_engines_read() {
    let entries = json!([{ "permalink": "https://a'&/", "updated": null }, { "permalink": "b", "updated": "2020-01-01" }]);
    let head = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    assert_eq!(
        render("sitemap.xml", &json!({ "entries": entries })),
        format!(
            "{head}<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n    <url>\n        \
             <loc>https://a&apos;&amp;/</loc>\n    </url>\n    <url>\n        <loc>b</loc>\n        \
             <lastmod>2020-01-01</lastmod>\n    </url>\n</urlset>\n"
        )
    );
    assert_eq!(
        render("split_sitemap_index.xml", &json!({ "sitemaps": ["a'&/x"] })),
        format!(
            "{head}<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n    <sitemap>\n        \
             <loc>a&#39;&amp;/x</loc>\n    </sitemap>\n</sitemapindex>\n"
        )
    );
    let robots = "User-agent: *\nDisallow:\nAllow: /\nSitemap: https://example.com/sitemap.xml\n";
    assert_eq!(render("robots.txt", &json!({})), robots);
}

#[test]
fn small_pieces() {
    let not_found = "<!doctype html>\n<title>404 Not Found</title>\n<h1>404 Not Found</h1>\n";
    assert_eq!(render("404.html", &json!({})), not_found);
    assert_eq!(render("summary-cutoff.html", &json!({ "summary": "s", "lang": "en" })), "&hellip;\n");
    let link =
        "<a class=\"zola-anchor\" href=\"#a&amp;&#39;b\" aria-label=\"Anchor link for: a&amp;&#39;b\">🔗</a>";
    assert_eq!(render("anchor-link.html", &json!({ "id": "a&'b", "level": 2, "lang": "en" })), link);
    let alias = render("internal/alias.html", &json!({ "url": "https://example.com/a?b&c" }));
    assert_eq!(alias, include_str!("expected/alias.html"));
}

#[test]
fn a_missing_template_is_stood_in_for() {
    for name in ["index.html", "section.html", "page.html", "single.html", "list.html"] {
        let context = welcome(name).unwrap();
        let (Field::Text(file), Field::Text(url)) = (&context.parts[0].1, &context.parts[1].1) else {
            panic!("both are texts")
        };
        let page = render(WELCOME, &json!({ "filename": &**file, "url": &**url }));
        assert!(
            page.starts_with("<!doctype html>") && page.contains(&format!("<code>templates/{name}</code>"))
        );
        assert!(page.contains(&format!("href=\"{url}\"")), "{page}");
    }
    assert!(welcome("tags/single.html").is_none() && welcome("x.html").is_none());
}

#[test]
fn the_short_way_to_a_link_gives_what_the_template_gives() {
    let short = |id: &str| anchor_link(&vec![("id", Field::from(id)), ("lang", Field::from("nl"))].into());
    for id in ["", "a", "een-kop", "A_b.9", "-1"] {
        let whole = render("anchor-link.html", &json!({ "id": id, "level": 2, "lang": "nl" }));
        assert_eq!(short(id), Some(whole), "{id}");
    }
    for id in ["a&b", "a/b", "é", "a b", "'"] {
        assert_eq!(short(id), None, "{id}");
    }
}
