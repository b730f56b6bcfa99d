//! Which dialect a site is read as: found by itself, set in the settings, explained by `check --dialect`, and told when
//! a site mixes both. Every site here is made of text that both dialects can read but render otherwise: the slashes of
//! a URL, which only dialect 0.22 escapes.

use std::process::Output;

use crate::support::{TestSite, praktijk, said, write_all};

const SHOWN_022: &str = "https:&#x2F;&#x2F;a.example&#x2F;";
const SHOWN_023: &str = "https://a.example/";

/// A site whose home page shows its URL, with some more files. Later files go before earlier ones of the same path.
fn files<'a>(more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut files = vec![
        ("zola.toml", "base_url = \"https://a.example\"\n"),
        ("content/_index.md", "+++\n+++\nHallo.\n"),
        ("templates/index.html", "{{ section.permalink }}"),
    ];
    files.extend(more);
    files
}

fn shown(more: &[(&str, &str)]) -> String {
    let site = files(more).iter().fold(TestSite::new(), |site, (path, text)| site.put(path, text)).build();
    assert!(site.outcome().is_ok(), "{more:?}: {:?}", site.outcome().diagnostics);
    let outputs = site.outputs();
    String::from_utf8(outputs["index.html"].clone()).expect("text")
}

fn run(more: &[(&str, &str)], words: &[&str]) -> Output {
    let folder = tempfile::tempdir().expect("a folder");
    write_all(folder.path(), &files(more));
    praktijk(folder.path()).args(words).output().expect("runs")
}

#[test]
fn a_site_that_mixes_both_is_told_with_the_first_file_of_each() {
    let output = run(
        &[
            ("templates/a.html", "{% component kaart() %}x{% endcomponent kaart %}"),
            ("templates/b.html", "\n{% import \"m.html\" as m %}"),
            ("templates/c.html", "{{ m::x() }}"),
            ("templates/m.html", "{% macro x() %}x{% endmacro x %}"),
        ],
        &["check", "--skip-external-links"],
    );
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(said.contains("dialect/mixed"), "{said}");
    assert!(said.contains("File templates/a.html, line 1, columns 4 to 12"), "{said}");
    assert!(said.contains("File templates/b.html, line 2, columns 4 to 9"), "{said}");
    assert!(said.contains("1 error\n"), "what follows from the mixture is not told: {said}");
    assert!(
        said.contains("here a component is defined") && said.contains("Here macros are imported"),
        "{said}"
    );
    assert!(said.contains("`praktijk migrate`"), "{said}");
}

#[test]
fn a_dialect_that_there_is_not_is_told() {
    let settings = "base_url = \"https://a.example\"\n[extra.praktijk]\ndialect = \"0.21\"\n";
    let output = run(&[("zola.toml", settings)], &["build"]);
    assert_eq!(output.status.code(), Some(1));
    let said = said(&output);
    assert!(said.contains("dialect/unknown") && said.contains("`0.21`"), "{said}");
    assert!(said.contains("dialect = \"0.22\""), "{said}");
}

#[test]
fn the_settings_go_before_everything() {
    let with = |dialect: &str| {
        let settings =
            format!("base_url = \"https://a.example\"\n[extra.praktijk]\ndialect = \"{dialect}\"\n");
        shown(&[("zola.toml", settings.as_str()), ("theme.toml", "min_version = \"0.19\"")])
    };
    assert_eq!(with("0.22"), SHOWN_022);
    assert_eq!(with("0.23"), SHOWN_023);
}

#[test]
fn a_typing_error_is_no_sign() {
    let output = run(&[("templates/index.html", "{{ section.title | uper }}")], &["build"]);
    assert!(said(&output).contains("Unknown filter `uper`"), "{}", said(&output));
}

