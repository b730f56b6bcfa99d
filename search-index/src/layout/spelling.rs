//! The words of a site, for words that are not among them. In: words with the number of pages they stand on. Out: bytes in
//! which each word begins where it differs from the one before; or, the other way, the words.

use super::bytes::{Broken, Put, Take};

/// A word of the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// Without diacritics.
    pub word: String,
    /// On how many pages it stands, about: a power of two.
    pub often: u8,
}

/// The bytes of words, which come sorted.
pub fn write(words: &[(String, u32)]) -> Vec<u8> {
    let mut put = Put::default();
    put.count(words.len());
    let mut before = "";
    for (word, pages) in words {
        let same = before.bytes().zip(word.bytes()).take_while(|(a, b)| a == b).count();
        put.count(same);
        put.number(u64::from(pages.max(&1).ilog2()));
        put.bytes(&word.as_bytes()[same..]);
        before = word;
    }
    put.0
}

/// The words.
pub fn read(bytes: &[u8]) -> Result<Vec<Known>, Broken> {
    let mut take = Take(bytes);
    let mut before: Vec<u8> = Vec::new();
    let words = take.many(|take| {
        let same = take.size()?;
        let often = take.number()?.min(64) as u8;
        if same > before.len() {
            return Err(Broken);
        }
        before.truncate(same);
        before.extend_from_slice(take.bytes()?);
        let word = std::str::from_utf8(&before).map_err(|_| Broken)?.to_owned();
        Ok(Known { word, often })
    })?;
    take.end()?;
    Ok(words)
}
