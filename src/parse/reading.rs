//! How many words a text has, and how many minutes it takes. In: Markdown and its language. Out: both numbers.

use unicode_segmentation::UnicodeSegmentation;

use crate::model::Dialect;

/// Words (letters, in Chinese and Japanese, since dialect 0.23) and minutes, rounded up. What stands between code fences is not counted.
pub(super) fn count(text: &str, lang: &str, dialect: Dialect) -> (usize, usize) {
    let prose = text.split("```").step_by(2);
    if dialect.is_old() {
        let count: usize = prose.map(words).sum();
        return (count, count.div_ceil(words_per_minute("")));
    }
    let (count, per_minute) = match lang.split('-').next().unwrap_or(lang) {
        "zh" => (prose.map(letters).sum(), 439),
        "ja" => (prose.map(letters).sum(), 653),
        language => (prose.map(words).sum::<usize>(), words_per_minute(language)),
    };
    (count, count.div_ceil(per_minute))
}

fn words_per_minute(language: &str) -> usize {
    match language {
        "en" => 238,
        "ko" => 202,
        _ => 200,
    }
}

fn letters(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphabetic()).count()
}

/// Words by the boundaries of Unicode (UAX 29): the runs between boundaries that hold a letter or a digit. No word crosses
/// the end of a line, so each line goes the short way if it can.
fn words(text: &str) -> usize {
    text.split('\n').map(|line| plain_words(line).unwrap_or_else(|| line.unicode_words().count())).sum()
}

/// What a character is to the rules for boundaries, as far as the short way knows it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    /// Never within a word.
    Apart,
    Letter,
    Digit,
    /// Joins whatever stands on either side, and is no word by itself.
    Joiner,
    /// Joins two letters.
    AmongLetters,
    /// Joins two digits.
    AmongDigits,
    /// Joins two letters or two digits.
    Among,
    /// The rules for it are more than the short way knows.
    Unknown,
}

const ASCII: [Class; 128] = {
    let mut classes = [Class::Apart; 128];
    let mut at = 0;
    while at < 128 {
        classes[at] = match at as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'0'..=b'9' => Class::Digit,
            b'_' => Class::Joiner,
            b':' => Class::AmongLetters,
            b',' | b';' => Class::AmongDigits,
            b'.' | b'\'' => Class::Among,
            _ => Class::Apart,
        };
        at += 1;
    }
    classes
};

/// The class of the character that begins text, and its length in bytes.
#[inline]
fn class(text: &str) -> Option<(Class, usize)> {
    let first = *text.as_bytes().first()?;
    if first < 128 {
        return Some((ASCII[usize::from(first)], 1));
    }
    let c = text.chars().next()?;
    let class = match c {
        'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ſ' => Class::Letter,
        '·' => Class::AmongLetters,
        '‘' | '’' => Class::Among,
        '\u{a0}' | '«' | '»' | '°' | '§' | '©' | '®' | '×' | '÷' | '£' => Class::Apart,
        '–' | '—' | '“' | '”' | '„' | '•' | '…' | '€' => Class::Apart,
        _ => Class::Unknown,
    };
    Some((class, c.len_utf8()))
}

/// The same count for a line whose characters are all of a known class; none for any other.
fn plain_words(line: &str) -> Option<usize> {
    let mut count = 0;
    // The class of the character before, when a word may go on behind it.
    let mut before = Class::Apart;
    let mut counted = false;
    let mut rest = line;
    while let Some((class, length)) = class(rest) {
        rest = &rest[length..];
        if class == Class::Letter {
            let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            rest = &rest[letters..];
        }
        match class {
            Class::Unknown => return None,
            Class::Letter | Class::Digit => {
                if before == Class::Apart || !counted {
                    count += 1;
                }
                counted = true;
                before = class;
            }
            Class::Joiner => {
                counted &= before != Class::Apart;
                before = class;
            }
            Class::AmongLetters | Class::AmongDigits | Class::Among => {
                let joins = match before {
                    Class::Letter => class != Class::AmongDigits,
                    Class::Digit => class != Class::AmongLetters,
                    _ => false,
                };
                if !joins || self::class(rest).is_none_or(|(next, _)| next != before) {
                    before = Class::Apart;
                }
            }
            Class::Apart => before = Class::Apart,
        }
    }
    Some(count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts() {
        let long = "woord ".repeat(201);
        for (text, lang, expected) in [
            ("", "nl", (0, 0)),
            ("één woord", "nl", (2, 1)),
            (long.as_str(), "nl", (201, 2)),
            (long.as_str(), "en-GB", (201, 1)),
            ("a ```b c``` d", "en", (2, 1)),
            ("a ```b c", "en", (1, 1)),
            ("你好，世界", "zh-TW", (4, 1)),
            ("日本語", "ja", (3, 1)),
            ("zhaba", "zha", (1, 1)),
        ] {
            assert_eq!(count(text, lang, Dialect::Zola023), expected, "{lang}");
        }
        assert_eq!(count(&long, "en", Dialect::Zola022), (201, 2));
        assert_eq!(count("日本語", "ja", Dialect::Zola022), (3, 1));
    }

    /// Every character of the short way, and some beyond it.
    const CHARACTERS: &str = "aZéſñ09__::..,;'’‘· \r\t-/\"“”–…€×«\u{a0}\u{ad}\u{301}א\u{200d}😀カ²ª½中";

    #[test]
    fn the_short_way_counts_as_the_long_one() {
        let long = |text: &str| text.split('\n').map(|line| line.unicode_words().count()).sum::<usize>();
        let pool: Vec<char> = CHARACTERS.chars().collect();
        let mut state = 1_u64;
        for round in 0..200_000 {
            let mut text = String::new();
            for _ in 0..1 + round % 9 {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                text.push(pool[(state >> 33) as usize % pool.len()]);
            }
            assert_eq!(words(&text), text.unicode_words().count(), "{text:?}");
            assert_eq!(long(&text), words(&text));
        }
    }

    #[test]
    fn every_character_has_its_class() {
        let around = ["", "a", "1", "_", "a.", "1,", ":"];
        for c in (0..=0x3000).filter_map(char::from_u32) {
            for before in around {
                for after in ["", "a", "1", "_", ".a"] {
                    let text = format!("{before}{c}{after}");
                    assert_eq!(words(&text), text.unicode_words().count(), "{text:?}");
                }
            }
        }
    }
}
