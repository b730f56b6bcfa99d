//! The search of Praktijk: one tantivy index, written natively, read in the visitor's browser and by `praktijk search`.
//!
//! | room | in → out |
//! |---|---|
//! | [`document`] | what is indexed |
//! | [`text`] | text → words, their stems, their parts |

pub mod document;
pub mod text;
