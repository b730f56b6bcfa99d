//! `completion`: what a shell needs to complete commands.

use clap::CommandFactory;

use super::args::{Args, Completion};

/// Prints it.
pub fn run(words: &Completion) {
    clap_complete::generate(words.shell, &mut Args::command(), "praktijk", &mut std::io::stdout());
}
