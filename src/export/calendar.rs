//! Events for the calendars of people (iCalendar, RFC 5545). In: events as their pages tell them. Out: the text of an
//! `.ics` file, and what is wrong with an event.
//!
//! Moments are written in UTC. A page says how far its time is from UTC, so that is exact; every calendar shows it in the
//! time of whoever looks; and no rules of summer time have to be handed along, which would be wrong on the day they change.
//! Nothing comes from a clock: `DTSTAMP` is the date of the page, so the same site makes the same bytes.
//!
//! It is written here rather than by a library: those fill in the time of writing and a random identity by themselves,
//! which would have to be undone, and what is left is putting lines behind one another.

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};

/// An event, as its page tells it.
#[derive(Clone, Debug, Default)]
pub struct Event {
    /// What it is known by for ever.
    pub uid: String,
    /// The date of the page.
    pub written: Option<String>,
    /// When it begins: a day, or a moment with its distance to UTC.
    pub begin: String,
    /// When it ends.
    pub end: Option<String>,
    /// What it is called.
    pub title: String,
    /// What it is about.
    pub description: Option<String>,
    /// Where it is.
    pub location: Option<String>,
    /// Who holds it: a name, no address.
    pub organizer: Option<String>,
    /// The page about it.
    pub url: String,
    /// What kind of thing it is.
    pub category: String,
}

/// What is wrong with an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It does not say when it begins.
    NoBegin,
    /// When it begins cannot be understood.
    OddBegin,
    /// When it ends cannot be understood, or is a day where the begin is a moment.
    OddEnd,
    /// It ends before it begins.
    EndBeforeBegin,
}

/// A day or a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum When {
    Day(Date),
    Moment(Timestamp),
}

/// What is wrong with an event, if anything is.
pub fn fault(event: &Event) -> Option<Fault> {
    if event.begin.trim().is_empty() {
        return Some(Fault::NoBegin);
    }
    let Some(begin) = when(&event.begin) else { return Some(Fault::OddBegin) };
    let end = event.end.as_deref().filter(|end| !end.trim().is_empty())?;
    match (begin, when(end)) {
        (When::Day(begin), Some(When::Day(end))) => (end < begin).then_some(Fault::EndBeforeBegin),
        (When::Moment(begin), Some(When::Moment(end))) => (end < begin).then_some(Fault::EndBeforeBegin),
        _ => Some(Fault::OddEnd),
    }
}

/// The text of a calendar with these events. Those without a begin are left out; an end that cannot be is.
pub fn calendar(name: &str, events: &[Event]) -> String {
    let mut text = String::new();
    line(&mut text, "BEGIN:VCALENDAR");
    line(&mut text, "VERSION:2.0");
    line(&mut text, "PRODID:-//Praktijk//Praktijk//EN");
    line(&mut text, "CALSCALE:GREGORIAN");
    line(&mut text, "METHOD:PUBLISH");
    line(&mut text, &format!("X-WR-CALNAME:{}", escaped(name)));
    events.iter().for_each(|event| put(&mut text, event));
    line(&mut text, "END:VCALENDAR");
    text
}

fn put(text: &mut String, event: &Event) {
    let Some(begin) = when(&event.begin) else { return };
    let end = event.end.as_deref().and_then(when).filter(|_| fault(event).is_none());
    line(text, "BEGIN:VEVENT");
    line(text, &format!("UID:{}", escaped(&event.uid)));
    line(text, &format!("DTSTAMP:{}", utc(event.written.as_deref().and_then(when).unwrap_or(begin))));
    line(text, &format!("DTSTART{}", value(begin)));
    if let Some(end) = end {
        // A day is over when the next one begins.
        let end = match end {
            When::Day(day) => When::Day(day.saturating_add(1.day())),
            moment => moment,
        };
        line(text, &format!("DTEND{}", value(end)));
    }
    line(text, &format!("SUMMARY:{}", escaped(&event.title)));
    // Who holds it is no ORGANIZER, which needs an address to answer to.
    let texts = [
        ("DESCRIPTION", event.description.as_deref()),
        ("LOCATION", event.location.as_deref()),
        ("CONTACT", event.organizer.as_deref()),
        ("CATEGORIES", Some(event.category.as_str())),
    ];
    for (key, value) in texts {
        if let Some(value) = value.filter(|value| !value.trim().is_empty()) {
            line(text, &format!("{key}:{}", escaped(value)));
        }
    }
    line(text, &format!("URL:{}", event.url.replace(['\r', '\n'], "")));
    line(text, "END:VEVENT");
}

