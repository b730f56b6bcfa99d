//! How artifacts get from the stage to their places.

use std::collections::{BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::{STAGE, Stage, WriteError, at};
use crate::base::OutPath;

/// What is to be in the output folder.
pub struct Wanted<'a> {
    /// Every output, on the stage or in place already.
    pub files: &'a BTreeSet<OutPath>,
    /// Whether names at the top that begin with a dot stay, whoever made them.
    pub keep_dotfiles: bool,
}

/// What publishing did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// Files and folders that were removed.
    pub removed: usize,
}

impl Stage {
    /// Moves everything to its place and removes everything that is not wanted.
    pub fn publish(self, wanted: &Wanted<'_>) -> Result<Published, WriteError> {
        let mut published = Published::default();
        let folders = folders_of(wanted.files);
        // New files first: should the machine fail in between, an old page may remain, but none is missing.
        let mut moved = HashSet::new();
        merge(&self.folder, &self.output, &mut moved)?;
        let standing = Standing { wanted, folders: &folders, moved: &moved };
        self.clear(&self.output, "", &standing, &mut published)?;
        Ok(published)
    }

    /// Removes what is not wanted from a folder of the output.
    fn clear(
        &self,
        folder: &Path,
        below: &str,
        standing: &Standing<'_>,
        published: &mut Published,
    ) -> Result<(), WriteError> {
        let Standing { wanted, folders, moved } = standing;
        let failed = || at("The output folder cannot be read:", folder);
        for entry in fs::read_dir(folder).map_err(failed())? {
            let entry = entry.map_err(failed())?;
            let name = entry.file_name();
            let text = name.to_string_lossy();
            if below.is_empty() && (text == STAGE || (wanted.keep_dotfiles && text.starts_with('.'))) {
                continue;
            }
            let path = if below.is_empty() { text.into_owned() } else { format!("{below}/{text}") };
            // What has just moved here whole holds nothing but what was made.
            if moved.contains(&path) {
                continue;
            }
            let is_folder = entry.file_type().map_err(failed())?.is_dir();
            if is_folder && folders.contains(&path) {
                self.clear(&entry.path(), &path, standing, published)?;
            } else if is_folder {
                remove(&entry.path())?;
                published.removed += 1;
            } else if !wanted.files.contains(path.as_str()) {
                fs::remove_file(entry.path())
                    .map_err(at("A file that is no longer wanted cannot be removed:", entry.path()))?;
                published.removed += 1;
            }
        }
        Ok(())
    }
}

/// Removes a folder with all that is in it. Much of it goes at once, as with [`Move`].
fn remove(folder: &Path) -> Result<(), WriteError> {
    let failed = || at("A folder that is no longer wanted cannot be removed:", folder);
    let entries: Vec<fs::DirEntry> = fs::read_dir(folder).and_then(Iterator::collect).map_err(failed())?;
    side_by_side(&entries, folder, &|entry: &fs::DirEntry| {
        let path = entry.path();
        let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
        if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) }.map_err(failed())
    })?;
    fs::remove_dir(folder).map_err(failed())
}

/// Does the same with many things at once.
fn side_by_side<T: Sync>(
    all: &[T],
    folder: &Path,
    one: &(dyn Fn(&T) -> Result<(), WriteError> + Sync),
) -> Result<(), WriteError> {
    let piece = all.len().div_ceil(AT_ONCE).max(64);
    std::thread::scope(|scope| {
        let threads: Vec<_> =
            all.chunks(piece).map(|piece| scope.spawn(move || piece.iter().try_for_each(one))).collect();
        let ended =
            || at("Files cannot be put in their places:", folder)(std::io::Error::other("a thread ended"));
        threads.into_iter().try_for_each(|thread| thread.join().unwrap_or_else(|_| Err(ended())))
    })
}

/// Every folder that holds one of these files, at any depth.
pub fn folders_of(files: &BTreeSet<OutPath>) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for file in files {
        let mut folder = file.as_str();
        while let Some((parent, _)) = folder.rsplit_once('/') {
            if !folders.insert(parent.to_owned()) {
                break;
            }
            folder = parent;
        }
    }
    folders
}

/// What is known when the output folder is cleared.
struct Standing<'a> {
    wanted: &'a Wanted<'a>,
    /// Every folder that holds an output, at any depth.
    folders: &'a BTreeSet<String>,
    /// What moved to its place whole.
    moved: &'a HashSet<String>,
}

/// A file, or a folder that is new, on its way to its place.
struct Move {
    from: PathBuf,
    to: PathBuf,
    path: String,
}

/// How many moves go on at once. A file that takes the place of another waits for the disk, not for a processor.
const AT_ONCE: usize = 16;

