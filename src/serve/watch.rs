//! Hears of changes on disk. In: what the site wants watched, time and again. Out: [`Signal`]s on a channel.
//!
//! The system's own way of telling is used as long as it lasts. Where it gives out (Linux grants a user so many watches,
//! and no more), the folders are looked through every half second instead, and a notice says so.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::event::{AccessKind, AccessMode, EventKind};
use notify::{Config, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::burst::{Burst, Signal};
use super::plan::{Depth, Plan};

const LOOK_EVERY: Duration = Duration::from_millis(500);

/// What is watched now.
pub(super) struct Watch {
    watcher: Option<Box<dyn Watcher>>,
    polls: bool,
    watched: BTreeMap<PathBuf, Depth>,
    plan: Plan,
    never: Vec<PathBuf>,
    signals: Sender<Signal>,
    notices: Vec<String>,
}

impl Watch {
    /// A watch of nothing, that will speak through `signals`.
    pub(super) fn start(signals: Sender<Signal>, never: Vec<PathBuf>) -> Watch {
        let mut watch = Watch {
            watcher: None,
            polls: false,
            watched: BTreeMap::new(),
            plan: Plan::default(),
            never,
            signals,
            notices: Vec::new(),
        };
        match RecommendedWatcher::new(hear(watch.signals.clone()), Config::default()) {
            Ok(watcher) => watch.watcher = Some(Box::new(watcher)),
            Err(error) => watch.poll(&error.to_string()),
        }
        watch
    }

    /// Watches this from now on. What the burst touched is watched anew: a folder that was removed and made again
    /// bears the same name, but the watch was on the old one.
    pub(super) fn follow(&mut self, wanted: Vec<PathBuf>, burst: &Burst) {
        self.plan = Plan::new(wanted, &self.never);
        if burst.full && !self.polls {
            self.poll("the system can watch no more folders");
        }
        let touched =
            |folder: &Path| burst.everything || burst.paths.iter().any(|path| folder.starts_with(path));
        let stale: Vec<_> = self
            .watched
            .iter()
            .filter(|(folder, depth)| self.plan.folders.get(*folder) != Some(*depth) || touched(folder))
            .map(|(folder, _)| folder.clone())
            .collect();
        for folder in stale {
            self.watched.remove(&folder);
            if let Some(watcher) = &mut self.watcher {
                // It fails when the folder is gone, and the watch with it.
                let _ = watcher.unwatch(&folder);
            }
        }
        self.watch_missing();
    }

    /// Watches what the plan has and is not watched yet.
    fn watch_missing(&mut self) {
        let missing: Vec<_> =
            self.plan.folders.iter().map(|(folder, depth)| (folder.clone(), *depth)).collect();
        for (folder, depth) in missing {
            if self.watched.contains_key(&folder) {
                continue;
            }
            let Some(watcher) = &mut self.watcher else { return };
            let mode =
                if depth == Depth::Deep { RecursiveMode::Recursive } else { RecursiveMode::NonRecursive };
            match watcher.watch(&folder, mode) {
                Ok(()) => {
                    self.watched.insert(folder, depth);
                }
                Err(error) if is_full(&error) && !self.polls => {
                    self.poll("the system can watch no more folders");
                    return self.watch_missing();
                }
                // A folder that went in between is tried again after the next burst, which its going causes.
                Err(_) if !folder.is_dir() => {}
                Err(error) => self
                    .notices
                    .push(format!("Changes in the folder {} are not noticed: {error}.", folder.display())),
            }
        }
    }

    /// Goes over to looking by ourselves.
    fn poll(&mut self, why: &str) {
        self.polls = true;
        self.watched.clear();
        // The old one goes first, and gives its watches back.
        self.watcher = None;
        let config = Config::default().with_poll_interval(LOOK_EVERY);
        let notice = match PollWatcher::new(hear(self.signals.clone()), config) {
            Ok(watcher) => {
                self.watcher = Some(Box::new(watcher));
                format!(
                    "The folders are looked through every {} ms, because {why}. On Linux, raising \
                     fs.inotify.max_user_watches (and max_user_instances) makes this faster.",
                    LOOK_EVERY.as_millis()
                )
            }
            Err(error) => format!("Changes are not noticed, because {why} and {error}."),
        };
        self.notices.push(notice);
    }

    /// The path under which a change counts, if it does.
    pub(super) fn counts(&self, path: &Path) -> Option<PathBuf> {
        self.plan.counts(path)
    }

    /// What a person should know, told once.
    pub(super) fn notices(&mut self) -> Vec<String> {
        std::mem::take(&mut self.notices)
    }
}

/// Turns what the watcher tells into signals.
fn hear(signals: Sender<Signal>) -> impl Fn(notify::Result<notify::Event>) + Send + 'static {
    move |told| {
        let signal = match told {
            Ok(event) if event.need_rescan() => Signal::Missed,
            // Builds read files; only the end of a writing is news.
            Ok(event) => match event.kind {
                EventKind::Access(AccessKind::Close(AccessMode::Write)) => Signal::Changed(event.paths),
                EventKind::Access(_) => return,
                _ => Signal::Changed(event.paths),
            },
            Err(error) if is_full(&error) => Signal::Full,
            Err(_) => Signal::Missed,
        };
        // Nobody listens any more when the server is ending.
        let _ = signals.send(signal);
    }
}

