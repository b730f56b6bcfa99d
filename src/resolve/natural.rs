//! How people order words. In: a text. Out: a key whose bytes order as [`lexical_sort::natural_lexical_cmp`] orders texts:
//! without regard to case and accents, punctuation before digits before letters, numbers by size.
//!
//! A key is made once per text; comparing texts themselves would transliterate both anew at every comparison.

use lexical_sort::iter::iterate_lexical;

/// What begins a part of a key: classes of characters in their order.
const PUNCTUATION: u8 = 1;
const NUMBER: u8 = 2;
const LETTER: u8 = 3;

/// A text in the order of people; of texts that differ in case and accents only, byte by byte.
pub(super) fn key(text: &str) -> (Vec<u8>, &str) {
    let mut key = Vec::with_capacity(text.len() * 2);
    let mut characters = iterate_lexical(text).peekable();
    while let Some(character) = characters.next() {
        if character.is_ascii_digit() {
            push_number(
                &mut key,
                std::iter::once(character)
                    .chain(std::iter::from_fn(|| characters.next_if(char::is_ascii_digit))),
            );
        } else {
            key.push(if character.is_alphanumeric() { LETTER } else { PUNCTUATION });
            key.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
    (key, text)
}

/// The length comes first, so that more digits make a greater number (also when the first are noughts, as that function
/// has it).
fn push_number(key: &mut Vec<u8>, digits: impl Iterator<Item = char>) {
    key.extend_from_slice(&[NUMBER, 0, 0, 0, 0]);
    let start = key.len();
    key.extend(digits.map(|digit| digit as u8));
    let length = u32::try_from(key.len() - start).unwrap_or(u32::MAX);
    key[start - 4..start].copy_from_slice(&length.to_be_bytes());
}

/// How two texts are ordered.
pub fn compare(a: &str, b: &str) -> std::cmp::Ordering {
    key(a).cmp(&key(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_order_as_the_texts_do() {
        let parts = [
            "a", "B", "ä", "ß", "10", "9", "09", "1", " ", "_", "-", "é", "z", "日", "٣", "²", "\u{301}",
            "😀", "Æ",
        ];
        let mut texts = vec![String::new()];
        for first in parts {
            for second in parts {
                texts.extend([
                    format!("{first}{second}"),
                    format!("x{first}{second}a"),
                    format!("{second}{first}1{second}"),
                ]);
            }
        }
        for a in &texts {
            for b in &texts {
                assert_eq!(key(a).cmp(&key(b)), lexical_sort::natural_lexical_cmp(a, b), "{a:?} {b:?}");
            }
        }
    }

    #[test]
    fn numbers_of_any_length_have_an_order() {
        let (long, longer) = ("9".repeat(40), "1".repeat(41));
        assert!(key(&long) < key(&longer));
    }
}
