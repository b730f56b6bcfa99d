//! The stem of a Dutch word. In: a word in small letters without diacritics. Out: what it shares with its other forms.
//!
//! Snowball has two for Dutch. Kraaij-Pohlmann takes `ge` away wherever it stands, so that *begeleiding* meets *beleid* and
//! *gezin* meets *zin*; Porter's leaves *gezinnen* and *gezin* apart. This one is ours. What it holds to:
//!
//! * a prefix goes only where the ending says participle (`opgeschaald`, `geregistreerd`), or where a list says so (`gesproken`);
//! * after an ending, spelling is mended: *plann-* plan, *briev-* brief, *huiz-* huis;
//! * a stem of one syllable keeps its vowel long or short (*taken* taak, *takken* tak); a longer one writes it short always
//!   (*afspraak*, *afspraken*: afsprak), for there the letters do not tell *problemen* from *regelen*;
//! * *-heid* stays a word of its own: *veiligheid* is no form of *veilig* (its stem is *veilighe*, for *-heden*); *-ing*, *-er* and *-atie* behind two syllables go, for *opschaling* and
//!   *opschalen*, *begeleider* and *begeleiding*, *evaluatie* and *evalueren* are looked for with each other.
//!
//! So a stem is a beginning of the word but for `f`/`s` for `v`/`z`, doubled letters, and what the lists of `irregular` and `strong` say.
//!
//! | file | in → out |
//! |---|---|
//! | `letters` | the letters at work; what a syllable is |
//! | `plural` | plurals with s, diminutives |
//! | `verb` | participles, persons and times |
//! | `noun` | endings of nouns and adjectives |
//! | `irregular` | words that no rule makes |
//! | `strong` | pasts and participles of strong verbs |

mod irregular;
mod letters;
mod noun;
mod plural;
mod strong;
#[cfg(test)]
mod tests;
mod verb;

use letters::Letters;

/// Puts the stem of a word into `out`.
pub(super) fn stem(word: &str, out: &mut String) {
    out.clear();
    let word = without_apostrophe(word);
    let Some(mut letters) = Letters::new(word) else {
        out.push_str(word);
        return;
    };
    if let Some(stem) = irregular::whole(word) {
        out.push_str(stem);
        return;
    }
    irregular::ending(&mut letters);
    if !strong::strong(&mut letters) {
        plural::singular(&mut letters);
        verb::participle(&mut letters);
        noun::inflection(&mut letters);
        verb::person(&mut letters);
        noun::derivation(&mut letters);
    }
    letters.mend();
    out.push_str(letters.text());
}

/// `foto's`, `baby'tje`, `sms'en`, `65+'er`: what stands before the apostrophe.
fn without_apostrophe(word: &str) -> &str {
    match word.rsplit_once('\'') {
        Some((before, "s" | "en" | "er" | "ers" | "t" | "tje" | "tjes" | "je" | "jes"))
            if before.len() > 1 =>
        {
            before
        }
        _ => word,
    }
}
