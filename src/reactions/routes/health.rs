//! Whether the endpoint is well, and its counters, for whoever runs it. In: nothing. Out: a few lines, the first of which is
//! `goed` or `mis`, or numbers in the text form of Prometheus. The counters are for those who have the token of the build.
//!
//! `mis`: it answers, but what it does beside that fails: builds, or mails that still do not go after an hour. So the status
//! is 200, or whatever watches over several endpoints would take one away that members can use.

use super::{Route, route};
use crate::reactions::clock::HOUR;
use crate::reactions::exchange::{Media, Response};
use crate::reactions::secrets::same;
use crate::reactions::visit::{Trouble, Visit};

pub(super) const ROUTES: &[Route] =
    &[route("gezond", Some(health), None), route("meters", Some(metrics), None)];

fn health(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let (waiting, failed, stuck, behind, fault) = visit.app.store.read(|tx| {
        let (waiting, failed) = tx.mails_waiting()?;
        Ok((waiting, failed, tx.mails_stuck(visit.now - HOUR)?, tx.behind()?, tx.work_fault("bouw")?))
    })?;
    let well = if failed + stuck == 0 && fault.is_none() { "goed" } else { "mis" };
    let built = if fault.is_none() { "goed" } else { "mislukt" };
    let site = if visit.app.site.is_there() { "ja" } else { "nee" };
    let text = format!(
        "{well}\nmails die wachten: {waiting}\nmails die al een uur niet lukken: {stuck}\nmails die niet lukten: {failed}\nsite gevonden: {site}\nbouw: {built}\nsite loopt achter: {}\n",
        behind.wanted - behind.done
    );
    Ok(Response::text(200, &text))
}

fn metrics(visit: &Visit<'_>) -> Result<Response, Trouble> {
    bearer(visit)?;
    let ((waiting, failed), behind) = visit.app.store.read(|tx| Ok((tx.mails_waiting()?, tx.behind()?)))?;
    let now = [
        ("mails_wachten", waiting),
        ("mails_mislukt", failed),
        ("bouw_achter", behind.wanted - behind.done),
        ("revisie", behind.wanted),
    ];
    Ok(Response::new(200, Media::Text, visit.app.log.metrics(&now)))
}

/// Refuses who does not show the token of the build. Without one nobody gets anything.
pub(super) fn bearer(visit: &Visit<'_>) -> Result<(), Trouble> {
    let given = visit.request.header("authorization").and_then(|value| value.strip_prefix("Bearer "));
    match (&visit.app.token, given) {
        (Some(token), Some(given)) if same(token.as_bytes(), given.as_bytes()) => Ok(()),
        _ => Err(Trouble::NotFound),
    }
}
