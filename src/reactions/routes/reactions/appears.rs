//! Whether a text appears at once. In: who wrote what for which page. Out: its state, and why it waits, for a moderator.
//!
//! It waits, unless it is of a moderator of that page, or of a member of whom enough was accepted and nothing was found in
//! the text that must be looked at. What a moderator took from the site does not come back by being changed.

use crate::reactions::holds::{self, Hold};
use crate::reactions::routes::moderation::scope;
use crate::reactions::store::accounts::{Account, Role};
use crate::reactions::store::reactions::State;
use crate::reactions::store::{StoreError, Tx};
use crate::reactions::visit::Visit;

/// What was found in a text.
pub(super) fn found(visit: &Visit<'_>, words: &str) -> Vec<Hold> {
    holds::reasons(words, &visit.app.settings.table.words)
}

/// What a moderator should look at, one line each.
pub(super) fn lines(holds: &[Hold]) -> String {
    let mut lines: Vec<&str> = Vec::new();
    for hold in holds {
        if !lines.contains(&hold.for_moderator()) {
            lines.push(hold.for_moderator());
        }
    }
    lines.join("\n")
}

/// What the member is told of it, each once.
pub(super) fn for_member(holds: &[Hold]) -> Vec<&'static str> {
    let mut said = Vec::new();
    for hold in holds {
        if !said.contains(&hold.for_member()) {
            said.push(hold.for_member());
        }
    }
    said
}

/// What becomes of a new text.
pub(super) fn state(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    account: &Account,
    page: &str,
    holds: &[Hold],
) -> Result<State, StoreError> {
    let decides = account.role >= Role::Moderator && scope::fits(visit, account.role, &visit.scopes, page);
    let appears = decides || holds.is_empty() && is_trusted(visit, tx, account)?;
    Ok(if appears { State::Placed } else { State::Waiting })
}

/// Whether what a member posts appears by itself.
pub(super) fn is_trusted(visit: &Visit<'_>, tx: &mut Tx<'_>, account: &Account) -> Result<bool, StoreError> {
    let after = visit.app.settings.table.trusted_after;
    Ok(match account.trusted {
        Some(said) => said,
        None if account.role >= Role::Moderator => true,
        None => after > 0 && tx.reaction_counts(&account.id)?.placed >= after,
    })
}
