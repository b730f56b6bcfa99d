//! What a member tells about itself. In: a name, what stands behind it, and whether it wants to be among the participants,
//! and with what. Out: it is kept; where its name stands on the site, the site is built anew.

use maud::{Markup, html};

use super::typed;
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{Faults, Field, buttons, form, group, tick, went_well};
use crate::reactions::store::accounts::{Account, Profile, Role};
use crate::reactions::visit::{Trouble, Visit};

const TITLE: &str = "Mijn profiel";

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let profile = of(visit.member()?);
    Ok(visit.page(200, TITLE, &content(visit, &profile, &Faults::default())))
}

fn of(account: &Account) -> Profile {
    Profile {
        name: account.name.clone(),
        about: account.about.clone(),
        listed: account.listed,
        listed_about: account.listed_about,
        introduction: account.introduction.clone(),
    }
}

fn content(visit: &Visit<'_>, profile: &Profile, faults: &Faults) -> Markup {
    let well = match visit.query.text("klaar") {
        "profiel" => Some("Uw profiel is bewaard."),
        "wachtwoord" => Some("Uw nieuwe wachtwoord is bewaard. Op andere apparaten bent u uitgelogd."),
        "stap" => Some("Uw keuze is bewaard."),
        _ => None,
    };
    html! {
        (faults.summary())
        @if let Some(well) = well { (went_well(well)) }
        (form(visit, "mijn", &html! {
            (Field::text("naam", "Uw naam").autocomplete("name").most(80).value(&profile.name)
                .explained("Deze naam staat bij alles wat u plaatst. Iedereen op internet kan dat lezen.").show(faults))
            (Field::text("over", "Uw organisatie of functie").optional().autocomplete("organization").most(120)
                .value(profile.about.as_deref().unwrap_or_default())
                .explained("Dit staat achter uw naam, voor iedereen te lezen.").show(faults))
            (group("Bij de deelnemers staan", Some("De lijst van deelnemers ziet u alleen als u bent ingelogd. Uw mailadres staat er nooit bij."), &html! {
                (tick("op-lijst", "Zet mijn naam in de lijst van deelnemers", profile.listed))
                (tick("op-lijst-over", "Zet er mijn organisatie of functie bij", profile.listed_about))
            }))
            (Field::lines("voorstellen", "Stel u voor", 5).optional().autocomplete("off")
                .value(profile.introduction.as_deref().unwrap_or_default())
                .explained("Een paar zinnen voor de lijst van deelnemers. Staat u niet in de lijst, dan ziet niemand dit.").show(faults))
            (buttons("Bewaren", Some(&visit.app.path(""))))
        }))
        h2 { "Meer over uw account" }
        (links(visit))
    }
}

/// Everything that a member can look after.
pub(super) fn links(visit: &Visit<'_>) -> Markup {
    let is_staff = visit.account.as_ref().is_some_and(|account| account.role > Role::Member);
    let link = |below: &str, words: &str| html! { li { a href=(visit.app.path(below)) { (words) } } };
    html! {
        ul {
            (link("mijn/wachtwoord", "Wachtwoord veranderen"))
            (link("mijn/mailadres", "Mailadres veranderen"))
            @if is_staff { (link("mijn/stap", "Inloggen met een extra code")) }
            (link("mijn/sessies", "Waar bent u ingelogd?"))
            (link("mijn/gegevens", "Mijn gegevens downloaden"))
            (link("mijn/verwijderen", "Mijn account verwijderen"))
        }
    }
}

pub(super) fn save(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let account = visit.member()?;
    let typed = |field| visit.form.text(field);
    let mut faults = Faults::default();
    let name = typed::name(visit, typed("naam")).map_err(|says| faults.add("naam", says));
    let about = typed::about(visit, typed("over")).map_err(|says| faults.add("over", says));
    let introduction =
        typed::introduction(visit, typed("voorstellen")).map_err(|says| faults.add("voorstellen", says));
    let (listed, listed_about) = (visit.form.ticked("op-lijst"), visit.form.ticked("op-lijst-over"));
    let (Ok(name), Ok(about), Ok(introduction)) = (name, about, introduction) else {
        let some = |field| Some(typed(field).to_owned());
        let name = typed("naam").to_owned();
        let again =
            Profile { name, about: some("over"), listed, listed_about, introduction: some("voorstellen") };
        return Ok(visit.page(422, TITLE, &content(visit, &again, &faults)));
    };
    let profile = Profile { name, about, listed, listed_about, introduction };
    let not_before = visit.app.settings.quiet_until(visit.now);
    visit.app.store.write(|tx| {
        tx.set_profile(&account.id, &profile)?;
        let shows_otherwise = account.name != profile.name || account.about != profile.about;
        if shows_otherwise && tx.is_published(&account.id)? {
            tx.published_changed(not_before)?;
        }
        Ok(())
    })?;
    (visit.app.wake)();
    Ok(visit.see("mijn?klaar=profiel"))
}
