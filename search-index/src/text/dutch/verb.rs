//! Forms of verbs. In: the letters of a word. Out: the root of the verb, where the ending leaves no doubt.

use super::letters::{Letters, is_vowel};
use super::strong::particle;

/// Verbs that begin with `ge` by themselves, from behind it.
const WITH_GE: &[&str] = &[
    "bruik", "beur", "loof", "niet", "nees", "tuig", "wen", "hoorzaa", "raak", "vall", "vend", "ef", "rief",
    "bied", "zel", "boort", "verij", "draag",
];

/// Nouns and adjectives that look like participles, from behind `ge`. In no order.
const NO_PARTICIPLE: &[&str] = &[
    "schikt", "weld", "duld", "zond", "middeld", "luid", "bied", "zind", "moed", "breid", "dicht", "vaard",
    "bed", "bod", "bit", "drocht", "est", "halt", "hucht", "laat", "lid", "noot", "not", "recht", "rucht",
    "schut", "slacht", "vecht", "vest", "waad", "west", "wicht", "zant", "zicht", "schied", "bergt", "stalt",
    "meent", "boort", "beent", "daant", "hemelt", "raamt", "steent", "vaart", "woont", "diert", "wricht",
    "bladert", "sternt", "boomt", "vogelt", "ert", "rard", "trouwd", "ziekt", "rust", "nant", "grond",
    "hakt", "makt", "deelt", "nad", "liefd", "ilst", "schrift", "reed", "dacht", "rald", "dur", "durend",
    "mert",
];

/// The same behind a particle as well: `voorgesprekken`, `ondergeschikt`, `bijgebouwen`.
const NEVER: &[&str] = &[
    "schikt", "weld", "middeld", "bouwen", "sprekken", "zichten", "wichten", "rechten", "dichten", "dachten",
    "bieden", "luiden", "zicht", "wicht", "recht", "dicht", "heid", "heden", "ingen", "ziekt", "ziekte",
];

/// Takes `ge` and the ending off a participle: `opgeschaald`, `geregistreerde`.
pub(super) fn participle(letters: &mut Letters) {
    let at = particle(letters.all());
    let rest = letters.all().get(at..).unwrap_or_default();
    let Some(root) = rest.strip_prefix(b"ge") else { return };
    let ends = |ending: &str| root.ends_with(ending.as_bytes());
    let e = if ends("den") || ends("ten") { 2 } else { usize::from(ends("e")) };
    let bare = root.get(..root.len() - e).unwrap_or_default();
    if !may_begin(root)
        || NEVER.iter().any(|noun| root.ends_with(noun.as_bytes()) || bare.ends_with(noun.as_bytes()))
    {
        return;
    }
    let count = groups(bare);
    // *gezinsgericht* is no participle; long ones end as verbs from Latin do.
    let latin =
        ["eerd", "igd", "ierd", "tord", "antwoord"].iter().any(|latin| bare.ends_with(latin.as_bytes()));
    let noun = at == 0 && (NO_PARTICIPLE.iter().any(|noun| bare == noun.as_bytes()) || count > 2 && !latin);
    if noun || count == 0 {
        return;
    }
    let strong = at > 0 && e != 1 && root.len() > 4 && ends("en");
    let single = e == 2 && bare.len() > 1 && is_vowel(bare.get(bare.len() - 2).copied().unwrap_or_default());
    let cut = match weak(bare) {
        Some(0) if at == 0 && (count > 1 || single) => return,
        Some(_) if strong && single => 2,
        Some(ending) => ending + e,
        None if strong => 2,
        None => return,
    };
    letters.cut(cut);
    letters.take_out(at, 2);
    letters.participle = true;
    // *gemaakt* is *maak* already; only the ending -en leaves an open syllable.
    letters.open = strong && cut == 2;
}

