//! What is answered when there is no ordinary answer. In: a [`Trouble`]. Out: a page that says what happened and what one
//! can do, with what was written in the form, or the same as data for the script of a page. Nothing of the machine is told
//! to visitors; that goes to the log.

use maud::{Markup, html};
use serde_json::json;

use super::fields::to_copy;
use super::said;
use crate::reactions::app::App;
use crate::reactions::clock::spoken_wait;
use crate::reactions::exchange::{Request, Response};
use crate::reactions::forms;
use crate::reactions::media;
use crate::reactions::store::StoreError;
use crate::reactions::visit::Trouble;

/// Answers to trouble.
pub(super) fn answer(app: &App, request: &Request, route: &'static str, trouble: &Trouble) -> Response {
    let told = Told::of(trouble);
    if let Some(why) = machine(trouble) {
        app.log.say(app.clock.now(), "fout", "antwoord", &said(route, &why));
    }
    if let Trouble::LogIn(back) | Trouble::Prove(back) = trouble {
        let step = if matches!(trouble, Trouble::LogIn(_)) { "inloggen" } else { "wachtwoord-nogmaals" };
        let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("terug", back).finish();
        let path = format!("{}?{query}", app.path(step));
        if request.wants_json() {
            return Response::json(401, &json!({"inloggen": path, "uitleg": told.text}));
        }
        return Response::see(&path);
    }
    let mut response = if request.wants_json() {
        Response::json(told.status, &json!({"uitleg": told.text, "kop": told.title}))
    } else {
        let title = format!("{} – {}", told.title, app.settings.title);
        let written = written(request, trouble);
        let page = page(app, &told, &written);
        Response::page(told.status, app.site.frame().fill(&title, told.title, &page.0))
    };
    if let Some(seconds) = told.again {
        response = response.with("Retry-After", &seconds.to_string());
    }
    response
}

/// Words for visitors.
struct Told {
    status: u16,
    title: &'static str,
    text: String,
    again: Option<i64>,
}

impl Told {
    fn of(trouble: &Trouble) -> Told {
        let told = |status, title, text: &str| Told { status, title, text: text.to_owned(), again: None };
        match trouble {
            Trouble::Store(StoreError::Away(_)) | Trouble::Busy => Told {
                again: Some(5),
                ..told(
                    503,
                    "Even geduld",
                    "Het is nu te druk. Er is niets opgeslagen. Probeer het over een paar seconden nog eens.",
                )
            },
            Trouble::Store(StoreError::Full | StoreError::ReadOnly(_) | StoreError::Failing(_)) => Told {
                again: Some(300),
                ..told(
                    503,
                    "Opslaan lukt nu niet",
                    "Wij kunnen nu niets bewaren. Lezen kan wel. Bewaar uw tekst en probeer het later nog eens.",
                )
            },
            Trouble::Store(_) | Trouble::Machine(_) => {
                told(500, "Er ging iets mis", "Dit ligt aan ons, niet aan u. Probeer het later nog eens.")
            }
            Trouble::NotFound => told(404, "Niet gevonden", "Deze pagina is er niet, of niet meer."),
            Trouble::Forbidden => told(403, "Dit mag u niet", "Uw account mag dit niet doen."),
            Trouble::LogIn(_) => {
                told(401, "Inloggen", "U bent niet ingelogd. Log in en probeer het nog eens.")
            }
            Trouble::Prove(_) => told(401, "Wachtwoord", "Geef voor deze stap uw wachtwoord nog een keer."),
            Trouble::TooOften(wait) => Told {
                again: Some((wait / 1000).max(1)),
                ..told(
                    429,
                    "Te vaak geprobeerd",
                    &format!(
                        "Dit is te vaak achter elkaar gedaan. Probeer het over {} nog eens.",
                        spoken_wait(*wait)
                    ),
                )
            },
            Trouble::Form(fault) => told(400, "Dit klopt niet", &fault.to_string()),
            Trouble::Stale => told(
                403,
                "Dit formulier is verlopen",
                "Er is niets gedaan. Ga terug, laad de pagina opnieuw en verstuur het formulier nog eens. Kopieer eerst uw tekst.",
            ),
            Trouble::Foreign => told(
                403,
                "Dit kwam niet van onze website",
                "Er is niets gedaan. Open onze website zelf en probeer het daar. Gebruikt u een heel oude browser? Werk die dan bij.",
            ),
            Trouble::Media => told(415, "Dit is geen formulier", "Zo kan niets worden verstuurd."),
        }
    }
}

/// What whoever runs it must know.
fn machine(trouble: &Trouble) -> Option<String> {
    match trouble {
        Trouble::Store(error) => Some(error.to_string()),
        Trouble::Machine(why) => Some(why.clone()),
        _ => None,
    }
}

/// What was written in the form that could not be taken. It is shown again, for whoever has no other copy of it; but what
/// another website sent is not put before anybody here.
fn written(request: &Request, trouble: &Trouble) -> Markup {
    let is_form = request.method == "POST" && media::is_form(request.header("content-type"));
    match forms::parse(&request.body) {
        Ok(form) if is_form && !matches!(trouble, Trouble::Foreign) => to_copy(&form),
        _ => html! {},
    }
}

fn page(app: &App, told: &Told, written: &Markup) -> Markup {
    html! {
        p.melding.melding-let-op role="alert" { (told.text) }
        (written)
        p { a href=(app.path("")) { "Naar de beginpagina van Meedoen" } }
    }
}
