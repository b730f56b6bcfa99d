//! A password is looked at, as often as is sensible. In: an address and a password. Out: whether it is the right one, or
//! how long to wait.
//!
//! Failures are counted by address, whether there is such a member or not: a pause must not tell who is one. Pauses grow,
//! end by themselves, and do not touch who forgot the password. Networks have a wide limit, as a whole town hall sits
//! behind one address.

use crate::reactions::clock::{HOUR, MINUTE, spoken_wait};
use crate::reactions::exchange::Response;
use crate::reactions::password::Verdict;
use crate::reactions::routes::fields::Faults;
use crate::reactions::store::accounts::Account;
use crate::reactions::store::throttle::Limit;
use crate::reactions::visit::{Trouble, Visit, network};

/// Logins of one network, good and bad.
const LOGINS: Limit = Limit { most: 300, window: 10 * MINUTE };
/// Codes of one network.
const CODES: Limit = Limit { most: 60, window: 10 * MINUTE };
/// Codes for one address.
const CODES_OF_ONE: Limit = Limit { most: 10, window: 10 * MINUTE };
/// Forms of one network that may have a mail sent.
const MAILS: Limit = Limit { most: 60, window: HOUR };
/// Mails to one address.
const MAILS_TO_ONE: Limit = Limit { most: 3, window: 15 * MINUTE };

/// What came of a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Try {
    /// It is the right password.
    Right,
    /// It is not.
    Wrong,
    /// It was not looked at: again after so many milliseconds.
    Later(i64),
}

/// Looks at a password for this address; without an account it takes as long.
pub(super) fn password(
    visit: &Visit<'_>,
    mail: &str,
    account: Option<&Account>,
    typed: &str,
) -> Result<Try, Trouble> {
    visit.count("inloggen", &network(visit.request.from), LOGINS)?;
    let key = key(visit, mail);
    if let Some(wait) = visit.app.store.write(|tx| tx.begin_try(&key, visit.now))? {
        return Ok(Try::Later(wait));
    }
    let verdict = visit.app.hashing.verify(typed, account.map(|account| account.password.as_str()))?;
    let Some(account) = account.filter(|_| verdict != Verdict::Wrong) else { return Ok(Try::Wrong) };
    visit.app.store.write(|tx| {
        if let Verdict::Renew(hash) = &verdict {
            tx.set_password(&account.id, hash)?;
        }
        tx.forgive(&key)
    })?;
    Ok(Try::Right)
}

/// Under what failures for an address are counted.
pub(super) fn key(visit: &Visit<'_>, mail: &str) -> String {
    visit.counted_as("wachtwoord", mail)
}

/// Counts a form that may have a mail sent to this address, before it is known whether it will.
pub(super) fn count_mail(visit: &Visit<'_>, mail: &str) -> Result<(), Trouble> {
    visit.count("mail van", &network(visit.request.from), MAILS)?;
    visit.count("mail aan", mail, MAILS_TO_ONE)
}

/// Counts a code that was typed for this address.
pub(super) fn count_code(visit: &Visit<'_>, mail: &str) -> Result<(), Trouble> {
    visit.count("code van", &network(visit.request.from), CODES)?;
    visit.count("code voor", mail, CODES_OF_ONE)
}

/// What to say, and with which status, when it was not the right password. `field` is where it was typed.
pub(super) fn fault(tried: Try, field: &str, wrong: &str) -> (u16, Faults) {
    match tried {
        Try::Later(wait) => {
            let says =
                format!("Dit is te vaak verkeerd ingevuld. Probeer het over {} nog eens.", spoken_wait(wait));
            (429, Faults::one(field, says))
        }
        _ => (422, Faults::one(field, wrong)),
    }
}

/// Says to programs, too, when it may be tried again.
pub(super) fn with_pause(response: Response, tried: Try) -> Response {
    match tried {
        Try::Later(wait) => response.with("Retry-After", &((wait + 999) / 1000).to_string()),
        _ => response,
    }
}
