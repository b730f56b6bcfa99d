//! What the maker of a theme can get wrong. In: the sound site with a broken template, style sheet, image or data file.
//! Out: messages that name the template, the place in it, the page that was being rendered, and the way there.

use super::{EEN, Site};

const PAGE: &str = "templates/page.html";

#[test]
fn faults_of_form() {
    for (name, text) in [
        ("template-syntax", "<h1>{{ page.title }</h1>\n{% if page.date %}\n"),
        ("template-unclosed", "{% for p in page.pages %}\n{% if p %}\n{{ p.title }}\n{% endfor %}\n"),
        ("template-unknown-filter", "<p>{{ page.title | upercase }}</p>\n"),
        ("template-unknown-function", "<p>{{ get_pagina(path=\"x.md\") }}</p>\n{{ 1 is rond }}\n"),
        ("template-part-of-a-call", "<img src=\"{{ get_image_metadata(path=\"plaat.png\").width }}\">\n"),
        ("template-macro", "{% import \"macros.html\" as m %}\n{{ m::kop(page=page) }}\n"),
        ("template-component-unknown", "<div>{{ <kaart titel={page.title} /> }}</div>\n"),
        ("template-extends-missing", "{% extends \"basis.html\" %}\n{% block body %}{% endblock %}\n"),
        ("template-include-missing", "<p>\n{% include \"delen/voet.html\" %}\n</p>\n"),
    ] {
        Site::new().put(PAGE, text).fails(name, 1);
    }
}

#[test]
fn faults_of_value() {
    for (name, text) in [
        ("template-undefined", "<h1>{{ pagina.title }}</h1>\n"),
        ("template-undefined-field", "<h1>{{ page.extra.soort.naam }}</h1>\n"),
        ("template-wrong-type", "<p>{{ page.title | round }}</p>\n"),
        (
            "template-throw",
            "{% if not page.extra.soort %}\n{{ throw(message=\"Geef elke pagina een soort.\") }}\n{% endif %}\n",
        ),
        ("template-get-page", "{% set p = get_page(path=\"blog/drie.md\") %}{{ p.title }}\n"),
        ("template-get-url", "<a href=\"{{ get_url(path=\"@/blog/drie.md\") }}\">drie</a>\n"),
        ("template-argument-missing", "{{ get_url() }}\n"),
    ] {
        Site::new().put(PAGE, text).fails(name, 1);
    }
}

#[test]
fn the_whole_way_to_a_fault() {
    Site::new()
        .put("templates/delen.html", "{% component kaart(titel) %}\n<div>\n  {% include \"delen/voet.html\" %}\n</div>\n{% endcomponent kaart %}\n")
        .put("templates/delen/voet.html", "<footer>\n  {{ auteur.naam }}\n</footer>\n")
        .put(PAGE, "{% extends \"base.html\" %}\n{% block body %}\n{{ <kaart titel={page.title} /> }}\n{% endblock %}\n")
        .fails("template-chain", 1);
}

#[test]
fn templates_in_a_text() {
    for (name, text) in [
        ("text-undefined", "Dit is {{ onbekend.naam }}.\n"),
        ("text-syntax", "Gebruik `{{ naam }` in een brief.\n\n{% if %}\n"),
        ("text-component-unknown", "## Kop\n\n{{ <youtube id=\"x\" /> }}\n\nEn {{ <kader /> }}.\n"),
        ("text-old-shortcode", "{{ youtube(id=\"x\") }}\n"),
    ] {
        Site::new().put("content/blog/een.md", format!("{EEN}{text}")).fails(name, 1);
    }
}

#[test]
fn a_component_in_a_text() {
    Site::new()
        .put(
            "templates/delen.html",
            "{% component kader(soort) %}\n<aside>{{ soort.naam }}</aside>\n{% endcomponent kader %}\n",
        )
        .put("content/blog/een.md", format!("{EEN}Let op:\n\n{{{{ <kader soort=\"tip\" /> }}}}\n"))
        .fails("text-component-fault", 1);
}

#[test]
fn circles() {
    Site::new()
        .put("templates/base.html", "{% extends \"page.html\" %}{% block body %}{% endblock %}")
        .fails("cycle-extends", 1);
    Site::new().put(PAGE, "{% extends \"page.html\" %}\n").fails("cycle-extends-itself", 1);
    Site::new()
        .put(PAGE, "<p>\n{% include \"delen/a.html\" %}\n")
        .put("templates/delen/a.html", "a\n{% include \"delen/b.html\" %}\n")
        .put("templates/delen/b.html", "b\n{% include \"delen/a.html\" %}\n")
        .fails("cycle-include", 1);
    Site::new()
        .put("templates/delen.html", "{% component a() %}{{ <b /> }}{% endcomponent a %}\n{% component b() %}{{ <a /> }}{% endcomponent b %}\n")
        .put(PAGE, "{{ <a /> }}\n")
        .fails("cycle-component", 1);
}

#[test]
fn bytes_that_are_no_text() {
    Site::new().put(PAGE, b"<p>\n  caf\xE9 {{ page.title }}\n").fails("bytes-in-template", 1);
}

#[test]
fn data() {
    let page = |call: &str| format!("<ul>\n{{% set gegevens = {call} %}}\n</ul>\n");
    Site::new().put(PAGE, page("load_data(path=\"gegevens/leden.csv\")")).fails("data-missing", 1);
    Site::new()
        .put(PAGE, page("load_data(path=\"gegevens/leden.json\")"))
        .put("gegevens/leden.json", "{\n  \"naam\": \"Jan\",\n  \"plaats\": Utrecht\n}\n")
        .fails("data-broken-json", 1);
    Site::new()
        .put(PAGE, page("load_data(path=\"gegevens/leden.toml\")"))
        .put("gegevens/leden.toml", "naam = \"Jan\"\nplaats = \n")
        .fails("data-broken-toml", 1);
    Site::new().put(PAGE, page("load_data(path=\"../../geheim.json\")")).fails("data-outside", 1);
}

#[test]
fn images() {
    let page = "{% set plaat = resize_image(path=\"plaat.png\", width=10, height=10) %}\n<img src=\"{{ plaat.url }}\">\n";
    Site::new().put(PAGE, page).fails("image-missing", 1);
    Site::new()
        .put(PAGE, page)
        .put("static/plaat.png", b"\x89PNG\r\n\x1a\nniet echt")
        .fails("image-corrupt", 1);
    Site::new()
        .put(PAGE, "{% set plaat = resize_image(path=\"robots.txt\", width=10) %}\n")
        .fails("image-that-is-none", 1);
}

#[test]
fn sass() {
    Site::new()
        .put("sass/stijl.scss", "@import \"delen/kleuren\";\nbody { color: $inkt; }\n")
        .put("sass/delen/_kleuren.scss", "@import \"basis\";\n$inkt: $zwart;\n")
        .put("sass/delen/_basis.scss", "// basis\n$wit: #fff\n$zwart: mix($wit, );\n")
        .fails("sass-chain", 1);
    Site::new().put("sass/stijl.scss", "@import \"delen/weg\";\n").fails("sass-import-missing", 1);
    Site::new().put("sass/stijl.scss", "body {\n  color: $onbekend;\n}\n").fails("sass-undefined", 1);
    Site::new().put("sass/stijl.scss", b"body { content: \"\xE9\"; }\n").fails("bytes-in-sass", 1);
}
