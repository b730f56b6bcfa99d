//! What is on show now, shared by all threads: the outputs, the complaints, and what is new since a browser last
//! looked. A browser waits here; nobody ever waits for a browser.

use std::collections::VecDeque;
use std::hash::{BuildHasher, RandomState};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::base::OutPath;

use super::Outputs;

/// How many changes are remembered for browsers that were away; who was away longer loads the page again.
const REMEMBERED: usize = 64;

/// What is on show.
pub(super) struct Stage {
    /// Tells this run of the server from an earlier one at the same address.
    run: u64,
    now: Mutex<Now>,
    bell: Condvar,
}

#[derive(Default)]
struct Now {
    outputs: Option<Arc<dyn Outputs>>,
    errors: Vec<String>,
    version: u64,
    /// Counts everything a browser should hear, also the complaints.
    tick: u64,
    changes: VecDeque<Change>,
    closed: bool,
}

impl Now {
    fn remember(&mut self, changed: &[OutPath], first: bool) {
        self.version += 1;
        let css = !first && changed.iter().all(|path| path.extension() == Some("css"));
        self.changes.push_back(Change { version: self.version, only_css: css.then(|| changed.to_vec()) });
        if self.changes.len() > REMEMBERED {
            self.changes.pop_front();
        }
    }
}

/// What one build changed.
struct Change {
    version: u64,
    /// The style sheets, when nothing else changed.
    only_css: Option<Vec<OutPath>>,
}

/// What a request gets to see.
pub(super) struct Shown {
    /// The last good outputs; none when there never were any.
    pub(super) outputs: Option<Arc<dyn Outputs>>,
    /// The complaints of the last build.
    pub(super) errors: Vec<String>,
    /// The version of the outputs.
    pub(super) version: String,
}

/// What a browser should do to be up to date.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct News {
    /// The version that is on show now.
    pub(super) version: String,
    /// Whether to load the page again.
    pub(super) reload: bool,
    /// If not: the style sheets to load again.
    pub(super) css: Vec<OutPath>,
    /// The complaints to show; none: hide them.
    pub(super) errors: Vec<String>,
    /// What to wait for the next time.
    pub(super) tick: u64,
}

/// What came of waiting for news.
pub(super) enum Heard {
    /// This.
    News(News),
    /// Nothing yet.
    Nothing,
    /// The server ends.
    Closed,
}

impl Stage {
    /// An empty stage.
    pub(super) fn new() -> Stage {
        Stage { run: RandomState::new().hash_one(0), now: Mutex::default(), bell: Condvar::new() }
    }

    /// Puts the result of a build on show; if it `heals`, the complaints end in the same moment, so that a browser
    /// does not hide the overlay and load the page in two steps.
    pub(super) fn put(&self, outputs: Arc<dyn Outputs>, changed: &[OutPath], heals: bool) {
        let mut now = self.lock();
        let first = now.outputs.replace(outputs).is_none();
        let news = first || !changed.is_empty();
        if news {
            now.remember(changed, first);
        }
        let healed = heals && !now.errors.is_empty();
        if healed {
            now.errors.clear();
        }
        if news || healed {
            self.ring(now);
        }
    }

    /// Shows these complaints instead of those before; none hides them.
    pub(super) fn complain(&self, errors: Vec<String>) {
        let mut now = self.lock();
        if now.errors != errors {
            now.errors = errors;
            self.ring(now);
        }
    }

    /// Whether complaints are on show.
    pub(super) fn complains(&self) -> bool {
        !self.lock().errors.is_empty()
    }

    /// Sends all who wait away.
    pub(super) fn close(&self) {
        let mut now = self.lock();
        now.closed = true;
        self.ring(now);
    }

    /// What is on show, as of one moment.
    pub(super) fn shown(&self) -> Shown {
        let now = self.lock();
        Shown { outputs: now.outputs.clone(), errors: now.errors.clone(), version: self.name(now.version) }
    }

