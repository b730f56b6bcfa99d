//! Changing and withdrawing what one wrote. In: a reaction of one's own. Out: its new text, or nothing of it.
//!
//! What waits or was not placed may be changed at any time; what stands on the site for some minutes after it was written.
//! What a moderator declined, sent back or took down waits again after a change, unless its writer decides about that page.
//! What stands on the site of a member whose texts do not appear by themselves waits again, too, and is not on the site
//! until then; and so does an answer to what stands there no more.

use maud::html;

use super::draft::Draft;
use super::show::{beware, help, thread_of};
use super::{appears, tell, within};
use crate::model::reaction::Kind;
use crate::reactions::clock::HOUR;
use crate::reactions::exchange::Response;
use crate::reactions::holds::names_danger;
use crate::reactions::routes::fields::{buttons, form, look_out, unseen};
use crate::reactions::routes::moderation::scope;
use crate::reactions::secrets::is_id;
use crate::reactions::store::accounts::Account;
use crate::reactions::store::reactions::{Kept, State};
use crate::reactions::store::throttle::Limit;
use crate::reactions::store::{StoreError, Tx};
use crate::reactions::visit::{Trouble, Visit};

/// So often a member may change texts within a while.
const QUOTA: Limit = Limit { most: 40, window: HOUR };

/// One's own reaction. That of somebody else is not there.
fn own<'a>(visit: &'a Visit<'_>, id: &str) -> Result<(&'a Account, Kept), Trouble> {
    let account = visit.member()?;
    if !is_id(id) {
        return Err(Trouble::NotFound);
    }
    let found = visit.app.store.read(|tx| tx.reaction(id))?;
    let kept = found.filter(|kept| is_own(account, kept)).ok_or(Trouble::NotFound)?;
    Ok((account, kept))
}

fn is_own(account: &Account, kept: &Kept) -> bool {
    kept.account.as_deref() == Some(account.id.as_str()) && kept.state != State::Withdrawn
}

/// Whether its writer may change it now.
pub(super) fn may(visit: &Visit<'_>, kept: &Kept) -> bool {
    match kept.state {
        State::Waiting | State::Declined => true,
        State::Placed => visit.now - kept.created <= visit.app.settings.edit_window(),
        State::Withdrawn => false,
    }
}

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let (_, kept) = own(visit, visit.query.text("reactie"))?;
    let page = super::thread::asked(visit, &kept.page)?;
    if !may(visit, &kept) {
        return Ok(too_late(visit, 200, None));
    }
    shown(visit, 200, &kept, &Draft::of(&page, &kept))
}

pub(super) fn change(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let (account, kept) = own(visit, visit.form.text("reactie"))?;
    let page = super::thread::asked(visit, &kept.page)?;
    let mut draft = Draft::read(visit, &page, Some(kept.kind), kept.parent.as_deref());
    if kept.kind != Kind::Answer && draft.title.is_none() {
        draft.title.clone_from(&kept.title);
    }
    if !account.is_active() {
        return Err(Trouble::Forbidden);
    }
    if !may(visit, &kept) {
        return Ok(too_late(visit, 409, Some(&draft)));
    }
    if !draft.faults.is_empty() {
        return shown(visit, 422, &kept, &draft);
    }
    visit.count("wijzigen", &account.id, QUOTA)?;
    let changed = visit.app.store.write(|tx| changed(visit, tx, account, &kept.id, &draft))?;
    if !changed {
        return Ok(too_late(visit, 409, Some(&draft)));
    }
    (visit.app.wake)();
    Ok(visit.see(&format!("{}&nieuw={}", thread_of(&kept.page), kept.id)))
}

