//! What beheerders decide about members. In: whom they look for, and what is to be: a role, shut out or not, trusted or
//! not, logged out. Out: a list, one member with what was done before, and a row in the log for every decision.
//!
//! Mail addresses are not shown. Who knows an address finds the member with it.

use maud::{Markup, html};

use super::limits;
use crate::reactions::clock;
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{Faults, Field, buttons, form, look_out, unseen, went_well};
use crate::reactions::routes::moderation::in_words;
use crate::reactions::store::accounts::{Account, Role};
use crate::reactions::store::audit::Entry;
use crate::reactions::store::{StoreError, Tx};
use crate::reactions::visit::{Trouble, Visit};

/// So many at most.
const MOST: i64 = 50;
/// So many lines of the log of one member.
const LINES: usize = 30;

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    visit.at_least(Role::Admin)?;
    match visit.query.get("id") {
        Some(id) => one(visit, id),
        None => list(visit),
    }
}

fn list(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let looked_for = visit.query.text("zoek").trim();
    let found = visit.app.store.read(|tx| tx.find_members(looked_for, MOST))?;
    let content = html! {
        form.formulier method="get" action=(visit.app.path("beheer/leden")) {
            (Field::text("zoek", "Zoek een deelnemer").optional().autocomplete("off").value(looked_for)
                .explained("Een deel van de naam, of het hele mailadres.").show(&Faults::default()))
            p.knoppen { button.knop { "Zoeken" } }
        }
        @if found.is_empty() { p { "Niemand gevonden." } } @else {
            table.tabel {
                thead { tr { th scope="col" { "Naam" } th scope="col" { "Rol" } th scope="col" { "Aangemeld" } th scope="col" { "Stand" } } }
                tbody { @for member in &found { (row(visit, member)) } }
            }
            @if i64::try_from(found.len()).is_ok_and(|found| found == MOST) {
                p { "Dit zijn de eerste " (MOST) ". Zoek op naam om anderen te vinden." }
            }
        }
    };
    Ok(visit.page(200, "Leden", &content))
}

fn row(visit: &Visit<'_>, member: &Account) -> Markup {
    html! {
        tr {
            th scope="row" { a href=(visit.app.path(&format!("beheer/leden?id={}", member.id))) { bdi { (member.name) } } }
            td data-naam="Rol" { (member.role.word()) }
            td data-naam="Aangemeld" { (clock::spoken(member.created)) }
            td data-naam="Stand" { (standing(member)) }
        }
    }
}

fn standing(member: &Account) -> &'static str {
    match (member.blocked, member.verified) {
        (Some(_), _) => "geblokkeerd",
        (_, None) => "mailadres nog niet bevestigd",
        _ => "doet mee",
    }
}

fn one(visit: &Visit<'_>, id: &str) -> Result<Response, Trouble> {
    shown(visit, 200, id, None)
}

/// One member, with what is to be said first.
fn shown(visit: &Visit<'_>, status: u16, id: &str, note: Option<&str>) -> Result<Response, Trouble> {
    let admin = visit.at_least(Role::Admin)?;
    let found = visit.app.store.read(|tx| match tx.account(id)? {
        Some(member) => Ok(Some((member, tx.scopes(id)?, tx.audit_of(id)?))),
        None => Ok(None),
    })?;
    let Some((member, scopes, log)) = found else { return Err(Trouble::NotFound) };
    let content = html! {
        @if let Some(note) = note { (look_out(note)) }
        @if visit.query.get("klaar") == Some("ja") { (went_well("Uw besluit is bewaard.")) }
        p {
            strong { bdi { (member.name) } } @if let Some(about) = &member.about { ", " bdi { (about) } } br;
            "Rol: " (member.role.word()) ". Stand: " (standing(&member)) ". Aangemeld op " (clock::spoken(member.created)) "."
        }
        @if member.id == admin.id {
            (look_out("Dit bent u zelf. Over uw eigen rol kan alleen een andere beheerder besluiten."))
        } @else {
            (role_form(visit, &member, &scopes))
            (block_form(visit, &member))
        }
        (trust_form(visit, &member))
        (login_forms(visit, &member))
        (history(&member, &log))
    };
    Ok(visit.page(status, "Deelnemer", &content))
}

