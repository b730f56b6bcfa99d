//! What moment a date means. In: a TOML date, a text that may be one, or a file name. Out: a [`DateValue`].
//!
//! A text is read as TOML reads dates; failing that, in the looser form YAML allows (`2024-1-2 3:04:05 +1`), which is
//! rewritten as RFC 3339 so that templates see one form.

use toml::value::{Datetime, Offset};

use crate::model::DateValue;

/// A date that TOML has read. A time without a date is no moment.
pub(super) fn from_toml(date: &Datetime) -> DateValue {
    let text = toml_text(date);
    let clock = date.date.map(|day| {
        let time = date.time.as_ref();
        Clock {
            year: i32::from(day.year),
            month: day.month,
            day: day.day,
            hour: time.map_or(0, |time| time.hour),
            minute: time.map_or(0, |time| time.minute),
            second: time.and_then(|time| time.second).unwrap_or(0),
            nanosecond: time.and_then(|time| time.nanosecond).unwrap_or(0),
            offset_minutes: match date.offset {
                Some(Offset::Custom { minutes }) => i32::from(minutes),
                Some(Offset::Z) | None => 0,
            },
        }
    });
    value(text, clock)
}

/// A text that is a date in TOML's form or in YAML's looser one; none when it is neither.
pub(super) fn from_text(text: &str) -> Option<DateValue> {
    if let Ok(date) = text.parse::<Datetime>() {
        return Some(from_toml(&date));
    }
    let clock = loose(text)?;
    Some(value(clock.rfc3339(), Some(clock)))
}

/// The date at the start of a file name and, if a name follows after `_` or `-`, that name.
///
/// A date that the calendar does not have (`2024-02-31`) is still taken off the name; it has no moment.
pub(super) fn from_file_name(name: &str) -> Option<(DateValue, Option<&str>)> {
    let mut cursor = Cursor { rest: name };
    cursor.pattern("dddd-mM-DD")?;
    let mut after_time = Cursor { rest: cursor.rest };
    if after_time.file_name_time().is_some() {
        cursor = after_time;
    }
    let text = &name[..name.len() - cursor.rest.len()];
    let date = text.parse::<Datetime>().ok().map(|date| from_toml(&date));
    let date =
        date.map_or_else(|| value(text.to_owned(), None), |date| DateValue { text: text.to_owned(), ..date });
    let rest = cursor.rest;
    let rest =
        rest.strip_prefix(char::is_whitespace).filter(|rest| rest.starts_with(['_', '-'])).unwrap_or(rest);
    let slug = rest.strip_prefix(['_', '-']).filter(|slug| !slug.is_empty() && !slug.contains('\n'));
    Some((date, slug))
}

/// A TOML date as text, always with seconds.
pub(super) fn toml_text(date: &Datetime) -> String {
    let mut text = String::with_capacity(25);
    if let Some(day) = date.date {
        text.push_str(&day.to_string());
    }
    if let Some(time) = date.time {
        let start = if date.date.is_some() { "T" } else { "" };
        text.push_str(&format!("{start}{:02}:{:02}:{:02}", time.hour, time.minute, time.second.unwrap_or(0)));
        text.push_str(&fraction(time.nanosecond.unwrap_or(0)));
    }
    if let Some(offset) = date.offset {
        text.push_str(&offset.to_string());
    }
    text
}

/// A fraction of a second as text, without zeros at the end.
fn fraction(nanosecond: u32) -> String {
    if nanosecond == 0 {
        return String::new();
    }
    format!(".{nanosecond:09}").trim_end_matches('0').to_owned()
}

fn value(text: String, clock: Option<Clock>) -> DateValue {
    let moment = clock.as_ref().and_then(Clock::moment);
    let ymd = clock.filter(|_| moment.is_some()).map(|clock| (clock.year, clock.month, clock.day));
    DateValue { text, moment, ymd }
}

/// What calendar and clock show somewhere.
struct Clock {
    year: i32,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    nanosecond: u32,
    offset_minutes: i32,
}

