//! Everything of one member besides what it wrote. In: its id. Out: what there is, for the member to take along; or nothing
//! any more.
//!
//! What is erased leaves an id in `deletions`, so that a backup does not bring it back. An id says nothing of anybody.

use super::database::values;
use super::{StoreError, Tx};

/// What there is of a member besides its account and what it wrote.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Belongings {
    /// The pages it follows, and since when.
    pub subscriptions: Vec<(String, i64)>,
    /// What it reported: a reaction, why, and when.
    pub reports: Vec<(String, String, i64)>,
}

/// What becomes of the reactions that stand on the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reactions {
    /// They go.
    Erased,
    /// They stay, of nobody.
    Kept,
}

impl Tx<'_> {
    /// What there is of a member.
    pub fn belongings(&mut self, account: &str) -> Result<Belongings, StoreError> {
        let subscriptions = self.rows(
            "SELECT page, created FROM subscriptions WHERE account = $1 ORDER BY page",
            values![account],
        )?;
        let reports = self.rows(
            "SELECT reaction, reason, created FROM reports WHERE account = $1 ORDER BY id",
            values![account],
        )?;
        Ok(Belongings {
            subscriptions: subscriptions.iter().map(|row| (row.text(0), row.int(1))).collect(),
            reports: reports.iter().map(|row| (row.text(0), row.text(1), row.int(2))).collect(),
        })
    }

    /// Erases a member. What stood on the site is built otherwise, not before a moment.
    pub fn erase_account(
        &mut self,
        id: &str,
        reactions: Reactions,
        now: i64,
        not_before: i64,
    ) -> Result<(), StoreError> {
        if self.account(id)?.is_none() {
            return Ok(());
        }
        let stood = match reactions {
            Reactions::Erased => self.remove_reactions_of(id, now)?,
            Reactions::Kept => self.keep_reactions_of(id, now)?,
        };
        if stood {
            self.published_changed(not_before)?;
        }
        self.erase_person(id, now)
    }

    /// Takes away who somebody was, after what becomes of their reactions: their name goes from reports and the log, and the
    /// account goes. A backup does not bring it back.
    pub(super) fn erase_person(&mut self, id: &str, now: i64) -> Result<(), StoreError> {
        // A report may be about somebody in danger, so it stays until it was looked at, of nobody.
        self.run("DELETE FROM reports WHERE account = $1 AND closed IS NOT NULL", values![id])?;
        self.run("UPDATE reports SET account = NULL WHERE account = $1", values![id])?;
        self.forget_in_log(id)?;
        self.run(
            "DELETE FROM mails WHERE account = $1 OR recipient = (SELECT mail FROM accounts WHERE id = $1)",
            values![id],
        )?;
        self.note_deletion(id, now)?;
        self.run("DELETE FROM accounts WHERE id = $1", values![id])?;
        Ok(())
    }

    /// What happened stays in the log; who it was does not.
    fn forget_in_log(&mut self, id: &str) -> Result<(), StoreError> {
        self.run(
            "UPDATE audit SET actor = CASE WHEN actor = $1 THEN NULL ELSE actor END, \
             subject = CASE WHEN subject = $1 THEN NULL ELSE subject END, \
             detail = CASE WHEN subject = $1 THEN NULL ELSE detail END, \
             network = CASE WHEN actor = $1 THEN NULL ELSE network END WHERE actor = $1 OR subject = $1",
            values![id],
        )?;
        Ok(())
    }
}

#[cfg(test)]
impl Tx<'_> {
    /// A reaction, as far as tests of accounts need one.
    pub(crate) fn put_reaction_for_tests(
        &mut self,
        id: &str,
        account: &str,
        state: &str,
        text: &str,
    ) -> Result<u64, StoreError> {
        self.run(
            "INSERT INTO reactions (id, page, account, kind, text, state, once, created) \
             VALUES ($1, 'prikbord', $2, 'vraag', $4, $3, $1, 0)",
            values![id, account, state, text],
        )
    }

    /// The text of a reaction and whose it is.
    pub(crate) fn text_for_tests(
        &mut self,
        id: &str,
    ) -> Result<Option<(String, Option<String>)>, StoreError> {
        let found = self.row("SELECT text, account FROM reactions WHERE id = $1", values![id])?;
        Ok(found.map(|row| (row.text(0), row.maybe_text(1))))
    }

    /// Whether a backup must not bring this back.
    pub(crate) fn was_deleted_for_tests(&mut self, id: &str) -> Result<bool, StoreError> {
        Ok(self.row("SELECT id FROM deletions WHERE id = $1", values![id])?.is_some())
    }
}
