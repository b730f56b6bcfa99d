//! Shows complaints to people and programs. In: [`Diagnostic`](crate::base::Diagnostic)s, in the order in which they
//! are to be shown, and a way to ask for the text of a source. Out: text; only `cli` prints it.
//!
//! | file | what it makes |
//! |---|---|
//! | [`terminal`] | drawings with the faulty text underlined, or the same told in words |
//! | `narrated` | the telling in words |
//! | [`look`] | which of the two, with or without colours, suits a terminal |
//! | [`plain`] | compact text, for the overlay of `serve` |
//! | [`json`] | one JSON object per line |
//! | [`gitlab`] | the report of code quality that GitLab shows beside a change |
//! | [`annotations`] | the lines that forges turn into remarks beside the code |
//! | [`words`] | the words of the frame, in English and Dutch |
//! | [`excerpt`] | the lines a complaint is about, made safe to show |

pub mod annotations;
mod excerpt;
pub mod gitlab;
pub mod json;
pub mod look;
mod narrated;
pub mod plain;
pub mod terminal;
#[cfg(test)]
mod testing;
pub mod words;

use std::sync::Arc;

use crate::base::SourcePath;

pub use look::{Form, Look};
pub use words::{Language, summary};

/// Gives the bytes of a source; none when it cannot be read (any more). The bytes may be anything.
pub type Sources<'a> = &'a dyn Fn(&SourcePath) -> Option<Arc<[u8]>>;
