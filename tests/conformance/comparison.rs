//! Whether two folders of outputs are the same. In: what the reference made, once or several times, and what was made
//! here. Out: a [`Verdict`] for each output.
//!
//! Two outputs are the same when their bytes are. One thing is forgiven, and only where the reference was run more
//! than once: an output that came out differently between two runs of the reference itself. Zola walks through hash
//! maps where it prints maps, lists translations and writes search indexes, so there it has no order to be copied. Such
//! an output is compared without order: as a bag of words and signs. Words that differ between the runs of the
//! reference (the time, a number by chance) may differ here too, as many and no more.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Outputs by path.
pub(crate) type Outputs = BTreeMap<String, Vec<u8>>;

/// What is to be said of one output.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The same bytes.
    Equal,
    /// The same but for what the reference makes differently from run to run.
    Random,
    /// Not the same; the first difference, to be read by people.
    Different(String),
    /// Only the reference makes it.
    Missing,
    /// The reference does not make it.
    Extra,
}

/// Compares outputs with what the reference made of them, and made of them `again`.
pub(crate) fn compare(wanted: &Outputs, again: &[Outputs], made: &Outputs) -> BTreeMap<String, Verdict> {
    let paths: BTreeSet<&String> = wanted.keys().chain(made.keys()).collect();
    let verdict = |path: &String| match (wanted.get(path), made.get(path)) {
        (Some(wanted), Some(made)) => {
            let again: Vec<&[u8]> = again.iter().filter_map(|run| run.get(path)).map(Vec::as_slice).collect();
            one(wanted, &again, made)
        }
        (Some(_), None) => Verdict::Missing,
        (None, _) => Verdict::Extra,
    };
    paths.into_iter().map(|path| (path.clone(), verdict(path))).collect()
}

/// Every file below a folder.
pub(crate) fn outputs(folder: &Path) -> std::io::Result<Outputs> {
    let mut found = Outputs::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(next) = folders.pop() {
        for entry in std::fs::read_dir(&next)? {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy().replace('\\', "/");
                found.insert(name, std::fs::read(&path)?);
            }
        }
    }
    Ok(found)
}

fn one(wanted: &[u8], again: &[&[u8]], made: &[u8]) -> Verdict {
    if wanted == made {
        Verdict::Equal
    } else if again.iter().any(|run| *run != wanted) && same_without_order(wanted, again, made) {
        Verdict::Random
    } else {
        Verdict::Different(first_difference(wanted, made))
    }
}

/// Whether all that the runs of the reference have in common is there, and no more besides than in any of those runs.
fn same_without_order(wanted: &[u8], again: &[&[u8]], made: &[u8]) -> bool {
    let runs: Vec<_> = std::iter::once(wanted).chain(again.iter().copied()).map(bag).collect();
    let common = |part: &[u8]| runs.iter().map(|run| run.get(part).copied().unwrap_or(0)).min().unwrap_or(0);
    let own = |run: &BTreeMap<&[u8], usize>| -> usize {
        run.iter().map(|(part, count)| count.saturating_sub(common(part))).sum()
    };
    let made = bag(made);
    let all_there = runs[0].keys().all(|part| made.get(part).copied().unwrap_or(0) >= common(part));
    all_there && runs.iter().any(|run| own(run) >= own(&made))
}

/// The words and signs of a text, each with how often it is there.
fn bag(text: &[u8]) -> BTreeMap<&[u8], usize> {
    let in_word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    let mut parts = BTreeMap::new();
    let mut rest = text;
    while !rest.is_empty() {
        let length = rest.iter().take_while(|byte| in_word(byte)).count().max(1);
        *parts.entry(&rest[..length]).or_insert(0) += 1;
        rest = &rest[length..];
    }
    parts
}

