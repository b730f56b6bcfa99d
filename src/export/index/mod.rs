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
use praktijk_search::{dist, write};

use crate::base::{Artifact, Diagnostic, OutPath};
use crate::model::mark;

pub use page::{Given, is_findable, page};

/// The files of the index of a language. What is told of the manifest is that it is the manifest.
pub fn files(pages: &[Page], settings: &Settings) -> Result<Vec<Artifact>, Diagnostic> {
    let made = write::index(pages, settings).map_err(|cause| failed(&settings.language, &cause))?;
    let artifact = |file: write::File| {
        let is_manifest = file.name == made.manifest;
        let artifact = Artifact::new(place(&file.name), file.bytes);
        if is_manifest { artifact.about("{\"manifest\":true}".to_owned()) } else { artifact }
    };
    Ok(made.files.into_iter().map(artifact).collect())
}

/// The complaint that there is no index.
pub fn failed(lang: &str, cause: &write::Error) -> Diagnostic {
    Diagnostic::error("search/index", format!("The search index ({lang}) cannot be made: {cause}."))
        .hint("Everything else can be built without it: write `build_search_index = false`.")
}

/// What a browser needs to read the indexes of these languages.
pub fn readers(languages: &[&str]) -> Vec<Artifact> {
    let own = languages.iter().map(|lang| dist::reader(lang));
    let mut all: Vec<dist::Embedded> = Vec::new();
    for embedded in [dist::client(), dist::worker()].into_iter().chain(own) {
        if !all.contains(&embedded) {
            all.push(embedded);
        }
    }
    all.into_iter().map(|embedded| Artifact::new(place(&embedded.name), embedded.bytes)).collect()
}

/// Where a file of an index goes.
pub fn place(name: &str) -> OutPath {
    OutPath::new(format!("{}/{name}", mark::FOLDER))
}
