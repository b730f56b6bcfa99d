//! Tests of the words.

use super::*;

fn folded(language: &str, text: &str) -> Vec<String> {
    Analyser::new(language)
        .words(text)
        .into_iter()
        .map(|word| format!("{}@{}", word.folded, word.position))
        .collect()
}

fn has(text: &str, want: &[&str]) {
    let words = folded("nl", text);
    for word in want {
        assert!(words.iter().any(|found| found == word), "{text}: no {word} in {words:?}");
    }
}

fn exactly(text: &str, want: &[&str]) {
    assert_eq!(folded("nl", text), want, "{text}");
}

#[test]
fn nothing_has_no_words() {
    for text in ["", " ", "--- ... !? ()", "\u{ad}\u{200b}", "\u{301}\u{308}", "’’ ++ ++", "€ § ©"] {
        assert!(Analyser::new("nl").words(text).is_empty(), "{text:?}");
    }
}

/// Numbers that look random and are the same everywhere.
fn random(seed: &mut u64) -> u64 {
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    *seed
}

#[test]
fn no_text_breaks_it() {
    let signs: Vec<char> =
        "aeiouykstgnzvGEÉéëß’'´-–‐/()+&.,:;0123456789 \u{ad}\u{200b}\u{301}\u{308}Ĳŉ中かﬁ\u{1F600}İ"
            .chars()
            .collect();
    let mut seed = 0x9e37_79b9_7f4a_7c15;
    for language in ["nl", "en", "fr", "de", "zz", ""] {
        let analyser = Analyser::new(language);
        for round in 0..3000 {
            let text: String = (0..random(&mut seed) % 40)
                .map(|_| {
                    let number = random(&mut seed);
                    if round % 3 == 0 {
                        char::from_u32((number % 0x11_0000) as u32).unwrap_or('x')
                    } else {
                        signs[number as usize % signs.len()]
                    }
                })
                .collect();
            let mut position = 0;
            for word in analyser.words(&text) {
                assert!(
                    text.is_char_boundary(word.start)
                        && text.is_char_boundary(word.end)
                        && word.start < word.end,
                    "{text:?}: {word:?}"
                );
                assert!(
                    !word.folded.is_empty() && word.position >= position && word.span > 0,
                    "{text:?}: {word:?}"
                );
                position = word.position;
                analyser.stem(&word.folded);
            }
        }
    }
}

#[test]
fn long_texts_take_no_longer_per_sign() {
    let analyser = Analyser::new("nl");
    for piece in
        ["a.", "1.", "1.000.", "a-", "(a)", "x'", "a- ", "++", "\u{301}", "a\u{ad}", "jeugd- en ", "000.000"]
    {
        let text = piece.repeat(200_000 / piece.len());
        let mut count = 0;
        analyser.each_word(&text, &mut |_| count += 1);
        assert!(count <= text.len() * 5, "{piece}");
    }
    assert!(analyser.words(&"a".repeat(1_000_000)).iter().all(|word| word.folded.len() <= 100));
}

#[test]
fn every_apostrophe_is_the_same() {
    for sign in ['\'', '’', '‘', '´', '`', 'ʼ', '′'] {
        exactly(&format!("de GI{sign}s"), &["de@0", "gi's@1"]);
        exactly(&format!("{sign}veilig{sign}"), &["veilig@0"]);
        has(&format!("{sign}s-Hertogenbosch"), &["s@0", "shertogenbosch@0", "hertogenbosch@1"]);
    }
    assert_eq!(Analyser::new("nl").stem("gi's"), "gi");
    has("O’Brien", &["o'brien@0", "obrien@0"]);
    assert_eq!(folded("fr", "l’école"), ["l@0", "ecole@1"]);
}

#[test]
fn diacritics_are_folded_and_kept_in_the_form() {
    let words = Analyser::new("nl").words("Casuïstiek e\u{301}e\u{301}n ENQUÊTE Ĳssel");
    let forms: Vec<_> = words.iter().map(|word| (word.form.as_str(), word.folded.as_str())).collect();
    assert_eq!(
        forms,
        [("casuïstiek", "casuistiek"), ("één", "een"), ("enquête", "enquete"), ("ĳssel", "ijssel")]
    );
}

#[test]
fn signs_that_are_not_seen_are_nothing() {
    exactly("so\u{ad}ciaal wijk\u{200b}team\u{feff}", &["sociaal@0", "wijkteam@1"]);
}

#[test]
fn a_hyphen_gives_parts_and_the_whole() {
    exactly("straf-zorg safari", &["straf@0", "strafzorg@0", "zorg@1", "safari@2"]);
    has(
        "huisarts-wijk-team",
        &["huisarts@0", "huisartswijk@0", "huisartswijkteam@0", "wijk@1", "wijkteam@1", "team@2"],
    );
    let whole = Analyser::new("nl").words("straf-zorg")[1].clone();
    assert_eq!((whole.span, whole.reading, whole.start, whole.end), (2, Reading::Joined, 0, 10));
    exactly("a - b", &["a@0", "b@1"]);
    has("e-mail", &["email@0"]);
}

