//! The output folder: the only place that writes there. In: artifacts, one by one, while they are being made. Out: all of
//! them in the output folder, or none.
//!
//! Everything is first written to a folder of its own inside the output folder; only when the whole build went well are
//! the files moved to their places, one rename each (a folder that is new moves whole), and what is no longer wanted is
//! removed. Whatever goes wrong before leaves the output folder as it was.
//!
//! | file | what it answers |
//! |---|---|
//! | [`stage`] | where artifacts wait |
//! | [`publish`] | how they get to their places |
//! | [`archive`] | a ZIP file of what was put there |
//! | [`guard`] | whether an output folder is safe to write to |

pub mod archive;
pub mod guard;
pub mod publish;
pub mod stage;

use std::path::PathBuf;

pub use stage::Stage;

/// The folder inside the output folder in which artifacts wait.
pub const STAGE: &str = ".praktijk-stage";

/// The machine failed while writing.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A file or folder could not be written, moved or removed.
    #[error("{what} `{}`: {cause}", path.display())]
    Io {
        /// What was tried, as the start of a sentence.
        what: &'static str,
        /// Where.
        path: PathBuf,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The output folder is one that must not be written to.
    #[error("{0}")]
    Unsafe(String),
}

impl WriteError {
    /// A way to mend it, if one is known.
    pub fn hint(&self) -> Option<&'static str> {
        use std::io::ErrorKind::*;
        let WriteError::Io { what, cause, .. } = self else { return None };
        match cause.kind() {
            StorageFull | QuotaExceeded => {
                Some("The disk is full. Make room and build again; the output folder is as it was.")
            }
            PermissionDenied | ReadOnlyFilesystem => Some(
                "You have no right to write there. Choose another folder with --output-dir, or change its owner or rights.",
            ),
            NotADirectory | AlreadyExists => Some(
                "Something that is no folder stands in the way. Move it, or choose another folder with --output-dir.",
            ),
            FileTooLarge => Some(
                "The system allows no file as large as this one. Lift the limit (`ulimit -f`, or the quota of the disk) and build again; the output folder is as it was.",
            ),
            NotFound if what.starts_with("The output folder") => {
                Some("No folder can be made there. Choose another one with --output-dir.")
            }
            _ => None,
        }
    }
}

/// Names the path of a failure.
pub(crate) fn at(what: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> WriteError {
    let path = path.into();
    move |cause| WriteError::Io { what, path, cause }
}
