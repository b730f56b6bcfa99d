//! The first beheerder, what beheerders decide about members, and the second step at login.

use super::*;
use crate::reactions::admin_link::make_admin_link;
use crate::reactions::authenticator;
use crate::reactions::clock::{MINUTE, SECOND};
use crate::reactions::routes::testing::town;
use crate::reactions::site::{OnDisk, Site};

const MAIL: &str = "noor@gemeente.example";
const BOSS: &str = "bas@gemeente.example";

fn admin_link(town: &Town, mail: &str) -> String {
    let app = &town.app;
    let link = make_admin_link(&app.store, &app.key, &app.settings, mail, app.clock.now()).unwrap();
    link.strip_prefix("https://samenspel.example/reacties/").unwrap().to_owned()
}

fn choose(town: &Town, link: &str) -> Response {
    let mut browser = Browser::default();
    browser.get(town, "wachtwoord-nieuw");
    browser.get(town, link);
    let (_, sent) = link.split_once("sleutel=").unwrap();
    browser.post(town, "wachtwoord-nieuw", &[("sleutel", sent), ("wachtwoord", GOOD)])
}

/// P7: there is nobody until somebody at the machine makes a link, which can be used once, within an hour.
#[test]
fn p7_the_first_beheerder_comes_by_a_link() {
    for town in all() {
        assert!(town.app.store.read(|tx| tx.find_members("", 10)).unwrap().is_empty());
        let first = admin_link(&town, "Noor@Gemeente.example");
        assert!(!of(&town, MAIL).is_active() && of(&town, MAIL).role == Role::Member);
        for password in ["", "-", GOOD] {
            assert_eq!(try_login(&town, &mut Browser::default(), MAIL, password).status, 422, "{password}");
        }
        let second = admin_link(&town, MAIL);
        assert_eq!(choose(&town, &first).status, 404);
        assert_eq!(of(&town, MAIL).role, Role::Member);
        town.app.clock.forward(60 * MINUTE);
        assert_eq!(choose(&town, &second).status, 404);
        let third = admin_link(&town, MAIL);
        assert_eq!(choose(&town, &third).status, 303);
        assert_eq!(choose(&town, &third).status, 404);
        assert!(of(&town, MAIL).role == Role::Admin && of(&town, MAIL).is_active());
        assert_eq!(logged_in(&town, MAIL).get(&town, "beheer/leden").status, 200);
    }
}

#[test]
fn a_beheerder_who_is_locked_out_begins_anew() {
    for town in all() {
        let account = member(&town, MAIL, Role::Admin);
        town.app
            .store
            .write(|tx| {
                tx.set_blocked(&account.id, Some(NOW))?;
                tx.set_second_step(&account.id, Some("GEZDGNBVGY3TQOJQ"))
            })
            .unwrap();
        assert_eq!(choose(&town, &admin_link(&town, MAIL)).status, 303);
        logged_in(&town, MAIL);
        assert_eq!(of(&town, MAIL).name, "Noor de Boer");
    }
    let town = town();
    let app = &town.app;
    assert!(make_admin_link(&app.store, &app.key, &app.settings, "noor", NOW).is_err());
}

/// H10: only beheerders, and a moderator is none.
#[test]
fn h10_members_are_the_business_of_beheerders() {
    for town in all() {
        let account = member(&town, MAIL, Role::Moderator);
        let mut browser = logged_in(&town, MAIL);
        browser.get(&town, "mijn");
        assert_eq!(browser.get(&town, "beheer/leden").status, 403);
        assert_eq!(browser.get(&town, &format!("beheer/leden?id={}", account.id)).status, 403);
        let other = member(&town, "ander@gemeente.example", Role::Member);
        for id in [&account.id, &other.id] {
            let fields = [("lid", id.as_str()), ("doe", "rol"), ("rol", "beheerder")];
            assert_eq!(browser.post(&town, "beheer/leden", &fields).status, 403);
        }
        assert_eq!(of(&town, MAIL).role, Role::Moderator);
        assert_eq!(of(&town, "ander@gemeente.example").role, Role::Member);
        assert_eq!(Browser::default().get(&town, "beheer/leden").status, 303);
    }
}

