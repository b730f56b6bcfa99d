//! From words to terms of the dictionary, with what each is worth. In: the words. Out: a [`Plan`]: the ways in which each can be
//! met, and the terms for them. What is not here yet is noted with the layers; the plan is then made again.
//!
//! | way | worth |
//! |---|---|
//! | as it was typed | 1; with other diacritics 0.97 |
//! | another form of the same word | 0.8 |
//! | two words of the question written as one | 0.95 |
//! | another name of the same thing | 0.6; the same name of several words 0.9 |
//! | the beginning of a longer word (last word only) | 0.55, less for much longer ones |
//! | part of a longer word | 0.4 |
//! | another spelling | 0.45 with one change, 0.3 with two |

use std::ops::Range;

use tantivy::postings::TermInfo;

use super::parse::{Parsed, Reading};
use super::request::How;
use crate::layout::keys::{self, Zone};
use crate::read::Reader;
use crate::text::literal;

/// Ways to meet the words of a question.
#[derive(Default)]
pub struct Plan {
    /// The ways.
    pub ways: Vec<Way>,
    /// The terms.
    pub terms: Vec<Term>,
    /// The concepts whose names stand in the question: which words, which concept, which of its names.
    pub concepts: Vec<(Range<usize>, usize, usize)>,
    /// What was taken for words that nobody wrote: which word, and what instead.
    pub slips: Vec<(usize, String)>,
}

/// A way to meet one word, or several at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Way {
    /// The words of the question.
    pub slots: Range<usize>,
    /// In which way.
    pub how: How,
    /// What was found for it.
    pub matched: String,
    /// What to mark in texts.
    pub marks: Marks,
}

/// What to mark in texts for a way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Marks {
    /// Words with a stem.
    Stem(String),
    /// Words that are so, without diacritics.
    Folded(String),
    /// Words that have this in them.
    Within(String),
    /// Words with these stems, one after the other.
    Name(Vec<String>),
}

/// A term that counts for a way.
pub struct Term {
    /// In which layer.
    pub layer: usize,
    /// What tantivy knows of it.
    pub info: TermInfo,
    /// Where the word stands.
    pub zone: Zone,
    /// What it is worth.
    pub worth: f32,
    /// The way.
    pub way: usize,
}

impl Plan {
    /// A way, made if there is none yet.
    pub fn add_way(&mut self, slots: Range<usize>, how: How, matched: &str, marks: Marks) -> usize {
        let known = |way: &Way| way.slots == slots && way.how == how && way.matched == matched;
        match self.ways.iter().position(known) {
            Some(at) => at,
            None => {
                self.ways.push(Way { slots, how, matched: matched.to_owned(), marks });
                self.ways.len() - 1
            }
        }
    }

    /// The wanted words that no term was found for.
    pub fn unknown(&self, parsed: &Parsed) -> Vec<usize> {
        let met = |slot: usize| self.terms.iter().any(|term| self.ways[term.way].slots.contains(&slot));
        (0..parsed.slots.len()).filter(|slot| parsed.slots[*slot].wanted && !met(*slot)).collect()
    }
}

/// The ways to meet the words of a question.
pub fn plan(reader: &Reader, parsed: &Parsed, typing: bool) -> tantivy::Result<Plan> {
    let mut plan = Plan { concepts: named(reader, parsed), ..Plan::default() };
    let as_written = |slot: usize| {
        let mut named = plan.concepts.iter().filter(|(slots, _, _)| *slots == (slot..slot + 1));
        named.any(|(_, concept, variant)| reader.concepts[*concept].names[*variant].as_written)
    };
    // Whoever writes OM does not mean the word *om*.
    let literally: Vec<bool> = (0..parsed.slots.len()).map(|slot| !as_written(slot)).collect();
    let last = parsed.slots.len().saturating_sub(1);
    for (at, slot) in parsed.slots.iter().enumerate() {
        if !slot.wanted || !literally[at] {
            continue;
        }
        for (number, reading) in slot.readings.iter().enumerate() {
            let worth = if number == 0 { 1.0 } else { 0.9 };
            let end = (at + reading.span).min(parsed.slots.len());
            word(reader, &mut plan, at..end, reading, worth, slot.quoted)?;
        }
        if at == last && !slot.quoted {
            beginning(reader, &mut plan, at, &slot.readings[0], if typing { 0.55 } else { 0.45 })?;
        }
    }
    joined(reader, parsed, &mut plan)?;
    concepts(reader, &mut plan)?;
    Ok(plan)
}

