//! Which jobs there are, which must be done, and doing them. In: a world with texts, the ledger, and a sink. Out:
//! outputs in the sink, and what the ledger is to remember.
//!
//! Jobs run side by side and know nothing of each other. Images come last: they are ordered while the rest is made.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rayon::prelude::*;

use super::ledger::{Changes, Entry, JobResult, Ledger, Output, Why};
use super::query::Known;
use super::report::{Report, Step};
use super::tracer::{Notes, Tracer};
use super::world::World;
use crate::base::{Artifact, Content, Diagnostic, Hash128, OutPath};
use crate::source::Sources;
use crate::template::ImageJob;
use crate::write::{Stage, WriteError};

use super::job::Job;

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

/// What is needed to do jobs.
pub(super) struct Run<'a> {
    pub(super) world: &'a Arc<World>,
    pub(super) ledger: &'a mut Ledger,
    pub(super) sink: &'a Sink,
    pub(super) lost: &'a Lost,
    pub(super) stop: &'a AtomicBool,
    pub(super) progress: &'a (dyn Fn(Step, usize, usize) + Send + Sync),
    pub(super) sources: &'a dyn Sources,
}

/// What came of all jobs.
pub(super) struct Made {
    came: Vec<(String, Came)>,
    diagnostics: Vec<Diagnostic>,
    /// Writing failed.
    pub(super) failure: Option<WriteError>,
}

/// What came of one job.
enum Came {
    Reused,
    Done { subject: Hash128, why: Why, notes: Box<Notes>, outputs: Vec<Output> },
    Failed { why: Why },
}

/// A job with its name and the identity of what it makes.
struct Todo {
    job: Job,
    name: String,
    subject: Hash128,
}

/// Does what must be done.
pub(super) fn run(run: &mut Run<'_>) -> Made {
    let world = run.world;
    let mut diagnostics = Vec::new();
    let todo = wanted(super::job::all(world, &mut diagnostics), world, &mut diagnostics);
    let (early, todo): (Vec<Todo>, Vec<Todo>) = todo.into_iter().partition(|todo| todo.job.is_early());
    let mut made = Made { came: Vec::new(), diagnostics, failure: None };
    run.ledger.ask_again(|query| query.known() == Known::AfterTexts, |query| world.answer(query));
    let early_jobs: HashMap<String, Job> =
        early.iter().map(|todo| (todo.name.clone(), todo.job.clone())).collect();
    do_all(run, &run.ledger.pending(), early, &mut made);
    world.set_early_outputs(early_outputs(run.ledger, &made, &early_jobs));
    run.ledger.ask_again(|query| query.known() == Known::AfterEarlyOutputs, |query| world.answer(query));
    let changes = run.ledger.pending();
    do_all(run, &changes, todo, &mut made);
    let images = ordered(run.ledger, &made);
    let todo = images.into_iter().map(|image| Todo::new(Job::Image(image), world)).collect();
    do_all(run, &changes, todo, &mut made);
    made
}

