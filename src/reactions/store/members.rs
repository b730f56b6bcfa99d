//! Members as others see them. In: what a beheerder looks for or decides. Out: lists, and accounts that changed.

use super::accounts::{Account, Role};
use super::database::values;
use super::{StoreError, Tx};

/// A member in the list of participants, as it wants to be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Participant {
    /// The name.
    pub name: String,
    /// What stands behind it, if it may be shown here.
    pub about: Option<String>,
    /// What it says about itself.
    pub introduction: Option<String>,
}

impl Tx<'_> {
    /// Those who want to be listed, by name.
    pub fn participants(&mut self, most: i64) -> Result<Vec<Participant>, StoreError> {
        let found = self.rows(
            "SELECT name, CASE WHEN listed_about = 1 THEN about END, introduction FROM accounts \
             WHERE listed = 1 AND verified IS NOT NULL AND blocked IS NULL ORDER BY lower(name), id LIMIT $1",
            values![most],
        )?;
        let shown = |row: &super::database::Row| Participant {
            name: row.text(0),
            about: row.maybe_text(1),
            introduction: row.maybe_text(2),
        };
        Ok(found.iter().map(shown).collect())
    }

    /// Members whose name holds this, or whose mail address is exactly this; those who do more for the site first.
    pub fn find_members(&mut self, looked_for: &str, most: i64) -> Result<Vec<Account>, StoreError> {
        let escaped = looked_for.replace('!', "!!").replace('%', "!%").replace('_', "!_");
        let found = self.rows(
            "SELECT id FROM accounts WHERE lower(name) LIKE $1 ESCAPE '!' OR name LIKE $2 ESCAPE '!' OR mail = $3 \
             ORDER BY CASE role WHEN 'beheerder' THEN 0 WHEN 'moderator' THEN 1 ELSE 2 END, lower(name), id LIMIT $4",
            values![format!("%{}%", escaped.to_lowercase()), format!("%{escaped}%"), super::accounts::normal(looked_for), most],
        )?;
        let mut members = Vec::new();
        for row in found {
            members.extend(self.account(&row.text(0))?);
        }
        Ok(members)
    }

    /// Another role, and for a moderator what it may decide about; none: about everything.
    pub fn set_role(&mut self, id: &str, role: Role, scopes: &[String]) -> Result<(), StoreError> {
        self.run("UPDATE accounts SET role = $2 WHERE id = $1", values![id, role.word()])?;
        self.run("DELETE FROM account_scopes WHERE account = $1", values![id])?;
        for scope in scopes {
            self.run("INSERT INTO account_scopes (account, scope) VALUES ($1, $2)", values![id, scope])?;
        }
        Ok(())
    }

    /// Shuts a member out, or lets it in again.
    pub fn set_blocked(&mut self, id: &str, since: Option<i64>) -> Result<(), StoreError> {
        self.run("UPDATE accounts SET blocked = $2 WHERE id = $1", values![id, since])?;
        Ok(())
    }

    /// Whether what a member posts appears at once: always, never, or after so many accepted ones.
    pub fn set_trusted(&mut self, id: &str, trusted: Option<bool>) -> Result<(), StoreError> {
        self.run("UPDATE accounts SET trusted = $2 WHERE id = $1", values![id, trusted])?;
        Ok(())
    }

    /// How many beheerders can log in, besides this member.
    pub fn other_admins(&mut self, id: &str) -> Result<i64, StoreError> {
        let found = self.row(
            "SELECT count(*) FROM accounts WHERE role = 'beheerder' AND verified IS NOT NULL AND blocked IS NULL \
             AND id <> $1",
            values![id],
        )?;
        Ok(found.map_or(0, |row| row.int(0)))
    }
}
