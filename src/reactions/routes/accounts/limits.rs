//! About what a moderator decides. In: what the site has, what the moderator has, and what was ticked. Out: boxes to tick,
//! and whether what was ticked may be kept.
//!
//! A moderator without limits decides about everything. So none is left out in silence: not when the list of the site
//! cannot be read, not when the site has a scope no more, and not when a form is older than the list.

use maud::{Markup, html};

use crate::reactions::routes::fields::{group, look_out, tick};
use crate::reactions::store::accounts::Role;
use crate::reactions::visit::Visit;

/// What the names of the boxes begin with.
const BOX: &str = "gebied-";
const UNKNOWN: &str = "Nu is niet te zien waarover een moderator kan oordelen. Daarom kunt u nu niemand moderator maken. Probeer het later nog eens.";
const CHANGED: &str =
    "Er is niets bewaard. Waarover een moderator kan oordelen, is intussen veranderd. Kies opnieuw.";

/// Whether the list of the site can be read. One without any page is as good as none.
pub(super) fn are_known(visit: &Visit<'_>) -> bool {
    visit.app.site.pages().all().next().is_some()
}

/// The boxes; nothing when there is nothing to choose. `has`: what this moderator has now.
pub(super) fn boxes(visit: &Visit<'_>, has: &[String]) -> Markup {
    let offered = offered(visit, has);
    html! {
        @if !are_known(visit) { (look_out(UNKNOWN)) } @else if !offered.is_empty() {
            (group("Waarover mag een moderator oordelen?", Some("Kiest u niets, dan over alles."), &html! {
                @for (slug, label) in &offered { (tick(&format!("{BOX}{slug}"), label, has.contains(slug))) }
            }))
        }
    }
}

/// What the site has, and what this moderator has though the site has it no more; each with what it is called.
fn offered(visit: &Visit<'_>, has: &[String]) -> Vec<(String, String)> {
    let pages = visit.app.site.pages();
    let mut offered: Vec<(String, String)> =
        pages.scopes.iter().map(|scope| (scope.slug.clone(), scope.label.clone())).collect();
    for slug in has {
        if !offered.iter().any(|(known, _)| known == slug) {
            offered.push((slug.clone(), format!("{slug} (staat niet meer op de site)")));
        }
    }
    offered
}

/// What was ticked, for a moderator.
pub(super) fn ticked(visit: &Visit<'_>) -> Vec<String> {
    if visit.form.text("rol") != Role::Moderator.word() {
        return Vec::new();
    }
    visit.form.iter().filter_map(|(name, _)| name.strip_prefix(BOX)).map(ToOwned::to_owned).collect()
}

/// Why a moderator cannot have this now.
pub(super) fn wrong(visit: &Visit<'_>, ticked: &[String], has: &[String]) -> Option<&'static str> {
    let offered = offered(visit, has);
    let is_offered = |slug: &String| offered.iter().any(|(known, _)| known == slug);
    if !are_known(visit) {
        Some(UNKNOWN)
    } else if !ticked.iter().all(is_offered) {
        Some(CHANGED)
    } else {
        None
    }
}