impl Todo {
    fn new(job: Job, world: &World) -> Self {
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
                    diagnostics.push(claimed_twice(&path, &jobs[before], job, world))
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

fn do_all(run: &Run<'_>, changes: &Changes, todo: Vec<Todo>, made: &mut Made) {
    let failure: Mutex<Option<WriteError>> = Mutex::new(None);
    let done = AtomicUsize::new(0);
    let count = todo.len();
    let came: Vec<(String, Came, Vec<Diagnostic>)> = todo
        .into_par_iter()
        .map(|todo| {
            let Some(why) = why(run, changes, &todo) else { return (todo.name, Came::Reused, Vec::new()) };
            let stopped = run.stop.load(Ordering::Relaxed) || lock(&failure).is_some();
            if stopped {
                return (todo.name, Came::Failed { why }, Vec::new());
            }
            let tracer = Tracer::for_job(run.world);
            let result = todo.job.make(&tracer).map(|artifacts| put_all(run, artifacts, &failure));
            let mut notes = tracer.take_notes();
            (run.progress)(Step::Outputs, done.fetch_add(1, Ordering::Relaxed) + 1, count);
            let told = std::mem::take(&mut notes.complaints);
            match result {
                Ok(outputs) => {
                    notes.complaints.clone_from(&told);
                    (
                        todo.name,
                        Came::Done { subject: todo.subject, why, notes: Box::new(notes), outputs },
                        told,
                    )
                }
                Err(mut faults) => {
                    faults.extend(told);
                    (todo.name, Came::Failed { why }, faults)
                }
            }
        })
        .collect();
    for (name, came, told) in came {
        if let Came::Reused = came {
            made.diagnostics.extend(
                run.ledger.jobs.get(&name).into_iter().flat_map(|entry| entry.warnings.iter().cloned()),
            );
        }
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
    let lost = match run.lost {
        Lost::Nothing => false,
        Lost::All => true,
        Lost::Some(paths) => entry.result.outputs.iter().any(|output| paths.contains(&output.path)),
    };
    lost.then_some(Why::OutputLost)
}

fn put_all(run: &Run<'_>, artifacts: Vec<Artifact>, failure: &Mutex<Option<WriteError>>) -> Vec<Output> {
    let mut outputs = Vec::with_capacity(artifacts.len());
    for artifact in artifacts {
        outputs.push(output(&artifact, run.world));
        let put = match run.sink {
            Sink::Stage(stage) => stage.put(&artifact, &|source| run.sources.on_disk(source)),
            Sink::Memory(outputs) => {
                lock(outputs).push(artifact);
                Ok(())
            }
            Sink::Nowhere => Ok(()),
        };
        if let Err(error) = put {
            lock(failure).get_or_insert(error);
        }
    }
    outputs
}

fn output(artifact: &Artifact, world: &World) -> Output {
    let path = artifact.path.as_str().to_owned();
    match &artifact.content {
        Content::Bytes(bytes) => {
            Output { path, hash: Hash128::of_bytes(bytes), size: bytes.len() as u64, copy_of: None }
        }
        Content::Copy(source) => {
            let size = world.files.stamp(source).map_or(0, |stamp| stamp.size);
            Output { path, hash: world.files.hash(source), size, copy_of: Some(source.as_str().to_owned()) }
        }
    }
}

/// The outputs that others may ask for, with the jobs that make them.
fn early_outputs(
    ledger: &Ledger,
    made: &Made,
    jobs: &HashMap<String, Job>,
) -> HashMap<String, (Hash128, Job)> {
    let mut early = HashMap::new();
    for (name, came) in &made.came {
        let outputs = match came {
            Came::Reused => ledger.jobs.get(name).map_or(&[] as &[Output], |entry| &entry.result.outputs),
            Came::Done { outputs, .. } => outputs,
            Came::Failed { .. } => &[],
        };
        let Some(job) = jobs.get(name) else { continue };
        early.extend(outputs.iter().map(|output| (output.path.clone(), (output.hash, job.clone()))));
    }
    early
}

/// Every image that texts and jobs ordered, in order.
fn ordered(ledger: &Ledger, made: &Made) -> BTreeSet<ImageJob> {
    let mut images: BTreeSet<ImageJob> =
        ledger.texts.values().flat_map(|entry| entry.images.iter().cloned()).collect();
    for (name, came) in &made.came {
        match came {
            Came::Reused => images
                .extend(ledger.jobs.get(name).into_iter().flat_map(|entry| entry.images.iter().cloned())),
            Came::Done { notes, .. } => images.extend(notes.images.iter().cloned()),
            Came::Failed { .. } => {}
        }
    }
    images
}

impl Made {
    /// Tells what was done and what was wrong.
    pub(super) fn tell(&mut self, report: &mut Report, diagnostics: &mut Vec<Diagnostic>) {
        diagnostics.append(&mut self.diagnostics);
        for (name, came) in &self.came {
            match came {
                Came::Reused => report.reused += 1,
                Came::Done { why, .. } | Came::Failed { why } => {
                    report.done.push((name.clone(), why.clone()))
                }
            }
        }
    }
}

/// Brings the ledger up to date after all went well, and says which outputs changed or are gone.
pub(super) fn settle(ledger: &mut Ledger, world: &World, made: Made) -> Vec<OutPath> {
    let mut before: BTreeMap<String, Hash128> = BTreeMap::new();
    let mut changed = BTreeSet::new();
    let mut jobs = HashMap::with_capacity(made.came.len());
    for (name, came) in made.came {
        let old = ledger.jobs.remove(&name);
        match came {
            Came::Reused => {
                jobs.extend(old.map(|entry| (name, entry)));
            }
            Came::Done { subject, notes, outputs, .. } => {
                before.extend(
                    old.into_iter()
                        .flat_map(|entry| entry.result.outputs)
                        .map(|output| (output.path, output.hash)),
                );
                for output in &outputs {
                    if before.remove(&output.path) != Some(output.hash) {
                        changed.insert(output.out_path());
                    }
                }
                let asked = notes
                    .asked
                    .into_iter()
                    .map(|query| ledger.note(query, |query| world.answer(query)))
                    .collect();
                let entry = Entry {
                    subject,
                    asked,
                    always: notes.always,
                    images: notes.images,
                    warnings: notes.complaints,
                    result: JobResult { outputs },
                };
                jobs.insert(name, entry);
            }
            Came::Failed { .. } => {}
        }
    }
    let gone = std::mem::replace(&mut ledger.jobs, jobs);
    before.extend(
        gone.into_values().flat_map(|entry| entry.result.outputs).map(|output| (output.path, output.hash)),
    );
    let paths = output_paths(ledger);
    changed.extend(before.into_keys().map(OutPath::new).filter(|path| !paths.contains(path)));
    ledger.settled();
    changed.into_iter().collect()
}

/// Forgets what was done in a build that failed, as its outputs were not put in place. What was reused stays.
pub(super) fn forget(ledger: &mut Ledger, made: &Made) {
    for (name, came) in &made.came {
        if !matches!(came, Came::Reused) {
            ledger.jobs.remove(name);
        }
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
