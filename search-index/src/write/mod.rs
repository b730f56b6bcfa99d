//! Writing an index. In: pages and what a site says about its search. Out: the files of the index, with names of their
//! content; the same pages give the same bytes.
//!
//! | file | what it answers |
//! |---|---|
//! | [`words`] | the words of all texts, each looked at once |
//! | [`tokens`] | the terms of a page and its units |
//! | [`segment`] | terms → the files of tantivy |
//! | [`cut`] | those files → what is fetched first, and chunks |
//! | [`base`] | all of it; and, while somebody is editing, a small index of what changed over the big one |

pub mod base;
pub mod cut;
pub mod segment;
pub mod tokens;
pub mod words;

use crate::document::{Page, Settings};
pub use base::Base;

/// A file to be served.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Its name below the folder of the index.
    pub name: String,
    /// What it holds, packed.
    pub bytes: Vec<u8>,
}

/// An index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// The name of the file to be fetched first.
    pub manifest: String,
    /// All files, that one among them.
    pub files: Vec<File>,
}

/// Why an index could not be written.
#[derive(Debug)]
pub struct Error(pub String);

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Error {}

impl From<tantivy::TantivyError> for Error {
    fn from(fault: tantivy::TantivyError) -> Error {
        Error(fault.to_string())
    }
}

impl From<std::io::Error> for Error {
    fn from(fault: std::io::Error) -> Error {
        Error(fault.to_string())
    }
}

/// The index of some pages.
pub fn index(pages: &[Page], settings: &Settings) -> Result<Index, Error> {
    Base::write(pages, settings).map(|(index, _)| index)
}

/// Packs a file as it is served: a host that packs nothing serves small files all the same.
pub fn pack(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    use std::io::Write;
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    packer.write_all(bytes)?;
    Ok(packer.finish()?)
}

/// Unpacks a file as it is served.
pub fn unpack(bytes: &[u8]) -> Result<Vec<u8>, Error> {
    use std::io::Read;
    let mut unpacked = Vec::new();
    flate2::read::GzDecoder::new(bytes).read_to_end(&mut unpacked)?;
    Ok(unpacked)
}
