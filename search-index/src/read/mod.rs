//! Reading an index. In: the manifest, and the files that a question needs, as they come. Out: answers, or the names of the
//! files that are still missing. Nothing here waits: whoever asks fetches what is named and asks again.
//!
//! | file | what it answers |
//! |---|---|
//! | [`files`] | tantivy's files out of the pieces that are here |
//! | [`layer`] | one index of tantivy: its dictionary, its postings, its pages |
//! | [`reader`] | all layers and what was fetched of them |

pub mod files;
pub mod layer;
pub mod reader;

pub use reader::{Answer, Error, Reader};
