//! What members leave, in a database. In: what happened, as values. Out: what there is, as values; and [`StoreError`].
//!
//! | file | what it holds |
//! |---|---|
//! | `database` | what is asked of a database, whichever it is |
//! | `sqlite`, `postgres` | the two there are |
//! | `schema`, `tables` | the tables, step by step; every table as it is now |
//! | [`copies`] | backups, and moves from one database to the other |
//! | [`accounts`] | members: register, confirm, what they tell about themselves |
//! | [`members`] | members as beheerders and other members see them: lists, roles, who is shut out |
//! | [`personal`] | everything of one member: to take along, and to erase |
//! | [`sessions`] | who is logged in, and where |
//! | [`tokens`] | what is sent by mail and can be used once |
//! | [`reactions`] | what members wrote, and what became of it |
//! | [`erased`] | what is taken away of what members wrote
//! | [`moderation`] | what waits, what was reported, who decides |
//! | [`subscriptions`] | who follows which page |
//! | [`baked`] | what is published, out of a database of somebody else |
//! | [`throttle`] | how often somebody did something lately |
//! | [`audit`] | who did what |
//! | [`mails`] | what is to be sent |
//! | [`works`] | what one endpoint does for all: rebuilds, tidying |
//!
//! An operation is a function over [`Tx`], so that several can be one transaction: [`Store::write`] does all or nothing.
//! Everything an operation needs is handed to it, the time too.

mod database;
mod postgres;
mod schema;
mod sqlite;
mod tables;

pub mod accounts;
pub mod audit;
pub mod baked;
pub mod copies;
pub mod erased;
pub mod mails;
pub mod members;
pub mod moderation;
pub mod personal;
pub mod reactions;
pub mod sessions;
pub mod subscriptions;
pub mod throttle;
pub mod tokens;
pub mod works;

#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use std::path::Path;
use std::sync::Arc;

use database::{Database, Row, Value, Work};

pub use database::StoreError;

/// Where the database is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Where {
    /// In this file.
    File(std::path::PathBuf),
    /// On a server: `postgres://…`.
    Server(String),
}

/// A database with the tables of this program.
#[derive(Clone)]
pub struct Store {
    database: Arc<dyn Database>,
}

/// A transaction.
pub struct Tx<'a> {
    work: &'a mut dyn Work,
}

impl Store {
    /// Opens it, makes what is missing, and brings the tables up to date.
    pub fn open(place: &Where) -> Result<Store, StoreError> {
        let store = Store::open_as_it_is(place)?;
        store.database.migrate()?;
        Ok(store)
    }

    /// Opens it and changes nothing.
    fn open_as_it_is(place: &Where) -> Result<Store, StoreError> {
        Ok(Store {
            database: match place {
                Where::File(file) => Arc::new(sqlite::Sqlite::open(file)?),
                Where::Server(address) => Arc::new(postgres::Postgres::open(address)?),
            },
        })
    }

    /// Asks, in one consistent view.
    pub fn read<T>(
        &self,
        mut job: impl FnMut(&mut Tx<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut result = None;
        self.database.read(&mut |work| {
            result = Some(job(&mut Tx { work })?);
            Ok(())
        })?;
        result.ok_or_else(nothing)
    }

    /// Changes, all or nothing. The job may run more than once, and only the last run counts: it must not do anything
    /// but ask and change through what it is given.
    pub fn write<T>(
        &self,
        mut job: impl FnMut(&mut Tx<'_>) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let mut result = None;
        self.database.write(&mut |work| {
            result = Some(job(&mut Tx { work })?);
            Ok(())
        })?;
        result.ok_or_else(nothing)
    }

    /// What is wrong with the database, in its own words; nothing when all is well.
    pub fn verify(&self) -> Result<Vec<String>, StoreError> {
        self.database.verify()
    }

    /// Takes what was deleted out of the files of the database.
    pub fn forget(&self) -> Result<(), StoreError> {
        self.database.forget()
    }

    /// Removes copies that were kept when the schema changed, from before a moment.
    pub fn tidy_copies(&self, before: i64) -> Result<(), StoreError> {
        self.database.tidy_copies(before)
    }

    /// What it is, for people.
    pub fn describe(&self) -> String {
        self.database.describe()
    }

    /// The file it is in, when it is one.
    pub fn file(&self) -> Option<&Path> {
        self.database.file()
    }
}

fn nothing() -> StoreError {
    StoreError::Broken("nothing was done".to_owned())
}

impl Tx<'_> {
    fn rows(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        self.work.rows(sql, values)
    }

    fn row(&mut self, sql: &'static str, values: &[Value]) -> Result<Option<Row>, StoreError> {
        Ok(self.work.rows(sql, values)?.into_iter().next())
    }

    fn run(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, StoreError> {
        self.work.run(sql, values)
    }
}
