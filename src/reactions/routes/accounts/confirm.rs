//! Whose a mail address is. In: a link from a mail, or the code beside it. Out: a member that may post, or has another
//! address from now on.
//!
//! Opening the link changes nothing: programs that look for viruses open every link in every mail. The button does.

use maud::{Markup, html};

use super::{posted, tries, typed};
use crate::reactions::clock;
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{Faults, Field, buttons, form, look_out, told, unseen};
use crate::reactions::store::tokens::{Purpose, Token};
use crate::reactions::store::{StoreError, Tx};
use crate::reactions::visit::{Trouble, Visit};

const PURPOSES: [Purpose; 2] = [Purpose::Confirm, Purpose::Mail];
const TITLE: &str = "Mailadres bevestigen";

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let Some(sent) = visit.query.get("sleutel") else {
        return Ok(visit.page(200, TITLE, &by_code(visit, &Faults::default())));
    };
    let token = visit.app.store.read(|tx| posted::of_link(tx, &PURPOSES, sent, visit.now))?;
    let Some(token) = token else { return Ok(visit.page(404, TITLE, &no_more(visit))) };
    let content = html! {
        p { @match token.purpose {
            Purpose::Mail => "Klopt uw nieuwe mailadres? Druk dan op de knop.",
            _ => "U wilt meedoen. Klopt uw mailadres? Druk dan op de knop.",
        } }
        (form(visit, "bevestigen", &html! {
            (unseen("sleutel", sent))
            (buttons("Ja, dit is mijn mailadres", None))
        }))
    };
    Ok(visit.page(200, TITLE, &content))
}

fn by_code(visit: &Visit<'_>, faults: &Faults) -> Markup {
    html! {
        (faults.summary())
        @if visit.query.get("klaar") == Some("gestuurd") {
            (told("Kijk in uw mail. Wij hebben u een mail gestuurd met een link en een code. Dat kan een paar minuten duren."))
        }
        p { "Open de link in de mail. Lukt dat niet? Vul dan hier de code uit de mail in." }
        (form(visit, "bevestigen", &html! {
            (Field::mail("mail", "Uw mailadres").autocomplete("username").value(visit.form.text("mail")).show(faults))
            (Field::code("code", "De code uit de mail").explained("Acht cijfers. De code blijft 10 minuten geldig.").show(faults))
            (buttons("Bevestigen", None))
        }))
        h2 { "Geen mail gekregen?" }
        p {
            "Kijk ook bij ongewenste mail. Is er na een kwartier nog niets? "
            a href=(visit.app.path("aanmelden")) { "Meld u dan nog een keer aan" }
            " en kijk goed of uw mailadres klopt."
        }
    }
}

fn no_more(visit: &Visit<'_>) -> Markup {
    html! {
        (look_out("Deze link werkt niet meer. Misschien is hij al gebruikt, of is hij te oud."))
        ul {
            li { "Hebt u net bevestigd? Dan kunt u " a href=(visit.app.path("inloggen")) { "inloggen" } "." }
            li { "Nog niet? " a href=(visit.app.path("aanmelden")) { "Meld u nog een keer aan" } ". U krijgt dan een nieuwe mail." }
        }
    }
}

pub(super) fn confirm(visit: &Visit<'_>) -> Result<Response, Trouble> {
    if let Some(sent) = visit.form.get("sleutel") {
        let done = decide(visit, |tx| posted::of_link(tx, &PURPOSES, sent, visit.now))?;
        return Ok(done.unwrap_or_else(|| visit.page(404, TITLE, &no_more(visit))));
    }
    let (mail, code) = (typed::mail(visit.form.text("mail")), typed::code(visit.form.text("code")));
    let mut faults = Faults::default();
    let mail = mail.map_err(|says| faults.add("mail", says)).unwrap_or_default();
    if code.is_empty() {
        faults.add("code", "Vul de code uit de mail in. Dat zijn acht cijfers.");
    }
    if faults.is_empty() {
        tries::count_code(visit, &mail)?;
        let done = decide(visit, |tx| match tx.account_of_mail(&mail)? {
            Some(account) => posted::of_code(visit, tx, Purpose::Confirm, &account.id, &code),
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
    Ok(visit.page(422, TITLE, &by_code(visit, &faults)))
}

/// Uses up a token and does what it is for; none when there is none.
pub(super) fn decide(
    visit: &Visit<'_>,
    find: impl Fn(&mut Tx<'_>) -> Result<Option<Token>, StoreError>,
) -> Result<Option<Response>, Trouble> {
    let mut confirmed = visit.entry("account/bevestigd", None, None)?;
    let mut changed = visit.entry("mailadres/veranderd", None, None)?;
    let when = clock::spoken(visit.now);
    let announced = visit.mail("mailadres-veranderd", "", None, &[("wanneer", &when)])?;
    let purpose = visit.app.store.write(|tx| {
        let Some(token) = find(tx)? else { return Ok(None) };
        tx.use_token(&token.id)?;
        let Some(account) = tx.account(&token.account)? else { return Ok(None) };
        let Some(mail) = &token.value else {
            confirmed.subject = Some(token.account.clone());
            tx.confirm_account(&token.account, visit.now)?;
            tx.note(&confirmed)?;
            return Ok(Some(token.purpose));
        };
        if !tx.set_mail(&account.id, mail)? {
            return Ok(None);
        }
        changed.subject = Some(account.id.clone());
        tx.note(&changed)?;
        // Whoever reads the old address must not get in any more.
        tx.drop_tokens(&account.id, Purpose::Password)?;
        tx.end_sessions(&account.id, None)?;
        let mut announced = announced.clone();
        (announced.recipient, announced.account) = (account.mail, Some(account.id));
        tx.enqueue(&announced)?;
        Ok(Some(token.purpose))
    })?;
    (visit.app.wake)();
    Ok(match purpose {
        None => None,
        Some(Purpose::Mail) => Some(visit.without_login(visit.see("inloggen?klaar=mailadres"))),
        Some(_) => Some(visit.see("inloggen?klaar=bevestigd")),
    })
}
