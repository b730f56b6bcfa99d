//! What is taken away because it is old. In: the time, and how long things are kept. Out: how much went.

use super::app::App;
use super::clock::{DAY, HOUR, MINUTE};
use super::store::StoreError;

/// For how long a mail that could not be sent is kept, for whoever wonders where it is.
const FAILED_MAILS: i64 = 7 * DAY;

/// For how long a copy of the database is kept from before its schema changed. Who left since is still in it.
const OLD_SCHEMAS: i64 = 30 * DAY;
/// Under what tidying is taken.
const WORK: &str = "opruimen";

/// How much went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Gone {
    /// Logins that had ended.
    pub sessions: u64,
    /// Links that were too old.
    pub tokens: u64,
    /// Accounts that were never confirmed.
    pub accounts: u64,
    /// Rows of the log.
    pub audit: u64,
    /// Reports that were looked at.
    pub reports: u64,
    /// Mails that were given up.
    pub mails: u64,
}

/// Takes away what is old.
pub fn tidy(app: &App) -> Result<Gone, StoreError> {
    let now = app.clock.now();
    let (idle, whole) = app.settings.session_limits();
    let table = &app.settings.table;
    let gone = app.store.write(|tx| {
        tx.tidy_throttle(now - DAY)?;
        Ok(Gone {
            sessions: tx.tidy_sessions(now - idle, now - whole)?,
            tokens: tx.tidy_tokens(now)?,
            accounts: tx.tidy_unconfirmed(now - table.unconfirmed_days * DAY)?,
            audit: tx.tidy_audit(now - table.audit_days * DAY)?,
            reports: tx.tidy_reports(now - table.audit_days * DAY)?,
            mails: tx.tidy_mails(now - FAILED_MAILS)?,
        })
    })?;
    app.store.tidy_copies(now - OLD_SCHEMAS)?;
    Ok(gone)
}

/// The same, once an hour and by one endpoint. What was deleted since, by whomever, then goes from the files as well; when
/// somebody reads in them just then, it is done soon again.
pub fn tidy_hourly(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    if !app.store.write(|tx| tx.take_work(WORK, now, now + HOUR))? {
        return Ok(());
    }
    let done = tidy(app).and_then(|_| app.store.forget());
    if matches!(done, Err(StoreError::Away(_))) {
        app.store.write(|tx| tx.keep_work(WORK, now + MINUTE))?;
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reactions::routes::testing::{NOW, town, towns};
    use crate::reactions::store::Store;
    use crate::reactions::store::moderation::Report;
    use crate::reactions::store::testing::{add_member, all_texts};

    fn report(id: &str) -> Report {
        Report {
            id: id.to_owned(),
            reaction: "R".to_owned(),
            account: Some("M".to_owned()),
            reason: "Dit gaat over Jansen".to_owned(),
            created: NOW,
        }
    }

    /// A member and a text of theirs, with a report that was looked at and one that was not.
    fn reported_twice(store: &Store) {
        add_member(store, "M", "Noor", "deelnemer", &[]);
        store
            .write(|tx| {
                tx.put_reaction_for_tests("R", "M", "geplaatst", "x")?;
                tx.add_report(&report("1"))?;
                tx.close_reports("R", NOW)?;
                tx.add_report(&report("2"))
            })
            .unwrap();
    }

    #[test]
    fn a_report_that_was_looked_at_is_kept_as_long_as_the_log() {
        for town in towns(&serde_json::json!({"audit_days": 30})) {
            let store = &town.app.store;
            reported_twice(store);
            town.app.clock.forward(30 * DAY);
            assert_eq!(tidy(&town.app).unwrap().reports, 0);
            town.app.clock.forward(1);
            assert_eq!(tidy(&town.app).unwrap().reports, 1);
            let left = store.read(|tx| Ok((tx.report_counts("R")?, tx.reports_about("R")?.len()))).unwrap();
            assert_eq!(left, ((1, 0), 1), "one that nobody looked at stays");
        }
    }

    #[test]
    fn what_was_reported_of_a_text_goes_with_it() {
        for town in towns(&serde_json::json!({})) {
            let store = &town.app.store;
            reported_twice(store);
            store.write(|tx| tx.erase_reaction("R", None, NOW)).unwrap();
            let (texts, counts) = (all_texts(store), store.read(|tx| tx.report_counts("R")).unwrap());
            assert!(!texts.contains("Jansen"), "{texts}");
            assert_eq!(counts, (0, 2), "that it was reported is still known");
            assert!(store.read(|tx| tx.belongings("M")).unwrap().reports.is_empty());
        }
    }

    #[test]
    fn what_was_taken_away_goes_from_the_files_too() {
        let town = town();
        let store = &town.app.store;
        let file = store.file().unwrap().to_owned();
        let holds = |text: &str| {
            let log = file.with_extension("sqlite-wal");
            [&file, &log].iter().any(|file| {
                std::fs::read(file)
                    .unwrap_or_default()
                    .windows(text.len())
                    .any(|part| part == text.as_bytes())
            })
        };
        add_member(store, "M", "Noor", "deelnemer", &[]);
        store.write(|tx| tx.put_reaction_for_tests("R", "M", "geplaatst", "Spoorloos")).unwrap();
        store.write(|tx| tx.erase_reaction("R", None, NOW)).unwrap();
        assert!(holds("Spoorloos"));
        // Somebody else reads: it cannot be done now, and is done soon.
        let reader = rusqlite::Connection::open(&file).unwrap();
        reader.execute_batch("BEGIN; SELECT count(*) FROM reactions;").unwrap();
        store.write(|tx| tx.remap("prikbord", "bord")).unwrap();
        assert!(matches!(tidy_hourly(&town.app), Err(StoreError::Away(_))));
        reader.execute_batch("COMMIT").unwrap();
        town.app.clock.forward(MINUTE);
        tidy_hourly(&town.app).unwrap();
        assert!(!holds("Spoorloos"));
    }
}
