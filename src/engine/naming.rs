//! The names of search indexes in the pages that use them. In: what was made and what stands. Out: the same pages with the
//! names instead of the marks, or with the new names instead of those of the last build.
//!
//! Nothing is rendered for it: the bytes of a page are changed where the name stands, and so are the sums by which the
//! policy of the page knows what is written into it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::job::Job;
use super::jobs::{Came, Made, Plan, Run, Sink, Todo};
use super::ledger::Output;
use crate::base::{Artifact, Content, Hash128, OutPath, hash_of};
use crate::export::security::scan;
use crate::model::mark;
use crate::model::security::Inline;
use crate::write::WriteError;

/// The name that each mark stands for.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// In this build.
    now: Vec<(String, String)>,
    /// In the last one, where there was one.
    before: Vec<(String, String)>,
}

impl Names {
    /// The names of the indexes that were made or reused.
    pub(super) fn of(run: &Run<'_>, plan: &Plan, made: &Made) -> Names {
        let mut names = Names::default();
        let redone: HashMap<&str, &Came> = super::late::redone(made);
        for todo in &plan.rest {
            let Job::Index(lang) = &todo.job else { continue };
            let entry = run.ledger.jobs.get(&todo.name).map(|entry| entry.result.outputs.as_slice());
            let before = entry.and_then(manifest);
            let now = match redone.get(todo.name.as_str()) {
                Some(Came::Done { outputs, .. }) => manifest(outputs),
                Some(Came::Failed { .. }) => None,
                None => before.clone(),
            };
            names.now.extend(now.map(|name| (mark::manifest(lang), name)));
            names.before.extend(before.map(|name| (mark::manifest(lang), name)));
        }
        names
    }

    /// The identity of an output in which names stand.
    pub(super) fn identity(&self, output: &Output) -> Hash128 {
        if output.carries { output.hash.and(hash_of(&self.now)) } else { output.hash }
    }

    /// Something written into pages, as the policy knows it in the end.
    pub(super) fn settled(&self, inline: &Inline) -> Inline {
        match &inline.waits {
            None => inline.clone(),
            Some(text) => Inline { kind: inline.kind, sum: scan::sum(&named(text, &self.now)), waits: None },
        }
    }

    /// What to replace by what in an output that is made now, or that stands since an earlier build.
    fn changes(&self, is_new: bool, inline: &[Inline]) -> Vec<(String, String)> {
        let mut changes = Vec::new();
        for one in inline {
            let Some(text) = &one.waits else { continue };
            let from = if is_new { one.sum.clone() } else { scan::sum(&named(text, &self.before)) };
            changes.push((from, scan::sum(&named(text, &self.now))));
        }
        if is_new {
            changes.extend(self.now.iter().cloned());
        } else {
            for (mark, now) in &self.now {
                let before = self.before.iter().find(|(known, _)| known == mark);
                changes.extend(before.map(|(_, before)| (before.clone(), now.clone())));
            }
        }
        changes.retain(|(from, to)| from != to);
        changes
    }
}

fn named(text: &str, names: &[(String, String)]) -> String {
    String::from_utf8(mark::replaced(text.as_bytes(), names)).unwrap_or_default()
}

/// The name of the manifest among the files of an index.
fn manifest(outputs: &[Output]) -> Option<String> {
    let manifest = outputs.iter().find(|output| output.about.is_some())?;
    manifest.path.rsplit('/').next().map(str::to_owned)
}

/// Writes the names into every output that waits for them.
pub(super) fn write(run: &Run<'_>, plan: &Plan, names: &Names, made: &Made) -> Result<(), WriteError> {
    if names.now.is_empty() || matches!(run.sink, Sink::Nowhere) {
        return Ok(());
    }
    let redone = super::late::redone(made);
    let todo: Vec<&Todo> = plan.early.iter().chain(&plan.rest).collect();
    todo.par_iter().with_min_len(16).try_for_each(|todo| {
        let entry = run.ledger.jobs.get(&todo.name);
        let (outputs, inline) = match (redone.get(todo.name.as_str()), entry) {
            (Some(Came::Done { outputs, notes, .. }), _) => (outputs.as_slice(), notes.inline.as_slice()),
            (None, Some(entry)) => (entry.result.outputs.as_slice(), entry.inline.as_slice()),
            _ => return Ok(()),
        };
        let mut waiting = outputs.iter().filter(|output| output.carries);
        waiting.try_for_each(|output| write_one(run, names, &output.out_path(), inline))
    })
}

fn write_one(run: &Run<'_>, names: &Names, path: &OutPath, inline: &[Inline]) -> Result<(), WriteError> {
    let fresh = names.changes(true, inline);
    let moved = names.changes(false, inline);
    match run.sink {
        Sink::Stage(stage) => {
            let (bytes, changes) = match (stage.waiting(path), moved.is_empty()) {
                (Some(bytes), _) => (bytes, fresh),
                (None, true) => return Ok(()),
                (None, false) => (stage.read(path).unwrap_or_default(), moved),
            };
            let artifact = Artifact::new(path.clone(), mark::replaced(&bytes, &changes));
            stage.put(&artifact, &|_| None)
        }
        Sink::Memory(outputs) => {
            write_in_memory(run, outputs, path, &fresh, &moved);
            Ok(())
        }
        Sink::Nowhere => Ok(()),
    }
}

fn write_in_memory(
    run: &Run<'_>,
    outputs: &Mutex<Vec<Artifact>>,
    path: &OutPath,
    fresh: &[(String, String)],
    moved: &[(String, String)],
) {
    let mut outputs = outputs.lock().unwrap_or_else(PoisonError::into_inner);
    let made = outputs.iter_mut().find(|artifact| artifact.path == *path);
    match (made, run.standing.get(path)) {
        (Some(artifact), _) => {
            if let Content::Bytes(bytes) = &artifact.content {
                artifact.content = Content::Bytes(mark::replaced(bytes, fresh).into());
            }
        }
        (None, Some(Content::Bytes(bytes))) if !moved.is_empty() => {
            outputs.push(Artifact::new(path.clone(), mark::replaced(bytes, moved)));
        }
        _ => {}
    }
}
