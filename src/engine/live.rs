//! The search index while somebody writes. In: the world after each build. Out: the files of the index, from memory, always
//! of the newest texts, and no build waits for them.
//!
//! A thread of its own makes them. What changed since the whole index was made goes into a small index over it, which takes
//! milliseconds; when it has been quiet for a while, the whole is made anew beside it. Pages name the index by its mark, which
//! leads to the newest one: who asks for it while one is being made waits for that. Files of indexes before it are kept for
//! a while, for pages that are still open.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use praktijk_search::document::{Page, Settings};
use praktijk_search::write::{Base, File, Index};

use super::index::Document;
use super::world::World;
use crate::base::Hash128;
use crate::base::hash::Quick;
use crate::model::mark;

/// How many indexes of a language are kept, the newest among them.
const KEPT: usize = 4;
/// A small index holds this many pages at most; beyond it, making the whole anew is better.
const SMALL: usize = 200;
/// The whole is made anew when nothing changed for this long.
const QUIET: Duration = Duration::from_secs(4);
/// How long somebody waits for the newest index when there is an older one.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long somebody waits for the first: a large site on a small machine takes its time.
const FIRST: Duration = Duration::from_secs(300);

/// The newest search index of every language.
pub struct Live(Arc<Shared>);

struct Shared {
    state: Mutex<State>,
    bell: Condvar,
    complain: Box<dyn Fn(String) + Send + Sync>,
}

#[derive(Default)]
struct State {
    /// The world to be indexed.
    wanted: Option<Arc<World>>,
    /// The world that came last, for as long as somebody else has it.
    last: Weak<World>,
    /// How many worlds came, and how many of them are indexed or were overtaken.
    asked: u64,
    done: u64,
    /// What has been made whole, beside the thread that does the rest.
    whole: Vec<(String, Whole)>,
    /// Languages of which the whole is being made.
    under_way: Vec<String>,
    shown: BTreeMap<String, VecDeque<Shown>>,
    ended: bool,
}

type Files = HashMap<String, Arc<[u8]>, Quick>;

/// An index as it is asked for.
#[derive(Clone)]
struct Shown {
    manifest: String,
    /// The files of the small index.
    over: Arc<Files>,
    /// The files of the whole.
    below: Arc<Files>,
}

/// A whole index.
struct Whole {
    base: Base,
    settings: Settings,
    /// What each page was, by URL.
    pages: HashMap<String, Hash128, Quick>,
    manifest: String,
    files: Arc<Files>,
}

impl Live {
    /// An index of nothing. `complain` is told what goes wrong.
    pub fn start(complain: impl Fn(String) + Send + Sync + 'static) -> Live {
        let (state, bell) = (Mutex::default(), Condvar::new());
        let shared = Arc::new(Shared { state, bell, complain: Box::new(complain) });
        let for_thread = shared.clone();
        let started =
            thread::Builder::new().name("search".to_owned()).spawn(move || keep_indexing(&for_thread));
        if let Err(error) = started {
            (shared.complain)(format!("The search index is not kept up to date: {error}."));
        }
        Live(shared)
    }

    /// Has a world indexed, instead of the one that waits, if there is one.
    pub fn update(&self, world: &Arc<World>) {
        let mut state = self.0.lock();
        if world.config.indexed_languages().is_empty() {
            state.shown.clear();
            return;
        }
        // It comes when its texts are known, and again when all is done.
        if state.last.as_ptr() == Arc::as_ptr(world) {
            return;
        }
        state.last = Arc::downgrade(world);
        state.wanted = Some(world.clone());
        state.asked += 1;
        self.0.bell.notify_all();
    }

    /// A file by its name below the folder of the index.
    pub fn get(&self, name: &str) -> Option<Arc<[u8]>> {
        let state = self.0.lock();
        let marked = name.strip_suffix(".bin").and_then(|stem| stem.strip_suffix(mark::MARK));
        let Some(lang) = marked.and_then(|stem| stem.strip_suffix('-')) else {
            let mut all = state.shown.values().flatten();
            return all.find_map(|shown| shown.over.get(name).or_else(|| shown.below.get(name)).cloned());
        };
        let wanted = state.asked;
        let waits = |state: &mut State| state.done < wanted && !state.ended;
        let patience = if state.shown.contains_key(lang) { PATIENCE } else { FIRST };
        let waited = self.0.bell.wait_timeout_while(state, patience, waits);
        let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
        let shown = state.shown.get(lang)?.front()?;
        shown.over.get(&shown.manifest).or_else(|| shown.below.get(&shown.manifest)).cloned()
    }
}

impl Drop for Live {
    fn drop(&mut self) {
        self.0.lock().ended = true;
        self.0.bell.notify_all();
    }
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts an index before those that were shown so far.
    fn show(&self, lang: &str, shown: Shown) {
        let mut state = self.lock();
        let of_language = state.shown.entry(lang.to_owned()).or_default();
        of_language.retain(|known| known.manifest != shown.manifest);
        of_language.push_front(shown);
        of_language.truncate(KEPT);
    }
}

/// What there is to do.
enum Next {
    Index(Arc<World>, u64),
    TakeUp(String, Box<Whole>),
    Rest,
    End,
}

