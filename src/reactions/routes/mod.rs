//! Request → answer. In: an [`App`] and a [`Request`]. Out: a [`Response`], always: a panic becomes "something went wrong".
//!
//! Every path stands in [`ROUTES`], with who may ask it. A route is asked with GET, or posted to from a form of ours; what
//! is posted answers with "look there" (303), so that going back or reloading does nothing twice.

mod accounts;
mod fields;
mod health;
mod moderation;
mod reactions;
mod troubles;

#[cfg(test)]
pub(crate) mod people;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Instant;

use serde_json::json;

use super::app::App;
use super::exchange::{Request, Response};
use super::visit::{Trouble, Visit, is_ours};

/// What is done with a visit.
type Handler = fn(&Visit<'_>) -> Result<Response, Trouble>;

/// A path and what can be done there.
struct Route {
    path: &'static str,
    get: Option<Handler>,
    post: Option<Handler>,
    /// Whether what is posted must carry the token of the visitor. One without says itself what it does then.
    token: bool,
    /// Whether anybody may post there from anywhere, such as the server of somebody's mail: what is asked is signed in the
    /// address itself, nothing is done in the name of a login, and the body is not looked at.
    signed: bool,
}

const fn route(path: &'static str, get: Option<Handler>, post: Option<Handler>) -> Route {
    Route { path, get, post, token: true, signed: false }
}

/// Every path below `/reacties/`.
const ROUTES: &[&[Route]] = &[accounts::ROUTES, health::ROUTES, moderation::ROUTES, reactions::ROUTES];

/// Answers.
pub fn answer(app: &App, request: &Request) -> Response {
    let began = Instant::now();
    let (route, answered) = match find(app, request) {
        Some(route) => (route.path, catch_unwind(AssertUnwindSafe(|| within(app, request, route)))),
        None => ("", Ok(Err(Trouble::NotFound))),
    };
    let mut response = match answered {
        Ok(Ok(response)) => response,
        Ok(Err(trouble)) => troubles::answer(app, request, route, &trouble),
        Err(_) => {
            app.log.count("paniek");
            let machine = Trouble::Machine("an answer was not finished".to_owned());
            troubles::answer(app, request, route, &machine)
        }
    };
    response.only_head = request.method == "HEAD";
    app.log.answered(route, response.status, began.elapsed().as_secs_f64());
    response
}

/// Whether a path is the endpoint's. The site itself has a few files below it: its own page, the list of pages, feeds.
pub fn takes(app: &App, path: &str) -> bool {
    let below = path.strip_prefix(app.settings.base_path()).and_then(|path| path.strip_prefix("/reacties/"));
    below.is_some_and(|below| below != "index.html" && below != "paginas.json" && !below.ends_with(".xml"))
}

fn find(app: &App, request: &Request) -> Option<&'static Route> {
    let below = request.path.strip_prefix(app.settings.base_path())?.strip_prefix("/reacties")?;
    let below = below.strip_prefix('/')?;
    ROUTES.iter().copied().flatten().find(|route| route.path == below)
}

fn within(app: &App, request: &Request, route: &Route) -> Result<Response, Trouble> {
    let handler = match request.method.as_str() {
        "GET" => route.get,
        // A HEAD would do whatever a GET does, and no GET does anything.
        "HEAD" => route.get,
        "POST" => route.post,
        _ => None,
    };
    let Some(handler) = handler else { return Ok(not_so(route)) };
    if route.signed {
        return handler(&Visit::without_form(app, request)?);
    }
    if request.method == "POST" && !is_ours(app, request) {
        return Err(Trouble::Foreign);
    }
    let visit = Visit::of(app, request)?;
    if request.method == "POST" && route.token && !visit.has_token() {
        return Err(Trouble::Stale);
    }
    handler(&visit)
}

fn not_so(route: &Route) -> Response {
    let allowed = match (route.get, route.post) {
        (Some(_), Some(_)) => "GET, HEAD, POST",
        (Some(_), None) => "GET, HEAD",
        _ => "POST",
    };
    Response::text(405, "Dit kan zo niet.\n").with("Allow", allowed)
}

/// A log line's detail.
fn said(route: &str, why: &str) -> serde_json::Value {
    json!({"route": route, "waarom": why})
}
