//! Where one begins. In: a visit. Out: what this visitor can do: log in or register; or one's own things, and for
//! moderators what waits.

use maud::{Markup, html};

use super::profile;
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::form;
use crate::reactions::routes::moderation::scope;
use crate::reactions::store::accounts::{Account, Role};
use crate::reactions::visit::{Trouble, Visit};

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    match &visit.account {
        Some(account) => Ok(visit.page(200, "Meedoen", &inside(visit, account)?)),
        None => Ok(visit.page(200, "Meedoen", &outside(visit))),
    }
}

fn outside(visit: &Visit<'_>) -> Markup {
    let link = |below: &str| visit.app.path(below);
    html! {
        p { "Met een account kunt u reageren op pagina's, vragen stellen en iets op het prikbord zetten. Lezen kan altijd, zonder account." }
        p.knoppen {
            a.knop href=(link("inloggen")) { "Inloggen" } " "
            a.knop.knop-tweede href=(link("aanmelden")) { "Aanmelden" }
        }
        h2 { "Wat wij bewaren" }
        p {
            "Uw naam, uw mailadres en wat u plaatst. Uw naam en wat u plaatst, kan iedereen lezen. Uw mailadres niet. "
            "Ook bewaren wij wat u volgt en meldt, waar u bent ingelogd, en een logboek. "
            "U kunt uw account altijd zelf verwijderen."
        }
        h2 { "Wat er met uw reactie gebeurt" }
        p { "Een moderator leest mee voordat een reactie van een nieuwe deelnemer op de website komt. Schrijf geen namen van kinderen of gezinnen, en niets waaraan anderen hen herkennen." }
        p { "Maakt u zich zorgen over een kind of een gezin? Bel Veilig Thuis: " a href="tel:08002000" { "0800-2000" } ". Is er direct gevaar? Bel " a href="tel:112" { "112" } ". Deze website is niet bedoeld om dat te melden." }
    }
}

fn inside(visit: &Visit<'_>, account: &Account) -> Result<Markup, Trouble> {
    let link = |below: &str, words: &str| html! { li { a href=(visit.app.path(below)) { (words) } } };
    Ok(html! {
        p { "U bent ingelogd als " strong { bdi { (account.name) } } @if account.role > Role::Member { " (" (account.role.word()) ")" } "." }
        ul {
            (link("mijn/reacties", "Mijn reacties, en de pagina's die ik volg"))
            (link("mijn", "Mijn profiel"))
            (link("deelnemers", "Deelnemers"))
        }
        @if account.role >= Role::Moderator { (for_moderators(visit, account)?) }
        h2 { "Uw account" }
        (profile::links(visit))
        (form(visit, "uitloggen", &html! { p.knoppen { button.knop.knop-tweede { "Uitloggen" } } }))
    })
}

fn for_moderators(visit: &Visit<'_>, account: &Account) -> Result<Markup, Trouble> {
    let (reactions, reports) = visit.app.store.read(|tx| scope::waits(visit, tx))?;
    Ok(html! {
        h2 { "Voor de redactie" }
        ul {
            li { a href=(visit.app.path("beheer")) { (counted(reactions, "reactie wacht", "reacties wachten")) " op een oordeel" } }
            li { a href=(visit.app.path("beheer/meldingen")) { (counted(reports, "melding wacht", "meldingen wachten")) } }
            li { a href=(visit.app.path("beheer/logboek")) { "Logboek" } }
            @if account.role == Role::Admin { li { a href=(visit.app.path("beheer/leden")) { "Leden" } } }
        }
    })
}

fn counted(number: i64, one: &str, many: &str) -> String {
    match number {
        0 => format!("Geen {many}"),
        1 => format!("1 {one}"),
        _ => format!("{number} {many}"),
    }
}
