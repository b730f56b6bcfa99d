//! Tests of the parts of compounds.

use std::sync::LazyLock;

use super::*;

/// Without a site.
static PLAIN: LazyLock<Compounds> =
    LazyLock::new(|| Compounds::new(&Analyser::new("nl"), std::iter::empty::<(&str, u32)>()));

/// The parts of a word, without a site.
fn parts(word: &str) -> Vec<String> {
    PLAIN.parts(word)
}

#[test]
fn what_is_no_compound_has_no_parts() {
    let analyser = Analyser::new("nl");
    let compounds = Compounds::new(&analyser, [("wijkteam", 40), ("heden", 9)]);
    for word in ["", "a", "team", "ëëëëëëëë", "12345678", "mda++", "gi's", "veilig thuis", "x\u{301}xxxxxxx"]
    {
        assert!(compounds.parts(word).is_empty(), "{word}");
    }
    assert!(compounds.parts(&"werk".repeat(10_000)).is_empty());
    assert!(compounds.parts(&"wijkteam".repeat(7)).len() < 9);
}

#[test]
fn another_language_has_no_dictionary() {
    let analyser = Analyser::new("en");
    assert!(Compounds::new(&analyser, [("work", 9)]).parts("workshopplan").is_empty());
}

/// Words that look like compounds, and words with endings that look like words.
const ONE: &str = "\
    dordrecht amsterdam rijnland holland overdracht overdrachten onderzoek bijeenkomst bijeenkomsten \
    voorbeeld voorbeelden verslag verslagen aanpak draaiboek draaiboeken vrijdag gemeente gemeenten \
    gezamenlijk partijen leidinggevenden tegenwoordig veiligheid eigenaarschap duidelijkheid deelnemer \
    deelnemers gezinnen begeleiding maatregelen kantoor organisatie samenwerking ondersteuning \
    vergadering verantwoordelijkheid mogelijkheden partners";

#[test]
fn words_that_are_one_stay_whole() {
    for word in ONE.split_whitespace() {
        assert!(parts(word).is_empty(), "{word}: {:?}", parts(word));
    }
}

#[test]
fn compounds_have_their_parts() {
    for (word, want) in [
        ("veiligheidsplannen", &["veiligheid", "plannen"][..]),
        ("bruggenbouwers", &["brug", "bouwers"]),
        ("processtappen", &["proces", "stappen"]),
        ("succesfactoren", &["succes", "factoren"]),
        ("gezinsteams", &["gezin", "teams"]),
        ("jeugdhulpverlening", &["jeugd", "hulp", "verlening"]),
        ("huisartswijkteam", &["huisarts", "wijk", "team"]),
        ("praktijkvoorbeelden", &["praktijk", "voorbeelden"]),
    ] {
        let found = parts(word);
        assert!(want.iter().all(|part| found.iter().any(|found| found == part)), "{word}: {found:?}");
    }
}

#[test]
fn words_of_the_site_are_parts_too() {
    let analyser = Analyser::new("nl");
    assert!(parts("huddleproblematiek").is_empty());
    assert_eq!(
        Compounds::new(&analyser, [("huddle", 3)]).parts("huddleproblematiek"),
        ["huddle", "problematiek"]
    );
    assert!(Compounds::new(&analyser, [("huddle", 1)]).parts("huddleproblematiek").is_empty());
}
