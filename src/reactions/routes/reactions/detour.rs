//! A text that cannot be posted yet. In: what was written. Out: a page that says what to do first and keeps the text
//! meanwhile, in a form or to copy.

use maud::html;
use serde_json::json;

use super::draft::Draft;
use super::place::{back, first};
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{buttons, form, look_out, to_copy, told};
use crate::reactions::visit::{Trouble, Visit};

/// How to log in without losing what was written.
pub(super) fn log_in_first(visit: &Visit<'_>, draft: &Draft) -> Result<Response, Trouble> {
    let below = visit.app.path("ingelogd");
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("terug", &below).finish();
    let content = html! {
        (first(draft))
        (told("Uw tekst is er nog. Om hem te plaatsen logt u eerst in."))
        @if !draft.faults.is_empty() { p { "Er moet straks nog iets aan veranderen; wij zeggen dan wat." } }
        ol {
            li {
                a href={ (visit.app.path("inloggen")) "?" (query) } target="_blank" rel="noopener" {
                    "Log in (in een nieuw tabblad)"
                }
                ". Hebt u nog geen account? Dan "
                a href=(visit.app.path("aanmelden")) target="_blank" rel="noopener" { "maakt u er een (in een nieuw tabblad)" }
                "."
            }
            li { "Kom terug naar dit tabblad. Sluit het niet: alleen hier staat uw tekst." }
            li { "Druk op de knop hieronder. U ziet uw tekst dan nog een keer voordat hij wordt geplaatst." }
        }
        form.formulier method="post" action=(visit.app.path("plaatsen")) accept-charset="utf-8" {
            (draft.all_unseen())
            (buttons("Ik ben ingelogd, ga verder", Some(&back(visit, &draft.page))))
        }
        h2 { "Uw tekst" }
        (draft.preview())
    };
    Ok(visit.page(200, "Log eerst in", &content))
}

/// Where a login ends that was begun with a text in another tab.
pub(super) fn logged_in(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let content = html! {
        @if visit.account.is_some() {
            p { "Ga nu terug naar het tabblad waarin u aan het schrijven was. Druk daar op ‘Ik ben ingelogd, ga verder’." }
            p { "Dit tabblad kunt u sluiten." }
        } @else {
            p { a href=(visit.app.path("inloggen")) { "Log in" } "." }
        }
    };
    let title = if visit.account.is_some() { "U bent ingelogd" } else { "U bent nog niet ingelogd" };
    Ok(visit.page(200, title, &content))
}

pub(super) fn not_confirmed(visit: &Visit<'_>, draft: &Draft) -> Response {
    let says = "Bevestig eerst uw mailadres. Daarvoor kreeg u een mail van ons. Daarna kunt u plaatsen.";
    if visit.request.wants_json() {
        return Response::json(403, &json!({"fouten": {}, "uitleg": says}));
    }
    let content = html! {
        (first(draft))
        (look_out(says))
        p { "Uw tekst is er nog. Laat dit tabblad open, bevestig uw mailadres in een ander tabblad, en druk dan op de knop." }
        (form(visit, "plaatsen", &html! {
            (draft.all_unseen())
            (buttons("Mijn mailadres is bevestigd, ga verder", None))
        }))
        h2 { "Uw tekst" }
        (draft.preview())
    };
    visit.page(403, "Bevestig eerst uw mailadres", &content)
}

/// A page that takes no reactions, or not any more.
pub(super) fn no_page(visit: &Visit<'_>) -> Response {
    let says = "Op deze pagina kan niet gereageerd worden, of niet meer.";
    if visit.request.wants_json() {
        return Response::json(404, &json!({"fouten": {}, "uitleg": says}));
    }
    let content = html! {
        (look_out(says))
        (to_copy(&visit.form))
    };
    visit.page(404, "Reageren kan hier niet", &content)
}