/// Whether a verb may begin so: not one that has `ge` by itself, and not the `ge` of *geld* and *gentse*.
fn may_begin(root: &[u8]) -> bool {
    let [first, second, ..] = root else { return false };
    let onset = is_vowel(*first)
        || is_vowel(*second)
        || !matches!(first, b'l' | b'r' | b'n' | b'm' | b'j') && first != second;
    root.len() > 2 && onset && !WITH_GE.iter().any(|verb| root.starts_with(verb.as_bytes()))
}

/// How much of a root is the ending of a participle; `None` when it is none. Nouns that begin with `ge` have been sorted out.
fn weak(root: &[u8]) -> Option<usize> {
    let ends = |ending: &str| root.ends_with(ending.as_bytes());
    let any = |endings: &[&str]| endings.iter().any(|ending| ends(ending));
    if ends("woord") || ends("meld") && !any(&["ameld", "mmeld", "emeld"]) {
        return Some(0);
    }
    let voiced = [
        "eerd", "erd", "eld", "igd", "agd", "egd", "ogd", "rgd", "lgd", "ngd", "md", "aald", "eend", "oond",
        "aand", "oerd", "uurd", "eurd",
    ];
    let further = [
        "opend", "ekend", "efend", "egend", "vuld", "oord", "uild", "oeld", "eild", "aind", "aild", "uind",
        "eund", "ijnd", "pland", "kend", "iend", "oend", "sord",
    ];
    let open = [
        "oeid", "aaid", "ooid", "uwd", "oofd", "eefd", "aafd", "erfd", "oefd", "aasd", "eisd", "uisd",
        "oosd", "iesd", "eesd", "tord",
    ];
    let voiceless = [
        "aakt", "eekt", "ookt", "rkt", "lkt", "nkt", "ekt", "ikt", "ukt", "okt", "akt", "pt", "tst", "nst",
        "past", "mist", "lost", "vist", "ckt", "oacht",
    ];
    let seldom = ["uikt", "ijkt", "traft", "chaft", "sist", "ast", "kust", "wist"];
    let keeps = ["last", "vast", "tast", "rust"];
    if any(&voiced) || any(&further) || any(&open) || any(&voiceless) || any(&seldom) && !any(&keeps) {
        return Some(1);
    }
    // The t or d belongs to the verb: *ingezet*, *voorbereid*, *gestart*.
    any(&["t", "d"]).then_some(0)
}

fn groups(letters: &[u8]) -> usize {
    let vowels = letters.iter().map(|letter| is_vowel(*letter));
    vowels.fold((0, false), |(count, before), vowel| (count + usize::from(vowel && !before), vowel)).0
}

/// Takes off the endings of persons and times: `werkt`, `organiseert`, `ontwikkeld`, `maakten`. What stood behind them has
/// been taken off already, so that a word and its longer forms go the same way.
pub(super) fn person(letters: &mut Letters) {
    if letters.participle || letters.count() < 4 {
        return;
    }
    let goes = match letters.back(0) {
        b't' => is_third(letters),
        b'd' => is_past(letters) || is_joined_participle(letters),
        _ => false,
    };
    if goes || letters.ends("dt") {
        letters.cut(1);
        letters.open = false;
    }
}

