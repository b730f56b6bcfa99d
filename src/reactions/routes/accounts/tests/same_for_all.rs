//! What holds for every page of this room: known and unknown addresses are answered the same, and nothing changes but by a
//! form of ours.

use std::time::{Duration, Instant};

use super::*;
use crate::reactions::clock::HOUR;
use crate::reactions::routes::testing::NOT_SENT;
use crate::reactions::routes::testing::town;

const MAIL: &str = "noor@gemeente.example";

/// A quarter is quicker: what else the machine does only makes things slower, so the slow half says nothing.
fn quick(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 4]
}

/// P10: known and unknown, one after the other, so that whatever else this machine does hits both.
fn same_time(town: &Town, mut ask: impl FnMut(bool, usize) -> Response) {
    let measured = |times: &mut Vec<Duration>, response: &mut dyn FnMut() -> Response| {
        let began = Instant::now();
        let response = response();
        times.push(began.elapsed());
        response
    };
    // A machine under load may be unlucky once, not three times.
    let mut said = String::new();
    for _ in 0..3 {
        let (mut known, mut unknown) = (Vec::new(), Vec::new());
        for at in 0..30 {
            town.app.clock.forward(HOUR);
            let first = at % 2 == 0;
            let one = measured(if first { &mut known } else { &mut unknown }, &mut || ask(first, at));
            let two = measured(if first { &mut unknown } else { &mut known }, &mut || ask(!first, at));
            assert_eq!((one.status, &one.headers), (two.status, &two.headers));
            let without = |answer: &Response| answer.words().replace(MAIL, "").replace(&stranger(at), "");
            assert_eq!(without(&one), without(&two));
        }
        let (known, unknown) = (quick(known), quick(unknown));
        let allowed = known.max(unknown) / 10 + Duration::from_millis(2);
        if known.abs_diff(unknown) < allowed {
            return;
        }
        said = format!("known {known:?}, unknown {unknown:?}");
    }
    panic!("{said}");
}

fn stranger(at: usize) -> String {
    format!("niemand{at:02}@gemeente.example")
}

#[test]
fn p10_a_login_tells_not_who_is_a_member() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        let mut browser = Browser::default();
        browser.get(&town, "inloggen");
        same_time(&town, |known, at| {
            let mail = if known { MAIL.to_owned() } else { stranger(at) };
            browser.post(&town, "inloggen", &[("mail", &mail), ("wachtwoord", "fout fout fout")])
        });
    }
}

#[test]
fn p10_a_forgotten_password_tells_not_who_is_a_member() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        let mut browser = Browser::default();
        browser.get(&town, "wachtwoord-vergeten");
        same_time(&town, |known, at| {
            let mail = if known { MAIL.to_owned() } else { stranger(at) };
            browser.post(&town, "wachtwoord-vergeten", &[("mail", &mail)])
        });
    }
}

#[test]
fn p10_registering_tells_not_who_is_a_member() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        let mut browser = Browser::default();
        browser.get(&town, "aanmelden");
        let mut round = 0;
        same_time(&town, |known, at| {
            round += 1;
            let mail = if known { MAIL.to_owned() } else { format!("r{round}{}", stranger(at)) };
            browser.post(&town, "aanmelden", &[("naam", "Iemand"), ("mail", &mail), ("wachtwoord", GOOD)])
        });
    }
}

/// Every path of this room that takes a form.
const POSTED: [&str; 15] = [
    "aanmelden",
    "bevestigen",
    "inloggen",
    "inloggen/code",
    "uitloggen",
    "wachtwoord-nogmaals",
    "wachtwoord-vergeten",
    "wachtwoord-nieuw",
    "mijn",
    "mijn/wachtwoord",
    "mijn/mailadres",
    "mijn/sessies",
    "mijn/stap",
    "mijn/gegevens",
    "mijn/verwijderen",
];

/// All that is kept, as far as these pages could change it.
fn kept(town: &Town) -> String {
    let account = of(town, MAIL);
    town.app
        .store
        .read(|tx| {
            Ok(format!(
                "{account:?} {:?} {:?}",
                tx.sessions_of(&account.id, 0, 0)?,
                tx.audit_of(&account.id)?
            ))
        })
        .unwrap()
}

fn everything(path: &str) -> String {
    let fields = [
        ("mail", MAIL),
        ("wachtwoord", GOOD),
        ("nieuw", "kano lantaarn dakpan acht"),
        ("naam", "Een ander"),
        ("reacties", "weg"),
        ("welke", "andere"),
        ("doe", "uit"),
    ];
    let fields: Vec<(&str, &str)> =
        fields.into_iter().filter(|(name, _)| *name != "nieuw" || path == "mijn/wachtwoord").collect();
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish()
}

