//! Becoming a member. In: a name, a mail address, a password. Out: "look into your mail", whether or not there is a member
//! with that address. Its owner gets a link to confirm it, or is told that there is an account already.

use maud::{Markup, html};

use super::posted::Posted;
use super::{tries, typed};
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{Faults, Field, buttons, form};
use crate::reactions::store::accounts::Newcomer;
use crate::reactions::store::tokens::Purpose;
use crate::reactions::visit::{Trouble, Visit};

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    if visit.account.is_some() {
        return Ok(visit.see(""));
    }
    Ok(visit.page(200, "Aanmelden", &content(visit, &Faults::default())))
}

fn content(visit: &Visit<'_>, faults: &Faults) -> Markup {
    let domains = &visit.app.settings.table.domains;
    html! {
        (faults.summary())
        p { "Met een account kunt u reageren, vragen stellen en iets op het prikbord zetten. Lezen kan zonder account." }
        (form(visit, "aanmelden", &html! {
            (Field::text("naam", "Uw naam").autocomplete("name").most(80).value(visit.form.text("naam"))
                .explained("Deze naam staat bij alles wat u plaatst. Iedereen op internet kan dat lezen.").show(faults))
            (Field::mail("mail", "Uw mailadres").autocomplete("email").value(visit.form.text("mail"))
                .explained(if domains.is_empty() {
                    "Wij sturen u een mail om te zien of het adres klopt. Andere deelnemers zien uw mailadres niet."
                } else {
                    "Gebruik het mailadres van uw werk. Wij sturen u een mail om te zien of het klopt. Andere deelnemers zien het niet."
                }).show(faults))
            (Field::password("wachtwoord", "Kies een wachtwoord", "new-password")
                .explained("8 tekens of meer, liever 15. Vier gewone woorden achter elkaar zijn goed.").show(faults))
            p.klein {
                "Wij bewaren uw naam, uw mailadres en wat u plaatst. Ook bewaren wij wat u volgt en meldt, waar u bent ingelogd, en een logboek. "
                "U kunt uw account altijd zelf verwijderen."
            }
            (buttons("Aanmelden", None))
        }))
        p { "Hebt u al een account? " a href=(visit.app.path("inloggen")) { "Log in" } "." }
    }
}

pub(super) fn register(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let mut faults = Faults::default();
    let name = typed::name(visit, visit.form.text("naam")).map_err(|says| faults.add("naam", says));
    let mail = typed::mail_of_member(visit, visit.form.text("mail")).map_err(|says| faults.add("mail", says));
    let password = visit.form.text("wachtwoord");
    if let Some(says) =
        typed::wrong_password(visit, password, visit.form.text("mail"), visit.form.text("naam"))
    {
        faults.add("wachtwoord", says);
    }
    let (Ok(name), Ok(mail), true) = (name, mail, faults.is_empty()) else {
        return Ok(visit.page(422, "Aanmelden", &content(visit, &faults)));
    };
    tries::count_mail(visit, &mail)?;
    // Also for who has an account already: it must take as long.
    let hash = visit.app.hashing.hash(password)?;
    write_down(visit, &name, &mail, &hash)?;
    (visit.app.wake)();
    Ok(visit.see("bevestigen?klaar=gestuurd"))
}

fn write_down(visit: &Visit<'_>, name: &str, mail: &str, hash: &str) -> Result<(), Trouble> {
    let id = visit.id()?;
    let newcomer = Newcomer { id: &id, mail, name, password: hash, at: visit.now };
    let known = visit.app.store.read(|tx| tx.account_of_mail(mail))?;
    let whose = known.as_ref().map_or(id.as_str(), |known| known.id.as_str());
    let posted = Posted::new(visit, Purpose::Confirm, whose, mail)?;
    let has_account = visit.mail("u-heeft-al-een-account", mail, Some(whose), &[])?;
    let entry = visit.entry("account/aangemeld", Some(whose), None)?;
    visit.app.store.write(|tx| {
        tx.note(&entry)?;
        match &known {
            // Somebody else may have registered in between: then nothing is sent, as to whom is not known any more.
            None if tx.add_account(newcomer)? => posted.write(tx),
            None => Ok(()),
            Some(known) if known.verified.is_none() => {
                tx.register_again(&known.id, name, hash)?;
                posted.write(tx)
            }
            Some(_) => tx.enqueue(&has_account),
        }
    })?;
    Ok(())
}
