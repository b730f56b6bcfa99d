//! The whole room at work: a real folder, real sockets, and a site that copies its sources to its outputs. A source
//! that is empty or says `BROKEN` is an error.

use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpStream};
use std::path::Path;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, channel};
use std::thread::{self, JoinHandle};

use super::*;

struct Copies(BTreeMap<String, Vec<u8>>, PathBuf);

impl Outputs for Copies {
    fn get(&self, path: &OutPath) -> Option<Served> {
        let bytes = self.0.get(path.as_str())?;
        // Films are served from where they lie, as static files are.
        let film = path.extension() == Some("mp4");
        Some(if film { Served::File(path.on_disk(&self.1)) } else { Served::Bytes(bytes.as_slice().into()) })
    }
}

struct Fake {
    content: PathBuf,
    builds: Arc<Mutex<Vec<Vec<PathBuf>>>>,
    last: BTreeMap<String, Vec<u8>>,
    takes: Duration,
}

impl Site for Fake {
    fn rebuild(&mut self, changed: &[PathBuf], _: &mut Show<'_>) -> Outcome {
        self.builds.lock().unwrap().push(changed.to_vec());
        thread::sleep(self.takes);
        let mut now = BTreeMap::new();
        read_all(&self.content, "", &mut now);
        let wrong = |bytes: &[u8]| bytes.is_empty() || String::from_utf8_lossy(bytes).contains("BROKEN");
        let errors: Vec<_> = now
            .iter()
            .filter(|(_, bytes)| wrong(bytes))
            .map(|(name, _)| format!("<{name}> is wrong"))
            .collect();
        if !errors.is_empty() {
            return Outcome { errors, ..Outcome::default() };
        }
        let names = now.keys().chain(self.last.keys());
        let changed = names.filter(|name| now.get(*name) != self.last.get(*name)).map(OutPath::new).collect();
        self.last = now.clone();
        Outcome { outputs: Some(Arc::new(Copies(now, self.content.clone()))), errors, changed }
    }

    fn watched(&self) -> Vec<PathBuf> {
        vec![self.content.clone()]
    }
}

fn read_all(folder: &Path, below: &str, into: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = format!("{below}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            read_all(&entry.path(), &format!("{name}/"), into);
        } else if !passing::is_passing(&entry.path())
            && let Ok(bytes) = fs::read(entry.path())
        {
            into.insert(name, bytes);
        }
    }
}

