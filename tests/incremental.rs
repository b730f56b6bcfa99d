//! Whether a build that remembers makes what a build that knows nothing makes, and does no more for it than it must.

mod chance;
mod edits;
mod history;
mod matter;
mod platform;
mod random;
