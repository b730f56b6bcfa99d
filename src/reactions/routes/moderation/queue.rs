//! What waits for a moderator, oldest first. In: whoever decides. Out: every text with why it waits, where it belongs, and
//! a button to place it.

use maud::{Markup, html};

use super::{feed, judge, scope};
use crate::reactions::clock;
use crate::reactions::exchange::Response;
use crate::reactions::holds::names_danger;
use crate::reactions::routes::fields::went_well;
use crate::reactions::routes::reactions::alone;
use crate::reactions::store::accounts::Role;
use crate::reactions::store::reactions::{Counts, Kept};
use crate::reactions::store::{StoreError, Tx};
use crate::reactions::visit::{Trouble, Visit};

/// So many stand on one page.
const SHOWN: usize = 25;
/// So many are asked for at a time.
const PIECE: i64 = 100;

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    visit.at_least(Role::Moderator)?;
    let (shown, (waiting, reported)) = visit.app.store.read(|tx| {
        let mut shown = Vec::new();
        for kept in waiting_for(visit, tx, SHOWN)? {
            let counts = match &kept.account {
                Some(account) => tx.reaction_counts(account)?,
                None => Counts::default(),
            };
            let parent = match &kept.parent {
                Some(parent) => tx.reaction(parent)?,
                None => None,
            };
            shown.push((kept, counts, parent));
        }
        Ok((shown, scope::waits(visit, tx)?))
    })?;
    let content = html! {
        @if let Some(words) = judge::done(visit.query.text("gedaan")) { (went_well(words)) }
        (links(visit, reported))
        h2 { "Wat wacht" }
        @match waiting {
            0 => p { "Er wacht niets." },
            1 => p { "Er wacht 1 reactie." },
            _ => p { "Er wachten " (waiting) " reacties. De oudste staat bovenaan." },
        }
        ol.wachtrij {
            @for (kept, counts, parent) in &shown {
                li class=[(!kept.holds.is_empty() || may_need_help(kept)).then_some("wachtrij-let-op")] {
                    (about(visit, kept, counts.placed, parent.as_ref()))
                    (judge::quick(visit, kept))
                }
            }
        }
        @if i64::try_from(shown.len()).unwrap_or(i64::MAX) < waiting {
            p { "Er zijn er meer. U ziet ze als u deze hebt gehad." }
        }
        p.klein {
            "Volg de wachtrij in een feedlezer: " a href=(feed::address(visit)?) { "feed voor moderators" }
            ". Dit adres is alleen voor u. Er staat niet in wat iemand schreef."
        }
    };
    Ok(visit.page(200, "Wachtrij", &content))
}

/// The oldest that wait for this visitor.
pub(super) fn waiting_for(visit: &Visit<'_>, tx: &mut Tx<'_>, most: usize) -> Result<Vec<Kept>, StoreError> {
    waiting_that(tx, most, &|page| scope::decides(visit, page))
}

/// The oldest that wait on pages of some sort.
pub(super) fn waiting_that(
    tx: &mut Tx<'_>,
    most: usize,
    fits: &dyn Fn(&str) -> bool,
) -> Result<Vec<Kept>, StoreError> {
    let mut found: Vec<Kept> = Vec::new();
    let mut behind = String::new();
    while found.len() < most {
        let piece = tx.waiting_after(&behind, PIECE)?;
        let Some(last) = piece.last() else { break };
        behind.clone_from(&last.id);
        found.extend(piece.into_iter().filter(|kept| fits(&kept.page)));
    }
    found.truncate(most);
    Ok(found)
}

fn may_need_help(kept: &Kept) -> bool {
    names_danger(&kept.words())
}

/// The other pages for moderators.
pub(super) fn links(visit: &Visit<'_>, reported: i64) -> Markup {
    let is_admin = visit.account.as_ref().is_some_and(|account| account.role == Role::Admin);
    html! {
        ul {
            li { a href=(visit.app.path("beheer")) { "Wachtrij" } }
            li { a href=(visit.app.path("beheer/meldingen")) { "Meldingen" } @if reported > 0 { " (" (reported) ")" } }
            li { a href=(visit.app.path("beheer/logboek")) { "Logboek" } }
            @if is_admin { li { a href=(visit.app.path("beheer/leden")) { "Leden" } } }
        }
    }
}

/// A text with where it belongs and what is to be looked at.
pub(super) fn about(visit: &Visit<'_>, kept: &Kept, placed: i64, parent: Option<&Kept>) -> Markup {
    let pages = visit.app.site.pages();
    let page = pages.get(&kept.page);
    let labels: Vec<&str> = page
        .map(|page| {
            pages
                .scopes
                .iter()
                .filter(|scope| page.scopes.contains(&scope.slug))
                .map(|scope| scope.label.as_str())
                .collect()
        })
        .unwrap_or_default();
    html! {
        p.klein {
            "Bij "
            @match page {
                Some(page) => a href={ (visit.app.settings.base_path()) (page.url) } { (page.title) },
                None => { (kept.page) " (deze pagina neemt geen reacties meer aan)" }
            }
            @if !labels.is_empty() { " · " (labels.join(", ")) }
            " · geschreven op " (clock::spoken(kept.created))
            @if let Some(edited) = kept.edited { " · gewijzigd op " (clock::spoken(edited)) }
            @if placed == 0 { " · nog nooit iets geplaatst" }
        }
        @if let Some(parent) = parent {
            details { summary { "Dit is een antwoord op" } (alone(parent)) }
        }
        @if may_need_help(kept) {
            p.melding.melding-let-op {
                strong { "Lees deze tekst eerst." }
                " De schrijver heeft misschien nu hulp nodig. Die heeft op het scherm al gezien dat 112, 113 en Veilig Thuis er zijn."
            }
        }
        @if !kept.holds.is_empty() {
            div.melding.melding-let-op { @for hold in &kept.holds { p { (hold) } } }
        }
        @if let Some(reason) = &kept.reason { p { "Eerder besloten, met als reden: " q { (reason) } } }
        (alone(kept))
    }
}
