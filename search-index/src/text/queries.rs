//! What only questions need to know of words.

use super::{Analyser, Word};

impl Analyser {
    /// A form without its diacritics.
    pub fn fold(&self, form: &str) -> String {
        if form.bytes().all(|byte| byte.is_ascii_lowercase()) {
            return form.to_owned();
        }
        let mut folded = None;
        self.each_word(form, &mut |word| {
            folded.get_or_insert_with(|| word.folded.to_owned());
        });
        folded.unwrap_or_else(|| form.to_owned())
    }

    /// The stems that words beginning so may have, beside those that begin so themselves.
    pub fn stems_of_beginning(&self, beginning: &str) -> Vec<String> {
        let mut stems = vec![self.stem(beginning)];
        // *tak* may become *taken*, whose stem is *taak*.
        let mut last = beginning.chars().rev();
        if let (Some(end), Some(vowel @ ('a' | 'e' | 'o' | 'u'))) = (last.next(), last.next())
            && self.language() == "nl"
            && !"aeiouywxj".contains(end)
            && !last.next().is_some_and(|before| "aeiou".contains(before))
        {
            let start = beginning.strip_suffix(end).unwrap_or_default();
            stems.push(format!("{start}{vowel}{end}"));
        }
        // What the end of the word would change: *opgeschaal* is on its way to *opgeschaald*, whose stem is *opschal*.
        if self.language() == "nl" {
            stems.extend(
                ["t", "d", "n", "en", "ht"].iter().map(|end| self.stem(&format!("{beginning}{end}"))),
            );
        }
        let least = beginning.chars().count().saturating_sub(3).max(3);
        let ends: Vec<usize> =
            beginning.char_indices().map(|(at, _)| at).skip(least).chain([beginning.len()]).collect();
        for end in ends {
            let start = &beginning[..end];
            stems.push(start.to_owned());
            // A stem ends in a sharp consonant where its longer forms have a soft one: *huis*, *huizen*; *brief*, *brieven*.
            for (soft, sharp) in [('z', 's'), ('v', 'f')] {
                if let Some(start) = start.strip_suffix(soft) {
                    stems.push(format!("{start}{sharp}"));
                }
            }
        }
        stems.sort_unstable();
        stems.dedup();
        stems
    }

    /// What the stems of all words that begin so begin with. A long vowel is written once in a stem of more than one syllable:
    /// *afspraa* is the beginning of *afspraak*, whose stem is *afsprak*.
    pub fn shared_beginning<'b>(&self, beginning: &'b str) -> &'b str {
        let long = ["aa", "ee", "oo", "uu"].iter().any(|vowels| beginning.ends_with(vowels));
        if long && self.language() == "nl" && beginning.len() > 4 {
            &beginning[..beginning.len() - 1]
        } else {
            beginning
        }
    }

    /// What may stand between the parts of a compound.
    pub fn links(&self) -> &'static [&'static str] {
        match self.language() {
            "nl" => &["", "s", "en"],
            "de" => &["", "s", "en", "n"],
            _ => &[""],
        }
    }
}

/// The words as they stand there, without second readings.
pub fn literal(words: Vec<Word>) -> Vec<Word> {
    let mut literal: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        if literal.last().is_none_or(|last| last.position != word.position) {
            literal.push(word);
        }
    }
    literal
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a word would be looked at when somebody has typed a beginning of it.
    fn finds(beginning: &str, word: &str) -> bool {
        let analyser = Analyser::new("nl");
        let stem = analyser.stem(word);
        stem.starts_with(analyser.shared_beginning(beginning))
            || analyser.stems_of_beginning(beginning).contains(&stem)
    }

    #[test]
    fn a_beginning_finds_nothing_else() {
        assert!(!finds("wijk", "team"));
        assert!(!finds("é", "eenheid"));
    }

    #[test]
    fn a_beginning_finds_what_has_another_stem() {
        for (beginning, word) in [
            ("tak", "taken"),
            ("vrag", "vragen"),
            ("afspraa", "afspraak"),
            ("afsprake", "afspraken"),
            ("opgeschaal", "opgeschaald"),
            ("overdrach", "overdracht"),
            ("overdrac", "overdracht"),
            ("mogelijkhed", "mogelijkheden"),
            ("huize", "huizen"),
            ("bruggenb", "bruggenbouwers"),
        ] {
            assert!(finds(beginning, word), "{beginning} {word}");
        }
    }
}
