//! What a member looks after: profile, password, address, logins, data, and leaving.

use super::*;
use crate::reactions::clock::{HOUR, MINUTE};

const MAIL: &str = "noor@gemeente.example";
const NEW: &str = "noor@jeugd.example";

/// A reaction of a member, on a page, in a state.
fn wrote(town: &Town, account: &str, state: &str, text: &str) -> String {
    let id = secrets::id(NOW).unwrap();
    town.app.store.write(|tx| tx.put_reaction_for_tests(&id, account, state, text)).unwrap();
    id
}

#[test]
fn a_profile_is_kept_and_only_what_is_ticked_is_listed() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        member(&town, "kijker@gemeente.example", Role::Member);
        assert_eq!(Browser::default().get(&town, "deelnemers").status, 303);
        let (mut browser, mut other) = (logged_in(&town, MAIL), logged_in(&town, "kijker@gemeente.example"));
        let seen = other.get(&town, "deelnemers");
        assert!(!seen.words().contains("<bdi>Noor") && seen.words().contains("Er staat nog niemand"));
        browser.get(&town, "mijn");
        let words = [("naam", "Noor <b>"), ("over", "Wijkteam"), ("voorstellen", "Dag!\n\nIk ben Noor.")];
        let answer = browser.post(&town, "mijn", &[words.as_slice(), &[("op-lijst", "ja")]].concat());
        let page = browser.follow(&town, &answer);
        assert!(
            page.words().contains("Uw profiel is bewaard") && page.words().contains("value=\"Wijkteam\"")
        );
        let seen = other.get(&town, "deelnemers");
        assert!(
            seen.words().contains("<bdi>Noor &lt;b&gt;</bdi>") && seen.words().contains("Ik ben Noor."),
            "{}",
            seen.words()
        );
        assert!(!seen.words().contains("Wijkteam") && !seen.words().contains(MAIL));
        browser.post(
            &town,
            "mijn",
            &[words.as_slice(), &[("op-lijst", "ja"), ("op-lijst-over", "ja")]].concat(),
        );
        assert!(other.get(&town, "deelnemers").words().contains("Wijkteam"));
        browser.post(&town, "mijn", &[words.as_slice(), &[("op-lijst-over", "ja")]].concat());
        assert!(!other.get(&town, "deelnemers").words().contains("Noor &lt;"));
    }
}

#[test]
fn a_profile_that_is_wrong_is_not_kept_and_not_lost() {
    let town = crate::reactions::routes::testing::town();
    member(&town, MAIL, Role::Member);
    let mut browser = logged_in(&town, MAIL);
    browser.get(&town, "mijn");
    let long = "a".repeat(601);
    let answer = browser.post(&town, "mijn", &[("naam", ""), ("over", &long[..121]), ("voorstellen", &long)]);
    assert!(answer.status == 422 && answer.words().contains(&long));
    for field in ["naam", "over", "voorstellen"] {
        assert!(has_fault(&answer, field), "{field}");
    }
    assert_eq!(of(&town, MAIL).name, "Noor de Boer");
    assert_eq!(browser.post(&town, "mijn", &[("naam", "De beheerder")]).status, 422);
}

/// A profile stands on the site unread, so what would make a reaction wait is refused there, and so is who passes for one of
/// the editors.
#[test]
fn a_profile_walks_around_no_moderator() {
    for town in towns(&json!({"words": ["konijn"]})) {
        member(&town, MAIL, Role::Member);
        member(&town, "mo@gemeente.example", Role::Moderator);
        let mut browser = logged_in(&town, MAIL);
        browser.get(&town, "mijn");
        for (field, typed) in [
            ("naam", "Noor 06-12345678"),
            ("naam", "Noor Konijn"),
            ("over", "Bel mij op 06-12345678"),
            ("over", "Noem het konijn"),
            ("over", "Moderator"),
            ("over", "De redactie van Samenspel"),
            ("voorstellen", "Mail mij op jan.jansen@voorbeeld.nl"),
        ] {
            let fields = [("naam", "Noor"), ("over", "Wijkteam"), ("voorstellen", "Dag")];
            let fields = fields.map(|(name, value)| (name, if name == field { typed } else { value }));
            let refused = browser.post(&town, "mijn", &fields);
            assert!(refused.status == 422 && has_fault(&refused, field), "{field}: {typed}");
            assert!(!refused.words().contains("een moderator leest"), "nobody reads it: {typed}");
        }
        let kept = of(&town, MAIL);
        assert_eq!((kept.name.as_str(), kept.about), ("Noor de Boer", None));
        let mut moderator = logged_in(&town, "mo@gemeente.example");
        moderator.get(&town, "mijn");
        assert_eq!(moderator.post(&town, "mijn", &[("naam", "Mo"), ("over", "Moderator")]).status, 303);
    }
    let mut browser = Browser::default();
    let town = crate::reactions::routes::testing::town();
    browser.get(&town, "aanmelden");
    let fields = [("naam", "Bel 06-12345678"), ("mail", MAIL), ("wachtwoord", GOOD)];
    assert!(has_fault(&browser.post(&town, "aanmelden", &fields), "naam"));
}

