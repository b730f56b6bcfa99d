//! Exactly which jobs are done after an edit, and why each of them.

use std::sync::Arc;

use praktijk::base::SourcePath;
use praktijk::engine::{Engine, Options, Target};
use praktijk::source::Memory;

use crate::support::{TestSite, outputs};

/// The root lists `over.md` and `map/`, and a section holds all that its pages hold.
const ROOT: &str = "section _index.md";

/// A section with four pages in a row, a page outside of it, and one of every other thing.
fn site() -> TestSite {
    let page =
        "{% extends \"base.html\" %}{% block b %}{{ page.title }} {{ page.content | safe }}{% endblock %}";
    let section = "{% extends \"base.html\" %}{% block b %}{{ section.title | default(value=\"\") }}{% for p in section.pages %}{{ <kaart p /> }}{% endfor %}{% endblock %}";
    let mut site = TestSite::new()
        .put("zola.toml", "base_url = \"https://example.org\"\ntitle = \"T\"\ncompile_sass = true\n")
        .put("templates/base.html", "<title>{{ config.title }}</title>{% block b %}{% endblock %}")
        .put("templates/page.html", page)
        .put("templates/section.html", section)
        .put("templates/index.html", "{% extends \"base.html\" %}")
        .put("templates/kaart.html", "{% component kaart(p) %}<a>{{ p.title }}</a>{% endcomponent kaart %}")
        .put("templates/noot.html", "{% component noot() %}<aside></aside>{% endcomponent noot %}")
        .put("templates/ongebruikt.html", "{{ config.title }}")
        .put("templates/data.html", "{% set d = load_data(path=\"data/a.toml\") %}{{ d.x }}{% set e = load_data(path=\"data/b.toml\", required=false) %}{{ page.title }}")
        .put("templates/stijl.html", "{{ get_url(path=\"site.css\", cachebust=true) }}")
        .put("content/blog/_index.md", "+++\ntitle = \"Blog\"\nsort_by = \"date\"\n+++\n")
        .put("content/over.md", "+++\ntitle = \"Over\"\n+++\nOver ons. {{ <noot /> }}\n")
        .put("content/gegevens.md", "+++\ntitle = \"Gegevens\"\ntemplate = \"data.html\"\n+++\n")
        .put("content/stijl.md", "+++\ntitle = \"Stijl\"\ntemplate = \"stijl.html\"\n+++\n")
        .put("content/map/index.md", "+++\ntitle = \"Map\"\n+++\nMet een [bijlage](a.txt).\n")
        .put("content/map/a.txt", "a")
        .put("data/a.toml", "x = 1\n")
        .put("sass/site.scss", "@import \"kleur\";\nb { color: $k; }\n")
        .put("sass/_kleur.scss", "$k: red;\n")
        .put("sass/druk.scss", "p { orphans: 3; }\n")
        .put("static/los.txt", "los");
    for at in 1..=4 {
        site = site.put(&format!("content/blog/{at}.md"), post(at, "Bericht", "Tekst."));
    }
    site.build()
}

fn post(at: usize, title: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title} {at}\"\ndate = 2026-01-0{at}\n+++\n{text} Zie [over](@/over.md).\n")
}

#[test]
fn nothing() {
    site().build().expect_done(&[]);
}

#[test]
fn a_body() {
    site().put("content/blog/2.md", post(2, "Bericht", "Andere tekst.")).build().expect_done(&[
        // Templates may show a neighbour's text as `page.lower.content`.
        "page blog/1.md",
        "page blog/2.md",
        "page blog/3.md",
        // And the text of every page of a section.
        "section blog/_index.md",
        "text blog/2.md",
    ]);
}

#[test]
fn a_title() {
    site().put("content/blog/2.md", post(2, "Anders", "Tekst.")).build().expect_done(&[
        "page blog/1.md",
        "page blog/2.md",
        "page blog/3.md",
        // It is linked to, and `page.backlinks` shows titles.
        "page over.md",
        ROOT,
        "section blog/_index.md",
        // The text stands elsewhere in its file, and complaints about it would, too.
        "text blog/2.md",
    ]);
}

#[test]
fn a_title_of_the_same_length_leaves_the_text_alone() {
    site().put("content/blog/2.md", post(2, "Verslag", "Tekst.")).build().expect_done(&[
        "page blog/1.md",
        "page blog/2.md",
        "page blog/3.md",
        "page over.md",
        ROOT,
        "section blog/_index.md",
    ]);
}

#[test]
fn the_template_of_pages() {
    let page = "{% extends \"base.html\" %}{% block b %}nieuw{% endblock %}";
    site().put("templates/page.html", page).build().expect_done(&[
        "page blog/1.md",
        "page blog/2.md",
        "page blog/3.md",
        "page blog/4.md",
        "page map/index.md",
        "page over.md",
    ]);
}

