//! Becoming a member.

use super::*;
use crate::reactions::clock::{HOUR, MINUTE};

const MAIL: &str = "noor@gemeente.example";

fn register(town: &Town, browser: &mut Browser, fields: [&str; 3]) -> Response {
    browser.get(town, "aanmelden");
    let [name, mail, password] = fields;
    browser.post(town, "aanmelden", &[("naam", name), ("mail", mail), ("wachtwoord", password)])
}

/// P9 and P11: opening the link does nothing, the button does, once.
#[test]
fn p11_who_registers_confirms_the_address_and_can_log_in() {
    for town in all() {
        let mut browser = Browser::default();
        let answer = register(&town, &mut browser, ["  Noor   de Boer ", " Noor@Gemeente.EXAMPLE ", GOOD]);
        let page = browser.follow(&town, &answer);
        assert!(page.words().contains("Kijk in uw mail"), "{}", page.words());
        assert_eq!(of(&town, MAIL).name, "Noor de Boer");
        assert!(!of(&town, MAIL).is_active());
        let slots = mailed(&town, "bevestig-uw-mailadres", MAIL);
        let mut other = Browser::default();
        for method in ["GET", "HEAD", "GET"] {
            let page = other.ask(&town, method, &link(&town, &slots), Vec::new());
            assert_eq!(page.status, 200);
            assert!(!of(&town, MAIL).is_active());
        }
        let done = browser.post(&town, "bevestigen", &[("sleutel", &sent(&town, &slots))]);
        assert!(other.follow(&town, &done).words().contains("Uw mailadres is bevestigd"));
        assert!(of(&town, MAIL).is_active());
        assert!(other.cookie("__Host-sessie").is_none(), "nobody is logged in by a link");
        let again = other.post(&town, "bevestigen", &[("sleutel", &sent(&town, &slots))]);
        assert_eq!(again.status, 404);
        assert_eq!(other.get(&town, &link(&town, &slots)).status, 404);
        logged_in(&town, MAIL);
        assert_eq!(
            log(&town),
            BTreeSet::from(["account/aangemeld", "account/bevestigd", "inloggen/gelukt"].map(str::to_owned))
        );
    }
}

/// P9: a code is good for ten minutes and five guesses; the link beside it holds.
#[test]
fn p9_a_code_does_the_same_for_ten_minutes() {
    for town in all() {
        let mut browser = Browser::default();
        register(&town, &mut browser, ["Noor", MAIL, GOOD]);
        let slots = mailed(&town, "bevestig-uw-mailadres", MAIL);
        let code = code(&town, &slots);
        let mut try_code = |code: &str| {
            browser.get(&town, "bevestigen");
            browser.post(&town, "bevestigen", &[("mail", MAIL), ("code", code)])
        };
        let wrong = try_code("00 11 22 33");
        assert!(wrong.status == 422 && has_fault(&wrong, "code") && wrong.words().contains("value=\"noor@"));
        assert!(has_fault(&try_code(""), "code"));
        town.app.clock.forward(10 * MINUTE);
        assert_eq!(try_code(&code).status, 422);
        town.app.clock.forward(-10 * MINUTE);
        assert!(!of(&town, MAIL).is_active());
        assert_eq!(try_code(&format!("{} {}", &code[..4], &code[4..])).status, 303);
        assert!(of(&town, MAIL).is_active());
    }
}

#[test]
fn p9_a_code_cannot_be_guessed() {
    for town in all() {
        let mut browser = Browser::default();
        register(&town, &mut browser, ["Noor", MAIL, GOOD]);
        let slots = mailed(&town, "bevestig-uw-mailadres", MAIL);
        browser.get(&town, "bevestigen");
        for _ in 0..5 {
            browser.post(&town, "bevestigen", &[("mail", MAIL), ("code", "00112233")]);
        }
        let right = browser.post(&town, "bevestigen", &[("mail", MAIL), ("code", &code(&town, &slots))]);
        assert_eq!(right.status, 422);
        for _ in 0..4 {
            browser.post(&town, "bevestigen", &[("mail", MAIL), ("code", "00112233")]);
        }
        let too_often = browser.post(&town, "bevestigen", &[("mail", MAIL), ("code", "00112233")]);
        assert_eq!(too_often.status, 429);
        browser.get(&town, &link(&town, &slots));
        assert_eq!(browser.post(&town, "bevestigen", &[("sleutel", &sent(&town, &slots))]).status, 303);
    }
}

