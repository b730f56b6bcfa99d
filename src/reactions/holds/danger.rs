//! What somebody writes who may need help now. In: a text. Out: whether the page should show, large and first, where
//! help is.
//!
//! It blocks nothing and tells nobody. Only what is said of oneself or of one's own family counts: professionals write
//! here about violence every day, and a warning that always stands there is read by nobody.

use super::folded::Folded;

/// Phrases, word by word: `a|b` is either word, `~` is up to two words of any kind, `SELF` is the writer, `MINE` somebody
/// near, `THEY` one of whom is told.
const PHRASES: &[&str] = &[
    // Hurt.
    "THEY slaat|sloeg|slaan|sloegen|schopt|schopte|trapt|trapte|mishandelt|mishandelde|stompt|wurgt|wurgde ~ SELF|mijn|mn|haar|hem",
    "slaat|sloeg|schopt|schopte|mishandelt|mishandelde|wurgt|wurgde|bedreigt|bedreigde|stalkt|stalkte|verkracht|verkrachtte|misbruikt|misbruikte|chanteert|achtervolgt|knijpt SELF",
    "SELF ~ slaat|sloeg|schopt|mishandelt|mishandelde|bedreigt|stalkt|misbruikt|misbruikte|verkracht|verkrachtte|wurgt|opsluit|uitscheldt|vernedert",
    "SELF slaan|schoppen|mishandelen|bedreigen|verkrachten|misbruiken",
    "ik|wij|we word|worden|werd|werden|ben|zijn ~ geslagen|mishandeld|bedreigd|misbruikt|verkracht|gestalkt|geschopt|opgesloten|uitgebuit|gechanteerd",
    "word|werd ik|wij|we ~ geslagen|mishandeld|bedreigd|misbruikt|verkracht|gestalkt|opgesloten|geschopt",
    "heeft|hebben|had ~ SELF ~ geslagen|mishandeld|bedreigd|misbruikt|verkracht|geschopt|aangerand|opgesloten|gewurgd",
    "SELF ~ heeft|hebben ~ geslagen|mishandeld|bedreigd|misbruikt|verkracht",
    "slaat|mishandelt|misbruikt|schopt|sloeg mijn|onze|ons KIN",
    "mijn|onze KIN wordt|worden|werd ~ geslagen|mishandeld|misbruikt|bedreigd",
    "THEY doet|doen|deed SELF ~ pijn",
    "THEY zit|zat|zitten ~ aan mij|me",
    "THEY raakt mij|me ~ aan",
    "THEY dwingt|dwong|dwingen ~ mij|me",
    "THEY sluit|sloot|houdt|hield mij|me ~ op|vast",
    "ik mag ~ het huis niet uit",
    "mag ik ~ het huis niet uit",
    // Afraid.
    "ben|zijn ~ bang voor mijn|MINE|hem|thuis",
    "ben ik ~ bang voor mijn|MINE|hem|thuis",
    "ben ~ bang ~ om ~ naar huis",
    "ben ~ bang ~ om ~ thuis",
    "ben ~ bang ~ dat THEY ~ SELF ~ iets|slaat|vermoordt|aandoet|doodt|vindt|doodmaakt|pijn|opsluit|meeneemt",
    "durf ~ niet ~ naar huis",
    "durf ~ niet ~ thuis",
    "durf naar huis niet",
    "ik|we|wij wil|willen|kan|kunnen|durven ~ niet ~ naar huis",
    "ik|wij|we ben|zijn|voel ~ niet ~ veilig",
    "ben|zijn ik|wij|we ~ niet ~ veilig",
    "voel SELF ~ niet|onveilig",
    "voelen ons ~ niet veilig",
    "voelen ons ~ onveilig",
    "thuis ~ niet veilig ~ voor SELF",
    "ik|wij|we ben|zijn ~ in gevaar",
    "ben ~ in levensgevaar",
    "mijn leven ~ gevaar",
    // Threatened with death.
    "vermoordt|vermoorden SELF",
    "gaat|wil|zal|zou SELF ~ vermoorden|doodmaken|afmaken|doden|doodslaan|doodsteken",
    "mij|me ~ dood|af maakt|maken|slaat|slaan",
    "maakt|slaat|steekt|schiet mij|me ~ dood|af|neer",
    "hij|zij|ze heeft|pakt|pakte ~ mes|pistool|wapen",
    "help|helpt|red SELF ~ alsjeblieft|alstublieft|aub",
    "alsjeblieft|alstublieft|aub help|red SELF",
    "ben|zijn ~ gevlucht ~ voor hem|haar|mijn|MINE",
    // Thinking of death.
    "ik ~ wil|wou ~ dood",
    "ik ~ wil niet meer leven|verder",
    "wil|zou ik ~ niet meer leven",
    "wil er niet meer zijn",
    "ik ~ mezelf|mijzelf ~ pijn|snijden|doden",
    "ik ~ snij|sneed ~ mezelf|mijzelf|me",
    "ik ~ maak ~ er ~ einde|eind aan",
    "ik ~ aan zelfmoord|zelfdoding",
    "ik ~ zelfmoord plegen",
    "maak|maken ~ mezelf|mijzelf|me ~ kant",
    "mezelf|mijzelf ~ kant maken",
];

