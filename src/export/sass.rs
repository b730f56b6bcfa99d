//! Style sheets from Sass. In: the path of a style sheet and a way to read sources. Out: CSS, or what is wrong with it.
//!
//! | file | what it answers |
//! |---|---|
//! | [`mod@entries`] | which files become a style sheet, and where each goes |
//! | [`sources`] | what the compiler sees of the site |
//! | [`faults`] | what a fault of the compiler means to an author |

mod entries;
mod faults;
mod sources;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use grass::{Options, OutputStyle};

use crate::base::{Diagnostic, SourcePath};

pub use entries::entries;
use sources::Sources;

/// Compiles a style sheet. Every file it uses is asked for with `read`, also those that are not there.
pub fn compile(
    path: &SourcePath,
    read: &dyn Fn(&SourcePath) -> Option<Arc<[u8]>>,
) -> Result<String, Diagnostic> {
    let sources = Sources::new(read);
    if !sources.exists(path) {
        return Err(faults::missing(path));
    }
    // `@warn` and `@debug` would go straight to the terminal, which is not this room's.
    let options = Options::default().style(OutputStyle::Compressed).fs(&sources).quiet(true);
    // The compiler is not ours and gives up with a panic on some of what it does not know.
    let made = catch_unwind(AssertUnwindSafe(|| grass::from_path(path.as_str(), &options)));
    if let Some((file, at)) = sources.unreadable() {
        return Err(faults::not_text(&file, at, path));
    }
    match made {
        Ok(Ok(css)) => Ok(css),
        Ok(Err(error)) => Err(faults::explain(*error, path)),
        Err(_) => Err(faults::gave_up(path)),
    }
}

#[cfg(test)]
mod tests;
