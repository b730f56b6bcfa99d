//! All that a template or a body may ask of the house. Every question and the identity of its answer are noted by
//! whoever answers; a job is done again when an answer changes. There is no other way to the outside.

use std::sync::Arc;

use super::Fault;
use super::catalog::Ask;
use super::reactions;
use super::value::{Context, Shared};
use crate::base::{Diagnostic, OutPath, SourcePath};
use crate::model::{Config, Json};

/// The questions.
pub trait Lookup: Send + Sync {
    /// The settings.
    fn config(&self) -> Arc<Config>;

    /// Where an internal link leads, by the path below `content/` (no `@/`, no anchor).
    fn link(&self, relative: &str) -> Option<LinkTarget>;

    /// The file beside content, by its path below `content/`: the path of its owner in the default language, and the rest.
    fn colocated(&self, relative: &str) -> Option<(String, String)>;

    /// A page as templates see it, by the path below `content/`.
    fn page(&self, relative: &str) -> Option<Shared>;

    /// A section as templates see it, by the path below `content/`.
    fn section(&self, relative: &str) -> Option<Shared>;

    /// A section with an empty list of pages.
    fn section_without_pages(&self, relative: &str) -> Option<Shared>;

    /// A taxonomy as templates see it (`kind`, `lang`, `permalink`, `items`), by language and slug.
    fn taxonomy(&self, lang: &str, slug: &str) -> Option<Shared>;

    /// A term as templates see it, by language, slug of the taxonomy and slug of the term.
    fn term(&self, lang: &str, taxonomy: &str, term: &str) -> Option<Shared>;

    /// The URL of a term.
    fn term_permalink(&self, lang: &str, taxonomy: &str, term: &str) -> Option<String>;

    /// The bytes of a file, by its path from the root of the site; none when there is none.
    fn file(&self, path: &SourcePath) -> Result<Option<Arc<[u8]>>, String>;

    /// Whether there is a file, whatever is in it.
    fn has_file(&self, path: &SourcePath) -> bool;

    /// A variable of the environment.
    fn env(&self, name: &str) -> Option<String>;

    /// The moment of the build, in nanoseconds since 1970-01-01 UTC. Whoever asks is done again on every build.
    fn now(&self) -> i128;

    /// The answer is by chance: whoever asks is done again on every build.
    fn by_chance(&self);

    /// The body of an answer over the network. Whoever asks is done again on every build; an answer is asked for once a build.
    fn fetch(&self, request: &Fetch) -> Result<Arc<[u8]>, String>;

    /// Orders an image to be made. Ordering the same twice makes it once.
    fn order_image(&self, job: ImageJob);

    /// Keeps an answer that is costly to make from the same input within a build: calls `make` unless the same `key` was
    /// asked before. The key must name everything the answer depends on.
    fn memo(&self, key: &str, make: &dyn Fn() -> Result<Json, String>) -> Result<Arc<Kept>, String>;

    /// What is asked about the kinds of content; none when there is no such thing. What is in texts is not known while
    /// texts are rendered.
    fn catalog(&self, ask: &Ask) -> Result<Option<Arc<Kept>>, String>;

    /// What is asked about reactions; none when the site has none, or the page takes none. They are not known while texts
    /// are rendered.
    fn reactions(&self, ask: &reactions::Ask) -> Result<Option<Arc<Kept>>, String>;

    /// The files that are made of a page to take along, by its path below `content/`; null when it is of no kind. They are
    /// not known while texts are rendered.
    fn downloads(&self, relative: &str) -> Result<Json, String>;

    /// The files that a page names in its fields; null when it is of no kind.
    fn attachments(&self, relative: &str) -> Json;

    /// Whether a template answers to a name.
    fn has_template(&self, name: &str) -> bool;

    /// Runs a template; none when no template answers to the name.
    fn render(&self, name: &str, context: Context) -> Option<Result<String, Fault>>;

    /// Runs a template that is no file.
    fn render_inline(&self, source: &str, context: Context) -> Result<String, Fault>;

    /// Puts down a complaint.
    fn complain(&self, diagnostic: Diagnostic);
}

/// An answer that is kept for the rest of a build, and its form in the template language, made when first needed.
#[derive(Debug, Default)]
pub struct Kept {
    /// The answer.
    pub json: Json,
    /// The same as a value of the engine.
    pub shared: std::sync::OnceLock<Shared>,
}

/// Where an internal link leads.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LinkTarget {
    /// The whole URL.
    pub permalink: String,
    /// Whether there is an output at that URL.
    pub rendered: bool,
}

/// A question over the network.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Fetch {
    /// The URL.
    pub url: String,
    /// Whether to POST instead of GET.
    pub post: bool,
    /// What to send.
    pub body: Option<String>,
    /// The type of what is sent.
    pub content_type: Option<String>,
    /// What the answer should be.
    pub accept: &'static str,
    /// Further headers.
    pub headers: Vec<(String, String)>,
}

/// An image to be made from another.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, bitcode::Encode, bitcode::Decode)]
pub struct ImageJob {
    /// The source.
    pub source: SourcePath,
    /// Where the result goes: `processed_images/NAME.HASH.EXT`.
    pub output: OutPath,
    /// What to do with it.
    pub operation: crate::template::functions::images::Operation,
}
