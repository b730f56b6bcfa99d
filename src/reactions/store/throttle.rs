//! How often somebody did something lately. In: a hashed key, a window and a limit. Out: how long to wait, if one must.
//!
//! It stands in the database and not in memory, so that a second endpoint or a restart gives nobody a fresh start.

use super::database::values;
use super::{StoreError, Tx};
use crate::reactions::clock::{DAY, MINUTE, SECOND};

/// How much is allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// So many times…
    pub most: i64,
    /// …within so many milliseconds, counted from the first time.
    pub window: i64,
}

/// So many failures cost no time.
const FREE: i64 = 5;
/// The longest pause: nobody is shut out by somebody who guesses at their password all day.
const LONGEST: i64 = 15 * MINUTE;
/// After so long without a try, failures are forgotten.
const FORGOTTEN: i64 = DAY;

/// How long to wait after so many failures.
fn pause(failures: i64) -> i64 {
    let more = failures - FREE;
    if more < 0 { 0 } else { (SECOND << more.min(20)).min(LONGEST) }
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

    /// Begins a try that counts as failed until it is forgiven, so that a hundred at once are a hundred failures. When
    /// too many failed: after how many milliseconds the next may begin, which is longer every time, and never long.
    pub fn begin_try(&mut self, key: &str, now: i64) -> Result<Option<i64>, StoreError> {
        let found = self.row("SELECT count, since FROM throttle WHERE key = $1", values![key])?;
        let (count, since) = found.map(|row| (row.int(0), row.int(1))).unwrap_or_default();
        let count = if now - since >= FORGOTTEN { 0 } else { count };
        let wait = since + pause(count) - now;
        if wait > 0 {
            return Ok(Some(wait));
        }
        self.run(
            "INSERT INTO throttle (key, count, since) VALUES ($1, $2, $3) \
             ON CONFLICT (key) DO UPDATE SET count = $2, since = $3",
            values![key, count + 1, now],
        )?;
        Ok(None)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_grow_and_end() {
        let pauses: Vec<i64> =
            [0, 4, 5, 6, 8, 14, 15, 1000, i64::MAX].into_iter().map(|n| pause(n) / SECOND).collect();
        assert_eq!(pauses, [0, 0, 1, 2, 8, 512, 900, 900, 900]);
    }
}