impl Clock {
    /// Seconds since 1970 and nanoseconds. A leap second may only stand where one can be: at the end of a month, UTC.
    fn moment(&self) -> Option<(i64, i32)> {
        let leap = self.second == 60;
        let minutes = i64::from(self.hour) * 60 + i64::from(self.minute) - i64::from(self.offset_minutes);
        let second = if leap { 59 } else { i64::from(self.second) };
        let seconds = days_since_1970(self.year, self.month, self.day) * 86_400 + minutes * 60 + second;
        if !leap {
            return Some((seconds, self.nanosecond as i32));
        }
        let next_day = (seconds + 1).div_euclid(86_400);
        ((seconds + 1) % 86_400 == 0 && is_first_of_month(next_day)).then_some((seconds, 999_999_999))
    }

    fn rfc3339(&self) -> String {
        let Clock { year, month, day, hour, minute, second, .. } = self;
        let fraction = fraction(self.nanosecond);
        let offset = match self.offset_minutes {
            0 => "Z".to_owned(),
            minutes => {
                let sign = if minutes < 0 { '-' } else { '+' };
                format!("{sign}{:02}:{:02}", minutes.abs() / 60, minutes.abs() % 60)
            }
        };
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{fraction}{offset}")
    }
}

/// How many days after 1970-01-01 a day of the Gregorian calendar comes. Years are counted from March, so that the leap
/// day is the last of its year.
fn days_since_1970(year: i32, month: u8, day: u8) -> i64 {
    let year = i64::from(year) - i64::from(month <= 2);
    let (century, of_century) = (year.div_euclid(400), year.rem_euclid(400));
    let months = (i64::from(month) + 9) % 12;
    let of_year = (153 * months + 2) / 5 + i64::from(day) - 1;
    century * 146_097 + of_century * 365 + of_century / 4 - of_century / 100 + of_year - 719_468
}

fn is_first_of_month(days: i64) -> bool {
    let year = (days as f64 / 365.2425 + 1970.0).floor() as i32;
    (year - 1..=year + 1).any(|year| (1..=12).any(|month| days_since_1970(year, month, 1) == days))
}

