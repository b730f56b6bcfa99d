//! Conducts the steps and remembers what depended on what. In: sources and options. Out: the site in its place and a
//! [`Report`] of what was done, or complaints and everything as it was.
//!
//! | file | what it answers |
//! |---|---|
//! | [`load`] | files → settings, templates, parsed files, site |
//! | [`texts`] | which texts must be rendered, and what they became |
//! | [`job`] | which jobs there are, and how one is done |
//! | [`jobs`] | which must be done, and doing them |
//! | [`links`] | whether internal links lead somewhere |
//! | [`pointing`] | which line of a file a late complaint is about |
//! | [`world`] | all that is known in one build |
//! | [`tracer`] | answers the questions of one job and notes them |
//! | [`query`], [`ledger`] | questions, answers, and what rests on them |
//! | [`cache`] | the ledger on disk |
//! | [`files`], [`network`] | what is in files; what the network says |
//! | [`report`] | what was done, what was reused, and why |
//!
//! **Dependencies are observed, not declared.** A job asks through one [`tracer`]; every question is noted with the
//! identity of its answer. A job is done again when the job itself or one of these answers changed, and never otherwise.

pub mod cache;
pub mod files;
pub mod job;
pub mod jobs;
pub mod ledger;
pub mod links;
pub mod load;
mod network;
mod pointing;
pub mod query;
pub mod report;
pub mod texts;
pub mod tracer;
pub mod world;

use std::collections::{BTreeSet, HashMap};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Instant;

use crate::base::{Artifact, Content, Diagnostic, OutPath, SourcePath};
use crate::model::config::Mode;
use crate::source::{Snapshot, Sources};
use crate::write::publish::Wanted;
use crate::write::{Stage, WriteError, guard};

use jobs::Sink;
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
    /// What for.
    pub mode: Mode,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            config_file: "zola.toml".to_owned(),
            base_url: None,
            drafts: false,
            minify: false,
            mode: Mode::Build,
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
    /// To memory; see [`Engine::output`].
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
    memory: Memory,
}

