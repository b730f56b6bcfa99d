//! The questions whose answers decide whether a job must be done again.

use std::fmt;

use crate::base::SourcePath;
use crate::template::catalog::Ask;
use crate::template::reactions;

/// A question. Its answer is an identity, so that nothing but the identity has to be kept.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, bitcode::Encode, bitcode::Decode)]
pub enum Query {
    /// The settings as a whole.
    Config,
    /// Where an internal link leads.
    Link(String),
    /// Which content an asset belongs to.
    Colocated(String),
    /// A page without its text, by relative path.
    PageHead(String),
    /// A section without its text and its lists, by relative path.
    SectionHead(String),
    /// The URL of a term: language, taxonomy, term.
    TermLink(String, String, String),
    /// What is in a file.
    File(String),
    /// Whether there is a file.
    HasFile(String),
    /// A variable of the environment.
    Env(String),
    /// A template with all that it reaches.
    Template(String),
    /// All that the templates in the text of a file reach, by relative path.
    InText(String),
    /// A page as templates see it, with its neighbours.
    Page(String),
    /// A section as templates see it, with its pages and neighbours.
    Section(String),
    /// A taxonomy with its terms and their pages: language, slug.
    Taxonomy(String, String),
    /// A term with its pages: language, taxonomy, term.
    Term(String, String, String),
    /// What a page's text became, by relative path.
    Body(String),
    /// Something about the kinds of content.
    Catalog(Ask),
    /// Something about the reactions of members.
    Reactions(reactions::Ask),
    /// An output that is made before the others: a style sheet, a search index.
    Output(String),
}

/// When the answer to a question is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Known {
    /// From the start.
    AtOnce,
    /// When every text has been rendered.
    AfterTexts,
    /// When the outputs have been made that others may ask for.
    AfterEarlyOutputs,
}

impl Query {
    /// When the answer is known.
    pub fn known(&self) -> Known {
        match self {
            Query::Catalog(Ask::Units(..)) => Known::AfterTexts,
            Query::Page(_) | Query::Section(_) | Query::Taxonomy(..) | Query::Term(..) | Query::Body(_) => {
                Known::AfterTexts
            }
            Query::Output(_) => Known::AfterEarlyOutputs,
            _ => Known::AtOnce,
        }
    }

    /// A file's content.
    pub fn file(path: &SourcePath) -> Query {
        Query::File(path.as_str().to_owned())
    }
}

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Query::Config => f.write_str("the settings"),
            Query::Link(path) => write!(f, "where @/{path} leads"),
            Query::Colocated(path) => write!(f, "where @/{path} lies"),
            Query::PageHead(path) => write!(f, "the front matter of {path}"),
            Query::SectionHead(path) => write!(f, "the front matter of {path}"),
            Query::TermLink(lang, taxonomy, term) => write!(f, "where {taxonomy}/{term} ({lang}) leads"),
            Query::File(path) => write!(f, "the file {path}"),
            Query::HasFile(path) => write!(f, "whether there is a file {path}"),
            Query::Env(name) => write!(f, "the variable {name}"),
            Query::Template(name) => write!(f, "the template {name} or one it uses"),
            Query::InText(path) => write!(f, "a template used in the text of {path}"),
            Query::Page(path) => write!(f, "the page {path} or a neighbour"),
            Query::Section(path) => write!(f, "the section {path} or one of its pages"),
            Query::Taxonomy(lang, slug) => write!(f, "the taxonomy {slug} ({lang}) or one of its pages"),
            Query::Term(lang, taxonomy, term) => write!(f, "{taxonomy}/{term} ({lang}) or one of its pages"),
            Query::Body(path) => write!(f, "the text of {path}"),
            Query::Catalog(ask) => write!(f, "the catalog: {}", told(ask)),
            Query::Reactions(reactions::Ask::Page(path)) => write!(f, "the reactions to {path}"),
            Query::Reactions(reactions::Ask::Newest(lang)) => write!(f, "the newest reactions ({lang})"),
            Query::Reactions(reactions::Ask::Feed) => f.write_str("the newest reactions of all"),
            Query::Output(path) => write!(f, "the output {path}"),
        }
    }
}

fn told(ask: &Ask) -> String {
    match ask {
        Ask::Kinds(lang) => format!("the kinds ({lang})"),
        Ask::Items(kind, lang) => format!("the pages of kind {kind} ({lang})"),
        Ask::Facets(kind, lang) => format!("the facets of kind {kind} ({lang})"),
        Ask::Related(path) => format!("what belongs to {path}"),
        Ask::Units(unit, path, lang) => format!("the units {unit} {path} ({lang})"),
        Ask::FacetPage(kind, lang, facet, value) => format!("{kind} by {facet} {value} ({lang})"),
    }
}
