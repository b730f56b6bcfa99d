//! What members post, and what everybody reads of it. In: forms, and the store. Out: pages, feeds, and data for scripts
//! and builds.
//!
//! | file | what it answers |
//! |---|---|
//! | `draft` | a form → what somebody wants to post, and what is wrong with it |
//! | `place` | posting: look at it once more, log in, keep it |
//! | `detour` | a text that cannot be posted yet, and what to do first |
//! | `appears` | whether a text appears at once, and why it waits |
//! | `thread` | everything below one page, and the form |
//! | `show` | one reaction, and the words that stand by every form |
//! | `change` | changing and withdrawing what one wrote |
//! | `report` | saying that something should not stand there |
//! | `choose` | the answer that helped |
//! | `mine` | everything one wrote, and the pages one follows |
//! | `follow` | following a page, and ending it from a mail |
//! | `tell` | whom what happened is told by mail |
//! | `data` | the same as data: for scripts, feeds and builds |
//!
//! An edit of a text that a moderator accepted, by a member whose texts do not appear by themselves, takes it off the site
//! until a moderator read it again: who changes a text in haste often takes something out that should never have stood
//! there. What is withdrawn is gone from the database, not only from the site.

mod appears;
mod change;
mod choose;
mod data;
mod detour;
mod draft;
mod follow;
mod mine;
mod place;
mod report;
mod show;
pub(super) mod tell;
mod thread;

#[cfg(test)]
mod tests;

pub(super) use data::{Entry, atom};
pub(super) use mine::title;
pub(super) use show::{alone, spoken_kind};

use super::{Route, route};
use crate::reactions::store::StoreError;
use crate::reactions::visit::Trouble;

pub(super) const ROUTES: &[Route] = &[
    route("pagina", Some(thread::page), None),
    Route { token: false, ..route("plaatsen", None, Some(place::place)) },
    route("ingelogd", Some(detour::logged_in), None),
    route("wijzigen", Some(change::page), Some(change::change)),
    route("intrekken", Some(change::sure), Some(change::withdraw)),
    route("melden", Some(report::page), Some(report::report)),
    route("antwoord-kiezen", None, Some(choose::choose)),
    route("mijn/reacties", Some(mine::page), None),
    route("volgen", Some(follow::page), Some(follow::follow)),
    Route { signed: true, ..route("volgen/stop", Some(follow::sure), Some(follow::stop)) },
    route("draad.json", Some(data::thread), None),
    route("ik.json", Some(data::me), None),
    route("atom", Some(data::feed), None),
    route("export.ndjson", Some(data::export), None),
];

/// What failed within a transaction, as the transaction tells it.
pub(super) fn within<T>(done: Result<T, Trouble>) -> Result<T, StoreError> {
    done.map_err(|trouble| match trouble {
        Trouble::Store(error) => error,
        other => StoreError::Broken(format!("{other:?}")),
    })
}
