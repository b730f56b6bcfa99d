//! Coming in and going out, and giving the password again for what must not be done by whoever finds the screen open. In:
//! an address and a password. Out: a login, with a token that nobody had before.

use maud::{Markup, html};

use super::tries::{self, Try};
use super::{back, second_step};
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{Faults, Field, buttons, form, unseen, went_well};
use crate::reactions::secrets;
use crate::reactions::store::accounts::{Account, normal};
use crate::reactions::visit::{Trouble, Visit};

/// What is said of a login that failed, whatever was wrong with it.
const WRONG: &str = "Dit mailadres en dit wachtwoord horen niet bij elkaar. Kijk of u ze goed hebt getypt. Hebt u zich net aangemeld? Open dan eerst de link in onze mail.";

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    if visit.account.is_some() {
        return Ok(onward(visit));
    }
    Ok(visit.page(200, "Inloggen", &content(visit, &Faults::default())))
}

fn content(visit: &Visit<'_>, faults: &Faults) -> Markup {
    let well = match visit.query.text("klaar") {
        "bevestigd" => Some("Uw mailadres is bevestigd. U kunt nu inloggen."),
        "wachtwoord" => Some("Uw nieuwe wachtwoord is bewaard. U kunt ermee inloggen."),
        "mailadres" => Some("Uw nieuwe mailadres is bevestigd. Log er voortaan mee in."),
        _ => None,
    };
    html! {
        (faults.summary())
        @if let Some(well) = well { (went_well(well)) }
        (form(visit, "inloggen", &html! {
            @if let Some(terug) = back::wanted(visit) { (unseen("terug", terug)) }
            (Field::mail("mail", "Uw mailadres").autocomplete("username").value(visit.form.text("mail")).show(faults))
            (Field::password("wachtwoord", "Uw wachtwoord", "current-password").show(faults))
            (buttons("Inloggen", None))
        }))
        p { a href=(visit.app.path("wachtwoord-vergeten")) { "Wachtwoord vergeten?" } }
        p { "Nog geen account? " a href=(visit.app.path("aanmelden")) { "Meld u aan" } "." }
    }
}

pub(super) fn log_in(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let (mail, password) = (normal(visit.form.text("mail")), visit.form.text("wachtwoord"));
    let mut faults = Faults::default();
    if mail.is_empty() {
        faults.add("mail", "Vul uw mailadres in.");
    }
    if password.is_empty() {
        faults.add("wachtwoord", "Vul uw wachtwoord in.");
    }
    if !faults.is_empty() {
        return Ok(visit.page(422, "Inloggen", &content(visit, &faults)));
    }
    // Who did not confirm the address is not there: else whoever registers somebody else's would learn here whether that
    // was known.
    let account =
        visit.app.store.read(|tx| tx.account_of_mail(&mail))?.filter(|account| account.verified.is_some());
    let tried = tries::password(visit, &mail, account.as_ref(), password)?;
    let Some(account) = account.as_ref().filter(|_| tried == Try::Right) else {
        visit.app.log.count("inloggen_mislukt");
        let entry =
            visit.entry("inloggen/mislukt", account.as_ref().map(|account| account.id.as_str()), None)?;
        visit.app.store.write(|tx| tx.note(&entry))?;
        let (status, faults) = tries::fault(tried, "wachtwoord", WRONG);
        return Ok(tries::with_pause(visit.page(status, "Inloggen", &content(visit, &faults)), tried));
    };
    if account.blocked.is_some() {
        let says =
            "Een beheerder heeft dit account geblokkeerd. Neem contact op met de redactie van deze website.";
        return Ok(visit.page(403, "Inloggen", &content(visit, &Faults::one("mail", says))));
    }
    match &account.totp {
        Some(_) => Ok(second_step::asked(visit, account, 200, &Faults::default())),
        None => begin(visit, account),
    }
}

/// Begins the login.
pub(super) fn begin(visit: &Visit<'_>, account: &Account) -> Result<Response, Trouble> {
    let token = secrets::token().map_err(Trouble::Machine)?;
    let id = visit.id()?;
    let mut entry = visit.entry("inloggen/gelukt", Some(&account.id), None)?;
    entry.actor = Some(account.id.clone());
    visit.app.store.write(|tx| {
        visit.log_in(tx, account, &token, &id)?;
        tx.note(&entry)
    })?;
    Ok(visit.with_login(onward(visit), account, &token))
}

fn onward(visit: &Visit<'_>) -> Response {
    back::wanted(visit).map_or_else(|| visit.see(""), Response::see)
}

pub(super) fn way_out(visit: &Visit<'_>) -> Result<Response, Trouble> {
    if visit.account.is_none() {
        return Ok(visit.page(200, "Uitgelogd", &html! { (went_well("U bent uitgelogd.")) }));
    }
    let content = html! {
        p { "Wilt u op dit apparaat uitloggen?" }
        (form(visit, "uitloggen", &buttons("Uitloggen", Some(&visit.app.path("")))))
    };
    Ok(visit.page(200, "Uitloggen", &content))
}

/// Ends this login. Who leaves in a hurry has no time for a form: then the word of the browser must do, that it is a page
/// of ours that asks.
pub(super) fn log_out(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let in_a_hurry = visit.query.get("snel") == Some("1");
    let is_ours = in_a_hurry && visit.request.header("sec-fetch-site") == Some("same-origin");
    if !is_ours && !visit.has_token() {
        return Err(if in_a_hurry { Trouble::Foreign } else { Trouble::Stale });
    }
    if let Some(session) = &visit.session {
        let entry = visit.entry("inloggen/uit", Some(&session.account), None)?;
        visit.app.store.write(|tx| {
            tx.end_session(&session.account, &session.id)?;
            tx.note(&entry)
        })?;
    }
    let answer = if in_a_hurry { Response::text(204, "") } else { visit.see("uitloggen") };
    Ok(visit.without_login(answer))
}

pub(super) fn prove_page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    visit.member()?;
    Ok(visit.page(200, "Uw wachtwoord nog een keer", &prove_content(visit, &Faults::default())))
}

fn prove_content(visit: &Visit<'_>, faults: &Faults) -> Markup {
    let mail = visit.account.as_ref().map_or("", |account| account.mail.as_str());
    html! {
        (faults.summary())
        p { "Voor deze stap vragen wij uw wachtwoord nog een keer. Zo kan niemand anders dit op uw apparaat doen." }
        (form(visit, "wachtwoord-nogmaals", &html! {
            @if let Some(terug) = back::wanted(visit) { (unseen("terug", terug)) }
            // Programs that keep passwords look for whose it is.
            input type="hidden" name="mail" value=(mail) autocomplete="username";
            (Field::password("wachtwoord", "Uw wachtwoord", "current-password").show(faults))
            (buttons("Verder", Some(&visit.app.path(""))))
        }))
    }
}

pub(super) fn prove(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let account = visit.member()?;
    let tried = tries::password(visit, &account.mail, Some(account), visit.form.text("wachtwoord"))?;
    if tried != Try::Right {
        let (status, faults) =
            tries::fault(tried, "wachtwoord", "Dit is niet uw wachtwoord. Probeer het nog een keer.");
        let page = visit.page(status, "Uw wachtwoord nog een keer", &prove_content(visit, &faults));
        return Ok(tries::with_pause(page, tried));
    }
    if let Some(session) = &visit.session {
        visit.app.store.write(|tx| tx.prove_session(&session.id, visit.now))?;
    }
    Ok(onward(visit))
}
