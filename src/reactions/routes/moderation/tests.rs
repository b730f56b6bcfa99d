//! What moderators see and decide, on each database there is.

use serde_json::json;

use crate::reactions::routes::people::{Person, field, member, person, post, state};
use crate::reactions::routes::testing::{Browser, Town, towns};
use crate::reactions::store::testing::{all_texts, change};

const HERE: &str = "praktijkvoorbeelden/verbinding";
const THERE: &str = "praktijkvoorbeelden/overdracht";

const PAGES: [&str; 3] = ["beheer", "beheer/meldingen", "beheer/logboek"];

#[test]
fn the_queue_shows_what_waits_oldest_first_and_why() {
    for town in towns(&json!({})) {
        let (mut an, mut bea) = (member(&town, "An"), person(&town, "Bea", "beheerder", &[]));
        an.remarks(&town, HERE, "De oudste, bel 06-12345678");
        town.app.clock.forward(60_000);
        let gone = an.remarks(&town, HERE, "Bedacht zich");
        an.browser.get(&town, &format!("intrekken?reactie={gone}"));
        an.browser.post(&town, "intrekken", &[("reactie", &gone)]);
        an.says(&town, THERE, &[("soort", "vraag"), ("titel", "De nieuwste"), ("tekst", "x")]);
        let queue = bea.browser.get(&town, "beheer");
        let words = queue.words();
        assert!(words.find("De oudste").unwrap() < words.find("De nieuwste").unwrap());
        assert!(words.contains("Er staat een telefoonnummer in.") && words.contains("wachtrij-let-op"));
        assert!(words.contains("href=\"/praktijkvoorbeelden/verbinding/\"") && words.contains("Lindermeer"));
        assert!(!words.contains("example.org"), "moderators see no mail address");
        assert!(words.contains("Er wachten 2 reacties."), "{words}");
    }
}

#[test]
fn whoever_may_need_help_is_marked_for_moderators() {
    for town in towns(&json!({})) {
        let (mut an, mut bea) = (member(&town, "An"), person(&town, "Bea", "beheerder", &[]));
        an.remarks(&town, HERE, "Gewoon");
        assert!(!bea.browser.get(&town, "beheer").words().contains("Lees deze tekst eerst"));
        an.remarks(&town, HERE, "Mijn man slaat mij.");
        let queue = bea.browser.get(&town, "beheer");
        assert_eq!(queue.words().matches("Lees deze tekst eerst").count(), 1);
        assert_eq!(queue.words().matches("wachtrij-let-op").count(), 1);
    }
}

#[test]
fn what_is_placed_is_on_the_site_and_its_writer_hears_of_it() {
    for town in towns(&json!({})) {
        let (mut an, mut bea) = (member(&town, "An"), person(&town, "Bea", "beheerder", &[]));
        let id = an.remarks(&town, HERE, "Iets, bel 06-12345678");
        town.empty_the_mail();
        let queue = bea.browser.get(&town, "beheer");
        assert!(queue.words().contains("Er staat een telefoonnummer in."));
        let fields = [
            ("reactie", &*id),
            ("gezien", &field(&queue, "gezien")),
            ("stand", "wacht"),
            ("oordeel", "plaatsen"),
        ];
        let done = bea.browser.post(&town, "beheer/oordeel", &fields);
        assert!(bea.browser.follow(&town, &done).words().contains("De tekst is geplaatst."));
        assert!(town.app.store.read(|tx| tx.reaction(&id)).unwrap().unwrap().holds.is_empty());
        assert!(Browser::default().get(&town, &format!("pagina?id={HERE}")).words().contains("Iets"));
        assert_eq!(town.app.store.read(|tx| tx.revision()).unwrap(), 1);
        let mails = town.mails();
        assert_eq!(post(&town), ["reactie-geplaatst → an@example.org"]);
        assert_eq!(mails[0].1["pagina"], "Verbinding");
    }
}

