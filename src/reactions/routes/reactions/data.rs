//! The same as data: for the script of a page, for feed readers, and for the build. In: the id of a page, or the token of
//! the build. Out: JSON, Atom, NDJSON.

use serde_json::{Value, json};

use super::change;
use super::show::the_thread;
use super::thread::asked;
use crate::accepted::published;
use crate::accepted::text;
use crate::reactions::clock;
use crate::reactions::exchange::{Media, Response};
use crate::reactions::frame::escape;
use crate::reactions::routes::health::bearer;
use crate::reactions::routes::moderation::scope;
use crate::reactions::secrets;
use crate::reactions::store::reactions::{Kept, State};
use crate::reactions::visit::{Trouble, Visit};

/// So many reactions stand in a feed.
const NEWEST: usize = 100;

/// What the script of a page may know of whoever looks at it.
pub(super) fn me(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let Some(account) = &visit.account else { return Ok(Response::json(200, &json!({"ingelogd": false}))) };
    let decides = scope::is_moderator(visit);
    let (reactions, reports) =
        if decides { visit.app.store.read(|tx| scope::waits(visit, tx))? } else { (0, 0) };
    Ok(Response::json(
        200,
        &json!({
            "ingelogd": true,
            "naam": account.name,
            "formulier": visit.token(),
            "beheer": decides,
            "wacht": reactions + reports,
        }),
    ))
}

/// Everything below a page, and what of it is one's own.
pub(super) fn thread(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let page = asked(visit, visit.query.text("pagina"))?;
    let me = visit.account.as_ref().map(|account| account.id.as_str());
    let (placed, mine, revision) = visit.app.store.read(|tx| {
        let mine = match me {
            Some(me) => tx.reactions_of(me)?,
            None => Vec::new(),
        };
        Ok((tx.placed_on(&page.id)?, mine, tx.revision()?))
    })?;
    let threads: Vec<Value> = the_thread(&placed, &clock::day(visit.now))
        .iter()
        .map(|(one, answers)| {
            let mut value = json!(one.shown());
            let answers: Vec<Value> = answers.iter().map(|answer| json!(answer.shown())).collect();
            value["antwoorden"] = answers.into();
            value
        })
        .collect();
    let mine: Vec<Value> = mine
        .iter()
        .filter(|kept| kept.page == page.id && kept.state != State::Withdrawn)
        .map(|kept| my(visit, kept))
        .collect();
    let body = json!({"versie": 1, "pagina": page.id, "revision": revision, "draden": threads, "mijn": mine});
    Ok(tagged(visit, Response::json(200, &body)))
}

fn my(visit: &Visit<'_>, kept: &Kept) -> Value {
    json!({
        "id": kept.id,
        "stand": kept.state.word(),
        "soort": kept.kind.word(),
        "titel": kept.title,
        "html": text::to_html(&kept.text),
        "ouder": kept.parent,
        "kan_wijzigen": change::may(visit, kept),
    })
}

/// With a tag, so that what is still the same need not be sent again. What is personal is kept by nobody.
fn tagged(visit: &Visit<'_>, mut response: Response) -> Response {
    if visit.session.is_some() {
        return response;
    }
    let hash = secrets::hashed(&response.words());
    let tag: String = hash.iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{tag}\"");
    let known = visit.request.header("if-none-match").unwrap_or("");
    if known.split(',').any(|known| known.trim().trim_start_matches("W/") == tag) {
        response = Response::new(304, response.media, "");
    }
    response.keep = true;
    response.with("ETag", &tag)
}

