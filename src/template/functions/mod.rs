//! The functions that templates can call, written once for every dialect. In: a [`Call`]. Out: an [`Answer`], or a
//! sentence that says what is wrong and how to mend it.
//!
//! | file | functions |
//! |---|---|
//! | [`content`] | `get_page`, `get_section`, `get_taxonomy`, `get_taxonomy_term`, `get_taxonomy_url` |
//! | [`catalog`] | `get_kinds`, `get_items`, `get_facets`, `get_related`, `get_units` |
//! | [`downloads`] | `get_downloads`, `get_attachments` |
//! | [`reactions`] | `get_reactions` |
//! | [`search`] | `search_index` |
//! | [`urls`] | `get_url`, `get_hash` |
//! | [`i18n`] | `trans`, `text_direction` |
//! | [`data`] | `load_data` |
//! | [`images`] | `resize_image`, `get_image_metadata` |
//! | [`image_operation`] | what can be done with an image, and the name of the result |
//! | [`image_meta`] | what the bytes of an image say about it |
//! | [`misc`] | `now`, `get_env` |
//! | [`files`] | where a file named in a template is looked for |
//! | [`args`] | the arguments of a call, with their types |

pub mod args;
pub mod catalog;
pub mod content;
pub mod data;
pub mod downloads;
pub mod files;
pub mod i18n;
pub mod image_meta;
pub mod image_operation;
pub mod images;
pub mod misc;
pub mod reactions;
pub mod search;
pub mod urls;

#[cfg(test)]
pub(crate) mod fake;

use std::sync::Arc;

use super::lookup::{Kept, Lookup};
use super::value::Shared;
use crate::model::{Json, JsonMap};

/// A call of a function or a filter.
pub struct Call<'a> {
    /// The named arguments.
    pub args: JsonMap,
    /// Whom to ask.
    pub lookup: Arc<dyn Lookup>,
    /// A value that the template sees, by a dotted path such as `page.permalink`.
    pub scope: &'a dyn Fn(&str) -> Option<Json>,
}

impl Call<'_> {
    /// Whether the site was written for dialect 0.22, whose functions know less and ask for less.
    pub(crate) fn is_old(&self) -> bool {
        self.lookup.config().dialect.is_old()
    }
}

/// What comes back.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A value; null for nothing.
    Json(Json),
    /// A value that [`Lookup::memo`] keeps: the same allocation for everybody who asks for the same value within a
    /// build, so that an engine need turn it into its own form only once.
    Kept(Arc<Kept>),
    /// Text that is not escaped.
    Safe(String),
    /// An object of the site.
    Shared(Shared),
}

/// A function.
pub type Function = fn(&Call<'_>) -> Result<Answer, String>;

/// The functions of dialect 0.23, by name. `range`, `throw` and `get_random` are the template language's own.
pub const FUNCTIONS: &[(&str, Function)] = &[
    ("get_page", content::get_page),
    ("get_section", content::get_section),
    ("get_taxonomy", content::get_taxonomy),
    ("get_taxonomy_term", content::get_taxonomy_term),
    ("get_taxonomy_url", content::get_taxonomy_url),
    ("get_kinds", catalog::get_kinds),
    ("get_items", catalog::get_items),
    ("get_facets", catalog::get_facets),
    ("get_related", catalog::get_related),
    ("get_units", catalog::get_units),
    ("get_downloads", downloads::get_downloads),
    ("get_attachments", downloads::get_attachments),
    ("get_reactions", reactions::get_reactions),
    ("search_index", search::search_index),
    ("get_url", urls::get_url),
    ("get_hash", urls::get_hash),
    ("trans", i18n::trans),
    ("text_direction", i18n::text_direction),
    ("load_data", data::load_data),
    ("resize_image", images::resize_image),
    ("get_image_metadata", images::get_image_metadata),
    ("now", misc::now),
    ("get_env", misc::get_env),
];

impl Answer {
    /// Text that is escaped where the template escapes.
    pub(crate) fn text(text: impl Into<String>) -> Answer {
        Answer::Json(Json::String(text.into()))
    }

    /// Nothing.
    pub(crate) fn nothing() -> Answer {
        Answer::Json(Json::Null)
    }
}