#[test]
fn members_are_found_by_name_or_by_whole_address_and_no_address_is_shown() {
    for town in all() {
        member(&town, BOSS, Role::Admin);
        let id = secrets::id(NOW).unwrap();
        let newcomer =
            Newcomer { id: &id, mail: "x_y@gemeente.example", name: "100% Écht", password: "-", at: NOW };
        town.app.store.write(|tx| tx.add_account(newcomer)).unwrap();
        let mut browser = logged_in(&town, BOSS);
        for (looked_for, finds) in [
            ("", true),
            ("100%", true),
            ("Écht", true),
            ("100", true),
            ("%", true),
            ("_", false),
            ("xyz", false),
            ("100_", false),
            ("X_Y@gemeente.example", true),
            ("x_y@", false),
            ("' OR 1=1 --", false),
        ] {
            let query =
                url::form_urlencoded::Serializer::new(String::new()).append_pair("zoek", looked_for).finish();
            let page = browser.get(&town, &format!("beheer/leden?{query}"));
            assert_eq!(page.words().contains("100% Écht</bdi>"), finds, "{looked_for}: {}", page.words());
            assert!(
                !page.words().replace("value=\"X_Y@gemeente.example\"", "").contains("@gemeente.example")
            );
        }
    }
}

/// S1 and H10: another role counts at once, with a new login; D2: and stands in the log.
#[test]
fn s1_another_role_begins_with_a_new_login() {
    for town in all() {
        member(&town, BOSS, Role::Admin);
        let account = member(&town, MAIL, Role::Member);
        let (mut boss, mut browser) = (logged_in(&town, BOSS), logged_in(&town, MAIL));
        let page = format!("beheer/leden?id={}", account.id);
        assert!(boss.get(&town, &page).words().contains("Lindermeer"));
        let fields =
            [("lid", account.id.as_str()), ("doe", "rol"), ("rol", "moderator"), ("gebied-kadewijk", "ja")];
        let done = boss.post(&town, "beheer/leden", &fields);
        let words = boss.follow(&town, &done).words().into_owned();
        assert!(
            words.contains("Uw besluit is bewaard")
                && words.contains("Rol veranderd (<bdi>moderator: kadewijk</bdi>)"),
            "{words}"
        );
        assert!(words.contains("name=\"gebied-kadewijk\" value=\"ja\" checked"));
        assert_eq!(browser.get(&town, "mijn").status, 303);
        assert_eq!(town.app.store.read(|tx| tx.scopes(&account.id)).unwrap(), ["kadewijk"]);
        let mut browser = logged_in(&town, MAIL);
        assert_eq!(browser.get(&town, "mijn/stap").status, 200);
        boss.post(
            &town,
            "beheer/leden",
            &[("lid", account.id.as_str()), ("doe", "rol"), ("rol", "deelnemer"), ("gebied-kadewijk", "ja")],
        );
        assert_eq!(browser.get(&town, "mijn/stap").status, 303);
        assert!(town.app.store.read(|tx| tx.scopes(&account.id)).unwrap().is_empty());
        assert_eq!(logged_in(&town, MAIL).get(&town, "mijn/stap").status, 403);
    }
}

