//! Tests of the whole program: one binary, one module per subject. `cargo test` runs them all.

mod support;

mod architecture;
mod baked;
mod cli;
mod conformance;
mod demo;
mod dialects;
mod downloads;
mod faults;
mod incremental;
mod kinds;
mod migrate;
mod outputs;
mod rules;
mod search;
mod serve;
