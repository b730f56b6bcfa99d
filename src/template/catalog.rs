//! What templates see of kinds: declarations, cards, relations, facets, units. In: an [`Ask`], the site, the settings and
//! the day. Out: plain JSON. The shapes are in `ARCHITECTURE.md`, under "Kinds".

use serde_json::json;

use crate::model::kind::{Facet, Kind};
use crate::model::{Config, Json, JsonMap};
use crate::resolve::catalog::{Catalog, FacetTable, FacetValue, Named, facets};
use crate::resolve::{ContentId, PageId, Site};

/// A question about the kinds of content.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, bitcode::Encode, bitcode::Decode)]
pub enum Ask {
    /// Every declaration, for a language.
    Kinds(String),
    /// The cards of a kind: its name, a language.
    Items(String, String),
    /// The facets of a kind: its name, a language.
    Facets(String, String),
    /// What belongs to a page, by its path below `content/`.
    Related(String),
    /// The units of a name, of a page, or both: name, path, language. Empty text stands for any.
    Units(String, String, String),
    /// What the page of one value of a facet shows: kind, language, facet, slug of the value.
    FacetPage(String, String, String, String),
}

/// What an answer is made from.
pub struct Given<'g> {
    /// The site.
    pub site: &'g Site,
    /// The settings.
    pub config: &'g Config,
    /// The day of the build: `2026-11-22`.
    pub today: &'g str,
    /// The units of a page; none before texts are rendered.
    pub units: &'g dyn Fn(PageId) -> Vec<Json>,
}

/// How many pages are named that are like a page.
const SIMILAR: usize = 6;

/// The answer to a question; none when there is no such kind, page or value.
pub fn answer(ask: &Ask, given: &Given<'_>) -> Option<Json> {
    match ask {
        Ask::Kinds(lang) => {
            Some(given.config.kinds.iter().map(|kind| declaration(kind, lang, given)).collect())
        }
        Ask::Items(kind, lang) => Some(cards(&items(kind_at(kind, given)?, lang, given), given)),
        Ask::Facets(kind, lang) => Some(facet_list(kind_at(kind, given)?, lang, given)),
        Ask::Related(path) => related(page_id(path, given)?, given),
        Ask::Units(unit, path, lang) => units(unit, path, lang, given),
        Ask::FacetPage(kind, lang, facet, value) => {
            facet_page(kind_at(kind, given)?, lang, facet, value, given)
        }
    }
}

/// The path of the page that lists a kind by one value of a facet, with `/` at both ends.
pub fn facet_path(site: &Site, config: &Config, kind: &Kind, lang: &str, facet: &str, value: &str) -> String {
    format!("{}{facet}/{value}/", folder(site, config, kind, lang).1)
}

/// The path of the section a kind lies in, with `/` at both ends.
pub fn section_path(site: &Site, config: &Config, kind: &Kind, lang: &str) -> String {
    folder(site, config, kind, lang).1
}

/// The title, path and permalink of the section a kind lies in; none of a title when nobody wrote one.
fn folder(site: &Site, config: &Config, kind: &Kind, lang: &str) -> (Option<String>, String, String) {
    let folder = kind.folder.trim_matches('/');
    let relative = format!("{folder}/{}", config.index_file(lang));
    if let Some(id @ ContentId::Section(section)) = site.by_relative.get(relative.trim_start_matches('/')) {
        let section = site.section(*section);
        return (site.title(*id).map(str::to_owned), section.path.clone(), section.permalink.clone());
    }
    let prefix = if lang == config.default_language { String::new() } else { format!("/{lang}") };
    let own = if folder.is_empty() { kind.name.as_str() } else { folder };
    let path = format!("{prefix}/{own}/");
    let permalink = config.permalink(&path);
    (None, path, permalink)
}

fn kind_at(name: &str, given: &Given<'_>) -> Option<usize> {
    given.config.kinds.iter().position(|kind| kind.name == name)
}

fn page_id(path: &str, given: &Given<'_>) -> Option<PageId> {
    match given.site.by_relative.get(path)? {
        ContentId::Page(id) => Some(*id),
        ContentId::Section(_) => None,
    }
}

fn items(kind: usize, lang: &str, given: &Given<'_>) -> Vec<PageId> {
    let items = given.site.catalog.items[kind].iter().copied();
    items.filter(|id| given.site.page(*id).parsed.file.lang == lang).collect()
}

fn cards(ids: &[PageId], given: &Given<'_>) -> Json {
    ids.iter().map(|id| card(*id, given)).collect()
}

fn declaration(kind: &Kind, lang: &str, given: &Given<'_>) -> Json {
    let mut made = serde_json::to_value(kind).unwrap_or_default();
    if let Json::Object(keys) = &mut made {
        keys.insert("section".to_owned(), section_of(kind, lang, given));
    }
    made
}

