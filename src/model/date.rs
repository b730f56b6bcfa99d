//! A date as it was written and as a moment, the time in the Netherlands, and the months by name.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
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

/// A moment on the clocks of the Netherlands, wherever the program runs. The rule stands here, so that a machine without a
/// table of time zones tells the same day as one that has it.
pub fn dutch_time(moment: Timestamp) -> Zoned {
    moment.to_zoned(TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC))
}

/// The day of a moment in the Netherlands: `2026-11-22`.
pub fn dutch_day(moment: Timestamp) -> String {
    dutch_time(moment).date().to_string()
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_an_hour_later_than_in_london_and_two_in_summer() {
        for (utc, here) in [
            ("2026-11-21T22:59:59Z", "2026-11-21T23:59:59"),
            ("2026-11-21T23:00:00Z", "2026-11-22T00:00:00"),
            ("2026-03-29T00:59:59Z", "2026-03-29T01:59:59"),
            ("2026-03-29T01:00:00Z", "2026-03-29T03:00:00"),
            ("2026-07-01T22:00:00Z", "2026-07-02T00:00:00"),
            ("2026-10-25T00:59:59Z", "2026-10-25T02:59:59"),
            ("2026-10-25T01:00:00Z", "2026-10-25T02:00:00"),
        ] {
            assert_eq!(dutch_time(utc.parse().unwrap()).datetime().to_string(), here, "{utc}");
        }
    }
}
