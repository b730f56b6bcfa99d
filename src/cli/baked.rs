//! Accepted reactions that are outside of the site: from the endpoint, or from its database. In: where they are. Out: the file
//! of reactions, or complaints. The last good answer of an endpoint is kept beside the cache, so that a site can be built
//! while its endpoint is away.
//!
//! The token goes over https or to this very machine, and nowhere else: nobody is followed to another address.

use std::fs;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::build::CACHE;
use crate::accepted::published;
use crate::base::{Diagnostic, SourcePath};
use crate::engine::reactions::{Provided, Provider};
use crate::model::reaction::{Source, WANTED, is_loopback};

/// The variable that holds the token for the endpoint.
const TOKEN: &str = "REACTIES_TOKEN";
/// The last good answer, in the folder of the cache, and beside it the address it came from.
const KEPT: &str = "reacties.ndjson";
const KEPT_FROM: &str = "reacties.url";
/// How long an endpoint may take, and how large its answer may be.
const PATIENCE: Duration = Duration::from_secs(30);
const LARGEST: u64 = 64 << 20;
/// Who writes builds many times a minute, and no endpoint need be asked each time.
const FRESH: Duration = Duration::from_secs(60);

/// What for reactions are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Use {
    /// To publish the site: without them it is not the site.
    Publish,
    /// To look at the site while writing.
    Write,
    /// To look something up: what was kept is enough.
    LookUp,
}

/// Whoever reaches them, for a site in a folder.
pub fn provider(root: &Path, what_for: Use) -> Arc<Provider> {
    let root = root.to_path_buf();
    let last: Mutex<Option<(Instant, Source, Provided)>> = Mutex::default();
    Arc::new(move |source| {
        let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((when, of, provided)) = &*last
            && what_for == Use::Write
            && of == source
            && matches!(source, Source::Endpoint(_))
            && when.elapsed() < FRESH
        {
            return provided.clone();
        }
        let provided = match source {
            Source::Endpoint(url) => Kept::of(&root, url).or_asked(url, what_for),
            Source::Database(path) => from_database(&root, path),
            Source::File(_) | Source::Nothing => Provided::default(),
        };
        let provided = if what_for == Use::Publish { not_older(provided) } else { provided };
        *last = Some((Instant::now(), source.clone(), provided.clone()));
        provided
    })
}

/// The same, unless whoever has the site built wants what came later: what was withdrawn must not be published again.
fn not_older(provided: Provided) -> Provided {
    let Some(wanted) = std::env::var(WANTED).ok().filter(|wanted| !wanted.trim().is_empty()) else {
        return provided;
    };
    let Some(found) = provided.bytes.as_deref().and_then(published::revision) else { return provided };
    if wanted.trim().parse::<u64>().is_ok_and(|wanted| found >= wanted) {
        return provided;
    }
    let message =
        format!("The reactions are of revision {found}, and `{WANTED}` asks for {} at least.", wanted.trim());
    let told = Diagnostic::error("reactions/older", message)
        .hint("Build again as soon as the endpoint answers: until then the site stays as it is.");
    Provided { bytes: None, told: provided.told.into_iter().chain([told]).collect(), ..provided }
}

const NONE: &str = "To build without reactions: `praktijk build --reactions none`.";

fn from_database(root: &Path, path: &str) -> Provided {
    let file = format!("sqlite:{path}");
    match bytes_of(&root.join(path)) {
        Ok(bytes) => Provided { bytes: Some(bytes.into()), file, told: Vec::new() },
        Err(cause) => {
            let told = Diagnostic::error("reactions/database", cause).hint(NONE);
            Provided { bytes: None, file, told: vec![told] }
        }
    }
}

/// Byte for byte what the endpoint of this database hands out.
#[cfg(feature = "reactions")]
fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    use crate::reactions::store::{Where, baked};
    baked::published_from(&Where::File(path.to_owned())).map_err(|error| error.to_string())
}

#[cfg(not(feature = "reactions"))]
fn bytes_of(path: &Path) -> Result<Vec<u8>, String> {
    Err(format!("This program cannot read `{}`: it knows no databases.", path.display()))
}

/// Why there is no answer.
#[derive(Debug)]
enum Trouble {
    /// The endpoint is away; it may be back in a while.
    Away(String),
    /// Something must be mended first: a sentence, and how.
    Wrong(String, String),
}

