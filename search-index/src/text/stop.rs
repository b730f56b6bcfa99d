//! Words that say nothing by themselves. In: a word without diacritics. Out: whether a question means it only as grammar.
//!
//! The index holds them all the same (*Veilig Thuis*, *om* and *OM*); only which words of a question must be found depends on
//! them. So the lists hold words of questions and of grammar, and no word that names a thing, *thuis* and *samen* among those.

/// In order, for a binary search; a test checks that.
const DUTCH: &[&str] = &[
    "aan",
    "af",
    "al",
    "alle",
    "allemaal",
    "alles",
    "als",
    "altijd",
    "andere",
    "anders",
    "ben",
    "bent",
    "bij",
    "bijvoorbeeld",
    "binnen",
    "d",
    "daar",
    "daarbij",
    "daarin",
    "daarmee",
    "daarom",
    "daarvan",
    "daarvoor",
    "dan",
    "dat",
    "de",
    "deze",
    "die",
    "dit",
    "doe",
    "doen",
    "doet",
    "door",
    "dus",
    "echter",
    "een",
    "eens",
    "eigen",
    "elk",
    "elke",
    "en",
    "er",
    "erbij",
    "even",
    "gaan",
    "gaat",
    "geen",
    "graag",
    "had",
    "hadden",
    "heb",
    "hebben",
    "hebt",
    "heeft",
    "hem",
    "hen",
    "het",
    "hier",
    "hij",
    "hoe",
    "hoeveel",
    "hun",
    "iemand",
    "iets",
    "ik",
    "in",
    "is",
    "ja",
    "je",
    "jij",
    "jou",
    "jouw",
    "jullie",
    "kan",
    "kon",
    "konden",
    "krijg",
    "krijgen",
    "krijgt",
    "kun",
    "kunnen",
    "kunt",
    "maar",
    "mag",
    "me",
    "mee",
    "meer",
    "men",
    "met",
    "mij",
    "mijn",
    "moest",
    "moet",
    "moeten",
    "mogelijk",
    "mogen",
    "na",
    "naar",
    "nee",
    "niet",
    "niets",
    "nog",
    "nu",
    "of",
    "om",
    "ons",
    "onze",
    "ook",
    "op",
    "over",
    "per",
    "s",
    "sommige",
    "t",
    "te",
    "tegen",
    "toch",
    "toen",
    "tot",
    "tussen",
    "u",
    "uit",
    "uw",
    "vaak",
    "van",
    "vanuit",
    "veel",
    "via",
    "volgens",
    "voor",
    "waar",
    "waarbij",
    "waarin",
    "waarmee",
    "waarom",
    "waarop",
    "waarvan",
    "waarvoor",
    "wanneer",
    "want",
    "waren",
    "was",
    "wat",
    "we",
    "weer",
    "wel",
    "welk",
    "welke",
    "werd",
    "werden",
    "wie",
    "wij",
    "wil",
    "willen",
    "wilt",
    "word",
    "worden",
    "wordt",
    "zal",
    "ze",
    "zelf",
    "zich",
    "zij",
];

/// The rest of the Dutch ones.
const DUTCH_Z: [&str; 8] = ["zijn", "zo", "zo'n", "zou", "zouden", "zullen", "zult", "zonder"];

/// In order.
const ENGLISH: &[&str] = &[
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "because",
    "been", "before", "being", "but", "by", "can", "could", "did", "do", "does", "doing", "done", "for",
    "from", "get", "gets", "give", "had", "has", "have", "having", "he", "her", "here", "hers", "him", "his",
    "how", "i", "if", "in", "into", "is", "it", "its", "just", "like", "many", "may", "me", "might", "more",
    "most", "much", "must", "my", "need", "no", "not", "of", "off", "on", "one", "only", "or", "other",
    "our", "out", "over", "own", "s", "shall", "she", "should", "so", "some", "such", "t", "than", "that",
    "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "too", "up",
    "us", "use", "used", "very", "was", "we", "were", "what", "when", "where", "which", "while", "who",
    "whom", "whose", "why", "will", "with", "would", "you", "your", "yours",
];

/// Whether a word says nothing by itself in a language.
pub(super) fn is_stop(language: &str, folded: &str) -> bool {
    let within = |list: &[&str]| list.binary_search(&folded).is_ok();
    match language {
        "nl" => within(DUTCH) || DUTCH_Z.contains(&folded),
        "en" => within(ENGLISH),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thing_is_no_stop_word() {
        for word in ["thuis", "veilig", "samen", "team", "vraag", "raad", "jeugd", "", "é", "werk"] {
            assert!(!is_stop("nl", word), "{word}");
        }
        assert!(!is_stop("xx", "de"));
    }

    #[test]
    fn what_a_question_is_made_of_is() {
        for word in ["hoe", "kan", "ik", "een", "de", "zo'n", "zich", "aan", "zij", "wordt", "niet"] {
            assert!(is_stop("nl", word), "{word}");
        }
        for word in ["how", "the", "a", "yours", "do"] {
            assert!(is_stop("en", word), "{word}");
        }
    }

    #[test]
    fn the_lists_are_in_order() {
        assert!(DUTCH.is_sorted() && ENGLISH.is_sorted());
    }
}
