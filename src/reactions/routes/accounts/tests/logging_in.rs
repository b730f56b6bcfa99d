//! Coming in, going out, and a new password for who lost the old one.

use super::*;
use crate::reactions::clock::{DAY, HOUR, MINUTE, SECOND};
use crate::reactions::routes::testing::town;

const MAIL: &str = "noor@gemeente.example";

fn cookie_line<'a>(answer: &'a Response, name: &str) -> &'a str {
    let lines =
        answer.headers.iter().filter(|(header, _)| *header == "Set-Cookie").map(|(_, value)| value.as_str());
    lines.into_iter().find(|line| line.starts_with(&format!("{name}="))).unwrap()
}

/// S2.
#[test]
fn s2_the_cookie_of_a_login_is_bound_to_this_host() {
    for (role, same_site) in [(Role::Member, "Lax"), (Role::Moderator, "Strict"), (Role::Admin, "Strict")] {
        let (town, mut browser) = (town(), Browser::default());
        member(&town, MAIL, role);
        let answer = try_login(&town, &mut browser, MAIL, GOOD);
        let line = cookie_line(&answer, "__Host-sessie");
        let (_, rest) = line.split_once("; ").unwrap();
        assert_eq!(
            rest,
            format!("Path=/; HttpOnly; SameSite={same_site}; Secure"),
            "it goes with the browser"
        );
        let hint = cookie_line(&answer, "reacties");
        assert!(hint.starts_with("reacties=1; ") && !hint.contains("HttpOnly") && !hint.contains("Max-Age"));
    }
    for town in towns(&json!({"address": "http://127.0.0.1:8000"})) {
        member(&town, MAIL, Role::Member);
        let answer = try_login(&town, &mut Browser::default(), MAIL, GOOD);
        assert!(!cookie_line(&answer, "sessie").contains("Secure"));
    }
}

/// S1: a new token at every login, of which only the hash is kept; logging out ends it here, not only in the browser.
#[test]
fn s1_a_login_has_a_token_of_its_own() {
    for town in all() {
        let account = member(&town, MAIL, Role::Member);
        let mut browser = logged_in(&town, MAIL);
        let first = browser.cookie("__Host-sessie").unwrap().to_owned();
        assert_eq!(first.len(), 43, "256 bits");
        let count = || town.app.store.read(|tx| tx.sessions_of(&account.id, 0, 0)).unwrap().len();
        assert_eq!(count(), 1);
        assert!(town.app.store.read(|tx| tx.session(first.as_bytes(), 0, 0)).unwrap().is_none());
        assert!(town.app.store.read(|tx| tx.session(&secrets::hashed(&first), 0, 0)).unwrap().is_some());
        let mut set_before = Browser::default();
        set_before.set_cookie("__Host-sessie", Some(&"a".repeat(43)));
        assert_eq!(try_login(&town, &mut set_before, MAIL, GOOD).status, 303);
        assert_ne!(set_before.cookie("__Host-sessie"), Some("a".repeat(43).as_str()));
        assert!(browser.cookie("__Host-vorm").is_some());
        browser.get(&town, "uitloggen");
        let out = browser.post(&town, "uitloggen", &[]);
        assert!(browser.follow(&town, &out).words().contains("U bent uitgelogd"));
        assert!(browser.cookie("__Host-vorm").is_none(), "nothing stays behind");
        assert!(browser.cookie("__Host-sessie").is_none() && browser.cookie("reacties").is_none());
        let mut thief = Browser::default();
        thief.set_cookie("__Host-sessie", Some(&first));
        assert_eq!(thief.get(&town, "mijn").status, 303);
        assert_eq!(count(), 1);
    }
}

/// S3: eight hours without a visit, fourteen days in any case.
#[test]
fn s3_a_login_ends_by_itself() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        let mut browser = logged_in(&town, MAIL);
        town.app.clock.forward(8 * HOUR - 1);
        assert_eq!(browser.get(&town, "mijn").status, 200);
        town.app.clock.forward(8 * HOUR);
        assert_eq!(browser.get(&town, "mijn").status, 303);
        let mut browser = logged_in(&town, MAIL);
        for _ in 0..47 {
            town.app.clock.forward(7 * HOUR);
            assert_eq!(browser.get(&town, "mijn").status, 200);
        }
        town.app.clock.forward(14 * DAY - 47 * 7 * HOUR);
        assert_eq!(browser.get(&town, "mijn").status, 303);
    }
}