/// The newest reactions of a page for feed readers, also before the site is built anew. To them it is the same feed as the
/// one that is built: its id, and what its entries are called, are the same.
pub(super) fn feed(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let page = asked(visit, visit.query.text("pagina"))?;
    let placed = visit.app.store.read(|tx| tx.placed_on(&page.id))?;
    let threads = the_thread(&placed, &clock::day(visit.now));
    let mut placed: Vec<Kept> =
        threads.into_iter().flat_map(|(one, answers)| std::iter::once(one).chain(answers)).collect();
    placed.sort_by(|a, b| b.id.cmp(&a.id));
    placed.truncate(NEWEST);
    let site = visit.app.settings.address.as_str().trim_end_matches('/');
    let permalink = format!("{site}{}", page.url);
    let query = url::form_urlencoded::Serializer::new(String::new()).append_pair("pagina", &page.id).finish();
    let own = visit.app.settings.link(&format!("atom?{query}"));
    let title = format!("Reacties op {}", page.title);
    let id = format!("{permalink}#reacties");
    let entries: Vec<Entry> = placed.iter().map(|kept| entry(&permalink, kept)).collect();
    Ok(tagged(visit, Response::new(200, Media::Atom, atom(&title, &id, &own, &permalink, &entries))))
}

fn entry(permalink: &str, kept: &Kept) -> Entry {
    let shown = kept.shown();
    let link = format!("{permalink}#reactie-{}", shown.id);
    Entry {
        title: shown
            .title
            .unwrap_or_else(|| format!("{} van {}", super::spoken_kind(kept.kind), shown.author)),
        updated: shown.edited.unwrap_or_else(|| shown.created.clone()),
        published: shown.created,
        author: Some(match shown.about {
            Some(about) => format!("{}, {about}", shown.author),
            None => shown.author,
        }),
        html: Some(shown.html),
        id: link.clone(),
        link,
    }
}

/// Something in a feed.
pub(in crate::reactions::routes) struct Entry {
    /// What it is for ever.
    pub(in crate::reactions::routes) id: String,
    /// Where it leads.
    pub(in crate::reactions::routes) link: String,
    /// What it is called.
    pub(in crate::reactions::routes) title: String,
    /// When it was written.
    pub(in crate::reactions::routes) published: String,
    /// When it changed.
    pub(in crate::reactions::routes) updated: String,
    /// Who wrote it.
    pub(in crate::reactions::routes) author: Option<String>,
    /// What it says.
    pub(in crate::reactions::routes) html: Option<String>,
}

/// A feed. Everything in it is escaped once, HTML too: that is how Atom holds it. `id`: what it is for ever; `own`: where
/// it is found; `about`: the page it is about.
pub(in crate::reactions::routes) fn atom(
    title: &str,
    id: &str,
    own: &str,
    about: &str,
    entries: &[Entry],
) -> String {
    let updated =
        entries.iter().map(|entry| entry.updated.clone()).max().unwrap_or_else(|| clock::written(0));
    let mut feed = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">",
    );
    element(&mut feed, "title", title);
    element(&mut feed, "id", id);
    element(&mut feed, "updated", &updated);
    link("self", own, &mut feed);
    link("alternate", about, &mut feed);
    for entry in entries {
        feed.push_str("<entry>");
        element(&mut feed, "id", &entry.id);
        element(&mut feed, "title", &entry.title);
        element(&mut feed, "published", &entry.published);
        element(&mut feed, "updated", &entry.updated);
        if let Some(html) = &entry.html {
            feed.push_str("<content type=\"html\">");
            escape(html, &mut feed);
            feed.push_str("</content>");
        }
        feed.push_str("<author><name>");
        escape(entry.author.as_deref().unwrap_or("Moderatie"), &mut feed);
        feed.push_str("</name></author>");
        link("alternate", &entry.link, &mut feed);
        feed.push_str("</entry>");
    }
    feed.push_str("</feed>\n");
    feed
}

fn element(feed: &mut String, name: &str, text: &str) {
    feed.push_str(&format!("<{name}>"));
    escape(text, feed);
    feed.push_str(&format!("</{name}>"));
}

fn link(rel: &str, to: &str, feed: &mut String) {
    feed.push_str(&format!("<link rel=\"{rel}\" href=\""));
    escape(to, feed);
    feed.push_str("\"/>");
}

/// Everything that is published, for the build: byte for byte what it would read from the database itself.
pub(super) fn export(visit: &Visit<'_>) -> Result<Response, Trouble> {
    bearer(visit)?;
    let published = visit.app.store.read(|tx| tx.published())?;
    Ok(Response::new(200, Media::Ndjson, published::write(&published)))
}
