//! How many words a text has, and how many minutes it takes. In: Markdown and its language. Out: both numbers.

use unicode_segmentation::UnicodeSegmentation;

/// Words (letters, in Chinese and Japanese) and minutes, rounded up. What stands between code fences is not counted.
pub(super) fn count(text: &str, lang: &str) -> (usize, usize) {
    let prose = text.split("```").step_by(2);
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
            assert_eq!(count(text, lang), expected, "{lang}");
        }
    }
}
