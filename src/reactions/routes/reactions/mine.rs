//! Everything one wrote, and the pages one follows. In: a member. Out: a list with what became of it and what can be done.

use maud::{Markup, html};

use super::change;
use super::show::{spoken_kind, thread_of, time};
use crate::reactions::clock;
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{unseen, went_well};
use crate::reactions::store::reactions::{Kept, State};
use crate::reactions::store::subscriptions::Subscription;
use crate::reactions::visit::{Trouble, Visit};

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let account = visit.member()?;
    let (mut all, follows) =
        visit.app.store.read(|tx| Ok((tx.reactions_of(&account.id)?, tx.subscriptions_of(&account.id)?)))?;
    all.retain(|kept| kept.state != State::Withdrawn || kept.reason.is_some());
    all.reverse();
    let content = html! {
        @match visit.query.text("gedaan") {
            "ingetrokken" => (went_well("Uw tekst is ingetrokken.")),
            "gestopt" => (went_well("U volgt die pagina niet meer.")),
            _ => {}
        }
        h2 { "Wat u schreef" }
        @if all.is_empty() { p { "U hebt nog niets geschreven." } }
        ul.draden { @for kept in &all { li { (one(visit, kept)) } } }
        h2 { "Pagina’s die u volgt" }
        @if follows.is_empty() { p { "U volgt geen pagina." } }
        ul { @for follow in &follows { li { (followed(visit, follow)) } } }
        p { a href=(visit.app.path("")) { "Naar de beginpagina van Meedoen" } }
    };
    Ok(visit.page(200, "Uw reacties", &content))
}

/// What a page is called; one that takes no reactions any more has only its id.
pub(in crate::reactions::routes) fn title(visit: &Visit<'_>, page: &str) -> String {
    visit.app.site.pages().get(page).map_or_else(|| page.to_owned(), |page| page.title.clone())
}

fn one(visit: &Visit<'_>, kept: &Kept) -> Markup {
    let path = |below: &str| format!("{}?reactie={}", visit.app.path(below), kept.id);
    let title = title(visit, &kept.page);
    let is_known = visit.app.site.pages().get(&kept.page).is_some();
    html! {
        article.reactie id={ "reactie-" (kept.id) } {
            header {
                p.reactie-merk { span class={ "stand stand-" (kept.state.word()) } { (spoken(kept)) } }
                h3 { @match &kept.title { Some(title) => (title), None => (spoken_kind(kept.kind)) } }
                p.reactie-wie {
                    "Bij " @if is_known { a href=(visit.app.path(&thread_of(&kept.page))) { (title) } } @else { (title) }
                    " · " (time(&clock::day(kept.created)))
                    @if kept.edited.is_some() { " · gewijzigd" }
                }
            }
            @if kept.state != State::Withdrawn {
                div.reactie-tekst { (maud::PreEscaped(crate::accepted::text::to_html(&kept.text))) }
            }
            @if let Some(reason) = kept.reason.as_ref().filter(|_| kept.state != State::Placed) {
                p { "De reden van de moderator:" }
                blockquote { (reason) }
            }
            @if kept.state != State::Withdrawn {
                p.reactie-doen {
                    @if change::may(visit, kept) && is_known { a href=(path("wijzigen")) { "Wijzig" } " " }
                    a href=(path("intrekken")) { "Trek in" }
                }
            }
        }
    }
}

/// What became of it, for its writer.
fn spoken(kept: &Kept) -> &'static str {
    match kept.state {
        State::Waiting => "Wacht op een moderator",
        State::Placed => "Geplaatst",
        State::Declined => "Niet geplaatst",
        State::Withdrawn => "Weggehaald door een moderator",
    }
}

fn followed(visit: &Visit<'_>, follow: &Subscription) -> Markup {
    let title = title(visit, &follow.page);
    html! {
        a href=(visit.app.path(&thread_of(&follow.page))) { (title) }
        form method="post" action=(visit.app.path("volgen")) accept-charset="utf-8" {
            (visit.hidden())
            (unseen("pagina", &follow.page))
            p.knoppen {
                button.knop.knop-tweede name="doen" value="stop" {
                    "Volg niet meer" span.alleen-voorlezen { " (" (title) ")" }
                }
            }
        }
    }
}
