//! What is to be sent. In: a template's name and what it needs, within the transaction that makes it necessary. Out: what
//! is due, for whoever sends it.
//!
//! At least once: a mail is removed after the server took it. When the program ends between the two, it is sent again.

use super::database::{Row, values};
use super::{StoreError, Tx};

/// A mail that was not sent yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its id, which is also that of the message: a server can see that it comes a second time.
    pub id: String,
    /// To whom it belongs; it goes with the account.
    pub account: Option<String>,
    /// The address.
    pub recipient: String,
    /// Which one.
    pub template: String,
    /// What the template needs, as a JSON object of texts.
    pub slots: String,
    /// When it was asked for.
    pub created: i64,
    /// How often it was tried.
    pub attempts: i64,
}

impl Tx<'_> {
    /// Has one sent.
    pub fn enqueue(&mut self, mail: &Mail) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO mails (id, account, recipient, template, slots, created, next) VALUES ($1, $2, $3, $4, $5, $6, $6)",
            values![
                &mail.id,
                mail.account.as_ref(),
                &mail.recipient,
                &mail.template,
                &mail.slots,
                mail.created
            ],
        )?;
        Ok(())
    }

    /// Takes those that are due, so that nobody else takes them until `until`.
    pub fn take_mails(&mut self, now: i64, until: i64, most: i64) -> Result<Vec<Mail>, StoreError> {
        let found = self.rows(
            "UPDATE mails SET next = $2, attempts = attempts + 1 WHERE id IN \
             (SELECT id FROM mails WHERE next <= $1 AND failed IS NULL ORDER BY next, id LIMIT $3) \
             RETURNING id, account, recipient, template, slots, created, attempts",
            values![now, until, most],
        )?;
        let mut mails: Vec<Mail> = found.iter().map(mail).collect();
        mails.sort_by(|one, other| one.id.cmp(&other.id));
        Ok(mails)
    }

    /// It was sent.
    pub fn mail_sent(&mut self, id: &str) -> Result<(), StoreError> {
        self.run("DELETE FROM mails WHERE id = $1", values![id])?;
        Ok(())
    }

    /// It was not: try again at `next`, or never when there is none.
    pub fn mail_failed(
        &mut self,
        id: &str,
        fault: &str,
        next: Option<i64>,
        now: i64,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE mails SET fault = $2, next = $3, failed = $4 WHERE id = $1",
            values![id, fault, next.unwrap_or(now), next.is_none().then_some(now)],
        )?;
        Ok(())
    }

    /// Takes away those that were given up before a moment.
    pub fn tidy_mails(&mut self, before: i64) -> Result<u64, StoreError> {
        self.run("DELETE FROM mails WHERE failed < $1", values![before])
    }

    /// How many wait, and how many were given up.
    pub fn mails_waiting(&mut self) -> Result<(i64, i64), StoreError> {
        let found = self
            .row("SELECT count(CASE WHEN failed IS NULL THEN 1 END), count(failed) FROM mails", values![])?;
        Ok(found.map(|row| (row.int(0), row.int(1))).unwrap_or_default())
    }

    /// How many mails from before a moment are tried again and again.
    pub fn mails_stuck(&mut self, before: i64) -> Result<i64, StoreError> {
        let found = self.row(
            "SELECT count(*) FROM mails WHERE failed IS NULL AND fault IS NOT NULL AND created < $1",
            values![before],
        )?;
        Ok(found.map_or(0, |row| row.int(0)))
    }
}

fn mail(row: &Row) -> Mail {
    Mail {
        id: row.text(0),
        account: row.maybe_text(1),
        recipient: row.text(2),
        template: row.text(3),
        slots: row.text(4),
        created: row.int(5),
        attempts: row.int(6),
    }
}
