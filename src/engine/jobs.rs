//! Which jobs there are, which must be done, and doing them. In: a world with texts, the ledger, and a sink. Out:
//! outputs in the sink, and what the ledger is to remember.
//!
//! Jobs run side by side and know nothing of each other. Images come last: they are ordered while the rest is made.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use indexmap::IndexSet;
use rayon::prelude::*;

use super::ledger::{Changes, Entry, JobResult, Ledger, Output, Why};
use super::query::{Known, Query};
use super::report::{Report, Step};
use super::tracer::{Notes, Tracer};
use super::world::{Early, World};
use crate::base::hash::Quick;
use crate::base::{Artifact, Content, Diagnostic, Hash128, OutPath, Severity};
use crate::model::config::Mode;
use crate::model::mark;
use crate::source::Sources;
use crate::template::ImageJob;
use crate::write::{Stage, WriteError};

use super::First;
use super::job::Job;
use super::late;
use super::naming::{self, Names};

/// Where outputs go while they are made.
pub enum Sink {
    /// To wait beside the output folder.
    Stage(Stage),
    /// To memory.
    Memory(Mutex<Vec<Artifact>>),
    /// Nowhere.
    Nowhere,
}

/// Which outputs of the last build are gone.
pub enum Lost {
    /// None.
    Nothing,
    /// These.
    Some(HashSet<String>),
    /// All.
    All,
}

impl Lost {
    /// Whether an output is among them.
    fn holds(&self, output: &Output) -> bool {
        match self {
            Lost::Nothing => false,
            Lost::Some(paths) => paths.contains(&output.path),
            Lost::All => true,
        }
    }
}

/// What is needed to do jobs.
pub(super) struct Run<'a> {
    pub(super) world: &'a Arc<World>,
    pub(super) ledger: &'a mut Ledger,
    pub(super) sink: &'a Sink,
    pub(super) lost: &'a Lost,
    pub(super) stop: &'a AtomicBool,
    pub(super) progress: &'a (dyn Fn(Step, usize, usize) + Send + Sync),
    pub(super) sources: &'a dyn Sources,
    /// What earlier builds put in memory.
    pub(super) standing: &'a HashMap<OutPath, Content>,
    /// Whether outputs have compressed copies.
    pub(super) precompress: bool,
}

/// The jobs of a site, images left out.
pub struct Plan {
    /// Those that are done before the others, because templates may ask for what they make.
    pub(super) early: Vec<Todo>,
    pub(super) rest: Vec<Todo>,
    /// Those that are done after the others, because they are about all of them.
    pub(super) late: Vec<Todo>,
    /// What is wrong with the plan itself.
    told: Vec<Diagnostic>,
}

/// What came of all jobs.
pub(super) struct Made {
    /// What was done, by name; everything else was reused.
    pub(super) came: Vec<(String, Came)>,
    reused: usize,
    /// Every question that was asked: many ask the same.
    questions: Mutex<IndexSet<Query, Quick>>,
    /// What was not in the plan: images, and compressed copies.
    unplanned: Vec<Todo>,
    diagnostics: Vec<Diagnostic>,
    /// Writing failed.
    pub(super) failure: Option<WriteError>,
}

/// What came of one job that was done.
pub(super) enum Came {
    Done {
        subject: Hash128,
        why: Why,
        /// What it asked, by places in [`Made::questions`].
        asked: Box<[u32]>,
        /// The rest of its notes.
        notes: Box<Notes>,
        outputs: Vec<Output>,
    },
    Failed {
        why: Why,
    },
}

/// A job with its name and the identity of what it makes.
pub(super) struct Todo {
    pub(super) job: Job,
    pub(super) name: String,
    subject: Hash128,
}

