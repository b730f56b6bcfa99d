//! From a form to a text that is kept once.

use serde_json::json;

use crate::reactions::routes::people::{browser_of, field, member, new_id, person, state};
use crate::reactions::routes::testing::{Browser, NOT_SENT, Town, towns};
use crate::reactions::store::testing::change;

const PAGE: &str = "praktijkvoorbeelden/verbinding";
const KEY: &str = "0123456789abcdef";

fn all() -> Vec<Town> {
    towns(&json!({}))
}

/// How many reactions there are.
fn count(town: &Town) -> usize {
    let waiting = town.app.store.read(|tx| tx.waiting_after("", 1000)).unwrap().len();
    waiting + town.app.store.read(|tx| tx.published()).unwrap().items.len()
}

#[test]
fn a_text_is_kept_and_only_its_writer_sees_it_until_a_moderator_did() {
    for town in all() {
        let (mut an, mut ben) = (member(&town, "An"), member(&town, "Ben"));
        let answer =
            an.says(&town, PAGE, &[("soort", "vraag"), ("titel", "Hoe dan?"), ("tekst", "Wie *weet* het?")]);
        let shown = an.browser.follow(&town, &answer);
        assert!(shown.words().contains("Een moderator leest hem eerst"), "{}", shown.words());
        assert!(
            shown.words().contains("Wie <em>weet</em> het?") && shown.words().contains("Alleen u ziet dit")
        );
        let path = format!("pagina?id={PAGE}");
        assert!(!ben.browser.get(&town, &path).words().contains("weet"));
        assert!(!Browser::default().get(&town, &path).words().contains("weet"));
        assert!(an.browser.get(&town, "mijn/reacties").words().contains("Wacht op een moderator"));
        assert!(!ben.browser.get(&town, "mijn/reacties").words().contains("Hoe dan"));
        assert_eq!(ben.browser.get(&town, "pagina?id=niets").status, 404);
    }
}

/// The unhappy ways of the form: what is wrong stands by its field, and what was typed stays.
#[test]
fn what_is_wrong_is_said_by_its_field_and_nothing_typed_is_lost() {
    let long = "a".repeat(5001);
    let title = "t".repeat(161);
    let notice = |kind, day| {
        vec![
            ("soort", "bericht"),
            ("titel", "Bewaar mij"),
            ("tekst", "x"),
            ("bericht_soort", kind),
            ("verloopt_op", day),
        ]
    };
    // The page, the fields, and the one that is wrong.
    type Case<'a> = (&'a str, Vec<(&'a str, &'a str)>, &'a str);
    let cases: Vec<Case<'_>> = vec![
        (PAGE, vec![("tekst", "bewaar mij")], "soort"),
        (PAGE, vec![("soort", "bericht"), ("tekst", "bewaar mij")], "soort"),
        (PAGE, vec![("soort", "onzin"), ("tekst", "bewaar mij")], "soort"),
        (PAGE, vec![("soort", "opmerking"), ("tekst", " \u{200b}\n ")], "tekst"),
        (PAGE, vec![("soort", "opmerking"), ("tekst", "***")], "tekst"),
        (PAGE, vec![("soort", "opmerking"), ("tekst", &long)], "tekst"),
        (PAGE, vec![("soort", "vraag"), ("titel", " "), ("tekst", "bewaar mij")], "titel"),
        ("vraag-en-antwoord", vec![("soort", "vraag"), ("titel", &title), ("tekst", "bewaar mij")], "titel"),
        (
            "prikbord",
            vec![
                ("soort", "bericht"),
                ("tekst", "bewaar mij"),
                ("bericht_soort", "oproep"),
                ("verloopt_op", "2026-12-01"),
            ],
            "titel",
        ),
        ("prikbord", notice("", "2026-12-01"), "bericht_soort"),
        ("prikbord", notice("weggegeven", "2026-12-01"), "bericht_soort"),
        ("prikbord", notice("gezocht", ""), "verloopt_op"),
        ("prikbord", notice("gezocht", "2026-11-21"), "verloopt_op"),
        ("prikbord", notice("gezocht", "2027-02-21"), "verloopt_op"),
        ("prikbord", notice("gezocht", "2026-02-30"), "verloopt_op"),
        ("prikbord", notice("gezocht", "1 december"), "verloopt_op"),
    ];
    for town in all() {
        for (at, (page, fields, wrong)) in cases.iter().enumerate() {
            let mut an = member(&town, &format!("An {at}"));
            let answer = an.says(&town, page, fields);
            assert_eq!(answer.status, 422, "{fields:?}");
            let words = answer.words();
            assert!(words.contains(&format!("id=\"{wrong}-fout\"")), "{wrong} {fields:?}: {words}");
            assert!(words.contains(&format!("<a href=\"#{wrong}\">")) && words.contains("fout-lijst"));
            for typed in fields
                .iter()
                .filter(|(name, value)| matches!(*name, "tekst" | "titel") && value.trim().len() > 5)
            {
                assert!(words.contains(typed.1), "{fields:?}: lost");
            }
            an.browser.headers = vec![("Accept", "application/json".to_owned())];
            let key = [("eenmalig", KEY), ("pagina", *page)];
            let data = an.browser.post(&town, "plaatsen", &[&key[..], fields].concat());
            let data: serde_json::Value = serde_json::from_slice(&data.body).unwrap();
            assert!(data["fouten"][wrong].is_string() && data["uitleg"].is_string(), "{data}");
        }
        assert_eq!(count(&town), 0);
    }
}

