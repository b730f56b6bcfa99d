//! Makes platforms of any size and measures how fast they are built and served.
//! In: words on the command line. Out: a site in a folder, or tables in Markdown on standard output.
//!
//! | file | what it answers |
//! |---|---|
//! | [`platform`], [`prose`], [`chance`] | what is on a platform of so many pages |
//! | [`generate`] | that platform as files, in the language of one generator |

#![expect(clippy::print_stdout, clippy::print_stderr, reason = "this program talks to the terminal")]

mod chance;
mod generate;
mod platform;
mod prose;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use generate::Dialect;

const USAGE: &str = "\
cargo bench -- generate DIR PAGES [--dialect 0.23|0.22|hugo]   a platform of so many pages in a new folder
";

fn main() -> ExitCode {
    // Cargo adds `--bench` to the words of whoever runs it.
    let words: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result<(), Box<dyn Error>> {
    match words {
        ["generate", folder, pages] => {
            Ok(generate::generate(Path::new(folder), pages.parse()?, Dialect::Zola023)?)
        }
        ["generate", folder, pages, "--dialect", dialect] => {
            let dialect = Dialect::named(dialect).ok_or(USAGE)?;
            Ok(generate::generate(Path::new(folder), pages.parse()?, dialect)?)
        }
        // `cargo bench` by itself measures nothing: it says how to.
        [] => {
            println!("{USAGE}");
            Ok(())
        }
        _ => Err(USAGE.into()),
    }
}
