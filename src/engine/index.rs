//! The search index of our own: what search knows of each page, made once and taken over from build to build, and the files
//! of the index. In: a world with texts. Out: documents, settings of search, artifacts.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use praktijk_search::document::{Page, Settings};
use rayon::prelude::*;

use super::dirty::Dirty;
use super::query::Query;
use super::tracer::Tracer;
use super::world::World;
use crate::base::{Artifact, Diagnostic, Hash128, hash_of};
use crate::export::index::facets::Facets;
use crate::export::index::text::Declared;
use crate::export::index::{self, Given, concepts};
use crate::render::Shelf as _;
use crate::resolve::{ContentId, PageId, SectionId, Site};
use crate::template::catalog::is_expired;
use crate::template::reactions::Ask;

/// What search knows of a page, with its identity.
#[derive(Debug)]
pub struct Document {
    /// The page.
    pub page: Page,
    /// Its identity.
    pub hash: Hash128,
}

/// What search knows of a language.
pub struct OfLanguage {
    /// What it finds, by path of the file.
    pub found: Vec<ContentId>,
    /// What the site says about its words.
    pub settings: Settings,
    facets: Facets,
    /// The day on which this holds: what has expired is not found.
    today: String,
}

/// What was made so far.
pub(super) struct Findable {
    pages: Vec<OnceLock<Arc<Document>>>,
    sections: Vec<OnceLock<Arc<Document>>>,
    languages: Mutex<BTreeMap<String, Arc<OfLanguage>>>,
}

impl Findable {
    /// Nothing yet.
    pub(super) fn new(site: &Site) -> Self {
        let empty = |count: usize| (0..count).map(|_| OnceLock::new()).collect();
        Findable {
            pages: empty(site.pages.len()),
            sections: empty(site.sections.len()),
            languages: Mutex::default(),
        }
    }

    /// Takes over what an edit of texts did not touch.
    pub(super) fn inherit(&self, before: &Findable, dirty: &Dirty) {
        let lists = [
            (&self.pages, &before.pages, &dirty.pages_alone),
            (&self.sections, &before.sections, &dirty.sections_alone),
        ];
        for (now, before, touched) in lists {
            for ((now, before), touched) in now.iter().zip(before).zip(touched) {
                if let Some(document) = before.get().filter(|_| !touched) {
                    let _ = now.set(document.clone());
                }
            }
        }
        self.lock().clone_from(&before.lock());
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Arc<OfLanguage>>> {
        self.languages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl World {
    /// What search knows of a language, whether or not the site asks for an index.
    pub fn search_of(&self, lang: &str) -> Arc<OfLanguage> {
        let today = self.today();
        if let Some(known) = self.findable.lock().get(lang).filter(|known| known.today == today) {
            return known.clone();
        }
        let made = Arc::new(self.make_search_of(lang, today));
        self.findable.lock().insert(lang.to_owned(), made.clone());
        made
    }

    fn make_search_of(&self, lang: &str, today: String) -> OfLanguage {
        let (site, config) = (&*self.site, &*self.config);
        let is_expired = |id: PageId| is_expired(id, site, config, &today);
        let is_found = |id: ContentId| index::is_findable(id, site, &is_expired);
        let pages = (0..site.pages.len()).map(|at| ContentId::Page(PageId(at as u32)));
        let sections = (0..site.sections.len()).map(|at| ContentId::Section(SectionId(at as u32)));
        let mut found: Vec<ContentId> =
            pages.chain(sections).filter(|id| site.file(*id).lang == lang && is_found(*id)).collect();
        found.sort_by(|a, b| site.file(*a).relative.cmp(&site.file(*b).relative));
        let facets = Facets::of_language(site, config, lang, &|id| is_found(ContentId::Page(id)));
        let settings = Settings {
            language: lang.to_owned(),
            facets: facets.facets.clone(),
            concepts: concepts::of_language(site, config, lang),
        };
        OfLanguage { found, settings, facets, today }
    }

    /// What search knows of a page or section of a language.
    pub fn document(&self, id: ContentId, of: &OfLanguage) -> Arc<Document> {
        let cell = match id {
            ContentId::Page(id) => &self.findable.pages[id.0 as usize],
            ContentId::Section(id) => &self.findable.sections[id.0 as usize],
        };
        let made = || {
            let page = self.findable_page(id, of);
            Arc::new(Document { hash: hash_of(&page), page })
        };
        cell.get_or_init(made).clone()
    }

    fn findable_page(&self, id: ContentId, of: &OfLanguage) -> Page {
        let body = self.body(id).map(|(body, _)| body.clone()).unwrap_or_default();
        let declared = body.units.iter().map(|unit| Declared {
            anchor: unit.anchor.clone(),
            name: unit.name.clone(),
            label: unit.label.clone(),
            title: unit.title.clone(),
        });
        let given = Given {
            site: &self.site,
            config: &self.config,
            facets: &of.facets,
            html: &body.html,
            summary: body.summary.as_deref(),
            declared: declared.collect(),
            reactions: self.findable_reactions(id),
        };
        index::page(id, &given)
    }

    /// What search knows of everything it finds in a language, in order.
    pub fn documents(&self, of: &OfLanguage) -> Vec<Arc<Document>> {
        of.found.par_iter().with_min_len(16).map(|id| self.document(*id, of)).collect()
    }
}

impl World {
    /// The same, for who needs it once and keeps nothing.
    pub fn findable_pages(&self, of: &OfLanguage) -> Vec<Page> {
        of.found.par_iter().with_min_len(16).map(|id| self.findable_page(*id, of)).collect()
    }
}

/// The identity of what an index is about, apart from what its pages say.
pub(super) fn subject(lang: &str, world: &World) -> Hash128 {
    let of = world.search_of(lang);
    let files = of.found.iter().map(|id| &world.site.file(*id).relative);
    hash_of(&files.collect::<Vec<_>>())
}

/// Makes the files of the index of a language.
pub(super) fn make(lang: &str, tracer: &Tracer) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let world = tracer.world();
    // Facets, relations and names rest on what pages say of themselves, whether or not they are found.
    tracer.settings();
    for page in &world.site.pages {
        tracer.note(Query::PageHead(page.parsed.file.relative.clone()));
    }
    let of = world.search_of(lang);
    for id in &of.found {
        let relative = world.site.file(*id).relative.clone();
        if matches!(id, ContentId::Section(_)) {
            tracer.note(Query::SectionHead(relative.clone()));
        }
        if world.site.threads.of.contains_key(id) {
            tracer.note(Query::Reactions(Ask::Page(relative.clone())));
        }
        tracer.note(Query::Body(relative));
    }
    index::files(&world.findable_pages(&of), &of.settings).map_err(|told| vec![told])
}
