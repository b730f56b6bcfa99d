//! Whether mails say what they should and travel as they must. In: letters, some with attacks in every value. Out: their
//! bytes, read back by a small reader of its own, and what a mail server on this machine was told.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::compose::{self, Once, Site};
use super::deliver::{Delivery, Failure};
use super::fake::{Manner, Server};
use super::message::{Sender, Stamp, written};
use super::*;
use crate::base::testing::{Chance, damaged};

#[test]
fn what_is_no_address() {
    for typed in [
        "",
        "@",
        "a",
        "a@",
        "@b.nl",
        "a@b",
        "a@b.",
        "a@.nl",
        "a@b..nl",
        "a b@c.nl",
        "a@b c.nl",
        "a@b.nl\r\nBcc: c@d.nl",
        "a\n@b.nl",
        "a@b.nl,c@d.nl",
        "a@b.nl;c@d.nl",
        "<a@b.nl>",
        "A <a@b.nl>",
        "\"a b\"@c.nl",
        "a@c@b.nl",
        ".a@b.nl",
        "a.@b.nl",
        "a..b@c.nl",
        "a@-b.nl",
        "a@b-.nl",
        "a@127.0.0.1",
        "a@[127.0.0.1]",
        "a@[::1]",
        "é@b.nl",
        "a@b.nl/",
        "a@b_c.nl",
        "a\u{0}@b.nl",
        "a(x)@b.nl",
        "a@b.nl?subject=x",
        "mailto:a@b.nl",
        "a@0x7f.1",
        "a%@b.nl\u{b}c",
    ] {
        assert_eq!(address(typed), Err(Refused::Address), "{typed:?}");
    }
    assert!(address(&format!("{}@b.nl", "a".repeat(65))).is_err());
    assert!(address(&format!("a@{}nl", "bcdefghij.".repeat(26))).is_err());
}

#[test]
fn addresses_as_we_keep_them() {
    for (typed, kept) in [
        ("a@b.nl", "a@b.nl"),
        (" Voor.Naam+lijst@Sub.Voorbeeld.NL\t", "Voor.Naam+lijst@sub.voorbeeld.nl"),
        ("a@bücher.example", "a@xn--bcher-kva.example"),
        ("o'neil_x-y@b-c.nl", "o'neil_x-y@b-c.nl"),
    ] {
        assert_eq!(address(typed), Ok(kept.to_owned()), "{typed}");
    }
}

#[test]
fn whatever_is_typed_an_address_is_one_line() {
    let samples: [&[u8]; 3] =
        [b"voor.naam@voorbeeld.nl", "a@bücher.example".as_bytes(), b"a+b@c-d.example.org"];
    let mut chance = Chance::new(6);
    let mut kept = 0;
    for _ in 0..20_000 {
        let Ok(address) = address(&String::from_utf8_lossy(&damaged(&mut chance, &samples))) else {
            continue;
        };
        kept += 1;
        assert!(
            is_plain(&address) && !address.contains([' ', '<', '>', ',', ';', ':', '"', '(', ')', '\\']),
            "{address:?}"
        );
        assert_eq!(address.matches('@').count(), 1, "{address:?}");
        assert_eq!(super::address(&address), Ok(address.clone()));
        assert!(address.parse::<lettre::Address>().is_ok(), "{address:?}");
    }
    assert!(kept > 1000, "{kept}");
}

const BASE: &str = "https://voorbeeld.nl/kennis";
const STAMP: Stamp<'_> = Stamp { id: "01JD9ZK3A5B6C7D8E9F0G1H2J3", seconds: 1_795_338_900 };

fn site() -> Site {
    Site::new("Voorbeeldplatform – één", &format!("{BASE}/"), Some("/contact/")).expect("a site")
}

fn sender() -> Sender {
    Sender::new("Voorbeeldplatform – één", "geen-antwoord@voorbeeld.nl", "voorbeeld.nl").expect("a sender")
}

const ONCE: Once<'_> = Once {
    path: "/reacties/bevestigen?sleutel=abc_-123",
    until: "23 november 2026, 10:00",
    code: Some(("12345678", "22 november 2026, 10:10")),
};

