//! The search indexes that Zola makes. In: the pages and sections of one language as plain items. Out: an index for
//! elasticlunr or Fuse.js, as JSON or as a script, and the reader that elasticlunr needs.
//!
//! | file | what it answers |
//! |---|---|
//! | [`choice`] | what is in the index of a language, and in which order |
//! | [`text`] | the words of a page, without markup |
//! | [`elasticlunr`] | the index for elasticlunr |
//! | [`elasticlunr_old`], [`stem`] | the same as dialect 0.22 has it; the stems of English words in it |
//! | [`fuse`] | the index for Fuse.js |

mod choice;
mod elasticlunr;
mod elasticlunr_old;
mod fuse;
mod stem;
mod text;

use crate::base::{Artifact, Diagnostic, OutPath};
use crate::model::config::IndexFormat;
use crate::model::{Config, DateValue};

pub use choice::{languages, listed};
pub use text::plain;

/// A page or section that search finds.
#[derive(Clone, Copy, Debug)]
pub struct Item<'a> {
    /// Its URL.
    pub url: &'a str,
    /// Its title.
    pub title: Option<&'a str>,
    /// A sentence about it.
    pub description: Option<&'a str>,
    /// When it was first published; none for a section.
    pub date: Option<&'a DateValue>,
    /// Its path, with `/` at both ends.
    pub path: &'a str,
    /// Its HTML.
    pub html: &'a str,
}

/// The index of a language. The format is the one set for the whole site; elasticlunr takes its fields from the settings
/// of the language, Fuse.js from those of the site.
pub fn index(lang: &str, items: &[Item<'_>], config: &Config) -> Result<Artifact, Diagnostic> {
    let json = match config.search.index_format {
        IndexFormat::ElasticlunrJson | IndexFormat::ElasticlunrJavascript => {
            elasticlunr::index(lang, items, config)?
        }
        // Ours is made elsewhere.
        IndexFormat::FuseJson | IndexFormat::FuseJavascript | IndexFormat::Praktijk => {
            fuse::index(items, &config.search)
        }
    };
    let content = match config.search.index_format {
        IndexFormat::ElasticlunrJson | IndexFormat::FuseJson | IndexFormat::Praktijk => json,
        IndexFormat::ElasticlunrJavascript | IndexFormat::FuseJavascript => {
            format!("window.searchIndex = {json}")
        }
    };
    Ok(Artifact::new(OutPath::new(file_name(lang, config)), content))
}

/// The file of the index of a language.
pub fn file_name(lang: &str, config: &Config) -> String {
    let ending = match config.search.index_format {
        IndexFormat::ElasticlunrJson | IndexFormat::FuseJson | IndexFormat::Praktijk => "json",
        IndexFormat::ElasticlunrJavascript | IndexFormat::FuseJavascript => "js",
    };
    format!("search_index.{lang}.{ending}")
}

/// The file of the script that reads an elasticlunr index.
pub const READER: &str = "elasticlunr.min.js";

/// The script with which a browser reads an elasticlunr index, when the site has such indexes.
pub fn reader(config: &Config) -> Option<Artifact> {
    let elasticlunr = match config.search.index_format {
        IndexFormat::ElasticlunrJson | IndexFormat::ElasticlunrJavascript => true,
        IndexFormat::FuseJson | IndexFormat::FuseJavascript | IndexFormat::Praktijk => false,
    };
    (elasticlunr && !languages(config).is_empty())
        .then(|| Artifact::new(OutPath::new(READER), elasticlunr::READER))
}

#[cfg(test)]
mod tests;
