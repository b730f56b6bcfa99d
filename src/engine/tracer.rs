//! Answers the questions of one job and notes them. In: a world. Out: the answers, and what was asked.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use indexmap::IndexSet;

use super::job::Job;
use super::network;
use super::query::Query;
use super::world::World;
use crate::base::hash::Quick;
use crate::base::{Artifact, Content, Diagnostic, SourcePath};
use crate::model::security::Inline;
use crate::model::{Config, Json};
use crate::resolve::ContentId;
use crate::template::catalog::Ask;
use crate::template::lookup::{Fetch, Kept};
use crate::template::reactions;
use crate::template::{Context, Fault, Field, ImageJob, LinkTarget, Lookup, Shared};

/// The [`Lookup`] of one job. Clones note in the same place.
#[derive(Clone)]
pub struct Tracer {
    world: Arc<World>,
    notes: Arc<Mutex<Notes>>,
    /// The text being rendered, while texts are being rendered: then pages are seen without their texts.
    text: Option<Arc<str>>,
}

/// What a job asked.
#[derive(Default)]
pub struct Notes {
    /// The questions.
    pub asked: IndexSet<Query, Quick>,
    /// Why it must be done on every build, if it must.
    pub always: Option<&'static str>,
    /// The images it ordered.
    pub images: Vec<ImageJob>,
    /// What its pages have in themselves that browsers run or apply.
    pub inline: Vec<Inline>,
    /// What it complained about.
    pub complaints: Vec<Diagnostic>,
}

impl Tracer {
    /// For a job that makes outputs.
    pub fn for_job(world: &Arc<World>) -> Self {
        Tracer { world: world.clone(), notes: Arc::default(), text: None }
    }

    /// For the text of the file with this relative path.
    pub fn for_text(world: &Arc<World>, relative: &str) -> Self {
        Tracer { world: world.clone(), notes: Arc::default(), text: Some(Arc::from(relative)) }
    }

    /// What was asked so far; the notes start anew.
    pub fn take_notes(&self) -> Notes {
        std::mem::take(&mut *self.lock())
    }

    /// Notes a question.
    pub fn note(&self, query: Query) {
        self.lock().asked.insert(query);
    }

    /// The world behind it.
    pub fn world(&self) -> &Arc<World> {
        &self.world
    }

    /// A file in the output folder counts as one when this build makes it, and makes it before the others. Texts are
    /// rendered before any output is made.
    fn early_output(&self, output: &str) -> Option<Job> {
        if self.text.is_some() {
            return None;
        }
        self.note(Query::Output(output.to_owned()));
        self.world.early_output(output).map(|early| early.job.clone())
    }

    fn bytes_of(&self, job: &Job, output: &str) -> Option<Arc<[u8]>> {
        self.world.early_bytes(output, || {
            let made = job.make(&Tracer::for_job(&self.world)).ok()?;
            let asked_for = |artifact: &Artifact| artifact.path.as_str() == output;
            match made.into_iter().find(asked_for)?.content {
                Content::Bytes(bytes) => Some(bytes),
                Content::Copy(_) => None,
            }
        })
    }

    fn always(&self, reason: &'static str) {
        self.lock().always = Some(reason);
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Notes> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn as_lookup(&self) -> Arc<dyn Lookup> {
        Arc::new(self.clone())
    }
}

impl Lookup for Tracer {
    fn config(&self) -> Arc<Config> {
        self.note(Query::Config);
        self.world.config.clone()
    }

    fn link(&self, relative: &str) -> Option<LinkTarget> {
        self.note(Query::Link(relative.to_owned()));
        self.world.link(relative)
    }

    fn colocated(&self, relative: &str) -> Option<(String, String)> {
        self.note(Query::Colocated(relative.to_owned()));
        self.world.site.colocated.get(relative).cloned()
    }

    fn page(&self, relative: &str) -> Option<Shared> {
        let id = self.world.page_id(relative);
        if self.text.is_some() {
            self.note(Query::PageHead(relative.to_owned()));
            return id.map(|id| self.world.templates.share(self.world.page_head_object(id)));
        }
        self.note(Query::Page(relative.to_owned()));
        id.map(|id| self.world.page_object(id))
    }

