//! Sources on disk.

use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

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

impl Disk {
    /// Everything in a folder.
    fn folder(&self, folder: &Path, scan: &mut Scan) -> io::Result<()> {
        let entries = match std::fs::read_dir(folder) {
            // A folder that went while we looked is no source.
            Err(error) if is_gone(&error) => return Ok(()),
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let path = entry.path();
            let link = entry.file_type()?.is_symlink();
            // Of a link, what it leads to; the rest the folder can tell by itself, which takes no way through it.
            let metadata = if link { std::fs::metadata(&path) } else { entry.metadata() };
            match metadata {
                Ok(metadata) if metadata.is_dir() => {
                    if !(link && self.is_circle(&path)) {
                        self.folder(&path, scan)?;
                    }
                }
                Ok(metadata) => self.file(&path, &metadata, scan),
                // A link that leads nowhere, or a file that went while we looked, is no source.
                Err(error) if is_gone(&error) || link => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Whether a link leads to a folder that it lies in.
    fn is_circle(&self, link: &Path) -> bool {
        let target = link.canonicalize().ok();
        let above = link.ancestors().skip(1).take_while(|folder| folder.starts_with(&self.root));
        above.into_iter().any(|folder| folder.canonicalize().ok() == target)
    }

    fn file(&self, path: &Path, metadata: &Metadata, scan: &mut Scan) {
        if !metadata.is_file() {
            return;
        }
        match self.at(path) {
            Some(source) => scan.files.push((source, stamp(metadata))),
            None => scan.unreadable.push(path.to_string_lossy().into_owned()),
        }
    }
}

fn is_gone(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

impl Sources for Disk {
    fn scan(&self, below: &SourcePath) -> io::Result<Scan> {
        let mut scan = Scan::default();
        let top = below.on_disk(&self.root);
        match std::fs::metadata(&top) {
            Ok(metadata) if metadata.is_dir() => self.folder(&top, &mut scan)?,
            Ok(metadata) => self.file(&top, &metadata, &mut scan),
            Err(error) if is_gone(&error) => {}
            Err(error) => return Err(error),
        }
        scan.unreadable.sort();
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
