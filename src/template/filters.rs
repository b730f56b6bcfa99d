//! The filters that Zola adds to its template language, written once for every dialect.

use super::functions::{Answer, Call};
use crate::model::Json;

/// A filter: the call and what stands before the bar.
pub type Filter = fn(&Call<'_>, Json) -> Result<Answer, String>;

/// The filters of dialect 0.23, by name, that are not taken from the template language's own companions.
pub const FILTERS: &[(&str, Filter)] = &[];
