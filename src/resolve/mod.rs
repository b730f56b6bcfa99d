//! From parsed files to one [`Site`]: URLs, sections, order, pagers, taxonomies, translations. In: every parsed file,
//! the assets beside them and the config. Out: a [`Site`] that never changes again, and complaints.
//!
//! Nothing here looks at the text of a page: a change of text alone leaves the `Site` as it is, and the engine keeps it.
//!
//! | file | what it answers |
//! |---|---|
//! | [`site`] | what the result is |
//! | [`urls`] | which slug, path and permalink a file has |
//! | [`assets`] | which other files belong to it |
//! | [`tables`] | where content is found by its path, and which contents translate one another |
//! | [`sections`] | which pages and subsections belong together, who is hidden, which template |
//! | [`order`] | in which order, and who stands beside whom |
//! | [`natural`] | how people order words |
//! | [`pagers`] | how a list is cut into pagers |
//! | [`taxonomies`] | which terms there are and which pages they hold |
//! | [`catalog`] | what follows from the kinds of content |
//! | [`threads`] | which pages take reactions, and by what id |
//! | [`misplaced`] | which pages lie where no page can be |
//! | [`collisions`] | who claims the same URL |

pub mod assets;
pub mod catalog;
pub mod collisions;
pub mod misplaced;
pub mod natural;
pub mod order;
pub mod pagers;
pub mod sections;
pub mod site;
pub mod tables;
pub mod taxonomies;
pub mod threads;
pub mod urls;

#[cfg(test)]
mod fixture;

use std::sync::Arc;

use crate::base::{Diagnostic, SourcePath};
use crate::model::Config;
use crate::parse::{PageHead, SectionHead};

pub use site::{Asset, ContentId, Page, PageId, Pager, Section, SectionId, Site, Taxonomy, Term};

/// What `resolve` is given. Drafts that are not wanted have been left out, with the folders of draft sections.
pub struct Input {
    /// The settings.
    pub config: Arc<Config>,
    /// The pages, by path.
    pub pages: Vec<Arc<PageHead>>,
    /// The sections, by path; the root section of every language may be missing.
    pub sections: Vec<Arc<SectionHead>>,
    /// Every file below `content/` that is no Markdown and not ignored, by path. Temporary files of editors are left out.
    pub assets: Vec<SourcePath>,
}

/// Resolves a site.
pub fn resolve(mut input: Input) -> (Site, Vec<Diagnostic>) {
    in_order(&mut input);
    let config = &*input.config;
    let mut site = Site {
        pages: urls::pages(input.pages, config),
        sections: urls::sections(input.sections, config),
        ..Site::default()
    };
    let mut complaints = Vec::new();
    assets::attach(&mut site, &input.assets);
    tables::fill(&mut site, config);
    sections::connect(&mut site, &mut complaints, config);
    order::arrange(&mut site, config.dialect, &mut complaints);
    pagers::cut_sections(&mut site);
    site.taxonomies = taxonomies::gather(&site.pages, config, &mut complaints);
    site.catalog = catalog::make(&site, config);
    site.threads = threads::gather(&site, config, &mut complaints);
    collisions::find(&site, config.dialect, &mut complaints);
    Diagnostic::sort(&mut complaints);
    (site, complaints)
}

/// Puts the files in the order of their paths, should they not be: binary search and all stable orders rest on it.
fn in_order(input: &mut Input) {
    if !input.pages.is_sorted_by(|a, b| a.file.path <= b.file.path) {
        input.pages.sort_by(|a, b| a.file.path.cmp(&b.file.path));
    }
    if !input.assets.is_sorted() {
        input.assets.sort();
    }
}
