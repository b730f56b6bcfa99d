//! The answer that helped. In: an answer to a question, and who asks. Out: it stands first, and says so.

use maud::{Markup, html};

use super::show::thread_of;
use super::{tell, within};
use crate::model::reaction::Kind;
use crate::reactions::exchange::Response;
use crate::reactions::routes::moderation::scope;
use crate::reactions::secrets::is_id;
use crate::reactions::store::reactions::{Kept, State};
use crate::reactions::visit::{Trouble, Visit};

/// The button by an answer.
pub(super) fn button(visit: &Visit<'_>, answer: &Kept) -> Markup {
    let (sent, words) =
        if answer.chosen { ("nee", "Toch niet dit antwoord") } else { ("ja", "Dit antwoord hielp") };
    html! {
        form method="post" action=(visit.app.path("antwoord-kiezen")) accept-charset="utf-8" {
            (visit.hidden())
            input type="hidden" name="reactie" value=(answer.id);
            p.knoppen {
                button.knop.knop-tweede name="kies" value=(sent) {
                    (words) span.alleen-voorlezen { " (antwoord van " (answer.author) ")" }
                }
            }
        }
    }
}

pub(super) fn choose(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let account = visit.member()?;
    let id = visit.form.text("reactie");
    let is_chosen = visit.form.text("kies") != "nee";
    if !is_id(id) {
        return Err(Trouble::NotFound);
    }
    let page = visit.app.store.write(|tx| {
        let placed = |kept: &Kept| kept.state == State::Placed;
        let Some(answer) = tx.reaction(id)?.filter(placed) else { return Ok(None) };
        let Some(asked) = answer.parent.as_deref().map(|parent| tx.reaction(parent)).transpose()?.flatten()
        else {
            return Ok(None);
        };
        let may = asked.account.as_deref() == Some(account.id.as_str()) && account.is_active()
            || scope::decides(visit, &asked.page);
        if !may || !placed(&asked) || asked.kind != Kind::Question {
            return Ok(None);
        }
        if answer.chosen != is_chosen {
            tx.choose_answer(&asked.id, is_chosen.then_some(id))?;
            let action = if is_chosen { "reactie/gekozen" } else { "reactie/niet-gekozen" };
            tx.note(&within(visit.entry(action, Some(id), None))?)?;
            tell::changed(visit, tx)?;
        }
        Ok(Some(asked.page))
    })?;
    (visit.app.wake)();
    let page = page.ok_or(Trouble::NotFound)?;
    Ok(visit.see(&format!("{}#reactie-{id}", thread_of(&page))))
}