#[test]
fn the_template_of_all_others() {
    site().put("templates/base.html", "nieuw{% block b %}{% endblock %}").build().expect_done(&[
        "page blog/1.md",
        "page blog/2.md",
        "page blog/3.md",
        "page blog/4.md",
        "page map/index.md",
        "page over.md",
        "section _index.md",
        "section blog/_index.md",
    ]);
}

#[test]
fn a_component_in_a_template() {
    let card = "{% component kaart(p) %}<b>{{ p.title }}</b>{% endcomponent kaart %}";
    site().put("templates/kaart.html", card).build().expect_done(&["section blog/_index.md"]);
}

#[test]
fn a_component_in_a_text() {
    let note = "{% component noot() %}<aside>!</aside>{% endcomponent noot %}";
    site().put("templates/noot.html", note).build().expect_done(&["page over.md", ROOT, "text over.md"]);
}

#[test]
fn a_component_whose_result_is_the_same() {
    let note = "{# let op #}{% component noot() %}<aside></aside>{% endcomponent noot %}";
    site().put("templates/noot.html", note).build().expect_done(&["text over.md"]);
}

#[test]
fn a_template_that_nobody_uses() {
    site().put("templates/ongebruikt.html", "anders").build().expect_done(&[]);
    site().put("templates/nieuw.html", "nieuw").build().expect_done(&[]);
}

#[test]
fn data() {
    site()
        .put("data/a.toml", "x = 2\n")
        .build()
        .expect_done(&["page gegevens.md"])
        // It was asked for and was not there.
        .put("data/b.toml", "y = 1\n")
        .build()
        .expect_done(&["page gegevens.md"])
        .put("data/c.toml", "z = 1\n")
        .build()
        .expect_done(&[]);
}

#[test]
fn a_part_of_a_style_sheet() {
    site()
        .put("sass/_kleur.scss", "$k: blue;\n")
        .build()
        // The page shows the hash of the style sheet.
        .expect_done(&["page stijl.md", "sass sass/site.scss"])
        .put("sass/_kleur.scss", "// Blauw.\n$k: blue;\n")
        .build()
        .expect_done(&["sass sass/site.scss"]);
}

#[test]
fn a_static_file() {
    site()
        .put("static/los.txt", "anders")
        .build()
        .expect_done(&["copy static/los.txt to los.txt"])
        .put("static/nieuw.txt", "nieuw")
        .build()
        .expect_done(&["copy static/nieuw.txt to nieuw.txt"])
        .remove("static/los.txt")
        .build()
        .expect_done(&[])
        .expect_none("los.txt");
}

#[test]
fn a_page_comes_and_goes() {
    site()
        .put("content/blog/5.md", post(5, "Bericht", "Tekst."))
        .build()
        .expect_done(&[
            // Its new neighbour.
            "page blog/4.md",
            "page blog/5.md",
            // It links there.
            "page over.md",
            ROOT,
            "section blog/_index.md",
            "sitemap",
            "text blog/5.md",
        ])
        .remove("content/blog/5.md")
        .build()
        .expect_done(&["page blog/4.md", "page over.md", ROOT, "section blog/_index.md", "sitemap"])
        .expect_none("blog/5/index.html");
}

#[test]
fn an_asset() {
    site()
        .put("content/map/a.txt", "b")
        .build()
        .expect_done(&["copy content/map/a.txt to map/a.txt"])
        .put("content/map/b.txt", "b")
        .build()
        // `page.assets` names it.
        .expect_done(&["copy content/map/b.txt to map/b.txt", "page map/index.md", ROOT]);
}

/// The settings are one answer: whoever asks for one of them rests on all. Texts ask how Markdown is to be read.
#[test]
fn a_title_of_the_site() {
    let settings = "base_url = \"https://example.org\"\ntitle = \"U\"\ncompile_sass = true\n";
    site().put("zola.toml", settings).build().expect_done(&[
        "404.html",
        "page blog/1.md",
        "page blog/2.md",
        "page blog/3.md",
        "page blog/4.md",
        "page gegevens.md",
        "page map/index.md",
        "page over.md",
        "page stijl.md",
        "robots.txt",
        "section _index.md",
        "section blog/_index.md",
        "sitemap",
        "text _index.md",
        "text blog/1.md",
        "text blog/2.md",
        "text blog/3.md",
        "text blog/4.md",
        "text blog/_index.md",
        "text gegevens.md",
        "text map/index.md",
        "text over.md",
        "text stijl.md",
    ]);
}

#[test]
fn a_file_written_again_as_it_was() {
    site()
        .put("content/over.md", "+++\ntitle = \"Over\"\n+++\nOver ons. {{ <noot /> }}\n")
        .put("templates/base.html", "<title>{{ config.title }}</title>{% block b %}{% endblock %}")
        .put("static/los.txt", "los")
        .build()
        .expect_done(&[]);
}