/// The site shows the name of who wrote something, so another name is another site.
#[test]
fn another_name_has_the_site_built_anew_where_it_stands() {
    for town in all() {
        let account = member(&town, MAIL, Role::Member);
        let mut browser = logged_in(&town, MAIL);
        browser.get(&town, "mijn");
        let revision = || town.app.store.read(|tx| tx.revision()).unwrap();
        browser.post(&town, "mijn", &[("naam", "Noor")]);
        assert_eq!(revision(), 0);
        wrote(&town, &account.id, "geplaatst", "Dag.");
        browser.post(&town, "mijn", &[("naam", "Noor"), ("voorstellen", "Dag.")]);
        assert_eq!(revision(), 0);
        browser.post(&town, "mijn", &[("naam", "Noortje")]);
        assert_eq!(revision(), 1);
    }
}

/// P8: the old password is asked, every other login ends, this one gets a new token, the owner is told.
#[test]
fn p8_another_password() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        let (mut browser, mut other) = (logged_in(&town, MAIL), logged_in(&town, MAIL));
        let before = browser.cookie("__Host-sessie").unwrap().to_owned();
        browser.get(&town, "mijn/wachtwoord");
        let mut change = |old: &str, new: &str| {
            let answer = browser.post(&town, "mijn/wachtwoord", &[("wachtwoord", old), ("nieuw", new)]);
            (answer, browser.cookie("__Host-sessie").unwrap().to_owned())
        };
        assert!(has_fault(&change("fout fout fout", "kano lantaarn dakpan acht").0, "wachtwoord"));
        assert!(has_fault(&change(GOOD, "welkom01").0, "nieuw"));
        assert!(has_fault(&change(GOOD, "Noor de Boer").0, "nieuw"));
        assert_eq!(other.get(&town, "mijn").status, 200);
        let (done, after) = change(GOOD, "kano lantaarn dakpan acht");
        assert_eq!(done.status, 303, "{}", done.words());
        assert_ne!(before, after);
        assert_eq!(other.get(&town, "mijn").status, 303);
        assert!(browser.follow(&town, &done).words().contains("Uw nieuwe wachtwoord is bewaard"));
        let mut thief = Browser::default();
        thief.set_cookie("__Host-sessie", Some(&before));
        assert_eq!(thief.get(&town, "mijn").status, 303);
        assert_eq!(
            mailed(&town, "wachtwoord-gewijzigd", MAIL),
            json!({"wanneer": "22 november 2026, 10:00"})
        );
        assert_eq!(try_login(&town, &mut Browser::default(), MAIL, GOOD).status, 422);
    }
}

/// P12: who found the screen open cannot guess on.
#[test]
fn p12_a_password_that_is_asked_again_cannot_be_guessed() {
    let town = crate::reactions::routes::testing::town();
    member(&town, MAIL, Role::Member);
    let mut browser = logged_in(&town, MAIL);
    for (path, more) in [
        ("mijn/wachtwoord", ("nieuw", "kano lantaarn dakpan acht")),
        ("mijn/verwijderen", ("reacties", "weg")),
        ("wachtwoord-nogmaals", ("x", "")),
    ] {
        browser.get(&town, path);
        let mut guess = || browser.post(&town, path, &[("wachtwoord", "fout fout fout"), more]).status;
        let statuses: Vec<u16> = (0..6).map(|_| guess()).collect();
        assert_eq!(statuses, [422, 422, 422, 422, 422, 429], "{path}");
        town.app.clock.forward(HOUR);
        logged_in(&town, MAIL);
    }
}