/// Changes it, if that may still be done; whether it was.
fn changed(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    account: &Account,
    id: &str,
    draft: &Draft,
) -> Result<bool, StoreError> {
    let Some(before) = tx.reaction(id)?.filter(|kept| is_own(account, kept) && may(visit, kept)) else {
        return Ok(false);
    };
    let holds = appears::found(visit, &draft.words());
    let by_itself = appears::state(visit, tx, account, &before.page, &holds)?;
    let was_stopped = before.decided.is_some() && before.state != State::Placed;
    let must_wait = was_stopped && !scope::decides(visit, &before.page) || !tx.has_its_place(&before)?;
    let state = if must_wait { State::Waiting } else { by_itself };
    tx.change_reaction(id, &draft.said(state, &appears::lines(&holds)), visit.now)?;
    tx.note(&within(visit.entry("reactie/gewijzigd", Some(id), None))?)?;
    match (before.state, state) {
        (State::Placed, _) => {
            tell::changed(visit, tx)?;
            if state == State::Waiting {
                tell::waits(visit, tx)?;
            }
        }
        _ => {
            if let Some(now) = tx.reaction(id)? {
                tell::kept(visit, tx, &draft.page, &now)?;
            }
        }
    }
    Ok(true)
}

fn shown(visit: &Visit<'_>, status: u16, kept: &Kept, draft: &Draft) -> Result<Response, Trouble> {
    let account = visit.member()?;
    let trusted = visit.app.store.read(|tx| appears::is_trusted(visit, tx, account))?;
    let content = html! {
        (draft.faults.summary())
        @if names_danger(&draft.words()) { (help()) }
        @if let Some(reason) = kept.reason.as_ref().filter(|_| kept.state != State::Placed) {
            p { "Een moderator heeft uw tekst niet geplaatst, of van de site gehaald. De reden:" }
            blockquote { (reason) }
            p { "Na een wijziging leest een moderator uw tekst opnieuw." }
        }
        @if kept.state == State::Placed && !trusted {
            (look_out("Na een wijziging leest een moderator uw tekst opnieuw. Tot dan staat hij niet op de site."))
        }
        (beware())
        (form(visit, "wijzigen", &html! {
            (unseen("reactie", &kept.id))
            (draft.content(visit, kept.kind == Kind::Notice))
            (buttons("Bewaar", Some(&visit.app.path(&thread_of(&kept.page)))))
        }))
    };
    Ok(visit.page(status, "Wijzig uw tekst", &content))
}

fn too_late(visit: &Visit<'_>, status: u16, draft: Option<&Draft>) -> Response {
    let minutes = visit.app.settings.table.edit_minutes;
    let content = html! {
        (look_out("Deze tekst kunt u niet meer wijzigen."))
        p { "Wat op de site staat, kunt u " (minutes) " minuten na het schrijven nog wijzigen. Intrekken kan altijd." }
        @if let Some(draft) = draft {
            p { "Wilt u uw nieuwe tekst bewaren? Kopieer hem dan hier." }
            pre { (draft.text) }
        }
        p { a href=(visit.app.path("mijn/reacties")) { "Naar uw reacties" } }
    };
    visit.page(status, "Wijzigen kan niet meer", &content)
}

/// What withdrawing does, before it is done.
pub(super) fn sure(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let (_, kept) = own(visit, visit.query.text("reactie"))?;
    let answers = visit.app.store.read(|tx| tx.answers_to(&kept.id))?;
    let content = html! {
        p { "Uw tekst gaat van de site en uit onze gegevens. Dit kunt u niet terugdraaien." }
        @if answers > 0 {
            p { "Op uw tekst is geantwoord (" (answers) "). Wat anderen antwoordden, is dan ook niet meer te lezen." }
        }
        h2 { "Uw tekst" }
        (super::alone(&kept))
        (form(visit, "intrekken", &html! {
            (unseen("reactie", &kept.id))
            p.knoppen {
                button.knop.knop-gevaar { "Trek mijn tekst in" } " "
                a href=(visit.app.path("mijn/reacties")) { "Annuleer" }
            }
        }))
    };
    Ok(visit.page(200, "Wilt u deze tekst intrekken?", &content))
}

pub(super) fn withdraw(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let (account, kept) = own(visit, visit.form.text("reactie"))?;
    visit.app.store.write(|tx| {
        let Some(before) = tx.reaction(&kept.id)?.filter(|kept| is_own(account, kept)) else { return Ok(()) };
        tx.erase_reaction(&before.id, None, visit.now)?;
        tx.note(&within(visit.entry("reactie/ingetrokken", Some(&before.id), None))?)?;
        if before.state == State::Placed {
            tell::changed(visit, tx)?;
        }
        Ok(())
    })?;
    (visit.app.wake)();
    Ok(visit.see("mijn/reacties?gedaan=ingetrokken"))
}
