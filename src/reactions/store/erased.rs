//! Texts that are taken away. In: a reaction, or a member who leaves. Out: the texts are gone.
//!
//! They are really gone: a row may stay, so that answers of others keep what they answer and a form sent again is known, but
//! its text does not.

use super::database::values;
use super::{StoreError, Tx};

/// What stands where a text was taken away.
const GONE: &str = "-";

/// Takes the text of rows away; what stands in `$2` is left. `$rest` says why and of which.
macro_rules! blank {
    ($rest:literal) => {
        concat!(
            "UPDATE reactions SET text = $2, title = NULL, notice = NULL, expires = NULL, holds = '', chosen = 0, \
             state = 'ingetrokken', ",
            $rest
        )
    };
}

/// Takes the words away of who reported rows; what stands in `$2` is left. What is gone need not be looked at any more,
/// from `$3` on. `$which` says of which.
macro_rules! unsay {
    ($which:literal) => {
        concat!(
            "UPDATE reports SET reason = $2, account = NULL, closed = coalesce(closed, $3) WHERE reaction ",
            $which
        )
    };
}

impl Tx<'_> {
    /// Takes a reaction away: what was written is gone from here, what was reported of it too, and a backup does not bring it
    /// back.
    pub fn erase_reaction(&mut self, id: &str, reason: Option<&str>, now: i64) -> Result<(), StoreError> {
        self.run(blank!("reason = $3 WHERE id = $1"), values![id, GONE, reason])?;
        self.run(unsay!("= $1"), values![id, GONE, now])?;
        self.note_deletion(id, now)
    }

    /// Remembers that something was deleted, by its id.
    pub(super) fn note_deletion(&mut self, id: &str, now: i64) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO deletions (id, at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
            values![id, now],
        )?;
        Ok(())
    }

    /// Takes away what a backup brought back, but not what others answered to it; how much it was.
    pub(super) fn erase_again(&mut self, id: &str, at: i64) -> Result<u64, StoreError> {
        let gone = self.run(
            "DELETE FROM reactions WHERE id = $1 AND state <> 'ingetrokken' AND NOT EXISTS \
             (SELECT 1 FROM reactions answer WHERE answer.parent = reactions.id)",
            values![id],
        )?;
        let stubs =
            self.run(blank!("reason = NULL WHERE id = $1 AND state <> 'ingetrokken'"), values![id, GONE])?;
        self.run(unsay!("= $1"), values![id, GONE, at])?;
        Ok(gone + stubs)
    }

    /// Takes the name from what a backup brought back of a member who left since, and what was said of what goes.
    pub(super) fn disown_again(&mut self, account: &str) -> Result<(), StoreError> {
        self.run(
            "UPDATE audit SET detail = NULL WHERE subject IN (SELECT r.id FROM reactions r \
             JOIN deletions d ON d.id = r.id WHERE r.account = $1)",
            values![account],
        )?;
        self.run(
            "UPDATE reactions SET account = NULL, reason = NULL, holds = '' WHERE account = $1",
            values![account],
        )?;
        Ok(())
    }

    /// Removes everything that a member wrote who leaves. What others answered stays theirs, without what it answered, and
    /// is shown to nobody else. Whether anything of it stood on the site.
    pub fn remove_reactions_of(&mut self, account: &str, now: i64) -> Result<bool, StoreError> {
        let stood = self.reaction_counts(account)?.placed > 0;
        self.run(
            "INSERT INTO deletions (id, at) SELECT id, $2 FROM reactions WHERE account = $1 ON CONFLICT (id) DO NOTHING",
            values![account, now],
        )?;
        // What moderators said of a text may say what stood in it.
        self.run(
            "UPDATE audit SET detail = NULL WHERE subject IN (SELECT id FROM reactions WHERE account = $1)",
            values![account],
        )?;
        self.leave_stubs(account, now)?;
        Ok(stood)
    }

    /// Lets stand what a member who leaves has on the site, under no name; the rest is removed. Whether anything stands.
    pub fn keep_reactions_of(&mut self, account: &str, now: i64) -> Result<bool, StoreError> {
        let kept = self.run(
            "UPDATE reactions SET account = NULL, reason = NULL, holds = '' WHERE account = $1 AND state = 'geplaatst'",
            values![account],
        )?;
        self.remove_reactions_of(account, now)?;
        Ok(kept > 0)
    }

    /// Deletes a member's reactions, and of those that others answered, all but the row.
    fn leave_stubs(&mut self, account: &str, now: i64) -> Result<(), StoreError> {
        self.run("DELETE FROM reactions WHERE account = $1 AND kind = 'antwoord'", values![account])?;
        self.run(
            "DELETE FROM reactions WHERE account = $1 AND NOT EXISTS \
             (SELECT 1 FROM reactions answer WHERE answer.parent = reactions.id)",
            values![account],
        )?;
        self.run(unsay!("IN (SELECT id FROM reactions WHERE account = $1)"), values![account, GONE, now])?;
        self.run(blank!("reason = NULL, account = NULL WHERE account = $1"), values![account, GONE])?;
        Ok(())
    }
}