/// The chunks that the forms of one stem may stretch over.
const STEM_CHUNKS: usize = 3;
/// The chunks in which longer words are looked for.
const PREFIX_CHUNKS: usize = 2;
/// The most longer words that count.
const LONGER: usize = 48;

/// All terms of a stem in all layers.
pub(super) fn stem_terms(
    reader: &Reader,
    stem: &str,
    mut each: impl FnMut(usize, keys::Key<'_>, TermInfo),
) -> tantivy::Result<()> {
    let (from, to) = (format!("{stem}\0"), format!("{stem}\u{1}"));
    for (number, layer) in reader.layers.iter().enumerate() {
        for (key, info) in layer.terms(from.as_bytes(), to.as_bytes(), STEM_CHUNKS)?.unwrap_or_default() {
            if let Some(key) = keys::read(&key) {
                each(number, key, info);
            }
        }
    }
    Ok(())
}

/// A word as it was typed, its other forms, and longer words it is part of.
fn word(
    reader: &Reader,
    plan: &mut Plan,
    slots: Range<usize>,
    reading: &Reading,
    worth: f32,
    quoted: bool,
) -> tantivy::Result<()> {
    let joined = slots.len() > 1;
    stem_terms(reader, &reading.stem, |layer, key, info| {
        let (how, value, matched, marks) = match &key.form {
            None if quoted => return,
            None => (How::Part, 0.4, reading.form.clone(), Marks::Within(reading.stem.clone())),
            Some(form) if *form == reading.form => {
                (How::Exact, 1.0, form.clone(), Marks::Folded(reading.folded.clone()))
            }
            Some(form) => {
                let folded = reader.analyser.fold(form);
                if folded == reading.folded {
                    (How::Exact, 0.97, form.clone(), Marks::Folded(folded))
                } else if quoted {
                    return;
                } else {
                    (How::Form, 0.8, form.clone(), Marks::Folded(folded))
                }
            }
        };
        let (how, value) =
            if joined && how < How::Joined { (How::Joined, value * 0.95) } else { (how, value) };
        let way = plan.add_way(slots.clone(), how, &matched, marks);
        plan.terms.push(Term { layer, info, zone: key.zone, worth: value * worth, way });
    })
}

/// Longer words that begin with what was typed.
fn beginning(
    reader: &Reader,
    plan: &mut Plan,
    slot: usize,
    reading: &Reading,
    worth: f32,
) -> tantivy::Result<()> {
    let typed = &reading.folded;
    if typed.chars().count() < 3 || reading.capitals {
        return Ok(());
    }
    let end = format!("{typed}\u{10ffff}");
    let mut longer: Vec<(usize, String, Zone, TermInfo)> = Vec::new();
    for (number, layer) in reader.layers.iter().enumerate() {
        let mut stretches = vec![(reader.analyser.shared_beginning(typed).to_owned(), end.clone())];
        // A stem can be shorter than what was typed of its word, or end otherwise: `bruggenb`, `huize`.
        for stem in reader.analyser.stems_of_beginning(typed) {
            stretches.push((format!("{stem}\0"), format!("{stem}\u{1}")));
        }
        for (from, to) in stretches {
            for (key, info) in layer.terms(from.as_bytes(), to.as_bytes(), PREFIX_CHUNKS)?.unwrap_or_default()
            {
                let Some(keys::Key { stem, zone, form: Some(form), .. }) = keys::read(&key) else { continue };
                let folded = reader.analyser.fold(&form);
                if stem != reading.stem && folded.len() > typed.len() && folded.starts_with(typed.as_str()) {
                    longer.push((number, folded, zone, info));
                }
            }
        }
    }
    longer.sort_by(|a, b| {
        b.3.doc_freq.cmp(&a.3.doc_freq).then_with(|| (a.0, &a.1, a.2).cmp(&(b.0, &b.1, b.2)))
    });
    longer.dedup_by(|a, b| (a.0, &a.1, a.2) == (b.0, &b.1, b.2) && a.3 == b.3);
    longer.truncate(LONGER);
    for (layer, folded, zone, info) in longer {
        let closeness = 0.5 + 0.5 * typed.len() as f32 / folded.len() as f32;
        let way = plan.add_way(slot..slot + 1, How::Prefix, &folded, Marks::Folded(folded.clone()));
        plan.terms.push(Term { layer, info, zone, worth: worth * closeness, way });
    }
    Ok(())
}

/// Neighbouring words of the question that others write as one: *veiligheids plan*, *team leider*.
fn joined(reader: &Reader, parsed: &Parsed, plan: &mut Plan) -> tantivy::Result<()> {
    for at in 1..parsed.slots.len() {
        let (first, second) = (&parsed.slots[at - 1], &parsed.slots[at]);
        if first.quoted || second.quoted || !(first.wanted || second.wanted) {
            continue;
        }
        let (a, b) = (&first.readings[0], &second.readings[0]);
        if a.folded.len() < 2 || b.folded.len() < 3 || !second.wanted {
            continue;
        }
        for link in reader.analyser.links() {
            let form = format!("{}{link}{}", a.form, b.form);
            let folded = format!("{}{link}{}", a.folded, b.folded);
            let reading =
                Reading { stem: reader.analyser.stem(&folded), form, folded, capitals: false, span: 2 };
            word(reader, plan, at - 1..at + 1, &reading, 1.0, false)?;
        }
    }
    Ok(())
}

/// The concepts whose names stand in the question.
fn named(reader: &Reader, parsed: &Parsed) -> Vec<(Range<usize>, usize, usize)> {
    let mut named = Vec::new();
    for (number, concept) in reader.concepts.iter().enumerate() {
        for (variant, name) in concept.names.iter().enumerate() {
            let words = literal(reader.analyser.words(&name.text));
            let stems: Vec<String> = words.iter().map(|word| reader.analyser.stem(&word.folded)).collect();
            let fits = |at: usize, step: usize| {
                let readings = &parsed.slots[at + step].readings;
                if name.as_written {
                    readings.iter().any(|reading| reading.capitals && reading.folded == words[step].folded)
                } else {
                    readings.iter().any(|reading| reading.stem == stems[step])
                }
            };
            let Some(most) = (parsed.slots.len() + 1).checked_sub(stems.len().max(1)) else { continue };
            for at in 0..most {
                if !stems.is_empty() && (0..stems.len()).all(|step| fits(at, step)) {
                    named.push((at..at + stems.len(), number, variant));
                }
            }
        }
    }
    named
}

/// Other names of the things that are named in the question.
fn concepts(reader: &Reader, plan: &mut Plan) -> tantivy::Result<()> {
    for (slots, number, variant) in plan.concepts.clone() {
        let concept = &reader.concepts[number];
        stem_terms(reader, &keys::concept_stem(number), |layer, key, info| {
            let Some(name) = key.variant.and_then(|variant| concept.names.get(variant)) else { return };
            let same = key.variant == Some(variant);
            // A single word was looked for as a word already.
            if same && slots.len() == 1 && !name.as_written {
                return;
            }
            let words = literal(reader.analyser.words(&name.text));
            let stems = words.iter().map(|word| reader.analyser.stem(&word.folded)).collect();
            let (how, worth) = match (same, name.as_written) {
                (true, true) => (How::Exact, 1.0),
                (true, false) => (How::Exact, 0.9),
                (false, _) => (How::Concept, 0.6),
            };
            let way = plan.add_way(slots.clone(), how, &name.text, Marks::Name(stems));
            plan.terms.push(Term { layer, info, zone: key.zone, worth, way });
        })?;
    }
    Ok(())
}
