//! The only door to files, the clock and the environment. In: a folder on disk, or files in memory. Out: a
//! [`Snapshot`] of what there is, and bytes when somebody asks.
//!
//! | file | what it holds |
//! |---|---|
//! | [`disk`] | the real one |
//! | [`memory`] | one for tests |
//! | [`snapshot`] | which files there are, in order, with stamps that tell whether one changed |

pub mod disk;
pub mod memory;
pub mod snapshot;

use std::io;
use std::path::{Path, PathBuf};

use crate::base::SourcePath;

pub use disk::Disk;
pub use memory::Memory;
pub use snapshot::{Change, Snapshot, Stamp};

/// Where sources come from.
pub trait Sources: Send + Sync {
    /// Every file in a folder and its subfolders, or the file itself when it is one; nothing when there is none.
    /// Symbolic links are followed.
    fn scan(&self, below: &SourcePath) -> io::Result<Scan>;

    /// The stamp of a file; none when there is no file.
    fn stamp(&self, path: &SourcePath) -> Option<Stamp>;

    /// The bytes of a file; none when there is no file.
    fn read(&self, path: &SourcePath) -> io::Result<Option<Vec<u8>>>;

    /// Nanoseconds since 1970-01-01 UTC.
    fn now(&self) -> i128;

    /// A variable of the environment.
    fn env(&self, name: &str) -> Option<String>;

    /// Where a source lies on disk, if it does.
    fn on_disk(&self, path: &SourcePath) -> Option<PathBuf>;

    /// The source that lies at a place on disk, if it is one.
    fn at(&self, path: &Path) -> Option<SourcePath>;
}

/// What a scan found.
#[derive(Default)]
pub struct Scan {
    /// The files.
    pub files: Vec<(SourcePath, Stamp)>,
    /// Names that are no text and so cannot be part of a URL, as far as they can be shown.
    pub unreadable: Vec<String>,
}