#[test]
fn a_notice_has_its_last_day_today_at_the_earliest_and_ninety_days_ahead_at_the_latest() {
    for town in all() {
        let mut an = member(&town, "An");
        for day in ["2026-11-22", "2027-02-20"] {
            let fields = [
                ("soort", "bericht"),
                ("titel", "Oproep"),
                ("tekst", "Wie?"),
                ("bericht_soort", "oproep"),
                ("verloopt_op", day),
            ];
            let id = new_id(&an.says(&town, "prikbord", &fields));
            let kept = town.app.store.read(|tx| tx.reaction(&id)).unwrap().unwrap();
            assert_eq!((kept.expires.as_deref(), kept.notice.as_deref()), (Some(day), Some("oproep")));
        }
    }
}

/// A form of the static page, without a script: no token, not logged in. What was written goes along, in no address and
/// no cookie.
#[test]
fn who_must_log_in_first_keeps_what_was_written() {
    for town in all() {
        let mut an = Browser::default();
        let typed = "Bewaar *deze* tekst & \"die\"\n\ntweede";
        let fields = [("pagina", PAGE), ("soort", "ervaring"), ("titel", "Over <dit>"), ("tekst", typed)];
        let first = an.post(&town, "plaatsen", &fields);
        assert_eq!(first.status, 200);
        let words = first.words().into_owned();
        assert!(
            words.contains("/reacties/inloggen?terug=%2Freacties%2Fingelogd\" target=\"_blank\""),
            "{words}"
        );
        assert!(first.headers.iter().all(|(_, value)| !value.as_str().contains("Bewaar")));
        assert!(!words.split("href=").skip(1).any(|rest| rest.split('>').next().unwrap().contains("Bewaar")));
        // In the other tab of the same browser the login happens; then the button is pressed.
        let account = member(&town, "An").id;
        let mut an = browser_of(&town, &account);
        assert!(an.get(&town, "ingelogd").words().contains("Ga nu terug naar het tabblad"));
        let sent: Vec<(String, String)> = ["pagina", "soort", "titel", "tekst"]
            .map(|name| (name.to_owned(), unescaped(&field(&first, name))))
            .to_vec();
        assert_eq!(sent[3].1, typed);
        let sent: Vec<(&str, &str)> =
            sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        an.set_cookie("__Host-vorm", None);
        let second = an.ask(&town, "POST", "plaatsen", encoded(&sent));
        assert_eq!(second.status, 200);
        assert!(
            second.words().contains("Klopt dit zo?") && second.words().contains("Bewaar <em>deze</em> tekst")
        );
        assert_eq!(count(&town), 0, "nothing is kept before it was looked at");
        let key = field(&second, "eenmalig");
        let mut sent = sent;
        sent.push(("eenmalig", &key));
        let third = an.post(&town, "plaatsen", &sent);
        let kept = town.app.store.read(|tx| tx.reaction(&new_id(&third))).unwrap().unwrap();
        assert_eq!((kept.text.as_str(), kept.title.as_deref()), (typed, Some("Over <dit>")));
    }
}

