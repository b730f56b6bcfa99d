//! What a copy brings back, and what it does not.

use super::*;
use crate::reactions::store::personal::Reactions;
use crate::reactions::store::testing::{Fresh, all, sqlite};

fn filled(fresh: &Fresh) {
    fresh
        .store
        .write(|tx| {
            for id in ["A", "B"] {
                tx.run(
                    "INSERT INTO accounts (id, mail, name, password, created) VALUES ($1, $2, 'Naam “é”', 'x', 1)",
                    values![id, format!("{id}@example.org")],
                )?;
            }
            tx.run(
                "INSERT INTO sessions (id, hash, account, device, created, seen, proven) VALUES ('S', $1, 'A', 'd', 1, 1, 1)",
                values![&[0_u8, 255][..]],
            )?;
            for (id, parent, kind) in [("Z", None, "vraag"), ("Y", Some("Z"), "antwoord")] {
                tx.run(
                    "INSERT INTO reactions (id, page, parent, account, kind, text, state, once, created) \
                     VALUES ($1, 'p', $2, 'B', $3, 'Hoe\ngaat dit?', 'geplaatst', $1, 1)",
                    values![id, parent, kind],
                )?;
            }
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_move_is_the_same_on_both_databases() {
    let from = sqlite();
    filled(&from);
    let copy = from.store.copy(Extent::Move).unwrap();
    for to in all() {
        let done = to.store.put_back(&copy, false).unwrap();
        assert_eq!((done.rows, done.was_empty), (5, true));
        let again = String::from_utf8(to.store.copy(Extent::Move).unwrap()).unwrap();
        let rows = |text: &str| -> Vec<String> {
            let kept =
                |line: &&str| line.starts_with('[') && !line.contains("counters") && !line.contains("works");
            text.lines().filter(kept).map(ToOwned::to_owned).collect()
        };
        assert_eq!(rows(&again), rows(std::str::from_utf8(&copy).unwrap()));
        assert!(to.store.put_back(&copy, false).is_err());
    }
}

/// Y is taken away, and B leaves and lets the rest stand.
fn b_leaves(fresh: &Fresh) {
    fresh
        .store
        .write(|tx| {
            tx.erase_reaction("Y", None, 5)?;
            tx.erase_account("B", Reactions::Kept, 6, 0)
        })
        .unwrap();
}

#[test]
fn a_backup_opens_nothing_and_brings_nothing_back_that_was_deleted() {
    for fresh in all() {
        filled(&fresh);
        let backup = fresh.store.copy(Extent::Backup).unwrap();
        assert!(!String::from_utf8_lossy(&backup).contains("sessions"));
        b_leaves(&fresh);
        let done = fresh.store.put_back(&backup, true).unwrap();
        assert_eq!(done.still_deleted, 2, "a reaction and an account");
        assert!(!done.was_empty);
        let (a, b) = fresh.store.read(|tx| Ok((tx.account("A")?, tx.account("B")?))).unwrap();
        assert!(a.is_some() && b.is_none());
        let left = fresh.store.read(|tx| tx.rows("SELECT id, account FROM reactions", values![])).unwrap();
        assert_eq!((left.len(), left[0].text(0), left[0].maybe_text(1)), (1, "Z".to_owned(), None));
    }
}

#[test]
fn a_backup_brings_nothing_back_of_who_left_but_what_they_reported() {
    for fresh in all() {
        filled(&fresh);
        fresh
            .store
            .write(|tx| {
                for (id, reaction, closed) in
                    [("open", "Z", None), ("dicht", "Z", Some(3)), ("weg", "Y", Some(3))]
                {
                    tx.run(
                        "INSERT INTO reports (id, reaction, account, reason, created, closed) \
                         VALUES ($1, $2, 'B', $1, 2, $3)",
                        values![id, reaction, closed],
                    )?;
                }
                tx.run("UPDATE reactions SET reason = 'Niet over Jansen', holds = 'Jansen'", values![])?;
                for (id, actor, subject) in [("1", "B", "B"), ("2", "A", "Y"), ("3", "A", "Z")] {
                    tx.run(
                        "INSERT INTO audit (id, at, actor, action, subject, detail, network) \
                         VALUES ($1, 1, $2, 'x', $3, 'Over ' || $3, 'net')",
                        values![id, actor, subject],
                    )?;
                }
                Ok(())
            })
            .unwrap();
        let backup = fresh.store.copy(Extent::Backup).unwrap();
        b_leaves(&fresh);
        fresh.store.put_back(&backup, true).unwrap();
        let rows = |sql| fresh.store.read(|tx| tx.rows(sql, values![])).unwrap();
        let texts = |sql, most: usize| -> Vec<Vec<Option<String>>> {
            rows(sql).iter().map(|row| (0..most).map(|at| row.maybe_text(at)).collect()).collect()
        };
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(texts("SELECT id, account FROM reports", 2), [[text("open"), None]]);
        assert_eq!(
            texts("SELECT actor, subject, detail, network FROM audit ORDER BY id", 4),
            [
                [None, None, None, None],
                [text("A"), text("Y"), None, text("net")],
                [text("A"), text("Z"), text("Over Z"), text("net")],
            ]
        );
        assert_eq!(texts("SELECT account, reason, holds FROM reactions", 3), [[None, None, text("")]]);
    }
}

#[test]
fn a_copy_of_another_version_says_which_program_can_put_it_back() {
    let fresh = sqlite();
    for (version, part) in [(NEWEST - 1, "then start this version"), (NEWEST + 1, "the newer version")] {
        let head = json!({"praktijk": "reacties-alles", "versie": version}).to_string() + "\n";
        let end = json!({"rijen": 0, "sha256": sum(head.as_bytes())});
        let why = fresh.store.put_back(format!("{head}{end}\n").as_bytes(), true).unwrap_err().to_string();
        assert!(why.contains(part), "{why}");
    }
}

#[test]
fn what_is_not_whole_is_never_put_back() {
    let fresh = sqlite();
    filled(&fresh);
    let copy = fresh.store.copy(Extent::Backup).unwrap();
    let to = sqlite();
    for cut in 0..copy.len() {
        assert!(to.store.put_back(&copy[..cut], true).is_err(), "cut at {cut}");
    }
    for at in (0..copy.len()).step_by(7) {
        let mut changed = copy.clone();
        changed[at] ^= 1;
        assert!(to.store.put_back(&changed, true).is_err(), "changed at {at}");
    }
    assert!(to.store.read(|tx| tx.account("A")).unwrap().is_none());
    assert_eq!(look_at(&copy).unwrap(), 4);
}

#[test]
fn a_thread_moves_with_those_who_follow_it() {
    for fresh in all() {
        filled(&fresh);
        fresh
            .store
            .write(|tx| {
                for (id, page, account) in [("1", "p", "A"), ("2", "q", "A"), ("3", "p", "B")] {
                    tx.run(
                        "INSERT INTO subscriptions (id, page, account, created) VALUES ($1, $2, $3, 0)",
                        values![id, page, account],
                    )?;
                }
                Ok(())
            })
            .unwrap();
        assert_eq!(fresh.store.write(|tx| tx.remap("p", "q")).unwrap(), 2);
        let left = fresh
            .store
            .read(|tx| tx.rows("SELECT id FROM subscriptions WHERE page = 'q' ORDER BY id", values![]));
        assert_eq!(left.unwrap().len(), 2);
    }
}
