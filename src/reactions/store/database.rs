//! What the store asks of a database, whichever it is. In: SQL that stands in the program, and values bound to it. Out:
//! rows, or why there are none.
//!
//! Statements are `&'static str`: SQL cannot be put together from what somebody typed. They are written once, for both
//! databases, with `$1` for the first value; times are milliseconds since 1970 in UTC, yes and no are 1 and 0.

/// A value that goes into a statement or comes out of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Value {
    /// Nothing.
    Null,
    /// A whole number, a moment, or yes and no.
    Int(i64),
    /// Text.
    Text(String),
    /// Bytes.
    Blob(Vec<u8>),
}

/// One row of an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row(pub(super) Vec<Value>);

/// Why a database did not do what it was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// It is away or too busy; the same may work later.
    #[error("the database cannot be reached: {0}")]
    Away(String),
    /// Nothing can be written: the disk is full.
    #[error("the disk of the database is full")]
    Full,
    /// Nothing can be written: it may only be read.
    #[error("the database may only be read: {0}")]
    ReadOnly(String),
    /// Nothing can be written, perhaps not read either: the disk fails.
    #[error("the disk of the database fails: {0}")]
    Failing(String),
    /// It is damaged, or the program and it do not understand each other.
    #[error("the database said: {0}")]
    Broken(String),
    /// It was made by a newer program.
    #[error(
        "the database has schema {found}, and this program knows schemas up to {known}\n  help: Use the newer version of the program, or restore a backup from before it."
    )]
    Newer {
        /// The schema it has.
        found: i64,
        /// The newest one this program knows.
        known: i64,
    },
    /// A setting or file that it needs is not right.
    #[error("{0}")]
    Setting(String),
}

/// A database within a transaction.
pub(super) trait Work {
    /// Asks.
    fn rows(&mut self, sql: &'static str, values: &[Value]) -> Result<Vec<Row>, StoreError>;
    /// Changes something; how many rows it touched.
    fn run(&mut self, sql: &'static str, values: &[Value]) -> Result<u64, StoreError>;
}

/// What is done within a transaction. It may be done more than once: only the last time counts.
pub(super) type Job<'a> = dyn FnMut(&mut dyn Work) -> Result<(), StoreError> + 'a;

/// A database.
pub(super) trait Database: Send + Sync {
    /// Asks, in one consistent view.
    fn read(&self, job: &mut Job<'_>) -> Result<(), StoreError>;
    /// Changes, all or nothing, as if nobody else were at work; on disk when it returns.
    fn write(&self, job: &mut Job<'_>) -> Result<(), StoreError>;
    /// Brings the schema up to date; see `schema`.
    fn migrate(&self) -> Result<(), StoreError>;
    /// The version of its schema; 0 when it has none.
    fn version(&self) -> Result<i64, StoreError>;
    /// What is wrong with it, in the words of the database; nothing when all is well.
    fn verify(&self) -> Result<Vec<String>, StoreError>;
    /// Takes what was deleted out of its files, as far as that is in our hands.
    fn forget(&self) -> Result<(), StoreError>;
    /// Removes copies that were kept when the schema changed, from before a moment.
    fn tidy_copies(&self, before: i64) -> Result<(), StoreError>;
    /// What it is, for people: `SQLite 3.54.1 in FILE`.
    fn describe(&self) -> String;
    /// The file it is in, when it is one.
    fn file(&self) -> Option<&std::path::Path>;
}

impl Row {
    /// The number in a column.
    pub(super) fn int(&self, at: usize) -> i64 {
        self.maybe_int(at).unwrap_or_default()
    }

    /// The number in a column, if there is one.
    pub(super) fn maybe_int(&self, at: usize) -> Option<i64> {
        if let Some(Value::Int(int)) = self.0.get(at) { Some(*int) } else { None }
    }

    /// Whether a column says yes.
    pub(super) fn flag(&self, at: usize) -> bool {
        self.int(at) != 0
    }

    /// The text in a column.
    pub(super) fn text(&self, at: usize) -> String {
        self.maybe_text(at).unwrap_or_default()
    }

    /// The text in a column, if there is one.
    pub(super) fn maybe_text(&self, at: usize) -> Option<String> {
        if let Some(Value::Text(text)) = self.0.get(at) { Some(text.clone()) } else { None }
    }

    /// The bytes in a column.
    pub(super) fn blob(&self, at: usize) -> Vec<u8> {
        if let Some(Value::Blob(bytes)) = self.0.get(at) { bytes.clone() } else { Vec::new() }
    }
}

impl From<i64> for Value {
    fn from(int: i64) -> Value {
        Value::Int(int)
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Value {
        Value::Int(flag.into())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Value {
        Value::Text(text.to_owned())
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Value {
        Value::Text(text.clone())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Value {
        Value::Text(text)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Value {
        Value::Blob(bytes.to_vec())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Value {
        value.map_or(Value::Null, Into::into)
    }
}

/// The values of a statement.
macro_rules! values {
    ($($value:expr),* $(,)?) => {
        &[$($crate::reactions::store::database::Value::from($value)),*]
    };
}
pub(super) use values;
