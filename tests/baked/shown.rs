//! What templates, feeds, the search index and the endpoint's list of pages are given.

use praktijk_search::native::Whole;
use praktijk_search::query::Request;

use super::lines::{answer, file, id, notice, question};
use super::{SETTINGS, site, text, with};
use crate::support::TestSite;

#[test]
fn a_page_shows_its_threads_oldest_first_and_the_chosen_answer_on_top() {
    let site = with(&[
        question(4)
            .set("kind", "ervaring")
            .set("title", "Zo <ging> het")
            .set("edited", "2026-11-07T23:30:00Z"),
        question(2).set("about", "Gemeente X"),
        answer(5, 2),
        answer(6, 2).set("chosen", true).set("author", "Cas"),
        question(3).on("voorbeelden/twee"),
    ])
    .build();
    assert_eq!(
        text(&site, "voorbeelden/een/index.html"),
        format!(
            "voorbeelden/een 4 vraag+ervaring linder-meer 2026-11-06T09:00:00Z\n\
             <article id=\"reactie-{a}\" title=\"Ada\">vraag <bdi>Ada</bdi> <bdi>Gemeente X</bdi> 2026-11-02 https://example.org/voorbeelden/een/#reactie-{a}<p>Tekst 2</p>\
             <i id=\"reactie-{d}\">* Cas<p>Tekst 6</p></i><i id=\"reactie-{c}\">Bo<p>Tekst 5</p></i></article>\n\
             <article id=\"reactie-{b}\" title=\"Zo &lt;ging&gt; het\">ervaring <bdi>Ada</bdi> <bdi></bdi> 2026-11-04 (2026-11-08) https://example.org/voorbeelden/een/#reactie-{b}<p>Tekst 4</p></article>\n",
            a = id(2),
            b = id(4),
            c = id(5),
            d = id(6)
        )
    );
    assert_eq!(text(&site, "over/index.html"), "geen");
    assert_eq!(
        text(&site, "index.html"),
        format!(
            "Eén &amp; meer < Zo &lt;ging&gt; het (0) https://example.org/voorbeelden/een/#reactie-{}\n\
             Twee < Ada (0) https://example.org/voorbeelden/twee/#reactie-{}\n\
             Eén &amp; meer < Ada (2) https://example.org/voorbeelden/een/#reactie-{}\n",
            id(4),
            id(3),
            id(2)
        )
    );
}

#[test]
fn the_board_has_the_newest_on_top_and_what_is_over_at_the_end() {
    // The clock of these tests stands in 1970.
    let site = with(&[
        notice(1, "1970-01-01"),
        notice(2, "1969-12-31"),
        notice(3, "2026-12-31"),
        notice(4, "1969-12-30"),
    ])
    .build();
    let board = text(&site, "prikbord/index.html");
    let order: Vec<&str> = board.lines().skip(1).filter_map(|line| line.split('"').nth(1)).collect();
    assert_eq!(order, [3, 1, 4, 2].map(|number| format!("reactie-{}", id(number))));
    assert_eq!(board.matches(" over ").count(), 2, "{board}");
    assert!(board.starts_with("prikbord 2 bericht"), "{board}");
    assert!(!text(&site, "index.html").contains(&id(2)), "a list of the newest leaves out what is over");
    assert!(!text(&site, "prikbord/reacties.xml").contains(&id(4)));
}

#[test]
fn a_notice_is_over_the_day_after_its_last_day() {
    let minute = 60_000_000_000;
    let site = with(&[notice(1, "1970-01-01")]).build();
    assert!(!text(&site, "prikbord/index.html").contains(" over "));
    // The clock of these tests begins at one. The day ends when it ends in the Netherlands, an hour before that of London.
    site.pass((22 * 60 - 1) * minute);
    let site = site.build();
    assert!(!text(&site, "prikbord/index.html").contains(" over "));
    site.pass(minute);
    let site = site.build();
    assert!(text(&site, "prikbord/index.html").contains(" over "));
    assert_eq!(site.outputs(), site.cold_outputs());
}

