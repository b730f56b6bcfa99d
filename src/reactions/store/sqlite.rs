//! SQLite as the database of the store: one writer, some readers. In: a file. Out: a [`Database`].
//!
//! What a member was told is saved is on disk: WAL with `synchronous = FULL`, so that every commit waits for the disk.
//! Writing transactions begin as such (`BEGIN IMMEDIATE`): one that begins as a reader and then writes fails at once when
//! somebody else wrote, without waiting. SQLite before 3.51.3 could lose commits in this mode, so it is refused.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, ToSql, Transaction, TransactionBehavior, config::DbConfig};

use super::database::{Database, Job, Row, StoreError, Value, Work};
use super::schema;
use crate::reactions::clock::Clock;
use crate::reactions::private;

/// "PRKT": what kind of file it is, beside SQLite itself.
const APPLICATION: i32 = 0x5052_4b54;
/// The first version of SQLite that does not lose commits when two connections write and checkpoint at once.
const OLDEST: i32 = 3_051_003;
/// What stands in the name of a copy that is kept when the schema changes.
const COPY: &str = "schema-";
/// So many readers are kept open.
const READERS: usize = 8;

/// A database in a file.
pub(super) struct Sqlite {
    file: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Sqlite {
    /// Opens the file, or makes it.
    pub(super) fn open(file: &Path) -> Result<Sqlite, StoreError> {
        if rusqlite::version_number() < OLDEST {
            let found = rusqlite::version();
            return Err(StoreError::Setting(format!(
                "SQLite {found} can lose what was saved; 3.51.3 or later is needed"
            )));
        }
        private::make(file).and_then(|()| private::refuse_shared(file)).map_err(StoreError::Setting)?;
        let writer = connect(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        let mode: String =
            writer.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0)).map_err(told)?;
        if mode != "wal" {
            return Err(StoreError::Setting(format!(
                "{}: SQLite cannot keep a journal here (mode {mode}); a disk of this machine is needed, not a share",
                file.display()
            )));
        }
        writer
            .execute_batch(
                "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; \
                 PRAGMA secure_delete = ON; PRAGMA journal_size_limit = 67108864;",
            )
            .map_err(told)?;
        // In this order: another endpoint that begins with the same file says what it is before it makes tables.
        let tables: i64 =
            writer.query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0)).map_err(told)?;
        let application: i32 =
            writer.query_row("PRAGMA application_id", [], |row| row.get(0)).map_err(told)?;
        match application {
            APPLICATION => {}
            0 if tables == 0 => {
                writer.pragma_update(None, "application_id", APPLICATION).map_err(told)?;
            }
            _ => {
                return Err(StoreError::Setting(format!(
                    "{} is a database of another program",
                    file.display()
                )));
            }
        }
        Ok(Sqlite { file: file.to_owned(), writer: Mutex::new(writer), readers: Mutex::default() })
    }

    /// Opens a file that is there, to read it. Nothing is made in it, and nothing of it is changed.
    pub(super) fn open_to_read(file: &Path) -> Result<Sqlite, StoreError> {
        let fault = |why: &str| StoreError::Setting(format!("{}: {why}", file.display()));
        if !file.is_file() {
            return Err(fault("there is no database here"));
        }
        let writer = connect(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        writer.pragma_update(None, "query_only", true).map_err(told)?;
        let application: i32 = writer
            .query_row("PRAGMA application_id", [], |row| row.get(0))
            .map_err(|error| fault(&told(error).to_string()))?;
        if application != APPLICATION {
            return Err(fault("this is no database of an endpoint"));
        }
        Ok(Sqlite { file: file.to_owned(), writer: Mutex::new(writer), readers: Mutex::default() })
    }

    fn writer(&self) -> MutexGuard<'_, Connection> {
        // A panic within a transaction rolled it back, so the connection is as it was.
        self.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn readers(&self) -> MutexGuard<'_, Vec<Connection>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps a copy of the file beside it, as it is before its schema changes. Its name says when it was made.
    fn keep_copy(&self, version: i64, now: i64) -> Result<PathBuf, StoreError> {
        let copy = self.file.with_extension(format!("{COPY}{version}-{now}.sqlite"));
        // SQLite writes into a file that is there when it is empty, and leaves it to its owner.
        private::make(&copy).map_err(StoreError::Setting)?;
        let name =
            copy.to_str().ok_or_else(|| StoreError::Setting("the name of the copy is no text".to_owned()))?;
        self.writer().execute("VACUUM INTO ?1", [name]).map_err(told)?;
        Ok(copy)
    }
}

