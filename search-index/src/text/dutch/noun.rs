//! Endings of nouns and adjectives. In: the letters of a word. Out: the same without them.

use super::letters::{Letters, is_vowel};

/// Words of which -en or -er is no ending, and what ends in them when this letter does not stand before it.
const WHOLE: &[(&str, u8)] = &[
    ("teken", b's'),
    ("oefen", b' '),
    ("wapen", b' '),
    ("regen", b'k'),
    ("zegen", b' '),
    ("keten", b' '),
    ("haven", b'c'),
    ("examen", b' '),
    ("deken", b' '),
    ("wagen", b' '),
    ("keuken", b' '),
    ("jongen", b' '),
    ("varken", b' '),
    ("geheugen", b' '),
    ("vermogen", b' '),
    ("morgen", b' '),
    ("bodem", b' '),
];

/// Takes off what number, case and degree add.
pub(super) fn inflection(letters: &mut Letters) {
    if letters.ends("heden") && letters.count() > 7 {
        letters.cut(5);
        letters.put("heid");
        return;
    }
    if letters.participle || is_whole(letters) {
        return;
    }
    if letters.ends("en") {
        plural(letters);
    } else if letters.back(0) == b'e' {
        last_e(letters);
    }
    superlative(letters);
}

/// Whether a word stays as it is because its ending is none.
fn is_whole(letters: &Letters) -> bool {
    WHOLE.iter().any(|(word, not)| {
        letters.ends(word) && (letters.back(word.len()) != *not || letters.count() == word.len())
    })
}

/// -en: `plannen`, `ideeen`, `bacterien`, `bijen`.
fn plural(letters: &mut Letters) {
    let (before, further) = (letters.back(2), letters.back(3));
    if letters.count() < 5 && letters.syllables_without(2) == 0
        || letters.syllables_without(2) == 0
        || letters.count() < 5
    {
        return;
    }
    if !is_vowel(before) {
        letters.cut(2);
        letters.open = true;
    } else if (before == b'e' && matches!(further, b'e' | b'i'))
        || (before == b'i' && further == b'e')
        || letters.ends("uien")
        || letters.ends("oeien")
    {
        letters.cut(2);
    } else if before == b'i'
        && matches!(further, b'c' | b'r' | b'l' | b't' | b's' | b'd' | b'n')
        && letters.syllables_without(3) > 0
    {
        // `financien`: the word is `financie`.
        letters.cut(1);
    }
}

/// -e: `veilige`, `gemeente`, `keuze`.
fn last_e(letters: &mut Letters) {
    if letters.count() > 3 && !is_vowel(letters.back(1)) && letters.syllables_without(1) > 0 {
        letters.cut(1);
        letters.open = true;
    }
}

/// -st behind an ending of adjectives: `belangrijkst`, `veiligst`.
fn superlative(letters: &mut Letters) {
    if letters.ends_in_any(&["igst", "lijkst", "baarst", "zaamst", "eelst"]) {
        letters.cut(2);
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
    let long =
        |letters: &Letters, ending: &str| letters.ends(ending) && letters.syllables_without(ending.len()) > 1;
    if long(letters, "atie") || long(letters, "ator") {
        letters.cut(4);
    } else if letters.ends("rder") && letters.back(4) == letters.back(5) && letters.syllables_without(3) > 1
        || letters.ends("uurder")
    {
        letters.cut(3);
    } else if long(letters, "elaar") || letters.ends("enaar") && letters.syllables_without(5) > 1 {
        letters.cut(3);
    } else if (long(letters, "eer") && !letters.ends_in_any(&["beheer", "verkeer"])) || long(letters, "iseur")
    {
        letters.cut(3);
    } else if long(letters, "er") && !is_vowel(letters.back(2)) {
        letters.cut(2);
    }
}

/// -ing that belongs to the word, and -ling of people and things.
fn is_no_action(letters: &Letters) -> bool {
    let ling = letters.back(3) == b'l' && !is_vowel(letters.back(4)) && letters.back(4) != b'l';
    ling || letters.ends_in_any(&["koning", "honing", "haring", "paling", "kring", "ding", "sprong"])
        && letters.syllables_without(4) == 0
        || letters.ends_in_any(&["koning", "kring"])
}
