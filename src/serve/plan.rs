//! Which folders to watch to hear of every change that counts. In: what the site wants watched. Out: folders that
//! exist, each with or without what is below it, and the answer to "does this path count?".

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::passing::is_passing;

/// Folders of tools and of ourselves, whose changes never count.
const NEVER: [&str; 2] = [".git", ".praktijk"];

/// Whether a folder is watched with all that is below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// Only what lies directly in it.
    Flat,
    /// All that is below it.
    Deep,
}

/// What counts, and what has to be watched for it.
#[derive(Default)]
pub(super) struct Plan {
    /// What the site wants, each with the name the system may use for it (without symbolic links).
    wanted: Vec<(PathBuf, Option<PathBuf>)>,
    never: Vec<PathBuf>,
    /// The folders to watch.
    pub(super) folders: BTreeMap<PathBuf, Depth>,
}

impl Plan {
    /// Looks at the disk to see how these can be watched.
    pub(super) fn new(wanted: Vec<PathBuf>, never: &[PathBuf]) -> Plan {
        let mut folders = BTreeMap::new();
        for path in &wanted {
            if path.is_dir() {
                add_folder(&mut folders, path, never);
            } else {
                // A file is watched through its folder: an editor that renames a new file over it leaves the watch
                // on the old one. What is missing is awaited in the nearest folder that exists.
                let above = path.ancestors().skip(1).find(|above| above.is_dir());
                folders.entry(above.unwrap_or(Path::new("/")).to_owned()).or_insert(Depth::Flat);
            }
        }
        let covered = |path: &Path, folders: &BTreeMap<PathBuf, Depth>| {
            path.ancestors().skip(1).any(|above| folders.get(above) == Some(&Depth::Deep))
        };
        let all = folders.clone();
        folders.retain(|path, _| !covered(path, &all));
        let never = never.to_vec();
        let wanted = wanted.into_iter().map(|path| (path.clone(), other_name(&path))).collect();
        Plan { wanted, never, folders }
    }

    /// The path under which a change counts, as the site names it; none when it does not count.
    pub(super) fn counts(&self, path: &Path) -> Option<PathBuf> {
        self.counts_as_named(path).then(|| path.to_owned()).or_else(|| {
            self.wanted.iter().find_map(|(name, other)| {
                let below = path.strip_prefix(other.as_deref()?).ok()?;
                let path = if below.as_os_str().is_empty() { name.clone() } else { name.join(below) };
                self.counts_as_named(&path).then_some(path)
            })
        })
    }

    fn counts_as_named(&self, path: &Path) -> bool {
        if is_passing(path) || self.never.iter().any(|never| path.starts_with(never)) {
            return false;
        }
        self.wanted.iter().any(|(wanted, _)| match path.strip_prefix(wanted) {
            Ok(below) => !below.iter().any(|part| NEVER.iter().any(|never| part == *never)),
            // A folder above it that came or went counts; a folder of which only the dates changed is above all
            // we watch as well, and a rebuild without changes is cheap.
            Err(_) => wanted.starts_with(path),
        })
    }
}

/// Watches a folder with all that is below it, except the folders that never count: watching the outputs of a large
/// site costs as much as watching its sources, and systems give few watches.
fn add_folder(folders: &mut BTreeMap<PathBuf, Depth>, folder: &Path, never: &[PathBuf]) {
    let is_never = |path: &Path| never.iter().any(|never| path.starts_with(never));
    if is_never(folder) {
        return;
    }
    let whole = !never.iter().any(|never| never.starts_with(folder) && never.exists())
        && !NEVER.iter().any(|name| folder.join(name).is_dir());
    if whole {
        folders.insert(folder.to_owned(), Depth::Deep);
        return;
    }
    folders.entry(folder.to_owned()).or_insert(Depth::Flat);
    // A folder that cannot be listed is watched flat; the build complains of it.
    for below in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
        let skipped = NEVER.iter().any(|name| below.ends_with(name));
        if !skipped && below.is_dir() {
            add_folder(folders, &below, never);
        }
    }
}

/// The name of a path without symbolic links, if that is another: macOS reports changes under it. What is missing gets
/// the name it would have in its folder.
fn other_name(path: &Path) -> Option<PathBuf> {
    let (above, real) = path.ancestors().find_map(|above| Some((above, above.canonicalize().ok()?)))?;
    let below = path.strip_prefix(above).ok()?;
    let real = if below.as_os_str().is_empty() { real } else { real.join(below) };
    (real != path).then_some(real)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(folders: &[&str]) -> (tempfile::TempDir, PathBuf) {
        let temporary = tempfile::tempdir().unwrap();
        let root = temporary.path().canonicalize().unwrap();
        for folder in folders {
            fs::create_dir_all(root.join(folder)).unwrap();
        }
        (temporary, root)
    }

    #[test]
    fn files_folders_and_what_is_missing() {
        let (_keep, root) = site(&["content/a"]);
        fs::write(root.join("zola.toml"), "").unwrap();
        let wanted =
            ["zola.toml", "content", "content/a", "themes/x/sass"].map(|path| root.join(path)).to_vec();
        let plan = Plan::new(wanted, &[]);
        let expected = BTreeMap::from([(root.clone(), Depth::Flat), (root.join("content"), Depth::Deep)]);
        assert_eq!(plan.folders, expected);
        for path in ["zola.toml", "content", "content/new/b.md", "themes", "themes/x/sass/a.scss"] {
            assert_eq!(plan.counts(&root.join(path)), Some(root.join(path)), "{path}");
        }
        for path in ["other.toml", "themes/y", "content/.a.md.swp", "content/.git/index", "contents"] {
            assert_eq!(plan.counts(&root.join(path)), None, "{path}");
        }
    }

    #[test]
    fn the_output_folder_is_left_out_of_a_folder_that_holds_it() {
        let (_keep, root) = site(&["public/a", "content/a", ".git/objects", "sub/.praktijk"]);
        let plan = Plan::new(vec![root.clone()], &[root.join("public")]);
        let expected = [
            (root.clone(), Depth::Flat),
            (root.join("content"), Depth::Deep),
            (root.join("sub"), Depth::Flat),
        ];
        assert_eq!(plan.folders, BTreeMap::from(expected));
        assert_eq!(plan.counts(&root.join("public/a/index.html")), None);
        assert_eq!(plan.counts(&root.join("sub/.praktijk/store")), None);
        assert!(plan.counts(&root.join("new.md")).is_some());
    }

    #[test]
    fn a_site_may_lie_below_a_folder_with_such_a_name() {
        let (_keep, root) = site(&[".praktijk/site/content"]);
        let plan = Plan::new(vec![root.join(".praktijk/site/content")], &[]);
        assert!(plan.counts(&root.join(".praktijk/site/content/a.md")).is_some());
    }

    #[cfg(unix)]
    #[test]
    fn a_change_under_the_real_name_counts_under_the_name_the_site_uses() {
        let (_keep, root) = site(&["real/content"]);
        std::os::unix::fs::symlink(root.join("real"), root.join("link")).unwrap();
        let plan = Plan::new(vec![root.join("link/content")], &[]);
        let expected = Some(root.join("link/content/a.md"));
        assert_eq!(plan.counts(&root.join("real/content/a.md")), expected);
    }
}