#[test]
fn the_list_of_pages_says_what_the_endpoint_must_know() {
    let site = with(&[]).build();
    let list: serde_json::Value = serde_json::from_str(&text(&site, "reacties/paginas.json")).expect("JSON");
    assert_eq!(
        list,
        serde_json::json!({
            "version": 1,
            "scope": "gemeente",
            "scopes": [{ "slug": "linder-meer", "label": "Linder Meer" }],
            "pages": [
                { "id": "prikbord", "title": "Prikbord", "url": "/prikbord/", "kinds": ["bericht"], "scopes": [], "lang": "nl" },
                { "id": "voorbeelden/een", "title": "Eén & meer", "url": "/voorbeelden/een/", "kinds": ["vraag", "ervaring"], "scopes": ["linder-meer"], "lang": "nl" },
                { "id": "voorbeelden/twee", "title": "Twee", "url": "/voorbeelden/twee/", "kinds": ["vraag", "ervaring"], "scopes": [], "lang": "nl" },
            ],
        })
    );
    assert!(!text(&site, "sitemap.xml").contains("/reacties/"));
}

#[test]
fn a_site_that_stands_below_a_path_says_so() {
    let site =
        with(&[question(1)]).put("zola.toml", SETTINGS.replace("example.org", "example.org/onder")).build();
    assert!(text(&site, "reacties/paginas.json").contains("\"url\":\"/onder/voorbeelden/een/\""));
    let feed = text(&site, "reacties/atom.xml");
    assert!(feed.contains("href=\"https://example.org/onder/reacties/atom.xml\""), "{feed}");
    assert!(
        feed.contains(&format!("<id>https://example.org/onder/voorbeelden/een/#reactie-{}</id>", id(1))),
        "{feed}"
    );
}

#[test]
fn feeds_are_there_for_pages_with_reactions_and_for_all() {
    let site =
        with(&[question(1), answer(2, 1), question(3).on("voorbeelden/twee").set("title", "Titel")]).build();
    let feed = text(&site, "voorbeelden/een/reacties.xml");
    assert!(feed.contains("<title>Reacties op Eén &amp; meer</title>"), "{feed}");
    assert!(feed.contains("href=\"https://example.org/voorbeelden/een/reacties.xml\""), "{feed}");
    assert!(
        feed.contains("<title>Antwoord van Bo</title>") && feed.contains("&lt;p&gt;Tekst 2&lt;/p&gt;"),
        "{feed}"
    );
    assert!(feed.find(&id(2)) < feed.find(&id(1)), "the newest first: {feed}");
    assert!(!feed.contains(&id(3)));
    let all = text(&site, "reacties/atom.xml");
    assert!(
        all.contains("<title>Reacties – Proef</title>") && all.contains("<title>Titel – Twee</title>"),
        "{all}"
    );
    assert_eq!(all.matches("<entry>").count(), 3);
    assert!(!site.outputs().contains_key("prikbord/reacties.xml"));
}

#[test]
fn search_finds_each_as_a_part_of_its_page() {
    let site = with(&[
        question(1).set("html", "<p>Hoe doe je dit met een <em>regenboogkaart</em>?</p><p>Groet</p>"),
        question(2).set("title", "Over het zonnescherm"),
        notice(3, "1969-12-31").set("html", "<p>sneeuwschuiver</p>"),
    ])
    .build();
    let found = |query: &str| {
        let outputs = site.outputs();
        let files: std::collections::BTreeMap<String, Vec<u8>> = outputs
            .iter()
            .filter_map(|(path, bytes)| Some((path.strip_prefix("zoekindex/")?.to_owned(), bytes.clone())))
            .collect();
        let manifest =
            files.keys().find(|name| name.starts_with("nl-") && name.ends_with(".bin")).expect("one").clone();
        let mut whole = Whole::of_files(&manifest, files).expect("an index");
        let found =
            whole.search(&Request { query: query.to_owned(), ..Request::default() }).expect("an answer");
        serde_json::to_string(&found.rows).expect("JSON")
    };
    let rows = found("regenboogkaart");
    assert!(rows.contains(&format!("reactie-{}", id(1))) && rows.contains("Vraag"), "{rows}");
    assert!(rows.contains("Hoe doe je dit met een regenboogkaart?"), "{rows}");
    assert!(found("zonnescherm").contains("Over het zonnescherm"));
    assert_eq!(found("sneeuwschuiver"), "[]", "what is over is not found");
}

