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
            totp: row.maybe_text(12),
            totp_step: row.maybe_int(13),
            created: row.int(14),
            seen: row.maybe_int(15),
        }
    }
}

/// What is known of somebody who registers.
#[derive(Clone, Copy, Debug)]
pub struct Newcomer<'a> {
    /// The id of the account.
    pub id: &'a str,
    /// The mail address, in its [`normal`] form.
    pub mail: &'a str,
    /// The name that is shown.
    pub name: &'a str,
    /// The hash of the password.
    pub password: &'a str,
    /// When.
    pub at: i64,
}

/// What a member tells about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// The name that is shown.
    pub name: String,
    /// What is shown behind it.
    pub about: Option<String>,
    /// Whether it appears among the participants.
    pub listed: bool,
    /// Whether what stands behind its name does.
    pub listed_about: bool,
    /// What it says about itself there.
    pub introduction: Option<String>,
}

/// A mail address as it is kept and compared: without spaces around it, in small letters.
pub fn normal(mail: &str) -> String {
    mail.trim().to_lowercase()
}

impl Tx<'_> {
    /// Whether there are members whose passwords were made with a key that is known.
    pub fn needs_key(&mut self) -> Result<bool, StoreError> {
        let found = self.row(
            "SELECT value FROM counters WHERE name = 'sleutel' AND EXISTS (SELECT 1 FROM accounts)",
            values![],
        )?;
        Ok(found.is_some())
    }

    /// Whether members' passwords were made with the key of this mark. It is remembered, unless there is another one and
    /// somebody who needs that.
    pub fn fits_key(&mut self, mark: i64) -> Result<bool, StoreError> {
        let found = self.row(
            "INSERT INTO counters (name, value) VALUES ('sleutel', $1) ON CONFLICT (name) DO UPDATE SET value = $1 \
             WHERE counters.value = $1 OR NOT EXISTS (SELECT 1 FROM accounts) RETURNING value",
            values![mark],
        )?;
        Ok(found.is_some())
    }

    /// The member with this id.
    pub fn account(&mut self, id: &str) -> Result<Option<Account>, StoreError> {
        let found = self.row(
            "SELECT id, mail, name, about, password, verified, role, blocked, trusted, listed, listed_about, \
             introduction, totp, totp_step, created, seen FROM accounts WHERE id = $1",
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
        let found = self
            .rows("SELECT scope FROM account_scopes WHERE account = $1 ORDER BY scope", values![account])?;
        Ok(found.iter().map(|row| row.text(0)).collect())
    }

    /// Takes away accounts that were made before a moment and never confirmed.
    pub fn tidy_unconfirmed(&mut self, before: i64) -> Result<u64, StoreError> {
        self.run(
            "DELETE FROM accounts WHERE verified IS NULL AND created < $1 AND role = 'deelnemer'",
            values![before],
        )
    }

    /// Adds a member whose address is not confirmed yet; whether there was none with that address.
    pub fn add_account(&mut self, newcomer: Newcomer<'_>) -> Result<bool, StoreError> {
        let Newcomer { id, mail, name, password, at } = newcomer;
        let added = self.run(
            "INSERT INTO accounts (id, mail, name, password, created) VALUES ($1, $2, $3, $4, $5) \
             ON CONFLICT (mail) DO NOTHING",
            values![id, mail, name, password, at],
        )?;
        Ok(added > 0)
    }

    /// Registers once more with an address that was never confirmed: whoever had it before has proven nothing.
    pub fn register_again(&mut self, id: &str, name: &str, password: &str) -> Result<(), StoreError> {
        self.run(
            "UPDATE accounts SET name = $2, password = $3 WHERE id = $1 AND verified IS NULL",
            values![id, name, password],
        )?;
        Ok(())
    }

    /// Remembers that the mail address is the member's; the first time counts.
    pub fn confirm_account(&mut self, id: &str, now: i64) -> Result<(), StoreError> {
        self.run("UPDATE accounts SET verified = $2 WHERE id = $1 AND verified IS NULL", values![id, now])?;
        Ok(())
    }

    /// Another password, or a better hash of the same.
    pub fn set_password(&mut self, id: &str, password: &str) -> Result<(), StoreError> {
        self.run("UPDATE accounts SET password = $2 WHERE id = $1", values![id, password])?;
        Ok(())
    }

    /// Another mail address; whether nobody else has it.
    pub fn set_mail(&mut self, id: &str, mail: &str) -> Result<bool, StoreError> {
        // Who only typed this address somewhere has shown nothing.
        self.run(
            "DELETE FROM accounts WHERE mail = $2 AND id <> $1 AND verified IS NULL",
            values![id, mail],
        )?;
        let changed = self.run(
            "UPDATE accounts SET mail = $2 WHERE id = $1 \
             AND NOT EXISTS (SELECT 1 FROM accounts other WHERE other.mail = $2)",
            values![id, mail],
        )?;
        Ok(changed > 0)
    }

    /// What a member tells about itself.
    pub fn set_profile(&mut self, id: &str, profile: &Profile) -> Result<(), StoreError> {
        self.run(
            "UPDATE accounts SET name = $2, about = $3, listed = $4, listed_about = $5, introduction = $6 WHERE id = $1",
            values![
                id,
                &profile.name,
                profile.about.as_ref(),
                profile.listed,
                profile.listed_about,
                profile.introduction.as_ref()
            ],
        )?;
        Ok(())
    }

    /// Begins or ends the second step at login.
    pub fn set_second_step(&mut self, id: &str, secret: Option<&str>) -> Result<(), StoreError> {
        self.run("UPDATE accounts SET totp = $2, totp_step = NULL WHERE id = $1", values![id, secret])?;
        Ok(())
    }

    /// Uses up a step of the second step at login; whether it was later than the last one.
    pub fn use_step(&mut self, id: &str, step: i64) -> Result<bool, StoreError> {
        let used = self.run(
            "UPDATE accounts SET totp_step = $2 WHERE id = $1 AND (totp_step IS NULL OR totp_step < $2)",
            values![id, step],
        )?;
        Ok(used > 0)
    }

    /// Whether anything of a member stands on the site: then its name does, too.
    pub fn is_published(&mut self, id: &str) -> Result<bool, StoreError> {
        let found = self.row(
            "SELECT id FROM reactions WHERE account = $1 AND state = 'geplaatst' LIMIT 1",
            values![id],
        )?;
        Ok(found.is_some())
    }
}