#[test]
fn a_link_holds_a_day() {
    for town in all() {
        register(&town, &mut Browser::default(), ["Noor", MAIL, GOOD]);
        let slots = mailed(&town, "bevestig-uw-mailadres", MAIL);
        town.app.clock.forward(24 * HOUR - 1);
        assert_eq!(Browser::default().get(&town, &link(&town, &slots)).status, 200);
        town.app.clock.forward(1);
        assert_eq!(Browser::default().get(&town, &link(&town, &slots)).status, 404);
        for wrong in ["bevestigen?sleutel=", "bevestigen?sleutel=x", "bevestigen?sleutel=%00"] {
            assert_eq!(Browser::default().get(&town, wrong).status, 404, "{wrong}");
        }
    }
}

#[test]
fn what_is_wrong_is_said_by_the_field_and_what_was_typed_stays() {
    let town = crate::reactions::routes::testing::town();
    let mut browser = Browser::default();
    let answer = register(&town, &mut browser, ["", "noor", "kort"]);
    assert_eq!(answer.status, 422);
    for field in ["naam", "mail", "wachtwoord"] {
        assert!(has_fault(&answer, field), "{field}: {}", answer.words());
    }
    assert!(answer.words().contains("value=\"noor\"") && !answer.words().contains("kort\""));
    for name in [
        "Noor <noor@x.nl>",
        "www.kijkhier.nl",
        "De Moderator",
        "Beheerder",
        "redactie",
        "...",
        &"a".repeat(81),
    ] {
        let answer = register(&town, &mut browser, [name, MAIL, GOOD]);
        assert!(has_fault(&answer, "naam") && !has_fault(&answer, "mail"), "{name}");
    }
    for mail in [
        "",
        "a@b",
        "a b@c.nl",
        "a@b.nl\nBcc: x@y.nl",
        "a@b.nl, c@d.nl",
        "\"a\"@b.nl",
        "a@[127.0.0.1]",
        &format!("{}@b.nl", "a".repeat(300)),
    ] {
        let answer = register(&town, &mut browser, ["Noor", mail, GOOD]);
        assert!(answer.status == 422 && has_fault(&answer, "mail"), "{mail}");
    }
    assert!(town.mails().is_empty());
}

/// P5: nothing is asked but length, nothing is cut off or changed.
#[test]
fn p5_a_password_is_taken_as_it_is() {
    let town = crate::reactions::routes::testing::town();
    let long = "appelmoes ".repeat(9);
    for (at, password) in ["  kano lantaarn  ", long.as_str(), "käno läntaarn ☃ 🛶", "kanolantaarndakpan"]
        .into_iter()
        .enumerate()
    {
        let mail = format!("noor{at}@gemeente.example");
        let mut browser = Browser::default();
        let answer = register(&town, &mut browser, ["Noor", &mail, password]);
        assert_eq!(answer.status, 303, "{password:?}: {}", answer.words());
        let kept = of(&town, &mail).password;
        let fits = |typed: &str| {
            town.app.hashing.verify(typed, Some(&kept)) == Ok(crate::reactions::password::Verdict::Right)
        };
        assert!(fits(password), "{password:?}");
        assert!(!fits(password.trim()) || password.trim() == password, "{password:?}");
        assert!(
            !fits(&password.to_uppercase()) && !fits(&password.chars().take(16).collect::<String>()),
            "{password:?}"
        );
    }
    let page = Browser::default().get(&town, "aanmelden");
    assert!(page.words().contains("autocomplete=\"new-password\"") && !page.words().contains("onpaste"));
}

/// P6: what is tried first, and what everybody knows of a member.
#[test]
fn p6_what_everybody_tries_is_refused() {
    let town = crate::reactions::routes::testing::town();
    let mut browser = Browser::default();
    for password in
        ["welkom01", "Zomer2026!", "12345678", "samenspel1", "noordeboer1", "lindermeer2026", "kano123"]
    {
        let answer = register(&town, &mut browser, ["Noor de Boer", MAIL, password]);
        assert!(has_fault(&answer, "wachtwoord"), "{password}");
    }
}

