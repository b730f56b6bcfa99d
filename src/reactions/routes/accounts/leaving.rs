//! A member leaves. In: its password, and what is to become of its reactions. Out: nothing of it is left here, and the
//! next build leaves nothing on the site; a last mail says so.

use maud::{Markup, html};

use super::tries::{self, Try};
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{Faults, Field, form, look_out};
use crate::reactions::store::accounts::Role;
use crate::reactions::store::personal::Reactions;
use crate::reactions::visit::{Trouble, Visit};

const TITLE: &str = "Mijn account verwijderen";

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    visit.member()?;
    Ok(visit.page(200, TITLE, &content(visit, &Faults::default())))
}

fn content(visit: &Visit<'_>, faults: &Faults) -> Markup {
    let mail = visit.account.as_ref().map_or("", |account| account.mail.as_str());
    let choices = [
        ("weg", "Verwijder mijn reacties"),
        ("blijven", "Laat mijn reacties staan, met ‘Voormalig deelnemer’ in plaats van mijn naam"),
    ];
    html! {
        (faults.summary())
        (what_happens())
        (look_out("U kunt dit niet terugdraaien. Wilt u uw gegevens bewaren? Download ze eerst."))
        p { a href=(visit.app.path("mijn/gegevens")) { "Mijn gegevens downloaden" } }
        (form(visit, "mijn/verwijderen", &html! {
            (Field::one_of("reacties", "Wat moet er met uw reacties gebeuren?", &choices)
                .value(visit.form.text("reacties")).show(faults))
            input type="hidden" name="mail" value=(mail) autocomplete="username";
            (Field::password("wachtwoord", "Uw wachtwoord", "current-password")
                .explained("Zo weten wij zeker dat u het bent.").show(faults))
            p.knoppen {
                button.knop.knop-gevaar { "Verwijder mijn account" }
                " " a href=(visit.app.path("mijn")) { "Annuleer" }
            }
        }))
    }
}

/// What goes, what goes later, and what stays: before the button, not behind it.
fn what_happens() -> Markup {
    html! {
        p { "Dit gebeurt er als u uw account verwijdert:" }
        h2 { "Meteen weg" }
        ul {
            li { "uw naam, uw mailadres, uw wachtwoord en uw profiel" }
            li { "reacties van u die nog wachten of die niet zijn geplaatst" }
            li { "de pagina's die u volgt, en mails die nog naar u onderweg waren" }
            li { "al uw apparaten worden uitgelogd" }
        }
        h2 { "Niet meteen weg" }
        ul {
            li { "De website wordt opnieuw gemaakt. Tot dat klaar is, staat uw naam er nog." }
            li { "In reservekopieën staan uw gegevens nog een tijd. Zetten wij een kopie terug, dan halen wij uw gegevens er weer uit. Zijn wij door een storing alles kwijt, ook onze lijst van verwijderde accounts? Dan kunnen uw gegevens terugkomen. Laat het ons dan weten. Wij halen ze er meteen uit." }
            li { "Andere mensen en zoekmachines kunnen een kopie hebben gemaakt. Daar kunnen wij niet bij." }
        }
        h2 { "Wat blijft" }
        ul {
            li { "In ons logboek blijft staan dat er iets is gebeurd, maar niet meer wie dat deed." }
            li { "Antwoorden van anderen op reacties die u verwijdert, staan niet meer op de website. Wie ze schreef, ziet ze nog wel bij de eigen reacties." }
            li { "Een melding van u die nog niet is bekeken, blijft staan zonder uw naam." }
            li { "Laat u reacties staan? Wij veranderen de tekst niet. Staat uw naam ín een tekst, verander die dan eerst." }
        }
    }
}

pub(super) fn leave(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let account = visit.member()?;
    let reactions = match visit.form.text("reacties") {
        "weg" => Reactions::Erased,
        "blijven" => Reactions::Kept,
        _ => {
            let faults = Faults::one("reacties", "Kies wat er met uw reacties moet gebeuren.");
            return Ok(visit.page(422, TITLE, &content(visit, &faults)));
        }
    };
    let tried = tries::password(visit, &account.mail, Some(account), visit.form.text("wachtwoord"))?;
    if tried != Try::Right {
        let (status, faults) =
            tries::fault(tried, "wachtwoord", "Dit is niet uw wachtwoord. Probeer het nog een keer.");
        return Ok(tries::with_pause(visit.page(status, TITLE, &content(visit, &faults)), tried));
    }
    let is_needed =
        account.role == Role::Admin && visit.app.store.read(|tx| tx.other_admins(&account.id))? == 0;
    if is_needed {
        let says = "U bent de enige beheerder. Maak eerst iemand anders beheerder.";
        return Ok(visit.page(422, TITLE, &content(visit, &Faults::one("reacties", says))));
    }
    erase(visit, &account.id, &account.mail, reactions)?;
    (visit.app.wake)();
    let content = html! {
        p.melding.melding-goed role="status" { "Uw account is verwijderd. Op " (account.mail) " krijgt u nog één mail van ons." }
        p { "Dank u wel dat u meedeed." }
    };
    Ok(visit.without_login(visit.page(200, "Uw account is verwijderd", &content)))
}

fn erase(visit: &Visit<'_>, id: &str, mail: &str, reactions: Reactions) -> Result<(), Trouble> {
    let not_before = visit.app.settings.quiet_until(visit.now);
    let kept = if reactions == Reactions::Kept { "ja" } else { "nee" };
    let last = visit.mail("account-verwijderd", mail, None, &[("blijft", kept)])?;
    let mut entry = visit.entry("account/verwijderd", None, None)?;
    (entry.actor, entry.network) = (None, None);
    visit.app.store.write(|tx| {
        tx.erase_account(id, reactions, visit.now, not_before)?;
        tx.forgive(&tries::key(visit, mail))?;
        tx.note(&entry)?;
        tx.enqueue(&last)
    })?;
    // The account is gone, even when its traces cannot be taken out of the file right now.
    if let Err(error) = visit.app.store.forget() {
        visit.app.log.say(visit.now, "fout", "vergeten", &serde_json::json!({"waarom": error.to_string()}));
    }
    Ok(())
}
