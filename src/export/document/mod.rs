//! A page as a document: what a reader on paper or in a word processor gets of it. In: the HTML of a page's text and the
//! facts around it. Out: headings, paragraphs, lists, tables and pictures as data, which `pdf` and `docx` set each in
//! their own way.
//!
//! | file | what it answers |
//! |---|---|
//! | [`mod@read`] | blocks from HTML |
//! | [`tables`], [`pictures`] | the same for tables and pictures |
//! | [`inlines`] | running text from HTML |
//! | [`order`] | headings one after the other without a gap; links that lead somewhere |
//! | [`mod@plain`] | a document as plain text, in reading order |
//! | [`words`] | the few words a document needs of its own, in its language |

mod inlines;
mod order;
mod pictures;
mod plain;
mod read;
mod tables;
mod words;

use serde::Serialize;

pub use crate::model::kind::Paper;
pub use plain::plain;
pub use read::{Surroundings, read};
pub use words::Words;

/// A document. What is empty is not shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Document {
    /// Its title.
    pub title: String,
    /// A sentence below it.
    pub subtitle: String,
    /// The tag of its language, such as `nl`.
    pub language: String,
    /// The platform it comes from.
    pub platform: String,
    /// Who made it.
    pub authors: Vec<String>,
    /// Its version.
    pub version: String,
    /// Year, month and day of this version.
    pub date: Option<(i32, u8, u8)>,
    /// Where it stands on the web.
    pub url: String,
    /// Under which licence it may be used.
    pub licence: String,
    /// What is told in a table at its top.
    pub facts: Vec<Fact>,
    /// Its text.
    pub blocks: Vec<Block>,
    /// Abbreviations in its text, each once.
    pub abbreviations: Vec<Abbreviation>,
    /// The bytes of its pictures.
    #[serde(skip)]
    pub pictures: Vec<PictureFile>,
    /// How large its pages are.
    pub paper: Paper,
}

impl Document {
    /// The table at the top: the facts, then who made it, the licence and the address.
    pub fn table(&self, words: &Words) -> Vec<Fact> {
        let mut facts = self.facts.clone();
        let mut add = |label: &str, values: Vec<String>| {
            if values.iter().any(|value| !value.is_empty()) {
                facts.push(Fact { label: label.to_owned(), values });
            }
        };
        add(&words.authors, self.authors.clone());
        add(&words.licence, vec![self.licence.clone()]);
        add(&words.address, vec![self.url.clone()]);
        facts
    }
}

/// One line of the table at the top.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// What it is.
    pub label: String,
    /// What holds; more than one are shown below each other. One that is an address on the web is a link.
    pub values: Vec<String>,
}

impl Fact {
    /// What holds, as running text.
    pub fn inlines(&self) -> Vec<Inline> {
        let one = |value: &String| match value.starts_with("https://") || value.starts_with("http://") {
            true => Inline::Link { to: value.clone(), of: vec![Inline::text(value.clone())] },
            false => Inline::text(value.clone()),
        };
        let lines = self.values.iter().filter(|value| !value.is_empty());
        lines.flat_map(|value| [Inline::Break, one(value)]).skip(1).collect()
    }
}

/// An abbreviation and what it stands for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Abbreviation {
    /// The short form.
    pub short: String,
    /// The long one.
    pub long: String,
}

/// A picture as a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PictureFile {
    /// How the text names it.
    pub name: String,
    /// SVG, PNG, JPEG, GIF or WebP.
    pub bytes: Vec<u8>,
}

/// A part of the text that stands by itself.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Block {
    /// What links inside the document call this place. Each is there once in a document.
    pub anchors: Vec<String>,
    /// What it is.
    #[serde(flatten)]
    pub form: Form,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Form {
    /// A heading. The title is level 1, so these begin at 2 and never leave one out.
    Heading {
        /// From 2 to 6.
        level: u8,
        /// Its text.
        of: Vec<Inline>,
    },
    /// A paragraph.
    Paragraph {
        /// Its text.
        of: Vec<Inline>,
    },
    /// A list.
    List {
        /// The first number of an ordered list.
        start: Option<u64>,
        /// Its items.
        items: Vec<Item>,
    },
    /// A table.
    Table {
        /// What it shows.
        caption: Vec<Inline>,
        /// How many columns it has.
        columns: usize,
        /// The rows that name the columns.
        header: Vec<Vec<Cell>>,
        /// The other rows.
        rows: Vec<Vec<Cell>>,
    },
    /// What somebody else said.
    Quote {
        /// What was said.
        blocks: Vec<Block>,
    },
    /// Text to be read letter by letter.
    Code {
        /// As it is.
        text: String,
    },
    /// A picture.
    Figure {
        /// The name of one of the document's pictures.
        picture: String,
        /// What it shows, for who does not see it.
        alt: String,
        /// What stands below it.
        caption: Vec<Inline>,
    },
    /// A line between two thoughts.
    Rule,
    /// Words and what they mean.
    Definitions {
        /// One after the other.
        items: Vec<Definition>,
    },
    /// Something set apart.
    Note {
        /// What is in it.
        blocks: Vec<Block>,
    },
}

/// An item of a list.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Item {
    /// What links call it.
    pub anchors: Vec<String>,
    /// Whether it can be ticked, and is.
    pub task: Option<bool>,
    /// What is in it.
    pub blocks: Vec<Block>,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Cell {
    /// Its text.
    pub of: Vec<Inline>,
    /// Whether it names its row or its column.
    pub header: bool,
    /// How many columns it covers.
    pub columns: usize,
}

/// A word and what it means.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Definition {
    /// The word.
    pub term: Vec<Inline>,
    /// What it means.
    pub blocks: Vec<Block>,
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum Inline {
    /// Text.
    Text {
        /// As it is.
        text: String,
    },
    /// Text to be read letter by letter.
    Code {
        /// As it is.
        text: String,
    },
    /// Important.
    Strong {
        /// What is.
        of: Vec<Inline>,
    },
    /// With stress.
    Emphasis {
        /// What has it.
        of: Vec<Inline>,
    },
    /// No longer valid.
    Struck {
        /// What is not.
        of: Vec<Inline>,
    },
    /// Above the line.
    Raised {
        /// What is.
        of: Vec<Inline>,
    },
    /// Below the line.
    Lowered {
        /// What is.
        of: Vec<Inline>,
    },
    /// A link.
    Link {
        /// An absolute URL, or `#` and an anchor that is there.
        to: String,
        /// Its text.
        of: Vec<Inline>,
    },
    /// A new line.
    Break,
}

impl Inline {
    /// Plain text.
    pub fn text(text: impl Into<String>) -> Inline {
        Inline::Text { text: text.into() }
    }
}

#[cfg(test)]
mod tests;
