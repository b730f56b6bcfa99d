//! The terms of a page and its units. In: a page. Out: for the page itself and for each of its units the terms of tantivy
//! with their positions, and what ranking needs to know of the page.

use std::collections::HashMap;

use super::words::{Placed, Words};
use crate::document::{Concept, Page, Settings};
use crate::layout::keys::{self, Zone};
use crate::layout::manifest::PageRow;
use crate::text::Analyser;

/// A text of a page: where it stands, and its words.
type Read = (Zone, Vec<Placed>);

/// A page whose words are known.
pub struct ReadPage {
    /// The texts of the page itself, then those of each unit.
    documents: Vec<Vec<Read>>,
    facets: Vec<String>,
    /// What ranking needs to know.
    pub row: PageRow,
}

/// The words of a page.
pub fn read(page: &Page, settings: &Settings, words: &mut Words<'_>) -> ReadPage {
    words.next_page();
    let mut own: Vec<Read> = vec![(Zone::Title, words.of(&page.title))];
    let title_words = own[0].1.len();
    own.extend(page.names.iter().map(|name| (Zone::Names, words.of(name))));
    own.push((Zone::Summary, words.of(&page.summary)));
    own.extend(page.fields.iter().map(|field| (Zone::Fields, words.of(field))));
    // Whoever types what one of a kind is called wants those more than pages that only mention one.
    own.push((Zone::Summary, words.of(&page.kind_label)));
    own.extend(labels(page, settings).map(|label| (Zone::Fields, words.of(label))));
    own.push((Zone::Text, words.of(&page.text)));
    let mut documents = vec![own];
    for unit in &page.units {
        let heading = if unit.headed { words.of(&unit.title) } else { Vec::new() };
        documents.push(vec![(Zone::Heading, heading), (Zone::Text, words.of(&unit.text))]);
    }
    let length: usize = documents.iter().flatten().map(|(_, words)| words.len()).sum();
    let facets = page
        .facets
        .iter()
        .flat_map(|(name, values)| values.iter().map(move |value| keys::facet(name, value)));
    ReadPage {
        row: PageRow {
            units: page.units.len() as u32,
            title_words: title_words.min(15) as u8,
            length: length_class(length),
            weight: page.weight.min(1000) as u16,
        },
        facets: facets.collect(),
        documents,
    }
}

/// What people call the values of its facets: whoever adds a place or a theme to a question finds what belongs to it.
fn labels<'a>(page: &'a Page, settings: &'a Settings) -> impl Iterator<Item = &'a String> {
    let values = page.facets.iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value)));
    values.filter_map(|(name, value)| {
        let facet = settings.facets.iter().find(|facet| facet.name == *name)?;
        facet.values.iter().find(|(known, _)| known == value).map(|(_, label)| label)
    })
}

/// The class of a number of words: steps of about 40 %.
fn length_class(words: usize) -> u8 {
    let squared = (words.max(1) as u64).saturating_mul(words.max(1) as u64);
    (squared.ilog2()).min(31) as u8
}

/// A term and where in its document it stands.
pub type Token = (u32, String);

/// The terms of the page and its units, a list for each.
pub fn terms(page: &ReadPage, words: &Words<'_>, names: &Names) -> Vec<Vec<Token>> {
    let of_document = |(at, texts): (usize, &Vec<Read>)| {
        let mut tokens = Vec::with_capacity(texts.iter().map(|(_, words)| words.len() * 2).sum());
        let mut from = 0;
        for (zone, placed) in texts {
            text(*zone, placed, from, words, names, &mut tokens);
            // Texts of the same zone stand apart, so that no phrase reaches from one into the next.
            from += placed.last().map_or(0, |last| last.position + 10);
        }
        if at == 0 {
            tokens.extend(page.facets.iter().map(|facet| (from, facet.clone())));
        }
        tokens
    };
    page.documents.iter().enumerate().map(of_document).collect()
}

fn text(zone: Zone, placed: &[Placed], from: u32, words: &Words<'_>, names: &Names, tokens: &mut Vec<Token>) {
    for (at, place) in placed.iter().enumerate() {
        let word = &words.words[place.word as usize];
        let position = from + place.position;
        tokens.push((position, keys::word(&word.stem, zone, &word.form)));
        tokens.extend(word.parts.iter().map(|part| (position, keys::part(part, zone.of_parts()))));
        for (concept, variant) in names.at(placed, at, words) {
            tokens.push((position, keys::concept(concept, zone, variant)));
        }
    }
}

/// A name of a concept as it is looked for in texts.
struct Known {
    stems: Vec<String>,
    /// Given when it counts only in capitals.
    capitals: Option<Vec<String>>,
    concept: usize,
    variant: usize,
}

/// The names of all concepts, by the stem of their first word.
#[derive(Default)]
pub struct Names(HashMap<String, Vec<Known>>);

impl Names {
    /// The names of concepts.
    pub fn new(concepts: &[Concept], analyser: &Analyser) -> Names {
        let mut names: HashMap<String, Vec<Known>> = HashMap::new();
        for (number, concept) in concepts.iter().enumerate() {
            for (variant, name) in concept.names.iter().enumerate() {
                let words = crate::text::literal(analyser.words(&name.text));
                let stems: Vec<String> = words.iter().map(|word| analyser.stem(&word.folded)).collect();
                let Some(first) = stems.first().cloned() else { continue };
                let capitals = name.as_written.then(|| words.into_iter().map(|word| word.folded).collect());
                names.entry(first).or_default().push(Known { stems, capitals, concept: number, variant });
            }
        }
        Names(names)
    }

    /// The names that begin at a word of a text: the concept and which of its names.
    fn at<'n>(
        &'n self,
        placed: &'n [Placed],
        at: usize,
        words: &'n Words<'_>,
    ) -> impl Iterator<Item = (usize, usize)> {
        let first = &words.words[placed[at].word as usize];
        let known = self.0.get(&first.stem).map(Vec::as_slice).unwrap_or_default();
        known
            .iter()
            .filter(move |name| is_at(name, placed, at, words))
            .map(|name| (name.concept, name.variant))
    }
}

fn is_at(name: &Known, placed: &[Placed], at: usize, words: &Words<'_>) -> bool {
    let mut here = at;
    for (step, stem) in name.stems.iter().enumerate() {
        let position = placed[at].position + step as u32;
        while placed.get(here).is_some_and(|place| place.position < position) {
            here += 1;
        }
        let mut readings =
            placed[here.min(placed.len())..].iter().take_while(|place| place.position == position);
        let fits = |place: &Placed| {
            let word = &words.words[place.word as usize];
            match &name.capitals {
                Some(capitals) => place.capitals && word.folded == capitals[step],
                None => word.stem == *stem,
            }
        };
        if step == 0 {
            if !fits(&placed[at]) {
                return false;
            }
        } else if !readings.any(fits) {
            return false;
        }
    }
    true
}
