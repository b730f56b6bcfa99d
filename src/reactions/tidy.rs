//! What is taken away because it is old. In: the time, and how long things are kept. Out: how much went.

use super::app::App;
use super::clock::{DAY, HOUR};
use super::store::StoreError;

/// For how long a mail that could not be sent is kept, for whoever wonders where it is.
const FAILED_MAILS: i64 = 7 * DAY;

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
    /// Mails that were given up.
    pub mails: u64,
}

/// Takes away what is old.
pub fn tidy(app: &App) -> Result<Gone, StoreError> {
    let now = app.clock.now();
    let (idle, whole) = app.settings.session_limits();
    let table = &app.settings.table;
    app.store.write(|tx| {
        tx.tidy_throttle(now - DAY)?;
        Ok(Gone {
            sessions: tx.tidy_sessions(now - idle, now - whole)?,
            tokens: tx.tidy_tokens(now)?,
            accounts: tx.tidy_unconfirmed(now - table.unconfirmed_days * DAY)?,
            audit: tx.tidy_audit(now - table.audit_days * DAY)?,
            mails: tx.tidy_mails(now - FAILED_MAILS)?,
        })
    })
}

/// The same, once an hour and by one endpoint.
pub fn tidy_hourly(app: &App) -> Result<(), StoreError> {
    let now = app.clock.now();
    if app.store.write(|tx| tx.take_work("opruimen", now, now + HOUR))? {
        tidy(app)?;
    }
    Ok(())
}