/// A moderator without limits decides about everything, so no limit is lost in silence.
#[test]
fn h10_no_limit_of_a_moderator_is_lost_in_silence() {
    for mut town in all() {
        member(&town, BOSS, Role::Admin);
        let id = member(&town, MAIL, Role::Member).id;
        town.app.store.write(|tx| tx.set_role(&id, Role::Moderator, &["opgeheven".to_owned()])).unwrap();
        let mut boss = logged_in(&town, BOSS);
        let page = format!("beheer/leden?id={id}");
        let words = boss.get(&town, &page).words().into_owned();
        assert!(words.contains("name=\"gebied-opgeheven\" value=\"ja\" checked"), "{words}");
        let moderator = [("lid", id.as_str()), ("doe", "rol"), ("rol", "moderator")];
        let has = |town: &Town| town.app.store.read(|tx| tx.scopes(&id)).unwrap();
        let unknown =
            boss.post(&town, "beheer/leden", &[&moderator[..], &[("gebied-anders", "ja")]].concat());
        assert!(unknown.status == 409 && unknown.words().contains("Kies opnieuw"));
        assert_eq!(has(&town), ["opgeheven"]);
        let both = [("gebied-opgeheven", "ja"), ("gebied-kadewijk", "ja")];
        assert_eq!(boss.post(&town, "beheer/leden", &[&moderator[..], &both].concat()).status, 303);
        assert_eq!(has(&town), ["kadewijk", "opgeheven"]);
        town.app.site = Site::new(Box::new(OnDisk("/nowhere".into())));
        let words = boss.get(&town, &page).words().into_owned();
        assert!(
            !words.contains("value=\"moderator\"") && words.contains("niemand moderator maken"),
            "{words}"
        );
        assert_eq!(boss.post(&town, "beheer/leden", &moderator).status, 409);
        assert_eq!(has(&town), ["kadewijk", "opgeheven"]);
        let member = [("lid", id.as_str()), ("doe", "rol"), ("rol", "deelnemer")];
        assert_eq!(boss.post(&town, "beheer/leden", &member).status, 303, "that can always be done");
    }
}

#[test]
fn a_member_is_shut_out_and_let_in_again() {
    for town in all() {
        member(&town, BOSS, Role::Admin);
        let account = member(&town, MAIL, Role::Member);
        let (mut boss, mut browser) = (logged_in(&town, BOSS), logged_in(&town, MAIL));
        boss.get(&town, &format!("beheer/leden?id={}", account.id));
        let mut decide = |what: &str, more: (&str, &str)| {
            boss.post(&town, "beheer/leden", &[("lid", account.id.as_str()), ("doe", what), more]).status
        };
        assert_eq!(decide("blokkeren", ("reden", "Reclame\u{202e}")), 303);
        assert_eq!(browser.get(&town, "mijn").status, 303);
        assert_eq!(try_login(&town, &mut browser, MAIL, GOOD).status, 403);
        assert_eq!(decide("vrijgeven", ("x", "")), 303);
        let mut browser = logged_in(&town, MAIL);
        assert_eq!(decide("uitloggen", ("x", "")), 303);
        assert_eq!(browser.get(&town, "mijn").status, 303);
        for (word, trusted) in [("ja", Some(true)), ("nee", Some(false)), ("vanzelf", None)] {
            assert_eq!(decide("vertrouwen", ("vertrouwen", word)), 303);
            assert_eq!(of(&town, MAIL).trusted, trusted);
        }
        for (what, more) in [
            ("rol", ("rol", "keizer")),
            ("vertrouwen", ("vertrouwen", "")),
            ("", ("x", "")),
            ("slopen", ("x", "")),
        ] {
            assert_eq!(decide(what, more), 404, "{what}");
        }
        let log = town.app.store.read(|tx| tx.audit_of(&account.id)).unwrap();
        let blocked = log.iter().find(|entry| entry.action == "account/geblokkeerd").unwrap();
        assert_eq!(blocked.detail.as_deref(), Some("Reclame"));
        assert_eq!(blocked.actor, Some(of(&town, BOSS).id));
    }
}

