//! Reactions of members, baked into a site: what pages, feeds, the search index and the endpoint's list of pages get of them,
//! what is done again when one comes or goes, and that nothing in them acts.
//!
//! | file | what it tests |
//! |---|---|
//! | [`lines`] | files of reactions to test with |
//! | [`shown`] | what templates, feeds and search are given |
//! | [`nasty`] | what members could write to do harm |
//! | [`again`] | which jobs a reaction asks for, in memory and through the ledger on disk |
//! | [`endpoint`] | an endpoint that answers, is away, refuses, or leads elsewhere |

mod again;
mod endpoint;
mod lines;
mod nasty;
mod shown;

use crate::support::TestSite;
use lines::{Line, file};

const SETTINGS: &str = "base_url = \"https://example.org\"\ntitle = \"Proef\"\ndefault_language = \"nl\"\nbuild_search_index = true\n\
    [search]\nindex_format = \"praktijk\"\n[extra.praktijk.reactions]\nsource = \"reacties.ndjson\"\nscope = \"gemeente\"\n";

const KIND: &str = "label = \"Voorbeeld\"\nfolder = \"voorbeelden\"\nreactions = [\"vraag\", \"ervaring\"]\n\
    [[fields]]\nname = \"gemeente\"\n[[facets]]\nname = \"gemeente\"\nfrom = [\"gemeente\"]\n";

/// A page or section that shows all it is given.
const SHOWS: &str = "{% if r %}{{ r.id }} {{ r.count }} {{ r.kinds | join(sep='+') }} {{ r.scope | join(sep='+') }} {{ r.newest or '-' }}\n\
    {% for t in r.threads %}<article id=\"{{ t.anchor }}\" title=\"{{ t.title or t.author }}\">{{ t.kind }} <bdi>{{ t.author }}</bdi> <bdi>{{ t.about or '' }}</bdi> \
    {{ t.created_day }}{% if t.edited %} ({{ t.edited_day }}){% endif %}{% if t.expired %} over{% endif %} {{ t.permalink }}{{ t.html | safe }}\
    {% for a in t.answers %}<i id=\"{{ a.anchor }}\">{% if a.chosen %}* {% endif %}{{ a.author }}{{ a.html | safe }}</i>{% endfor %}</article>\n{% endfor %}{% else %}geen{% endif %}";

/// A site with two pages that take questions, one that takes none, and a board for notices.
fn site() -> TestSite {
    let all = "{% for t in get_reactions() or [] %}{{ t.page.title }} < {{ t.title or t.author }} ({{ t.answers | length }}) {{ t.permalink }}\n{% endfor %}";
    TestSite::new()
        .put("zola.toml", SETTINGS)
        .put("kinds/voorbeeld.toml", KIND)
        .put("templates/page.html", format!("{{% set r = get_reactions(path=page.relative_path) %}}{SHOWS}"))
        .put("templates/section.html", format!("{{% set r = get_reactions(path=section.path | trim_start_matches(pat='/') ~ '_index.md') %}}{SHOWS}"))
        .put("templates/index.html", all)
        .put("content/_index.md", "+++\ntitle = \"Thuis\"\n+++\n")
        .put("content/over.md", "+++\ntitle = \"Over\"\n+++\n")
        .put("content/voorbeelden/_index.md", "+++\ntitle = \"Voorbeelden\"\n+++\n")
        .put("content/voorbeelden/een.md", "+++\ntitle = \"Eén & meer\"\n[extra]\ngemeente = \"Linder Meer\"\n+++\nTekst.\n")
        .put("content/voorbeelden/twee.md", "+++\ntitle = \"Twee\"\n+++\nTekst.\n")
        .put("content/prikbord/_index.md", "+++\ntitle = \"Prikbord\"\n[extra]\nreacties = [\"bericht\"]\n+++\n")
        .put("reacties.ndjson", file(&[]))
}

/// A site with these reactions.
fn with(lines: &[Line]) -> TestSite {
    site().put("reacties.ndjson", file(lines))
}

fn text(site: &TestSite, path: &str) -> String {
    let outputs = site.outputs();
    let found = outputs.get(path).unwrap_or_else(|| panic!("no {path} among {:?}", outputs.keys()));
    String::from_utf8(found.clone()).expect("text")
}