fn with_terms(first: &str, second: &str) -> TestSite {
    TestSite::new()
        .put(
            "zola.toml",
            "base_url = \"https://example.org\"\nfeed_filenames = [\"atom.xml\"]\ntaxonomies = [{ name = \"tags\", feed = true }]\n",
        )
        .put("templates/taxonomy_list.html", "{% for t in terms %}[{{ t.name }}]{% endfor %}")
        .put("templates/taxonomy_single.html", "{{ term.name }}")
        .put("templates/atom.xml", "{{ term.name }}")
        .put("content/a.md", format!("+++\ntitle = \"A\"\ndate = 2026-01-01\n[taxonomies]\ntags = {first}\n+++\n"))
        .put("content/b.md", format!("+++\ntitle = \"B\"\n[taxonomies]\ntags = {second}\n+++\n"))
}

#[test]
fn a_new_term_is_listed() {
    with_terms("[\"een\"]", "[]")
        .build()
        .expect("tags/index.html", "[een]")
        .put("content/b.md", "+++\ntitle = \"B\"\n[taxonomies]\ntags = [\"twee\"]\n+++\n")
        .build()
        .expect("tags/index.html", "[een][twee]")
        .expect_done(&[
            "feed atom.xml of term tags/twee (en)",
            "page b.md",
            // The root lists it.
            "section _index.md",
            "sitemap",
            "taxonomy tags (en)",
            "term tags/twee (en)",
            // The text stands elsewhere in its file.
            "text b.md",
        ]);
}

/// A page without a date stands in no feed, and still may be the one that names the term.
#[test]
fn the_feed_of_a_term_follows_its_name() {
    let mut site = with_terms("[\"een\"]", "[\"een\"]").build();
    let before = site.outputs()["tags/een/atom.xml"].clone();
    site = site.put("content/a.md", "+++\ntitle = \"A\"\n[taxonomies]\ntags = [\"een\"]\n+++\n");
    site = site
        .put("content/b.md", "+++\ntitle = \"B\"\ndate = 2026-01-01\n[taxonomies]\ntags = [\"een\"]\n+++\n");
    site = site.build();
    assert_eq!(site.outputs()["tags/een/atom.xml"], before);
    site = site.put("content/a.md", "+++\ntitle = \"A\"\n[taxonomies]\ntags = [\"Een\"]\n+++\n").build();
    assert_eq!(site.outputs(), site.cold_outputs());
    assert_ne!(site.outputs()["tags/een/atom.xml"], before);
}

/// What looks like an open tag in a comment must not hide the include that follows.
#[test]
fn an_include_behind_a_strange_comment() {
    let base = "{# {{ it's #}{% include \"voet.html\" %} it's {{ config.title }}{% block b %}{% endblock %}";
    let site = site().put("templates/base.html", base).put("templates/voet.html", "1").build();
    let site = site.put("templates/voet.html", "2").build();
    assert_eq!(site.outputs(), site.cold_outputs());
}

/// What a failed build found out must not be lost when its fault is mended by an edit of one text alone.
#[test]
fn a_mended_text_brings_along_what_a_failed_build_left_undone() {
    let sources = Arc::new(Memory::new(&[
        ("zola.toml", "base_url = \"https://example.org\"\n"),
        ("templates/index.html", "{% for page in section.pages %}{{ page.title }} {% endfor %}"),
        ("templates/page.html", "{{ page.title }}|{{ page.content | safe }}"),
        ("content/changed.md", "+++\ntitle = \"Before\"\n+++\nText"),
        ("content/gone.md", "+++\ntitle = \"Gone\"\n+++\nText"),
        ("content/broken.md", "+++\ntitle = \"Broken\"\n+++\nText"),
    ]));
    let mut engine = Engine::new(sources.clone(), Options::default(), Target::Memory);
    assert!(engine.build(None).expect("the machine works").is_ok());
    sources.put("content/changed.md", "+++\ntitle = \"After\"\n+++\nText");
    sources.remove("content/gone.md");
    sources.put("content/broken.md", "+++\ntitle = \"Broken\"\n+++\n[x](@/nowhere.md)");
    let all = ["changed", "gone", "broken"].map(|name| SourcePath::new(format!("content/{name}.md")));
    assert!(!engine.build(Some(&all)).expect("the machine works").is_ok());
    sources.put("content/broken.md", "+++\ntitle = \"Broken\"\n+++\nMended");
    assert!(engine.build(Some(&all[2..])).expect("the machine works").is_ok());
    let mut cold = Engine::new(sources.clone(), Options::default(), Target::Memory);
    assert!(cold.build(None).expect("the machine works").is_ok());
    assert_eq!(outputs(&engine, &*sources), outputs(&cold, &*sources));
}
