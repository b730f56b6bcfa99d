//! A new password for who lost the old one, and the first one for who was made a beheerder. In: an address; later what was
//! mailed there, and a new password. Out: "look into your mail", for everybody; later a member with another password, who
//! logs in with it.

use maud::{Markup, html};

use super::posted::{self, Posted};
use super::{tries, typed};
use crate::reactions::clock;
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{Faults, Field, buttons, form, look_out, told, unseen};
use crate::reactions::store::accounts::{Account, Role};
use crate::reactions::store::tokens::{Purpose, Token};
use crate::reactions::store::{StoreError, Tx};
use crate::reactions::visit::{Trouble, Visit};

const PURPOSES: [Purpose; 2] = [Purpose::Password, Purpose::Admin];
const FORGOTTEN: &str = "Wachtwoord vergeten";
const NEW: &str = "Nieuw wachtwoord";

pub(super) fn ask_page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    Ok(visit.page(200, FORGOTTEN, &ask_content(visit, &Faults::default())))
}

fn ask_content(visit: &Visit<'_>, faults: &Faults) -> Markup {
    html! {
        (faults.summary())
        p { "Vul het mailadres in waarmee u bent aangemeld. U krijgt een mail om een nieuw wachtwoord te maken." }
        (form(visit, "wachtwoord-vergeten", &html! {
            (Field::mail("mail", "Uw mailadres").autocomplete("username").value(visit.form.text("mail")).show(faults))
            (buttons("Stuur mij een mail", Some(&visit.app.path("inloggen"))))
        }))
    }
}

pub(super) fn ask(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let mail = match typed::mail(visit.form.text("mail")) {
        Ok(mail) => mail,
        Err(says) => return Ok(visit.page(422, FORGOTTEN, &ask_content(visit, &Faults::one("mail", says)))),
    };
    tries::count_mail(visit, &mail)?;
    let account = visit.app.store.read(|tx| tx.account_of_mail(&mail))?;
    // Nobody's password is looked at for everybody, so that what is written for members cannot be told by the time.
    visit.app.hashing.verify("", None)?;
    let nobody = visit.id()?;
    let whose = account.as_ref().map_or(nobody.as_str(), |account| account.id.as_str());
    let posted = Posted::new(visit, Purpose::Password, whose, &mail)?;
    let entry =
        visit.entry("wachtwoord/gevraagd", account.as_ref().map(|account| account.id.as_str()), None)?;
    visit.app.store.write(|tx| {
        tx.note(&entry)?;
        match &account {
            Some(account) if account.blocked.is_none() => posted.write(tx),
            _ => Ok(()),
        }
    })?;
    (visit.app.wake)();
    Ok(visit.see("wachtwoord-nieuw?klaar=gestuurd"))
}

pub(super) fn choose_page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    if let Some(sent) = visit.query.get("sleutel")
        && whose(visit, sent)?.is_none()
    {
        return Ok(visit.page(404, NEW, &no_more(visit)));
    }
    Ok(visit.page(200, NEW, &choose_content(visit, visit.query.get("sleutel"), &Faults::default())))
}

fn choose_content(visit: &Visit<'_>, sent: Option<&str>, faults: &Faults) -> Markup {
    html! {
        (faults.summary())
        @if visit.query.get("klaar") == Some("gestuurd") {
            (told("Kijk in uw mail. Hebt u hier een account, dan krijgt u een mail met een link en een code. Dat kan een paar minuten duren."))
            p { "Open de link in de mail. Lukt dat niet? Vul dan hier de code uit de mail in." }
        }
        (form(visit, "wachtwoord-nieuw", &html! {
            @if let Some(sent) = sent { (unseen("sleutel", sent)) } @else { (posted::who_and_code(visit, faults)) }
            (Field::password("wachtwoord", "Uw nieuwe wachtwoord", "new-password")
                .explained("8 tekens of meer, liever 15. Vier gewone woorden achter elkaar zijn goed.").show(faults))
            (buttons("Bewaar dit wachtwoord", None))
        }))
    }
}

fn no_more(visit: &Visit<'_>) -> Markup {
    html! {
        (look_out("Deze link werkt niet meer. Misschien is hij al gebruikt, of is hij te oud."))
        p { a href=(visit.app.path("wachtwoord-vergeten")) { "Vraag een nieuwe mail aan" } }
    }
}

/// The member whose link this is, while it is good.
fn whose(visit: &Visit<'_>, sent: &str) -> Result<Option<Account>, Trouble> {
    Ok(visit.app.store.read(|tx| match posted::of_link(tx, &PURPOSES, sent, visit.now)? {
        Some(token) => tx.account(&token.account),
        None => Ok(None),
    })?)
}

