//! Figures as people read them. In: measurements. Out: medians, and tables in Markdown.

use std::time::Duration;

/// The one in the middle; of an even number, the higher of the two.
pub(crate) fn median<T: Ord + Copy + Default>(values: impl Iterator<Item = T>) -> T {
    let mut values: Vec<T> = values.collect();
    values.sort_unstable();
    values.get(values.len() / 2).copied().unwrap_or_default()
}

/// A time, with as many digits as mean something.
pub(crate) fn seconds(time: Duration) -> String {
    let millis = time.as_secs_f64() * 1000.0;
    if millis < 10.0 {
        format!("{millis:.1} ms")
    } else if millis < 1000.0 {
        format!("{millis:.0} ms")
    } else {
        format!("{:.2} s", millis / 1000.0)
    }
}

/// An amount of memory, given in kibibytes.
pub(crate) fn megabytes(kibibytes: u64) -> String {
    format!("{} MB", kibibytes * 1024 / 1_000_000)
}

/// How many times as long something took.
pub(crate) fn times(time: Duration, other: Duration) -> String {
    number(time.as_secs_f64() / other.as_secs_f64().max(1e-6))
}

/// A number with a digit or two that matter.
pub(crate) fn number(value: f64) -> String {
    if value < 10.0 { format!("{value:.2}") } else { format!("{value:.0}") }
}

/// A table.
pub(crate) fn markdown(head: &[&str], lines: &[Vec<String>]) -> String {
    let rule: Vec<&str> = (0..head.len()).map(|column| if column == 0 { "---" } else { "--:" }).collect();
    let mut text = format!("| {} |\n|{}|\n", head.join(" | "), rule.join("|"));
    for line in lines {
        text += &format!("| {} |\n", line.join(" | "));
    }
    text
}
