//! Members, from the first form to the last mail. Names in the documentation of tests, such as P10, are those of the
//! checklist in `tests/reactions/checklist.md`.

mod beheer;
mod joining;
mod logging_in;
mod mailed;
mod own;
mod same_for_all;

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::reactions::exchange::Response;
use crate::reactions::routes::testing::{Browser, NOW, Town, towns};
use crate::reactions::secrets::{self, Use};
use crate::reactions::store::accounts::{Account, Newcomer, Role};
use crate::reactions::store::testing;

/// A password that nobody finds fault with.
const GOOD: &str = "kano lantaarn dakpan zeven";

/// One endpoint on every database, without settings.
fn all() -> Vec<Town> {
    towns(&json!({}))
}

/// A member with [`GOOD`] as its password.
fn member(town: &Town, mail: &str, role: Role) -> Account {
    let id = secrets::id(NOW).unwrap();
    let hash = town.app.hashing.hash(GOOD).unwrap();
    let newcomer = Newcomer { id: &id, mail, name: "Noor de Boer", password: &hash, at: NOW };
    town.app
        .store
        .write(|tx| {
            assert!(tx.add_account(newcomer)?);
            tx.confirm_account(&id, NOW)?;
            tx.set_role(&id, role, &[])
        })
        .unwrap();
    of(town, mail)
}

/// The account with this address.
fn of(town: &Town, mail: &str) -> Account {
    town.app.store.read(|tx| tx.account_of_mail(mail)).unwrap().unwrap()
}

/// Tries to log in.
fn try_login(town: &Town, browser: &mut Browser, mail: &str, password: &str) -> Response {
    browser.get(town, "inloggen");
    browser.post(town, "inloggen", &[("mail", mail), ("wachtwoord", password)])
}

/// A browser in which this member is logged in.
fn logged_in(town: &Town, mail: &str) -> Browser {
    let mut browser = Browser::default();
    let answer = try_login(town, &mut browser, mail, GOOD);
    assert_eq!((answer.status, answer.header("location")), (303, Some("/reacties/")), "{}", answer.words());
    browser
}

/// A browser at an address.
fn at(address: &str) -> Browser {
    let mut browser = Browser::default();
    browser.from = Some(address.parse().unwrap());
    browser
}

/// A browser that sends a header.
fn sending(name: &'static str, value: &str) -> Browser {
    let mut browser = Browser::default();
    browser.headers = vec![(name, value.to_owned())];
    browser
}

/// The newest mail of a template to an address, with what it needs.
fn mailed(town: &Town, template: &str, to: &str) -> Value {
    let mails = town.mails();
    let found = mails.iter().rev().find(|(mail, _)| mail.template == template && mail.recipient == to);
    let mut slots = found.unwrap_or_else(|| panic!("no {template} to {to} in {mails:?}")).1.clone();
    if slots.get("sleutel").is_some() {
        slots["naar"] = template.into();
    }
    slots
}

/// The page that a mail leads to: `bevestigen?sleutel=…`.
fn link(town: &Town, slots: &Value) -> String {
    let page = if slots["naar"] == "wachtwoord-nieuw" { "wachtwoord-nieuw" } else { "bevestigen" };
    format!("{page}?sleutel={}", sent(town, slots))
}

fn sent(town: &Town, slots: &Value) -> String {
    town.app.key.sign(Use::Mailed, &[slots["sleutel"].as_str().unwrap()])
}

/// The code in a mail.
fn code(town: &Town, slots: &Value) -> String {
    town.app.key.code(slots["sleutel"].as_str().unwrap())
}

/// Whether a page says that a field is wrong, by the field and above the form.
fn has_fault(answer: &Response, field: &str) -> bool {
    let words = answer.words();
    words.contains(&format!("<a href=\"#{field}\">"))
        && words.contains(&format!("id=\"{field}-fout\""))
        && words.contains("aria-invalid=\"true\"")
}

/// What the log holds, in no order: the clock stands still.
fn log(town: &Town) -> BTreeSet<String> {
    testing::log(&town.app.store).into_iter().map(|entry| entry.action).collect()
}
