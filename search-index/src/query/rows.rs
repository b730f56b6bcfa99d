//! From pages to rows with excerpts and reasons. In: the ranked pages, and the texts of those that are shown. Out: rows. Ten
//! neighbours in the ranking are put in order once more by how near to each other their texts have the words.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::collect::Collected;
use super::excerpt::excerpt;
use super::facets::Narrowed;
use super::lookup::Plan;
use super::mark::{Mark, Marker};
use super::parse::Parsed;
use super::rank::{Hit, Ranked, places};
use super::request::{Found, How, Place, Request, Row, Suggestion, Synonyms, Why};
use crate::document::Page;
use crate::read::Reader;

/// How many neighbours are put in order once more: as many as a page of results has.
const BLOCK: usize = 10;
/// The most pages that are shown at once.
const MOST: usize = 100;

/// The rows.
pub fn found(
    reader: &Reader,
    request: &Request,
    parsed: &Parsed,
    plan: &Plan,
    collected: &Collected,
    narrowed: &Narrowed,
    ranked: &Ranked,
) -> Found {
    let marker = Marker::new(reader, parsed, plan);
    let from = request.offset.min(ranked.hits.len());
    let to = from.saturating_add(request.limit.min(MOST)).min(ranked.hits.len());
    let mut shown: Vec<(f32, &Hit, Arc<Page>)> = Vec::new();
    for block in blocks(from..to, ranked.hits.len()) {
        let mut of_block: Vec<(f32, &Hit, Arc<Page>)> = Vec::new();
        for hit in &ranked.hits[block.clone()] {
            if let Some(page) = reader.layers[hit.layer].fragment(hit.page) {
                of_block.push((hit.score * (1.0 + 0.25 * nearness(&page, parsed, &marker)), hit, page));
            }
        }
        let tier = |hit: &Hit| ranked.strict && hit.complete;
        of_block.sort_by(|a, b| tier(b.1).cmp(&tier(a.1)).then(b.0.total_cmp(&a.0)));
        let places = block.clone().zip(of_block).filter(|(at, _)| (from..to).contains(at));
        shown.extend(places.map(|(_, row)| row));
    }
    let rows = shown.into_iter().enumerate().map(|(at, (score, hit, page))| {
        let asked =
            Asked { reader, parsed, plan, collected, ranked, marker: &marker, explain: request.explain };
        asked.row(from + at + 1, score, hit, &page)
    });
    Found {
        query: request.query.clone(),
        total: ranked.complete,
        partial: ranked.hits.len() - ranked.complete,
        rows: rows.collect(),
        facets: if request.counts { narrowed.counts(reader, &ranked.matching) } else { Vec::new() },
        suggestions: suggestions(request, parsed, plan),
        synonyms: synonyms(reader, parsed, plan),
    }
}

/// The blocks that have something of a range.
fn blocks(range: Range<usize>, most: usize) -> impl Iterator<Item = Range<usize>> {
    let starts = (range.start / BLOCK * BLOCK..range.end).step_by(BLOCK);
    starts.map(move |start| start..(start + BLOCK).min(most))
}

/// How many neighbouring words of the question stand near each other in some text of a page, as a share.
fn nearness(page: &Page, parsed: &Parsed, marker: &Marker<'_>) -> f32 {
    let wanted: Vec<usize> = (0..parsed.slots.len()).filter(|slot| parsed.slots[*slot].wanted).collect();
    if wanted.len() < 2 {
        return 0.0;
    }
    let mut near = 0u32;
    let units = page.units.iter().flat_map(|unit| [&unit.title, &unit.text]);
    for text in [&page.title, &page.summary, &page.text].into_iter().chain(units) {
        let marks = marker.marks(text);
        for (at, first) in marks.iter().enumerate() {
            for second in marks[at..].iter().take_while(|second| second.position <= first.position + 4) {
                for pair in wanted.windows(2) {
                    let both = first.slots & (1 << pair[0]) != 0 && second.slots & (1 << pair[1]) != 0;
                    // One name of something that has several words meets them all.
                    if both && (second.position > first.position || first.slots == second.slots) {
                        near |= 1 << pair[0];
                    }
                }
            }
        }
    }
    near.count_ones() as f32 / (wanted.len() - 1) as f32
}

struct Asked<'a> {
    reader: &'a Reader,
    parsed: &'a Parsed,
    plan: &'a Plan,
    collected: &'a Collected,
    ranked: &'a Ranked,
    marker: &'a Marker<'a>,
    explain: bool,
}

