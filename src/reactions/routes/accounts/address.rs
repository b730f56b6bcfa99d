//! Another mail address. In: the new one, and the password given lately. Out: a mail there with what confirms it; until
//! then nothing changes. Once it did, the old address is told.

use maud::{Markup, html};

use super::posted::{self, Posted};
use super::{confirm, tries, typed};
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{Faults, Field, buttons, form, told};
use crate::reactions::store::tokens::{Purpose, Token};
use crate::reactions::visit::{Trouble, Visit};

const TITLE: &str = "Mailadres veranderen";

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    visit.proven()?;
    show(visit, 200, &Faults::default())
}

fn show(visit: &Visit<'_>, status: u16, faults: &Faults) -> Result<Response, Trouble> {
    let account = visit.member()?;
    let waits = visit.app.store.read(|tx| tx.token_waits(Purpose::Mail, &account.id, visit.now))?;
    Ok(visit.page(status, TITLE, &content(visit, &account.mail, waits.as_ref(), faults)))
}

fn content(visit: &Visit<'_>, mail: &str, waits: Option<&Token>, faults: &Faults) -> Markup {
    html! {
        (faults.summary())
        p { "U bent aangemeld met " strong { (mail) } "." }
        @if let Some(new) = waits.and_then(|token| token.value.as_deref()) {
            (told("Kijk in uw mail. Op uw nieuwe adres krijgt u een mail met een link en een code."))
            (form(visit, "mijn/mailadres", &html! {
                p { "Uw nieuwe mailadres wordt " strong { (new) } ". Open de link in de mail, of vul hier de code in." }
                (posted::code_field(faults))
                (buttons("Bevestigen", Some(&visit.app.path("mijn"))))
            }))
            h2 { "Toch een ander adres?" }
        }
        (form(visit, "mijn/mailadres", &html! {
            (Field::mail("nieuw", "Uw nieuwe mailadres").autocomplete("email").value(visit.form.text("nieuw"))
                .explained("Uw adres verandert pas als u het hebt bevestigd. Op uw oude adres krijgt u daar bericht van.")
                .show(faults))
            (buttons("Stuur mij een mail", Some(&visit.app.path("mijn"))))
        }))
    }
}

pub(super) fn change(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let (account, _) = visit.proven()?;
    if visit.form.get("code").is_some() {
        return by_code(visit);
    }
    let new = match typed::mail_of_member(visit, visit.form.text("nieuw")) {
        Ok(new) if new == account.mail => Err("Dit is al uw mailadres. Vul een ander adres in.".to_owned()),
        typed => typed,
    };
    let new = match new {
        Ok(new) => new,
        Err(says) => return show(visit, 422, &Faults::one("nieuw", says)),
    };
    tries::count_mail(visit, &new)?;
    let posted = Posted::new(visit, Purpose::Mail, &account.id, &new)?;
    let has_account = visit.mail("u-heeft-al-een-account", &new, None, &[])?;
    let entry = visit.entry("mailadres/gevraagd", Some(&account.id), None)?;
    visit.app.store.write(|tx| {
        let known = tx.account_of_mail(&new)?;
        tx.note(&entry)?;
        // A token is made in any case: this page must not tell whose address it is. It would open nothing.
        match known.filter(|known| known.verified.is_some()) {
            Some(_) => {
                posted.write_token(tx)?;
                tx.enqueue(&has_account)
            }
            None => posted.write(tx),
        }
    })?;
    (visit.app.wake)();
    Ok(visit.see("mijn/mailadres"))
}

fn by_code(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let account = visit.member()?;
    tries::count_code(visit, &account.mail)?;
    let code = typed::code(visit.form.text("code"));
    let done = confirm::decide(visit, |tx| posted::of_code(visit, tx, Purpose::Mail, &account.id, &code))?;
    match done {
        Some(done) => Ok(done),
        None => {
            let says = "Deze code klopt niet, of is te oud. Kijk in de nieuwste mail, of open daar de link.";
            show(visit, 422, &Faults::one("code", says))
        }
    }
}
