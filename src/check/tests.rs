//! The link checker against small servers on this machine.

use std::io::Read;
use std::net::TcpListener;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::testing::{Reply, Site, moved, page, rude, status};
use super::*;
use crate::base::{Severity, SourcePath};
use crate::model::Globs;
use crate::model::config::{LinkChecker, LinkLevel};

fn quick() -> Options {
    Options {
        timeout: Duration::from_secs(10),
        pause: Duration::from_millis(1),
        back_off: Duration::from_millis(1),
        proxy: Proxy::None,
        ..Options::default()
    }
}

fn link(url: &str) -> ExternalLink {
    ExternalLink { url: url.to_owned(), file: SourcePath::new("content/a.md"), span: Some(3..5) }
}

fn run(links: &[ExternalLink], settings: &LinkChecker, options: &Options) -> Outcome {
    check_external(links, settings, None, options, &AtomicBool::new(false), &mut |_| {})
}

/// The codes and messages that these links give, with the address of the site left out.
fn faults(site: &Site, paths: &[&str]) -> Vec<(&'static str, String)> {
    let links: Vec<_> = paths.iter().map(|path| link(&site.at(path))).collect();
    let outcome = run(&links, &LinkChecker::default(), &quick());
    let told = |d: crate::base::Diagnostic| (d.code, d.message.replace(&site.address, ""));
    outcome.diagnostics.into_iter().map(told).collect()
}

fn fault(code: &'static str, message: &str) -> (&'static str, String) {
    (code, message.to_owned())
}

#[test]
fn statuses() {
    let site = Site::start(|path, _| status(path[1..].parse().unwrap()));
    assert_eq!(
        faults(&site, &["/200", "/204", "/304", "/400", "/403", "/404", "/410", "/501"]),
        [
            fault(
                "link/status",
                "The link to `/400` is broken: the server answers something else than a page (400 Bad Request)."
            ),
            fault(
                "link/status",
                "The link to `/403` is broken: the server does not show the page to programs (403 Forbidden)."
            ),
            fault("link/not-found", "The link to `/404` is broken: the page does not exist (404 Not Found)."),
            fault("link/not-found", "The link to `/410` is broken: the page does not exist (410 Gone)."),
            fault(
                "link/status",
                "The link to `/501` is broken: the server says it has a fault (501 Not Implemented)."
            ),
        ]
    );
    assert_eq!(site.paths().len(), 8, "none of these is tried again");
}

#[test]
fn says_who_it_is() {
    let site = Site::start(|_, _| status(200));
    let seen = Arc::new(Mutex::new(String::new()));
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/", listener.local_addr().unwrap());
    let thread = std::thread::spawn({
        let seen = seen.clone();
        move || {
            let (mut stream, _) = listener.accept().unwrap();
            let mut bytes = [0; 2048];
            let length = stream.read(&mut bytes).unwrap();
            *seen.lock().unwrap() = String::from_utf8_lossy(&bytes[..length]).to_lowercase();
            let answer = b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
            std::io::Write::write_all(&mut stream, answer).unwrap();
        }
    });
    assert_eq!(run(&[link(&url), link(&site.at("/"))], &LinkChecker::default(), &quick()).diagnostics, []);
    thread.join().unwrap();
    let seen = seen.lock().unwrap();
    assert!(seen.starts_with("get / http/1.1") && seen.contains("user-agent: praktijk/"), "{seen}");
    assert!(seen.contains("accept: text/html"), "{seen}");
}

