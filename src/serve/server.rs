//! `tiny_http` at work: it accepts and reads, one thread per request answers. In: an open [`Door`]. Out: a [`Server`]
//! that can be stopped.
//!
//! What `tiny_http` 0.12 does not do by itself is done around it:
//!
//! - It knows no time limits. Connections inherit those of the socket that is listened at, so they are set there: who
//!   is silent or does not read loses its connection, and the thread of the pool is free again.
//! - Those limits hold for accepting, too, and after any error in accepting `tiny_http` accepts no more. Then a new
//!   [`tiny_http::Server`] takes over the socket, and the old one only ends what it began. See [`receive`].
//! - It keeps connections open, each with a thread of its pool. Every answer asks the browser to close.
//! - Connections of a burst can be queued behind others that are idle. See `nudge`.
//! - It reads on behind a body whose end is not certain. What comes there is not answered.

use std::collections::BTreeMap;
use std::io;
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::address::base_path;
use super::answer::{Place, Reply, answer, words};
use super::exchange::{Request, send};
use super::hosts::Hosts;
use super::nudge::Nudge;
use super::stage::Stage;
use super::tags::Tags;
use super::telling::{Listener, QUIET, tell};
use super::{Beside, Door, ServeError};
use crate::wire::{Writer, way_back};

/// More requests than this at once are not served. A browser sends six for each site.
const MOST: usize = 512;
/// For how long nothing is answered to a connection that announced a body. It is at its end by then.
const SPOILED: Duration = Duration::from_secs(5);
/// How long a replaced server is given to end what it began, after its last request.
const LINGERS: Duration = Duration::from_secs(10);

/// How patient a server is.
pub(super) struct Pace {
    /// How long a browser may say nothing. No browser minds: one without a request yet opens another connection.
    pub(super) reads: Duration,
    /// How long a browser may read nothing of an answer. A paused film does that; its connection may as well go.
    pub(super) writes: Duration,
    /// How often is knocked when nothing happens; more often than `reads`, or accepting is given up.
    pub(super) knocks: Duration,
}

impl Pace {
    /// The pace at which sites are served.
    pub(super) const USUAL: Pace = Pace {
        reads: Duration::from_secs(2),
        writes: Duration::from_secs(30),
        knocks: Duration::from_millis(500),
    };
}

/// A server that runs.
pub(super) struct Server {
    shared: Arc<Shared>,
    knocks: JoinHandle<()>,
}

struct Shared {
    place: Place,
    beside: Option<Arc<dyn Beside>>,
    stage: Arc<Stage>,
    nudge: Nudge,
    ends: AtomicBool,
    /// Those that are received from; the last one accepts.
    running: Mutex<Vec<Weak<tiny_http::Server>>>,
    /// Held by everyone who is being answered.
    visitors: Arc<()>,
}

/// Begins to answer at this door.
pub(super) fn start(
    door: Door,
    url: &str,
    stage: &Arc<Stage>,
    pace: Pace,
    beside: Option<Arc<dyn Beside>>,
) -> Result<Server, ServeError> {
    let address = door.address();
    let shared = Arc::new(Shared {
        place: Place { base: base_path(url), hosts: Hosts::new(address, url), tags: Tags::default() },
        beside,
        stage: Arc::clone(stage),
        nudge: Nudge::new(address),
        ends: AtomicBool::new(false),
        running: Mutex::default(),
        visitors: Arc::default(),
    });
    limit(&door.listener, &pace).map_err(ServeError::Start)?;
    take_over(door.listener, &shared).map_err(ServeError::Start)?;
    let for_thread = Arc::clone(&shared);
    let knocks = thread::Builder::new()
        .name("serve: knock".to_owned())
        .spawn(move || for_thread.nudge.knock_on(pace.knocks, || for_thread.replace()))
        .map_err(ServeError::Start)?;
    Ok(Server { shared, knocks })
}

impl Server {
    /// Ends it and gives the port back. Connections that are open end by themselves, within their time limits.
    pub(super) fn stop(self) {
        self.shared.ends.store(true, Ordering::SeqCst);
        self.shared.nudge.end();
        let _ = self.knocks.join();
        for server in self.shared.running().iter().filter_map(Weak::upgrade) {
            server.unblock();
        }
        // A knock is also what the accepting thread needs to see that it is over.
        let until = Instant::now() + Duration::from_secs(1);
        while self.shared.nudge.is_open() && Instant::now() < until {
            thread::sleep(Duration::from_millis(2));
        }
    }
}

