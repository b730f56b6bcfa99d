//! `tiny_http` at work: requests come in, answers go out. In: an [`App`] and a [`Listen`]. Out: an endpoint that runs until
//! it is stopped.
//!
//! | file | what it answers |
//! |---|---|
//! | [`listen`] | where it listens, and why not anywhere else |
//! | `reading` | what `tiny_http` read → a request, within limits |
//!
//! Only a proxy of the same machine talks to it: nginx or Caddy, which read heads strictly, have time limits and hand over
//! whole requests. `tiny_http` does none of that by itself, so what does not look like such a proxy is refused: a body
//! without one plain length, a host that is not ours, a connection that is to be used again. Answers are given by a few
//! threads; when all are busy and so many wait, the next one is told at once to come back later.

pub mod listen;
mod reading;

use std::io::Write as _;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, TrySendError, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde_json::json;

use super::app::App;
use super::exchange::Response;
use super::routes;
use crate::wire;
use listen::{Listen, Proxies};
use reading::Unread;

/// So many requests wait for a thread at most, for each thread.
const QUEUE: usize = 8;

/// An endpoint that runs.
pub struct Running {
    ends: Arc<AtomicBool>,
    server: Arc<tiny_http::Server>,
    threads: Vec<thread::JoinHandle<()>>,
}

/// Begins to answer. `threads`: how many answers are worked on at once.
pub fn start(app: Arc<App>, listen: &Listen, threads: usize) -> Result<Running, String> {
    let server = Arc::new(listen.open()?);
    let ends = Arc::new(AtomicBool::new(false));
    let (queue, waiting) = sync_channel::<tiny_http::Request>(threads * QUEUE);
    let waiting = Arc::new(Mutex::new(waiting));
    let proxies = Arc::new(listen.proxies(app.settings.table.proxies.as_deref()));
    let mut all = Vec::new();
    for number in 0..threads {
        let (app, waiting, proxies) = (app.clone(), waiting.clone(), proxies.clone());
        let work = move || answers(&app, &waiting, &proxies);
        all.push(spawn(&format!("reacties {number}"), work)?);
    }
    let (receiver, ended) = (server.clone(), ends.clone());
    all.push(spawn("reacties: receive", move || receives(&app, &receiver, &queue, &ended))?);
    Ok(Running { ends, server, threads: all })
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> Result<thread::JoinHandle<()>, String> {
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(work)
        .map_err(|error| format!("no thread could be made: {error}"))
}

impl Running {
    /// Ends it: what was begun is answered, nothing new is taken.
    pub fn stop(self) {
        self.ends.store(true, Ordering::SeqCst);
        self.server.unblock();
        for thread in self.threads {
            let _ = thread.join();
        }
    }

    /// Where it listens, when that is a port.
    pub fn port(&self) -> Option<u16> {
        self.server.server_addr().to_ip().map(|address| address.port())
    }
}

/// Takes requests in and hands them out.
fn receives(
    app: &App,
    server: &tiny_http::Server,
    queue: &SyncSender<tiny_http::Request>,
    ends: &AtomicBool,
) {
    while !ends.load(Ordering::SeqCst) {
        match server.recv_timeout(Duration::from_secs(1)) {
            Ok(Some(request)) => match queue.try_send(request) {
                Ok(()) => {}
                Err(TrySendError::Full(request)) => {
                    app.log.count("te_druk");
                    let busy =
                        Response::text(503, "Even geduld: het is nu te druk.\n").with("Retry-After", "2");
                    send(app, request, &busy);
                }
                Err(TrySendError::Disconnected(_)) => return,
            },
            Ok(None) => {}
            Err(error) => {
                app.log.say(app.clock.now(), "fout", "ontvangen", &json!({"waarom": error.to_string()}));
                // The machine is out of something, such as file handles; it passes.
                thread::sleep(Duration::from_millis(250));
            }
        }
    }
}

/// Answers one request after the other.
fn answers(app: &App, waiting: &Mutex<Receiver<tiny_http::Request>>, proxies: &Proxies) {
    loop {
        let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(request) = next else { return };
        if reading::is_last(&request) {
            answer(app, request, proxies);
        } else {
            send(app, request, &Response::text(400, reading::NOT_LAST));
        }
    }
}

/// Answers one request that `tiny_http` read. `proxies`: who is believed about where it comes from.
pub fn answer(app: &App, mut request: tiny_http::Request, proxies: &Proxies) {
    match reading::read(&mut request, app, proxies) {
        Ok(read) => send(app, request, &routes::answer(app, &read)),
        Err(Unread::Refused(status, why)) => send(app, request, &Response::text(status, why)),
        Err(Unread::Gone) => drop(way_back(app, request)),
    }
}

/// The way back to whoever asked, if there is one.
fn way_back(app: &App, request: tiny_http::Request) -> Option<wire::Writer> {
    let writer = wire::way_back(request);
    if writer.is_none() {
        app.log.count("bodemloos");
        let why = "a request said to bring far too much; does the proxy limit bodies?";
        app.log.say(app.clock.now(), "fout", "bodemloos", &json!({"waarom": why}));
    }
    writer
}

/// Sends an answer. It ends the connection: whoever asked said so before, as `tiny_http` listens to that only.
fn send(app: &App, request: tiny_http::Request, response: &Response) {
    let Some(mut writer) = way_back(app, request) else { return };
    let headers = response.all_headers();
    let length = response.body.len().to_string();
    let all = headers.iter().map(|(name, value)| (*name, value.as_str()));
    let mut bytes = wire::head(response.status, all.chain([("Content-Length", length.as_str())]));
    if !response.only_head && response.status != 304 {
        bytes.extend_from_slice(&response.body);
    }
    // What ends a connection is of no interest to anybody but its browser.
    let _ = writer.write_all(&bytes).and_then(|()| writer.flush());
}