    /// Waits until there is more than at `tick` (none: until now) for a page of this version.
    pub(super) fn news(&self, page: &str, tick: Option<u64>, patience: Duration) -> Heard {
        let now = self.lock();
        let waiting = |now: &mut Now| !now.closed && Some(now.tick) == tick;
        let waited = self.bell.wait_timeout_while(now, patience, waiting);
        let (now, _) = waited.unwrap_or_else(PoisonError::into_inner);
        match (now.closed, Some(now.tick) == tick) {
            (true, _) => Heard::Closed,
            (false, true) => Heard::Nothing,
            (false, false) => Heard::News(self.news_for(&now, page)),
        }
    }

    fn news_for(&self, now: &Now, page: &str) -> News {
        let css = self.css_since(now, page);
        News {
            version: self.name(now.version),
            reload: css.is_none(),
            css: css.unwrap_or_default(),
            errors: now.errors.clone(),
            tick: now.tick,
        }
    }

    /// The style sheets that make a page of this version up to date; none when it has to be loaded again.
    fn css_since(&self, now: &Now, page: &str) -> Option<Vec<OutPath>> {
        let (run, version) = page.split_once('.')?;
        let version: u64 = version.parse().ok()?;
        let remembered = now.changes.front().map_or(now.version, |change| change.version - 1);
        if run != format!("{:x}", self.run) || version > now.version || version < remembered {
            return None;
        }
        let mut css = Vec::new();
        for change in now.changes.iter().filter(|change| change.version > version) {
            css.extend_from_slice(change.only_css.as_deref()?);
        }
        css.sort();
        css.dedup();
        Some(css)
    }

    fn name(&self, version: u64) -> String {
        format!("{:x}.{version}", self.run)
    }

    fn ring(&self, mut now: MutexGuard<'_, Now>) {
        now.tick += 1;
        drop(now);
        self.bell.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Now> {
        // A thread that died here left whole values behind: every change above is one assignment after another.
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;

    impl Outputs for Nothing {
        fn get(&self, _: &OutPath) -> Option<super::super::Served> {
            None
        }
    }

    fn put(stage: &Stage, changed: &[&str]) -> String {
        let changed: Vec<_> = changed.iter().map(OutPath::new).collect();
        stage.put(Arc::new(Nothing), &changed, true);
        stage.shown().version
    }

    fn news(stage: &Stage, page: &str) -> (bool, Vec<String>) {
        let Heard::News(news) = stage.news(page, None, Duration::ZERO) else { panic!() };
        (news.reload, news.css.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn who_missed_only_style_sheets_swaps_them() {
        let stage = Stage::new();
        let failed = stage.shown().version;
        let first = put(&stage, &[]);
        assert_eq!(news(&stage, &failed), (true, vec![]), "from the page of a failed build to a good one");
        assert_eq!(news(&stage, &first), (false, vec![]));
        put(&stage, &["b.css"]);
        let third = put(&stage, &["a.css", "b.css"]);
        assert_eq!(news(&stage, &first), (false, vec!["a.css".to_owned(), "b.css".to_owned()]));
        put(&stage, &["a.css", "index.html"]);
        assert_eq!(news(&stage, &third), (true, vec![]));
    }

    #[test]
    fn who_is_unknown_or_was_away_too_long_reloads() {
        let stage = Stage::new();
        let first = put(&stage, &[]);
        for page in ["", "x.1", "1", &format!("{first}0"), &Stage::new().shown().version] {
            assert_eq!(news(&stage, page), (true, vec![]), "{page}");
        }
        for _ in 0..REMEMBERED {
            put(&stage, &["a.css"]);
        }
        assert!(!news(&stage, &first).0);
        put(&stage, &["a.css"]);
        assert!(news(&stage, &first).0);
    }

    #[test]
    fn nothing_changed_is_no_news_and_complaints_are() {
        let stage = Stage::new();
        let page = put(&stage, &[]);
        let Heard::News(News { tick, .. }) = stage.news(&page, None, Duration::ZERO) else { panic!() };
        put(&stage, &[]);
        assert!(matches!(stage.news(&page, Some(tick), Duration::ZERO), Heard::Nothing));
        stage.complain(vec!["wrong".to_owned()]);
        let Heard::News(news) = stage.news(&page, Some(tick), Duration::ZERO) else { panic!() };
        assert_eq!((news.reload, news.errors), (false, vec!["wrong".to_owned()]));
        stage.close();
        assert!(matches!(stage.news(&page, None, Duration::ZERO), Heard::Closed));
    }
}
