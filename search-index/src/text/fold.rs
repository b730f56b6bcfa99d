//! Letters without their diacritics. In: a sign in small letters. Out: the plain letters it is found by.
//!
//! The table is written by hand instead of taken from `unicode-normalization`: the Latin letters of Europe with marks fit in
//! a kilobyte, that package's tables would cost the reader in the browser twenty times as much. What is not in it stays as it is.

/// U+00DF to U+017F, two signs each; `..` is a letter that stays as it is.
const LATIN: &str = concat!(
    "ssa a a a a a aec e e e e i i i i d n o o o o o ..o u u u u y thy ", // ß – ÿ
    "a a a a a a c c c c c c c c d d d d e e e e e e e e e e g g g g g g g g h h h h ", // Ā – ħ
    "i i i i i i i i i i ijijj j k k q l l l l l l l l l l n n n n n n 'nngng", // Ĩ – ŋ
    "o o o o o o oeoer r r r r r s s s s s s s s t t t t t t u u u u u u u u u u u u ", // Ō – ų
    "w w y y y z z z z z z s ",                                           // Ŵ – ſ
);

/// U+1E00 to U+1EFF, one letter each.
const FURTHER: &str = concat!(
    "aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmmmmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuu",
    "uuuuuuvvvvwwwwwwwwwwxxxxyyzzzzzzhtwya.sssdaaaaaaaaaaaaaaaaaaaaaaaaeeeeeeeeeeeeeeeeiiiioooooooooooooooooooooooouuuuuuuu",
    "uuuuuuyyyyyyyyllvvyy",
);

/// A mark that follows its letter, the letters it goes with, and what they are together.
const MARKED: &[(char, &str, &str)] = &[
    ('\u{300}', "aeiou", "àèìòù"),
    ('\u{301}', "aeiouycnsz", "áéíóúýćńśź"),
    ('\u{302}', "aeiouwy", "âêîôûŵŷ"),
    ('\u{303}', "ano", "ãñõ"),
    ('\u{308}', "aeiouy", "äëïöüÿ"),
    ('\u{30a}', "au", "åů"),
    ('\u{30c}', "cdenrstz", "čďěňřšťž"),
    ('\u{327}', "cst", "çşţ"),
    ('\u{328}', "ae", "ąę"),
];

/// What a sign in small letters is found by; `None` when by itself.
pub(super) fn plain(sign: char) -> Option<&'static str> {
    let code = sign as usize;
    match code {
        0..=0xb1 => None,
        0xb2 => Some("2"),
        0xb3 => Some("3"),
        0xb9 => Some("1"),
        0xdf..=0x17f => {
            let at = (code - 0xdf) * 2;
            LATIN.get(at..at + 2).map(str::trim_end).filter(|plain| *plain != "..")
        }
        0x1e00..=0x1eff => FURTHER.get(code - 0x1e00..code - 0x1e00 + 1).filter(|plain| *plain != "."),
        _ => seldom(sign),
    }
}

fn seldom(sign: char) -> Option<&'static str> {
    Some(match sign {
        'ǎ' => "a",
        'ǐ' => "i",
        'ǒ' => "o",
        'ǔ' | 'ǖ' | 'ǘ' | 'ǚ' | 'ǜ' => "u",
        'ǧ' | 'ǵ' => "g",
        'ǫ' | 'ơ' => "o",
        'ư' => "u",
        'ș' => "s",
        'ț' => "t",
        'ƒ' => "f",
        'ά' => "α",
        'έ' => "ε",
        'ή' => "η",
        'ί' | 'ϊ' | 'ΐ' => "ι",
        'ό' => "ο",
        'ύ' | 'ϋ' | 'ΰ' => "υ",
        'ώ' => "ω",
        'ς' => "σ",
        'ё' => "е",
        'ﬀ' => "ff",
        'ﬁ' => "fi",
        'ﬂ' => "fl",
        'ﬃ' => "ffi",
        'ﬄ' => "ffl",
        _ => return None,
    })
}

/// Whether a sign is a mark on the letter before it.
pub(super) fn is_mark(sign: char) -> bool {
    matches!(sign, '\u{300}'..='\u{36f}')
}

/// A letter and the mark that follows it as one sign.
pub(super) fn together(letter: char, mark: char) -> Option<char> {
    let (_, letters, marked) = MARKED.iter().find(|(sign, ..)| *sign == mark)?;
    letters.chars().zip(marked.chars()).find(|(plain, _)| *plain == letter).map(|(_, whole)| whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_mark_stays() {
        for sign in ['a', 'z', '5', '\'', '÷', 'þ', 'א', '中', '\u{10ffff}'] {
            assert!(plain(sign).is_none() || sign == 'þ', "{sign}");
        }
        assert_eq!(together('q', '\u{301}'), None);
    }

    #[test]
    fn the_tables_are_in_step() {
        assert_eq!(LATIN.len(), (0x180 - 0xdf) * 2);
        assert_eq!(FURTHER.len(), 0x100);
        for (sign, want) in [
            ('ß', "ss"),
            ('ë', "e"),
            ('ï', "i"),
            ('þ', "th"),
            ('ÿ', "y"),
            ('ħ', "h"),
            ('ĳ', "ij"),
            ('ł', "l"),
            ('œ', "oe"),
            ('ŕ', "r"),
            ('š', "s"),
            ('ų', "u"),
            ('ŵ', "w"),
            ('ž', "z"),
            ('ſ', "s"),
            ('ŋ', "ng"),
            ('ĩ', "i"),
            ('ō', "o"),
            ('ḁ', "a"),
            ('ṡ', "s"),
            ('ẁ', "w"),
            ('ẑ', "z"),
            ('ạ', "a"),
            ('ẹ', "e"),
            ('ỉ', "i"),
            ('ọ', "o"),
            ('ụ', "u"),
            ('ỹ', "y"),
            ('ø', "o"),
            ('æ', "ae"),
        ] {
            assert_eq!(plain(sign), Some(want), "{sign}");
        }
    }

    #[test]
    fn marks_that_follow_their_letter_are_put_on_it() {
        assert_eq!(together('e', '\u{308}'), Some('ë'));
        assert_eq!(together('c', '\u{327}'), Some('ç'));
    }
}