fn section_of(kind: &Kind, lang: &str, given: &Given<'_>) -> Json {
    let (title, path, permalink) = folder(given.site, given.config, kind, lang);
    title.map_or(Json::Null, |title| json!({ "title": title, "permalink": permalink, "path": path }))
}

/// A page of a kind, as lists show it.
pub fn card(id: PageId, given: &Given<'_>) -> Json {
    let page = given.site.page(id);
    let matter = &page.parsed.matter;
    let catalog = &given.site.catalog;
    let kind = catalog.kind_of(id, given.config);
    let expires = kind
        .and_then(|kind| kind.expires.as_deref())
        .and_then(|field| crate::resolve::catalog::text_of(page, field));
    let expired = expires.as_deref().is_some_and(|day| is_over(day, given.today));
    let date = matter.date.as_ref();
    json!({
        "path": page.parsed.file.relative,
        "permalink": page.permalink,
        "slug": page.slug,
        "title": matter.title,
        "description": matter.description,
        "date": date.map(|date| &date.text),
        "updated": matter.updated.as_ref().map(|date| &date.text),
        "year": date.and_then(|date| facets::year(&date.text)),
        "weight": matter.weight,
        "kind": kind.map(|kind| &kind.name),
        "kind_label": kind.map(|kind| &kind.label),
        "kind_plural": kind.map(Kind::plural),
        "lang": page.parsed.file.lang,
        "expires": expires,
        "expired": expired,
        "extra": matter.extra,
        "facets": values_of(id, given),
        "relations": light(&catalog.outgoing[id.0 as usize], given),
    })
}

/// Whether a day lies before today. A moment counts by its day; a month or a year to its end.
fn is_over(day: &str, today: &str) -> bool {
    let day = day.get(..10).unwrap_or(day);
    day.starts_with(|c: char| c.is_ascii_digit()) && today.get(..day.len()).is_some_and(|today| today > day)
}

/// The values of every facet that a page has.
fn values_of(id: PageId, given: &Given<'_>) -> Json {
    let Some(kind) = given.site.catalog.kinds[id.0 as usize] else { return json!({}) };
    let lang = &given.site.page(id).parsed.file.lang;
    let of_kind = given.site.catalog.facets_of(kind, lang).iter();
    let made = of_kind.map(|table| {
        let values = table.values.iter().filter(|value| value.pages.contains(&id));
        let values: Json = values.map(|value| shown(kind, lang, table, value, given)).collect();
        (table.name.clone(), values)
    });
    Json::Object(made.collect())
}

fn light(named: &[Named], given: &Given<'_>) -> Json {
    let list = |named: &Named| named.pages.iter().map(|id| mention(*id, given)).collect::<Json>();
    Json::Object(named.iter().map(|named| (named.name.clone(), list(named))).collect())
}

/// A page in one line.
fn mention(id: PageId, given: &Given<'_>) -> Json {
    let page = given.site.page(id);
    let kind = given.site.catalog.kind_of(id, given.config).map(|kind| &kind.name);
    json!({
        "title": page.parsed.matter.title,
        "permalink": page.permalink,
        "path": page.parsed.file.relative,
        "kind": kind,
    })
}

fn shown(kind: usize, lang: &str, table: &FacetTable, value: &FacetValue, given: &Given<'_>) -> Json {
    let kind = &given.config.kinds[kind];
    let url = kind.facet_template.as_ref().map(|_| {
        let path = facet_path(given.site, given.config, kind, lang, &table.name, &value.slug);
        given.config.permalink(&path)
    });
    json!({
        "slug": value.slug,
        "label": value.label,
        "url": url,
        "page": value.page.map(|id| mention(id, given)),
    })
}

/// The pages of a value that have not expired.
fn valid(value: &FacetValue, given: &Given<'_>) -> Vec<PageId> {
    value.pages.iter().copied().filter(|id| !has_expired(*id, given)).collect()
}

/// Whether the last day on which a page counts is over.
pub fn is_expired(id: PageId, site: &Site, config: &Config, today: &str) -> bool {
    let expires = site.catalog.kind_of(id, config).and_then(|kind| kind.expires.as_deref());
    let day = expires.and_then(|field| crate::resolve::catalog::text_of(site.page(id), field));
    day.is_some_and(|day| is_over(&day, today))
}

fn has_expired(id: PageId, given: &Given<'_>) -> bool {
    is_expired(id, given.site, given.config, given.today)
}

fn facet_list(kind: usize, lang: &str, given: &Given<'_>) -> Json {
    let declared = &given.config.kinds[kind].facets;
    let tables = given.site.catalog.facets_of(kind, lang).iter().zip(declared);
    let made = tables.map(|(table, facet)| {
        let values = table.values.iter().map(|value| counted(kind, lang, table, value, given));
        let values = values.filter(|(count, _)| *count > 0).map(|(_, shown)| shown);
        let mut shown = named_facet(facet);
        shown.insert("values".to_owned(), values.collect());
        Json::Object(shown)
    });
    made.collect()
}

