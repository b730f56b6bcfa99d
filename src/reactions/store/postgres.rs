//! PostgreSQL as the database of the store, for several endpoints beside each other. In: an address
//! (`postgres://NAME@HOST/DATABASE`). Out: a [`Database`].
//!
//! Transactions are serialisable, as SQLite's are by nature, so that what is right on one is right on the other; what
//! PostgreSQL cannot put in an order it says, and then it is done again. Without `sslmode` in the address a server on
//! another machine must speak TLS, with a certificate that this machine trusts.

use std::collections::HashMap;
use std::error::Error as _;
use std::str::FromStr as _;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use postgres::config::{Host, SslMode};
use postgres::error::SqlState;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, Config, IsolationLevel, NoTls, Statement, Transaction};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::database::{Database, Job, Row, StoreError, Value, Work};
use super::schema;

/// So many connections one endpoint opens.
const MOST: usize = 8;
/// How long somebody waits for a connection that others have.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often something is done again that PostgreSQL could not put in an order with the rest.
const TRIES: u32 = 20;
/// The lock under which schemas are changed: "PRKT".
const LOCK: i64 = 0x5052_4b54;
/// The lock of those who wait for their turn: "PRKU".
const TURN: i64 = 0x5052_4b55;

/// A database on a server.
pub(super) struct Postgres {
    config: Config,
    idle: Mutex<Idle>,
    freed: Condvar,
}

struct Idle {
    kept: Vec<Open>,
    out: usize,
}

/// A connection with the statements it knows.
struct Open {
    client: Client,
    known: HashMap<&'static str, Statement>,
}

impl Postgres {
    /// Connects.
    pub(super) fn open(address: &str) -> Result<Postgres, StoreError> {
        let mut config = Config::from_str(address).map_err(|error| {
            StoreError::Setting(format!("The address of the database cannot be read: {error}"))
        })?;
        if !address.contains("sslmode=") {
            let here = config.get_hosts().iter().all(|host| match host {
                Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
                #[cfg(unix)]
                Host::Unix(_) => true,
            });
            config.ssl_mode(if here { SslMode::Disable } else { SslMode::Require });
        }
        config.application_name("praktijk reactions");
        config.connect_timeout(Duration::from_secs(5));
        config.tcp_user_timeout(Duration::from_secs(15));
        let idle = Mutex::new(Idle { kept: Vec::new(), out: 0 });
        let opened = Postgres { config, idle, freed: Condvar::new() };
        let first = opened.connect()?;
        opened.idle().kept.push(first);
        Ok(opened)
    }

    fn idle(&self) -> MutexGuard<'_, Idle> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn connect(&self) -> Result<Open, StoreError> {
        let mut client = match self.config.get_ssl_mode() {
            SslMode::Disable => self.config.connect(NoTls),
            _ => self.config.connect(tls()?),
        }
        .map_err(told)?;
        client
            .batch_execute(
                "SET statement_timeout = '15s'; SET idle_in_transaction_session_timeout = '15s'; \
                 SET lock_timeout = '10s'; SET synchronous_commit = on; SET TimeZone = 'UTC'; \
                 SET client_min_messages = warning",
            )
            .map_err(told)?;
        Ok(Open { client, known: HashMap::new() })
    }

    /// Does something with a connection, which is kept when it still works.
    fn with<T>(&self, job: impl FnOnce(&mut Open) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let taken = self.take()?;
        let mut lent = Lent { of: self, open: None };
        let mut open = match taken {
            Some(open) => open,
            None => self.connect()?,
        };
        let done = job(&mut open);
        lent.open = (!open.client.is_closed()).then_some(open);
        done
    }

    /// A connection that waits, or the right to open one.
    fn take(&self) -> Result<Option<Open>, StoreError> {
        let until = Instant::now() + PATIENCE;
        let mut idle = self.idle();
        loop {
            if let Some(open) = idle.kept.pop() {
                idle.out += 1;
                if !open.client.is_closed() {
                    return Ok(Some(open));
                }
                idle.out -= 1;
                continue;
            }
            if idle.out < MOST {
                idle.out += 1;
                return Ok(None);
            }
            let left = until.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err(StoreError::Away("all connections are in use".to_owned()));
            }
            idle = self.freed.wait_timeout(idle, left).unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}

/// A connection, or the right to one, that comes back whatever happens.
struct Lent<'a> {
    of: &'a Postgres,
    open: Option<Open>,
}

