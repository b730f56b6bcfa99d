//! Which files there are, in order, with stamps that tell whether one changed.

use std::collections::BTreeMap;
use std::ops::Bound;

use crate::base::SourcePath;

/// What the file system says about a file without opening it. Equal stamps mean an equal file, with one exception that
/// [`Stamp::is_settled`] rules out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, bitcode::Encode, bitcode::Decode)]
pub struct Stamp {
    /// When its content changed: nanoseconds since 1970.
    pub modified: i128,
    /// When its content, name or rights changed: nanoseconds since 1970; catches a copy that keeps `modified`.
    pub changed: i128,
    /// Bytes.
    pub size: u64,
    /// The file system's number for it.
    pub inode: u64,
}

impl Stamp {
    /// Whether a later change would surely give another stamp, given the moment at which the content was read. Clocks of
    /// file systems tick slowly (up to two seconds), so a file that was changed right before it was read may change again
    /// without a new stamp.
    pub fn is_settled(&self, read_at: i128) -> bool {
        self.modified.max(self.changed) + 2_000_000_000 < read_at
    }
}

/// What happened to a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// It may hold something else.
    Modified(SourcePath),
    /// It was not there before, or is not there any more.
    CameOrWent(SourcePath),
}

/// The files of a site.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snapshot {
    files: BTreeMap<SourcePath, Stamp>,
}

impl Snapshot {
    /// A snapshot of these files.
    pub fn new(files: impl IntoIterator<Item = (SourcePath, Stamp)>) -> Self {
        Snapshot { files: files.into_iter().collect() }
    }

    /// The stamp of a file.
    pub fn get(&self, path: &SourcePath) -> Option<Stamp> {
        self.files.get(path).copied()
    }

    /// Every file, by path.
    pub fn iter(&self) -> impl Iterator<Item = (&SourcePath, &Stamp)> {
        self.files.iter()
    }

    /// How many files there are.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The files in a folder and its subfolders, by path.
    pub fn below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a SourcePath, &'a Stamp)> {
        let prefix = format!("{folder}/");
        self.files
            .range::<str, _>((Bound::Included(prefix.as_str()), Bound::Unbounded))
            .take_while(move |(path, _)| path.as_str().starts_with(&prefix))
            .collect::<Vec<_>>()
            .into_iter()
    }

    /// Puts what is now at a path, and below it when it is or was a folder, in place of what was there. Says what that
    /// changed.
    pub fn replace(&mut self, path: &SourcePath, now: Vec<(SourcePath, Stamp)>) -> Vec<Change> {
        let mut gone: BTreeMap<SourcePath, Stamp> =
            self.below(path.as_str()).map(|(path, stamp)| (path.clone(), *stamp)).collect();
        gone.extend(self.files.remove_entry(path));
        for path in gone.keys() {
            self.files.remove(path);
        }
        let mut changes = Vec::new();
        for (path, stamp) in now {
            match gone.remove(&path) {
                Some(_) => changes.push(Change::Modified(path.clone())),
                None => changes.push(Change::CameOrWent(path.clone())),
            }
            self.files.insert(path, stamp);
        }
        changes.extend(gone.into_keys().map(Change::CameOrWent));
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn snapshot(paths: &[&str]) -> Snapshot {
        Snapshot::new(paths.iter().map(|path| (SourcePath::new(path), Stamp::default())))
    }

    #[test]
    fn a_folder_is_not_its_namesakes() {
        let all = snapshot(&["content/a.md", "content/a/b.md", "content/a/c/d.md", "content/ab.md"]);
        let below: Vec<_> = all.below("content/a").map(|(path, _)| path.as_str()).collect();
        assert_eq!(below, ["content/a/b.md", "content/a/c/d.md"]);
    }

    #[test]
    fn a_folder_that_is_gone_takes_its_files_along() {
        let mut all = snapshot(&["a/b", "a/c", "d"]);
        all.replace(&SourcePath::new("a"), vec![]);
        assert_eq!(all, snapshot(&["d"]));
        all.replace(&SourcePath::new("d"), vec![(SourcePath::new("d/e"), Stamp::default())]);
        assert_eq!(all, snapshot(&["d/e"]));
    }

    #[test]
    fn a_file_read_right_after_a_change_is_not_settled() {
        let stamp = Stamp { modified: 10_000_000_000, ..Stamp::default() };
        assert!(!stamp.is_settled(10_500_000_000));
        assert!(stamp.is_settled(13_000_000_000));
    }
}
