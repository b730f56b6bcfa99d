//! The index for Fuse.js. In: items and which fields are wanted. Out: a JSON list of items.

use rayon::prelude::*;
use serde::Serialize;

use super::{Item, plain};
use crate::model::config::Search;

#[derive(Serialize)]
struct Entry<'a> {
    url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    body: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<&'a str>,
}

/// The index of these items. Dates are never in it.
pub(super) fn index(items: &[Item<'_>], wanted: &Search) -> String {
    let entries: Vec<Entry<'_>> = items.par_iter().map(|item| entry(item, wanted)).collect();
    // Texts and lists of texts always have a JSON form.
    serde_json::to_string(&entries).unwrap_or_default()
}

fn entry<'a>(item: &Item<'a>, wanted: &Search) -> Entry<'a> {
    Entry {
        url: item.url,
        title: wanted.include_title.then(|| item.title.unwrap_or_default()),
        description: wanted.include_description.then(|| item.description.unwrap_or_default()),
        body: wanted.include_content.then(|| plain(item.html, wanted.truncate_content_length)),
        path: wanted.include_path.then_some(item.path),
    }
}