fn which(member: &Account, what: &str) -> Markup {
    html! { (unseen("lid", &member.id)) (unseen("doe", what)) }
}

fn role_form(visit: &Visit<'_>, member: &Account, scopes: &[String]) -> Markup {
    let mut choices =
        vec![("deelnemer", "Deelnemer"), ("moderator", "Moderator"), ("beheerder", "Beheerder")];
    choices.retain(|(word, _)| *word != Role::Moderator.word() || limits::are_known(visit));
    html! {
        h2 { "Rol" }
        (form(visit, "beheer/leden", &html! {
            (which(member, "rol"))
            (Field::one_of("rol", "Wat mag deze deelnemer?", &choices).value(member.role.word())
                .explained("Een moderator oordeelt over reacties. Een beheerder mag alles. Na een andere rol moet de deelnemer opnieuw inloggen.")
                .show(&Faults::default()))
            (limits::boxes(visit, scopes))
            (buttons("Bewaar de rol", None))
        }))
    }
}

fn block_form(visit: &Visit<'_>, member: &Account) -> Markup {
    html! {
        h2 { "Blokkeren" }
        @if let Some(since) = member.blocked {
            (form(visit, "beheer/leden", &html! {
                (which(member, "vrijgeven"))
                p { "Geblokkeerd sinds " (clock::spoken(since)) "." }
                p.knoppen { button.knop { "Laat deze deelnemer weer toe" } }
            }))
        } @else {
            (form(visit, "beheer/leden", &html! {
                (which(member, "blokkeren"))
                (Field::text("reden", "Reden").most(200).optional().autocomplete("off")
                    .explained("Komt in het logboek. De deelnemer kan dit opvragen.").show(&Faults::default()))
                p { "De deelnemer wordt overal uitgelogd en kan niet meer inloggen. Wat geplaatst is, blijft staan." }
                p.knoppen { button.knop.knop-gevaar { "Blokkeer deze deelnemer" } }
            }))
        }
    }
}

fn trust_form(visit: &Visit<'_>, member: &Account) -> Markup {
    let after = visit.app.settings.table.trusted_after;
    let by_itself = match after {
        0 => "Vanzelf: nooit".to_owned(),
        _ => format!("Vanzelf: na {after} geplaatste reacties"),
    };
    let choices =
        [("vanzelf", by_itself.as_str()), ("ja", "Ja, altijd"), ("nee", "Nee, een moderator leest eerst")];
    let now = match member.trusted {
        None => "vanzelf",
        Some(true) => "ja",
        Some(false) => "nee",
    };
    html! {
        h2 { "Meteen plaatsen" }
        (form(visit, "beheer/leden", &html! {
            (which(member, "vertrouwen"))
            (Field::one_of("vertrouwen", "Staan reacties van deze deelnemer meteen op de website?", &choices).value(now)
                .show(&Faults::default()))
            (buttons("Bewaren", None))
        }))
    }
}

fn login_forms(visit: &Visit<'_>, member: &Account) -> Markup {
    html! {
        h2 { "Inloggen" }
        (form(visit, "beheer/leden", &html! {
            (which(member, "uitloggen"))
            p.knoppen { button.knop.knop-tweede { "Log deze deelnemer overal uit" } }
        }))
        @if member.totp.is_some() {
            (form(visit, "beheer/leden", &html! {
                (which(member, "code-uit"))
                p { "Deze deelnemer logt in met een extra code. Is de telefoon kwijt? Kijk goed of u echt met deze persoon spreekt." }
                p.knoppen { button.knop.knop-tweede { "Vraag deze deelnemer geen code meer" } }
            }))
        }
    }
}

fn history(member: &Account, log: &[Entry]) -> Markup {
    html! {
        h2 { "Logboek" }
        @if log.is_empty() { p { "Er is nog niets gebeurd." } }
        ul {
            @for entry in log.iter().rev().take(LINES) {
                li {
                    time datetime=(clock::written(entry.at)) { (clock::spoken(entry.at)) } ": " (in_words(&entry.action))
                    @if let Some(detail) = &entry.detail { " (" bdi { (detail) } ")" }
                    @if entry.actor.as_deref().is_some_and(|actor| actor != member.id) { ", door iemand anders" }
                }
            }
        }
    }
}

