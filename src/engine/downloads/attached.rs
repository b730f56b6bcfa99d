//! Which files a page names in its fields, and where they are. In: a page and its kind. Out: every file with the places
//! where it may lie; the first that is there counts.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::super::world::World;
use crate::base::SourcePath;
use crate::model::Json;
use crate::model::kind::{Field, Holds, Kind};
use crate::resolve::catalog::{scalar, value};
use crate::resolve::{ContentId, Page, PageId};

/// A file that a page names.
#[derive(Clone, Debug)]
pub(super) struct Attachment {
    /// The field.
    pub(super) field: String,
    /// What is written there.
    pub(super) written: String,
    /// What people call it: the text beside it in a table, else the name of the file.
    pub(super) label: String,
    /// Where it may lie.
    pub(super) places: Vec<SourcePath>,
    /// Where it does.
    pub(super) source: Option<SourcePath>,
    /// Where readers find it; none when it is beside no page.
    pub(super) url: Option<String>,
}

/// The files that a page names in its fields. What is an address on the web is no file.
pub(super) fn of(id: PageId, kind: &Kind, world: &World) -> Vec<Attachment> {
    let page = world.site.page(id);
    let mut found = Vec::new();
    for field in &kind.fields {
        let Some(value) = value(page, &field.name) else { continue };
        let values = match value {
            Json::Array(values) => values.as_slice(),
            value => std::slice::from_ref(value),
        };
        for value in values {
            found.extend(
                named(field, value).map(|(written, label)| attachment(field, written, label, page, world)),
            );
        }
    }
    found
}

/// The name and the label of a file in a value; none when there is no file in it.
fn named(field: &Field, value: &Json) -> Option<(String, Option<String>)> {
    let text = match (field.holds, value) {
        (Holds::File, value) => (scalar(value)?, None),
        (Holds::Table, Json::Object(table)) => {
            let inner = field.fields.iter().find(|inner| inner.holds == Holds::File)?;
            let written = table.get(&inner.name).and_then(scalar)?;
            let words = field.fields.iter().filter(|inner| inner.holds == Holds::Text);
            (written, words.filter_map(|inner| table.get(&inner.name).and_then(scalar)).next())
        }
        _ => return None,
    };
    (!text.0.contains("://")).then_some(text)
}

fn attachment(
    field: &Field,
    written: String,
    label: Option<String>,
    page: &Page,
    world: &World,
) -> Attachment {
    let below = written.trim_start_matches('/');
    let beside = page.parsed.file.path.parent().join(below);
    let mut places =
        vec![beside, SourcePath::new(format!("content/{below}")), SourcePath::new(format!("static/{below}"))];
    places.extend(
        world.config.theme.iter().map(|theme| SourcePath::new(format!("themes/{theme}/static/{below}"))),
    );
    // A name must not lead out of the site.
    places.retain(|place| !place.as_str().split('/').any(|part| part == ".."));
    places.dedup();
    let source = places.iter().find(|place| world.files.stamp(place).is_some()).cloned();
    let url = source.as_ref().and_then(|source| url(source, below, world));
    let name = source.as_ref().map_or(below, SourcePath::file_name).to_owned();
    Attachment { field: field.name.clone(), label: label.unwrap_or(name), written, places, source, url }
}

/// Signs that would end a path in a URL or change it.
const SIGNS: &AsciiSet =
    &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'?').add(b'%').add(b'`');

/// Where readers find a file: beside the page or section that owns it, or where static files are.
fn url(source: &SourcePath, below: &str, world: &World) -> Option<String> {
    let encoded = |path: &str| utf8_percent_encode(path, SIGNS).to_string();
    let Some(relative) = source.below("content") else {
        let base = world.config.base_url.trim_end_matches('/');
        return Some(format!("{base}/{}", encoded(below)));
    };
    let (owner, rest) = world.site.colocated.get(relative)?;
    let id: ContentId = *world.site.by_relative.get(owner)?;
    let permalink = world.site.permalink(id);
    let slash = if permalink.ends_with('/') { "" } else { "/" };
    Some(format!("{permalink}{slash}{}", encoded(rest)))
}