fn encoded(fields: &[(&str, &str)]) -> Vec<u8> {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish().into_bytes()
}

fn unescaped(html: &str) -> String {
    html.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

/// C1, C2, C3: nothing is kept by a GET, from elsewhere, without the token of this very visitor, or from another type.
#[test]
fn c1_c2_c3_nothing_is_posted_but_by_a_form_of_ours() {
    for town in all() {
        let (mut an, mut ben) = (member(&town, "An"), member(&town, "Ben"));
        let theirs = field(&ben.browser.get(&town, &format!("pagina?id={PAGE}")), "formulier");
        an.browser.get(&town, &format!("pagina?id={PAGE}"));
        let fields = [("pagina", PAGE), ("soort", "opmerking"), ("tekst", "stil"), ("eenmalig", KEY)];
        let query = String::from_utf8(encoded(&fields)).unwrap();
        assert_eq!(an.browser.get(&town, &format!("plaatsen?{query}")).status, 405);
        for token in ["", "x", &theirs] {
            let answer = an.browser.post(&town, "plaatsen", &[&fields[..], &[("formulier", token)]].concat());
            assert!(answer.words().contains("Klopt dit zo?"), "asked once more, with {token:?}");
        }
        for site in ["cross-site", "same-site", ""] {
            an.browser.headers = vec![("Sec-Fetch-Site", site.to_owned())];
            assert_eq!(an.browser.post(&town, "plaatsen", &fields).status, 403, "{site}");
        }
        // A page of the site sends no referrer, so that old browsers say `Origin: null`: nothing is kept, nothing is lost.
        an.browser.headers = vec![("Sec-Fetch-Site", NOT_SENT.to_owned()), ("Origin", "null".to_owned())];
        let shown = an.browser.post(&town, "plaatsen", &[&fields[..], &[("formulier", "")]].concat());
        assert!(shown.status == 200 && shown.words().contains("Klopt dit zo?"));
        let shown = {
            let mut old = Browser::default();
            old.headers.clone_from(&an.browser.headers);
            old.post(&town, "plaatsen", &fields)
        };
        assert!(shown.status == 200 && shown.words().contains("Uw tekst is er nog"));
        for media in ["text/plain", "application/json", "multipart/form-data; boundary=x", ""] {
            an.browser.headers = vec![("Content-Type", media.to_owned())];
            assert_eq!(an.browser.post(&town, "plaatsen", &fields).status, 415, "{media}");
        }
        an.browser.headers = vec![("Accept", "application/json".to_owned())];
        let answer = an.browser.post(&town, "plaatsen", &[&fields[..], &[("formulier", &theirs)]].concat());
        assert_eq!(answer.status, 403);
        assert_eq!(count(&town), 0);
    }
}

/// H5: a field twice, broken bytes, control characters and too much are refused.
#[test]
fn h5_a_body_that_is_no_form_is_refused() {
    for town in all() {
        let mut an = member(&town, "An");
        an.browser.get(&town, &format!("pagina?id={PAGE}"));
        for body in
            ["tekst=a&tekst=b", "tekst=%ff", "tekst=%00", "tekst=%", &format!("tekst={}", "a".repeat(20_001))]
        {
            assert_eq!(an.browser.ask(&town, "POST", "plaatsen", body.into()).status, 400, "{body:.30}");
        }
        assert_eq!(count(&town), 0);
    }
}

/// H11: a double click, also at the same moment, is one reaction; the key of somebody else is refused.
#[test]
fn h11_a_form_sent_twice_is_one_reaction() {
    for town in all() {
        let mut an = member(&town, "An");
        let fields = [("soort", "opmerking"), ("tekst", "Een keer"), ("eenmalig", KEY)];
        let first = new_id(&an.says(&town, PAGE, &fields));
        assert_eq!(new_id(&an.says(&town, PAGE, &fields)), first);
        an.browser.headers = vec![("Accept", "application/json".to_owned())];
        let again = an.browser.post(&town, "plaatsen", &[&fields[..], &[("pagina", PAGE)]].concat());
        let again: serde_json::Value = serde_json::from_slice(&again.body).unwrap();
        assert_eq!((&again["id"], &again["stand"]), (&json!(first), &json!("wacht")));
        let mut ben = member(&town, "Ben");
        let theirs = ben.says(&town, PAGE, &fields);
        assert!(theirs.status == 200 && theirs.words().contains("Klopt dit zo?"));
        assert_ne!(field(&theirs, "eenmalig"), KEY);
        // Going back and writing something else in the same form loses nothing.
        an.browser.headers.clear();
        let other =
            an.says(&town, PAGE, &[("soort", "opmerking"), ("tekst", "Iets anders"), ("eenmalig", KEY)]);
        assert!(other.words().contains("Klopt dit zo?") && other.words().contains("Iets anders"));
        for fields in [
            [("soort", "ervaring"), ("tekst", "Een keer"), ("titel", ""), ("eenmalig", KEY)],
            [("soort", "opmerking"), ("tekst", "Een keer"), ("titel", "Met een titel"), ("eenmalig", KEY)],
        ] {
            assert!(an.says(&town, PAGE, &fields).words().contains("Klopt dit zo?"), "{fields:?}");
        }
        assert_eq!(count(&town), 1);
    }
}

/// H11: a text that was kept although its answer never arrived is not kept again after the login ended meanwhile.
#[test]
fn h11_a_text_is_kept_once_across_a_login() {
    for town in all() {
        let mut an = member(&town, "An");
        let fields = [("pagina", PAGE), ("soort", "opmerking"), ("tekst", "Een keer"), ("eenmalig", KEY)];
        let first = new_id(&an.says(&town, PAGE, &fields[1..]));
        let mut nobody = Browser::default();
        let login = nobody.post(&town, "plaatsen", &fields);
        assert!(login.words().contains("Log eerst in") && field(&login, "eenmalig") == KEY);
        let mut again = browser_of(&town, &an.id);
        let asked = again.ask(&town, "POST", "plaatsen", encoded(&fields));
        assert!(asked.words().contains("Klopt dit zo?") && field(&asked, "eenmalig") == KEY);
        assert_eq!(new_id(&again.post(&town, "plaatsen", &fields)), first);
        assert_eq!(count(&town), 1);
    }
}

#[test]
fn h11_a_form_sent_four_times_at_once_is_one_reaction() {
    for town in all() {
        let an = member(&town, "An").id;
        let ids: Vec<String> = std::thread::scope(|scope| {
            let sends = |_| {
                let (town, an) = (&town, &an);
                scope.spawn(move || {
                    let mut browser = browser_of(town, an);
                    browser.get(town, &format!("pagina?id={PAGE}"));
                    let fields =
                        [("pagina", PAGE), ("soort", "opmerking"), ("tekst", "Tegelijk"), ("eenmalig", KEY)];
                    new_id(&browser.post(town, "plaatsen", &fields))
                })
            };
            let all: Vec<_> = (0..4).map(sends).collect();
            all.into_iter().map(|one| one.join().unwrap()).collect()
        });
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        assert_eq!(count(&town), 1);
    }
}

#[test]
fn answers_are_one_level_deep_and_only_to_what_stands_there() {
    for town in all() {
        let (mut an, mut mod_) = (member(&town, "An"), person(&town, "Moos", "beheerder", &[]));
        let question = mod_.asks(&town, "Hoe?", "Vertel.");
        let answer = mod_.answers(&town, "vraag-en-antwoord", &question, "Zo.");
        assert_eq!(state(&town, &answer), "geplaatst");
        let waiting = an.asks(&town, "Wacht", "Nog niet.");
        for (page, parent) in [
            ("vraag-en-antwoord", answer.as_str()),
            ("vraag-en-antwoord", &waiting),
            ("vraag-en-antwoord", "01KB3X5Q2Z8E6T4R2W0Q9P0000"),
            ("vraag-en-antwoord", ""),
            (PAGE, &question),
        ] {
            let refused =
                an.says(&town, page, &[("soort", "antwoord"), ("ouder", parent), ("tekst", "Bewaar mij")]);
            assert_eq!(refused.status, 422, "{parent}");
            assert!(
                refused.words().contains("staat niet meer op de site")
                    && refused.words().contains("Bewaar mij")
            );
        }
        let page = an.browser.get(&town, &format!("pagina?id=vraag-en-antwoord&antwoord={question}"));
        assert!(page.words().contains(&format!("name=\"ouder\" value=\"{question}\"")), "{}", page.words());
    }
}

#[test]
fn who_is_not_confirmed_or_shut_out_posts_nothing_and_keeps_the_text() {
    for town in all() {
        let (mut an, mut ben) = (member(&town, "An"), member(&town, "Ben"));
        let fields = [("pagina", PAGE), ("soort", "opmerking"), ("tekst", "Bewaar mij"), ("eenmalig", KEY)];
        for person in [&mut an, &mut ben] {
            person.browser.get(&town, &format!("pagina?id={PAGE}"));
        }
        change(&town.app.store, "UPDATE accounts SET verified = NULL WHERE id = $1", &an.id);
        change(&town.app.store, "UPDATE accounts SET blocked = 1 WHERE id = $1", &ben.id);
        let answer = an.browser.post(&town, "plaatsen", &fields);
        assert_eq!(answer.status, 403);
        assert!(
            answer.words().contains("Bevestig eerst uw mailadres")
                && answer.words().contains("value=\"Bewaar mij\"")
        );
        let answer = ben.browser.post(&town, "plaatsen", &fields);
        assert!(answer.words().contains("Log eerst in") && answer.words().contains("value=\"Bewaar mij\""));
        assert_eq!(count(&town), 0);
        let gone = an.browser.post(&town, "plaatsen", &[("pagina", "weg"), ("tekst", "Bewaar mij")]);
        assert!(gone.status == 404 && gone.words().contains("Bewaar mij"));
    }
}

#[test]
fn too_much_at_once_is_refused_for_this_member_only_and_the_text_stays() {
    for town in all() {
        let (mut an, mut ben) = (member(&town, "An"), member(&town, "Ben"));
        for number in 0..20 {
            an.remarks(&town, PAGE, &format!("Nummer {number}"));
        }
        let refused = an.says(&town, PAGE, &[("soort", "opmerking"), ("tekst", "Bewaar mij")]);
        assert_eq!(refused.status, 429);
        assert!(refused.words().contains("Bewaar mij") && refused.header("retry-after") == Some("3601"));
        ben.remarks(&town, PAGE, "Gewoon");
        town.app.clock.forward(3_600_001);
        an.remarks(&town, PAGE, "Later");
        assert_eq!(count(&town), 22);
    }
}

/// Who writes of danger at home is told first where help is; the text is kept all the same.
#[test]
fn who_may_be_in_danger_is_shown_help_first_and_never_blocked() {
    for town in all() {
        let mut an = member(&town, "An");
        let text = "Mijn man slaat mij en ik durf niet naar huis.";
        let answer = an.says(&town, PAGE, &[("soort", "ervaring"), ("tekst", text)]);
        let shown = an.browser.follow(&town, &answer);
        let words = shown.words();
        let (help, thanks) =
            (words.find("Hebt u nu hulp nodig?").unwrap(), words.find("Dank u wel").unwrap());
        assert!(
            help < thanks
                && words[help..thanks].contains("tel:112")
                && words[help..thanks].contains("tel:08002000")
                && words[help..thanks].contains("tel:113")
                && words[help..thanks].contains("tel:08000113")
        );
        let fields = [("pagina", PAGE), ("soort", "ervaring"), ("tekst", text)];
        let first = Browser::default().post(&town, "plaatsen", &fields);
        assert!(
            first.words().find("Hebt u nu hulp nodig?").unwrap()
                < first.words().find("Uw tekst is er nog").unwrap()
        );
        an.browser.headers = vec![("Accept", "application/json".to_owned())];
        let data =
            an.browser.post(&town, "plaatsen", &[&fields[..], &[("eenmalig", "fedcba9876543210")]].concat());
        let data: serde_json::Value = serde_json::from_slice(&data.body).unwrap();
        let says = data["uitleg"].as_str().unwrap();
        assert!(says.starts_with("Bent u of is iemand anders nu in gevaar? Bel 112."));
        assert!(says.contains("Bel 113 of gratis 0800-0113"));
        assert_eq!(count(&town), 2);
    }
}

#[test]
fn above_every_form_stands_that_no_family_is_named_and_that_this_is_no_place_for_a_report() {
    for town in all() {
        let mut an = member(&town, "An");
        let id = an.remarks(&town, PAGE, "Iets");
        for path in
            [format!("pagina?id={PAGE}"), "pagina?id=prikbord".to_owned(), format!("wijzigen?reactie={id}")]
        {
            let page = an.browser.get(&town, &path);
            let words = page.words();
            let form = words.find("<form class=\"formulier\"").unwrap();
            let (names, report) =
                (words.find("Geen namen van gezinnen"), words.find("geen plek voor een melding"));
            assert!(names.unwrap() < form && report.unwrap() < form, "{path}");
        }
    }
}

/// C5: where one comes back to after the login is a path of ours, whatever was posted.
#[test]
fn c5_the_script_of_a_page_posts_and_is_told_where_to_log_in() {
    for town in all() {
        let mut nobody = Browser::default();
        nobody.headers = vec![("Accept", "application/json".to_owned())];
        let fields = [("pagina", PAGE), ("soort", "opmerking"), ("tekst", "Via script"), ("eenmalig", KEY)];
        let answer = nobody.post(&town, "plaatsen", &fields);
        let data: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(answer.status, 401);
        assert!(
            data["inloggen"].as_str().unwrap().starts_with("/reacties/inloggen?terug=%2Freacties%2Fpagina"),
            "{data}"
        );
        let mut an = member(&town, "An");
        let me = an.browser.get(&town, "ik.json");
        let me: serde_json::Value = serde_json::from_slice(&me.body).unwrap();
        assert_eq!(
            (&me["ingelogd"], &me["naam"], &me["beheer"]),
            (&json!(true), &json!("An"), &json!(false))
        );
        an.browser.headers = vec![("Accept", "application/json".to_owned())];
        let token = me["formulier"].as_str().unwrap();
        let answer = an.browser.post(&town, "plaatsen", &[&fields[..], &[("formulier", token)]].concat());
        let data: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!((answer.status, &data["stand"]), (201, &json!("wacht")));
        assert_eq!(nobody.get(&town, "ik.json").words(), r#"{"ingelogd":false}"#);
    }
}
