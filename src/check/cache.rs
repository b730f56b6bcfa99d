//! Which links worked lately. In: a file on disk and the time. Out: whether a URL need not be asked again.
//!
//! Only successes are kept, each with its time; a failure is always asked anew. The file carries a version and a
//! checksum; whatever is wrong with it, it counts as empty, which costs nothing but time.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::base::Hash128;

const VERSION: u32 = 1;

/// Links that worked, with the second at which they did.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Cache {
    worked: BTreeMap<String, u64>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Stored {
    version: u32,
    checksum: String,
    worked: BTreeMap<String, u64>,
}

impl Cache {
    /// What the file holds that is no older than this, in seconds. Times that have yet to come are not believed.
    pub(super) fn load(path: &Path, now: u64, max_age: u64) -> Self {
        let stored = std::fs::read(path).ok().and_then(|bytes| serde_json::from_slice::<Stored>(&bytes).ok());
        let Some(mut stored) = stored else { return Cache::default() };
        if stored.version != VERSION || stored.checksum != checksum(&stored.worked) {
            return Cache::default();
        }
        stored.worked.retain(|_, at| now.checked_sub(*at).is_some_and(|age| age <= max_age));
        Cache { worked: stored.worked }
    }

    /// Whether this worked lately.
    pub(super) fn knows(&self, url: &str) -> bool {
        self.worked.contains_key(url)
    }

    /// Notes that this works.
    pub(super) fn note(&mut self, url: &str, now: u64) {
        self.worked.insert(url.to_owned(), now);
    }

    /// Writes the file whole or not at all.
    pub(super) fn save(self, path: &Path) -> std::io::Result<()> {
        let stored = Stored { version: VERSION, checksum: checksum(&self.worked), worked: self.worked };
        let folder = path.parent().unwrap_or(Path::new(""));
        if !folder.as_os_str().is_empty() {
            std::fs::create_dir_all(folder)?;
        }
        let mut name = path.file_name().unwrap_or_default().to_owned();
        name.push(format!(".{}.tmp", std::process::id()));
        let temporary = folder.join(name);
        let written = write(&temporary, &serde_json::to_vec_pretty(&stored)?);
        let done = written.and_then(|()| std::fs::rename(&temporary, path));
        if done.is_err() {
            // What could not be finished is taken away; that this may fail too changes nothing.
            let _ = std::fs::remove_file(&temporary);
        }
        done
    }
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let mut file = std::fs::File::create(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn checksum(worked: &BTreeMap<String, u64>) -> String {
    let mut text = String::new();
    for (url, at) in worked {
        text += &format!("{url}\n{at}\n");
    }
    format!("{:?}", Hash128::of_bytes(text.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: u64 = 86_400;

    fn stored(folder: &Path) -> std::path::PathBuf {
        let path = folder.join("cache/links.json");
        let mut cache = Cache::default();
        cache.note("https://a.test/", 10 * DAY);
        cache.note("https://b.test/", 12 * DAY);
        cache.save(&path).unwrap();
        path
    }

    #[test]
    fn ages_out() {
        let folder = tempfile::tempdir().unwrap();
        let path = stored(folder.path());
        let known = |now: u64| {
            let cache = Cache::load(&path, now, 7 * DAY);
            (cache.knows("https://a.test/"), cache.knows("https://b.test/"))
        };
        assert_eq!(known(12 * DAY), (true, true));
        assert_eq!(known(17 * DAY + 1), (false, true));
        assert_eq!(known(19 * DAY + 1), (false, false));
        assert_eq!(known(11 * DAY), (true, false), "a time that has yet to come");
        let left: Vec<_> = std::fs::read_dir(folder.path().join("cache")).unwrap().collect();
        assert_eq!(left.len(), 1, "no temporary file stays behind");
    }

    #[test]
    fn any_doubt_means_empty() {
        let folder = tempfile::tempdir().unwrap();
        let path = stored(folder.path());
        let good = std::fs::read_to_string(&path).unwrap();
        let load = || Cache::load(&path, 12 * DAY, 7 * DAY);
        assert_ne!(load(), Cache::default());
        for bad in [
            good.replace("a.test", "c.test"),
            good.replace("\"version\": 1", "\"version\": 2"),
            good[..good.len() / 2].to_owned(),
            String::new(),
            "[]".to_owned(),
        ] {
            std::fs::write(&path, &bad).unwrap();
            assert_eq!(load(), Cache::default(), "{bad}");
        }
        std::fs::write(&path, [0xFF, 0xFE]).unwrap();
        assert_eq!(load(), Cache::default());
        std::fs::remove_file(&path).unwrap();
        assert_eq!(load(), Cache::default());
    }

    #[test]
    fn what_cannot_be_written_is_told() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Cache::default().save(folder.path()).is_err());
    }
}
