//! Sources on disk.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use walkdir::WalkDir;

use super::{Scan, Sources, Stamp};
use crate::base::SourcePath;

/// A folder on disk.
pub struct Disk {
    root: PathBuf,
}

impl Disk {
    /// The sources in a folder.
    pub fn new(root: impl Into<PathBuf>) -> Self {
        Disk { root: root.into() }
    }
}

impl Sources for Disk {
    fn scan(&self, below: &SourcePath) -> io::Result<Scan> {
        let mut scan = Scan::default();
        for entry in WalkDir::new(below.on_disk(&self.root)).follow_links(true) {
            let entry = match entry {
                Ok(entry) => entry,
                // A link that leads nowhere or in a circle, or a file that went while we looked, is no source.
                Err(error) if error.loop_ancestor().is_some() => continue,
                Err(error)
                    if error.io_error().is_some_and(|error| error.kind() == io::ErrorKind::NotFound) =>
                {
                    continue;
                }
                Err(error) => return Err(error.into()),
            };
            if !entry.file_type().is_file() {
                continue;
            }
            match self.at(entry.path()) {
                Some(path) => match entry.metadata() {
                    Ok(metadata) => scan.files.push((path, stamp(&metadata))),
                    Err(_) => continue,
                },
                None => scan.unreadable.push(entry.path().to_string_lossy().into_owned()),
            }
        }
        Ok(scan)
    }

    fn stamp(&self, path: &SourcePath) -> Option<Stamp> {
        let metadata = std::fs::metadata(path.on_disk(&self.root)).ok()?;
        metadata.is_file().then(|| stamp(&metadata))
    }

    fn read(&self, path: &SourcePath) -> io::Result<Option<Vec<u8>>> {
        let full = path.on_disk(&self.root);
        match std::fs::read(&full) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Ok(None)
            }
            Err(_) if full.is_dir() => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn now(&self) -> i128 {
        nanoseconds(SystemTime::now())
    }

    fn env(&self, name: &str) -> Option<String> {
        std::env::var(name).ok()
    }

    fn on_disk(&self, path: &SourcePath) -> Option<PathBuf> {
        Some(path.on_disk(&self.root))
    }

    fn at(&self, path: &Path) -> Option<SourcePath> {
        let below = path.strip_prefix(&self.root).ok()?;
        let mut parts = Vec::new();
        for part in below.components() {
            parts.push(part.as_os_str().to_str()?);
        }
        Some(SourcePath::new(parts.join("/")))
    }
}

/// The stamp of what the file system says.
pub fn stamp(metadata: &Metadata) -> Stamp {
    let modified = metadata.modified().map_or(0, nanoseconds);
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let changed = i128::from(metadata.ctime()) * 1_000_000_000 + i128::from(metadata.ctime_nsec());
        Stamp { modified, changed, size: metadata.len(), inode: metadata.ino() }
    }
    #[cfg(not(unix))]
    Stamp { modified, changed: modified, size: metadata.len(), inode: 0 }
}

fn nanoseconds(time: SystemTime) -> i128 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_nanos() as i128,
        Err(before) => -(before.duration().as_nanos() as i128),
    }
}
