//! The ledger on disk, for the next run of the program. In: a ledger. Out: the same ledger, or nothing at all: a cache of
//! another version, of another program, for other options, or with a single wrong bit is as good as none, and deleting it
//! changes only the time.
//!
//! Two files: `ledger` (files, questions, answers, jobs, outputs) and `texts` (what texts became), which is not read when
//! nothing changed. Each begins with a line that names format and version, and a checksum of the rest.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bitcode::{Decode, DecodeOwned, Encode};
use rayon::prelude::*;

use super::files::Known;
use super::jobs::Lost;
use super::ledger::{Entry, JobResult, Ledger, Output, TextResult};
use super::query::Query;
use super::world::World;
use super::{Options, Outcome};
use crate::base::hash::Quick;
use crate::base::{Diagnostic, Hash128, Note, OutPath, Place, Severity, SourcePath, hash_of};
use crate::body::units::Unit;
use crate::body::{Body, ExternalLink, Heading, InternalLink};
use crate::model::security::Inline;
use crate::source::{Snapshot, Sources, Stamp, disk};
use crate::template::ImageJob;
use crate::write::publish::folders_of;

/// Format and version. A change of what is written needs another number.
const MAGIC: &[u8] = b"praktijk cache 6\n";

/// What was kept.
pub struct Kept {
    /// Every file of the site with its stamp.
    pub snapshot: Snapshot,
    /// What is known of files.
    pub known: HashMap<SourcePath, Known, Quick>,
    /// The files that were asked for elsewhere.
    pub elsewhere: Vec<(SourcePath, Option<Stamp>)>,
    /// The ledger; its texts have no bodies until [`read_texts`].
    pub ledger: Ledger,
    /// What was put in the output folder.
    pub manifest: Option<Manifest>,
    /// What was said at the end of the build.
    pub warnings: Vec<Diagnostic>,
    /// Pages, orphans among them, and sections.
    pub counts: (usize, usize, usize),
    /// Whether nothing asked the clock, chance or the network.
    pub complete: bool,
    /// The day on which it holds, when something has a last day.
    pub day: Option<String>,
}

/// What was put in the output folder, and how it looked then.
#[derive(Clone, Debug, Default)]
pub struct Manifest {
    /// The settings' output folder.
    pub output_dir: String,
    folder: String,
    files: Vec<(String, i128, u64)>,
    /// The folders of these files with the moment something in each was last added or removed: a file that somebody else
    /// put there must go.
    folders: Vec<(String, i128)>,
}

/// What is stored besides the lists.
#[derive(Encode, Decode)]
struct Stored {
    manifest: Option<(String, String)>,
    warnings: Vec<StoredDiagnostic>,
    counts: (usize, usize, usize),
    complete: bool,
    day: Option<String>,
}

/// So many parts of a list are encoded at once: a copy of all of a list would take far more memory than what is written.
const AT_ONCE: usize = 1024;

/// Encodes a list, piece by piece.
fn put<T: Encode>(out: &mut Vec<u8>, list: impl IntoIterator<Item = T>) {
    let mut list = list.into_iter();
    loop {
        let piece: Vec<T> = list.by_ref().take(AT_ONCE).collect();
        let bytes = bitcode::encode(&piece);
        out.extend((bytes.len() as u64).to_le_bytes());
        out.extend(bytes);
        if piece.len() < AT_ONCE {
            return;
        }
    }
}

/// Takes a list off what is left of encoded lists.
fn take<T: DecodeOwned>(rest: &mut &[u8]) -> Option<Vec<T>> {
    let mut list = Vec::new();
    loop {
        let (length, behind) = rest.split_first_chunk()?;
        let (piece, behind) = behind.split_at_checked(u64::from_le_bytes(*length) as usize)?;
        *rest = behind;
        let piece: Vec<T> = bitcode::decode(piece).ok()?;
        let is_last = piece.len() < AT_ONCE;
        list.extend(piece);
        if is_last {
            return Some(list);
        }
    }
}

#[derive(Encode, Decode)]
struct StoredEntry {
    name: String,
    subject: Hash128,
    asked: Vec<u32>,
    images: Vec<ImageJob>,
    inline: Vec<Inline>,
    warnings: Vec<StoredDiagnostic>,
    outputs: Vec<Output>,
    hash: Hash128,
}

#[derive(Encode, Decode)]
struct StoredDiagnostic {
    severity: Severity,
    code: String,
    message: String,
    place: Option<StoredPlace>,
    notes: Vec<(String, StoredPlace)>,
    hints: Vec<String>,
}

#[derive(Encode, Decode)]
struct StoredBody {
    name: String,
    html: String,
    summary: Option<String>,
    /// Level, id, URL and title.
    headings: Vec<(u8, String, String, String)>,
    internal_links: Vec<InternalLink>,
    external_links: Vec<ExternalLink>,
    units: Vec<Unit>,
}

