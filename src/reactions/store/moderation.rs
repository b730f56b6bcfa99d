//! What moderators need. In: reports, decisions. Out: what waits, oldest first; what was reported; who is to be told; and
//! the log with names in it.

use super::accounts::Account;
use super::database::{Row, values};
use super::mails::Mail;
use super::reactions::{Kept, State, select};
use super::{StoreError, Tx};

/// Somebody says that something should not stand there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Report {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub reaction: String,
    /// Who reports; none for a visitor.
    pub account: Option<String>,
    /// Why.
    pub reason: String,
    /// When.
    pub created: i64,
}

/// Somebody who decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moderator {
    /// The member.
    pub account: Account,
    /// What they decide about; none: about everything.
    pub scopes: Vec<String>,
}

/// A row of the log, with the name of whoever did it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Its id.
    pub id: String,
    /// When.
    pub at: i64,
    /// The name of whoever did it, as long as they are a member.
    pub name: Option<String>,
    /// What: `reactie/geplaatst`.
    pub action: String,
    /// What it was done to: an id.
    pub subject: Option<String>,
    /// A moderator's reason; what else belongs to it.
    pub detail: Option<String>,
    /// The page of the reaction it was done to.
    pub page: Option<String>,
}

impl Tx<'_> {
    /// What waits, behind this id, oldest first.
    pub fn waiting_after(&mut self, id: &str, most: i64) -> Result<Vec<Kept>, StoreError> {
        let found = self.rows(
            select!("WHERE r.state = 'wacht' AND r.id > $1 ORDER BY r.id LIMIT $2"),
            values![id, most],
        )?;
        Ok(found.iter().map(Kept::of).collect())
    }

    /// How many reactions wait, by page.
    pub fn waiting_by_page(&mut self) -> Result<Vec<(String, i64)>, StoreError> {
        let found = self.rows(
            "SELECT page, count(*) FROM reactions WHERE state = 'wacht' GROUP BY page ORDER BY page",
            values![],
        )?;
        Ok(found.iter().map(|row| (row.text(0), row.int(1))).collect())
    }

    /// How many reactions were reported and not yet looked at, by page.
    pub fn reported_by_page(&mut self) -> Result<Vec<(String, i64)>, StoreError> {
        let found = self.rows(
            "SELECT r.page, count(DISTINCT r.id) FROM reactions r JOIN reports m ON m.reaction = r.id \
             WHERE m.closed IS NULL GROUP BY r.page ORDER BY r.page",
            values![],
        )?;
        Ok(found.iter().map(|row| (row.text(0), row.int(1))).collect())
    }

    /// Keeps a report.
    pub fn add_report(&mut self, report: &Report) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO reports (id, reaction, account, reason, created) VALUES ($1, $2, $3, $4, $5)",
            values![&report.id, &report.reaction, report.account.as_ref(), &report.reason, report.created],
        )?;
        Ok(())
    }

    /// What was reported and not yet looked at, oldest first.
    pub fn open_reports(&mut self, most: i64) -> Result<Vec<Report>, StoreError> {
        let found = self.rows(
            "SELECT id, reaction, account, reason, created FROM reports WHERE closed IS NULL ORDER BY id LIMIT $1",
            values![most],
        )?;
        Ok(found.iter().map(report).collect())
    }

    /// The reports about something that are still open, oldest first.
    pub fn reports_about(&mut self, reaction: &str) -> Result<Vec<Report>, StoreError> {
        let found = self.rows(
            "SELECT id, reaction, account, reason, created FROM reports WHERE reaction = $1 AND closed IS NULL ORDER BY id",
            values![reaction],
        )?;
        Ok(found.iter().map(report).collect())
    }

    /// How many reports about something are open, and how many a moderator looked at.
    pub fn report_counts(&mut self, reaction: &str) -> Result<(i64, i64), StoreError> {
        let found = self.row(
            "SELECT count(CASE WHEN closed IS NULL THEN 1 END), count(closed) FROM reports WHERE reaction = $1",
            values![reaction],
        )?;
        Ok(found.map(|row| (row.int(0), row.int(1))).unwrap_or_default())
    }

    /// Whether a moderator has looked, since this moment, at a report whose reason begins like this.
    pub fn was_looked_at(&mut self, reaction: &str, begins: &str, since: i64) -> Result<bool, StoreError> {
        let found = self.row(
            "SELECT count(*) FROM reports WHERE reaction = $1 AND closed > $2 AND reason LIKE $3",
            values![reaction, since, format!("{begins}%")],
        )?;
        Ok(found.is_some_and(|row| row.int(0) > 0))
    }

    /// A moderator looked at what was reported, up to this report; how many reports there were.
    pub fn close_reports_until(&mut self, reaction: &str, last: &str, now: i64) -> Result<u64, StoreError> {
        self.run(
            "UPDATE reports SET closed = $3 WHERE reaction = $1 AND closed IS NULL AND id <= $2",
            values![reaction, last, now],
        )
    }

    /// Everything that was reported is done with; how many reports there were.
    pub fn close_reports(&mut self, reaction: &str, now: i64) -> Result<u64, StoreError> {
        self.run(
            "UPDATE reports SET closed = $2 WHERE reaction = $1 AND closed IS NULL",
            values![reaction, now],
        )
    }

    /// Removes reports that were looked at before a moment.
    pub fn tidy_reports(&mut self, before: i64) -> Result<u64, StoreError> {
        self.run("DELETE FROM reports WHERE closed < $1", values![before])
    }

    /// Whether what this answers stands on the site; so does what answers nothing.
    pub fn has_its_place(&mut self, kept: &Kept) -> Result<bool, StoreError> {
        let Some(parent) = &kept.parent else { return Ok(true) };
        Ok(self.reaction(parent)?.is_some_and(|parent| parent.state == State::Placed))
    }

    /// Those who decide, and about what.
    pub fn moderators(&mut self) -> Result<Vec<Moderator>, StoreError> {
        let found = self.rows(
            "SELECT id FROM accounts WHERE role IN ('moderator', 'beheerder') AND verified IS NOT NULL \
             AND blocked IS NULL ORDER BY id",
            values![],
        )?;
        let mut all = Vec::new();
        for row in found {
            let id = row.text(0);
            if let Some(account) = self.account(&id)? {
                all.push(Moderator { account, scopes: self.scopes(&id)? });
            }
        }
        Ok(all)
    }

    /// Has a mail sent at `next`, unless one of the same template still waits for this member: that one then says what
    /// this one would.
    pub fn enqueue_one(&mut self, mail: &Mail, next: i64) -> Result<(), StoreError> {
        let changed = self.run(
            "UPDATE mails SET slots = $3 WHERE account = $1 AND template = $2 AND failed IS NULL AND attempts = 0",
            values![mail.account.as_ref(), &mail.template, &mail.slots],
        )?;
        if changed == 0 {
            self.enqueue(mail)?;
            self.run("UPDATE mails SET next = $2 WHERE id = $1", values![&mail.id, next])?;
        }
        Ok(())
    }

    /// What was done before this row, newest first. `all`: also what is not about reactions.
    pub fn log_before(&mut self, id: &str, all: bool, most: i64) -> Result<Vec<Line>, StoreError> {
        let found = self.rows(
            "SELECT l.id, l.at, a.name, l.action, l.subject, l.detail, r.page FROM audit l \
             LEFT JOIN accounts a ON a.id = l.actor LEFT JOIN reactions r ON r.id = l.subject \
             WHERE l.id < $1 AND (CAST($2 AS BIGINT) = 1 OR l.action LIKE 'reactie/%' OR l.action LIKE 'melding/%') \
             ORDER BY l.id DESC LIMIT $3",
            values![id, all, most],
        )?;
        let line = |row: &Row| Line {
            id: row.text(0),
            at: row.int(1),
            name: row.maybe_text(2),
            action: row.text(3),
            subject: row.maybe_text(4),
            detail: row.maybe_text(5),
            page: row.maybe_text(6),
        };
        Ok(found.iter().map(line).collect())
    }
}

fn report(row: &Row) -> Report {
    Report {
        id: row.text(0),
        reaction: row.text(1),
        account: row.maybe_text(2),
        reason: row.text(3),
        created: row.int(4),
    }
}
