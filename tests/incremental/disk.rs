//! The same by way of the ledger on disk: every build is a new run of the program.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use std::sync::Arc;

use praktijk::base::SourcePath;
use praktijk::engine::{Engine, Options, Outcome, Target};
use praktijk::source::{Disk, Scan, Sources, Stamp};

use super::history::{History, edits, seeds};
use super::platform::Platform;
use super::random::{same, same_complaints};
use crate::support::{outputs, tree};

/// A folder on disk, seen an hour later, so that every stamp is settled, in an environment of its own.
pub(super) struct Later {
    disk: Disk,
    env: BTreeMap<String, String>,
    now: i128,
}

impl Later {
    pub(super) fn new(root: &Path, platform: &Platform) -> Arc<Self> {
        let disk = Disk::new(root);
        let now = disk.now() + 3_600_000_000_000;
        Arc::new(Later { disk, env: platform.env.clone(), now })
    }
}

impl Sources for Later {
    fn scan(&self, below: &SourcePath) -> io::Result<Scan> {
        self.disk.scan(below)
    }

    fn stamp(&self, path: &SourcePath) -> Option<Stamp> {
        self.disk.stamp(path)
    }

    fn read(&self, path: &SourcePath) -> io::Result<Option<Vec<u8>>> {
        self.disk.read(path)
    }

    fn now(&self) -> i128 {
        self.now
    }

    fn env(&self, name: &str) -> Option<String> {
        self.env.get(name).cloned()
    }

    fn on_disk(&self, path: &SourcePath) -> Option<PathBuf> {
        self.disk.on_disk(path)
    }

    fn at(&self, path: &Path) -> Option<SourcePath> {
        self.disk.at(path)
    }
}

/// Writes or removes files as the platform has them now.
pub(super) fn write<'a>(root: &Path, platform: &Platform, paths: impl IntoIterator<Item = &'a String>) {
    for path in paths {
        let file = root.join(path);
        match platform.files.get(path) {
            Some(bytes) => {
                std::fs::create_dir_all(file.parent().expect("a folder")).expect("made");
                std::fs::write(file, bytes).expect("written");
            }
            None => std::fs::remove_file(file).expect("removed"),
        }
    }
}

/// One run of the program.
pub(super) fn build(sources: &Arc<Later>, root: &Path, output: &Path, cache: Option<&Path>) -> Outcome {
    let target = Target::Folder { root: root.to_path_buf(), output: Some(output.to_path_buf()) };
    let engine = Engine::new(sources.clone(), Options::default(), target);
    let mut engine = match cache {
        Some(cache) => engine.with_cache(cache),
        None => engine,
    };
    engine.build(None).expect("the machine works")
}

/// Somebody else at work in the output folder.
fn vandalise(output: &Path, history: &mut History) {
    let files: Vec<String> = tree(output).into_keys().collect();
    let path = output.join(history.chance.pick(&files));
    let told = match history.chance.below(4) {
        0 => {
            std::fs::remove_file(&path).expect("removed");
            "removed"
        }
        1 => {
            std::fs::write(&path, "van iemand anders").expect("written");
            "overwritten"
        }
        2 => {
            let folder = path.parent().filter(|folder| *folder != output).unwrap_or(&path).to_path_buf();
            let _ = std::fs::remove_dir_all(&folder).or_else(|_| std::fs::remove_file(&folder));
            "removed with its folder"
        }
        _ => {
            std::fs::write(path.with_file_name("te-veel.html"), "te veel").expect("written");
            "given a neighbour"
        }
    };
    history.told.push(format!("output {} {told}", path.display()));
}

fn run(seed: u64, count: usize) {
    let place = tempfile::tempdir().expect("made");
    let [root, output, cache, other] =
        ["site", "public", "cache", "cold"].map(|name| place.path().join(name));
    let mut history = History::new(seed);
    write(&root, &history.now, history.now.files.keys());
    let first = build(&Later::new(&root, &history.now), &root, &output, Some(&cache));
    let mut well = first.is_ok();
    let mut untouched = 0;
    for _ in 0..count {
        // Now and then nothing happens at all.
        if history.chance.percent(85) {
            let changed = history.step(well);
            write(&root, &history.now, &changed);
        } else {
            history.told.push("nothing".to_owned());
        }
        let vandals = history.chance.percent(20);
        if vandals {
            vandalise(&output, &mut history);
        }
        let before = tree(&output);
        let sources = Later::new(&root, &history.now);
        let outcome = build(&sources, &root, &output, Some(&cache));
        untouched += usize::from(outcome.report.nothing_changed);
        // Now and then in another folder; in memory is faster.
        let (cold, made) = if history.chance.percent(10) {
            let _ = std::fs::remove_dir_all(&other);
            (build(&sources, &root, &other, None), tree(&other))
        } else {
            let mut engine = Engine::new(sources.clone(), Options::default(), Target::Memory);
            (engine.build(None).expect("the machine works"), outputs(&engine, &*sources))
        };
        let about = || history.show();
        same_complaints(&outcome, &cold, &about);
        well = outcome.is_ok();
        let expected = if well { made } else { before };
        same(&tree(&output), &expected, &about);
    }
    assert_eq!(untouched, 0, "the platform asks the clock, so it is never the same");
}

#[test]
fn every_run_with_a_cache_gives_what_a_run_without_gives() {
    for seed in seeds(2) {
        run(seed + 100, edits(70));
    }
}

#[test]
fn a_site_that_asks_no_clock_is_left_alone_when_nothing_changed() {
    let place = tempfile::tempdir().expect("made");
    let [root, output, cache] = ["site", "public", "cache"].map(|name| place.path().join(name));
    let mut platform = Platform::new();
    platform.files.retain(|path, _| !path.contains("klok") && !path.contains("uur"));
    write(&root, &platform, platform.files.keys());
    let build = |platform: &Platform| build(&Later::new(&root, platform), &root, &output, Some(&cache));
    let first = build(&platform);
    assert!(first.is_ok() && !first.diagnostics.is_empty(), "{:#?}", first.diagnostics);
    let expected = tree(&output);
    let second = build(&platform);
    assert!(second.report.nothing_changed);
    assert_eq!(second.diagnostics, first.diagnostics, "a warning is told again");
    assert_eq!(second.report.counts, first.report.counts);

    platform.env.insert("PLATFORM".to_owned(), "anders".to_owned());
    assert!(!build(&platform).report.nothing_changed, "the environment counts");
    platform.env.clear();
    build(&platform);

    std::fs::write(output.join("blog/te-veel.html"), "te veel").expect("written");
    assert!(!build(&platform).report.nothing_changed, "a file too many counts");
    std::fs::remove_file(output.join("over/index.html")).expect("removed");
    assert!(!build(&platform).report.nothing_changed, "a file that is gone counts");
    std::fs::write(root.join("data/extra.toml"), "meer = 1\n").expect("written");
    assert!(!build(&platform).report.nothing_changed, "a file that was not there counts");
    std::fs::remove_file(root.join("data/extra.toml")).expect("removed");
    build(&platform);
    same(&tree(&output), &expected, &|| "after all that".to_owned());
    assert!(build(&platform).report.nothing_changed);
}
