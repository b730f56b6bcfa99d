//! Request + what is on show → answer. Knows no sockets and no threads.

use std::fs::File;
use std::sync::Arc;

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use crate::base::OutPath;

use super::Served;
use super::document::{self, OWN};
use super::exchange::{Answer, Body, Request};
use super::hosts::Hosts;
use super::media::{content_type, is_html};
use super::ranges::{Part, part};
use super::stage::Shown;
use super::tags::{self, Tags};
use crate::wire::reason;

/// What stays the same while a server runs.
pub(super) struct Place {
    /// The path of the site; begins and ends with a slash.
    pub(super) base: String,
    /// The names we go by.
    pub(super) hosts: Hosts,
    /// The identities of files.
    pub(super) tags: Tags,
}

/// What a request comes to.
pub(super) enum Reply {
    /// An answer.
    Answer(Answer),
    /// The page of this version wants to be told of what is new.
    Listens {
        /// The version of the page.
        page: String,
        /// What to send before the news.
        headers: Vec<(&'static str, String)>,
    },
}

/// What an address leads to.
enum Found {
    Output(OutPath, Served),
    Folder,
    Nothing,
}

const UNKNOWN_NAME: &str = "This server does not go by that name. Open it at the address that it printed, or give it \
    this name as its base URL.\n";

/// Answers a request.
pub(super) fn answer(request: &Request, place: &Place, shown: &Shown) -> Reply {
    if !request.header("Host").is_some_and(|host| place.hosts.know(host)) {
        return Reply::Answer(words(403, UNKNOWN_NAME));
    }
    let mut reply = match request.method.as_str() {
        "GET" | "HEAD" => get(request, place, shown),
        _ => {
            let mut refused = words(405, "Only GET and HEAD are answered here.\n");
            refused.headers.push(("Allow", "GET, HEAD".to_owned()));
            Reply::Answer(refused)
        }
    };
    let headers = match &mut reply {
        Reply::Answer(answer) => &mut answer.headers,
        Reply::Listens { headers, .. } => headers,
    };
    if let Some(origin) = request.header("Origin").filter(|origin| place.hosts.know_origin(origin)) {
        headers.push(("Access-Control-Allow-Origin", origin.to_owned()));
        headers.push(("Vary", "Origin".to_owned()));
    }
    if let Reply::Answer(answer) = &mut reply {
        answer.only_head |= request.method == "HEAD";
    }
    reply
}

fn get(request: &Request, place: &Place, shown: &Shown) -> Reply {
    let (path, query) = request.target.split_once('?').unwrap_or((&request.target, ""));
    if path == "/" && place.base != "/" {
        return Reply::Answer(moved(302, &place.base));
    }
    let Some(below) = path.strip_prefix(&place.base) else {
        let unslashed = place.base.strip_suffix('/') == Some(path);
        return Reply::Answer(if unslashed {
            moved(301, &place.base)
        } else {
            not_found(request, place, shown)
        });
    };
    match below.strip_prefix(OWN) {
        Some("reload") if request.method == "GET" => listens(query),
        Some("reload.js") => {
            Reply::Answer(whole(request, 200, "reload.js", document::SCRIPT.as_bytes().into(), None))
        }
        Some(_) => Reply::Answer(words(404, "There is nothing here.\n")),
        None => Reply::Answer(site(request, below, query, place, shown)),
    }
}

fn listens(query: &str) -> Reply {
    let since = query.split('&').find_map(|pair| pair.strip_prefix("since=")).unwrap_or("");
    let headers = vec![
        ("Content-Type", "text/event-stream; charset=utf-8".to_owned()),
        ("Cache-Control", "no-store".to_owned()),
        // Asks a server that stands before this one not to collect before it sends.
        ("X-Accel-Buffering", "no".to_owned()),
    ];
    Reply::Listens { page: since.to_owned(), headers }
}

/// Answers with an output of the site.
fn site(request: &Request, below: &str, query: &str, place: &Place, shown: &Shown) -> Answer {
    if shown.outputs.is_none() {
        let page = document::failing(&shown.errors);
        return html(request, 503, page.as_bytes(), place, shown);
    }
    match find(below, shown) {
        Found::Output(path, served) => output(request, 200, &path, served, place, shown)
            .unwrap_or_else(|| not_found(request, place, shown)),
        Found::Folder => {
            let query = if query.is_empty() { String::new() } else { format!("?{query}") };
            // Written anew rather than repeated, so that it is a path of ours whatever was asked.
            let path = decoded(below).map(|path| encoded(&path)).unwrap_or_default();
            moved(301, &format!("{}{path}/{query}", place.base))
        }
        Found::Nothing => not_found(request, place, shown),
    }
}

fn find(below: &str, shown: &Shown) -> Found {
    let (Some(path), Some(outputs)) = (decoded(below), &shown.outputs) else { return Found::Nothing };
    let index = OutPath::new(&path).join("index.html");
    let (asks_folder, own) = (path.is_empty() || path.ends_with('/'), OutPath::new(&path));
    match outputs.get(if asks_folder { &index } else { &own }) {
        Some(served) => Found::Output(if asks_folder { index } else { own }, served),
        None if !asks_folder && outputs.get(&index).is_some() => Found::Folder,
        None => Found::Nothing,
    }
}

/// The path that is meant, without `%`; none when it has parts that no output can have: empty ones, `.` and `..`,
/// or a part with a slash or a zero in it.
fn decoded(below: &str) -> Option<String> {
    let (inner, slash) = below.strip_suffix('/').map_or((below, ""), |inner| (inner, "/"));
    if inner.is_empty() {
        return slash.is_empty().then(String::new);
    }
    let part = |part: &str| {
        let part = percent_decode_str(part).decode_utf8().ok()?.into_owned();
        let fine = !matches!(part.as_str(), "" | "." | "..") && !part.contains(['/', '\\', '\0']);
        fine.then_some(part)
    };
    let parts = inner.split('/').map(part).collect::<Option<Vec<_>>>()?;
    Some(parts.join("/") + slash)
}

fn encoded(path: &str) -> String {
    const SET: &AsciiSet =
        &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'\\');
    utf8_percent_encode(path, SET).to_string()
}

