//! What is held and what is not, sentence by sentence. In: sentences as members may write them; every number, name and
//! address is made up. Out: what was found in them.

use super::*;
use crate::base::testing::{Chance, damaged};

/// A number that passes the test of eleven and belongs to nobody who is known: it is used in specimens.
const SPECIMEN: &str = "111222333";

fn kinds(text: &str) -> Vec<Kind> {
    reasons(text, &[]).into_iter().map(|hold| hold.kind).collect()
}

/// What must be held, with what is found.
const HELD: &[(Kind, &str, &str)] = &[
    (Kind::Bsn, "Het nummer is 111222333.", "111222333"),
    (Kind::Bsn, "Het nummer is 111 222 333", "111 222 333"),
    (Kind::Bsn, "111.222.333 staat op de kaart", "111.222.333"),
    (Kind::Bsn, "1112.22.333", "1112.22.333"),
    (Kind::Bsn, "111-222-333", "111-222-333"),
    (Kind::Bsn, "In 2012 kreeg zij 123456782", "123456782"),
    (Kind::Bsn, "BSN123456782", "123456782"),
    (Kind::Bsn, "bsn: 123456789", "123456789"),
    (Kind::Bsn, "Haar BSN is 12345678", "12345678"),
    (Kind::Bsn, "burgerservicenummer 123 456 789", "123 456 789"),
    (Kind::Bsn, "sofinummer 12.34.56.789", "12.34.56.789"),
    (Kind::Bsn, "１２３４５６７８２", "１２３４５６７８２"),
    (Kind::Bsn, "1 2 3 4 5 6 7 8 2", "1 2 3 4 5 6 7 8 2"),
    (Kind::Phone, "Bel 0612345678", "0612345678"),
    (Kind::Phone, "06-12345678", "06-12345678"),
    (Kind::Phone, "06 12 34 56 78", "06 12 34 56 78"),
    (Kind::Phone, "06 - 12 34 56 78.", "06 - 12 34 56 78"),
    (Kind::Phone, "06.12.34.56.78", "06.12.34.56.78"),
    (Kind::Phone, "app naar 06/12345678!", "06/12345678"),
    (Kind::Phone, "0 6 1 2 3 4 5 6 7 8", "0 6 1 2 3 4 5 6 7 8"),
    (Kind::Phone, "+31612345678", "+31612345678"),
    (Kind::Phone, "+31 6 1234 5678", "+31 6 1234 5678"),
    (Kind::Phone, "+31 (0)6 12345678", "+31 (0)6 12345678"),
    (Kind::Phone, "0031 6 12345678", "0031 6 12345678"),
    (Kind::Phone, "0031612345678", "0031612345678"),
    (Kind::Phone, "010 123 45 67", "010 123 45 67"),
    (Kind::Phone, "(010) 123 45 67", "(010) 123 45 67"),
    (Kind::Phone, "0101234567", "0101234567"),
    (Kind::Phone, "0182-123456", "0182-123456"),
    (Kind::Phone, "088 123 45 67", "088 123 45 67"),
    (Kind::Phone, "+32 470 12 34 56", "+32 470 12 34 56"),
    (Kind::Phone, "Sinds 2012 is het 06 12345678", "06 12345678"),
    (Kind::Account, "NL00 BANK 0123 4567 89", "NL00 BANK 0123 4567 89"),
    (Kind::Account, "nl00bank0123456789", "nl00bank0123456789"),
    (Kind::Mail, "naam@voorbeeld.nl", "naam@voorbeeld.nl"),
    (Kind::Mail, "Mail (voor.naam+x@sub.voorbeeld.nl).", "voor.naam+x@sub.voorbeeld.nl"),
    (Kind::Mail, "naam @ voorbeeld.nl", "naam @ voorbeeld.nl"),
    (Kind::Mail, "naam＠voorbeeld.nl", "naam＠voorbeeld.nl"),
    (Kind::Mail, "naam [at] voorbeeld punt nl", "naam [at] voorbeeld punt nl"),
    (Kind::Mail, "naam(at)voorbeeld.nl", "naam(at)voorbeeld.nl"),
    (Kind::Mail, "naam at voorbeeld punt nl", "naam at voorbeeld punt nl"),
    (Kind::Mail, "naam at gmail.com", "naam at gmail.com"),
    (Kind::Mail, "naam apenstaartje voorbeeld punt nl", "naam apenstaartje voorbeeld punt nl"),
    (Kind::Mail, "naam[at]voorbeeld[.]nl", "naam[at]voorbeeld[.]nl"),
    (Kind::Address, "1234 AB 12", "1234 AB 12"),
    (Kind::Address, "1234AB, 12", "1234AB, 12"),
    (Kind::Address, "1234ab 12", "1234ab 12"),
    (Kind::Address, "1234 ab 12", "1234 ab 12"),
    (Kind::Address, "Dorpsstraat 12, 1234 AB Nergens", "12, 1234 AB"),
    (Kind::Address, "Dorpsstraat 12a\n1234 AB Nergens", "12a\n1234 AB"),
    (Kind::Address, "postcode 1234 AB nr. 12", "1234 AB nr. 12"),
    (Kind::Birth, "Hij is geboren op 3-4-2012.", "geboren op 3-4-2012"),
    (Kind::Birth, "geb. 2012", "geb. 2012"),
    (Kind::Birth, "(geb. 03/04/2012)", "geb. 03/04/2012"),
    (Kind::Birth, "geb 3 april 2012", "geb 3 april 2012"),
    (Kind::Birth, "geboren in 2012", "geboren in 2012"),
    (Kind::Birth, "Geboren in Nergenshuizen op 3 april", "Geboren in Nergenshuizen op 3 april"),
    (Kind::Birth, "Geboortedatum: 03042012", "Geboortedatum: 03042012"),
    (Kind::Birth, "geboortejaar 2012", "geboortejaar 2012"),
    (Kind::Birth, "geboren in april 2012", "geboren in april 2012"),
    (Kind::Birth, "geb. '12", "geb. '12"),
    (Kind::Birth, "Zij is in 2012 geboren.", "2012 geboren"),
    (Kind::Birth, "Op 3 april 2012 in Nergenshuizen geboren", "3 april 2012 in Nergenshuizen geboren"),
    (Kind::Birth, "3-4-2012 geboren", "3-4-2012 geboren"),
    (Kind::Birth, "geboren 2012-04-03", "geboren 2012-04-03"),
    (Kind::Links, "http://a.nl http://b.nl www.c.nl https://d.nl/x en meer", "https://d.nl/x"),
];

