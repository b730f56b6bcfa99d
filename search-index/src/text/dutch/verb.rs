//! Forms of verbs. In: the letters of a word. Out: the root of the verb, where the ending leaves no doubt.

use super::irregular::particle;
use super::letters::{Letters, is_vowel};

/// Verbs that begin with `ge` by themselves, from behind it.
const WITH_GE: &[&str] = &[
    "bruik", "beur", "loof", "niet", "nees", "tuig", "wen", "hoorzaa", "raak", "val", "ven", "ef", "lei",
    "rief", "bied",
];

/// Nouns and adjectives that look like participles, from behind `ge`.
const NO_PARTICIPLE: &[&str] = &[
    "schikt",
    "weld",
    "duld",
    "zond",
    "middeld",
    "luid",
    "bied",
    "zind",
    "moed",
    "breid",
    "heid",
    "negenheid",
    "dicht",
    "vaard",
];

/// Takes `ge` and the ending off a participle: `opgeschaald`, `geregistreerde`.
pub(super) fn participle(letters: &mut Letters) {
    let at = particle(letters.all());
    let rest = letters.all().get(at..).unwrap_or_default();
    let Some(root) = rest.strip_prefix(b"ge") else { return };
    if root.len() < 3
        || WITH_GE.iter().any(|verb| root.starts_with(verb.as_bytes()))
        || !root.iter().any(|letter| is_vowel(*letter))
    {
        return;
    }
    let e = usize::from(root.ends_with(b"e"));
    let bare = root.get(..root.len() - e).unwrap_or_default();
    if NO_PARTICIPLE.iter().any(|word| bare == word.as_bytes()) {
        return;
    }
    let strong = at > 0 && e == 0 && root.len() > 4 && root.ends_with(b"en") && !root.ends_with(b"heden");
    let cut = if strong { 2 } else { weak(bare, at > 0).map_or(usize::MAX, |ending| ending + e) };
    if cut == usize::MAX {
        return;
    }
    letters.cut(cut);
    letters.take_out(at, 2);
    letters.participle = true;
    // *gemaakt* is *maak* already; only the ending -en leaves an open syllable.
    letters.open = strong;
}

/// How much of a root is the ending of a participle; `None` when it is none. With a particle before `ge` nearly every one is.
fn weak(root: &[u8], certain: bool) -> Option<usize> {
    let ends = |ending: &str| root.ends_with(ending.as_bytes());
    let any = |endings: &[&str]| endings.iter().any(|ending| ends(ending));
    if ends("meld") || ends("land") && certain {
        return Some(0);
    }
    if any(&[
        "eerd", "erd", "eld", "igd", "agd", "egd", "ogd", "rgd", "lgd", "ngd", "md", "aald", "eend", "oond",
        "aand", "oerd", "uurd", "eurd", "ond",
    ]) || any(&[
        "uild", "oeld", "aakt", "eekt", "ookt", "rkt", "lkt", "nkt", "ekt", "ikt", "ukt", "okt", "akt", "pt",
        "oofd", "eefd", "aafd", "erfd", "aasd", "eisd",
    ]) || any(&["plaatst", "wenst", "past", "mist", "straft", "schaft"])
    {
        return (!ends("wond") && !ends("rond") && !ends("zond") || certain).then_some(1);
    }
    // The t or d belongs to the verb: *ingezet*, *voorbereid*, *gestart*.
    (certain && any(&["t", "d"]) || any(&["tart", "richt", "leid", "test", "zet", "wijzigd"])).then_some(0)
}

/// Takes off the endings of persons and times: `werkt`, `organiseert`, `ontwikkeld`, `maakten`.
pub(super) fn person(letters: &mut Letters) {
    if letters.participle || letters.count() < 5 {
        return;
    }
    if letters.ends("dt") || is_past(letters) || is_third(letters) || is_joined_participle(letters) {
        letters.cut(1);
        letters.open = false;
    }
}

/// The t or d that is left of -te(n) and -de(n).
fn is_past(letters: &Letters) -> bool {
    letters.open
        && (letters.ends_in_any(&[
            "kt", "aagd", "olgd", "orgd", "egd", "eldd", "idd", "oerd", "eurd", "uurd", "eerd", "aald",
            "oond", "iend", "oemd",
        ]) && !letters.ends_in_any(&["ct", "markt", "deugd", "meerd"]))
}

/// The t of the third person.
fn is_third(letters: &Letters) -> bool {
    if letters.open || letters.back(0) != b't' {
        return false;
    }
    let long = letters.syllables_without(1) > 1;
    match letters.back(1) {
        b'k' => !letters.ends("markt"),
        b'g' => !letters.ends_in_any(&["veegt"]),
        b'p' => !letters.ends_in_any(&["cept", "script", "adopt", "dupt"]),
        b'm' => !letters.ends("ambt"),
        b'l' => !letters.ends_in_any(&["asfalt", "bult", "consult", "result"]),
        b'f' => {
            letters.ends_in_any(&["jft", "eeft", "eft", "oeft", "ooft"]) && !letters.ends_in_any(&["heeft"])
        }
        b'n' => {
            letters
                .ends_in_any(&["eunt", "oont", "leent", "meent", "kent", "ient", "opent", "ekent", "efent"])
                && !letters.ends_in_any(&["client", "patient", "ambient", "ingredient"])
        }
        b'r' => {
            letters.ends_in_any(&["eert", "oert", "stuurt", "duurt", "huurt", "eurt"])
                && !letters.ends("beurt")
                || letters.ends("gebeurt")
                || long
                    && letters.ends("ert")
                    && !letters.ends_in_any(&["concert", "expert", "dessert", "desert"])
        }
        b's' => {
            letters.ends_in_any(&["laatst", "plaatst", "leest", "wijst", "reist", "kiest", "eist", "wenst"])
                && !letters.ends_in_any(&["geest", "feest", "laatst", "eerst", "dienst"])
        }
        _ => false,
    }
}

/// Participles of verbs with be-, ver-, ont-, her- and the like: `ontwikkeld`, `betaald`, `ondersteund`.
fn is_joined_participle(letters: &Letters) -> bool {
    if letters.back(0) != b'd' || letters.syllables_without(1) < 2 {
        return false;
    }
    let joined = ["be", "ver", "ont", "her", "onder", "over", "door", "mis", "vol"]
        .iter()
        .any(|prefix| letters.text().starts_with(prefix));
    if letters.ends_in_any(&["honderd", "beeld", "wereld", "geweld", "middeld", "meld", "jeugd", "deugd"]) {
        return false;
    }
    letters.ends_in_any(&["eerd", "igd"])
        || joined
            && letters.ends_in_any(&[
                "eld", "erd", "aald", "aard", "eurd", "uurd", "oerd", "oord", "eund", "eend", "oond", "kend",
                "md", "lgd", "ngd", "rgd", "aagd", "egd", "ogd", "uld", "huisd",
            ])
            && !letters.ends_in_any(&["woord", "oord"])
}