/// The first line that differs, of both, or the first byte of what is no text.
pub(crate) fn first_difference(wanted: &[u8], made: &[u8]) -> String {
    let (Ok(wanted_text), Ok(made_text)) = (std::str::from_utf8(wanted), std::str::from_utf8(made)) else {
        let same = wanted.iter().zip(made).take_while(|(wanted, made)| wanted == made).count();
        return format!("byte {} differs; {} bytes wanted, {} made", same + 1, wanted.len(), made.len());
    };
    let (mut wanted_lines, mut made_lines) = (wanted_text.split('\n'), made_text.split('\n'));
    let mut number = 0;
    loop {
        number += 1;
        match (wanted_lines.next(), made_lines.next()) {
            (Some(wanted), Some(made)) if wanted == made => {}
            (None, None) => return "no line differs".to_owned(),
            (wanted, made) => {
                let (wanted, made) = around(wanted, made);
                return format!("line {number}\n    wanted: {wanted}\n    made:   {made}");
            }
        }
    }
}

/// Two lines, each only as far as needed to see where they part.
fn around(wanted: Option<&str>, made: Option<&str>) -> (String, String) {
    let chars = |line: Option<&str>| line.map(|line| line.chars().collect::<Vec<char>>());
    let (wanted, made) = (chars(wanted), chars(made));
    let pairs = wanted.iter().flatten().zip(made.iter().flatten());
    let same = pairs.take_while(|(wanted, made)| wanted == made).count();
    let cut = |line: &Option<Vec<char>>| match line {
        None => "(nothing more)".to_owned(),
        Some(line) => {
            let (from, to) = (same.saturating_sub(60), line.len().min(same + 100));
            let text: String = line[from.min(to)..to].iter().collect();
            let (before, after) = (if from > 0 { "…" } else { "" }, if to < line.len() { "…" } else { "" });
            format!("{before}{text}{after}")
        }
    };
    (cut(&wanted), cut(&made))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(wanted: &str, again: &[&str], made: &str) -> Verdict {
        let again: Vec<&[u8]> = again.iter().map(|run| run.as_bytes()).collect();
        one(wanted.as_bytes(), &again, made.as_bytes())
    }

    #[test]
    fn order_counts_where_the_reference_has_one() {
        assert!(matches!(verdict("a b", &[], "b a"), Verdict::Different(_)));
        assert!(matches!(verdict("a b", &["a b"], "b a"), Verdict::Different(_)));
        assert_eq!(verdict("a b", &[], "a b"), Verdict::Equal);
    }

    #[test]
    fn what_is_random_in_the_reference_must_still_hold_the_same() {
        assert_eq!(
            verdict("{a: 1, b: 2, c: 3}", &["{b: 2, a: 1, c: 3}"], "{c: 3, b: 2, a: 1}"),
            Verdict::Random
        );
        assert!(matches!(verdict("a b", &["b a"], "a"), Verdict::Different(_)));
        assert!(matches!(verdict("a b", &["b a"], "b a c"), Verdict::Different(_)));
        assert!(matches!(verdict("a b", &["b a"], "b c"), Verdict::Different(_)));
        assert!(matches!(verdict("a-b", &["b-a"], "b+a"), Verdict::Different(_)));
    }

    #[test]
    fn chance_may_differ_as_much_as_in_the_reference() {
        assert_eq!(verdict("n 17", &["n 23"], "n 99"), Verdict::Random);
        assert!(matches!(verdict("n 17", &["n 23"], "m 99"), Verdict::Different(_)));
        assert!(matches!(verdict("n 17", &["n 23"], "n 99 98"), Verdict::Different(_)));
    }

    #[test]
    fn the_first_difference_is_shown_with_what_is_around_it() {
        let long = format!("same\n{}x{}", "a".repeat(200), "b".repeat(200));
        let other = format!("same\n{}y{}", "a".repeat(200), "b".repeat(200));
        let shown = first_difference(long.as_bytes(), other.as_bytes());
        let line = |sign: &str| format!("…{}{sign}{}…", "a".repeat(60), "b".repeat(99));
        assert_eq!(shown, format!("line 2\n    wanted: {}\n    made:   {}", line("x"), line("y")));
        assert_eq!(first_difference(b"a\n", b"a"), "line 2\n    wanted: \n    made:   (nothing more)");
        assert_eq!(first_difference(b"\xff\x00", b"\xff\x01\x02"), "byte 2 differs; 2 bytes wanted, 3 made");
    }
}
