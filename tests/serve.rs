//! `serve` from outside: the program itself on a folder on disk, asked over a socket as a browser would.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::{praktijk, tree, write_all};

const PAGE: &str = "<!doctype html><title>{{ page.title }}</title><body>{{ page.content | safe }}</body>";
const LIST: &str = "<body>{% for page in section.pages %}[{{ page.title }}]{% endfor %}</body>";
/// How long anything may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(20);

/// The program while it serves, and what it said so far. It ends with the test.
struct Serving {
    child: Child,
    port: u16,
    folder: tempfile::TempDir,
    said: Arc<Mutex<String>>,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What a server answered.
struct Answer {
    status: u16,
    body: String,
}

/// Serves a site of two pages, beside the output folder of an earlier build.
fn serve(files: &[(&str, &str)]) -> Serving {
    let folder = tempfile::tempdir().expect("a folder");
    let site = [
        ("zola.toml", "base_url = \"https://example.org\"\n"),
        ("templates/page.html", PAGE),
        ("templates/index.html", LIST),
        ("content/a.md", "+++\ntitle = \"A\"\n+++\nFirst words.\n"),
        ("content/b.md", "+++\ntitle = \"B\"\n+++\nOthers.\n"),
        ("static/style.css", "a { color: red }\n"),
        ("public/kept.html", "made by an earlier build\n"),
        ("public/.well-known/kept", "also\n"),
    ];
    write_all(folder.path(), &site);
    write_all(folder.path(), files);
    let free = TcpListener::bind(("127.0.0.1", 0)).expect("a port");
    let port = free.local_addr().expect("an address").port();
    drop(free);
    let mut command = praktijk(folder.path());
    command.args(["serve", "--debounce", "50", "--port", &port.to_string()]);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("starts");
    let said = Arc::new(Mutex::new(String::new()));
    let (stderr, heard) = (child.stderr.take().expect("a pipe"), said.clone());
    std::thread::spawn(move || {
        for line in BufReader::new(stderr).lines().map_while(Result::ok) {
            heard.lock().expect("whole").push_str(&(line + "\n"));
        }
    });
    let serving = Serving { child, port, folder, said };
    serving.until("it serves", |serving| serving.said().contains(&format!("http://127.0.0.1:{port}")));
    serving
}

impl Serving {
    fn said(&self) -> String {
        self.said.lock().expect("whole").clone()
    }

