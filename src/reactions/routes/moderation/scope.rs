//! Who decides about which page. In: a member's role and scopes, and a page. Out: yes or no.
//!
//! A moderator without scopes decides about everything, one with scopes about the pages that have one of them. A page of
//! no scope at all, or one that the site has no more, is for those without scopes. A beheerder decides about everything.

use crate::reactions::store::accounts::Role;
use crate::reactions::store::{StoreError, Tx};
use crate::reactions::visit::Visit;

/// Whether a member with this role and these scopes decides about a page.
pub(in crate::reactions::routes) fn fits(
    visit: &Visit<'_>,
    role: Role,
    scopes: &[String],
    page: &str,
) -> bool {
    let has_one = || {
        let pages = visit.app.site.pages();
        pages.get(page).is_some_and(|page| page.scopes.iter().any(|scope| scopes.contains(scope)))
    };
    match role {
        Role::Member => false,
        Role::Admin => true,
        Role::Moderator => scopes.is_empty() || has_one(),
    }
}

/// Whether this visitor is a moderator.
pub(in crate::reactions::routes) fn is_moderator(visit: &Visit<'_>) -> bool {
    visit.account.as_ref().is_some_and(|account| account.role >= Role::Moderator && account.is_active())
}

/// Whether this visitor decides about a page.
pub(in crate::reactions::routes) fn decides(visit: &Visit<'_>, page: &str) -> bool {
    let fits = |role| fits(visit, role, &visit.scopes, page);
    is_moderator(visit) && visit.account.as_ref().is_some_and(|account| fits(account.role))
}

/// How many reactions wait for this visitor, and how many were reported.
pub(in crate::reactions::routes) fn waits(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
) -> Result<(i64, i64), StoreError> {
    let (waiting, reported) = (tx.waiting_by_page()?, tx.reported_by_page()?);
    let count = |pages: &[(String, i64)]| -> i64 {
        pages.iter().filter(|(page, _)| decides(visit, page)).map(|(_, count)| count).sum()
    };
    Ok((count(&waiting), count(&reported)))
}
