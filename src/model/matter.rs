//! The front matter of pages and sections, with Zola's names and defaults.

use serde::{Deserialize, Serialize};

use super::{DateValue, JsonMap};

/// Where a link to a heading goes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum InsertAnchor {
    /// Before its text.
    Left,
    /// After its text.
    Right,
    /// Around its text.
    Heading,
    /// Nowhere.
    #[default]
    None,
}

/// How the pages of a section are ordered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SortBy {
    /// Newest first.
    Date,
    /// Last changed first: the later of `date` and `updated`.
    UpdateDate,
    /// By title, as people order words.
    Title,
    /// By title, byte by byte.
    TitleBytes,
    /// Lightest first.
    Weight,
    /// By slug, as people order words.
    Slug,
    /// By permalink, byte by byte.
    Permalink,
    /// By path of the file, so that the order is the same on every machine.
    #[default]
    None,
}

/// The front matter of a page. Keys that are not named here are passed over.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct PageMatter {
    /// Its title.
    pub title: Option<String>,
    /// A sentence about it.
    pub description: Option<String>,
    /// When it was first published.
    pub date: Option<DateValue>,
    /// When it was last changed.
    pub updated: Option<DateValue>,
    /// Left out unless drafts are asked for.
    pub draft: bool,
    /// Whether it has an output of its own.
    pub render: bool,
    /// The last part of its URL, instead of the file's name.
    pub slug: Option<String>,
    /// Its whole path, instead of folder and slug.
    pub path: Option<String>,
    /// Taxonomy to terms, in the order they were written.
    pub taxonomies: Vec<(String, Vec<String>)>,
    /// Its place when sorted by weight.
    pub weight: Option<usize>,
    /// Who wrote it.
    pub authors: Vec<String>,
    /// Older paths that lead to it.
    pub aliases: Vec<String>,
    /// The template, instead of `page.html` or the section's `page_template`.
    pub template: Option<String>,
    /// Whether search finds it.
    pub in_search_index: bool,
    /// Whether feeds carry it.
    pub include_in_feeds: bool,
    /// Rendered but listed nowhere; none means as its section.
    pub hidden: Option<bool>,
    /// The author's own data.
    pub extra: JsonMap,
}

impl Default for PageMatter {
    fn default() -> Self {
        PageMatter {
            title: None,
            description: None,
            date: None,
            updated: None,
            draft: false,
            render: true,
            slug: None,
            path: None,
            taxonomies: Vec::new(),
            weight: None,
            authors: Vec::new(),
            aliases: Vec::new(),
            template: None,
            in_search_index: true,
            include_in_feeds: true,
            hidden: None,
            extra: JsonMap::new(),
        }
    }
}

/// The front matter of a section. Keys that are not named here are an error.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct SectionMatter {
    /// Its title.
    pub title: Option<String>,
    /// A sentence about it.
    pub description: Option<String>,
    /// The order of its pages (and, for the three title and permalink orders, its subsections).
    pub sort_by: SortBy,
    /// Its place among its siblings.
    pub weight: usize,
    /// Left out, with everything in its folder, unless drafts are asked for.
    pub draft: bool,
    /// The template, instead of `section.html` (or `index.html` for the root).
    pub template: Option<String>,
    /// How many pages one pager lists; none or 0 means no pagers.
    pub paginate_by: Option<usize>,
    /// Whether the pagers count from the end.
    pub paginate_reversed: bool,
    /// The part of the path before the pager's number; may be empty.
    pub paginate_path: String,
    /// Where links to headings go, for it and its own pages; none means as the site.
    pub insert_anchor_links: Option<InsertAnchor>,
    /// Whether it has an output of its own.
    pub render: bool,
    /// Where its URL leads instead.
    pub redirect_to: Option<String>,
    /// Whether search finds it and its own pages.
    pub in_search_index: bool,
    /// Whether its pages count as its parent's too.
    pub transparent: bool,
    /// The template of all pages below it that name none.
    pub page_template: Option<String>,
    /// Older paths that lead to it.
    pub aliases: Vec<String>,
    /// Whether it has feeds of its own.
    pub generate_feeds: bool,
    /// Rendered but listed nowhere, with its subsections and pages; none means as its nearest ancestor.
    pub hidden: Option<bool>,
    /// The author's own data.
    pub extra: JsonMap,
}

impl Default for SectionMatter {
    fn default() -> Self {
        SectionMatter {
            title: None,
            description: None,
            sort_by: SortBy::None,
            weight: 0,
            draft: false,
            template: None,
            paginate_by: None,
            paginate_reversed: false,
            paginate_path: "page".to_owned(),
            insert_anchor_links: None,
            render: true,
            redirect_to: None,
            in_search_index: true,
            transparent: false,
            page_template: None,
            aliases: Vec::new(),
            generate_feeds: false,
            hidden: None,
            extra: JsonMap::new(),
        }
    }
}

impl SectionMatter {
    /// How many pages one pager lists, if it has pagers.
    pub fn pager_size(&self) -> Option<usize> {
        self.paginate_by.filter(|size| *size > 0)
    }
}