#[test]
fn a_beheerder_decides_not_about_itself_and_not_without_its_password() {
    for town in all() {
        let boss = member(&town, BOSS, Role::Admin);
        let account = member(&town, MAIL, Role::Member);
        let mut browser = logged_in(&town, BOSS);
        let page = browser.get(&town, &format!("beheer/leden?id={}", boss.id));
        assert!(page.words().contains("Dit bent u zelf") && !page.words().contains("value=\"blokkeren\""));
        for (what, more) in [("rol", ("rol", "deelnemer")), ("blokkeren", ("reden", ""))] {
            assert_eq!(
                browser.post(&town, "beheer/leden", &[("lid", boss.id.as_str()), ("doe", what), more]).status,
                403
            );
        }
        assert!(of(&town, BOSS).role == Role::Admin && of(&town, BOSS).is_active());
        for lid in ["", "x", "01ARZ3NDEKTSV4RRFFQ69G5FAV", "//evil.example"] {
            assert_eq!(
                browser.post(&town, "beheer/leden", &[("lid", lid), ("doe", "uitloggen")]).status,
                404
            );
        }
        town.app.clock.forward(15 * MINUTE);
        let asked =
            browser.post(&town, "beheer/leden", &[("lid", account.id.as_str()), ("doe", "blokkeren")]);
        assert!(asked.header("location").unwrap().contains(&format!("leden%3Fid%3D{}", account.id)));
        assert!(of(&town, MAIL).is_active());
    }
}

fn with_second_step(town: &Town, browser: &mut Browser) -> String {
    let page = browser.get(town, "mijn/stap").words().into_owned();
    let value = |name: &str| {
        let (_, rest) = page.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let (secret, seal) = (value("sleutel"), value("zegel"));
    let fields = |secret: &str, code: &str| {
        [("doe", "aan"), ("sleutel", secret), ("zegel", &seal), ("code", code)]
            .map(|(n, v)| (n, v.to_owned()))
    };
    let mut send = |secret: &str, code: &str| {
        let fields = fields(secret, code);
        browser.post(town, "mijn/stap", &fields.each_ref().map(|(name, value)| (*name, value.as_str())))
    };
    let now = town.app.clock.now();
    assert!(has_fault(&send(&secret, "000000"), "code"));
    assert_eq!(send("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", &authenticator::code(&secret, now)).status, 403);
    assert_eq!(send(&secret, &authenticator::code(&secret, now)).status, 303);
    secret
}

fn step(page: &Response, code: &str) -> Vec<(String, String)> {
    let words = page.words().into_owned();
    let value = |name: &str| {
        let (_, rest) = words.split_once(&format!("name=\"{name}\" value=\"")).unwrap();
        rest.split('"').next().unwrap().to_owned()
    };
    let mut fields: Vec<(String, String)> =
        ["lid", "sinds", "stap"].map(|name| (name.to_owned(), value(name))).into_iter().collect();
    fields.push(("code".to_owned(), code.to_owned()));
    fields
}

/// P14: a code of an app, once, one step early or late; without the password it opens nothing.
#[test]
fn p14_a_second_step_at_login() {
    for town in all() {
        member(&town, MAIL, Role::Moderator);
        let mut browser = logged_in(&town, MAIL);
        let secret = with_second_step(&town, &mut browser);
        assert_eq!(browser.get(&town, "mijn").status, 200, "this login goes on");
        let post = |browser: &mut Browser, fields: &[(String, String)]| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
            browser.post(&town, "inloggen/code", &fields)
        };
        let mut browser = Browser::default();
        let asked = try_login(&town, &mut browser, MAIL, GOOD);
        assert!(asked.status == 200 && browser.cookie("__Host-sessie").is_none());
        assert_eq!(try_login(&town, &mut Browser::default(), MAIL, "fout fout fout").status, 422);
        let now = town.app.clock.now();
        let used = authenticator::code(&secret, now);
        assert!(has_fault(&post(&mut browser, &step(&asked, &used)), "code"), "a code works once");
        let early = authenticator::code(&secret, now + 60 * SECOND);
        assert!(has_fault(&post(&mut browser, &step(&asked, &early)), "code"));
        let next = authenticator::code(&secret, now + 30 * SECOND);
        let mut forged = step(&asked, &next);
        forged[0].1 = secrets::id(NOW).unwrap();
        assert_eq!(post(&mut browser, &forged).status, 403);
        let mut forged = step(&asked, &next);
        forged[1].1 = (NOW + 1).to_string();
        assert_eq!(post(&mut browser, &forged).status, 403);
        assert_eq!(post(&mut browser, &step(&asked, &next)).status, 303);
        assert_eq!(browser.get(&town, "mijn").status, 200);
        // What says that the password was right holds for five minutes, not for ever.
        let late = |by: i64| {
            town.app.clock.forward(by);
            let mut browser = Browser::default();
            browser.get(&town, "inloggen");
            post(&mut browser, &step(&asked, &authenticator::code(&secret, town.app.clock.now()))).status
        };
        assert_eq!([late(5 * MINUTE - 1), late(1)], [303, 403]);
    }
}

