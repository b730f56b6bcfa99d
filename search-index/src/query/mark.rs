//! Which words of a text were asked for. In: the ways in which the question can be met. Out: for the words of any text, which
//! words of the question they meet.

use std::collections::HashMap;

use super::lookup::{Marks, Plan};
use super::parse::Parsed;
use crate::read::Reader;
use crate::text::{Analyser, Word};

/// Knows which words were asked for.
pub struct Marker<'a> {
    analyser: &'a Analyser,
    stems: HashMap<String, u32>,
    folded: HashMap<String, u32>,
    within: Vec<(String, u32)>,
    names: Vec<(Vec<String>, u32)>,
}

/// A word of a text that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Where it begins, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Which word of the text it is.
    pub position: u32,
    /// The words of the question that it meets, a bit for each.
    pub slots: u32,
}

impl<'a> Marker<'a> {
    /// For a question.
    pub fn new(reader: &'a Reader, parsed: &Parsed, plan: &Plan) -> Marker<'a> {
        let analyser = &reader.analyser;
        let mut marker = Marker {
            analyser,
            stems: HashMap::new(),
            folded: HashMap::new(),
            within: Vec::new(),
            names: Vec::new(),
        };
        for way in &plan.ways {
            let slots = way.slots.clone().fold(0, |bits, slot| bits | 1u32 << slot);
            match &way.marks {
                Marks::Stem(stem) => *marker.stems.entry(stem.clone()).or_default() |= slots,
                Marks::Folded(folded) => *marker.folded.entry(folded.clone()).or_default() |= slots,
                Marks::Within(part) => marker.within.push((part.clone(), slots)),
                Marks::Name(stems) => marker.names.push((stems.clone(), slots)),
            }
        }
        // Words that say nothing by themselves are marked where they stand beside others, so that a phrase is marked whole.
        for (at, slot) in parsed.slots.iter().enumerate().filter(|(_, slot)| slot.quoted) {
            *marker.folded.entry(slot.readings[0].folded.clone()).or_default() |= 1 << at;
        }
        marker
    }

    /// The words of a text that were asked for, in order.
    pub fn marks(&self, text: &str) -> Vec<Mark> {
        let words = self.analyser.words(text);
        let mut marks: Vec<Mark> = Vec::new();
        for (at, word) in words.iter().enumerate() {
            let slots = self.slots(word);
            if slots != 0 {
                marks.push(Mark { start: word.start, end: word.end, position: word.position, slots });
            }
            for (name, slots) in &self.names {
                let last = at + name.len() - 1;
                let fits = |(step, stem): (usize, &String)| {
                    words.get(at + step).is_some_and(|word| self.analyser.stem(&word.folded) == *stem)
                };
                if name.iter().enumerate().all(fits) {
                    marks.push(Mark {
                        start: word.start,
                        end: words[last].end,
                        position: word.position,
                        slots: *slots,
                    });
                }
            }
        }
        marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
        let mut apart: Vec<Mark> = Vec::new();
        for mark in marks {
            match apart.last_mut() {
                Some(last) if mark.start < last.end => last.slots |= mark.slots,
                _ => apart.push(mark),
            }
        }
        apart
    }

    fn slots(&self, word: &Word) -> u32 {
        let mut slots = self.folded.get(&word.folded).copied().unwrap_or_default();
        if !self.stems.is_empty() {
            slots |= self.stems.get(&self.analyser.stem(&word.folded)).copied().unwrap_or_default();
        }
        for (part, of_part) in &self.within {
            let long = word.folded.len() >= part.len() + 3;
            if long && part.len() >= 3 && word.folded.contains(part.as_str()) {
                slots |= of_part;
            }
        }
        slots
    }
}
