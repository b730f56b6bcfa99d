//! What browsers and web servers are told: nothing unless the site asks for it, the same from a warm build as from a cold
//! one, and a complaint about all that browsers will refuse.

use praktijk::base::Diagnostic;

use crate::support::{SETTINGS, TestSite};

const FILES: [&str; 3] = ["_headers", "headers.nginx.conf", "headers.Caddyfile"];
const PAGE: &str = "<!doctype html><html lang=nl><head><meta charset=\"utf-8\"><title>{{ page.title }}</title></head>\
                    <body>{{ page.content | safe }}</body></html>";

fn site(rules: &str) -> TestSite {
    TestSite::new()
        .put("zola.toml", format!("{SETTINGS}[extra.praktijk]\n{rules}\n"))
        .put("templates/page.html", PAGE)
        .put("content/een.md", "+++\ntitle = \"Een\"\n+++\nTekst.\n")
        .put("content/twee.md", "+++\ntitle = \"Twee\"\n+++\nTekst.\n")
}

fn output(site: &TestSite, path: &str) -> String {
    String::from_utf8(site.outputs().remove(path).unwrap_or_else(|| panic!("no {path}"))).expect("text")
}

fn told(site: &TestSite) -> &[Diagnostic] {
    &site.outcome().diagnostics
}

#[test]
fn a_site_that_asks_for_nothing_gets_nothing() {
    let built =
        TestSite::new().put("content/een.md", "+++\ntitle = \"Een\"\n+++\n<p onclick=\"x()\">\n").build();
    assert!(FILES.iter().all(|file| !built.outputs().contains_key(*file)));
    assert!(!output(&built, "een/index.html").contains("Content-Security-Policy"));
    assert!(told(&built).is_empty());
}

#[test]
fn what_browsers_refuse_is_told_where_it_stands() {
    let text = "+++\ntitle = \"Een\"\n+++\n<button onclick=\"zoek()\">Zoek</button>\n";
    let template =
        PAGE.replace("<body>", "<body style=\"color: red\"><img src=\"https://elders.example/a.png\">");
    let built =
        site("security = true").put("content/een.md", text).put("templates/page.html", &template).build();
    let place = |one: &Diagnostic| one.place.clone().expect("a place");
    let [handler, style, image] = told(&built) else { panic!("{:#?}", told(&built)) };
    assert_eq!((handler.code, place(handler).file.as_str()), ("security/handler", "content/een.md"));
    assert_eq!(&text[place(handler).span.expect("bytes")], "zoek()");
    // A fault of a template is told once, however many pages it renders.
    for (one, code, words) in [
        (style, "security/style", "color: red"),
        (image, "security/elsewhere", "https://elders.example/a.png"),
    ] {
        assert_eq!((one.code, place(one).file.as_str()), (code, "templates/page.html"));
        assert_eq!(&template[place(one).span.expect("bytes")], words);
        assert!(one.hints.iter().any(|hint| hint.contains("1 more place")), "{one:#?}");
    }
    assert!(image.hints[0].contains("allow_images = [\"https://elders.example\"]"));
}

#[test]
fn every_page_has_its_own_policy_and_servers_have_that_of_all() {
    let script = "+++\ntitle = \"Een\"\n+++\n<script>alert('Hello, world.');</script>\n";
    let sum = "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='";
    let built = site("security = true").put("content/een.md", script).build();
    assert!(output(&built, "een/index.html").contains(sum));
    assert!(output(&built, "een/index.html").starts_with(
        "<!doctype html><html lang=nl><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\""
    ));
    assert!(!output(&built, "twee/index.html").contains("sha256"));
    assert!(output(&built, "404.html").contains("Content-Security-Policy"));
    for file in FILES {
        assert!(output(&built, file).contains(sum), "{file}");
    }
    assert_eq!(built.outputs(), built.cold_outputs());
    // A page that is reused still counts, and one that has changed counts as it is now.
    let built = built.put("content/twee.md", "+++\ntitle = \"Twee\"\n+++\nAnders.\n").build().expect_done(&[
        "page twee.md",
        "section _index.md",
        "text twee.md",
    ]);
    assert_eq!(built.outputs(), built.cold_outputs());
    let built = built.put("content/een.md", "+++\ntitle = \"Een\"\n+++\nZonder.\n").build();
    assert!(!output(&built, "_headers").contains(sum));
    assert_eq!(built.outputs(), built.cold_outputs());
}

#[test]
fn a_file_of_the_site_goes_before_ours_and_without_rules_they_go() {
    let built = site("security = true")
        .put("static/_headers", "/*\n  X: y\n")
        .build()
        .expect("_headers", "/*\n  X: y\n");
    assert!(output(&built, "headers.nginx.conf").contains("add_header"));
    let built = built.put("zola.toml", SETTINGS).build();
    assert_eq!(built.outputs(), built.cold_outputs());
    assert!(!built.outputs().contains_key("headers.nginx.conf"));
}

#[test]
fn all_redirects_share_one_sum() {
    let redirects = "+++\ntitle = \"Een\"\naliases = [\"oud\", \"ouder\"]\n+++\n";
    let built = site("security = true").put("content/een.md", redirects).build();
    assert_eq!(output(&built, "_headers").matches("sha256-").count(), 1);
    let page = output(&built, "oud/index.html");
    assert!(page.contains("href=\"https://example.org/een/\"") && page.contains("'sha256-"), "{page}");
}

#[test]
fn a_table_with_columns_to_the_right_is_no_fault() {
    let table = "+++\ntitle = \"Een\"\n+++\n\n| a | b |\n|---|--:|\n| c | 1 |\n";
    let built = site("security = true").put("content/een.md", table).build();
    let page = output(&built, "een/index.html");
    assert!(
        page.contains("text-align: right") && page.contains("style-src-attr 'unsafe-hashes' 'sha256-"),
        "{page}"
    );
    assert!(told(&built).is_empty());
}
