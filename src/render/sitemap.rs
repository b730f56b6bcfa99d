//! The sitemap: every URL there is, in order, split when there are many.

use std::collections::BTreeMap;

use super::{Shelf, render};
use crate::base::{Artifact, Diagnostic, OutPath};
use crate::model::config::ExcludePaginatedPages;
use crate::model::{Config, Json, JsonMap};
use crate::resolve::Site;
use crate::template::Field;

/// How many URLs one file holds, as in Zola. (The format itself allows 50,000.)
const LARGEST: usize = 30_000;

/// A line of the sitemap: URL, date, and the author's own data.
type Entry<'a> = (String, Option<&'a str>, Option<&'a JsonMap>);

/// The sitemap.
pub(super) fn sitemap(shelf: &dyn Shelf) -> Result<Vec<Artifact>, Vec<Diagnostic>> {
    let config = shelf.settings();
    let entries = entries(shelf.site(), config);
    let settings = || ("config", Field::Shared(shelf.config_object(&config.default_language)));
    let part = |entries: &[Entry<'_>]| {
        render("sitemap.xml", vec![("entries", list(entries)), settings()], shelf, None)
    };
    let files = files(entries.len());
    let Some((index, parts)) = files.split_last() else { return Ok(Vec::new()) };
    if parts.is_empty() {
        return Ok(vec![Artifact::new(index.clone(), part(&entries)?)]);
    }
    let mut made = Vec::new();
    let mut urls = Vec::new();
    for (file, chunk) in parts.iter().zip(entries.chunks(LARGEST)) {
        made.push(Artifact::new(file.clone(), part(chunk)?));
        urls.push(config.permalink(file.as_str()).trim_end_matches('/').to_owned());
    }
    let text =
        render("split_sitemap_index.xml", vec![("sitemaps", Field::texts(urls)), settings()], shelf, None)?;
    made.push(Artifact::new(index.clone(), text));
    Ok(made)
}

/// The files of a sitemap with so many lines: its parts, if it has parts, and `sitemap.xml` last.
pub fn files(lines: usize) -> Vec<OutPath> {
    let parts = if lines < LARGEST { 0 } else { lines.div_ceil(LARGEST) };
    let parts = (1..=parts).map(|part| OutPath::new(format!("sitemap{part}.xml")));
    parts.chain([OutPath::new("sitemap.xml")]).collect()
}

fn list(entries: &[Entry<'_>]) -> Field {
    let entry = |(permalink, updated, extra): &Entry<'_>| {
        Field::Object(vec![
            ("permalink", Field::from(permalink.as_str())),
            ("updated", Field::maybe(*updated)),
            ("extra", extra.map_or(Field::Null, |extra| Field::Data(Json::Object(extra.clone())))),
        ])
    };
    Field::List(entries.iter().map(entry).collect())
}

/// Every line, by URL; no URL twice.
pub fn entries<'a>(site: &'a Site, config: &Config) -> Vec<Entry<'a>> {
    let mut entries: BTreeMap<String, (Option<&'a str>, Option<&'a JsonMap>)> = BTreeMap::new();
    let mut add = |permalink: String, updated: Option<&'a str>, extra: Option<&'a JsonMap>| {
        entries.entry(permalink).or_insert((updated, extra));
    };
    let pagers_too = config.exclude_paginated_pages_in_sitemap == ExcludePaginatedPages::None;
    for page in site.pages.iter().filter(|page| page.parsed.matter.render && !page.hidden) {
        let matter = &page.parsed.matter;
        let date = matter.updated.as_ref().or(matter.date.as_ref());
        add(page.permalink.clone(), date.map(|date| date.text.as_str()), Some(&matter.extra));
    }
    for section in site.sections.iter().filter(|section| !section.hidden) {
        let matter = &section.parsed.matter;
        if matter.render {
            add(section.permalink.clone(), None, Some(&matter.extra));
        }
        if let Some(size) = matter.pager_size().filter(|_| pagers_too) {
            for index in 1..=section.pages.len().div_ceil(size) {
                add(pager_url(&section.permalink, &matter.paginate_path, index), None, None);
            }
        }
    }
    for taxonomy in
        site.taxonomies.iter().filter(|taxonomy| taxonomy.kind.render && !taxonomy.terms.is_empty())
    {
        add(taxonomy.permalink.clone(), None, None);
        for term in &taxonomy.terms {
            add(term.permalink.clone(), None, None);
            if let Some(size) = taxonomy.kind.pager_size().filter(|_| pagers_too) {
                let path = taxonomy.kind.paginate_path.as_deref().unwrap_or("page");
                for index in 1..=term.pages.len().div_ceil(size) {
                    add(pager_url(&term.permalink, path, index), None, None);
                }
            }
        }
    }
    entries.into_iter().map(|(permalink, (updated, extra))| (permalink, updated, extra)).collect()
}

fn pager_url(list: &str, path: &str, index: usize) -> String {
    if path.is_empty() { format!("{list}{index}/") } else { format!("{list}{path}/{index}/") }
}