/// What a word of a phrase in capitals stands for.
const NAMED: &[(&str, &[&str])] = &[
    ("SELF", &["mij", "me", "ons"]),
    ("THEY", &["hij", "zij", "ze", "die", "iemand"]),
    (
        "KIN",
        &[
            "kind",
            "kinderen",
            "kindje",
            "baby",
            "zoon",
            "zoontje",
            "dochter",
            "dochtertje",
            "zusje",
            "broertje",
            "moeder",
            "mama",
        ],
    ),
];

/// Somebody near, as a word behind `mijn` or alone.
const NEAR: [&str; 24] = [
    "man",
    "vrouw",
    "vriend",
    "vriendin",
    "ex",
    "partner",
    "vader",
    "moeder",
    "stiefvader",
    "stiefmoeder",
    "broer",
    "zus",
    "oom",
    "tante",
    "opa",
    "oma",
    "zoon",
    "dochter",
    "papa",
    "mama",
    "pleegvader",
    "pleegmoeder",
    "neef",
    "ouders",
];

/// Whether somebody writes that they, or a child of theirs, may be in danger.
pub fn names_danger(text: &str) -> bool {
    let folded = Folded::new(text);
    let phrases: Vec<Vec<&str>> = PHRASES.iter().map(|phrase| phrase.split(' ').collect()).collect();
    (0..folded.words.len()).any(|at| phrases.iter().any(|phrase| matches(&folded, phrase, at)))
}

/// Whether a phrase stands at a place, within one sentence.
fn matches(folded: &Folded, phrase: &[&str], at: usize) -> bool {
    let Some((part, rest)) = phrase.split_first() else { return true };
    if *part == "~" {
        return (0..=2).any(|more| {
            (0..more).all(|skipped| goes_on(folded, at + skipped)) && matches(folded, rest, at + more)
        });
    }
    let word = folded.word(at);
    if word.is_empty() {
        return false;
    }
    // `mijn` and whom: two words that stand for one.
    let near = part.split('|').any(|choice| choice == "MINE" || choice == "THEY");
    if near && ["mijn", "mn", "onze"].contains(&word) && NEAR.contains(&folded.word(at + 1)) {
        return rest.is_empty() || goes_on(folded, at + 1) && matches(folded, rest, at + 2);
    }
    let is = part.split('|').any(|choice| match NAMED.iter().find(|(name, _)| *name == choice) {
        Some((name, words)) => words.contains(&word) || *name == "THEY" && NEAR.contains(&word),
        None => choice == word || choice == "MINE" && NEAR.contains(&word),
    });
    is && (rest.is_empty() || goes_on(folded, at) && matches(folded, rest, at + 1))
}

/// Whether the sentence goes on behind a word.
fn goes_on(folded: &Folded, at: usize) -> bool {
    at + 1 < folded.words.len() && !folded.gap(at).contains(['.', '!', '?', ';', '\n', '"', '”'])
}
