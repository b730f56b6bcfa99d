//! Who is logged in, and where. In: the hash of what stands in a cookie, never the cookie itself. Out: sessions.

use super::database::{Row, values};
use super::{StoreError, Tx};

/// A login that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// How members name it when they end it.
    pub id: String,
    /// Whose it is.
    pub account: String,
    /// Browser and system.
    pub device: String,
    /// When it began.
    pub created: i64,
    /// When it was last used, to within five minutes.
    pub seen: i64,
    /// When the password was last given.
    pub proven: i64,
}

impl Session {
    fn of(row: &Row) -> Session {
        Session {
            id: row.text(0),
            account: row.text(1),
            device: row.text(2),
            created: row.int(3),
            seen: row.int(4),
            proven: row.int(5),
        }
    }
}

impl Tx<'_> {
    /// Begins one.
    pub fn begin_session(&mut self, session: &Session, hash: &[u8]) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO sessions (id, hash, account, device, created, seen, proven) VALUES ($1, $2, $3, $4, $5, $6, $7)",
            values![&session.id, hash, &session.account, &session.device, session.created, session.seen, session.proven],
        )?;
        Ok(())
    }

    /// The one with this hash, if it was used after `idle` and began after `oldest`.
    pub fn session(&mut self, hash: &[u8], idle: i64, oldest: i64) -> Result<Option<Session>, StoreError> {
        let found = self.row(
            "SELECT id, account, device, created, seen, proven FROM sessions \
             WHERE hash = $1 AND seen > $2 AND created > $3",
            values![hash, idle, oldest],
        )?;
        Ok(found.as_ref().map(Session::of))
    }

    /// Those of a member that have not ended, the last used first.
    pub fn sessions_of(&mut self, account: &str, idle: i64, oldest: i64) -> Result<Vec<Session>, StoreError> {
        let found = self.rows(
            "SELECT id, account, device, created, seen, proven FROM sessions \
             WHERE account = $1 AND seen > $2 AND created > $3 ORDER BY seen DESC, id",
            values![account, idle, oldest],
        )?;
        Ok(found.iter().map(Session::of).collect())
    }

    /// Remembers that it was used.
    pub fn touch_session(&mut self, id: &str, now: i64) -> Result<(), StoreError> {
        self.run("UPDATE sessions SET seen = $2 WHERE id = $1", values![id, now])?;
        self.run(
            "UPDATE accounts SET seen = $2 WHERE id = (SELECT account FROM sessions WHERE id = $1)",
            values![id, now],
        )?;
        Ok(())
    }

    /// Remembers that the password was given again.
    pub fn prove_session(&mut self, id: &str, now: i64) -> Result<(), StoreError> {
        self.run("UPDATE sessions SET proven = $2 WHERE id = $1", values![id, now])?;
        Ok(())
    }

    /// Ends one of a member's; whether it was there.
    pub fn end_session(&mut self, account: &str, id: &str) -> Result<bool, StoreError> {
        Ok(self.run("DELETE FROM sessions WHERE id = $2 AND account = $1", values![account, id])? > 0)
    }

    /// Ends all of a member's, but for the one with this id.
    pub fn end_sessions(&mut self, account: &str, but: Option<&str>) -> Result<u64, StoreError> {
        self.run("DELETE FROM sessions WHERE account = $1 AND id <> $2", values![account, but.unwrap_or("")])
    }

    /// Takes away those that ended by themselves.
    pub fn tidy_sessions(&mut self, idle: i64, oldest: i64) -> Result<u64, StoreError> {
        self.run("DELETE FROM sessions WHERE seen <= $1 OR created <= $2", values![idle, oldest])
    }
}
