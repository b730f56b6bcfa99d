//! Every table with its columns, for what goes through all of them: copies and moves. Out: SQL that stands in the program.

/// A table.
pub(super) struct Table {
    /// Its name.
    pub(super) name: &'static str,
    /// Its columns.
    pub(super) columns: &'static [&'static str],
    /// Every row, always in the same order, those first that others name.
    pub(super) all: &'static str,
    /// One row more.
    pub(super) add: &'static str,
    /// No rows any more.
    pub(super) empty: &'static str,
    /// Whether it is part of a backup. What is not opens something, or is over soon.
    pub(super) lasts: bool,
}

macro_rules! table {
    ($name:literal, $lasts:literal, $order:literal, $marks:literal, $first:literal $(, $column:literal)*) => {
        Table {
            name: $name,
            columns: &[$first $(, $column)*],
            all: concat!("SELECT ", $first $(, ", ", $column)*, " FROM ", $name, " ORDER BY ", $order),
            add: concat!("INSERT INTO ", $name, " (", $first $(, ", ", $column)*, ") VALUES (", $marks, ")"),
            empty: concat!("DELETE FROM ", $name),
            lasts: $lasts,
        }
    };
}

/// All tables, in the order in which rows can be added.
pub(super) const ALL: &[Table] = &[
    table!(
        "accounts",
        true,
        "id",
        "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16",
        "id",
        "mail",
        "name",
        "about",
        "password",
        "verified",
        "role",
        "blocked",
        "trusted",
        "listed",
        "listed_about",
        "introduction",
        "totp",
        "totp_step",
        "created",
        "seen"
    ),
    table!("account_scopes", true, "account, scope", "$1, $2", "account", "scope"),
    table!(
        "sessions",
        false,
        "id",
        "$1, $2, $3, $4, $5, $6, $7",
        "id",
        "hash",
        "account",
        "device",
        "created",
        "seen",
        "proven"
    ),
    table!(
        "tokens",
        false,
        "id",
        "$1, $2, $3, $4, $5, $6, $7, $8, $9",
        "id",
        "hash",
        "code",
        "tries",
        "purpose",
        "account",
        "value",
        "created",
        "expires"
    ),
    table!("throttle", false, "key", "$1, $2, $3", "key", "count", "since"),
    table!(
        "reactions",
        true,
        "CASE WHEN parent IS NULL THEN 0 ELSE 1 END, id",
        "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17",
        "id",
        "page",
        "parent",
        "account",
        "kind",
        "title",
        "text",
        "state",
        "holds",
        "reason",
        "chosen",
        "notice",
        "expires",
        "once",
        "created",
        "edited",
        "decided"
    ),
    table!(
        "reports",
        true,
        "id",
        "$1, $2, $3, $4, $5, $6",
        "id",
        "reaction",
        "account",
        "reason",
        "created",
        "closed"
    ),
    table!(
        "audit",
        true,
        "id",
        "$1, $2, $3, $4, $5, $6, $7",
        "id",
        "at",
        "actor",
        "action",
        "subject",
        "detail",
        "network"
    ),
    table!(
        "mails",
        false,
        "id",
        "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10",
        "id",
        "account",
        "recipient",
        "template",
        "slots",
        "created",
        "next",
        "attempts",
        "fault",
        "failed"
    ),
    table!("subscriptions", true, "id", "$1, $2, $3, $4", "id", "page", "account", "created"),
    table!("deletions", true, "id", "$1, $2", "id", "at"),
    table!("counters", true, "name", "$1, $2", "name", "value"),
    table!(
        "works",
        false,
        "name",
        "$1, $2, $3, $4, $5, $6",
        "name",
        "taken_until",
        "done",
        "wanted",
        "not_before",
        "fault"
    ),
];

#[cfg(test)]
mod tests {
    use super::super::schema;
    use super::*;

    #[test]
    fn every_table_and_every_column_is_here() {
        let database = rusqlite::Connection::open_in_memory().unwrap();
        for step in schema::STEPS {
            database.execute_batch(step.sql).unwrap();
        }
        assert_eq!(ALL.iter().map(|table| table.name).collect::<Vec<_>>(), schema::TABLES);
        for table in ALL {
            let mut found = database.prepare("SELECT name FROM pragma_table_info(?1)").unwrap();
            let found: Vec<String> =
                found.query_map([table.name], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
            assert_eq!(found, table.columns, "{}", table.name);
            assert!(table.add.contains(&format!("${})", table.columns.len())), "{}", table.add);
        }
    }
}
