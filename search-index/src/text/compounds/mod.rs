//! The parts of compounds. In: a Dutch word, and the words of the site. Out: the words it is made of: `veiligheidsplannen` of
//! *veiligheid* and *plannen*. For the writer only; a browser asks with whole words and has no dictionary.
//!
//! The base are 18,000 words of OpenTaal with what that dictionary knows of each: whether it can stand before another, with an s
//! between, as a plural, or last (`dutch.txt`, made by `derive.mjs`; licence in `dutch.LICENSE`: BSD with three clauses or CC BY
//! 3.0, both of which allow this use). To it come the frequent words of the site.
//!
//! What is not divided: what has a part that is no word (`overdracht`, `onderzoek`, `verslag`: particles and prefixes are not in
//! the base); what ends in something that only looks like a word (`gastvrijheid`, `verslaglegging`); words that have become one
//! (`draaiboek`, `maatregel`) and names of places, from lists. Parts that mean nothing alone (`-gever`, `-nemer`) are not given.

mod lists;
#[cfg(test)]
mod tests;

use super::Analyser;
use std::collections::{HashMap, HashSet};

/// The dictionary: a word and a digit on a line.
const WORDS: &str = include_str!("dutch.txt");

/// May stand before another part; with an s behind it; last; as a plural before another.
const FIRST: u8 = 1;
const WITH_S: u8 = 2;
const LAST: u8 = 4;
const PLURAL: u8 = 8;

/// No compound has more parts.
const MOST_PARTS: usize = 5;

/// How often a word of the site must occur to be a part.
const FREQUENT: u32 = 3;

/// Divides compounds.
#[derive(Clone, Debug)]
pub struct Compounds {
    analyser: Analyser,
    /// By a word: how it may stand in a compound.
    words: HashMap<&'static str, u8>,
    /// The stems of the words that may stand last.
    last: HashSet<String>,
    /// By the stem of a word whose plural may be a part: the word.
    plurals: HashMap<String, &'static str>,
    /// Frequent words of the site.
    own: HashSet<String>,
}

/// The best way to divide what has been read so far.
#[derive(Clone, Debug)]
struct Way {
    cost: u32,
    parts: Vec<String>,
    /// Whether one of its parts is known from the site only.
    own: bool,
}

impl Compounds {
    /// Of a language and the words of a site without diacritics, with how often they occur. Only Dutch has a dictionary.
    pub fn new<W: AsRef<str>>(
        analyser: &Analyser,
        vocabulary: impl IntoIterator<Item = (W, u32)>,
    ) -> Compounds {
        let mut new = Compounds {
            analyser: analyser.clone(),
            words: HashMap::new(),
            last: HashSet::new(),
            plurals: HashMap::new(),
            own: HashSet::new(),
        };
        if analyser.language != "nl" {
            return new;
        }
        for line in WORDS.lines() {
            let Some((word, sum)) = line.split_once(' ') else { continue };
            let sum = sum.parse().unwrap_or_default();
            new.words.insert(word, sum);
            if sum & LAST != 0 {
                new.last.insert(analyser.stem(word));
            }
            if sum & PLURAL != 0 {
                // Of *brand* and *branding* the shorter one is the word of *branden*.
                let place = new.plurals.entry(analyser.stem(word)).or_insert(word);
                if word.len() < place.len() {
                    *place = word;
                }
            }
        }
        for (word, count) in vocabulary {
            let word = word.as_ref();
            if count >= FREQUENT && may_be_part(word, analyser) {
                new.own.insert(word.to_owned());
            }
        }
        new
    }

    /// The parts of a compound, the parts of its parts as well; none when it is no compound.
    pub fn parts(&self, folded: &str) -> Vec<String> {
        let mut parts = Vec::new();
        self.divide(folded, &mut parts, 0);
        let mut seen: HashSet<String> = HashSet::new();
        parts.retain(|part| part != folded && !lists::is_silent(part) && seen.insert(part.clone()));
        parts
    }

    fn divide(&self, word: &str, into: &mut Vec<String>, depth: usize) {
        let Some(way) = self.best(word) else { return };
        for part in way.parts {
            into.push(part.clone());
            if depth < MOST_PARTS && part.len() < word.len() {
                self.divide(&part, into, depth + 1);
            }
        }
    }

    /// The cheapest way to divide a word.
    fn best(&self, word: &str) -> Option<Way> {
        if self.words.is_empty()
            || !(7..=60).contains(&word.len())
            || !is_plain(word)
            || lists::is_one(word)
            || lists::is_one(&self.analyser.stem(word))
        {
            return None;
        }
        let mut ways: Vec<Option<Way>> = vec![None; word.len()];
        if let Some(first) = ways.first_mut() {
            *first = Some(Way { cost: 0, parts: Vec::new(), own: false });
        }
        let mut best: Option<Way> = None;
        for at in 0..word.len().saturating_sub(2) {
            let Some(way) = ways.get(at).cloned().flatten() else { continue };
            if at > 0
                && let Some((cost, own)) = self.tail(word, at)
            {
                keep(&mut best, &way, word.get(at..).unwrap_or_default().to_owned(), cost, own);
            }
            if way.parts.len() + 1 >= MOST_PARTS {
                continue;
            }
            for to in at + 3..word.len().saturating_sub(2) {
                let Some((base, cost, own)) = word.get(at..to).and_then(|head| self.head(head)) else {
                    continue;
                };
                if let Some(place) = ways.get_mut(to) {
                    keep(place, &way, base, cost, own);
                }
            }
        }
        best.filter(|best| self.is_likely(word, best))
    }

