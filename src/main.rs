//! The program `praktijk`.

fn main() {}
