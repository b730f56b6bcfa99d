//! Reports of members and visitors.

use serde_json::json;

use crate::reactions::routes::people::{member, person, post, state, visitor};
use crate::reactions::routes::testing::{Browser, Town, towns};
use crate::reactions::store::testing::tells_networks;

const PAGE: &str = "praktijkvoorbeelden/verbinding";

fn reports(town: &Town, browser: &mut Browser, id: &str, why: &str) -> u16 {
    let shown = browser.get(town, &format!("melden?reactie={id}"));
    assert!(shown.status == 404 || shown.words().contains("geen plek voor een melding"));
    browser.post(town, "melden", &[("reactie", id), ("waarom", why), ("uitleg", "Kijk zelf")]).status
}

#[test]
fn visitors_report_without_an_account_and_moderators_are_told() {
    for town in towns(&json!({})) {
        let mut bea = person(&town, "Bea", "beheerder", &[]);
        person(&town, "Kade", "moderator", &["kadewijk"]);
        person(&town, "Linde", "moderator", &["lindermeer"]);
        let id = bea.remarks(&town, PAGE, "Iets");
        let mut visitor = Browser::default();
        let shown = visitor.get(&town, &format!("melden?reactie={id}"));
        assert!(shown.words().contains("U hoeft niet in te loggen"));
        let done =
            visitor.post(&town, "melden", &[("reactie", &id), ("waarom", "herkenbaar"), ("uitleg", "")]);
        assert!(visitor.follow(&town, &done).words().contains("Dank u wel"));
        assert_eq!(state(&town, &id), "geplaatst", "a visitor empties no site");
        assert_eq!(post(&town), ["iets-wacht → bea@example.org", "iets-wacht → linde@example.org"]);
        assert_eq!(town.mails()[0].1["meldingen"], "1");
    }
}

#[test]
fn what_is_wrong_with_a_report_is_said_and_what_is_not_there_cannot_be_reported() {
    for town in towns(&json!({})) {
        let (mut bea, mut an) = (person(&town, "Bea", "beheerder", &[]), member(&town, "An"));
        let id = bea.remarks(&town, PAGE, "Iets");
        let waiting = an.remarks(&town, PAGE, "Wacht");
        let mut visitor = Browser::default();
        visitor.get(&town, &format!("melden?reactie={id}"));
        let wrong = visitor.post(&town, "melden", &[("reactie", &id), ("uitleg", "Bewaar mij")]);
        assert!(
            wrong.status == 422
                && wrong.words().contains("waarom-fout")
                && wrong.words().contains("Bewaar mij")
        );
        let long = "a".repeat(601);
        let wrong =
            visitor.post(&town, "melden", &[("reactie", &id), ("waarom", "anders"), ("uitleg", &long)]);
        assert!(wrong.status == 422 && wrong.words().contains("uitleg-fout"));
        for id in [waiting.as_str(), "x", "01KB3X5Q2Z8E6T4R2W0Q9P0000"] {
            assert_eq!(visitor.get(&town, &format!("melden?reactie={id}")).status, 404, "{id}");
        }
        // C2: without the token of this very browser nothing is reported.
        assert_eq!(
            Browser::default().post(&town, "melden", &[("reactie", &id), ("waarom", "anders")]).status,
            403
        );
        assert!(town.app.store.read(|tx| tx.open_reports(10)).unwrap().is_empty());
    }
}

