//! The steps of a build, one by one.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Instant;

use super::dialect::Finding;
use super::jobs::{self, Sink};
use super::world::World;
use super::{
    Engine, EngineError, First, Outcome, Report, Step, Target, cache, files, links, load, pointing, texts,
    world,
};
use crate::base::SourcePath;
use crate::base::{Artifact, Diagnostic};
use crate::check::rules;
use crate::model::Config;
use crate::source::{Change, Snapshot};
use crate::write::publish::Wanted;
use crate::write::{Stage, guard};

impl Engine {
    pub(super) fn check_stop(&self) -> Result<(), EngineError> {
        if self.stop.load(Ordering::Relaxed) { Err(EngineError::Interrupted) } else { Ok(()) }
    }

    pub(super) fn render_texts(
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
        if self.memory.loaded.as_ref().is_some_and(load::Loaded::has_stand_in) {
            // Templates in texts may lack what is at fault among the templates of the site, which has been told.
            diagnostics.retain(|told| !matches!(told.code, "body/template" | "body/decoration"));
        }
        report.time(Step::Texts, started);
        Ok(())
    }

    /// Makes what must be made, and puts it in its place when all went well.
    pub(super) fn make_outputs(
        &mut self,
        world: &Arc<World>,
        mut report: Report,
        mut diagnostics: Vec<Diagnostic>,
        first: &mut First<'_>,
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
        let mut run = jobs::Run {
            world,
            ledger: &mut self.memory.ledger,
            sink: &sink,
            lost: &lost,
            stop: &self.stop,
            progress: &*self.progress,
            sources: &*self.sources,
            standing: &self.memory.outputs,
            precompress: self.options.precompress,
        };
        let mut made = jobs::run(&mut run, first);
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
        let settled = jobs::settle(&mut self.memory.ledger, world, made);
        let started = Instant::now();
        self.put_in_place(world, sink, output, &settled, &mut report)?;
        report.time(Step::Write, started);
        let mut outcome = Self::outcome(diagnostics, report);
        self.save(world, &outcome);
        outcome.changed = settled.changed;
        Ok(outcome)
    }
}