fn days_in_month(year: i32, month: u8) -> u8 {
    match month {
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

/// The looser form: one or two digits for month, day and hour, blanks for the `T`, an offset of hours only.
fn loose(text: &str) -> Option<Clock> {
    let text = text.strip_prefix('"').unwrap_or(text);
    let mut cursor = Cursor { rest: text.strip_suffix('"').unwrap_or(text) };
    let year = cursor.number(4, 4)?;
    cursor.eat('-')?;
    let month = cursor.number(1, 2)? as u8;
    cursor.eat('-')?;
    let day = cursor.number(1, 2)? as u8;
    let mut clock =
        Clock { year, month, day, hour: 0, minute: 0, second: 0, nanosecond: 0, offset_minutes: 0 };
    if !cursor.rest.is_empty() {
        loose_time(&mut cursor, &mut clock)?;
    }
    let on_calendar = (1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day);
    let on_clock = clock.hour < 24 && clock.minute < 60 && clock.second < 60;
    (cursor.rest.is_empty() && on_calendar && on_clock).then_some(clock)
}

fn loose_time(cursor: &mut Cursor<'_>, clock: &mut Clock) -> Option<()> {
    if cursor.eat('T').or_else(|| cursor.eat('t')).is_none() {
        let time = cursor.rest.trim_start_matches([' ', '\t']);
        if time.len() == cursor.rest.len() {
            return None;
        }
        cursor.rest = time;
    }
    clock.hour = cursor.number(1, 2)? as u8;
    cursor.eat(':')?;
    clock.minute = cursor.number(2, 2)? as u8;
    cursor.eat(':')?;
    clock.second = cursor.number(2, 2)? as u8;
    if cursor.eat('.').is_some() {
        let digits = cursor.digits(0, 9)?;
        // Read as a binary fraction and cut off, as Zola does: the last digit of nine may come out one lower.
        clock.nanosecond = (format!("0.{digits}").parse::<f64>().unwrap_or(0.0) * 1_000_000_000.0) as u32;
    }
    cursor.rest = cursor.rest.trim_start_matches([' ', '\t']);
    if cursor.rest.is_empty() || cursor.eat('Z').is_some() {
        return Some(());
    }
    let west = cursor.eat('-').is_some();
    if !west {
        cursor.eat('+')?;
    }
    let hours = cursor.number(1, 2)?;
    let minutes = if cursor.eat(':').is_some() { cursor.number(2, 2)? } else { 0 };
    // Zola reads the sign off the hours as a number, so that `-00:30` lies east of Greenwich.
    let sign = if west && hours > 0 { -1 } else { 1 };
    clock.offset_minutes = sign * (hours * 60 + minutes);
    (hours < 24 && minutes < 60).then_some(())
}

/// What is left to read of an ASCII form.
struct Cursor<'a> {
    rest: &'a str,
}

impl<'a> Cursor<'a> {
    fn eat(&mut self, wanted: char) -> Option<()> {
        self.rest = self.rest.strip_prefix(wanted)?;
        Some(())
    }

    /// As many digits as there are, when they are neither too few nor, up to the next other character, too many.
    fn digits(&mut self, least: usize, most: usize) -> Option<&'a str> {
        let count = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        let (digits, rest) = self.rest.split_at(count);
        self.rest = rest;
        (least..=most).contains(&count).then_some(digits)
    }

    fn number(&mut self, least: usize, most: usize) -> Option<i32> {
        self.digits(least, most)?.parse().ok()
    }

    /// Reads two-digit numbers between bounds and single characters: `mM` is a month, `DD` a day, `HH` an hour, `MM` a
    /// minute, `SS` a second, `dddd` a year; anything else stands for itself.
    fn pattern(&mut self, pattern: &str) -> Option<()> {
        let mut parts = pattern;
        while let Some(first) = parts.chars().next() {
            let bounds = [
                ("dddd", 0, 9999),
                ("mM", 1, 12),
                ("DD", 1, 31),
                ("HH", 0, 23),
                ("MM", 0, 59),
                ("SS", 0, 60),
            ];
            let Some((part, low, high)) = bounds.into_iter().find(|(part, ..)| parts.starts_with(part))
            else {
                self.eat(first)?;
                parts = &parts[first.len_utf8()..];
                continue;
            };
            let digits =
                self.rest.get(..part.len()).filter(|digits| digits.bytes().all(|b| b.is_ascii_digit()))?;
            let number: i32 = digits.parse().ok()?;
            if !(low..=high).contains(&number) {
                return None;
            }
            self.rest = &self.rest[part.len()..];
            parts = &parts[part.len()..];
        }
        Some(())
    }

    /// `T10:20:30Z`, with a fraction and an offset instead of the `Z` if so wished.
    fn file_name_time(&mut self) -> Option<()> {
        self.pattern("THH:MM:SS")?;
        if self.eat('.').is_some() {
            self.digits(1, usize::MAX)?;
        }
        if self.eat('Z').is_some() {
            return Some(());
        }
        self.eat('+').or_else(|| self.eat('-'))?;
        self.pattern("HH:MM")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    type Parts = (String, Option<(i64, i32)>, Option<(i32, u8, u8)>);

    fn shown(date: Option<DateValue>) -> Option<Parts> {
        date.map(|date| (date.text, date.moment, date.ymd))
    }

    #[test]
    fn texts_that_are_no_dates() {
        for text in [
            "",
            "gisteren",
            "2024",
            "2024-13-01",
            "2024-1-32",
            "2023-2-29",
            "2024-01-02 25:00:00",
            "2024-01-02x",
            "2024-1-2 3:04",
            "2024-1-2 3:04:05.1234567890",
            "2024-1-2 3:04:05 +24:00",
            "2024-1-2 3:04:05 z",
            "2024-1-2 3:04:60",
            "24-01-02",
            "2024-1-2T",
            "2024-1-2 3:04:05 +1:5",
        ] {
            assert_eq!(from_text(text), None, "{text}");
        }
    }

    #[test]
    fn texts_that_are() {
        let day = 86_400;
        for (text, written, moment, ymd) in [
            ("1970-01-01", "1970-01-01", (0, 0), (1970, 1, 1)),
            ("2000-02-29", "2000-02-29", (11_016 * day, 0), (2000, 2, 29)),
            ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z", (-1, 0), (1969, 12, 31)),
            ("2024-01-02 10:20", "2024-01-02T10:20:00", (1_704_190_800, 0), (2024, 1, 2)),
            ("2024-01-02t10:20:00.50z", "2024-01-02T10:20:00.5Z", (1_704_190_800, 500_000_000), (2024, 1, 2)),
            ("2024-01-02T00:20:00+02:00", "2024-01-02T00:20:00+02:00", (1_704_147_600, 0), (2024, 1, 2)),
            ("2024-1-2", "2024-01-02T00:00:00Z", (1_704_153_600, 0), (2024, 1, 2)),
            ("\"2024-1-2\"", "2024-01-02T00:00:00Z", (1_704_153_600, 0), (2024, 1, 2)),
            (
                "2024-1-2 3:04:05.1234567 -05:30",
                "2024-01-02T03:04:05.1234567-05:30",
                (1_704_184_445, 123_456_700),
                (2024, 1, 2),
            ),
            ("2024-2-2 3:04:05 -00:30", "2024-02-02T03:04:05+00:30", (1_706_841_245, 0), (2024, 2, 2)),
            ("2024-2-2 \t3:04:05 +1", "2024-02-02T03:04:05+01:00", (1_706_839_445, 0), (2024, 2, 2)),
            ("2024-2-2 3:04:05.", "2024-02-02T03:04:05Z", (1_706_843_045, 0), (2024, 2, 2)),
        ] {
            assert_eq!(shown(from_text(text)), Some((written.into(), Some(moment), Some(ymd))), "{text}");
        }
    }

    #[test]
    fn a_west_offset_works_in_short_months_too() {
        // Zola refuses this one: it starts counting at the thirty-first of December and finds no thirty-first of February.
        assert_eq!(
            from_text("2024-2-2 3:04:05 -05:30").map(|date| date.text).as_deref(),
            Some("2024-02-02T03:04:05-05:30")
        );
    }

    #[test]
    fn a_time_is_no_moment() {
        assert_eq!(shown(from_text("10:20")), Some(("10:20:00".into(), None, None)));
    }

    #[test]
    fn leap_seconds_stand_at_the_end_of_a_month_only() {
        let moment = |text| from_text(text).and_then(|date| date.moment);
        assert_eq!(moment("2016-12-31T23:59:60Z"), Some((1_483_228_799, 999_999_999)));
        assert_eq!(moment("2017-01-01T00:59:60+01:00"), Some((1_483_228_799, 999_999_999)));
        assert_eq!(moment("2016-12-30T23:59:60Z"), None);
        assert_eq!(moment("2016-12-31T22:59:60Z"), None);
    }

    #[test]
    fn days_count_up_by_one() {
        let mut expected = days_since_1970(1896, 1, 1);
        for year in 1896..2110 {
            for month in 1..=12 {
                for day in 1..=days_in_month(year, month) {
                    assert_eq!(days_since_1970(year, month, day), expected);
                    assert_eq!(is_first_of_month(expected), day == 1, "{year}-{month}-{day}");
                    expected += 1;
                }
            }
        }
    }

    #[test]
    fn file_names() {
        for (name, text, parsed, slug) in [
            ("2024-02-21-foo", "2024-02-21", true, Some("foo")),
            ("2024-02-21_foo-bar", "2024-02-21", true, Some("foo-bar")),
            ("2024-02-21 - foo", "2024-02-21", true, Some(" foo")),
            ("2024-02-21foo", "2024-02-21", true, None),
            ("2024-02-21 foo", "2024-02-21", true, None),
            ("2024-02-21", "2024-02-21", true, None),
            ("2024-02-21-", "2024-02-21", true, None),
            ("2024-02-31-foo", "2024-02-31", false, Some("foo")),
            ("2024-02-21T10:20:30.5+02:00_foo", "2024-02-21T10:20:30.5+02:00", true, Some("foo")),
            ("2024-02-21T10:20:30Z-foo", "2024-02-21T10:20:30Z", true, Some("foo")),
            ("2024-02-21T10:20:30-foo", "2024-02-21", true, None),
        ] {
            let Some((date, rest)) = from_file_name(name) else { panic!("{name} has a date") };
            assert_eq!((date.text.as_str(), date.moment.is_some(), rest), (text, parsed, slug), "{name}");
        }
        for name in ["2024-13-01-foo", "2024-2-1-foo", "foo-2024-02-21", "2024-02-00", "été", "20"] {
            assert_eq!(from_file_name(name), None, "{name}");
        }
    }
}
