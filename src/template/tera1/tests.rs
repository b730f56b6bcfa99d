//! What Tera 1 is handed, and what it says when something goes wrong.

use std::sync::Arc;

use serde_json::json;

use super::*;
use crate::template::functions::fake::Fake;

fn set(theme: Option<&str>, templates: &[(&str, &str)]) -> TemplateSet {
    let template = |(name, text): &(&str, &str)| crate::template::sources::Template {
        name: (*name).to_owned(),
        text: Arc::from(*text),
        file: Some(SourcePath::new(format!("templates/{name}"))),
    };
    TemplateSet::new(crate::model::Dialect::Zola022, theme, templates.iter().map(template).collect())
}

fn engine(templates: &[(&str, &str)]) -> Tera1 {
    Tera1::new(set(None, templates)).unwrap_or_else(|faults| panic!("{faults:?}"))
}

/// A page with a neighbour, whose content nobody should copy in vain.
fn page(engine: &Tera1) -> Field {
    let alone = |name: &str, lower| {
        Field::Shared(engine.share(Field::Object(vec![
            ("relative_path", Field::from(name)),
            ("title", Field::from(name)),
            ("content", Field::from("content")),
            ("extra", Field::Data(json!({ "b": 1, "a": { "x": [1, "y"] } }))),
            ("lower", lower),
        ])))
    };
    let lower = alone("lower", Field::Null);
    let Field::Shared(page) = alone("page", Field::Null) else { unreachable!("made above") };
    Field::Shared(engine.with(&page, vec![("lower", lower)]))
}

