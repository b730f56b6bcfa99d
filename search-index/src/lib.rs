//! The search of Praktijk: one tantivy index, written natively, read in the visitor's browser and by `praktijk search`.
//!
//! | room | in → out |
//! |---|---|
//! | [`document`] | what is indexed |
//! | [`text`] | text → words, their stems, their parts |
//! | [`layout`] | what the files of an index look like |
//! | [`mod@write`] | pages → files (natively) |
//! | [`read`] | files, as they come → dictionary, postings, texts |
//! | [`query`] | a question → pages, best first |
//! | `native` | all of an index and a question → an answer (natively) |
//! | `dist` | what browsers run, built (natively) |
//!
//! The feature `write` is for programs that make sites; without it this is what the reader in the browser is compiled from
//! (`wasm/`). `languages` brings the stems of all languages; without it there are those of Dutch and English.

#[cfg(feature = "write")]
pub mod dist;
pub mod document;
pub mod layout;
#[cfg(feature = "write")]
pub mod native;
pub mod query;
pub mod read;
pub mod text;
#[cfg(feature = "write")]
pub mod write;

#[cfg(test)]
#[cfg(feature = "write")]
mod tests;
