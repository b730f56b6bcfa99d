//! Which changes belong together. In: signals as they come from the watcher. Out: one [`Burst`] per save, branch
//! switch or whatever moved several files at once.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

/// What the watcher and the stop handle say.
pub(super) enum Signal {
    /// These paths changed.
    Changed(Vec<PathBuf>),
    /// Changes were missed: anything may have changed.
    Missed,
    /// The system watches no more folders; see [`super::watch`]. Anything may have changed.
    Full,
    /// It is over.
    Stop,
}

/// How long to wait for what.
pub(super) struct Timing {
    /// A burst ends when it has been quiet for this long.
    pub(super) quiet: Duration,
    /// A burst ends at the latest this long after its first change.
    pub(super) longest: Duration,
    /// How long an error may take to heal before it is shown.
    pub(super) patience: Duration,
    /// The least time between two bursts in which anything may have changed.
    pub(super) everything: Duration,
}

/// Changes that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Burst {
    /// What changed, sorted.
    pub(super) paths: BTreeSet<PathBuf>,
    /// Whether more than that may have changed.
    pub(super) everything: bool,
    /// Whether the system can watch no more folders.
    pub(super) full: bool,
}

impl Burst {
    /// Anything may have changed.
    pub(super) fn everything() -> Self {
        Burst { everything: true, ..Burst::default() }
    }

    /// The paths as a [`super::Site`] wants them: none means everything.
    pub(super) fn paths_for_site(&self) -> Vec<PathBuf> {
        if self.everything { Vec::new() } else { self.paths.iter().cloned().collect() }
    }

    fn is_empty(&self) -> bool {
        self.paths.is_empty() && !self.everything
    }

    /// Whether a file is empty now, as it is when an editor has opened it for saving and not written yet.
    fn is_half_saved(&self) -> bool {
        self.paths.iter().any(|path| path.metadata().is_ok_and(|meta| meta.is_file() && meta.len() == 0))
    }
}

/// What came of waiting.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Gathered {
    /// Something changed, and it is quiet again.
    Burst(Burst),
    /// Nothing changed for as long as was asked.
    Quiet,
    /// It is over.
    Stop,
}

/// Waits for a change (for at most `patience`, if given) and for the quiet after it.
///
/// `counts` says under which path a change counts, if it does; what does not count does not lengthen a burst either.
/// `all_at` is when everything was last built.
pub(super) fn gather(
    signals: &Receiver<Signal>,
    timing: &Timing,
    patience: Option<Duration>,
    all_at: Option<Instant>,
    counts: impl Fn(&Path) -> Option<PathBuf>,
) -> Gathered {
    let mut burst = Burst::default();
    let mut ends = patience.map(|patience| Instant::now() + patience);
    let mut latest = None;
    loop {
        let signal = match ends {
            None => signals.recv().map_err(|_| RecvTimeoutError::Disconnected),
            Some(end) => signals.recv_timeout(end.saturating_duration_since(Instant::now())),
        };
        match signal {
            Ok(Signal::Stop) | Err(RecvTimeoutError::Disconnected) => return Gathered::Stop,
            Err(RecvTimeoutError::Timeout) if burst.is_empty() => return Gathered::Quiet,
            Err(RecvTimeoutError::Timeout) => match latest {
                // An empty file is given the longest time that a burst may last to become full.
                Some(latest) if Instant::now() < latest && burst.is_half_saved() => ends = Some(latest),
                _ => return Gathered::Burst(burst),
            },
            Ok(signal) if add(&mut burst, &signal, &counts) => {
                let now = Instant::now();
                let latest = *latest.get_or_insert(now + timing.longest);
                let held = all_at.filter(|_| burst.everything).map(|at| at + timing.everything);
                ends = Some((now + timing.quiet).min(latest).max(held.unwrap_or(now)));
            }
            Ok(_) => {}
        }
    }
}

