//! What an engine of a dialect does.

use std::sync::Arc;

use super::lookup::Lookup;
use super::value::{Context, Field, Shared};
use crate::base::{Diagnostic, Hash128, SourcePath};

/// Templates of one dialect, loaded and checked.
pub trait TemplateEngine: Send + Sync {
    /// Runs a template by name. The caller has made sure it exists ([`TemplateEngine::find`]).
    fn render(&self, name: &str, context: Context, lookup: Arc<dyn Lookup>) -> Result<String, Fault>;

    /// Runs a template that is no file, such as the content of a page. Nothing in it is escaped.
    fn render_inline(&self, source: &str, context: Context, lookup: Arc<dyn Lookup>)
    -> Result<String, Fault>;

    /// The template that answers to a name: the site's own, else the theme's, else a built-in one.
    fn find(&self, name: &str) -> Option<&str>;

    /// The file and the text of the template that answers to a name; none for a built-in one.
    fn file(&self, name: &str) -> Option<(SourcePath, Arc<str>)>;

    /// The identity of everything a template reaches through inheritance, inclusion and components;
    /// [`Hash128::ABSENT`] when nothing answers to the name.
    fn closure(&self, name: &str) -> Hash128;

    /// The same for a template that is no file: what it reaches, not its own text.
    fn inline_closure(&self, source: &str) -> Hash128;

    /// Makes a value of the engine's own.
    fn share(&self, field: Field) -> Shared;

    /// A copy of an object with some parts replaced.
    fn with(&self, object: &Shared, parts: Vec<(&'static str, Field)>) -> Shared;
}

/// A template that could not be run, or not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The template's name; empty for one that is no file.
    pub template: String,
    /// Line, from 1; 0 when unknown.
    pub line: usize,
    /// Column in characters, from 1; 0 when unknown.
    pub column: usize,
    /// How many characters it is about; at least 1.
    pub width: usize,
    /// What is wrong.
    pub message: String,
    /// How it came there, innermost first: what was done ("called from", "included from"), template, line, column.
    pub chain: Vec<(String, String, usize, usize)>,
    /// Complaints that arose inside, such as a data file that does not parse.
    pub inner: Vec<Diagnostic>,
    /// What else is wrong with the same template.
    pub also: Vec<Fault>,
}

impl Fault {
    /// A fault without a place.
    pub fn message(template: &str, message: impl Into<String>) -> Self {
        Fault {
            template: template.to_owned(),
            line: 0,
            column: 0,
            width: 1,
            message: message.into(),
            chain: Vec::new(),
            inner: Vec::new(),
            also: Vec::new(),
        }
    }
}