/// Does what must be done. What was just edited comes first, and `first` is shown what became of it: whoever is writing
/// looks at that page, while many others may have to be done again because they could show it.
pub(super) fn run(run: &mut Run<'_>, first: &mut First<'_>) -> Made {
    let world = run.world;
    let plan = world.plan(|| plan(world)).clone();
    let mut made = Made {
        came: Vec::new(),
        reused: 0,
        questions: Mutex::default(),
        unplanned: Vec::new(),
        diagnostics: plan.told.clone(),
        failure: None,
    };
    run.ledger.ask_again(
        |query| query.known() == Known::AfterTexts && world.may_have_changed(query),
        |query| world.answer(query),
    );
    let early: Vec<&Todo> = plan.early.iter().collect();
    do_all(run, &run.ledger.pending(), &early, &mut made);
    world.set_early_outputs(early_outputs(run.ledger, &made, &plan.early));
    run.ledger.ask_again(|query| query.known() == Known::AfterEarlyOutputs, |query| world.answer(query));
    let changes = run.ledger.pending();
    // Who only shows a site makes its search indexes apart, so that no page waits for them.
    let apart = world.config.mode == Mode::Serve && matches!(run.sink, Sink::Memory(_));
    let wanted = plan.rest.iter().filter(|todo| !(apart && matches!(todo.job, Job::Index(_))));
    let (urgent, rest): (Vec<&Todo>, Vec<&Todo>) = match world.edited_texts() {
        Some(edited) => wanted.partition(|todo| todo.job.is_about(edited)),
        None => (Vec::new(), wanted.collect()),
    };
    if !urgent.is_empty() {
        do_all(run, &changes, &urgent, &mut made);
        if let Sink::Memory(outputs) = run.sink {
            first(world, &lock(outputs));
        }
    }
    do_all(run, &changes, &rest, &mut made);
    let mut images: Vec<Todo> = ordered(run.ledger, &plan, &made)
        .into_iter()
        .map(|image| Todo::new(Job::Image(image), world))
        .collect();
    do_all(run, &changes, &images.iter().collect::<Vec<_>>(), &mut made);
    let names = Names::of(run, &plan, &made);
    let written = naming::write(run, &plan, &names, &made);
    made.failure = made.failure.take().or(written.err());
    let late = late::headers(run, &plan, &names, &made);
    do_all(run, &changes, &late.iter().collect::<Vec<_>>(), &mut made);
    let copies = late::copies(run, &plan, &names, &images, &made);
    do_all(run, &changes, &copies.iter().collect::<Vec<_>>(), &mut made);
    let all = plan.early.iter().chain(&plan.rest).chain(&images);
    made.diagnostics.extend(warnings_again(run.ledger, &made.came, all));
    images.extend(copies);
    made.unplanned = images;
    made
}

/// The warnings of what was reused.
fn warnings_again<'a>(
    ledger: &Ledger,
    came: &[(String, Came)],
    all: impl Iterator<Item = &'a Todo>,
) -> Vec<Diagnostic> {
    if ledger.jobs.values().all(|entry| entry.warnings.is_empty()) {
        return Vec::new();
    }
    let redone: HashSet<&str> = came.iter().map(|(name, _)| name.as_str()).collect();
    let reused = all.filter(|todo| !redone.contains(todo.name.as_str()));
    reused
        .filter_map(|todo| ledger.jobs.get(&todo.name))
        .flat_map(|entry| entry.warnings.iter().cloned())
        .collect()
}

fn plan(world: &World) -> Plan {
    let mut told = Vec::new();
    let todo = wanted(super::job::all(world, &mut told), world, &mut told);
    let (early, others): (Vec<Todo>, Vec<Todo>) = todo.into_iter().partition(|todo| todo.job.is_early());
    let (late, rest) = others.into_iter().partition(|todo| todo.job.is_late());
    Plan { early, rest, late, told }
}

impl Todo {
    pub(super) fn new(job: Job, world: &World) -> Self {
        Todo { name: job.name(world), subject: job.subject(world), job }
    }
}

