//! tantivy's files out of the pieces that are here. In: pieces as they arrive. Out: a directory that tantivy reads from; what
//! it asks for and is not here is noted, and tantivy gets an error that says so.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io;
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::HasLen;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, OwnedBytes, WatchCallback, WatchHandle, WritePtr,
};

/// A file of which some pieces are here.
pub struct Pieces {
    length: usize,
    /// By where they begin; they do not overlap.
    here: Mutex<BTreeMap<usize, OwnedBytes>>,
    /// Where each chunk begins and ends in this file, in order.
    chunks: Vec<Range<usize>>,
    missing: Arc<Mutex<BTreeSet<usize>>>,
    /// Every read, for the writer that wants to know what opening takes.
    log: Option<Mutex<Vec<Range<usize>>>>,
}

impl Pieces {
    /// A file of a length, of which nothing is here. What is missing is noted by the numbers of its chunks.
    pub fn new(length: usize, chunks: Vec<Range<usize>>, missing: Arc<Mutex<BTreeSet<usize>>>) -> Pieces {
        Pieces { length, here: Mutex::default(), chunks, missing, log: None }
    }

    /// A file that is here as a whole, and notes what is read of it.
    pub fn whole(bytes: Vec<u8>) -> Pieces {
        let mut file = Pieces::new(bytes.len(), Vec::new(), Arc::default());
        file.log = Some(Mutex::default());
        file.put(0, OwnedBytes::new(bytes));
        file
    }

    /// A piece has arrived.
    pub fn put(&self, at: usize, bytes: OwnedBytes) {
        if !bytes.is_empty() {
            held(&self.here).insert(at, bytes);
        }
    }

    /// Whether the byte at a place is here.
    pub fn has(&self, at: usize) -> bool {
        at >= self.length || self.from(at).is_some()
    }

    /// Where chunk `number` stands in this file.
    pub fn chunk(&self, number: usize) -> Option<Range<usize>> {
        self.chunks.get(number).cloned()
    }

    /// What was read since this was asked last.
    pub fn read_since(&self) -> Vec<Range<usize>> {
        self.log.as_ref().map(|log| std::mem::take(&mut *held(log))).unwrap_or_default()
    }

    /// The piece that has the byte at a place: from there to its end.
    fn from(&self, at: usize) -> Option<OwnedBytes> {
        let here = held(&self.here);
        let (start, bytes) = here.range(..=at).next_back()?;
        let skip = at - start;
        (skip < bytes.len()).then(|| bytes.slice(skip..bytes.len()))
    }

    fn gather(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.end > self.length || range.start > range.end {
            return Err(io::ErrorKind::InvalidInput.into());
        }
        if range.is_empty() {
            return Ok(OwnedBytes::empty());
        }
        let wanted = range.len();
        if let Some(piece) = self.from(range.start).filter(|piece| piece.len() >= wanted) {
            return Ok(piece.slice(0..wanted));
        }
        let mut bytes = Vec::with_capacity(wanted);
        let mut whole = true;
        let mut at = range.start;
        while at < range.end {
            match self.from(at) {
                Some(piece) => {
                    let taken = piece.len().min(range.end - at);
                    bytes.extend_from_slice(&piece.as_slice()[..taken]);
                    at += taken;
                }
                None => {
                    whole = false;
                    at = self.note(at..range.end)?;
                }
            }
        }
        if whole { Ok(OwnedBytes::new(bytes)) } else { Err(io::ErrorKind::WouldBlock.into()) }
    }

    /// Notes the chunk that has the first byte of a range, and tells where it ends.
    fn note(&self, range: Range<usize>) -> io::Result<usize> {
        let number = self.chunks.partition_point(|chunk| chunk.end <= range.start);
        match self.chunks.get(number) {
            Some(chunk) if chunk.start <= range.start => {
                held(&self.missing).insert(number);
                Ok(chunk.end)
            }
            _ => Err(io::ErrorKind::UnexpectedEof.into()),
        }
    }
}

impl FileHandle for Pieces {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if let Some(log) = &self.log {
            held(log).push(range.clone());
        }
        self.gather(range)
    }
}

impl HasLen for Pieces {
    fn len(&self) -> usize {
        self.length
    }
}

impl fmt::Debug for Pieces {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.length)
    }
}

/// Takes a lock; what another thread left half done while panicking does not occur with plain inserts.
pub(crate) fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The files of one index, by the end of their names.
#[derive(Clone, Debug)]
pub struct Folder {
    /// `meta.json`.
    pub meta: Arc<Vec<u8>>,
    /// The others.
    pub files: Arc<BTreeMap<String, Arc<Pieces>>>,
}

fn absent(path: &Path) -> OpenReadError {
    OpenReadError::FileDoesNotExist(path.to_path_buf())
}

fn read_only() -> io::Error {
    io::ErrorKind::Unsupported.into()
}

impl Directory for Folder {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        let file = self.files.get(ending).ok_or_else(|| absent(path))?;
        Ok(file.clone())
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        Ok(path == Path::new("meta.json") || self.get_file_handle(path).is_ok())
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        if path == Path::new("meta.json") { Ok(self.meta.to_vec()) } else { Err(absent(path)) }
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::FileDoesNotExist(path.to_path_buf()))
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(read_only(), path.to_path_buf()))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(read_only())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }
}
