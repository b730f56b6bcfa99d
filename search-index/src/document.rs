//! What is indexed: pages, their findable units, and what a site says about words. Plain data, in no particular order of
//! importance; the writer keeps the order of the pages.

/// A page.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Page {
    /// Its path within the site, with the base path in front: `/tips/warme-overdracht/`.
    pub url: String,
    /// Its title.
    pub title: String,
    /// A sentence or two about it.
    pub summary: String,
    /// The name of its kind; empty for a page without one.
    pub kind: String,
    /// What people call one of its kind.
    pub kind_label: String,
    /// Its weight among other pages, in hundredths; 100 is the usual weight.
    pub weight: u32,
    /// Further names it goes by: what stands in the field of synonyms, an abbreviation. They count like its title.
    pub names: Vec<String>,
    /// The words of other fields that search covers.
    pub fields: Vec<String>,
    /// Its text outside of its units.
    pub text: String,
    /// Its findable units, in the order of the page.
    pub units: Vec<Unit>,
    /// By the name of a facet: the values it has.
    pub facets: Vec<(String, Vec<String>)>,
}

/// A part of a page that is found by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Unit {
    /// Its id on the page.
    pub anchor: String,
    /// Its heading, or the beginning of its text.
    pub title: String,
    /// Whether `title` is a heading of its own; otherwise it is the beginning of `text`.
    pub headed: bool,
    /// The name of what it is: `tip`, `succesfactor`; `section` for a section under a heading.
    pub kind: String,
    /// What people call one of it; empty for a section.
    pub label: String,
    /// Its own text, without its heading and without what stands in other units.
    pub text: String,
}

/// What a site says about its search in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The code of the language: `nl`, `en`.
    pub language: String,
    /// The facets, in the order in which they are shown.
    pub facets: Vec<Facet>,
    /// Names of the same thing.
    pub concepts: Vec<Concept>,
}

/// A way to narrow results down.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Facet {
    /// Its name in the declaration of the kind.
    pub name: String,
    /// What people call it.
    pub label: String,
    /// Its values and what people call them, in the order in which they are shown.
    pub values: Vec<(String, String)>,
}

/// Names of the same thing: whoever searches one also finds what is written with another.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Concept {
    /// The names, the best one first. A name may have several words.
    pub names: Vec<Name>,
}

/// A name of a concept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Name {
    /// As it is written.
    pub text: String,
    /// Whether it counts only as it is written, in capitals: `OM` and not `om`.
    pub as_written: bool,
}