/// The last good answer of an endpoint.
struct Kept {
    folder: PathBuf,
    /// What was answered, and when.
    answer: Option<(Vec<u8>, String)>,
}

impl Kept {
    fn of(root: &Path, url: &str) -> Kept {
        let folder = root.join(CACHE);
        let of_this = fs::read_to_string(folder.join(KEPT_FROM)).is_ok_and(|known| known == url);
        let path = folder.join(KEPT);
        let read = || {
            let when = fs::metadata(&path).and_then(|about| about.modified()).ok()?;
            let when = jiff::Timestamp::try_from(when).ok()?.strftime("%Y-%m-%d %H:%M UTC").to_string();
            Some((fs::read(&path).ok()?, when))
        };
        Kept { answer: if of_this { read() } else { None }, folder }
    }

    fn or_asked(self, url: &str, what_for: Use) -> Provided {
        let provided = |bytes: Vec<u8>| Provided {
            bytes: Some(bytes.into()),
            file: format!("{CACHE}/{KEPT}"),
            told: Vec::new(),
        };
        let host =
            url::Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_default();
        if what_for == Use::LookUp {
            return self.answer.map(|(bytes, _)| provided(bytes)).unwrap_or_default();
        }
        let trouble = match ask(url).and_then(sound) {
            Ok(bytes) => {
                self.keep(url, &bytes);
                return provided(bytes);
            }
            Err(trouble) => trouble,
        };
        let (told, bytes) = match (trouble, self.answer) {
            (Trouble::Away(cause), Some((bytes, when))) => {
                let message = format!(
                    "The reactions are those of {when}: the endpoint at {host} cannot be reached. {cause}"
                );
                let hint = "What was withdrawn since then still stands in the pages: build again as soon as the endpoint is back.";
                (Diagnostic::warning("reactions/kept", message).hint(hint), Some(bytes))
            }
            (Trouble::Away(cause), None) => {
                let message = format!(
                    "The endpoint at {host} cannot be reached, and no earlier answer is kept. {cause}"
                );
                (
                    Diagnostic::error("reactions/away", message)
                        .hint("See whether the endpoint runs, and build again.")
                        .hint(NONE),
                    None,
                )
            }
            (Trouble::Wrong(message, hint), _) => {
                (Diagnostic::error("reactions/refused", message).hint(hint).hint(NONE), None)
            }
        };
        // Who writes goes on writing.
        let told = match what_for {
            Use::Write => Diagnostic { severity: crate::base::Severity::Warning, ..told },
            _ => told,
        };
        Provided { told: vec![told], file: format!("{CACHE}/{KEPT}"), bytes: bytes.map(Into::into) }
    }

    /// Keeps an answer. What cannot be kept is asked for the next time all the same.
    fn keep(&self, url: &str, bytes: &[u8]) {
        let known = self.answer.as_ref().is_some_and(|(known, _)| known == bytes);
        let put = |name: &str, bytes: &[u8]| {
            let waiting = self.folder.join(format!("{name}.{}.tmp", std::process::id()));
            fs::write(&waiting, bytes).and_then(|()| fs::rename(&waiting, self.folder.join(name)))
        };
        let _ = fs::create_dir_all(&self.folder);
        let _ = fs::write(self.folder.join(".gitignore"), "*\n");
        // The address goes first and comes back last: half of an answer must not be taken for one.
        if !known {
            let _ = fs::remove_file(self.folder.join(KEPT_FROM));
        }
        // Written anew even when it is the same: when it was true last is told by its stamp.
        if put(KEPT, bytes).is_ok() {
            let _ = put(KEPT_FROM, url.as_bytes());
        }
    }
}

/// An answer that is a file of reactions. What is none may be the page of a proxy whose endpoint is away. One of which no
/// line can be read, such as that of another version, would empty the site.
fn sound(bytes: Vec<u8>) -> Result<Vec<u8>, Trouble> {
    let (read, told) = published::read(&bytes, &SourcePath::new(KEPT));
    let Some(told) = told.iter().find(|told| told.is_error()) else { return Ok(bytes) };
    if !published::is_one(&bytes) {
        return Err(Trouble::Away(format!("It answers, but: {}", told.message)));
    }
    if !read.items.is_empty() {
        return Ok(bytes);
    }
    Err(Trouble::Wrong(
        format!("Nothing of what the endpoint answers can be read. {}", told.message),
        "Use the program and the endpoint of the same release.".to_owned(),
    ))
}

