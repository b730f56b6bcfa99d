//! From parsed files to one [`Site`]: URLs, sections, order, pagers, taxonomies, translations. In: every parsed file,
//! the assets beside them and the config. Out: a [`Site`] that never changes again, and complaints.
//!
//! Nothing here looks at the text of a page: a change of text alone leaves the `Site` as it is, and the engine keeps it.
//!
//! | file | what it answers |
//! |---|---|
//! | [`site`] | what the result is |
//! | [`urls`] | which slug, path and permalink a file has |
//! | [`sections`] | which pages and subsections belong together, who is hidden, which template |
//! | [`order`] | in which order, and who stands beside whom |
//! | [`pagers`] | how a list is cut into pagers |
//! | [`taxonomies`] | which terms there are and which pages they hold |
//! | [`collisions`] | who claims the same URL |

pub mod collisions;
pub mod order;
pub mod pagers;
pub mod sections;
pub mod site;
pub mod taxonomies;
pub mod urls;

use std::sync::Arc;

use crate::base::{Diagnostic, SourcePath};
use crate::model::Config;
use crate::parse::{ParsedPage, ParsedSection};

pub use site::{Asset, ContentId, Page, PageId, Pager, Section, SectionId, Site, Taxonomy, Term};

/// What `resolve` is given. Drafts that are not wanted have been left out, with the folders of draft sections.
pub struct Input {
    /// The settings.
    pub config: Arc<Config>,
    /// The pages, by path.
    pub pages: Vec<Arc<ParsedPage>>,
    /// The sections, by path; the root section of every language may be missing.
    pub sections: Vec<Arc<ParsedSection>>,
    /// Every file below `content/` that is no Markdown and not ignored, by path. Temporary files of editors are left out.
    pub assets: Vec<SourcePath>,
}

/// Resolves a site.
pub fn resolve(input: Input) -> (Site, Vec<Diagnostic>) {
    sections::resolve(input)
}
