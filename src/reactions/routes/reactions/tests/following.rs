//! Mails for those who follow, and their end.

use serde_json::json;

use crate::reactions::routes::people::{member, person, post};
use crate::reactions::routes::testing::{Browser, Town, towns};
use crate::reactions::secrets::Use;
use crate::reactions::store::testing::change;

const PAGE: &str = "praktijkvoorbeelden/verbinding";

fn follows(town: &Town, browser: &mut Browser) {
    let shown = browser.get(town, &format!("volgen?pagina={PAGE}"));
    assert!(shown.words().contains("Volg deze pagina"));
    let done = browser.post(town, "volgen", &[("pagina", PAGE), ("doen", "volg")]);
    assert!(browser.follow(town, &done).words().contains("U volgt deze pagina nu."));
}

/// The path of the link that ends the subscription in the only mail.
fn stop(town: &Town) -> String {
    let mails = town.mails();
    let news: Vec<_> = mails.iter().filter(|(mail, _)| mail.template.starts_with("nieuw")).collect();
    assert_eq!(news.len(), 1, "{mails:?}");
    let id = news[0].1["volgt"].as_str().unwrap();
    let signature = town.app.key.sign(Use::Unsubscribe, &[id]);
    assert!(!news[0].0.slots.contains(&signature), "the queue holds nothing that opens anything");
    format!("volgen/stop?id={id}&sleutel={signature}")
}

#[test]
fn who_follows_a_page_is_told_of_what_is_new_there_but_not_of_their_own() {
    for town in towns(&json!({})) {
        let (mut an, mut ben, mut bea) =
            (member(&town, "An"), member(&town, "Ben"), person(&town, "Bea", "beheerder", &[]));
        follows(&town, &mut an.browser);
        follows(&town, &mut ben.browser);
        let id = ben.remarks(&town, PAGE, "Geheim");
        town.empty_the_mail();
        bea.decides(&town, &id, "plaatsen", "");
        assert_eq!(
            post(&town),
            ["nieuw-op-een-pagina-die-u-volgt → an@example.org", "reactie-geplaatst → ben@example.org"]
        );
        for (mail, slots) in town.mails() {
            assert!(!mail.slots.contains("Geheim"));
            assert_eq!(slots["pagina"], "Verbinding");
            assert_eq!(
                slots["pad"],
                format!("/reacties/pagina?id=praktijkvoorbeelden%2Fverbinding#reactie-{id}")
            );
        }
        town.empty_the_mail();
        change(&town.app.store, "UPDATE accounts SET blocked = 1 WHERE id = $1", &an.id);
        bea.remarks(&town, PAGE, "Nog een");
        assert_eq!(post(&town), ["nieuw-op-een-pagina-die-u-volgt → ben@example.org"]);
    }
}

/// RFC 8058: one click ends it, from any mail program, without a login, with whatever body; opening the link does not.
#[test]
fn one_click_in_a_mail_ends_it_and_looking_does_not() {
    for town in towns(&json!({})) {
        let (mut an, mut bea) = (member(&town, "An"), person(&town, "Bea", "beheerder", &[]));
        let is_followed = || town.app.store.read(|tx| tx.follows(&an.id, PAGE)).unwrap();
        for (media, body) in [
            ("application/x-www-form-urlencoded", "List-Unsubscribe=One-Click"),
            (
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n\r\nOne-Click\r\n--b--\r\n",
            ),
            ("", ""),
        ] {
            follows(&town, &mut an.browser);
            bea.remarks(&town, PAGE, "Nieuw");
            let path = stop(&town);
            let mut program = Browser::default();
            program.headers =
                vec![("Sec-Fetch-Site", "cross-site".to_owned()), ("Content-Type", media.to_owned())];
            let looked = program.get(&town, &path);
            assert!(looked.words().contains("Stuur mij geen mails meer over deze pagina") && is_followed());
            let done = program.ask(&town, "POST", &path, body.into());
            assert_eq!((done.status, is_followed()), (200, false), "{media}");
            assert_eq!(program.ask(&town, "POST", &path, Vec::new()).status, 200, "once more is no fault");
            assert!(program.get(&town, &path).words().contains("U volgt deze pagina niet meer"));
            town.empty_the_mail();
        }
    }
}

#[test]
fn an_address_that_we_did_not_sign_ends_nothing() {
    for town in towns(&json!({})) {
        let (mut an, mut bea) = (member(&town, "An"), person(&town, "Bea", "beheerder", &[]));
        follows(&town, &mut an.browser);
        bea.remarks(&town, PAGE, "Nieuw");
        let path = stop(&town);
        let (id, _) = path.split_once("&sleutel=").unwrap();
        for wrong in [
            id.to_owned(),
            format!("{id}&sleutel=x"),
            format!("{path}x"),
            path.replace("id=0", "id=1"),
            "volgen/stop".to_owned(),
        ] {
            for method in ["GET", "POST"] {
                assert_eq!(Browser::default().ask(&town, method, &wrong, Vec::new()).status, 404, "{wrong}");
            }
        }
        assert!(town.app.store.read(|tx| tx.follows(&an.id, PAGE)).unwrap());
    }
}

#[test]
fn a_member_sees_what_they_follow_and_ends_it() {
    for town in towns(&json!({})) {
        let (mut an, mut ben) = (member(&town, "An"), member(&town, "Ben"));
        follows(&town, &mut an.browser);
        assert!(an.browser.get(&town, "mijn/reacties").words().contains("Volg niet meer"));
        ben.browser.get(&town, &format!("volgen?pagina={PAGE}"));
        ben.browser.post(&town, "volgen", &[("pagina", PAGE), ("doen", "stop")]);
        assert!(town.app.store.read(|tx| tx.follows(&an.id, PAGE)).unwrap(), "not that of somebody else");
        an.browser.post(&town, "volgen", &[("pagina", PAGE), ("doen", "stop")]);
        assert!(!town.app.store.read(|tx| tx.follows(&an.id, PAGE)).unwrap());
        assert_eq!(an.browser.get(&town, "volgen?pagina=niets").status, 404);
        assert_eq!(an.browser.post(&town, "volgen", &[("pagina", "niets"), ("doen", "volg")]).status, 404);
        assert_eq!(Browser::default().get(&town, &format!("volgen?pagina={PAGE}")).status, 303);
    }
}

#[test]
fn with_a_text_one_may_begin_to_follow() {
    for town in towns(&json!({})) {
        let mut an = member(&town, "An");
        an.says(&town, PAGE, &[("soort", "opmerking"), ("tekst", "Iets"), ("volgen", "ja")]);
        assert!(town.app.store.read(|tx| tx.follows(&an.id, PAGE)).unwrap());
    }
}