#[test]
fn p14_codes_cannot_be_guessed_and_the_step_can_be_left_out_again() {
    let town = town();
    member(&town, BOSS, Role::Admin);
    let account = member(&town, MAIL, Role::Moderator);
    let secret = with_second_step(&town, &mut logged_in(&town, MAIL));
    let mut browser = Browser::default();
    let asked = try_login(&town, &mut browser, MAIL, GOOD);
    let mut guess = |code: &str| {
        let fields = step(&asked, code);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        browser.post(&town, "inloggen/code", &fields).status
    };
    let statuses: Vec<u16> = (0..5).map(|_| guess("1234567")).collect();
    assert_eq!(statuses, [422; 5]);
    assert_eq!(guess(&authenticator::code(&secret, NOW + 30 * SECOND)), 429);
    let mut boss = logged_in(&town, BOSS);
    boss.get(&town, &format!("beheer/leden?id={}", account.id));
    boss.post(&town, "beheer/leden", &[("lid", &account.id), ("doe", "code-uit")]);
    let mut browser = logged_in(&town, MAIL);
    with_second_step(&town, &mut browser);
    browser.get(&town, "mijn/stap");
    assert_eq!(browser.post(&town, "mijn/stap", &[("doe", "uit")]).status, 303);
    logged_in(&town, MAIL);
}

/// D2: what is logged is enough to see what happened, and holds nothing that opens anything or names anybody.
#[test]
fn d2_the_log_tells_what_happened_and_no_secret() {
    for town in all() {
        let account = member(&town, MAIL, Role::Member);
        let mut browser = at("192.0.2.77");
        try_login(&town, &mut browser, MAIL, "fout fout fout");
        try_login(&town, &mut browser, MAIL, GOOD);
        browser.get(&town, "mijn/gegevens");
        browser.post(&town, "mijn/gegevens", &[]);
        browser.get(&town, "uitloggen");
        browser.post(&town, "uitloggen", &[]);
        browser.get(&town, "wachtwoord-vergeten");
        browser.post(&town, "wachtwoord-vergeten", &[("mail", MAIL)]);
        let did = [
            "inloggen/mislukt",
            "inloggen/gelukt",
            "gegevens/gedownload",
            "inloggen/uit",
            "wachtwoord/gevraagd",
        ];
        assert_eq!(log(&town), BTreeSet::from(did.map(str::to_owned)));
        let entries = testing::log(&town.app.store);
        let network = entries[0].network.clone().unwrap();
        for entry in &entries {
            let text = format!("{entry:?}");
            for secret in [MAIL, "Noor", GOOD, "fout", "192.0.2"] {
                assert!(!text.contains(secret), "{text}");
            }
            assert_eq!(entry.network.as_ref(), Some(&network));
            assert!(entry.subject.as_ref().is_some_and(|subject| *subject == account.id));
        }
        town.app.clock.forward(31 * crate::reactions::clock::DAY);
        try_login(&town, &mut browser, MAIL, "fout fout fout");
        let later = testing::log(&town.app.store);
        assert_ne!(
            later[0].network.as_ref(),
            Some(&network),
            "a network cannot be followed for longer than a month"
        );
        assert!(town.said.lock().unwrap().is_empty());
    }
}