/// Every letter there is, with what is handed to it put in from outside.
fn letters(to: &str, words: &str, path: &str) -> Vec<Result<Letter, Refused>> {
    let site = &site();
    let once = Once { path, ..ONCE };
    vec![
        compose::confirm_address(site, to, once),
        compose::has_account(site, to, path, path),
        compose::new_password(site, to, once),
        compose::password_changed(site, to, words, path),
        compose::change_address(site, to, once),
        compose::address_changed(site, to, words),
        compose::accepted(site, to, words, path),
        compose::declined(site, to, words, words, path),
        compose::removed(site, to, words, words, path),
        compose::news(site, to, words, path, path),
        compose::waiting(site, to, 2, 1, path),
        compose::account_deleted(site, to, false),
    ]
}

fn good() -> Vec<Letter> {
    let letters = letters("lezer@voorbeeld.nl", "Één ‘pagina’ over thuis", "/reacties/x?id=1&y=a_-");
    letters.into_iter().map(|letter| letter.expect("a letter")).collect()
}

/// A mail as a mail program reads it: the headers in their order, and the text.
struct Read {
    headers: Vec<(String, String)>,
    text: String,
}

impl Read {
    fn new(bytes: &[u8]) -> Self {
        assert!(bytes.is_ascii());
        let whole = String::from_utf8(bytes.to_vec()).expect("ASCII");
        assert!(!whole.replace("\r\n", "").contains(['\r', '\n']), "every line ends in CRLF");
        assert!(whole.split("\r\n").all(|line| line.len() <= 998), "{whole}");
        let (head, body) = whole.split_once("\r\n\r\n").expect("a head");
        let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
        let headers = unfolded.split("\r\n").map(|line| line.split_once(": ").expect("a header"));
        let headers: Vec<(String, String)> =
            headers.map(|(name, value)| (name.to_owned(), words(value))).collect();
        let mut read = Read { headers, text: String::new() };
        read.text = match read.one("Content-Transfer-Encoding").as_str() {
            "7bit" => body.to_owned(),
            "base64" => text(STANDARD.decode(body.replace("\r\n", "")).expect("base64")),
            "quoted-printable" => text(quoted(&body.replace("=\r\n", ""), '=')),
            other => panic!("{other}"),
        }
        .replace("\r\n", "\n");
        read
    }

    #[track_caller]
    fn one(&self, name: &str) -> String {
        let found: Vec<&String> = self
            .headers
            .iter()
            .filter(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value)
            .collect();
        assert_eq!(found.len(), 1, "{name} in {:?}", self.headers);
        found[0].clone()
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).expect("UTF-8")
}

fn quoted(written: &str, mark: char) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = written;
    while let Some((before, behind)) = rest.split_once(mark) {
        bytes.extend(before.bytes());
        bytes.push(u8::from_str_radix(&behind[..2], 16).expect("two digits"));
        rest = &behind[2..];
    }
    bytes.extend(rest.bytes());
    bytes
}

/// The encoded words of a header, read.
fn words(value: &str) -> String {
    let mut read = String::new();
    let mut rest = value;
    while let Some((before, behind)) = rest.split_once("=?utf-8?") {
        // White space between two encoded words is no part of the text.
        read += if read.is_empty() || !before.trim().is_empty() { before } else { "" };
        let (kind, behind) = behind.split_once('?').expect("a kind");
        let (word, behind) = behind.split_once("?=").expect("an end");
        let bytes = if kind == "b" {
            STANDARD.decode(word).expect("base64")
        } else {
            quoted(&word.replace('_', " "), '=')
        };
        read += &text(bytes);
        rest = behind;
    }
    read + rest
}