/// C2: no token, that of somebody else, that of before the login; and the word of the browser.
#[test]
fn c2_nothing_changes_but_by_a_form_of_ours() {
    let town = town();
    member(&town, MAIL, Role::Admin);
    let mut browser = logged_in(&town, MAIL);
    let before = kept(&town);
    let mut stranger = Browser::default();
    let foreign = stranger.get(&town, "inloggen").words().into_owned();
    let foreign =
        foreign.split("name=\"formulier\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    for path in POSTED.into_iter().chain(["beheer/leden"]) {
        let body = everything(path);
        for token in ["", "&formulier=", "&formulier=x", &format!("&formulier={foreign}")] {
            let answer = browser.ask(&town, "POST", path, format!("{body}{token}").into_bytes());
            assert_eq!(answer.status, 403, "{path} {token}");
        }
    }
    let token = browser.get(&town, "mijn").words().into_owned();
    let token =
        token.split("name=\"formulier\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    for headers in [
        vec![("Sec-Fetch-Site", "cross-site")],
        vec![("Sec-Fetch-Site", "same-site")],
        vec![("Sec-Fetch-Site", "cross-site"), ("Origin", "https://samenspel.example")],
    ] {
        browser.headers = headers.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
        for path in POSTED {
            let body = format!("{}&formulier={token}", everything(path)).into_bytes();
            assert_eq!(browser.ask(&town, "POST", path, body).status, 403, "{path}");
        }
    }
    // An old browser on a page without referrer says nothing of where it comes from. Then the token alone decides.
    for (origin, token) in [
        ("null", ""),
        ("null", "x"),
        ("https://evil.example", token.as_str()),
        ("http://samenspel.example", token.as_str()),
        (NOT_SENT, token.as_str()),
    ] {
        browser.headers = vec![("Sec-Fetch-Site", NOT_SENT.to_owned()), ("Origin", origin.to_owned())];
        for path in POSTED.into_iter().chain(["beheer/leden", "uitloggen?snel=1"]) {
            let body = format!("{}&formulier={token}", everything(path)).into_bytes();
            assert_eq!(browser.ask(&town, "POST", path, body).status, 403, "{path} from {origin}");
        }
    }
    assert_eq!(kept(&town), before);
    browser.headers = vec![("Sec-Fetch-Site", NOT_SENT.to_owned()), ("Origin", "null".to_owned())];
    let mine = [("naam", "Noor uit een oude browser"), ("formulier", token.as_str())];
    assert_eq!(browser.post(&town, "mijn", &mine).status, 303);
}

/// C1: GET and HEAD change nothing, whatever they carry.
#[test]
fn c1_asking_changes_nothing() {
    let town = town();
    member(&town, MAIL, Role::Admin);
    let mut browser = logged_in(&town, MAIL);
    let before = kept(&town);
    for path in POSTED.into_iter().chain(["", "deelnemers", "beheer/leden"]) {
        for method in ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"] {
            let answer =
                browser.ask(&town, method, &format!("{path}?{}&snel=1", everything(path)), Vec::new());
            let allowed = matches!(method, "GET" | "HEAD");
            assert_eq!(answer.status == 405, !allowed, "{method} {path}: {}", answer.status);
        }
    }
    assert_eq!(kept(&town), before);
    assert!(town.mails().is_empty());
}

/// C3 and C4.
#[test]
fn c3_only_forms_are_taken_and_c4_nobody_else_may_read() {
    let town = town();
    member(&town, MAIL, Role::Member);
    for kind in ["application/json", "text/plain", "multipart/form-data; boundary=x", ""] {
        for path in POSTED {
            let mut browser = sending("Content-Type", kind);
            assert_eq!(browser.ask(&town, "POST", path, b"{}".to_vec()).status, 415, "{kind} {path}");
        }
    }
    for origin in ["https://evil.example", "https://samenspel.example.evil.example", "null"] {
        let mut browser = sending("Origin", origin);
        let answer = browser.get(&town, "inloggen");
        assert!(answer.all_headers().iter().all(|(name, _)| !name.starts_with("Access-Control")));
    }
}

/// Every page: one heading less is not there, one form has one button that sends, all fields have a label.
#[test]
fn every_field_has_a_label_and_no_button_is_disabled() {
    let town = town();
    let account = member(&town, MAIL, Role::Admin);
    let mut browser = logged_in(&town, MAIL);
    let of_member = format!("beheer/leden?id={}", account.id);
    let mut pages: Vec<String> = Vec::new();
    for path in POSTED.into_iter().chain(["", "deelnemers", "beheer/leden", &of_member]) {
        pages.push(browser.get(&town, path).words().into_owned());
        pages.push(Browser::default().get(&town, path).words().into_owned());
    }
    for page in pages {
        let html = scraper::Html::parse_document(&page);
        let all = |what: &str| scraper::Selector::parse(what).unwrap();
        for field in html.select(&all("input:not([type=hidden]), textarea, select")) {
            let id = field.attr("id").unwrap();
            assert!(html.select(&all(&format!("label[for=\"{id}\"]"))).count() == 1, "{id} in {page}");
            assert!(field.attr("required").is_none() && field.attr("placeholder").is_none());
            for described in field.attr("aria-describedby").unwrap_or_default().split_whitespace() {
                assert!(
                    html.select(&all(&format!("[id=\"{described}\"]"))).count() == 1,
                    "{described} in {page}"
                );
            }
        }
        assert_eq!(html.select(&all("[disabled], [style], [onclick], script, style")).count(), 0, "{page}");
        for form in html.select(&all("form[method=post]")) {
            assert_eq!(form.select(&all("[name=formulier]")).count(), 1, "{page}");
            assert_eq!(form.select(&all("button")).count(), 1, "{page}");
        }
        let mut ids: Vec<&str> = html.select(&all("[id]")).filter_map(|element| element.attr("id")).collect();
        let number = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), number, "an id twice in {page}");
    }
}

#[test]
fn every_link_leads_somewhere() {
    let town = town();
    let account = member(&town, MAIL, Role::Admin);
    let of_member = format!("beheer/leden?id={}", account.id);
    for mut browser in [logged_in(&town, MAIL), Browser::default()] {
        for path in POSTED.into_iter().chain(["", "deelnemers", "beheer/leden", &of_member]) {
            let page = browser.get(&town, path).words().into_owned();
            let html = scraper::Html::parse_document(&page);
            for link in html.select(&scraper::Selector::parse("a[href^='/reacties/']").unwrap()) {
                let below = link.attr("href").unwrap().strip_prefix("/reacties/").unwrap();
                let status = browser.get(&town, below).status;
                assert!(matches!(status, 200 | 303), "{below} on {path}: {status}");
            }
        }
    }
}