fn named_facet(facet: &Facet) -> JsonMap {
    let mut shown = JsonMap::new();
    shown.insert("name".to_owned(), facet.name.clone().into());
    let label = if facet.label.is_empty() { &facet.name } else { &facet.label };
    shown.insert("label".to_owned(), label.clone().into());
    shown
}

/// A value with the number of its pages that still count.
fn counted(
    kind: usize,
    lang: &str,
    table: &FacetTable,
    value: &FacetValue,
    given: &Given<'_>,
) -> (usize, Json) {
    let count = valid(value, given).len();
    let mut shown = shown(kind, lang, table, value, given);
    if let Json::Object(keys) = &mut shown {
        keys.insert("count".to_owned(), count.into());
    }
    (count, shown)
}

fn facet_page(kind: usize, lang: &str, facet: &str, value: &str, given: &Given<'_>) -> Option<Json> {
    let declared = &given.config.kinds[kind];
    let table = given.site.catalog.facets_of(kind, lang).iter().find(|table| table.name == facet)?;
    let value = table.values.iter().find(|known| known.slug == value)?;
    let facet = declared.facets.iter().find(|known| known.name == facet)?;
    Some(json!({
        "kind": declaration(declared, lang, given),
        "facet": named_facet(facet),
        "value": counted(kind, lang, table, value, given).1,
        "items": cards(&valid(value, given), given),
        "section": section_of(declared, lang, given),
    }))
}

fn related(id: PageId, given: &Given<'_>) -> Option<Json> {
    let catalog = &given.site.catalog;
    let kind = (*catalog.kinds.get(id.0 as usize)?)?;
    let mut relations: Vec<Named> = catalog.outgoing[id.0 as usize].clone();
    for named in &catalog.incoming[id.0 as usize] {
        match relations.iter_mut().find(|known| known.name == named.name) {
            Some(known) => {
                let new = named.pages.iter().filter(|id| !known.pages.contains(id)).copied();
                let new: Vec<PageId> = new.collect();
                known.pages.extend(new);
            }
            None => relations.push(named.clone()),
        }
    }
    let relations = relations.iter().map(|named| (named.name.clone(), cards(&named.pages, given)));
    let items = items(kind, &given.site.page(id).parsed.file.lang, given);
    let place = items.iter().position(|other| *other == id);
    let beside = |place: Option<usize>| {
        place.and_then(|place| items.get(place)).map_or(Json::Null, |id| card(*id, given))
    };
    Some(json!({
        "card": card(id, given),
        "relations": Json::Object(relations.collect()),
        "similar": cards(&similar(id, kind, given), given),
        "previous": beside(place.and_then(|place| place.checked_sub(1))),
        "next": beside(place.map(|place| place + 1)),
    }))
}

/// The pages of the same kind that share most with a page: for each shared value its facet's weight, less for a value that
/// many have. Those that share nothing are left out.
fn similar(id: PageId, kind: usize, given: &Given<'_>) -> Vec<PageId> {
    let catalog: &Catalog = &given.site.catalog;
    let lang = &given.site.page(id).parsed.file.lang;
    let mut shared: std::collections::BTreeMap<PageId, u64> = std::collections::BTreeMap::new();
    for (table, facet) in catalog.facets_of(kind, lang).iter().zip(&given.config.kinds[kind].facets) {
        for value in table.values.iter().filter(|value| value.pages.contains(&id)) {
            let worth = u64::from(facet.weight.max(1)) * 1000 / value.pages.len() as u64;
            for other in value.pages.iter().filter(|other| **other != id) {
                *shared.entry(*other).or_default() += worth;
            }
        }
    }
    let mut shared: Vec<(PageId, u64)> =
        shared.into_iter().filter(|(id, _)| !has_expired(*id, given)).collect();
    shared.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    shared.into_iter().take(SIMILAR).map(|(id, _)| id).collect()
}

fn units(unit: &str, path: &str, lang: &str, given: &Given<'_>) -> Option<Json> {
    let of: Vec<PageId> = match path {
        "" => {
            let declares = |kind: &Kind| kind.units.iter().any(|known| unit.is_empty() || known.name == unit);
            let kinds = given.config.kinds.iter().enumerate().filter(|(_, kind)| declares(kind));
            kinds.flat_map(|(at, _)| items(at, lang, given)).filter(|id| !has_expired(*id, given)).collect()
        }
        path => vec![page_id(path, given)?],
    };
    let mut found = Vec::new();
    for id in of {
        let wanted = |shown: &Json| unit.is_empty() || shown.get("unit").and_then(Json::as_str) == Some(unit);
        let of_page: Vec<Json> = (given.units)(id).into_iter().filter(wanted).collect();
        if of_page.is_empty() {
            continue;
        }
        let page = card(id, given);
        found.extend(of_page.into_iter().map(|mut shown| {
            if let Some(keys) = shown.as_object_mut() {
                keys.insert("page".to_owned(), page.clone());
            }
            shown
        }));
    }
    Some(Json::Array(found))
}
