//! The gates that every request passes, whatever it asks.

use super::people::member;
use super::testing::{Browser, NOW, town, towns};
use crate::reactions::clock::HOUR;
use crate::reactions::store::mails::Mail;
use crate::reactions::store::testing::stop_writing;

#[test]
fn the_health_page_answers_everybody_and_the_counters_only_the_token() {
    let (town, mut browser) = (town(), Browser::default());
    let health = browser.get(&town, "gezond");
    assert_eq!(health.status, 200);
    assert!(health.words().starts_with("goed\n"));
    assert_eq!(browser.get(&town, "meters").status, 404);
    browser.headers = vec![("Authorization", "Bearer the-token-of-the-builD".to_owned())];
    assert_eq!(browser.get(&town, "meters").status, 404);
    browser.headers = vec![("Authorization", "Bearer the-token-of-the-build".to_owned())];
    let counters = browser.get(&town, "meters");
    assert!(
        counters.words().contains("praktijk_reacties_antwoorden_total{route=\"gezond\",status=\"200\"} 1")
    );
}

#[test]
fn the_health_page_says_when_builds_or_mails_fail() {
    for town in towns(&serde_json::json!({})) {
        let said = || Browser::default().get(&town, "gezond").words().to_string();
        let mail = Mail {
            id: "M".to_owned(),
            account: None,
            recipient: "noor@gemeente.nl".to_owned(),
            template: "account-verwijderd".to_owned(),
            slots: "{}".to_owned(),
            created: NOW,
            attempts: 0,
        };
        let store = &town.app.store;
        store.write(|tx| tx.published_changed(NOW)).unwrap();
        store.write(|tx| tx.built(1, Some("kapot"), NOW)).unwrap();
        assert!(said().starts_with("mis\n") && said().contains("\nbouw: mislukt\n"), "{}", said());
        store.write(|tx| tx.built(1, None, NOW)).unwrap();
        store.write(|tx| tx.enqueue(&mail)).unwrap();
        store.write(|tx| tx.mail_failed("M", "later", Some(NOW), NOW)).unwrap();
        assert!(said().starts_with("goed\n") && said().contains("\nbouw: goed\n"), "{}", said());
        town.app.clock.forward(HOUR + 1);
        assert!(said().starts_with("mis\n"), "{}", said());
        store.write(|tx| tx.mail_failed("M", "nooit", None, NOW)).unwrap();
        assert!(said().starts_with("mis\n") && said().contains("niet lukten: 1\n"), "{}", said());
    }
}