#[test]
fn what_is_declined_says_why_to_its_writer_and_to_the_log() {
    for town in towns(&json!({})) {
        let (mut an, mut bea) = (member(&town, "An"), person(&town, "Bea", "beheerder", &[]));
        let id = an.remarks(&town, HERE, "Iets");
        for (decision, reason, wrong) in [
            ("afwijzen", " ", "reden"),
            ("verwijderen", "", "reden"),
            ("", "Zo", "oordeel"),
            ("weg", "Zo", "oordeel"),
            ("afwijzen", &"a".repeat(601), "reden"),
        ] {
            let refused = bea.decides(&town, &id, decision, reason);
            assert_eq!(refused.status, 422, "{decision}");
            assert!(refused.words().contains(&format!("{wrong}-fout")), "{decision}");
        }
        town.empty_the_mail();
        assert_eq!(bea.decides(&town, &id, "afwijzen", "Noem geen namen").status, 303);
        assert_eq!(state(&town, &id), "afgewezen");
        let (mail, slots) = &town.mails()[0];
        assert_eq!(
            (mail.template.as_str(), &slots["reden"]),
            ("reactie-afgewezen", &json!("Noem geen namen"))
        );
        assert_eq!(slots["pad"], format!("/reacties/wijzigen?reactie={id}"));
        assert!(an.browser.get(&town, "mijn/reacties").words().contains("Noem geen namen"));
        let log = bea.browser.get(&town, "beheer/logboek");
        assert!(log.words().contains("Tekst niet geplaatst") && log.words().contains("Noem geen namen"));
        assert_eq!(
            town.app.store.read(|tx| tx.revision()).unwrap(),
            0,
            "nothing was published, nothing changed"
        );
    }
}

#[test]
fn what_is_removed_is_gone_and_what_is_sent_back_waits() {
    for town in towns(&json!({})) {
        let (mut an, mut bea) = (member(&town, "An"), person(&town, "Bea", "beheerder", &[]));
        let (first, second) = (an.remarks(&town, HERE, "Geheim een"), an.remarks(&town, HERE, "Geheim twee"));
        for id in [&first, &second] {
            bea.decides(&town, id, "plaatsen", "");
        }
        town.empty_the_mail();
        assert_eq!(bea.decides(&town, &first, "verwijderen", "Herkenbaar").status, 303);
        assert_eq!(bea.decides(&town, &second, "terug", "Nog eens kijken").status, 303);
        assert_eq!((state(&town, &first), state(&town, &second)), ("ingetrokken", "wacht"));
        assert!(!all_texts(&town.app.store).contains("Geheim een"));
        assert_eq!(post(&town), ["reactie-verwijderd → an@example.org"]);
        assert!(town.app.store.read(|tx| tx.published()).unwrap().items.is_empty());
        assert_eq!(town.app.store.read(|tx| tx.revision()).unwrap(), 4);
        let mine = an.browser.get(&town, "mijn/reacties");
        assert!(
            mine.words().contains("Weggehaald door een moderator") && mine.words().contains("Herkenbaar")
        );
        assert!(bea.browser.get(&town, "beheer").words().contains("Nog eens kijken"));
        assert!(bea.decides(&town, &first, "plaatsen", "").words().contains("niet meer"));
        assert_eq!(state(&town, &first), "ingetrokken");
    }
}

#[test]
fn a_decision_holds_for_the_text_that_was_read() {
    for town in towns(&json!({})) {
        let (mut an, mut bea, mut mo) = (
            member(&town, "An"),
            person(&town, "Bea", "beheerder", &[]),
            person(&town, "Mo", "moderator", &[]),
        );
        let id = an.remarks(&town, HERE, "Netjes");
        let queue = bea.browser.get(&town, "beheer");
        let seen = field(&queue, "gezien");
        town.app.clock.forward(1000);
        an.browser.get(&town, &format!("wijzigen?reactie={id}"));
        an.browser.post(&town, "wijzigen", &[("reactie", &id), ("tekst", "Gemeen")]);
        let fields = [("reactie", &*id), ("gezien", &*seen), ("stand", "wacht"), ("oordeel", "plaatsen")];
        let late = bea.browser.post(&town, "beheer/oordeel", &fields);
        assert!(late.status == 409 && late.words().contains("Gemeen"));
        assert_eq!(state(&town, &id), "wacht");
        assert_eq!(mo.decides(&town, &id, "afwijzen", "Gemeen").status, 303);
        let now = field(&bea.browser.get(&town, &format!("beheer/oordeel?reactie={id}")), "gezien");
        let fields = [("reactie", &*id), ("gezien", &*now), ("stand", "wacht"), ("oordeel", "plaatsen")];
        assert_eq!(bea.browser.post(&town, "beheer/oordeel", &fields).status, 409);
        assert_eq!(state(&town, &id), "afgewezen");
    }
}