#[test]
fn redirects() {
    let other = Site::start(|_, _| page("<p id=x>"));
    let there = other.at("/there");
    let site = Site::start(move |path, _| match path {
        "/relative" => moved("/200"),
        "/away" => moved(there.clone()),
        "/anchored" => moved("/200#other"),
        "/lost" => moved("/404"),
        "/circle" => moved("/circle2"),
        "/circle2" => moved("/circle"),
        "/nowhere" => status(302),
        "/mail" => moved("mailto:a@b.test"),
        "/404" => status(404),
        "/200" => page(""),
        _ => moved(format!("{path}x")),
    });
    let links = [
        "/relative",
        "/away#x",
        "/anchored#old",
        "/lost",
        "/circle",
        "/nowhere",
        "/mail",
        "/endless",
        "/relative#old",
    ];
    assert_eq!(
        faults(&site, &links),
        [
            fault(
                "link/redirect",
                "The link to `/circle` is broken: its servers send visitors round in a circle."
            ),
            fault(
                "link/redirect",
                "The link to `/endless` is broken: its servers send visitors on too many times."
            ),
            fault(
                "link/not-found",
                "The link to `/lost` is broken: the page does not exist (404 Not Found)."
            ),
            fault(
                "link/redirect",
                "The link to `/mail` is broken: the server sends visitors on to something that is no web address."
            ),
            fault(
                "link/redirect",
                "The link to `/nowhere` is broken: the server sends visitors on without saying where to."
            ),
            fault(
                "link/remote-anchor",
                "The link to `/relative#old` is broken: the page exists, but nothing on it is named `#old`."
            ),
        ]
    );
    assert_eq!(other.paths(), ["/there"]);
    assert_eq!(site.paths().iter().filter(|path| path.starts_with("/endless")).count(), 11);
}

#[test]
fn anchors_are_looked_up_on_one_reading() {
    let long = format!("{}<p id=far>", " ".repeat(3 << 20));
    let site = Site::start(move |path, _| match path {
        "/pdf" => status(200).with("Content-Type", "application/pdf"),
        "/long" => page(&long),
        "/bytes" => Reply { body: b"\xFF\xFE <p id=x>".to_vec(), ..page("") },
        _ => page("<h2 id='here'>"),
    });
    let links =
        ["/#here", "/#gone", "/#top", "/#/route", "/", "/#missing", "/pdf#page=3", "/long#far", "/bytes#x"];
    assert_eq!(
        faults(&site, &links),
        [
            fault(
                "link/remote-anchor",
                "The link to `/#gone` is broken: the page exists, but nothing on it is named `#gone`."
            ),
            fault(
                "link/remote-anchor",
                "The link to `/#missing` is broken: the page exists, but nothing on it is named `#missing`."
            ),
        ]
    );
    assert_eq!(site.paths(), ["/", "/pdf", "/long", "/bytes"]);
}

#[test]
fn settings() {
    let site = Site::start(|path, _| if path == "/page" { page("") } else { status(404) });
    let settings = LinkChecker {
        skip_prefixes: vec![site.at("/skip")],
        skip_anchor_prefixes: vec![site.at("/page")],
        external_level: LinkLevel::Warn,
        ignored_files: Globs::try_from(vec!["content/old/**".to_owned()]).unwrap(),
        ..LinkChecker::default()
    };
    let old = ExternalLink { file: SourcePath::new("content/old/b.md"), ..link(&site.at("/old")) };
    let bare = ExternalLink { span: None, ..link(&site.at("/bad")) };
    let links =
        [link(&site.at("/skip/me")), old, link(&site.at("/page#none")), bare, link("mailto:a@b.test")];
    let outcome = run(&links, &settings, &quick());
    assert_eq!(site.paths(), ["/page", "/bad"]);
    assert_eq!((outcome.asked, outcome.skipped, outcome.interrupted), (2, 2, false));
    let [diagnostic] = &outcome.diagnostics[..] else { panic!("{outcome:?}") };
    assert_eq!(diagnostic.severity, Severity::Warning);
    assert_eq!(diagnostic.place.as_ref().unwrap().span, None);
    assert_eq!(diagnostic.hints.len(), 1);
}

#[test]
fn what_is_no_address() {
    let outcome =
        run(&[link("http://"), link("https://[::x]/"), link("HTTP:")], &LinkChecker::default(), &quick());
    let codes: Vec<_> = outcome.diagnostics.iter().map(|d| (d.code, d.severity)).collect();
    assert_eq!(codes, [("link/invalid-url", Severity::Error); 3]);
    assert_eq!(outcome.asked, 0);
}

