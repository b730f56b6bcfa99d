//! Conducts the steps and remembers what depended on what. In: sources and options. Out: the site in its place and a
//! [`Report`] of what was done, or complaints and everything as it was.
//!
//! | file | what it answers |
//! |---|---|
//! | `steps` | the steps of a build, one by one |
//! | [`load`] | files → settings, templates, parsed files, site |
//! | [`dialect`] | which dialect the site speaks, and why |
//! | [`asking`] | the search index of a site that nobody built |
//! | `catalog` | answers about the kinds of content |
//! | `downloads` | the files that are made of a page to take along |
//! | [`index`](mod@index) | what search knows of each page, and the files of the search index |
//! | [`live`] | the search index while somebody writes |
//! | `naming` | the names of search indexes in pages, which are known late |
//! | `templates` | the engine that holds its templates |
//! | [`texts`] | which texts must be rendered, and what they became |
//! | [`job`] | which jobs there are, and how one is done |
//! | [`jobs`] | which must be done, and doing them |
//! | `late` | what is made when everything else is made |
//! | [`reactions`] | what members wrote and was accepted |
//! | [`outputs_of_reactions`] | what is made of that besides pages: feeds, the list of pages |
//! | [`outputs_of_kinds`] | what a kind declares besides pages: calendars, open data |
//! | [`links`] | whether internal links lead somewhere |
//! | [`pointing`] | which line of a file a late complaint is about |
//! | [`world`] | all that is known in one build |
//! | [`tracer`] | answers the questions of one job and notes them |
//! | [`dirty`] | what an edit of texts touches |
//! | `identities` | the identities of pages, sections, terms and taxonomies |
//! | `shelf` | the objects and identities made so far |
//! | [`query`], [`ledger`] | questions, answers, and what rests on them |
//! | [`cache`] | the ledger on disk |
//! | [`files`], [`network`] | what is in files; what the network says |
//! | [`report`] | what was done, what was reused, and why |
//!
//! **Dependencies are observed, not declared.** A job asks through one [`tracer`]; every question is noted with the
//! identity of its answer. A job is done again when the job itself or one of these answers changed, and never otherwise.

pub mod asking;
pub mod cache;
mod catalog;
pub mod dialect;
pub mod dirty;
mod downloads;
pub mod files;
mod identities;
pub mod index;
pub mod job;
pub mod jobs;
mod late;
pub mod ledger;
pub mod links;
pub mod live;
pub mod load;
mod naming;
mod network;
pub mod outputs_of_kinds;
pub mod outputs_of_reactions;
mod pointing;
pub mod query;
pub mod reactions;
pub mod report;
mod shelf;
mod steps;
mod templates;
pub mod texts;
pub mod tracer;
pub mod world;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::base::hash::Quick;
use crate::base::{Artifact, Content, Diagnostic, OutPath, SourcePath};
use crate::model::config::Mode;
use crate::model::reaction::Source;
use crate::source::{Snapshot, Sources};
use crate::write::WriteError;

use ledger::Ledger;
use load::Loaded;
pub use report::{Report, Step};
use world::World;

/// How to build.
#[derive(Clone, Debug, Hash)]
pub struct Options {
    /// The settings' file, from the root of the site.
    pub config_file: String,
    /// Instead of the settings' `base_url`.
    pub base_url: Option<String>,
    /// Whether drafts are built too.
    pub drafts: bool,
    /// Whether HTML is made smaller, whatever the settings say.
    pub minify: bool,
    /// Whether outputs in a folder have compressed copies beside them.
    pub precompress: bool,
    /// What for.
    pub mode: Mode,
    /// Where reactions come from, instead of what the settings say.
    pub reactions: Option<Source>,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            config_file: "zola.toml".to_owned(),
            base_url: None,
            drafts: false,
            minify: false,
            precompress: false,
            mode: Mode::Build,
            reactions: None,
        }
    }
}

/// Where outputs go.
#[derive(Clone, Debug)]
pub enum Target {
    /// To a folder on disk. None means the settings' `output_dir` below the root.
    Folder {
        /// The root of the site.
        root: PathBuf,
        /// The folder.
        output: Option<PathBuf>,
    },
    /// To memory; see [`Engine::outputs`].
    Memory,
    /// Nowhere: everything is made and thrown away, to see whether it can be made.
    Nowhere,
}

/// What came of a build.
pub struct Outcome {
    /// Complaints, in order.
    pub diagnostics: Vec<Diagnostic>,
    /// What was done.
    pub report: Report,
    /// Outputs whose bytes changed or that are gone.
    pub changed: Vec<OutPath>,
}

impl Outcome {
    /// Whether the site was built.
    pub fn is_ok(&self) -> bool {
        !self.diagnostics.iter().any(Diagnostic::is_error)
    }
}

/// Is shown the world as it is now, and the pages of edited texts, before everything else is done.
pub type First<'f> = dyn FnMut(&Arc<World>, &[Artifact]) + 'f;

