//! A small platform that has a little of everything a site can have.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

/// Files by path.
pub(super) type Tree = BTreeMap<String, Vec<u8>>;

/// A site's files and the environment it is built in.
#[derive(Clone, Default)]
pub(super) struct Platform {
    pub(super) files: Tree,
    pub(super) env: BTreeMap<String, String>,
    /// A file that was written again without a change.
    pub(super) touched: Option<String>,
}

impl Platform {
    /// The platform as it is before anybody edits it.
    pub(super) fn new() -> Self {
        let mut platform = Platform::default();
        for (path, text) in FILES {
            platform.put(path, text);
        }
        for at in 1..=7 {
            platform.put(&format!("content/blog/2026-01-0{at}-post-{at}.md"), &post(at));
        }
        for at in 1..=4 {
            let text = format!(
                "+++\ntitle = \"Stap {at}\"\nweight = {at}\n+++\n## Kop {at}\n\nZie [stap 1](@/gids/stap-1.md#kop-1).\n"
            );
            platform.put(&format!("content/gids/stap-{at}.md"), &text);
        }
        platform.files.insert("static/plaat.png".to_owned(), png(4, 3, 200));
        platform.files.insert("content/gids/kaart/foto.png".to_owned(), png(5, 5, 100));
        platform
    }

    pub(super) fn put(&mut self, path: &str, text: &str) {
        self.files.insert(path.to_owned(), text.as_bytes().to_vec());
    }

    /// What must be written or removed to come from `before` to this.
    pub(super) fn changed_since(&self, before: &Platform) -> Vec<String> {
        let paths: BTreeSet<&String> = self.files.keys().chain(before.files.keys()).collect();
        let changed = paths.into_iter().filter(|path| self.files.get(*path) != before.files.get(*path));
        changed.chain(&self.touched).cloned().collect()
    }

    /// A file as text.
    pub(super) fn text(&self, path: &str) -> String {
        String::from_utf8(self.files[path].clone()).expect("a text")
    }
}

/// An image of one colour.
pub(super) fn png(width: u32, height: u32, grey: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image::RgbImage::from_pixel(width, height, image::Rgb([grey, 10, 20]))
        .write_to(&mut bytes, image::ImageFormat::Png)
        .expect("written");
    bytes.into_inner()
}

fn post(at: usize) -> String {
    let tags = ["[\"rust\", \"web\"]", "[\"rust\"]", "[\"Één ding\"]", "[]"][at % 4];
    format!(
        "+++\ntitle = \"Bericht {at}\"\n[taxonomies]\ntags = {tags}\nregios = [\"noord\"]\n[extra]\nsoort = \"blog\"\n+++\n\
         Eerste alinea van {at}.\n\n<!-- more -->\n\n## Verder\n\nZie [over](@/over.md) en [de gids](@/gids/_index.md).\n"
    )
}

