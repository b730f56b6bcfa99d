//! The ground: small plain types that every room shares and that know no other room.
//!
//! | file | what it holds |
//! |---|---|
//! | [`paths`] | [`SourcePath`], [`OutPath`]: two kinds of path that cannot be mixed up |
//! | [`hash`] | [`Hash128`], the identity of every answer and every output |
//! | [`diagnostic`] | [`Diagnostic`]: what is wrong, where, and how to mend it |
//! | [`artifact`] | [`Artifact`]: one file of the result, before it is written |
//! | `testing` | chance for tests |

pub mod artifact;
pub mod diagnostic;
pub mod hash;
pub mod paths;
#[cfg(test)]
pub(crate) mod testing;

pub use artifact::{Artifact, Content};
pub use diagnostic::{Diagnostic, Note, Place, Severity};
pub use hash::{Hash128, hash_of};
pub use paths::{OutPath, SourcePath};
