//! Changing, withdrawing, choosing.

use serde_json::json;

use crate::reactions::routes::people::{Person, field, member, person, post, state};
use crate::reactions::routes::testing::{Browser, Town, towns};
use crate::reactions::store::testing::{all_texts, change};

const PAGE: &str = "praktijkvoorbeelden/verbinding";

fn changes(town: &Town, person: &mut Person, id: &str, text: &str) -> u16 {
    person.browser.get(town, &format!("wijzigen?reactie={id}"));
    person.browser.post(town, "wijzigen", &[("reactie", id), ("tekst", text)]).status
}

fn text(town: &Town, id: &str) -> String {
    town.app.store.read(|tx| tx.reaction(id)).unwrap().unwrap().text
}

#[test]
fn what_waits_may_be_changed_at_any_time_and_what_stands_for_a_quarter_of_an_hour() {
    for town in towns(&json!({})) {
        let (mut an, mut ben) = (member(&town, "An"), member(&town, "Ben"));
        let waiting = an.remarks(&town, PAGE, "Een");
        change(&town.app.store, "UPDATE accounts SET trusted = 1 WHERE id = $1", &ben.id);
        let placed = ben.remarks(&town, PAGE, "Twee");
        town.app.clock.forward(15 * 60_000);
        assert_eq!(changes(&town, &mut ben, &placed, "Twee, beter"), 303);
        assert_eq!((text(&town, &placed).as_str(), state(&town, &placed)), ("Twee, beter", "geplaatst"));
        assert!(Browser::default().get(&town, &format!("pagina?id={PAGE}")).words().contains("gewijzigd"));
        town.app.clock.forward(1);
        let late = ben.browser.get(&town, &format!("wijzigen?reactie={placed}"));
        assert!(late.words().contains("niet meer wijzigen") && late.words().contains("15 minuten"));
        let refused = ben.browser.post(&town, "wijzigen", &[("reactie", &placed), ("tekst", "Bewaar mij")]);
        assert_eq!((refused.status, text(&town, &placed).as_str()), (409, "Twee, beter"));
        assert!(refused.words().contains("Bewaar mij"));
        town.app.clock.forward(3_600_000);
        assert_eq!(changes(&town, &mut an, &waiting, "Een, beter"), 303);
        assert_eq!((text(&town, &waiting).as_str(), state(&town, &waiting)), ("Een, beter", "wacht"));
    }
}

#[test]
fn a_change_is_looked_at_as_a_new_text_is() {
    for town in towns(&json!({})) {
        let mut ben = member(&town, "Ben");
        change(&town.app.store, "UPDATE accounts SET trusted = 1 WHERE id = $1", &ben.id);
        let id = ben.remarks(&town, PAGE, "Gewoon");
        let revision = town.app.store.read(|tx| tx.revision()).unwrap();
        ben.browser.get(&town, &format!("wijzigen?reactie={id}"));
        let wrong = ben.browser.post(&town, "wijzigen", &[("reactie", &id), ("tekst", " ")]);
        assert!(wrong.status == 422 && wrong.words().contains("tekst-fout"));
        assert_eq!(changes(&town, &mut ben, &id, "Bel mij op 06-12345678"), 303);
        assert_eq!(state(&town, &id), "wacht");
        assert_eq!(town.app.store.read(|tx| tx.revision()).unwrap(), revision + 1, "it left the site");
        assert_eq!(changes(&town, &mut ben, &id, "Zonder nummer"), 303);
        assert_eq!(state(&town, &id), "geplaatst");
    }
}

#[test]
fn a_change_of_an_accepted_text_by_a_new_member_is_off_the_site_until_it_was_read() {
    for town in towns(&json!({})) {
        let (mut an, mut bea) = (member(&town, "An"), person(&town, "Bea", "beheerder", &[]));
        let id = an.remarks(&town, PAGE, "Met een naam erin");
        bea.decides(&town, &id, "plaatsen", "");
        town.empty_the_mail();
        let form = an.browser.get(&town, &format!("wijzigen?reactie={id}"));
        assert!(form.words().contains("Tot dan staat hij niet op de site."));
        assert_eq!(changes(&town, &mut an, &id, "Zonder naam"), 303);
        assert_eq!(state(&town, &id), "wacht");
        assert!(!all_texts(&town.app.store).contains("Met een naam erin"), "the old text is kept nowhere");
        assert_eq!(post(&town), ["iets-wacht → bea@example.org"]);
    }
}

