//! Which way of stemming a language has. In: the code of a language. Out: a way, and stems by it.
//!
//! Dutch has rules of its own. The others have Snowball's, those that tantivy offers as well; all but English only with the
//! feature `languages`, so that the reader of a Dutch site does not carry Tamil. A language that has none is found by its words.

use super::dutch;
use super::scan::Ways;
use frostem::{Algorithm, Stemmer};

/// How a language makes stems.
#[derive(Clone, Copy)]
pub(super) enum Stems {
    /// By the rules of `dutch`.
    Dutch,
    /// By an algorithm of Snowball.
    Snowball(Stemmer),
    /// None.
    None,
}

impl std::fmt::Debug for Stems {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        to.write_str(match self {
            Stems::Dutch => "Dutch",
            Stems::Snowball(_) => "Snowball",
            Stems::None => "None",
        })
    }
}

/// The first part of the code of a language, in small letters: `nl` of `nl-BE`.
pub(super) fn first_part(language: &str) -> String {
    language.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

/// The way of a language.
pub(super) fn stems(language: &str) -> Stems {
    match language {
        "nl" => Stems::Dutch,
        "en" => Stems::Snowball(Stemmer::new(Algorithm::English)),
        _ => further(language),
    }
}

#[cfg(not(feature = "languages"))]
fn further(_: &str) -> Stems {
    Stems::None
}

#[cfg(feature = "languages")]
fn further(language: &str) -> Stems {
    Stems::Snowball(Stemmer::new(match language {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nb" | "nn" | "no" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        _ => return Stems::None,
    }))
}

/// How a language writes.
pub(super) fn ways(language: &str) -> Ways {
    Ways {
        decimal: if matches!(language, "en" | "zh" | "ja" | "ko" | "he" | "th" | "hi" | "ta") {
            '.'
        } else {
            ','
        },
        parts_at_apostrophe: matches!(language, "fr" | "it" | "ca"),
    }
}

/// Whether a language writes compounds as one word.
pub(super) fn compounding(language: &str) -> bool {
    matches!(language, "nl" | "de" | "af" | "fy" | "da" | "sv" | "nb" | "nn" | "no")
}

/// Puts the stem of a word into `out`.
pub(super) fn stem(stems: Stems, folded: &str, out: &mut String) {
    match stems {
        Stems::Dutch => dutch::stem(folded, out),
        Stems::Snowball(stemmer) => {
            out.clear();
            out.push_str(&stemmer.stem(folded));
        }
        Stems::None => {
            out.clear();
            out.push_str(folded);
        }
    }
}