/// The loop of the thread.
fn keep_indexing(shared: &Arc<Shared>) {
    let mut wholes: BTreeMap<String, Whole> = BTreeMap::new();
    // The pages of the newest index of each language, and whether a small index is part of it.
    let mut newest: BTreeMap<String, (Settings, Vec<Arc<Document>>, bool)> = BTreeMap::new();
    loop {
        match next(shared, newest.values().any(|(.., is_small)| *is_small)) {
            Next::End => return,
            Next::Index(world, number) => {
                for lang in world.config.indexed_languages() {
                    let of = world.search_of(lang);
                    let documents = world.documents(&of);
                    let is_small = show_newest(shared, &mut wholes, lang, &of.settings, &documents);
                    newest.insert(lang.to_owned(), (of.settings.clone(), documents, is_small));
                }
                let mut state = shared.lock();
                state.done = state.done.max(number);
                shared.bell.notify_all();
            }
            Next::TakeUp(lang, whole) => {
                wholes.insert(lang.clone(), *whole);
                if let Some((settings, documents, is_small)) = newest.get_mut(&lang) {
                    *is_small = show_newest(shared, &mut wholes, &lang, settings, documents);
                }
            }
            Next::Rest => {
                for (lang, (settings, documents, is_small)) in &newest {
                    if *is_small {
                        make_beside(shared, lang, settings.clone(), documents.clone());
                    }
                }
            }
        }
    }
}

/// Waits for something to do. `is_small` says that a small index should become part of the whole when it is quiet.
fn next(shared: &Shared, is_small: bool) -> Next {
    let mut state = shared.lock();
    loop {
        if state.ended {
            return Next::End;
        }
        if let Some(world) = state.wanted.take() {
            return Next::Index(world, state.asked);
        }
        if let Some((lang, whole)) = state.whole.pop() {
            state.under_way.retain(|known| *known != lang);
            return Next::TakeUp(lang, Box::new(whole));
        }
        let may_rest = is_small && state.under_way.is_empty();
        let patience = if may_rest { QUIET } else { Duration::from_secs(3600) };
        let (after, waited) =
            shared.bell.wait_timeout(state, patience).unwrap_or_else(PoisonError::into_inner);
        state = after;
        if waited.timed_out() && may_rest && state.wanted.is_none() {
            return Next::Rest;
        }
    }
}

/// Shows an index of these pages: the whole one with a small one over it, or a whole one that is made now. Tells whether a
/// small one is part of it.
fn show_newest(
    shared: &Shared,
    wholes: &mut BTreeMap<String, Whole>,
    lang: &str,
    settings: &Settings,
    documents: &[Arc<Document>],
) -> bool {
    if let Some(whole) = wholes.get(lang).filter(|whole| whole.settings == *settings) {
        let (changed, removed) = whole.difference(documents);
        if changed.is_empty() && removed.is_empty() {
            shared.show(lang, whole.shown());
            return false;
        }
        // A site so small that its index is one file is indexed as fast, and has no files for a small index to lie over.
        if changed.len() + removed.len() <= SMALL && whole.files.len() > 1 {
            match whole.base.overlay(&changed, &removed) {
                Ok(index) => {
                    shared.show(lang, whole.shown_under(index));
                    return true;
                }
                Err(error) => (shared.complain)(failed(lang, &error)),
            }
        }
    }
    match Whole::new(settings.clone(), documents) {
        Ok(whole) => {
            shared.show(lang, whole.shown());
            wholes.insert(lang.to_owned(), whole);
        }
        Err(error) => (shared.complain)(failed(lang, &error)),
    }
    false
}

fn failed(lang: &str, error: &praktijk_search::write::Error) -> String {
    format!("The search index ({lang}) cannot be made: {error}.")
}

/// Makes a whole index on a thread of its own.
fn make_beside(shared: &Arc<Shared>, lang: &str, settings: Settings, documents: Vec<Arc<Document>>) {
    shared.lock().under_way.push(lang.to_owned());
    let (for_thread, of) = (shared.clone(), lang.to_owned());
    let make = move || {
        let made = Whole::new(settings, &documents);
        let mut state = for_thread.lock();
        match made {
            Ok(whole) => state.whole.push((of, whole)),
            // The small index stays over the old one, and this is tried again after the next edit.
            Err(_) => state.under_way.retain(|known| *known != of),
        }
        for_thread.bell.notify_all();
    };
    if thread::Builder::new().name("search: whole".to_owned()).spawn(make).is_err() {
        shared.lock().under_way.retain(|known| known != lang);
    }
}

impl Whole {
    fn new(settings: Settings, documents: &[Arc<Document>]) -> Result<Whole, praktijk_search::write::Error> {
        let pages: Vec<Page> = documents.iter().map(|document| document.page.clone()).collect();
        let (index, base) = Base::write(&pages, &settings)?;
        let pages = documents.iter().map(|document| (document.page.url.clone(), document.hash)).collect();
        Ok(Whole { base, settings, pages, manifest: index.manifest, files: files(index.files) })
    }

    /// The pages that are not as they were, and the URLs of those that are gone.
    fn difference(&self, documents: &[Arc<Document>]) -> (Vec<Page>, Vec<String>) {
        let is_other = |document: &&Arc<Document>| self.pages.get(&document.page.url) != Some(&document.hash);
        let changed = documents.iter().filter(is_other).map(|document| document.page.clone()).collect();
        let there: std::collections::HashSet<&str, Quick> =
            documents.iter().map(|document| document.page.url.as_str()).collect();
        let gone = self.pages.keys().filter(|url| !there.contains(url.as_str()));
        let mut gone: Vec<String> = gone.cloned().collect();
        gone.sort();
        (changed, gone)
    }

    fn shown(&self) -> Shown {
        Shown { manifest: self.manifest.clone(), over: Arc::default(), below: self.files.clone() }
    }

    fn shown_under(&self, small: Index) -> Shown {
        Shown { manifest: small.manifest, over: files(small.files), below: self.files.clone() }
    }
}

fn files(files: Vec<File>) -> Arc<Files> {
    Arc::new(files.into_iter().map(|file| (file.name, file.bytes.into())).collect())
}
