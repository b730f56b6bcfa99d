//! The words of all texts, each looked at once. In: texts. Out: numbers of words with their places, and for each word its
//! stem and, for compounds, its parts.

use std::collections::HashMap;

use crate::layout::keys::LONGEST;
use crate::text::Analyser;

/// A word in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its number among all words.
    pub word: u32,
    /// Which word of the text it is.
    pub position: u32,
    /// Whether it is written in capitals only.
    pub capitals: bool,
}

/// A word that occurs.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// In small letters, with diacritics.
    pub form: String,
    /// Without.
    pub folded: String,
    /// Its stem.
    pub stem: String,
    /// How often it occurs.
    pub count: u32,
    /// On how many pages it stands.
    pub pages: u32,
    /// The stems of its parts.
    pub parts: Vec<String>,
    seen_on: u32,
}

/// All words that occur.
pub struct Words<'a> {
    analyser: &'a Analyser,
    numbers: HashMap<String, u32>,
    /// By number.
    pub words: Vec<Word>,
    page: u32,
}

impl<'a> Words<'a> {
    /// No words yet.
    pub fn new(analyser: &'a Analyser) -> Words<'a> {
        Words { analyser, numbers: HashMap::new(), words: Vec::new(), page: 0 }
    }

    /// What comes next is of another page.
    pub fn next_page(&mut self) {
        self.page += 1;
    }

    /// The words of a text.
    pub fn of(&mut self, text: &str) -> Vec<Placed> {
        let mut placed = Vec::with_capacity(text.len() / 6);
        let Words { analyser, numbers, words, page } = self;
        analyser.each_word(text, &mut |word| {
            if word.form.len() > LONGEST || word.form.is_empty() {
                return;
            }
            let number = match numbers.get(word.form) {
                Some(number) => *number,
                None => {
                    let number = words.len() as u32;
                    let stem = analyser.stem(word.folded);
                    let (form, folded) = (word.form.to_owned(), word.folded.to_owned());
                    words.push(Word { form, folded, stem, ..Word::default() });
                    numbers.insert(word.form.to_owned(), number);
                    number
                }
            };
            // A guess at what `jeugd-` before `en gezinsteams` stands for counts as well: whoever asks for that finds it.
            let known = &mut words[number as usize];
            known.count += 1;
            if known.seen_on != *page {
                known.seen_on = *page;
                known.pages += 1;
            }
            placed.push(Placed { word: number, position: word.position, capitals: word.capitals });
        });
        placed
    }

    /// How often each word occurs, without diacritics.
    pub fn vocabulary(&self) -> HashMap<String, u32> {
        let mut counts = HashMap::with_capacity(self.words.len());
        for word in &self.words {
            *counts.entry(word.folded.clone()).or_default() += word.count;
        }
        counts
    }

    /// The words that somebody may have meant to type: sorted, with the number of pages they stand on. What stands on one
    /// page only may itself be a slip, and is left out where there is enough without it.
    pub fn spelling(&self) -> Vec<(String, u32)> {
        const ENOUGH: usize = 8_000;
        let is_word = |word: &&Word| {
            (3..=24).contains(&word.folded.chars().count())
                && word.folded.chars().all(|sign| sign.is_alphabetic() || sign == '-')
        };
        let at_least = |pages| self.words.iter().filter(is_word).filter(move |word| word.pages >= pages);
        let least = if at_least(2).count() >= ENOUGH { 2 } else { 1 };
        let mut words: Vec<(String, u32)> =
            at_least(least).map(|word| (word.folded.clone(), word.pages)).collect();
        words.sort_unstable();
        words.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            kept.1 += if same { next.1 } else { 0 };
            same
        });
        words
    }
}