/// Moves everything in `from` into `to`; a folder that is new there moves whole.
fn merge(from: &Path, to: &Path, moved: &mut HashSet<String>) -> Result<(), WriteError> {
    let mut moves = Vec::new();
    gather(from, to, "", &mut moves)?;
    side_by_side(&moves, to, &Move::go)?;
    moved.extend(moves.into_iter().map(|one| one.path));
    Ok(())
}

impl Move {
    fn go(&self) -> Result<(), WriteError> {
        fs::rename(&self.from, &self.to).map_err(at("A file cannot be put in its place:", &self.to))
    }
}

/// What must move from `from` to `to`, which is `below` the output folder. What is in the way of it is removed.
fn gather(from: &Path, to: &Path, below: &str, moves: &mut Vec<Move>) -> Result<(), WriteError> {
    let failed = || at("The files of the build cannot be read:", from);
    for entry in fs::read_dir(from).map_err(failed())? {
        let entry = entry.map_err(failed())?;
        let target = to.join(entry.file_name());
        let name = entry.file_name();
        let path = if below.is_empty() {
            name.to_string_lossy().into_owned()
        } else {
            format!("{below}/{}", name.to_string_lossy())
        };
        let is_folder = entry.file_type().map_err(failed())?.is_dir();
        let there = fs::symlink_metadata(&target).ok();
        if is_folder && target.is_dir() {
            gather(&entry.path(), &target, &path, moves)?;
            continue;
        }
        // A file where a folder was, or a folder where a file was, cannot take its place by itself.
        match there {
            Some(there) if there.is_dir() => {
                fs::remove_dir_all(&target).map_err(at("What is in the way cannot be removed:", &target))?
            }
            Some(_) if is_folder => {
                fs::remove_file(&target).map_err(at("What is in the way cannot be removed:", &target))?
            }
            _ => {}
        }
        moves.push(Move { from: entry.path(), to: target, path });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Artifact;

    fn stage(output: &Path, files: &[(&str, &str)]) -> Stage {
        let stage = Stage::new(output, false).unwrap();
        for (path, text) in files {
            stage.put(&Artifact::new(OutPath::new(path), *text), &|_| None).unwrap();
        }
        stage
    }

    fn wanted(files: &[&str]) -> BTreeSet<OutPath> {
        files.iter().map(OutPath::new).collect()
    }

    fn tree(output: &Path) -> Vec<(String, String)> {
        let mut files: Vec<_> = walkdir::WalkDir::new(output)
            .into_iter()
            .flatten()
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                (
                    entry.path().strip_prefix(output).unwrap().display().to_string(),
                    fs::read_to_string(entry.path()).unwrap(),
                )
            })
            .collect();
        files.sort();
        files
    }

    #[test]
    fn puts_keeps_and_removes() {
        let dir = tempfile::tempdir().unwrap();
        let output = dir.path().join("public");
        let files = wanted(&["a/b/index.html", "index.html"]);
        let publish = |stage: Stage, files| stage.publish(&Wanted { files, keep_dotfiles: true }).unwrap();
        publish(stage(&output, &[("a/b/index.html", "1"), ("index.html", "1")]), &files);
        fs::write(output.join(".htaccess"), "mine").unwrap();
        fs::write(output.join("stray"), "").unwrap();
        fs::create_dir_all(output.join("a/c/d")).unwrap();
        let published = publish(stage(&output, &[("index.html", "2")]), &files);
        assert_eq!(published.removed, 2);
        let expected = [(".htaccess", "mine"), ("a/b/index.html", "1"), ("index.html", "2")];
        assert_eq!(tree(&output), expected.map(|(path, text)| (path.to_owned(), text.to_owned())));
    }

    #[test]
    fn a_stage_that_is_dropped_leaves_no_trace() {
        let dir = tempfile::tempdir().unwrap();
        let output = dir.path().join("public");
        drop(stage(&output, &[("a/index.html", "1")]));
        assert!(!output.exists());
        fs::create_dir(&output).unwrap();
        fs::write(output.join("old"), "1").unwrap();
        drop(stage(&output, &[("a/index.html", "1")]));
        assert_eq!(tree(&output), [("old".to_owned(), "1".to_owned())]);
    }

    #[test]
    fn a_file_becomes_a_folder_and_back() {
        let dir = tempfile::tempdir().unwrap();
        let output = dir.path().join("public");
        for (path, text) in [("a", "file"), ("a/index.html", "folder"), ("a", "file")] {
            let files = wanted(&[path]);
            stage(&output, &[(path, text)]).publish(&Wanted { files: &files, keep_dotfiles: false }).unwrap();
            assert_eq!(tree(&output), [(path.to_owned(), text.to_owned())]);
        }
    }

    #[test]
    fn something_in_the_way_is_named() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("public"), "no folder").unwrap();
        let error = Stage::new(&dir.path().join("public"), false).err().unwrap();
        assert!(error.to_string().contains("public"), "{error}");
        assert!(error.hint().is_some(), "{error:?}");
    }
}
