//! Posting. In: a form, of our own or of a page of the site. Out: the text kept once, or shown again with what is missing:
//! a look at it ("Klopt dit zo?"), the login, or what is wrong.
//!
//! What somebody wrote is never lost on the way: every answer but the last has it in a form again. It stands in no address,
//! no cookie and no storage, as not everybody is alone on their machine. Who must log in first does so in another tab, and
//! comes back to the one that still has the text.

use maud::{Markup, html};
use serde_json::json;

use super::detour::{log_in_first, no_page, not_confirmed};
use super::draft::{Draft, follow_box};
use super::show::{HELP, beware, help, thread_of};
use super::thread::words;
use super::{appears, tell, within};
use crate::model::reaction::Kind;
use crate::reactions::clock::{HOUR, spoken_wait};
use crate::reactions::exchange::Response;
use crate::reactions::holds::names_danger;
use crate::reactions::routes::fields::{buttons, form, look_out, unseen};
use crate::reactions::secrets;
use crate::reactions::site::Page;
use crate::reactions::store::accounts::Account;
use crate::reactions::store::reactions::{Kept, New, State};
use crate::reactions::store::subscriptions::Subscription;
use crate::reactions::store::throttle::Limit;
use crate::reactions::store::{StoreError, Tx};
use crate::reactions::visit::{Trouble, Visit};

/// So many reactions a member may post within a while.
pub(super) const QUOTA: Limit = Limit { most: 20, window: HOUR };

pub(super) fn place(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let wants_json = visit.request.wants_json();
    let Some(page) = visit.app.site.pages().get(visit.form.text("pagina")).cloned() else {
        return Ok(no_page(visit));
    };
    let parent = (visit.form.text("soort") == Kind::Answer.word()).then(|| visit.form.text("ouder"));
    let draft = Draft::read(visit, &page, None, parent);
    let Some(account) = &visit.account else {
        return if wants_json {
            Err(Trouble::LogIn(visit.app.path(&thread_of(&page.id))))
        } else {
            log_in_first(visit, &draft)
        };
    };
    if !account.is_active() {
        return Ok(not_confirmed(visit, &draft));
    }
    let once = draft.once.clone();
    match (wants_json, visit.has_token(), &once) {
        (true, false, _) => return Err(Trouble::Stale),
        (true, true, None) => {
            return Ok(Response::json(
                400,
                &json!({"fouten": {}, "uitleg": "Het formulier is niet compleet. Laad de pagina opnieuw."}),
            ));
        }
        (false, false, _) | (_, _, None) => return is_this_right(visit, &draft),
        _ => {}
    }
    if !draft.faults.is_empty() {
        return wrong(visit, &draft);
    }
    keep(visit, account, draft, &once.unwrap_or_default())
}

/// What became of it.
enum Done {
    Kept(Box<Kept>),
    /// The form was used already: by somebody else, or for another text.
    Used,
    /// What it answers is not there any more.
    NothingToAnswer,
    TooOften(i64),
}

fn keep(visit: &Visit<'_>, account: &Account, mut draft: Draft, once: &str) -> Result<Response, Trouble> {
    let done = visit.app.store.write(|tx| kept(visit, tx, account, &draft, once))?;
    match done {
        Done::Kept(kept) => {
            (visit.app.wake)();
            Ok(thanks(visit, &draft, &kept))
        }
        Done::Used => {
            if visit.request.wants_json() {
                let says =
                    "Dit formulier is al gebruikt. Laad de pagina opnieuw en plaats uw tekst nog eens.";
                return Ok(Response::json(409, &json!({"fouten": {}, "uitleg": says})));
            }
            draft.once = None;
            is_this_right(visit, &draft)
        }
        Done::NothingToAnswer => {
            draft.faults.add(
                "tekst",
                "Waar u op antwoordt, staat niet meer op de site. Kopieer uw tekst als u hem wilt bewaren.",
            );
            wrong(visit, &draft)
        }
        Done::TooOften(wait) => too_often(visit, &draft, wait),
    }
}

fn kept(
    visit: &Visit<'_>,
    tx: &mut Tx<'_>,
    account: &Account,
    draft: &Draft,
    once: &str,
) -> Result<Done, StoreError> {
    // Who goes back and writes something else in the same form has not posted that yet.
    let same_or_used = |kept: Kept| {
        let is_same = kept.account.as_deref() == Some(account.id.as_str()) && draft.is(&kept);
        if is_same { Done::Kept(Box::new(kept)) } else { Done::Used }
    };
    if let Some(kept) = tx.reaction_of_form(once)? {
        return Ok(same_or_used(kept));
    }
    if let Some(parent) = &draft.parent {
        let found = tx.reaction(parent)?;
        let is_there =
            |one: &Kept| one.page == draft.page.id && one.kind != Kind::Answer && one.state == State::Placed;
        if !found.is_some_and(|one| is_there(&one)) {
            return Ok(Done::NothingToAnswer);
        }
    }
    let key = visit.counted_as("plaatsen", &account.id);
    if let Some(wait) = tx.count(&key, QUOTA, visit.now)? {
        return Ok(Done::TooOften(wait));
    }
    let holds = appears::found(visit, &draft.words());
    let state = appears::state(visit, tx, account, &draft.page.id, &holds)?;
    let (id, lines) = (within(visit.id())?, appears::lines(&holds));
    let new = New {
        id: &id,
        page: &draft.page.id,
        parent: draft.parent.as_deref(),
        account: &account.id,
        kind: draft.kind_kept(),
        said: draft.said(state, &lines),
        once,
        now: visit.now,
    };
    tx.add_reaction(&new)?;
    let Some(kept) = tx.reaction_of_form(once)? else {
        return Err(StoreError::Broken("a reaction is not there right after it was kept".to_owned()));
    };
    if draft.follow {
        let page = draft.page.id.clone();
        tx.follow(&Subscription {
            id: within(visit.id())?,
            page,
            account: account.id.clone(),
            created: visit.now,
        })?;
    }
    tell::kept(visit, tx, &draft.page, &kept)?;
    Ok(same_or_used(kept))
}