const FILES: &[(&str, &str)] = &[
    ("zola.toml", CONFIG),
    (
        "content/_index.md",
        "+++\ntitle = \"Thuis\"\nsort_by = \"date\"\npaginate_by = 3\n+++\nWelkom bij {{ config.title }}.\n",
    ),
    ("content/_index.en.md", "+++\ntitle = \"Home\"\n+++\nWelcome.\n"),
    (
        "content/blog/_index.md",
        "+++\ntitle = \"Blog\"\nsort_by = \"date\"\npaginate_by = 2\ngenerate_feeds = true\ninsert_anchor_links = \"right\"\n+++\n",
    ),
    ("content/blog/_index.en.md", "+++\ntitle = \"Blog (en)\"\nsort_by = \"title\"\n+++\n"),
    (
        "content/blog/2026-01-01-post-1.en.md",
        "+++\ntitle = \"Post 1\"\n[taxonomies]\ntags = [\"rust\"]\n+++\nIn English, see [home](@/_index.en.md).\n",
    ),
    ("content/blog/archief/_index.md", "+++\ntitle = \"Archief\"\ntransparent = true\n+++\n"),
    (
        "content/blog/archief/oud.md",
        "+++\ntitle = \"Oud\"\ndate = 2020-05-05\nupdated = 2021-01-01\n[taxonomies]\ntags = [\"web\"]\n+++\nOud nieuws.[^1]\n\n[^1]: Een noot.\n",
    ),
    (
        "content/blog/archief/ouder.md",
        "+++\ntitle = \"Ouder\"\ndate = 2019-05-05T10:00:00Z\n+++\nOuder nieuws.\n",
    ),
    (
        "content/gids/_index.md",
        "+++\ntitle = \"Gids\"\nsort_by = \"weight\"\npage_template = \"gids.html\"\n+++\n# Gids\n",
    ),
    (
        "content/gids/kaart/index.md",
        "+++\ntitle = \"Kaart\"\nweight = 9\n+++\n![foto](foto.png) [lijst](bij/lijst.csv)\n",
    ),
    ("content/gids/kaart/index.en.md", "+++\ntitle = \"Map\"\nweight = 9\n+++\n![photo](foto.png)\n"),
    ("content/gids/kaart/bij/lijst.csv", "a,b\n1,2\n"),
    ("content/gids/diep/_index.md", "+++\ntitle = \"Diep\"\nsort_by = \"title_bytes\"\nweight = 2\n+++\n"),
    ("content/gids/diep/a.md", "+++\ntitle = \"Diep A\"\n+++\nTekst.\n"),
    ("content/gids/diep/b.md", "+++\ntitle = \"Diep B\"\nweight = 1\nslug = \"bee\"\n+++\nTekst.\n"),
    ("content/gids/hoog/_index.md", "+++\ntitle = \"Hoog\"\nweight = 1\ntemplate = \"kaal.html\"\n+++\n"),
    ("content/oud-adres/_index.md", "+++\ntitle = \"Oud\"\nredirect_to = \"/gids/\"\n+++\n"),
    ("content/los/een.md", "+++\ntitle = \"Los\"\n[taxonomies]\nregios = [\"zuid\"]\n+++\nWees.\n"),
    (
        "content/los/twee.md",
        "+++\ntitle = \"Los twee\"\naliases = [\"vroeger\", \"vroeger/twee.html\"]\n+++\nWees.\n",
    ),
    ("content/stil/_index.md", "+++\ntitle = \"Stil\"\nrender = false\n+++\n"),
    ("content/stil/p.md", "+++\ntitle = \"Stille\"\nrender = false\n+++\nNiemand ziet dit.\n"),
    ("content/verborgen.md", "+++\ntitle = \"Verborgen\"\nhidden = true\n+++\nAlleen met de link.\n"),
    ("content/concept.md", "+++\ntitle = \"Concept\"\ndraft = true\ndate = 2026-02-02\n+++\nNog niet.\n"),
    ("content/klok.md", "+++\ntitle = \"Klok\"\n+++\nHet is {{ now(timestamp=true) }}.\n"),
    ("content/gids/uur.md", "+++\ntitle = \"Uur\"\nweight = 30\ntemplate = \"uur.html\"\n+++\nNu.\n"),
    ("content/over.md", OVER),
    ("content/over.en.md", "+++\ntitle = \"About\"\n+++\nAbout {{ config.title }}.\n"),
    ("data/voet.toml", "tekst = \"de voet\"\n"),
    ("data/inhoud.json", "{\"naam\": \"Jo\", \"b\": 1, \"a\": 2}\n"),
    ("data/rij.csv", "x,y\n1,2\n"),
    ("data/lijst.yaml", "- een\n- twee\n"),
    ("static/gedeeld.txt", "van de site\n"),
    ("static/los.txt", "los\n"),
    ("sass/site.scss", "@import \"kleur\";\n@import \"deel/maat\";\nbody { color: $inkt; width: $breed; }\n"),
    ("sass/_kleur.scss", "$inkt: #123;\n"),
    ("sass/deel/_maat.scss", "$breed: 10px;\n"),
    ("sass/druk.scss", "p { orphans: 3; }\n"),
    ("templates/gids.html", GIDS),
    ("templates/kaal.html", "{{ section.title }} {{ lang }} {{ current_path }}"),
    ("templates/uur.html", "{{ page.title }} {{ now() }}"),
    ("templates/ongebruikt.html", "niets {{ config.title }}"),
    ("templates/robots.txt", "User-agent: *\nSitemap: {{ get_url(path=\"sitemap.xml\") }}\n"),
    (
        "templates/tags/single.html",
        "{% extends \"base.html\" %}{% block inhoud %}{{ term.name }}: {{ paginator | json_encode }}{% endblock %}",
    ),
    (
        "templates/delen/noot.html",
        "{% component noot(tekst: string) %}<aside>{{ tekst }}{{ <streep /> }}</aside>{% endcomponent noot %}",
    ),
    ("templates/delen/streep.html", "{% component streep() %}<hr>{% endcomponent streep %}"),
    ("templates/delen/kop.html", "<header>{{ config.title }}</header>"),
    ("themes/huis/theme.toml", "name = \"huis\"\n[extra]\nkleur = \"blauw\"\nleus = \"van het thema\"\n"),
    ("themes/huis/static/gedeeld.txt", "van het thema\n"),
    ("themes/huis/static/thema.txt", "thema\n"),
    ("themes/huis/sass/huis.scss", "@import \"grond\";\nmain { margin: $rand; }\n"),
    ("themes/huis/sass/_grond.scss", "$rand: 2px;\n"),
    ("themes/huis/templates/base.html", BASE),
    (
        "themes/huis/templates/page.html",
        "{% extends \"base.html\" %}{% block titel %}{{ page.title }}{% endblock %}{% block inhoud %}<h1>{{ page.title }}</h1>\
         {{ page.summary | default(value=\"\") | safe }}|{{ page.content | safe }}<pre>{{ page | json_encode }}</pre>{% endblock %}",
    ),
    ("themes/huis/templates/section.html", SECTION),
    ("themes/huis/templates/index.html", "{% extends \"section.html\" %}"),
    (
        "themes/huis/templates/taxonomy_list.html",
        "{% extends \"base.html\" %}{% block inhoud %}{{ taxonomy.name }}:{% for t in terms %} {{ t.name }}={{ t.permalink }}{% endfor %}{% endblock %}",
    ),
    (
        "themes/huis/templates/taxonomy_single.html",
        "{% extends \"base.html\" %}{% block inhoud %}{{ term.name }} {{ term.page_count }}{% for p in term.pages %}{{ <kaart p /> }}{% endfor %}{% endblock %}",
    ),
    (
        "themes/huis/templates/delen/kaart.html",
        "{% component kaart(p) %}<a href=\"{{ p.permalink }}\">{{ p.title }} {{ p.date | default(value=\"\") }}</a>{% endcomponent kaart %}",
    ),
    ("themes/huis/templates/delen/voet.html", VOET),
    (
        "themes/huis/templates/404.html",
        "{% extends \"base.html\" %}{% block inhoud %}Niet gevonden{% endblock %}",
    ),
];

