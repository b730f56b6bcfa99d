//! Where a member is logged in. In: which login to end, or all others. Out: the list, and logins that ended.

use maud::html;

use crate::reactions::clock;
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{form, unseen, went_well};
use crate::reactions::store::sessions::Session;
use crate::reactions::visit::{Trouble, Visit};

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let account = visit.member()?;
    let (idle, oldest) = visit.limits();
    let sessions = visit.app.store.read(|tx| tx.sessions_of(&account.id, idle, oldest))?;
    let here = visit.session.as_ref().map_or("", |session| session.id.as_str());
    let (hours, days) = (visit.app.settings.table.idle_hours, visit.app.settings.table.session_days);
    let content = html! {
        @if visit.query.get("klaar") == Some("ja") { (went_well("Daar bent u nu uitgelogd.")) }
        p {
            "Hier bent u nu ingelogd. Kent u een apparaat niet? Log het uit en "
            a href=(visit.app.path("mijn/wachtwoord")) { "verander uw wachtwoord" } "."
        }
        table.tabel {
            thead { tr { th scope="col" { "Apparaat" } th scope="col" { "Ingelogd op" } th scope="col" { "Laatst gebruikt" } th scope="col" { "Uitloggen" } } }
            tbody { @for session in &sessions { (row(visit, session, session.id == here)) } }
        }
        @if sessions.len() > 1 {
            (form(visit, "mijn/sessies", &html! {
                (unseen("welke", "andere"))
                p.knoppen { button.knop { "Log alle andere apparaten uit" } }
            }))
        }
        p.klein { "U wordt vanzelf uitgelogd als u " (hours) " uur niets doet, en altijd na " (days) " dagen." }
    };
    Ok(visit.page(200, "Waar bent u ingelogd?", &content))
}

fn row(visit: &Visit<'_>, session: &Session, is_here: bool) -> maud::Markup {
    html! {
        tr {
            th scope="row" { (session.device) }
            td data-naam="Ingelogd op" { (clock::spoken(session.created)) }
            td data-naam="Laatst gebruikt" { @if is_here { "nu, dit apparaat" } @else { (clock::spoken(session.seen)) } }
            td data-naam="Uitloggen" {
                (form(visit, "mijn/sessies", &html! {
                    (unseen("welke", &session.id))
                    button.knop.knop-tweede aria-label={ "Log uit: " (session.device) ", ingelogd op " (clock::spoken(session.created)) } { "Log uit" }
                }))
            }
        }
    }
}

pub(super) fn end(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let account = visit.member()?;
    let here = visit.session.as_ref().map(|session| session.id.as_str());
    let which = visit.form.text("welke");
    let entry = visit.entry("inloggen/beeindigd", Some(&account.id), None)?;
    let was_there = visit.app.store.write(|tx| {
        let ended = match which {
            "andere" => tx.end_sessions(&account.id, here)? > 0,
            one => tx.end_session(&account.id, one)?,
        };
        if ended {
            tx.note(&entry)?;
        }
        Ok(ended || which == "andere")
    })?;
    if Some(which) == here {
        return Ok(visit.without_login(visit.see("uitloggen")));
    }
    if was_there { Ok(visit.see("mijn/sessies?klaar=ja")) } else { Err(Trouble::NotFound) }
}
