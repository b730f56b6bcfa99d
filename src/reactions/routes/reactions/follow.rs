//! Following a page, and ending it from a mail. In: a member and a page; or the address in a mail, which is signed. Out: a
//! subscription, or its end. The end needs no login: it is one click, also for a mail program (RFC 8058).

use maud::html;

use super::show::thread_of;
use crate::reactions::exchange::Response;
use crate::reactions::routes::fields::{form, told, unseen, went_well};
use crate::reactions::secrets::{Use, is_id};
use crate::reactions::store::subscriptions::Subscription;
use crate::reactions::visit::{Trouble, Visit};

pub(super) fn page(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let account = visit.member()?;
    let page = super::thread::asked(visit, visit.query.text("pagina"))?;
    let follows = visit.app.store.read(|tx| tx.follows(&account.id, &page.id))?;
    let done = visit.query.text("gedaan") == "ja";
    let content = html! {
        @if follows && done { (went_well("U volgt deze pagina nu.")) }
        @if follows {
            p { "U krijgt een mail als er iets nieuws staat bij ‘" (page.title) "’. In die mail staat niet wat er geschreven is." }
        } @else {
            p { "Wilt u een mail als er iets nieuws staat bij ‘" (page.title) "’? In die mail staat niet wat er geschreven is. U kunt altijd weer stoppen." }
        }
        (form(visit, "volgen", &html! {
            (unseen("pagina", &page.id))
            p.knoppen {
                @if follows { button.knop.knop-tweede name="doen" value="stop" { "Volg niet meer" } }
                @else { button.knop name="doen" value="volg" { "Volg deze pagina" } }
            }
        }))
        p { a href=(visit.app.path(&thread_of(&page.id))) { "Naar de reacties" } }
    };
    Ok(visit.page(200, &format!("‘{}’ volgen", page.title), &content))
}

pub(super) fn follow(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let account = visit.member()?;
    let page = visit.form.text("pagina");
    if visit.form.text("doen") == "stop" {
        visit.app.store.write(|tx| tx.unfollow(&account.id, page))?;
        return Ok(visit.see("mijn/reacties?gedaan=gestopt"));
    }
    if !account.is_active() {
        return Err(Trouble::Forbidden);
    }
    let page = super::thread::asked(visit, page)?;
    let new = Subscription {
        id: visit.id()?,
        page: page.id.clone(),
        account: account.id.clone(),
        created: visit.now,
    };
    visit.app.store.write(|tx| tx.follow(&new))?;
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("pagina", &page.id).finish();
    Ok(visit.see(&format!("volgen?{query}&gedaan=ja")))
}

/// The subscription that the address names, if we signed it.
fn signed<'a>(visit: &'a Visit<'_>) -> Result<&'a str, Trouble> {
    let (id, signature) = (visit.query.text("id"), visit.query.text("sleutel"));
    let is_signed = is_id(id) && visit.app.key.is_signed(Use::Unsubscribe, &[id], signature);
    if is_signed { Ok(id) } else { Err(Trouble::NotFound) }
}

/// The button. A mail filter that opens every link ends nothing.
pub(super) fn sure(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let id = signed(visit)?;
    let Some(found) = visit.app.store.read(|tx| tx.subscription(id))? else { return Ok(ended(visit)) };
    let title = super::mine::title(visit, &found.page);
    let content = html! {
        p { "Wilt u geen mails meer als er iets nieuws staat bij ‘" (title) "’?" }
        form.formulier method="post" action={ (visit.app.path("volgen/stop")) "?" (visit.request.query) } {
            p.knoppen { button.knop { "Stuur mij geen mails meer over deze pagina" } }
        }
    };
    Ok(visit.page(200, "Niet meer volgen", &content))
}

pub(super) fn stop(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let id = signed(visit)?;
    visit.app.store.write(|tx| tx.end_subscription(id))?;
    Ok(ended(visit))
}

fn ended(visit: &Visit<'_>) -> Response {
    let content = html! {
        (told("U volgt deze pagina niet meer. U krijgt er geen mails meer over."))
        p { a href=(visit.app.path("")) { "Naar de beginpagina van Meedoen" } }
    };
    visit.page(200, "U volgt deze pagina niet meer", &content)
}
