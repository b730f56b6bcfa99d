//! What holds for reactions on each database there is.

use super::*;
use crate::reactions::store::Store;
use crate::reactions::store::copies::Extent;
use crate::reactions::store::testing::{add_member, all, all_texts};

/// An id that sorts by its number.
fn id(number: u32) -> String {
    format!("01KB3X5Q2Z8E6T4R2W0Q9P{number:04}")
}

fn add(store: &Store, number: u32, account: &str, parent: Option<u32>, state: State) {
    let (id, parent) = (id(number), parent.map(id));
    let text = format!("Tekst van {account} {number}");
    let said =
        Said { title: Some("Titel"), text: &text, notice: None, expires: None, state, holds: "Let op" };
    let kind = if parent.is_some() { Kind::Answer } else { Kind::Question };
    let new =
        New { id: &id, page: "p", parent: parent.as_deref(), account, kind, said, once: &id, now: 1000 };
    assert!(store.write(|tx| tx.add_reaction(&new)).unwrap());
}

/// Two members: An asks and answers, Ben answers An.
fn talk(store: &Store) {
    for (id, name) in [("an", "An"), ("ben", "Ben")] {
        add_member(store, id, name, "deelnemer", &[]);
    }
    add(store, 1, "an", None, State::Placed);
    add(store, 2, "ben", Some(1), State::Placed);
    add(store, 3, "an", Some(1), State::Placed);
    add(store, 4, "an", None, State::Waiting);
    add(store, 5, "ben", None, State::Placed);
    add(store, 6, "an", Some(5), State::Declined);
    add(store, 7, "an", Some(5), State::Placed);
}

fn published(store: &Store) -> Vec<(String, String)> {
    let items = store.read(|tx| tx.published()).unwrap().items;
    items.into_iter().map(|one| (one.id, one.author)).collect()
}

fn deletions(store: &Store) -> Vec<String> {
    let rows = store.read(|tx| tx.rows("SELECT id FROM deletions ORDER BY id", values![])).unwrap();
    rows.iter().map(|row| row.text(0)).collect()
}

/// D1: who leaves takes everything along; what others answered stays theirs and is shown to nobody else.
#[test]
fn d1_who_leaves_takes_all_their_texts_along_and_nothing_of_others() {
    for fresh in all() {
        let store = &fresh.store;
        talk(store);
        assert!(store.write(|tx| tx.remove_reactions_of("an", 9)).unwrap());
        assert!(!all_texts(store).contains("van an"), "{}", all_texts(store));
        assert_eq!(published(store), [(id(5), "Ben".to_owned())]);
        let left = store.read(|tx| Ok((tx.reactions_of("an")?, tx.reactions_of("ben")?))).unwrap();
        assert!(left.0.is_empty() && left.1.len() == 2);
        assert_eq!(deletions(store), [1, 3, 4, 6, 7].map(id));
        assert!(store.verify().unwrap().is_empty());
    }
}

/// D1: a backup of before brings nothing of it back, and the answers of others stay.
#[test]
fn d1_a_backup_brings_back_no_text_of_who_left_and_keeps_the_answers_of_others() {
    for fresh in all() {
        let store = &fresh.store;
        talk(store);
        let copy = store.copy(Extent::Backup).unwrap();
        store.write(|tx| tx.remove_reactions_of("an", 9)).unwrap();
        let done = store.put_back(&copy, true).unwrap();
        assert_eq!(done.still_deleted, 5);
        assert!(!all_texts(store).contains("van an"), "{}", all_texts(store));
        assert_eq!(store.read(|tx| tx.reactions_of("ben")).unwrap().len(), 2);
        assert_eq!(published(store), [(id(5), "Ben".to_owned())]);
    }
}

#[test]
fn d1_who_leaves_may_let_stand_what_stands_on_the_site_under_no_name() {
    for fresh in all() {
        let store = &fresh.store;
        talk(store);
        assert!(store.write(|tx| tx.keep_reactions_of("an", 9)).unwrap());
        let former = || FORMER.to_owned();
        let ben = || "Ben".to_owned();
        assert_eq!(
            published(store),
            [(id(1), former()), (id(2), ben()), (id(3), former()), (id(5), ben()), (id(7), former())]
        );
        let texts = all_texts(store);
        assert!(
            !texts.contains("van an 4") && !texts.contains("van an 6"),
            "what waits or was declined goes"
        );
        assert_eq!(deletions(store), [4, 6].map(id));
    }
}

#[test]
fn whoever_wrote_nothing_that_stood_there_changes_nothing_on_the_site() {
    for fresh in all() {
        let store = &fresh.store;
        add_member(store, "an", "An", "deelnemer", &[]);
        add(store, 1, "an", None, State::Waiting);
        assert!(!store.write(|tx| tx.remove_reactions_of("an", 9)).unwrap());
        assert!(!store.write(|tx| tx.keep_reactions_of("an", 9)).unwrap());
    }
}

#[test]
fn an_answer_to_what_is_not_there_is_not_published() {
    for fresh in all() {
        let store = &fresh.store;
        talk(store);
        for state in [State::Waiting, State::Declined] {
            store.write(|tx| tx.decide_reaction(&id(1), state, None, 1)).unwrap();
            assert_eq!(published(store), [(id(5), "Ben".to_owned()), (id(7), "An".to_owned())]);
            assert_eq!(store.read(|tx| tx.placed_on("p")).unwrap().len(), 2);
        }
    }
}

#[test]
fn reactions_are_counted_by_what_became_of_them() {
    for fresh in all() {
        talk(&fresh.store);
        let counts = fresh.store.read(|tx| tx.reaction_counts("an")).unwrap();
        assert_eq!(counts, Counts { waiting: 1, placed: 3, declined: 1 });
        assert_eq!(fresh.store.read(|tx| tx.answers_to(&id(1))).unwrap(), 2);
    }
}

#[test]
fn a_key_is_used_once_whoever_uses_it() {
    for fresh in all() {
        let store = &fresh.store;
        talk(store);
        let (first, other) = (id(1), id(99));
        let said =
            Said { title: None, text: "x", notice: None, expires: None, state: State::Placed, holds: "" };
        let new = New {
            id: &other,
            page: "p",
            parent: None,
            account: "ben",
            kind: Kind::Remark,
            said,
            once: &first,
            now: 1,
        };
        assert!(!store.write(|tx| tx.add_reaction(&new)).unwrap());
        assert_eq!(store.read(|tx| tx.reaction(&other)).unwrap(), None);
        assert_eq!(
            store.read(|tx| tx.reaction_of_form(&first)).unwrap().unwrap().account.as_deref(),
            Some("an")
        );
    }
}

#[test]
fn one_answer_is_chosen_and_only_of_its_own_question() {
    for fresh in all() {
        let store = &fresh.store;
        talk(store);
        let chosen = || -> Vec<String> {
            let items = store.read(|tx| tx.published()).unwrap().items;
            items.into_iter().filter(|one| one.chosen).map(|one| one.id).collect()
        };
        for (answer, expected) in [
            (Some(2), vec![id(2)]),
            (Some(3), vec![id(3)]),
            (Some(7), vec![]),
            (Some(2), vec![id(2)]),
            (None, vec![]),
        ] {
            store.write(|tx| tx.choose_answer(&id(1), answer.map(id).as_deref())).unwrap();
            assert_eq!(chosen(), expected);
        }
    }
}
