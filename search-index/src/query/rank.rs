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

use super::collect::Collected;
use super::facets::Narrowed;
use super::logarithm;
use super::parse::Parsed;
use super::phrase::Phrases;
use crate::read::Reader;

/// A page that matches.
#[derive(Clone, Debug)]
pub struct Hit {
    /// In which layer.
    pub layer: usize,
    /// Which page.
    pub page: usize,
    /// How well.
    pub score: f32,
    /// Whether it has all wanted words.
    pub complete: bool,
    /// The documents of the page that match, with how well: best first.
    pub places: Vec<(u32, f32)>,
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
    let sums: Vec<Vec<Vec<f32>>> =
        (0..reader.layers.len()).map(|layer| sums(reader, collected, layer, &wanted)).collect();
    let weights = weights(reader, &sums, wanted.len());
    // In a sentence some words are only there to make it one.
    let sentence = parsed.slots.len() >= wanted.len() + 2;
    let strict = wanted.len() <= STRICT && !sentence;
    let mut ranked = Ranked { hits: Vec::new(), matching: Vec::new(), complete: 0, strict };
    for (number, layer) in reader.layers.iter().enumerate() {
        for page in 0..layer.pages.len() {
            if layer.hidden[page] || collected.layers[number].excluded[page] {
                continue;
            }
            let documents = layer.documents[page]..layer.documents[page + 1];
            if !phrases
                .iter()
                .all(|having| having.iter().any(|(of, doc)| *of == number && documents.contains(doc)))
            {
                continue;
            }
            let Some(hit) = hit(reader, collected, number, page, &sums[number][page], &weights, &wanted)
            else {
                continue;
            };
            ranked.matching.push((number, page));
            if narrowed.allows(number, page, None) {
                ranked.hits.push(hit);
            }
        }
    }
    // Only where all words are somewhere together do the counts speak of those pages alone.
    ranked.complete = ranked.hits.iter().filter(|hit| hit.complete).count();
    ranked.hits.sort_by(|a, b| {
        let complete = if strict { b.complete.cmp(&a.complete) } else { std::cmp::Ordering::Equal };
        complete.then(b.score.total_cmp(&a.score)).then_with(|| (a.layer, a.page).cmp(&(b.layer, b.page)))
    });
    ranked
}

/// By page and wanted word: the sum of the strengths of its documents.
fn sums(reader: &Reader, collected: &Collected, layer: usize, wanted: &[usize]) -> Vec<Vec<f32>> {
    let of_layer = &collected.layers[layer];
    let mut sums = vec![vec![0.0; wanted.len()]; reader.layers[layer].pages.len()];
    for (at, slot) in wanted.iter().enumerate() {
        for (strength, page) in of_layer.strength[*slot].iter().zip(&of_layer.page_of) {
            sums[*page as usize][at] += strength;
        }
    }
    sums
}

/// What each wanted word weighs.
fn weights(reader: &Reader, sums: &[Vec<Vec<f32>>], wanted: usize) -> Vec<f32> {
    let shown = |layer: usize, page: usize| !reader.layers[layer].hidden[page];
    let mut counts = vec![0usize; wanted];
    let mut pages = 0usize;
    for (layer, of_layer) in sums.iter().enumerate() {
        for (_, page) in of_layer.iter().enumerate().filter(|(page, _)| shown(layer, *page)) {
            pages += 1;
            counts.iter_mut().zip(page).for_each(|(count, sum)| *count += usize::from(*sum > 0.0));
        }
    }
    let weight = |count: usize| logarithm(1.0 + (pages as f32 - count as f32 + 0.5) / (count as f32 + 0.5));
    counts.into_iter().map(weight).collect()
}

fn hit(
    reader: &Reader,
    collected: &Collected,
    number: usize,
    page: usize,
    sums: &[f32],
    weights: &[f32],
    wanted: &[usize],
) -> Option<Hit> {
    if sums.iter().all(|sum| *sum <= 0.0) {
        return None;
    }
    let layer = &reader.layers[number];
    let of_layer = &collected.layers[number];
    let all: f32 = weights.iter().sum::<f32>().max(f32::MIN_POSITIVE);
    let score: f32 = sums.iter().zip(weights).map(|(sum, weight)| weight * saturated(*sum)).sum();
    let there: f32 = sums.iter().zip(weights).filter(|(sum, _)| **sum > 0.0).map(|(_, weight)| weight).sum();
    let mut places: Vec<(u32, f32)> = Vec::new();
    for document in layer.documents[page]..layer.documents[page + 1] {
        let of_word =
            |(slot, weight): (&usize, &f32)| weight * saturated(of_layer.strength[*slot][document as usize]);
        let value: f32 = wanted.iter().zip(weights).map(of_word).sum();
        if value > 0.0 {
            places.push((document, value));
        }
    }
    places.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let together = places.first().map_or(0.0, |best| best.1) / all;
    let titled = of_layer.titled[layer.documents[page] as usize];
    let in_title: f32 = wanted
        .iter()
        .zip(weights)
        .filter(|(slot, _)| titled & (1 << **slot) != 0)
        .map(|(_, weight)| weight)
        .sum();
    let of_title = (titled.count_ones() as f32 / f32::from(layer.pages[page].title_words.max(1))).min(1.0);
    let coverage = there / all;
    // Whoever types the name of something wants its own page, however often others mention it.
    let is_title = in_title >= all * 0.999 && of_title >= 0.999;
    let title = 1.0 + 0.6 * (in_title / all) * (0.5 + 0.5 * of_title) + if is_title { 0.5 } else { 0.0 };
    let kind = f32::from(layer.pages[page].weight) / 100.0;
    Some(Hit {
        layer: number,
        page,
        score: score * coverage * coverage * (1.0 + 0.3 * together) * title * kind,
        complete: sums.iter().all(|sum| *sum > 0.0),
        places,
    })
}
