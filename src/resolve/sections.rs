//! (to be written)

use super::{Input, Site};
use crate::base::Diagnostic;

/// Resolves a site.
pub(super) fn resolve(_input: Input) -> (Site, Vec<Diagnostic>) {
    unimplemented!()
}
