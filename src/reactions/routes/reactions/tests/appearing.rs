//! What waits and what does not.

use serde_json::json;

use crate::reactions::routes::people::{field, member, person, post, state};
use crate::reactions::routes::testing::{Town, towns};
use crate::reactions::store::testing::change;

const HERE: &str = "praktijkvoorbeelden/verbinding";
const THERE: &str = "praktijkvoorbeelden/overdracht";

fn revision(town: &Town) -> i64 {
    town.app.store.read(|tx| tx.revision()).unwrap()
}

#[test]
fn after_so_many_accepted_texts_the_next_appears_at_once() {
    for town in towns(&json!({"trusted_after": 2})) {
        let (mut an, mut moos) = (member(&town, "An"), person(&town, "Moos", "beheerder", &[]));
        for number in 0..2 {
            let id = an.remarks(&town, HERE, &format!("Nummer {number}"));
            assert_eq!(state(&town, &id), "wacht");
            assert_eq!(moos.decides(&town, &id, "plaatsen", "").status, 303);
        }
        let before = revision(&town);
        let id = an.remarks(&town, HERE, "De derde");
        assert_eq!((state(&town, &id), revision(&town)), ("geplaatst", before + 1));
        let behind = town.app.store.read(|tx| tx.behind()).unwrap();
        assert_eq!(behind.not_before, town.app.clock.now() + 30_000);
        let held = an.remarks(&town, HERE, "Bel mij op 06-12345678");
        assert_eq!(state(&town, &held), "wacht");
    }
}

#[test]
fn who_a_moderator_trusts_no_more_waits_whatever_was_accepted() {
    for town in towns(&json!({"trusted_after": 1, "words": ["konijn"]})) {
        let (mut an, mut moos) = (member(&town, "An"), person(&town, "Moos", "beheerder", &[]));
        let first = an.remarks(&town, HERE, "Een");
        moos.decides(&town, &first, "plaatsen", "");
        change(&town.app.store, "UPDATE accounts SET trusted = 0 WHERE id = $1", &an.id);
        assert_eq!(state(&town, &an.remarks(&town, HERE, "Twee")), "wacht");
        let mut ben = member(&town, "Ben");
        change(&town.app.store, "UPDATE accounts SET trusted = 1 WHERE id = $1", &ben.id);
        assert_eq!(state(&town, &ben.remarks(&town, HERE, "Drie")), "geplaatst");
        let held = ben.says(&town, HERE, &[("soort", "opmerking"), ("tekst", "Mijn Konijn")]);
        let page = ben.browser.follow(&town, &held);
        assert!(page.words().contains("Een moderator leest uw tekst voordat hij op de site komt."));
        assert!(moos.browser.get(&town, "beheer").words().contains("Er staat een woord van uw lijst in."));
    }
}

#[test]
fn with_trust_after_zero_nobody_is_trusted_by_counting() {
    for town in towns(&json!({"trusted_after": 0})) {
        let mut an = member(&town, "An");
        assert_eq!(state(&town, &an.remarks(&town, HERE, "Een")), "wacht");
    }
}

/// H10: a moderator's own text appears at once where they decide, and elsewhere as that of a trusted member.
#[test]
fn h10_what_moderators_write_appears_at_once_where_they_decide() {
    for town in towns(&json!({})) {
        let mut moos = person(&town, "Moos", "moderator", &["lindermeer"]);
        let number = "Bel mij op 06-12345678";
        assert_eq!(state(&town, &moos.remarks(&town, HERE, number)), "geplaatst");
        assert_eq!(state(&town, &moos.remarks(&town, THERE, "Gewoon")), "geplaatst");
        assert_eq!(state(&town, &moos.remarks(&town, THERE, number)), "wacht");
    }
}

#[test]
fn moderators_are_told_once_that_something_waits_and_only_of_what_is_theirs() {
    for town in towns(&json!({})) {
        let mut an = member(&town, "An");
        person(&town, "Linde", "moderator", &["lindermeer"]);
        person(&town, "Kade", "moderator", &["kadewijk"]);
        person(&town, "Bea", "beheerder", &[]);
        an.remarks(&town, HERE, "Zeg het niet in de mail");
        an.remarks(&town, HERE, "Nog een");
        let mails = town.mails();
        assert_eq!(post_of(&mails), ["bea@example.org", "linde@example.org"]);
        for (mail, slots) in &mails {
            assert_eq!(slots, &json!({"reacties": "2", "meldingen": "0", "pad": "/reacties/beheer"}));
            assert!(mail.template == "iets-wacht" && !mail.slots.contains("Zeg"));
        }
    }
}

#[test]
fn what_waits_is_gathered_before_moderators_are_mailed() {
    for town in towns(&json!({})) {
        let mut an = member(&town, "An");
        person(&town, "Bea", "beheerder", &[]);
        an.remarks(&town, HERE, "Een");
        let now = town.app.clock.now();
        let due = |now| town.app.store.write(|tx| tx.take_mails(now, now + 1, 10)).unwrap().len();
        assert_eq!((due(now), due(now + 600_000)), (0, 1));
        // That one is on its way; what comes now is told by another.
        an.remarks(&town, HERE, "Twee");
        assert_eq!(post(&town).len(), 2);
    }
}

fn post_of(mails: &[(crate::reactions::store::mails::Mail, serde_json::Value)]) -> Vec<&str> {
    let mut all: Vec<&str> = mails.iter().map(|(mail, _)| mail.recipient.as_str()).collect();
    all.sort_unstable();
    all
}

#[test]
fn what_is_found_in_a_text_is_said_before_it_is_posted_and_never_repeated() {
    for town in towns(&json!({})) {
        let mut an = member(&town, "An");
        let fields =
            [("pagina", HERE), ("soort", "opmerking"), ("tekst", "Mail naar jan.jansen@voorbeeld.nl")];
        let asked = an.browser.post(&town, "plaatsen", &fields);
        assert!(asked.words().contains("In uw tekst staat een mailadres."), "{}", asked.words());
        let titled = [("soort", "vraag"), ("titel", "Wie is 06-12345678?"), ("tekst", "Vertel")];
        let posted = an.says(&town, HERE, &titled);
        assert!(an.browser.follow(&town, &posted).words().contains("In uw tekst staat een telefoonnummer."));
        assert!(!field(&asked, "eenmalig").is_empty());
    }
}
