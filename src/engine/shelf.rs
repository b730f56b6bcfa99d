//! The objects and identities made so far in one build: each is made when first asked for, once.

use std::collections::HashMap;
use std::sync::{Mutex, OnceLock};

use super::dirty::Dirty;
use crate::base::Hash128;
use crate::resolve::Site;
use crate::template::Shared;

/// The objects and identities made so far.
#[derive(Default)]
pub(super) struct Shelf {
    pub(super) configs: Mutex<HashMap<String, Shared>>,
    pub(super) page_hashes: Vec<OnceLock<Hash128>>,
    pub(super) section_hashes: Vec<OnceLock<Hash128>>,
    pub(super) pages_alone: Vec<OnceLock<Shared>>,
    pub(super) pages: Vec<OnceLock<Shared>>,
    pub(super) sections_alone: Vec<OnceLock<Shared>>,
    pub(super) sections: Vec<OnceLock<Shared>>,
    pub(super) terms: Vec<Vec<OnceLock<Shared>>>,
    pub(super) taxonomies: Vec<OnceLock<Shared>>,
}

impl Shelf {
    /// Nothing made yet.
    pub(super) fn new(site: &Site) -> Self {
        Shelf {
            configs: Mutex::default(),
            page_hashes: cells(site.pages.len()),
            section_hashes: cells(site.sections.len()),
            pages_alone: cells(site.pages.len()),
            pages: cells(site.pages.len()),
            sections_alone: cells(site.sections.len()),
            sections: cells(site.sections.len()),
            terms: site.taxonomies.iter().map(|taxonomy| cells(taxonomy.terms.len())).collect(),
            taxonomies: cells(site.taxonomies.len()),
        }
    }

    /// Takes over everything that an edit did not touch.
    pub(super) fn inherit(&self, before: &Shelf, dirty: &Dirty) {
        take_over(&self.page_hashes, &before.page_hashes, &dirty.pages_alone);
        take_over(&self.pages_alone, &before.pages_alone, &dirty.pages_alone);
        take_over(&self.pages, &before.pages, &dirty.pages);
        take_over(&self.section_hashes, &before.section_hashes, &dirty.sections_alone);
        take_over(&self.sections_alone, &before.sections_alone, &dirty.sections_alone);
        take_over(&self.sections, &before.sections, &dirty.sections);
        take_over(&self.taxonomies, &before.taxonomies, &dirty.taxonomies);
        for ((terms, before), dirty) in self.terms.iter().zip(&before.terms).zip(&dirty.terms) {
            take_over(terms, before, dirty);
        }
    }
}

fn take_over<T: Clone>(cells: &[OnceLock<T>], before: &[OnceLock<T>], dirty: &[bool]) {
    for ((cell, before), dirty) in cells.iter().zip(before).zip(dirty) {
        if let (false, Some(made)) = (dirty, before.get()) {
            let _ = cell.set(made.clone());
        }
    }
}

fn cells<T>(count: usize) -> Vec<OnceLock<T>> {
    std::iter::repeat_with(OnceLock::new).take(count).collect()
}
