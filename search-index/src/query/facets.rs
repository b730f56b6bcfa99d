//! Narrowing down, and counts. In: what was chosen. Out: which pages are left, and for every facet how many found pages have
//! each of its values. A page needs one of the chosen values of each facet; counts of a facet leave its own choice aside, so
//! that a second value can be added to the first.

use tantivy::postings::TermInfo;

use super::request::{FacetCounts, Request, ValueCount};
use crate::layout::keys;
use crate::read::Reader;

/// A value of a facet in one layer.
pub struct ValueTerm {
    facet: usize,
    value: String,
    layer: usize,
    info: TermInfo,
}

/// Which pages have which values.
#[derive(Default)]
pub struct Narrowed {
    values: Vec<(usize, String, Vec<Vec<bool>>)>,
    /// By facet: the values chosen.
    chosen: Vec<Vec<String>>,
}

/// The chunks that the values of one facet may stretch over.
const CHUNKS: usize = 8;

/// The terms of the facets, if they are asked for.
pub fn terms(reader: &Reader, request: &Request) -> tantivy::Result<Vec<ValueTerm>> {
    let mut terms = Vec::new();
    for (facet, declared) in reader.facets.iter().enumerate() {
        let is_chosen = request.facets.get(&declared.name).is_some_and(|values| !values.is_empty());
        if !request.counts && !is_chosen {
            continue;
        }
        let from = keys::facet(&declared.name, "");
        let to = format!("{from}\u{10ffff}");
        for (number, layer) in reader.layers.iter().enumerate() {
            for (key, info) in layer.terms(from.as_bytes(), to.as_bytes(), CHUNKS)?.unwrap_or_default() {
                if let Some((_, value)) = keys::read_facet(&key) {
                    terms.push(ValueTerm { facet, value: value.to_owned(), layer: number, info });
                }
            }
        }
    }
    Ok(terms)
}

/// Which pages have which values.
pub fn narrow(reader: &Reader, terms: Vec<ValueTerm>, request: &Request) -> tantivy::Result<Narrowed> {
    let of_facet =
        |facet: &crate::document::Facet| request.facets.get(&facet.name).cloned().unwrap_or_default();
    let mut narrowed = Narrowed { values: Vec::new(), chosen: reader.facets.iter().map(of_facet).collect() };
    for term in terms {
        let known =
            narrowed.values.iter().position(|(facet, value, _)| *facet == term.facet && *value == term.value);
        let at = known.unwrap_or_else(|| {
            let pages = reader.layers.iter().map(|layer| vec![false; layer.pages.len()]).collect();
            narrowed.values.push((term.facet, term.value.clone(), pages));
            narrowed.values.len() - 1
        });
        let layer = &reader.layers[term.layer];
        let pages = &mut narrowed.values[at].2[term.layer];
        layer.documents_of(&term.info, |document, _| {
            if let Some(page) = pages.get_mut(layer.page_of(document)) {
                *page = true;
            }
        })?;
    }
    Ok(narrowed)
}

impl Narrowed {
    /// Whether a page has one of the chosen values of every facet, but for one that does not matter.
    pub fn allows(&self, layer: usize, page: usize, but: Option<usize>) -> bool {
        let has = |facet: usize, chosen: &[String]| {
            let of_facet = self.values.iter().filter(|(of, value, _)| *of == facet && chosen.contains(value));
            of_facet.into_iter().any(|(_, _, pages)| pages[layer][page])
        };
        let mut facets = self.chosen.iter().enumerate();
        facets.all(|(facet, chosen)| chosen.is_empty() || but == Some(facet) || has(facet, chosen))
    }

    /// Counts the values among pages that match the words.
    pub fn counts(&self, reader: &Reader, matching: &[(usize, usize)]) -> Vec<FacetCounts> {
        let mut facets = Vec::new();
        for (number, declared) in reader.facets.iter().enumerate() {
            let among: Vec<&(usize, usize)> =
                matching.iter().filter(|(layer, page)| self.allows(*layer, *page, Some(number))).collect();
            let mut values = Vec::new();
            for (value, label) in &declared.values {
                let chosen = self.chosen[number].contains(value);
                let with = self.values.iter().find(|(of, known, _)| *of == number && known == value);
                let count = with.map_or(0, |(_, _, pages)| {
                    among.iter().filter(|(layer, page)| pages[*layer][*page]).count()
                });
                if count > 0 || chosen {
                    values.push(ValueCount { value: value.clone(), label: label.clone(), count, chosen });
                }
            }
            if !values.is_empty() {
                facets.push(FacetCounts {
                    name: declared.name.clone(),
                    label: declared.label.clone(),
                    values,
                });
            }
        }
        facets
    }
}
