//! The rules for content, on a small site in which every fault is marked where it stands. The check must say each of them, at
//! its line, and nothing else.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Output;

use crate::support;

/// A complaint: file, line (0 for a whole file), code.
type Told = (String, usize, String);

fn site() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let from = support::repository().join("tests/regels");
    for file in walkdir::WalkDir::new(&from).into_iter().flatten().filter(|file| file.file_type().is_file()) {
        let to = folder.path().join(file.path().strip_prefix(&from).expect("inside"));
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("made");
        std::fs::copy(file.path(), to).expect("copied");
    }
    folder
}

fn check(folder: &Path, words: &[&str]) -> Output {
    let all = ["check", "--skip-external-links"].iter().chain(words);
    support::praktijk(folder).args(all).output().expect("runs")
}

fn told(folder: &Path, words: &[&str]) -> BTreeSet<Told> {
    let output = check(folder, &[words, &["--format", "json"]].concat());
    let lines = String::from_utf8(output.stdout).expect("text");
    let one = |line: &str| {
        let value: serde_json::Value = serde_json::from_str(line).expect("JSON");
        let file = value["file"].as_str().unwrap_or_default().to_owned();
        (
            file,
            value["line"].as_u64().unwrap_or_default() as usize,
            value["code"].as_str().expect("a code").to_owned(),
        )
    };
    lines.lines().map(one).collect()
}

/// What is marked in the files of a folder.
fn marked(folder: &Path) -> BTreeSet<Told> {
    let mut marked = BTreeSet::new();
    for file in walkdir::WalkDir::new(folder).into_iter().flatten().filter(|file| file.file_type().is_file())
    {
        let Ok(text) = std::fs::read_to_string(file.path()) else { continue };
        let name =
            file.path().strip_prefix(folder).expect("inside").to_str().expect("text").replace('\\', "/");
        for (at, line) in text.lines().enumerate() {
            let Some((before, mark)) = line.split_once("fout") else { continue };
            let Some((place, code)) = mark.split_once(": ").filter(|(_, code)| code.contains('/')) else {
                continue;
            };
            let code = code.trim_end_matches("-->").trim();
            let alone = before.trim().trim_start_matches("<!--").trim_start_matches('#').trim().is_empty();
            let line = match (place, alone) {
                (" hierboven", _) => (1..=at)
                    .rev()
                    .find(|at| !text.lines().nth(at - 1).unwrap_or("").is_empty())
                    .expect("a line"),
                (" in dit bestand", _) => 0,
                ("", true) if at + 1 < text.lines().count() => at + 2,
                _ => at + 1,
            };
            // The settings' file opens with words about marks.
            if !code.contains('…') {
                marked.insert((name.clone(), line, code.to_owned()));
            }
        }
    }
    marked
}

#[test]
fn every_fault_is_told_at_its_line_and_nothing_else() {
    let folder = site();
    let (marked, told) = (marked(folder.path()), told(folder.path(), &[]));
    let missed: Vec<_> = marked.difference(&told).collect();
    let wrong: Vec<_> = told.difference(&marked).collect();
    assert!(missed.is_empty() && wrong.is_empty(), "not told: {missed:#?}\ntold, but no fault: {wrong:#?}");
    let pages: BTreeSet<_> =
        marked.iter().filter(|(file, ..)| file.ends_with(".md")).map(|(file, ..)| file).collect();
    assert!(pages.len() >= 40, "{}", pages.len());
}

#[test]
fn every_rule_has_a_fault_in_the_site() {
    let marked = marked(&support::repository().join("tests/regels"));
    let codes: BTreeSet<&str> = marked.iter().map(|(_, _, code)| code.as_str()).collect();
    let rules = praktijk::check::rules::table::RULES.iter().map(|rule| rule.code);
    let without: Vec<_> = rules.filter(|code| !codes.contains(code)).collect();
    assert!(without.is_empty(), "{without:?}");
}

#[test]
fn the_handbook_has_a_place_for_every_rule() {
    let page = support::repository().join("content/handboek/controle-regels.md");
    let text = std::fs::read_to_string(page).expect("the page of the rules");
    let anchors: BTreeSet<&str> =
        text.split("{#").skip(1).filter_map(|rest| rest.split('}').next()).collect();
    let rules: BTreeSet<&str> = praktijk::check::rules::table::RULES.iter().map(|rule| rule.name()).collect();
    assert_eq!(rules.difference(&anchors).collect::<Vec<_>>(), Vec::<&&str>::new(), "rules without a place");
}

