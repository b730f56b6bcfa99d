//! Which jobs a reaction asks for when it comes or goes: in memory as under `serve`, and through the ledger on disk.

use std::path::Path;
use std::sync::Arc;

use praktijk::base::SourcePath;
use praktijk::engine::{Engine, Options, Outcome, Target};
use praktijk::model::reaction::Source;
use praktijk::source::Disk;

use super::lines::{Line, answer, file, id, notice, question};
use super::{site, text, with};
use crate::support::tree;

const INDEX: &str = "search index of pages and parts (nl)";

/// What is done for one more reaction on `voorbeelden/een`.
const OF_ONE: [&str; 5] = [
    "feed of reactions",
    "feed of reactions voorbeelden/een.md",
    "page voorbeelden/een.md",
    INDEX,
    // It lists the newest of all pages.
    "section _index.md",
];

#[test]
fn one_more_on_a_page_that_has_some() {
    let site = with(&[question(1), question(2).on("voorbeelden/twee")]).build();
    let site = site
        .put("reacties.ndjson", file(&[question(1), question(2).on("voorbeelden/twee"), question(3)]))
        .build();
    let site = site.expect_done(&OF_ONE);
    assert_eq!(site.outputs(), site.cold_outputs());
    site.build().expect_done(&[]);
}

#[test]
fn the_first_on_a_page() {
    let site = with(&[]).build().put("reacties.ndjson", file(&[question(1)])).build();
    let site = site.expect_done(&OF_ONE);
    assert_eq!(site.outputs(), site.cold_outputs());
}

#[test]
fn another_order_or_number_of_revisions_asks_for_nothing() {
    let (a, b) = (question(1), question(2));
    let site = with(&[a.clone(), b.clone()]).build();
    site.put("reacties.ndjson", file(&[b, a]).replace("\"revision\":7", "\"revision\":8"))
        .build()
        .expect_done(&[]);
}

#[test]
fn one_that_goes_goes_everywhere() {
    let lines = [question(1), answer(2, 1), question(3).on("voorbeelden/twee")];
    let site = with(&lines).build().put("reacties.ndjson", file(&lines[2..])).build();
    for (path, bytes) in site.outputs() {
        let found = bytes.windows(26).any(|part| [id(1), id(2)].iter().any(|id| part == id.as_bytes()));
        assert!(!found, "{path}");
    }
    let site = site.expect_none("voorbeelden/een/reacties.xml");
    assert!(text(&site, "voorbeelden/twee/index.html").contains(&id(3)));
    assert_eq!(site.outputs(), site.cold_outputs());
}

#[test]
fn an_edit_of_a_text_leaves_reactions_alone() {
    let site = with(&[question(1)]).build();
    let other = "+++\ntitle = \"Eén & meer\"\n[extra]\ngemeente = \"Linder Meer\"\n+++\nAnders.\n";
    let site = site.put("content/voorbeelden/een.md", other).build();
    let names = site.outcome().report.names();
    assert!(!names.iter().any(|name| name.contains("reactions")), "{names:?}");
}

#[test]
fn a_page_that_closes_its_thread_is_out_of_every_list() {
    let site = with(&[question(1), question(2).on("voorbeelden/twee")]).build();
    let closed = "+++\ntitle = \"Twee\"\n[extra]\nreacties = false\n+++\nTekst.\n";
    let site = site.put("content/voorbeelden/twee.md", closed).build();
    assert_eq!(text(&site, "voorbeelden/twee/index.html"), "geen");
    assert!(!text(&site, "reacties/paginas.json").contains("voorbeelden/twee"));
    assert!(!text(&site, "index.html").contains(&id(2)));
    assert!(!text(&site, "reacties/atom.xml").contains(&id(2)));
    assert_eq!(site.outputs(), site.cold_outputs());
}

