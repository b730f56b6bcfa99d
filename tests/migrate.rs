//! `praktijk migrate` on small sites: what stands before, what stands after, and that the pages say the same.

use std::path::Path;
use std::process::Output;

use crate::support;

/// A site with most of what changed.
const SITE: &[(&str, &str)] = &[
    (
        "config.toml",
        "base_url = \"https://voorbeeld.example\"\ntitle = \"Thuis & elders\"\ntheme = \"thema\"\ntaxonomies = [{ name = \"tags\" }]\n",
    ),
    ("content/_index.md", "+++\ntitle = \"Thuis\"\n+++\n{{ knop(tekst=\"A & <b>\") }}\n"),
    (
        "content/een.md",
        "+++\ntitle = \"Een\"\ndate = 2024-03-05\n[taxonomies]\ntags = [\"a\", \"b\"]\n[extra]\nlijst = [3, 1]\n+++\n# Kop {#kop}\n\n{% kader(titel=\"Let op\") %}\n**Vet** en {{ knop(tekst=\"x\") }}\n\nTweede alinea.\n{% end %}\n\nIn een zin {{ knop(tekst='y') }} staat *dit*.\n{{ knop(tekst=\"z\") }}\nDirect eronder *ook*.\n\n```yaml\na: ${{ b }}\n```\n\n{{ let(nummer=2) }}\n",
    ),
    (
        "content/twee.md",
        "+++\ntitle = \"Twee\"\ndate = 2023-01-02\n+++\nGeen {{ aanroep, en {% ook %} niet.\n",
    ),
    (
        "templates/shortcodes/kader.html",
        "<div class=\"kader\">\n\n    <h2>{{ titel }} {{ nth }}</h2>\n\n    {{ body | markdown | safe }}\n\n        <p>{{ page.title }}</p>\n</div>\n",
    ),
    (
        "templates/shortcodes/knop.html",
        "{% if kleur %}<i>{{ kleur }}</i>{% endif %}\n<button>{{ tekst }}</button>",
    ),
    ("templates/shortcodes/let.md", "*{{ nummer + 1 }}* {{ config.title }}"),
    ("themes/thema/theme.toml", "name = \"thema\"\nmin_version = \"0.19.0\"\n"),
    (
        "themes/thema/templates/macros.html",
        "{% macro kop(tekst, niveau=2) %}<h{{ niveau }}>{{ tekst }} | {{ config.title }}</h{{ niveau }}>{% endmacro kop %}",
    ),
    (
        "themes/thema/templates/basis.html",
        "{% import \"macros.html\" as m %}<title>{% block titel %}{{ config.title }}{% endblock titel %}</title>{% block inhoud %}{% endblock %}{% include \"voet.html\" ignore missing %}{% if page.extra.a.b %}nee{% endif %}",
    ),
    (
        "themes/thema/templates/page.html",
        "{% extends \"basis.html\" %}{% import \"macros.html\" as m %}{% set weg = 1 %}{% block inhoud %}{{ m::kop(tekst=page.title) }}{{ page.content | safe }}{{ page.extra.lijst | default(value=[]) | concat(with=[2]) | sort | join(sep=\"-\") }} {{ 4 / 2 }} {{ page.date | date(format=\"%-d.%m.%Y\") }} {{ \"a\" ~ page.title | upper }} {{ page.description | default(value=\"geen\") }}{% endblock fout %}",
    ),
    (
        "themes/thema/templates/index.html",
        "{% extends \"basis.html\" %}{% import \"macros.html\" as m %}{% block inhoud %}{{ m::kop(tekst=section.title, niveau=1) }}{{ section.content | safe }}{% for p in section.pages | slice(end=1) %}{{ p.title }}{% if p.permalink is ending_with(\"een/\") %}!{% endif %}{% endfor %}{% endblock %}",
    ),
    ("themes/thema/templates/taxonomy_list.html", "{% for t in terms %}{{ t.name }}{% endfor %}"),
    (
        "themes/thema/templates/taxonomy_single.html",
        "{{ term.name }}: {{ get_taxonomy_url(kind=\"tags\", name=term.name) }}",
    ),
];

