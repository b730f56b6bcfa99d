//! Who is asked when. In: pages. Out: for each, whether it is there, as soon as it is known.
//!
//! Every site has a queue of its own and is asked one thing at a time, with a pause between; several sites are asked
//! at once. A redirect goes to the back of the queue of the site it leads to. A site that asks to be left alone for a
//! while is left alone for that while; one that cannot be reached is not tried again for its other pages.

use std::collections::{HashMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use url::Url;

use super::ask::{self, Answer};
use super::cause::{Cause, GIVE_UP};
use super::external::Options;

/// A page that links lead to.
#[derive(Clone, Debug)]
pub(super) struct Page {
    /// Without an anchor.
    pub(super) url: Url,
    /// The anchors that links want on it.
    pub(super) anchors: Vec<String>,
}

/// Which anchors are missing, or what is wrong with the page.
pub(super) type Verdict = Result<Vec<String>, Cause>;

/// Asks for every page and hands over each verdict with the number of its page, in the order in which they become
/// known. False when it was stopped before all were known.
pub(super) fn run(
    pages: &[Page],
    options: &Options,
    stop: &AtomicBool,
    known: &mut dyn FnMut(usize, Verdict),
) -> bool {
    let shared = Arc::new(Shared {
        state: Mutex::new(State::new(pages)),
        change: Condvar::new(),
        options: options.clone(),
    });
    let (sender, verdicts) = channel();
    let mut workers = 0;
    for _ in 0..options.concurrency.max(1).min(pages.len()) {
        let (shared, sender) = (shared.clone(), sender.clone());
        // The threads are not waited for: a request that hangs must not hold up somebody who wants to stop.
        workers += usize::from(std::thread::Builder::new().spawn(move || work(&shared, &sender)).is_ok());
    }
    if workers == 0 {
        work(&shared, &sender);
    }
    drop(sender);
    let mut left = pages.len();
    while left > 0 {
        match verdicts.recv_timeout(Duration::from_millis(50)) {
            Ok((page, verdict)) => {
                left -= 1;
                known(page, verdict);
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if stop.load(Ordering::Relaxed) {
            break;
        }
    }
    shared.lock().closed = true;
    shared.change.notify_all();
    left == 0
}

/// One request to make.
struct Job {
    page: usize,
    url: Url,
    anchors: Arc<[String]>,
    /// Where it came from.
    passed: Vec<Url>,
    tries: u32,
}

#[derive(Default)]
struct Site {
    jobs: VecDeque<Job>,
    busy: bool,
    asked: bool,
    /// How long it wants to be left alone, if longer than the usual pause.
    wait: Duration,
    strikes: u32,
    /// The schemes under which it is not tried any more, and why: `https` may be broken where `http` works.
    given_up: Vec<(String, Cause)>,
}

struct State {
    sites: HashMap<String, Site>,
    /// The sites that have something to be asked and are not being asked, first come first served.
    ready: VecDeque<String>,
    /// Pages without a verdict.
    open: usize,
    closed: bool,
}

struct Shared {
    state: Mutex<State>,
    change: Condvar,
    options: Options,
}

/// What comes of a request.
enum Next {
    Known(Verdict),
    /// It is put at the head of its queue again, and the site left alone for so long.
    Again(Job, Duration),
    Elsewhere(Job),
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing leaves the state half changed, so that what a thread that broke down leaves behind is sound.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The next request and its site, once the site may be asked; none when there is nothing left to do.
    fn take(&self) -> Option<(String, Job)> {
        let mut state = self.lock();
        let (name, job, wait) = loop {
            if state.closed || state.open == 0 {
                return None;
            }
            if let Some(turn) = state.turn(self.options.pause) {
                break turn;
            }
            state = self.change.wait(state).unwrap_or_else(PoisonError::into_inner);
        };
        let (state, _) = self
            .change
            .wait_timeout_while(state, wait, |state| !state.closed)
            .unwrap_or_else(PoisonError::into_inner);
        (!state.closed).then_some((name, job))
    }
}

fn work(shared: &Shared, verdicts: &Sender<(usize, Verdict)>) {
    let agent = ask::agent(&shared.options);
    while let Some((name, job)) = shared.take() {
        let (page, scheme) = (job.page, job.url.scheme().to_owned());
        let answer = ask::ask(&agent, &job.url, &job.anchors);
        let next = next(job, answer, &shared.options);
        let found = shared.lock().settle(&name, &scheme, page, next);
        shared.change.notify_all();
        for verdict in found {
            // Nobody listens any more after a stop.
            let _ = verdicts.send(verdict);
        }
    }
}

fn next(mut job: Job, answer: Answer, options: &Options) -> Next {
    match answer {
        Answer::Page { missing } => Next::Known(Ok(missing)),
        Answer::Broken(cause, wait) => {
            job.tries += 1;
            let wait = wait.unwrap_or(options.back_off * 2_u32.saturating_pow(job.tries - 1));
            if cause.may_pass() && job.tries < options.tries && wait <= options.longest_wait {
                Next::Again(job, wait)
            } else {
                Next::Known(Err(cause))
            }
        }
        Answer::Moved(mut to) => {
            if to.fragment().is_some() {
                // The server knows where on the page the text went; the old anchor has had its day.
                to.set_fragment(None);
                job.anchors = Arc::from([]);
            }
            job.passed.push(std::mem::replace(&mut job.url, to));
            if job.passed.contains(&job.url) {
                Next::Known(Err(Cause::Redirect("its servers send visitors round in a circle")))
            } else if job.passed.len() > options.redirects {
                Next::Known(Err(Cause::Redirect("its servers send visitors on too many times")))
            } else {
                Next::Elsewhere(job)
            }
        }
    }
}

impl State {
    fn new(pages: &[Page]) -> Self {
        let mut state =
            State { sites: HashMap::new(), ready: VecDeque::new(), open: pages.len(), closed: false };
        for (page, Page { url, anchors }) in pages.iter().enumerate() {
            let job =
                Job { page, url: url.clone(), anchors: anchors.clone().into(), passed: Vec::new(), tries: 0 };
            state.queue(job);
        }
        state
    }

    /// Puts a request at the back of the queue of its site; gives its page and a verdict when the site was given up.
    fn queue(&mut self, job: Job) -> Option<(usize, Verdict)> {
        let name = site_of(&job.url);
        let site = self.sites.entry(name.clone()).or_default();
        if let Some((_, cause)) = site.given_up.iter().find(|(scheme, _)| scheme == job.url.scheme()) {
            return Some((job.page, Err(cause.clone())));
        }
        if site.jobs.is_empty() && !site.busy {
            self.ready.push_back(name);
        }
        site.jobs.push_back(job);
        None
    }

    /// The request whose turn it is, with its site and how long to leave that alone before asking.
    fn turn(&mut self, pause: Duration) -> Option<(String, Job, Duration)> {
        let name = self.ready.pop_front()?;
        let site = self.sites.get_mut(&name)?;
        let job = site.jobs.pop_front()?;
        let wait = if site.asked { pause.max(std::mem::take(&mut site.wait)) } else { Duration::ZERO };
        (site.busy, site.asked) = (true, true);
        Some((name, job, wait))
    }

    /// Notes what came of a request to a site, and gives the verdicts that follow from it.
    fn settle(&mut self, name: &str, scheme: &str, page: usize, next: Next) -> Vec<(usize, Verdict)> {
        let mut found = Vec::new();
        let mut elsewhere = None;
        if let Some(site) = self.sites.get_mut(name) {
            site.busy = false;
            match next {
                Next::Known(verdict) => {
                    found.extend(site.judged(scheme, &verdict));
                    found.insert(0, (page, verdict));
                }
                Next::Again(job, wait) => {
                    site.wait = wait;
                    site.jobs.push_front(job);
                }
                Next::Elsewhere(job) => elsewhere = Some(job),
            }
            if !site.jobs.is_empty() {
                self.ready.push_back(name.to_owned());
            }
        }
        found.extend(elsewhere.and_then(|job| self.queue(job)));
        self.open -= found.len();
        found
    }
}

impl Site {
    /// Notes how it does under this scheme, and gives the verdicts over all that waits for it when it is given up.
    fn judged(&mut self, scheme: &str, verdict: &Verdict) -> Vec<(usize, Verdict)> {
        let strikes = verdict.as_ref().err().map_or(0, Cause::strikes);
        self.strikes = if strikes == 0 { 0 } else { self.strikes + strikes };
        let (Err(cause), GIVE_UP..) = (verdict, self.strikes) else { return Vec::new() };
        self.strikes = 0;
        self.given_up.push((scheme.to_owned(), cause.clone()));
        let (lost, left): (VecDeque<Job>, _) =
            self.jobs.drain(..).partition(|job| job.url.scheme() == scheme);
        self.jobs = left;
        lost.into_iter().map(|job| (job.page, verdict.clone())).collect()
    }
}

/// The site as its owners see it: `http` and `https` of one name are one machine, other ports are others.
fn site_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
