//! Kinds of content as a site declares them: a kitchen in `tests/recipes`, whose kinds the program never heard of.

use std::path::Path;

use crate::support::TestSite;

/// The kitchen, in memory, where the clock begins in 1970.
fn kitchen() -> TestSite {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/recipes");
    let mut site = TestSite::new().remove("templates/index.html");
    for entry in walkdir::WalkDir::new(&root).sort_by_file_name() {
        let entry = entry.expect("readable");
        if entry.file_type().is_file() {
            let path = entry.path().strip_prefix(&root).expect("below").to_string_lossy().replace('\\', "/");
            site = site.put(&path, std::fs::read(entry.path()).expect("readable"));
        }
    }
    site
}

fn text(site: &TestSite, path: &str) -> String {
    String::from_utf8(site.outputs().remove(path).unwrap_or_else(|| panic!("no {path}"))).expect("text")
}

#[test]
fn items_units_and_kinds_are_there_for_every_template() {
    let site = kitchen().build();
    assert_eq!(
        text(&site, "index.html"),
        "cook:2 recipe:3 word:1 \n\
         Beans < https://kitchen.example/recipes/stew/#ingredient-1 < Stew\n\
         Leeks. Two of them. < https://kitchen.example/recipes/soup/#ingredient-1 < Soup\n\
         Salt < https://kitchen.example/recipes/soup/#ingredient-2 < Soup\n\n",
        "what has expired has no units in a list of the whole site"
    );
}

#[test]
fn relations_lead_both_ways_and_likeness_is_by_shared_values() {
    let site = kitchen().build();
    let soup = text(&site, "recipes/soup/index.html");
    assert!(soup.contains("<li id=\"ingredient-1\">Leeks."), "{soup}");
    assert!(
        soup.ends_with("cook: Bo\nsimilar: Stew\nnext: \nparts: What you need How to make it\n"),
        "{soup}"
    );
    let cook = text(&site, "cooks/bo/index.html");
    assert!(cook.contains("recipes: Stew Soup\n"), "{cook}");
}

#[test]
fn every_value_of_a_facet_has_a_page_with_what_still_counts() {
    let site = kitchen().build();
    assert_eq!(
        text(&site, "recipes/season/winter/index.html"),
        "Recipes by Season: winter (2) /recipes/season/winter/\nStew\nSoup\n\n"
    );
    assert_eq!(
        text(&site, "recipes/season/summer/index.html"),
        "Recipes by Season: summer (1) /recipes/season/summer/\nStew\n\n"
    );
    let list = text(&site, "recipes/index.html");
    assert_eq!(
        list,
        "Season: winter=2 https://kitchen.example/recipes/season/winter/ summer=1 https://kitchen.example/recipes/season/summer/\n\
         Village: Aa=2 https://kitchen.example/recipes/village/aa/\n\
         Stew 9\nSalad (expired) 10\nSoup 60\n\n"
    );
}

#[test]
fn an_abbreviation_is_explained_where_it_is_first_used() {
    let site = kitchen().build();
    let cook = text(&site, "cooks/ada/index.html");
    assert!(cook.contains("<abbr title=\"World Health Organization\">WHO</abbr>"), "{cook}");
}

#[test]
fn edits_give_what_a_build_from_nothing_gives() {
    let soup = |body: &str, cook: &str| {
        format!(
            "+++\ntitle = \"Soup\"\n[extra]\ncook = \"{cook}\"\nseason = [\"winter\"]\nminutes = 60\n+++\n\n{body}"
        )
    };
    let mut site = kitchen().build();
    let edits = [
        ("content/recipes/soup.md", soup("## What you need\n\n- Onions\n", "Bo")),
        ("content/recipes/soup.md", soup("## What you need\n\n- Onions\n- Garlic\n", "Ada")),
        ("content/words/who.md", "+++\ntitle = \"Who?\"\n[extra]\nshort = \"WHO\"\n+++\n".to_owned()),
        (
            "kinds/word.toml",
            "label = \"Word\"\nfolder = \"words\"\n[[fields]]\nname = \"short\"\n".to_owned(),
        ),
        (
            "content/cooks/ada.md",
            "+++\ntitle = \"Ada\"\n[extra]\nvillage = \"Cee\"\n+++\nCooks for the WHO.\n".to_owned(),
        ),
    ];
    for (path, edit) in edits {
        site = site.put(path, edit).build();
        assert_eq!(site.outputs(), site.cold_outputs(), "{path}");
    }
    assert!(text(&site, "index.html").contains("Garlic"));
    assert!(site.outputs().contains_key("recipes/village/cee/index.html"));
}

#[test]
fn a_template_that_asks_for_an_unknown_kind_is_told_which_there_are() {
    let site = kitchen().put("templates/index.html", "{{ get_items(kind=\"recipes\") | length }}");
    let told = site.faults();
    assert!(told.iter().any(|told| told.contains("There is no kind `recipes`. The kinds are: `cook`, `recipe`, `word`.")), "{told:?}");
}

#[test]
fn who_stops_reading_the_schemas_stops_nothing() {
    let root = crate::support::repository().join("tests/recipes");
    let mut command = crate::support::praktijk(&root);
    command.arg("schema").stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut running = command.spawn().expect("started");
    drop(running.stdout.take());
    let output = running.wait_with_output().expect("ended");
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
}