/// Of several jobs that claim one path, the one that goes last in Zola's order; it is a fault when neither goes before
/// the other.
fn wanted(jobs: Vec<Job>, world: &World, diagnostics: &mut Vec<Diagnostic>) -> Vec<Todo> {
    let mut claims: HashMap<OutPath, usize> = HashMap::with_capacity(jobs.len());
    let mut beaten = vec![false; jobs.len()];
    for (at, job) in jobs.iter().enumerate() {
        for path in job.outputs(world) {
            if let Some(told) = outside(&path, job, world) {
                diagnostics.push(told);
                beaten[at] = true;
                continue;
            }
            let Some(before) = claims.insert(path.clone(), at).filter(|before| *before != at) else {
                continue;
            };
            match jobs[before].rank().cmp(&job.rank()) {
                std::cmp::Ordering::Less => beaten[before] = true,
                std::cmp::Ordering::Greater => {
                    beaten[at] = true;
                    claims.insert(path, before);
                }
                std::cmp::Ordering::Equal => {
                    let mut told = claimed_twice(&path, &jobs[before], job, world);
                    if world.config.dialect.is_old() {
                        // Zola 0.22 writes one over the other without a word, and there are sites that live with it.
                        told.severity = Severity::Warning;
                        beaten[before] = true;
                    }
                    diagnostics.push(told)
                }
            }
        }
    }
    let kept =
        jobs.into_iter().zip(beaten).filter(|(_, beaten)| !beaten).map(|(job, _)| job).collect::<Vec<_>>();
    kept.into_par_iter().map(|job| Todo::new(job, world)).collect()
}

/// A path with `..` would lead out of the output folder.
fn outside(path: &OutPath, job: &Job, world: &World) -> Option<Diagnostic> {
    let leads_out = path.as_str().split('/').any(|part| part == "..") || path.as_str().contains('\0');
    leads_out.then(|| {
        let told = Diagnostic::error(
            "output/outside",
            format!("The output `{path}` would lie outside of the output folder."),
        )
        .hint("Take `..` out of `path`, `slug` or the alias.");
        job.file(world).map_or(told.clone(), |file| told.in_file(file))
    })
}

fn claimed_twice(path: &OutPath, first: &Job, second: &Job, world: &World) -> Diagnostic {
    let (a, b) = (first.name(world), second.name(world));
    let mut told =
        Diagnostic::error("output/claimed-twice", format!("Two things want to be `{path}`: {a}, and {b}."))
            .hint("Give one of them another `path` or `slug`, or take the alias away.");
    if let Some(file) = first.file(world) {
        told = told.in_file(file);
    }
    match second.file(world) {
        Some(file) => told.note("the other", file, None),
        None => told,
    }
}

fn do_all(run: &Run<'_>, changes: &Changes, todo: &[&Todo], made: &mut Made) {
    let failure: Mutex<Option<WriteError>> = Mutex::new(None);
    let done = AtomicUsize::new(0);
    let count = todo.len();
    let came: Vec<(String, Came, Vec<Diagnostic>)> = todo
        .par_iter()
        .filter_map(|todo| {
            let why = why(run, changes, todo)?;
            if run.stop.load(Ordering::Relaxed) || lock(&failure).is_some() {
                return Some((todo.name.clone(), Came::Failed { why }, Vec::new()));
            }
            let tracer = Tracer::for_job(run.world);
            let result = match &todo.job {
                Job::Compressed(output, forms) => Ok(late::compressed(run, output, forms)),
                job => job.make(&tracer),
            };
            let result = result.map(|artifacts| put_all(run, &todo.name, artifacts, &failure));
            let mut notes = tracer.take_notes();
            (run.progress)(Step::Outputs, done.fetch_add(1, Ordering::Relaxed) + 1, count);
            let mut told = notes.complaints.clone();
            let came = match result {
                Ok(outputs) => {
                    let mut questions = lock(&made.questions);
                    let asked = std::mem::take(&mut notes.asked).into_iter();
                    let asked = asked.map(|query| questions.insert_full(query).0 as u32).collect();
                    Came::Done { subject: todo.subject, why, asked, notes: Box::new(notes), outputs }
                }
                Err(faults) => {
                    told.extend(faults);
                    Came::Failed { why }
                }
            };
            Some((todo.name.clone(), came, told))
        })
        .collect();
    made.reused += todo.len() - came.len();
    for (name, came, told) in came {
        made.diagnostics.extend(told);
        made.came.push((name, came));
    }
    if made.failure.is_none() {
        made.failure = failure.into_inner().unwrap_or_else(PoisonError::into_inner);
    }
}

