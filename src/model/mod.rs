//! What a site is made of, as data: no reading, no rendering.
//!
//! | file | what it holds |
//! |---|---|
//! | [`config`] | `zola.toml`: [`Config`] and its tables |
//! | [`mod@dialect`] | which Zola a site was written for |
//! | [`kind`] | kinds of content as they are declared |
//! | [`globs`] | lists of file patterns |
//! | [`mark`] | what stands in a page for the name of a search index |
//! | [`matter`] | the front matter of a page ([`PageMatter`]) and of a section ([`SectionMatter`]) |
//! | [`reaction`] | what members wrote and was accepted |
//! | [`security`] | what pages may load besides what comes from the site itself |
//! | [`date`] | [`DateValue`]: a date as it was written and as a moment |
//! | [`slug`] | how names become parts of a URL |

pub mod config;
pub mod date;
pub mod dialect;
pub mod globs;
pub mod kind;
pub mod mark;
pub mod matter;
pub mod reaction;
pub mod security;
pub mod slug;

pub use config::{Config, LanguageOptions, TaxonomyConfig};
pub use date::DateValue;
pub use dialect::Dialect;
pub use globs::Globs;
pub use kind::Kind;
pub use matter::{InsertAnchor, PageMatter, SectionMatter, SortBy};

/// A value of no particular template language: what authors write under `[extra]`, what data files hold.
pub type Json = serde_json::Value;
/// A table of such values, in the order it was written.
pub type JsonMap = serde_json::Map<String, Json>;