impl Drop for Lent<'_> {
    fn drop(&mut self) {
        let mut idle = self.of.idle();
        idle.out -= 1;
        idle.kept.extend(self.open.take());
        drop(idle);
        self.of.freed.notify_one();
    }
}

impl Database for Postgres {
    fn read(&self, job: &mut Job<'_>) -> Result<(), StoreError> {
        self.with(|open| {
            let work = open.client.build_transaction().isolation_level(IsolationLevel::RepeatableRead);
            let work = work.read_only(true).start().map_err(told)?;
            job(&mut Within { work, known: &mut open.known })
        })
    }

    fn write(&self, job: &mut Job<'_>) -> Result<(), StoreError> {
        let mut tries = 0;
        loop {
            // Whoever stood in others' way twice waits for a turn, before anything is looked at: when many post at once,
            // each would find the counters changed under its hands over and over.
            let done = self.with(|open| if tries < 2 { once(open, job) } else { in_turn(open, job) });
            match done {
                Err(StoreError::Away(said)) if said == AGAIN && tries < TRIES => {
                    tries += 1;
                    // Two that stood in each other's way must not meet again at once, unless they take turns.
                    if tries < 2 {
                        std::thread::sleep(Duration::from_millis(u64::from(std::process::id()) % 7 + 1));
                    }
                }
                done => return done,
            }
        }
    }

    fn migrate(&self) -> Result<(), StoreError> {
        self.with(|open| {
            let mut work = open.client.transaction().map_err(told)?;
            work.execute("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).map_err(told)?;
            work.batch_execute("CREATE TABLE IF NOT EXISTS praktijk_schema (version BIGINT NOT NULL)")
                .map_err(told)?;
            let row =
                work.query_one("SELECT coalesce(max(version), 0) FROM praktijk_schema", &[]).map_err(told)?;
            let found: i64 = row.get(0);
            if found > schema::NEWEST {
                return Err(StoreError::Newer { found, known: schema::NEWEST });
            }
            for step in schema::STEPS.iter().filter(|step| step.version > found) {
                work.batch_execute(&schema::for_postgres(step.sql)).map_err(told)?;
                work.execute("INSERT INTO praktijk_schema (version) VALUES ($1)", &[&step.version])
                    .map_err(told)?;
            }
            work.commit().map_err(told)
        })
    }

    fn version(&self) -> Result<i64, StoreError> {
        self.with(|open| {
            let found = open
                .client
                .query_one("SELECT to_regclass('praktijk_schema') IS NOT NULL", &[])
                .map_err(told)?;
            if !found.get::<_, bool>(0) {
                return Ok(0);
            }
            let row = open
                .client
                .query_one("SELECT coalesce(max(version), 0) FROM praktijk_schema", &[])
                .map_err(told)?;
            Ok(row.get(0))
        })
    }

    fn verify(&self) -> Result<Vec<String>, StoreError> {
        // The server looks after its own files; what is asked here is whether it answers and whether every table is there.
        let mut wrong = Vec::new();
        self.with(|open| {
            for table in schema::TABLES {
                let found =
                    open.client.query_one("SELECT to_regclass($1) IS NOT NULL", &[table]).map_err(told)?;
                if !found.get::<_, bool>(0) {
                    wrong.push(format!("the table {table} is missing"));
                }
            }
            Ok(())
        })?;
        Ok(wrong)
    }

    fn forget(&self) -> Result<(), StoreError> {
        // Rows that were deleted stay in the files of the server until they are vacuumed.
        self.with(|open| {
            for table in schema::TABLES {
                let vacuum = format!("VACUUM {table}");
                open.client.batch_execute(&vacuum).map_err(told)?;
            }
            Ok(())
        })
    }

    fn tidy_copies(&self, _before: i64) -> Result<(), StoreError> {
        // A change of the schema is one transaction of the server, which has copies of its own.
        Ok(())
    }

    fn describe(&self) -> String {
        let name = self.config.get_dbname().unwrap_or("its default database");
        format!("PostgreSQL, {name}")
    }

    fn file(&self) -> Option<&std::path::Path> {
        None
    }
}

struct Within<'a> {
    work: Transaction<'a>,
    known: &'a mut HashMap<&'static str, Statement>,
}

impl Within<'_> {
    fn statement(&mut self, sql: &'static str) -> Result<Statement, StoreError> {
        if let Some(statement) = self.known.get(sql) {
            return Ok(statement.clone());
        }
        let statement = self.work.prepare(sql).map_err(told)?;
        self.known.insert(sql, statement.clone());
        Ok(statement)
    }
}

