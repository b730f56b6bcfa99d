//! The demo platform of this repository: it builds without a complaint, with a page for every fact sheet and every item
//! of the menu. What it looks like is checked in a browser, by `tests/browser/run`.

use std::sync::Arc;

use praktijk::base::OutPath;
use praktijk::engine::{Engine, Options, Target};
use praktijk::source::Disk;

use crate::support::{outputs, repository};

/// The pages of the five fact sheets.
const SHEETS: [&str; 5] = [
    "praktijkvoorbeelden/verbinding-leiden",
    "updates/evaluatie-samen-werken-aan-veiligheid",
    "interviews/samenwerking-sociale-teams-en-veilig-thuis",
    "themas/lokaal-en-regionaal-samenwerken",
    "publicaties/visuele-samenvatting-samenwerkingsafspraken",
];

/// The twelve items of the menu, in their order, with the page each leads to.
const MENU: [(&str, &str); 12] = [
    ("Home", ""),
    ("Thema&#39;s", "themas"),
    ("Werkgroepen", "werkgroepen"),
    ("Deelnemers", "deelnemers"),
    ("Over dit platform", "over-dit-platform"),
    ("Updates", "updates"),
    ("Prikbord", "prikbord"),
    ("Blogs", "blogs"),
    ("3 vragen over", "3-vragen-over"),
    ("Kalender", "kalender"),
    ("Praktijkvoorbeelden", "praktijkvoorbeelden"),
    ("Vraag &amp; Antwoord", "vraag-en-antwoord"),
];

#[test]
fn the_demo_builds_with_every_page_it_must_have() {
    let sources = Arc::new(Disk::new(repository()));
    let mut engine = Engine::new(sources.clone(), Options::default(), Target::Memory);
    let outcome = engine.build(None).expect("the machine works");
    assert!(outcome.diagnostics.is_empty(), "{:#?}", outcome.diagnostics);
    let outputs = outputs(&engine, &*sources);
    let page = |path: &str| {
        let file = OutPath::new(path).join("index.html");
        let bytes = outputs.get(file.as_str()).unwrap_or_else(|| panic!("no page {path}"));
        String::from_utf8_lossy(bytes).into_owned()
    };
    for sheet in SHEETS {
        assert!(page(sheet).matches("<h2").count() >= 3, "{sheet} says little");
    }
    let home = page("");
    let mut from = home.find("Alle rubrieken").expect("the whole menu is on the home page");
    for (name, path) in MENU {
        assert!(page(path).contains("<main"), "{path} is no page");
        let link = format!(">{name}</a>");
        from += home[from..]
            .find(&link)
            .unwrap_or_else(|| panic!("{name} is not in the menu, or not in its place"));
    }
}

#[test]
fn what_is_made_up_says_so() {
    let content = repository().join("content");
    for (path, text) in crate::support::tree(&content) {
        let text = String::from_utf8_lossy(&text).into_owned();
        let made_up =
            ["Lindermeer", "Duinrade", "Plasveen", "Oosterhage", "Brinkveld", "Veerdam", "Kadewijk"];
        if made_up.iter().any(|place| text.contains(place)) && !path.ends_with("_index.md") {
            assert!(text.contains("fictie"), "{path} is made up and does not say so");
        }
    }
}
