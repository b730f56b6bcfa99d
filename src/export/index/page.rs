//! A page as search knows it. In: a page or section of the site, what its text became, and the facets of its language. Out:
//! a [`Page`]: a pure function of those, so that an edit of one page makes one page anew.

use praktijk_search::document::{Page, Unit};

use super::facets::Facets;
use super::text::{Cut, Declared, cut, words};
use crate::model::kind::{Holds, Kind};
use crate::model::{Config, Json};
use crate::resolve::catalog::{scalars, text_of, value};
use crate::resolve::{self, ContentId, PageId, SectionId, Site};

/// What a page is made of.
pub struct Given<'g> {
    /// The site.
    pub site: &'g Site,
    /// The settings.
    pub config: &'g Config,
    /// The facets of every page.
    pub facets: &'g Facets,
    /// What the text became.
    pub html: &'g str,
    /// What of it stands before `<!-- more -->`.
    pub summary: Option<&'g str>,
    /// What its kind declares to be found by itself.
    pub declared: Vec<Declared>,
    /// What members wrote below it.
    pub reactions: Vec<Reacted>,
}

/// What a member wrote below a page.
pub struct Reacted {
    /// Its id on the page.
    pub anchor: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// The word for what it is.
    pub kind: &'static str,
    /// What people call one of it.
    pub label: &'static str,
    /// Its text.
    pub html: String,
}

/// A title that is the beginning of a text has this many characters at most.
const TITLE: usize = 80;

/// The name of a part that stands under a heading and is declared by no kind.
pub const SECTION: &str = "section";

/// Whether search finds a page or section at all: what is rendered, no draft, and not taken out by its author. `is_expired`
/// says whether the last day of a page is over: then no list shows it, and no more does search.
pub fn is_findable(id: ContentId, site: &Site, is_expired: &dyn Fn(PageId) -> bool) -> bool {
    match id {
        ContentId::Page(id) => {
            let page = site.page(id);
            let matter = &page.parsed.matter;
            matter.render && !matter.draft && matter.in_search_index && !page.hidden && !is_expired(id)
        }
        ContentId::Section(id) => {
            let section = site.section(id);
            let matter = &section.parsed.matter;
            let leads_elsewhere = matter.redirect_to.is_some();
            matter.render && matter.in_search_index && !section.hidden && !section.implied && !leads_elsewhere
        }
    }
}

/// A page or section.
pub fn page(id: ContentId, given: &Given<'_>) -> Page {
    let Cut { text, parts } = cut(given.html, &given.declared);
    let made = match id {
        ContentId::Page(id) => of_page(id, given),
        ContentId::Section(id) => of_section(id, given),
    };
    let units = parts.into_iter().map(|part| {
        let declared = part.declared.and_then(|at| given.declared.get(at));
        Unit {
            anchor: part.anchor,
            title: part.title,
            headed: part.headed,
            kind: declared.map_or(SECTION, |known| known.name.as_str()).to_owned(),
            label: declared.map(|known| known.label.clone()).unwrap_or_default(),
            text: part.text,
        }
    });
    let units = units.chain(given.reactions.iter().map(reacted));
    let summary = || given.summary.map(words).unwrap_or_default().replace('\n', " ");
    let summary = if made.summary.is_empty() { summary() } else { made.summary };
    Page { url: url(given.site.permalink(id), given.config), summary, text, units: units.collect(), ..made }
}

fn reacted(reaction: &Reacted) -> Unit {
    let text = words(&reaction.html);
    Unit {
        anchor: reaction.anchor.clone(),
        title: reaction.title.clone().unwrap_or_else(|| beginning(&text)),
        headed: reaction.title.is_some(),
        kind: reaction.kind.to_owned(),
        label: reaction.label.to_owned(),
        text,
    }
}

/// The first words of a text.
fn beginning(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    if line.chars().count() <= TITLE {
        return line.to_owned();
    }
    let cut: String = line.chars().take(TITLE).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words))
}

/// What the front matter of a page says.
fn of_page(id: PageId, given: &Given<'_>) -> Page {
    let page = given.site.page(id);
    let matter = &page.parsed.matter;
    let kind = given.site.catalog.kind_of(id, given.config);
    let title = matter.title.clone().unwrap_or_else(|| page.slug.clone());
    let names = kind.map(|kind| names(page, kind)).unwrap_or_default();
    let fields = kind.map(|kind| fields(id, kind, &title, &names, given)).unwrap_or_default();
    Page {
        title,
        summary: matter.description.clone().unwrap_or_default(),
        kind: kind.map(|kind| kind.name.clone()).unwrap_or_default(),
        kind_label: kind.map(|kind| kind.label.clone()).unwrap_or_default(),
        weight: kind.map_or(100, |kind| kind.search.weight),
        names,
        fields,
        facets: given.facets.of(id).to_vec(),
        ..Page::default()
    }
}

