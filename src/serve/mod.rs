//! Watches the sources, builds again when they change, serves the result from memory and tells the browser.
//! In: something that builds (a [`Site`]) and an open [`Door`]. Out: a site at an address, until it is stopped.
//!
//! | file | what it answers |
//! |---|---|
//! | [`mod@address`] | at which port the site is served, and under which URL |
//! | `watch`, `plan` | which changes on disk count |
//! | `passing` | which files editors only leave for a moment |
//! | `burst` | which changes belong together |
//! | `stage` | what is on show now, and what is new since a browser last looked |
//! | `server` | `tiny_http` at work: who accepts, who answers, and the time limits |
//! | `nudge` | what keeps `tiny_http` from leaving connections in its queue |
//! | `exchange` | what `tiny_http` read → request, answer → bytes |
//! | `telling` | the stream of news to one browser |
//! | `hosts` | whether a request comes from a page of ours |
//! | `answer` | request + what is on show → answer |
//! | `document` | HTML with the reload script in it, and the pages of the server itself |
//! | `media`, `ranges`, `tags` | content types, parts of files, identities of bodies |
//! | `stop` | the way to end all this |
//! | `reload.js` | what runs in the browser |
//!
//! The server is `tiny_http`, whose weaknesses are worked around: a burst of connections can be queued behind idle ones
//! (its pool counts threads that are already taken as free), it knows no time limits, it accepts nothing any more after
//! one error in accepting, and it keeps connections open whatever is answered. `server` and `nudge` say how. What stays:
//! a head without end is read without end, and who announces a body and does not send it gets its answer only when its
//! time is up. Nobody else waits for those.

pub mod address;

mod answer;
mod burst;
mod document;
mod exchange;
mod hosts;
mod media;
mod nudge;
mod passing;
mod plan;
mod ranges;
mod server;
mod stage;
mod stop;
mod tags;
mod telling;
mod watch;

#[cfg(test)]
mod tests;

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use crate::base::OutPath;

pub use address::{Door, site_url};
pub use stop::Stop;

use burst::{Burst, Signal, Timing};
use server::Pace;
use stage::Stage;
use watch::Watch;

/// What serve needs of the builder.
pub trait Site: Send {
    /// Builds again after these paths changed (absolute; may be gone, may be folders; none = anything may have changed).
    /// Cheap when nothing that counts did.
    /// What was edited may be shown before the rest is done: the outputs to serve meanwhile, and which of them changed.
    fn rebuild(&mut self, changed: &[PathBuf], show: &mut Show<'_>) -> Outcome;
    /// What to watch from now on: files and folders, absolute; they need not exist yet.
    fn watched(&self) -> Vec<PathBuf>;
}

/// Shows outputs before a build is done.
pub type Show<'a> = dyn FnMut(Arc<dyn Outputs>, &[OutPath]) + 'a;

/// What a build came to.
#[derive(Default)]
pub struct Outcome {
    /// The outputs to serve from now on; none when the build failed: the last good ones stay.
    pub outputs: Option<Arc<dyn Outputs>>,
    /// Complaints as plain text, worst first, for the overlay in the browser and for [`Event::Failed`]. A warning
    /// that should not stand in the way of the page does not belong here.
    pub errors: Vec<String>,
    /// The outputs whose bytes changed, came or went. Only style sheets: they are swapped. Nothing: nothing is reloaded.
    pub changed: Vec<OutPath>,
}

/// The outputs of one build, by their path.
pub trait Outputs: Send + Sync {
    /// The output at this path, if there is one.
    fn get(&self, path: &OutPath) -> Option<Served>;
}

/// Where the bytes of an output are.
pub enum Served {
    /// Here.
    Bytes(Arc<[u8]>),
    /// In this file, unchanged; it is read when somebody asks for it.
    File(PathBuf),
}

/// Somebody else who answers at the same address, below paths of their own.
pub trait Beside: Send + Sync {
    /// Whether this path is theirs.
    fn takes(&self, path: &str) -> bool;
    /// Answers. Called on a thread of its own; the body was not read.
    fn answer(&self, request: tiny_http::Request);
}

/// What happened, for whoever talks to the person at the terminal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event {
    /// The site can be visited.
    Ready {
        /// The address to open in a browser.
        url: String,
        /// The address that is listened at.
        address: SocketAddr,
    },
    /// A build succeeded; also the first.
    Rebuilt {
        /// How long it took.
        millis: u64,
        /// How many outputs changed.
        changed: usize,
    },
    /// A build failed, and what was wrong was still wrong a moment later.
    Failed {
        /// The complaints, worst first.
        errors: Vec<String>,
    },
    /// Something a person may want to know, as a full sentence.
    Notice(String),
}

/// How to serve.
pub struct Options<'a> {
    /// Where to listen.
    pub door: Door,
    /// The address of the site as its pages write it, such as `http://127.0.0.1:1111/sub`: the site is served under
    /// its path, and its host may be asked for. See [`site_url`].
    pub url: String,
    /// How long it must be quiet on disk before a build starts.
    pub quiet: Duration,
    /// Folders in which nothing counts: the output folder. `.git` and `.praktijk` never count.
    pub never: Vec<PathBuf>,
    /// Is told what happens, on the thread that called [`run`].
    pub notify: &'a dyn Fn(Event),
    /// Ends it.
    pub stop: Stop,
    /// Who else answers.
    pub beside: Option<Arc<dyn Beside>>,
}

