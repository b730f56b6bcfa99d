//! The reactions of a build: where they come from, and what templates and search are answered. In: the settings, the sources,
//! and whoever can reach an endpoint or a database. Out: what was accepted, with complaints; answers with their identity.
//!
//! They are asked for on every build. What of them is another than before decides, question by question, what is done again.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::files::Files;
use super::world::World;
use super::{Engine, Options};
use crate::accepted::published;
use crate::base::{Diagnostic, Hash128, Severity, SourcePath, hash_of};
use crate::export::index::page::Reacted;
use crate::export::reactions::Words;
use crate::model::Config;
use crate::model::reaction::{Published, Reaction, Source};
use crate::parse::closest;
use crate::resolve::{ContentId, Site};
use crate::template::lookup::Kept;
use crate::template::reactions::{self as seen, Ask, Given, anchor, current};

/// Reaches what is outside of the site: an endpoint, a database.
pub type Provider = dyn Fn(&Source) -> Provided + Send + Sync;

/// What came from outside.
#[derive(Clone, Debug, Default)]
pub struct Provided {
    /// The file of reactions; none when it could not be had.
    pub bytes: Option<Arc<[u8]>>,
    /// Where complaints about it say that it stands.
    pub file: String,
    /// What went wrong on the way.
    pub told: Vec<Diagnostic>,
}

/// The reactions of a build.
#[derive(Default)]
pub struct Reactions {
    /// What was accepted.
    pub published: Published,
    /// The identity of that.
    pub hash: Hash128,
    /// Whether it came from outside, so that no stamp of a file tells whether it changed.
    pub outside: bool,
    /// What was wrong with it.
    told: Vec<Diagnostic>,
    /// Where it stands.
    file: Option<SourcePath>,
    /// What it was read from.
    bytes: Arc<[u8]>,
}

/// What is kept between builds, and within one.
#[derive(Default)]
pub(super) struct Memory {
    /// What came from outside in this build.
    asked: Option<(Source, Provided)>,
    /// What the bytes were that were read last, and what they said.
    read: Option<(Hash128, Arc<Reactions>)>,
}

impl Memory {
    /// A new build asks anew.
    pub(super) fn begin(&mut self) {
        self.asked = None;
    }
}

impl Engine {
    /// The reactions as they are now.
    pub(super) fn reactions(&mut self, config: &Config, files: &Files) -> Arc<Reactions> {
        let Some(source) = source(&self.options, config) else {
            let asked = self.options.reactions.as_ref().filter(|_| config.reactions.is_none());
            let told =
                asked.filter(|source| **source != Source::Nothing).map(|_| no_table()).into_iter().collect();
            return Arc::new(Reactions { told, ..Reactions::default() });
        };
        let (provided, outside) = match &source {
            Source::Nothing => return Arc::default(),
            Source::File(path) => (from_file(path, files), false),
            _ => (self.ask_outside(&source), true),
        };
        let key = hash_of(&(&provided.bytes, &provided.file, &provided.told, outside));
        if let Some((_, read)) = self.memory.reactions.read.as_ref().filter(|(known, _)| *known == key) {
            return read.clone();
        }
        let read = Arc::new(understood(provided, outside));
        self.memory.reactions.read = Some((key, read.clone()));
        read
    }

    fn ask_outside(&mut self, source: &Source) -> Provided {
        if let Some((_, known)) = self.memory.reactions.asked.as_ref().filter(|(asked, _)| asked == source) {
            return known.clone();
        }
        // Whoever only looks at a site, and gave no way out, sees it without.
        let provided = self.provider.as_ref().map(|ask| ask(source)).unwrap_or_default();
        self.memory.reactions.asked = Some((source.clone(), provided.clone()));
        provided
    }
}

/// Where the reactions of a site come from; none when it has none.
fn source(options: &Options, config: &Config) -> Option<Source> {
    let settings = config.reactions.as_ref()?;
    options.reactions.clone().or_else(|| settings.source.clone())
}

fn no_table() -> Diagnostic {
    let message = "The site has no reactions, so none are taken from where the command says.";
    let hint = "Write `[extra.praktijk.reactions]` in the settings of the site.";
    Diagnostic::warning("reactions/no-table", message).hint(hint)
}

fn from_file(path: &str, files: &Files) -> Provided {
    let file = SourcePath::new(path);
    let mut provided = Provided { file: path.to_owned(), ..Provided::default() };
    match files.read(&file) {
        Ok(Some((bytes, _))) => provided.bytes = Some(bytes),
        Ok(None) => {
            let message =
                format!("There is no file `{path}`, and the reactions of members should stand there.");
            let hint = format!(
                "Have it made: `praktijk reactions publish > {path}`. Or build without reactions: `praktijk build --reactions none`."
            );
            provided.told.push(Diagnostic::error("reactions/missing", message).hint(hint));
        }
        // That a file cannot be read is told of all files alike.
        Err(_) => {}
    }
    provided
}