#[test]
fn a_page_that_moves_takes_its_thread_along() {
    let moved =
        "+++\ntitle = \"Elders\"\nslug = \"anders\"\n[extra]\nreactie_id = \"voorbeelden/een\"\n+++\n";
    let site = with(&[question(1)]).build();
    let site = site.remove("content/voorbeelden/een.md").put("content/voorbeelden/diep/x.md", moved).build();
    let page = text(&site, "voorbeelden/diep/anders/index.html");
    assert!(
        page.contains(&id(1)) && page.contains("https://example.org/voorbeelden/diep/anders/#reactie-"),
        "{page}"
    );
    assert!(site.outputs().contains_key("voorbeelden/diep/anders/reacties.xml"));
    let site = site.expect_none("voorbeelden/een/reacties.xml");
    assert_eq!(site.outputs(), site.cold_outputs());
}

#[test]
fn translations_share_a_thread_and_the_feed_of_all_has_it_once() {
    let site = with(&[question(1)])
        .put("zola.toml", SETTINGS.replace("[search]", "[languages.en]\n[search]"))
        .put("content/_index.en.md", "+++\n+++\n")
        .put("content/voorbeelden/een.en.md", "+++\ntitle = \"One\"\n+++\n")
        .build();
    assert!(text(&site, "voorbeelden/een/index.html").contains(&id(1)));
    assert!(text(&site, "en/voorbeelden/een/index.html").contains(&id(1)));
    assert!(text(&site, "en/voorbeelden/een/reacties.xml").contains("<title>Reactions to One</title>"));
    let all = text(&site, "reacties/atom.xml");
    assert_eq!(all.matches("<entry>").count(), 1, "{all}");
    assert!(all.contains("https://example.org/voorbeelden/een/#"), "{all}");
    let list = text(&site, "reacties/paginas.json");
    assert_eq!(list.matches("\"id\":\"voorbeelden/een\"").count(), 2, "{list}");
    // The endpoint has one page for a thread, and takes the first: that in the language of the site.
    assert!(list.find("/voorbeelden/een/") < list.find("/en/voorbeelden/een/"), "{list}");
    assert!(text(&site, "en/index.html").starts_with("One < Ada"), "{}", text(&site, "en/index.html"));
}

#[test]
fn the_order_of_lines_changes_no_byte() {
    let lines =
        [question(1), answer(2, 1), question(3), notice(4, "2026-12-31"), question(5).on("voorbeelden/twee")];
    let expected = with(&lines).build().outputs();
    for turn in 1..5 {
        let mut turned = lines.to_vec();
        turned.rotate_left(turn);
        assert_eq!(with(&turned).build().outputs(), expected);
        turned.reverse();
        assert_eq!(with(&turned).build().outputs(), expected);
    }
}

#[test]
fn a_site_without_a_table_is_as_it_was() {
    let plain = |more: &str| {
        TestSite::new()
            .put("zola.toml", format!("base_url = \"https://example.org\"\n{more}"))
            .put(
                "templates/page.html",
                "{{ get_reactions(path=page.relative_path) is none }} {{ get_reactions() is none }}",
            )
            .put("content/a.md", "+++\n[extra]\nreacties = \"wat dan ook\"\nreactie_id = 5\n+++\n")
            .put("reacties.ndjson", "geen ndjson")
            .build()
    };
    let site = plain("");
    assert_eq!(text(&site, "a/index.html"), "true true");
    assert!(!site.outputs().keys().any(|path| path.contains("reacties")), "{:?}", site.outputs().keys());
    assert_eq!(plain("[extra.praktijk]\nreactions = false\n").outputs(), site.outputs());
}

