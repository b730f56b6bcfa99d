//! The search index of our own. In: the pages and sections of one language, as they were rendered. Out: what search knows of
//! each, what the site says about its words, and the files of the index.
//!
//! | file | what it answers |
//! |---|---|
//! | [`text`] | the words of a page, each in the part that is found by itself |
//! | [`page`](mod@page) | a page as search knows it |
//! | [`facets`] | by which values results can be narrowed down |
//! | [`concepts`] | names of the same thing |

pub mod concepts;
pub mod facets;
pub mod page;
pub mod text;

use praktijk_search::document::{Page, Settings};

use crate::base::{Artifact, OutPath};
use crate::model::mark;

pub use page::{Given, is_findable, page};

/// The files of the index of a language. What is told of the manifest is that it is the manifest.
pub fn files(pages: &[Page], settings: &Settings) -> Result<Vec<Artifact>, String> {
    let made = seam::index(pages, settings)?;
    let artifact = |(name, bytes): (String, Vec<u8>)| {
        let is_manifest = name == made.0;
        let artifact = Artifact::new(place(&name), bytes);
        if is_manifest { artifact.about("{\"manifest\":true}".to_owned()) } else { artifact }
    };
    Ok(made.1.into_iter().map(artifact).collect())
}

/// What a browser needs to read an index: the same for all languages.
pub fn reader() -> Vec<Artifact> {
    seam::DIST.iter().map(|(name, bytes)| Artifact::new(place(name), *bytes)).collect()
}

/// Where a file of an index goes.
pub fn place(name: &str) -> OutPath {
    OutPath::new(format!("{}/{name}", mark::FOLDER))
}

pub(crate) mod seam {
    use super::*;
    pub(crate) const DIST: [(&str, &[u8]); 3] =
        [("client-0.js", b"client"), ("worker-0.js", b"worker"), ("reader-0.bin", b"reader")];
    pub(crate) fn index(pages: &[Page], settings: &Settings) -> Result<(String, Vec<(String, Vec<u8>)>), String> {
        let bytes = serde_json::to_vec_pretty(&(pages, settings)).map_err(|e| e.to_string())?;
        let hash = crate::base::Hash128::of_bytes(&bytes).0 as u64;
        let name = format!("{}-{hash:016x}.bin", settings.language);
        Ok((name.clone(), vec![(name, bytes)]))
    }
}
