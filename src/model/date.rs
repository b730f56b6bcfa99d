//! A date as it was written and as a moment, and the months by name.

use serde::{Deserialize, Serialize};

/// A date of the front matter. Templates see `text`; sorting and `year`, `month`, `day` use the rest.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct DateValue {
    /// As it was written, or RFC 3339 when it came from YAML's looser forms.
    pub text: String,
    /// The moment: seconds since 1970-01-01 UTC and nanoseconds; a date alone means midnight UTC.
    /// None when the text is no date (allowed for `updated` only).
    pub moment: Option<(i64, i32)>,
    /// Year, month and day in the date's own offset; none like `moment`.
    pub ymd: Option<(i32, u8, u8)>,
}

/// The months in Dutch, as they are written in a date.
pub const DUTCH_MONTHS: [&str; 12] = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
];