fn is_full(error: &notify::Error) -> bool {
    matches!(error.kind, notify::ErrorKind::MaxFilesWatch)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::mpsc::{self, Receiver};
    use std::time::Instant;

    use super::*;

    /// Whether a change of this path is heard of within two seconds.
    fn hears(watch: &Watch, signals: &Receiver<Signal>, path: &Path) -> bool {
        let until = Instant::now() + Duration::from_secs(2);
        while let Ok(signal) = signals.recv_timeout(until.saturating_duration_since(Instant::now())) {
            let Signal::Changed(paths) = signal else { continue };
            if paths.iter().any(|heard| watch.counts(heard).as_deref() == Some(path)) {
                return true;
            }
        }
        false
    }

    fn touched(path: &Path) -> Burst {
        Burst { paths: [path.to_owned()].into(), ..Burst::default() }
    }

    #[test]
    fn a_folder_that_is_removed_and_made_again_is_still_watched() {
        let temporary = tempfile::tempdir().unwrap();
        let content = temporary.path().canonicalize().unwrap().join("content");
        let wanted = || vec![content.clone()];
        let (sender, signals) = mpsc::channel();
        let mut watch = Watch::start(sender, Vec::new());
        watch.follow(wanted(), &Burst::everything());

        fs::create_dir(&content).unwrap();
        assert!(hears(&watch, &signals, &content), "the coming of a missing folder");
        watch.follow(wanted(), &touched(&content));
        fs::create_dir(content.join("new")).unwrap();
        assert!(hears(&watch, &signals, &content.join("new")));
        fs::remove_dir_all(&content).unwrap();
        fs::create_dir(&content).unwrap();
        assert!(hears(&watch, &signals, &content), "the going");
        watch.follow(wanted(), &touched(&content));
        fs::write(content.join("a.md"), "a").unwrap();
        assert!(hears(&watch, &signals, &content.join("a.md")));
        assert_eq!(watch.notices(), Vec::<String>::new());
    }

    #[test]
    fn when_the_system_is_full_we_look_ourselves() {
        let temporary = tempfile::tempdir().unwrap();
        let content = temporary.path().canonicalize().unwrap();
        let (sender, signals) = mpsc::channel();
        let mut watch = Watch::start(sender, Vec::new());
        watch.follow(vec![content.clone()], &Burst { full: true, ..Burst::everything() });
        fs::write(content.join("a.md"), "a").unwrap();
        assert!(hears(&watch, &signals, &content.join("a.md")));
        let notices = watch.notices();
        assert!(notices.len() == 1 && notices[0].contains("max_user_watches"), "{notices:?}");
    }
}