impl Work for Within<'_> {
    fn rows(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, StoreError> {
        let statement = self.statement(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        let found = self.work.query(&statement, &values).map_err(told)?;
        found.iter().map(row).collect()
    }

    fn run(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, StoreError> {
        let statement = self.statement(sql)?;
        let values: Vec<&(dyn ToSql + Sync)> = values.iter().map(|value| value as _).collect();
        self.work.execute(&statement, &values).map_err(told)
    }
}

fn row(found: &postgres::Row) -> Result<Row, StoreError> {
    let values = found.columns().iter().enumerate().map(|(at, column)| {
        let value = match *column.type_() {
            Type::INT8 => found.try_get::<_, Option<i64>>(at).map(Value::from),
            Type::BYTEA => found.try_get::<_, Option<&[u8]>>(at).map(Value::from),
            _ => found.try_get::<_, Option<String>>(at).map(Value::from),
        };
        value.map_err(told)
    });
    Ok(Row(values.collect::<Result<_, _>>()?))
}

impl ToSql for Value {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut postgres::types::private::BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Value::Null => Ok(IsNull::Yes),
            Value::Int(int) => int.to_sql_checked(kind, out),
            Value::Text(text) => text.to_sql_checked(kind, out),
            Value::Blob(bytes) => bytes.to_sql_checked(kind, out),
        }
    }

    fn accepts(_: &Type) -> bool {
        // Each value looks for itself.
        true
    }

    to_sql_checked!();
}

/// Does something within one transaction.
fn once(open: &mut Open, job: &mut Job<'_>) -> Result<(), StoreError> {
    let work = open.client.build_transaction().isolation_level(IsolationLevel::Serializable);
    let mut within = Within { work: work.start().map_err(told)?, known: &mut open.known };
    job(&mut within)?;
    within.work.commit().map_err(told)
}

/// The same, while nobody else does it in turn. The lock is of the connection, as a transaction sees what was there when
/// it asked for one; when the connection ends, it is free.
fn in_turn(open: &mut Open, job: &mut Job<'_>) -> Result<(), StoreError> {
    open.client.execute("SELECT pg_advisory_lock($1)", &[&TURN]).map_err(told)?;
    let done = once(open, job);
    open.client.execute("SELECT pg_advisory_unlock($1)", &[&TURN]).map_err(told)?;
    done
}

fn tls() -> Result<MakeRustlsConnect, StoreError> {
    let (connect, unread) = MakeRustlsConnect::with_native_certs().map_err(|errors| {
        let said = errors.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ");
        StoreError::Setting(format!("The certificates of this machine cannot be read: {said}"))
    })?;
    // One that cannot be read only means that servers it vouches for are not trusted.
    drop(unread);
    Ok(connect)
}

/// What stands in [`StoreError::Away`] for what can be done again at once.
const AGAIN: &str = "it could not be put in an order with the rest";

/// What PostgreSQL said, as far as anybody can do something about it. Never the values: they are members' data.
fn told(error: postgres::Error) -> StoreError {
    let Some(said) = error.as_db_error() else {
        let why = error.source().map(ToString::to_string).unwrap_or_default();
        return StoreError::Away(format!("{error} {why}").trim().to_owned());
    };
    let message = said.message().to_owned();
    match *said.code() {
        SqlState::T_R_SERIALIZATION_FAILURE | SqlState::T_R_DEADLOCK_DETECTED => {
            StoreError::Away(AGAIN.to_owned())
        }
        // Two that wrote the same key at once: the second sees it when it asks again.
        SqlState::UNIQUE_VIOLATION => StoreError::Away(AGAIN.to_owned()),
        SqlState::DISK_FULL => StoreError::Full,
        SqlState::IO_ERROR => StoreError::Failing(message),
        SqlState::READ_ONLY_SQL_TRANSACTION => StoreError::ReadOnly(message),
        SqlState::ADMIN_SHUTDOWN
        | SqlState::CRASH_SHUTDOWN
        | SqlState::CANNOT_CONNECT_NOW
        | SqlState::TOO_MANY_CONNECTIONS
        | SqlState::QUERY_CANCELED
        | SqlState::LOCK_NOT_AVAILABLE => StoreError::Away(message),
        _ => StoreError::Broken(message),
    }
}

#[cfg(test)]
mod tests;
