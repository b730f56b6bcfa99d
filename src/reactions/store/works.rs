//! What one endpoint does for all of them: sending, tidying, having the site built anew. In: who takes what, until when.
//! Out: whether it is theirs. And the number that grows with every change of what is published.

use super::database::values;
use super::{StoreError, Tx};

/// How far the site is behind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Behind {
    /// The revision that should be built.
    pub wanted: i64,
    /// The one that was.
    pub done: i64,
    /// Before this moment it is not begun, so that several changes are one build.
    pub not_before: i64,
}

impl Tx<'_> {
    /// Takes some work until a moment, unless somebody has it.
    pub fn take_work(&mut self, name: &str, now: i64, until: i64) -> Result<bool, StoreError> {
        let taken = self.run(
            "INSERT INTO works (name, taken_until) VALUES ($1, $3) ON CONFLICT (name) DO UPDATE SET taken_until = $3 \
             WHERE works.taken_until <= $2",
            values![name, now, until],
        )?;
        Ok(taken > 0)
    }

    /// Gives it back.
    pub fn leave_work(&mut self, name: &str) -> Result<(), StoreError> {
        self.keep_work(name, 0)
    }

    /// Keeps what was taken until another moment.
    pub fn keep_work(&mut self, name: &str, until: i64) -> Result<(), StoreError> {
        self.run("UPDATE works SET taken_until = $2 WHERE name = $1", values![name, until])?;
        Ok(())
    }

    /// The number of what is published now.
    pub fn revision(&mut self) -> Result<i64, StoreError> {
        let found = self.row("SELECT value FROM counters WHERE name = 'reacties'", values![])?;
        Ok(found.map_or(0, |row| row.int(0)))
    }

    /// What is published changed: the number grows, and the site must be built anew, not before a moment; when it was to be
    /// built already, that moment stays.
    pub fn published_changed(&mut self, not_before: i64) -> Result<i64, StoreError> {
        let found = self.row(
            "INSERT INTO counters (name, value) VALUES ('reacties', 1) ON CONFLICT (name) DO UPDATE SET \
             value = counters.value + 1 RETURNING value",
            values![],
        )?;
        let revision = found.map_or(0, |row| row.int(0));
        self.run(
            "INSERT INTO works (name, wanted, not_before) VALUES ('bouw', $1, $2) ON CONFLICT (name) DO UPDATE SET \
             wanted = $1, not_before = CASE WHEN works.wanted > works.done THEN works.not_before ELSE $2 END",
            values![revision, not_before],
        )?;
        Ok(revision)
    }

    /// How far the site is behind.
    pub fn behind(&mut self) -> Result<Behind, StoreError> {
        let found = self.row("SELECT wanted, done, not_before FROM works WHERE name = 'bouw'", values![])?;
        Ok(found
            .map(|row| Behind { wanted: row.int(0), done: row.int(1), not_before: row.int(2) })
            .unwrap_or_default())
    }

    /// The site was built with this revision, or could not be.
    pub fn built(&mut self, revision: i64, fault: Option<&str>, again: i64) -> Result<(), StoreError> {
        if let Some(fault) = fault {
            self.run(
                "UPDATE works SET fault = $1, not_before = $2 WHERE name = 'bouw'",
                values![fault, again],
            )?;
        } else {
            self.run("UPDATE works SET fault = NULL, done = $1 WHERE name = 'bouw'", values![revision])?;
        }
        Ok(())
    }

    /// Why some work failed the last time.
    pub fn work_fault(&mut self, name: &str) -> Result<Option<String>, StoreError> {
        let found = self.row("SELECT fault FROM works WHERE name = $1", values![name])?;
        Ok(found.and_then(|row| row.maybe_text(0)))
    }
}
