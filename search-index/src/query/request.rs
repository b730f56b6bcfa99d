//! What can be asked, and what comes back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A question.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Request {
    /// What somebody typed.
    pub query: String,
    /// How many pages to show.
    pub limit: usize,
    /// How many pages to pass over.
    pub offset: usize,
    /// By facet: the values of which a page must have one.
    pub facets: BTreeMap<String, Vec<String>>,
    /// Whether to count the values of facets.
    pub counts: bool,
    /// Whether somebody is still typing: then the last word may be the beginning of one.
    pub typing: bool,
    /// Whether to give a reason for every word, also for those that were found as they were typed.
    pub explain: bool,
}

impl Default for Request {
    fn default() -> Self {
        Request {
            query: String::new(),
            limit: 10,
            offset: 0,
            facets: BTreeMap::new(),
            counts: false,
            typing: false,
            explain: false,
        }
    }
}

/// What was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Found {
    /// What somebody typed.
    pub query: String,
    /// How many pages have all words.
    pub total: usize,
    /// How many further pages have some of them.
    pub partial: usize,
    /// The pages.
    pub rows: Vec<Row>,
    /// The facets.
    pub facets: Vec<FacetCounts>,
    /// What somebody may have meant.
    pub suggestions: Vec<Suggestion>,
    /// Names of the same thing that were looked for too.
    pub synonyms: Vec<Synonyms>,
}

/// A page that was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Row {
    /// Its place, from 1.
    pub rank: usize,
    /// The best place in it.
    pub url: String,
    /// Its path within the site.
    pub page_url: String,
    /// Its title.
    pub title: String,
    /// The heading of the best place; none when that is the page itself.
    pub unit: Option<String>,
    /// The name of what the best place is.
    pub unit_kind: Option<String>,
    /// The name of its kind.
    pub kind: Option<String>,
    /// What people call one of its kind.
    pub kind_label: Option<String>,
    /// How well it matches; comparable within one answer only.
    pub score: f64,
    /// A sentence or two about it.
    pub summary: Option<String>,
    /// Plain and marked text by turns, plain first.
    pub excerpt: Vec<String>,
    /// Its best places.
    pub units: Vec<Place>,
    /// Why it was found.
    pub why: Vec<Why>,
    /// The words it does not have.
    pub missing: Vec<String>,
    /// By facet: its values.
    pub facets: BTreeMap<String, Vec<String>>,
}

/// A place in a page.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Place {
    /// Where.
    pub url: String,
    /// Its heading.
    pub title: String,
    /// The name of what it is.
    pub kind: String,
    /// What people call one of it.
    pub label: String,
    /// How well it matches.
    pub score: f64,
}

/// Why a page was found.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Why {
    /// The word as it was typed.
    pub word: String,
    /// What was found for it.
    pub matched: String,
    /// In which way.
    pub how: How,
    /// How much it counted.
    pub weight: f64,
}

/// In which way a word was found. The order is that of how much it is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum How {
    /// As it was typed.
    #[default]
    Exact,
    /// In another form of the same word.
    Form,
    /// Written as one word.
    Joined,
    /// As the beginning of a word.
    Prefix,
    /// By another name of the same thing.
    Concept,
    /// Within a longer word.
    Part,
    /// With another spelling.
    Typo,
}

/// A facet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FacetCounts {
    /// Its name.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// Its values that some found page has, or that were chosen.
    pub values: Vec<ValueCount>,
}

/// A value of a facet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ValueCount {
    /// The value.
    pub value: String,
    /// What people call it.
    pub label: String,
    /// How many found pages have it.
    pub count: usize,
    /// Whether it was chosen.
    pub chosen: bool,
}

/// What somebody may have meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Suggestion {
    /// The question with another word in it.
    pub query: String,
    /// Why.
    pub how: How,
}

/// Names of the same thing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Synonyms {
    /// As it was typed.
    pub word: String,
    /// The other names.
    pub names: Vec<String>,
}
