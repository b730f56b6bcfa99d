//! `compare`: says what differs between two folders of outputs. In: words on the command line. Out: counts, and for
//! each output that differs its first differing line; the exit code is 0 when only what may differ does, 1 when more
//! does, 2 when the words are not understood.
//!
//! | file | what it answers |
//! |---|---|
//! | [`comparison`] | whether outputs are the same, and what is forgiven |
//! | [`listed`] | which differences are there on purpose |
//!
//! It needs no more than the compiler: the script `compare` beside it compiles and runs it.

mod comparison;
mod listed;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use comparison::{Verdict, compare, outputs};
use listed::Listed;

const USAGE: &str = "\
tests/conformance/compare WANTED MADE [options]

  --reference-again FOLDER   what the reference made in another run of the same site; may be given more than once.
                             Outputs that differ between its runs are compared without order.
  --site NAME                the name of the site in differences.md; outputs listed there may differ
  --dialect 0.22|0.23        the dialect, where sites of both have that name
  --all                      shows every difference, not only the first of each kind
";

/// How many differences of a kind are shown.
const SHOWN: usize = 12;

/// What was asked for.
#[derive(Default)]
struct Asked {
    folders: Vec<PathBuf>,
    again: Vec<PathBuf>,
    site: Option<String>,
    dialect: Option<String>,
    all: bool,
}

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let Some((list, words)) = words.split_first() else { return usage() };
    let Some(asked) = understand(words) else { return usage() };
    match run(Path::new(list), &asked) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn usage() -> ExitCode {
    eprint!("{USAGE}");
    ExitCode::from(2)
}

fn understand(words: &[String]) -> Option<Asked> {
    let mut asked = Asked::default();
    let mut words = words.iter();
    while let Some(word) = words.next() {
        match word.as_str() {
            "--reference-again" => asked.again.push(words.next()?.into()),
            "--site" => asked.site = Some(words.next()?.clone()),
            "--dialect" => asked.dialect = Some(words.next()?.clone()),
            "--all" => asked.all = true,
            option if option.starts_with("--") => return None,
            folder => asked.folders.push(folder.into()),
        }
    }
    (asked.folders.len() == 2).then_some(asked)
}

/// Compares and tells; whether all is as it may be.
fn run(list: &Path, asked: &Asked) -> Result<bool, Box<dyn Error>> {
    let read = |folder: &PathBuf| {
        outputs(folder).map_err(|error| format!("The folder {} cannot be read: {error}", folder.display()))
    };
    let again = asked.again.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let verdicts = compare(&read(&asked.folders[0])?, &again, &read(&asked.folders[1])?);
    let listed = listed::read(&std::fs::read_to_string(list)?);
    let site = asked.site.as_deref().unwrap_or_default();
    let why = |path: &str| listed.iter().find(|row| row.covers(asked.dialect.as_deref(), site, path));

    let of = |wanted: fn(&Verdict) -> bool| verdicts.values().filter(|verdict| wanted(verdict)).count();
    let allowed = verdicts.iter().filter(|(path, verdict)| !is_same(verdict) && why(path).is_some()).count();
    println!(
        "equal {}, random in the reference {}, different {}, missing {}, extra {}; of the last three, {} listed",
        of(|verdict| *verdict == Verdict::Equal),
        of(|verdict| *verdict == Verdict::Random),
        of(|verdict| matches!(verdict, Verdict::Different(_))),
        of(|verdict| *verdict == Verdict::Missing),
        of(|verdict| *verdict == Verdict::Extra),
        allowed,
    );
    let mut left: Vec<_> =
        verdicts.iter().filter(|(path, verdict)| !is_same(verdict) && why(path).is_none()).collect();
    left.sort_by_key(|(_, verdict)| matches!(verdict, Verdict::Different(_)));
    tell(&left, asked.all);
    for row in listed.iter().filter(|row| is_met(row, asked, site, &verdicts)) {
        println!("listed: {}: {}", row.outputs.join(", "), row.why);
    }
    Ok(left.is_empty())
}

fn is_same(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Equal | Verdict::Random)
}

/// Whether a row of the list excused something.
fn is_met(
    row: &Listed,
    asked: &Asked,
    site: &str,
    verdicts: &std::collections::BTreeMap<String, Verdict>,
) -> bool {
    let mut differing = verdicts.iter().filter(|(_, verdict)| !is_same(verdict));
    differing.any(|(path, _)| row.covers(asked.dialect.as_deref(), site, path))
}

fn tell(left: &[(&String, &Verdict)], all: bool) {
    for kind in ["missing", "extra", "different"] {
        let of_kind: Vec<String> = left
            .iter()
            .filter_map(|(path, verdict)| match (kind, verdict) {
                ("missing", Verdict::Missing) | ("extra", Verdict::Extra) => Some(format!("{kind}: {path}")),
                ("different", Verdict::Different(first)) => Some(format!("{kind}: {path}: {first}")),
                _ => None,
            })
            .collect();
        let shown = if all { of_kind.len() } else { SHOWN };
        for line in of_kind.iter().take(shown) {
            println!("{line}");
        }
        if of_kind.len() > shown {
            println!("{kind}: and {} more (--all shows them)", of_kind.len() - shown);
        }
    }
}
