//! What holds for every store, on each database there is.

use super::accounts::Role;
use super::audit::Entry;
use super::database::values;
use super::mails::Mail;
use super::sessions::Session;
use super::testing::all;
use super::throttle::Limit;
use super::tokens::{Purpose, Token};
use super::{Store, StoreError};

fn member(store: &Store, id: &str) {
    store
        .write(|tx| {
            tx.run(
                "INSERT INTO accounts (id, mail, name, password, created) VALUES ($1, $2, 'Naam', 'x', 0)",
                values![id, format!("{id}@example.org")],
            )
        })
        .unwrap();
}

#[test]
fn all_or_nothing() {
    for fresh in all() {
        let done: Result<(), _> = fresh.store.write(|tx| {
            tx.run(
                "INSERT INTO accounts (id, mail, name, password, created) VALUES ('a', 'a@b.c', 'N', 'x', 0)",
                values![],
            )?;
            Err(StoreError::Full)
        });
        assert_eq!(done, Err(StoreError::Full));
        assert_eq!(fresh.store.read(|tx| tx.account("a")).unwrap(), None);
        assert!(fresh.store.verify().unwrap().is_empty());
    }
}

#[test]
fn a_reader_cannot_write() {
    for fresh in all() {
        assert!(fresh.store.read(|tx| tx.run("DELETE FROM accounts", values![])).is_err());
    }
}

#[test]
fn a_login_lasts_within_its_limits() {
    for fresh in all() {
        member(&fresh.store, "a");
        let session = Session {
            id: "s".to_owned(),
            account: "a".to_owned(),
            device: "Firefox".to_owned(),
            created: 100,
            seen: 200,
            proven: 100,
        };
        fresh.store.write(|tx| tx.begin_session(&session, b"hash")).unwrap();
        let found = |idle, oldest| fresh.store.read(|tx| tx.session(b"hash", idle, oldest)).unwrap();
        assert_eq!(found(199, 99), Some(session.clone()));
        assert_eq!(found(200, 99), None);
        assert_eq!(found(199, 100), None);
        assert!(!fresh.store.write(|tx| tx.end_session("b", "s")).unwrap());
        assert!(fresh.store.write(|tx| tx.end_session("a", "s")).unwrap());
        assert_eq!(found(0, 0), None);
        assert_eq!(fresh.store.read(|tx| tx.account("a")).unwrap().unwrap().role, Role::Member);
    }
}

#[test]
fn too_often_is_counted_within_a_window() {
    for fresh in all() {
        let limit = Limit { most: 2, window: 1000 };
        let count = |now| fresh.store.write(|tx| tx.count("k", limit, now)).unwrap();
        assert_eq!([count(0), count(10), count(20), count(999)], [None, None, Some(980), Some(1)]);
        assert_eq!(count(1000), None);
        fresh.store.write(|tx| tx.forgive("k")).unwrap();
        assert_eq!([count(1001), count(1002), count(1003)], [None, None, Some(998)]);
    }
}

#[test]
fn a_token_is_good_once_and_for_one_purpose() {
    for fresh in all() {
        member(&fresh.store, "a");
        let token = Token {
            id: "t".to_owned(),
            purpose: Purpose::Password,
            account: "a".to_owned(),
            value: None,
            created: 0,
            expires: 1000,
        };
        fresh.store.write(|tx| tx.make_token(&token, b"hash", Some(b"code"))).unwrap();
        let found = |purpose, now| fresh.store.read(|tx| tx.token(purpose, b"hash", now)).unwrap();
        assert_eq!(found(Purpose::Password, 999), Some(token.clone()));
        assert_eq!(found(Purpose::Password, 1000), None);
        assert_eq!(found(Purpose::Confirm, 0), None);
        let guess = |code: &'static [u8]| {
            fresh.store.write(|tx| tx.token_of_code(Purpose::Password, "a", |_| code.to_vec(), 0)).unwrap()
        };
        assert_eq!(guess(b"code"), Some(token.clone()));
        for _ in 0..5 {
            assert_eq!(guess(b"cod_"), None);
        }
        assert_eq!(guess(b"code"), None);
        assert!(fresh.store.write(|tx| tx.use_token("t")).unwrap());
        assert!(!fresh.store.write(|tx| tx.use_token("t")).unwrap());
    }
}

