//! All that is known in one build, and the identity of every answer. In: settings, site, templates, files and, later,
//! what texts became. Out: objects for templates, made once when first asked for, and hashes for queries.
//!
//! A world never changes. Objects of the build before are taken over where their identity is the same.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::dirty::Dirty;
use super::files::Files;
use super::job::Job;
use super::jobs::Plan;
use super::query::Query;
use super::reactions::Reactions;
use super::shelf::Shelf;
use crate::base::{Hash128, SourcePath, hash_of};
use crate::body::Body;
use crate::model::Config;
use crate::parse::Text;
use crate::resolve::{ContentId, PageId, SectionId, Site};
use crate::source::Sources;
use crate::template::catalog::Ask;
use crate::template::lookup::Kept;
use crate::template::{Field, LinkTarget, Shared, TemplateEngine, objects};

/// All that is known in one build.
pub struct World {
    /// The settings.
    pub config: Arc<Config>,
    /// Their identity.
    pub config_hash: Hash128,
    /// The site.
    pub site: Arc<Site>,
    /// The text of every page and section, in the order of the site.
    pub raw: Arc<Raw>,
    /// The templates.
    pub templates: Arc<dyn TemplateEngine>,
    /// The files.
    pub files: Arc<Files>,
    /// The clock, the environment.
    pub sources: Arc<dyn Sources>,
    /// The moment of the build.
    pub now: i128,
    /// Answers of the network, asked once a build.
    pub fetched: super::network::Fetched,
    /// Answers that are costly to make, by what they depend on.
    pub memo: Mutex<HashMap<String, Memo>>,
    /// Answers about the kinds of content.
    pub(super) answers: super::catalog::Answers,
    /// What members wrote.
    pub reactions: Arc<Reactions>,
    /// Answers about that.
    pub(super) reaction_answers: super::reactions::Answers,
    /// What search knows of pages.
    pub(super) findable: super::index::Findable,
    /// The fonts of downloads.
    pub(super) fonts: super::downloads::Fonts,
    texts: OnceLock<Texts>,
    early: OnceLock<HashMap<String, Early>>,
    /// What is in those of them that were asked for: few, and often asked for by every page.
    early_bytes: Mutex<HashMap<String, Option<Arc<[u8]>>>>,
    pub(super) shelf: Shelf,
    previous: Mutex<Option<Arc<World>>>,
    /// The pages and sections whose texts were edited, when nothing else changed since the build before.
    edited: Option<HashSet<ContentId>>,
    dirty: OnceLock<Dirty>,
    plan: OnceLock<Arc<Plan>>,
    /// Set when every job has been settled.
    settled: OnceLock<()>,
}

/// An output that others may ask for.
pub struct Early {
    /// What is in it.
    pub hash: Hash128,
    /// How many bytes.
    pub size: u64,
    /// What its maker knows about it: JSON.
    pub about: Option<String>,
    /// What makes it.
    pub job: Job,
}

/// An answer that is being made or was made.
pub type Memo = Arc<OnceLock<Result<Arc<Kept>, String>>>;

/// The texts of a site, before anything is done with them.
#[derive(Clone, Default)]
pub struct Raw {
    /// By page.
    pub pages: Vec<Text>,
    /// By section.
    pub sections: Vec<Text>,
}

/// What texts became.
#[derive(Clone)]
pub struct Texts {
    /// By page.
    pub pages: Vec<(Arc<Body>, Hash128)>,
    /// By section.
    pub sections: Vec<(Arc<Body>, Hash128)>,
    /// Who links to a page or section, by permalink.
    pub backlinks: Arc<HashMap<ContentId, Vec<ContentId>>>,
}

/// What a new world is made of.
pub struct Parts {
    /// See [`World::config`].
    pub config: Arc<Config>,
    /// See [`World::site`].
    pub site: Arc<Site>,
    /// See [`World::raw`].
    pub raw: Arc<Raw>,
    /// See [`World::templates`].
    pub templates: Arc<dyn TemplateEngine>,
    /// See [`World::files`].
    pub files: Arc<Files>,
    /// See [`World::sources`].
    pub sources: Arc<dyn Sources>,
    /// See [`World::reactions`].
    pub reactions: Arc<Reactions>,
}