#[test]
fn the_other_dialect_asks_the_same() {
    let site = with(&[question(1)])
        .put("zola.toml", SETTINGS.replace("[extra.praktijk.reactions]", "[extra.praktijk]\ndialect = \"0.22\"\n[extra.praktijk.reactions]"))
        .put("templates/page.html", "{% set r = get_reactions(path=page.relative_path) %}{% if r %}{{ r.id | safe }} {{ r.count }}{% for t in r.threads %} {{ t.author }} {{ t.html | safe }}{% endfor %}{% else %}geen{% endif %}")
        .put("templates/section.html", "{% set r = get_reactions(path=\"prikbord/_index.md\") %}{{ r.count }}")
        .put("templates/index.html", "{% set all = get_reactions() %}{{ all | length }}")
        .build();
    assert_eq!(text(&site, "voorbeelden/een/index.html"), "voorbeelden/een 1 Ada <p>Tekst 1</p>");
    assert_eq!(
        (text(&site, "over/index.html"), text(&site, "index.html")),
        ("geen".to_owned(), "1".to_owned())
    );
}

#[test]
fn texts_cannot_ask() {
    let told = site().put("content/over.md", "+++\n+++\n{{ get_reactions() | length }}\n").faults();
    assert!(told.iter().any(|told| told.contains("call `get_reactions` in a template")), "{told:?}");
}

#[test]
fn faults_are_told_with_their_place() {
    let told = site().put("reacties.ndjson", format!("{}stuk\n", file(&[question(1)]))).build_with_faults();
    let place = told[0].place.as_ref().expect("a place");
    assert_eq!((told[0].code, place.file.as_str()), ("reactions/line", "reacties.ndjson"));
    assert!(place.span.is_some());
    let told = site().remove("reacties.ndjson").build_with_faults();
    assert!(told[0].hints[0].contains("--reactions none"), "{told:?}");
    let twice = "+++\ntitle = \"x\"\n[extra]\nreactie_id = \"voorbeelden/een\"\n+++\n";
    let told = site().put("content/voorbeelden/zes.md", twice).build_with_faults();
    assert_eq!(told[0].code, "reactions/id-twice");
    let place = told[0].place.clone().expect("a place");
    assert_eq!(place.span.map(|at| &twice[at]), Some("\"voorbeelden/een\""), "{told:?}");
    let wrong = "+++\ntitle = \"x\"\n[extra]\nreacties = [\"vragen\"]\n+++\n";
    let told = site().put("content/voorbeelden/zes.md", wrong).build_with_faults();
    assert_eq!(told[0].place.clone().and_then(|place| place.span).map(|at| &wrong[at]), Some("[\"vragen\"]"));
}

#[test]
fn what_is_shown_nowhere_is_told_once_a_page() {
    let lines = [
        question(1).on("weg"),
        question(2).on("weg"),
        question(3).on("over"),
        question(4).on("voorbeelden/twee"),
    ];
    let site = with(&lines)
        .put("content/voorbeelden/twee.md", "+++\ntitle = \"Twee\"\n[extra]\nreacties = false\n+++\n")
        .build();
    let told = &site.outcome().diagnostics;
    let said: Vec<&str> = told.iter().map(|told| told.message.as_str()).collect();
    assert_eq!(
        said,
        [
            "2 reactions are shown nowhere: there is no page with the id `weg`.",
            "A reaction is shown nowhere: content/over.md takes no reactions."
        ],
        "a page that closed its thread is no fault"
    );
    assert!(told[0].hints[0].contains("`praktijk reactions remap weg NEW`"), "{told:?}");
    let text = file(&lines);
    let at = told[0].place.clone().and_then(|place| place.span).expect("a line");
    assert!(text[at].contains(&id(1)));
    // What is told once is told by the next build too, though nothing changed.
    let site = site.build();
    assert_eq!(site.outcome().diagnostics.len(), 2);
}

#[test]
fn a_facet_that_no_kind_has_limits_nobody() {
    let site = site().put("zola.toml", SETTINGS.replace("\"gemeente\"", "\"gemeentes\"")).build();
    let told = &site.outcome().diagnostics[0];
    assert!(told.message.contains("`gemeentes`") && told.hints == ["Did you mean `gemeente`?"], "{told:?}");
}
