//! Members. In: what they or a moderator did. Out: accounts as they are.

use super::database::{Row, values};
use super::{StoreError, Tx};

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// React, ask, post.
    Member,
    /// Decide about what others posted.
    Moderator,
    /// Everything, also about members.
    Admin,
}

impl Role {
    /// As it is kept, and as people read it.
    pub fn word(self) -> &'static str {
        match self {
            Role::Member => "deelnemer",
            Role::Moderator => "moderator",
            Role::Admin => "beheerder",
        }
    }

    /// The role of a word.
    pub fn of(word: &str) -> Option<Role> {
        [Role::Member, Role::Moderator, Role::Admin].into_iter().find(|role| role.word() == word)
    }
}

/// A member.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its id.
    pub id: String,
    /// Its mail address; shown to nobody else.
    pub mail: String,
    /// The name that is shown.
    pub name: String,
    /// What is shown behind it: an organisation, a function.
    pub about: Option<String>,
    /// The hash of its password.
    pub password: String,
    /// When its mail address was confirmed.
    pub verified: Option<i64>,
    /// What it may do.
    pub role: Role,
    /// When a beheerder shut it out.
    pub blocked: Option<i64>,
    /// Whether what it posts appears at once, when a moderator said so.
    pub trusted: Option<bool>,
    /// Whether it appears among the participants.
    pub listed: bool,
    /// Whether what stands behind its name does.
    pub listed_about: bool,
    /// What it says about itself there.
    pub introduction: Option<String>,
    /// Wrong passwords since the last right one.
    pub failures: i64,
    /// Before this moment no password is looked at.
    pub not_before: i64,
    /// The secret of its second step at login.
    pub totp: Option<String>,
    /// The last step that was used.
    pub totp_step: Option<i64>,
    /// When it registered.
    pub created: i64,
    /// When it was last here.
    pub seen: Option<i64>,
}

impl Account {
    /// Whether it may do what asks for a confirmed address.
    pub fn is_active(&self) -> bool {
        self.verified.is_some() && self.blocked.is_none()
    }

    fn of(row: &Row) -> Account {
        Account {
            id: row.text(0),
            mail: row.text(1),
            name: row.text(2),
            about: row.maybe_text(3),
            password: row.text(4),
            verified: row.maybe_int(5),
            role: Role::of(&row.text(6)).unwrap_or(Role::Member),
            blocked: row.maybe_int(7),
            trusted: row.maybe_int(8).map(|trusted| trusted != 0),
            listed: row.flag(9),
            listed_about: row.flag(10),
            introduction: row.maybe_text(11),
            failures: row.int(12),
            not_before: row.int(13),
            totp: row.maybe_text(14),
            totp_step: row.maybe_int(15),
            created: row.int(16),
            seen: row.maybe_int(17),
        }
    }
}

/// A mail address as it is kept and compared: without spaces around it, in small letters.
pub fn normal(mail: &str) -> String {
    mail.trim().to_lowercase()
}

impl Tx<'_> {
    /// The member with this id.
    pub fn account(&mut self, id: &str) -> Result<Option<Account>, StoreError> {
        let found = self.row(
            "SELECT id, mail, name, about, password, verified, role, blocked, trusted, listed, listed_about, \
             introduction, failures, not_before, totp, totp_step, created, seen FROM accounts WHERE id = $1",
            values![id],
        )?;
        Ok(found.as_ref().map(Account::of))
    }

    /// The member with this mail address, in its [`normal`] form.
    pub fn account_of_mail(&mut self, mail: &str) -> Result<Option<Account>, StoreError> {
        let found = self.row("SELECT id FROM accounts WHERE mail = $1", values![mail])?;
        match found {
            Some(row) => self.account(&row.text(0)),
            None => Ok(None),
        }
    }

    /// What a moderator may decide about; none: about everything.
    pub fn scopes(&mut self, account: &str) -> Result<Vec<String>, StoreError> {
        let found =
            self.rows("SELECT scope FROM account_scopes WHERE account = $1 ORDER BY scope", values![account])?;
        Ok(found.iter().map(|row| row.text(0)).collect())
    }

    /// Takes away accounts that were made before a moment and never confirmed.
    pub fn tidy_unconfirmed(&mut self, before: i64) -> Result<u64, StoreError> {
        self.run("DELETE FROM accounts WHERE verified IS NULL AND created < $1 AND role = 'deelnemer'", values![before])
    }
}
