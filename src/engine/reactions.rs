//! The reactions of a build: where they come from, what templates are answered, and what is made of them besides pages. In:
//! the settings, the sources, and whoever can reach an endpoint or a database. Out: what was accepted, with complaints;
//! answers with their identity; the list of pages for the endpoint, and feeds.
//!
//! They are asked for on every build. What of them is another than before decides, question by question, what is done again.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use super::files::Files;
use super::query::Query;
use super::tracer::Tracer;
use super::world::World;
use super::{Engine, Options};
use crate::base::{Artifact, Diagnostic, Hash128, OutPath, SourcePath, hash_of};
use crate::export::index::page::{Reacted, url};
use crate::export::reactions::{self as made, Entry, Feed, PageOf, Scope, Words};
use crate::model::Config;
use crate::model::reaction::{Published, Source};
use crate::parse::closest;
use crate::reactions::published;
use crate::render::Shelf as _;
use crate::render::plan::section_folder;
use crate::resolve::{ContentId, Site};
use crate::template::lookup::Kept;
use crate::template::reactions::{self as seen, Ask, Given, IN_FEED, anchor, current, title};

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
    /// Where each page is first named in it.
    places: BTreeMap<String, std::ops::Range<usize>>,
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
            _ => (self.from_outside(&source), true),
        };
        let key = hash_of(&(&provided.bytes, &provided.file, &provided.told, outside));
        if let Some((_, read)) = self.memory.reactions.read.as_ref().filter(|(known, _)| *known == key) {
            return read.clone();
        }
        let read = Arc::new(understood(provided, outside));
        self.memory.reactions.read = Some((key, read.clone()));
        read
    }

    fn from_outside(&mut self, source: &Source) -> Provided {
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
            let message = format!(
                "There is no file `{path}`, and the settings say that the reactions of members stand there."
            );
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
    told.extend(complaints);
    let mut places = BTreeMap::new();
    let text = std::str::from_utf8(&bytes).unwrap_or_default();
    for reaction in &published.items {
        places.entry(reaction.page.clone()).or_insert_with(|| place(text, &reaction.id));
    }
    Reactions { hash: hash_of(&published), published, outside, told, file: Some(file), places }
}

/// The line of a reaction.
fn place(text: &str, id: &str) -> std::ops::Range<usize> {
    let at = text.find(id).unwrap_or(0);
    let start = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let line = text[start..].split('\n').next().unwrap_or_default().trim_end();
    start..start + line.len()
}

