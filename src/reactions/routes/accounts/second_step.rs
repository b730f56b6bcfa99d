//! A second step at login, for moderators and beheerders who want it. In: a code that an app shows. Out: a login; or the
//! secret for the app, which counts once a code of it was typed back.
//!
//! Between the two steps nothing is kept: what says that the password was right is signed, and holds for five minutes.

use maud::{Markup, html};

use super::tries::{self, Try};
use super::{back, login, typed};
use crate::reactions::authenticator;
use crate::reactions::clock::MINUTE;
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{Faults, Field, buttons, form, unseen};
use crate::reactions::secrets::{self, Use};
use crate::reactions::store::accounts::{Account, Role};
use crate::reactions::visit::{Trouble, Visit};

const TITLE: &str = "Inloggen met een extra code";
const WRONG: &str = "Deze code klopt niet. Kijk in uw app welke code er nu staat. Een code werkt één keer.";
/// How long one has between the steps.
const BETWEEN: i64 = 5 * MINUTE;

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    Ok(visit.see("inloggen"))
}

/// Asks for the code.
pub(super) fn asked(visit: &Visit<'_>, account: &Account, status: u16, faults: &Faults) -> Response {
    let since = visit.now.to_string();
    let content = html! {
        (faults.summary())
        p { "Uw wachtwoord klopt. Open nu de app op uw telefoon en vul de code in die daar staat." }
        (form(visit, "inloggen/code", &html! {
            (unseen("lid", &account.id)) (unseen("sinds", &since)) (unseen("stap", &ticket(visit, account, &since)))
            @if let Some(terug) = back::wanted(visit) { (unseen("terug", terug)) }
            (Field::code("code", "De code uit uw app").explained("Zes cijfers.").show(faults))
            (buttons("Inloggen", Some(&visit.app.path("inloggen"))))
        }))
        p { "Telefoon kwijt? Vraag een beheerder om hulp." }
    };
    visit.page(status, TITLE, &content)
}

/// That the password of this member was right at that moment.
fn ticket(visit: &Visit<'_>, account: &Account, since: &str) -> String {
    visit.app.key.sign(Use::Form, &["stap", &account.id, since, &account.password])
}

pub(super) fn log_in(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let (id, since) = (visit.form.text("lid"), visit.form.text("sinds"));
    let account = visit.app.store.read(|tx| tx.account(id))?;
    let lasts = since.parse::<i64>().is_ok_and(|since| (0..BETWEEN).contains(&(visit.now - since)));
    let account = account.filter(|account| {
        let parts = ["stap", id, since, &account.password];
        lasts && account.is_active() && visit.app.key.is_signed(Use::Form, &parts, visit.form.text("stap"))
    });
    let Some(account) = account else { return Err(Trouble::Stale) };
    match try_code(visit, &account)? {
        Try::Right => login::begin(visit, &account),
        tried => {
            let entry = visit.entry("inloggen/mislukt", Some(&account.id), Some("code"))?;
            visit.app.store.write(|tx| tx.note(&entry))?;
            let (status, faults) = tries::fault(tried, "code", WRONG);
            Ok(tries::with_pause(asked(visit, &account, status, &faults), tried))
        }
    }
}

/// Looks at a code, and uses it up.
fn try_code(visit: &Visit<'_>, account: &Account) -> Result<Try, Trouble> {
    let key = tries::key(visit, &format!("code {}", account.id));
    let code = typed::code(visit.form.text("code"));
    let step = account.totp.as_deref().and_then(|secret| authenticator::step_of(secret, &code, visit.now));
    Ok(visit.app.store.write(|tx| {
        if let Some(wait) = tx.begin_try(&key, visit.now)? {
            return Ok(Try::Later(wait));
        }
        match step {
            Some(step) if tx.use_step(&account.id, step)? => tx.forgive(&key).map(|()| Try::Right),
            _ => Ok(Try::Wrong),
        }
    })?)
}

pub(super) fn settings(visit: &Visit<'_>) -> Result<Response, Trouble> {
    visit.at_least(Role::Moderator)?;
    let (account, _) = visit.proven()?;
    let content = match &account.totp {
        Some(_) => html! {
            p { "Bij het inloggen vragen wij u ook om een code uit een app." }
            (form(visit, "mijn/stap", &html! {
                (unseen("doe", "uit"))
                p.knoppen { button.knop.knop-gevaar { "Vraag geen code meer" } " " a href=(visit.app.path("mijn")) { "Annuleer" } }
            }))
        },
        None => offer(visit, account, &new_secret()?, &Faults::default()),
    };
    Ok(visit.page(200, TITLE, &content))
}

fn new_secret() -> Result<String, Trouble> {
    let chance = secrets::hashed(&secrets::token().map_err(Trouble::Machine)?);
    Ok(authenticator::secret(&chance))
}

fn offer(visit: &Visit<'_>, account: &Account, secret: &str, faults: &Faults) -> Markup {
    let spaced: Vec<&str> =
        (0..secret.len()).step_by(4).filter_map(|at| secret.get(at..(at + 4).min(secret.len()))).collect();
    html! {
        (faults.summary())
        p { "U kunt uw account beter beschermen met een app op uw telefoon die codes maakt. Bij het inloggen vult u dan uw wachtwoord in, en daarna een code uit de app." }
        ol {
            li { "Open de app en kies: een sleutel zelf invullen. Vul deze sleutel in: " br; code { (spaced.join(" ")) } }
            li { "Leest u dit op uw telefoon? Dan kan het ook zo: " a href=(authenticator::link(&visit.app.settings.title, &account.mail, secret)) { "zet de sleutel in mijn app" } "." }
            li { "Vul hieronder de code in die de app nu laat zien." }
        }
        (form(visit, "mijn/stap", &html! {
            (unseen("doe", "aan")) (unseen("sleutel", secret)) (unseen("zegel", &seal(visit, account, secret)))
            (Field::code("code", "De code uit uw app").explained("Zes cijfers.").show(faults))
            (buttons("Vraag voortaan om een code", Some(&visit.app.path("mijn"))))
        }))
    }
}

/// That this secret was made here, for this member.
fn seal(visit: &Visit<'_>, account: &Account, secret: &str) -> String {
    visit.app.key.sign(Use::Form, &["sleutel", &account.id, secret])
}

pub(super) fn change(visit: &Visit<'_>) -> Result<Response, Trouble> {
    visit.at_least(Role::Moderator)?;
    let (account, _) = visit.proven()?;
    let (secret, action) = match visit.form.text("doe") {
        "uit" => (None, "extra-code/uit"),
        _ => (Some(visit.form.text("sleutel")), "extra-code/aan"),
    };
    let mut step = None;
    if let Some(secret) = secret {
        if !visit.app.key.is_signed(Use::Form, &["sleutel", &account.id, secret], visit.form.text("zegel")) {
            return Err(Trouble::Stale);
        }
        step = authenticator::step_of(secret, &typed::code(visit.form.text("code")), visit.now);
        if step.is_none() {
            return Ok(visit.page(422, TITLE, &offer(visit, account, secret, &Faults::one("code", WRONG))));
        }
    }
    let entry = visit.entry(action, Some(&account.id), None)?;
    let here = visit.session.as_ref().map(|session| session.id.as_str());
    visit.app.store.write(|tx| {
        tx.set_second_step(&account.id, secret)?;
        if let Some(step) = step {
            tx.use_step(&account.id, step)?;
        }
        tx.end_sessions(&account.id, here)?;
        tx.note(&entry)
    })?;
    Ok(visit.see("mijn?klaar=stap"))
}