#[test]
fn each_is_asked_once_and_told_at_every_place() {
    let site = Site::start(|_, _| status(404));
    let url = site.at("/gone");
    let elsewhere = ExternalLink { file: SourcePath::new("content/b.md"), ..link(&url) };
    let later = ExternalLink { span: Some(9..11), ..link(&url) };
    let outcome = run(&[link(&url), elsewhere, later, link(&url)], &LinkChecker::default(), &quick());
    assert_eq!(site.paths(), ["/gone"]);
    let places: Vec<_> = outcome.diagnostics.iter().map(|d| d.place.clone().unwrap()).collect();
    let places: Vec<_> = places.iter().map(|p| (p.file.as_str(), p.span.clone().unwrap())).collect();
    assert_eq!(places, [("content/a.md", 3..5), ("content/a.md", 9..11), ("content/b.md", 3..5)]);
}

#[test]
fn tries_again_when_it_may_pass() {
    let site = Site::start(|path, before| match (path, before) {
        ("/twice", 2) | ("/busy", 1) => status(200),
        ("/busy", _) => status(429).with("Retry-After", "1"),
        ("/later", _) => status(503).with("Retry-After", "3600"),
        _ => status(500),
    });
    assert_eq!(faults(&site, &["/twice"]), []);
    assert_eq!(site.paths(), ["/twice"; 3]);
    assert_eq!(
        faults(&site, &["/never"]),
        [fault(
            "link/status",
            "The link to `/never` is broken: the server says it has a fault (500 Internal Server Error)."
        )]
    );
    assert_eq!(site.paths()[3..], ["/never"; 3]);
    assert_eq!(faults(&site, &["/busy"]), []);
    assert!(*site.gaps().last().unwrap() >= Duration::from_secs(1), "{:?}", site.gaps());
    assert_eq!(faults(&site, &["/later"]).len(), 1);
    assert_eq!(site.paths()[8..], ["/later"], "who wants an hour of rest is not asked again");
}

#[test]
fn a_slow_server_runs_out_of_time() {
    let site = Site::start(|_, _| page("").after(Duration::from_secs(5)));
    let options = Options { timeout: Duration::from_millis(200), tries: 2, ..quick() };
    let outcome = run(&[link(&site.at("/"))], &LinkChecker::default(), &options);
    assert_eq!(outcome.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["link/slow"]);
    assert_eq!(site.paths(), ["/", "/"]);
}

#[test]
fn a_server_that_hangs_up() {
    let (url, came) = rude(2);
    assert_eq!(run(&[link(&url)], &LinkChecker::default(), &quick()).diagnostics, []);
    assert_eq!(came.load(Ordering::SeqCst), 3);

    let (url, came) = rude(usize::MAX);
    let links: Vec<_> = (0..6).map(|n| link(&format!("{url}/{n}"))).collect();
    let outcome = run(&links, &LinkChecker::default(), &quick());
    assert_eq!(outcome.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["link/dropped"; 6]);
    assert_eq!(came.load(Ordering::SeqCst), 9, "three pages, three tries each, and then it is given up");
}

#[test]
fn nobody_there() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let links = [link(&format!("{url}/a")), link(&format!("{url}/b"))];
    let outcome = run(&links, &LinkChecker::default(), &quick());
    assert_eq!(outcome.asked, 2);
    assert_eq!(outcome.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["link/unreachable"; 2]);
    assert!(outcome.diagnostics[0].message.ends_with("is broken: the server refuses the connection."));
}

#[test]
fn https_that_is_none() {
    let (url, came) = rude(0);
    let outcome = run(&[link(&url.replace("http:", "https:"))], &LinkChecker::default(), &quick());
    let [diagnostic] = &outcome.diagnostics[..] else { panic!("{outcome:?}") };
    assert_eq!(diagnostic.code, "link/unsafe");
    assert!(diagnostic.message.contains("no safe connection can be made, its encryption does not work"));
    assert_eq!(came.load(Ordering::SeqCst), 1, "it is not tried again");
}

#[test]
fn a_broken_https_says_nothing_about_http() {
    let (url, came) = rude(0);
    let safe = url.replace("http:", "https:");
    let links = [link(&safe), link(&format!("{safe}/a")), link(&url)];
    let outcome = run(&links, &LinkChecker::default(), &quick());
    assert_eq!(outcome.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), ["link/unsafe"; 2]);
    assert_eq!(came.load(Ordering::SeqCst), 2);
}

