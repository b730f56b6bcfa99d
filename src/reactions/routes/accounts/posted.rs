//! What is sent by mail and can be used once. In: what it is for, and whose it is. Out: a token and a mail, to be written
//! down in one transaction; and what the one who comes with a link or a code may do.
//!
//! The mail in the queue holds the id of the token only. What opens something is made of it when the mail is sent.

use maud::{Markup, html};

use crate::reactions::clock::MINUTE;
use crate::reactions::routes::fields::{Faults, Field};
use crate::reactions::secrets::{self, Use};
use crate::reactions::store::mails::Mail;
use crate::reactions::store::tokens::{CODE_MINUTES, Purpose, Token};
use crate::reactions::store::{StoreError, Tx};
use crate::reactions::visit::{Trouble, Visit};

/// A token and the mail with it.
pub(super) struct Posted {
    token: Token,
    hash: [u8; 32],
    code: [u8; 32],
    mail: Mail,
}

impl Posted {
    /// One for `account`, sent to `to`. For another mail address, `to` is that address.
    pub(super) fn new(
        visit: &Visit<'_>,
        purpose: Purpose,
        account: &str,
        to: &str,
    ) -> Result<Posted, Trouble> {
        let id = visit.id()?;
        let mail = visit.mail(purpose.letter(), to, Some(account), &[("sleutel", &id)])?;
        let key = &visit.app.key;
        Ok(Posted {
            hash: secrets::hashed(&key.sign(Use::Mailed, &[&id])),
            code: kept_code(visit, &id, &key.code(&id)),
            token: Token {
                purpose,
                account: account.to_owned(),
                value: match purpose {
                    Purpose::Mail => Some(to.to_owned()),
                    Purpose::Confirm => Some(visit.browser()),
                    Purpose::Password | Purpose::Admin => None,
                },
                created: visit.now,
                expires: visit.now + i64::from(purpose.minutes()) * MINUTE,
                id,
            },
            mail,
        })
    }

    /// Writes both down.
    pub(super) fn write(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        self.write_token(tx)?;
        tx.enqueue(&self.mail)
    }

    /// Writes down the token without the mail.
    pub(super) fn write_token(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        tx.make_token(&self.token, &self.hash, Some(&self.code))
    }
}

/// The token of a link, if it is still good.
pub(super) fn of_link(
    tx: &mut Tx<'_>,
    purposes: &[Purpose],
    sent: &str,
    now: i64,
) -> Result<Option<Token>, StoreError> {
    let hash = secrets::hashed(sent);
    for purpose in purposes {
        if let Some(token) = tx.token(*purpose, &hash, now)? {
            return Ok(Some(token));
        }
    }
    Ok(None)
}

/// The token of a code, if it is still good. A wrong code counts.
pub(super) fn of_code(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    purpose: Purpose,
    account: &str,
    code: &str,
) -> Result<Option<Token>, StoreError> {
    tx.token_of_code(purpose, account, |id| kept_code(visit, id, code).to_vec(), visit.now)
}

/// What is kept of a code: without the key, a hundred million of them are soon tried.
fn kept_code(visit: &Visit<'_>, id: &str, code: &str) -> [u8; 32] {
    visit.app.key.derive(Use::Code, &["bewaard", id, code])
}

/// The fields for who types over the code of a mail, and has no login that says who they are.
pub(super) fn who_and_code(visit: &Visit<'_>, faults: &Faults) -> Markup {
    html! {
        (Field::mail("mail", "Uw mailadres").autocomplete("username").value(visit.form.text("mail")).show(faults))
        (code_field(faults))
    }
}

/// The field for the code of a mail.
pub(super) fn code_field(faults: &Faults) -> Markup {
    let explained = format!("Acht cijfers. De code blijft {CODE_MINUTES} minuten geldig.");
    Field::code("code", "De code uit de mail").explained(&explained).show(faults)
}
