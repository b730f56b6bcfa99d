//! Another password for who knows the old one. In: both. Out: the new one is kept, every other login has ended, and the
//! owner is told by mail.

use maud::{Markup, html};

use super::tries::{self, Try};
use super::{forgotten, typed};
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{Faults, Field, buttons, form};
use crate::reactions::secrets;
use crate::reactions::visit::{Trouble, Visit};

const TITLE: &str = "Wachtwoord veranderen";

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    visit.member()?;
    Ok(visit.page(200, TITLE, &content(visit, &Faults::default())))
}

fn content(visit: &Visit<'_>, faults: &Faults) -> Markup {
    let mail = visit.account.as_ref().map_or("", |account| account.mail.as_str());
    html! {
        (faults.summary())
        p { "Na het veranderen bent u op al uw andere apparaten uitgelogd. U krijgt hier een mail over." }
        (form(visit, "mijn/wachtwoord", &html! {
            input type="hidden" name="mail" value=(mail) autocomplete="username";
            (Field::password("wachtwoord", "Uw wachtwoord van nu", "current-password").show(faults))
            (Field::password("nieuw", "Uw nieuwe wachtwoord", "new-password")
                .explained("8 tekens of meer, liever 15. Vier gewone woorden achter elkaar zijn goed.").show(faults))
            (buttons("Bewaar het nieuwe wachtwoord", Some(&visit.app.path("mijn"))))
        }))
    }
}

pub(super) fn change(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let account = visit.member()?;
    let new = visit.form.text("nieuw");
    if let Some(says) = typed::wrong_password(visit, new, &account.mail, &account.name) {
        return Ok(visit.page(422, TITLE, &content(visit, &Faults::one("nieuw", says))));
    }
    let tried = tries::password(visit, &account.mail, Some(account), visit.form.text("wachtwoord"))?;
    if tried != Try::Right {
        let wrong =
            "Dit is niet uw wachtwoord van nu. Weet u het niet meer? Log uit en kies ‘Wachtwoord vergeten’.";
        let (status, faults) = tries::fault(tried, "wachtwoord", wrong);
        return Ok(tries::with_pause(visit.page(status, TITLE, &content(visit, &faults)), tried));
    }
    let hash = visit.app.hashing.hash(new)?;
    let token = secrets::token().map_err(Trouble::Machine)?;
    let id = visit.id()?;
    let entry = visit.entry("wachtwoord/veranderd", Some(&account.id), None)?;
    let mail = forgotten::changed_mail(visit, &account.mail, Some(&account.id))?;
    visit.app.store.write(|tx| {
        forgotten::replace(tx, &account.id, &hash)?;
        visit.log_in(tx, account, &token, &id)?;
        tx.note(&entry)?;
        tx.enqueue(&mail)
    })?;
    (visit.app.wake)();
    Ok(visit.with_login(visit.see("mijn?klaar=wachtwoord"), account, &token))
}
