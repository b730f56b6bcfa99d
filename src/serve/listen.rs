//! The threads of the server: one that accepts connections and one for each connection, so that nobody waits for
//! somebody else's slow reading. Loopback has few visitors; past a number, new ones are sent away.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::json;

use super::address::base_path;
use super::answer::{Place, Reply, answer, words};
use super::hosts::Hosts;
use super::http::{Connection, NoRequest};
use super::stage::{Heard, News, Stage};
use super::tags::Tags;
use super::{Door, ServeError};

/// More connections than this at once are not served. A browser opens six for each site.
const MOST: usize = 512;
/// How often a listening browser hears that we are still here; it is also how we find that it is not.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// A browser that takes nothing of its news for this long has gone.
const NEWS_TAKES: Duration = Duration::from_secs(10);

/// A server that runs.
pub(super) struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepts: JoinHandle<()>,
}

struct Shared {
    place: Place,
    stage: Arc<Stage>,
    ends: AtomicBool,
    open: Mutex<BTreeMap<u64, TcpStream>>,
}

/// Begins to answer at this door.
pub(super) fn start(door: Door, url: &str, stage: &Arc<Stage>) -> Result<Server, ServeError> {
    let address = door.address();
    let place = Place { base: base_path(url), hosts: Hosts::new(address, url), tags: Tags::default() };
    let (stage, open) = (Arc::clone(stage), Mutex::default());
    let shared = Arc::new(Shared { place, stage, ends: AtomicBool::new(false), open });
    let for_thread = Arc::clone(&shared);
    let accepts = thread::Builder::new()
        .name("serve: accept".to_owned())
        .spawn(move || accept(&door.listener, &for_thread))
        .map_err(ServeError::Start)?;
    Ok(Server { address, shared, accepts })
}

impl Server {
    /// Ends it: no new connections, and the open ones are closed.
    pub(super) fn stop(self) {
        self.shared.ends.store(true, Ordering::SeqCst);
        for stream in self.shared.open().values() {
            let _ = stream.shutdown(std::net::Shutdown::Both);
        }
        // The accepting thread waits for a visitor, so we are one.
        let ip = match self.address.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        let door = SocketAddr::new(ip, self.address.port());
        if TcpStream::connect_timeout(&door, Duration::from_secs(1)).is_ok() {
            let _ = self.accepts.join();
        }
    }
}

impl Shared {
    fn open(&self) -> std::sync::MutexGuard<'_, BTreeMap<u64, TcpStream>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn accept(listener: &TcpListener, shared: &Arc<Shared>) {
    for number in 0.. {
        let accepted = listener.accept();
        if shared.ends.load(Ordering::SeqCst) {
            return;
        }
        let Ok((stream, _)) = accepted else {
            // The machine is out of something, such as file handles; it passes.
            thread::sleep(Duration::from_millis(50));
            continue;
        };
        let Ok(copy) = stream.try_clone() else { continue };
        let mut open = shared.open();
        if open.len() >= MOST {
            continue;
        }
        open.insert(number, copy);
        drop(open);
        let for_thread = Arc::clone(shared);
        let visit = move || {
            // What ends a connection is of no interest to anybody but its browser.
            let _ = Connection::new(stream).map(|connection| serve(connection, &for_thread));
            for_thread.open().remove(&number);
        };
        if thread::Builder::new().name("serve: connection".to_owned()).spawn(visit).is_err() {
            shared.open().remove(&number);
        }
    }
}

/// Answers the requests of one connection until it ends.
fn serve(mut connection: Connection, shared: &Shared) {
    loop {
        let request = match connection.request() {
            Ok(request) => request,
            Err(NoRequest::Gone) => return,
            Err(NoRequest::Bad(status)) => {
                let _ = connection.send(words(status, ""), false);
                return connection.end();
            }
        };
        let keeps = request.keeps && !shared.ends.load(Ordering::SeqCst);
        match answer(&request, &shared.place, &shared.stage.shown()) {
            Reply::Answer(answer) => {
                if connection.send(answer, keeps).is_err() {
                    return;
                }
                if !keeps {
                    return connection.end();
                }
            }
            Reply::Listens { page, headers } => {
                let _ = tell(&mut connection.stream, page, &headers, &shared.stage);
                return;
            }
        }
    }
}

/// Tells one browser all that is new, until it goes.
fn tell(stream: &mut TcpStream, page: String, headers: &[(&str, String)], stage: &Stage) -> io::Result<()> {
    stream.set_write_timeout(Some(NEWS_TAKES))?;
    let mut head = "HTTP/1.1 200 OK\r\n".to_owned();
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    stream.write_all(format!("{head}Connection: close\r\n\r\n").as_bytes())?;
    let (mut page, mut tick) = (page, None);
    loop {
        match stage.news(&page, tick, HEARTBEAT) {
            Heard::Closed => return Ok(()),
            Heard::Nothing => stream.write_all(b": still here\n\n")?,
            Heard::News(news) => {
                stream.write_all(message(&news).as_bytes())?;
                tick = Some(news.tick);
                page = news.version;
            }
        }
    }
}

fn message(news: &News) -> String {
    let css: Vec<_> = news.css.iter().map(|path| path.as_str()).collect();
    let data = json!({ "version": news.version, "reload": news.reload, "css": css, "errors": news.errors });
    format!("data: {data}\n\n")
}