impl StoredBody {
    fn of(name: &str, body: &Body) -> Self {
        StoredBody {
            name: name.to_owned(),
            html: body.html.to_string(),
            summary: body.summary.as_ref().map(|summary| summary.to_string()),
            headings: body
                .headings
                .iter()
                .map(|Heading { level, id, permalink, title }| {
                    (*level, id.to_string(), permalink.to_string(), title.to_string())
                })
                .collect(),
            internal_links: body.internal_links.clone(),
            external_links: body.external_links.clone(),
            units: body.units.clone(),
        }
    }

    fn revive(self) -> (String, Body) {
        let StoredBody { name, html, summary, headings, internal_links, external_links, units } = self;
        let (html, summary) = (html.into(), summary.map(Into::into));
        let heading = |(level, id, permalink, title): (u8, String, String, String)| Heading {
            level,
            id: id.into(),
            permalink: permalink.into(),
            title: title.into(),
        };
        let headings = headings.into_iter().map(heading).collect();
        (name, Body { html, summary, headings, internal_links, external_links, units })
    }
}

type StoredPlace = (String, Option<(usize, usize)>);

/// Reads what was kept, if it can be trusted.
pub fn read(folder: &Path, options: &Options) -> Option<Kept> {
    let bytes = open(&folder.join("ledger"), options)?;
    let rest = &mut bytes.as_slice();
    let stored: Stored = take(rest)?.pop()?;
    let mut ledger = Ledger::default();
    ledger.answers.extend(take::<(Query, Hash128)>(rest)?);
    let count = ledger.answers.len() as u32;
    let (texts, jobs): (Vec<StoredEntry>, Vec<StoredEntry>) = (take(rest)?, take(rest)?);
    if texts.iter().chain(&jobs).any(|entry| entry.asked.iter().any(|at| *at >= count)) {
        return None;
    }
    ledger.texts =
        texts.into_iter().map(|entry| revive(entry, |hash, _| TextResult { body: None, hash })).collect();
    ledger.jobs = jobs.into_iter().map(|entry| revive(entry, |_, outputs| JobResult { outputs })).collect();
    fn paths<T>(list: Vec<(String, T)>) -> impl Iterator<Item = (SourcePath, T)> {
        list.into_iter().map(|(path, known)| (SourcePath::new(path), known))
    }
    let snapshot = Snapshot::new(paths(take::<(String, Stamp)>(rest)?));
    let known = paths(take::<(String, Known)>(rest)?).collect();
    let elsewhere = paths(take::<(String, Option<Stamp>)>(rest)?).collect();
    let (files, folders) = (take(rest)?, take(rest)?);
    Some(Kept {
        snapshot,
        known,
        elsewhere,
        ledger,
        manifest: stored.manifest.map(|(output_dir, folder)| Manifest { output_dir, folder, files, folders }),
        warnings: stored.warnings.into_iter().map(Diagnostic::from).collect(),
        counts: stored.counts,
        complete: stored.complete,
        day: stored.day,
    })
}

/// Gives the texts of a ledger the bodies that were kept.
pub fn read_texts(folder: &Path, options: &Options, ledger: &mut Ledger) {
    let bytes = open(&folder.join("texts"), options);
    let bodies: Vec<StoredBody> = bytes.and_then(|bytes| take(&mut bytes.as_slice())).unwrap_or_default();
    for (name, body) in bodies.into_iter().map(StoredBody::revive) {
        if let Some(entry) = ledger.texts.get_mut(&name).filter(|entry| entry.result.hash == hash_of(&body)) {
            entry.result.body = Some(Arc::new(body));
        }
    }
}

/// Whether a text is costly to render: it has code that is coloured, or templates. All others are rendered as fast as
/// they could be read.
fn is_costly(world: &World, name: &str) -> bool {
    let text = world.site.by_relative.get(name).map(|id| world.text(*id));
    text.is_some_and(|text| {
        (world.config.markdown.highlighting.is_some() && text.may_have_code) || text.may_have_templates
    })
}

