//! Why there is no ordinary answer. In: what failed in the store, in a form, on this machine. Out: a [`Trouble`], which
//! becomes a page.

use crate::reactions::forms;
use crate::reactions::password::TooBusy;
use crate::reactions::store::StoreError;

/// Why there is no ordinary answer.
#[derive(Debug)]
pub enum Trouble {
    /// The store could not do it.
    Store(StoreError),
    /// There is no such thing, or not for this visitor.
    NotFound,
    /// It is there, but this member may not do that.
    Forbidden,
    /// One must log in first, and comes back here: a path below `/reacties/`.
    LogIn(String),
    /// One must give the password again first, and comes back here.
    Prove(String),
    /// Too often: again after so many milliseconds.
    TooOften(i64),
    /// Too much at once on this machine.
    Busy,
    /// What was posted is no form of ours.
    Form(forms::Fault),
    /// The form is too old or of another visitor; nothing was done.
    Stale,
    /// It came from a page of somebody else.
    Foreign,
    /// The body is of a type that no form of ours has.
    Media,
    /// This machine failed.
    Machine(String),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Trouble {
        Trouble::Store(error)
    }
}

impl From<TooBusy> for Trouble {
    fn from(_: TooBusy) -> Trouble {
        Trouble::Busy
    }
}
