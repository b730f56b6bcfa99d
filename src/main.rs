//! The program `praktijk`.

use std::process::ExitCode;

fn main() -> ExitCode {
    praktijk::cli::main()
}