/// P2.
#[test]
fn p2_an_old_hash_is_replaced_at_the_next_login() {
    use argon2::password_hash::PasswordHasher as _;
    for town in all() {
        let account = member(&town, MAIL, Role::Member);
        let pepper = town.app.key.derive(Use::Pepper, &[]);
        let weak = argon2::Params::new(64, 1, 1, None).unwrap();
        let (kind, version) = (argon2::Algorithm::Argon2id, argon2::Version::V0x13);
        let argon2 = argon2::Argon2::new_with_secret(&pepper, kind, version, weak).unwrap();
        let old = argon2.hash_password(GOOD.as_bytes()).unwrap().to_string();
        town.app.store.write(|tx| tx.set_password(&account.id, &old)).unwrap();
        logged_in(&town, MAIL);
        let new = of(&town, MAIL).password;
        assert!(new.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{new}");
        logged_in(&town, MAIL);
    }
}

/// P12: pauses grow, for whoever is not there too; the right password does not end one, but a new password does.
#[test]
fn p12_guessing_takes_ever_longer_and_shuts_nobody_out() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        let mut seen = Vec::new();
        for mail in [MAIL, "niemand@gemeente.example"] {
            let mut browser = Browser::default();
            let mut answers = Vec::new();
            for _ in 0..5 {
                answers.push(try_login(&town, &mut browser, mail, "fout fout fout"));
            }
            let paused = try_login(&town, &mut browser, mail, GOOD);
            assert!(has_fault(&paused, "wachtwoord") && paused.words().contains("over 1 seconde"));
            assert_eq!(paused.header("retry-after"), Some("1"));
            answers.push(paused);
            town.app.clock.forward(SECOND);
            answers.push(try_login(&town, &mut browser, mail, "fout fout fout"));
            town.app.clock.forward(SECOND);
            answers.push(try_login(&town, &mut browser, mail, "fout fout fout"));
            town.app.clock.forward(SECOND);
            answers.push(try_login(&town, &mut browser, mail, "fout fout fout"));
            let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
            assert_eq!(statuses, [422, 422, 422, 422, 422, 429, 422, 429, 422], "{mail}");
            seen.push(statuses);
        }
        assert_eq!(seen[0], seen[1]);
        for _ in 0..40 {
            town.app.clock.forward(15 * MINUTE);
            assert_eq!(try_login(&town, &mut Browser::default(), MAIL, "fout fout fout").status, 422);
        }
        assert_eq!(try_login(&town, &mut Browser::default(), MAIL, GOOD).status, 429);
        reset(&town, "kano lantaarn dakpan acht");
        assert_eq!(try_login(&town, &mut Browser::default(), MAIL, "kano lantaarn dakpan acht").status, 303);
    }
}

/// P12: a whole town hall sits behind one address.
#[test]
fn p12_twenty_wrong_passwords_do_not_touch_a_neighbour() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        member(&town, "buur@gemeente.example", Role::Member);
        let mut browser = at("192.0.2.7");
        for _ in 0..20 {
            try_login(&town, &mut browser, MAIL, "fout fout fout");
        }
        assert_eq!(try_login(&town, &mut browser, MAIL, GOOD).status, 429);
        assert_eq!(try_login(&town, &mut browser, "buur@gemeente.example", GOOD).status, 303);
    }
}

/// P12: many at once are as many failures as one after the other.
#[test]
fn p12_guessing_at_once_gains_nothing() {
    let town = town();
    member(&town, MAIL, Role::Member);
    let looked_at = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..12)
            .map(|_| scope.spawn(|| try_login(&town, &mut Browser::default(), MAIL, "fout fout fout").status))
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).filter(|status| *status == 422).count()
    });
    assert!(looked_at <= 5, "{looked_at}");
}

fn reset(town: &Town, password: &str) -> Response {
    let mut browser = Browser::default();
    browser.get(town, "wachtwoord-vergeten");
    browser.post(town, "wachtwoord-vergeten", &[("mail", MAIL)]);
    let slots = mailed(town, "wachtwoord-nieuw", MAIL);
    browser.get(town, &link(town, &slots));
    browser.post(town, "wachtwoord-nieuw", &[("sleutel", &sent(town, &slots)), ("wachtwoord", password)])
}