fn render(engine: &Tera1, parts: Vec<(&'static str, Field)>) -> Result<String, Fault> {
    engine.render("a.html", parts.into(), Arc::new(Fake::default()))
}

fn shown(template: &str) -> String {
    let engine = engine(&[("a.html", template)]);
    render(&engine, vec![("page", page(&engine))]).unwrap_or_else(|fault| panic!("{template}: {fault:?}"))
}

fn told(templates: &[(&str, &str)]) -> Fault {
    let engine = engine(templates);
    render(&engine, vec![("page", page(&engine))]).unwrap_err()
}

#[test]
fn faults_are_placed_where_they_can_be_found() {
    let fault = told(&[("a.html", "<p>\n  {{ page.titel }}")]);
    assert_eq!(fault.message, "`page.titel` is not defined here.");
    assert_eq!((fault.template.as_str(), fault.line, fault.column, fault.width), ("a.html", 2, 6, 10));
    let fault = told(&[("a.html", "{% include \"b.html\" %}"), ("b.html", "{{ x | nope }}{{ y }}")]);
    assert_eq!(fault.message, "`x` is not defined here.");
    let fault = told(&[("a.html", "{{ page.title | nope }}")]);
    assert_eq!(fault.message, "There is no filter `nope`.");
    let fault = told(&[("a.html", "{{ nope(a=1) }}")]);
    assert_eq!(fault.message, "There is no function `nope`.");
    let fault = told(&[("a.html", "\n{{ get_page(path=\"weg.md\") }}")]);
    assert!(fault.message.contains("cannot find the page `weg.md`"), "{}", fault.message);
    assert_eq!((fault.line, fault.column), (2, 4));
}

#[test]
fn what_is_there_twice_is_not_placed() {
    let fault = told(&[("a.html", "{{ page.titel }}{{ page.titel }}")]);
    assert_eq!((fault.line, fault.column), (0, 0));
}

#[test]
fn every_template_that_cannot_be_read_is_told() {
    let templates = [("a.html", "x\n{% macro %}"), ("b.html", "{{ }"), ("c.html", "fine")];
    let Err(faults) = Tera1::new(set(None, &templates)) else { panic!("read") };
    let places: Vec<_> = faults.iter().map(|fault| (fault.template.as_str(), fault.line)).collect();
    assert_eq!(places, [("a.html", 2), ("b.html", 1)], "{faults:?}");
    assert!(
        faults[1].message.starts_with("The template cannot be read here: expected"),
        "{}",
        faults[1].message
    );
}

#[test]
fn what_refers_to_nothing_is_told() {
    let Err(faults) = Tera1::new(set(None, &[("a.html", "\n{% extends \"b.html\" %}")])) else {
        panic!("read")
    };
    assert_eq!(faults[0].message, "The template extends `b.html`, which does not exist.");
    assert_eq!((faults[0].line, faults[0].column), (2, 13));
    let circle = [("a.html", "{% extends \"b.html\" %}"), ("b.html", "{% extends \"a.html\" %}")];
    let Err(faults) = Tera1::new(set(None, &circle)) else { panic!("read") };
    assert!(faults[0].message.starts_with("The template inherits from itself: "), "{}", faults[0].message);
}

#[test]
fn a_template_sees_what_it_names_and_no_more() {
    for (template, expected) in [
        ("{{ page.title }} {{ page.lower.title }}", "page lower"),
        ("{{ page.content }}{% if page.lower.content %}x{% endif %}", "contentx"),
        ("{% for key, value in page.extra %}{{ key }}{% endfor %}", "ba"),
        ("{{ page.extra.a.x.1 }}{{ page[\"title\"] }}", "ypage"),
        ("{% set part = \"title\" %}{{ page[part] }}", "page"),
        ("{% for key, value in page %}{{ key }} {% endfor %}", "relative_path title content extra lower "),
        ("{% macro m(p) %}{{ p.title }}{% endmacro m %}{{ self::m(p=page.lower) }}", "lower"),
        ("{{ [page.lower, page] | map(attribute=\"title\") | join(sep=\"-\") }}", "lower-page"),
        ("{% for other in [page.lower, page] %}{{ other == page }} {% endfor %}", "false true "),
        ("{{ page.lower | json_encode | length }}", "108"),
        ("{{ page.lower | get(key=\"title\") }}", "lower"),
    ] {
        assert_eq!(shown(template), expected, "{template}");
    }
}

#[test]
fn content_that_no_template_names_is_not_copied() {
    let engine = engine(&[
        ("a.html", "{{ page.content }}{{ page.lower.title }}"),
        ("b.html", "{% for page in pages %}{{ page.content }}{% endfor %}"),
        ("c.html", "{% include \"b.html\" %}"),
        ("d.html", "{{ pages | json_encode }}"),
    ]);
    let given = |template: &str, name: &str| {
        let reach = &engine.reaches[template];
        convert::part(name, &page(&engine), reach).to_string().matches("content\":\"content").count()
    };
    assert_eq!(given("a.html", "page"), 1, "its own, not its neighbour's");
    assert_eq!(given("b.html", "page"), 1, "of whatever is called a page there; a neighbour is not named");
    assert_eq!(given("c.html", "other"), 1);
    assert_eq!(given("d.html", "other"), 2, "whoever writes a page out gets all of it");
}

#[test]
fn settings_are_copied_once_and_change_with_what_is_handed_in() {
    let engine = engine(&[("a.html", "{{ config.title }}{{ lang | default(value=\"-\") }}")]);
    let config =
        |title: &str| Field::Shared(engine.share(Field::Object(vec![("title", Field::from(title))])));
    let (one, other) = (config("one"), config("other"));
    let run = |config: &Field, more: Vec<(&'static str, Field)>| {
        render(&engine, [vec![("config", config.clone())], more].concat()).unwrap()
    };
    assert_eq!(run(&one, vec![("lang", Field::from("nl"))]), "onenl");
    assert_eq!(run(&one, Vec::new()), "one-", "what one run was handed, the next does not see");
    assert_eq!(run(&other, Vec::new()), "other-");
}

#[test]
fn a_theme_is_overridden_by_the_site() {
    let templates = [
        ("t/templates/page.html", "{% extends \"base.html\" %}"),
        ("t/templates/base.html", "theme"),
        ("base.html", "site"),
        ("a.html", "{% extends \"t/templates/base.html\" %}"),
    ];
    let engine = Tera1::new(set(Some("t"), &templates)).unwrap_or_else(|faults| panic!("{faults:?}"));
    let render = |name: &str| engine.render(name, Context::default(), Arc::new(Fake::default())).unwrap();
    assert_eq!(render("page.html"), "site");
    assert_eq!(render("a.html"), "theme");
    assert_eq!(engine.find("page.html"), Some("page.html"));
    assert_eq!(engine.find("404.html"), Some("__zola_builtins/404.html"));
}

#[test]
fn filters_of_zola() {
    for (template, expected) in [
        ("{{ \"één\" | base64_encode }}", "w6nDqW4="),
        ("{{ \"w6nDqW4=\" | base64_decode }}", "één"),
        ("{{ \"a1b22\" | regex_replace(pattern=\"[0-9]+\", rep=\"-$0-\") }}", "a-1-b-22-"),
        ("{{ 1234567 | num_format(locale=\"nl\") }}", "1.234.567"),
        ("{{ \"2024-05-02\" | date(format=\"%e %B %Y\", locale=\"nl_NL\") }}", " 2 mei 2024"),
    ] {
        assert_eq!(shown(template), expected, "{template}");
    }
    let fault = told(&[("a.html", "{{ page.title | regex_replace(pattern=\"(\", rep=\"\") }}")]);
    assert!(fault.message.contains("cannot read the pattern `(`"), "{}", fault.message);
    let fault = told(&[("a.html", "{{ 1 | base64_encode }}")]);
    assert!(fault.message.contains("works on text, but got `1`"), "{}", fault.message);
}
