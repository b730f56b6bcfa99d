//! Runs the templates in a text (dialect 0.23). (to be written)

use std::sync::Arc;

use super::{Body, Source};
use crate::base::Diagnostic;
use crate::template::Lookup;

/// Renders a text.
pub(super) fn render(_source: &Source<'_>, _lookup: &Arc<dyn Lookup>) -> (Option<Body>, Vec<Diagnostic>) {
    unimplemented!()
}
