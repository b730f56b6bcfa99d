//! What was reported. In: whoever decides. Out: every text somebody says should not stand there, with why; and reports that
//! are done with: those that were shown, and none that came in since.

use maud::html;

use super::{judge, queue, scope};
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{form, unseen, went_well};
use crate::reactions::routes::reactions::within;
use crate::reactions::store::accounts::Role;
use crate::reactions::store::moderation::Report;
use crate::reactions::store::reactions::Kept;
use crate::reactions::visit::{Trouble, Visit};

/// So many reports are looked through at most.
const MOST: i64 = 1000;
/// So many texts stand on one page.
const SHOWN: usize = 25;

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    visit.at_least(Role::Moderator)?;
    let (all, reported) = visit.app.store.read(|tx| {
        let mut all: Vec<(Kept, Vec<Report>)> = Vec::new();
        for report in tx.open_reports(MOST)? {
            if let Some((_, reports)) = all.iter_mut().find(|(kept, _)| kept.id == report.reaction) {
                reports.push(report);
            } else if let Some(kept) = tx.reaction(&report.reaction)?
                && scope::decides(visit, &kept.page)
            {
                all.push((kept, vec![report]));
            }
        }
        Ok((all, scope::waits(visit, tx)?.1))
    })?;
    let content = html! {
        @if visit.query.text("gedaan") == "ja" { (went_well("De melding is afgehandeld. De tekst blijft zoals hij is.")) }
        (queue::links(visit, reported))
        h2 { "Gemelde teksten" }
        @if all.is_empty() { p { "Er zijn geen meldingen." } }
        ol.wachtrij {
            @for (kept, reports) in all.iter().take(SHOWN) {
                li.wachtrij-let-op {
                    (queue::about(visit, kept, 1, None))
                    (judge::said(reports, 3))
                    (form(visit, "beheer/meldingen", &html! {
                        (unseen("reactie", &kept.id))
                        @if let Some(last) = reports.last() { (unseen("tot-en-met", &last.id)) }
                        p.knoppen {
                            a.knop href={ (visit.app.path("beheer/oordeel")) "?reactie=" (kept.id) } { "Beoordeel de tekst" } " "
                            button.knop.knop-tweede { "Klaar: de tekst blijft zoals hij is" }
                        }
                    }))
                }
            }
        }
    };
    Ok(visit.page(200, "Meldingen", &content))
}

pub(super) fn close(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let kept = judge::found(visit, visit.form.text("reactie"))?;
    let last = visit.form.text("tot-en-met");
    visit.app.store.write(|tx| {
        if tx.close_reports_until(&kept.id, last, visit.now)? > 0 {
            tx.note(&within(visit.entry("melding/afgehandeld", Some(&kept.id), None))?)?;
        }
        Ok(())
    })?;
    Ok(visit.see("beheer/meldingen?gedaan=ja"))
}