impl World {
    /// The world of a new build. Objects of the one before are taken over where nothing changed.
    pub fn new(parts: Parts, previous: Option<Arc<World>>) -> World {
        let Parts { config, site, raw, templates, files, sources, reactions } = parts;
        let shelf = Shelf::new(&site);
        let findable = super::index::Findable::new(&site);
        let now = sources.now();
        // Tables are equal whatever the order of their keys, but templates see that order.
        let config_hash = hash_of(&*config).and(hash_of(&objects::data(&config.extra).to_string()));
        World {
            config,
            config_hash,
            site,
            raw,
            templates,
            files,
            sources,
            now,
            fetched: Mutex::default(),
            memo: Mutex::default(),
            answers: super::catalog::Answers::default(),
            reactions,
            reaction_answers: super::reactions::Answers::default(),
            findable,
            fonts: super::downloads::Fonts::default(),
            texts: OnceLock::new(),
            early: OnceLock::new(),
            early_bytes: Mutex::default(),
            shelf,
            previous: Mutex::new(previous),
            edited: None,
            dirty: OnceLock::new(),
            plan: OnceLock::new(),
            settled: OnceLock::new(),
        }
    }

    /// The world after an edit of texts and of nothing else.
    pub fn edited(previous: Arc<World>, edits: Vec<(ContentId, Text)>, files: Arc<Files>) -> World {
        let mut raw = Raw::clone(&previous.raw);
        let edited = edits.iter().map(|(id, _)| *id).collect();
        for (id, text) in edits {
            match id {
                ContentId::Page(id) => raw.pages[id.0 as usize] = text,
                ContentId::Section(id) => raw.sections[id.0 as usize] = text,
            }
        }
        let parts = Parts {
            config: previous.config.clone(),
            site: previous.site.clone(),
            raw: Arc::new(raw),
            templates: previous.templates.clone(),
            files,
            sources: previous.sources.clone(),
            reactions: previous.reactions.clone(),
        };
        let (plan, fonts) = (previous.plan.clone(), previous.fonts.clone());
        let mut world = World::new(parts, Some(previous));
        world.fonts = fonts;
        world.edited = Some(edited);
        world.plan = plan;
        world
    }

    /// Whether a text, and everything about its file, is as in the build before.
    pub fn is_untouched(&self, id: ContentId) -> bool {
        self.edited.as_ref().is_some_and(|edited| !edited.contains(&id))
    }

    /// The pages and sections whose texts were edited, when nothing else changed since the build before.
    pub fn edited_texts(&self) -> Option<&HashSet<ContentId>> {
        self.edited.as_ref()
    }

    /// What texts became in the build before, when nothing but texts was edited since.
    pub fn texts_before(&self) -> Option<Texts> {
        self.edited.as_ref()?;
        self.previous()?.texts.get().cloned()
    }

    /// Whether the answer to a question may be another than in the build before.
    pub fn may_have_changed(&self, query: &Query) -> bool {
        let Some(edited) = &self.edited else { return true };
        let touched = |path: &String| self.site.by_relative.get(path).is_some_and(|id| edited.contains(id));
        match query {
            Query::Config
            | Query::Link(_)
            | Query::Colocated(_)
            | Query::TermLink(..)
            | Query::Template(_) => false,
            Query::Catalog(ask) => matches!(ask, Ask::Units(..)),
            Query::Reactions(_) => self.previous().is_none_or(|before| before.today() != self.today()),
            Query::PageHead(path) | Query::SectionHead(path) | Query::InText(path) => touched(path),
            Query::Page(path) => self.is_dirty(self.page_id(path), |dirty, id| dirty.pages[id.0 as usize]),
            Query::Section(path) => {
                self.is_dirty(self.section_id(path), |dirty, id| dirty.sections[id.0 as usize])
            }
            Query::Taxonomy(lang, slug) => {
                self.is_dirty(self.taxonomy_at(lang, slug), |dirty, at| dirty.taxonomies[at])
            }
            Query::Term(lang, slug, term) => {
                self.is_dirty(self.term_at(lang, slug, term), |dirty, (at, term)| dirty.terms[at][term])
            }
            _ => true,
        }
    }

    fn is_dirty<T>(&self, at: Option<T>, ask: impl Fn(&Dirty, T) -> bool) -> bool {
        match (at, self.dirty.get()) {
            (Some(at), Some(dirty)) => ask(dirty, at),
            (None, Some(_)) => false,
            (_, None) => true,
        }
    }

    /// The jobs of the site, worked out once.
    pub fn plan(&self, make: impl FnOnce() -> Plan) -> &Arc<Plan> {
        self.plan.get_or_init(|| Arc::new(make()))
    }