#[test]
fn letters_read_back_are_the_letters() {
    for letter in good() {
        let (envelope, bytes) = written(&letter, &sender(), STAMP).expect("a mail");
        let read = Read::new(&bytes);
        assert_eq!(read.text.trim_end(), letter.text.trim_end(), "{}", letter.subject);
        assert_eq!(read.one("Subject"), letter.subject);
        assert_eq!(read.one("To"), "lezer@voorbeeld.nl");
        assert!(read.one("From").ends_with("<geen-antwoord@voorbeeld.nl>"), "{}", read.one("From"));
        assert!(read.one("From").contains("Voorbeeldplatform – één"), "{}", read.one("From"));
        assert_eq!(read.one("Message-ID"), "<01JD9ZK3A5B6C7D8E9F0G1H2J3@voorbeeld.nl>");
        assert_eq!(read.one("Date"), "Sun, 22 Nov 2026 09:15:00 +0000");
        assert_eq!(read.one("Auto-Submitted"), "auto-generated");
        assert_eq!(read.one("MIME-Version"), "1.0");
        assert_eq!(read.one("Content-Type"), "text/plain; charset=utf-8");
        for (name, value) in &letter.headers {
            assert_eq!(read.one(name), *value);
        }
        assert_eq!(envelope.to().iter().map(ToString::to_string).collect::<Vec<_>>(), ["lezer@voorbeeld.nl"]);
        assert_eq!(written(&letter, &sender(), STAMP).expect("a mail").1, bytes, "the same every time");
    }
}

#[test]
fn links_lead_to_the_site_only() {
    for letter in good() {
        let all = format!("{} {:?} {}", letter.subject, letter.headers, letter.text);
        assert_eq!(all.matches("http").count(), all.matches(&format!("{BASE}/")).count(), "{all}");
        assert!(!all.contains("Beste") && letter.text.starts_with("Goedendag,\n"), "{all}");
    }
    for path in [
        "",
        "x",
        "//evil.example",
        "https://evil.example",
        "/\\evil.example",
        "/x y",
        "/x\r\nBcc: a@b.nl",
        "/x\u{202e}",
        "/é",
        "/../../x",
        "/x/..",
        "/<x>",
        "/x\"",
        "@evil.example",
        ".evil.example",
    ] {
        let refused = letters("lezer@voorbeeld.nl", "x", path);
        let links = refused.iter().filter(|letter| **letter == Err(Refused::Link)).count();
        assert_eq!(links, 10, "{path:?}");
    }
}

#[test]
fn a_letter_in_a_log_gives_nothing_away() {
    for letter in good() {
        let shown = format!("{letter:?}");
        assert!(
            !shown.contains("lezer@") && !shown.contains("12345678") && !shown.contains("http"),
            "{shown}"
        );
    }
}

#[test]
fn sites_have_an_address() {
    for base in [
        "",
        "voorbeeld.nl",
        "ftp://voorbeeld.nl",
        "https://a:b@voorbeeld.nl",
        "https://voorbeeld.nl/?x",
        "https://voorbeeld.nl/#x",
        "javascript:x",
    ] {
        assert!(Site::new("Voorbeeld", base, None).is_err(), "{base}");
    }
    assert!(Site::new("Voorbeeld", BASE, Some("kom maar langs")).is_err());
    assert!(Site::new("Voorbeeld", BASE, Some("hulp@voorbeeld.nl")).is_ok());
    let nameless = Site::new(" \n", BASE, None).expect("a site");
    assert_eq!(compose::account_deleted(&nameless, "a@b.nl", true), Err(Refused::Header));
}

