//! From terms to how well every document matches every word. In: a plan. Out: [`Collected`]: by layer, word and document a
//! strength, the way that gave most of it, and which words stand in titles.
//!
//! Strength of a word in a document: Σ over its terms of *worth × zone × times*, where a text counts less the longer its page
//! is: by 1 / (0.7 + 0.3 × length / mean length), which is BM25's rule with b = 0.3 applied per zone (BM25F; Robertson,
//! Zaragoza and Taylor, 2004).

use super::lookup::Plan;
use super::parse::Parsed;
use super::request::How;
use crate::layout::keys::Zone;
use crate::layout::manifest::PageRow;
use crate::read::Reader;
use crate::read::layer::Layer;

/// What was collected.
pub struct Collected {
    /// By layer.
    pub layers: Vec<OfLayer>,
}

/// What was collected in a layer.
pub struct OfLayer {
    /// By word and document.
    pub strength: Vec<Vec<f32>>,
    /// By word and document: the way that gave most, and how much.
    pub best: Vec<Vec<(u16, f32)>>,
    /// By document: the words that stand in its title or heading, a bit for each.
    pub titled: Vec<u32>,
    /// By document: its page.
    pub page_of: Vec<u32>,
    /// By page: whether it has a word that it must not have.
    pub excluded: Vec<bool>,
}

/// What a place is worth.
fn worth(zone: Zone) -> f32 {
    match zone {
        Zone::Title | Zone::Names => 5.0,
        Zone::PartOfTitle => 4.0,
        Zone::Heading => 2.6,
        Zone::Summary => 2.0,
        Zone::Fields => 1.6,
        Zone::Text | Zone::Part => 1.0,
    }
}

/// How many words a page of a class has, about.
fn words(row: &PageRow) -> f32 {
    let whole = (1u32 << (row.length / 2).min(20)) as f32;
    if row.length % 2 == 1 { whole * core::f32::consts::SQRT_2 } else { whole }
}

/// Collects what the terms of a plan say.
pub fn collect(reader: &Reader, parsed: &Parsed, plan: &Plan) -> tantivy::Result<Collected> {
    let pages = || reader.layers.iter().flat_map(|layer| &layer.pages);
    let mean = pages().map(words).sum::<f32>() / pages().count().max(1) as f32;
    let mut layers: Vec<OfLayer> = Vec::with_capacity(reader.layers.len());
    for (number, layer) in reader.layers.iter().enumerate() {
        let mut of_layer = OfLayer::new(layer, parsed.slots.len());
        let norms: Vec<f32> =
            layer.pages.iter().map(|row| 1.0 / (0.7 + 0.3 * words(row) / mean.max(1.0))).collect();
        for term in plan.terms.iter().filter(|term| term.layer == number) {
            let way = &plan.ways[term.way];
            let of_text = matches!(term.zone, Zone::Text | Zone::Part | Zone::Fields);
            let titled =
                matches!(term.zone, Zone::Title | Zone::Names | Zone::Heading) && way.how < How::Prefix;
            let value = worth(term.zone) * term.worth;
            let OfLayer { strength, best, titled: titles, page_of, .. } = &mut of_layer;
            layer.documents_of(&term.info, |document, often| {
                let at = document as usize;
                let Some(page) = page_of.get(at) else { return };
                let norm = if of_text { norms[*page as usize] } else { 1.0 };
                let gained = value * often as f32 * norm;
                for slot in way.slots.clone() {
                    strength[slot][at] += gained;
                    if gained > best[slot][at].1 {
                        best[slot][at] = (term.way as u16, gained);
                    }
                    if titled {
                        titles[at] |= 1 << slot;
                    }
                }
            })?;
        }
        exclude(reader, parsed, number, &mut of_layer)?;
        layers.push(of_layer);
    }
    Ok(Collected { layers })
}

impl OfLayer {
    fn new(layer: &Layer, slots: usize) -> OfLayer {
        let documents = layer.document_count();
        let mut page_of = vec![0; documents];
        for (page, ends) in layer.documents.windows(2).enumerate() {
            page_of[ends[0] as usize..ends[1] as usize].fill(page as u32);
        }
        OfLayer {
            strength: vec![vec![0.0; documents]; slots],
            best: vec![vec![(0, 0.0); documents]; slots],
            titled: vec![0; documents],
            page_of,
            excluded: vec![false; layer.pages.len()],
        }
    }
}

/// Marks the pages that have a word they must not have.
fn exclude(reader: &Reader, parsed: &Parsed, number: usize, of_layer: &mut OfLayer) -> tantivy::Result<()> {
    for reading in &parsed.without {
        let mut terms = Vec::new();
        super::lookup::stem_terms(reader, &reading.stem, |layer, key, info| {
            if layer == number && key.form.is_some() {
                terms.push(info);
            }
        })?;
        for info in terms {
            reader.layers[number].documents_of(&info, |document, _| {
                if let Some(page) = of_layer.page_of.get(document as usize) {
                    of_layer.excluded[*page as usize] = true;
                }
            })?;
        }
    }
    Ok(())
}
