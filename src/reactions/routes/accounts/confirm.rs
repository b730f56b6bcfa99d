//! Whose a mail address is. In: a link from a mail, or the code beside it. Out: a member that may post, or has another
//! address from now on.
//!
//! Opening the link changes nothing: programs that look for viruses open every link in every mail. The button does.

use maud::{Markup, html};

use super::tries::{self, Try};
use super::{posted, typed};
use crate::reactions::clock;
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{Faults, Field, buttons, form, look_out, told, unseen};
use crate::reactions::store::accounts::Account;
use crate::reactions::store::mails::Mail;
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
    Ok(match token {
        Some(token) => visit.page(200, TITLE, &by_link(visit, sent, &token, &Faults::default())),
        None => visit.page(404, TITLE, &no_more(visit)),
    })
}

/// Whether this is the browser in which somebody registered. Elsewhere the password is asked, too: somebody else may have
/// registered with the address, and its owner would open the door to them with the button.
fn must_prove(visit: &Visit<'_>, token: &Token) -> bool {
    token.purpose == Purpose::Confirm && token.value.as_deref() != Some(visit.browser().as_str())
}

fn by_link(visit: &Visit<'_>, sent: &str, token: &Token, faults: &Faults) -> Markup {
    let must_prove = must_prove(visit, token);
    html! {
        (faults.summary())
        p { @match token.purpose {
            Purpose::Mail => "Klopt uw nieuwe mailadres? Druk dan op de knop.",
            _ => "U wilt meedoen. Klopt uw mailadres? Druk dan op de knop.",
        } }
        (form(visit, "bevestigen", &html! {
            (unseen("sleutel", sent))
            @if must_prove {
                (Field::password("wachtwoord", "Uw wachtwoord", "current-password")
                    .explained("Het wachtwoord dat u koos toen u zich aanmeldde. Zo weten wij zeker dat u dat zelf was.").show(faults))
            }
            (buttons("Ja, dit is mijn mailadres", None))
        }))
        @if must_prove {
            p { "Weet u dat wachtwoord niet? " a href=(visit.app.path("wachtwoord-vergeten")) { "Maak een nieuw wachtwoord" } ". Daarmee bevestigt u ook uw mailadres." }
        }
    }
}

fn by_code(visit: &Visit<'_>, faults: &Faults) -> Markup {
    html! {
        (faults.summary())
        @if visit.query.get("klaar") == Some("gestuurd") {
            (told("Kijk in uw mail. Wij hebben u een mail gestuurd met een link en een code. Dat kan een paar minuten duren."))
        }
        p { "Open de link in de mail. Lukt dat niet? Vul dan hier de code uit de mail in." }
        (form(visit, "bevestigen", &html! {
            (posted::who_and_code(visit, faults))
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
    match visit.form.get("sleutel") {
        Some(sent) => confirm_by_link(visit, sent),
        None => confirm_by_code(visit),
    }
}

fn confirm_by_link(visit: &Visit<'_>, sent: &str) -> Result<Response, Trouble> {
    let token = visit.app.store.read(|tx| posted::of_link(tx, &PURPOSES, sent, visit.now))?;
    let Some(token) = token else { return Ok(visit.page(404, TITLE, &no_more(visit))) };
    if must_prove(visit, &token) {
        let account = visit.app.store.read(|tx| tx.account(&token.account))?;
        let mail = account.as_ref().map_or("", |account| account.mail.as_str());
        let tried = tries::password(visit, mail, account.as_ref(), visit.form.text("wachtwoord"))?;
        if tried != Try::Right {
            let wrong = "Dit is niet het wachtwoord waarmee is aangemeld. Probeer het nog een keer, of maak een nieuw wachtwoord.";
            let (status, faults) = tries::fault(tried, "wachtwoord", wrong);
            return Ok(tries::with_pause(
                visit.page(status, TITLE, &by_link(visit, sent, &token, &faults)),
                tried,
            ));
        }
    }
    let done = decide(visit, |tx| posted::of_link(tx, &PURPOSES, sent, visit.now))?;
    Ok(done.unwrap_or_else(|| visit.page(404, TITLE, &no_more(visit))))
}

fn confirm_by_code(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let (mail, code) = (typed::mail(visit.form.text("mail")), typed::code(visit.form.text("code")));
    let mut faults = Faults::default();
    let mail = mail.map_err(|says| faults.add("mail", says)).unwrap_or_default();
    if code.is_empty() {
        faults.add("code", "Vul de code uit de mail in. Dat zijn acht cijfers.");
    }
    if faults.is_empty() {
        tries::count_code(visit, &mail)?;
        let done = decide(visit, |tx| {
            let Some(account) = tx.account_of_mail(&mail)? else { return Ok(None) };
            let token = posted::of_code(visit, tx, Purpose::Confirm, &account.id, &code)?;
            Ok(token.filter(|token| !must_prove(visit, token)))
        })?;
        if let Some(done) = done {
            return Ok(done);
        }
        faults.add(
            "code",
            "Deze code klopt niet, of is te oud. Kijk in de nieuwste mail, of open daar de link. Of u meldde zich aan in een andere browser. \
             Maak dan een nieuw wachtwoord; daarmee bevestigt u ook uw mailadres.",
        );
    }
    Ok(visit.page(422, TITLE, &by_code(visit, &faults)))
}

/// Uses up a token and does what it is for; none when there is none.
pub(super) fn decide(
    visit: &Visit<'_>,
    find: impl Fn(&mut Tx<'_>) -> Result<Option<Token>, StoreError>,
) -> Result<Option<Response>, Trouble> {
    let mut entry = visit.entry("account/bevestigd", None, None)?;
    // It is written down when nothing was found, too, so that this takes as long.
    let in_vain = visit.entry("bevestigen/mislukt", None, None)?;
    let when = clock::spoken(visit.now);
    let mut announced = visit.mail("mailadres-gewijzigd", "", None, &[("wanneer", &when)])?;
    let purpose = visit.app.store.write(|tx| {
        let Some(token) = find(tx)? else { return tx.note(&in_vain).map(|()| None) };
        tx.use_token(&token.id)?;
        let Some(account) = tx.account(&token.account)? else { return Ok(None) };
        entry.subject = Some(token.account.clone());
        if token.purpose == Purpose::Mail {
            "mailadres/veranderd".clone_into(&mut entry.action);
            (announced.recipient, announced.account) = (account.mail.clone(), Some(account.id.clone()));
            if !change_mail(tx, &account, token.value.as_deref().unwrap_or_default(), &announced)? {
                return Ok(None);
            }
        } else {
            tx.confirm_account(&token.account, visit.now)?;
        }
        tx.note(&entry)?;
        Ok(Some(token.purpose))
    })?;
    (visit.app.wake)();
    Ok(purpose.map(|purpose| match purpose {
        Purpose::Mail => visit.without_login(visit.see("inloggen?klaar=mailadres")),
        _ => visit.see("inloggen?klaar=bevestigd"),
    }))
}

/// Another address; whether nobody else has it by now. Whoever reads the old one must not get in any more.
fn change_mail(tx: &mut Tx<'_>, account: &Account, mail: &str, announced: &Mail) -> Result<bool, StoreError> {
    if !tx.set_mail(&account.id, mail)? {
        return Ok(false);
    }
    tx.drop_tokens(&account.id, Purpose::Password)?;
    tx.end_sessions(&account.id, None)?;
    tx.enqueue(announced)?;
    Ok(true)
}