/// What a member reports as leading to a family leaves the site at once, the first time.
#[test]
fn what_may_lead_to_a_family_is_off_the_site_until_a_moderator_has_read_it() {
    for town in towns(&json!({})) {
        let (mut bea, mut an) = (person(&town, "Bea", "beheerder", &[]), member(&town, "An"));
        let id = bea.remarks(&town, PAGE, "Iets");
        let other = bea.remarks(&town, PAGE, "Iets anders");
        let revision = town.app.store.read(|tx| tx.revision()).unwrap();
        assert_eq!(reports(&town, &mut an.browser, &other, "kwetsend"), 303);
        assert_eq!(state(&town, &other), "geplaatst");
        assert_eq!(reports(&town, &mut an.browser, &id, "herkenbaar"), 303);
        assert_eq!(state(&town, &id), "wacht");
        assert_eq!(town.app.store.read(|tx| tx.revision()).unwrap(), revision + 1);
        let queue = bea.browser.get(&town, "beheer");
        assert!(queue.words().contains("Een deelnemer meldt dat een jongere of gezin te herkennen is."));
        town.app.clock.forward(60_000);
        assert_eq!(bea.decides(&town, &id, "plaatsen", "Niets gevonden").status, 303);
        assert_eq!(reports(&town, &mut an.browser, &id, "herkenbaar"), 303);
        assert_eq!(state(&town, &id), "geplaatst", "a moderator has looked at this before");
        assert_eq!(town.app.store.read(|tx| tx.report_counts(&id)).unwrap(), (1, 1));
        // Another text in its place is one that nobody has looked at.
        town.app.clock.forward(60_000);
        bea.browser.get(&town, &format!("wijzigen?reactie={id}"));
        bea.browser.post(&town, "wijzigen", &[("reactie", &id), ("tekst", "Nu met een naam")]);
        assert_eq!(reports(&town, &mut an.browser, &id, "herkenbaar"), 303);
        assert_eq!(state(&town, &id), "wacht");
        // Nor has anybody who looked at a report of something else.
        let closed = [("reactie", other.as_str()), ("tot-en-met", "ZZZZZZZZZZZZZZZZZZZZZZZZZZ")];
        bea.browser.get(&town, "beheer/meldingen");
        assert_eq!(bea.browser.post(&town, "beheer/meldingen", &closed).status, 303);
        assert_eq!(town.app.store.read(|tx| tx.report_counts(&other)).unwrap(), (0, 1));
        assert_eq!(reports(&town, &mut an.browser, &other, "herkenbaar"), 303);
        assert_eq!(state(&town, &other), "wacht");
    }
}

/// "Wij bewaren niet wie u bent": the log holds no network of a visitor who reports.
#[test]
fn of_a_visitor_who_reports_nothing_is_kept() {
    for town in towns(&json!({})) {
        let (mut bea, mut an) = (person(&town, "Bea", "beheerder", &[]), member(&town, "An"));
        let id = bea.remarks(&town, PAGE, "Iets");
        let networks = |town: &Town| tells_networks(&town.app.store, "melding/gedaan");
        assert_eq!(reports(&town, &mut visitor("192.0.2.7"), &id, "anders"), 303);
        assert_eq!(networks(&town), [false]);
        assert_eq!(reports(&town, &mut an.browser, &id, "anders"), 303);
        assert_eq!(networks(&town).iter().filter(|is_kept| **is_kept).count(), 1);
    }
}

#[test]
fn too_many_reports_of_one_network_are_refused_and_those_of_another_are_not() {
    for town in towns(&json!({})) {
        let mut bea = person(&town, "Bea", "beheerder", &[]);
        let ids = [bea.remarks(&town, PAGE, "Een"), bea.remarks(&town, PAGE, "Twee")];
        let mut first = visitor("192.0.2.7");
        for number in 0..20 {
            assert_eq!(reports(&town, &mut first, &ids[number % 2], "anders"), 303);
        }
        let mut neighbour = visitor("192.0.2.8");
        assert_eq!(reports(&town, &mut neighbour, &ids[0], "anders"), 429);
        let mut other = visitor("198.51.100.7");
        assert_eq!(reports(&town, &mut other, &ids[0], "anders"), 303);
        for _ in 0..15 {
            reports(&town, &mut other, &ids[0], "anders");
        }
        assert_eq!(
            town.app.store.read(|tx| tx.report_counts(&ids[0])).unwrap(),
            (20, 0),
            "more tell nothing new"
        );
        assert!(!format!("{:?}", town.app.store.read(|tx| tx.open_reports(100)).unwrap()).contains("192.0"));
    }
}
