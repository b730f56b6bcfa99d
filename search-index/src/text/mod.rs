//! From text to words. In: a text and a language. Out: its words, as the writer and the reader both see them, and their stems.
//!
//! The reader in the browser is made of the same code, so it is small: no regular expressions, no tables of Unicode but those
//! of the standard library, for Dutch no dictionary. The writer has one for the parts of compounds (`compounds`).
//!
//! | file | in → out |
//! |---|---|
//! | `fold` | a letter → the letter without its diacritics |
//! | `scan` | a text → its runs of letters and digits |
//! | `readings` | those → words, with other readings at the same place |
//! | `elision` | `jeugd- en gezinsteams` → jeugdteams |
//! | `languages` | the code of a language → how it makes stems |
//! | `dutch` | a Dutch word → its stem |
//! | `compounds` | a Dutch compound → its parts; for the writer |
//! | `stop` | a word → whether it says nothing by itself |
//! | `queries` | the beginning of a word → the stems it may have |

#[cfg(feature = "write")]
pub mod compounds;
mod dutch;
mod elision;
mod fold;
mod languages;
mod readings;
mod scan;
mod stop;
#[cfg(test)]
mod tests;

use languages::Stems;
use readings::Reader;
use scan::Pieces;

mod queries;

pub use queries::literal;

/// The words of one language.
#[derive(Clone, Debug)]
pub struct Analyser {
    language: String,
    stems: Stems,
}

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// Where it stands in the text, in bytes.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
    /// Which word of the text it is. What is read in two ways has two words at one position, the literal one first.
    pub position: u32,
    /// How many positions it covers: `strafzorg` of *straf-zorg* two.
    pub span: u32,
    /// How it was read.
    pub reading: Reading,
    /// In small letters, with its diacritics; apostrophes are straight.
    pub form: String,
    /// The same without diacritics; numbers without the points between thousands.
    pub folded: String,
    /// Whether it is written in capitals only; `'s` behind them does not count.
    pub capitals: bool,
}

/// A word of a text that is being read: a [`Word`] whose strings are borrowed.
#[derive(Clone, Copy, Debug)]
pub struct Token<'a> {
    /// As in [`Word`].
    pub start: usize,
    /// As in [`Word`].
    pub end: usize,
    /// As in [`Word`].
    pub position: u32,
    /// As in [`Word`].
    pub span: u32,
    /// As in [`Word`].
    pub reading: Reading,
    /// As in [`Word`].
    pub form: &'a str,
    /// As in [`Word`].
    pub folded: &'a str,
    /// As in [`Word`].
    pub capitals: bool,
}

/// How a word was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// As it stands there.
    Literal,
    /// Put together, or without a sign: `strafzorg` of *straf-zorg*, `mda` of *MDA++*, `opzetten` of *op te zetten*.
    Joined,
    /// With a part that is written in another word: `jeugdteams` of *jeugd- en gezinsteams*. Some of these are no words.
    Elided,
}

impl Analyser {
    /// The words of a language by its code. A language without stems has words all the same.
    pub fn new(language: &str) -> Analyser {
        let language = languages::first_part(language);
        Analyser { stems: languages::stems(&language), language }
    }

    /// The code of the language.
    pub fn language(&self) -> &str {
        &self.language
    }

    /// The words of a text, in order.
    pub fn words(&self, text: &str) -> Vec<Word> {
        let mut words = Vec::new();
        self.each_word(text, &mut |token| {
            words.push(Word {
                start: token.start,
                end: token.end,
                position: token.position,
                span: token.span,
                reading: token.reading,
                form: token.form.to_owned(),
                folded: token.folded.to_owned(),
                capitals: token.capitals,
            });
        });
        words
    }

    /// Shows the words of a text in order, without a string of its own for each.
    pub fn each_word(&self, text: &str, visit: &mut dyn FnMut(Token<'_>)) {
        let mut pieces = Pieces::default();
        pieces.forms.reserve(text.len());
        pieces.folds.reserve(text.len());
        scan::scan(text, languages::ways(&self.language), &mut pieces);
        Reader {
            text,
            pieces: &pieces,
            compounding: languages::compounding(&self.language),
            position: 0,
            form: String::new(),
            folded: String::new(),
            visit,
        }
        .read();
    }

    /// The stem of a word without diacritics.
    pub fn stem(&self, folded: &str) -> String {
        let mut stem = String::with_capacity(folded.len() + 1);
        self.stem_into(folded, &mut stem);
        stem
    }

    /// Puts the stem of a word without diacritics into a string that is used again.
    pub fn stem_into(&self, folded: &str, stem: &mut String) {
        languages::stem(self.stems, folded, stem);
    }

    /// Whether a word says nothing by itself.
    pub fn is_stop(&self, folded: &str) -> bool {
        stop::is_stop(&self.language, folded)
    }

    /// Changes whenever the words of a text or their stems would: a hash over those of a text that has every case.
    pub fn fingerprint(&self) -> u64 {
        let mut hash = Fowler(0xcbf2_9ce4_8422_2325);
        hash.add(self.language.as_bytes());
        let mut stem = String::new();
        for text in PROBES {
            self.each_word(text, &mut |token| {
                self.stem_into(token.folded, &mut stem);
                for part in [token.form, token.folded, stem.as_str()] {
                    hash.add(part.as_bytes());
                }
                hash.add(&[
                    token.reading as u8,
                    u8::from(token.capitals),
                    u8::from(self.is_stop(token.folded)),
                ]);
                for number in [token.start as u32, token.end as u32, token.position, token.span] {
                    hash.add(&number.to_le_bytes());
                }
            });
        }
        hash.0
    }
}

/// The hash of Fowler, Noll and Vo: small, and the same everywhere.
struct Fowler(u64);

impl Fowler {
    fn add(&mut self, bytes: &[u8]) {
        for byte in bytes.iter().chain([&0xff]) {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x100_0000_01b3);
        }
    }
}

/// Texts that have every case of the words, and words that touch every rule of the stems.
const PROBES: &[&str] = &[
    "Hoe kan ik de GI’s, ‘s-Hertogenbosch en één casuïstiek-bespreking vinden? Jeugd- en gezinsteams, leer-/werksessies, kind -en gezinsbescherming.",
    "(wijk)teams, team(s), (proces) stappen, MDA++ (MDA)++ 7,5 7.5 10.000 1.250,50 12.05.2024 0-10 J&V o.a. info@voorbeeld.nl op te zetten O'Brien m²",
    "werkafspraken en -processen, in- en uitstroom, jeugd- en sociaal team; so\u{ad}ci\u{200b}aal e\u{301}e\u{301}n Ĳssel Øre ŁÓDŹ façade Straße ﬁets l’école",
    "begeleiding beleid gezinnen gemeente veiligheid veilige zalen takken afspraken brieven bruggen maatregelen coördinatoren factoren voogden \
     geïnventariseerd inventarisatie opgeschaald overgedragen overdracht opgezet betrokken betrekken hulpverleners plannetje kaartje woninkje \
     mogelijkheden financiën ideeën bacteriën bijen teams foto's baby'tje wetgeving meldingen ontwikkeld betaald werkte maakten organiseert kinderen",
    "leden pleegkinderen tekening jongens adressen modules rijles belangrijkste bestuurder beheer eigenaar behandelaar verbeterd gesproken ging wist",
    "children's running studies connections Häuser chevaux niños ragazzi bøker elever taloissa házak городах βιβλία وكتب",
];