/// What is kept between builds.
#[derive(Default)]
struct Memory {
    snapshot: Option<Snapshot>,
    known: HashMap<SourcePath, files::Known>,
    loaded: Option<Loaded>,
    world: Option<Arc<World>>,
    ledger: Ledger,
    outputs: HashMap<OutPath, Content>,
    /// What the output folder held after the last build, when that is known.
    manifest: Option<cache::Manifest>,
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
            memory: Memory::default(),
        }
    }

    /// Keeps what was done in a folder, for the next run of the program.
    pub fn with_cache(mut self, folder: impl Into<PathBuf>) -> Self {
        self.cache = Some(folder.into());
        self
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

    /// Instead of the settings' base URL, from the next build on.
    pub fn set_base_url(&mut self, url: String) {
        self.options.base_url = Some(url);
    }

    /// An output in memory.
    pub fn output(&self, path: &OutPath) -> Option<&Content> {
        self.memory.outputs.get(path)
    }

    /// Every output in memory.
    pub fn outputs(&self) -> &HashMap<OutPath, Content> {
        &self.memory.outputs
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
        let mut report = Report::start();
        let mut diagnostics = Vec::new();
        let first = self.memory.world.is_none() && self.cache.is_some();
        let snapshot = self.scan(changed, &mut report, &mut diagnostics)?;
        if first {
            self.restore(&snapshot, &mut report, &mut diagnostics);
            if report.nothing_changed {
                return Ok(Self::outcome(diagnostics, report));
            }
        }
        let Some(world) = self.load(snapshot, &mut report, &mut diagnostics) else {
            return Ok(Self::outcome(diagnostics, report));
        };
        let loaded_well = !diagnostics.iter().any(Diagnostic::is_error);
        self.render_texts(&world, &mut report, &mut diagnostics)?;
        self.memory.world = Some(world.clone());
        if !loaded_well || diagnostics.iter().any(Diagnostic::is_error) {
            diagnostics.extend(job::faults_of_styles(&world));
            pointing::point(&mut diagnostics, &world.files);
            world.forget_previous();
            return Ok(Self::outcome(diagnostics, report));
        }
        let outcome = self.make_outputs(&world, report, diagnostics);
        world.forget_previous();
        outcome
    }

    fn outcome(mut diagnostics: Vec<Diagnostic>, report: Report) -> Outcome {
        Diagnostic::sort(&mut diagnostics);
        Diagnostic::fold(&mut diagnostics);
        Outcome { diagnostics, report: report.finish(), changed: Vec::new() }
    }

    fn check_stop(&self) -> Result<(), EngineError> {
        if self.stop.load(Ordering::Relaxed) { Err(EngineError::Interrupted) } else { Ok(()) }
    }

    fn render_texts(
        &mut self,
        world: &Arc<World>,
        report: &mut Report,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<(), EngineError> {
        let started = Instant::now();
        let broken = self.memory.loaded.as_ref().map(|loaded| loaded.broken.clone()).unwrap_or_default();
        let ledger = &mut self.memory.ledger;
        texts::render(world, ledger, &self.stop, &*self.progress, report, diagnostics);
        self.check_stop()?;
        links::check(world, diagnostics);
        // A link to a file that is itself at fault is no fault of its own.
        diagnostics.retain(|told| {
            !(told.code == "link/missing"
                && broken.iter().any(|file| told.message.contains(&format!("{file}`"))))
        });
        if self.memory.loaded.as_ref().is_some_and(Loaded::has_stand_in) {
            // Templates in texts may lack what is at fault among the templates of the site, which has been told.
            diagnostics.retain(|told| !matches!(told.code, "body/template" | "body/decoration"));
        }
        report.time(Step::Texts, started);
        Ok(())
    }

    /// Makes what must be made, and puts it in its place when all went well.
    fn make_outputs(
        &mut self,
        world: &Arc<World>,
        mut report: Report,
        mut diagnostics: Vec<Diagnostic>,
    ) -> Result<Outcome, EngineError> {
        let started = Instant::now();
        let output = self.output_folder(world);
        if let Some(told) = self.unsafe_setting(output.as_deref(), &world.config.output_dir) {
            diagnostics.push(told);
            pointing::point(&mut diagnostics, &world.files);
            return Ok(Self::outcome(diagnostics, report));
        }
        let sink = self.sink(world, output.as_deref())?;
        let lost = match (&output, &self.memory.manifest) {
            (Some(folder), Some(manifest)) => manifest.lost(folder),
            (Some(_), None) => jobs::Lost::All,
            _ if matches!(self.target, Target::Memory) && self.memory.outputs.is_empty() => jobs::Lost::All,
            _ => jobs::Lost::Nothing,
        };
        let mut made = jobs::run(&mut jobs::Run {
            world,
            ledger: &mut self.memory.ledger,
            sink: &sink,
            lost: &lost,
            stop: &self.stop,
            progress: &*self.progress,
            sources: &*self.sources,
        });
        report.time(Step::Outputs, started);
        let stopped = self.check_stop();
        if made.failure.is_some() || stopped.is_err() {
            jobs::forget(&mut self.memory.ledger, &made);
            return Err(made.failure.map_or(EngineError::Interrupted, EngineError::Write));
        }
        made.tell(&mut report, &mut diagnostics);
        diagnostics.extend(load::unreadable(&world.files));
        pointing::point(&mut diagnostics, &world.files);
        let failed = diagnostics.iter().any(Diagnostic::is_error);
        if failed {
            // What was made was not put in place, so it was not done.
            jobs::forget(&mut self.memory.ledger, &made);
            return Ok(Self::outcome(diagnostics, report));
        }
        let changed = jobs::settle(&mut self.memory.ledger, world, made);
        let started = Instant::now();
        self.put_in_place(world, sink, output, &mut report)?;
        report.time(Step::Write, started);
        let mut outcome = Self::outcome(diagnostics, report);
        self.save(world, &outcome);
        outcome.changed = changed;
        Ok(outcome)
    }
}

/// Scanning, loading, keeping.
impl Engine {
    /// Finds out which files there are.
    fn scan(
        &mut self,
        changed: Option<&[SourcePath]>,
        report: &mut Report,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<Snapshot, EngineError> {
        let started = Instant::now();
        let snapshot = match (self.memory.snapshot.take(), changed) {
            (Some(mut snapshot), Some(changed)) => {
                for path in changed.iter().filter(|path| load::covers(path, &self.options.config_file)) {
                    snapshot.replace(path, self.sources.scan(path)?.files);
                }
                snapshot
            }
            _ => {
                let scan = load::scan(&*self.sources, &self.options.config_file)?;
                diagnostics.extend(scan.unreadable.iter().map(|name| load::unreadable_name(name)));
                Snapshot::new(scan.files)
            }
        };
        self.memory.snapshot = Some(snapshot.clone());
        report.time(Step::Scan, started);
        Ok(snapshot)
    }

    /// Understands what has changed and resolves the site. None when there is no telling what the site is.
    fn load(
        &mut self,
        snapshot: Snapshot,
        report: &mut Report,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Arc<World>> {
        let known = match &self.memory.world {
            Some(world) => world.files.known().into_iter().collect(),
            None => std::mem::take(&mut self.memory.known),
        };
        let files = Arc::new(files::Files::new(
            self.sources.clone(),
            snapshot,
            load::covered(&self.options.config_file),
            known,
        ));
        let started = Instant::now();
        let before = self.memory.loaded.take();
        let (loaded, complaints) = load::load(&files, &self.options, before);
        diagnostics.extend(complaints);
        report.time(Step::Load, started);
        let started = Instant::now();
        let parts = loaded.as_ref().and_then(|loaded| loaded.resolve(diagnostics));
        self.memory.loaded = loaded;
        report.time(Step::Resolve, started);
        let (config, site, templates) = parts?;
        let parts = world::Parts { config, site, templates, files, sources: self.sources.clone() };
        Some(Arc::new(World::new(parts, self.memory.world.take())))
    }

    fn output_folder(&self, world: &World) -> Option<PathBuf> {
        match &self.target {
            Target::Folder { output: Some(folder), .. } => Some(folder.clone()),
            Target::Folder { root, output: None } => Some(root.join(&world.config.output_dir)),
            Target::Memory | Target::Nowhere => None,
        }
    }

    /// A complaint when the settings, and not somebody on the command line, name an output folder that must not be one.
    fn unsafe_setting(&self, output: Option<&std::path::Path>, written: &str) -> Option<Diagnostic> {
        let Target::Folder { root, output: None } = &self.target else { return None };
        let said = guard::check(root, output?).err()?.to_string();
        // The folder is named as it is written in the settings.
        let message = said.replacen(said.split('`').nth(1).unwrap_or_default(), written, 1);
        let file = SourcePath::new(&self.options.config_file);
        let hint = "Write `output_dir = \"public\"`, or take the line away.";
        Some(Diagnostic::error("config/output-dir", message).in_file(&file).hint(hint))
    }

    fn sink(&self, world: &World, output: Option<&std::path::Path>) -> Result<Sink, EngineError> {
        Ok(match (&self.target, output) {
            (Target::Folder { root, .. }, Some(folder)) => {
                guard::check(root, folder)?;
                Sink::Stage(Stage::new(folder, world.config.hard_link_static)?)
            }
            (Target::Memory, _) => Sink::Memory(Default::default()),
            _ => Sink::Nowhere,
        })
    }

    /// Puts the outputs of a build that went well in their place.
    fn put_in_place(
        &mut self,
        world: &World,
        sink: Sink,
        output: Option<PathBuf>,
        report: &mut Report,
    ) -> Result<(), EngineError> {
        let wanted = jobs::output_paths(&self.memory.ledger);
        match (sink, output) {
            (Sink::Stage(stage), Some(folder)) => {
                let keep_dotfiles = world.config.preserve_dotfiles_in_output;
                report.removed = stage.publish(&Wanted { files: &wanted, keep_dotfiles })?.removed;
                self.memory.manifest = Some(cache::Manifest::of(&folder, &world.config.output_dir, &wanted));
            }
            (Sink::Memory(fresh), _) => {
                let fresh = fresh.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
                self.memory.outputs.retain(|path, _| wanted.contains(path));
                self.memory
                    .outputs
                    .extend(fresh.into_iter().map(|Artifact { path, content }| (path, content)));
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes up what an earlier run of the program left, if it can be trusted.
    fn restore(&mut self, snapshot: &Snapshot, report: &mut Report, diagnostics: &mut Vec<Diagnostic>) {
        let started = Instant::now();
        let Some(folder) = &self.cache else { return };
        let Some(mut kept) = cache::read(folder, &self.options) else { return };
        if self.nothing_changed(snapshot, &kept) {
            report.reused = kept.ledger.jobs.len() + kept.ledger.texts.len();
            report.nothing_changed = true;
            report.counts = kept.counts;
            diagnostics.append(&mut kept.warnings);
        } else {
            cache::read_texts(folder, &self.options, &mut kept.ledger);
            self.memory.known = kept.known;
            self.memory.ledger = kept.ledger;
            self.memory.manifest = kept.manifest;
        }
        report.time(Step::Cache, started);
    }

    /// Whether no file changed since the last run, nothing else can have, and the output stands as it was left.
    fn nothing_changed(&self, snapshot: &Snapshot, kept: &cache::Kept) -> bool {
        let Target::Folder { root, output } = &self.target else { return false };
        let Some(manifest) = &kept.manifest else { return false };
        let folder = output.clone().unwrap_or_else(|| root.join(&manifest.output_dir));
        kept.complete
            && cache::unchanged(snapshot, kept, &*self.sources)
            && matches!(manifest.lost(&folder), jobs::Lost::Nothing)
    }

    /// Keeps what was done for the next run of the program. A cache that cannot be written is no fault: the next run
    /// starts from nothing.
    fn save(&self, world: &World, outcome: &Outcome) {
        if let Some(folder) = &self.cache {
            cache::write(
                folder,
                &self.options,
                world,
                &self.memory.ledger,
                self.memory.manifest.as_ref(),
                outcome,
            );
        }
    }
}
