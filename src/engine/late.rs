//! What is made when everything else is made, because it is about all of it. In: what was made and what was reused. Out:
//! the jobs for web servers, with what every page has in itself, and for compressed copies of outputs.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::job::Job;
use super::jobs::{Came, Made, Plan, Run, Sink, Todo};
use super::ledger::{Entry, JobResult, Ledger, Output};
use super::naming::Names;
use crate::base::Artifact;
use crate::export::compress::{self, Form};
use crate::model::security::Inline;

/// The files for web servers.
pub(super) fn headers(run: &Run<'_>, plan: &Plan, names: &Names, made: &Made) -> Vec<Todo> {
    if plan.late.is_empty() {
        return Vec::new();
    }
    let redone = redone(made);
    let mut inline: BTreeSet<Inline> = BTreeSet::new();
    for todo in plan.early.iter().chain(&plan.rest) {
        let of_job = match redone.get(todo.name.as_str()) {
            Some(Came::Done { notes, .. }) => notes.inline.as_slice(),
            Some(Came::Failed { .. }) => &[],
            None => entry(run.ledger, todo).map_or(&[] as &[Inline], |entry| &entry.inline),
        };
        inline.extend(of_job.iter().map(|one| names.settled(one)));
    }
    let inline: Arc<[Inline]> = inline.into_iter().collect();
    let known = plan.late.iter().map(|todo| match &todo.job {
        Job::Headers(server, _) => Job::Headers(*server, inline.clone()),
        other => other.clone(),
    });
    known.map(|job| Todo::new(job, run.world)).collect()
}

/// The compressed copies, where a folder is written and they are wanted.
pub(super) fn copies(run: &Run<'_>, plan: &Plan, names: &Names, images: &[Todo], made: &Made) -> Vec<Todo> {
    if !run.precompress || !matches!(run.sink, Sink::Stage(_)) {
        return Vec::new();
    }
    let redone = redone(made);
    let mut outputs: Vec<&Output> = Vec::new();
    for todo in plan.early.iter().chain(&plan.rest).chain(images) {
        match redone.get(todo.name.as_str()) {
            Some(Came::Done { outputs: made, .. }) => outputs.extend(made),
            Some(Came::Failed { .. }) => {}
            None => {
                outputs.extend(entry(run.ledger, todo).into_iter().flat_map(|entry| &entry.result.outputs))
            }
        }
    }
    // A site may bring its own copies.
    let taken: HashSet<&str> = outputs.iter().map(|output| output.path.as_str()).collect();
    let free = |output: &Output| -> Vec<Form> {
        let is_free = |form: &Form| !taken.contains(form.path_for(&output.path).as_str());
        Form::ALL.into_iter().filter(is_free).collect()
    };
    let jobs = outputs.iter().filter(|output| compress::is_worthwhile(&output.path));
    let as_written = |output: &Output| Output { hash: names.identity(output), ..output.clone() };
    jobs.map(|output| Todo::new(Job::Compressed(as_written(output), free(output)), run.world)).collect()
}

/// The compressed copies of an output that are smaller than itself.
pub(super) fn compressed(run: &Run<'_>, output: &Output, forms: &[Form]) -> Vec<Artifact> {
    let Sink::Stage(stage) = run.sink else { return Vec::new() };
    let bytes = match output.source() {
        Some(source) => run.sources.read(&source).ok().flatten(),
        None => stage.read(&output.out_path()),
    };
    let Some(bytes) = bytes else { return Vec::new() };
    let copy = |form: &Form| {
        let smaller = form.make(&bytes)?;
        Some(Artifact::new(crate::base::OutPath::new(form.path_for(&output.path)), smaller))
    };
    forms.iter().filter_map(copy).collect()
}

/// What was done, by the names of jobs.
pub(super) fn redone(made: &Made) -> HashMap<&str, &Came> {
    made.came.iter().map(|(name, came)| (name.as_str(), came)).collect()
}

fn entry<'a>(ledger: &'a Ledger, todo: &Todo) -> Option<&'a Entry<JobResult>> {
    ledger.jobs.get(&todo.name)
}