fn run(folder: &Path, words: &[&str]) -> Output {
    support::praktijk(folder).args(words).output().expect("runs")
}

fn site(more: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let root = folder.path().join("site");
    std::fs::create_dir(&root).expect("a folder");
    support::write_all(&root, SITE);
    support::write_all(&root, more);
    folder
}

fn read(path: impl AsRef<Path>) -> String {
    std::fs::read_to_string(path).expect("there")
}

#[test]
fn the_pages_of_a_migrated_site_say_the_same() {
    let folder = site(&[]);
    let root = folder.path().join("site");
    let output = run(&root, &["migrate"]);
    assert_eq!(output.status.code(), Some(0), "{}", support::said(&output));
    let new = folder.path().join("site-0.23");
    let report = read(new.join("migration.md"));
    assert!(report.contains("say the same as before"), "{report}");
    assert!(report.contains("## To do by hand\n\nNothing."), "{report}");
    assert!(read(new.join("themes/thema/theme.toml")).contains("0.23.6"));
    assert!(!new.join("templates/shortcodes/knop.html").exists());
    assert!(read(new.join("content/een.md")).contains("{% <kader titel=\"Let op\" nth={1}> -%}"));
    // The site itself is as it was.
    for (path, text) in SITE {
        assert_eq!(read(root.join(path)), *text, "{path}");
    }
    // What was migrated is of the new dialect by itself.
    let output = run(&new, &["check", "--dialect"]);
    assert!(support::said(&output).contains("0.23"), "{}", support::said(&output));
}

#[test]
fn a_page_that_says_something_else_is_shown() {
    let folder = site(&[]);
    let root = folder.path().join("site");
    let before = folder.path().join("before");
    support::write_all(&before, &[("een/index.html", "<p>Something else altogether</p>")]);
    let output = run(&root, &["migrate", "--compare-with", before.to_str().expect("text")]);
    assert_eq!(output.status.code(), Some(1), "{}", support::said(&output));
    let report = read(folder.path().join("site-0.23/migration.md"));
    assert!(report.contains("`een/index.html`: said “Something else altogether”"), "{report}");
    assert!(report.contains("`twee/index.html`: was not there before"), "{report}");
}

#[test]
fn a_template_that_cannot_be_read_is_told_and_the_rest_is_migrated() {
    let folder = site(&[("templates/kapot.html", "<p>\n{% if a %}")]);
    let root = folder.path().join("site");
    let output = run(&root, &["migrate"]);
    assert_eq!(output.status.code(), Some(1), "{}", support::said(&output));
    let new = folder.path().join("site-0.23");
    let report = read(new.join("migration.md"));
    assert!(report.contains("`templates/kapot.html`, line 2: This file cannot be read"), "{report}");
    assert_eq!(read(new.join("templates/kapot.html")), "<p>\n{% if a %}");
    assert!(new.join("templates/components/knop.html").exists());
}

#[test]
fn nothing_is_written_over_unasked() {
    let folder = site(&[]);
    let root = folder.path().join("site");
    support::write_all(folder.path(), &[("site-0.23/mine.txt", "mine")]);
    for words in [
        &["migrate"][..],
        // No Git there.
        &["migrate", "--in-place"],
        &["migrate", "--to", "inside"],
        &["migrate", "--to", "a", "--in-place"],
    ] {
        let output = run(&root, words);
        assert_eq!(output.status.code(), Some(2), "{words:?}: {}", support::said(&output));
    }
    assert!(!root.join("migration.md").exists());
    assert!(!root.join("inside").exists());
    let output = run(&root, &["migrate", "--force"]);
    assert_eq!(output.status.code(), Some(0), "{}", support::said(&output));
    assert_eq!(read(folder.path().join("site-0.23/mine.txt")), "mine");
}

#[test]
fn in_place_changes_the_site_itself() {
    let folder = site(&[]);
    let root = folder.path().join("site");
    let output = run(&root, &["migrate", "--in-place", "--force"]);
    assert_eq!(output.status.code(), Some(0), "{}", support::said(&output));
    assert!(read(root.join("migration.md")).contains("say the same as before"));
    assert!(!root.join("templates/shortcodes/knop.html").exists());
    assert!(root.join("templates/components/knop.html").exists());
}
