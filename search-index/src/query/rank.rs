//! From strengths to pages, best first.
//!
//! | step | rule |
//! |---|---|
//! | weight of a word | idf = ln(1 + (N − n + ½) / (n + ½)) with n of N pages that match it in any way (Robertson and Spärck Jones) |
//! | a word in a page | idf × s / (s + 1.2), s the sum of its strengths in the page and its units (BM25 with k₁ = 1.2) |
//! | all words wanted | × (share of the weight of the words that are there)²; with up to three words, pages with all come first, unless it is a sentence |
//! | words near each other | × (1 + 0.3 × share of the best unit) |
//! | title | × (1 + 0.6 × share of the question in the title × (½ + ½ × share of the title in the question)); + 0.5 when both are the same |
//! | kind | × its weight / 100 |
//!
//! The first ten of a page of results are put in order once more when their texts are there, see [`super::rows`].

use super::collect::{Collected, OfLayer};
use super::facets::Narrowed;
use super::logarithm;
use super::parse::Parsed;
use super::phrase::Phrases;
use crate::read::Reader;

/// A page that matches.
#[derive(Clone, Copy, Debug)]
pub struct Hit {
    /// In which layer.
    pub layer: usize,
    /// Which page.
    pub page: usize,
    /// How well.
    pub score: f32,
    /// Whether it has all wanted words.
    pub complete: bool,
}

/// What was found.
pub struct Ranked {
    /// The pages that are allowed, best first; those with all words come first.
    pub hits: Vec<Hit>,
    /// All pages that match, whatever was chosen among facets: for counts.
    pub matching: Vec<(usize, usize)>,
    /// How many of the hits have all wanted words.
    pub complete: usize,
    /// Whether those come before all others.
    pub strict: bool,
    /// The wanted words, with what each weighs.
    words: Vec<(usize, f32)>,
}

/// How fast more of the same stops to count.
const SATURATION: f32 = 1.2;
/// Up to so many words, a page without one of them comes behind all with all of them.
const STRICT: usize = 3;

fn saturated(strength: f32) -> f32 {
    strength / (strength + SATURATION)
}

/// Ranks the pages.
pub fn rank(
    reader: &Reader,
    parsed: &Parsed,
    collected: &Collected,
    narrowed: &Narrowed,
    phrases: &Phrases,
) -> Ranked {
    let wanted: Vec<usize> = (0..parsed.slots.len()).filter(|slot| parsed.slots[*slot].wanted).collect();
    let sums: Vec<Vec<f32>> =
        (0..reader.layers.len()).map(|layer| sums(reader, collected, layer, &wanted)).collect();
    // In a sentence some words are only there to make it one.
    let sentence = parsed.slots.len() >= wanted.len() + 2;
    let strict = wanted.len() <= STRICT && !sentence;
    let words: Vec<(usize, f32)> = wanted.iter().copied().zip(weights(reader, &sums, wanted.len())).collect();
    let mut ranked = Ranked { hits: Vec::new(), matching: Vec::new(), complete: 0, strict, words };
    let having: Vec<Vec<Vec<bool>>> = phrases.iter().map(|phrase| pages_of(reader, phrase)).collect();
    for (layer, of_layer) in sums.iter().enumerate() {
        let excluded = &collected.layers[layer].excluded;
        for (page, sums) in of_layer.chunks_exact(wanted.len().max(1)).enumerate() {
            if sums.iter().all(|sum| *sum <= 0.0) || reader.layers[layer].hidden[page] || excluded[page] {
                continue;
            }
            if !having.iter().all(|phrase| phrase[layer][page]) {
                continue;
            }
            ranked.matching.push((layer, page));
            if narrowed.allows(layer, page, None) {
                let score = score(reader, collected, (layer, page), sums, &ranked.words);
                ranked.hits.push(Hit { layer, page, score, complete: sums.iter().all(|sum| *sum > 0.0) });
            }
        }
    }
    ranked.complete = ranked.hits.iter().filter(|hit| hit.complete).count();
    ranked.hits.sort_unstable_by(|a, b| {
        let complete = if strict { b.complete.cmp(&a.complete) } else { std::cmp::Ordering::Equal };
        complete.then(b.score.total_cmp(&a.score)).then_with(|| (a.layer, a.page).cmp(&(b.layer, b.page)))
    });
    ranked
}