/// Keeps a ledger. Failure is silent: the next run starts from nothing.
pub fn write(
    folder: &Path,
    options: &Options,
    world: &World,
    ledger: &Ledger,
    manifest: Option<&Manifest>,
    outcome: &Outcome,
) {
    let always = ledger.texts.values().any(|entry| entry.always.is_some())
        || ledger.jobs.values().any(|entry| entry.always.is_some());
    let stored = Stored {
        manifest: manifest.map(|manifest| (manifest.output_dir.clone(), manifest.folder.clone())),
        warnings: outcome.diagnostics.iter().map(StoredDiagnostic::from).collect(),
        counts: outcome.report.counts,
        complete: !always && !world.reactions.outside,
        day: world.has_last_days().then(|| world.today()),
    };
    let mut texts: Vec<_> = ledger.texts.iter().collect();
    texts.sort_by_key(|(name, _)| *name);
    let mut jobs: Vec<_> = ledger.jobs.iter().collect();
    jobs.sort_by_key(|(name, _)| *name);
    let path = |path: &SourcePath| path.as_str().to_owned();
    let mut out = Vec::new();
    put(&mut out, [stored]);
    put(&mut out, ledger.answers.iter().map(|(query, hash)| (query.clone(), *hash)));
    put(&mut out, texts.iter().filter_map(|(name, entry)| store(name, entry, &[], entry.result.hash)));
    let outputs = |entry: &Entry<JobResult>| entry.result.outputs.clone();
    put(
        &mut out,
        jobs.iter().filter_map(|(name, entry)| store(name, entry, &outputs(entry), Hash128::ABSENT)),
    );
    put(&mut out, world.files.snapshot().iter().map(|(file, stamp)| (path(file), *stamp)));
    put(&mut out, world.files.known().into_iter().map(|(file, known)| (path(&file), known)));
    put(&mut out, world.files.elsewhere().iter().map(|file| (path(file), world.files.stamp(file))));
    put(&mut out, manifest.iter().flat_map(|manifest| manifest.files.iter().cloned()));
    put(&mut out, manifest.iter().flat_map(|manifest| manifest.folders.iter().cloned()));
    let mut bodies = Vec::new();
    let costly = texts.iter().filter(|(name, _)| is_costly(world, name));
    put(
        &mut bodies,
        costly.filter_map(|(name, entry)| Some(StoredBody::of(name, entry.result.body.as_ref()?))),
    );
    // What is half written must not be trusted: the ledger goes first and comes back last.
    let _ = fs::create_dir_all(folder);
    let _ = fs::remove_file(folder.join("ledger"));
    if save(&folder.join("texts"), options, &bodies).is_ok() {
        let _ = save(&folder.join("ledger"), options, &out);
    }
    let _ = fs::write(folder.join(".gitignore"), "*\n");
}

/// What the files of search indexes in the cache begin with.
pub(super) const INDEX: &str = "index";