/// What must not be held.
const FREE: &[&str] = &[
    "",
    "Wij deden dit in 2012, 2013 en 2014.",
    "In 2010 2011 2012 2013 en 2014 ging het zo.",
    "Van 2019-2023 liep de proef.",
    "Bel bij direct gevaar 112.",
    "Veilig Thuis: 0800-2000, dag en nacht.",
    "Veilig Thuis: 0800 2000 of 08002000.",
    "Bel 113 of gratis 0800-0113.",
    "De Kindertelefoon is 0800 0432.",
    "Politie, geen spoed: 0900-8844.",
    "Bel 0900 123 4567 (lokaal tarief).",
    "Bel de gemeente: 14 010.",
    "Het kostte € 123.456.782 in twee jaar.",
    "Het kostte 123.456.782 euro.",
    "Het kostte 1.123.456.782 in totaal.",
    "Het budget is 12.500,00 euro per 1.000 inwoners.",
    "123456789 is geen echt nummer.",
    "Zaak 2021/123456, artikel 8:42, lid 3.",
    "ISBN 978-90-1234-567-8 staat in de kast.",
    "Op 01-02-2012 12:30 begon het.",
    "Op 3-4-2024 en 5-6-2024 komen wij bij elkaar.",
    "Open van 09.00 - 17.00 uur, op 01 en 02.",
    "Op 3 april 2012 begonnen wij.",
    "De training is op 12-10-2026 van 10.00 tot 12.00 uur.",
    "In 2024 en 12 maanden later.",
    "In 2023 is 40 procent geholpen.",
    "1234 AB is een postcode.",
    "Sinds 2012 In 3 gevallen.",
    "Kamer 12, 2024 de tweede keer",
    "3 @ 5 euro is 15 euro",
    "Volg ons op @voorbeeld.",
    "Look at this. Dit staat op voorbeeld.nl.",
    "Wij eten at home punt uit.",
    "Kinderen geboren in 2012 gaan nu naar de brugklas.",
    "Hij is ergens geboren. In 2012 begon de proef.",
    "Het idee werd geboren tijdens een gesprek.",
    "De geboortezorg is sinds 2012 anders.",
    "Jongeren van 12 tot 18 jaar (2012).",
    "Zie https://a.nl en http://b.nl en www.c.nl.",
    "Artikel 1.2.3.4.5.6.7.8.2 van de nota",
    "De score was 8-9-8-7-9.",
    "WAAROM SCHREEUWEN WIJ HIER ZO?",
    "Versie 10.11.12 van 2024.",
    "Wij zijn met 10 20 30 of 40 mensen.",
    "Bestand 20240403_123456.pdf",
    "Op bladzijde 111 222 en 333 staat het.",
];

