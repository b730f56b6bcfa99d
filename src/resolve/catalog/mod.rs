//! What follows from the kinds of content: which page is of which kind, what leads to what (both ways), and by which
//! values lists can be narrowed down. In: the pages of a site and the declarations in its settings. Out: a [`Catalog`].
//!
//! | file | what it answers |
//! |---|---|
//! | [`relations`] | which pages a page names, and which name it |
//! | [`facets`] | which values there are, and which pages have them |

pub mod facets;
pub mod relations;

use std::cmp::Ordering;

use super::natural;
use super::site::{Page, PageId, Site};
use crate::model::kind::{Field, Kind};
use crate::model::{Config, Json};

pub use facets::{FacetTable, FacetValue};
pub use relations::{Named, Unknown};

/// What follows from the kinds of content. Lists are by page of the site, or by kind of the settings.
#[derive(Debug, Default)]
pub struct Catalog {
    /// By page: its kind, as a place in the settings.
    pub kinds: Vec<Option<usize>>,
    /// By kind: its pages in every language, in its order. Hidden pages and such that are not rendered are left out.
    pub items: Vec<Vec<PageId>>,
    /// By page: the pages its relations name, by field, in the order of the declaration.
    pub outgoing: Vec<Vec<Named>>,
    /// By page: the pages that name it, by what they call it from this side.
    pub incoming: Vec<Vec<Named>>,
    /// What was named and is not there.
    pub unknown: Vec<Unknown>,
    /// By kind and language: its facets.
    pub facets: Vec<(usize, String, Vec<FacetTable>)>,
}

impl Catalog {
    /// The kind of a page.
    pub fn kind_of<'c>(&self, id: PageId, config: &'c Config) -> Option<&'c Kind> {
        let at = (*self.kinds.get(id.0 as usize)?)?;
        config.kinds.get(at)
    }

    /// The facets of a kind in a language.
    pub fn facets_of(&self, kind: usize, lang: &str) -> &[FacetTable] {
        let found = self.facets.iter().find(|(at, of, _)| *at == kind && of == lang);
        found.map_or(&[], |(_, _, tables)| tables)
    }
}

/// Makes the catalog. A site without kinds has an empty one.
pub(super) fn make(site: &Site, config: &Config) -> Catalog {
    if config.kinds.is_empty() {
        return Catalog::default();
    }
    let kinds: Vec<_> = site.pages.iter().map(|page| kind_of(page, config)).collect();
    let mut items = vec![Vec::new(); config.kinds.len()];
    for (id, page) in site.page_ids() {
        if let Some(kind) = kinds[id.0 as usize].filter(|_| page.parsed.matter.render && !page.hidden) {
            items[kind].push(id);
        }
    }
    for (kind, items) in config.kinds.iter().zip(&mut items) {
        items.sort_by(|a, b| by_order(kind, site.page(*a), site.page(*b)));
    }
    let mut catalog = Catalog { kinds, items, ..Catalog::default() };
    relations::follow(site, config, &mut catalog);
    facets::gather(site, config, &mut catalog);
    catalog
}

/// The kind that a page says it is, else that of the longest folder it lies in.
fn kind_of(page: &Page, config: &Config) -> Option<usize> {
    if let Some(said) = page.parsed.matter.extra.get("kind").and_then(Json::as_str) {
        return config.kinds.iter().position(|kind| kind.name == said);
    }
    let path = page.parsed.file.relative.as_str();
    let holds = |kind: &Kind| {
        !kind.folder.is_empty()
            && path.strip_prefix(kind.folder.trim_matches('/')).is_some_and(|rest| rest.starts_with('/'))
    };
    let fitting = config.kinds.iter().enumerate().filter(|(_, kind)| holds(kind));
    fitting.max_by_key(|(_, kind)| kind.folder.len()).map(|(at, _)| at)
}

/// What a page says under the name of a field.
pub fn value<'p>(page: &'p Page, field: &str) -> Option<&'p Json> {
    page.parsed.matter.extra.get(field)
}

/// A field's value as text to compare: of the front matter itself or of `[extra]`.
pub fn text_of(page: &Page, field: &str) -> Option<String> {
    let matter = &page.parsed.matter;
    match field {
        "title" => matter.title.clone(),
        "description" => matter.description.clone(),
        "slug" => Some(page.slug.clone()),
        "date" => matter.date.as_ref().map(|date| date.text.clone()),
        "updated" => matter.updated.as_ref().map(|date| date.text.clone()),
        "weight" => matter.weight.map(|weight| weight.to_string()),
        _ => value(page, field).and_then(scalar),
    }
}

/// The text of a value that is no list and no table.
pub fn scalar(value: &Json) -> Option<String> {
    match value {
        Json::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Json::Number(number) => Some(number.to_string()),
        Json::Bool(truth) => Some(truth.to_string()),
        _ => None,
    }
}

/// Every value of a field that may be one or a list.
pub fn scalars(value: &Json) -> Vec<String> {
    match value {
        Json::Array(values) => values.iter().filter_map(scalar).collect(),
        value => scalar(value).into_iter().collect(),
    }
}

fn by_order(kind: &Kind, a: &Page, b: &Page) -> Ordering {
    let (field, turned) = match kind.order.strip_prefix('-') {
        Some(field) => (field, true),
        None => (kind.order.as_str(), false),
    };
    let title = |page: &Page| text_of(page, "title").unwrap_or_default();
    let ties = || natural::compare(&title(a), &title(b)).then_with(|| a.permalink.cmp(&b.permalink));
    if field.is_empty() || field == "title" {
        return if turned { ties().reverse() } else { ties() };
    }
    let order = match (text_of(a, field), text_of(b, field)) {
        (Some(a), Some(b)) => {
            let order = match (a.parse::<f64>(), b.parse::<f64>()) {
                (Ok(a), Ok(b)) => a.total_cmp(&b),
                _ => natural::compare(&a, &b),
            };
            if turned { order.reverse() } else { order }
        }
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    };
    order.then_with(ties)
}

/// The fields of a kind that name pages.
fn relation_fields(kind: &Kind) -> impl Iterator<Item = &Field> {
    kind.fields.iter().filter(|field| field.holds == crate::model::kind::Holds::Relation)
}

#[cfg(test)]
mod tests;
