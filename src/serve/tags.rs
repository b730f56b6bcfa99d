//! The identity of a body, for `ETag`. Files are read once for it, and again when their size or date changed.

use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::hash::Hasher;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use crate::base::Hash128;
use crate::base::hash::Hasher128;

/// The identities of files that were asked for.
#[derive(Default)]
pub(super) struct Tags(Mutex<BTreeMap<PathBuf, (Stamp, Hash128)>>);

type Stamp = (u64, Option<SystemTime>);

/// The tag of these bytes.
pub(super) fn of_bytes(bytes: &[u8]) -> String {
    written(Hash128::of_bytes(bytes))
}

impl Tags {
    /// The tag of an open file; its reading position is at the start afterwards.
    pub(super) fn of_file(&self, path: &Path, file: &mut File, meta: &Metadata) -> io::Result<String> {
        let stamp = (meta.len(), meta.modified().ok());
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(path).copied();
        if let Some((_, hash)) = known.filter(|(at, _)| *at == stamp && stamp.1.is_some()) {
            return Ok(written(hash));
        }
        let hash = read(file)?;
        file.seek(SeekFrom::Start(0))?;
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), (stamp, hash));
        Ok(written(hash))
    }
}

fn read(file: &mut File) -> io::Result<Hash128> {
    let mut hasher = Hasher128::default();
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hasher.finish128()),
            length => hasher.write(&buffer[..length]),
        }
    }
}

fn written(hash: Hash128) -> String {
    format!("\"{hash:?}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_the_tag_of_its_bytes_also_after_a_change() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a");
        let tags = Tags::default();
        for text in ["één", "twee"] {
            std::fs::write(&path, text).unwrap();
            let mut file = File::open(&path).unwrap();
            let meta = file.metadata().unwrap();
            for _ in 0..2 {
                assert_eq!(tags.of_file(&path, &mut file, &meta).unwrap(), of_bytes(text.as_bytes()));
            }
        }
    }
}