impl Asked<'_> {
    fn row(&self, rank: usize, score: f32, hit: &Hit, page: &Page) -> Row {
        let places = places(self.reader, self.collected, self.ranked, hit);
        let first = self.reader.layers[hit.layer].documents[hit.page];
        let unit_of = |document: u32| {
            (document as usize).checked_sub(first as usize + 1).and_then(|at| page.units.get(at))
        };
        let best = places.first().and_then(|(document, _)| unit_of(*document));
        let place_url = |anchor: &str| format!("{}#{anchor}", page.url);
        let units = places.iter().filter_map(|(document, value)| Some((unit_of(*document)?, *value)));
        let units = units.take(3).map(|(unit, value)| Place {
            url: place_url(&unit.anchor),
            title: unit.title.clone(),
            kind: unit.kind.clone(),
            label: unit.label.clone(),
            score: rounded(value),
        });
        let (why, missing) = self.why(hit, &places);
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        Row {
            rank,
            url: best.map_or_else(|| page.url.clone(), |unit| place_url(&unit.anchor)),
            page_url: page.url.clone(),
            title: page.title.clone(),
            unit: best.map(|unit| unit.title.clone()),
            unit_kind: best.map(|unit| unit.kind.clone()),
            kind: some(&page.kind),
            kind_label: some(&page.kind_label),
            score: rounded(score),
            summary: some(&page.summary),
            excerpt: self.excerpt(page, best.map(|unit| unit.text.as_str())),
            units: units.collect(),
            why,
            missing,
            facets: page.facets.iter().cloned().collect::<BTreeMap<_, _>>(),
        }
    }

    /// From the best place if it shows anything, else from the text that shows most.
    fn excerpt(&self, page: &Page, best: Option<&str>) -> Vec<String> {
        let others = [page.text.as_str(), page.summary.as_str()].into_iter();
        let units = page.units.iter().map(|unit| unit.text.as_str());
        let mut chosen: (u32, &str, Vec<Mark>) = (0, "", Vec::new());
        for text in best.into_iter().chain(others).chain(units) {
            let marks = self.marker.marks(text);
            let slots = marks.iter().fold(0u32, |slots, mark| slots | mark.slots).count_ones();
            if slots > chosen.0 {
                chosen = (slots, text, marks);
            }
            if Some(text) == best && slots > 0 {
                break;
            }
        }
        if chosen.0 == 0 {
            let start = [page.summary.as_str(), page.text.as_str()].into_iter().find(|text| !text.is_empty());
            chosen.1 = start.or(best).unwrap_or_default();
        }
        excerpt(chosen.1, &chosen.2)
    }

    /// In which way each word was found, and the words that were not.
    fn why(&self, hit: &Hit, places: &[(u32, f32)]) -> (Vec<Why>, Vec<String>) {
        let of_layer = &self.collected.layers[hit.layer];
        let (mut why, mut missing) = (Vec::new(), Vec::new());
        for (slot, asked) in self.parsed.slots.iter().enumerate().filter(|(_, slot)| slot.wanted) {
            let best = places.iter().map(|(document, _)| of_layer.best[slot][*document as usize]);
            let best = best.fold((0u16, 0.0f32), |best, next| if next.1 > best.1 { next } else { best });
            if best.1 <= 0.0 {
                missing.push(asked.text.clone());
                continue;
            }
            let Some(way) = self.plan.ways.get(usize::from(best.0)) else { continue };
            if way.how != How::Exact || self.explain {
                let word = self.words(&way.slots);
                let reason =
                    Why { word, matched: way.matched.clone(), how: way.how, weight: rounded(best.1) };
                if !why.iter().any(|known: &Why| known.word == reason.word && known.matched == reason.matched)
                {
                    why.push(reason);
                }
            }
        }
        (why, missing)
    }

    fn words(&self, slots: &Range<usize>) -> String {
        let words = self.parsed.slots[slots.clone()].iter().map(|slot| slot.text.as_str());
        words.collect::<Vec<&str>>().join(" ")
    }
}

/// To thousandths: more says nothing, and shows well.
fn rounded(score: f32) -> f64 {
    (f64::from(score) * 1000.0).round() / 1000.0
}

/// The question with known words in place of unknown ones.
fn suggestions(request: &Request, parsed: &Parsed, plan: &Plan) -> Vec<Suggestion> {
    if plan.slips.is_empty() {
        return Vec::new();
    }
    let mut query = request.query.clone();
    for (slot, word) in &plan.slips {
        query = query.replacen(&parsed.slots[*slot].text, word, 1);
    }
    vec![Suggestion { query, how: How::Typo }]
}

fn synonyms(reader: &Reader, parsed: &Parsed, plan: &Plan) -> Vec<Synonyms> {
    let mut synonyms = Vec::new();
    for (slots, concept, variant) in &plan.concepts {
        let words = parsed.slots[slots.clone()].iter().map(|slot| slot.text.as_str());
        let names = reader.concepts[*concept].names.iter().enumerate().filter(|(at, _)| at != variant);
        let names: Vec<String> = names.map(|(_, name)| name.text.clone()).collect();
        if !names.is_empty() {
            synonyms.push(Synonyms { word: words.collect::<Vec<&str>>().join(" "), names });
        }
    }
    synonyms
}
