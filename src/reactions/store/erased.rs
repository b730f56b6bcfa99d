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

impl Tx<'_> {
    /// Takes a reaction away: what was written is gone from here, and a backup does not bring it back.
    pub fn erase_reaction(&mut self, id: &str, reason: Option<&str>, now: i64) -> Result<(), StoreError> {
        self.run(blank!("reason = $3 WHERE id = $1"), values![id, GONE, reason])?;
        self.run(
            "INSERT INTO deletions (id, at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING",
            values![id, now],
        )?;
        Ok(())
    }

    /// Takes away what a backup brought back, but not what others answered to it; how much it was.
    pub fn erase_again(&mut self, id: &str) -> Result<u64, StoreError> {
        let gone = self.run(
            "DELETE FROM reactions WHERE id = $1 AND state <> 'ingetrokken' AND NOT EXISTS \
             (SELECT 1 FROM reactions answer WHERE answer.parent = reactions.id)",
            values![id],
        )?;
        let stubs =
            self.run(blank!("reason = NULL WHERE id = $1 AND state <> 'ingetrokken'"), values![id, GONE])?;
        Ok(gone + stubs)
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
        self.leave_stubs(account)?;
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
    fn leave_stubs(&mut self, account: &str) -> Result<(), StoreError> {
        self.run("DELETE FROM reactions WHERE account = $1 AND kind = 'antwoord'", values![account])?;
        self.run(
            "DELETE FROM reactions WHERE account = $1 AND NOT EXISTS \
             (SELECT 1 FROM reactions answer WHERE answer.parent = reactions.id)",
            values![account],
        )?;
        self.run(blank!("reason = NULL, account = NULL WHERE account = $1"), values![account, GONE])?;
        Ok(())
    }
}