#[test]
fn an_unknown_path_is_not_found_and_no_method_but_three_is_known() {
    let (town, mut browser) = (town(), Browser::default());
    for path in ["wp-login.php", "../etc/passwd", "gezond/", "%67ezond"] {
        assert_eq!(browser.get(&town, path).status, 404, "{path}");
    }
    for method in ["PUT", "DELETE", "TRACE", "OPTIONS", "POST"] {
        let answer = browser.ask(&town, method, "gezond", Vec::new());
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    assert!(browser.ask(&town, "HEAD", "gezond", Vec::new()).only_head);
}

/// C4: whoever asks from wherever, no answer lets another site read it.
#[test]
fn c4_no_answer_lets_another_site_read_it() {
    let (town, mut browser) = (town(), Browser::default());
    for origin in [
        "https://evil.example",
        "https://samenspel.example.evil.example",
        "null",
        "https://samenspel.example",
    ] {
        browser.headers = vec![("Origin", origin.to_owned())];
        for path in [
            "ik.json",
            "draad.json?pagina=prikbord",
            "pagina?id=prikbord",
            "atom?pagina=prikbord",
            "export.ndjson",
            "nergens",
        ] {
            let answer = browser.get(&town, path);
            let allows = |name: &&str| name.to_ascii_lowercase().starts_with("access-control-");
            assert!(!answer.all_headers().iter().any(|(name, _)| allows(name)), "{path} for {origin}");
        }
    }
}

/// C1: no GET or HEAD of any path changes anything, whoever is logged in.
#[test]
fn c1_looking_at_any_path_changes_nothing() {
    let town = town();
    let mut bea = super::people::person(&town, "Bea", "beheerder", &[]);
    let id = bea.remarks(&town, "praktijkvoorbeelden/verbinding", "Iets");
    let all = || crate::reactions::store::testing::all_texts(&town.app.store);
    let before = all();
    for route in super::ROUTES.iter().copied().flatten().filter(|route| route.get.is_some()) {
        for query in [
            "",
            &format!(
                "?reactie={id}&pagina=prikbord&id=prikbord&oordeel=verwijderen&doen=volg&kies=ja&uitleg=x&waarom=anders"
            ),
        ] {
            for method in ["GET", "HEAD"] {
                bea.browser.ask(&town, method, &format!("{}{query}", route.path), Vec::new());
            }
        }
    }
    assert_eq!(all(), before);
    assert!(!town.app.store.read(|tx| tx.follows(&bea.id, "prikbord")).unwrap());
}

/// What cannot be kept is shown again, as its writer may have no other copy; a password is not.
#[test]
fn what_was_written_is_shown_again_when_it_cannot_be_kept() {
    let town = town();
    let mut ad = member(&town, "Ad");
    let id = ad.remarks(&town, "praktijkvoorbeelden/verbinding", "Iets");
    ad.browser.get(&town, "pagina?id=praktijkvoorbeelden/verbinding");
    let fields = |path: &'static str| {
        let page =
            [("pagina", "praktijkvoorbeelden/verbinding"), ("soort", "vraag"), ("titel", "Bewaar de titel")];
        let rest = [("reactie", id.as_str()), ("waarom", "anders"), ("eenmalig", "0123456789abcdef")];
        let typed = [(if path == "melden" { "uitleg" } else { "tekst" }, "Bewaar <mij>")];
        [&page[..], &rest, &typed, &[("wachtwoord", "geheim genoeg")]].concat()
    };
    for path in ["wijzigen", "melden"] {
        let stale = ad.browser.post(&town, path, &[&fields(path)[..], &[("formulier", "x")]].concat());
        assert!(stale.status == 403 && stale.words().contains("Bewaar &lt;mij&gt;"), "{}", stale.words());
    }
    stop_writing(&town.app.store);
    for path in ["plaatsen", "wijzigen"] {
        let refused = ad.browser.post(&town, path, &fields(path));
        let words = refused.words();
        assert!(refused.status == 503 && words.contains("Lezen kan wel."), "{path}: {words}");
        assert!(
            words.contains("Bewaar &lt;mij&gt;</textarea>") && words.contains("Bewaar de titel"),
            "{path}"
        );
        assert!(!words.contains("geheim genoeg") && !words.contains("niets verloren"));
    }
    // What another website sent is put before nobody here.
    ad.browser.headers = vec![("Sec-Fetch-Site", "cross-site".to_owned())];
    let foreign = ad.browser.post(&town, "plaatsen", &fields("plaatsen"));
    assert!(foreign.status == 403 && !foreign.words().contains("Bewaar &lt;mij&gt;"));
}

/// Reading goes on when nothing can be written, also for whoever is logged in.
#[test]
fn reading_goes_on_when_nothing_can_be_written() {
    let town = town();
    let mut ad = member(&town, "Ad");
    let page = "pagina?id=praktijkvoorbeelden/verbinding";
    stop_writing(&town.app.store);
    town.app.clock.forward(6 * 60_000);
    let answer = ad.browser.get(&town, page);
    assert_eq!(answer.status, 200, "{}", answer.words());
    assert!(ad.browser.get(&town, "ik.json").words().contains("\"ingelogd\":true"));
    assert!(town.said.lock().unwrap().iter().any(|line| line.contains("inlog")));
}

/// H9: what goes wrong in one answer is told without a word of the machine, and the next one is given.
#[test]
fn h9_a_panic_is_one_answer_and_the_next_works() {
    let mut town = town();
    let mut ad = member(&town, "Ad");
    town.app.wake = Box::new(|| panic!("the bell broke"));
    let answer = ad.says(
        &town,
        "praktijkvoorbeelden/verbinding",
        &[("soort", "opmerking"), ("tekst", "Goed gedaan.")],
    );
    assert_eq!(answer.status, 500, "{}", answer.words());
    assert!(
        !answer.words().contains("bell") && answer.words().contains("Dit ligt aan ons"),
        "{}",
        answer.words()
    );
    town.app.wake = Box::new(|| {});
    let answer = ad.says(
        &town,
        "praktijkvoorbeelden/verbinding",
        &[("soort", "opmerking"), ("tekst", "En nog iets.")],
    );
    assert_eq!(answer.status, 303, "{}", answer.words());
    assert!(town.said.lock().unwrap().iter().any(|line| line.contains("\"route\":\"plaatsen\"")));
}