/// What is decided.
enum Decision {
    Role(Role, Vec<String>),
    Blocked(Option<i64>),
    Trusted(Option<bool>),
    LoggedOut,
    NoSecondStep,
}

impl Decision {
    fn of(visit: &Visit<'_>) -> Option<(Decision, &'static str)> {
        Some(match visit.form.text("doe") {
            "rol" => {
                (Decision::Role(Role::of(visit.form.text("rol"))?, limits::ticked(visit)), "rol/veranderd")
            }
            "blokkeren" => (Decision::Blocked(Some(visit.now)), "account/geblokkeerd"),
            "vrijgeven" => (Decision::Blocked(None), "account/vrijgegeven"),
            "uitloggen" => (Decision::LoggedOut, "account/uitgelogd"),
            "code-uit" => (Decision::NoSecondStep, "extra-code/uit"),
            "vertrouwen" => match visit.form.text("vertrouwen") {
                "vanzelf" => (Decision::Trusted(None), "account/vertrouwen"),
                "ja" => (Decision::Trusted(Some(true)), "account/vertrouwen"),
                "nee" => (Decision::Trusted(Some(false)), "account/vertrouwen"),
                _ => return None,
            },
            _ => return None,
        })
    }

    /// What else belongs to it, for the log.
    fn detail(&self, visit: &Visit<'_>) -> Option<String> {
        match self {
            Decision::Role(role, scopes) if scopes.is_empty() => Some(role.word().to_owned()),
            Decision::Role(role, scopes) => Some(format!("{}: {}", role.word(), scopes.join(", "))),
            Decision::Blocked(Some(_)) => {
                let reason = crate::accepted::text::summary(visit.form.text("reden"), 200);
                Some(reason).filter(|reason| !reason.is_empty())
            }
            Decision::Trusted(_) => Some(visit.form.text("vertrouwen").to_owned()),
            Decision::Blocked(None) | Decision::LoggedOut | Decision::NoSecondStep => None,
        }
    }

    fn write(&self, tx: &mut Tx<'_>, member: &str) -> Result<(), StoreError> {
        match self {
            Decision::Role(role, scopes) => tx.set_role(member, *role, scopes)?,
            Decision::Blocked(since) => tx.set_blocked(member, *since)?,
            Decision::Trusted(trusted) => return tx.set_trusted(member, *trusted),
            Decision::NoSecondStep => tx.set_second_step(member, None)?,
            Decision::LoggedOut => {}
        }
        // Who may do something else from now on begins anew, with a token that nobody had before.
        tx.end_sessions(member, None).map(|_| ())
    }
}

pub(super) fn decide(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let admin = visit.at_least(Role::Admin)?;
    let member = visit.form.text("lid");
    let back = format!("beheer/leden?id={member}");
    if !crate::reactions::secrets::is_id(member) {
        return Err(Trouble::NotFound);
    }
    if let Err(Trouble::Prove(_)) = visit.proven() {
        return Err(Trouble::Prove(visit.app.path(&back)));
    }
    let Some((decision, action)) = Decision::of(visit) else { return Err(Trouble::NotFound) };
    let about_oneself = member == admin.id;
    if about_oneself && matches!(decision, Decision::Role(..) | Decision::Blocked(_)) {
        return Err(Trouble::Forbidden);
    }
    if let Decision::Role(Role::Moderator, ticked) = &decision {
        let has = visit.app.store.read(|tx| tx.scopes(member))?;
        if let Some(why) = limits::wrong(visit, ticked, &has) {
            return shown(visit, 409, member, Some(why));
        }
    }
    let entry = visit.entry(action, Some(member), decision.detail(visit).as_deref())?;
    let was_there = visit.app.store.write(|tx| {
        if tx.account(member)?.is_none() {
            return Ok(false);
        }
        decision.write(tx, member)?;
        tx.note(&entry)?;
        Ok(true)
    })?;
    if was_there { Ok(visit.see(&format!("{back}&klaar=ja"))) } else { Err(Trouble::NotFound) }
}