#[test]
fn brackets_in_words_are_read_with_and_without() {
    exactly("lokale (wijk)teams", &["lokale@0", "wijkteams@1", "teams@1", "wijk@1"]);
    exactly("team(s) hier", &["teams@0", "team@0", "hier@1"]);
    has("(centrum)Gemeenten", &["centrumgemeenten@0", "gemeenten@0"]);
    exactly("(proces) stappen", &["proces@0", "processtappen@0", "stappen@1"]);
    exactly("(zie ook) dit", &["zie@0", "ook@1", "dit@2"]);
    exactly("hulp(zie ook)", &["hulp@0", "zie@1", "ook@2"]);
}

#[test]
fn tokens_of_the_field() {
    exactly("MDA++ en", &["mda++@0", "mda@0", "en@1"]);
    exactly("(MDA)++", &["mda++@0", "mda@0"]);
    exactly("a +b", &["a@0", "b@1"]);
    exactly("4 van de 24, B1.", &["4@0", "van@1", "de@2", "24@3", "b1@4"]);
    exactly("0-10", &["0@0", "0-10@0", "10@1"]);
    exactly("J&V", &["j@0", "j&v@0", "v@1"]);
    exactly("o.a. N.V.T. bijv. m.b.t.", &["oa@0", "nvt@1", "bijv@2", "mbt@3"]);
    exactly("Einde.Begin", &["einde@0", "begin@1"]);
    exactly("info@ggd-hm.nl", &["info@0", "ggd@1", "ggdhm@1", "hm@2", "nl@3"]);
    exactly("HLTsamen", &["hltsamen@0"]);
    exactly("m²", &["m2@0"]);
}

#[test]
fn numbers() {
    exactly("7,5 7.5 10.000 1.250,50 1.000.000", &["7,5@0", "7,5@1", "10000@2", "1250,50@3", "1000000@4"]);
    exactly("12.05.2024", &["12@0", "12.05.2024@0", "05@1", "2024@2"]);
    exactly("1-2-2024", &["1@0", "1-2@0", "1-2-2024@0", "2@1", "2-2024@1", "2024@2"]);
    exactly("24/7", &["24@0", "24/7@0", "7@1"]);
    exactly("in 2024. 3 keer", &["in@0", "2024@1", "3@2", "keer@3"]);
    assert_eq!(folded("en", "10,000 7.5"), ["10000@0", "7.5@1"]);
}

#[test]
fn capitals_are_seen() {
    let capitals = |text: &str| Analyser::new("nl").words(text)[0].capitals;
    assert!(capitals("OM") && capitals("GI’s") && capitals("MDA++") && capitals("B1"));
    assert!(!capitals("Om") && !capitals("om") && !capitals("12") && !capitals("NJi") && !capitals("RvdK"));
}

#[test]
fn no_part_is_left_out_where_none_is() {
    exactly("de jeugd - en dat is het", &["de@0", "jeugd@1", "en@2", "dat@3", "is@4", "het@5"]);
    exactly("jeugd-. En gezinsteams", &["jeugd@0", "en@1", "gezinsteams@2"]);
}

#[test]
fn elided_words_are_whole() {
    has("Jeugd- en Gezinsteams", &["jeugd@0", "jeugdteams@0", "en@1", "gezinsteams@2"]);
    has("leer-/werksessies", &["leersessies@0", "werksessies@1"]);
    has("kind -en gezinsbescherming", &["kindbescherming@0"]);
    has("jeugd-en gezinscoach", &["jeugdcoach@0"]);
    has("jeugd- en sociaal team", &["jeugdteam@0"]);
    has("jeugd-, gezins- en wijkteams", &["jeugdteams@0", "gezinsteams@1", "wijkteams@3"]);
    has("werkafspraken en -processen", &["werkprocessen@2"]);
    has("ketenpartners/-organisaties", &["ketenorganisaties@1"]);
    has("in- en uitstroom", &["instroom@0"]);
    has("voor- en nadelen", &["voordelen@0"]);
    has("zorg- en strafketen", &["zorgketen@0"]);
    has("kinder- en jeugdpsychiatrie", &["kinderpsychiatrie@0"]);
    has("opvoed- en opgroeihulp", &["opvoedhulp@0"]);
    has("een plan op te zetten", &["opzetten@2"]);
    let jeugdteams = Analyser::new("nl")
        .words("jeugd- en gezinsteams")
        .into_iter()
        .find(|word| word.folded == "jeugdteams");
    assert_eq!(
        jeugdteams.map(|word| (word.reading, word.span, word.start, word.end)),
        Some((Reading::Elided, 1, 0, 5))
    );
}

#[test]
fn the_fingerprint_knows_the_language() {
    let prints: Vec<u64> =
        ["nl", "en", "de", "zz"].iter().map(|language| Analyser::new(language).fingerprint()).collect();
    assert!(prints.iter().enumerate().all(|(at, print)| !prints[..at].contains(print)), "{prints:?}");
    assert_eq!(Analyser::new("nl-BE").fingerprint(), prints[0]);
}