#[test]
fn complaints_are_in_dutch_with_a_way_out() {
    let folder = site();
    let output = check(folder.path(), &[]);
    assert_eq!(output.status.code(), Some(1));
    let said = support::said(&output);
    for words in [
        "Het veld ‘smaak’ (Smaak) ontbreekt.",
        "Bedoelt u ‘minuten’?",
        "Hulp: ",
        "Bestand content/recepten/04-tikfout.md, regel 7, kolommen 1 tot en met 6",
    ] {
        assert!(said.contains(words), "{words}\n{said}");
    }
}

#[test]
fn forges_are_told_in_their_own_form() {
    let folder = site();
    let output = check(folder.path(), &["--format", "github"]);
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(said.contains("::warning file=content/stukken/21-niveau.md,line=10,"), "{said}");
    let output = check(folder.path(), &["--format", "gitlab"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert!(report.as_array().is_some_and(|list| list.len() > 40), "{report}");
}

#[test]
fn known_complaints_are_passed_over_and_new_ones_are_not() {
    let folder = site();
    let file = folder.path().join("bekend.jsonl");
    let name = file.to_str().expect("text");
    let written = check(folder.path(), &["--write-baseline", name]);
    assert!(
        support::said(&written).contains("bekende meldingen opgeschreven"),
        "{}",
        support::said(&written)
    );
    assert_eq!(told(folder.path(), &["--baseline", name]), BTreeSet::new());
    let page = folder.path().join("content/stukken/21-niveau.md");
    let text = std::fs::read_to_string(&page)
        .expect("there")
        .replace("## Eerst", "Regel.\n\n## Eerst\n\n[hier](@/_index.md)");
    std::fs::write(&page, text).expect("written");
    let left = told(folder.path(), &["--baseline", name]);
    let codes: Vec<&str> = left.iter().map(|(_, _, code)| code.as_str()).collect();
    assert_eq!(codes, ["regel/linktekst"], "{left:?}");
    std::fs::write(&file, "geen lijst").expect("written");
    assert_eq!(check(folder.path(), &["--baseline", name]).status.code(), Some(2));
}

#[test]
fn levels_are_the_sites_own() {
    let folder = site();
    let settings = folder.path().join("zola.toml");
    let text = std::fs::read_to_string(&settings).expect("there");
    std::fs::write(&settings, text + "zin-lang = \"fout\"\nsectie-leeg = \"uit\"\nzin_woorden = 3\n")
        .expect("written");
    let output = check(folder.path(), &["--format", "json"]);
    let lines = String::from_utf8(output.stdout).expect("text");
    assert!(!lines.contains("regel/sectie-leeg"));
    let long: Vec<&str> = lines.lines().filter(|line| line.contains("regel/zin-lang")).collect();
    assert!(long.len() > 10 && long.iter().all(|line| line.contains("\"severity\":\"error\"")), "{long:?}");
}

#[test]
fn a_rule_can_be_explained() {
    let folder = site();
    let output = check(folder.path(), &["--explain", "regel/sectie-leeg"]);
    let said = String::from_utf8(output.stdout).expect("text");
    assert!(said.starts_with("regel/sectie-leeg (waarschuwing)\n\nOnder elke kop staat tekst.\n"), "{said}");
    let output = check(folder.path(), &["--explain", "sectie-leg"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(support::said(&output).contains("Did you mean `sectie-leeg`?"));
}

#[test]
fn a_site_without_kinds_has_no_rules() {
    let folder = tempfile::tempdir().expect("a folder");
    support::write_all(
        folder.path(),
        &[
            ("zola.toml", "base_url = \"https://example.org\"\n"),
            ("content/_index.md", "+++\n+++\n# A\n\n[here](https://example.org) 06-12345678\n"),
            ("templates/index.html", "{{ section.content | safe }}"),
        ],
    );
    assert_eq!(told(folder.path(), &[]), BTreeSet::new());
}

#[test]
fn a_new_page_is_a_draft_that_check_says_how_to_fill() {
    let folder = site();
    let new = |words: &[&str]| support::praktijk(folder.path()).args(words).output().expect("runs");
    let output = new(&["new", "recept", "Soep van \"gisteren\""]);
    assert_eq!(output.status.code(), Some(0), "{}", support::said(&output));
    let name = "content/recepten/soep-van-gisteren.md";
    assert_eq!(String::from_utf8(output.stdout).expect("text"), format!("{name}\n"));
    let ours = |words: &[&str]| -> Vec<String> {
        told(folder.path(), words)
            .into_iter()
            .filter(|(file, ..)| file == name)
            .map(|(_, _, code)| code)
            .collect()
    };
    assert_eq!(ours(&[]), Vec::<String>::new());
    assert_eq!(
        ours(&["--drafts"]),
        [
            "regel/veld-advies",
            "regel/veld-ontbreekt",
            "regel/veld-ontbreekt",
            "regel/sectie-leeg",
            "regel/sectie-leeg",
            "regel/sectie-leeg",
            "regel/sectie-leeg"
        ]
    );
    let again = new(&["new", "recept", "Soep van gisteren"]);
    assert_eq!(again.status.code(), Some(2), "{}", support::said(&again));
    let unknown = new(&["new", "recep", "Soep"]);
    assert!(support::said(&unknown).contains("Did you mean `recept`?"), "{}", support::said(&unknown));
}

#[test]
fn schemas_take_good_front_matter_and_refuse_bad() {
    let folder = site();
    let output = support::praktijk(folder.path())
        .args(["schema", "--out", "schemas"])
        .current_dir(folder.path())
        .output();
    assert_eq!(output.expect("runs").status.code(), Some(0));
    let text = std::fs::read_to_string(folder.path().join("schemas/recept.json")).expect("written");
    let schema: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let front = |name: &str| -> serde_json::Value {
        let text = std::fs::read_to_string(folder.path().join("content/recepten").join(name)).expect("there");
        let matter = text.split("+++").nth(1).expect("front matter");
        let table: toml::Table = toml::from_str(matter).expect("TOML");
        as_json(&toml::Value::Table(table))
    };
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    let Some(good) = verdicts(folder.path(), &schema, &[front("appelmoes.md")]) else {
        eprintln!("left out: there is no python3 with jsonschema");
        return;
    };
    assert_eq!(good, [true]);
    let bad = [
        "01-zonder-smaak.md",
        "02-leeg-veld.md",
        "04-tikfout.md",
        "05-verkeerde-plek.md",
        "06-onbekend-in-tabel.md",
        "07-geen-getal.md",
        "08-geen-keuze.md",
        "09-geen-dag.md",
        "10-geen-lijst.md",
    ];
    let found = verdicts(folder.path(), &schema, &bad.map(front)).expect("as before");
    let taken: Vec<&str> =
        bad.into_iter().zip(found).filter(|(_, good)| *good).map(|(name, _)| name).collect();
    assert_eq!(taken, Vec::<&str>::new());
}

/// What a validator of another house makes of values: Python's `jsonschema`. None where there is none.
fn verdicts(folder: &Path, schema: &serde_json::Value, values: &[serde_json::Value]) -> Option<Vec<bool>> {
    const SCRIPT: &str = "import json, sys\nfrom jsonschema import Draft202012Validator as V\nschema, values = json.load(open('ask.json'))\nV.check_schema(schema)\nprint(json.dumps([V(schema).is_valid(value) for value in values]))";
    let there = std::process::Command::new("python3").args(["-c", "import jsonschema"]).output().ok()?;
    if !there.status.success() {
        return None;
    }
    let ask = serde_json::to_string(&(schema, values)).expect("JSON");
    std::fs::write(folder.join("ask.json"), ask).expect("written");
    let output = std::process::Command::new("python3")
        .args(["-c", SCRIPT])
        .current_dir(folder)
        .output()
        .expect("runs");
    assert!(output.status.success(), "{}", support::said(&output));
    Some(serde_json::from_slice(&output.stdout).expect("a list"))
}

/// TOML as editors hand it to a schema: dates are text.
fn as_json(value: &toml::Value) -> serde_json::Value {
    match value {
        toml::Value::Datetime(date) => serde_json::Value::String(date.to_string()),
        toml::Value::Array(items) => items.iter().map(as_json).collect(),
        toml::Value::Table(table) => table.iter().map(|(key, value)| (key.clone(), as_json(value))).collect(),
        other => serde_json::to_value(other).expect("plain"),
    }
}