/// What a moderator stopped does not come back by being changed, not even by who is trusted or decides about other pages.
#[test]
fn what_was_declined_waits_again_after_a_change() {
    for town in towns(&json!({})) {
        let (mut ben, mut bea) = (member(&town, "Ben"), person(&town, "Bea", "beheerder", &[]));
        let mut kade = person(&town, "Kade", "moderator", &["kadewijk"]);
        let mut linde = person(&town, "Linde", "moderator", &["lindermeer"]);
        change(&town.app.store, "UPDATE accounts SET trusted = 1 WHERE id = $1", &ben.id);
        for decision in ["afwijzen", "terug"] {
            for (writer, after) in [(&mut ben, "wacht"), (&mut kade, "wacht"), (&mut linde, "geplaatst")] {
                let id = writer.remarks(&town, PAGE, &format!("Ruzie {decision}"));
                assert_eq!(bea.decides(&town, &id, decision, "Te fel").status, 303);
                let form = writer.browser.get(&town, &format!("wijzigen?reactie={id}"));
                assert!(form.words().contains("Te fel"), "moderators are told that its writer reads this");
                assert!(writer.browser.get(&town, "mijn/reacties").words().contains("Te fel"));
                assert_eq!(changes(&town, writer, &id, "Rustig"), 303);
                assert_eq!(state(&town, &id), after, "{decision}");
            }
        }
    }
}

/// H10: what is somebody else's is not there.
#[test]
fn h10_nobody_changes_or_withdraws_what_is_not_theirs() {
    for town in towns(&json!({})) {
        let (mut an, mut ben) = (member(&town, "An"), member(&town, "Ben"));
        let mut bea = person(&town, "Bea", "beheerder", &[]);
        let id = an.remarks(&town, PAGE, "Van An");
        for other in [&mut ben, &mut bea] {
            for path in ["wijzigen", "intrekken"] {
                assert_eq!(other.browser.get(&town, &format!("{path}?reactie={id}")).status, 404);
                other.browser.get(&town, "pagina?id=prikbord");
                assert_eq!(other.browser.post(&town, path, &[("reactie", &id), ("tekst", "x")]).status, 404);
            }
        }
        let mut nobody = Browser::default();
        let login = nobody.get(&town, &format!("wijzigen?reactie={id}"));
        assert_eq!(
            login.header("location").unwrap(),
            format!("/reacties/inloggen?terug=%2Freacties%2Fwijzigen%3Freactie%3D{id}")
        );
        assert_eq!((text(&town, &id).as_str(), state(&town, &id)), ("Van An", "wacht"));
        for id in ["", "x", "' OR 1=1 --", "01KB3X5Q2Z8E6T4R2W0Q9P0000"] {
            let query = url::form_urlencoded::byte_serialize(id.as_bytes()).collect::<String>();
            assert_eq!(an.browser.get(&town, &format!("wijzigen?reactie={query}")).status, 404, "{id}");
        }
    }
}

/// C1: looking at the question withdraws nothing.
#[test]
fn c1_what_is_withdrawn_is_gone_from_the_site_and_from_the_tables() {
    for town in towns(&json!({})) {
        let mut bea = person(&town, "Bea", "beheerder", &[]);
        let mut an = member(&town, "An");
        let question = bea.asks(&town, "Geheimtitel", "Geheimtekst");
        let answer = bea.answers(&town, "vraag-en-antwoord", &question, "Antwoord");
        let waiting = an.answers(&town, "vraag-en-antwoord", &question, "Wacht");
        let sure = bea.browser.get(&town, &format!("intrekken?reactie={question}"));
        assert!(sure.words().contains("Op uw tekst is geantwoord (1)"), "{}", sure.words());
        assert_eq!(state(&town, &question), "geplaatst");
        let done = bea.browser.post(&town, "intrekken", &[("reactie", &question)]);
        let mine = bea.browser.follow(&town, &done);
        assert!(mine.words().contains("Uw tekst is ingetrokken.") && !mine.words().contains("Geheimtitel"));
        assert!(!all_texts(&town.app.store).contains("Geheim"));
        let published = town.app.store.read(|tx| tx.published()).unwrap();
        assert!(published.items.is_empty(), "an answer to nothing is not shown");
        assert_eq!((state(&town, &answer), state(&town, &waiting)), ("geplaatst", "wacht"));
        assert_eq!(bea.browser.post(&town, "intrekken", &[("reactie", &question)]).status, 404);
    }
}

