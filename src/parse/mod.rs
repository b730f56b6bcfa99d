//! From bytes to typed parts, one file at a time. In: the bytes of a file and the languages of the site. Out: a
//! [`ParsedPage`], [`ParsedSection`] or [`Config`], or complaints, all of them. Bad content is
//! never a failure of the program.
//!
//! | file | what it answers |
//! |---|---|
//! | [`file_name`] | which content a file is: folder, name, language |
//! | [`front_matter`] | where front matter ends and what it says |
//! | [`dates`] | what moment a date means |
//! | [`reading`] | how many words, how many minutes |
//! | [`config`] | what `zola.toml` and `theme.toml` say |
//! | [`kinds`] | the declarations of kinds of content |
//! | [`fields`] | what a table of settings may hold, and how to complain of it |
//! | [`toml_text`] | what TOML says, and where |
//! | [`written`] | the text of a file, for as long as somebody needs it |
//! | [`placed`] | what a file says with the place of every key and value, for complaints |
//! | [`placed_yaml`] | the same for YAML |
//! | [`spelling`] | what somebody probably meant to write |

pub mod config;
mod dates;
mod fields;
pub mod file_name;
mod front_matter;
pub mod kinds;
pub mod placed;
mod placed_yaml;
mod reading;
mod spelling;
mod toml_text;
pub mod written;

use std::sync::Arc;

use crate::base::{Diagnostic, Hash128, SourcePath};
use crate::model::{Config, PageMatter, SectionMatter};

pub use file_name::FileName;
pub use spelling::closest;
pub use written::Written;

/// A page's file, understood by itself.
#[derive(Clone, Debug)]
pub struct ParsedPage {
    /// Everything but the text.
    pub head: Arc<PageHead>,
    /// Its text.
    pub text: Text,
}

/// A section's file, understood by itself.
#[derive(Clone, Debug)]
pub struct ParsedSection {
    /// Everything but the text.
    pub head: Arc<SectionHead>,
    /// Its text.
    pub text: Text,
}

impl std::ops::Deref for ParsedPage {
    type Target = PageHead;

    fn deref(&self) -> &PageHead {
        &self.head
    }
}

impl std::ops::Deref for ParsedSection {
    type Target = SectionHead;

    fn deref(&self) -> &SectionHead {
        &self.head
    }
}

/// A page's file without its text.
#[derive(Clone, Debug)]
pub struct PageHead {
    /// Which content it is.
    pub file: FileName,
    /// Its front matter. The date may come from the file's name.
    pub matter: PageMatter,
    /// The slug that the file's name gives when the front matter gives none: the stem (or the folder of an
    /// `index.md`), without a date in front unless `paths_keep_dates`; not slugified.
    pub name_for_slug: String,
    /// The identity of everything but the text and its counts.
    pub head_hash: Hash128,
}

/// A section's file without its text.
#[derive(Clone, Debug)]
pub struct SectionHead {
    /// Which content it is.
    pub file: FileName,
    /// Its front matter.
    pub matter: SectionMatter,
    /// The identity of everything but the text and its counts.
    pub head_hash: Hash128,
}

/// What stands below the front matter.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The Markdown, before any templating.
    pub raw: Written,
    /// Whether there is anything in it that could begin a template.
    pub may_have_templates: bool,
    /// Whether there is anything in it that could be code.
    pub may_have_code: bool,
    /// At which byte of the file it begins.
    pub offset: usize,
    /// Words (characters for Chinese and Japanese) outside code fences.
    pub word_count: usize,
    /// Minutes, rounded up.
    pub reading_time: usize,
    /// The identity of `raw`.
    pub hash: Hash128,
}

/// Understands a page. None comes with at least one error.
pub fn page(path: &SourcePath, bytes: &[u8], config: &Config) -> (Option<ParsedPage>, Vec<Diagnostic>) {
    front_matter::page(path, bytes, config)
}

/// Understands a section. None comes with at least one error.
pub fn section(path: &SourcePath, bytes: &[u8], config: &Config) -> (Option<ParsedSection>, Vec<Diagnostic>) {
    front_matter::section(path, bytes, config)
}
