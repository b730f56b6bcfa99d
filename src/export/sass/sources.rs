//! What the compiler sees of the site. In: the engine's way to read. Out: the file system that `grass` asks, where every
//! question, also about a file that is not there, goes through that one way and so can be traced.

use std::cell::RefCell;
use std::fmt;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use crate::base::SourcePath;

/// The site as a file system.
pub(super) struct Sources<'a> {
    read: &'a dyn Fn(&SourcePath) -> Option<Arc<[u8]>>,
    unreadable: RefCell<Option<(SourcePath, usize)>>,
}

impl<'a> Sources<'a> {
    /// The site behind a way to read it.
    pub(super) fn new(read: &'a dyn Fn(&SourcePath) -> Option<Arc<[u8]>>) -> Self {
        Sources { read, unreadable: RefCell::new(None) }
    }

    /// Whether there is such a file.
    pub(super) fn exists(&self, path: &SourcePath) -> bool {
        (self.read)(path).is_some()
    }

    /// The first file that was not UTF-8, and the byte at which it stops being so.
    pub(super) fn unreadable(&self) -> Option<(SourcePath, usize)> {
        self.unreadable.borrow().clone()
    }
}

impl grass::Fs for Sources<'_> {
    /// Always: the compiler then looks for the index file in it, and whether *that* is there is the real question.
    fn is_dir(&self, _path: &Path) -> bool {
        true
    }

    fn is_file(&self, path: &Path) -> bool {
        in_site(path).is_some_and(|path| self.exists(&path))
    }

    /// Never fails: the compiler panics when an import cannot be read. What is no text reads as nothing and is noted.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let Some(file) = in_site(path) else { return Ok(Vec::new()) };
        let Some(bytes) = (self.read)(&file) else { return Ok(Vec::new()) };
        match std::str::from_utf8(&bytes) {
            Ok(_) => Ok(bytes.to_vec()),
            Err(error) => {
                self.unreadable.borrow_mut().get_or_insert((file, error.valid_up_to()));
                Ok(Vec::new())
            }
        }
    }

    /// One name for each file, so that a module used along two ways is one module.
    fn canonicalize(&self, path: &Path) -> io::Result<PathBuf> {
        Ok(in_site(path).map_or_else(|| path.to_path_buf(), |path| PathBuf::from(path.as_str())))
    }
}

impl fmt::Debug for Sources<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sources")
    }
}

/// The source that a path means; none when it leads out of the site.
pub(super) fn in_site(path: &Path) -> Option<SourcePath> {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => parts.push(name.to_str()?),
            Component::ParentDir => drop(parts.pop()?),
            Component::CurDir => {}
            Component::Prefix(_) | Component::RootDir => return None,
        }
    }
    Some(SourcePath::new(parts.join("/")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_in_the_site() {
        let inside = |path: &str| in_site(Path::new(path)).map(|path| path.as_str().to_owned());
        assert_eq!(inside("../secret.scss"), None);
        assert_eq!(inside("sass/../../secret.scss"), None);
        assert_eq!(inside("/etc/a.scss"), None);
        assert_eq!(inside("sass/./a/../_b.scss").as_deref(), Some("sass/_b.scss"));
    }
}
