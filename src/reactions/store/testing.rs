//! Stores for tests: one of each database there is. SQLite always; PostgreSQL when `PRAKTIJK_POSTGRES` says where one is,
//! as `tests/reactions/run` does.

use super::audit::{self, Entry};
use super::database::values;
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

/// A member with a confirmed address, `NAME@example.org` in small letters.
pub(crate) fn add_member(store: &Store, id: &str, name: &str, role: &str, scopes: &[&str]) {
    let mail: String = name.to_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    store
        .write(|tx| {
            tx.run(
                "INSERT INTO accounts (id, mail, name, password, verified, role, created) \
                 VALUES ($1, $2, $3, 'x', 0, $4, 0)",
                values![id, format!("{mail}@example.org"), name, role],
            )?;
            for scope in scopes {
                tx.run("INSERT INTO account_scopes (account, scope) VALUES ($1, $2)", values![id, *scope])?;
            }
            Ok(())
        })
        .unwrap();
}

/// Changes something about one row: a statement with its id as `$1`.
pub(crate) fn change(store: &Store, sql: &'static str, id: &str) {
    assert_eq!(store.write(|tx| tx.run(sql, values![id])).unwrap(), 1, "{sql}");
}

/// From now on nothing can be written, as on a disk that may only be read. Only SQLite can be made to.
pub(crate) fn stop_writing(store: &Store) {
    store.write(|tx| tx.run("PRAGMA query_only = 1", values![])).unwrap();
}

/// Of each row of the log about an action: whether it says from which network that came.
pub(crate) fn tells_networks(store: &Store, action: &str) -> Vec<bool> {
    let sql = "SELECT network FROM audit WHERE action = $1 ORDER BY id";
    let found = store.read(|tx| tx.rows(sql, values![action])).unwrap();
    found.iter().map(|row| row.maybe_text(0).is_some()).collect()
}

/// Everything in the tables, as text: what a person looks for who has the file.
pub(crate) fn all_texts(store: &Store) -> String {
    let mut all = String::new();
    for sql in [
        "SELECT id, title, text, holds, reason FROM reactions",
        "SELECT id, reaction, reason FROM reports",
        "SELECT id, recipient, slots FROM mails",
        "SELECT id, actor, action, subject, detail FROM audit",
    ] {
        let rows = store.read(|tx| tx.rows(sql, values![])).unwrap();
        all.extend(rows.iter().map(|row| format!("{row:?}\n")));
    }
    all
}

/// Everything in the log, newest first.
pub(crate) fn log(store: &Store) -> Vec<Entry> {
    let sql = "SELECT id, at, actor, action, subject, detail, network FROM audit ORDER BY at DESC, id DESC";
    store.read(|tx| tx.rows(sql, values![])).unwrap().iter().map(audit::entry).collect()
}

/// Gives a member another name, and something behind it.
pub(crate) fn rename(store: &Store, id: &str, name: &str, about: &str) {
    let sql = "UPDATE accounts SET name = $2, about = $3 WHERE id = $1";
    store.write(|tx| tx.run(sql, values![id, name, about])).unwrap();
}