impl Shared {
    fn running(&self) -> std::sync::MutexGuard<'_, Vec<Weak<tiny_http::Server>>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn has_ended(&self) -> bool {
        self.ends.load(Ordering::SeqCst)
    }

    /// Has the server that accepts replaced.
    fn replace(&self) {
        if let Some(server) = self.running().last().and_then(Weak::upgrade) {
            server.unblock();
        }
    }
}

/// Sets the limits that the connections of this listener will have.
#[cfg(any(unix, windows))]
fn limit(listener: &TcpListener, pace: &Pace) -> io::Result<()> {
    #[cfg(unix)]
    type Owned = std::os::fd::OwnedFd;
    #[cfg(windows)]
    type Owned = std::os::windows::io::OwnedSocket;
    // To the system they are both sockets; only the library gives these settings to connections alone.
    let socket = TcpStream::from(Owned::from(listener.try_clone()?));
    socket.set_read_timeout(Some(pace.reads))?;
    socket.set_write_timeout(Some(pace.writes))?;
    socket.set_nodelay(true)
}

/// Has a new server accept at this listener.
fn take_over(listener: TcpListener, shared: &Arc<Shared>) -> io::Result<()> {
    let server = tiny_http::Server::from_listener(listener.try_clone()?, None).map_err(io::Error::other)?;
    let server = Arc::new(server);
    let mut running = shared.running();
    running.retain(|server| server.strong_count() > 0);
    running.push(Arc::downgrade(&server));
    drop(running);
    let shared = Arc::clone(shared);
    let receives = move || receive(&server, listener, &shared);
    thread::Builder::new().name("serve: receive".to_owned()).spawn(receives).map(drop)
}

/// Hands the requests of one server out, until it is replaced or all is over.
fn receive(server: &tiny_http::Server, listener: TcpListener, shared: &Arc<Shared>) {
    let mut spoiled = BTreeMap::new();
    let error = loop {
        // Looked at first: it may have ended before this server could be told.
        if shared.has_ended() {
            return;
        }
        match server.recv() {
            Ok(request) => hand_out(request, &mut spoiled, shared),
            Err(error) => break error,
        }
    };
    let quiet = matches!(error.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut);
    if !quiet && !shared.has_ended() {
        // The machine is out of something, such as file handles; it passes.
        thread::sleep(Duration::from_millis(250));
    }
    while !shared.has_ended() {
        match listener.try_clone().and_then(|listener| take_over(listener, shared)) {
            Ok(()) => break,
            Err(_) => thread::sleep(Duration::from_millis(250)),
        }
    }
    drop(listener);
    while !shared.has_ended()
        && let Ok(Some(request)) = server.recv_timeout(LINGERS)
    {
        hand_out(request, &mut spoiled, shared);
    }
}

/// Has a request answered on a thread of its own, so that nobody waits for somebody else's slow reading.
fn hand_out(
    request: tiny_http::Request,
    spoiled: &mut BTreeMap<Option<SocketAddr>, Instant>,
    shared: &Arc<Shared>,
) {
    shared.nudge.request();
    spoiled.retain(|_, since| since.elapsed() < SPOILED);
    let (asked, from) = (Request::of(&request), request.remote_addr().copied());
    let ignored = spoiled.contains_key(&from);
    let has_body = asked.announces_body();
    if has_body {
        spoiled.insert(from, Instant::now());
    }
    if Arc::strong_count(&shared.visitors) > MOST && !has_body {
        drop(request.into_writer());
        return;
    }
    let (shared, visitor) = (Arc::clone(shared), Arc::clone(&shared.visitors));
    let reply = move || {
        if let Some(beside) = shared.beside.as_deref().filter(|beside| !ignored && beside.takes(asked.path()))
        {
            beside.answer(request);
            return drop(visitor);
        }
        let writer = way_back(request).filter(|_| !ignored);
        // What ends a connection is of no interest to anybody but its browser.
        let _ = writer.map(|writer| reply(&asked, writer, &shared));
        drop(visitor);
    };
    // Without a thread there is no answer, and the browser asks again.
    let _ = thread::Builder::new().name("serve: answer".to_owned()).spawn(reply);
}

fn reply(request: &Request, writer: Writer, shared: &Shared) -> io::Result<()> {
    if request.is_too_long() {
        return send(writer, words(431, ""));
    }
    match answer(request, &shared.place, &shared.stage.shown()) {
        Reply::Answer(answer) => send(writer, answer),
        Reply::Listens { page, headers } => {
            tell(writer, Listener { page, headers, chunks: request.chunks }, &shared.stage, QUIET)
        }
    }
}