fn not_found(request: &Request, place: &Place, shown: &Shown) -> Answer {
    let path = OutPath::new("404.html");
    let own = shown.outputs.as_ref().and_then(|outputs| outputs.get(&path));
    own.and_then(|served| output(request, 404, &path, served, place, shown))
        .unwrap_or_else(|| html(request, 404, document::missing().as_bytes(), place, shown))
}

/// Answers with these bytes or this file; none when the file is gone.
fn output(
    request: &Request,
    status: u16,
    path: &OutPath,
    served: Served,
    place: &Place,
    shown: &Shown,
) -> Option<Answer> {
    let kind = content_type(path.file_name(), &start_of(&served));
    match served {
        Served::Bytes(bytes) if is_html(&kind) => Some(html(request, status, &bytes, place, shown)),
        Served::File(file) if is_html(&kind) => {
            Some(html(request, status, &std::fs::read(file).ok()?, place, shown))
        }
        Served::Bytes(bytes) => Some(whole(request, status, path.file_name(), bytes, Some(kind))),
        Served::File(name) => {
            let mut file = File::open(&name).ok()?;
            let meta = file.metadata().ok().filter(std::fs::Metadata::is_file)?;
            let tag = place.tags.of_file(&name, &mut file, &meta).ok()?;
            let size = meta.len();
            Some(conditional(request, status, kind, tag, size, |range| Body::File(file, range)))
        }
    }
}

/// The first bytes, where they are at hand; a name without an ending is only guessed at from those.
fn start_of(served: &Served) -> Vec<u8> {
    match served {
        Served::Bytes(bytes) => bytes[..bytes.len().min(512)].to_vec(),
        Served::File(path) if path.extension().is_some() => Vec::new(),
        Served::File(path) => {
            let mut start = Vec::new();
            let read = File::open(path)
                .and_then(|file| std::io::Read::read_to_end(&mut file_start(file), &mut start));
            if read.is_ok() { start } else { Vec::new() }
        }
    }
}

fn file_start(file: File) -> std::io::Take<File> {
    std::io::Read::take(file, 512)
}

fn html(request: &Request, status: u16, page: &[u8], place: &Place, shown: &Shown) -> Answer {
    let page = document::with_script(page, &place.base, &shown.version);
    whole(request, status, "page.html", page.into(), None)
}

fn whole(request: &Request, status: u16, name: &str, bytes: Arc<[u8]>, kind: Option<String>) -> Answer {
    let kind = kind.unwrap_or_else(|| content_type(name, &bytes));
    let (tag, size) = (tags::of_bytes(&bytes), bytes.len() as u64);
    conditional(request, status, kind, tag, size, |range| {
        // The range lies within the bytes, so its ends are numbers of this machine.
        let [start, end] = [range.start, range.end].map(|at| usize::try_from(at).unwrap_or(bytes.len()));
        Body::Bytes(bytes, start..end)
    })
}

/// Sends the whole, a part, or word that the browser has it already.
fn conditional(
    request: &Request,
    status: u16,
    kind: String,
    tag: String,
    size: u64,
    body: impl FnOnce(std::ops::Range<u64>) -> Body,
) -> Answer {
    let has_it = status == 200 && request.header("If-None-Match").is_some_and(|list| matches_tag(list, &tag));
    let ranged = status == 200 && request.method == "GET" && !is_html(&kind);
    let range = request.header("Range").filter(|_| ranged);
    let range = range.filter(|_| request.header("If-Range").is_none_or(|wanted| wanted == tag));
    let mut headers = common(kind);
    headers.push(("ETag", tag));
    if ranged {
        headers.push(("Accept-Ranges", "bytes".to_owned()));
    }
    if has_it {
        return Answer { status: 304, headers, body: body(0..size), only_head: true };
    }
    let (status, range) = match part(range, size) {
        Part::Whole => (status, 0..size),
        Part::Bytes(range) => {
            headers.push(("Content-Range", format!("bytes {}-{}/{size}", range.start, range.end - 1)));
            (206, range)
        }
        Part::Beyond => {
            headers.push(("Content-Range", format!("bytes */{size}")));
            (416, 0..0)
        }
    };
    Answer { status, headers, body: body(range), only_head: false }
}

fn matches_tag(list: &str, tag: &str) -> bool {
    list.split(',').map(str::trim).any(|one| one == "*" || one.strip_prefix("W/").unwrap_or(one) == tag)
}

fn common(kind: String) -> Vec<(&'static str, String)> {
    vec![
        ("Content-Type", kind),
        ("Cache-Control", "no-cache".to_owned()),
        ("X-Content-Type-Options", "nosniff".to_owned()),
    ]
}

fn moved(status: u16, to: &str) -> Answer {
    let mut answer = words(status, "");
    answer.headers.push(("Location", to.to_owned()));
    answer
}

/// An answer in plain words.
pub(super) fn words(status: u16, text: &str) -> Answer {
    let text = if text.is_empty() { format!("{}\n", reason(status)) } else { text.to_owned() };
    let bytes: Arc<[u8]> = text.into_bytes().into();
    let length = bytes.len();
    let headers = common("text/plain; charset=utf-8".to_owned());
    Answer { status, headers, body: Body::Bytes(bytes, 0..length), only_head: false }
}