/// P10: who has an account already is told by mail, and by mail only.
#[test]
fn p10_an_address_that_is_known_is_answered_the_same() {
    for town in all() {
        member(&town, "bekend@gemeente.example", Role::Member);
        let before = of(&town, "bekend@gemeente.example");
        let (mut one, mut two) = (Browser::default(), Browser::default());
        let known =
            register(&town, &mut one, ["Iemand", "bekend@gemeente.example", "vier losse woorden daar"]);
        let unknown =
            register(&town, &mut two, ["Iemand", "nieuw@gemeente.example", "vier losse woorden daar"]);
        assert_eq!(
            (known.status, &known.headers, &known.body),
            (unknown.status, &unknown.headers, &unknown.body)
        );
        assert_eq!(of(&town, "bekend@gemeente.example"), before);
        let slots = mailed(&town, "u-heeft-al-een-account", "bekend@gemeente.example");
        assert_eq!(slots, json!({}));
    }
}

/// Who registers an address that nobody confirmed takes it over: the first may have been somebody else.
#[test]
fn an_address_that_was_never_confirmed_belongs_to_nobody() {
    for town in all() {
        register(&town, &mut Browser::default(), ["Een ander", MAIL, "vier losse woorden daar"]);
        let first = mailed(&town, "bevestig-uw-mailadres", MAIL);
        town.empty_the_mail();
        register(&town, &mut Browser::default(), ["Noor", MAIL, GOOD]);
        assert_eq!(Browser::default().get(&town, &link(&town, &first)).status, 404);
        let second = mailed(&town, "bevestig-uw-mailadres", MAIL);
        let mut browser = Browser::default();
        browser.get(&town, &link(&town, &second));
        browser.post(&town, "bevestigen", &[("sleutel", &sent(&town, &second)), ("wachtwoord", GOOD)]);
        assert_eq!(try_login(&town, &mut browser, MAIL, "vier losse woorden daar").status, 422);
        logged_in(&town, MAIL);
        assert_eq!(of(&town, MAIL).name, "Noor");
    }
}

/// P10 and P11: without a confirmed address nobody comes in, and whoever registers somebody else's learns nothing by
/// trying the password they chose.
#[test]
fn p11_without_a_confirmed_address_nobody_comes_in() {
    for town in all() {
        member(&town, "bekend@gemeente.example", Role::Member);
        let password = "vier losse woorden daar";
        for mail in ["bekend@gemeente.example", "nieuw@gemeente.example"] {
            register(&town, &mut Browser::default(), ["Een ander", mail, password]);
        }
        for _ in 0..6 {
            let tries = ["bekend@gemeente.example", "nieuw@gemeente.example"].map(|mail| {
                let answer = try_login(&town, &mut Browser::default(), mail, password);
                let words = answer.words().replace(mail, "");
                let token = crate::reactions::routes::people::field(&answer, "formulier");
                (answer.status, words.replace(&token, ""))
            });
            assert_ne!(tries[0].0, 303);
            assert_eq!(tries[0], tries[1]);
        }
    }
}

/// Who registers with somebody else's address does not get in when its owner presses the button.
#[test]
fn p11_elsewhere_the_button_needs_the_password() {
    for town in all() {
        register(&town, &mut Browser::default(), ["Noor", MAIL, "vier losse woorden daar"]);
        let slots = mailed(&town, "bevestig-uw-mailadres", MAIL);
        let sent = sent(&town, &slots);
        let mut owner = Browser::default();
        let page = owner.get(&town, &link(&town, &slots));
        assert!(page.words().contains("current-password"), "{}", page.words());
        for password in ["", GOOD] {
            let answer = owner.post(&town, "bevestigen", &[("sleutel", &sent), ("wachtwoord", password)]);
            assert!(has_fault(&answer, "wachtwoord") && answer.words().contains("wachtwoord-vergeten"));
        }
        let code = code(&town, &slots);
        assert_eq!(owner.post(&town, "bevestigen", &[("mail", MAIL), ("code", &code)]).status, 422);
        assert!(!of(&town, MAIL).is_active());
        town.empty_the_mail();
        owner.get(&town, "wachtwoord-vergeten");
        owner.post(&town, "wachtwoord-vergeten", &[("mail", MAIL)]);
        let slots = mailed(&town, "wachtwoord-nieuw", MAIL);
        let fields = [("sleutel", super::sent(&town, &slots)), ("wachtwoord", GOOD.to_owned())];
        owner.post(
            &town,
            "wachtwoord-nieuw",
            &fields.each_ref().map(|(name, value)| (*name, value.as_str())),
        );
        assert_eq!(try_login(&town, &mut Browser::default(), MAIL, "vier losse woorden daar").status, 422);
        logged_in(&town, MAIL);
    }
}

