//! The link with which the first beheerder begins, and with which one who is locked out begins anew. In: a mail address,
//! from whoever runs the endpoint. Out: a link that can be used once, within an hour, to choose a password.
//!
//! So there is no account that everybody knows the password of, not even for a moment.

use std::fmt;

use super::clock::MINUTE;
use super::mail;
use super::secrets::{self, Key, Use};
use super::settings::Settings;
use super::store::accounts::{Newcomer, normal};
use super::store::audit::Entry;
use super::store::tokens::{Purpose, Token};
use super::store::{Store, StoreError};

/// Why there is no link.
#[derive(Debug)]
pub enum NoLink {
    /// That is no mail address.
    Address,
    /// The store could not do it.
    Store(StoreError),
    /// This machine failed.
    Machine(String),
}

impl fmt::Display for NoLink {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoLink::Address => f.write_str("this is not a mail address, such as naam@gemeente.nl"),
            NoLink::Store(error) => error.fmt(f),
            NoLink::Machine(why) => f.write_str(why),
        }
    }
}

impl From<StoreError> for NoLink {
    fn from(error: StoreError) -> NoLink {
        NoLink::Store(error)
    }
}

/// Makes a link with which whoever has it becomes a beheerder with this mail address. Earlier ones are good for nothing.
pub fn make_admin_link(
    store: &Store,
    key: &Key,
    settings: &Settings,
    mail: &str,
    now: i64,
) -> Result<String, NoLink> {
    let mail = normal(&mail::address(mail).map_err(|_| NoLink::Address)?);
    let [account, token, entry] = [secrets::id(now), secrets::id(now), secrets::id(now)];
    let (account, token, entry) =
        (account.map_err(NoLink::Machine)?, token.map_err(NoLink::Machine)?, entry.map_err(NoLink::Machine)?);
    let sent = key.sign(Use::Mailed, &[&token]);
    store.write(|tx| {
        // No password has this hash.
        let newcomer = Newcomer { id: &account, mail: &mail, name: "Beheerder", password: "-", at: now };
        tx.add_account(newcomer)?;
        let Some(found) = tx.account_of_mail(&mail)? else {
            return Err(StoreError::Broken("an account was not there after it was made".to_owned()));
        };
        let token = Token {
            id: token.clone(),
            purpose: Purpose::Admin,
            account: found.id.clone(),
            value: None,
            created: now,
            expires: now + i64::from(Purpose::Admin.minutes()) * MINUTE,
        };
        tx.make_token(&token, &secrets::hashed(&sent), None)?;
        let action = "beheerder/link".to_owned();
        tx.note(&Entry { id: entry.clone(), at: now, action, subject: Some(found.id), ..Entry::default() })
    })?;
    Ok(settings.link(&format!("wachtwoord-nieuw?sleutel={sent}")))
}
