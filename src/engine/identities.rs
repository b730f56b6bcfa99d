//! The identities of pages, sections, terms and taxonomies in one build: everything that templates see of them.

use std::hash::Hash;

use super::world::World;
use crate::base::hash::Hasher128;
use crate::base::{Hash128, hash_of};
use crate::resolve::{ContentId, PageId, SectionId};

impl World {
    pub(super) fn page_head_hash(&self, id: PageId) -> Hash128 {
        let page = self.site.page(id);
        let parsed = &page.parsed;
        let text = self.text(ContentId::Page(id));
        let counts = (text.word_count, text.reading_time);
        let place = (&page.slug, &page.path, &page.permalink, &page.ancestors, page.hidden, &page.assets);
        hash_of(&(parsed.head_hash, &parsed.file.path, counts, place))
    }

    /// A page by itself.
    pub(super) fn page_alone_hash(&self, id: PageId) -> Hash128 {
        *self.shelf.page_hashes[id.0 as usize].get_or_init(|| {
            let own = self.page_head_hash(id);
            let id = ContentId::Page(id);
            own.and(self.body(id).map_or(Hash128::ABSENT, |(_, hash)| *hash)).and(self.around_hash(id))
        })
    }

    /// A page with its neighbours.
    pub fn page_hash(&self, id: PageId) -> Hash128 {
        let page = self.site.page(id);
        let neighbour = |id: Option<PageId>| id.map_or(Hash128::ABSENT, |id| self.page_alone_hash(id));
        self.page_alone_hash(id).and(neighbour(page.lower)).and(neighbour(page.higher))
    }

    pub(super) fn section_alone_hash(&self, id: SectionId) -> Hash128 {
        *self.shelf.section_hashes[id.0 as usize].get_or_init(|| {
            let section = self.site.section(id);
            let mut hasher = Hasher128::default();
            self.section_head_hash(id).hash(&mut hasher);
            self.body(ContentId::Section(id)).map(|(_, hash)| *hash).hash(&mut hasher);
            for id in &section.subsections {
                self.site.section(*id).parsed.file.relative.hash(&mut hasher);
            }
            for id in &section.pages {
                self.page_hash(*id).hash(&mut hasher);
            }
            hasher.finish128().and(self.around_hash(ContentId::Section(id)))
        })
    }

    pub(super) fn section_head_hash(&self, id: SectionId) -> Hash128 {
        let section = self.site.section(id);
        let parsed = &section.parsed;
        let text = self.text(ContentId::Section(id));
        let counts = (text.word_count, text.reading_time, section.implied);
        let place = (&section.path, &section.permalink, &section.ancestors, section.hidden, &section.assets);
        hash_of(&(parsed.head_hash, &parsed.file.path, counts, place))
    }

    /// A section with its pages and neighbours.
    pub fn section_hash(&self, id: SectionId) -> Hash128 {
        let section = self.site.section(id);
        let neighbour = |id: Option<SectionId>| id.map_or(Hash128::ABSENT, |id| self.section_alone_hash(id));
        self.section_alone_hash(id).and(neighbour(section.lower)).and(neighbour(section.higher))
    }

    /// Translations and links back.
    pub(super) fn around_hash(&self, id: ContentId) -> Hash128 {
        let translations = self
            .site
            .translations
            .get(&self.site.file(id).canonical)
            .map_or(&[] as &[ContentId], Vec::as_slice);
        let backlinks = self.backlinks(id);
        if translations.is_empty() && backlinks.is_empty() {
            return Hash128::ABSENT;
        }
        let mut hasher = Hasher128::default();
        for (at, id) in translations.iter().chain(backlinks).enumerate() {
            (
                at < translations.len(),
                &self.site.file(*id).path,
                self.site.permalink(*id),
                self.site.title(*id),
            )
                .hash(&mut hasher);
        }
        hasher.finish128()
    }

    pub(super) fn term_hash(&self, taxonomy: usize, term: usize) -> Hash128 {
        let term = &self.site.taxonomies[taxonomy].terms[term];
        let mut hasher = Hasher128::default();
        (&term.name, &term.slug, &term.path, &term.permalink).hash(&mut hasher);
        for id in &term.pages {
            self.page_hash(*id).hash(&mut hasher);
        }
        hasher.finish128()
    }

    pub(super) fn taxonomy_hash(&self, at: usize) -> Hash128 {
        let taxonomy = &self.site.taxonomies[at];
        let mut hasher = Hasher128::default();
        (&taxonomy.kind, &taxonomy.lang, &taxonomy.permalink).hash(&mut hasher);
        for term in 0..taxonomy.terms.len() {
            self.term_hash(at, term).hash(&mut hasher);
        }
        hasher.finish128()
    }
}