/// Removes the search indexes from a folder of the cache: they go with the ledger beside them.
pub(super) fn remove_indexes(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.file_name().to_string_lossy().starts_with(INDEX) {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn store<T>(name: &str, entry: &Entry<T>, outputs: &[Output], hash: Hash128) -> Option<StoredEntry> {
    // What must be done on every build is not worth keeping.
    entry.always.is_none().then(|| StoredEntry {
        name: name.to_owned(),
        subject: entry.subject,
        asked: entry.asked.clone(),
        images: entry.images.clone(),
        inline: entry.inline.clone(),
        warnings: entry.warnings.iter().map(StoredDiagnostic::from).collect(),
        outputs: outputs.to_vec(),
        hash,
    })
}

fn revive<T>(entry: StoredEntry, result: impl FnOnce(Hash128, Vec<Output>) -> T) -> (String, Entry<T>) {
    let StoredEntry { name, subject, asked, images, inline, warnings, outputs, hash } = entry;
    let warnings = warnings.into_iter().map(Diagnostic::from).collect();
    (name, Entry { subject, asked, always: None, images, inline, warnings, result: result(hash, outputs) })
}

/// The identity of the program and of how it was called: what it keeps is of no use to another.
fn seal(options: &Options) -> Hash128 {
    let program = std::env::current_exe()
        .and_then(fs::metadata)
        .map(|metadata| disk::stamp(&metadata))
        .unwrap_or_default();
    hash_of(&(options, program, env!("CARGO_PKG_VERSION")))
}

/// What is in a file of the cache, if it can be trusted.
pub(super) fn open(path: &Path, options: &Options) -> Option<Vec<u8>> {
    let bytes = fs::read(path).ok()?;
    let rest = bytes.strip_prefix(MAGIC)?;
    let (head, payload) = rest.split_at_checked(32)?;
    let expected = [seal(options).0.to_le_bytes(), Hash128::of_bytes(payload).0.to_le_bytes()].concat();
    (head == expected).then(|| payload.to_vec())
}

/// Puts a file in the cache.
pub(super) fn save(path: &Path, options: &Options, payload: &[u8]) -> std::io::Result<()> {
    let head = [seal(options).0.to_le_bytes(), Hash128::of_bytes(payload).0.to_le_bytes()].concat();
    let waiting = path.with_extension(format!("{}.tmp", std::process::id()));
    let mut file = fs::File::create(&waiting)?;
    [MAGIC, &head, payload].iter().try_for_each(|part| file.write_all(part))?;
    fs::rename(&waiting, path)
}

/// Whether surely no input of the last build changed: the same files with the same stamps, the same environment, the same
/// day when something has a last day, and nothing that asks the clock, chance or the network.
pub fn unchanged(now: &Snapshot, kept: &Kept, sources: &dyn Sources) -> bool {
    let settled =
        |path: &SourcePath| kept.known.get(path).is_none_or(|known| known.stamp.is_settled(known.read_at));
    let answer = |query: &Query, hash: Hash128| match query {
        Query::Env(name) => sources.env(name).map_or(Hash128::ABSENT, |value| hash_of(&value)) == hash,
        _ => true,
    };
    let is_today = |day: &String| *day == super::catalog::day_of(sources.now());
    kept.snapshot == *now
        && kept.day.as_ref().is_none_or(is_today)
        && now.iter().all(|(path, _)| settled(path))
        && kept.elsewhere.iter().all(|(path, stamp)| sources.stamp(path) == *stamp && settled(path))
        && kept.ledger.answers.iter().all(|(query, hash)| answer(query, *hash))
}

impl Manifest {
    /// What stands in an output folder now.
    pub fn of(folder: &Path, output_dir: &str, files: &BTreeSet<OutPath>) -> Manifest {
        let paths: Vec<&OutPath> = files.iter().collect();
        let look = |path: &&OutPath| {
            let (modified, size) = look_at(&path.on_disk(folder)).unwrap_or_default();
            (path.as_str().to_owned(), modified, size)
        };
        let folders = std::iter::once(String::new()).chain(folders_of(files));
        Manifest {
            output_dir: output_dir.to_owned(),
            folder: name(folder),
            files: paths.par_iter().with_min_len(64).map(look).collect(),
            folders: folders.map(|path| (path.clone(), modified(&folder.join(&path)))).collect(),
        }
    }

    /// Which files are gone or were changed by somebody else. `Some` of none means that there may be files too many.
    pub fn lost(&self, folder: &Path) -> Lost {
        if name(folder) != self.folder {
            return Lost::All;
        }
        let stands = |(path, modified, size): &(String, i128, u64)| {
            look_at(&OutPath::new(path).on_disk(folder)) == Some((*modified, *size))
        };
        let lost: HashSet<String> = self
            .files
            .par_iter()
            .with_min_len(64)
            .filter(|file| !stands(file))
            .map(|file| file.0.clone())
            .collect();
        let untouched = |(path, moment): &(String, i128)| modified(&folder.join(path)) == *moment;
        if lost.is_empty() && self.folders.par_iter().with_min_len(64).all(untouched) {
            Lost::Nothing
        } else {
            Lost::Some(lost)
        }
    }
}

/// When something was last added to or removed from a folder.
fn modified(folder: &Path) -> i128 {
    fs::symlink_metadata(folder).map_or(0, |metadata| disk::stamp(&metadata).modified)
}

fn name(folder: &Path) -> String {
    std::path::absolute(folder).unwrap_or_else(|_| PathBuf::from(folder)).to_string_lossy().into_owned()
}

fn look_at(path: &Path) -> Option<(i128, u64)> {
    let metadata = fs::symlink_metadata(path).ok()?;
    metadata.is_file().then(|| (disk::stamp(&metadata).modified, metadata.len()))
}

impl From<&Diagnostic> for StoredDiagnostic {
    fn from(told: &Diagnostic) -> Self {
        let place = |place: &Place| {
            (place.file.as_str().to_owned(), place.span.as_ref().map(|span| (span.start, span.end)))
        };
        StoredDiagnostic {
            severity: told.severity,
            code: told.code.to_string(),
            message: told.message.clone(),
            place: told.place.as_ref().map(place),
            notes: told.notes.iter().map(|note| (note.label.clone(), place(&note.place))).collect(),
            hints: told.hints.clone(),
        }
    }
}

impl From<StoredDiagnostic> for Diagnostic {
    fn from(stored: StoredDiagnostic) -> Self {
        let place = |(file, span): StoredPlace| Place {
            file: SourcePath::new(file),
            span: span.map(|(start, end)| start..end),
        };
        Diagnostic {
            severity: stored.severity,
            code: code(stored.code),
            message: stored.message,
            place: stored.place.map(place),
            notes: stored.notes.into_iter().map(|(label, at)| Note { label, place: place(at) }).collect(),
            hints: stored.hints,
        }
    }
}

/// A code as the program has them. There are few, so each that is read is kept for as long as the program runs.
fn code(read: String) -> &'static str {
    static CODES: Mutex<BTreeSet<&'static str>> = Mutex::new(BTreeSet::new());
    let mut codes = CODES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = codes.get(read.as_str()) {
        return known;
    }
    let kept: &'static str = Box::leak(read.into_boxed_str());
    codes.insert(kept);
    kept
}
