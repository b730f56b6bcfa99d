//! The commands. In: the words on the command line. Out: what was asked for, said on the terminal, and an exit code.
//!
//! | file | command |
//! |---|---|
//! | [`init`] | `init`: a new site |
//! | [`build`] | `build`: the site, in its output folder |
//! | [`baked`] | accepted reactions from an endpoint or its database, for those who build |
//! | [`zip`] | `build --zip`: the site as one file, to be read without a server |
//! | [`serve`] | `serve`: the site, at an address, rebuilt while somebody writes |
//! | [`check`] | `check`: whether it can be built and whether its links lead somewhere |
//! | [`rules`] | the part of it that is about content, and the file of known complaints |
//! | [`new`] | `new`: a page of a kind, to be filled in |
//! | [`search`] | `search`: asks the search index, with no build before |
//! | [`schema`] | `schema`: JSON Schemas of the front matter |
//! | [`dialect`] | `check --dialect`: which dialect of Zola it is read as, and why |
//! | [`migrate`] | `migrate`: a site of Zola 0.22 rewritten for 0.23 |
//! | [`completion`] | `completion`: what a shell needs to complete commands |
//! | [`args`] | the words of each |
//! | [`place`] | which folder is the site |
//! | [`exit`] | errors and exit codes: 1 for content, 2 for usage, 3 for the machine |
//! | [`show`] | complaints and progress on the terminal |

#![expect(clippy::print_stderr, reason = "this room is the one that talks to the terminal")]

pub mod args;
pub mod baked;
pub mod build;
pub mod check;
pub mod completion;
pub mod dialect;
pub mod exit;
pub mod init;
pub mod migrate;
pub mod new;
pub mod place;
pub mod rules;
pub mod schema;
pub mod search;
pub mod serve;
pub mod show;
pub mod zip;

use std::process::ExitCode;

use clap::Parser;

use args::{Args, Command};
use exit::Failure;

/// Runs the command on the command line.
pub fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        // Help and version are no errors; clap knows which goes to which stream.
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { exit::USAGE } else { 0 });
        }
    };
    match run(&args) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(text) = failure.text() {
                eprintln!("{text}");
            }
            ExitCode::from(failure.code())
        }
    }
}

fn run(args: &Args) -> Result<(), Failure> {
    match &args.command {
        Command::Init(words) => init::run(words),
        Command::Build(words) => build::run(args, words),
        Command::Serve(words) => serve::run(args, words),
        Command::Check(words) => check::run(args, words),
        Command::New(words) => new::run(args, words),
        Command::Schema(words) => schema::run(args, words),
        Command::Search(words) => search::run(args, words),
        Command::Migrate(words) => migrate::run(args, words),
        Command::Completion(words) => {
            completion::run(words);
            Ok(())
        }
    }
}
