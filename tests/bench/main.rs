//! Makes platforms of any size and measures how fast they are built and served.
//! In: words on the command line. Out: a site in a folder, or tables in Markdown on standard output.
//!
//! | file | what it answers |
//! |---|---|
//! | [`platform`], [`prose`], [`chance`] | what is on a platform of so many pages |
//! | [`generate`] | that platform as files, in the language of one generator |
//! | [`demo`] | the demo platform with as many more examples as wanted |
//! | [`generator`] | who can build a site, and how |
//! | [`measure`] | how long they take |
//! | [`serving`] | how soon an edit is on screen |
//! | [`edit`], [`cost`], [`table`] | a page that changes; one run; figures |
//!
//! `PRAKTIJK`, `ZOLA023`, `ZOLA` (0.22) and `HUGO` in the environment name the programs to measure.

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program talks to the terminal")]

mod chance;
mod cost;
mod demo;
mod edit;
mod generate;
mod generator;
mod measure;
mod platform;
mod prose;
mod serving;
mod table;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use generate::Dialect;

const USAGE: &str = "\
cargo bench -- generate DIR PAGES [--dialect 0.23|0.22|hugo]   a platform of so many pages in a new folder
cargo bench -- demo DIR EXAMPLES [--no-downloads]              the demo platform with so many more examples
cargo bench -- measure DIR… [--peers-once] [--runs N]          builds: from nothing, again, and after an edit;
                                                               with --peers-once peers build from nothing only
cargo bench -- serve-edit DIR                                  from saving a page until it is on screen
";

/// How often everything is built, unless somebody says.
const RUNS: usize = 5;

fn main() -> ExitCode {
    // Cargo adds `--bench` to the words of whoever runs it.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result<ExitCode, Box<dyn Error>> {
    match words {
        [cost::ALONE, folder, program, arguments @ ..] => {
            return cost::alone(Path::new(folder), program, arguments);
        }
        ["generate", folder, pages] => {
            generate::generate(Path::new(folder), pages.parse()?, Dialect::Zola023)?
        }
        ["generate", folder, pages, "--dialect", dialect] => {
            let dialect = Dialect::named(dialect).ok_or(USAGE)?;
            generate::generate(Path::new(folder), pages.parse()?, dialect)?;
        }
        ["demo", folder, examples] => demo::generate(Path::new(folder), examples.parse()?, true)?,
        ["demo", folder, examples, "--no-downloads"] => {
            demo::generate(Path::new(folder), examples.parse()?, false)?;
        }
        ["measure", rest @ ..] if !rest.is_empty() => measured(words, rest)?,
        ["serve-edit", site] => {
            println!("{}", measure::circumstances(&command(words)));
            serving::measure(Path::new(site))?;
        }
        // `cargo bench` by itself measures nothing: it says how to.
        [] => println!("{USAGE}"),
        _ => return Err(USAGE.into()),
    }
    Ok(ExitCode::SUCCESS)
}

fn measured(words: &[&str], rest: &[&str]) -> Result<(), Box<dyn Error>> {
    let (rest, rounds) = match rest {
        [rest @ .., "--runs", runs] => (rest, runs.parse()?),
        rest => (rest, RUNS),
    };
    let (sites, peers_once) = match rest {
        [sites @ .., "--peers-once"] => (sites, true),
        sites => (sites, false),
    };
    println!("{}", measure::circumstances(&command(words)));
    let sites: Vec<PathBuf> = sites.iter().map(PathBuf::from).collect();
    measure::measure(&sites, measure::Options { rounds, peers_once })
}

fn command(words: &[&str]) -> String {
    format!("cargo bench -- {}", words.join(" "))
}