/// P11: confirmed on the new address, told on the old one, with the password given lately.
#[test]
fn p11_another_address() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        let mut browser = logged_in(&town, MAIL);
        browser.get(&town, "wachtwoord-vergeten");
        browser.post(&town, "wachtwoord-vergeten", &[("mail", MAIL)]);
        let old_link = mailed(&town, "wachtwoord-nieuw", MAIL);
        town.app.clock.forward(15 * MINUTE);
        assert!(
            browser.get(&town, "mijn/mailadres").header("location").unwrap().contains("wachtwoord-nogmaals")
        );
        browser.get(&town, "wachtwoord-nogmaals");
        browser.post(&town, "wachtwoord-nogmaals", &[("wachtwoord", GOOD)]);
        for wrong in ["", "noor", "NOOR@gemeente.example"] {
            assert!(
                has_fault(&browser.post(&town, "mijn/mailadres", &[("nieuw", wrong)]), "nieuw"),
                "{wrong}"
            );
        }
        let answer = browser.post(&town, "mijn/mailadres", &[("nieuw", NEW)]);
        assert!(browser.follow(&town, &answer).words().contains(NEW));
        assert_eq!(of(&town, MAIL).mail, MAIL, "nothing changed yet");
        let slots = mailed(&town, "mailadres-wijzigen", NEW);
        let mut elsewhere = Browser::default();
        elsewhere.get(&town, &link(&town, &slots));
        assert_eq!(of(&town, MAIL).mail, MAIL);
        assert_eq!(elsewhere.post(&town, "bevestigen", &[("sleutel", &sent(&town, &slots))]).status, 303);
        assert_eq!(of(&town, NEW).mail, NEW);
        mailed(&town, "mailadres-gewijzigd", MAIL);
        assert_eq!(browser.get(&town, "mijn").status, 303, "all logins ended");
        assert_eq!(
            elsewhere.get(&town, &link(&town, &old_link)).status,
            404,
            "a link to the old address is dead"
        );
        logged_in(&town, NEW);
    }
}

#[test]
fn p11_another_address_by_code_and_not_that_of_somebody_else() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        member(&town, "bekend@gemeente.example", Role::Member);
        let mut browser = logged_in(&town, MAIL);
        browser.get(&town, "mijn/mailadres");
        let known = browser.post(&town, "mijn/mailadres", &[("nieuw", "bekend@gemeente.example")]);
        let known_page = browser.follow(&town, &known).words().replace("bekend@gemeente.example", "");
        mailed(&town, "u-heeft-al-een-account", "bekend@gemeente.example");
        let unknown = browser.post(&town, "mijn/mailadres", &[("nieuw", NEW)]);
        let unknown_page = browser.follow(&town, &unknown).words().replace(NEW, "");
        assert_eq!(known_page, unknown_page, "P10");
        assert!(has_fault(&browser.post(&town, "mijn/mailadres", &[("code", "1234")]), "code"));
        let code = code(&town, &mailed(&town, "mailadres-wijzigen", NEW));
        assert_eq!(browser.post(&town, "mijn/mailadres", &[("code", &code)]).status, 303);
        assert_eq!(of(&town, NEW).name, "Noor de Boer");
    }
}

/// P15 holds for another address, too.
#[test]
fn p15_another_address_is_of_the_same_domains() {
    for town in towns(&json!({"domains": ["gemeente.example"]})) {
        member(&town, MAIL, Role::Member);
        let mut browser = logged_in(&town, MAIL);
        browser.get(&town, "mijn/mailadres");
        assert!(has_fault(&browser.post(&town, "mijn/mailadres", &[("nieuw", NEW)]), "nieuw"));
    }
}

/// S3: members see their logins and end them; H10: nobody else's.
#[test]
fn s3_logins_are_seen_and_ended() {
    for town in all() {
        member(&town, MAIL, Role::Member);
        let other = member(&town, "ander@gemeente.example", Role::Member);
        let mut browser = logged_in(&town, MAIL);
        let agent =
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605 Version/19 Safari/604";
        let mut phone = sending("User-Agent", agent);
        try_login(&town, &mut phone, MAIL, GOOD);
        let page = browser.get(&town, "mijn/sessies");
        assert!(page.words().contains("Safari op een iPhone") && page.words().contains("nu, dit apparaat"));
        let theirs = logged_in(&town, "ander@gemeente.example");
        let of_other = town.app.store.read(|tx| tx.sessions_of(&other.id, 0, 0)).unwrap()[0].id.clone();
        assert_eq!(browser.post(&town, "mijn/sessies", &[("welke", &of_other)]).status, 404);
        let mut theirs = theirs;
        assert_eq!(theirs.get(&town, "mijn").status, 200);
        let account = of(&town, MAIL);
        let sessions = town.app.store.read(|tx| tx.sessions_of(&account.id, 0, 0)).unwrap();
        let of_phone = sessions.iter().find(|session| session.device.contains("iPhone")).unwrap();
        assert_eq!(browser.post(&town, "mijn/sessies", &[("welke", &of_phone.id)]).status, 303);
        assert_eq!((phone.get(&town, "mijn").status, browser.get(&town, "mijn").status), (303, 200));
        try_login(&town, &mut phone, MAIL, GOOD);
        browser.get(&town, "mijn/sessies");
        assert_eq!(browser.post(&town, "mijn/sessies", &[("welke", "andere")]).status, 303);
        assert_eq!((phone.get(&town, "mijn").status, browser.get(&town, "mijn").status), (303, 200));
    }
}

