//! From Markdown to HTML, one page at a time. In: the text of a page or section, what kind of place it stands in, and a
//! [`Lookup`] to ask. Out: a [`Body`], or complaints.
//!
//! | file | what it does |
//! |---|---|
//! | `templating` | runs the templates in the text (dialect 0.23), protecting `{#id}` of headings |
//! | `shortcodes` | runs the shortcodes in the text (dialect 0.22) |
//! | `faults` | where a fault of such a template stands |
//! | [`markdown`] | makes HTML of Markdown |
//! | `walk` | the events of Markdown on their way to HTML |
//! | `links` | decides where links and images lead |
//! | `walk/heading` | ids of headings, links to headings |
//! | `walk/image` | images |
//! | `walk/inserted` | puts in what shortcodes gave |
//! | [`headings`] | table of contents, anchors |
//! | [`code`] | colours code |
//! | `grammars` | what it takes to colour code, loaded once |
//! | `registry` | the libraries that colour |
//! | `footnotes` | puts footnotes at the bottom |
//! | [`glossary`] | explains abbreviations where they are first used |
//! | [`units`] | what in a text can be linked, listed and found by itself |
//! | `summary` | cuts the text at `<!-- more -->` |

pub mod code;
mod faults;
mod footnotes;
pub mod glossary;
mod grammars;
pub mod headings;
mod links;
pub mod markdown;
mod registry;
mod shortcodes;
mod summary;
mod templating;
#[cfg(test)]
mod tests;
pub mod units;
mod walk;

use std::sync::Arc;

use crate::base::{Diagnostic, SourcePath};
use crate::model::{Dialect, InsertAnchor};
use crate::template::{Context, Lookup, SharedText};

/// What is to be rendered, and where it stands.
pub struct Source<'a> {
    /// The Markdown.
    pub raw: &'a str,
    /// The file it came from, for complaints; none for text out of a template.
    pub file: Option<&'a SourcePath>,
    /// At which byte of that file `raw` begins.
    pub offset: usize,
    /// The path below `content/`, as internal links name it; empty for text that stands nowhere.
    pub relative: &'a str,
    /// The URL of the page.
    pub permalink: &'a str,
    /// Its language.
    pub lang: &'a str,
    /// Where links to headings go.
    pub insert_anchor: InsertAnchor,
    /// The names that templates or shortcodes in the text start with. None leaves templates in the text alone, and gives
    /// shortcodes nothing but their arguments.
    pub templating: Option<Context>,
}

/// A rendered text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Body {
    /// The HTML.
    pub html: SharedText,
    /// The HTML before `<!-- more -->`, if there is one.
    pub summary: Option<SharedText>,
    /// The headings, in order; [`headings::tree`] makes a table of contents of them.
    pub headings: Vec<Heading>,
    /// Links inside the site: the path below `content/` and the anchor, if any, in order.
    pub internal_links: Vec<InternalLink>,
    /// Links to other sites, in order.
    pub external_links: Vec<ExternalLink>,
    /// Its units, when it is of a kind that has some.
    pub units: Vec<units::Unit>,
}

/// A link to another site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, bitcode::Encode, bitcode::Decode)]
pub struct ExternalLink {
    /// As it was written.
    pub url: String,
    /// Where it stands in the file, as for [`InternalLink::at`].
    pub at: Option<u32>,
}

/// A link inside the site.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, bitcode::Encode, bitcode::Decode)]
pub struct InternalLink {
    /// The path below `content/`.
    pub target: String,
    /// The anchor.
    pub anchor: Option<String>,
    /// Where the link stands in the file: the byte it begins at, counted in the file, when it is known (it is not known
    /// behind templates).
    pub at: Option<u32>,
}

/// A heading.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its id.
    pub id: SharedText,
    /// The URL of the page with the id.
    pub permalink: SharedText,
    /// Its text, without markup.
    pub title: SharedText,
}

/// Renders a text. None comes with at least one error; warnings may come with a body.
pub fn render(source: &Source<'_>, lookup: &Arc<dyn Lookup>) -> (Option<Body>, Vec<Diagnostic>) {
    match lookup.config().dialect {
        Dialect::Zola022 => shortcodes::render(source, lookup),
        Dialect::Zola023 => templating::render(source, lookup),
    }
}