/// H10: a moderator of one place neither sees nor decides what is of another.
#[test]
fn h10_a_moderator_of_one_place_neither_sees_nor_decides_about_another() {
    for town in towns(&json!({})) {
        let (mut an, mut bea) = (member(&town, "An"), person(&town, "Bea", "beheerder", &[]));
        let (mut linde, mut kade) = (
            person(&town, "Linde", "moderator", &["lindermeer"]),
            person(&town, "Kade", "moderator", &["kadewijk"]),
        );
        let id = an.remarks(&town, HERE, "Uit Lindermeer");
        let general = an.asks(&town, "Voor iedereen", "Algemeen");
        assert!(linde.browser.get(&town, "beheer").words().contains("Uit Lindermeer"));
        for path in PAGES {
            assert!(!kade.browser.get(&town, path).words().contains("Uit Lindermeer"), "{path}");
        }
        assert!(kade.browser.get(&town, "beheer").words().contains("Er wacht niets."));
        kade.browser.get(&town, "pagina?id=prikbord");
        for id in [&id, &general] {
            assert_eq!(kade.browser.get(&town, &format!("beheer/oordeel?reactie={id}")).status, 404);
            let fields =
                [("reactie", id.as_str()), ("gezien", "0"), ("stand", "wacht"), ("oordeel", "plaatsen")];
            for path in ["beheer/oordeel", "beheer/meldingen"] {
                assert_eq!(kade.browser.post(&town, path, &fields).status, 404);
            }
            assert_eq!(state(&town, id), "wacht");
        }
        assert_eq!(linde.decides(&town, &id, "plaatsen", "Past hier").status, 303);
        assert!(linde.browser.get(&town, "beheer/logboek").words().contains("Past hier"));
        assert!(!kade.browser.get(&town, "beheer/logboek").words().contains("Past hier"));
        for (person, sees) in [(&mut linde, true), (&mut kade, false), (&mut bea, true)] {
            assert_eq!(person.browser.get(&town, "beheer/logboek").words().contains("Tekst geplaatst"), sees);
        }
    }
}

/// H10: what somebody may no more do they cannot do from the next request on.
#[test]
fn h10_who_is_no_moderator_any_more_decides_nothing_from_the_next_request_on() {
    for town in towns(&json!({})) {
        let (mut an, mut mo) = (member(&town, "An"), person(&town, "Mo", "moderator", &[]));
        let id = an.remarks(&town, HERE, "Iets");
        let queue = mo.browser.get(&town, "beheer");
        let feed = feed_of(&queue.words());
        let fields = [
            ("reactie", &*id),
            ("gezien", &*field(&queue, "gezien")),
            ("stand", "wacht"),
            ("oordeel", "plaatsen"),
        ];
        change(&town.app.store, "UPDATE accounts SET role = 'deelnemer' WHERE id = $1", &mo.id);
        assert_eq!(mo.browser.post(&town, "beheer/oordeel", &fields).status, 403);
        assert_eq!(state(&town, &id), "wacht");
        for path in PAGES {
            assert_eq!(mo.browser.get(&town, path).status, 403, "{path}");
            assert_eq!(Browser::default().get(&town, path).status, 303, "{path}");
            assert_eq!(an.browser.get(&town, path).status, 403, "{path}");
        }
        assert_eq!(Browser::default().get(&town, &feed).status, 404);
    }
}

fn feed_of(words: &str) -> String {
    let found = words.split_once("/reacties/beheer/atom?").unwrap().1;
    format!("beheer/atom?{}", found.split('"').next().unwrap())
}

