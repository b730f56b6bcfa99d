//! Copies of all there is: backups, and moves from one database to the other. In: a store, or the bytes of a copy. Out: the
//! bytes, or a store with the same in it.
//!
//! A copy is text: a line that says what it is, a line for each row, and a line with the number of rows and the SHA-256 of
//! everything before it, so that one that was cut off or changed is never put back. It is the same for both databases.
//! A backup leaves out what opens something (logins, links sent by mail) and what would happen twice (mails). What members
//! deleted since stays deleted when a backup is put back.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value as Json, json};
use sha2::{Digest as _, Sha256};

use super::database::{Row, Value, values};
use super::schema::NEWEST;
use super::tables::{ALL, Table};
use super::{Store, StoreError, Tx};

/// What a copy is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// To put back later.
    Backup,
    /// To go on with in another database: everything.
    Move,
}

/// What was put back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PutBack {
    /// Rows that are there now.
    pub rows: u64,
    /// Accounts and reactions of the copy that had been deleted since, and stay so.
    pub still_deleted: u64,
    /// Whether nothing was there, so that nobody knows what was deleted since.
    pub was_empty: bool,
}

impl Store {
    /// All there is, in one consistent view.
    pub fn copy(&self, extent: Extent) -> Result<Vec<u8>, StoreError> {
        let tables = || ALL.iter().filter(move |table| table.lasts || extent == Extent::Move);
        let found = self.read(|tx| {
            tables()
                .map(|table| Ok((table, tx.rows(table.all, values![])?)))
                .collect::<Result<Vec<_>, StoreError>>()
        })?;
        let mut text = json!({"praktijk": "reacties-alles", "versie": NEWEST}).to_string();
        text.push('\n');
        let mut count = 0_u64;
        for (table, rows) in found {
            for row in rows {
                text.push_str(&line(table, &row).to_string());
                text.push('\n');
                count += 1;
            }
        }
        let end = json!({"rijen": count, "sha256": sum(text.as_bytes())}).to_string();
        text.push_str(&end);
        text.push('\n');
        Ok(text.into_bytes())
    }

    /// Puts a copy in place of all there is. Without `replace` only where nothing is.
    pub fn put_back(&self, copy: &[u8], replace: bool) -> Result<PutBack, StoreError> {
        let rows = read(copy)?;
        self.write(|tx| {
            let mut deleted = tx.deletions()?;
            let was_empty = tx.is_empty()?;
            if !replace && !was_empty {
                return Err(StoreError::Setting(
                    "There is something in the database already.\n  help: Name an empty database, or add --replace to put the copy in place of what is there.".to_owned(),
                ));
            }
            for table in ALL.iter().rev() {
                tx.run(table.empty, values![])?;
            }
            for (table, row) in &rows {
                // What was deleted before the copy was made is in the copy, and among these.
                if table.name != "deletions" {
                    tx.run(table.add, row)?;
                } else if let Some((Value::Text(id), Value::Int(at))) = row.first().zip(row.get(1)) {
                    deleted.retain(|(known, _)| known != id);
                    deleted.push((id.clone(), *at));
                }
            }
            let still_deleted = tx.delete_again(&deleted)?;
            let done = PutBack { rows: rows.len() as u64, still_deleted, was_empty };
            // Whoever keeps the accepted reactions must ask for all of them again.
            tx.published_changed(0)?;
            Ok(done)
        })
    }
}

/// Whether a copy is whole; how many rows it has.
pub fn look_at(copy: &[u8]) -> Result<usize, StoreError> {
    read(copy).map(|rows| rows.len())
}

