//! What moderators see and decide. In: what waits and what was reported. Out: pages that work by keyboard and without a
//! script, decisions with their reason, and a log of them.
//!
//! | file | what it answers |
//! |---|---|
//! | `scope` | who decides about which page |
//! | `queue` | what waits, oldest first |
//! | `judge` | one reaction, and the decision about it |
//! | `reports` | what was reported |
//! | `log` | who decided what, and why |
//! | `feed` | the same for a feed reader, without a word of what was written |
//!
//! A moderator never sees a mail address, and what is not theirs to decide about is not there for them.

mod feed;
mod judge;
mod log;
mod queue;
mod reports;
pub(super) mod scope;

#[cfg(test)]
mod tests;

pub(super) use log::in_words;

use super::{Route, route};

pub(super) const ROUTES: &[Route] = &[
    route("beheer", Some(queue::page), None),
    route("beheer/oordeel", Some(judge::page), Some(judge::judge)),
    route("beheer/meldingen", Some(reports::page), Some(reports::close)),
    route("beheer/logboek", Some(log::page), None),
    route("beheer/atom", Some(feed::feed), None),
];
