//! What is asked for here becomes a letter, and what stands in the letter works.

use super::*;
use crate::reactions::clock::MINUTE;
use crate::reactions::mail::compose::Site;
use crate::reactions::mail::deliver::Delivery;
use crate::reactions::mail::message::Sender;
use crate::reactions::mail::queue::{Post, send};

const MAIL: &str = "noor@gemeente.example";

/// Sends what waits; the letters as they are read.
fn letters(town: &Town) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    sent_to(town, folder.path());
    assert!(town.said.lock().unwrap().is_empty(), "{:?}", town.said.lock().unwrap());
    let files = std::fs::read_dir(folder.path()).unwrap().map(|file| file.unwrap().path());
    files
        .map(|file| std::fs::read_to_string(file).unwrap().replace("=\r\n", "").replace("=3D", "="))
        .collect()
}

/// Sends what waits to a folder; how many went.
fn sent_to(town: &Town, folder: &std::path::Path) -> usize {
    let site = Site::new("Samenspel", "https://samenspel.example", None).unwrap();
    let sender = Sender::new("Samenspel", "post@samenspel.example", "samenspel.example").unwrap();
    send(&town.app, &Post { site, sender, delivery: Delivery::folder(folder) }).unwrap()
}

/// The one letter there is: the page it leads to, and its code.
fn one(town: &Town) -> (String, Option<String>) {
    let letters = letters(town);
    assert_eq!(letters.len(), 1, "{letters:?}");
    let (_, link) = letters[0].split_once("https://samenspel.example/reacties/").unwrap();
    let link = link.split_whitespace().next().unwrap().to_owned();
    let code = letters[0]
        .split_once("code in: ")
        .map(|(_, code)| code.split('.').next().unwrap().replace(['\r', '\n'], " "));
    (link, code)
}

fn sent_with(link: &str) -> &str {
    link.split_once("sleutel=").unwrap().1
}

#[test]
fn p9_links_and_codes_of_letters_work() {
    for town in all() {
        let mut browser = Browser::default();
        browser.get(&town, "aanmelden");
        browser.post(&town, "aanmelden", &[("naam", "Noor"), ("mail", MAIL), ("wachtwoord", GOOD)]);
        let (link, code) = one(&town);
        browser.get(&town, "bevestigen");
        let wrong = browser.post(&town, "bevestigen", &[("mail", MAIL), ("code", "00112233")]);
        assert_eq!(wrong.status, 422);
        assert_eq!(browser.get(&town, &link).status, 200);
        browser.get(&town, "bevestigen");
        let done = browser.post(&town, "bevestigen", &[("mail", MAIL), ("code", &code.unwrap())]);
        assert_eq!(done.status, 303, "{}", done.words());
        browser.get(&town, "wachtwoord-vergeten");
        browser.post(&town, "wachtwoord-vergeten", &[("mail", MAIL)]);
        let (link, code) = one(&town);
        assert!(code.is_some());
        let page = browser.get(&town, &link);
        assert_eq!(page.status, 200);
        let fields = [("sleutel", sent_with(&link)), ("wachtwoord", "kano lantaarn dakpan acht")];
        assert_eq!(browser.post(&town, "wachtwoord-nieuw", &fields).status, 303);
        let changed = letters(&town);
        assert!(changed.len() == 1 && changed[0].contains("/reacties/wachtwoord-vergeten"));
    }
}

/// A mail that comes late says until when what is in it works, leaves out what works no more, and at last does not go.
#[test]
fn a_letter_that_comes_late_promises_nothing_that_is_over() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        let asks = || {
            let mut browser = Browser::default();
            browser.get(&town, "wachtwoord-vergeten");
            browser.post(&town, "wachtwoord-vergeten", &[("mail", MAIL)]);
        };
        asks();
        town.app.clock.forward(5 * MINUTE);
        let letter = letters(&town).concat().replace("\r\n", " ");
        assert!(
            letter.contains("tot 22 november 2026, 11:00.")
                && letter.contains("tot 22 november 2026, 10:10.")
        );
        asks();
        town.app.clock.forward(20 * MINUTE);
        let (_, code) = one(&town);
        assert_eq!(code, None, "it works no more");
        asks();
        town.app.clock.forward(60 * MINUTE);
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(sent_to(&town, folder.path()), 0);
        assert_eq!(town.app.store.read(|tx| tx.mails_waiting()).unwrap(), (0, 1), "given up");
    }
}

#[test]
fn every_letter_of_this_room_is_known() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        let mut browser = Browser::default();
        browser.get(&town, "aanmelden");
        browser.post(&town, "aanmelden", &[("naam", "Noor"), ("mail", MAIL), ("wachtwoord", GOOD)]);
        assert_eq!(letters(&town).len(), 1, "u-heeft-al-een-account");
        let mut browser = logged_in(&town, MAIL);
        browser.get(&town, "mijn/mailadres");
        browser.post(&town, "mijn/mailadres", &[("nieuw", "nieuw@gemeente.example")]);
        let (link, code) = one(&town);
        assert!(code.is_some());
        browser.get(&town, &link);
        browser.post(&town, "bevestigen", &[("sleutel", sent_with(&link))]);
        assert_eq!(letters(&town).len(), 1, "mailadres-gewijzigd");
        let mut browser = logged_in(&town, "nieuw@gemeente.example");
        browser.get(&town, "mijn/verwijderen");
        browser.post(&town, "mijn/verwijderen", &[("reacties", "weg"), ("wachtwoord", GOOD)]);
        let last = letters(&town);
        assert!(last.len() == 1 && last[0].contains("laatste mail"), "{last:?}");
        // That mail was sent, and what it left in the files of the database is gone without anybody asking.
        if let Some(file) = town.app.store.file() {
            for file in std::fs::read_dir(file.parent().unwrap()).unwrap().map(|file| file.unwrap().path()) {
                let raw = std::fs::read(&file).unwrap();
                assert!(
                    !raw.windows(22).any(|window| window == b"nieuw@gemeente.example"),
                    "{}",
                    file.display()
                );
            }
        }
    }
}
