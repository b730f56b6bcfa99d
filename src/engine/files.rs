//! The files of one build: which there are, and the identity of what is in them. In: the sources and what was known of
//! them before. Out: hashes and bytes, read at most once when nothing changed.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use crate::base::hash::Quick;
use crate::base::{Hash128, SourcePath};
use crate::source::{Snapshot, Sources, Stamp};

/// Bytes and their identity.
pub type Identified = (Arc<[u8]>, Hash128);

/// The bytes of small files that were asked for are kept for the rest of the build, up to this many in all.
const KEPT_BYTES: usize = 32 << 20;

/// What is known of the content of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, bitcode::Encode, bitcode::Decode)]
pub struct Known {
    /// The stamp it had when it was read.
    pub stamp: Stamp,
    /// When it was read.
    pub read_at: i128,
    /// What was in it.
    pub hash: Hash128,
}

/// The files of one build.
pub struct Files {
    sources: Arc<dyn Sources>,
    snapshot: Snapshot,
    /// The folders and files the snapshot covers; elsewhere the sources are asked.
    covered: Vec<String>,
    read_at: i128,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    known: HashMap<SourcePath, Known, Quick>,
    elsewhere: BTreeMap<SourcePath, Option<Stamp>>,
    kept: HashMap<SourcePath, Arc<[u8]>>,
    kept_bytes: usize,
    failures: BTreeMap<SourcePath, String>,
}

impl Files {
    /// The files of a build. `known` may be older: stamps decide whether it still holds.
    pub fn new(
        sources: Arc<dyn Sources>,
        snapshot: Snapshot,
        covered: Vec<String>,
        known: HashMap<SourcePath, Known, Quick>,
    ) -> Self {
        let read_at = sources.now();
        Files { sources, snapshot, covered, read_at, state: Mutex::new(State { known, ..State::default() }) }
    }

    /// The files there are in the folders that belong to the site.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// The stamp of a file.
    pub fn stamp(&self, path: &SourcePath) -> Option<Stamp> {
        if lies_in(path, &self.covered) {
            return self.snapshot.get(path);
        }
        if let Some(stamp) = self.lock().elsewhere.get(path) {
            return *stamp;
        }
        let stamp = self.sources.stamp(path);
        self.lock().elsewhere.insert(path.clone(), stamp);
        stamp
    }

    /// The identity of what is in a file; [`Hash128::ABSENT`] when there is none.
    pub fn hash(&self, path: &SourcePath) -> Hash128 {
        let Some(stamp) = self.stamp(path) else { return Hash128::ABSENT };
        if let Some(known) = self.lock().known.get(path)
            && known.stamp == stamp
            && known.stamp.is_settled(known.read_at)
        {
            return known.hash;
        }
        self.read(path).ok().flatten().map_or(Hash128::ABSENT, |(_, hash)| hash)
    }

    /// The bytes of a file and their identity; none when there is none.
    pub fn read(&self, path: &SourcePath) -> Result<Option<Identified>, String> {
        let Some(stamp) = self.stamp(path) else { return Ok(None) };
        {
            let state = self.lock();
            if let (Some(bytes), Some(known)) = (state.kept.get(path), state.known.get(path)) {
                return Ok(Some((bytes.clone(), known.hash)));
            }
        }
        let bytes: Arc<[u8]> = match self.sources.read(path) {
            Ok(Some(bytes)) => bytes.into(),
            Ok(None) => return Ok(None),
            Err(error) => {
                let message = error.to_string();
                self.lock().failures.insert(path.clone(), message.clone());
                return Err(message);
            }
        };
        let hash = Hash128::of_bytes(&bytes);
        let mut state = self.lock();
        state.known.insert(path.clone(), Known { stamp, read_at: self.read_at, hash });
        if state.kept_bytes + bytes.len() <= KEPT_BYTES && path.extension() != Some("md") {
            state.kept_bytes += bytes.len();
            state.kept.insert(path.clone(), bytes.clone());
        }
        Ok(Some((bytes, hash)))
    }

    /// The files that were asked for outside of the folders of the site, there or not.
    pub fn elsewhere(&self) -> BTreeSet<SourcePath> {
        self.lock().elsewhere.keys().cloned().collect()
    }

    /// The files that could not be read, and why.
    pub fn failures(&self) -> BTreeMap<SourcePath, String> {
        self.lock().failures.clone()
    }

    /// What is known now, of files that are still there, by path.
    pub fn known(&self) -> BTreeMap<SourcePath, Known> {
        let known = self.lock().known.clone();
        known.into_iter().filter(|(path, known)| self.stamp(path) == Some(known.stamp)).collect()
    }

    /// Hands on what is known, to the files of the next build.
    pub fn take_known(&self) -> HashMap<SourcePath, Known, Quick> {
        std::mem::take(&mut self.lock().known)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a path is one of these files, or lies in one of these folders.
pub fn lies_in(path: &SourcePath, parts: &[String]) -> bool {
    parts.iter().any(|part| path.as_str() == part || path.below(part).is_some())
}
