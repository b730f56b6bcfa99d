//! The program `praktijk`.

use std::process::ExitCode;

/// A build makes and drops millions of small values on all cores at once, which the system's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    praktijk::cli::main()
}
