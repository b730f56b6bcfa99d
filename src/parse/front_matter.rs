//! Where front matter ends and what it says. (to be written)

use super::{ParsedPage, ParsedSection};
use crate::base::{Diagnostic, SourcePath};
use crate::model::Config;

pub(super) fn page(
    _path: &SourcePath,
    _bytes: &[u8],
    _config: &Config,
) -> (Option<ParsedPage>, Vec<Diagnostic>) {
    unimplemented!()
}

pub(super) fn section(
    _path: &SourcePath,
    _bytes: &[u8],
    _config: &Config,
) -> (Option<ParsedSection>, Vec<Diagnostic>) {
    unimplemented!()
}