fn understood(provided: Provided, outside: bool) -> Reactions {
    let Provided { bytes, file, mut told } = provided;
    let Some(bytes) = bytes else { return Reactions { outside, told, ..Reactions::default() } };
    let file = SourcePath::new(file);
    let (published, complaints) = published::read(&bytes, &file);
    // Who writes a file of the site can mend it. What comes from outside nobody here can: a line that is left out must not
    // keep what was withdrawn since on the site.
    let of_a_line = |told: &Diagnostic| matches!(told.code, "reactions/line" | "reactions/twice");
    told.extend(complaints.into_iter().map(|told| match outside && of_a_line(&told) {
        true => Diagnostic {
            severity: Severity::Warning,
            message: format!("{} It is left out.", told.message),
            ..told
        },
        false => told,
    }));
    Reactions { hash: hash_of(&published), published, outside, told, file: Some(file), bytes }
}

impl Reactions {
    /// Everything that is wrong with them in this site: what was told when they were read, and pages that show them nowhere.
    pub(super) fn complaints(&self, site: &Site, config: &Config, options: &Options) -> Vec<Diagnostic> {
        let mut told = self.told.clone();
        let scope = config.reactions.as_ref().and_then(|settings| settings.scope.as_deref());
        told.extend(scope.and_then(|facet| no_facet(facet, config, options)));
        for of_page in self.published.items.chunk_by(|a, b| a.page == b.page) {
            let (page, count) = (&of_page[0].page, of_page.len());
            let shown =
                if count == 1 { "A reaction is".to_owned() } else { format!("{count} reactions are") };
            let threads = &site.threads;
            let message = if threads.by_id.contains_key(page) || threads.closed.contains(page) {
                continue;
            } else if let Some(content) = threads.without.get(page) {
                format!("{shown} shown nowhere: {} takes no reactions.", site.file(*content).path)
            } else {
                format!("{shown} shown nowhere: there is no page with the id `{page}`.")
            };
            let near = closest(page, threads.by_id.keys().map(String::as_str)).unwrap_or("NEW");
            let warning = Diagnostic::warning("reactions/no-page", message);
            let warning = match &self.file {
                Some(file) if !self.outside => warning.at(file, self.line_of(&of_page[0].id)),
                _ => warning,
            };
            told.push(match threads.without.contains_key(page) {
                true => warning.hint("Write which it takes: `reacties = [\"vraag\"]` below `[extra]`, or `reacties = false` when that is meant."),
                false => warning.hint(format!("When the page moved, write `reactie_id = \"{page}\"` below its `[extra]`, or have the reactions moved: `praktijk reactions remap {page} {near}`.")),
            });
        }
        told
    }
}

impl Reactions {
    /// The line of a reaction in what was read.
    fn line_of(&self, id: &str) -> std::ops::Range<usize> {
        let mut start = 0;
        for line in std::str::from_utf8(&self.bytes).unwrap_or_default().split_inclusive('\n') {
            let is_it = || serde_json::from_str::<Reaction>(line).is_ok_and(|reaction| reaction.id == id);
            if line.contains(id) && is_it() {
                return start..start + line.trim_end().len();
            }
            start += line.len();
        }
        0..0
    }
}

fn no_facet(facet: &str, config: &Config, options: &Options) -> Option<Diagnostic> {
    let names = || config.kinds.iter().flat_map(|kind| kind.facets.iter().map(|facet| facet.name.as_str()));
    if names().any(|name| name == facet) {
        return None;
    }
    let message = format!("No kind has a facet `{facet}`, so no moderator can be limited by it.");
    let hint = match closest(facet, names()) {
        Some(near) => format!("Did you mean `{near}`?"),
        None => "Take `scope` out of `[extra.praktijk.reactions]`, or declare the facet.".to_owned(),
    };
    let file = SourcePath::new(&options.config_file);
    Some(Diagnostic::warning("reactions/scope", message).in_file(&file).hint(hint))
}

type Answer = (Option<Arc<Kept>>, Hash128);

/// The answers that were asked for so far.
#[derive(Default)]
pub(super) struct Answers(Mutex<HashMap<Ask, Arc<OnceLock<Answer>>>>);

impl World {
    /// The answer to a question about reactions, and its identity.
    pub(super) fn asked_reactions(&self, ask: &Ask) -> Answer {
        let cell = {
            let mut known = self.reaction_answers.0.lock().unwrap_or_else(PoisonError::into_inner);
            known.entry(ask.clone()).or_default().clone()
        };
        cell.get_or_init(|| match seen::answer(ask, &self.given_reactions(&self.today())) {
            None => (None, Hash128::ABSENT),
            Some(json) => {
                let hash = hash_of(&json.to_string());
                (Some(Arc::new(Kept { json, ..Kept::default() })), hash)
            }
        })
        .clone()
    }

    /// What answers are made from.
    pub(super) fn given_reactions<'g>(&'g self, today: &'g str) -> Given<'g> {
        Given { site: &self.site, config: &self.config, published: &self.reactions.published, today }
    }

    /// What search finds of the reactions of a page.
    pub(super) fn findable_reactions(&self, content: ContentId) -> Vec<Reacted> {
        if !self.site.threads.of.contains_key(&content) {
            return Vec::new();
        }
        let today = self.today();
        let labels = Words::of(&self.site.file(content).lang);
        let given = self.given_reactions(&today);
        let found = current(content, &given).into_iter().map(|reaction| Reacted {
            anchor: anchor(reaction),
            title: reaction.title.clone(),
            kind: reaction.kind.word(),
            label: labels.label(reaction.kind),
            html: reaction.html.clone(),
        });
        found.collect()
    }
}
