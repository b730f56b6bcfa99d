//! The tables, step by step. In: nothing. Out: the SQL of every version, oldest first.
//!
//! It is written for SQLite; [`for_postgres`] says what differs. A step that was released is never changed: what must be
//! otherwise is a new step.

/// A step from one version to the next.
pub(super) struct Step {
    /// The version after it.
    pub(super) version: i64,
    /// What it does.
    pub(super) sql: &'static str,
}

/// All steps.
pub(super) const STEPS: &[Step] = &[Step { version: 1, sql: include_str!("schema/1.sql") }];

/// The version this program works with.
pub(super) const NEWEST: i64 = STEPS[STEPS.len() - 1].version;

/// All tables, those first that others name.
pub(super) const TABLES: &[&str] = &[
    "accounts",
    "account_scopes",
    "sessions",
    "tokens",
    "throttle",
    "reactions",
    "reports",
    "audit",
    "mails",
    "subscriptions",
    "deletions",
    "counters",
    "works",
];

/// The same for PostgreSQL: its numbers are short unless one says otherwise, its bytes have another name, and all its
/// tables are strict.
pub(super) fn for_postgres(sql: &str) -> String {
    sql.replace(" INTEGER", " BIGINT").replace(" BLOB", " BYTEA").replace(") STRICT;", ");")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_is_listed_and_strict() {
        let sql: String = STEPS.iter().map(|step| step.sql).collect();
        let made: Vec<&str> =
            sql.split("CREATE TABLE ").skip(1).filter_map(|rest| rest.split_whitespace().next()).collect();
        assert_eq!(made, TABLES);
        assert_eq!(sql.matches(") STRICT;").count(), TABLES.len());
        assert!(!for_postgres(&sql).contains("INTEGER"));
    }

    #[test]
    fn versions_follow_each_other() {
        assert!(STEPS.iter().zip(1..).all(|(step, version)| step.version == version));
    }
}
