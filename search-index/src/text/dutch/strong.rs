//! Strong verbs. In: the letters of a word. Out: the stem of the verb that it is a past or a participle of.

use super::letters::Letters;

/// Forms of strong verbs without prefix, their stem, and whether a prefix or `ge` must stand before them.
const STRONG: &[(&str, &str, bool)] = &[
    ("bedorven", "bederf", false),
    ("biedt", "bied", false),
    ("bleef", "blijf", false),
    ("bleven", "blijf", false),
    ("bleek", "blijk", true),
    ("bleken", "blijk", true),
    ("bloten", "blijt", true),
    ("bood", "bied", false),
    ("boden", "bied", true),
    ("bonden", "bind", true),
    ("bond", "bind", true),
    ("bracht", "breng", false),
    ("brachten", "breng", false),
    ("broken", "breek", false),
    ("dacht", "denk", false),
    ("dachten", "denk", false),
    ("deed", "doe", true),
    ("dreven", "drijf", false),
    ("dreef", "drijf", false),
    ("dwongen", "dwing", false),
    ("gaf", "geef", false),
    ("geven", "geef", false),
    ("goten", "giet", true),
    ("grepen", "grijp", false),
    ("greep", "grijp", false),
    ("gonnen", "gin", true),
    ("gon", "gin", true),
    ("hield", "houd", false),
    ("hielden", "houd", false),
    ("hieven", "hef", false),
    ("hief", "hef", false),
    ("hielp", "help", false),
    ("hielpen", "help", false),
    ("holpen", "help", true),
    ("keken", "kijk", false),
    ("keek", "kijk", false),
    ("kochten", "koop", false),
    ("kocht", "koop", false),
    ("kwam", "kom", false),
    ("kwamen", "kom", false),
    ("komen", "kom", false),
    ("kozen", "kies", false),
    ("koos", "kies", false),
    ("kregen", "krijg", false),
    ("kreeg", "krijg", false),
    ("liet", "laat", false),
    ("lieten", "laat", false),
    ("liep", "loop", false),
    ("liepen", "loop", false),
    ("lopen", "loop", false),
    ("nam", "neem", false),
    ("nomen", "neem", true),
    ("rezen", "rijs", true),
    ("riep", "roep", false),
    ("riepen", "roep", false),
    ("roepen", "roep", true),
    ("scheiden", "scheid", true),
    ("lezen", "lees", true),
    ("meten", "meet", true),
    ("houden", "houd", true),
    ("laten", "laat", true),
    ("slapen", "slaap", true),
    ("treden", "treed", true),
    ("schoten", "schiet", true),
    ("schoven", "schuif", false),
    ("schreef", "schrijf", false),
    ("schreven", "schrijf", false),
    ("sloot", "sluit", true),
    ("sloten", "sluit", true),
    ("sprak", "spreek", false),
    ("sproken", "spreek", true),
    ("sprongen", "spring", true),
    ("stegen", "stijg", false),
    ("stolen", "steel", true),
    ("stond", "sta", false),
    ("stonden", "sta", false),
    ("staan", "sta", true),
    ("staat", "sta", true),
    ("storven", "sterf", false),
    ("trad", "treed", false),
    ("traden", "treed", false),
    ("troffen", "tref", false),
    ("trof", "tref", false),
    ("trok", "trek", false),
    ("trokken", "trek", false),
    ("vielen", "val", false),
    ("viel", "val", false),
    ("vonden", "vind", false),
    ("vond", "vind", false),
    ("vochten", "vecht", true),
    ("vroeg", "vraag", true),
    ("vroegen", "vraag", false),
    ("loor", "lies", true),
    ("loren", "lies", true),
    ("wogen", "weeg", true),
    ("wezen", "wijs", true),
    ("wees", "wijs", true),
    ("wonnen", "win", false),
    ("worven", "werf", false),
    ("zochten", "zoek", false),
    ("zocht", "zoek", false),
    ("zonden", "zend", true),
];

/// What verbs are separated from; the longer ones first.
const PARTICLES: &[&str] = &[
    "tegemoet", "tevoren", "plaats", "binnen", "buiten", "bijeen", "achter", "samen", "tegen", "tussen",
    "onder", "terug", "thuis", "voort", "voor", "door", "over", "rond", "weer", "mede", "neer", "deel",
    "vast", "vrij", "open", "goed", "bloot", "klaar", "waar", "kwijt", "mee", "uit", "aan", "bij", "toe",
    "weg", "los", "vol", "af", "om", "op", "in", "na",
];

/// How long the particle is that a word begins with.
pub(super) fn particle(word: &[u8]) -> usize {
    PARTICLES
        .iter()
        .find(|particle| word.starts_with(particle.as_bytes()))
        .map_or(0, |particle| particle.len())
}

/// Puts the stem of a strong verb in the place of its past or participle: `afgesproken`, `betrokken`, `overgenomen`.
pub(super) fn strong(letters: &mut Letters) -> bool {
    let first = particle(letters.all());
    for skip in [first, 0] {
        let rest = letters.all().get(skip..).unwrap_or_default();
        for (prefix, goes) in [
            ("ge", true),
            ("", false),
            ("be", false),
            ("ver", false),
            ("ont", false),
            ("her", false),
            ("over", false),
        ] {
            let Some(form) = rest.strip_prefix(prefix.as_bytes()) else { continue };
            let bare = prefix.is_empty() && skip == 0;
            // `bezochte`, `betrokkenen`: what is said of adjectives.
            let form = ["hte", "ene"]
                .iter()
                .find(|end| form.ends_with(end.as_bytes()))
                .map_or(form, |_| &form[..form.len() - 1]);
            let form = if form.ends_with(b"enen") { &form[..form.len() - 2] } else { form };
            let known = STRONG.iter().find(|(past, _, needs)| past.as_bytes() == form && !(bare && *needs));
            if let Some((_, stem, _)) = known {
                let kept = skip + if goes { 0 } else { prefix.len() };
                letters.cut(letters.count() - kept);
                letters.put(stem);
                return true;
            }
        }
        if first == 0 {
            break;
        }
    }
    false
}
