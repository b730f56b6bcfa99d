//! Compares the Dutch stems with both of Snowball's and with a mixture of them, on pairs of words that should meet and pairs
//! that should not. In: `tests/stems.tsv`. Out: a table, and every pair that ours gets wrong.
//!
//! `cargo run -p praktijk-search --example stems`

use frostem::{Algorithm, Stemmer};
use praktijk_search::text::Analyser;

const PAIRS: &str = include_str!("../tests/stems.tsv");

type Stem<'a> = (&'a str, Box<dyn Fn(&str) -> String + 'a>);

#[expect(clippy::print_stdout, reason = "this is a report")]
fn main() {
    let analyser = Analyser::new("nl");
    let folded =
        |word: &str| analyser.words(word).into_iter().next().map(|word| word.folded).unwrap_or_default();
    let (kraaij, porter) = (Stemmer::new(Algorithm::Dutch), Stemmer::new(Algorithm::DutchPorter));
    let stems: [Stem<'_>; 4] = [
        ("ours", Box::new(|word| analyser.stem(word))),
        ("Kraaij-Pohlmann", Box::new(|word| kraaij.stem(word).into_owned())),
        ("Porter", Box::new(|word| porter.stem(word).into_owned())),
        ("mixture", Box::new(|word| mixture(&kraaij, &porter, word))),
    ];
    println!("{:16} {:>24} {:>24}", "", "met of part a, b, c", "wrong of part a, b, c");
    for (name, stem) in &stems {
        let count = |kind: &str, part: &str| {
            let pairs: Vec<_> = pairs().filter(|pair| pair.0 == kind && pair.1 == part).collect();
            let met = pairs.iter().filter(|pair| stem(&folded(pair.2)) == stem(&folded(pair.3))).count();
            format!("{met}/{}", pairs.len())
        };
        let all = |kind: &str| ["a", "b", "c"].map(|part| count(kind, part)).join("  ");
        println!("{name:16} {:>24} {:>24}", all("wanted"), all("unwanted"));
    }
    for (kind, _, one, other) in pairs() {
        let (left, right) = (analyser.stem(&folded(one)), analyser.stem(&folded(other)));
        if (left == right) != (kind == "wanted") {
            println!("{kind}: {one} {left} – {other} {right}");
        }
    }
}

fn pairs() -> impl Iterator<Item = (&'static str, &'static str, &'static str, &'static str)> {
    PAIRS.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let mut parts = line.split('\t');
        Some((parts.next()?, parts.next()?, parts.next()?, parts.next()?))
    })
}

/// Kraaij-Pohlmann, unless it took a `ge` away; then Porter, with the spelling mended.
fn mixture(kraaij: &Stemmer, porter: &Stemmer, word: &str) -> String {
    let stem = kraaij.stem(word);
    if stem.matches("ge").count() >= word.matches("ge").count() {
        return stem.into_owned();
    }
    let mut stem = porter.stem(word).into_owned();
    let mut last = stem.chars().rev();
    let (end, before) = (last.next(), last.next());
    if end == before && !end.is_some_and(|letter| "aeiou".contains(letter)) {
        stem.pop();
    }
    for (voiced, voiceless) in [('v', 'f'), ('z', 's')] {
        if stem.ends_with(voiced) {
            stem.pop();
            stem.push(voiceless);
        }
    }
    stem
}
