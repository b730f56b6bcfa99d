//! The resolved site: everything about it that does not depend on the text of a page.

use std::collections::HashMap;
use std::sync::Arc;

use super::catalog::Catalog;
use super::threads::Threads;
use crate::base::SourcePath;
use crate::base::hash::Quick;
use crate::model::TaxonomyConfig;
use crate::parse::{FileName, PageHead, SectionHead};

/// A page of the site: an index into [`Site::pages`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PageId(pub u32);

/// A section of the site: an index into [`Site::sections`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SectionId(pub u32);

/// A page or a section.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ContentId {
    /// A page.
    Page(PageId),
    /// A section.
    Section(SectionId),
}

/// The resolved site.
#[derive(Debug, Default)]
pub struct Site {
    /// Every page, by path of the file.
    pub pages: Vec<Page>,
    /// Every section, by path of the file; the root section of each language is always there.
    pub sections: Vec<Section>,
    /// Every taxonomy, in the order of the languages and of their config.
    pub taxonomies: Vec<Taxonomy>,
    /// Content by its path below `content/`, as internal links name it.
    pub by_relative: HashMap<String, ContentId, Quick>,
    /// Translations: the content of one canonical path, by language in the order of the config. Empty when the site has
    /// one language.
    pub translations: HashMap<String, Vec<ContentId>>,
    /// An asset beside content, by its path below `content/`: the relative path of its owner in the default language
    /// (`blog/post/index.md`) and the rest of the path (`photos/a.png`).
    pub colocated: HashMap<String, (String, String)>,
    /// What follows from the kinds of content.
    pub catalog: Catalog,
    /// Which pages take reactions.
    pub threads: Threads,
}

/// A page in its place.
#[derive(Debug)]
pub struct Page {
    /// The file.
    pub parsed: Arc<PageHead>,
    /// The last part of its URL.
    pub slug: String,
    /// Its path, with `/` at both ends.
    pub path: String,
    /// The parts of its path.
    pub components: Vec<String>,
    /// Its URL.
    pub permalink: String,
    /// The relative paths of the sections above it, the root first; empty for an orphan.
    pub ancestors: Vec<String>,
    /// The files beside it that belong to it, by lower-cased path.
    pub assets: Vec<Asset>,
    /// The template, when front matter or a section above names one.
    pub template: Option<String>,
    /// Rendered but listed nowhere.
    pub hidden: bool,
    /// The page before it in its section.
    pub lower: Option<PageId>,
    /// The page after it in its section.
    pub higher: Option<PageId>,
}

/// A section in its place.
#[derive(Debug)]
pub struct Section {
    /// The file; for a root section that nobody wrote, one that stands in for it.
    pub parsed: Arc<SectionHead>,
    /// Whether nobody wrote it.
    pub implied: bool,
    /// Its path, with `/` at both ends (`fr/` for an implied root of another language, as Zola has it).
    pub path: String,
    /// The parts of its path.
    pub components: Vec<String>,
    /// Its URL.
    pub permalink: String,
    /// The relative paths of the sections above it, the root first.
    pub ancestors: Vec<String>,
    /// The files beside it, by lower-cased path.
    pub assets: Vec<Asset>,
    /// Rendered but listed nowhere.
    pub hidden: bool,
    /// The section before it among its siblings.
    pub lower: Option<SectionId>,
    /// The section after it among its siblings.
    pub higher: Option<SectionId>,
    /// The sections right below it that are listed, in order.
    pub subsections: Vec<SectionId>,
    /// The pages it lists, in order.
    pub pages: Vec<PageId>,
    /// Its hidden pages: rendered, not listed.
    pub hidden_pages: Vec<PageId>,
    /// Its pages that lack what it sorts by: rendered, not listed.
    pub unsorted_pages: Vec<PageId>,
    /// Its pagers; empty when it has none.
    pub pagers: Vec<Pager>,
}

/// A file that goes beside an output.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Asset {
    /// Where it lies.
    pub source: SourcePath,
    /// Where it goes, below the folder of its owner's output.
    pub below: String,
    /// As templates see it in `assets`.
    pub listed: String,
}

/// One pager of a list. The first stands at the URL of the list itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pager {
    /// Its number, from 1.
    pub index: usize,
    /// Its URL.
    pub permalink: String,
    /// Its path.
    pub path: String,
    /// The pages it lists.
    pub pages: Vec<PageId>,
}

/// A taxonomy of one language.
#[derive(Debug)]
pub struct Taxonomy {
    /// Its settings.
    pub kind: TaxonomyConfig,
    /// Its language.
    pub lang: String,
    /// Its path, with `/` at both ends.
    pub path: String,
    /// Its URL.
    pub permalink: String,
    /// Its terms, by slug.
    pub terms: Vec<Term>,
}

/// A term of a taxonomy.
#[derive(Debug)]
pub struct Term {
    /// As it was written.
    pub name: String,
    /// As it stands in URLs.
    pub slug: String,
    /// Its path, with `/` at both ends.
    pub path: String,
    /// Its URL.
    pub permalink: String,
    /// Its pages, newest first, then those without a date.
    pub pages: Vec<PageId>,
    /// Its pagers; empty when it has none.
    pub pagers: Vec<Pager>,
}

impl Site {
    /// A page.
    pub fn page(&self, id: PageId) -> &Page {
        &self.pages[id.0 as usize]
    }

    /// A section.
    pub fn section(&self, id: SectionId) -> &Section {
        &self.sections[id.0 as usize]
    }

    /// Every page with its number.
    pub fn page_ids(&self) -> impl Iterator<Item = (PageId, &Page)> {
        self.pages.iter().enumerate().map(|(at, page)| (PageId(at as u32), page))
    }

    /// Every section with its number.
    pub fn section_ids(&self) -> impl Iterator<Item = (SectionId, &Section)> {
        self.sections.iter().enumerate().map(|(at, section)| (SectionId(at as u32), section))
    }

    /// The file of a page or section.
    pub fn file(&self, id: ContentId) -> &FileName {
        match id {
            ContentId::Page(id) => &self.page(id).parsed.file,
            ContentId::Section(id) => &self.section(id).parsed.file,
        }
    }

    /// The URL of a page or section.
    pub fn permalink(&self, id: ContentId) -> &str {
        match id {
            ContentId::Page(id) => &self.page(id).permalink,
            ContentId::Section(id) => &self.section(id).permalink,
        }
    }

    /// The title of a page or section.
    pub fn title(&self, id: ContentId) -> Option<&str> {
        match id {
            ContentId::Page(id) => self.page(id).parsed.matter.title.as_deref(),
            ContentId::Section(id) => self.section(id).parsed.matter.title.as_deref(),
        }
    }

    /// A taxonomy of a language, by its slug.
    pub fn taxonomy(&self, lang: &str, slug: &str) -> Option<&Taxonomy> {
        self.taxonomies.iter().find(|taxonomy| taxonomy.lang == lang && taxonomy.kind.slug == slug)
    }
}

impl Section {
    /// Whether it is the root section of its language.
    pub fn is_root(&self) -> bool {
        self.parsed.file.components.is_empty()
    }

    /// Its template.
    pub fn template(&self) -> &str {
        match &self.parsed.matter.template {
            Some(name) => name,
            None if self.is_root() => "index.html",
            None => "section.html",
        }
    }
}

impl Page {
    /// Its template.
    pub fn template(&self) -> &str {
        self.template.as_deref().unwrap_or("page.html")
    }
}
