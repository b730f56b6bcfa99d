//! Plurals with s, and diminutives. In: the letters of a word. Out: the same without that ending.

use super::letters::{Letters, is_vowel};

/// Words in -es and -ens that are no plurals, and what ends in them.
const NO_PLURAL: &[&str] = &[
    "ces", "dres", "gres", "pres", "nses", "ares", "ones", "mes", "zes", "bes", "jes", "stress", "eens",
    "mens", "grens", "lens", "wens", "pens", "chines", "siers", "paars", "laars", "koers", "beurs", "kers",
    "vers", "pers", "wars", "dwars", "oers", "gans", "thuis",
];

/// Takes off the s of a plural and the ending of a diminutive.
pub(super) fn singular(letters: &mut Letters) {
    if letters.back(0) == b's' && is_plural(letters) {
        letters.cut(1);
    }
    if letters.ends("je") && letters.count() > 4 {
        diminutive(letters);
    }
}

fn is_plural(letters: &Letters) -> bool {
    if letters.ends("jes") {
        return letters.count() > 5;
    }
    if letters.ends("les") {
        // `modules`, `controles`; but `rijles`, `zwemles`.
        return letters.count() > 5 && matches!(letters.back(3), b'u' | b'o' | b'k' | b'i' | b'd');
    }
    if letters.ends("mes") || letters.ends("zes") || letters.ends("ces") {
        return letters.ends_in_any(&[
            "ammes", "emes", "omes", "uzes", "ezes", "rzes", "izes", "vices", "fices", "rmes",
        ]);
    }
    if letters.ends_in_any(NO_PLURAL) || letters.syllables_without(1) == 0 {
        return false;
    }
    let two = letters.syllables_without(1) > 1;
    let (before, further) = (letters.back(1), letters.back(2));
    match before {
        b'e' => two || further == b'e',
        b'r' => {
            (two && matches!(further, b'e' | b'o' | b'a' | b'u')) || letters.ends_in_any(&["eurs", "aars"])
        }
        b'l' => {
            matches!(further, b'e') && two
                || letters.ends_in_any(&["ails", "ools", "alls", "ills", "uals"]) && letters.count() > 5
        }
        b'n' => two && (matches!(further, b'e') || letters.ends_in_any(&["ions", "aans", "ains", "kens"])),
        b'm' => letters.count() > 4,
        b'p' => letters.count() > 3,
        b'g' => letters.ends("ings") && two,
        b'd' => letters.ends("heids"),
        b't' => letters.ends_in_any(&["teits", "ents", "ounts"]),
        _ => false,
    }
}

/// `plannetje`, `teampje`, `kaartje`, `tafeltje`, `woninkje`.
fn diminutive(letters: &mut Letters) {
    if letters.ends("inkje") && letters.syllables_without(5) > 0 {
        letters.cut(3);
        letters.put("g");
    } else if letters.ends("etje")
        && letters.count() > 6
        && (letters.back(4) == letters.back(5) || letters.ends("ingetje"))
    {
        letters.cut(4);
    } else if letters.ends("mpje") {
        letters.cut(3);
    } else if letters.ends("tje") {
        letters.cut(if is_of_the_root(letters) { 2 } else { 3 });
        // `fotootje`, `omaatje`.
        let (last, before) = (letters.back(0), letters.back(1));
        if last == before && matches!(last, b'a' | b'o' | b'u') {
            letters.cut(1);
        }
    } else if !is_vowel(letters.back(2)) && letters.syllables_without(2) > 0 {
        letters.cut(2);
    }
}

/// Whether the t of -tje belongs to the word: `kaartje`, `puntje`, but `deurtje`, `tuintje`.
fn is_of_the_root(letters: &Letters) -> bool {
    let before = letters.back(3);
    match before {
        b'l' | b'w' => false,
        b'r' => {
            letters.ends_in_any(&[
                "kaartje", "taartje", "staartje", "soortje", "poortje", "buurtje", "artje", "portje", "ertje",
            ]) && !letters.ends_in_any(&["jaartje", "aertje"])
                && letters.syllables_without(3) == 1
        }
        b'n' => {
            !is_vowel(letters.back(5)) && letters.back(4) != b'e'
                || letters.ends_in_any(&["centje", "mentje", "dentje", "tentje", "entje"])
                    && letters.back(5) != b'k'
        }
        b'a' => letters
            .ends_in_any(&["plaatje", "straatje", "maatje", "praatje", "staatje", "gaatje", "draadtje"]),
        b'e' | b'i' | b'u' => {
            letters.ends_in_any(&["oetje", "uitje", "ietje", "outje"]) && letters.count() > 6
        }
        b'o' => letters.ends_in_any(&["pootje", "bootje", "nootje", "lootje", "vlootje"]),
        _ => !is_vowel(before) && before != b'j',
    }
}
