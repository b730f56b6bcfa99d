//! Words in quotation marks → pages that have them so: in one text, one after the other, in these forms. Diacritics may differ.

use std::collections::BTreeMap;

use tantivy::postings::TermInfo;

use super::lookup::stem_terms;
use super::parse::{Parsed, Slot};
use crate::layout::keys::Zone;
use crate::read::Reader;

/// Where a word stands: by layer, document and zone its places there, in order.
type Places = BTreeMap<(usize, u32, Zone), Vec<u32>>;

/// By phrase: the documents that have it, by layer and number.
pub type Phrases = Vec<Vec<(usize, u32)>>;

/// Notes the files that phrases need, so that they come together with the others.
pub fn note(reader: &Reader, parsed: &Parsed) {
    for slot in in_phrases(parsed) {
        for layer in &reader.layers {
            layer.note_positions(format!("{}\0", slot.readings[0].stem).as_bytes());
        }
    }
}

fn in_phrases(parsed: &Parsed) -> impl Iterator<Item = &Slot> {
    let several = parsed.phrases.iter().filter(|phrase| phrase.len() > 1);
    several.flat_map(|phrase| &parsed.slots[phrase.clone()])
}

/// The documents that have each phrase.
pub fn pages(reader: &Reader, parsed: &Parsed) -> tantivy::Result<Phrases> {
    let several = parsed.phrases.iter().filter(|phrase| phrase.len() > 1);
    several.map(|phrase| one(reader, &parsed.slots[phrase.clone()])).collect()
}

fn one(reader: &Reader, slots: &[Slot]) -> tantivy::Result<Vec<(usize, u32)>> {
    let mut so_far: Option<Places> = None;
    for slot in slots {
        let here = places(reader, slot)?;
        so_far = Some(match so_far {
            None => here,
            Some(before) => followed(before, &here),
        });
    }
    let mut documents: Vec<(usize, u32)> =
        so_far.unwrap_or_default().into_keys().map(|(layer, document, _)| (layer, document)).collect();
    documents.dedup();
    Ok(documents)
}

/// The places behind places that come before them.
fn followed(before: Places, here: &Places) -> Places {
    let next = before.into_iter().filter_map(|(at, places)| {
        let candidates = here.get(&at)?;
        let next: Vec<u32> = places
            .into_iter()
            .map(|place| place + 1)
            .filter(|place| candidates.binary_search(place).is_ok())
            .collect();
        (!next.is_empty()).then_some((at, next))
    });
    next.collect()
}

fn places(reader: &Reader, slot: &Slot) -> tantivy::Result<Places> {
    let mut terms: Vec<(usize, Zone, TermInfo)> = Vec::new();
    for reading in &slot.readings {
        stem_terms(reader, &reading.stem, |layer, key, info| {
            if key.form.is_some_and(|form| reader.analyser.fold(&form) == reading.folded) {
                terms.push((layer, key.zone, info));
            }
        })?;
    }
    let mut places = Places::new();
    for (layer, zone, info) in terms {
        reader.layers[layer].positions_of(&info, |document, positions| {
            let there = places.entry((layer, document, zone)).or_default();
            there.extend_from_slice(positions);
            there.sort_unstable();
        })?;
    }
    Ok(places)
}