impl<'a> Options<'a> {
    /// The usual way: at the root of the address, with ten milliseconds of quiet.
    pub fn new(door: Door, notify: &'a dyn Fn(Event)) -> Self {
        let url = site_url(None, door.address(), false);
        Options {
            door,
            url,
            quiet: Duration::from_millis(10),
            never: Vec::new(),
            notify,
            stop: Stop::default(),
            beside: None,
        }
    }
}

/// Why a site could not be served at all.
#[derive(Debug, thiserror::Error)]
pub enum ServeError {
    /// The port that was asked for is in use, or the address is not of this machine.
    #[error("The address {address} cannot be listened at: {source}. Choose another port or interface.")]
    Address {
        /// What was asked for.
        address: SocketAddr,
        /// What the system says.
        source: std::io::Error,
    },
    /// No port was asked for and none is free.
    #[error("No port from 1024 to 9000 is free at {0}.")]
    NoPort(std::net::IpAddr),
    /// The system gives no thread or no socket.
    #[error("The server could not be started: {0}.")]
    Start(#[source] std::io::Error),
}

/// After an error, a build is expected to heal for this long: an editor may be halfway through saving.
const PATIENCE: Duration = Duration::from_millis(100);
/// A build starts at the latest this long after the first change, however busy the disk stays.
const LONGEST_BURST: Duration = Duration::from_millis(150);
/// "Anything may have changed" is heeded no more often than this, or reading all sources could cause it again for ever.
const EVERYTHING_EVERY: Duration = Duration::from_secs(2);

/// Builds, serves, and builds again after every change, until it is stopped.
pub fn run(options: Options<'_>, mut site: impl Site) -> Result<(), ServeError> {
    let Options { door, url, quiet, never, notify, stop, beside } = options;
    let address = door.address();
    if let Some(notice) = door.notice() {
        notify(Event::Notice(notice.to_owned()));
    }
    let (sender, signals) = mpsc::channel();
    stop.wakes(sender.clone());
    let stage = Arc::new(Stage::new());
    // Changes made during the first build must count, so watching starts before it.
    let mut watch = Watch::start(sender, never);
    watch.follow(site.watched(), &Burst::everything());
    let first = build(&mut site, &stage, notify, &Burst::everything());
    show_errors(&stage, notify, first);
    watch.follow(site.watched(), &Burst::default());
    report(&mut watch, notify);

    let server = server::start(door, &url, &stage, Pace::USUAL, beside)?;
    notify(Event::Ready {
        url: if url.starts_with('/') { format!("http://{address}/") } else { url },
        address,
    });
    let timing = Timing { quiet, longest: LONGEST_BURST, patience: PATIENCE, everything: EVERYTHING_EVERY };
    keep_building(&mut site, &stage, &mut watch, &signals, &timing, notify);
    stage.close();
    server.stop();
    Ok(())
}

/// The loop of the room: gather changes, build, show; until the stop signal.
fn keep_building(
    site: &mut impl Site,
    stage: &Stage,
    watch: &mut Watch,
    signals: &mpsc::Receiver<Signal>,
    timing: &Timing,
    notify: &dyn Fn(Event),
) {
    let mut doubtful: Option<Vec<String>> = None;
    let mut all_at: Option<Instant> = None;
    loop {
        let patience = doubtful.is_some().then_some(timing.patience);
        let gathered = burst::gather(signals, timing, patience, all_at, |path| watch.counts(path));
        let burst = match gathered {
            burst::Gathered::Stop => return,
            burst::Gathered::Quiet => {
                show_errors(stage, notify, doubtful.take().unwrap_or_default());
                continue;
            }
            burst::Gathered::Burst(burst) => burst,
        };
        // Folders that came are watched before they are read, so that what comes after the reading is seen.
        watch.follow(site.watched(), &burst);
        let errors = build(site, stage, notify, &burst);
        all_at = burst.everything.then(Instant::now).or(all_at);
        watch.follow(site.watched(), &Burst::default());
        report(watch, notify);
        if errors.is_empty() {
            doubtful = None;
        } else if doubtful.take().is_some() || stage.complains() {
            show_errors(stage, notify, errors);
        } else {
            doubtful = Some(errors);
        }
    }
}

/// Builds once and puts a good result on show. What is left are the errors, which the caller may hold back.
fn build(site: &mut impl Site, stage: &Stage, notify: &dyn Fn(Event), burst: &Burst) -> Vec<String> {
    let start = Instant::now();
    let mut shown = 0;
    let outcome = site.rebuild(&burst.paths_for_site(), &mut |outputs, changed| {
        shown += changed.len();
        stage.put(outputs, changed, false);
    });
    let millis = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
    let Some(outputs) = outcome.outputs else {
        let unexplained = || vec!["The site could not be built.".to_owned()];
        return if outcome.errors.is_empty() { unexplained() } else { outcome.errors };
    };
    stage.put(outputs, &outcome.changed, outcome.errors.is_empty());
    if outcome.errors.is_empty() {
        notify(Event::Rebuilt { millis, changed: shown + outcome.changed.len() });
    }
    outcome.errors
}

fn show_errors(stage: &Stage, notify: &dyn Fn(Event), errors: Vec<String>) {
    if !errors.is_empty() {
        notify(Event::Failed { errors: errors.clone() });
        stage.complain(errors);
    }
}

fn report(watch: &mut Watch, notify: &dyn Fn(Event)) {
    for notice in watch.notices() {
        notify(Event::Notice(notice));
    }
}