fn why(run: &Run<'_>, changes: &Changes, todo: &Todo) -> Option<Why> {
    let Some(entry) = run.ledger.jobs.get(&todo.name) else { return Some(Why::New) };
    if let Some(why) = changes.why(entry, todo.subject, &run.ledger.answers) {
        return Some(why);
    }
    let lost = entry.result.outputs.iter().any(|output| run.lost.holds(output));
    (lost || matches!(run.lost, Lost::All)).then_some(Why::OutputLost)
}

fn put_all(
    run: &Run<'_>,
    name: &str,
    artifacts: Vec<Artifact>,
    failure: &Mutex<Option<WriteError>>,
) -> Vec<Output> {
    let mut outputs = Vec::with_capacity(artifacts.len());
    let before = run.ledger.jobs.get(name).map_or(&[] as &[Output], |before| &before.result.outputs);
    let before: HashMap<&str, &Output> = before.iter().map(|output| (output.path.as_str(), output)).collect();
    for artifact in artifacts {
        let output = output(&artifact, run.world);
        // What is in its place already, byte for byte, is left alone.
        let stands = !run.lost.holds(&output) && before.get(output.path.as_str()) == Some(&&output);
        if !stands && let Err(error) = put(run, artifact) {
            lock(failure).get_or_insert(error);
        }
        outputs.push(output);
    }
    outputs
}

fn put(run: &Run<'_>, artifact: Artifact) -> Result<(), WriteError> {
    match run.sink {
        Sink::Stage(stage) => stage.put(&artifact, &|source| run.sources.on_disk(source)),
        Sink::Memory(outputs) => {
            lock(outputs).push(artifact);
            Ok(())
        }
        Sink::Nowhere => Ok(()),
    }
}

fn output(artifact: &Artifact, world: &World) -> Output {
    let path = artifact.path.as_str().to_owned();
    let about = artifact.about.clone();
    match &artifact.content {
        Content::Bytes(bytes) => {
            let (hash, size) = (Hash128::of_bytes(bytes), bytes.len() as u64);
            let carries = !world.config.indexed_languages().is_empty() && mark::is_in(bytes);
            Output { path, hash, size, copy_of: None, about, carries }
        }
        Content::Copy(source) => {
            let size = world.files.stamp(source).map_or(0, |stamp| stamp.size);
            Output {
                path,
                hash: world.files.hash(source),
                size,
                copy_of: Some(source.as_str().to_owned()),
                about,
                carries: false,
            }
        }
    }
}

/// The outputs that others may ask for, with the jobs that make them.
fn early_outputs(ledger: &Ledger, made: &Made, early: &[Todo]) -> HashMap<String, Early> {
    let redone: HashMap<&str, &Came> = made.came.iter().map(|(name, came)| (name.as_str(), came)).collect();
    let mut found = HashMap::new();
    for todo in early {
        let outputs = match redone.get(todo.name.as_str()) {
            None => ledger.jobs.get(&todo.name).map_or(&[] as &[Output], |entry| &entry.result.outputs),
            Some(Came::Done { outputs, .. }) => outputs,
            Some(Came::Failed { .. }) => &[],
        };
        found.extend(outputs.iter().map(|output| {
            let Output { path, hash, size, about, .. } = output.clone();
            (path, Early { hash, size, about, job: todo.job.clone() })
        }));
    }
    found
}

/// Every image that texts and jobs ordered, in order.
fn ordered(ledger: &Ledger, plan: &Plan, made: &Made) -> BTreeSet<ImageJob> {
    let mut images: BTreeSet<ImageJob> =
        ledger.texts.values().flat_map(|entry| entry.images.iter().cloned()).collect();
    let redone: HashSet<&str> = made.came.iter().map(|(name, _)| name.as_str()).collect();
    if ledger.jobs.values().any(|entry| !entry.images.is_empty()) {
        let reused = plan.early.iter().chain(&plan.rest).filter(|todo| !redone.contains(todo.name.as_str()));
        images.extend(
            reused
                .filter_map(|todo| ledger.jobs.get(&todo.name))
                .flat_map(|entry| entry.images.iter().cloned()),
        );
    }
    for (_, came) in &made.came {
        if let Came::Done { notes, .. } = came {
            images.extend(notes.images.iter().cloned());
        }
    }
    images
}