#[test]
fn the_feed_of_a_moderator_holds_no_word_of_what_was_written_and_opens_with_its_key_only() {
    for town in towns(&json!({})) {
        let (mut an, mut linde) = (member(&town, "An"), person(&town, "Linde", "moderator", &["lindermeer"]));
        let id = an.says(&town, HERE, &[("soort", "vraag"), ("titel", "Geheim"), ("tekst", "Geheim")]);
        an.remarks(&town, THERE, "Van Kadewijk");
        let path = feed_of(&linde.browser.get(&town, "beheer").words());
        let mut reader = Browser::default();
        let feed = reader.get(&town, &path);
        let words = feed.words();
        assert_eq!(words.matches("<entry>").count(), 1, "{words}");
        assert!(
            words.contains("Vraag bij ‘Verbinding’ wacht")
                && !words.contains("Geheim")
                && !words.contains("An<")
        );
        assert!(!feed.keep && id.status == 303);
        for wrong in ["beheer/atom", "beheer/atom?sleutel=x", &path[..path.len() - 1], &format!("{path}x")] {
            assert_eq!(reader.get(&town, wrong).status, 404, "{wrong}");
        }
        change(&town.app.store, "UPDATE accounts SET password = 'anders' WHERE id = $1", &linde.id);
        assert_eq!(reader.get(&town, &path).status, 404, "a new password ends it");
    }
}

/// What would stand below something that is gone is seen by nobody, so nobody is told that it was placed.
#[test]
fn an_answer_to_what_is_gone_is_not_placed() {
    for town in towns(&json!({})) {
        let (mut an, mut bea) = (member(&town, "An"), person(&town, "Bea", "beheerder", &[]));
        let question = bea.asks(&town, "Hoe?", "Vertel");
        let (first, second) = (
            an.answers(&town, "vraag-en-antwoord", &question, "Zo"),
            an.answers(&town, "vraag-en-antwoord", &question, "Of zo"),
        );
        bea.decides(&town, &second, "plaatsen", "");
        bea.browser.get(&town, &format!("intrekken?reactie={question}"));
        bea.browser.post(&town, "intrekken", &[("reactie", &question)]);
        town.empty_the_mail();
        let refused = bea.decides(&town, &first, "plaatsen", "");
        assert!(refused.status == 409 && refused.words().contains("staat niet op de site"));
        assert_eq!((state(&town, &first), post(&town).len()), ("wacht", 0));
        change(&town.app.store, "UPDATE accounts SET trusted = 1 WHERE id = $1", &an.id);
        for id in [&first, &second] {
            an.browser.get(&town, &format!("wijzigen?reactie={id}"));
            let fields = [("reactie", id.as_str()), ("tekst", "Toch zo")];
            assert_eq!(an.browser.post(&town, "wijzigen", &fields).status, 303);
            assert_eq!(state(&town, id), "wacht");
        }
        assert_eq!(bea.decides(&town, &first, "afwijzen", "De vraag is weg").status, 303);
    }
}

