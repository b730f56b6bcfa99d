//! Words that nobody wrote → words that somebody did. In: the words of a question without any term, and the words of the site.
//! Out: further ways for the plan.
//!
//! A word of four to seven letters may differ by one change, from eight on by two: a letter too many, too few, another one, or
//! two neighbours exchanged (Damerau's distance, restricted to neighbours). When nothing is near, the word may be a compound
//! that this site does not have: then its parts are looked for.

use super::lookup::{Marks, Plan, Term, stem_terms};
use super::parse::Parsed;
use super::request::How;
use crate::layout::spelling::Known;
use crate::read::Reader;

/// The most words that are taken for one.
const MOST: usize = 4;

/// The file with the words of the site.
pub fn file(reader: &Reader) -> Vec<String> {
    reader.layers.first().map(|layer| format!("{}/spelling.bin", layer.folder)).into_iter().collect()
}

/// Adds ways for words without any.
pub fn plan(
    reader: &Reader,
    parsed: &Parsed,
    unknown: &[usize],
    known: &[Known],
    plan: &mut Plan,
) -> tantivy::Result<()> {
    for slot in unknown.iter().copied() {
        if parsed.slots[slot].quoted {
            continue;
        }
        let typed = &parsed.slots[slot].readings[0].folded;
        let near = near(typed, known);
        if let Some((best, _)) = near.first() {
            plan.slips.push((slot, best.clone()));
        }
        for (word, changes) in near {
            let worth = if changes < 2 { 0.45 } else { 0.3 };
            add(reader, plan, slot, &word, How::Typo, worth)?;
        }
        if !plan.slips.iter().any(|(of, _)| *of == slot) {
            for part in parts(typed, known, reader.analyser.links()) {
                add(reader, plan, slot, &part, How::Part, 0.3)?;
            }
        }
    }
    Ok(())
}

fn add(
    reader: &Reader,
    plan: &mut Plan,
    slot: usize,
    word: &str,
    how: How,
    worth: f32,
) -> tantivy::Result<()> {
    let stem = reader.analyser.stem(word);
    let mut terms = Vec::new();
    stem_terms(reader, &stem, |layer, key, info| {
        if let Some(form) = key.form {
            let value = if reader.analyser.fold(&form) == word { worth } else { worth * 0.8 };
            terms.push((layer, info, key.zone, value));
        }
    })?;
    if !terms.is_empty() {
        let way = plan.add_way(slot..slot + 1, how, word, Marks::Stem(stem));
        let to_term = |(layer, info, zone, worth)| Term { layer, info, zone, worth, way };
        plan.terms.extend(terms.into_iter().map(to_term));
    }
    Ok(())
}

/// The words nearest to one, with how many changes: fewest first, then those that stand on more pages.
fn near(typed: &str, known: &[Known]) -> Vec<(String, usize)> {
    let signs: Vec<char> = typed.chars().collect();
    let most = match signs.len() {
        0..=3 => return Vec::new(),
        4..=7 => 1,
        _ => 2,
    };
    let mut found: Vec<(usize, bool, u8, &str)> = Vec::new();
    let mut other = Vec::new();
    for word in known {
        if word.word.len().abs_diff(typed.len()) > most * 2 {
            continue;
        }
        other.clear();
        other.extend(word.word.chars());
        if let Some(changes) = changes(&signs, &other, most) {
            let first_differs = signs.first() != other.first();
            found.push((changes, first_differs, u8::MAX - word.often, &word.word));
        }
    }
    found.sort_unstable();
    // What takes two changes is not meant when one change is enough.
    let fewest = found.first().map_or(0, |first| first.0);
    let near = found.into_iter().filter(|word| word.0 == fewest);
    near.take(MOST).map(|(changes, _, _, word)| (word.to_owned(), changes)).collect()
}

/// How many changes make one word of another, if no more than `most`.
fn changes(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let width = b.len() + 1;
    let mut rows = vec![0usize; width * 3];
    for (at, cell) in rows[..width].iter_mut().enumerate() {
        *cell = at;
    }
    for i in 1..=a.len() {
        let (now, before, earlier) = ((i % 3) * width, ((i + 2) % 3) * width, ((i + 1) % 3) * width);
        rows[now] = i;
        let mut least = i;
        for j in 1..width {
            let other = usize::from(a[i - 1] != b[j - 1]);
            let mut cell =
                (rows[before + j] + 1).min(rows[now + j - 1] + 1).min(rows[before + j - 1] + other);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cell = cell.min(rows[earlier + j - 2] + 1);
            }
            rows[now + j] = cell;
            least = least.min(cell);
        }
        if least > most {
            return None;
        }
    }
    let changes = rows[(a.len() % 3) * width + b.len()];
    (changes <= most).then_some(changes)
}

/// The two words of the site that a word is put together from; none when there are no such words.
fn parts(typed: &str, known: &[Known], links: &[&str]) -> Vec<String> {
    let is_known = |word: &str| known.binary_search_by(|known| known.word.as_str().cmp(word)).is_ok();
    let mut cuts: Vec<usize> = typed.char_indices().map(|(at, _)| at).collect();
    // The longest last part first: it says what the thing is.
    cuts.retain(|at| *at >= 4 && typed.len() - at >= 4);
    for at in cuts {
        let (first, second) = typed.split_at(at);
        let first = links
            .iter()
            .filter_map(|link| first.strip_suffix(link))
            .find(|first| first.len() >= 4 && is_known(first));
        if let Some(first) = first.filter(|_| is_known(second)) {
            return vec![first.to_owned(), second.to_owned()];
        }
    }
    Vec::new()
}
