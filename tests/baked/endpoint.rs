//! An endpoint that answers, is away, refuses, or leads elsewhere. In: a server on this computer. Out: what the program
//! builds, keeps and says.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;

use super::lines::{file, id, question};
use super::{SETTINGS, site};
use crate::support::{praktijk, said, tree};

/// What the endpoint answers: a status, a header, a body.
#[derive(Clone)]
struct Says(u16, Option<(&'static str, String)>, Vec<u8>);

impl Says {
    fn lines(numbers: &[u8]) -> Says {
        let lines: Vec<_> = numbers.iter().map(|number| question(*number)).collect();
        Says(200, None, file(&lines).into_bytes())
    }
}

struct Endpoint {
    server: Arc<tiny_http::Server>,
    thread: Option<JoinHandle<()>>,
    says: Arc<Mutex<Says>>,
    /// The token of every question, if it had one.
    tokens: Arc<Mutex<Vec<Option<String>>>>,
}

impl Endpoint {
    fn start(says: Says) -> Self {
        let server = Arc::new(tiny_http::Server::http("127.0.0.1:0").expect("a port"));
        let (says, tokens) = (Arc::new(Mutex::new(says)), Arc::<Mutex<Vec<Option<String>>>>::default());
        let thread = std::thread::spawn({
            let (server, says, tokens) = (server.clone(), says.clone(), tokens.clone());
            move || {
                for request in server.incoming_requests() {
                    let token = request.headers().iter().find(|header| header.field.equiv("Authorization"));
                    let token = token.map(|header| header.value.as_str().to_owned());
                    tokens.lock().expect("no panic").push(token);
                    let Says(status, header, body) = says.lock().expect("no panic").clone();
                    let mut answer = tiny_http::Response::from_data(body).with_status_code(status);
                    if let Some((name, value)) = header {
                        answer.add_header(tiny_http::Header::from_bytes(name, value).expect("a header"));
                    }
                    request.respond(answer).ok();
                }
            }
        });
        Endpoint { server, thread: Some(thread), says, tokens }
    }

    fn url(&self) -> String {
        format!("http://{}/reacties/export.ndjson", self.server.server_addr().to_ip().expect("an address"))
    }

    fn says(&self, says: Says) {
        *self.says.lock().expect("no panic") = says;
    }

    fn tokens(&self) -> Vec<Option<String>> {
        std::mem::take(&mut *self.tokens.lock().expect("no panic"))
    }
}

impl Drop for Endpoint {
    fn drop(&mut self) {
        self.server.unblock();
        self.thread.take().map(JoinHandle::join);
    }
}

/// A site whose reactions come from there.
fn from(url: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    site()
        .remove("reacties.ndjson")
        .put("zola.toml", SETTINGS.replace("reacties.ndjson", url))
        .save(folder.path());
    folder
}

/// Builds with a token, and gives the exit code and what was said.
fn build(folder: &Path, words: &[&str]) -> (i32, String) {
    let output = praktijk(folder)
        .arg("build")
        .args(words)
        .env("REACTIES_TOKEN", "geheim-teken")
        .output()
        .expect("runs");
    (output.status.code().expect("a code"), said(&output))
}

fn page(folder: &Path) -> String {
    std::fs::read_to_string(folder.join("public/voorbeelden/een/index.html")).expect("built")
}

#[test]
fn what_it_answers_is_built_and_what_went_is_gone_from_everywhere() {
    let endpoint = Endpoint::start(Says::lines(&[1, 2]));
    let folder = from(&endpoint.url());
    let (code, said) = build(folder.path(), &[]);
    assert_eq!((code, endpoint.tokens()), (0, vec![Some("Bearer geheim-teken".to_owned())]), "{said}");
    assert!(page(folder.path()).contains(&id(1)) && page(folder.path()).contains(&id(2)));
    endpoint.says(Says::lines(&[2]));
    let (code, said) = build(folder.path(), &["--explain"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("page voorbeelden/een.md: changed: the reactions to voorbeelden/een.md"), "{said}");
    assert!(!said.contains("page voorbeelden/twee.md"), "{said}");
    for (path, bytes) in tree(folder.path()) {
        assert!(!bytes.windows(26).any(|part| part == id(1).as_bytes()), "{path}");
        assert!(!bytes.windows(12).any(|part| part == b"geheim-teken"), "{path} holds the token");
    }
}

#[test]
fn while_it_is_away_its_last_answer_counts_and_says_from_when_it_is() {
    let endpoint = Endpoint::start(Says::lines(&[1]));
    let folder = from(&endpoint.url());
    build(folder.path(), &[]);
    for away in [
        Says(503, None, b"bezig".to_vec()),
        Says(200, None, b"<!doctype html>Onderhoud".to_vec()),
        Says(200, None, Vec::new()),
    ] {
        endpoint.says(away);
        let (code, said) = build(folder.path(), &[]);
        assert_eq!(code, 0, "{said}");
        assert!(
            said.contains("reactions/kept")
                && said.contains(" UTC: the endpoint at 127.0.0.1 cannot be reached"),
            "{said}"
        );
        assert!(page(folder.path()).contains(&id(1)));
    }
    drop(endpoint);
    let (code, said) = build(folder.path(), &["--no-cache"]);
    assert_eq!(code, 0, "{said}");
    assert!(said.contains("What was withdrawn since then") && page(folder.path()).contains(&id(1)), "{said}");
}

#[test]
fn without_an_earlier_answer_the_build_fails_and_says_what_to_do() {
    let endpoint = Endpoint::start(Says::lines(&[1]));
    let url = endpoint.url();
    drop(endpoint);
    let folder = from(&url);
    let (code, said) = build(folder.path(), &[]);
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("reactions/away") && said.contains("`praktijk build --reactions none`"), "{said}");
    assert!(!folder.path().join("public").exists());
    let (code, said) = build(folder.path(), &["--reactions", "none"]);
    assert_eq!(code, 0, "{said}");
    assert!(page(folder.path()).contains("voorbeelden/een 0"));
}

#[test]
fn the_answer_of_one_endpoint_is_not_that_of_another() {
    let (first, second) = (Endpoint::start(Says::lines(&[1])), Endpoint::start(Says(503, None, Vec::new())));
    let folder = from(&first.url());
    build(folder.path(), &[]);
    let (code, said) = build(folder.path(), &["--reactions", &second.url()]);
    assert_eq!(code, 1, "{said}");
}

#[test]
fn what_must_be_mended_fails_though_an_answer_is_kept() {
    let endpoint = Endpoint::start(Says::lines(&[1]));
    let folder = from(&endpoint.url());
    build(folder.path(), &[]);
    for (status, words) in [
        (401, "token is not that of the endpoint"),
        (403, "token is not that of the endpoint"),
        (404, "token is not that of the endpoint"),
        (410, "the answer is 410"),
    ] {
        endpoint.says(Says(status, None, Vec::new()));
        let (code, said) = build(folder.path(), &[]);
        assert!(code == 1 && said.contains(words), "{status}: {said}");
        assert!(page(folder.path()).contains(&id(1)), "what stands is left alone");
    }
    endpoint.says(Says(200, None, vec![b' '; (64 << 20) + 1]));
    let (code, said) = build(folder.path(), &[]);
    assert!(code == 1 && said.contains("more than 64 MiB"), "{said}");
}

#[test]
fn one_bad_line_is_left_out_and_told_and_what_was_withdrawn_goes() {
    let endpoint = Endpoint::start(Says::lines(&[1, 2]));
    let folder = from(&endpoint.url());
    build(folder.path(), &[]);
    let head = file(&[]);
    let good = question(2).0.to_string();
    for (bad, code) in [("{\"id\":1}", "reactions/line"), (good.as_str(), "reactions/twice")] {
        endpoint.says(Says(200, None, format!("{head}{good}\n{bad}\n").into_bytes()));
        let (exit, said) = build(folder.path(), &[]);
        assert!(exit == 0 && said.contains(code) && said.contains("It is left out."), "{said}");
        assert!(!said.contains("cannot be reached"), "{said}");
        assert!(!page(folder.path()).contains(&id(1)) && page(folder.path()).contains(&id(2)));
    }
    // A site is not emptied by an endpoint that speaks otherwise, nor is it said to be away.
    for body in [format!("{head}{{\"id\":1}}\n"), head.replace("\"version\":1", "\"version\":2")] {
        endpoint.says(Says(200, None, body.into_bytes()));
        let (exit, said) = build(folder.path(), &[]);
        assert!(exit == 1 && said.contains("reactions/refused") && !said.contains("be reached"), "{said}");
        assert!(page(folder.path()).contains(&id(2)), "what stands is left alone");
    }
}

#[test]
fn who_wants_a_revision_gets_no_older_one() {
    let endpoint = Endpoint::start(Says::lines(&[1, 2]));
    let folder = from(&endpoint.url());
    let build = |wanted: &str| {
        let mut command = praktijk(folder.path());
        let output = command.arg("build").env("REACTIES_REVISIE", wanted).output().expect("runs");
        (output.status.code().expect("a code"), said(&output))
    };
    // The file that is tested with is of revision 7.
    for wanted in ["", "6", "7"] {
        let (code, said) = build(wanted);
        assert_eq!(code, 0, "{said}");
    }
    // Withdrawn at the endpoint, which is away for a moment: what is kept would say that the site is up to date.
    endpoint.says(Says(503, None, Vec::new()));
    let (code, said) = build("8");
    assert!(code == 1 && said.contains("reactions/older") && said.contains("reactions/kept"), "{said}");
    // As does an answer that somebody on the way kept.
    endpoint.says(Says::lines(&[1, 2]));
    for wanted in ["8", "zeven"] {
        let (code, said) = build(wanted);
        assert!(code == 1 && said.contains("reactions/older"), "{said}");
    }
    let (code, said) = build("7");
    assert_eq!(code, 0, "{said}");
}

#[test]
fn the_token_follows_nobody() {
    let other = Endpoint::start(Says::lines(&[1]));
    for status in [301, 302, 303, 307, 308] {
        let endpoint = Endpoint::start(Says(status, Some(("Location", other.url())), Vec::new()));
        let folder = from(&endpoint.url());
        let (code, said) = build(folder.path(), &[]);
        assert!(code == 1 && said.contains("is not followed"), "{said}");
        assert!(!said.contains("geheim-teken"), "{said}");
    }
    assert!(other.tokens().is_empty());
}

#[test]
fn without_a_token_none_is_sent_and_one_with_line_ends_is_refused() {
    let endpoint = Endpoint::start(Says::lines(&[1]));
    let folder = from(&endpoint.url());
    let output = praktijk(folder.path()).arg("build").env_remove("REACTIES_TOKEN").output().expect("runs");
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(endpoint.tokens(), [None]);
    let output =
        praktijk(folder.path()).arg("build").env("REACTIES_TOKEN", "a\r\nX-Ander: b").output().expect("runs");
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(
        said(&output).contains("holds signs that no token has") && !said(&output).contains("X-Ander"),
        "{}",
        said(&output)
    );
    assert!(endpoint.tokens().is_empty());
}

#[test]
fn a_proxy_is_not_told_what_stays_on_this_machine() {
    let endpoint = Endpoint::start(Says::lines(&[1]));
    let proxy = Endpoint::start(Says(502, None, Vec::new()));
    let folder = from(&endpoint.url());
    let through = format!("http://{}", proxy.server.server_addr().to_ip().expect("an address"));
    let mut command = praktijk(folder.path());
    command.arg("build").env("REACTIES_TOKEN", "geheim-teken").env_remove("NO_PROXY").env_remove("no_proxy");
    for name in ["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"] {
        command.env(name, &through);
    }
    let output = command.output().expect("runs");
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!((endpoint.tokens().len(), proxy.tokens().len()), (1, 0));
}

#[test]
fn a_source_that_is_unsafe_is_refused_on_the_command_line() {
    let folder = from("https://e.example/x");
    for (source, words) in [("http://e.example/x", "https://"), ("../elders.ndjson", "within the site")] {
        let (code, said) = build(folder.path(), &["--reactions", source]);
        assert!(code == 2 && said.contains(words), "{said}");
    }
}

#[test]
fn looking_something_up_asks_nobody() {
    let endpoint = Endpoint::start(Says::lines(&[1]));
    let folder = from(&endpoint.url());
    let search = |words: &str| said(&praktijk(folder.path()).args(["search", words]).output().expect("runs"));
    search("Tekst");
    assert!(endpoint.tokens().is_empty());
    build(folder.path(), &[]);
    assert_eq!(endpoint.tokens().len(), 1);
    search("Tekst");
    assert!(endpoint.tokens().is_empty());
    // What was found there is gone with the build after it was withdrawn.
    let kept = || {
        tree(&folder.path().join(".praktijk/search"))
            .into_keys()
            .filter(|name| name.starts_with("index"))
            .count()
    };
    assert_eq!(kept(), 1);
    endpoint.says(Says::lines(&[]));
    build(folder.path(), &[]);
    assert_eq!(kept(), 0);
}
