//! Whether a build that remembers makes what a build that knows nothing makes, and does no more for it than it must.
//!
//! | file | what it tests |
//! |---|---|
//! | [`random`] | edits by chance under one engine in memory, as `serve` has it |
//! | [`disk`] | the same through the ledger on disk, as `build` has it |
//! | [`done`] | exactly which jobs an edit asks for |
//! | [`same`] | the same bytes twice, whatever the threads |
//! | [`cache`] | a ledger on disk that was harmed or is of another build |
//! | [`platform`], [`edits`], [`history`], [`chance`], [`matter`] | what they work with |
//!
//! `PRAKTIJK_EDITS=N` makes the histories longer, `PRAKTIJK_SEED=N` runs one of them.

mod cache;
mod chance;
mod disk;
mod done;
mod edits;
mod history;
mod matter;
mod platform;
mod random;
mod same;
