//! By which values results can be narrowed down. In: the facets of every kind in one language. Out: the facets of the
//! site, each once however many kinds have it, and the values of each page.

use std::collections::HashMap;

use praktijk_search::document::Facet;

use crate::base::hash::Quick;
use crate::model::Config;
use crate::model::kind;
use crate::resolve::natural;
use crate::resolve::{PageId, Site};

/// The facets of a language.
#[derive(Debug, Default)]
pub struct Facets {
    /// The facets, in the order in which kinds declare them, with their values in order.
    pub facets: Vec<Facet>,
    by_page: HashMap<PageId, Vec<(String, Vec<String>)>, Quick>,
}

/// A value while it is gathered.
struct Value {
    slug: String,
    label: String,
    count: usize,
    /// Its place among the pages of the kind it comes from, or among the choices of its field.
    place: usize,
}

impl Facets {
    /// Gathers them. `counts` says whether a page counts: a value that no such page has is left out.
    pub fn of_language(site: &Site, config: &Config, lang: &str, counts: &dyn Fn(PageId) -> bool) -> Facets {
        let mut found = Facets::default();
        let mut values: Vec<Vec<Value>> = Vec::new();
        let mut orders: Vec<String> = Vec::new();
        for (at, kind) in config.kinds.iter().enumerate() {
            for (table, declared) in site.catalog.facets_of(at, lang).iter().zip(&kind.facets) {
                let label = if declared.label.is_empty() { &declared.name } else { &declared.label };
                let name = found.name_for(&table.name, label, &kind.name);
                let known = found.facets.iter().position(|facet| facet.name == name);
                let place = known.unwrap_or_else(|| {
                    let facet = Facet { name: name.clone(), label: label.clone(), values: Vec::new() };
                    found.facets.push(facet);
                    values.push(Vec::new());
                    orders.push(declared.order.clone());
                    found.facets.len() - 1
                });
                for value in &table.values {
                    let pages: Vec<PageId> = value.pages.iter().copied().filter(|id| counts(*id)).collect();
                    if pages.is_empty() {
                        continue;
                    }
                    for page in &pages {
                        found.note(*page, &name, &value.slug);
                    }
                    let own = values[place].iter_mut().find(|known| known.slug == value.slug);
                    match own {
                        Some(known) => known.count += pages.len(),
                        None => values[place].push(Value {
                            slug: value.slug.clone(),
                            label: value.label.clone(),
                            count: pages.len(),
                            place: place_of(value.page, &value.label, declared, kind, site),
                        }),
                    }
                }
            }
        }
        for ((facet, mut values), order) in found.facets.iter_mut().zip(values).zip(orders) {
            sort(&mut values, &order);
            facet.values = values.into_iter().map(|value| (value.slug, value.label)).collect();
        }
        found.facets.retain(|facet| !facet.values.is_empty());
        found
    }

    /// The values of a page, by the names of facets.
    pub fn of(&self, page: PageId) -> &[(String, Vec<String>)] {
        self.by_page.get(&page).map_or(&[], Vec::as_slice)
    }

    /// What a facet of a kind is called among all: its own name, unless another kind means something else by that name.
    fn name_for(&self, name: &str, label: &str, kind: &str) -> String {
        match self.facets.iter().find(|facet| facet.name == name) {
            Some(other) if other.label != label => format!("{name}-{kind}"),
            _ => name.to_owned(),
        }
    }

    fn note(&mut self, page: PageId, facet: &str, value: &str) {
        let of_page = self.by_page.entry(page).or_default();
        match of_page.iter_mut().find(|(name, _)| name == facet) {
            Some((_, values)) => values.push(value.to_owned()),
            None => of_page.push((facet.to_owned(), vec![value.to_owned()])),
        }
    }
}

fn place_of(page: Option<PageId>, label: &str, facet: &kind::Facet, kind: &kind::Kind, site: &Site) -> usize {
    if facet.order != "choices" {
        return 0;
    }
    let place = match page {
        Some(page) => site.catalog.kinds[page.0 as usize]
            .and_then(|kind| site.catalog.items[kind].iter().position(|id| *id == page)),
        None => facet
            .from
            .iter()
            .filter_map(|from| kind.field(from))
            .flat_map(|field| &field.choices)
            .position(|choice| choice == label),
    };
    place.unwrap_or(usize::MAX)
}

/// Orders values as the pages of facets have them.
fn sort(values: &mut [Value], order: &str) {
    let by_name =
        |a: &Value, b: &Value| natural::compare(&a.label, &b.label).then_with(|| a.slug.cmp(&b.slug));
    match order {
        "count" => values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| by_name(a, b))),
        "-name" => values.sort_by(|a, b| by_name(b, a)),
        "choices" => values.sort_by(|a, b| a.place.cmp(&b.place).then_with(|| by_name(a, b))),
        _ => values.sort_by(by_name),
    }
}