#[test]
fn a_mail_is_taken_by_one_and_comes_back() {
    for fresh in all() {
        let mail = Mail {
            id: "m".to_owned(),
            account: None,
            recipient: "a@example.org".to_owned(),
            template: "x".to_owned(),
            slots: "{}".to_owned(),
            created: 5,
            attempts: 0,
        };
        fresh.store.write(|tx| tx.enqueue(&mail)).unwrap();
        let take = |now| fresh.store.write(|tx| tx.take_mails(now, now + 100, 10)).unwrap();
        assert_eq!(take(4).len(), 0);
        assert_eq!(take(5)[0].attempts, 1);
        assert_eq!(take(50).len(), 0);
        assert_eq!(take(105)[0].attempts, 2);
        fresh.store.write(|tx| tx.mail_failed("m", "nee", Some(300), 110)).unwrap();
        assert_eq!((take(299).len(), take(300).len()), (0, 1));
        fresh.store.write(|tx| tx.mail_failed("m", "nee", None, 400)).unwrap();
        assert_eq!(take(9999).len(), 0);
        assert_eq!(fresh.store.read(|tx| tx.mails_waiting()).unwrap(), (0, 1));
    }
}

#[test]
fn work_is_done_by_one() {
    for fresh in all() {
        let take = |now| fresh.store.write(|tx| tx.take_work("mail", now, now + 100)).unwrap();
        assert_eq!([take(0), take(50), take(100)], [true, false, true]);
        fresh.store.write(|tx| tx.leave_work("mail")).unwrap();
        assert!(take(101));
        assert_eq!(fresh.store.write(|tx| tx.published_changed(7)).unwrap(), 1);
        assert_eq!(fresh.store.write(|tx| tx.published_changed(9)).unwrap(), 2);
        let behind = fresh.store.read(|tx| tx.behind()).unwrap();
        assert_eq!((behind.wanted, behind.done, behind.not_before), (2, 0, 7));
        fresh.store.write(|tx| tx.built(2, None, 0)).unwrap();
        assert_eq!(fresh.store.read(|tx| tx.behind()).unwrap().done, 2);
        assert_eq!(fresh.store.read(|tx| tx.revision()).unwrap(), 2);
    }
}

#[test]
fn members_keep_the_key_that_was_there_first() {
    for fresh in all() {
        let fits = |mark| fresh.store.write(|tx| tx.fits_key(mark)).unwrap();
        let needs = || fresh.store.read(|tx| tx.needs_key()).unwrap();
        member(&fresh.store, "a");
        assert!(!needs(), "no key is known yet");
        assert!(fits(-7) && fits(-7) && !fits(8) && needs());
        fresh.store.write(|tx| tx.run("DELETE FROM accounts", values![])).unwrap();
        assert!(!needs() && fits(8));
    }
}

#[test]
fn the_log_is_read_newest_first() {
    for fresh in all() {
        for (id, at) in [("1", 10), ("2", 20)] {
            let entry = Entry { id: id.to_owned(), at, action: "x".to_owned(), ..Entry::default() };
            fresh.store.write(|tx| tx.note(&entry)).unwrap();
        }
        let ids = |before| -> Vec<String> {
            let found = fresh.store.read(|tx| tx.log_before(before, true, 10)).unwrap();
            found.into_iter().map(|line| line.id).collect()
        };
        assert_eq!(ids("3"), ["2", "1"]);
        assert_eq!(ids("2"), ["1"]);
        fresh.store.write(|tx| tx.tidy_audit(20)).unwrap();
        assert_eq!(ids("3"), ["2"]);
    }
}
