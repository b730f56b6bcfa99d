//! Which passwords will do. In: passwords, good and bad ones. Out: what is said of them.

use super::*;
use crate::base::testing::{Chance, damaged};

fn words() -> Vec<String> {
    ["Lindermeer", "Oost-Waard", "Sint Jansdam"].map(str::to_owned).to_vec()
}

fn judged(password: &str) -> Result<Advice, Refusal> {
    let words = words();
    judge(
        password,
        Context {
            site: "Kennisplein Jeugd",
            mail: "p.voorbeeld@lindermeer.example",
            name: "Petra Voorbeeld",
            words: &words,
        },
    )
}

#[test]
fn lengths_are_counted_in_characters() {
    assert_eq!(judged(""), Err(Refusal::Short));
    assert_eq!(judged("kg7-rüß"), Err(Refusal::Short));
    assert_eq!(judged("kg7-rüßp"), Ok(Advice::Longer));
    assert_eq!(judged("kabouter-lamp7"), Ok(Advice::Longer));
    assert_eq!(judged("kabouter-lampen"), Ok(Advice::Good));
    let long: String = ('\u{4e00}'..).take(256).collect();
    assert_eq!(judged(&long), Ok(Advice::Good));
    assert_eq!(judged(&(long + "x")), Err(Refusal::Long));
}

#[test]
fn what_is_tried_first_is_refused() {
    for (password, refusal) in [
        ("password", Refusal::Common),
        ("PASSWORD", Refusal::Common),
        ("p@ssw0rd", Refusal::Common),
        ("P@$$w0rd123!", Refusal::Common),
        ("iloveyou", Refusal::Common),
        ("trustno1", Refusal::Common),
        ("welkom01", Refusal::Common),
        ("Welkom2026!", Refusal::Common),
        ("W3lk0m123", Refusal::Common),
        ("wachtwoord", Refusal::Common),
        ("Wachtwoord1!", Refusal::Common),
        ("geheim123", Refusal::Common),
        ("zomer2026", Refusal::Common),
        ("Herfst-2025", Refusal::Common),
        ("2026lente", Refusal::Common),
        ("november26!", Refusal::Common),
        ("NOVEMBER 2026", Refusal::Common),
        ("ajax1900", Refusal::Common),
        ("feyenoord!", Refusal::Common),
        ("ikhouvanjou", Refusal::Common),
        ("welkomwelkom1", Refusal::Common),
        ("zomerwinter26", Refusal::Common),
        ("ｗｅｌｋｏｍ０１", Refusal::Common),
        ("qwertyuiop", Refusal::Row),
        ("asdfghjkl1", Refusal::Row),
        ("12345678", Refusal::Row),
        ("0987654321", Refusal::Row),
        ("1q2w3e4r5t", Refusal::Row),
        ("1qaz2wsx", Refusal::Row),
        ("qwerty123456", Refusal::Row),
        ("abcdefgh", Refusal::Row),
        ("!@#$%^&*", Refusal::Row),
        ("aaaaaaaa", Refusal::Repeated),
        ("        ", Refusal::Repeated),
        ("ababababab", Refusal::Repeated),
        ("x7$kx7$k", Refusal::Repeated),
        ("abcabcabc", Refusal::Repeated),
        ("01-02-2012", Refusal::Date),
        ("20120201", Refusal::Date),
        ("31121985", Refusal::Date),
        ("lindermeer", Refusal::Known),
        ("Lindermeer2026!", Refusal::Known),
        ("OostWaard1", Refusal::Known),
        ("sintjansdam", Refusal::Known),
        ("Kennisplein1", Refusal::Known),
        ("kennispleinjeugd", Refusal::Known),
        ("petravoorbeeld", Refusal::Known),
        ("P.Voorbeeld", Refusal::Known),
        ("v00rbeeld!", Refusal::Known),
        ("welkomlindermeer", Refusal::Known),
        ("p.voorbeeld@lindermeer.example", Refusal::Known),
    ] {
        assert_eq!(judged(password), Err(refusal), "{password}");
    }
}

#[test]
fn what_somebody_thought_of_will_do() {
    for password in [
        "kg7-rüßp",
        "correct paard batterij nietje",
        "fietsboomlampraam",
        " spatie ervoor en erachter ",
        "Tr0ub4dor&3x",
        "9f8a-77c2-b1e0",
        "lindermeer fietst graag",
        "petra's gele paraplu",
        "48210 57193 06",
        "ΩΔ漢字🙂éßñ",
        "mijnhamsterheetbartholomeus",
        "welkom bij de achterdeur",
        "dfkjsdf83",
        "zes kippen in 1987",
    ] {
        assert!(judged(password).is_ok(), "{password}: {:?}", judged(password));
    }
}

#[test]
fn the_lists_are_long_and_all_of_it_is_refused() {
    assert!(COMMON.len() >= 3000, "{}", COMMON.len());
    let mut common: Vec<&&str> = COMMON.iter().collect();
    common.sort();
    for password in common {
        assert!(
            password.chars().count() >= SHORTEST && *password == patterns::folded(password),
            "{password}"
        );
        assert!(judge(password, Context::default()).is_err(), "{password}");
        assert!(judge(&password.to_uppercase(), Context::default()).is_err(), "{password}");
    }
    let mut stems: Vec<&&str> = STEMS.iter().collect();
    stems.sort();
    for stem in stems {
        assert_eq!(*stem, patterns::folded(stem));
        for password in [format!("{stem}2026!"), format!("01{stem}2026")] {
            assert!(judge(&password, Context::default()).is_err(), "{password}");
        }
    }
}

#[test]
fn nothing_known_refuses_nothing() {
    let empty = [String::new(), " ".to_owned(), "é".to_owned(), "a b".to_owned()];
    let context = Context { site: "", mail: "@", name: "..", words: &empty };
    assert_eq!(judge("kabouter-lamp7", context), Ok(Advice::Longer));
}

#[test]
fn sentences_end_and_repeat_nothing() {
    for sentence in [
        Refusal::Short.to_string(),
        Refusal::Long.to_string(),
        Refusal::Common.to_string(),
        Refusal::Known.to_string(),
        Refusal::Row.to_string(),
        Refusal::Repeated.to_string(),
        Refusal::Date.to_string(),
        Advice::Good.to_string(),
        Advice::Longer.to_string(),
    ] {
        assert!(sentence.ends_with('.') && sentence.len() < 200, "{sentence}");
    }
}

#[test]
fn whatever_is_typed_is_judged_alike_twice() {
    let samples: [&[u8]; 5] = [
        b"Welkom2026!",
        b"correct paard batterij",
        "ΩΔ漢字🙂éß\u{301}".as_bytes(),
        b"qwertyuiop12345",
        b"\0\n\t\x1b 0102 2012",
    ];
    let mut chance = Chance::new(8);
    let mut good = 0;
    for _ in 0..2_000 {
        let password = String::from_utf8_lossy(&damaged(&mut chance, &samples)).into_owned();
        let judged = judged(&password);
        good += usize::from(judged.is_ok());
        assert_eq!(judged, self::judged(&password));
        assert_eq!(judged == Err(Refusal::Short), password.chars().count() < SHORTEST, "{password:?}");
    }
    assert!(good > 400, "{good}");
}
