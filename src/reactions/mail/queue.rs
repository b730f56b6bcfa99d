//! What waits to be sent, and sending it. In: an [`App`] and a way for mails. Out: mails that went, or that are tried again
//! later: after one minute, then ever longer, for two days, or until the link in them works no more.
//!
//! At least once: a mail leaves the queue after the server took it. When the program ends just between the two, the same
//! mail goes again, with the same Message-ID, by which a reader's program knows it.

use serde_json::json;

use super::compose::{self, Once, Site};
use super::deliver::{Delivery, Failure};
use super::message::{Sender, Stamp};
use super::{Letter, Refused};
use crate::reactions::app::App;
use crate::reactions::clock::{self, DAY, MINUTE};
use crate::reactions::secrets::Use;
use crate::reactions::store::StoreError;
use crate::reactions::store::mails::Mail;
use crate::reactions::store::tokens::{CODE_MINUTES, Purpose};

/// So many are taken at once.
const BATCH: i64 = 20;
/// For how long they are ours. Sending one must be over by then, or another endpoint takes it as well.
const OURS: i64 = 10 * MINUTE;
/// After this nobody waits for it any more.
const GIVEN_UP: i64 = 2 * DAY;

/// The last mail that somebody gets.
const LAST: &str = "account-verwijderd";

/// Who sends, in whose name, and by which way.
pub struct Post {
    /// The site.
    pub site: Site,
    /// Who sends.
    pub sender: Sender,
    /// The way.
    pub delivery: Delivery,
}

/// Sends what is due. How many went.
pub fn send(app: &App, post: &Post) -> Result<usize, StoreError> {
    let mut sent = 0;
    loop {
        let now = app.clock.now();
        let mails = app.store.write(|tx| tx.take_mails(now, now + OURS, BATCH))?;
        if mails.is_empty() {
            return Ok(sent);
        }
        for mail in mails {
            let done = deliver(app, post, &mail, now);
            app.store.write(|tx| match &done {
                Ok(()) => tx.mail_sent(&mail.id),
                Err(Failure::Temporary(why)) => tx.mail_failed(&mail.id, why, later(&mail, now), now),
                Err(Failure::Permanent(why)) => tx.mail_failed(&mail.id, why, None, now),
            })?;
            match done {
                Ok(()) => {
                    sent += 1;
                    app.log.count("mails_verstuurd");
                    if mail.template == LAST {
                        // The address in the queue was the last trace of somebody who left. What cannot be done right now,
                        // tidying does; mails do not wait for it.
                        drop(app.store.forget());
                    }
                }
                Err(failure) => {
                    app.log.count("mails_niet_verstuurd");
                    let detail =
                        json!({"mail": mail.id, "soort": mail.template, "waarom": failure.to_string()});
                    app.log.say(now, "fout", "mail", &detail);
                }
            }
        }
    }
}

/// When a mail is tried again, if it is.
fn later(mail: &Mail, now: i64) -> Option<i64> {
    let wait = MINUTE << mail.attempts.clamp(0, 9);
    (now - mail.created < GIVEN_UP).then_some(now + wait)
}

/// What the link in a mail is for, if there is one that works once.
fn purpose(mail: &Mail) -> Option<Purpose> {
    let all = [Purpose::Confirm, Purpose::Password, Purpose::Mail];
    all.into_iter().find(|purpose| purpose.letter() == mail.template)
}

/// When so many minutes are over since a mail was asked for.
fn until(mail: &Mail, minutes: u32) -> i64 {
    mail.created + i64::from(minutes) * MINUTE
}

fn deliver(app: &App, post: &Post, mail: &Mail, now: i64) -> Result<(), Failure> {
    if purpose(mail).is_some_and(|purpose| now >= until(mail, purpose.minutes())) {
        return Err(Failure::Permanent("the link in it works no more".to_owned()));
    }
    let letter = letter(app, &post.site, mail, now).map_err(|refused| {
        Failure::Permanent(refused.map_or_else(|| "no such mail".to_owned(), |it| it.to_string()))
    })?;
    let seconds = u64::try_from(mail.created / 1000).unwrap_or_default();
    post.delivery.send(&letter, &post.sender, Stamp { id: &mail.id, seconds })
}

/// The letter of a mail. Links are made here, of ids, so that no database or backup holds one that works.
fn letter(app: &App, site: &Site, mail: &Mail, now: i64) -> Result<Letter, Option<Refused>> {
    let slots: serde_json::Value = serde_json::from_str(&mail.slots).map_err(|_| None)?;
    let slot = |name: &str| slots.get(name).and_then(serde_json::Value::as_str).unwrap_or("");
    let number = |name: &str| slot(name).parse::<usize>().unwrap_or_default();
    let (to, id) = (mail.recipient.as_str(), slot("sleutel"));
    let link = |page: &str| format!("/reacties/{page}?sleutel={}", app.key.sign(Use::Mailed, &[id]));
    let code = app.key.code(id);
    let spoken = |minutes: u32| clock::spoken(until(mail, minutes));
    let code_until = spoken(CODE_MINUTES);
    let link_until = purpose(mail).map_or_else(String::new, |purpose| spoken(purpose.minutes()));
    let code_works = now < until(mail, CODE_MINUTES);
    let once = |path| Once {
        path,
        until: &link_until,
        code: code_works.then_some((code.as_str(), code_until.as_str())),
    };
    let stop =
        |id: &str| format!("/reacties/volgen/stop?id={id}&sleutel={}", app.key.sign(Use::Unsubscribe, &[id]));
    let (login, forgotten) = ("/reacties/inloggen", "/reacties/wachtwoord-vergeten");
    let made = match mail.template.as_str() {
        "bevestig-uw-mailadres" => compose::confirm_address(site, to, once(&link("bevestigen"))),
        "u-heeft-al-een-account" => compose::has_account(site, to, login, forgotten),
        "wachtwoord-nieuw" => compose::new_password(site, to, once(&link("wachtwoord-nieuw"))),
        "wachtwoord-gewijzigd" => compose::password_changed(site, to, slot("wanneer"), forgotten),
        "mailadres-wijzigen" => compose::change_address(site, to, once(&link("bevestigen"))),
        "mailadres-gewijzigd" => compose::address_changed(site, to, slot("wanneer")),
        "reactie-geplaatst" => compose::accepted(site, to, slot("pagina"), slot("pad")),
        "reactie-afgewezen" => compose::declined(site, to, slot("pagina"), slot("reden"), slot("pad")),
        "nieuw-op-een-pagina-die-u-volgt" => {
            compose::news(site, to, slot("pagina"), slot("pad"), &stop(slot("volgt")))
        }
        "reactie-verwijderd" => compose::removed(site, to, slot("pagina"), slot("reden"), slot("pad")),
        "iets-wacht" => {
            compose::waiting(site, to, number("reacties"), number("meldingen"), "/reacties/beheer")
        }
        LAST => compose::account_deleted(site, to, slot("blijft") == "ja"),
        _ => return Err(None),
    };
    made.map_err(Some)
}
