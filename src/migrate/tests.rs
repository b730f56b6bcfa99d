//! Tests of the rules: tables of what stood before and what stands after, each through the whole migration.

use std::collections::BTreeMap;

use super::{Migration, Weight, migrate};

const ZOLA: &str = "base_url = \"https://example.org\"\n";

fn files(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let settings = [("zola.toml", ZOLA)];
    settings.iter().chain(files).map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn migrated(site: &[(&str, &str)]) -> Migration {
    migrate(&files(site), "zola.toml", false)
}

/// What a file holds afterwards.
fn after(site: &[(&str, &str)], path: &str) -> String {
    let before = files(site);
    match migrate(&before, "zola.toml", false).files.remove(path) {
        Some(text) => text.unwrap_or_else(|| "(gone)".to_owned()),
        None => before.get(path).cloned().unwrap_or_else(|| "(never there)".to_owned()),
    }
}

#[track_caller]
fn templates(rows: &[(&str, &str)]) {
    for (before, wanted) in rows {
        assert_eq!(
            after(&[("templates/page.html", before)], "templates/page.html"),
            *wanted,
            "from {before}"
        );
    }
}

#[test]
fn what_is_the_same_stays_byte_for_byte() {
    let text = "{# a #}\n<p>{{  page.title|upper  }}</p>{% if not  page %}{%- else -%}{% endif %}{% raw %}{{ x::y() }}{% endraw %}\r\n";
    templates(&[
        (text, text),
        (
            "{% for k,v in config.extra.map %}{{ k }}{% endfor %}",
            "{% for k,v in config.extra.map %}{{ k }}{% endfor %}",
        ),
    ]);
}

#[test]
fn conditions_take_what_is_undefined_for_false_at_any_depth() {
    templates(&[
        ("{% if page.extra.a.b %}{% endif %}", "{% if page?.extra?.a?.b %}{% endif %}"),
        (
            "{% if config.extra.a and not section.title %}{% endif %}",
            "{% if config.extra.a and not section?.title %}{% endif %}",
        ),
        (
            "{% for p in section.pages %}{% if p.extra.x %}{% endif %}{% endfor %}",
            "{% for p in section.pages %}{% if p.extra?.x %}{% endif %}{% endfor %}",
        ),
        ("{% if page.extra.a is defined %}{% endif %}", "{% if page?.extra?.a is defined %}{% endif %}"),
        (
            "{% if page.extra.list | length %}{% endif %}",
            "{% if (page?.extra?.list is defined and page.extra.list | length) %}{% endif %}",
        ),
        ("{% if page.extra.a == \"b\" %}{% endif %}", "{% if page.extra.a == \"b\" %}{% endif %}"),
    ]);
}

#[test]
fn defaults_stand_in_for_null_and_are_reckoned_only_when_needed() {
    templates(&[
        ("{{ page.extra.a | default(value=\"x\") }}", "{{ page?.extra?.a | default(value=\"x\") }}"),
        (
            "{{ page.title | default(value=\"x\") }}",
            "{{ (page?.title if page?.title is defined and page?.title is not none else \"x\") }}",
        ),
        ("{{ page.title | default(value=\"\") }}", "{{ page?.title | default(value=\"\") }}"),
        (
            "{{ page.extra.a | default(value=section.extra.a) }}",
            "{{ (page?.extra?.a if page?.extra?.a is defined else section.extra.a) }}",
        ),
        ("{{ now() | default(value=1) | date }}", "{{ now() | date }}"),
    ]);
}

#[test]
fn filters_that_changed() {
    templates(&[
        ("{% set a = b | concat(with=[1, c]) %}", "{% set a = [...b, 1, c] %}"),
        (
            "{% set a = [] | concat(with=\"x\") | concat(with=section.pages) %}",
            "{% set a = [\"x\", ...section.pages] %}",
        ),
        ("{% set a = b | concat(with=c) %}", "{% set a = [...b, ...(c if c is array else [c])] %}"),
        ("{% for p in pages | slice(end=5) %}{% endfor %}", "{% for p in pages[:5] %}{% endfor %}"),
        ("{% set a = b | sort | slice(start=1, end=-1) %}", "{% set a = (b | sort)[1:-1] %}"),
        (
            "{% set a = b | filter(attribute=\"extra.x\", value=item) %}",
            "{% set a = [entry for entry in b if entry.extra.x == item] %}",
        ),
        (
            "{% set a = b | filter(attribute=\"draft\") %}",
            "{% set a = [item for item in b if item.draft is defined and item.draft is not none] %}",
        ),
        ("{% set a = b | map(attribute=\"permalink\") %}", "{% set a = [item.permalink for item in b] %}"),
        ("{% set a = b | group_by(attribute=\"year\") %}", "{% set a = b | group_by(attribute=\"year\") %}"),
        (
            "{% set a = b | group_by(attribute=\"extra.x\") %}",
            "{% set a = [item for item in b if item.extra.x is defined] | group_by(attribute=\"extra.x\") %}",
        ),
        (
            "{{ a | as_str | linebreaksbr | trim_start_matches(pat=\"x\") }}",
            "{{ a | str | newlines_to_br | trim_start(pat=\"x\") }}",
        ),
        ("{{ a | truncate }}", "{{ a | truncate(length=255) }}"),
        ("{{ a | round(method=\"common\") }}", "{{ a | round | int }}"),
        ("{{ a | indent(prefix=\"  \") }}", "{{ a | indent(width=2) }}"),
        ("{{ a | escape | safe | upper }}", "{{ a | escape_html | upper }}"),
        (
            "{{ a | regex_replace(pattern=`\\d+`, rep=\"\") }}",
            "{{ a | regex_replace(pattern=`\\\\d+`, rep=\"\") }}",
        ),
        (
            "{{ a | split(pat=\"\\n\") | join(sep=\"\\n\") }}",
            "{{ a | split(pat=\"\\n\") | join(sep=\"\\n\") }}",
        ),
        (
            "{{ page.date | date(format=\"%+\") }}",
            "{{ page.date | date(format=\"%Y-%m-%dT%H:%M:%S%.f%:z\") }}",
        ),
        (
            "{{ page.date | date(format=\"%d %B\", locale=\"nl_NL\") }}",
            "{{ page.date | date(format=\"dd MMMM\", locale=\"nl_NL\") }}",
        ),
    ]);
}

#[test]
fn operators_bind_as_they_did() {
    templates(&[
        ("{{ a ~ \"b\" | upper }}", "{{ (a ~ \"b\") | upper }}"),
        ("{{ 1 + 2 | abs }}", "{{ (1 + 2) | abs }}"),
        ("{{ a ~ \"<b>\" }}", "{{ (a ~ \"<b>\") | safe }}"),
        ("{% set a = b or c %}", "{% set a = (true if b or c else false) %}"),
        ("{% set a = b is defined and c == 1 %}", "{% set a = b is defined and c == 1 %}"),
        ("{{ 4 / 2 }}", "{{ ((4 / 2) | int if (4 / 2) % 1 == 0 else 4 / 2) }}"),
        ("{{ a.0.b }}", "{{ a[0].b }}"),
        ("{% set w = (a / 2) | int %}", "{% set w = (a / 2) | round(method=\"floor\") | int %}"),
    ]);
}

#[test]
fn tests_and_functions_that_changed() {
    templates(&[
        (
            "{% if a is starting_with(\"x\") %}{% endif %}",
            "{% if a is starting_with(pat=\"x\") %}{% endif %}",
        ),
        (
            "{% if a is not divisibleby(2) %}{% endif %}",
            "{% if a is not divisible_by(divisor=2) %}{% endif %}",
        ),
        ("{% if a is object %}{% endif %}", "{% if a is map %}{% endif %}"),
        ("{% if a is iterable %}{% endif %}", "{% if (a is array or a is map) %}{% endif %}"),
        ("{{ get_taxonomy_url(kind=\"tags\", name=t) }}", "{{ get_taxonomy_url(kind=\"tags\", term=t) }}"),
        ("{{ get_random(end=10) }}", "{{ get_random(end=10, start=0) }}"),
        ("{{ page.reading_time }}", "{{ ((page.word_count / 200) | round(method=\"ceil\") | int) }}"),
    ]);
}

#[test]
fn macros_become_components() {
    let site = [
        (
            "templates/m.html",
            "{% macro card(title, body=\"b\", n=1) -%}{{ title }}{{ body }}{% if n %}{{ self::foot() }}{% endif %}{% endmacro card %}\n{% macro foot() %}{{ config.title }}{{ page.title }}{% endmacro %}",
        ),
        (
            "templates/page.html",
            "{% extends \"base.html\" %}\n{% import \"m.html\" as m %}\n{% block c %}{{ m::card(title=page.title) | safe }}{{ m::card(title=\"x\", body=page.slug, n=2) }}{% endblock %}",
        ),
        ("templates/base.html", "{% block c %}{% endblock c %}"),
    ];
    assert_eq!(
        after(&site, "templates/m.html"),
        "{% component card(title, body_text, n=1, config, page=none) -%}{{ title }}{{ body_text }}{% if n %}{{ <foot config page /> }}{% endif %}{% endcomponent card %}\n{% component foot(config, page=none) %}{{ config.title }}{{ page.title }}{% endcomponent foot %}"
    );
    assert_eq!(
        after(&site, "templates/page.html"),
        "{% extends \"base.html\" %}\n{% block c %}{{ <card title={page.title} body_text=\"b\" config page={page | default(value=none)} /> }}{{ <card title=\"x\" body_text={page.slug} n={2} config page={page | default(value=none)} /> }}{% endblock %}"
    );
    assert_eq!(migrated(&site).by_hand().count(), 0);
}

#[test]
fn macros_of_one_name_are_told_apart() {
    let site = [
        ("templates/a.html", "{% macro x() %}a{% endmacro %}"),
        ("templates/b.html", "{% macro x() %}b{% endmacro %}"),
        (
            "templates/page.html",
            "{% import \"a.html\" as one %}{% import \"b.html\" as two %}{{ one::x() }}{{ two::x() }}",
        ),
    ];
    assert_eq!(after(&site, "templates/page.html"), "{{ <a.x /> }}{{ <b.x /> }}");
    assert_eq!(after(&site, "templates/b.html"), "{% component b.x() %}b{% endcomponent b.x %}");
}

#[test]
fn what_zola_gave_is_kept_where_its_name_is_taken() {
    let site = [
        ("templates/m.html", "{% macro t() %}{{ page.title }}{% endmacro %}"),
        (
            "templates/page.html",
            "{% import \"m.html\" as m %}{% for page in section.pages %}{{ m::t() }}{% endfor %}",
        ),
    ];
    assert_eq!(
        after(&site, "templates/page.html"),
        "{% set given_page = page | default(value=none) %}{% for page in section.pages %}{{ <t page={given_page} /> }}{% endfor %}"
    );
}

#[test]
fn what_has_no_effect_in_a_child_goes_and_is_told() {
    let site = [
        ("templates/base.html", "{% block a %}{% endblock %}"),
        (
            "templates/page.html",
            "{% extends \"base.html\" %}\n{% set x = 1 %}\n{% block a %}1{% endblock b %}\n{% block z %}2{% endblock %}text",
        ),
    ];
    assert_eq!(
        after(&site, "templates/page.html"),
        "{% extends \"base.html\" %}\n\n{% block a %}1{% endblock a %}\n"
    );
    let notes = migrated(&site).notes;
    assert_eq!(
        notes.iter().map(|note| (note.weight, note.line)).collect::<Vec<_>>(),
        [(Weight::Look, 2), (Weight::Look, 4), (Weight::Look, 4)]
    );
}

#[test]
fn includes_that_may_be_missing_are_made() {
    let site = [
        (
            "templates/page.html",
            "{% include \"own.html\" ignore missing %}{%- include ['a.html', \"b.html\"] -%}",
        ),
        ("templates/b.html", "b"),
    ];
    assert_eq!(after(&site, "templates/page.html"), "{% include \"own.html\" %}{%- include \"a.html\" -%}");
    assert_eq!(after(&site, "templates/own.html"), "");
    assert_eq!(after(&site, "templates/a.html"), "{% include \"b.html\" %}");
}

#[test]
fn shortcodes_become_components_and_their_calls_follow() {
    let site = [
        (
            "templates/shortcodes/note.html",
            "<div>\n\n{{ title }}{% if page %}{{ page.title }}{% endif %}\n{{ body }}</div>",
        ),
        ("templates/shortcodes/md.md", "*{{ x }}*{{ nth }}"),
        (
            "content/a.md",
            "+++\n+++\n{% note(title=\"a\\b\") %}\n**x** {{ md(x=1) }}\n{% end %}\n\n{{ md( x = 'y', ) }}{{ md(x=[1]) }}\n",
        ),
        ("content/_index.md", "+++\n+++\n{{ note(title=\"t\", body=\"b {{\") }}\n"),
    ];
    assert_eq!(after(&site, "templates/shortcodes/note.html"), "(gone)");
    assert_eq!(
        after(&site, "templates/components/note.html"),
        "{% component note(title, @page=none) -%}\n{% filter regex_replace(pattern=\"\\\\s*\\\\n\\\\s*\", rep=\" \") -%}\n{% filter trim -%}\n<div>\n\n{{ title | escape_html }}{% if page %}{{ page.title | str | escape_html }}{% endif %}\n{{ body | escape_html }}</div>\n{%- endfilter %}\n{%- endfilter %}\n{%- endcomponent note %}\n"
    );
    assert_eq!(
        after(&site, "templates/components/md.md"),
        "{% component md(x, nth=1) %}*{{ x }}*{{ nth }}{% endcomponent md %}"
    );
    assert_eq!(
        after(&site, "content/a.md"),
        "+++\n+++\n{% <note title=\"a\\\\b\"> -%}\n**x** {{ <md x={1} nth={1} /> }}\n{%- </note> %}\n\n{% raw %}{{ md( x = 'y', ) }}{% endraw %}{{ <md x={[1]} nth={2} /> }}\n"
    );
    assert_eq!(
        after(&site, "content/_index.md"),
        "+++\n+++\n{% <note title=\"t\"> %}{% raw %}b {{{% endraw %}{% </note> %}\n"
    );
    let explicit = migrate(&files(&site), "zola.toml", true);
    let page = explicit.files["content/a.md"].as_deref().unwrap_or_default();
    assert!(page.contains("{% <note title=\"a\\\\b\" page> -%}"), "{page}");
}

#[test]
fn an_argument_that_may_be_left_out_is_none() {
    let site = [
        (
            "templates/shortcodes/x.md",
            "{% if a is defined %}{{ a }}{% endif %}{{ b | default(value=\"d\") }}",
        ),
        ("content/a.md", "+++\n+++\n{{ x(a=\"1\") }}{{ x(b=\"2\") }}\n"),
    ];
    assert_eq!(
        after(&site, "templates/components/x.md"),
        "{% component x(a=none, b=none) %}{% if a is not none %}{{ a }}{% endif %}{{ (b if b is not none else \"d\") }}{% endcomponent x %}"
    );
}

#[test]
fn what_would_mean_something_to_tera_is_kept_from_it() {
    let rows = [
        (
            "${{ secrets.X }} and {#x#}",
            "${% raw %}{{ secrets.X }}{% endraw %} and {% raw %}{#x#}{% endraw %}",
        ),
        ("# Title {#id}\n\n{% a", "# Title {#id}\n\n{% raw %}{%{% endraw %} a"),
        (
            "```yaml\na: ${{ b }}\nc: {{ d }}\n```\n",
            "```yaml\n{% raw %}a: ${{ b }}\nc: {{ d }}\n{%- endraw %}\n```\n",
        ),
        ("`{{/* x(a=1) */}}`", "`{% raw %}{{ x(a=1) }}{% endraw %}`"),
        ("{%/* x() */%}b{%/* end */%}", "{% raw %}{% x() %}b{% end %}{% endraw %}"),
        ("{{ }} {% endraw %}", "{% raw %}{{ }}{% endraw %} {{ \"{%\" }} endraw %}"),
        ("nothing } here {", "nothing } here {"),
    ];
    for (before, wanted) in rows {
        let page = format!("+++\ntitle = \"{{{{\"\n+++\n{before}");
        let wanted = format!("+++\ntitle = \"{{{{\"\n+++\n{wanted}");
        assert_eq!(after(&[("content/a.md", &page)], "content/a.md"), wanted);
    }
}

#[test]
fn html_in_a_line_of_text_stays_there() {
    let site = [
        ("templates/shortcodes/b.html", "<div>x</div>"),
        ("content/a.md", "+++\n+++\n{{ b() }} *text*\n\n{{ b() }}\nmore\n\n- {{ b() }}\n- y {{ b() }}\n"),
    ];
    assert_eq!(
        after(&site, "content/a.md"),
        "+++\n+++\n<span></span>{{ <b /> }} *text*\n\n{{ <b /> }}\n\nmore\n\n- {{ <b /> }}\n- y {{ <b /> }}\n"
    );
}

#[test]
fn the_language_of_functions_is_what_it_was() {
    let settings = "base_url = \"https://e.org\"\n[languages.fr]\n";
    let rows = [
        ("{{ trans(key=\"x\") }}", "{{ trans(key=\"x\", lang=config.default_language) }}"),
        ("{{ trans(key=\"x\", lang=lang) }}", "{{ trans(key=\"x\", lang=lang) }}"),
        ("{{ get_url(path=\"a.css\") }}", "{{ get_url(path=\"a.css\") }}"),
        ("{{ get_url(path=\"@/a.md\") }}", "{{ get_url(path=\"@/a.md\", lang=config.default_language) }}"),
        (
            "{% set s = get_section(path=p) %}",
            "{% set s = get_section(path=p, lang=(lang if p is containing(pat=\".\" ~ lang ~ \".\") else config.default_language)) %}",
        ),
    ];
    for (before, wanted) in rows {
        let site = [("zola.toml", settings), ("templates/page.html", before)];
        assert_eq!(after(&site, "templates/page.html"), wanted);
    }
}

#[test]
fn nothing_is_empty_in_extra_and_dates_are_whole() {
    let before = "---\ntitle:\ndate: 2025-7-02T00:00:00Z\nextra:\n  a: ~\n  b:\n    - c\n  d:\n---\ntext\n";
    let wanted =
        "---\ntitle:\ndate: 2025-07-02T00:00:00Z\nextra:\n  a: \"\"\n  b:\n    - c\n  d: \"\"\n---\ntext\n";
    assert_eq!(after(&[("content/a.md", before)], "content/a.md"), wanted);
}

#[test]
fn what_cannot_be_read_is_told_with_its_place_and_the_rest_is_migrated() {
    let rows = [
        ("a\n{% if x %}", 2, "`if` begins here and has no `endif`"),
        ("{{ x | }}", 1, "a name was expected here"),
        ("{{ \"x }}", 1, "closing quote is missing"),
        ("\n\n{% endfor %}", 3, "`endfor` ends nothing that is open here"),
        ("{% wrong %}", 1, "Tera 1 has no tag `wrong`"),
        ("{# x", 1, "a comment begins here that has no end"),
        ("{% raw %}x", 1, "`raw` begins here and has no `endraw`"),
        ("{% for x of y %}{% endfor %}", 1, "`in` was expected"),
    ];
    for (text, line, why) in rows {
        let site = [("templates/page.html", text), ("templates/index.html", "{{ a | as_str }}")];
        let migration = migrated(&site);
        assert!(!migration.files.contains_key("templates/page.html"), "{text} was changed");
        assert_eq!(migration.files["templates/index.html"].as_deref(), Some("{{ a | str }}"));
        let notes: Vec<_> = migration.by_hand().collect();
        assert_eq!(notes.len(), 1, "{text}: {notes:?}");
        assert_eq!((notes[0].line, notes[0].file.as_str()), (line, "templates/page.html"), "{text}");
        assert!(notes[0].what.contains(why), "{text}: {}", notes[0].what);
    }
}

#[test]
fn a_page_that_cannot_be_read_is_told_with_its_place() {
    let site =
        [("content/a.md", "+++\n+++\n\n{% x() %}\nno end\n"), ("content/b.md", "+++\n+++\n{{ gone() }}\n")];
    let migration = migrated(&site);
    let told: Vec<_> = migration.by_hand().map(|note| (note.file.as_str(), note.line)).collect();
    assert_eq!(told, [("content/a.md", 4), ("content/b.md", 3)]);
    assert!(migration.files.is_empty(), "{:?}", migration.files);
}

#[test]
fn what_is_not_zolas_is_left_to_people() {
    let rows = [
        "{{ a | nonsense }}",
        "{{ nonsense() }}",
        "{% if a is nonsense %}{% endif %}",
        "{{ m::gone() }}",
        "{% include \"gone.html\" %}",
    ];
    for text in rows {
        let migration = migrated(&[("templates/page.html", text)]);
        assert_eq!(migration.by_hand().count(), 1, "{text}");
        assert!(!migration.files.contains_key("templates/page.html"), "{text}");
    }
}

#[test]
fn migrating_twice_in_the_same_way_gives_the_same() {
    let site = [
        (
            "templates/m.html",
            "{% macro a(x=1) %}{{ x }}{% endmacro %}{% macro b() %}{{ self::a() }}{% endmacro %}",
        ),
        ("templates/shortcodes/a.html", "<b>{{ x }}</b>"),
        ("content/a.md", "+++\n+++\n{{ a(x=1) }}\n"),
    ];
    assert_eq!(migrated(&site).files, migrated(&site).files);
    assert!(after(&site, "templates/m.html").contains("component m.a(x=1)"));
}