#[test]
fn no_value_makes_a_header() {
    for attack in [
        "x\r\nBcc: derde@voorbeeld.nl",
        "x\nBcc: derde@voorbeeld.nl",
        "x\rBcc: y",
        "x\r\n\r\n<script>",
        "=?utf-8?q?x=0D=0ABcc:_y?=",
        "x\u{2028}Bcc: y",
    ] {
        for letter in letters("lezer@voorbeeld.nl", attack, "/x").into_iter().flatten() {
            let read = Read::new(&written(&letter, &sender(), STAMP).expect("a mail").1);
            let named = read.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("bcc")).count();
            assert_eq!(named, 0, "{attack:?}");
        }
        for letter in letters(&format!("a@b.nl{attack}"), "x", "/x") {
            assert_eq!(letter, Err(Refused::Address), "{attack:?}");
        }
        // Who builds a letter by hand is stopped as well, unless it is an encoded word, which is then only text.
        let letter = Letter { subject: attack.to_owned(), ..good()[0].clone() };
        let result = written(&letter, &sender(), STAMP).map(|(_, bytes)| Read::new(&bytes).one("Subject"));
        assert_eq!(result.is_err(), attack.contains(char::is_control), "{attack:?}");
        if attack.contains(['\r', '\n']) {
            let by_hand = |name: &str, value: &str| {
                let letter =
                    Letter { headers: vec![(name.to_owned(), value.to_owned())], ..good()[0].clone() };
                written(&letter, &sender(), STAMP).map(drop)
            };
            assert_eq!(by_hand("X-Test", attack), Err(Refused::Header));
            assert_eq!(by_hand(attack, "x"), Err(Refused::Header));
            assert!(written(&good()[0], &sender(), Stamp { id: attack, ..STAMP }).is_err());
            assert!(Sender::new("x", "a@b.nl", attack).is_err());
            assert!(Sender::new("x", &format!("a@b.nl{attack}"), "b.nl").is_err());
            let named = Sender::new(attack, "a@b.nl", "b.nl").expect("a name on one line");
            Read::new(&written(&good()[0], &named, STAMP).expect("a mail").1).one("From");
        }
    }
}

#[test]
fn whatever_is_handed_in_the_mail_can_be_read_back() {
    let samples: [&[u8]; 4] = [
        "Één ‘pagina’ over thuis".as_bytes(),
        b"a\r\nBcc: b@c.nl",
        b"=?utf-8?b?eA==?= x",
        b"=E2=80 . \r\n.\r\n\"<>@,;:",
    ];
    let mut chance = Chance::new(7);
    for _ in 0..400 {
        let words = String::from_utf8_lossy(&damaged(&mut chance, &samples)).into_owned();
        for letter in
            letters("lezer@voorbeeld.nl", &words, "/x").into_iter().map(|letter| letter.expect("a letter"))
        {
            let sender = Sender::new(&words, "a@b.nl", "b.nl").expect("a sender");
            let bytes = written(&letter, &sender, STAMP).expect("a mail").1;
            let read = Read::new(&bytes);
            assert_eq!(read.headers.len(), 10 + letter.headers.len(), "{words:?} {:?}", read.headers);
            assert_eq!(read.text.trim_end(), letter.text.trim_end(), "{words:?}");
        }
    }
}

#[test]
fn who_follows_a_page_can_stop_with_one_click() {
    let site = site();
    let stop = "/reacties/volgen/stop?sleutel=abc";
    let letter = compose::news(&site, "a@b.nl", "Een pagina", "/een-pagina/", stop).expect("a letter");
    let read = Read::new(&written(&letter, &sender(), STAMP).expect("a mail").1);
    assert_eq!(read.one("List-Unsubscribe"), format!("<{BASE}{stop}>"));
    assert_eq!(read.one("List-Unsubscribe-Post"), "List-Unsubscribe=One-Click");
    assert!(
        read.text.contains(&format!("\n{BASE}/een-pagina/\n")) && read.text.contains(stop),
        "{}",
        read.text
    );
    let long = format!("/reacties/volgen/stop?sleutel={}", "a".repeat(400));
    let letter = compose::news(&site, "a@b.nl", "Een pagina", "/een-pagina/", &long).expect("a letter");
    let read = Read::new(&written(&letter, &sender(), STAMP).expect("a mail").1);
    assert_eq!(read.one("List-Unsubscribe"), format!("<{BASE}{long}>"));
    let endless = format!("/x?{}", "a".repeat(900));
    let letter = compose::news(&site, "a@b.nl", "Een pagina", "/een-pagina/", &endless).expect("a letter");
    assert_eq!(written(&letter, &sender(), STAMP).map(drop), Err(Refused::Header));
}

