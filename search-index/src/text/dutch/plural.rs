//! Plurals with s, and diminutives. In: the letters of a word. Out: the same without that ending.

use super::letters::{Letters, is_vowel};

/// Words in -s that are no plurals, and what ends in them.
const NO_PLURAL: &[&str] = &[
    "dres", "gres", "pres", "nses", "ares", "eres", "barones", "bes", "bordes", "stress", "eens", "demens",
    "nmens", "kmens", "dimens", "grens", "wens", "intens", "forens", "koers", "beurs", "paars", "divers",
    "pervers", "dwars", "gans", "thuis", "advies", "verlies", "recies", "ervies", "devies", "valies",
    "markies", "vlies", "oes", "engels", "korps", "rups", "vals", "hals",
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

/// Whether the s at the end is one of a plural, or one between the parts of a compound that is written apart.
pub(super) fn is_plural(letters: &Letters) -> bool {
    if letters.ends_in_any(NO_PLURAL) {
        return false;
    }
    let ends = |endings: &[&str]| letters.ends_in_any(endings);
    let two = letters.syllables_without(1) > 1;
    let further = letters.back(2);
    match letters.back(1) {
        b'e' => letters.count() > 4 && two && is_plural_e(letters),
        b'r' => two && matches!(further, b'e' | b'o' | b'a' | b'u'),
        b'l' => two && matches!(further, b'e' | b'o' | b'a' | b'u') || ends(&["ails", "tools", "goals"]),
        b'n' => two && (further == b'e' || ends(&["ions", "aans", "ains", "oons"])),
        b'm' => letters.count() > 4,
        b'p' | b'b' => letters.count() > 3,
        b'g' => two && ends(&["ings", "logs"]) || ends(&["blogs", "songs"]),
        b'u' => ends(&["eaus"]),
        // Without the apostrophe that belongs there.
        b'o' => ends(&["ios", "eos", "fotos", "autos"]),
        b'a' => ends(&["themas", "ammas", "llegas", "agendas"]),
        b'd' => ends(&["heids", "wards", "boards", "trends", "records", "loads"]),
        b't' => {
            ends(&["teits", "ounts", "weets", "shirts"])
                || two
                    && ends(&[
                        "ants", "ents", "kets", "lets", "gets", "erts", "obots", "ports", "acts", "ects",
                    ])
        }
        b'k' => ends(&["cks"]),
        b'w' => ends(&["iews", "ows"]),
        b'y' => ends(&["oys", "ays"]) || two,
        _ => false,
    }
}

/// -es: `gemeentes`, `modules`, `dames`; but `proces`, `rijles`, `zakmes`, `chinees`.
fn is_plural_e(letters: &Letters) -> bool {
    let (before, further) = (letters.back(2), letters.back(3));
    let vowel = is_vowel(further);
    match before {
        b'e' | b'o' => false,
        b'i' | b'j' => true,
        b'c' => letters.ends_in_any(&["vices", "fices", "nces", "aces"]),
        b'l' => vowel || matches!(further, b'l' | b'g' | b'b' | b't'),
        b'm' => vowel || further == b'm',
        b'z' => vowel || further == b'r',
        _ => true,
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
        // `lampje`, but `boompje`, `filmpje`, `bodempje`.
        let (vowel, before) = (letters.back(4), letters.back(5));
        let short = is_vowel(vowel)
            && !is_vowel(before)
            && (matches!(vowel, b'a' | b'o') || letters.syllables_without(3) == 1);
        letters.cut(if short { 2 } else { 3 });
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
    let ends = |endings: &[&str]| letters.ends_in_any(endings);
    let (before, further) = (letters.back(3), letters.back(4));
    let long = is_vowel(further) && is_vowel(letters.back(5));
    let one = letters.syllables_without(3) == 1;
    match before {
        b'l' | b'w' => false,
        b'r' => {
            ends(&["kaartje", "taartje", "staartje", "soortje", "poortje", "buurtje"])
                || !long && (one || further != b'e')
        }
        b'n' => {
            !long
                && (further != b'e'
                    || one
                    || ends(&["centje", "mentje", "dentje", "tentje", "talentje", "clientje"]))
        }
        b'a' => {
            further != b'a'
                || letters.count() < 7
                || ends(&[
                    "plaatje", "straatje", "praatje", "staatje", "vaatje", "ldaatje", "tomaatje", "araatje",
                ])
        }
        b'o' => further != b'o' || one && !ends(&["zootje"]) || ends(&["bootje", "nootje"]),
        b'e' => {
            (further != b'i' || one && !ends(&["knietje", "drietje"]))
                && !ends(&["koetje", "cafeetje", "ideetje", "sneetje"])
        }
        b'i' => further != b'e' || letters.count() > 5,
        b'u' => !ends(&["eautje"]),
        b'j' => ends(&["bijtje", "pijtje", "krijtje"]),
        _ => true,
    }
}
