//! Endings of nouns and adjectives. In: the letters of a word. Out: the same without them.

use super::letters::{Letters, is_vowel};
use super::plural::is_plural;

/// Words of which -en is no ending, and what ends in them when none of these letters stands before it.
const WHOLE: &[(&str, &[u8])] = &[
    ("teken", b"s"),
    ("reken", b"pbt"),
    ("oefen", b""),
    ("wapen", b""),
    ("regen", b"k"),
    ("zegen", b""),
    ("keten", b""),
    ("haven", b"c"),
    ("examen", b""),
    ("deken", b""),
    ("wagen", b""),
    ("keuken", b""),
    ("jongen", b""),
    ("varken", b""),
    ("christen", b""),
    ("geheugen", b""),
    ("vermogen", b""),
    ("morgen", b""),
];

/// Takes off what number, case and degree add.
pub(super) fn inflection(letters: &mut Letters) {
    // What both have in common is a beginning of both.
    for (ending, cut, least) in [("heden", 3, 8), ("heid", 2, 7)] {
        if letters.ends(ending) && letters.count() >= least {
            letters.cut(cut);
            return;
        }
    }
    if letters.participle || is_whole(letters) {
        return;
    }
    if letters.ends("en") {
        plural(letters);
    } else if letters.back(0) == b'e' {
        last_e(letters);
    }
    if letters.open {
        of_adjective(letters);
    }
    present(letters);
    degree(letters);
}

/// What stands before the last -e or -en of an adjective: `volwassen-en`, `oosters-e`.
fn of_adjective(letters: &mut Letters) {
    let double = letters.back(2) == letters.back(3);
    if letters.ends("en")
        && letters.syllables_without(0) > 2
        && !is_whole(letters)
        && !letters.ends("sten")
        && (double
            || letters.ends("ngen")
            || matches!(letters.back(2), b'k' | b's' | b't' | b'd' | b'v' | b'z'))
    {
        letters.cut(2);
    } else if letters.back(0) == b's' && matches!(letters.back(1), b'r' | b'l' | b'n') && is_plural(letters) {
        letters.cut(1);
    }
}

/// -end: `volgend`, `betreffende`; but `bekend`, `weekend`.
fn present(letters: &mut Letters) {
    let other = [
        "bekend", "herkend", "verkend", "miskend", "tkend", "gekend", "duizend", "tzend", "rzend", "oezend",
        "inzend", "afzend", "anwend", "rwend", "tekend", "berekend", "gerekend", "regend", "geopend",
        "heropend", "oefend", "agend", "legend", "arend", "ochtend", "weekend", "riend", "trend",
    ];
    let before = letters.back(3);
    let fits = !is_vowel(before) || before == b'i' && is_vowel(letters.back(4));
    if letters.ends("end")
        && fits
        && letters.syllables_without(3) > 0
        && letters.text() != "erkend"
        && !letters.ends_in_any(&other)
    {
        letters.cut(3);
        letters.open = before != b'i';
    }
}

/// Whether a word stays as it is because its ending is none.
fn is_whole(letters: &Letters) -> bool {
    WHOLE.iter().any(|(word, not)| letters.ends(word) && !not.contains(&letters.back(word.len())))
}

/// -en: `plannen`, `ideeen`, `bacterien`, `bijen`, `toernooien`.
fn plural(letters: &mut Letters) {
    let (before, further) = (letters.back(2), letters.back(3));
    if letters.syllables_without(2) == 0 {
        return;
    }
    if !is_vowel(before) {
        letters.cut(2);
        letters.open = true;
    } else if before == b'e' && matches!(further, b'e' | b'i')
        || before == b'i' && is_vowel(further)
        || letters.ends("duen")
    {
        letters.cut(2);
    } else if before == b'i'
        && matches!(further, b'c' | b'r' | b'l' | b't' | b's' | b'n')
        && letters.syllables_without(3) > 0
    {
        // `financien`: the word is `financie`.
        letters.cut(1);
    }
}

/// -e: `veilige`, `gemeente`, `keuze`, `mooie`.
fn last_e(letters: &mut Letters) {
    let before = letters.back(1);
    let mooi = before == b'i' && is_vowel(letters.back(2));
    if letters.count() > 3 && (!is_vowel(before) || mooi) && letters.syllables_without(1) > 0 {
        letters.cut(1);
        letters.open = !mooi;
    }
}