#[test]
fn numbers_are_written_as_people_say_them() {
    let waiting = |reactions, reports| {
        let letter =
            compose::waiting(&site(), "a@b.nl", reactions, reports, "/reacties/beheer").expect("a letter");
        letter.text.replace('\n', " ")
    };
    for (reactions, reports, said) in [
        (1, 0, ": 1 reactie wacht op"),
        (0, 1, ": 1 melding wacht op"),
        (3, 0, ": 3 reacties wachten op"),
        (1, 1, ": 1 reactie en 1 melding wachten op"),
        (0, 2, ": 2 meldingen wachten op"),
        (0, 0, ": Er wacht niets op"),
    ] {
        assert!(waiting(reactions, reports).contains(said), "{}", waiting(reactions, reports));
    }
    let letter = compose::confirm_address(&site(), "a@b.nl", ONCE).expect("a letter").text.replace('\n', " ");
    assert!(
        letter.contains("1234 5678")
            && letter.contains("werkt één keer, tot 23 november 2026, 10:00.")
            && letter.contains("werkt tot 22 november 2026, 10:10."),
        "{letter}"
    );
}

/// Long enough for a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

fn send(manner: Manner, login: &str) -> (Result<(), Failure>, Vec<String>) {
    let server = Server::start(manner);
    let url = server.url.replace("smtp://", &format!("smtp://{login}"));
    let limit = if manner == Manner::Silent { Duration::from_millis(200) } else { LIMIT };
    let delivery = Delivery::server(&url, "voorbeeld.nl", limit).expect("a way");
    let result = delivery.send(&good()[0], &sender(), STAMP);
    (result, server.heard())
}

#[test]
fn a_server_takes_the_very_bytes() {
    let (result, heard) = send(Manner::Takes, "");
    assert_eq!(result, Ok(()));
    let bytes = written(&good()[0], &sender(), STAMP).expect("a mail").1;
    let expected = String::from_utf8(bytes).expect("ASCII");
    let from = heard.iter().position(|line| line == "DATA").expect("the mail") + 1;
    let to = heard.iter().position(|line| line == ".").expect("its end");
    assert_eq!(heard[from..to].join("\n").trim_end(), expected.trim_end().replace("\r\n", "\n"));
    assert!(heard.contains(&"EHLO voorbeeld.nl".to_owned()), "{heard:?}");
    assert!(heard.iter().any(|line| line.starts_with("MAIL FROM:<geen-antwoord@voorbeeld.nl>")), "{heard:?}");
    assert!(heard.iter().any(|line| line.starts_with("RCPT TO:<lezer@voorbeeld.nl>")), "{heard:?}");
}

#[test]
fn a_server_is_told_who_we_are() {
    let (result, heard) = send(Manner::Takes, "naam:w%40chtwoord@");
    assert_eq!(result, Ok(()));
    let login = format!("AUTH PLAIN {}", STANDARD.encode("\0naam\0w@chtwoord"));
    assert!(heard.contains(&login), "{heard:?}");
}

#[test]
fn what_may_go_later_is_told_apart_from_what_never_goes() {
    let temporary = [
        Manner::Says("RCPT", "450 later"),
        Manner::Says("MAIL", "421 later"),
        Manner::Says("DATA", "452 vol"),
        Manner::Says("AUTH", "535 lezer@voorbeeld.nl mag niet"),
        Manner::Says("EHLO", "rommel"),
        Manner::HangsUp("EHLO"),
        Manner::HangsUp("DATA"),
        Manner::HangsUp("."),
        Manner::Silent,
    ];
    for manner in temporary {
        let (result, _) = send(manner, "naam:wachtwoord@");
        assert!(matches!(&result, Err(Failure::Temporary(_))), "{result:?}");
    }
    for manner in [
        Manner::Says("RCPT", "550 5.1.1 lezer@voorbeeld.nl onbekend"),
        Manner::Says(".", "554 lezer@voorbeeld.nl nee"),
        Manner::Says("MAIL", "553 nee"),
    ] {
        let (result, _) = send(manner, "");
        let Err(Failure::Permanent(reason)) = &result else { panic!("{result:?}") };
        assert!(reason.contains("antwoord 55") && !reason.contains('@'), "{reason}");
    }
    let (result, _) = send(Manner::Silent, "");
    assert_eq!(result, Err(Failure::Temporary("De mailserver antwoordt niet op tijd.".to_owned())));
    // A port where nobody listens.
    let free = std::net::TcpListener::bind("127.0.0.1:0").and_then(|port| port.local_addr()).expect("a port");
    let nobody = Delivery::server(&format!("smtp://{free}"), "voorbeeld.nl", LIMIT).expect("a way");
    assert!(matches!(nobody.send(&good()[0], &sender(), STAMP), Err(Failure::Temporary(_))));
    let wrong = Letter { to: "geen adres".to_owned(), ..good()[0].clone() };
    assert!(matches!(nobody.send(&wrong, &sender(), STAMP), Err(Failure::Permanent(_))));
}

