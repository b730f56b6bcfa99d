//! Stores for tests: one of each database there is. SQLite always; PostgreSQL when `PRAKTIJK_POSTGRES` says where one is,
//! as `tests/reactions/run` does.

use super::{Store, Where};
use crate::reactions::secrets;

/// A store with nothing in it, and what keeps its files.
pub(crate) struct Fresh {
    /// The store.
    pub(crate) store: Store,
    _folder: Option<tempfile::TempDir>,
}

/// One in a file.
pub(crate) fn sqlite() -> Fresh {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Where::File(folder.path().join("reacties.sqlite"))).unwrap();
    Fresh { store, _folder: Some(folder) }
}

/// Every kind of store. Each has tables of its own.
pub(crate) fn all() -> Vec<Fresh> {
    let mut all = vec![sqlite()];
    if let Ok(address) = std::env::var("PRAKTIJK_POSTGRES") {
        all.push(Fresh { store: Store::open(&Where::Server(fresh(&address))).unwrap(), _folder: None });
    }
    all
}

/// The same server with a schema that nobody used before.
fn fresh(address: &str) -> String {
    let name = format!("t{}", secrets::id(0).unwrap().to_lowercase());
    let mut client = postgres::Client::connect(address, postgres::NoTls).unwrap();
    client.batch_execute(&format!("CREATE SCHEMA {name}")).unwrap();
    let join = if address.contains('?') { '&' } else { '?' };
    format!("{address}{join}options=-csearch_path%3D{name}")
}