const CONFIG: &str = r##"base_url = "https://example.org"
title = "Platform"
theme = "huis"
default_language = "nl"
compile_sass = true
generate_feeds = true
feed_filenames = ["atom.xml", "rss.xml"]
feed_limit = 4
build_search_index = true
taxonomies = [{ name = "tags", feed = true, paginate_by = 2 }, { name = "regios" }]
[translations]
lees = "Lees verder"
[languages.en]
title = "Platform in English"
generate_feeds = true
build_search_index = true
taxonomies = [{ name = "tags" }]
[languages.en.translations]
lees = "Read more"
[search]
index_format = "elasticlunr_json"
[markdown]
bottom_footnotes = true
[markdown.highlighting]
theme = "github-light"
[extra]
leus = "samen"
b = 1
a = 2
"##;

const OVER: &str = r##"+++
title = "Over"
aliases = ["over-ons"]
[extra]
z = 1
y = { b = 1, a = 2 }
+++
# Over {{ config.title }}

{{ <noot tekst="let op" /> }} {{ page.title }} {{ get_env(name="PLATFORM", default="niemand") }}
{% set inhoud = load_data(path="data/inhoud.json") %}{{ inhoud.naam }} {% set post = get_page(path="blog/2026-01-01-post-1.md") %}{{ post.title }}
{% set klein = resize_image(path="plaat.png", width=2, height=2, op="fill") %}{{ klein.url }}