    fn section(&self, relative: &str) -> Option<Shared> {
        let id = self.world.section_id(relative);
        if self.text.is_some() {
            self.note(Query::SectionHead(relative.to_owned()));
            return id.map(|id| self.world.templates.share(self.world.section_head_object(id)));
        }
        self.note(Query::Section(relative.to_owned()));
        id.map(|id| self.world.section_object(id))
    }

    fn section_without_pages(&self, relative: &str) -> Option<Shared> {
        let section = self.section(relative)?;
        Some(self.world.templates.with(&section, vec![("pages", Field::List(Vec::new()))]))
    }

    fn taxonomy(&self, lang: &str, slug: &str) -> Option<Shared> {
        if self.text.is_some() {
            return None;
        }
        self.note(Query::Taxonomy(lang.to_owned(), slug.to_owned()));
        self.world.taxonomy_at(lang, slug).map(|at| self.world.taxonomy_object(at))
    }

    fn term(&self, lang: &str, taxonomy: &str, term: &str) -> Option<Shared> {
        if self.text.is_some() {
            return None;
        }
        self.note(Query::Term(lang.to_owned(), taxonomy.to_owned(), term.to_owned()));
        self.world.term_at(lang, taxonomy, term).map(|(at, term)| self.world.term_object(at, term))
    }

    fn term_permalink(&self, lang: &str, taxonomy: &str, term: &str) -> Option<String> {
        self.note(Query::TermLink(lang.to_owned(), taxonomy.to_owned(), term.to_owned()));
        self.world.term_permalink(lang, taxonomy, term).map(str::to_owned)
    }

    fn file(&self, path: &SourcePath) -> Result<Option<Arc<[u8]>>, String> {
        if let Some(output) = path.below(&self.world.config.output_dir) {
            return Ok(self.early_output(output).and_then(|job| self.bytes_of(&job, output)));
        }
        self.note(Query::file(path));
        Ok(self.world.files.read(path)?.map(|(bytes, _)| bytes))
    }

    fn has_file(&self, path: &SourcePath) -> bool {
        if let Some(output) = path.below(&self.world.config.output_dir) {
            return self.early_output(output).is_some();
        }
        self.note(Query::HasFile(path.as_str().to_owned()));
        self.world.files.stamp(path).is_some()
    }

    fn env(&self, name: &str) -> Option<String> {
        self.note(Query::Env(name.to_owned()));
        self.world.sources.env(name)
    }

    fn now(&self) -> i128 {
        self.always("the clock");
        self.world.now
    }

    fn by_chance(&self) {
        self.always("chance");
    }

    fn fetch(&self, request: &Fetch) -> Result<Arc<[u8]>, String> {
        self.always("the network");
        network::fetch(&self.world.fetched, request)
    }

    fn order_image(&self, job: ImageJob) {
        self.lock().images.push(job);
    }

    fn memo(&self, key: &str, make: &dyn Fn() -> Result<Json, String>) -> Result<Arc<Kept>, String> {
        let cell = {
            let mut memo = self.world.memo.lock().unwrap_or_else(PoisonError::into_inner);
            memo.entry(key.to_owned()).or_insert_with(|| Arc::new(OnceLock::new())).clone()
        };
        cell.get_or_init(|| make().map(|json| Arc::new(Kept { json, ..Kept::default() }))).clone()
    }

    fn catalog(&self, ask: &Ask) -> Result<Option<Arc<Kept>>, String> {
        if matches!(ask, Ask::Units(..)) && self.text.is_some() {
            return Err("What is in other texts is not known while texts are rendered: call `get_units` in a template.".to_owned());
        }
        self.note(Query::Catalog(ask.clone()));
        Ok(self.world.catalog(ask).0)
    }

    fn reactions(&self, ask: &reactions::Ask) -> Result<Option<Arc<Kept>>, String> {
        if self.text.is_some() {
            return Err(
                "Reactions stand below texts and not in them: call `get_reactions` in a template.".to_owned()
            );
        }
        self.note(Query::Reactions(ask.clone()));
        Ok(self.world.asked_reactions(ask).0)
    }