/// D1.
#[test]
fn d1_a_member_takes_its_data_along() {
    for town in all() {
        let account = member(&town, MAIL, Role::Member);
        let reaction = wrote(&town, &account.id, "afgewezen", "Wat ik schreef.");
        let other = member(&town, "ander@gemeente.example", Role::Moderator);
        wrote(&town, &other.id, "geplaatst", "Van een ander.");
        let decided = crate::reactions::store::audit::Entry {
            id: secrets::id(NOW).unwrap(),
            at: NOW,
            actor: Some(other.id.clone()),
            action: "reactie/afgewezen".to_owned(),
            subject: Some(reaction),
            detail: Some("Er staat een naam in.".to_owned()),
            network: None,
        };
        town.app.store.write(|tx| tx.note(&decided)).unwrap();
        let mut browser = logged_in(&town, MAIL);
        browser.get(&town, "mijn/gegevens");
        let answer = browser.post(&town, "mijn/gegevens", &[]);
        assert_eq!(answer.header("content-disposition"), Some("attachment; filename=\"mijn-gegevens.json\""));
        let data: Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(data["profiel"]["mailadres"], MAIL);
        assert_eq!(data["reacties"][0]["tekst"], "Wat ik schreef.");
        assert_eq!(data["reacties"].as_array().unwrap().len(), 1);
        assert_eq!(data["ingelogd"][0]["apparaat"], "Een browser op een ander apparaat");
        let reasons: Vec<&Value> =
            data["logboek"].as_array().unwrap().iter().map(|line| &line["toelichting"]).collect();
        assert!(reasons.contains(&&json!("Er staat een naam in.")), "{data}");
        let text = answer.words();
        assert!(
            !text.contains("argon2") && !text.contains(&other.id) && !text.contains("Van een ander"),
            "{text}"
        );
        assert!(!text.contains(browser.cookie("__Host-sessie").unwrap()));
        town.app.clock.forward(15 * MINUTE);
        assert!(
            browser
                .post(&town, "mijn/gegevens", &[])
                .header("location")
                .unwrap()
                .contains("wachtwoord-nogmaals")
        );
    }
}

fn leave(town: &Town, browser: &mut Browser, reactions: &str, password: &str) -> Response {
    browser.get(town, "mijn/verwijderen");
    browser.post(town, "mijn/verwijderen", &[("reacties", reactions), ("wachtwoord", password)])
}