impl Engine {
    /// Finds out which files there are.
    pub(super) fn scan(
        &mut self,
        changed: Option<&[SourcePath]>,
        report: &mut Report,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Result<(Snapshot, Option<Vec<Change>>), EngineError> {
        let started = Instant::now();
        let (snapshot, changes) = match (self.memory.snapshot.take(), changed) {
            (Some(mut snapshot), Some(changed)) => {
                let mut changes = Vec::new();
                let covered = load::covered(&self.options.config_file);
                for path in changed.iter().filter(|path| files::lies_in(path, &covered)) {
                    changes.extend(snapshot.replace(path, self.sources.scan(path)?.files));
                }
                (snapshot, Some(changes))
            }
            _ => {
                let scan = load::scan(&*self.sources, &self.options.config_file)?;
                diagnostics.extend(scan.unreadable.iter().map(|name| load::unreadable_name(name)));
                (Snapshot::new(scan.files), None)
            }
        };
        self.memory.snapshot = Some(snapshot.clone());
        report.time(Step::Scan, started);
        Ok((snapshot, changes))
    }

    /// Says which dialect the site speaks, and why, without building it. None when its settings cannot be understood.
    pub fn find_dialect(&mut self) -> Result<(Option<Finding>, Vec<Diagnostic>), EngineError> {
        let mut diagnostics = Vec::new();
        let (snapshot, _) = self.scan(None, &mut Report::start(), &mut diagnostics)?;
        let covered = load::covered(&self.options.config_file);
        let files = Arc::new(files::Files::new(self.sources.clone(), snapshot, covered, Default::default()));
        let (finding, told) = load::finding(&files, &self.options);
        diagnostics.extend(told);
        Ok((finding, diagnostics))
    }

    /// What the kinds of the site demand and its pages lack.
    pub(super) fn stops(&self, world: &World) -> Vec<Diagnostic> {
        let read = |path: &SourcePath| world.files.read(path).ok().flatten().map(|(bytes, _)| bytes);
        rules::stops(&rules::Given {
            config: &world.config,
            config_file: SourcePath::new(&self.options.config_file),
            site: &world.site,
            files: world.files.snapshot().iter().map(|(path, _)| path.clone()).collect(),
            read: &read,
            today: rules::day_of(world.now),
            drafts: self.options.drafts,
        })
    }

    /// The settings of the site, with the kinds it declares; none when they cannot be understood. Nothing is built.
    pub fn settings(&mut self) -> Result<(Option<Config>, Vec<Diagnostic>), EngineError> {
        if let Some(world) = &self.memory.world {
            return Ok((Some((*world.config).clone()), Vec::new()));
        }
        let mut diagnostics = Vec::new();
        let (snapshot, _) = self.scan(None, &mut Report::start(), &mut diagnostics)?;
        let covered = load::covered(&self.options.config_file);
        let files = files::Files::new(self.sources.clone(), snapshot, covered, Default::default());
        let (config, told) = load::settings(&files, &self.options);
        diagnostics.extend(told);
        Ok((config, diagnostics))
    }

    /// Understands what has changed and resolves the site. None when there is no telling what the site is.
    pub(super) fn load(
        &mut self,
        snapshot: Snapshot,
        changes: Option<Vec<Change>>,
        report: &mut Report,
        diagnostics: &mut Vec<Diagnostic>,
    ) -> Option<Arc<World>> {
        let started = Instant::now();
        let known = match self.memory.files.take() {
            Some(files) => files.take_known(),
            None => std::mem::take(&mut self.memory.known),
        };
        let covered = load::covered(&self.options.config_file);
        let files = Arc::new(files::Files::new(self.sources.clone(), snapshot, covered, known));
        self.memory.files = Some(files.clone());
        if let Some(world) = changes.and_then(|changes| self.take_up_texts(&changes, &files)) {
            diagnostics.extend(self.memory.loaded.iter().flat_map(|loaded| loaded.told.iter().cloned()));
            diagnostics.extend(world.reactions.complaints(&world.site, &world.config, &self.options));
            report.time(Step::Load, started);
            return Some(world);
        }
        let before = self.memory.loaded.take();
        let (loaded, complaints) = load::load(&files, &self.options, before);
        let mut told = complaints;
        report.time(Step::Load, started);
        let started = Instant::now();
        let parts = loaded.as_ref().and_then(|loaded| loaded.resolve(&mut told));
        diagnostics.extend(told.iter().cloned());
        self.memory.loaded = loaded.map(|loaded| loaded.having_told(told));
        report.time(Step::Resolve, started);
        let load::Resolved { config, site, raw, templates } = parts?;
        let reactions = self.reactions(&config, &files);
        diagnostics.extend(reactions.complaints(&site, &config, &self.options));
        let sources = self.sources.clone();
        let parts = world::Parts { config, site, raw, templates, files, sources, reactions };
        Some(Arc::new(World::new(parts, self.memory.world.take())))
    }

    /// The way that most edits go: nothing changed but texts, so the site is as it was.
    fn take_up_texts(&mut self, changes: &[Change], files: &Arc<files::Files>) -> Option<Arc<World>> {
        let before = self.memory.world.clone().filter(|world| world.is_settled())?;
        // Other reactions are other feeds, so then the jobs are worked out anew.
        let reactions = self.reactions(&before.config, files);
        if reactions.hash != before.reactions.hash {
            return None;
        }
        let loaded =
            self.memory.loaded.as_mut().filter(|loaded| !loaded.told.iter().any(Diagnostic::is_error))?;
        let texts = loaded.only_texts(changes, files)?;
        let edits = texts
            .into_iter()
            .filter_map(|(relative, text)| Some((*before.site.by_relative.get(&relative)?, text)));
        let edits = edits.collect();
        self.memory.world = None;
        let mut world = World::edited(before, edits, files.clone());
        world.reactions = reactions;
        Some(Arc::new(world))
    }

    pub(super) fn output_folder(&self, world: &World) -> Option<PathBuf> {
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

    pub(super) fn sink(&self, world: &World, output: Option<&std::path::Path>) -> Result<Sink, EngineError> {
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
        settled: &jobs::Settled,
        report: &mut Report,
    ) -> Result<(), EngineError> {
        match (sink, output) {
            (Sink::Stage(stage), Some(folder)) => {
                let wanted = jobs::output_paths(&self.memory.ledger);
                let keep_dotfiles = world.config.preserve_dotfiles_in_output;
                // When this fails halfway, nobody knows what stands in the folder.
                self.memory.manifest = None;
                report.removed = stage.publish(&Wanted { files: &wanted, keep_dotfiles })?.removed;
                self.memory.manifest = Some(cache::Manifest::of(&folder, &world.config.output_dir, &wanted));
            }
            (Sink::Memory(fresh), _) => {
                let fresh = fresh.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
                if settled.paths_changed {
                    let wanted = jobs::output_paths(&self.memory.ledger);
                    self.memory.outputs.retain(|path, _| wanted.contains(path));
                }
                self.memory
                    .outputs
                    .extend(fresh.into_iter().map(|Artifact { path, content, .. }| (path, content)));
            }
            _ => {}
        }
        Ok(())
    }

    /// Takes up what an earlier run of the program left, if it can be trusted.
    pub(super) fn restore(
        &mut self,
        snapshot: &Snapshot,
        report: &mut Report,
        diagnostics: &mut Vec<Diagnostic>,
    ) {
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
    pub(super) fn nothing_changed(&self, snapshot: &Snapshot, kept: &cache::Kept) -> bool {
        let Target::Folder { root, output } = &self.target else { return false };
        let Some(manifest) = &kept.manifest else { return false };
        let folder = output.clone().unwrap_or_else(|| root.join(&manifest.output_dir));
        kept.complete
            && cache::unchanged(snapshot, kept, &*self.sources)
            && matches!(manifest.lost(&folder), jobs::Lost::Nothing)
    }

    /// Keeps what was done for the next run of the program. A cache that cannot be written is no fault: the next run
    /// starts from nothing.
    pub(super) fn save(&self, world: &World, outcome: &Outcome) {
        if let Some(folder) = &self.cache {
            if world.config.reactions.is_some() && !outcome.report.done.is_empty() {
                // What was withdrawn must not wait there for the next question.
                cache::remove_indexes(&folder.join("search"));
            }
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
