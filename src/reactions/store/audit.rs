//! Who did what: rows are only added, and removed when they are old. In: what happened, without any text of a member,
//! password or token. Out: what was done by a member, or to one, oldest first;
//! the log as moderators read it is in `moderation`.

use super::database::{Row, values};
use super::{StoreError, Tx};

/// Something that was done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// When.
    pub at: i64,
    /// The account that did it.
    pub actor: Option<String>,
    /// What: `reactie/geplaatst`.
    pub action: String,
    /// What it was done to: an id.
    pub subject: Option<String>,
    /// A moderator's reason, a role; what else belongs to it.
    pub detail: Option<String>,
    /// The network it came from, as [`super::super::secrets::Use::Network`] makes it.
    pub network: Option<String>,
}

impl Tx<'_> {
    /// Adds a row.
    pub fn note(&mut self, entry: &Entry) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO audit (id, at, actor, action, subject, detail, network) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            values![
                &entry.id,
                entry.at,
                entry.actor.as_ref(),
                &entry.action,
                entry.subject.as_ref(),
                entry.detail.as_ref(),
                entry.network.as_ref(),
            ],
        )?;
        Ok(())
    }

    /// What a member did or had done to it.
    pub fn audit_of(&mut self, account: &str) -> Result<Vec<Entry>, StoreError> {
        let found = self.rows(
            "SELECT id, at, actor, action, subject, detail, network FROM audit WHERE actor = $1 OR subject = $1 \
             ORDER BY at, id",
            values![account],
        )?;
        Ok(found.iter().map(entry).collect())
    }

    /// Removes what is older than a moment.
    pub fn tidy_audit(&mut self, before: i64) -> Result<u64, StoreError> {
        self.run("DELETE FROM audit WHERE at < $1", values![before])
    }
}

pub(super) fn entry(row: &Row) -> Entry {
    Entry {
        id: row.text(0),
        at: row.int(1),
        actor: row.maybe_text(2),
        action: row.text(3),
        subject: row.maybe_text(4),
        detail: row.maybe_text(5),
        network: row.maybe_text(6),
    }
}