#[test]
fn reports_are_looked_at_and_closed() {
    for town in towns(&json!({})) {
        let (mut bea, mut linde) =
            (person(&town, "Bea", "beheerder", &[]), person(&town, "Linde", "moderator", &["lindermeer"]));
        let (here, there) = (bea.remarks(&town, HERE, "Van hier"), bea.remarks(&town, THERE, "Van daar"));
        let mut visitor = Browser::default();
        for id in [&here, &there, &here] {
            visitor.get(&town, &format!("melden?reactie={id}"));
            visitor.post(
                &town,
                "melden",
                &[("reactie", id), ("waarom", "kwetsend"), ("uitleg", "Lees zelf")],
            );
        }
        let shown = linde.browser.get(&town, "beheer/meldingen");
        let words = shown.words();
        assert!(
            words.contains("Meldingen</a> (1)")
                && words.contains("door een bezoeker")
                && words.contains("Lees zelf")
        );
        assert!(words.contains("Van hier") && !words.contains("Van daar"));
        assert_eq!(linde.browser.post(&town, "beheer/meldingen", &[("reactie", &there)]).status, 404);
        let read = field(&shown, "tot-en-met");
        visitor.get(&town, &format!("melden?reactie={here}"));
        town.app.clock.forward(1);
        visitor.post(&town, "melden", &[("reactie", &here), ("waarom", "herkenbaar")]);
        linde.browser.post(&town, "beheer/meldingen", &[("reactie", &here), ("tot-en-met", &read)]);
        assert_eq!(
            town.app.store.read(|tx| tx.report_counts(&here)).unwrap(),
            (1, 2),
            "what nobody has read stays"
        );
        let shown = linde.browser.get(&town, "beheer/meldingen");
        assert!(shown.words().contains("Een jongere of gezin is te herkennen"));
        let read = field(&shown, "tot-en-met");
        let done =
            linde.browser.post(&town, "beheer/meldingen", &[("reactie", &here), ("tot-en-met", &read)]);
        let shown = linde.browser.follow(&town, &done);
        assert!(shown.words().contains("afgehandeld") && shown.words().contains("Er zijn geen meldingen."));
        assert_eq!(town.app.store.read(|tx| tx.report_counts(&here)).unwrap(), (0, 3));
        assert!(
            bea.browser.get(&town, &format!("beheer/oordeel?reactie={there}")).words().contains("kwetsend")
        );
        bea.decides(&town, &there, "verwijderen", "Kwetsend");
        assert_eq!(town.app.store.read(|tx| tx.reported_by_page()).unwrap(), []);
    }
}

#[test]
fn a_member_does_not_see_who_reported() {
    for town in towns(&json!({})) {
        let (mut an, mut bea) = (member(&town, "Anoniem"), person(&town, "Bea", "beheerder", &[]));
        let mut mo = person(&town, "Mo", "moderator", &[]);
        let id = bea.remarks(&town, HERE, "Iets");
        an.browser.get(&town, &format!("melden?reactie={id}"));
        an.browser.post(&town, "melden", &[("reactie", &id), ("waarom", "reclame")]);
        for path in [
            "beheer/meldingen".to_owned(),
            "beheer/logboek".to_owned(),
            format!("beheer/oordeel?reactie={id}"),
        ] {
            let page = mo.browser.get(&town, &path);
            assert!(!page.words().contains("Anoniem"), "{path}");
        }
    }
}

#[test]
fn the_log_goes_back_page_by_page() {
    for town in towns(&json!({})) {
        let mut bea = person(&town, "Bea", "beheerder", &[]);
        for number in 0..60 {
            bea.remarks(&town, HERE, &format!("Nummer {number}"));
            town.app.clock.forward(600_000);
            again(&town, &mut bea);
        }
        let first = bea.browser.get(&town, "beheer/logboek");
        let words = first.words();
        assert_eq!(words.matches("Tekst verscheen vanzelf").count(), 50);
        let older = words.split_once("beheer/logboek?voor=").unwrap().1.split('"').next().unwrap().to_owned();
        let second = bea.browser.get(&town, &format!("beheer/logboek?voor={older}"));
        assert_eq!(second.words().matches("Tekst verscheen vanzelf").count(), 10);
        assert!(!second.words().contains("?voor="));
    }
}

/// Keeps a login alive.
fn again(town: &Town, person: &mut Person) {
    person.browser = crate::reactions::routes::people::browser_of(town, &person.id);
}

#[test]
fn a_moderator_counts_what_waits_and_a_member_does_not() {
    for town in towns(&json!({})) {
        let (mut an, mut linde) = (member(&town, "An"), person(&town, "Linde", "moderator", &["lindermeer"]));
        an.remarks(&town, HERE, "Een");
        an.remarks(&town, THERE, "Twee");
        let wait = |browser: &mut Browser| -> serde_json::Value {
            let data: serde_json::Value =
                serde_json::from_slice(&browser.get(&town, "ik.json").body).unwrap();
            json!([data["beheer"], data["wacht"]])
        };
        assert_eq!(wait(&mut linde.browser), json!([true, 1]));
        assert_eq!(wait(&mut an.browser), json!([false, 0]));
    }
}
