//! What waits, for the feed reader of one moderator. In: the key in the address. Out: Atom with where something waits and
//! since when; no text, no name.
//!
//! The key holds as long as its member is a moderator and keeps this password. It opens nothing but this feed.

use super::{queue, scope};
use crate::reactions::clock;
use crate::reactions::exchange::{Media, Response};
use crate::reactions::routes::reactions::{Entry, atom, spoken_kind, title};
use crate::reactions::secrets::{Use, is_id};
use crate::reactions::store::accounts::{Account, Role};
use crate::reactions::visit::{Trouble, Visit};

/// So many stand in it.
const SHOWN: usize = 50;

fn signature(visit: &Visit<'_>, account: &Account) -> String {
    visit.app.key.sign(Use::Feed, &[&account.id, &account.password])
}

/// The address of a moderator's feed, as a path.
pub(super) fn address(visit: &Visit<'_>) -> Result<String, Trouble> {
    let account = visit.at_least(Role::Moderator)?;
    Ok(format!("{}?sleutel={}.{}", visit.app.path("beheer/atom"), account.id, signature(visit, account)))
}

pub(super) fn feed(visit: &Visit<'_>) -> Result<Response, Trouble> {
    let given = visit.query.text("sleutel");
    let (id, signed) = given.split_once('.').filter(|(id, _)| is_id(id)).ok_or(Trouble::NotFound)?;
    let found = visit.app.store.read(|tx| Ok((tx.account(id)?, tx.scopes(id)?)))?;
    let (Some(account), scopes) = found else { return Err(Trouble::NotFound) };
    let parts = [account.id.as_str(), &account.password];
    let is_theirs = visit.app.key.is_signed(Use::Feed, &parts, signed);
    if !is_theirs || account.role < Role::Moderator || !account.is_active() {
        return Err(Trouble::NotFound);
    }
    let fits = |page: &str| scope::fits(visit, account.role, &scopes, page);
    let waiting = visit.app.store.read(|tx| queue::waiting_that(tx, SHOWN, &fits))?;
    let entries: Vec<Entry> = waiting
        .iter()
        .rev()
        .map(|kept| {
            let link = visit.app.settings.link(&format!("beheer/oordeel?reactie={}", kept.id));
            Entry {
                title: format!("{} bij ‘{}’ wacht", spoken_kind(kept.kind), title(visit, &kept.page)),
                published: clock::written(kept.created),
                updated: clock::written(kept.version()),
                author: None,
                html: None,
                id: link.clone(),
                link,
            }
        })
        .collect();
    let about = visit.app.settings.link("beheer");
    let name = format!("Wachtrij – {}", visit.app.settings.title);
    Ok(Response::new(200, Media::Atom, atom(&name, &about, &about, &about, &entries)))
}
