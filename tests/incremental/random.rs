//! After every edit by chance, an engine that remembers makes the same as one that knows nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use praktijk::base::{Content, SourcePath};
use praktijk::engine::{Engine, Options, Outcome, Target};
use praktijk::source::Memory;

use super::history::{History, edits, seeds};
use crate::support::outputs;

type Outputs = BTreeMap<String, Vec<u8>>;

/// Writes what changed.
fn apply(sources: &Memory, history: &History, changed: &[String]) {
    for path in changed {
        match history.now.files.get(path) {
            Some(bytes) => sources.put(path, bytes),
            None => sources.remove(path),
        }
    }
    history.now.env.iter().for_each(|(name, value)| sources.set_env(name, value));
}

/// What may have changed as a watcher says it: sometimes the folder instead of the file.
fn watched(history: &mut History, changed: &[String]) -> Vec<SourcePath> {
    let mut paths = Vec::new();
    for path in changed {
        let folder = path.rsplit_once('/').map(|(folder, _)| folder);
        match folder {
            Some(folder) if history.chance.percent(20) => paths.push(SourcePath::new(folder)),
            _ => paths.push(SourcePath::new(path)),
        }
    }
    paths
}

fn cold(sources: &Arc<Memory>) -> (Outcome, Outputs) {
    let mut engine = Engine::new(sources.clone(), Options::default(), Target::Memory);
    let outcome = engine.build(None).expect("the machine works");
    let outputs = outputs(&engine, &**sources);
    (outcome, outputs)
}

/// Shows the first difference between two sets of outputs.
#[track_caller]
pub(super) fn same(warm: &Outputs, cold: &Outputs, about: &dyn Fn() -> String) {
    let only = |a: &Outputs, b: &Outputs| {
        a.keys().filter(|path| !b.contains_key(*path)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(
        (only(warm, cold), only(cold, warm)),
        (vec![], vec![]),
        "outputs too many, too few; {}",
        about()
    );
    for (path, bytes) in warm {
        assert!(bytes == &cold[path], "{path}\n{}\n{}", first_difference(bytes, &cold[path]), about());
    }
}

fn first_difference(warm: &[u8], cold: &[u8]) -> String {
    let at = (0..warm.len().min(cold.len())).find(|at| warm[*at] != cold[*at]);
    let at = at.unwrap_or(warm.len().min(cold.len()));
    let around = |bytes: &[u8]| {
        String::from_utf8_lossy(&bytes[at.saturating_sub(80)..bytes.len().min(at + 120)]).into_owned()
    };
    format!("incremental: …{}…\ncold: …{}…", around(warm), around(cold))
}

/// Shows the first difference between two lists of complaints.
#[track_caller]
pub(super) fn same_complaints(warm: &Outcome, cold: &Outcome, about: &dyn Fn() -> String) {
    let (a, b) = (&warm.diagnostics, &cold.diagnostics);
    let different = (0..a.len().max(b.len())).find(|at| a.get(*at) != b.get(*at));
    if let Some(at) = different {
        panic!("complaint {at}\nincremental: {:#?}\ncold: {:#?}\n{}", a.get(at), b.get(at), about());
    }
}

/// What a build says it changed covers what it changed.
#[track_caller]
fn tells_what_changed(before: &Outputs, after: &Outputs, outcome: &Outcome, about: &dyn Fn() -> String) {
    let told: BTreeSet<&str> = outcome.changed.iter().map(|path| path.as_str()).collect();
    let paths: BTreeSet<&String> = before.keys().chain(after.keys()).collect();
    let silent: Vec<_> = paths
        .into_iter()
        .filter(|path| before.get(*path) != after.get(*path) && !told.contains(path.as_str()))
        .collect();
    assert!(silent.is_empty(), "changed without a word: {silent:?}; {}", about());
}

/// The outputs that do not come from a source when somebody asks for them.
fn made(engine: &Engine) -> Outputs {
    let bytes = |content: &Content| match content {
        Content::Bytes(bytes) => Some(bytes.to_vec()),
        Content::Copy(_) => None,
    };
    engine
        .outputs()
        .iter()
        .filter_map(|(path, content)| Some((path.as_str().to_owned(), bytes(content)?)))
        .collect()
}

fn run(seed: u64, count: usize) -> usize {
    let mut history = History::new(seed);
    let sources = Arc::new(Memory::default());
    apply(&sources, &history, &history.now.files.keys().cloned().collect::<Vec<_>>());
    let mut engine = Engine::new(sources.clone(), Options::default(), Target::Memory);
    let first = engine.build(None).expect("the machine works");
    assert!(first.is_ok(), "{:#?}", first.diagnostics);
    let mut before = outputs(&engine, &*sources);
    let (mut well, mut builds_well) = (true, 0);
    for _ in 0..count {
        let changed = history.step(well);
        apply(&sources, &history, &changed);
        let kept = made(&engine);
        let paths = history.chance.percent(65).then(|| watched(&mut history, &changed));
        let outcome = engine.build(paths.as_deref()).expect("the machine works");
        let (cold_outcome, cold_outputs) = cold(&sources);
        let about = || format!("told of {paths:?}; {}", history.show());
        same_complaints(&outcome, &cold_outcome, &about);
        well = outcome.is_ok();
        if well {
            let now = outputs(&engine, &*sources);
            same(&now, &cold_outputs, &about);
            tells_what_changed(&before, &now, &outcome, &about);
            before = now;
            builds_well += 1;
        } else {
            same(&made(&engine), &kept, &about);
        }
    }
    builds_well
}

#[test]
fn every_edit_gives_what_a_cold_build_gives() {
    let count = edits(120);
    for seed in seeds(3) {
        let well = run(seed, count);
        assert!(well * 2 > count, "too many edits break the site: {well} of {count} went well (seed {seed})");
    }
}