/// A server with a folder of its own.
struct Running {
    _folder: tempfile::TempDir,
    content: PathBuf,
    address: SocketAddr,
    events: Receiver<Event>,
    builds: Arc<Mutex<Vec<Vec<PathBuf>>>>,
    stop: Stop,
    thread: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct How {
    under: &'static str,
    takes: Duration,
    quiet: Option<Duration>,
}

fn serve(files: &[(&str, &str)]) -> Running {
    serve_so(files, How::default())
}

fn serve_so(files: &[(&str, &str)], how: How) -> Running {
    let folder = tempfile::tempdir().unwrap();
    let content = folder.path().canonicalize().unwrap().join("content");
    for (name, text) in files {
        let path = content.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let door = Door::open(IpAddr::V4(Ipv4Addr::LOCALHOST), Some(0)).unwrap();
    let address = door.address();
    let (sender, events) = channel();
    let (stop, builds) = (Stop::default(), Arc::new(Mutex::new(Vec::new())));
    let site = Fake {
        content: content.clone(),
        builds: Arc::clone(&builds),
        last: BTreeMap::new(),
        takes: how.takes,
    };
    let ends = stop.clone();
    let thread = thread::spawn(move || {
        let notify = move |event| drop(sender.send(event));
        let url = site_url(Some(&format!("127.0.0.1{}", how.under)), address, false);
        let usual = Options::new(door, &notify);
        let quiet = how.quiet.unwrap_or(usual.quiet);
        run(Options { url, quiet, stop: ends, ..usual }, site).unwrap();
    });
    let running = Running { _folder: folder, content, address, events, builds, stop, thread: Some(thread) };
    while !matches!(running.event(), Event::Ready { .. }) {}
    running
}

impl Running {
    fn event(&self) -> Event {
        self.events.recv_timeout(Duration::from_secs(5)).expect("an event")
    }

    /// Until this many builds have begun.
    fn await_builds(&self, number: usize) {
        let until = Instant::now() + Duration::from_secs(5);
        while self.builds.lock().unwrap().len() < number {
            assert!(Instant::now() < until, "no build");
            thread::sleep(Duration::from_millis(1));
        }
    }

    fn no_event(&self, wait: u64) {
        let event = self.events.recv_timeout(Duration::from_millis(wait));
        assert!(event.is_err(), "{event:?}");
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.content.join(name), text).unwrap();
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        stream
    }

    /// The whole answer to these lines.
    fn ask(&self, method_and_target: &str, headers: &str) -> String {
        let mut stream = self.connect();
        let host =
            if headers.contains("Host:") { String::new() } else { format!("Host: {}\r\n", self.address) };
        let ask = format!("{method_and_target} HTTP/1.1\r\n{host}{headers}Connection: close\r\n\r\n");
        stream.write_all(ask.as_bytes()).unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }

    fn get(&self, target: &str) -> String {
        self.ask(&format!("GET {target}"), "")
    }

    fn version(&self) -> String {
        header(&self.get("/"), "data-version=\"", "\"")
    }

    /// A browser that listens, as the page of this version.
    fn listen(&self, since: &str) -> BufReader<TcpStream> {
        let mut stream = self.connect();
        let ask = format!("GET /_praktijk/reload?since={since} HTTP/1.1\r\nHost: {}\r\n\r\n", self.address);
        stream.write_all(ask.as_bytes()).unwrap();
        BufReader::new(stream)
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop.stop();
        let ended = self.thread.take().unwrap().join();
        assert!(ended.is_ok() || thread::panicking());
    }
}

/// What stands between two texts.
fn header(answer: &str, from: &str, to: &str) -> String {
    let rest = answer.split_once(from).unwrap_or_else(|| panic!("no {from} in {answer}")).1;
    rest.split_once(to).unwrap().0.to_owned()
}

fn starts(answer: &str, status: u16) {
    assert!(answer.starts_with(&format!("HTTP/1.1 {status} ")), "wanted {status}: {answer}");
}

fn news(stream: &mut BufReader<TcpStream>) -> serde_json::Value {
    let mut line = String::new();
    loop {
        line.clear();
        assert_ne!(stream.read_line(&mut line).unwrap(), 0, "the stream ended");
        if let Some(data) = line.strip_prefix("data: ") {
            return serde_json::from_str(data).unwrap();
        }
    }
}

const SITE: &[(&str, &str)] = &[
    ("index.html", "<body><p>home</p></body>"),
    ("a b/index.html", "<p>a b"),
    ("style.css", "p { color: red }"),
    ("film.mp4", "0123456789"),
];

#[test]
fn pages_folders_and_what_is_missing() {
    let site = serve(SITE);
    let home = site.get("/?x=1");
    starts(&home, 200);
    let tag = format!(
        "<p>home</p><script src=\"/_praktijk/reload.js\" data-version=\"{}\"></script></body>",
        site.version()
    );
    assert!(home.ends_with(&tag), "{home}");
    assert!(
        home.contains("Content-Type: text/html; charset=utf-8\r\n")
            && home.contains("Cache-Control: no-cache\r\n")
    );
    starts(&site.get("/a%20b/"), 200);
    let moved = site.get("/a%20b?x=1");
    starts(&moved, 301);
    assert_eq!(header(&moved, "Location: ", "\r\n"), "/a%20b/?x=1");
    let css = site.get("/style.css");
    assert!(css.ends_with("\r\n\r\np { color: red }") && css.contains("Content-Length: 16\r\n"), "{css}");
    let script = site.get("/_praktijk/reload.js");
    assert!(
        script.contains("Content-Type: text/javascript; charset=utf-8\r\n") && script.contains("EventSource")
    );

    let missing = site.get("/none");
    starts(&missing, 404);
    assert!(missing.contains("_praktijk/reload.js"), "a page that comes later must appear by itself");
    site.write("404.html", "<p>own words");
    site.event();
    let missing = site.get("/none");
    starts(&missing, 404);
    assert!(missing.contains("own words") && missing.contains("reload.js"));
}

#[test]
fn nothing_outside_the_outputs_can_be_had() {
    let site = serve(SITE);
    fs::write(site.content.join("../secret.txt"), "secret").unwrap();
    for target in [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/a/../../secret.txt",
        "/..%5csecret.txt",
        "//secret.txt",
        "/./style.css",
        "/%00",
        "/%ff",
        "/style.css/",
        "//a%20b",
        "http://127.0.0.1/style.css",
    ] {
        let answer = site.get(target);
        starts(&answer, 404);
        assert!(!answer.contains("Location") && !answer.contains("color"), "{answer}");
    }
}

#[test]
fn only_our_own_names_are_answered() {
    let site = serve(SITE);
    let port = site.address.port();
    starts(&site.ask("GET /", &format!("Host: localhost:{port}\r\n")), 200);
    for host in
        [format!("evil.example:{port}"), "127.0.0.1".to_owned(), format!("127.0.0.1:{port}\r\nHost: x")]
    {
        for target in ["/", "/_praktijk/reload", "/_praktijk/reload.js"] {
            starts(&site.ask(&format!("GET {target}"), &format!("Host: {host}\r\n")), 403);
        }
    }
    let stranger = site.ask("GET /style.css", "Origin: http://evil.example\r\n");
    assert!(!stranger.contains("Access-Control"), "{stranger}");
    let own = site.ask("GET /style.css", &format!("Origin: http://localhost:{port}\r\n"));
    assert!(own.contains(&format!("Access-Control-Allow-Origin: http://localhost:{port}\r\n")), "{own}");
}

#[test]
fn other_methods_are_refused_and_their_bodies_hold_nothing_up() {
    let site = serve(SITE);
    let refused = site.ask("POST /", "Content-Length: 5000\r\n");
    starts(&refused, 405);
    assert!(refused.contains("Allow: GET, HEAD\r\n") && refused.contains("Connection: close\r\n"));
    let head = site.ask("HEAD /style.css", "");
    assert!(head.contains("Content-Length: 16\r\n") && head.ends_with("\r\n\r\n"), "{head}");
    let smuggled = "Content-Length: 0\r\nContent-Length: 40\r\n\r\nGET /style.css HTTP/1.1\r\nHost: x\r\n";
    assert_eq!(site.ask("POST /", smuggled).matches("HTTP/1.1 ").count(), 1);
    starts(&site.ask("GET /", &format!("X: {}\r\n", "x".repeat(40_000))), 431);
    starts(&site.ask("nonsense", ""), 400);
}

#[test]
fn parts_and_what_the_browser_has() {
    let site = serve(SITE);
    let part = site.ask("GET /film.mp4", "Range: bytes=2-4\r\n");
    starts(&part, 206);
    assert!(part.ends_with("\r\n\r\n234") && part.contains("Content-Range: bytes 2-4/10\r\n"), "{part}");
    let beyond = site.ask("GET /film.mp4", "Range: bytes=10-\r\n");
    starts(&beyond, 416);
    assert!(beyond.contains("Content-Range: bytes */10\r\n"));
    for target in ["/film.mp4", "/style.css", "/"] {
        let tag = header(&site.get(target), "ETag: ", "\r\n");
        let again = site.ask(&format!("GET {target}"), &format!("If-None-Match: \"x\", {tag}\r\n"));
        starts(&again, 304);
        assert!(again.ends_with("\r\n\r\n") && !again.contains("Content-Length"), "{again}");
        starts(&site.ask(&format!("GET {target}"), "If-None-Match: \"x\"\r\n"), 200);
    }
    starts(&site.ask("GET /film.mp4", "Range: bytes=2-4\r\nIf-Range: \"x\"\r\n"), 200);
    starts(&site.ask("GET /", "Range: bytes=2-4\r\n"), 200);
}

#[test]
fn a_site_below_a_path() {
    let site = serve_so(SITE, How { under: "/sub/", ..How::default() });
    let home = site.get("/sub/");
    starts(&home, 200);
    assert!(home.contains("src=\"/sub/_praktijk/reload.js\""), "{home}");
    starts(&site.get("/sub/_praktijk/reload.js"), 200);
    assert_eq!(header(&site.get("/sub"), "Location: ", "\r\n"), "/sub/");
    assert_eq!(header(&site.get("/"), "Location: ", "\r\n"), "/sub/");
    assert_eq!(header(&site.get("/sub/a%20b"), "Location: ", "\r\n"), "/sub/a%20b/");
    starts(&site.get("/style.css"), 404);
    starts(&site.get("/subway/"), 404);
}

#[test]
fn many_connections_at_once_are_all_answered() {
    let site = serve(SITE);
    let mut streams: Vec<_> = (0..24).map(|_| site.connect()).collect();
    let ask = format!("GET /style.css HTTP/1.1\r\nHost: {}\r\n\r\n", site.address);
    for stream in &mut streams {
        // Two requests at once, as a browser may send them; the connections stay open.
        stream.write_all(ask.repeat(2).as_bytes()).unwrap();
    }
    for stream in &mut streams {
        let mut answers = String::new();
        while answers.matches("color").count() < 2 {
            let mut buffer = [0; 1024];
            let length = stream.read(&mut buffer).unwrap();
            answers.push_str(std::str::from_utf8(&buffer[..length]).unwrap());
        }
    }
}

#[test]
fn a_burst_is_one_build() {
    let site = serve_so(SITE, How { quiet: Some(Duration::from_millis(80)), ..How::default() });
    let before = site.builds.lock().unwrap().len();
    for number in 0..20 {
        site.write(&format!("new{number}.html"), "new");
        site.write("index.html.tmp", "passing");
    }
    assert!(matches!(site.event(), Event::Rebuilt { changed: 20, .. }));
    site.no_event(200);
    let builds = site.builds.lock().unwrap();
    assert_eq!(builds.len(), before + 1, "{builds:?}");
    assert_eq!(builds[before].len(), 20, "{builds:?}");
}

#[test]
fn what_happens_during_a_build_is_in_the_next() {
    let site = serve_so(SITE, How { takes: Duration::from_millis(300), ..How::default() });
    site.write("style.css", "one");
    site.await_builds(2);
    for number in 0..5 {
        site.write("style.css", &format!("two{number}"));
        thread::sleep(Duration::from_millis(4));
    }
    site.event();
    site.event();
    site.no_event(400);
    assert!(site.get("/style.css").ends_with("two4"));
    assert_eq!(site.builds.lock().unwrap().len(), 3);
}

#[test]
fn deleting_renaming_and_making_folders() {
    let site = serve(SITE);
    let mut browser = site.listen(&site.version());
    news(&mut browser);
    fs::remove_file(site.content.join("style.css")).unwrap();
    assert_eq!(news(&mut browser)["css"], serde_json::json!(["style.css"]));
    starts(&site.get("/style.css"), 404);
    fs::rename(site.content.join("a b"), site.content.join("b")).unwrap();
    assert_eq!(news(&mut browser)["reload"], true);
    starts(&site.get("/b/"), 200);
    starts(&site.get("/a%20b/"), 404);
    fs::create_dir_all(site.content.join("deep/er")).unwrap();
    site.write("deep/er/index.html", "deep");
    news(&mut browser);
    site.write("deep/er/index.html", "deeper");
    while !site.get("/deep/er/").contains("deeper") {
        news(&mut browser);
    }
    // The way many editors save: a new file is renamed over the old one.
    site.write("index.html.tmp", "renamed");
    fs::rename(site.content.join("index.html.tmp"), site.content.join("index.html")).unwrap();
    news(&mut browser);
    assert!(site.get("/").contains("renamed"));
    fs::remove_dir_all(&site.content).unwrap();
    news(&mut browser);
    fs::create_dir(&site.content).unwrap();
    site.write("index.html", "all anew");
    while !site.get("/").contains("all anew") {
        news(&mut browser);
    }
}

#[test]
fn a_half_saved_file_heals_before_anybody_sees_it() {
    let site = serve(SITE);
    let version = site.version();
    let mut browser = site.listen(&version);
    news(&mut browser);
    site.write("index.html", "BROKEN: only the first half");
    site.await_builds(2);
    site.write("index.html", "the whole");
    assert!(matches!(site.event(), Event::Rebuilt { .. }));
    let news = news(&mut browser);
    assert_eq!((&news["reload"], &news["errors"]), (&true.into(), &serde_json::json!([])));
    assert_eq!(site.builds.lock().unwrap().len(), 3, "the half was built, and only not shown");
}

#[test]
fn errors_are_shown_and_hidden_and_the_last_good_pages_stay() {
    let site = serve(SITE);
    let mut browser = site.listen(&site.version());
    news(&mut browser);
    site.write("index.html", "BROKEN");
    let errors = vec!["<index.html> is wrong".to_owned()];
    assert_eq!(site.event(), Event::Failed { errors: errors.clone() });
    let shown = news(&mut browser);
    assert_eq!((&shown["reload"], &shown["errors"]), (&false.into(), &serde_json::json!(errors)));
    assert!(site.get("/").contains("home"));
    site.write("index.html", SITE[0].1);
    let hidden = news(&mut browser);
    assert_eq!((&hidden["reload"], &hidden["errors"]), (&false.into(), &serde_json::json!([])));
}

#[test]
fn a_first_build_that_fails_is_served_and_heals() {
    let site = serve(&[("index.html", "BROKEN")]);
    let page = site.get("/any/where");
    starts(&page, 503);
    assert!(page.contains("<pre>&lt;index.html&gt; is wrong</pre>") && page.contains("reload.js"), "{page}");
    let mut browser = site.listen(&header(&page, "data-version=\"", "\""));
    assert_eq!(news(&mut browser)["errors"], serde_json::json!(["<index.html> is wrong"]));
    site.write("index.html", "good");
    assert_eq!(news(&mut browser)["reload"], true);
    assert!(site.get("/").contains("good"));
}

#[test]
fn a_page_that_missed_something_catches_up() {
    let site = serve(SITE);
    let version = site.version();
    site.write("style.css", "p {}");
    site.event();
    assert_eq!(news(&mut site.listen(&version))["css"], serde_json::json!(["style.css"]));
    site.write("index.html", "other");
    site.event();
    assert_eq!(news(&mut site.listen(&version))["reload"], true);
    assert_eq!(news(&mut site.listen("of-an-earlier-run.1"))["reload"], true);
    assert_eq!(news(&mut site.listen(&site.version()))["reload"], false);
}

#[test]
fn who_does_not_read_holds_nobody_up() {
    let site = serve(SITE);
    fs::write(site.content.join("film.mp4"), vec![0; 32 << 20]).unwrap();
    site.event();
    let mut stuck: Vec<_> = (0..20).map(|_| site.listen("x")).collect();
    for _ in 0..20 {
        let mut stream = site.connect();
        write!(stream, "GET /film.mp4 HTTP/1.1\r\nHost: {}\r\n\r\n", site.address).unwrap();
        stuck.push(BufReader::new(stream));
        // And some that never say what they want.
        let mut silent = site.connect();
        silent.write_all(b"GET / HT").unwrap();
        stuck.push(BufReader::new(silent));
    }
    let mut browser = site.listen(&site.version());
    news(&mut browser);
    let start = Instant::now();
    for number in 0..5 {
        site.write("index.html", &format!("text {number}"));
        news(&mut browser);
        assert!(site.get("/").contains("text"));
    }
    assert!(start.elapsed() < Duration::from_secs(2), "{:?}", start.elapsed());
}

#[test]
fn from_save_to_browser_takes_little() {
    let site = serve(SITE);
    let mut browser = site.listen(&site.version());
    news(&mut browser);
    let mut took: Vec<_> = (0..21)
        .map(|number| {
            thread::sleep(Duration::from_millis(20));
            let start = Instant::now();
            site.write("index.html", &format!("text {number}"));
            news(&mut browser);
            start.elapsed()
        })
        .collect();
    took.sort();
    println!("save to news: least {:?}, median {:?}, most {:?}", took[0], took[10], took[20]);
    // The quarter that other work on the machine delayed least.
    assert!(took[5] <= Duration::from_millis(25), "{took:?}");
}

#[test]
fn a_server_that_was_stopped_lets_go() {
    let mut site = serve(SITE);
    let mut browser = site.listen("x");
    news(&mut browser);
    let (idle, start) = (site.connect(), Instant::now());
    site.stop.stop();
    site.thread.take().unwrap().join().unwrap();
    assert!(start.elapsed() < Duration::from_secs(1), "{:?}", start.elapsed());
    let mut rest = Vec::new();
    browser.read_to_end(&mut rest).unwrap();
    assert_eq!((&idle).read(&mut [0]).unwrap_or(0), 0);
    Door::open(site.address.ip(), Some(site.address.port())).unwrap();
    site.thread = Some(thread::spawn(|| {}));
}

/// Asks over these connections all at once; how long the slowest answer took.
fn slowest(site: &Running, streams: Vec<TcpStream>) -> Duration {
    let ask = format!("GET /style.css HTTP/1.1\r\nHost: {}\r\n\r\n", site.address);
    let start = Instant::now();
    let waits: Vec<_> = streams
        .into_iter()
        .map(|mut stream| {
            stream.write_all(ask.as_bytes()).unwrap();
            thread::spawn(move || {
                let mut answer = String::new();
                while !answer.ends_with("red }") {
                    let mut buffer = [0; 1024];
                    let length = stream.read(&mut buffer).expect("an answer in time");
                    assert_ne!(length, 0, "closed without an answer");
                    answer.push_str(std::str::from_utf8(&buffer[..length]).unwrap());
                }
                start.elapsed()
            })
        })
        .collect();
    waits.into_iter().map(|wait| wait.join().unwrap()).max().unwrap()
}

/// A queue that nobody empties shows as half a second and more, on a busy machine too.
fn all_quick(took: &mut [Duration]) {
    took.sort();
    println!("slowest answers of each round: {took:?}");
    assert!(took[took.len() - 1] < Duration::from_millis(500), "{took:?}");
}

#[test]
fn bursts_are_answered_quickly_also_behind_idle_connections() {
    let site = serve(SITE);
    let mut took = Vec::new();
    for (idle, asking) in [(0, 12), (0, 64), (4, 12), (12, 12), (12, 64), (64, 12)].repeat(3) {
        let _idle: Vec<_> = (0..idle).map(|_| site.connect()).collect();
        let streams = (0..asking).map(|_| site.connect()).collect();
        took.push(slowest(&site, streams));
    }
    all_quick(&mut took);
}

#[test]
fn idle_connections_that_speak_later_are_answered_quickly() {
    let site = serve(SITE);
    let mut took = Vec::new();
    for _ in 0..5 {
        let streams = (0..30).map(|_| site.connect()).collect();
        thread::sleep(Duration::from_millis(700));
        took.push(slowest(&site, streams));
    }
    all_quick(&mut took);
}

#[test]
fn streams_of_news_hold_no_request_up() {
    let site = serve(SITE);
    let mut took = Vec::new();
    for _ in 0..8 {
        let mut browsers: Vec<_> = (0..6).map(|_| site.listen(&site.version())).collect();
        browsers.iter_mut().for_each(|browser| drop(news(browser)));
        took.push(slowest(&site, (0..30).map(|_| site.connect()).collect()));
    }
    all_quick(&mut took);
}

#[test]
fn who_says_nothing_is_let_go_and_who_listens_is_not() {
    let site = serve(SITE);
    let (mut idle, mut browser) = (site.connect(), site.listen(&site.version()));
    let mut half = site.connect();
    half.write_all(b"GET / HT").unwrap();
    news(&mut browser);
    assert_eq!(idle.read(&mut [0]).unwrap(), 0);
    assert_eq!(half.read(&mut [0]).unwrap(), 0);
    thread::sleep(Duration::from_millis(300));
    site.write("index.html", "other");
    assert_eq!(news(&mut browser)["reload"], true);
}

#[test]
fn a_body_of_any_length_is_survived() {
    let site = serve(SITE);
    let mut streams = Vec::new();
    for length in ["70000", "60000000", "1000000000000000", "99999999999999999999999"] {
        let mut stream = site.connect();
        write!(stream, "POST / HTTP/1.1\r\nHost: {}\r\nContent-Length: {length}\r\n\r\nx", site.address)
            .unwrap();
        streams.push(stream);
    }
    starts(&site.get("/style.css"), 200);
    streams[0].write_all(&[b'x'; 69_999]).unwrap();
    let mut answer = [0; 13];
    streams[0].read_exact(&mut answer).unwrap();
    assert_eq!(&answer, b"HTTP/1.1 405 ");
}

#[test]
fn accepting_is_taken_up_again_after_it_was_given_up() {
    let door = Door::open(IpAddr::V4(Ipv4Addr::LOCALHOST), Some(0)).unwrap();
    let address = door.address();
    let stage = Arc::new(Stage::new());
    let pace = Pace {
        reads: Duration::from_millis(60),
        writes: Duration::from_secs(5),
        knocks: Duration::from_secs(60),
    };
    let server = server::start(door, "/", &stage, pace, None).unwrap();
    for _ in 0..4 {
        thread::sleep(Duration::from_millis(200));
        let mut stream = TcpStream::connect(address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
        write!(stream, "GET / HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
        let mut answer = [0; 13];
        stream.read_exact(&mut answer).unwrap();
        assert_eq!(&answer, b"HTTP/1.1 503 ");
    }
    server.stop();
    assert!(TcpStream::connect(address).is_err(), "the port is given back");
}

#[test]
fn who_does_not_read_loses_its_connection() {
    let door = Door::open(IpAddr::V4(Ipv4Addr::LOCALHOST), Some(0)).unwrap();
    let address = door.address();
    let stage = Arc::new(Stage::new());
    let big = BTreeMap::from([("big.bin".to_owned(), vec![0; 32 << 20])]);
    stage.put(Arc::new(Copies(big, PathBuf::new())), &[], true);
    let pace = Pace { writes: Duration::from_millis(200), ..Pace::USUAL };
    let server = server::start(door, "/", &stage, pace, None).unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(5))).unwrap();
    write!(stream, "GET /big.bin HTTP/1.1\r\nHost: {address}\r\n\r\n").unwrap();
    thread::sleep(Duration::from_secs(1));
    let (start, mut rest) = (Instant::now(), Vec::new());
    let _ = stream.read_to_end(&mut rest);
    assert!(!rest.is_empty() && rest.len() < 32 << 20, "{}", rest.len());
    assert!(start.elapsed() < Duration::from_secs(4), "it ended by itself: {:?}", start.elapsed());
    server.stop();
}