/// P9 and P8: one use, an hour, earlier links are dropped, all logins end, the owner is told, nobody is logged in by it.
#[test]
fn p9_a_new_password_by_mail() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        let mut old = logged_in(&town, MAIL);
        let mut browser = Browser::default();
        browser.get(&town, "wachtwoord-vergeten");
        browser.post(&town, "wachtwoord-vergeten", &[("mail", MAIL)]);
        let first = mailed(&town, "wachtwoord-nieuw", MAIL);
        town.empty_the_mail();
        let answer = browser.post(&town, "wachtwoord-vergeten", &[("mail", MAIL)]);
        assert!(browser.follow(&town, &answer).words().contains("Kijk in uw mail"));
        let slots = mailed(&town, "wachtwoord-nieuw", MAIL);
        assert_eq!(browser.get(&town, &link(&town, &first)).status, 404);
        for method in ["GET", "HEAD", "GET"] {
            assert_eq!(browser.ask(&town, method, &link(&town, &slots), Vec::new()).status, 200);
        }
        let fields = |password| [("sleutel", sent(&town, &slots)), ("wachtwoord", password)];
        let weak = browser.post(
            &town,
            "wachtwoord-nieuw",
            &fields("kort".to_owned()).each_ref().map(|(n, v)| (*n, v.as_str())),
        );
        assert!(weak.status == 422 && has_fault(&weak, "wachtwoord"));
        town.app.clock.forward(60 * MINUTE);
        assert_eq!(browser.get(&town, &link(&town, &slots)).status, 404);
        town.app.clock.forward(-1);
        let new = fields("kano lantaarn dakpan acht".to_owned());
        let new = new.each_ref().map(|(name, value)| (*name, value.as_str()));
        let done = browser.post(&town, "wachtwoord-nieuw", &new);
        assert!(browser.follow(&town, &done).words().contains("Uw nieuwe wachtwoord is bewaard"));
        assert!(browser.cookie("__Host-sessie").is_none());
        assert_eq!(browser.post(&town, "wachtwoord-nieuw", &new).status, 404);
        assert_eq!(old.get(&town, "mijn").status, 303);
        assert_eq!(try_login(&town, &mut browser, MAIL, GOOD).status, 422);
        assert_eq!(try_login(&town, &mut browser, MAIL, "kano lantaarn dakpan acht").status, 303);
        mailed(&town, "wachtwoord-gewijzigd", MAIL);
    }
}

/// P9: with the code, on the page where one asked.
#[test]
fn p9_a_new_password_by_code() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        let mut browser = Browser::default();
        browser.get(&town, "wachtwoord-vergeten");
        let answer = browser.post(&town, "wachtwoord-vergeten", &[("mail", MAIL)]);
        browser.follow(&town, &answer);
        let code = code(&town, &mailed(&town, "wachtwoord-nieuw", MAIL));
        let mut choose = |mail: &str, code: &str| {
            let fields = [("mail", mail), ("code", code), ("wachtwoord", "kano lantaarn dakpan acht")];
            browser.post(&town, "wachtwoord-nieuw", &fields)
        };
        assert!(has_fault(&choose(MAIL, "00112233"), "code"));
        let (known, unknown) = (choose(MAIL, "00112233"), choose("weg@gemeente.example", "00112233"));
        assert_eq!(known.status, unknown.status);
        assert_eq!(known.words().replace(MAIL, ""), unknown.words().replace("weg@gemeente.example", ""));
        town.app.clock.forward(10 * MINUTE);
        assert_eq!(choose(MAIL, &code).status, 422);
        town.app.clock.forward(-MINUTE);
        assert_eq!(choose(MAIL, &code).status, 303);
        logged_in_with(&town, "kano lantaarn dakpan acht");
    }
}

fn logged_in_with(town: &Town, password: &str) {
    assert_eq!(try_login(town, &mut Browser::default(), MAIL, password).status, 303);
}

/// C5: after the login nobody is sent elsewhere.
#[test]
fn c5_one_comes_back_to_this_site_only() {
    let town = town();
    member(&town, MAIL, Role::Member);
    let mut browser = Browser::default();
    let asked = browser.get(&town, "mijn/sessies?x=1");
    assert_eq!(
        asked.header("location"),
        Some("/reacties/inloggen?terug=%2Freacties%2Fmijn%2Fsessies%3Fx%3D1")
    );
    let page = browser.follow(&town, &asked);
    assert!(page.words().contains("name=\"terug\" value=\"/reacties/mijn/sessies?x=1\""));
    for (wanted, gets) in [
        ("/reacties/mijn/sessies?x=1", "/reacties/mijn/sessies?x=1"),
        ("/prikbord/#reactie-1", "/prikbord/#reactie-1"),
        ("//evil.example/", "/reacties/"),
        ("https://evil.example/", "/reacties/"),
        ("/\\evil.example", "/reacties/"),
    ] {
        let mut browser = Browser::default();
        let query =
            url::form_urlencoded::Serializer::new(String::new()).append_pair("terug", wanted).finish();
        let page = browser.get(&town, &format!("inloggen?{query}"));
        assert_eq!(page.words().contains("name=\"terug\""), gets == wanted);
        let fields = [("mail", MAIL), ("wachtwoord", GOOD), ("terug", wanted)];
        assert_eq!(browser.post(&town, "inloggen", &fields).header("location"), Some(gets));
        assert_eq!(browser.get(&town, &format!("inloggen?{query}")).header("location"), Some(gets));
    }
}