#[test]
fn p11_on_a_telephone_the_password_does() {
    for town in all() {
        let mut browser = Browser::default();
        register(&town, &mut browser, ["Noor", MAIL, GOOD]);
        let slots = mailed(&town, "bevestig-uw-mailadres", MAIL);
        assert!(!browser.get(&town, &link(&town, &slots)).words().contains("current-password"));
        let mut telephone = Browser::default();
        telephone.get(&town, &link(&town, &slots));
        let fields = [("sleutel", sent(&town, &slots)), ("wachtwoord", GOOD.to_owned())];
        let done = telephone.post(
            &town,
            "bevestigen",
            &fields.each_ref().map(|(name, value)| (*name, value.as_str())),
        );
        assert_eq!(done.status, 303);
        logged_in(&town, MAIL);
    }
}

/// P15.
#[test]
fn p15_only_some_domains_may_take_part() {
    for town in towns(&json!({"domains": ["gemeente.example", "Jeugd.example"]})) {
        let mut browser = Browser::default();
        for mail in [
            "a@elders.example",
            "a@gemeente.example.evil.example",
            "a@evilgemeente.example",
            "a@sub.gemeente.example",
            "a@gemeente.example@evil.example",
            "gemeente.example@evil.example",
        ] {
            let answer = register(&town, &mut browser, ["Noor", mail, GOOD]);
            assert!(has_fault(&answer, "mail"), "{mail}");
        }
        let answer = register(&town, &mut browser, ["Noor", "a@elders.example", GOOD]);
        assert!(answer.words().contains("@gemeente.example of @jeugd.example"), "{}", answer.words());
        assert_eq!(register(&town, &mut browser, ["Noor", "a@JEUGD.example", GOOD]).status, 303);
    }
}

/// P13: nobody's mailbox is filled by us.
#[test]
fn p13_an_address_gets_few_mails_whoever_asks() {
    for town in all() {
        member(&town, "bekend@gemeente.example", Role::Member);
        for mail in ["bekend@gemeente.example", "onbekend@gemeente.example"] {
            let mut browser = Browser::default();
            let mut ask = || {
                browser.get(&town, "wachtwoord-vergeten");
                browser.post(&town, "wachtwoord-vergeten", &[("mail", mail)]).status
            };
            assert_eq!([ask(), ask(), ask(), ask()], [303, 303, 303, 429], "{mail}");
            assert_eq!(register(&town, &mut browser, ["Noor", &mail.to_uppercase(), GOOD]).status, 429);
            town.app.clock.forward(15 * MINUTE);
            browser.get(&town, "wachtwoord-vergeten");
            assert_eq!(browser.post(&town, "wachtwoord-vergeten", &[("mail", mail)]).status, 303);
        }
        let to_known =
            town.mails().iter().filter(|(mail, _)| mail.recipient == "bekend@gemeente.example").count();
        assert_eq!(to_known, 4);
    }
}

#[test]
fn p13_a_network_has_a_wide_limit() {
    let town = crate::reactions::routes::testing::town();
    let mut browser = at("192.0.2.7");
    browser.get(&town, "wachtwoord-vergeten");
    let statuses: Vec<u16> = (0..61)
        .map(|at| browser.post(&town, "wachtwoord-vergeten", &[("mail", &format!("a{at}@b.example"))]).status)
        .collect();
    assert!(statuses[..60].iter().all(|status| *status == 303) && statuses[60] == 429, "{statuses:?}");
    browser.from = Some("198.51.100.7".parse().unwrap());
    assert_eq!(browser.post(&town, "wachtwoord-vergeten", &[("mail", "x@b.example")]).status, 303);
}

/// X6 and P9: a mail in the queue holds no link, no token, no code and nothing that somebody typed.
#[test]
fn x6_the_queue_opens_nothing_and_repeats_nobody() {
    for town in all() {
        let mut browser = sending("Host", "evil.example");
        register(&town, &mut browser, ["Bel nu 0900 voor een prijs", MAIL, GOOD]);
        let mails = town.mails();
        let (mail, slots) = &mails[0];
        assert!(!mail.slots.contains("prijs") && !mail.slots.contains("evil"), "{}", mail.slots);
        assert!(!mail.slots.contains(&sent(&town, slots)) && !mail.slots.contains(&code(&town, slots)));
        let keys: Vec<&String> = slots.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["sleutel"]);
    }
}