    /// The jobs of the site, once they have been worked out.
    pub fn known_plan(&self) -> Option<&Arc<Plan>> {
        self.plan.get()
    }

    /// Whether the jobs are those of the build before.
    pub fn plan_is_old(&self) -> bool {
        self.edited.is_some()
    }

    /// Says what texts became. Only the first call counts.
    pub fn set_texts(&self, texts: Texts) {
        if let (Some(edited), Some(before)) = (&self.edited, self.previous())
            && let Some(texts_before) = before.texts.get()
        {
            let _ = self.dirty.set(Dirty::of_edit(&self.site, edited, texts_before, &texts));
        }
        let _ = self.texts.set(texts);
        if let (Some(dirty), Some(before)) = (self.dirty.get(), self.previous()) {
            self.shelf.inherit(&before.shelf, dirty);
            self.findable.inherit(&before.findable, dirty);
        }
    }

    /// Says that every job of this build has been settled: the ledger rests on the answers of this world.
    pub fn set_settled(&self) {
        let _ = self.settled.set(());
    }

    /// Whether every job of this build has been settled. Only then may the next build go by what changed since this one:
    /// after a build that failed, the ledger still rests on answers of an older one.
    pub fn is_settled(&self) -> bool {
        self.settled.get().is_some()
    }

    /// Says which outputs have been made that others may ask for, and by which job. Only the first call counts.
    pub fn set_early_outputs(&self, early: HashMap<String, Early>) {
        let _ = self.early.set(early);
    }

    /// An output that was made before the others.
    pub fn early_output(&self, path: &str) -> Option<&Early> {
        self.early.get()?.get(path)
    }

    /// What is in an output that was made before the others. It is made once more for the first who asks, as outputs go to
    /// their place when they are made and are not kept.
    pub fn early_bytes(&self, path: &str, make: impl FnOnce() -> Option<Arc<[u8]>>) -> Option<Arc<[u8]>> {
        let kept = || self.early_bytes.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(path) {
            return known.clone();
        }
        let made = make();
        kept().insert(path.to_owned(), made.clone());
        made
    }

