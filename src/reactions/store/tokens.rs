//! What is sent by mail and can be used once. In: its hash. Out: what it is for, if it is still good.

use super::database::{Row, values};
use super::{StoreError, Tx};
use crate::reactions::clock::MINUTE;

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Confirm the mail address of a new account.
    Confirm,
    /// Choose a new password.
    Password,
    /// Confirm another mail address.
    Mail,
    /// Become the first beheerder.
    Admin,
}

impl Purpose {
    /// As it is kept.
    pub fn word(self) -> &'static str {
        match self {
            Purpose::Confirm => "bevestigen",
            Purpose::Password => "wachtwoord",
            Purpose::Mail => "mailadres",
            Purpose::Admin => "beheerder",
        }
    }

    /// The letter that brings it.
    pub fn letter(self) -> &'static str {
        match self {
            Purpose::Confirm => "bevestig-uw-mailadres",
            Purpose::Mail => "mailadres-wijzigen",
            Purpose::Password | Purpose::Admin => "wachtwoord-nieuw",
        }
    }

    /// For how many minutes its link is good, as its letter says.
    pub fn minutes(self) -> u32 {
        match self {
            Purpose::Confirm => 24 * 60,
            Purpose::Password | Purpose::Mail | Purpose::Admin => 60,
        }
    }

    fn of(word: &str) -> Option<Purpose> {
        [Purpose::Confirm, Purpose::Password, Purpose::Mail, Purpose::Admin]
            .into_iter()
            .find(|it| it.word() == word)
    }
}

/// A token that was not used yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its id, of which what is sent is made.
    pub id: String,
    /// What it is for.
    pub purpose: Purpose,
    /// Whose it is.
    pub account: String,
    /// The new mail address, or the browser in which somebody registered.
    pub value: Option<String>,
    /// When it was made.
    pub created: i64,
    /// Until when it is good.
    pub expires: i64,
}

/// So many wrong codes, and the code is good for nothing; the link still is.
const TRIES: i64 = 5;
/// A code is short, so it holds shorter than the link beside it: so many minutes.
pub const CODE_MINUTES: u32 = 10;

impl Tx<'_> {
    /// Makes one; earlier ones of the same purpose and account are good for nothing from now on.
    pub fn make_token(&mut self, token: &Token, hash: &[u8], code: Option<&[u8]>) -> Result<(), StoreError> {
        self.drop_tokens(&token.account, token.purpose)?;
        self.run(
            "INSERT INTO tokens (id, hash, code, purpose, account, value, created, expires) \
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            values![
                &token.id,
                hash,
                code,
                token.purpose.word(),
                &token.account,
                token.value.as_ref(),
                token.created,
                token.expires
            ],
        )?;
        Ok(())
    }

    /// The one with this hash, if it is still good. It stays good.
    pub fn token(&mut self, purpose: Purpose, hash: &[u8], now: i64) -> Result<Option<Token>, StoreError> {
        let found = self.row(
            "SELECT id, purpose, account, value, created, expires FROM tokens \
             WHERE hash = $1 AND purpose = $2 AND expires > $3",
            values![hash, purpose.word(), now],
        )?;
        Ok(found.as_ref().and_then(token))
    }

    /// The one of an account with this code. Every wrong code counts.
    pub fn token_of_code(
        &mut self,
        purpose: Purpose,
        account: &str,
        code: impl Fn(&str) -> Vec<u8>,
        now: i64,
    ) -> Result<Option<Token>, StoreError> {
        let found = self.row(
            "SELECT id, purpose, account, value, created, expires, code FROM tokens \
             WHERE account = $1 AND purpose = $2 AND expires > $3 AND tries < $4 AND created > $5 AND code IS NOT NULL",
            values![account, purpose.word(), now, TRIES, now - i64::from(CODE_MINUTES) * MINUTE],
        )?;
        let Some(row) = found else { return Ok(None) };
        if crate::reactions::secrets::same(&row.blob(6), &code(&row.text(0))) {
            return Ok(token(&row));
        }
        self.run("UPDATE tokens SET tries = tries + 1 WHERE id = $1", values![row.text(0)])?;
        Ok(None)
    }

    /// What a token of this purpose is about, when there is one that is still good.
    pub fn token_waits(
        &mut self,
        purpose: Purpose,
        account: &str,
        now: i64,
    ) -> Result<Option<Token>, StoreError> {
        let found = self.row(
            "SELECT id, purpose, account, value, created, expires FROM tokens \
             WHERE account = $1 AND purpose = $2 AND expires > $3",
            values![account, purpose.word(), now],
        )?;
        Ok(found.as_ref().and_then(token))
    }

    /// Uses one up; whether it was there.
    pub fn use_token(&mut self, id: &str) -> Result<bool, StoreError> {
        Ok(self.run("DELETE FROM tokens WHERE id = $1", values![id])? > 0)
    }

    /// Makes those of a purpose good for nothing.
    pub fn drop_tokens(&mut self, account: &str, purpose: Purpose) -> Result<(), StoreError> {
        self.run("DELETE FROM tokens WHERE account = $1 AND purpose = $2", values![account, purpose.word()])?;
        Ok(())
    }

    /// Takes away those that are too old.
    pub fn tidy_tokens(&mut self, now: i64) -> Result<u64, StoreError> {
        self.run("DELETE FROM tokens WHERE expires <= $1", values![now])
    }
}

fn token(row: &Row) -> Option<Token> {
    Some(Token {
        id: row.text(0),
        purpose: Purpose::of(&row.text(1))?,
        account: row.text(2),
        value: row.maybe_text(3),
        created: row.int(4),
        expires: row.int(5),
    })
}