/// A day, or a moment with its distance to UTC. A blank may stand between day and time, as in TOML.
fn when(text: &str) -> Option<When> {
    let text = text.trim();
    if text.len() == 10 {
        return text.parse().ok().map(When::Day);
    }
    // A moment without a distance could be anywhere.
    text.replacen(' ', "T", 1).parse().ok().map(When::Moment)
}

fn value(when: When) -> String {
    match when {
        When::Day(day) => format!(";VALUE=DATE:{}", day.strftime("%Y%m%d")),
        When::Moment(_) => format!(":{}", utc(when)),
    }
}

fn utc(when: When) -> String {
    match when {
        When::Day(day) => day.strftime("%Y%m%dT000000Z").to_string(),
        When::Moment(moment) => moment.strftime("%Y%m%dT%H%M%SZ").to_string(),
    }
}

/// Text as a value.
fn escaped(text: &str) -> String {
    let mut made = String::with_capacity(text.len());
    for sign in text.trim().replace("\r\n", "\n").chars() {
        match sign {
            '\\' | ';' | ',' => made.extend(['\\', sign]),
            '\n' | '\r' => made.push_str("\\n"),
            sign if sign.is_control() && sign != '\t' => {}
            sign => made.push(sign),
        }
    }
    made
}

/// Writes a line, in pieces of at most 75 bytes; those that go on begin with a blank.
fn line(text: &mut String, line: &str) {
    let mut left = 75;
    for sign in line.chars() {
        if sign.len_utf8() > left {
            text.push_str("\r\n ");
            left = 74;
        }
        text.push(sign);
        left -= sign.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(begin: &str, end: Option<&str>) -> Event {
        Event {
            uid: "kalender/dag@e.org".to_owned(),
            written: Some("2026-11-01".to_owned()),
            begin: begin.to_owned(),
            end: end.map(str::to_owned),
            title: "Dag".to_owned(),
            url: "https://e.org/kalender/dag/".to_owned(),
            category: "Bijeenkomst".to_owned(),
            ..Event::default()
        }
    }

    #[test]
    fn what_is_wrong_is_told_and_left_out() {
        for (begin, end, expected, written) in [
            ("", None, Some(Fault::NoBegin), ""),
            ("morgen", None, Some(Fault::OddBegin), ""),
            ("2027-01-14T13:30:00", None, Some(Fault::OddBegin), ""),
            ("2027-02-30", None, Some(Fault::OddBegin), ""),
            (
                "2027-01-14",
                Some("2027-01-13"),
                Some(Fault::EndBeforeBegin),
                "DTSTART;VALUE=DATE:20270114\r\nSUM",
            ),
            (
                "2027-01-14",
                Some("2027-01-14T10:00:00Z"),
                Some(Fault::OddEnd),
                "DTSTART;VALUE=DATE:20270114\r\nSUM",
            ),
            (
                "2027-01-14T13:30:00+01:00",
                Some("2027-01-14T12:29:59Z"),
                Some(Fault::EndBeforeBegin),
                "DTSTART:20270114T123000Z\r\nSUM",
            ),
            (
                "2027-07-14 13:30:00+02:00",
                Some("2027-07-14T16:30:00+02:00"),
                None,
                "DTSTART:20270714T113000Z\r\nDTEND:20270714T143000Z\r\n",
            ),
            (
                "2026-12-31",
                Some("2026-12-31"),
                None,
                "DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n",
            ),
        ] {
            let event = event(begin, end);
            assert_eq!(fault(&event), expected, "{begin} {end:?}");
            let text = calendar("Kalender", &[event]);
            assert_eq!(text.contains("VEVENT"), !written.is_empty(), "{begin}");
            assert!(text.contains(written), "{text}");
        }
    }

    #[test]
    fn no_line_is_longer_than_75_bytes_and_none_breaks_a_character() {
        let mut long = event("2027-01-14", None);
        long.title = "é€😀".repeat(60);
        long.description = Some("a;b, c\\d\r\ne\u{7}\nBEGIN:VEVENT".to_owned());
        let text = calendar("X", &[long.clone()]);
        assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')));
        let whole = text.replace("\r\n ", "");
        assert!(whole.contains(&format!("SUMMARY:{}\r\n", long.title)));
        assert!(whole.contains("DESCRIPTION:a\\;b\\, c\\\\d\\ne\\nBEGIN:VEVENT\r\n"));
    }
}
