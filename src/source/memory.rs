//! Sources in memory, for tests: every write gives a new stamp.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use super::{Scan, Sources, Stamp};
use crate::base::SourcePath;

/// Files in memory.
#[derive(Default)]
pub struct Memory {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    files: BTreeMap<SourcePath, (Vec<u8>, Stamp)>,
    env: BTreeMap<String, String>,
    ticks: i128,
    /// How far the clock is ahead of the ticks.
    ahead: i128,
}

impl Memory {
    /// Files with these texts.
    pub fn new(files: &[(&str, &str)]) -> Self {
        let memory = Memory::default();
        for (path, text) in files {
            memory.put(path, text);
        }
        memory
    }

    /// Writes a file.
    pub fn put(&self, path: &str, bytes: impl AsRef<[u8]>) {
        let mut state = self.lock();
        state.ticks += 1;
        let stamp = Stamp {
            modified: state.ticks,
            changed: state.ticks,
            size: bytes.as_ref().len() as u64,
            inode: 0,
        };
        state.files.insert(SourcePath::new(path), (bytes.as_ref().to_vec(), stamp));
    }

    /// Removes a file.
    pub fn remove(&self, path: &str) {
        self.lock().files.remove(path);
    }

    /// Sets a variable of the environment.
    pub fn set_env(&self, name: &str, value: &str) {
        self.lock().env.insert(name.to_owned(), value.to_owned());
    }

    /// Puts the clock forward by so many nanoseconds.
    pub fn pass(&self, time: i128) {
        self.lock().ahead += time;
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Sources for Memory {
    fn scan(&self, below: &SourcePath) -> io::Result<Scan> {
        let inside = |path: &SourcePath| path == below || path.below(below.as_str()).is_some();
        let files = self
            .lock()
            .files
            .iter()
            .filter(|(path, _)| inside(path))
            .map(|(path, (_, stamp))| (path.clone(), *stamp))
            .collect();
        Ok(Scan { files, unreadable: Vec::new() })
    }

    fn stamp(&self, path: &SourcePath) -> Option<Stamp> {
        self.lock().files.get(path).map(|(_, stamp)| *stamp)
    }

    fn read(&self, path: &SourcePath) -> io::Result<Option<Vec<u8>>> {
        Ok(self.lock().files.get(path).map(|(bytes, _)| bytes.clone()))
    }

    fn now(&self) -> i128 {
        // An hour after the last tick, so that every stamp is settled.
        let state = self.lock();
        state.ticks + state.ahead + 3_600_000_000_000
    }

    fn env(&self, name: &str) -> Option<String> {
        self.lock().env.get(name).cloned()
    }

    fn on_disk(&self, _path: &SourcePath) -> Option<PathBuf> {
        None
    }

    fn at(&self, path: &Path) -> Option<SourcePath> {
        path.to_str().map(SourcePath::new)
    }
}