/// The d of a past or a participle that no noun ends in.
fn is_past(letters: &Letters) -> bool {
    let ends = |endings: &[&str]| letters.ends_in_any(endings);
    let long = letters.syllables_without(1) > 1;
    let noun = ends(&[
        "maagd", "naald", "vriend", "honderd", "beeld", "meerd", "weerd", "heerd", "hoofd", "wereld",
        "geweld", "held", "veld",
    ]) || ends(&["meld"]) && !ends(&["ameld", "mmeld", "emeld"])
        || ends(&["schild", "gemiddeld", "dgeld", "sgeld", "lgeld", "ngeld", "uwerd"]);
    let sure = [
        "aagd", "olgd", "orgd", "egd", "oerd", "eurd", "uurd", "eerd", "aald", "oond", "diend", "oemd",
        "ormd", "temd", "steld", "igd",
    ];
    let more = [
        "aaid", "oeid", "ooid", "uwd", "eefd", "oefd", "oofd", "erfd", "eisd", "eesd", "aasd", "uisd",
        "oosd", "aind", "aild", "eeld", "oeld", "uild", "vuld", "eund", "oomd", "oogd", "hoord", "scoord",
        "stoord", "spoord", "durfd", "tekend", "regend", "oefend", "berekend", "gerekend", "geopend",
        "heropend",
    ];
    let heard = letters.open && ends(&["teld", "beld"]);
    (!noun || ends(&["beheerd", "iseerd"]))
        && letters.syllables_without(1) > 0
        && (ends(&sure) || ends(&more) || heard || long && ends(&["erd", "eld"]))
}

/// The t of the third person, and of participles and pasts that end like it.
fn is_third(letters: &Letters) -> bool {
    let ends = |endings: &[&str]| letters.ends_in_any(endings);
    let long = letters.syllables_without(1) > 1;
    match letters.back(1) {
        b'k' => !ends(&["markt", "takt"]),
        b'g' => letters.count() > 3,
        b'p' => !ends(&["cept", "script", "adopt", "upt", "abrupt"]),
        b'm' => !ends(&["ambt", "ruimt"]),
        b'l' => !ends(&["asfalt", "halt", "bult", "consult", "result", "spalt", "cobalt", "smalt"]),
        b'w' => letters.count() > 4,
        b'f' => {
            ends(&["durft", "jft", "eeft", "eft", "oeft", "ooft", "erft", "uift", "aaft"])
                && !ends(&["heeft"])
        }
        b'n' => {
            ends(&[
                "eunt", "oont", "leent", "meent", "kent", "dient", "opent", "ekent", "efent", "gint", "wint",
                "ijnt", "aint", "herkent",
            ]) && !ends(&["gemeent", "redient", "pedient", "bient"])
        }
        b'r' => {
            ends(&[
                "eert", "oert", "iert", "stuurt", "duurt", "huurt", "eurt", "hoort", "scoort", "bewaart",
                "klaart", "spaart", "ervaart",
            ]) && !ends(&["beurt"])
                || ends(&["gebeurt"])
                || long
                    && ends(&["ert"])
                    && !ends(&["concert", "expert", "dessert", "desert", "advert", "ubert", "obert"])
        }
        b's' => {
            ends(&[
                "plaatst", "leest", "etst", "wijst", "reist", "iest", "verrast", "eslist", "eist", "wenst",
                "past",
            ]) && !ends(&["geest", "feest", "dienst", "nieuwst"])
        }
        b'h' => ends(&["oacht"]),
        b'i' => letters.count() > 4 && ends(&["aait", "oeit", "ooit"]),
        _ => false,
    }
}

/// Participles of verbs with be-, ver-, ont-, her- and the like: `ontwikkeld`, `betaald`, `ondersteund`.
fn is_joined_participle(letters: &Letters) -> bool {
    let text = letters.text();
    let word = text.strip_prefix("on").unwrap_or(text);
    let joined = ["be", "ver", "ont", "her", "onder", "over", "door", "mis", "vol", "er"]
        .iter()
        .any(|prefix| text.starts_with(prefix) || word.starts_with(prefix));
    let ends = |endings: &[&str]| letters.ends_in_any(endings);
    joined
        && letters.syllables_without(1) > 1
        && ends(&[
            "eld", "erd", "ward", "aard", "eund", "eend", "kend", "md", "lgd", "ngd", "rgd", "ogd", "uld",
            "huisd",
        ])
        && !ends(&[
            "honderd",
            "beeld",
            "wereld",
            "geweld",
            "middeld",
            "meld",
            "bekend",
            "vreemd",
            "hemd",
            "veld",
            "standaard",
            "geaard",
        ])
}