/// The machine failed, or somebody stopped it.
#[derive(Debug, thiserror::Error)]
pub enum EngineError {
    /// Sources could not be read.
    #[error("The sources cannot be read: {0}")]
    Sources(#[from] std::io::Error),
    /// Outputs could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// Somebody stopped it.
    #[error("Stopped before the end. Nothing was changed in the output folder.")]
    Interrupted,
}

/// Builds a site, again and again.
pub struct Engine {
    sources: Arc<dyn Sources>,
    options: Options,
    target: Target,
    /// Set from outside to stop a build.
    stop: Arc<AtomicBool>,
    progress: Arc<dyn Fn(Step, usize, usize) + Send + Sync>,
    /// Where the ledger is kept between runs, if it is.
    cache: Option<PathBuf>,
    /// Reaches the reactions that are outside of the site, if anything does.
    provider: Option<Arc<reactions::Provider>>,
    memory: Memory,
}

/// What is kept between builds.
#[derive(Default)]
struct Memory {
    snapshot: Option<Snapshot>,
    known: HashMap<SourcePath, files::Known, Quick>,
    /// The files of the last build, which know what is in them.
    files: Option<Arc<files::Files>>,
    loaded: Option<Loaded>,
    world: Option<Arc<World>>,
    ledger: Ledger,
    outputs: HashMap<OutPath, Content>,
    /// What the output folder held after the last build, when that is known.
    manifest: Option<cache::Manifest>,
    reactions: reactions::Memory,
}

impl Engine {
    /// An engine that has built nothing yet.
    pub fn new(sources: Arc<dyn Sources>, options: Options, target: Target) -> Self {
        Engine {
            sources,
            options,
            target,
            stop: Arc::default(),
            progress: Arc::new(|_, _, _| ()),
            cache: None,
            provider: None,
            memory: Memory::default(),
        }
    }

    /// Keeps what was done in a folder, for the next run of the program.
    pub fn with_cache(mut self, folder: impl Into<PathBuf>) -> Self {
        self.cache = Some(folder.into());
        self
    }

    /// Asks here, on each build, for reactions that are outside of the site: at an endpoint, in a database. Without, there are
    /// none.
    pub fn with_reactions(mut self, provider: Arc<reactions::Provider>) -> Self {
        self.provider = Some(provider);
        self
    }

    /// The same from now on, for this source, whatever the settings name.
    pub fn take_reactions(
        &mut self,
        source: crate::model::reaction::Source,
        provider: Arc<reactions::Provider>,
    ) {
        self.options.reactions = Some(source);
        self.provider = Some(provider);
    }

    /// Tells how far it is: the step, how much is done, how much there is.
    pub fn with_progress(mut self, progress: impl Fn(Step, usize, usize) + Send + Sync + 'static) -> Self {
        self.progress = Arc::new(progress);
        self
    }

    /// A flag that stops a build when it is set.
    pub fn stop_flag(&self) -> Arc<AtomicBool> {
        self.stop.clone()
    }

    /// Every output in memory.
    pub fn outputs(&self) -> &HashMap<OutPath, Content> {
        &self.memory.outputs
    }

    /// Which dialect the site of the last build speaks, and why; none when its settings could not be read.
    pub fn finding(&self) -> Option<&dialect::Finding> {
        self.memory.loaded.as_ref().map(|loaded| &loaded.finding)
    }

    /// The world of the last build that got so far.
    pub fn world(&self) -> Option<&Arc<World>> {
        self.memory.world.as_ref()
    }

    /// The files outside of the site's folders that were asked for.
    pub fn asked_elsewhere(&self) -> BTreeSet<SourcePath> {
        self.memory.world.as_ref().map(|world| world.files.elsewhere()).unwrap_or_default()
    }

    /// Builds. `changed` names what may have changed since the last build, files or folders; none means anything may.
    pub fn build(&mut self, changed: Option<&[SourcePath]>) -> Result<Outcome, EngineError> {
        self.build_showing(changed, &mut |_, _| ())
    }

    /// Builds. When only texts were edited and outputs go to memory, `first` is shown the pages of those texts as soon as
    /// they are made, before everything else that the edit touches.
    pub fn build_showing(
        &mut self,
        changed: Option<&[SourcePath]>,
        first: &mut First<'_>,
    ) -> Result<Outcome, EngineError> {
        let mut report = Report::start();
        let mut diagnostics = Vec::new();
        self.memory.reactions.begin();
        let starting = self.memory.world.is_none() && self.cache.is_some();
        let (snapshot, changes) = self.scan(changed, &mut report, &mut diagnostics)?;
        if starting {
            self.restore(&snapshot, &mut report, &mut diagnostics);
            if report.nothing_changed {
                return Ok(Self::outcome(diagnostics, report));
            }
        }
        let Some(world) = self.load(snapshot, changes, &mut report, &mut diagnostics) else {
            return Ok(Self::outcome(diagnostics, report));
        };
        if self.options.mode != Mode::Check && !world.config.kinds.is_empty() {
            diagnostics.extend(self.stops(&world));
        }
        let loaded_well = !diagnostics.iter().any(Diagnostic::is_error);
        self.render_texts(&world, &mut report, &mut diagnostics)?;
        self.memory.world = Some(world.clone());
        if !loaded_well || diagnostics.iter().any(Diagnostic::is_error) {
            diagnostics.extend(job::faults_of_styles(&world));
            pointing::point(&mut diagnostics, &world.files);
            world.forget_previous();
            return Ok(Self::outcome(diagnostics, report));
        }
        let outcome = self.make_outputs(&world, report, diagnostics, first);
        world.forget_previous();
        outcome
    }

    fn outcome(mut diagnostics: Vec<Diagnostic>, report: Report) -> Outcome {
        Diagnostic::sort(&mut diagnostics);
        Diagnostic::fold(&mut diagnostics);
        Outcome { diagnostics, report: report.finish(), changed: Vec::new() }
    }
}
