//! Who follows which page. In: a member and a page. Out: whom to tell, and what ends it.

use super::database::{Row, values};
use super::{StoreError, Tx};

/// A member follows a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subscription {
    /// Its id, which the link that ends it names.
    pub id: String,
    /// The page.
    pub page: String,
    /// The member.
    pub account: String,
    /// Since when.
    pub created: i64,
}

impl Subscription {
    fn of(row: &Row) -> Subscription {
        Subscription { id: row.text(0), page: row.text(1), account: row.text(2), created: row.int(3) }
    }
}

impl Tx<'_> {
    /// Has a member follow a page, unless they do already.
    pub fn follow(&mut self, new: &Subscription) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO subscriptions (id, page, account, created) VALUES ($1, $2, $3, $4) \
             ON CONFLICT (page, account) DO NOTHING",
            values![&new.id, &new.page, &new.account, new.created],
        )?;
        Ok(())
    }

    /// Has a member follow a page no more.
    pub fn unfollow(&mut self, account: &str, page: &str) -> Result<bool, StoreError> {
        let ended =
            self.run("DELETE FROM subscriptions WHERE account = $1 AND page = $2", values![account, page])?;
        Ok(ended > 0)
    }

    /// Ends a subscription by its id; whether it was there.
    pub fn end_subscription(&mut self, id: &str) -> Result<bool, StoreError> {
        Ok(self.run("DELETE FROM subscriptions WHERE id = $1", values![id])? > 0)
    }

    /// A subscription by its id.
    pub fn subscription(&mut self, id: &str) -> Result<Option<Subscription>, StoreError> {
        let found =
            self.row("SELECT id, page, account, created FROM subscriptions WHERE id = $1", values![id])?;
        Ok(found.as_ref().map(Subscription::of))
    }

    /// Whether a member follows a page.
    pub fn follows(&mut self, account: &str, page: &str) -> Result<bool, StoreError> {
        let found = self
            .row("SELECT id FROM subscriptions WHERE account = $1 AND page = $2", values![account, page])?;
        Ok(found.is_some())
    }

    /// What a member follows, by page.
    pub fn subscriptions_of(&mut self, account: &str) -> Result<Vec<Subscription>, StoreError> {
        let found = self.rows(
            "SELECT id, page, account, created FROM subscriptions WHERE account = $1 ORDER BY page",
            values![account],
        )?;
        Ok(found.iter().map(Subscription::of).collect())
    }

    /// Who follows a page and may be written to: subscriptions with mail addresses.
    pub fn followers(&mut self, page: &str) -> Result<Vec<(Subscription, String)>, StoreError> {
        let found = self.rows(
            "SELECT s.id, s.page, s.account, s.created, a.mail FROM subscriptions s \
             JOIN accounts a ON a.id = s.account \
             WHERE s.page = $1 AND a.verified IS NOT NULL AND a.blocked IS NULL ORDER BY s.id",
            values![page],
        )?;
        Ok(found.iter().map(|row| (Subscription::of(row), row.text(4))).collect())
    }
}