fn ask(url: &str) -> Result<Vec<u8>, Trouble> {
    let wrong = |message: &str, hint: &str| Trouble::Wrong(message.to_owned(), hint.to_owned());
    let known = url::Url::parse(url).map_err(|_| {
        wrong("The address of the endpoint is none.", "Write one that begins with `https://`.")
    })?;
    let local = is_loopback(&known);
    if known.scheme() != "https" && !local {
        return Err(wrong(
            "The token goes over https only.",
            "Write an address that begins with `https://`.",
        ));
    }
    let token =
        std::env::var(TOKEN).ok().map(|token| token.trim().to_owned()).filter(|token| !token.is_empty());
    if token.as_ref().is_some_and(|token| !token.bytes().all(|sign| sign.is_ascii_graphic())) {
        return Err(wrong(
            &format!("`{TOKEN}` holds signs that no token has."),
            "Copy the token once more, without blanks or line ends in it.",
        ));
    }
    // Should the HTTP library break down on what a server sends, then the endpoint is away.
    let asked = catch_unwind(AssertUnwindSafe(|| answer(url, token.as_deref(), local)));
    asked.unwrap_or_else(|_| Err(Trouble::Away("Its answer makes no sense.".to_owned())))
}

fn answer(url: &str, token: Option<&str>, local: bool) -> Result<Vec<u8>, Trouble> {
    let config = ureq::Agent::config_builder()
        .user_agent(concat!("praktijk/", env!("CARGO_PKG_VERSION")))
        .http_status_as_error(false)
        .max_redirects(0)
        .timeout_global(Some(PATIENCE))
        .timeout_connect(Some(Duration::from_secs(10)));
    // What stays on this machine goes through nobody else.
    let config = if local { config.proxy(None) } else { config };
    let agent: ureq::Agent = config.build().into();
    let mut asked = agent.get(url).header("accept", "application/x-ndjson");
    if let Some(token) = token {
        asked = asked.header("authorization", format!("Bearer {token}"));
    }
    let away = |error: ureq::Error| Trouble::Away(format!("It says: {error}."));
    let mut response = asked.call().map_err(away)?;
    refused(response.status().as_u16(), token.is_some())?;
    let mut bytes = Vec::new();
    let reader = response.body_mut().with_config().limit(u64::MAX).reader();
    let read = reader.take(LARGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| Trouble::Away(format!("Its answer broke off: {error}.")))?;
    if bytes.len() as u64 > LARGEST {
        let message = format!("The endpoint answers with more than {} MiB.", LARGEST >> 20);
        return Err(Trouble::Wrong(
            message,
            "See whether this is the address of the export of an endpoint.".to_owned(),
        ));
    }
    Ok(bytes)
}

const THE_TOKEN: &str = "Put the `REACTIES_TOKEN` of the endpoint's environment into that of the build, and see whether the address is that of the export, such as `https://www.example.org/reacties/export.ndjson`.";

/// What a status says is wrong.
fn refused(status: u16, with_token: bool) -> Result<(), Trouble> {
    let wrong = |message: &str, hint: &str| Err(Trouble::Wrong(message.to_owned(), hint.to_owned()));
    match status {
        200 => Ok(()),
        300..=399 => wrong(
            "The endpoint leads on to another address, which is not followed: the token must not go elsewhere.",
            "Write the address itself, such as `https://www.example.org/reacties/export.ndjson`.",
        ),
        // The endpoint tells nobody without its token that there is an export. What stands before it may say so.
        401 | 403 | 404 => {
            let token = if with_token { "the token is not that of the endpoint" } else { "it wants a token" };
            let message =
                format!("There is no export of reactions here, or {token}: the answer is {status}.");
            wrong(&message, THE_TOKEN)
        }
        400..=499 if ![408, 425, 429].contains(&status) => wrong(
            &format!("There is no export of reactions at this address: the answer is {status}."),
            "Write the address of the export, such as `https://www.example.org/reacties/export.ndjson`.",
        ),
        status => Err(Trouble::Away(format!("It answers with {status}."))),
    }
}