/// D1: afterwards neither the tables nor the raw files of the database hold a trace of the member.
#[test]
fn d1_who_leaves_leaves_no_trace() {
    const NAME: &str = "Wilhelmina Zonderspoor";
    for town in all() {
        let account = member(&town, MAIL, Role::Member);
        let mut browser = logged_in(&town, MAIL);
        let mut elsewhere = logged_in(&town, MAIL);
        browser.get(&town, "mijn");
        browser.post(
            &town,
            "mijn",
            &[("naam", NAME), ("over", "Wijkteam Spoorloos"), ("voorstellen", "Onvindbaar.")],
        );
        let placed = wrote(&town, &account.id, "geplaatst", "Eigenwoordig.");
        wrote(&town, &account.id, "wacht", "Eigenwoordig.");
        browser.get(&town, "wachtwoord-vergeten");
        browser.post(&town, "wachtwoord-vergeten", &[("mail", MAIL)]);
        let page = browser.get(&town, "mijn/verwijderen").words().into_owned();
        let button = page.find("Verwijder mijn account</button>").unwrap();
        for said in ["Meteen weg", "Niet meteen weg", "Wat blijft", "niet terugdraaien"] {
            assert!(page.find(said).is_some_and(|at| at < button), "{said}");
        }
        assert!(has_fault(&leave(&town, &mut browser, "", GOOD), "reacties"));
        assert!(has_fault(&leave(&town, &mut browser, "weg", "fout fout fout"), "wachtwoord"));
        let done = leave(&town, &mut browser, "weg", GOOD);
        assert!(done.status == 200 && done.words().contains("Uw account is verwijderd"), "{}", done.words());
        assert!(browser.cookie("__Host-sessie").is_none());
        assert_eq!(elsewhere.get(&town, "mijn").status, 303);
        assert_eq!(try_login(&town, &mut Browser::default(), MAIL, GOOD).status, 422);
        let mails = town.mails();
        assert_eq!(mails.len(), 1);
        assert_eq!(mailed(&town, "account-verwijderd", MAIL), json!({"blijft": "nee"}));
        assert_eq!(town.app.store.read(|tx| tx.revision()).unwrap(), 1);
        for gone in [&account.id, &placed] {
            assert!(town.app.store.read(|tx| tx.was_deleted_for_tests(gone)).unwrap());
        }
        let log = testing::log(&town.app.store);
        assert!(log.iter().all(|entry| entry.actor.as_deref() != Some(account.id.as_str())));
        assert!(log.iter().all(|entry| entry.subject.as_deref() != Some(account.id.as_str())));
        no_trace(&town, &["Zonderspoor", "Noor de Boer", "Spoorloos", "Onvindbaar", "Eigenwoordig"]);
        // The last mail goes out, and with it the last trace.
        town.empty_the_mail();
        town.app.store.forget().unwrap();
        no_trace(&town, &[MAIL]);
    }
}

/// The raw files of the database hold none of these.
fn no_trace(town: &Town, traces: &[&str]) {
    let Some(file) = town.app.store.file() else { return };
    let folder = std::fs::read_dir(file.parent().unwrap()).unwrap();
    for file in folder.map(|file| file.unwrap().path()) {
        let raw = std::fs::read(&file).unwrap();
        for trace in traces {
            let at = raw.windows(trace.len()).position(|window| window == trace.as_bytes());
            assert_eq!(at, None, "{trace} in {}", file.display());
        }
    }
}

/// D1: reactions may stay, of nobody.
#[test]
fn d1_who_leaves_may_let_reactions_stand() {
    for town in all() {
        let account = member(&town, MAIL, Role::Member);
        let placed = wrote(&town, &account.id, "geplaatst", "Dit mag blijven.");
        let waits = wrote(&town, &account.id, "wacht", "Dit niet.");
        let mut browser = logged_in(&town, MAIL);
        assert_eq!(leave(&town, &mut browser, "blijven", GOOD).status, 200);
        let of = |id: &str| town.app.store.read(|tx| tx.text_for_tests(id)).unwrap();
        assert_eq!(of(&placed), Some(("Dit mag blijven.".to_owned(), None)));
        assert_eq!(of(&waits), None);
        assert!(!town.app.store.read(|tx| tx.was_deleted_for_tests(&placed)).unwrap());
        assert_eq!(mailed(&town, "account-verwijderd", MAIL), json!({"blijft": "ja"}));
        assert_eq!(town.app.store.read(|tx| tx.revision()).unwrap(), 1);
        // The address is free again.
        member(&town, MAIL, Role::Member);
    }
}

#[test]
fn the_last_beheerder_cannot_leave() {
    for town in all() {
        member(&town, MAIL, Role::Admin);
        let mut browser = logged_in(&town, MAIL);
        let answer = leave(&town, &mut browser, "weg", GOOD);
        assert!(answer.words().contains("U bent de enige beheerder"));
        member(&town, "ander@gemeente.example", Role::Admin);
        assert_eq!(leave(&town, &mut browser, "weg", GOOD).status, 200);
    }
}

#[test]
fn the_first_page_is_for_whoever_comes() {
    let town = crate::reactions::routes::testing::town();
    let page = Browser::default().get(&town, "");
    assert!(page.words().contains("/reacties/aanmelden") && page.words().contains("0800-2000"));
    for (role, sees) in
        [(Role::Member, [false, false]), (Role::Moderator, [true, false]), (Role::Admin, [true, true])]
    {
        let mail = format!("{}@gemeente.example", role.word());
        member(&town, &mail, role);
        let page = logged_in(&town, &mail).get(&town, "");
        let words = page.words();
        assert!(words.contains("Noor de Boer") && words.contains("/reacties/mijn/reacties"));
        assert_eq!([words.contains("op een oordeel"), words.contains("/reacties/beheer/leden")], sees);
        assert!(!words.contains(&mail));
    }
}
