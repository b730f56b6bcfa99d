//! What `zola.toml` and `theme.toml` say. (to be written)

use crate::base::{Diagnostic, SourcePath};
use crate::model::Config;

/// Understands the settings. `theme` gives the path and bytes of `themes/NAME/theme.toml` for a name; its `[extra]` goes
/// under the site's own. None comes with at least one error.
pub fn config(
    _path: &SourcePath,
    _bytes: &[u8],
    _theme: &dyn Fn(&str) -> (SourcePath, Option<Vec<u8>>),
) -> (Option<Config>, Vec<Diagnostic>) {
    unimplemented!()
}