fn thanks(visit: &Visit<'_>, draft: &Draft, kept: &Kept) -> Response {
    if !visit.request.wants_json() {
        return visit.see(&format!("{}&nieuw={}", thread_of(&kept.page), kept.id));
    }
    let mut says: Vec<&str> = Vec::new();
    if names_danger(&draft.words()) {
        says.push(HELP);
    }
    says.push(match kept.state {
        State::Placed => "Dank u wel. Uw tekst staat nu op de site.",
        _ => "Dank u wel. Uw tekst is binnen. Een moderator leest hem eerst; daarna krijgt u een mail.",
    });
    if kept.state == State::Waiting {
        says.extend(appears::for_member(&appears::found(visit, &draft.words())));
    }
    Response::json(201, &json!({"id": kept.id, "stand": kept.state.word(), "uitleg": says.join(" ")}))
}

/// What makes a form one of its own: that of the form that was sent, as its text may have been kept already although the
/// answer never arrived; else a new one.
fn once(draft: &Draft) -> Result<String, Trouble> {
    draft.once.clone().map_or_else(|| secrets::token().map_err(Trouble::Machine), Ok)
}

/// The text once more, with what is said of it, before anything is kept.
fn is_this_right(visit: &Visit<'_>, draft: &Draft) -> Result<Response, Trouble> {
    if !draft.faults.is_empty() {
        return wrong(visit, draft);
    }
    let once = once(draft)?;
    let (_, sends) = words(draft);
    let content = html! {
        (first(draft))
        p { "Zo komt uw tekst op de site te staan, bij ‘" (draft.page.title) "’:" }
        (draft.preview())
        @for says in appears::for_member(&appears::found(visit, &draft.words())) { (look_out(says)) }
        (beware())
        (form(visit, "plaatsen", &html! {
            (draft.unseen_fields())
            (unseen("eenmalig", &once))
            details { summary { "Nog iets veranderen" } (draft.fields(visit)) }
            (follow_box(draft.follow))
            (buttons(&format!("Ja, {}", lower(sends)), Some(&back(visit, &draft.page))))
        }))
    };
    Ok(visit.page(200, "Klopt dit zo?", &content))
}

/// The form again, with what is wrong.
fn wrong(visit: &Visit<'_>, draft: &Draft) -> Result<Response, Trouble> {
    if visit.request.wants_json() {
        let says = "Uw tekst is nog niet geplaatst.";
        return Ok(Response::json(422, &json!({"fouten": draft.faults.json(), "uitleg": says})));
    }
    again(visit, draft, 422, &draft.faults.summary())
}

fn again(visit: &Visit<'_>, draft: &Draft, status: u16, why: &Markup) -> Result<Response, Trouble> {
    let once = once(draft)?;
    let (heading, sends) = words(draft);
    let content = html! {
        (why)
        (first(draft))
        (beware())
        (form(visit, "plaatsen", &html! {
            (draft.unseen_fields())
            (unseen("eenmalig", &once))
            (draft.fields(visit))
            (follow_box(draft.follow))
            (buttons(sends, Some(&back(visit, &draft.page))))
        }))
    };
    Ok(visit.page(status, heading, &content))
}

fn too_often(visit: &Visit<'_>, draft: &Draft, wait: i64) -> Result<Response, Trouble> {
    let says = format!(
        "U plaatst veel achter elkaar. Wacht {} en verstuur uw tekst dan nog eens.",
        spoken_wait(wait)
    );
    let response = if visit.request.wants_json() {
        Response::json(429, &json!({"fouten": {}, "uitleg": says}))
    } else {
        again(visit, draft, 429, &look_out(&says))?
    };
    Ok(response.with("Retry-After", &(wait / 1000 + 1).to_string()))
}

/// What comes before everything else on a page with somebody's text.
pub(super) fn first(draft: &Draft) -> Markup {
    html! { @if names_danger(&draft.words()) { (help()) } }
}

pub(super) fn back(visit: &Visit<'_>, page: &Page) -> String {
    visit.app.path(&thread_of(&page.id))
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or(String::new(), |first| first.to_lowercase().chain(letters).collect())
}