impl Tx<'_> {
    fn is_empty(&mut self) -> Result<bool, StoreError> {
        let found =
            self.row("SELECT (SELECT count(*) FROM accounts) + (SELECT count(*) FROM reactions)", values![])?;
        Ok(found.is_none_or(|row| row.int(0) == 0))
    }

    fn deletions(&mut self) -> Result<Vec<(String, i64)>, StoreError> {
        let found = self.rows("SELECT id, at FROM deletions ORDER BY id", values![])?;
        Ok(found.iter().map(|row| (row.text(0), row.int(1))).collect())
    }

    /// Deletes once more what a copy brought back of it; how many accounts and reactions that were.
    fn delete_again(&mut self, deleted: &[(String, i64)]) -> Result<u64, StoreError> {
        for (id, at) in deleted {
            self.note_deletion(id, *at)?;
        }
        let mut count = 0;
        // Members first: which reactions were theirs says what must be forgotten of those. What a member let stand is in no
        // list, and loses its name here.
        for (id, at) in deleted {
            if self.account(id)?.is_some() {
                self.disown_again(id)?;
                self.erase_person(id, *at)?;
                count += 1;
            }
        }
        for (id, at) in deleted {
            count += self.erase_again(id, *at)?;
        }
        Ok(count)
    }

    /// Moves a thread to another page; how many reactions moved.
    pub fn remap(&mut self, old: &str, new: &str) -> Result<u64, StoreError> {
        self.run(
            "DELETE FROM subscriptions WHERE page = $1 AND account IN (SELECT account FROM subscriptions WHERE page = $2)",
            values![old, new],
        )?;
        self.run("UPDATE subscriptions SET page = $2 WHERE page = $1", values![old, new])?;
        self.run("UPDATE reactions SET page = $2 WHERE page = $1", values![old, new])
    }
}

fn sum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn line(table: &Table, row: &Row) -> Json {
    let cells: Vec<Json> = row.0.iter().map(cell).collect();
    json!([table.name, cells])
}

fn cell(value: &Value) -> Json {
    match value {
        Value::Null => Json::Null,
        Value::Int(int) => (*int).into(),
        Value::Text(text) => text.as_str().into(),
        Value::Blob(bytes) => json!({"base64": STANDARD.encode(bytes)}),
    }
}

fn value(cell: &Json) -> Option<Value> {
    match cell {
        Json::Null => Some(Value::Null),
        Json::Number(number) => number.as_i64().map(Value::Int),
        Json::String(text) => Some(Value::Text(text.clone())),
        Json::Object(object) => STANDARD.decode(object.get("base64")?.as_str()?).ok().map(Value::Blob),
        _ => None,
    }
}

fn read(copy: &[u8]) -> Result<Vec<(&'static Table, Vec<Value>)>, StoreError> {
    let wrong = |why: &str| StoreError::Setting(format!("This is no whole copy of reactions: {why}."));
    let text = std::str::from_utf8(copy).map_err(|_| wrong("it is no text"))?;
    let body = text.strip_suffix('\n').ok_or_else(|| wrong("its end is missing"))?;
    let (body, end) = body.rsplit_once('\n').ok_or_else(|| wrong("its end is missing"))?;
    let end: Json = serde_json::from_str(end).map_err(|_| wrong("its end is missing"))?;
    if end.get("sha256").and_then(Json::as_str) != Some(sum(&text.as_bytes()[..=body.len()]).as_str()) {
        return Err(wrong("it was changed, or its end is missing"));
    }
    let mut lines = body.lines();
    let head: Json = lines
        .next()
        .and_then(|line| serde_json::from_str(line).ok())
        .ok_or_else(|| wrong("it begins otherwise"))?;
    match (head.get("praktijk").and_then(Json::as_str), head.get("versie").and_then(Json::as_i64)) {
        (Some("reacties-alles"), Some(version)) if version == NEWEST => {}
        (Some("reacties-alles"), Some(found)) => return Err(StoreError::Setting(of_another_version(found))),
        _ => return Err(wrong("it begins otherwise")),
    }
    let rows = lines
        .enumerate()
        .map(|(at, line)| row(line).ok_or_else(|| wrong(&format!("line {} is no row", at + 2))));
    let rows: Vec<_> = rows.collect::<Result<_, _>>()?;
    if end.get("rijen").and_then(Json::as_u64) != Some(rows.len() as u64) {
        return Err(wrong("it does not have the rows that its end says"));
    }
    Ok(rows)
}

/// Why a copy of another schema is not put back, and how it can be.
fn of_another_version(found: i64) -> String {
    let help = if found < NEWEST {
        "Put it back into an empty database with the version of the program that made it, and then start this version once: that brings the database up to date."
    } else {
        "Put it back with the newer version of the program that made it."
    };
    format!("This copy has schema {found}, and this program puts back schema {NEWEST}.\n  help: {help}")
}

fn row(line: &str) -> Option<(&'static Table, Vec<Value>)> {
    let (name, cells): (String, Vec<Json>) = serde_json::from_str(line).ok()?;
    let table = ALL.iter().find(|table| table.name == name)?;
    let values: Vec<Value> = cells.iter().map(value).collect::<Option<_>>()?;
    (values.len() == table.columns.len()).then_some((table, values))
}

#[cfg(test)]
mod tests;