#[test]
fn the_asker_and_a_moderator_choose_the_answer_that_helped() {
    for town in towns(&json!({})) {
        let (mut an, mut ben) = (member(&town, "An"), member(&town, "Ben"));
        let (mut bea, mut linde) =
            (person(&town, "Bea", "beheerder", &[]), person(&town, "Linde", "moderator", &["lindermeer"]));
        change(&town.app.store, "UPDATE accounts SET trusted = 1 WHERE id = $1", &an.id);
        change(&town.app.store, "UPDATE accounts SET trusted = 1 WHERE id = $1", &ben.id);
        let question = an.asks(&town, "Hoe?", "Vertel");
        let first = ben.answers(&town, "vraag-en-antwoord", &question, "Zo");
        let second = bea.answers(&town, "vraag-en-antwoord", &question, "Of zo");
        let chosen = |town: &Town| -> Vec<String> {
            let items = town.app.store.read(|tx| tx.published()).unwrap().items;
            items.into_iter().filter(|one| one.chosen).map(|one| one.id).collect()
        };
        let path = "pagina?id=vraag-en-antwoord";
        assert!(!ben.browser.get(&town, path).words().contains("Dit antwoord hielp"));
        for person in [&mut ben, &mut linde] {
            person.browser.get(&town, path);
            let refused =
                person.browser.post(&town, "antwoord-kiezen", &[("reactie", &first), ("kies", "ja")]);
            assert_eq!(refused.status, 404);
        }
        assert!(an.browser.get(&town, path).words().contains("Dit antwoord hielp"));
        let done = an.browser.post(&town, "antwoord-kiezen", &[("reactie", &second), ("kies", "ja")]);
        assert_eq!(
            done.header("location").unwrap(),
            format!("/reacties/pagina?id=vraag-en-antwoord#reactie-{second}")
        );
        assert_eq!(chosen(&town), [second.as_str()]);
        let page = Browser::default().get(&town, path).words().into_owned();
        assert!(
            page.find(&format!("reactie-{second}")) < page.find(&format!("reactie-{first}")),
            "the chosen one stands first"
        );
        bea.browser.get(&town, path);
        bea.browser.post(&town, "antwoord-kiezen", &[("reactie", &first), ("kies", "ja")]);
        assert_eq!(chosen(&town), [first.as_str()]);
        let revision = town.app.store.read(|tx| tx.revision()).unwrap();
        bea.browser.post(&town, "antwoord-kiezen", &[("reactie", &first), ("kies", "nee")]);
        assert!(chosen(&town).is_empty());
        assert_eq!(town.app.store.read(|tx| tx.revision()).unwrap(), revision + 1);
        for id in [question.as_str(), "x", "01KB3X5Q2Z8E6T4R2W0Q9P0000"] {
            assert_eq!(bea.browser.post(&town, "antwoord-kiezen", &[("reactie", id)]).status, 404, "{id}");
        }
    }
}

#[test]
fn a_form_of_a_change_carries_no_key_of_another() {
    for town in towns(&json!({})) {
        let mut an = member(&town, "An");
        let id = an.remarks(&town, PAGE, "Een");
        let form = an.browser.get(&town, &format!("wijzigen?reactie={id}"));
        assert_eq!((field(&form, "reactie"), field(&form, "eenmalig")), (id, String::new()));
    }
}