    /// A part that is not the last: its word, and what it costs.
    fn head(&self, head: &str) -> Option<(String, u32, bool)> {
        let has = |word: &str, sort: u8| self.words.get(word).is_some_and(|sum| sum & sort != 0);
        if lists::is_no_head(head) {
            return None;
        }
        if has(head, FIRST) {
            return Some((head.to_owned(), if head.len() == 3 { 15 } else { 10 }, false));
        }
        let noun = |word: &str| {
            ["ing", "heid", "teit", "schap", "iek", "er", "eur"].iter().any(|end| word.ends_with(end))
        };
        if let Some(bare) = head.strip_suffix('s')
            && (has(bare, WITH_S) || noun(bare) && (has(bare, LAST) || self.own.contains(bare)))
        {
            return Some((bare.to_owned(), 11, false));
        }
        if let Some(bare) = head.strip_suffix('s')
            && bare.len() > 3
            && has(bare, FIRST)
            && has(bare, LAST)
        {
            return Some((bare.to_owned(), 13, false));
        }
        if head.len() > 4
            && head.ends_with("en")
            && let Some(word) = self.plurals.get(self.analyser.stem(head).as_str())
            && word.len() < head.len()
            && head
                .get(..word.len() - 1)
                .is_some_and(|begin| word.starts_with(begin) || has_short_vowel(word, begin))
        {
            return Some(((*word).to_owned(), 11, false));
        }
        if let Some(small) = head.strip_suffix('s').filter(|small| small.len() > 4 && small.ends_with("je"))
            && self.last.contains(&self.analyser.stem(small))
        {
            return Some((small.to_owned(), 12, false));
        }
        self.own.contains(head).then(|| (head.to_owned(), 14, true))
    }

    /// The last part: what it costs.
    fn tail(&self, word: &str, at: usize) -> Option<(u32, bool)> {
        let tail = word.get(at..)?;
        if lists::is_no_part(tail) || tail.len() < 3 {
            return None;
        }
        let listed = |word: &str| self.words.get(word).is_some_and(|sum| sum & LAST != 0);
        if tail.len() == 3 {
            return (listed(tail) && at > 3).then_some((15, false));
        }
        if listed(tail) || tail.ends_with("heid") && self.words.contains_key(tail) {
            return Some((10, false));
        }
        // The person of a verb is no part; neither is what doubles a letter before a diminutive (`spel-letje`).
        let doubled = word.as_bytes().get(at.wrapping_sub(1)) == tail.as_bytes().first()
            && (tail.ends_with("etje") || tail.ends_with("etjes"));
        if tail.ends_with('t') || doubled {
            return None;
        }
        let stem = self.analyser.stem(tail);
        if self.last.contains(&stem) && !lists::is_no_part(&stem) {
            return Some((if stem.len() < 4 { 13 } else { 11 }, false));
        }
        self.own.contains(tail).then_some((14, true))
    }

    /// Whether a division is more than chance: one part at least from the dictionary; a word that the dictionary has as a whole
    /// only into such parts.
    fn is_likely(&self, word: &str, way: &Way) -> bool {
        let whole = self.words.contains_key(word);
        way.parts.len() > 1 && !(whole && way.own) && !(way.own && way.cost >= 14 * way.parts.len() as u32)
    }
}

/// Keeps the cheaper of two ways; of equal ones the one that divides later.
fn keep(place: &mut Option<Way>, before: &Way, part: String, cost: u32, own: bool) {
    let cost = before.cost + cost;
    if place.as_ref().is_none_or(|other| cost <= other.cost) {
        let mut parts = before.parts.clone();
        parts.push(part);
        *place = Some(Way { cost, parts, own: before.own || own });
    }
}

/// Whether a plural begins as a word with a long vowel does: `zalen`, `zaal`.
fn has_short_vowel(word: &str, begin: &str) -> bool {
    let letters = word.as_bytes();
    let Some(end) = letters.len().checked_sub(3) else { return false };
    letters.get(end) == letters.get(end + 1)
        && begin.as_bytes().starts_with(letters.get(..=end).unwrap_or_default())
}

/// Whether a word of the site may be a part of another.
fn may_be_part(word: &str, analyser: &Analyser) -> bool {
    let listed = lists::is_no_part(word) || lists::is_no_head(word);
    word.len() >= 5 && is_plain(word) && !analyser.is_stop(word) && !listed
}

fn is_plain(word: &str) -> bool {
    word.bytes().all(|letter| letter.is_ascii_lowercase())
}
