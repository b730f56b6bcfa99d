//! What the endpoint takes from the built site: how its pages look, and which pages take reactions. In: the files of the
//! site, wherever they are. Out: a [`Frame`] to put a page in, and [`Pages`]; both follow the site when it is built anew.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Deserialize;

use super::frame::Frame;
use crate::model::reaction::Kind;

/// The files of the built site.
pub trait SiteFiles: Send + Sync {
    /// What changes when the file does; none when it is not there.
    fn stamp(&self, path: &str) -> Option<u128>;
    /// What is in the file.
    fn read(&self, path: &str) -> Option<Vec<u8>>;
}

/// The site in a folder.
pub struct OnDisk(pub PathBuf);

impl SiteFiles for OnDisk {
    fn stamp(&self, path: &str) -> Option<u128> {
        let about = std::fs::metadata(self.0.join(path)).ok()?;
        let since = about.modified().ok()?.duration_since(std::time::UNIX_EPOCH).ok()?;
        Some(since.as_nanos().wrapping_mul(31).wrapping_add(u128::from(about.len())))
    }

    fn read(&self, path: &str) -> Option<Vec<u8>> {
        std::fs::read(self.0.join(path)).ok()
    }
}

/// The page of the site that others are put in.
const FRAME: &str = "reacties/index.html";
/// The list of pages that take reactions.
const PAGES: &str = "reacties/paginas.json";

/// A page that takes reactions.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Page {
    /// Its id, the key of its thread.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its path on the site.
    pub url: String,
    /// What may be posted there.
    pub kinds: Vec<Kind>,
    /// For moderators of what.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Its language.
    #[serde(default)]
    pub lang: String,
}

/// What moderators may be limited to.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Scope {
    /// As it is kept.
    pub slug: String,
    /// As people read it.
    pub label: String,
}

/// The pages that take reactions.
#[derive(Clone, Debug, Default)]
pub struct Pages {
    by_id: BTreeMap<String, Page>,
    /// What moderators may be limited to.
    pub scopes: Vec<Scope>,
}

#[derive(Deserialize)]
struct Written {
    version: u64,
    #[serde(default)]
    scopes: Vec<Scope>,
    pages: Vec<Page>,
}

impl Pages {
    /// Reads the list. One of another version is as good as none: nobody can post until program and site agree.
    pub fn read(json: &[u8]) -> Option<Pages> {
        let written: Written = serde_json::from_slice(json).ok()?;
        if written.version != 1 {
            return None;
        }
        // Translations share an id, and the first is that in the language of the site.
        let mut by_id = BTreeMap::new();
        for page in written.pages {
            by_id.entry(page.id.clone()).or_insert(page);
        }
        Some(Pages { by_id, scopes: written.scopes })
    }

    /// The page with this id.
    pub fn get(&self, id: &str) -> Option<&Page> {
        self.by_id.get(id)
    }

    /// All of them, by id.
    pub fn all(&self) -> impl Iterator<Item = &Page> {
        self.by_id.values()
    }
}

/// What the endpoint takes from the built site.
pub struct Site {
    files: Box<dyn SiteFiles>,
    frame: Mutex<Kept<Frame>>,
    pages: Mutex<Kept<Pages>>,
}

struct Kept<T> {
    stamp: Option<u128>,
    value: Arc<T>,
}

impl Site {
    /// The site in these files.
    pub fn new(files: Box<dyn SiteFiles>) -> Site {
        Site {
            files,
            frame: Mutex::new(Kept { stamp: None, value: Arc::new(Frame::plain()) }),
            pages: Mutex::new(Kept { stamp: None, value: Arc::default() }),
        }
    }

    /// What to put a page in. A plain one while the site is not there.
    pub fn frame(&self) -> Arc<Frame> {
        let made = |bytes: Vec<u8>| Frame::read(&String::from_utf8_lossy(&bytes));
        self.current(FRAME, &self.frame, made, Frame::plain)
    }

    /// Which pages take reactions.
    pub fn pages(&self) -> Arc<Pages> {
        self.current(PAGES, &self.pages, |bytes| Pages::read(&bytes), Pages::default)
    }

    /// Whether the site is there and takes reactions.
    pub fn is_there(&self) -> bool {
        self.files.stamp(PAGES).is_some()
    }

    fn current<T>(
        &self,
        path: &str,
        kept: &Mutex<Kept<T>>,
        read: impl FnOnce(Vec<u8>) -> Option<T>,
        without: impl FnOnce() -> T,
    ) -> Arc<T> {
        let stamp = self.files.stamp(path);
        let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.stamp != stamp {
            // A site that is being put in place may miss a file for a moment; then what was known stays.
            if let Some(bytes) = stamp.and_then(|_| self.files.read(path)) {
                kept.value = Arc::new(read(bytes).unwrap_or_else(without));
                kept.stamp = stamp;
            }
        }
        kept.value.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_read_and_another_version_is_none() {
        let json = r#"{"version":1,"scopes":[{"slug":"x","label":"X"}],
            "pages":[{"id":"a/b","title":"B","url":"/a/b/","kinds":["vraag"],"scopes":["x"],"lang":"nl"}]}"#;
        let pages = Pages::read(json.as_bytes()).unwrap();
        assert_eq!(pages.get("a/b").unwrap().kinds, [Kind::Question]);
        assert!(pages.get("a").is_none() && pages.scopes[0].label == "X");
        assert!(Pages::read(json.replace("\"version\":1", "\"version\":2").as_bytes()).is_none());
        assert!(Pages::read(b"{").is_none());
    }

    #[test]
    fn of_the_translations_of_a_page_the_first_counts() {
        let page = |url: &str, lang: &str| {
            format!(r#"{{"id":"a","title":"A","url":"{url}","kinds":[],"lang":"{lang}"}}"#)
        };
        let json = format!(r#"{{"version":1,"pages":[{},{}]}}"#, page("/a/", "nl"), page("/en/a/", "en"));
        let pages = Pages::read(json.as_bytes()).unwrap();
        assert_eq!(pages.all().map(|page| page.url.as_str()).collect::<Vec<_>>(), ["/a/"]);
    }

    #[test]
    fn it_follows_the_site() {
        let folder = tempfile::tempdir().unwrap();
        let site = Site::new(Box::new(OnDisk(folder.path().to_owned())));
        assert!(!site.is_there() && site.pages().all().next().is_none());
        std::fs::create_dir(folder.path().join("reacties")).unwrap();
        let file = folder.path().join(PAGES);
        std::fs::write(&file, r#"{"version":1,"pages":[{"id":"a","title":"A","url":"/a/","kinds":[]}]}"#)
            .unwrap();
        assert!(site.is_there() && site.pages().get("a").is_some());
        std::fs::write(&file, r#"{"version":1,"pages":[{"id":"bb","title":"A","url":"/a/","kinds":[]}]}"#)
            .unwrap();
        assert!(site.pages().get("a").is_none() && site.pages().get("bb").is_some());
        std::fs::remove_file(&file).unwrap();
        assert!(site.pages().get("bb").is_some());
    }
}
