//! Everything we keep of a member, for it to take along. In: a visit, with the password given lately. Out: a JSON file
//! with names that anybody can read; never a password, token or hash.

use maud::html;
use serde_json::{Value, json};

use crate::reactions::clock::written;
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::form;
use crate::reactions::store::accounts::Account;
use crate::reactions::store::audit::Entry;
use crate::reactions::store::reactions::Kept;
use crate::reactions::store::sessions::Session;
use crate::reactions::visit::{Trouble, Visit};

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    visit.proven()?;
    let content = html! {
        p { "U kunt alles wat wij van u bewaren in één bestand downloaden:" }
        ul {
            li { "uw profiel en uw mailadres" }
            li { "alles wat u hebt geplaatst, ook wat nog wacht of niet is geplaatst" }
            li { "de pagina's die u volgt en wat u hebt gemeld" }
            li { "waar u bent ingelogd" }
            li { "wat u deed en wat over u is besloten, met de reden" }
        }
        p { "Uw wachtwoord staat er niet in: dat kennen wij niet. Bewaar het bestand op een plek waar niemand anders bij kan." }
        (form(visit, "mijn/gegevens", &html! { p.knoppen { button.knop { "Download mijn gegevens" } } }))
    };
    Ok(visit.page(200, "Mijn gegevens", &content))
}

pub(super) fn download(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let (account, _) = visit.proven()?;
    let entry = visit.entry("gegevens/gedownload", Some(&account.id), None)?;
    let (idle, oldest) = visit.limits();
    let (reactions, belongings, sessions, log) = visit.app.store.write(|tx| {
        tx.note(&entry)?;
        let (reactions, belongings) = (tx.reactions_of(&account.id)?, tx.belongings(&account.id)?);
        let sessions = tx.sessions_of(&account.id, idle, oldest)?;
        let mut log = tx.audit_of(&account.id)?;
        for reaction in &reactions {
            log.extend(tx.audit_of(&reaction.id)?);
        }
        log.sort_by(|one, other| (one.at, &one.id).cmp(&(other.at, &other.id)));
        log.dedup();
        Ok((reactions, belongings, sessions, log))
    })?;
    let data = json!({
        "gemaakt": written(visit.now),
        "site": visit.app.settings.address.as_str(),
        "profiel": profile(account),
        "reacties": reactions.iter().map(reaction).collect::<Vec<_>>(),
        "volgt": belongings.subscriptions.iter().map(|(page, since)| json!({"pagina": page, "sinds": written(*since)})).collect::<Vec<_>>(),
        "meldingen": belongings.reports.iter().map(|(reaction, reason, at)| json!({"reactie": reaction, "reden": reason, "op": written(*at)})).collect::<Vec<_>>(),
        "ingelogd": sessions.iter().map(login).collect::<Vec<_>>(),
        "logboek": log.iter().map(|entry| line(account, entry)).collect::<Vec<_>>(),
    });
    let text = serde_json::to_string_pretty(&data).map_err(|error| Trouble::Machine(error.to_string()))?;
    Ok(Response::new(200, crate::reactions::exchange::Media::Json, text)
        .with("Content-Disposition", "attachment; filename=\"mijn-gegevens.json\""))
}

fn when(at: Option<i64>) -> Option<String> {
    at.map(written)
}

fn profile(account: &Account) -> Value {
    json!({
        "id": account.id,
        "mailadres": account.mail,
        "naam": account.name,
        "over": account.about,
        "op_lijst": account.listed,
        "op_lijst_over": account.listed_about,
        "voorstellen": account.introduction,
        "rol": account.role.word(),
        "bevestigd": when(account.verified),
        "geblokkeerd": when(account.blocked),
        "direct_geplaatst": account.trusted,
        "extra_code_bij_inloggen": account.totp.is_some(),
        "aangemeld": written(account.created),
        "laatst_hier": when(account.seen),
    })
}

fn reaction(reaction: &Kept) -> Value {
    json!({
        "id": reaction.id,
        "pagina": reaction.page,
        "antwoord_op": reaction.parent,
        "soort": reaction.kind,
        "titel": reaction.title,
        "tekst": reaction.text,
        "bericht_soort": reaction.notice,
        "verloopt_op": reaction.expires,
        "stand": reaction.state.word(),
        "wacht_om": reaction.holds,
        "reden": reaction.reason,
        "gekozen_antwoord": reaction.chosen,
        "geschreven": written(reaction.created),
        "gewijzigd": when(reaction.edited),
        "besloten": when(reaction.decided),
    })
}

fn login(session: &Session) -> Value {
    json!({"apparaat": session.device, "sinds": written(session.created), "laatst": written(session.seen)})
}

/// A line of the log. Who decided is nobody else's business, only that it was not the member.
fn line(account: &Account, entry: &Entry) -> Value {
    let is_own = entry.actor.as_deref() == Some(account.id.as_str());
    json!({
        "op": written(entry.at),
        "wat": entry.action,
        "door_uzelf": is_own,
        "over": entry.subject,
        "toelichting": entry.detail,
    })
}