#[test]
fn who_is_shut_out_is_told_so_but_only_with_the_right_password() {
    for town in all() {
        let account = member(&town, MAIL, Role::Member);
        let mut before = logged_in(&town, MAIL);
        town.app.store.write(|tx| tx.set_blocked(&account.id, Some(NOW))).unwrap();
        assert_eq!(before.get(&town, "mijn").status, 303);
        let answer = try_login(&town, &mut Browser::default(), MAIL, GOOD);
        assert!(answer.status == 403 && answer.words().contains("geblokkeerd"));
        let wrong = try_login(&town, &mut Browser::default(), MAIL, "fout fout fout");
        assert!(wrong.status == 422 && !wrong.words().contains("geblokkeerd"));
        town.empty_the_mail();
        let mut browser = Browser::default();
        browser.get(&town, "wachtwoord-vergeten");
        assert_eq!(browser.post(&town, "wachtwoord-vergeten", &[("mail", MAIL)]).status, 303);
        assert!(town.mails().is_empty());
    }
}

/// Who leaves in a hurry: the word of the browser that a page of ours asks must do, and nothing less.
#[test]
fn leaving_in_a_hurry_needs_no_form_but_our_own_page() {
    for town in all() {
        let account = member(&town, MAIL, Role::Member);
        let count = || town.app.store.read(|tx| tx.sessions_of(&account.id, 0, 0)).unwrap().len();
        let mut browser = logged_in(&town, MAIL);
        for site in ["cross-site", "same-site", "none", ""] {
            browser.headers = vec![("Sec-Fetch-Site", site.to_owned())];
            assert_eq!(
                browser.ask(&town, "POST", "uitloggen?snel=1", b"snel=1".to_vec()).status,
                403,
                "{site}"
            );
        }
        browser.headers = vec![("Sec-Fetch-Site", "same-origin".to_owned())];
        assert_eq!(browser.ask(&town, "GET", "uitloggen?snel=1", Vec::new()).status, 200);
        assert_eq!(browser.ask(&town, "POST", "uitloggen", b"snel=1".to_vec()).status, 403);
        assert_eq!(count(), 1);
        let answer = browser.ask(&town, "POST", "uitloggen?snel=1", b"snel=1".to_vec());
        assert_eq!((answer.status, answer.body.len(), count()), (204, 0, 0));
        assert!(browser.cookie("__Host-sessie").is_none() && browser.cookie("reacties").is_none());
        assert_eq!(browser.ask(&town, "POST", "uitloggen?snel=1", b"snel=1".to_vec()).status, 204);
    }
}

/// A moderator's cookie does not come along from a mail, so the page is shown to nobody; the form is sent with it.
#[test]
fn a_moderator_who_follows_a_link_from_a_mail_can_send_the_form() {
    for town in all() {
        member(&town, MAIL, Role::Moderator);
        let mut browser = logged_in(&town, MAIL);
        let cookie = browser.cookie("__Host-sessie").unwrap().to_owned();
        browser.set_cookie("__Host-sessie", None);
        browser.get(&town, "inloggen?terug=%2Freacties%2Fbeheer");
        browser.set_cookie("__Host-sessie", Some(&cookie));
        let fields = [("mail", MAIL), ("wachtwoord", GOOD), ("terug", "/reacties/beheer")];
        let answer = browser.post(&town, "inloggen", &fields);
        assert_eq!((answer.status, answer.header("location")), (303, Some("/reacties/beheer")));
        let account = of(&town, MAIL);
        assert_eq!(town.app.store.read(|tx| tx.sessions_of(&account.id, 0, 0)).unwrap().len(), 1);
    }
}

#[test]
fn the_password_is_asked_again_for_what_matters() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        let mut browser = logged_in(&town, MAIL);
        assert_eq!(browser.get(&town, "mijn/gegevens").status, 200);
        town.app.clock.forward(15 * MINUTE);
        let asked = browser.get(&town, "mijn/gegevens");
        assert_eq!(
            asked.header("location"),
            Some("/reacties/wachtwoord-nogmaals?terug=%2Freacties%2Fmijn%2Fgegevens")
        );
        assert_eq!(browser.follow(&town, &asked).status, 200);
        let fields = |password| [("wachtwoord", password), ("terug", "/reacties/mijn/gegevens")];
        let wrong = browser.post(&town, "wachtwoord-nogmaals", &fields("fout fout fout"));
        assert!(
            has_fault(&wrong, "wachtwoord") && wrong.words().contains("value=\"/reacties/mijn/gegevens\"")
        );
        let right = browser.post(&town, "wachtwoord-nogmaals", &fields(GOOD));
        assert_eq!(browser.follow(&town, &right).status, 200);
        assert_eq!(Browser::default().get(&town, "wachtwoord-nogmaals").status, 303);
    }
}
