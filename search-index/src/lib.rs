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

pub mod document;
pub mod layout;
#[cfg(feature = "write")]
pub mod native;
pub mod query;
pub mod read;
pub mod text;
#[cfg(feature = "write")]
pub mod write;