impl Made {
    /// Tells what was done and what was wrong.
    pub(super) fn tell(&mut self, report: &mut Report, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.append(&mut self.diagnostics);
        report.reused += self.reused;
        for (name, came) in &self.came {
            let (Came::Done { why, .. } | Came::Failed { why }) = came;
            report.done.push((name.clone(), why.clone()));
        }
    }
}

/// What settling changed.
pub(super) struct Settled {
    /// The outputs whose bytes changed or that are gone.
    pub(super) changed: Vec<OutPath>,
    /// Whether outputs came or went.
    pub(super) paths_changed: bool,
}

/// Brings the ledger up to date after all went well.
pub(super) fn settle(ledger: &mut Ledger, world: &World, made: Made) -> Settled {
    let mut before: BTreeMap<String, Hash128> = BTreeMap::new();
    let mut after: BTreeMap<String, Hash128> = BTreeMap::new();
    let questions = made.questions.into_inner().unwrap_or_else(PoisonError::into_inner);
    let places = ledger.note_all(questions, |query| world.answer(query));
    for (name, came) in made.came {
        if let Some(old) = ledger.jobs.remove(&name) {
            before.extend(old.result.outputs.into_iter().map(|output| (output.path, output.hash)));
        }
        let Came::Done { subject, asked, notes, outputs, .. } = came else { continue };
        after.extend(outputs.iter().map(|output| (output.path.clone(), output.hash)));
        let asked = asked.iter().map(|at| places[*at as usize]).collect();
        let Notes { always, images, inline, complaints: warnings, .. } = *notes;
        let result = JobResult { outputs };
        let entry = Entry { subject, asked, always, images, inline, warnings, result };
        ledger.jobs.insert(name, entry);
    }
    before.extend(remove_gone(ledger, world, &made.unplanned));
    let paths_changed = !before.keys().eq(after.keys());
    let gone = before.keys().filter(|path| !after.contains_key(*path));
    let fresh = after.iter().filter(|(path, hash)| before.get(*path) != Some(*hash)).map(|(path, _)| path);
    let mut changed: Vec<OutPath> = gone.chain(fresh).map(OutPath::new).collect();
    changed.sort();
    ledger.settled();
    world.set_settled();
    Settled { changed, paths_changed }
}

/// Forgets the jobs that the site no longer has, and gives what they had made.
fn remove_gone(ledger: &mut Ledger, world: &World, unplanned: &[Todo]) -> Vec<(String, Hash128)> {
    let is_unplanned = |name: &str| name.starts_with("image ") || name.starts_with("compressed ");
    let Some(plan) = world.known_plan() else { return Vec::new() };
    let others: Option<HashSet<&str>> = (!world.plan_is_old()).then(|| {
        let planned = plan.early.iter().chain(&plan.rest).chain(&plan.late);
        planned.map(|todo| todo.name.as_str()).collect()
    });
    let unplanned: HashSet<&str> = unplanned.iter().map(|todo| todo.name.as_str()).collect();
    let lives = |name: &str| {
        if is_unplanned(name) {
            unplanned.contains(name)
        } else {
            others.as_ref().is_none_or(|others| others.contains(name))
        }
    };
    let gone: Vec<String> = ledger.jobs.keys().filter(|name| !lives(name)).cloned().collect();
    let entries = gone.into_iter().filter_map(|name| ledger.jobs.remove(&name));
    entries.flat_map(|entry| entry.result.outputs).map(|output| (output.path, output.hash)).collect()
}

/// Forgets what was done in a build that failed, as its outputs were not put in place. What was reused stays.
pub(super) fn forget(ledger: &mut Ledger, made: &Made) {
    for (name, _) in &made.came {
        ledger.jobs.remove(name);
    }
    ledger.settled();
}

/// Every output.
pub(super) fn output_paths(ledger: &Ledger) -> BTreeSet<OutPath> {
    ledger.jobs.values().flat_map(|entry| entry.result.outputs.iter().map(Output::out_path)).collect()
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