#[test]
fn addresses_of_servers_say_how_they_are_safe() {
    let made = |address: &str| Delivery::server(address, "voorbeeld.nl", LIMIT).err();
    for address in [
        "",
        "mail.voorbeeld.nl",
        "http://mail.voorbeeld.nl",
        "smtp://mail.voorbeeld.nl",
        "smtp://mail.voorbeeld.nl:25",
        "smtp://mail.voorbeeld.nl?tls=opportunistic",
        "smtps://mail.voorbeeld.nl?tls=none",
        "smtp://naam@127.0.0.1",
        "smtps://:geheim@mail.voorbeeld.nl",
        "smtp://10.0.0.1:25",
        "smtp://",
    ] {
        let told = made(address).expect("a reason");
        assert!(told.ends_with('.') && !told.contains("geheim"), "{told}");
    }
    for address in [
        "smtps://naam:geheim@mail.voorbeeld.nl:465",
        "smtp://naam:geheim@mail.voorbeeld.nl:587?tls=required",
        "smtps://mail.voorbeeld.nl",
        "smtp://localhost:2525",
        "smtp://127.0.0.1",
        "smtp://[::1]:25",
    ] {
        assert_eq!(made(address), None, "{address}");
    }
}

#[test]
fn a_server_that_must_be_safe_and_is_not_gets_nothing() {
    let server = Server::start(Manner::Takes);
    let delivery =
        Delivery::server(&format!("{}?tls=required", server.url), "voorbeeld.nl", LIMIT).expect("a way");
    assert!(delivery.send(&good()[0], &sender(), STAMP).is_err());
    let heard = server.heard();
    assert!(!heard.iter().any(|line| line.starts_with("MAIL") || line.starts_with("AUTH")), "{heard:?}");
}

#[test]
fn without_a_server_mails_are_files() {
    let folder = tempfile::tempdir().expect("a folder");
    let delivery = Delivery::folder(folder.path());
    let names = || {
        let entries = std::fs::read_dir(folder.path()).expect("readable").flatten();
        let mut names: Vec<String> =
            entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    };
    std::fs::write(folder.path().join(".20261122T091500Z-01JD9ZK3A5B6C7D8E9F0G1H2J3.eml.nieuw"), "half")
        .expect("written");
    for _ in 0..2 {
        assert_eq!(delivery.send(&good()[0], &sender(), STAMP), Ok(()));
        assert_eq!(names(), ["20261122T091500Z-01JD9ZK3A5B6C7D8E9F0G1H2J3.eml"]);
    }
    let file = folder.path().join(&names()[0]);
    assert_eq!(
        std::fs::read(&file).expect("a file"),
        written(&good()[0], &sender(), STAMP).expect("a mail").1
    );
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        assert_eq!(std::fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
    }
    let away = Delivery::folder(&folder.path().join("weg"));
    assert!(matches!(away.send(&good()[0], &sender(), STAMP), Err(Failure::Temporary(_))));
    let outside = Stamp { id: "../x", ..STAMP };
    assert!(matches!(delivery.send(&good()[0], &sender(), outside), Err(Failure::Permanent(_))));
    assert_eq!(names().len(), 1);
}