pub(super) fn choose(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let password = visit.form.text("wachtwoord");
    if let Some(sent) = visit.form.get("sleutel") {
        let Some(account) = whose(visit, sent)? else { return Ok(visit.page(404, NEW, &no_more(visit))) };
        if let Some(says) = typed::wrong_password(visit, password, &account.mail, &account.name) {
            let faults = Faults::one("wachtwoord", says);
            return Ok(visit.page(422, NEW, &choose_content(visit, Some(sent), &faults)));
        }
        let done = set(visit, password, |tx| posted::of_link(tx, &PURPOSES, sent, visit.now))?;
        return Ok(done.unwrap_or_else(|| visit.page(404, NEW, &no_more(visit))));
    }
    let mut faults = Faults::default();
    let mail =
        typed::mail(visit.form.text("mail")).map_err(|says| faults.add("mail", says)).unwrap_or_default();
    let code = typed::code(visit.form.text("code"));
    if code.is_empty() {
        faults.add("code", "Vul de code uit de mail in. Dat zijn acht cijfers.");
    }
    if let Some(says) = typed::wrong_password(visit, password, &mail, "") {
        faults.add("wachtwoord", says);
    }
    if faults.is_empty() {
        tries::count_code(visit, &mail)?;
        let done = set(visit, password, |tx| match tx.account_of_mail(&mail)? {
            Some(account) => posted::of_code(visit, tx, Purpose::Password, &account.id, &code),
            None => Ok(None),
        })?;
        if let Some(done) = done {
            return Ok(done);
        }
        faults.add(
            "code",
            "Deze code klopt niet, of is te oud. Kijk in de nieuwste mail, of open daar de link.",
        );
    }
    Ok(visit.page(422, NEW, &choose_content(visit, None, &faults)))
}

/// Uses up a token and keeps the password; none when there is none. All logins end: this may be the answer to somebody
/// else having got in.
fn set(
    visit: &Visit<'_>,
    password: &str,
    find: impl Fn(&mut Tx<'_>) -> Result<Option<Token>, StoreError>,
) -> Result<Option<Response>, Trouble> {
    let hash = visit.app.hashing.hash(password)?;
    let mut entry = visit.entry("wachtwoord/nieuw", None, None)?;
    // It is written down when nothing was found, too, so that this takes as long.
    let in_vain = visit.entry("wachtwoord/mislukt", None, None)?;
    let mut became = visit.entry("rol/veranderd", None, Some(Role::Admin.word()))?;
    let mut changed = changed_mail(visit, "", None)?;
    let done = visit.app.store.write(|tx| {
        let Some(token) = find(tx)? else { return tx.note(&in_vain).map(|()| false) };
        let Some(account) = tx.account(&token.account)? else { return Ok(false) };
        replace(tx, &account.id, &hash)?;
        // Whoever got the mail has shown that the address is theirs.
        tx.confirm_account(&account.id, visit.now)?;
        entry.subject = Some(account.id.clone());
        tx.note(&entry)?;
        if token.purpose == Purpose::Admin {
            tx.set_role(&account.id, Role::Admin, &[])?;
            tx.set_blocked(&account.id, None)?;
            tx.set_second_step(&account.id, None)?;
            became.subject = Some(account.id.clone());
            tx.note(&became)?;
        }
        tx.forgive(&tries::key(visit, &account.mail))?;
        (changed.recipient, changed.account) = (account.mail, Some(account.id));
        tx.enqueue(&changed)?;
        Ok(true)
    })?;
    (visit.app.wake)();
    Ok(done.then(|| visit.without_login(visit.see("inloggen?klaar=wachtwoord"))))
}

/// Another password: whatever could let somebody in until now is good for nothing.
pub(super) fn replace(tx: &mut Tx<'_>, account: &str, hash: &str) -> Result<(), StoreError> {
    tx.set_password(account, hash)?;
    tx.end_sessions(account, None)?;
    for purpose in [Purpose::Password, Purpose::Admin, Purpose::Confirm, Purpose::Mail] {
        tx.drop_tokens(account, purpose)?;
    }
    Ok(())
}

/// Tells the owner of an account that its password changed.
pub(super) fn changed_mail(
    visit: &Visit<'_>,
    to: &str,
    account: Option<&str>,
) -> Result<crate::reactions::store::mails::Mail, Trouble> {
    visit.mail("wachtwoord-gewijzigd", to, account, &[("wanneer", &clock::spoken(visit.now))])
}
