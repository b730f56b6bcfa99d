//! The functions that templates can call, written once for every dialect. In: a [`Call`]. Out: an [`Answer`], or a
//! sentence that says what is wrong.
//!
//! | file | functions |
//! |---|---|
//! | [`content`] | `get_page`, `get_section`, `get_taxonomy`, `get_taxonomy_term`, `get_taxonomy_url` |
//! | [`urls`] | `get_url`, `get_hash` |
//! | [`i18n`] | `trans`, `text_direction` |
//! | [`data`] | `load_data` |
//! | [`images`] | `resize_image`, `get_image_metadata` |
//! | [`misc`] | `now`, `get_env`, `get_random` |
//! | [`files`] | where a file named in a template is looked for |

pub mod content;
pub mod data;
pub mod files;
pub mod i18n;
pub mod images;
pub mod misc;
pub mod urls;

use std::sync::Arc;

use super::lookup::Lookup;
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

/// What comes back.
#[derive(Clone, Debug)]
pub enum Answer {
    /// A value; null for nothing.
    Json(Json),
    /// Text that is not escaped.
    Safe(String),
    /// An object of the site.
    Shared(Shared),
}

/// A function.
pub type Function = fn(&Call<'_>) -> Result<Answer, String>;

/// The functions of dialect 0.23, by name. `range` and `throw` are the template language's own.
pub const FUNCTIONS: &[(&str, Function)] = &[];