impl Database for Sqlite {
    fn read(&self, job: &mut Job<'_>) -> Result<(), StoreError> {
        let kept = self.readers().pop();
        let mut reader = match kept {
            Some(reader) => reader,
            None => {
                let reader = connect(&self.file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
                reader.pragma_update(None, "query_only", true).map_err(told)?;
                reader
            }
        };
        let done = within(&mut reader, TransactionBehavior::Deferred, job);
        let mut readers = self.readers();
        if readers.len() < READERS && done.is_ok() {
            readers.push(reader);
        }
        done
    }

    fn write(&self, job: &mut Job<'_>) -> Result<(), StoreError> {
        within(&mut self.writer(), TransactionBehavior::Immediate, job)
    }

    fn migrate(&self) -> Result<(), StoreError> {
        let found = self.version()?;
        if found > schema::NEWEST {
            return Err(StoreError::Newer { found, known: schema::NEWEST });
        }
        if found == schema::NEWEST {
            return Ok(());
        }
        if found > 0 {
            self.keep_copy(found, Clock::Machine.now())?;
        }
        let mut writer = self.writer();
        let work = writer.transaction_with_behavior(TransactionBehavior::Immediate).map_err(told)?;
        // Another endpoint may have done it since.
        let found: i64 = work.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(told)?;
        for step in schema::STEPS.iter().filter(|step| step.version > found) {
            work.execute_batch(step.sql).map_err(told)?;
            work.pragma_update(None, "user_version", step.version).map_err(told)?;
        }
        work.commit().map_err(told)
    }

    fn tidy_copies(&self, before: i64) -> Result<(), StoreError> {
        let fault = |error: std::io::Error| StoreError::Setting(format!("{}: {error}", self.file.display()));
        let Some(start) = self.file.file_stem().and_then(|stem| stem.to_str()) else { return Ok(()) };
        let start = format!("{start}.{COPY}");
        for entry in fs::read_dir(private::folder(&self.file)).map_err(fault)? {
            let entry = entry.map_err(fault)?;
            let name = entry.file_name();
            let made = name
                .to_str()
                .and_then(|name| name.strip_prefix(&start)?.strip_suffix(".sqlite")?.split_once('-'))
                .and_then(|(_, made)| made.parse::<i64>().ok());
            if made.is_some_and(|made| made < before) {
                fs::remove_file(entry.path()).map_err(fault)?;
            }
        }
        Ok(())
    }

    fn version(&self) -> Result<i64, StoreError> {
        self.writer().query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(told)
    }

    fn verify(&self) -> Result<Vec<String>, StoreError> {
        let writer = self.writer();
        let mut wrong = Vec::new();
        let mut check = writer.prepare("PRAGMA integrity_check").map_err(told)?;
        let said = check.query_map([], |row| row.get::<_, String>(0)).map_err(told)?;
        for line in said {
            let line = line.map_err(told)?;
            if line != "ok" {
                wrong.push(line);
            }
        }
        let mut check = writer.prepare("PRAGMA foreign_key_check").map_err(told)?;
        let said = check.query_map([], |row| row.get::<_, String>(0)).map_err(told)?;
        for table in said {
            wrong.push(format!("{}: a row names another that is gone", table.map_err(told)?));
        }
        Ok(wrong)
    }

    fn forget(&self) -> Result<(), StoreError> {
        self.readers().clear();
        let writer = self.writer();
        let busy: i64 =
            writer.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0)).map_err(told)?;
        if busy == 0 { Ok(()) } else { Err(StoreError::Away("somebody reads in its file".to_owned())) }
    }

    fn describe(&self) -> String {
        format!("SQLite {} in {}", rusqlite::version(), self.file.display())
    }

    fn file(&self) -> Option<&Path> {
        Some(&self.file)
    }
}

impl Drop for Sqlite {
    fn drop(&mut self) {
        // What it learned of its tables makes the next start quicker; nothing is lost without.
        let _ = self.writer().execute_batch("PRAGMA optimize");
    }
}

fn connect(file: &Path, flags: OpenFlags) -> Result<Connection, StoreError> {
    let connection =
        Connection::open_with_flags(file, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX).map_err(told)?;
    connection.busy_timeout(Duration::from_secs(5)).map_err(told)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true).map_err(told)?;
    connection
        .execute_batch("PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;")
        .map_err(told)?;
    connection.set_prepared_statement_cache_capacity(128);
    Ok(connection)
}

fn within(
    connection: &mut Connection,
    behavior: TransactionBehavior,
    job: &mut Job<'_>,
) -> Result<(), StoreError> {
    let mut work = connection.transaction_with_behavior(behavior).map_err(told)?;
    job(&mut work)?;
    work.commit().map_err(told)
}

impl Work for Transaction<'_> {
    fn rows(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let mut statement = self.prepare_cached(&numbered(sql)).map_err(told)?;
        let columns = statement.column_count();
        let mut found = statement.query(rusqlite::params_from_iter(values)).map_err(told)?;
        let mut rows = Vec::new();
        while let Some(row) = found.next().map_err(told)? {
            let values = (0..columns).map(|at| row.get_ref(at).map(value).map_err(told));
            rows.push(Row(values.collect::<Result<_, _>>()?));
        }
        Ok(rows)
    }

    fn run(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, StoreError> {
        let mut statement = self.prepare_cached(&numbered(sql)).map_err(told)?;
        let touched = statement.execute(rusqlite::params_from_iter(values)).map_err(told)?;
        Ok(touched as u64)
    }
}

/// SQLite counts `$1` by where it first stands; `?1` is the first value wherever it stands.
fn numbered(sql: &str) -> String {
    sql.replace('$', "?")
}

fn value(found: ValueRef<'_>) -> Value {
    match found {
        ValueRef::Null => Value::Null,
        ValueRef::Integer(int) => Value::Int(int),
        // No column holds one: tables are strict.
        ValueRef::Real(_) => Value::Null,
        ValueRef::Text(text) => Value::Text(String::from_utf8_lossy(text).into_owned()),
        ValueRef::Blob(bytes) => Value::Blob(bytes.to_vec()),
    }
}

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Value::Null => ValueRef::Null,
            Value::Int(int) => ValueRef::Integer(*int),
            Value::Text(text) => ValueRef::Text(text.as_bytes()),
            Value::Blob(bytes) => ValueRef::Blob(bytes),
        }))
    }
}

/// What SQLite said, as far as anybody can do something about it.
fn told(error: rusqlite::Error) -> StoreError {
    let said = error.to_string();
    match error.sqlite_error_code() {
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Away(said),
        Some(ErrorCode::DiskFull) => StoreError::Full,
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied | ErrorCode::CannotOpen) => {
            StoreError::ReadOnly(said)
        }
        Some(ErrorCode::SystemIoFailure) => StoreError::Failing(said),
        _ => StoreError::Broken(said),
    }
}

#[cfg(test)]
mod tests;
