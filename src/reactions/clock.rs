//! The time. In: nothing. Out: milliseconds since 1970 in UTC, as the store keeps them, and the same for people.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use jiff::Timestamp;

use crate::model::date::{DUTCH_MONTHS, dutch_day, dutch_time};

/// A second.
pub const SECOND: i64 = 1000;
/// A minute.
pub const MINUTE: i64 = 60 * SECOND;
/// An hour.
pub const HOUR: i64 = 60 * MINUTE;
/// A day.
pub const DAY: i64 = 24 * HOUR;

/// Where the time comes from.
#[derive(Clone)]
pub enum Clock {
    /// From the machine.
    Machine,
    /// From a test, which moves it.
    Set(Arc<AtomicI64>),
}

impl Clock {
    /// A clock that stands still until it is moved.
    pub fn at(millis: i64) -> Clock {
        Clock::Set(Arc::new(AtomicI64::new(millis)))
    }

    /// Now.
    pub fn now(&self) -> i64 {
        match self {
            Clock::Machine => Timestamp::now().as_millisecond(),
            Clock::Set(millis) => millis.load(Ordering::SeqCst),
        }
    }

    /// Moves a clock of a test.
    pub fn forward(&self, by: i64) {
        if let Clock::Set(millis) = self {
            millis.fetch_add(by, Ordering::SeqCst);
        }
    }
}

/// A moment as data holds it: `2026-11-22T09:00:00Z`.
pub fn written(millis: i64) -> String {
    moment(millis).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// The day of a moment in the Netherlands: `2026-11-22`.
pub fn day(millis: i64) -> String {
    dutch_day(moment(millis))
}

/// A moment as people write it: `22 november 2026, 10:00`.
pub fn spoken(millis: i64) -> String {
    let moment = dutch_time(moment(millis));
    format!("{}, {:02}:{:02}", in_words(moment.date()), moment.hour(), moment.minute())
}

/// A day as people write it: `22 november 2026`. What is no day stays as it is.
pub fn spoken_day(day: &str) -> String {
    day.parse().map_or_else(|_| day.to_owned(), in_words)
}

/// How long one has to wait, as people say it; never too short.
pub fn spoken_wait(millis: i64) -> String {
    let up = |size: i64| (millis.max(1) + size - 1) / size;
    match up(SECOND) {
        1 => "1 seconde".to_owned(),
        seconds @ ..=90 => format!("{seconds} seconden"),
        91..=5400 => format!("{} minuten", up(MINUTE)),
        _ => format!("{} uur", up(HOUR)),
    }
}

fn in_words(date: jiff::civil::Date) -> String {
    let month = DUTCH_MONTHS[usize::from(date.month().unsigned_abs()) - 1];
    format!("{} {month} {}", date.day(), date.year())
}

fn moment(millis: i64) -> Timestamp {
    Timestamp::from_millisecond(millis).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_and_spoken() {
        let millis = 1_795_338_000_000 + 7;
        assert_eq!(written(millis), "2026-11-22T09:00:00Z");
        assert_eq!(spoken(millis), "22 november 2026, 10:00");
        assert_eq!(day(millis + 14 * HOUR), "2026-11-23");
        assert_eq!(spoken_day(&day(millis)), "22 november 2026");
        assert_eq!(spoken_day("<b>"), "<b>");
        assert_eq!(written(i64::MAX), "1970-01-01T00:00:00Z");
    }

    #[test]
    fn a_wait_is_told_in_words() {
        for (millis, words) in [
            (-5, "1 seconde"),
            (1, "1 seconde"),
            (1001, "2 seconden"),
            (60_000, "60 seconden"),
            (91_000, "2 minuten"),
            (HOUR, "60 minuten"),
            (HOUR * 3 / 2 + 1, "2 uur"),
            (DAY, "24 uur"),
        ] {
            assert_eq!(spoken_wait(millis), words);
        }
    }

    #[test]
    fn a_clock_of_a_test_stands_still() {
        let clock = Clock::at(5);
        clock.forward(MINUTE);
        assert_eq!(clock.now(), 60_005);
    }
}
