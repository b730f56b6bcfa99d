//! Whom what happened is told by mail, and what changes with it. In: a transaction, and a reaction as it is now. Out: mails
//! in the queue, the site marked as behind.
//!
//! | template | slots |
//! |---|---|
//! | `reactie-geplaatst` | `pagina` (title), `pad` |
//! | `reactie-afgewezen` | `pagina`, `reden`, `pad` |
//! | `reactie-verwijderd` | `pagina`, `reden`, `pad` |
//! | `nieuw-op-een-pagina-die-u-volgt` | `pagina`, `pad`, `volgt` (the id of the subscription, of which the link is made that ends it) |
//! | `iets-wacht` | `reacties` (a number), `meldingen` (a number), `pad` |
//!
//! Paths begin at the address of the site: `/reacties/…`. No mail holds a word of what was written.

use super::within;
use crate::reactions::clock::MINUTE;
use crate::reactions::routes::moderation::scope;
use crate::reactions::site::Page;
use crate::reactions::store::reactions::{Kept, State};
use crate::reactions::store::{StoreError, Tx};
use crate::reactions::visit::Visit;

/// So long what waits is gathered before moderators are told of it.
const GATHERED: i64 = 10 * MINUTE;

/// A reaction was kept or changed by its writer, and is now what it is.
pub(super) fn kept(visit: &Visit<'_>, tx: &mut Tx<'_>, page: &Page, kept: &Kept) -> Result<(), StoreError> {
    match kept.state {
        State::Placed => {
            tx.note(&within(visit.entry("reactie/verschenen", Some(&kept.id), None))?)?;
            appeared(visit, tx, page, kept)
        }
        State::Waiting => waits(visit, tx),
        State::Declined | State::Withdrawn => Ok(()),
    }
}

/// A reaction is new for everybody: the site is behind, and those who follow the page hear of it.
pub(in crate::reactions::routes) fn appeared(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    page: &Page,
    kept: &Kept,
) -> Result<(), StoreError> {
    changed(visit, tx)?;
    for (subscription, mail) in tx.followers(&page.id)? {
        if kept.account.as_deref() == Some(subscription.account.as_str()) {
            continue;
        }
        let slots = [("pagina", page.title.as_str()), ("pad", &place_of(kept)), ("volgt", &subscription.id)];
        let mail = visit.mail("nieuw-op-een-pagina-die-u-volgt", &mail, Some(&subscription.account), &slots);
        tx.enqueue(&within(mail)?)?;
    }
    Ok(())
}

/// What is published changed: the site is behind.
pub(in crate::reactions::routes) fn changed(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<(), StoreError> {
    tx.published_changed(visit.app.settings.quiet_until(visit.now))?;
    Ok(())
}

/// Something waits: every moderator who may decide about anything of it gets one mail, after a while.
pub(in crate::reactions::routes) fn waits(visit: &Visit<'_>, tx: &mut Tx<'_>) -> Result<(), StoreError> {
    let (waiting, reported) = (tx.waiting_by_page()?, tx.reported_by_page()?);
    for moderator in tx.moderators()? {
        let count = |pages: &[(String, i64)]| -> i64 {
            let fits = |page: &str| scope::fits(visit, moderator.account.role, &moderator.scopes, page);
            pages.iter().filter(|(page, _)| fits(page)).map(|(_, count)| count).sum()
        };
        let (waiting, reported) = (count(&waiting), count(&reported));
        let is_me = visit.account.as_ref().is_some_and(|account| account.id == moderator.account.id);
        if waiting + reported == 0 || is_me {
            continue;
        }
        let slots = [
            ("reacties", &*waiting.to_string()),
            ("meldingen", &*reported.to_string()),
            ("pad", "/reacties/beheer"),
        ];
        let account = &moderator.account;
        let mail = within(visit.mail("iets-wacht", &account.mail, Some(&account.id), &slots))?;
        tx.enqueue_one(&mail, visit.now + GATHERED)?;
    }
    Ok(())
}

/// A moderator placed it: its writer hears of it.
pub(in crate::reactions::routes) fn placed(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    title: &str,
    kept: &Kept,
) -> Result<(), StoreError> {
    writer(visit, tx, kept, "reactie-geplaatst", &[("pagina", title), ("pad", &place_of(kept))])
}

/// A moderator did not place it, or took it from the site; its writer may change it.
pub(in crate::reactions::routes) fn declined(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    title: &str,
    kept: &Kept,
    reason: &str,
) -> Result<(), StoreError> {
    let path = format!("/reacties/wijzigen?reactie={}", kept.id);
    writer(visit, tx, kept, "reactie-afgewezen", &[("pagina", title), ("reden", reason), ("pad", &path)])
}

/// A moderator took it away for good.
pub(in crate::reactions::routes) fn removed(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    title: &str,
    kept: &Kept,
    reason: &str,
) -> Result<(), StoreError> {
    let slots = [("pagina", title), ("reden", reason), ("pad", "/reacties/mijn/reacties")];
    writer(visit, tx, kept, "reactie-verwijderd", &slots)
}

/// Mails whoever wrote something, unless they left, were shut out, or did it themselves.
fn writer(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    kept: &Kept,
    template: &str,
    slots: &[(&str, &str)],
) -> Result<(), StoreError> {
    let Some(writer) = kept.account.as_deref() else { return Ok(()) };
    let Some(writer) = tx.account(writer)?.filter(|writer| writer.blocked.is_none()) else { return Ok(()) };
    if visit.account.as_ref().is_some_and(|account| account.id == writer.id) {
        return Ok(());
    }
    tx.enqueue(&within(visit.mail(template, &writer.mail, Some(&writer.id), slots))?)
}

/// Where a reaction is read at once, also before the site is built anew.
fn place_of(kept: &Kept) -> String {
    format!("/reacties/{}#reactie-{}", super::show::thread_of(&kept.page), kept.id)
}