#[test]
fn templates_that_go_round_in_circles_are_told() {
    let old = ("config.toml", "base_url = \"https://a.example\"\n[extra.praktijk]\ndialect = \"0.22\"\n");
    let told = |more: &[(&str, &str)]| {
        let output = run(more, &["-c", "config.toml", "build"]);
        assert_eq!(output.status.code(), Some(1), "{}", said(&output));
        said(&output)
    };
    let (base, page) = (
        ("templates/base.html", "{% extends \"c.html\" %}"),
        ("templates/c.html", "{% extends \"base.html\" %}"),
    );
    let index = ("templates/index.html", "{% extends \"base.html\" %}");
    assert!(
        told(&[old, base, page, index])
            .contains("The template inherits from itself: `base.html` → `c.html` → `base.html`.")
    );
    let index = ("templates/index.html", "{% include \"c.html\" %}");
    let circle = ("templates/c.html", "<b>{% block x %}{% include \"d.html\" %}{% endblock x %}</b>");
    let back = ("templates/d.html", "{% include \"c.html\" %}");
    assert!(
        told(&[old, index, circle, back])
            .contains("The template includes itself: `c.html` → `d.html` → `c.html`.")
    );
    let index = ("templates/index.html", "{{ self::a() }}{% macro a() %}{{ self::a() }}{% endmacro a %}");
    assert!(told(&[old, index]).contains("The macro `a` calls itself without end."));
}

#[test]
fn templates_tell() {
    assert_eq!(shown(&[("templates/m.html", "{% macro x() %}x{% endmacro x %}")]), SHOWN_022);
    assert_eq!(shown(&[("templates/shortcodes/x.html", "x")]), SHOWN_022);
    assert_eq!(shown(&[("templates/m.html", "{% component x() %}x{% endcomponent x %}")]), SHOWN_023);
    let new = ("templates/shortcodes/x.html", "{% component x() %}x{% endcomponent x %}");
    assert_eq!(
        shown(&[new, ("theme.toml", "min_version = \"0.19\"")]),
        SHOWN_023,
        "what a theme asks for is the least"
    );
}

#[test]
fn the_theme_tells_when_templates_do_not() {
    let theme = |version: &str| {
        let settings = "base_url = \"https://a.example\"\ntheme = \"t\"\n";
        let asked = format!("name = \"t\"\nmin_version = \"{version}\"\n");
        shown(&[
            ("zola.toml", settings),
            ("themes/t/theme.toml", asked.as_str()),
            ("themes/t/templates/page.html", "{{ page.title }}"),
        ])
    };
    assert_eq!(theme("0.22.1"), SHOWN_022);
    assert_eq!(theme("0.9"), SHOWN_022);
    assert_eq!(theme("0.23.0"), SHOWN_023);
    assert_eq!(theme("1.0"), SHOWN_023);
}

#[test]
fn content_tells_when_nothing_else_does() {
    let content = "+++\n+++\n{{ get_url(path=\"a\") }}\n";
    let settings = ("zola.toml", "");
    let old_name = ("config.toml", "base_url = \"https://a.example\"\n");
    let build = |more: &[(&str, &str)]| {
        let folder = tempfile::tempdir().expect("a folder");
        let kept: Vec<_> = files(more).into_iter().filter(|(path, _)| *path != settings.0).collect();
        write_all(folder.path(), &kept);
        let output = praktijk(folder.path()).arg("build").output().expect("runs");
        assert!(output.status.success(), "{}", said(&output));
        std::fs::read_to_string(folder.path().join("public/index.html")).expect("there")
    };
    assert_eq!(build(&[old_name]), SHOWN_022, "config.toml is the older name");
    assert_eq!(build(&[old_name, ("content/_index.md", content)]), SHOWN_023);
    assert_eq!(shown(&[]), SHOWN_023);
}

#[test]
fn an_edit_may_change_the_dialect() {
    let site = files(&[]).iter().fold(TestSite::new(), |site, (path, text)| site.put(path, text));
    site.build()
        .expect("index.html", SHOWN_023)
        .put("templates/m.html", "{% macro x() %}x{% endmacro x %}")
        .build()
        .expect("index.html", SHOWN_022)
        .remove("templates/m.html")
        .put("content/_index.md", "+++\n+++\n{% x() %}a{% end %}\n")
        .put("templates/shortcodes/x.html", "<b>{{ body }}</b>")
        .build()
        .expect("index.html", SHOWN_022);
}

#[test]
fn the_finding_is_explained() {
    let output =
        run(&[("templates/m.html", "<p>\n{% macro x() %}x{% endmacro x %}")], &["check", "--dialect"]);
    let text = String::from_utf8(output.stdout).expect("text");
    let expected = "This site is read as dialect 0.22 (Zola before 0.23: Tera 1, macros, shortcodes), because\n  \
                    - a macro is defined (templates/m.html:2)\n\
                    To set it yourself, write in the settings:\n\n  [extra.praktijk]\n  dialect = \"0.22\"\n";
    assert_eq!(text, expected);
}
