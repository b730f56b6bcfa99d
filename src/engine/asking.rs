//! The search index of a site that nobody built. In: sources, and what earlier questions left in the cache. Out: the index of
//! a language, whatever the settings say about search, or why there is none. Nothing is written but the cache.
//!
//! When no file changed since the last question, the index is taken from the cache as it is. Else texts are rendered, those
//! that are costly from the cache, and nothing more: no page, no image.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use bitcode::{Decode, Encode};

use super::report::Report;
use super::world::World;
use super::{Engine, EngineError, Outcome, cache};
use crate::base::Diagnostic;
use crate::export::index;

/// An index that can be asked.
#[derive(Clone, Debug, Encode, Decode)]
pub struct Asked {
    /// The name of the manifest among the files.
    pub manifest: String,
    /// The files by their names below the folder of the index, packed.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The language of the site.
    pub default_language: String,
    /// The day on which it was made.
    day: String,
}

/// What came of it.
pub enum Index {
    /// This.
    Made(Box<Asked>),
    /// The site has no such language; it has these.
    NoLanguage(Vec<String>),
    /// There is no page to be found in this language.
    NoPages(String),
    /// The site is at fault, or the index could not be made.
    Failed,
}

impl Engine {
    /// The index of a language; of that of the site when none is named.
    pub fn index_of(&mut self, lang: Option<&str>) -> Result<(Index, Vec<Diagnostic>), EngineError> {
        let (mut report, mut diagnostics) = (Report::start(), Vec::new());
        let (snapshot, changes) = self.scan(None, &mut report, &mut diagnostics)?;
        let own = self.cache.as_ref().map(|folder| folder.join("search"));
        if let Some(own) = &own {
            if let Some(kept) = cache::read(own, &self.options) {
                if kept.complete
                    && cache::unchanged(&snapshot, &kept, &*self.sources)
                    && let Some(asked) = self.kept_index(own, lang)
                {
                    return Ok((Index::Made(Box::new(asked)), kept.warnings));
                }
                self.take_texts(own, kept);
            } else if let Some((folder, kept)) = self.of_builds() {
                self.take_texts(&folder, kept);
            }
        }
        let Some(world) = self.load(snapshot, changes, &mut report, &mut diagnostics) else {
            return Ok((Index::Failed, sorted(diagnostics)));
        };
        self.render_texts(&world, &mut report, &mut diagnostics)?;
        if diagnostics.iter().any(Diagnostic::is_error) {
            return Ok((Index::Failed, sorted(diagnostics)));
        }
        let index = make(&world, lang, &mut diagnostics);
        let diagnostics = sorted(diagnostics);
        if let (Index::Made(asked), Some(own)) = (&index, &own) {
            self.keep_index(own, lang, asked, &world, report, &diagnostics);
        }
        Ok((index, diagnostics))
    }

    /// What builds left in the cache, for who asks for the first time.
    fn of_builds(&self) -> Option<(PathBuf, cache::Kept)> {
        let folder = self.cache.clone()?;
        let kept = cache::read(&folder, &self.options)?;
        Some((folder, kept))
    }

    fn take_texts(&mut self, folder: &Path, mut kept: cache::Kept) {
        kept.ledger.jobs.clear();
        cache::read_texts(folder, &self.options, &mut kept.ledger);
        self.memory.known = kept.known;
        self.memory.ledger = kept.ledger;
    }

    fn kept_index(&self, folder: &Path, lang: Option<&str>) -> Option<Asked> {
        let bytes = cache::open(&folder.join(file_name(lang)?), &self.options)?;
        let asked: Asked = bitcode::decode(&bytes).ok()?;
        // What has expired since is not to be found.
        (asked.day == super::catalog::day_of(self.sources.now())).then_some(asked)
    }

    fn keep_index(
        &mut self,
        folder: &Path,
        lang: Option<&str>,
        asked: &Asked,
        world: &World,
        report: Report,
        diagnostics: &[Diagnostic],
    ) {
        self.memory.ledger.settled();
        cache::remove_indexes(folder);
        let outcome =
            Outcome { diagnostics: diagnostics.to_vec(), report: report.finish(), changed: Vec::new() };
        cache::write(folder, &self.options, world, &self.memory.ledger, None, &outcome);
        if let Some(name) = file_name(lang) {
            // Without it, the next question makes it once more.
            let _ = cache::save(&folder.join(name), &self.options, &bitcode::encode(asked));
        }
    }
}

/// The file of an index in the cache; none for what is no code of a language.
fn file_name(lang: Option<&str>) -> Option<String> {
    let Some(lang) = lang else { return Some(cache::INDEX.to_owned()) };
    let is_code = lang.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_code.then(|| format!("{}-{lang}", cache::INDEX))
}

fn make(world: &World, lang: Option<&str>, diagnostics: &mut Vec<Diagnostic>) -> Index {
    let config = &world.config;
    let lang = lang.unwrap_or(&config.default_language);
    if config.language(lang).is_none() {
        return Index::NoLanguage(config.languages.iter().map(|(code, _)| code.clone()).collect());
    }
    let of = world.search_of(lang);
    let pages = world.findable_pages(&of);
    if pages.is_empty() {
        return Index::NoPages(lang.to_owned());
    }
    match praktijk_search::write::index(&pages, &of.settings) {
        Ok(made) => Index::Made(Box::new(Asked {
            manifest: made.manifest,
            files: made.files.into_iter().map(|file| (file.name, file.bytes)).collect(),
            default_language: config.default_language.clone(),
            day: super::catalog::day_of(world.now),
        })),
        Err(cause) => {
            diagnostics.push(index::failed(lang, &cause));
            Index::Failed
        }
    }
}

fn sorted(mut diagnostics: Vec<Diagnostic>) -> Vec<Diagnostic> {
    Diagnostic::sort(&mut diagnostics);
    Diagnostic::fold(&mut diagnostics);
    diagnostics
}
