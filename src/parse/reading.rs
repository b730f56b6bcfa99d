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

fn words(text: &str) -> usize {
    text.unicode_words().count()
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
}
