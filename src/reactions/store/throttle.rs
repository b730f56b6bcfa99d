//! How often somebody did something lately. In: a hashed key, a window and a limit. Out: how long to wait, if one must.
//!
//! It stands in the database and not in memory, so that a second endpoint or a restart gives nobody a fresh start.

use super::database::values;
use super::{StoreError, Tx};

/// How much is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// So many times…
    pub most: i64,
    /// …within so many milliseconds, counted from the first time.
    pub window: i64,
}

impl Tx<'_> {
    /// Counts once more. When it is too often: after how many milliseconds it may be tried again.
    pub fn count(&mut self, key: &str, limit: Limit, now: i64) -> Result<Option<i64>, StoreError> {
        let found = self.row(
            "INSERT INTO throttle (key, count, since) VALUES ($1, 1, $2) ON CONFLICT (key) DO UPDATE SET \
             count = CASE WHEN throttle.since <= $3 THEN 1 ELSE throttle.count + 1 END, \
             since = CASE WHEN throttle.since <= $3 THEN $2 ELSE throttle.since END \
             RETURNING count, since",
            values![key, now, now - limit.window],
        )?;
        let (count, since) = found.map(|row| (row.int(0), row.int(1))).unwrap_or_default();
        Ok((count > limit.most).then(|| (since + limit.window - now).max(1)))
    }

    /// Forgets what was counted under a key.
    pub fn forgive(&mut self, key: &str) -> Result<(), StoreError> {
        self.run("DELETE FROM throttle WHERE key = $1", values![key])?;
        Ok(())
    }

    /// Takes away what no window reaches any more.
    pub fn tidy_throttle(&mut self, before: i64) -> Result<u64, StoreError> {
        self.run("DELETE FROM throttle WHERE since < $1", values![before])
    }
}
