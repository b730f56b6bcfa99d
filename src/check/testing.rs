//! Small servers on this machine, for the tests of this room.

use std::io::Read;
use std::net::TcpListener;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use tiny_http::{Header, Response, Server};

/// What a server answers.
#[derive(Clone)]
pub(super) struct Reply {
    pub(super) status: u16,
    pub(super) headers: Vec<(&'static str, String)>,
    pub(super) body: Vec<u8>,
    pub(super) after: Duration,
}

pub(super) fn status(status: u16) -> Reply {
    Reply { status, headers: Vec::new(), body: Vec::new(), after: Duration::ZERO }
}

pub(super) fn page(html: &str) -> Reply {
    Reply { body: html.into(), ..status(200) }.with("Content-Type", "text/html; charset=utf-8")
}

pub(super) fn moved(to: impl Into<String>) -> Reply {
    status(302).with("Location", to)
}

impl Reply {
    pub(super) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(super) fn after(self, after: Duration) -> Self {
        Reply { after, ..self }
    }
}

/// A server and what it was asked.
pub(super) struct Site {
    pub(super) address: String,
    pub(super) asked: Arc<Mutex<Vec<(String, Instant)>>>,
    pub(super) most_at_once: Arc<AtomicUsize>,
}

impl Site {
    /// The reply is made from the path and how often that path was asked before.
    pub(super) fn start(reply: impl Fn(&str, usize) -> Reply + Send + Sync + 'static) -> Self {
        let server = Server::http("127.0.0.1:0").unwrap();
        let address = format!("http://{}", server.server_addr());
        let site = Site { address, asked: Arc::default(), most_at_once: Arc::default() };
        let (asked, most_at_once, reply) = (site.asked.clone(), site.most_at_once.clone(), Arc::new(reply));
        let now = Arc::new(AtomicUsize::new(0));
        std::thread::spawn(move || {
            for request in server.incoming_requests() {
                let path = request.url().to_owned();
                let before = asked.lock().unwrap().iter().filter(|(asked, _)| *asked == path).count();
                asked.lock().unwrap().push((path.clone(), Instant::now()));
                most_at_once.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                let (reply, now) = (reply.clone(), now.clone());
                std::thread::spawn(move || {
                    let reply = reply(&path, before);
                    std::thread::sleep(reply.after);
                    let mut response = Response::from_data(reply.body).with_status_code(reply.status);
                    for (name, value) in reply.headers {
                        response.add_header(Header::from_bytes(name, value.as_bytes()).unwrap());
                    }
                    now.fetch_sub(1, Ordering::SeqCst);
                    let _ = request.respond(response);
                });
            }
        });
        site
    }

    pub(super) fn at(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    pub(super) fn paths(&self) -> Vec<String> {
        self.asked.lock().unwrap().iter().map(|(path, _)| path.clone()).collect()
    }

    pub(super) fn gaps(&self) -> Vec<Duration> {
        self.asked.lock().unwrap().windows(2).map(|pair| pair[1].1 - pair[0].1).collect()
    }
}

/// A server that hangs up on so many visitors, and then answers.
pub(super) fn rude(visitors: usize) -> (String, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let came = Arc::new(AtomicUsize::new(0));
    std::thread::spawn({
        let came = came.clone();
        move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let _ = stream.read(&mut [0; 1024]);
                if came.fetch_add(1, Ordering::SeqCst) >= visitors {
                    let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
                    let _ = std::io::Write::write_all(&mut stream, answer);
                }
            }
        }
    });
    (url, came)
}
