//! `check` and links to other sites. In: a server on this computer, of which some pages are there. Out: complaints about
//! the rest, and a memory that keeps what worked and never what failed.

use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use super::{badly, read, site, well};

/// A server that knows `/goed` and, once it is mended, `/stuk`.
struct Server {
    server: Arc<tiny_http::Server>,
    thread: Option<JoinHandle<()>>,
    asked: Arc<Mutex<Vec<String>>>,
    mended: Arc<Mutex<bool>>,
}

impl Server {
    fn start() -> Self {
        let server = Arc::new(tiny_http::Server::http("127.0.0.1:0").expect("a port"));
        let (asked, mended) = (Arc::<Mutex<Vec<String>>>::default(), Arc::<Mutex<bool>>::default());
        let thread = std::thread::spawn({
            let (server, asked, mended) = (server.clone(), asked.clone(), mended.clone());
            move || {
                for request in server.incoming_requests() {
                    let url = request.url().to_owned();
                    asked.lock().expect("no panic").push(url.clone());
                    let there = url == "/goed" || (url == "/stuk" && *mended.lock().expect("no panic"));
                    let page = "<!doctype html><h1 id=\"hier\">Hier</h1>";
                    let answer = tiny_http::Response::from_string(page)
                        .with_status_code(if there { 200 } else { 404 })
                        .with_header(
                            "Content-Type: text/html".parse::<tiny_http::Header>().expect("a header"),
                        );
                    request.respond(answer).ok();
                }
            }
        });
        Server { server, thread: Some(thread), asked, mended }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.server_addr().to_ip().expect("an address"))
    }

    /// What was asked for since the last time, sorted.
    fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().expect("no panic"));
        asked.sort();
        asked
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.server.unblock();
        self.thread.take().map(JoinHandle::join);
    }
}

#[test]
fn what_works_is_remembered_and_what_fails_is_not() {
    let server = Server::start();
    let folder = site();
    let page = folder.path().join("content/een.md");
    let text = format!(
        "+++\ntitle = \"Een\"\n+++\nZie [goed]({}) en\n[stuk]({}).\n",
        server.url("/goed"),
        server.url("/stuk")
    );
    std::fs::write(&page, text).expect("written");
    let memory = || read(folder.path().join(".praktijk/links.json"));

    let said = badly(folder.path(), &["check"], 1);
    assert!(
        said.contains("content/een.md") && said.contains(&server.url("/stuk")) && said.contains("404"),
        "{said}"
    );
    assert!(!said.contains("/goed"), "{said}");
    assert_eq!(server.asked(), ["/goed", "/stuk"]);
    assert!(memory().contains("/goed") && !memory().contains("/stuk"), "{}", memory());
    assert!(!folder.path().join("public").exists());

    badly(folder.path(), &["check"], 1);
    assert_eq!(server.asked(), ["/stuk"], "what failed is asked again, what worked is not");

    *server.mended.lock().expect("no panic") = true;
    let (_, told) = well(folder.path(), &["check"]);
    assert!(told.contains("1 link to another site asked for"), "{told}");
    assert_eq!(server.asked(), ["/stuk"]);
    assert!(memory().contains("/stuk"));
    well(folder.path(), &["check"]);
    assert_eq!(server.asked(), [""; 0]);
}

#[test]
fn links_elsewhere_can_be_left_alone() {
    let server = Server::start();
    let folder = site();
    let text = format!("+++\n+++\n[stuk]({})\n", server.url("/stuk"));
    std::fs::write(folder.path().join("content/een.md"), text).expect("written");
    well(folder.path(), &["check", "--skip-external-links"]);
    well(folder.path(), &["build"]);
    assert_eq!(server.asked(), [""; 0]);
    let settings = "base_url = \"https://voorbeeld.example\"\n[link_checker]\nexternal_level = \"warn\"\n";
    std::fs::write(folder.path().join("zola.toml"), settings).expect("written");
    let (_, told) = well(folder.path(), &["check"]);
    assert!(told.starts_with("Warning ") && told.contains("/stuk"), "{told}");
}

#[test]
fn nobody_at_home() {
    let folder = site();
    // A port that was free a moment ago, and on which nobody listens now.
    let url = Server::start().url("/goed");
    std::fs::write(folder.path().join("content/een.md"), format!("+++\n+++\n[weg]({url})\n"))
        .expect("written");
    let said = badly(folder.path(), &["check"], 1);
    assert!(said.contains(&url) && said.contains("content/een.md"), "{said}");
}
