//! One file of the result as a value: what every producer yields and only `write` puts on disk.

use std::sync::Arc;

use super::{OutPath, SourcePath};

/// One file of the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Artifact {
    /// Where it goes.
    pub path: OutPath,
    /// What is in it.
    pub content: Content,
    /// What its maker knows about it and others may want to tell, such as its number of pages: JSON.
    pub about: Option<String>,
}

/// What an artifact holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Arc<[u8]>),
    /// The bytes of a source, unchanged; it is copied (or linked) without being held in memory.
    Copy(SourcePath),
}

impl Artifact {
    /// An artifact of text or bytes made by the build.
    pub fn new(path: OutPath, bytes: impl Into<Vec<u8>>) -> Self {
        Artifact { path, content: Content::Bytes(bytes.into().into()), about: None }
    }

    /// With what its maker knows about it.
    pub fn about(mut self, json: String) -> Self {
        self.about = Some(json);
        self
    }

    /// An artifact that is a source as it is.
    pub fn copy(path: OutPath, source: SourcePath) -> Self {
        Artifact { path, content: Content::Copy(source), about: None }
    }
}
