//! What an edit of texts touches. In: a site and the pages and sections that are another than before by themselves. Out:
//! every object that shows one of them.
//!
//! It holds only as long as the site itself is the same: the same files with the same front matter. Then everything that
//! is not touched is taken over from the build before without asking again.

use std::collections::HashSet;
use std::sync::Arc;

use super::world::Texts;
use crate::base::Hash128;
use crate::body::Body;
use crate::resolve::{ContentId, PageId, SectionId, Site};

/// What is touched, by place in the site.
#[derive(Debug, Default)]
pub struct Dirty {
    /// Pages by themselves.
    pub pages_alone: Vec<bool>,
    /// Pages with their neighbours.
    pub pages: Vec<bool>,
    /// Sections by themselves, with their pages.
    pub sections_alone: Vec<bool>,
    /// Sections with their neighbours.
    pub sections: Vec<bool>,
    /// Terms, by taxonomy.
    pub terms: Vec<Vec<bool>>,
    /// Taxonomies.
    pub taxonomies: Vec<bool>,
}

impl Dirty {
    /// What an edit of some texts touches, given what all became before and now.
    pub fn of_edit(site: &Site, edited: &HashSet<ContentId>, before: &Texts, now: &Texts) -> Dirty {
        let same_links = Arc::ptr_eq(&before.backlinks, &now.backlinks);
        let other = |id: ContentId, before_hash: &(Arc<Body>, Hash128), now_hash: &(Arc<Body>, Hash128)| {
            edited.contains(&id)
                || before_hash.1 != now_hash.1
                || (!same_links && before.backlinks.get(&id) != now.backlinks.get(&id))
        };
        let pages = before.pages.iter().zip(&now.pages).enumerate();
        let pages =
            pages.map(|(at, (before, now))| other(ContentId::Page(PageId(at as u32)), before, now)).collect();
        let sections = before.sections.iter().zip(&now.sections).enumerate();
        let sections = sections
            .map(|(at, (before, now))| other(ContentId::Section(SectionId(at as u32)), before, now))
            .collect();
        Dirty::follow(site, pages, sections)
    }

    /// Follows the touch of some pages and sections.
    pub fn follow(site: &Site, pages_alone: Vec<bool>, sections_alone: Vec<bool>) -> Dirty {
        let touched = |list: &[bool], at: Option<usize>| at.is_some_and(|at| list[at]);
        let with_neighbours = |list: &[bool], at: usize, lower: Option<usize>, higher: Option<usize>| {
            list[at] || touched(list, lower) || touched(list, higher)
        };
        let pages: Vec<bool> = site
            .pages
            .iter()
            .enumerate()
            .map(|(at, page)| {
                with_neighbours(
                    &pages_alone,
                    at,
                    page.lower.map(|id| id.0 as usize),
                    page.higher.map(|id| id.0 as usize),
                )
            })
            .collect();
        let shows = |ids: &[crate::resolve::PageId]| ids.iter().any(|id| pages[id.0 as usize]);
        let sections_alone: Vec<bool> = site
            .sections
            .iter()
            .zip(sections_alone)
            .map(|(section, alone)| alone || shows(&section.pages))
            .collect();
        let sections = site
            .sections
            .iter()
            .enumerate()
            .map(|(at, section)| {
                with_neighbours(
                    &sections_alone,
                    at,
                    section.lower.map(|id| id.0 as usize),
                    section.higher.map(|id| id.0 as usize),
                )
            })
            .collect();
        let terms: Vec<Vec<bool>> = site
            .taxonomies
            .iter()
            .map(|taxonomy| taxonomy.terms.iter().map(|term| shows(&term.pages)).collect())
            .collect();
        let taxonomies = terms.iter().map(|terms| terms.contains(&true)).collect();
        Dirty { pages_alone, pages, sections_alone, sections, terms, taxonomies }
    }
}
