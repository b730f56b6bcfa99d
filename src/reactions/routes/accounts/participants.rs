//! Who takes part. In: a visit of a member. Out: those who want to be seen by other members, with what they want to be
//! seen; never a mail address, and nothing for search engines.

use maud::html;

use crate::reactions::exchange::Response;
use crate::reactions::store::accounts::Role;
use crate::reactions::visit::{Trouble, Visit};

/// So many at most.
const MOST: i64 = 2000;

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let account = visit.at_least(Role::Member)?;
    let found = visit.app.store.read(|tx| tx.participants(MOST))?;
    let content = html! {
        p { "Deze lijst zien alleen mensen die zijn ingelogd. Iedereen kiest zelf of en hoe hij erin staat." }
        @if !account.listed {
            p { "U staat er zelf niet in. " a href=(visit.app.path("mijn")) { "Zet uw naam in de lijst" } "." }
        }
        @if found.is_empty() { p { "Er staat nog niemand in de lijst." } }
        ul {
            @for participant in &found {
                li {
                    strong { bdi { (participant.name) } }
                    @if let Some(about) = &participant.about { ", " bdi { (about) } }
                    @if let Some(words) = &participant.introduction {
                        @for line in words.lines().filter(|line| !line.is_empty()) { br; bdi { (line) } }
                    }
                }
            }
        }
    };
    Ok(visit.page(200, "Deelnemers", &content))
}