/// Adjectives of one syllable that are compared often, as they stand before -er and before -st. The others of one syllable
/// stay as they are, because *ouder*, *rechter*, *leider*, *kamer* are words of their own.
const COMPARED: &[(&str, &str, &str)] = &[
    ("groot", "grot", "groot"),
    ("hoog", "hog", "hoog"),
    ("laag", "lag", "laag"),
    ("breed", "bred", "breed"),
    ("snel", "snell", "snel"),
    ("zwak", "zwakk", "zwak"),
    ("druk", "drukk", "druk"),
    ("dun", "dunn", "dun"),
    ("dik", "dikk", "dik"),
    ("smal", "small", "smal"),
    ("slim", "slimm", "slim"),
    ("zwaar", "zwaard", "zwaar"),
    ("duur", "duurd", "duur"),
    ("sterk", "sterk", "sterk"),
    ("lang", "lang", "lang"),
    ("kort", "kort", "kort"),
    ("klein", "klein", "klein"),
    ("nieuw", "nieuw", "nieuw"),
    ("licht", "licht", "licht"),
    ("diep", "diep", "diep"),
    ("warm", "warm", "warm"),
    ("slecht", "slecht", "slecht"),
    ("jong", "", "jong"),
    ("oud", "", "oud"),
    ("scherp", "scherp", "scherp"),
    ("ruim", "ruim", "ruim"),
    ("leuk", "leuk", "leuk"),
    ("mooi", "mooi", "mooi"),
    ("vaak", "vak", "vaak"),
    ("hard", "hard", "hard"),
    ("rijk", "rijk", "rijk"),
    ("zacht", "zacht", "zacht"),
    ("koud", "koud", "koud"),
    ("streng", "streng", "streng"),
    ("fijn", "fijn", "fijn"),
    ("arm", "arm", "arm"),
    ("erg", "erg", "erg"),
    ("vreemd", "vreemd", "vreemd"),
];

/// -er, -st: `groter`, `sterkst`, `belangrijkst`, `veiligst`.
fn degree(letters: &mut Letters) {
    if letters.ends_in_any(&["igst", "ijkst", "baarst", "zaamst", "eelst", "airst", "oopst", "dst", "volst"])
        && letters.count() > 5
    {
        letters.cut(2);
        return;
    }
    for (stem, compared, most) in COMPARED {
        let before = |ending: &str| letters.text().strip_suffix(ending).unwrap_or_default();
        if !compared.is_empty() && before("er") == *compared || before("st") == *most {
            letters.cut(letters.count());
            letters.put(stem);
            letters.open = false;
            return;
        }
    }
}

/// Takes off what makes a noun of a verb, where two syllables are left; with -ing one suffices.
pub(super) fn derivation(letters: &mut Letters) {
    if is_whole(letters) {
        return;
    }
    if letters.ends("ing")
        && letters.count() > 5
        && letters.syllables_without(3) > 0
        && !is_no_action(letters)
    {
        letters.cut(3);
        letters.open = true;
        if is_whole(letters) {
            return;
        }
    }
    // *overdracht* is of *overdragen* as *melding* is of *melden*.
    if letters.ends_in_any(&["overdracht", "voordracht"]) {
        letters.cut(4);
        letters.put("ag");
        return;
    }
    let long =
        |letters: &Letters, ending: &str| letters.ends(ending) && letters.syllables_without(ending.len()) > 1;
    if long(letters, "atie") || long(letters, "ator") {
        letters.cut(4);
    } else if letters.ends("rder") && letters.back(4) == letters.back(5) && letters.syllables_without(3) > 1
        || letters.ends("uurder")
        || long(letters, "airder")
        || letters.ends("elaar") && letters.syllables_without(5) > 0
        || long(letters, "enaar")
    {
        letters.cut(3);
    } else if letters.open
        && (letters.ends("elar") && letters.syllables_without(4) > 0 || long(letters, "enar"))
    {
        letters.cut(2);
    } else if (long(letters, "eer") && !letters.ends_in_any(&["beheer", "verkeer"])) || long(letters, "iseur")
    {
        letters.cut(3);
    } else if long(letters, "er")
        && (!is_vowel(letters.back(2)) || letters.back(2) == b'u' && !matches!(letters.back(3), b'e' | b'o'))
    {
        letters.cut(2);
        present(letters);
    }
}

/// -ing that belongs to the word, and -ling of people and things.
fn is_no_action(letters: &Letters) -> bool {
    let ling = letters.back(3) == b'l' && !is_vowel(letters.back(4)) && letters.back(4) != b'l';
    ling || letters.ends_in_any(&["koning", "kring", "briefing", "paling"]) && !letters.ends("bepaling")
        || ["honing", "haring"].contains(&letters.text())
}