#[test]
fn politeness() {
    let pause = Duration::from_millis(60);
    let reply = |_: &str, _: usize| page("").after(Duration::from_millis(30));
    let sites = [Site::start(reply), Site::start(reply), Site::start(reply)];
    let to_first = sites[0].at("/redirected");
    let fourth = Site::start(move |_, _| moved(to_first.clone()));
    let mut links: Vec<_> =
        sites.iter().flat_map(|site| (0..4).map(|n| link(&site.at(&format!("/{n}"))))).collect();
    links.push(link(&fourth.at("/")));
    let began = Instant::now();
    let outcome = run(&links, &LinkChecker::default(), &Options { pause, ..quick() });
    let lasted = began.elapsed();
    assert_eq!((outcome.diagnostics.len(), outcome.asked), (0, 13));
    for site in &sites {
        assert_eq!(site.most_at_once.load(Ordering::SeqCst), 1);
        assert!(site.gaps().iter().all(|gap| *gap >= pause), "{:?}", site.gaps());
    }
    assert_eq!(sites[0].paths().len(), 5, "a redirect waits for its turn");
    let one_by_one: Duration = (pause + Duration::from_millis(30)) * 13;
    assert!(lasted < one_by_one, "sites are asked side by side: {lasted:?}");
}

fn with_cache(links: &[ExternalLink], path: &Path, now: u64) -> Outcome {
    let stop = AtomicBool::new(false);
    let file = CacheFile::new(path, now);
    check_external(links, &LinkChecker::default(), Some(file), &quick(), &stop, &mut |_| {})
}

#[test]
fn remembers_what_works_and_no_failures() {
    const DAY: u64 = 86_400;
    let site = Site::start(|path, _| if path == "/good" { page("<p id=x>") } else { status(404) });
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("links.json");
    let links = [link(&site.at("/good")), link(&site.at("/bad")), link(&site.at("/good#y"))];
    let first = with_cache(&links, &path, 100 * DAY);
    assert_eq!((first.asked, first.remembered, first.diagnostics.len()), (2, 0, 2));
    let stored = std::fs::read_to_string(&path).unwrap();
    assert!(stored.contains("/good\"") && !stored.contains("/bad") && !stored.contains("#y"), "{stored}");

    let second = with_cache(&links[..2], &path, 101 * DAY);
    assert_eq!((second.asked, second.remembered, second.diagnostics.len()), (1, 1, 1));
    let much_later = with_cache(&links[..2], &path, 108 * DAY);
    assert_eq!((much_later.asked, much_later.remembered), (2, 0));
    assert_eq!(site.paths(), ["/good", "/bad", "/bad", "/good", "/bad"]);
}

#[test]
fn a_cache_that_cannot_be_written_is_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let outcome = with_cache(&[], folder.path(), 0);
    assert_eq!(
        outcome.diagnostics.iter().map(|d| (d.code, d.severity)).collect::<Vec<_>>(),
        [("link/cache", Severity::Warning)]
    );
}

#[test]
fn can_be_stopped_and_tells_how_far_it_is() {
    let site =
        Site::start(|path, _| status(404).after(Duration::from_secs(if path == "/slow" { 8 } else { 0 })));
    let links = [link(&site.at("/quick")), link(&site.at("/slow")), link(&site.at("/never"))];
    let stop = AtomicBool::new(false);
    let mut seen = Vec::new();
    let began = Instant::now();
    let outcome = check_external(&links, &LinkChecker::default(), None, &quick(), &stop, &mut |progress| {
        seen.push((progress.done, progress.total, progress.url.to_owned()));
        stop.store(true, Ordering::Relaxed);
    });
    assert!(began.elapsed() < Duration::from_secs(4), "it does not wait for the slow one");
    assert_eq!(seen, [(1, 3, site.at("/quick"))]);
    assert!(outcome.interrupted);
    assert_eq!((outcome.asked, outcome.diagnostics.len()), (1, 1));
}