fn of_section(id: SectionId, given: &Given<'_>) -> Page {
    let section = given.site.section(id);
    let matter = &section.parsed.matter;
    let file = &section.parsed.file;
    // The first page of a site needs no title of its own.
    let of_site = given.config.language(&file.lang).filter(|_| section.is_root());
    let own = matter.title.clone().or_else(|| of_site?.title.clone());
    let title = own.or_else(|| section.components.last().cloned()).unwrap_or_default();
    let summary = matter.description.clone().or_else(|| of_site?.description.clone());
    Page { title, summary: summary.unwrap_or_default(), weight: 100, ..Page::default() }
}

/// Where a page stands, from the root of its host.
pub fn url(permalink: &str, config: &Config) -> String {
    let base = config.base_url.trim_end_matches('/');
    let below = permalink.strip_prefix(base).unwrap_or(permalink);
    format!("{}{}{below}", config.base_path(), if below.starts_with('/') { "" } else { "/" })
}

/// What a page is called besides its title: what its field of synonyms lists, and its abbreviation. An abbreviation that
/// counts as it is written only is left to the concept it stands for, as names of pages are read in small letters.
fn names(page: &resolve::Page, kind: &Kind) -> Vec<String> {
    let mut names = listed(page, &kind.search.synonyms);
    if !is_as_written(page, kind) {
        names.extend(abbreviation(page, kind));
    }
    let mut unique: Vec<String> = Vec::with_capacity(names.len());
    for name in names {
        if !unique.contains(&name) && page.parsed.matter.title.as_ref() != Some(&name) {
            unique.push(name);
        }
    }
    unique
}

/// What stands in a field, each by itself.
pub(super) fn listed(page: &resolve::Page, field: &str) -> Vec<String> {
    if field.is_empty() { Vec::new() } else { value(page, field).map(scalars).unwrap_or_default() }
}

/// The abbreviation of a page.
pub(super) fn abbreviation(page: &resolve::Page, kind: &Kind) -> Option<String> {
    text_of(page, kind.abbreviation.as_ref()?)
}

/// Whether the abbreviation of a page counts only as it is written.
pub(super) fn is_as_written(page: &resolve::Page, kind: &Kind) -> bool {
    !kind.search.as_written.is_empty()
        && value(page, &kind.search.as_written).and_then(Json::as_bool).unwrap_or(false)
}

/// The words of the fields that search covers; of a relation the titles of the pages it leads to. What is said already is not
/// said again.
fn fields(id: PageId, kind: &Kind, title: &str, names: &[String], given: &Given<'_>) -> Vec<String> {
    let page = given.site.page(id);
    let short = abbreviation(page, kind);
    let mut said: Vec<String> = Vec::new();
    for field in &kind.search.fields {
        let is_relation = kind.field(field).is_some_and(|field| field.holds == Holds::Relation);
        let texts = match (is_relation, value(page, field)) {
            (true, _) => titles(id, field, given.site),
            (false, Some(Json::Array(items))) => items.iter().flat_map(texts_of).collect(),
            (false, Some(value)) => texts_of(value),
            (false, None) => text_of(page, field).into_iter().collect(),
        };
        for text in texts {
            let known = text == title
                || names.contains(&text)
                || short.as_ref() == Some(&text)
                || said.contains(&text);
            if !known {
                said.push(text);
            }
        }
    }
    said
}

/// The texts in a value that may be a table. Yes, no and numbers say nothing by themselves.
fn texts_of(value: &Json) -> Vec<String> {
    match value {
        Json::String(text) if !text.trim().is_empty() => vec![text.trim().to_owned()],
        Json::Number(number) => vec![number.to_string()],
        Json::Array(items) => items.iter().flat_map(texts_of).collect(),
        Json::Object(keys) => {
            keys.values().filter(|value| value.is_string() || value.is_array()).flat_map(texts_of).collect()
        }
        _ => Vec::new(),
    }
}

fn titles(id: PageId, relation: &str, site: &Site) -> Vec<String> {
    let named = site.catalog.outgoing[id.0 as usize].iter().find(|named| named.name == relation);
    let pages = named.map_or(&[] as &[PageId], |named| &named.pages);
    pages.iter().filter_map(|page| site.page(*page).parsed.matter.title.clone()).collect()
}