    fn downloads(&self, relative: &str) -> Result<Json, String> {
        if self.text.is_some() {
            return Err(
                "Downloads are made of texts, so no text knows them: call `get_downloads` in a template."
                    .to_owned(),
            );
        }
        Ok(super::downloads::listed(relative, self))
    }

    fn attachments(&self, relative: &str) -> Json {
        super::downloads::attachments(relative, self)
    }

    fn has_template(&self, name: &str) -> bool {
        self.note(Query::Template(name.to_owned()));
        self.world.templates.find(name).is_some()
    }

    fn render(&self, name: &str, context: Context) -> Option<Result<String, Fault>> {
        self.note(Query::Template(name.to_owned()));
        self.world.templates.find(name)?;
        Some(self.world.templates.render(name, context, self.as_lookup()))
    }

    fn render_inline(&self, source: &str, context: Context) -> Result<String, Fault> {
        if let Some(relative) = &self.text {
            self.note(Query::InText(relative.to_string()));
        }
        self.world.templates.render_inline(source, context, self.as_lookup())
    }

    fn complain(&self, diagnostic: Diagnostic) {
        self.lock().complaints.push(diagnostic);
    }
}

/// What a job may take off the shelf besides: the objects it is about, each noted like any other question.
impl crate::render::Shelf for Tracer {
    fn site(&self) -> &crate::resolve::Site {
        &self.world.site
    }

    fn settings(&self) -> &Config {
        self.note(Query::Config);
        &self.world.config
    }

    fn config_object(&self, lang: &str) -> Shared {
        self.note(Query::Config);
        self.world.config_object(lang)
    }

    fn page_object(&self, id: crate::resolve::PageId) -> Shared {
        self.note(Query::Page(self.world.site.page(id).parsed.file.relative.clone()));
        self.world.page_object(id)
    }

    fn section_object(&self, id: crate::resolve::SectionId) -> Shared {
        self.note(Query::Section(self.world.site.section(id).parsed.file.relative.clone()));
        self.world.section_object(id)
    }

    fn listed_page(&self, id: crate::resolve::PageId) -> Shared {
        self.note(Query::Page(self.world.site.page(id).parsed.file.relative.clone()));
        self.world.listed_page(id)
    }

    fn paginated_section(&self, id: crate::resolve::SectionId) -> Shared {
        let section = crate::render::Shelf::section_object(self, id);
        if !self.world.config.dialect.is_old() {
            return section;
        }
        self.world.templates.with(&section, vec![("pages", Field::List(Vec::new()))])
    }

    fn taxonomy_object(&self, at: usize) -> Shared {
        let taxonomy = &self.world.site.taxonomies[at];
        self.note(Query::Taxonomy(taxonomy.lang.clone(), taxonomy.kind.slug.clone()));
        self.world.taxonomy_object(at)
    }

    fn term_object(&self, at: usize, term: usize) -> Shared {
        let taxonomy = &self.world.site.taxonomies[at];
        self.note(Query::Term(
            taxonomy.lang.clone(),
            taxonomy.kind.slug.clone(),
            taxonomy.terms[term].slug.clone(),
        ));
        self.world.term_object(at, term)
    }

    fn body(&self, id: ContentId) -> Option<Arc<crate::body::Body>> {
        self.note(Query::Body(self.world.site.file(id).relative.clone()));
        self.world.body(id).map(|(body, _)| body.clone())
    }

    fn template_file(&self, name: &str) -> Option<(SourcePath, Arc<str>)> {
        self.world.templates.file(name)
    }

    fn has_template(&self, name: &str) -> bool {
        self.note(Query::Template(name.to_owned()));
        self.world.templates.find(name).is_some()
    }

    fn note_inline(&self, inline: Vec<Inline>) {
        self.lock().inline.extend(inline);
    }

    fn lookup(&self) -> Arc<dyn Lookup> {
        self.as_lookup()
    }
}