    #[track_caller]
    fn until(&self, what: &str, holds: impl Fn(&Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(self) {
            assert!(Instant::now() < end, "never: {what}\n{}", self.said());
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn put(&self, path: &str, text: &str) {
        write_all(self.path(), &[(path, text)]);
    }

    fn ask(&self, path: &str) -> TcpStream {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a limit");
        let host = format!("127.0.0.1:{}", self.port);
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").expect("asked");
        stream
    }

    fn get(&self, path: &str) -> Answer {
        let mut answer = Vec::new();
        self.ask(path).read_to_end(&mut answer).expect("answers");
        let answer = String::from_utf8_lossy(&answer).into_owned();
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head");
        let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
        Answer { status, body: body.to_owned() }
    }

    /// What is in a file that is no text.
    fn bytes(&self, path: &str) -> Vec<u8> {
        let mut answer = Vec::new();
        self.ask(path).read_to_end(&mut answer).expect("answers");
        let head = answer.windows(4).position(|end| end == b"\r\n\r\n").expect("a head");
        answer.split_off(head + 4)
    }

    #[track_caller]
    fn shows(&self, path: &str, text: &str) {
        self.until(&format!("{path} shows {text}"), |serving| serving.get(path).body.contains(text));
    }

    /// Listens to the news as the script in a page does, from the version that the page has.
    fn news(&self, path: &str) -> News {
        let page = self.get(path).body;
        let version = page.split("data-version=\"").nth(1).and_then(|rest| rest.split('"').next());
        let version = version.expect("a script in the page");
        News(BufReader::new(self.ask(&format!("/_praktijk/reload?since={version}"))))
    }

    fn builds(&self) -> usize {
        self.said().matches("Built in ").count()
    }

    /// Ends as with Ctrl-C.
    fn interrupt(mut self) -> (ExitStatus, String) {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").args(["-INT", &id]).status().expect("runs").success());
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.child.try_wait().expect("asked") {
                return (status, self.said());
            }
            assert!(Instant::now() < end, "does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

/// A stream of server-sent events.
struct News(BufReader<TcpStream>);

impl News {
    /// The next piece of news that is as wanted.
    #[track_caller]
    fn wait_for(&mut self, wanted: impl Fn(&serde_json::Value) -> bool) -> serde_json::Value {
        let mut line = String::new();
        let end = Instant::now() + PATIENCE;
        while Instant::now() < end {
            line.clear();
            assert!(self.0.read_line(&mut line).expect("news in time") > 0, "the stream ended");
            let Some(data) = line.trim_end().strip_prefix("data:") else { continue };
            let news: serde_json::Value = serde_json::from_str(data).expect("JSON");
            if wanted(&news) {
                return news;
            }
        }
        panic!("other news only: {line}");
    }
}

#[test]
fn an_edit_reaches_the_browser() {
    let site = serve(&[]);
    let page = site.get("/a/");
    assert_eq!(page.status, 200);
    assert!(page.body.contains("<p>First words.</p>"), "{}", page.body);
    let mut news = site.news("/a/");
    site.put("content/a.md", "+++\ntitle = \"A\"\n+++\nSecond words.\n");
    news.wait_for(|news| news["reload"] == true);
    assert!(site.get("/a/").body.contains("<p>Second words.</p>"), "news came before the page");

    let mut news = site.news("/a/");
    site.put("static/style.css", "a { color: blue }\n");
    let told = news.wait_for(|news| news["css"] != serde_json::json!([]) || news["reload"] == true);
    assert_eq!((&told["css"][0], &told["reload"]), (&"style.css".into(), &false.into()), "{told}");
}

#[test]
fn a_broken_edit_is_laid_over_the_page_until_it_is_mended() {
    let site = serve(&[]);
    let mut news = site.news("/a/");
    site.put("content/a.md", "+++\ntitle = \"A\n+++\nSecond words.\n");
    let told = news.wait_for(|news| news["errors"] != serde_json::json!([]));
    let error = told["errors"][0].as_str().expect("a text");
    assert!(error.contains("content/a.md:2:"), "{error}");
    assert!(site.get("/a/").body.contains("First words."), "the last good page stays");
    assert!(site.said().contains("File content/a.md, line 2"), "{}", site.said());

    site.put("content/a.md", "+++\ntitle = \"A\"\n+++\nThird words.\n");
    news.wait_for(|news| news["reload"] == true || news["errors"] == serde_json::json!([]));
    assert!(site.get("/a/").body.contains("Third words."));
}

#[test]
fn a_site_that_starts_broken_says_so_and_heals() {
    let site = serve(&[("content/a.md", "+++\ntitle = \n+++\n")]);
    let page = site.get("/");
    assert_eq!(page.status, 503);
    assert!(page.body.contains("content/a.md:2:"), "{}", page.body);
    site.put("content/a.md", "+++\ntitle = \"Whole\"\n+++\n");
    site.shows("/", "[Whole]");
}

#[test]
fn deleted_and_renamed_files_go_where_they_went() {
    let site = serve(&[]);
    std::fs::remove_file(site.path().join("content/b.md")).expect("removed");
    site.until("a page that is gone is gone", |site| site.get("/b/").status == 404);
    assert!(!site.get("/").body.contains("[B]"));
    std::fs::rename(site.path().join("content/a.md"), site.path().join("content/new.md")).expect("renamed");
    site.shows("/new/", "First words.");
    assert_eq!(site.get("/a/").status, 404);
    std::fs::rename(site.path().join("content"), site.path().join("elsewhere")).expect("renamed");
    site.until("a site without content has no pages", |site| {
        site.get("/new/").status != 200 || site.said().contains("stays as it was")
    });
    std::fs::rename(site.path().join("elsewhere"), site.path().join("content")).expect("renamed");
    site.put("content/new.md", "+++\ntitle = \"New\"\n+++\nBack again.\n");
    site.shows("/new/", "Back again.");
}

#[test]
fn a_file_that_is_saved_in_two_goes_comes_out_whole() {
    let site = serve(&[]);
    for round in 0..5 {
        let whole = format!("+++\ntitle = \"A\"\n+++\nRound {round}.\n");
        site.put("content/a.md", "");
        std::thread::sleep(Duration::from_millis(20));
        site.put("content/a.md", &whole[..whole.len() / 2]);
        site.put("content/a.md", &whole);
        site.shows("/a/", &format!("Round {round}."));
    }
}

#[test]
fn a_burst_is_one_build() {
    let site = serve(&[]);
    let before = site.builds();
    for number in 0..20 {
        site.put(&format!("content/n{number}.md"), &format!("+++\ntitle = \"N{number}\"\n+++\n"));
    }
    site.shows("/", "[N19]");
    // Whatever else would be built, is built by then.
    std::thread::sleep(Duration::from_millis(500));
    let builds = site.builds() - before;
    assert!((1..=2).contains(&builds), "{builds} builds\n{}", site.said());
    let list = site.get("/").body;
    assert!((0..20).all(|number| list.contains(&format!("[N{number}]"))), "{list}");
}

#[test]
fn the_output_folder_is_left_alone_and_ctrl_c_is_no_failure() {
    let site = serve(&[]);
    let before = tree(&site.path().join("public"));
    site.put("content/a.md", "+++\ntitle = \"A\"\n+++\nSecond words.\n");
    site.shows("/a/", "Second words.");
    site.put("content/a.md", "+++\ntitle = \n+++\n");
    site.until("the fault is told", |site| site.said().contains("File content/a.md, line 2"));
    assert_eq!(tree(&site.path().join("public")), before);
    assert_eq!(before.len(), 2);
    let (status, said) = site.interrupt();
    assert_eq!(status.code(), Some(0), "{said}");
}

#[test]
fn a_taken_port_is_told() {
    let site = serve(&[]);
    let port = site.port.to_string();
    let output = praktijk(site.path()).args(["serve", "--port", &port]).output().expect("runs");
    assert_eq!(output.status.code(), Some(2), "{}", crate::support::said(&output));
    assert!(crate::support::said(&output).contains(&port), "{}", crate::support::said(&output));
}

#[test]
fn search_is_fresh_when_the_page_is_and_old_files_stay_for_open_pages() {
    let site = serve(&[
        (
            "zola.toml",
            "base_url = \"https://example.org\"\nbuild_search_index = true\n[search]\nindex_format = \"praktijk\"\n",
        ),
        (
            "templates/page.html",
            "{% set i = search_index() %}<body data-m=\"{{ i.manifest }}\">{{ page.content | safe }}</body>",
        ),
    ]);
    let page = site.get("/a/").body;
    let manifest =
        page.split("data-m=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a manifest");
    let finds = |word: &str| {
        let folder = manifest.rsplit_once('/').expect("a folder").0;
        let first = site.bytes(manifest);
        let mut reader = praktijk_search::read::Reader::open(&unpacked(&first)).expect("an index");
        let request = praktijk_search::query::Request { query: word.to_owned(), ..Default::default() };
        loop {
            match reader.search(&request).expect("an answer") {
                praktijk_search::read::Answer::Found(found) => break found.total,
                praktijk_search::read::Answer::Needs(names) => {
                    for name in names {
                        let bytes = unpacked(&site.bytes(&format!("{folder}/{name}")));
                        reader.give(&name, &bytes).expect("a file of the index");
                    }
                }
            }
        }
    };
    assert_eq!((finds("first"), finds("second")), (1, 0));
    for (text, word) in [("Second words.", "second"), ("Third words.", "third"), ("Fourth ones.", "fourth")] {
        site.put("content/a.md", &format!("+++\ntitle = \"A\"\n+++\n{text}\n"));
        site.shows("/a/", text);
        assert_eq!((finds(word), finds("first")), (1, 0), "{text}");
    }
    site.put("content/c.md", "+++\ntitle = \"C\"\n+++\nBrand new.\n");
    site.shows("/c/", "Brand");
    assert_eq!((finds("brand"), finds("others")), (1, 1));
}

fn unpacked(bytes: &[u8]) -> Vec<u8> {
    praktijk_search::write::unpack(bytes).expect("packed")
}