```rust
fn main() {}
```

Zie [verder](@/blog/2026-01-02-post-2.md#verder) en [onszelf](@/over.md#over-platform).
"##;

const BASE: &str = r##"<!doctype html><html lang="{{ lang }}"><title>{% block titel %}{{ config.title }}{% endblock %}</title>
<link href="{{ get_url(path="site.css", cachebust=true) }}"><link href="{{ get_url(path="huis.css", cachebust=true) }}">
{{ get_url(path="gedeeld.txt", cachebust=true) }} {{ current_url | default(value="") }}
{% include "delen/kop.html" %}{% block inhoud %}{% endblock %}{% include "delen/voet.html" %}</html>
"##;

const VOET: &str = r##"<footer>{{ trans(key="lees") }} {{ config.extra.leus }} {{ config.extra | json_encode }} {{ get_env(name="PLATFORM", default="-") }}
{% set d = load_data(path="data/voet.toml", required=false) %}{% if d %}{{ d | json_encode }}{% endif %}
{% set e = load_data(path="data/extra.toml", required=false) %}{% if e %}{{ e | json_encode }}{% endif %}</footer>
"##;

const SECTION: &str = r##"{% extends "base.html" %}{% block titel %}{{ section.title }}{% endblock %}{% block inhoud %}
{{ section.content | safe }}{% for p in section.pages %}{{ <kaart p /> }}{% endfor %}
{% for s in section.subsections %}{% set deel = get_section(path=s) %}{{ deel.title }} {{ deel.pages | length }}{% endfor %}
{% if paginator is defined %}<pre>{{ paginator | json_encode }}</pre>{% endif %}
<pre>{{ section | json_encode }}</pre>{% endblock %}
"##;

const GIDS: &str = r##"{% extends "base.html" %}{% block titel %}{{ page.title }}{% endblock %}{% block inhoud %}{{ page.content | safe }}
{% set over = get_page(path="over.md") %}{{ over.title }} {{ over.content | striptags }}
{% set tags = get_taxonomy(kind="tags") %}{% for t in tags.items %}{{ t.name }} {{ t.page_count }}{% endfor %}
{{ load_data(path="data/rij.csv") | json_encode }} {{ load_data(path="data/lijst.yaml") | json_encode }}
{% set klein = resize_image(path="plaat.png", width=3, height=2, op="fill") %}{{ klein.url }}
{% set meta = get_image_metadata(path="plaat.png") %}{{ meta.width }}x{{ meta.height }}
{% for b in page.backlinks %}{{ b.title }}={{ b.permalink }}{% endfor %}{% for t in page.toc %}{{ t.title }}{% endfor %}
{% for t in page.translations %}{{ t.lang }} {{ t.title }}{% endfor %}{% for a in page.assets %}{{ a }}{% endfor %}
{% if page.lower %}{{ page.lower.title }}{% endif %}{% if page.higher %}{{ page.higher.title }}{% endif %}{% endblock %}
"##;