/// By layer and page: whether it is among some documents.
fn pages_of(reader: &Reader, documents: &[(usize, u32)]) -> Vec<Vec<bool>> {
    let mut pages: Vec<Vec<bool>> =
        reader.layers.iter().map(|layer| vec![false; layer.pages.len()]).collect();
    for (layer, document) in documents {
        if let Some(page) = pages[*layer].get_mut(reader.layers[*layer].page_of(*document)) {
            *page = true;
        }
    }
    pages
}

/// By page, and in it by wanted word: the sum of the strengths of its documents.
fn sums(reader: &Reader, collected: &Collected, layer: usize, wanted: &[usize]) -> Vec<f32> {
    let of_layer = &collected.layers[layer];
    let mut sums = vec![0.0; reader.layers[layer].pages.len() * wanted.len()];
    for (at, slot) in wanted.iter().enumerate() {
        for (strength, page) in of_layer.strength[*slot].iter().zip(&of_layer.page_of) {
            sums[*page as usize * wanted.len() + at] += strength;
        }
    }
    sums
}

/// What each wanted word weighs.
fn weights(reader: &Reader, sums: &[Vec<f32>], wanted: usize) -> Vec<f32> {
    let mut counts = vec![0usize; wanted];
    let mut pages = 0usize;
    for (layer, of_layer) in sums.iter().enumerate() {
        let hidden = &reader.layers[layer].hidden;
        for (page, _) in of_layer.chunks_exact(wanted.max(1)).zip(hidden).filter(|(_, hidden)| !**hidden) {
            pages += 1;
            counts.iter_mut().zip(page).for_each(|(count, sum)| *count += usize::from(*sum > 0.0));
        }
    }
    let weight = |count: usize| logarithm(1.0 + (pages as f32 - count as f32 + 0.5) / (count as f32 + 0.5));
    counts.into_iter().map(weight).collect()
}

fn score(
    reader: &Reader,
    collected: &Collected,
    (number, page): (usize, usize),
    sums: &[f32],
    words: &[(usize, f32)],
) -> f32 {
    let layer = &reader.layers[number];
    let of_layer = &collected.layers[number];
    let (mut all, mut there, mut score, mut in_title) = (f32::MIN_POSITIVE, 0.0, 0.0, 0.0);
    let titled = of_layer.titled[layer.documents[page] as usize];
    for ((slot, weight), sum) in words.iter().zip(sums) {
        all += weight;
        score += weight * saturated(*sum);
        there += if *sum > 0.0 { *weight } else { 0.0 };
        in_title += if titled & (1 << slot) != 0 { *weight } else { 0.0 };
    }
    let documents = layer.documents[page]..layer.documents[page + 1];
    let best = documents.map(|document| of_document(of_layer, document, words)).fold(0.0, f32::max);
    let of_title = (titled.count_ones() as f32 / f32::from(layer.pages[page].title_words.max(1))).min(1.0);
    // Whoever types the name of something wants its own page, however often others mention it.
    let is_title = in_title >= all * 0.999 && of_title >= 0.999;
    let title = 1.0 + 0.6 * (in_title / all) * (0.5 + 0.5 * of_title) + if is_title { 0.5 } else { 0.0 };
    let coverage = there / all;
    let kind = f32::from(layer.pages[page].weight) / 100.0;
    score * coverage * coverage * (1.0 + 0.3 * best / all) * title * kind
}

fn of_document(of_layer: &OfLayer, document: u32, words: &[(usize, f32)]) -> f32 {
    words.iter().map(|(slot, weight)| weight * saturated(of_layer.strength[*slot][document as usize])).sum()
}

/// The documents of a page that match, with how well: best first.
pub fn places(reader: &Reader, collected: &Collected, ranked: &Ranked, hit: &Hit) -> Vec<(u32, f32)> {
    let documents = &reader.layers[hit.layer].documents;
    let of_layer = &collected.layers[hit.layer];
    let documents = documents[hit.page]..documents[hit.page + 1];
    let values = documents.map(|document| (document, of_document(of_layer, document, &ranked.words)));
    let mut places: Vec<(u32, f32)> = values.filter(|(_, value)| *value > 0.0).collect();
    places.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    places
}
