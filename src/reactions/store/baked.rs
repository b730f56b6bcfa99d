//! The file of accepted reactions, made of a database that this program does not keep. In: where it is. Out: the same
//! bytes as its endpoint hands out, or why there are none. Nothing is made, changed or brought up to date.

use std::sync::Arc;

use super::{Store, StoreError, Where, postgres, schema, sqlite};
use crate::accepted::published;

/// All that is published, as a build takes it.
pub fn published_from(place: &Where) -> Result<Vec<u8>, StoreError> {
    let store = Store {
        database: match place {
            Where::File(file) => Arc::new(sqlite::Sqlite::open_to_read(file)?),
            Where::Server(address) => Arc::new(postgres::Postgres::open(address)?),
        },
    };
    let found = store.database.version()?;
    if found > schema::NEWEST {
        return Err(StoreError::Newer { found, known: schema::NEWEST });
    }
    if found < schema::NEWEST {
        let known = schema::NEWEST;
        return Err(StoreError::Setting(format!(
            "{}: the database has schema {found}, and this program needs schema {known}\n  help: Start the endpoint of this version once: it brings its database up to date, and keeps a copy of the old one.",
            store.describe()
        )));
    }
    store.read(|tx| tx.published()).map(|published| published::write(&published))
}