#[test]
fn what_leads_to_somebody_is_held() {
    assert!(HELD.len() >= 40);
    for (kind, text, found) in HELD {
        let holds = reasons(text, &[]);
        let seen: Vec<(Kind, &str)> =
            holds.iter().map(|hold| (hold.kind, &text[hold.found.clone()])).collect();
        assert_eq!(seen, [(*kind, *found)], "{text}");
    }
}

#[test]
fn what_leads_to_nobody_is_not() {
    assert!(FREE.len() >= 40);
    for text in FREE {
        assert_eq!(reasons(text, &[]), [], "{text}");
    }
}

#[test]
fn several_reasons_stand_in_the_order_of_the_text() {
    let text = format!("Zij ({SPECIMEN}, geb. 2012) woont op 1234 AB 5, tel. 06-12345678, zij@voorbeeld.nl");
    assert_eq!(kinds(&text), [Kind::Bsn, Kind::Birth, Kind::Address, Kind::Phone, Kind::Mail]);
}

#[test]
fn words_of_the_list() {
    let list = ["rotwoord", "Café", "lelijke zin", "gek", "", " ", "!", "ab"].map(str::to_owned);
    let found = |text: &str| -> Vec<String> {
        let holds = reasons(text, &list);
        assert!(holds.iter().all(|hold| hold.kind == Kind::Word), "{text}");
        holds.iter().map(|hold| text[hold.found.clone()].to_owned()).collect()
    };
    for (text, word) in [
        ("Een ROTWOORD!", "ROTWOORD"),
        ("rótwoord", "rótwoord"),
        ("rotwoorden", "rotwoorden"),
        ("rotwoords", "rotwoords"),
        ("r\u{200b}otwoord", "r\u{200b}otwoord"),
        ("in het CAFE.", "CAFE"),
        ("twee café's", "café"),
        ("een Lelijke\nzin", "Lelijke\nzin"),
        ("lelijke-zinnen", "lelijke-zinnen"),
        ("gekken", "gekken"),
        ("*gek*", "gek"),
        ("ab", "ab"),
    ] {
        assert_eq!(found(text), [word], "{text}");
    }
    for text in
        ["rotwoordje", "hetrotwoord", "lelijke. Zin", "zin lelijke", "gekkenhuis", "abs", "abb", "", "!"]
    {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn sentences_repeat_nothing() {
    for (_, text, found) in HELD {
        for hold in reasons(text, &[]) {
            for sentence in [hold.for_member(), hold.for_moderator()] {
                assert!(sentence.ends_with('.') && !sentence.contains(found), "{sentence}");
                assert!(!sentence.contains(|c: char| c.is_ascii_digit()), "{sentence}");
            }
        }
    }
}

#[test]
fn whatever_is_written_every_place_is_in_the_text() {
    let mut samples: Vec<&[u8]> = HELD.iter().map(|(_, text, _)| text.as_bytes()).collect();
    samples.extend(FREE.iter().map(|text| text.as_bytes()));
    samples.extend(DANGER.iter().map(|text| text.as_bytes()));
    let list = ["rotwoord", "lelijke zin", "é"].map(str::to_owned);
    let mut chance = Chance::new(5);
    for _ in 0..20_000 {
        let text = String::from_utf8_lossy(&damaged(&mut chance, &samples)).into_owned();
        let holds = reasons(&text, &list);
        assert!(
            holds.iter().all(|hold| text.get(hold.found.clone()).is_some_and(|found| !found.is_empty())),
            "{text:?}"
        );
        assert!(holds.is_sorted_by_key(|hold| hold.found.start));
        names_danger(&text);
    }
}

#[test]
fn long_texts_take_no_time() {
    let begun = std::time::Instant::now();
    for text in [
        "06 ",
        "1 ",
        "geb. ",
        "a@",
        "1234 ",
        "nl",
        "hij slaat ",
        "geboren op ",
        "a at b. ",
        "ik ben bang ",
        "06-12345678 ",
        "3-4-2012 ",
    ] {
        let long = text.repeat(20_000 / text.len());
        reasons(&long, &["a b".to_owned()]);
        names_danger(&long);
    }
    assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
}

/// What somebody may write who needs help now.
const DANGER: &[&str] = &[
    "Hij slaat mij.",
    "hij slaat me elke avond",
    "Mijn man slaat mij als hij gedronken heeft",
    "mijn vader sloeg mij weer",
    "Ze slaan ons thuis",
    "omdat hij me slaat",
    "Hij heeft mij geslagen",
    "Ik word thuis geslagen",
    "ik word door hem mishandeld",
    "Soms word ik geslagen door mijn moeder",
    "Mijn stiefvader zit steeds aan mij",
    "Hij misbruikt me",
    "ik ben verkracht",
    "mijn ex bedreigt mij",
    "Mijn ex stalkt me al maanden",
    "Ik word bedreigd",
    "Ik ben bang om naar huis te gaan",
    "ben zo bang om vanavond naar huis te gaan",
    "Ik durf niet naar huis",
    "ik durf echt niet meer naar huis",
    "Ik ben bang voor mijn man",
    "ik ben heel bang voor hem",
    "Ik ben bang dat hij mij iets aandoet",
    "Ik voel me niet veilig thuis",
    "Ik voel mij onveilig",
    "wij zijn hier niet veilig",
    "Ik ben in gevaar",
    "Hij gaat mij vermoorden",
    "hij zegt dat hij me dood maakt",
    "Hij heeft een mes",
    "Mijn man slaat mijn kinderen",
    "hij slaat onze dochter",
    "Mijn zoontje wordt geslagen",
    "Hij sluit mij op",
    "mijn broer houdt me thuis vast",
    "Hij dwingt mij om met anderen mee te gaan",
    "Hij doet me pijn",
    "Help mij alsjeblieft",
    "alsjeblieft help me",
    "ik mag van hem het huis niet uit",
    "Ik wil dood",
    "ik wil niet meer leven",
    "Ik denk aan zelfmoord",
    "ik maak er een einde aan",
    "Ik heb mezelf pijn gedaan",
    "IK BEN BANG VOOR MIJN VADER",
    "Ik kan niet meer naar huis",
    "hij slááт me, hij slaat me",
];

/// What professionals write about it.
const WORK: &[&str] = &[
    "",
    "Training over kindermishandeling en huiselijk geweld.",
    "Jongeren die thuis geslagen worden, vertellen dat niet snel.",
    "Hoe herken je dat een kind bang is?",
    "Een jongere zei dat hij thuis werd mishandeld.",
    "Wij zijn bang dat de subsidie stopt.",
    "Ik ben bang dat ze ons niet begrijpen.",
    "Wij slaan de gegevens veilig op.",
    "Dat slaat nergens op.",
    "Dit slaat op ons beleid.",
    "Wij durven te zeggen dat het werkt.",
    "De wet dwingt ons tot keuzes.",
    "Zij houdt ons op de hoogte.",
    "Dat raakt ons allemaal.",
    "Help ons met deze vragenlijst.",
    "Kan iemand mij helpen met een formulier?",
    "Wij zoeken een veilige plek voor gesprekken.",
    "Veilig Thuis is bereikbaar op 0800-2000.",
    "Ik voel me thuis in dit netwerk.",
    "Zelfdoding onder jongeren: wat kunnen gemeenten doen?",
    "Wie heeft ervaring met de meldcode?",
    "De jongere was bang voor zijn vader.",
    "Een meisje durfde niet naar huis.",
    "Kinderen zijn bang om naar huis te gaan.",
    "Het plan wordt geslagen in 2027.",
    "Wij kunnen niet naar het congres.",
    "Mijn dochter werkt bij de gemeente.",
    "Wij zijn in gesprek met ouders.",
    "Hij heeft een nieuwe baan.",
    "Ik wil graag weten hoe jullie dat doen.",
    "Ik maak er werk van.",
    "De brug wordt morgen gesloten.",
    "Iedereen verdient het om veilig te zijn.",
    "Hoe maken wij het veilig voor jongeren?",
    "Ons team is getroffen door de bezuiniging.",
    "Ik mag van mijn leidinggevende meedoen.",
    "Wij werden verrast door de vraag.",
    "Het project is doodgebloed.",
    "Er zit een uitnodiging aan ons bericht.",
    "Wat doet dat met een kind?",
    "Mijn ervaring is dat praten helpt.",
    "Ik ben niet bang. Voor mijn man is het anders.",
    "Dat zijn wij niet. Veilig werken leert u hier.",
];

#[test]
fn who_may_be_in_danger_is_seen() {
    assert!(DANGER.len() >= 40);
    let missed: Vec<&&str> = DANGER.iter().filter(|text| !names_danger(text)).collect();
    assert!(missed.is_empty(), "{missed:#?}");
}

#[test]
fn work_is_no_danger() {
    assert!(WORK.len() >= 40);
    let wrong: Vec<&&str> = WORK.iter().filter(|text| names_danger(text)).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}
