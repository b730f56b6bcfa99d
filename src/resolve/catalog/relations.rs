//! Which pages a page names in its relations, and which name it. In: the kind of every page. Out: both directions, and
//! what is named and is not there.

use std::collections::HashMap;

use super::{Catalog, relation_fields, scalars, value};
use crate::model::Config;
use crate::resolve::site::{Page, PageId, Site};

/// Pages under the name of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// The field, or what it is called from the other side.
    pub name: String,
    /// The pages, each once.
    pub pages: Vec<PageId>,
}

/// A page that is named and is not there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unknown {
    /// Who names it.
    pub page: PageId,
    /// In which field.
    pub field: String,
    /// What is written there.
    pub written: String,
}

/// How a page can be named: its language, its kind, and a text in small letters.
type Name<'s> = (&'s str, usize, String);

/// Follows every relation both ways.
pub(super) fn follow(site: &Site, config: &Config, catalog: &mut Catalog) {
    let names = names(site, catalog);
    let mut outgoing: Vec<Vec<Named>> = vec![Vec::new(); site.pages.len()];
    let mut incoming: Vec<Vec<Named>> = vec![Vec::new(); site.pages.len()];
    for (id, page) in site.page_ids() {
        let Some(kind) = catalog.kind_of(id, config) else { continue };
        for field in relation_fields(kind) {
            let targets: Vec<usize> = field
                .to
                .iter()
                .filter_map(|to| config.kinds.iter().position(|kind| kind.name == *to))
                .collect();
            for written in value(page, &field.name).map(scalars).unwrap_or_default() {
                let found = targets.iter().find_map(|kind| find(&names, page, *kind, &written));
                let Some(found) = found.filter(|found| *found != id) else {
                    catalog.unknown.push(Unknown { page: id, field: field.name.clone(), written });
                    continue;
                };
                add(&mut outgoing[id.0 as usize], &field.name, found);
                if page.parsed.matter.render && !page.hidden {
                    let inverse = if field.inverse.is_empty() { &kind.name } else { &field.inverse };
                    add(&mut incoming[found.0 as usize], inverse, id);
                }
            }
        }
    }
    // What names a page is listed in the order of its kind.
    let mut places = vec![usize::MAX; site.pages.len()];
    for items in &catalog.items {
        for (place, id) in items.iter().enumerate() {
            places[id.0 as usize] = place;
        }
    }
    for named in incoming.iter_mut().flatten() {
        named.pages.sort_by_key(|id| (catalog.kinds[id.0 as usize], places[id.0 as usize], *id));
    }
    for named in &mut incoming {
        named.sort_by(|a, b| a.name.cmp(&b.name));
    }
    catalog.outgoing = outgoing;
    catalog.incoming = incoming;
}

/// Everything a page can be named by. Of two pages with the same title, the path alone is certain; the first of them answers
/// to the title.
fn names<'s>(site: &'s Site, catalog: &Catalog) -> HashMap<Name<'s>, PageId> {
    let mut names = HashMap::new();
    for (id, page) in site.page_ids() {
        let Some(kind) = catalog.kinds[id.0 as usize] else { continue };
        let file = &page.parsed.file;
        let short = file.relative.trim_end_matches("/index.md").trim_end_matches(".md").to_owned();
        let stem = short.rsplit('/').next().unwrap_or_default().to_owned();
        let texts = [
            Some(file.relative.clone()),
            Some(short),
            Some(page.slug.clone()),
            Some(stem),
            page.parsed.matter.title.clone(),
        ];
        for text in texts.into_iter().flatten() {
            names.entry((file.lang.as_str(), kind, text.to_lowercase())).or_insert(id);
        }
    }
    names
}

fn find(names: &HashMap<Name<'_>, PageId>, page: &Page, kind: usize, written: &str) -> Option<PageId> {
    let plain = written.strip_prefix("@/").unwrap_or(written).to_lowercase();
    names.get(&(page.parsed.file.lang.as_str(), kind, plain)).copied()
}

fn add(named: &mut Vec<Named>, name: &str, id: PageId) {
    match named.iter_mut().find(|known| known.name == name) {
        Some(known) if known.pages.contains(&id) => {}
        Some(known) => known.pages.push(id),
        None => named.push(Named { name: name.to_owned(), pages: vec![id] }),
    }
}
