//! By which values the lists of a kind can be narrowed down, and which pages have them. In: kinds and relations. Out: a
//! table for each facet of each kind in each language.

use std::collections::HashMap;

use super::{Catalog, scalars, text_of, value};
use crate::model::kind::{Facet, Kind};
use crate::model::slug::path_slug;
use crate::model::{Config, slug::Strategy};
use crate::resolve::natural;
use crate::resolve::site::{PageId, Site};

/// A facet of a kind in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetTable {
    /// How templates and URLs name it.
    pub name: String,
    /// Its values, in its order; each has at least one page.
    pub values: Vec<FacetValue>,
}

/// A value of a facet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FacetValue {
    /// As it stands in URLs.
    pub slug: String,
    /// As people read it.
    pub label: String,
    /// The page it stands for, when it comes from a relation.
    pub page: Option<PageId>,
    /// The pages that have it, in the order of the kind.
    pub pages: Vec<PageId>,
}

/// What a value is before it has a name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Raw {
    Page(PageId),
    Text(String),
}

/// Gathers every facet.
pub(super) fn gather(site: &Site, config: &Config, catalog: &mut Catalog) {
    let mut tables = Vec::new();
    for (at, kind) in config.kinds.iter().enumerate().filter(|(_, kind)| !kind.facets.is_empty()) {
        for (lang, _) in &config.languages {
            let items: Vec<PageId> = catalog.items[at]
                .iter()
                .copied()
                .filter(|id| site.page(*id).parsed.file.lang == *lang)
                .collect();
            let of_kind = kind.facets.iter().map(|facet| table(facet, kind, &items, site, config, catalog));
            tables.push((at, lang.clone(), of_kind.collect()));
        }
    }
    catalog.facets = tables;
}

fn table(
    facet: &Facet,
    kind: &Kind,
    items: &[PageId],
    site: &Site,
    config: &Config,
    catalog: &Catalog,
) -> FacetTable {
    let mut places: HashMap<Raw, usize> = HashMap::new();
    let mut values: Vec<FacetValue> = Vec::new();
    for id in items {
        for raw in facet.from.iter().flat_map(|from| raw_values(from, *id, kind, site, config, catalog)) {
            let place = *places.entry(raw.clone()).or_insert(values.len());
            match values.get_mut(place) {
                Some(value) if value.pages.last() == Some(id) => {}
                Some(value) => value.pages.push(*id),
                None => values.push(named(raw, *id, site)),
            }
        }
    }
    order(&mut values, facet, kind, catalog);
    unique(&mut values);
    FacetTable { name: facet.name.clone(), values }
}

fn named(raw: Raw, id: PageId, site: &Site) -> FacetValue {
    match raw {
        Raw::Text(label) => {
            FacetValue { slug: path_slug(&label, Strategy::On), label, page: None, pages: vec![id] }
        }
        Raw::Page(page) => {
            let target = site.page(page);
            let label = target.parsed.matter.title.clone().unwrap_or_else(|| target.slug.clone());
            FacetValue {
                slug: path_slug(&target.slug, Strategy::On),
                label,
                page: Some(page),
                pages: vec![id],
            }
        }
    }
}

/// The values that one source gives a page.
fn raw_values(
    from: &str,
    id: PageId,
    kind: &Kind,
    site: &Site,
    config: &Config,
    catalog: &Catalog,
) -> Vec<Raw> {
    if let Some(field) = from.strip_suffix(":year") {
        let year = text_of(site.page(id), field).and_then(|text| year(&text));
        return year.map(Raw::Text).into_iter().collect();
    }
    match from.split_once('.') {
        Some((relation, field)) => {
            let targets = targets(id, relation, catalog);
            let through = |target: &PageId| match catalog.kind_of(*target, config) {
                Some(kind) => plain(*target, field, kind, site, catalog),
                None => Vec::new(),
            };
            targets.iter().flat_map(through).collect()
        }
        None => plain(id, from, kind, site, catalog),
    }
}

fn plain(id: PageId, field: &str, kind: &Kind, site: &Site, catalog: &Catalog) -> Vec<Raw> {
    if kind.field(field).is_some_and(|field| field.holds == crate::model::kind::Holds::Relation) {
        return targets(id, field, catalog).iter().map(|target| Raw::Page(*target)).collect();
    }
    let page = site.page(id);
    match value(page, field) {
        Some(value) => scalars(value).into_iter().map(Raw::Text).collect(),
        None => text_of(page, field).map(Raw::Text).into_iter().collect(),
    }
}

fn targets<'c>(id: PageId, relation: &str, catalog: &'c Catalog) -> &'c [PageId] {
    let named = catalog.outgoing[id.0 as usize].iter().find(|named| named.name == relation);
    named.map_or(&[], |named| &named.pages)
}

/// The first four digits that stand together in a date, or in words that hold a year.
pub fn year(text: &str) -> Option<String> {
    let digits = |part: &&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    text.split(|c: char| !c.is_ascii_digit()).find(digits).map(str::to_owned)
}

fn order(values: &mut [FacetValue], facet: &Facet, kind: &Kind, catalog: &Catalog) {
    let by_name = |a: &FacetValue, b: &FacetValue| natural::compare(&a.label, &b.label);
    match facet.order.as_str() {
        "count" => values.sort_by(|a, b| b.pages.len().cmp(&a.pages.len()).then_with(|| by_name(a, b))),
        "-name" => values.sort_by(|a, b| by_name(b, a)),
        "choices" => {
            let choices =
                facet.from.iter().filter_map(|from| kind.field(from)).flat_map(|field| &field.choices);
            let choices: Vec<&String> = choices.collect();
            let place = |value: &FacetValue| match value.page {
                Some(page) => catalog.kinds[page.0 as usize]
                    .and_then(|kind| catalog.items[kind].iter().position(|id| *id == page)),
                None => choices.iter().position(|choice| **choice == value.label),
            };
            values.sort_by(|a, b| {
                let (first, second) = (place(a).unwrap_or(usize::MAX), place(b).unwrap_or(usize::MAX));
                first.cmp(&second).then_with(|| by_name(a, b))
            });
        }
        _ => values.sort_by(by_name),
    }
}

/// Gives values whose names differ in signs only slugs of their own.
fn unique(values: &mut [FacetValue]) {
    for at in 1..values.len() {
        let (before, rest) = values.split_at_mut(at);
        let value = &mut rest[0];
        let taken = |slug: &str| before.iter().any(|other| other.slug == slug);
        if taken(&value.slug) {
            let numbered = (2..).map(|number| format!("{}-{number}", value.slug));
            if let Some(free) = numbered.into_iter().find(|slug| !taken(slug)) {
                value.slug = free;
            }
        }
    }
}
