//! Names of the same thing. In: the pages of kinds that explain words. Out: for each its title, its abbreviation and its
//! other names.
//!
//! Only a kind that declares an `abbreviation` explains words: its abbreviations are explained in all texts, so its names hold
//! in all texts. What the pages of other kinds are also called, such as the title of a project, belongs to that page: who
//! searches for one project does not want the pages about the words in another name of it.

use praktijk_search::document::{Concept, Name};

use super::page::{abbreviation, is_as_written, listed};
use crate::model::Config;
use crate::resolve::{Page, Site};

/// The concepts of a language, in the order of their kinds.
pub fn of_language(site: &Site, config: &Config, lang: &str) -> Vec<Concept> {
    let mut concepts = Vec::new();
    for (kind, items) in config.kinds.iter().zip(&site.catalog.items) {
        if kind.abbreviation.is_none() {
            continue;
        }
        let pages = items.iter().map(|id| site.page(*id));
        let pages = pages.filter(|page| page.parsed.file.lang == lang && !page.parsed.matter.draft);
        concepts.extend(pages.map(|page| concept(page, kind)).filter(|concept| concept.names.len() > 1));
    }
    concepts
}

fn concept(page: &Page, kind: &crate::model::Kind) -> Concept {
    let short = abbreviation(page, kind);
    let as_written = is_as_written(page, kind);
    let title = page.parsed.matter.title.clone();
    let names = title.into_iter().chain(short.clone()).chain(listed(page, &kind.search.synonyms));
    let mut concept = Concept::default();
    for text in names {
        if !concept.names.iter().any(|name| name.text == text) {
            let as_written = as_written && short.as_ref() == Some(&text);
            concept.names.push(Name { text, as_written });
        }
    }
    concept
}