    /// Lets go of the build before.
    pub fn forget_previous(&self) {
        *self.previous.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn previous(&self) -> Option<Arc<World>> {
        self.previous.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether every text has been rendered.
    pub fn has_texts(&self) -> bool {
        self.texts.get().is_some()
    }

    /// What the text of a page or section became.
    pub fn body(&self, id: ContentId) -> Option<&(Arc<Body>, Hash128)> {
        let texts = self.texts.get()?;
        match id {
            ContentId::Page(id) => texts.pages.get(id.0 as usize),
            ContentId::Section(id) => texts.sections.get(id.0 as usize),
        }
    }

    pub(super) fn backlinks(&self, id: ContentId) -> &[ContentId] {
        self.texts.get().and_then(|texts| texts.backlinks.get(&id)).map_or(&[], Vec::as_slice)
    }

    /// Where an internal link leads.
    pub fn link(&self, relative: &str) -> Option<LinkTarget> {
        let id = *self.site.by_relative.get(relative)?;
        let rendered = match id {
            ContentId::Page(id) => self.site.page(id).parsed.matter.render,
            ContentId::Section(id) => self.site.section(id).parsed.matter.render,
        };
        Some(LinkTarget { permalink: self.site.permalink(id).to_owned(), rendered })
    }

    /// The URL of a term.
    pub fn term_permalink(&self, lang: &str, taxonomy: &str, term: &str) -> Option<&str> {
        let taxonomy = self.site.taxonomy(lang, taxonomy)?;
        taxonomy.terms.iter().find(|known| known.slug == term).map(|known| known.permalink.as_str())
    }

    /// The identity of an answer. Queries that need texts have none before [`World::set_texts`].
    pub fn answer(&self, query: &Query) -> Hash128 {
        let absent = Hash128::ABSENT;
        match query {
            Query::Config => self.config_hash,
            Query::Link(path) => self.link(path).map_or(absent, |link| hash_of(&link)),
            Query::Colocated(path) => self.site.colocated.get(path).map_or(absent, hash_of),
            Query::PageHead(path) => self.page_id(path).map_or(absent, |id| self.page_head_hash(id)),
            Query::SectionHead(path) => self.section_id(path).map_or(absent, |id| self.section_head_hash(id)),
            Query::TermLink(lang, taxonomy, term) => {
                self.term_permalink(lang, taxonomy, term).map_or(absent, hash_of)
            }
            Query::File(path) => self.files.hash(&SourcePath::new(path)),
            Query::HasFile(path) => Hash128(u128::from(self.files.stamp(&SourcePath::new(path)).is_some())),
            Query::Env(name) => self.sources.env(name).map_or(absent, |value| hash_of(&value)),
            Query::Template(name) => self.templates.closure(name),
            Query::InText(path) => {
                let id = self.site.by_relative.get(path).copied();
                id.map_or(absent, |id| self.templates.inline_closure(&self.markdown(id)))
            }
            Query::Page(path) => self.page_id(path).map_or(absent, |id| self.page_hash(id)),
            Query::Section(path) => self.section_id(path).map_or(absent, |id| self.section_hash(id)),
            Query::Taxonomy(lang, slug) => {
                self.taxonomy_at(lang, slug).map_or(absent, |at| self.taxonomy_hash(at))
            }
            Query::Term(lang, slug, term) => {
                self.term_at(lang, slug, term).map_or(absent, |(at, term)| self.term_hash(at, term))
            }
            Query::Catalog(ask) => self.catalog(ask).1,
            Query::Reactions(ask) => self.asked_reactions(ask).1,
            Query::Output(path) => {
                self.early.get().and_then(|early| early.get(path)).map_or(absent, |early| early.hash)
            }
            Query::Body(path) => {
                let body = self.site.by_relative.get(path).and_then(|id| self.body(*id));
                body.map_or(absent, |(_, hash)| *hash)
            }
        }
    }

    /// The page with this relative path.
    pub fn page_id(&self, relative: &str) -> Option<PageId> {
        match self.site.by_relative.get(relative)? {
            ContentId::Page(id) => Some(*id),
            ContentId::Section(_) => None,
        }
    }

    /// The section with this relative path.
    pub fn section_id(&self, relative: &str) -> Option<SectionId> {
        match self.site.by_relative.get(relative)? {
            ContentId::Section(id) => Some(*id),
            ContentId::Page(_) => None,
        }
    }

    /// A taxonomy's place in the site.
    pub fn taxonomy_at(&self, lang: &str, slug: &str) -> Option<usize> {
        self.site.taxonomies.iter().position(|taxonomy| taxonomy.lang == lang && taxonomy.kind.slug == slug)
    }

    /// A term's place in the site.
    pub fn term_at(&self, lang: &str, slug: &str, term: &str) -> Option<(usize, usize)> {
        let at = self.taxonomy_at(lang, slug)?;
        let terms = &self.site.taxonomies[at].terms;
        Some((at, terms.iter().position(|known| known.slug == term)?))
    }

    /// The text of a page or section.
    pub fn text(&self, id: ContentId) -> &Text {
        match id {
            ContentId::Page(id) => &self.raw.pages[id.0 as usize],
            ContentId::Section(id) => &self.raw.sections[id.0 as usize],
        }
    }

    /// The Markdown of a page or section: held, or read again. Who edits the file meanwhile gets another build.
    pub fn markdown(&self, id: ContentId) -> Arc<str> {
        let text = self.text(id);
        text.raw.get().unwrap_or_else(|| {
            let read = self.files.read(&self.site.file(id).path).ok().flatten();
            let bytes = read.as_ref().and_then(|(bytes, _)| bytes.get(text.offset..));
            Arc::from(bytes.and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default())
        })
    }
}

/// Objects.
impl World {
    /// The settings as templates of one language see them.
    pub fn config_object(&self, lang: &str) -> Shared {
        let mut configs = self.shelf.configs.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = configs.get(lang) {
            return known.clone();
        }
        let made = self.templates.share(objects::config(&self.config, lang));
        configs.insert(lang.to_owned(), made.clone());
        made
    }

    fn page_alone(&self, id: PageId) -> &Shared {
        let at = id.0 as usize;
        self.shelf.pages_alone[at].get_or_init(|| {
            self.taken_over_page(id, |shelf| &shelf.pages_alone, |world, id| world.page_alone_hash(id))
                .unwrap_or_else(|| {
                    let body = self.body(ContentId::Page(id)).map(|(body, _)| &**body);
                    let parts = objects::page(
                        self.config.dialect,
                        &self.site,
                        self.site.page(id),
                        self.text(ContentId::Page(id)),
                        body,
                        self.backlinks(ContentId::Page(id)),
                    );
                    self.templates.share(Field::Object(parts))
                })
        })
    }

    /// A page, with its neighbours.
    pub fn page_object(&self, id: PageId) -> Shared {
        let at = id.0 as usize;
        let made = self.shelf.pages[at].get_or_init(|| {
            self.taken_over_page(id, |shelf| &shelf.pages, |world, id| world.page_hash(id)).unwrap_or_else(
                || {
                    let page = self.site.page(id);
                    let alone = self.page_alone(id);
                    if page.lower.is_none() && page.higher.is_none() {
                        return alone.clone();
                    }
                    let neighbour = |id: Option<PageId>| {
                        id.map_or(Field::Null, |id| Field::Shared(self.page_alone(id).clone()))
                    };
                    self.templates.with(
                        alone,
                        vec![("lower", neighbour(page.lower)), ("higher", neighbour(page.higher))],
                    )
                },
            )
        });
        made.clone()
    }

    /// A page as lists other than a section's own show it: in dialect 0.22 without its neighbours.
    pub fn listed_page(&self, id: PageId) -> Shared {
        if self.config.dialect.is_old() { self.page_alone(id).clone() } else { self.page_object(id) }
    }

    fn taken_over_page(
        &self,
        id: PageId,
        cells: impl Fn(&Shelf) -> &Vec<OnceLock<Shared>>,
        hash: impl Fn(&World, PageId) -> Hash128,
    ) -> Option<Shared> {
        let previous = self.previous()?;
        let before = previous.page_id(&self.site.page(id).parsed.file.relative)?;
        let made = cells(&previous.shelf)[before.0 as usize].get()?;
        (previous.has_texts() == self.has_texts() && hash(self, id) == hash(&previous, before))
            .then(|| made.clone())
    }

    fn section_alone(&self, id: SectionId) -> &Shared {
        self.shelf.sections_alone[id.0 as usize].get_or_init(|| {
            let section = self.site.section(id);
            let pages = section.pages.iter().map(|id| self.page_object(*id)).collect();
            let body = self.body(ContentId::Section(id)).map(|(body, _)| &**body);
            let parts = objects::section(
                self.config.dialect,
                &self.site,
                section,
                self.text(ContentId::Section(id)),
                body,
                self.backlinks(ContentId::Section(id)),
                pages,
            );
            self.templates.share(Field::Object(parts))
        })
    }

    /// A section, with its pages and neighbours.
    pub fn section_object(&self, id: SectionId) -> Shared {
        let made = self.shelf.sections[id.0 as usize].get_or_init(|| {
            let section = self.site.section(id);
            let alone = self.section_alone(id);
            let joined = section.lower.is_some() || section.higher.is_some();
            if !joined || self.config.dialect.is_old() {
                return alone.clone();
            }
            let neighbour = |id: Option<SectionId>| {
                id.map_or(Field::Null, |id| Field::Shared(self.section_alone(id).clone()))
            };
            self.templates
                .with(alone, vec![("lower", neighbour(section.lower)), ("higher", neighbour(section.higher))])
        });
        made.clone()
    }

    /// A term, with its pages.
    pub fn term_object(&self, taxonomy: usize, term: usize) -> Shared {
        let made = self.shelf.terms[taxonomy][term].get_or_init(|| {
            let term = &self.site.taxonomies[taxonomy].terms[term];
            let pages = term.pages.iter().map(|id| self.listed_page(*id)).collect();
            self.templates.share(Field::Object(objects::term(term, pages)))
        });
        made.clone()
    }

    /// A taxonomy, with its terms.
    pub fn taxonomy_object(&self, at: usize) -> Shared {
        let made = self.shelf.taxonomies[at].get_or_init(|| {
            let taxonomy = &self.site.taxonomies[at];
            let terms = (0..taxonomy.terms.len()).map(|term| self.term_object(at, term)).collect();
            self.templates.share(Field::Object(objects::taxonomy(taxonomy, terms)))
        });
        made.clone()
    }

    /// A page before texts are rendered: no content, no translations, no links back.
    pub fn page_head_object(&self, id: PageId) -> Field {
        Field::Object(objects::page(
            self.config.dialect,
            &self.site,
            self.site.page(id),
            self.text(ContentId::Page(id)),
            None,
            &[],
        ))
    }

    /// A section before texts are rendered: no content, no pages, no subsections.
    pub fn section_head_object(&self, id: SectionId) -> Field {
        Field::Object(objects::section(
            self.config.dialect,
            &self.site,
            self.site.section(id),
            self.text(ContentId::Section(id)),
            None,
            &[],
            Vec::new(),
        ))
    }
}