#[test]
fn histories_by_chance_give_what_a_build_from_nothing_gives() {
    let mut state = 7_u64;
    let mut chance = |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let mut site = site().build();
    for round in 0..25 {
        let mut lines: Vec<Line> = Vec::new();
        for number in 1..8 {
            match chance(5) {
                0 => {}
                1 => lines.push(question(number).on("voorbeelden/twee")),
                2 => lines.push(notice(number, if chance(2) == 0 { "1969-12-31" } else { "2027-01-01" })),
                3 => lines.push(question(number).set("title", format!("Ronde {round}"))),
                _ => lines.push(question(number)),
            }
        }
        let begun: Vec<String> = lines.iter().map(|line| line.0["id"].to_string()).collect();
        if begun.contains(&format!("\"{}\"", id(1))) {
            lines.push(
                answer(9, 1).on(lines[0].0["page"].as_str().expect("a page")).set("chosen", chance(2) == 0),
            );
        }
        let turn = chance(lines.len().max(1) as u64) as usize;
        lines.rotate_left(turn);
        site = site.put("reacties.ndjson", file(&lines));
        if chance(3) == 0 {
            site = site
                .put("content/voorbeelden/twee.md", format!("+++\ntitle = \"Twee\"\n+++\nRonde {round}.\n"));
        }
        site = site.build();
        assert_eq!(site.outputs(), site.cold_outputs(), "round {round}");
    }
}

/// The same site on disk.
fn on_disk(lines: &[Line]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    site().save(folder.path());
    write(folder.path(), lines);
    folder
}

fn write(folder: &Path, lines: &[Line]) {
    std::fs::write(folder.join("reacties.ndjson"), file(lines)).expect("written");
}

fn build_with(folder: &Path, options: Options) -> Outcome {
    let target = Target::Folder { root: folder.to_owned(), output: None };
    let mut engine =
        Engine::new(Arc::new(Disk::new(folder)), options, target).with_cache(folder.join(".praktijk"));
    let outcome = engine.build(None).expect("the machine works");
    assert!(outcome.is_ok(), "{:#?}", outcome.diagnostics);
    outcome
}

#[test]
fn the_ledger_on_disk_knows_what_a_reaction_touches_and_forgets_what_went() {
    let folder = on_disk(&[question(1), question(2).on("voorbeelden/twee")]);
    build_with(folder.path(), Options::default());
    write(folder.path(), &[question(2).on("voorbeelden/twee")]);
    let done = build_with(folder.path(), Options::default());
    assert_eq!(
        done.report.names(),
        ["feed of reactions", "page voorbeelden/een.md", INDEX, "section _index.md"]
    );
    for (path, bytes) in tree(folder.path()) {
        let found = bytes.windows(26).any(|part| part == id(1).as_bytes());
        assert!(!found, "{path} still holds what was withdrawn");
    }
    assert!(build_with(folder.path(), Options::default()).report.names().is_empty());
}

#[test]
fn serve_is_told_of_the_file_and_takes_it_up() {
    let folder = on_disk(&[question(1)]);
    let mut engine = Engine::new(Arc::new(Disk::new(folder.path())), Options::default(), Target::Memory);
    assert!(engine.build(None).expect("the machine works").is_ok());
    let path = SourcePath::new("reacties.ndjson");
    assert!(engine.asked_elsewhere().contains(&path), "serve watches it");
    write(folder.path(), &[question(1), question(3)]);
    let outcome = engine.build(Some(std::slice::from_ref(&path))).expect("the machine works");
    assert_eq!(
        outcome.report.names(),
        [
            "feed of reactions",
            "feed of reactions voorbeelden/een.md",
            "page voorbeelden/een.md",
            INDEX,
            "section _index.md"
        ]
    );
    // A fault leaves the site as it is, and mending it goes on from there.
    std::fs::write(folder.path().join("reacties.ndjson"), "stuk").expect("written");
    assert!(!engine.build(Some(std::slice::from_ref(&path))).expect("the machine works").is_ok());
    write(folder.path(), &[question(1)]);
    assert!(engine.build(Some(&[path])).expect("the machine works").is_ok());
    let mut cold = Engine::new(Arc::new(Disk::new(folder.path())), Options::default(), Target::Memory);
    cold.build(None).expect("the machine works");
    assert_eq!(
        crate::support::outputs(&engine, &Disk::new(folder.path())),
        crate::support::outputs(&cold, &Disk::new(folder.path()))
    );
}

#[test]
fn who_says_none_gets_none() {
    let folder = on_disk(&[question(1)]);
    build_with(folder.path(), Options::default());
    build_with(folder.path(), Options { reactions: Some(Source::Nothing), ..Options::default() });
    let outputs = tree(&folder.path().join("public"));
    assert!(!outputs.values().any(|bytes| bytes.windows(26).any(|part| part == id(1).as_bytes())));
    assert!(outputs.contains_key("reacties/paginas.json"), "the endpoint still knows the pages");
}