/// Adds what counts of a signal; whether anything did.
fn add(burst: &mut Burst, signal: &Signal, counts: impl Fn(&Path) -> Option<PathBuf>) -> bool {
    match signal {
        Signal::Changed(paths) => {
            let counting: Vec<_> = paths.iter().filter_map(|path| counts(path)).collect();
            let any = !counting.is_empty();
            burst.paths.extend(counting);
            any
        }
        Signal::Missed | Signal::Full => {
            burst.full |= matches!(signal, Signal::Full);
            burst.everything = true;
            true
        }
        Signal::Stop => false,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    const TIMING: Timing = Timing {
        quiet: Duration::from_millis(20),
        longest: Duration::from_millis(150),
        patience: Duration::from_millis(50),
        everything: Duration::from_millis(200),
    };

    fn counts(path: &Path) -> Option<PathBuf> {
        (!path.ends_with("noise")).then(|| path.to_owned())
    }

    fn changed(path: &str) -> Signal {
        Signal::Changed(vec![PathBuf::from(path)])
    }

    fn burst_of(paths: &[&str]) -> Gathered {
        Gathered::Burst(Burst { paths: paths.iter().map(PathBuf::from).collect(), ..Burst::default() })
    }

    #[test]
    fn what_comes_together_is_one_burst() {
        let (sender, signals) = mpsc::channel();
        for path in ["/b", "/a", "/b", "/noise"] {
            sender.send(changed(path)).unwrap();
        }
        assert_eq!(gather(&signals, &TIMING, None, None, counts), burst_of(&["/a", "/b"]));
        assert_eq!(gather(&signals, &TIMING, Some(TIMING.patience), None, counts), Gathered::Quiet);
    }

    #[test]
    fn a_disk_that_stays_busy_does_not_hold_the_build() {
        let (sender, signals) = mpsc::channel();
        thread::spawn(move || {
            while sender.send(changed("/a")).is_ok() {
                thread::sleep(Duration::from_millis(5))
            }
        });
        let start = Instant::now();
        assert_eq!(gather(&signals, &TIMING, None, None, counts), burst_of(&["/a"]));
        let took = start.elapsed();
        assert!(took >= Duration::from_millis(100) && took < Duration::from_millis(400), "{took:?}");
    }

    #[test]
    fn noise_is_no_change_and_lengthens_nothing() {
        let (sender, signals) = mpsc::channel();
        sender.send(changed("/a")).unwrap();
        thread::spawn(move || {
            while sender.send(changed("/noise")).is_ok() {
                thread::sleep(Duration::from_millis(2))
            }
        });
        let start = Instant::now();
        assert_eq!(gather(&signals, &TIMING, None, None, counts), burst_of(&["/a"]));
        assert!(start.elapsed() < Duration::from_millis(100));
    }

    #[test]
    fn everything_is_not_built_over_and_over() {
        let (sender, signals) = mpsc::channel();
        sender.send(Signal::Missed).unwrap();
        let start = Instant::now();
        let Gathered::Burst(burst) = gather(&signals, &TIMING, None, Some(start), counts) else { panic!() };
        assert!(burst.everything && burst.paths_for_site().is_empty());
        assert!(start.elapsed() >= TIMING.everything);
    }

    #[test]
    fn an_empty_file_gets_time_to_be_written() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        std::fs::write(&file, "").unwrap();
        let (sender, signals) = mpsc::channel();
        sender.send(Signal::Changed(vec![file.clone()])).unwrap();
        let late = sender.clone();
        let writer = thread::spawn(move || {
            thread::sleep(Duration::from_millis(60));
            std::fs::write(&file, "text").unwrap();
            late.send(Signal::Changed(vec![file])).unwrap();
        });
        let Gathered::Burst(_) = gather(&signals, &TIMING, None, None, counts) else { panic!() };
        assert_eq!(std::fs::read_to_string(folder.path().join("a.md")).unwrap(), "text");
        writer.join().unwrap();
        drop(sender);
    }

    #[test]
    fn stop_comes_through() {
        let (sender, signals) = mpsc::channel();
        sender.send(changed("/a")).unwrap();
        sender.send(Signal::Stop).unwrap();
        assert_eq!(gather(&signals, &TIMING, None, None, counts), Gathered::Stop);
    }
}