impl Reactions {
    /// Everything that is wrong with them in this site: what was told when they were read, and pages that show them nowhere.
    pub(super) fn complaints(&self, site: &Site, config: &Config, options: &Options) -> Vec<Diagnostic> {
        let mut told = self.told.clone();
        let scope = config.reactions.as_ref().and_then(|settings| settings.scope.as_deref());
        told.extend(scope.and_then(|facet| no_facet(facet, config, options)));
        for (page, place) in &self.places {
            let count = self.published.of_page(page).len();
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
                Some(file) if !self.outside => warning.at(file, place.clone()),
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

    fn given_reactions<'g>(&'g self, today: &'g str) -> Given<'g> {
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

/// What is made of reactions besides pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfReactions {
    /// The list of pages that take any.
    Pages,
    /// The feed of a page or section.
    Feed(ContentId),
    /// The feed of the site.
    All,
}

/// Everything that is made for a site.
pub(super) fn all(world: &World) -> Vec<OfReactions> {
    if world.config.reactions.is_none() {
        return Vec::new();
    }
    let has_any = |id: &str| !world.reactions.published.of_page(id).is_empty();
    let pages = world.site.threads.of.iter().filter(|(_, thread)| has_any(&thread.id));
    let feeds = pages.map(|(content, _)| OfReactions::Feed(*content));
    [OfReactions::Pages, OfReactions::All].into_iter().chain(feeds).collect()
}

impl OfReactions {
    /// What it is called: the same from build to build.
    pub fn name(&self, world: &World) -> String {
        match self {
            OfReactions::Pages => "pages that take reactions".to_owned(),
            OfReactions::All => "feed of reactions".to_owned(),
            OfReactions::Feed(content) => format!("feed of reactions {}", world.site.file(*content).relative),
        }
    }

    /// Where it goes.
    pub fn output(&self, world: &World) -> OutPath {
        match self {
            OfReactions::Pages => OutPath::new("reacties/paginas.json"),
            OfReactions::All => OutPath::new("reacties/atom.xml"),
            OfReactions::Feed(ContentId::Page(id)) => {
                OutPath::new(&world.site.page(*id).path).join("reacties.xml")
            }
            OfReactions::Feed(ContentId::Section(id)) => {
                section_folder(&world.site, *id, &world.config).join("reacties.xml")
            }
        }
    }

    /// The identity of what it makes, apart from the answers it asks for.
    pub fn subject(&self, world: &World) -> Hash128 {
        match self {
            OfReactions::Pages => hash_of(&pages(world)),
            OfReactions::All => Hash128::ABSENT,
            OfReactions::Feed(content) => {
                hash_of(&(self.output(world).as_str(), world.site.permalink(*content)))
            }
        }
    }

    /// Makes it.
    pub fn make(&self, tracer: &Tracer) -> Vec<Artifact> {
        let world = tracer.world();
        let text = match self {
            OfReactions::Pages => pages(world),
            OfReactions::All => all_feed(tracer),
            OfReactions::Feed(content) => feed(*content, tracer),
        };
        vec![Artifact::new(self.output(world), text)]
    }
}

fn pages(world: &World) -> String {
    let (site, config) = (&*world.site, &*world.config);
    let scope = config.reactions.as_ref().and_then(|settings| settings.scope.clone()).unwrap_or_default();
    let scopes = site.threads.scopes.iter();
    let scopes: Vec<Scope> =
        scopes.map(|(slug, label)| Scope { slug: slug.clone(), label: label.clone() }).collect();
    let one = |content: &ContentId| {
        let thread = site.threads.of.get(content)?;
        Some(PageOf {
            id: thread.id.clone(),
            title: title(*content, site, config),
            url: url(site.permalink(*content), config),
            kinds: thread.kinds.clone(),
            scopes: thread.scope.clone(),
            lang: site.file(*content).lang.clone(),
        })
    };
    let listed: Vec<PageOf> = site.threads.by_id.values().flatten().filter_map(one).collect();
    made::pages(&scope, &scopes, &listed)
}

fn feed(content: ContentId, tracer: &Tracer) -> String {
    let world = tracer.world();
    let (site, config) = (tracer.site(), tracer.settings());
    let file = site.file(content);
    let relative = file.relative.clone();
    tracer.note(match content {
        ContentId::Page(_) => Query::PageHead(relative.clone()),
        ContentId::Section(_) => Query::SectionHead(relative.clone()),
    });
    tracer.note(Query::Reactions(Ask::Page(relative)));
    let today = world.today();
    let given = world.given_reactions(&today);
    let page = site.permalink(content).to_owned();
    let entries = current(content, &given).into_iter().rev().take(IN_FEED).map(|reaction| Entry {
        permalink: format!("{page}#{}", anchor(reaction)),
        kind: reaction.kind,
        title: reaction.title.clone(),
        page: None,
        author: reaction.author.clone(),
        about: reaction.about.clone(),
        html: reaction.html.clone(),
        created: reaction.created.clone(),
        edited: reaction.edited.clone(),
    });
    let entries = entries.collect();
    let id = site.threads.of.get(&content).map_or("", |thread| &thread.id);
    let ever = world.reactions.published.of_page(id).iter().map(|reaction| &reaction.created).max();
    made::atom(&Feed {
        title: Words::of(&file.lang).on(&title(content, site, config)),
        lang: file.lang.clone(),
        url: format!("{}/reacties.xml", page.trim_end_matches('/')),
        updated: ever.cloned().unwrap_or_else(|| NEVER.to_owned()),
        page,
        entries,
    })
}

/// When a feed changed in which nothing ever was.
const NEVER: &str = "1970-01-01T00:00:00Z";

fn all_feed(tracer: &Tracer) -> String {
    let world = tracer.world();
    let config = tracer.settings();
    tracer.note(Query::Reactions(Ask::Feed));
    let (answer, _) = world.asked_reactions(&Ask::Feed);
    let listed = answer.as_ref().and_then(|kept| kept.json.as_array()).map_or(&[][..], Vec::as_slice);
    let lang = &config.default_language;
    let of_site = config.language(lang).and_then(|options| options.title.as_deref()).unwrap_or_default();
    let base = config.base_url.trim_end_matches('/');
    made::atom(&Feed {
        title: Words::of(lang).all(of_site),
        lang: lang.clone(),
        url: format!("{base}/reacties/atom.xml"),
        page: format!("{base}/reacties/"),
        updated: NEVER.to_owned(),
        entries: listed.iter().filter_map(entry).collect(),
    })
}

/// An entry from what a list shows of a reaction.
fn entry(shown: &crate::model::Json) -> Option<Entry> {
    let text = |key: &str| shown.get(key).and_then(|value| value.as_str()).map(str::to_owned);
    Some(Entry {
        permalink: text("permalink")?,
        kind: serde_json::from_value(shown.get("kind")?.clone()).ok()?,
        title: text("title"),
        page: shown.get("page")?.get("title")?.as_str().map(str::to_owned),
        author: text("author")?,
        about: text("about"),
        html: text("html")?,
        created: text("created")?,
        edited: text("edited"),
    })
}
