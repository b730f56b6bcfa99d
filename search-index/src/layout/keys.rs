//! The terms of the dictionary. All forms of a word and all places it can stand in are neighbours there, because a term
//! begins with the stem: whoever looks for a word reads one stretch of the dictionary and one of the postings.
//!
//! | term | what it stands for |
//! |---|---|
//! | stem, `\0`, zone, form | a word as it was written |
//! | stem, `\0`, zone | a word that is part of a longer one |
//! | `\x01`, number, `\0`, zone, variant | a name of a concept |
//! | `\x02`, facet, `\x03`, value | a value of a facet |

/// Where a word stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Zone {
    /// The title of a page.
    Title,
    /// Another name of a page.
    Names,
    /// The heading of a unit.
    Heading,
    /// The summary of a page.
    Summary,
    /// Another field of a page.
    Fields,
    /// A text.
    Text,
    /// Within a longer word of a title, a name or a heading.
    PartOfTitle,
    /// Within a longer word elsewhere.
    Part,
}

/// All zones, in the order of their signs.
pub const ZONES: [Zone; 8] = [
    Zone::Title,
    Zone::Names,
    Zone::Heading,
    Zone::Summary,
    Zone::Fields,
    Zone::Text,
    Zone::PartOfTitle,
    Zone::Part,
];

impl Zone {
    /// The byte that stands for it in a term.
    fn sign(self) -> char {
        char::from(b'a' + self as u8)
    }

    /// The zone of the parts of its words.
    pub fn of_parts(self) -> Zone {
        match self {
            Zone::Title | Zone::Names | Zone::Heading => Zone::PartOfTitle,
            _ => Zone::Part,
        }
    }

    /// Whether words within longer words stand here.
    pub fn is_part(self) -> bool {
        matches!(self, Zone::PartOfTitle | Zone::Part)
    }
}

/// What begins the terms of concepts, in place of a stem.
pub const CONCEPT: char = '\u{1}';
/// What begins the terms of facets.
pub const FACET: char = '\u{2}';
const VALUE: char = '\u{3}';
/// The longest word that is indexed, in bytes: longer ones are addresses and the like.
pub const LONGEST: usize = 80;

/// A word as it was written. The form stands there whole, although it mostly begins as its stem does: tantivy's blocks have a
/// fixed size in bytes, and so fewer terms, and fewer postings, have to be fetched with each.
pub fn word(stem: &str, zone: Zone, form: &str) -> String {
    let mut key = String::with_capacity(stem.len() + form.len() + 2);
    key.push_str(stem);
    key.push('\0');
    key.push(zone.sign());
    key.push_str(form);
    key
}

/// A word that is part of a longer one; or, with the stem of a concept, nothing else.
pub fn part(stem: &str, zone: Zone) -> String {
    let mut key = String::with_capacity(stem.len() + 2);
    key.push_str(stem);
    key.push('\0');
    key.push(zone.sign());
    key
}

/// What stands for a stem in the terms of a concept.
pub fn concept_stem(number: usize) -> String {
    format!("{CONCEPT}{number}")
}

/// A name of a concept.
pub fn concept(number: usize, zone: Zone, variant: usize) -> String {
    format!("{CONCEPT}{number}\0{}{variant}", zone.sign())
}

/// A value of a facet.
pub fn facet(name: &str, value: &str) -> String {
    format!("{FACET}{name}{VALUE}{value}")
}

/// A term of a word, a part or a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key<'k> {
    /// The stem; that of a concept has [`CONCEPT`] and its number.
    pub stem: &'k str,
    /// Where it stands.
    pub zone: Zone,
    /// The word as it was written; none for a part of a word.
    pub form: Option<String>,
    /// Which name of a concept.
    pub variant: Option<usize>,
}

/// What a term stands for; none for the value of a facet.
pub fn read(key: &[u8]) -> Option<Key<'_>> {
    let key = std::str::from_utf8(key).ok()?;
    let (stem, rest) = key.split_once('\0')?;
    let zone = *ZONES.get(usize::from(rest.as_bytes().first()?.wrapping_sub(b'a')))?;
    let rest = &rest[1..];
    if stem.starts_with(CONCEPT) {
        return Some(Key { stem, zone, form: None, variant: Some(rest.parse().ok()?) });
    }
    let form = (!rest.is_empty()).then(|| rest.to_owned());
    Some(Key { stem, zone, form, variant: None })
}

/// The facet and the value of a term.
pub fn read_facet(key: &[u8]) -> Option<(&str, &str)> {
    std::str::from_utf8(key).ok()?.strip_prefix(FACET)?.split_once(VALUE)
}
