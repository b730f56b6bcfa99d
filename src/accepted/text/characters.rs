//! Which characters may stand in a text. In: any text. Out: the same, composed (NFC), with one kind of line end, and
//! without characters that nobody sees but that change what others see or that other programs choke on.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// More marks than this on one letter only serve to cover the lines above and below.
const MARKS: usize = 8;

/// A text of several lines.
pub fn tidy(text: &str) -> String {
    let composed: String = text.nfc().collect();
    // What stood apart may compose once nothing hidden stands between it.
    allowed(&composed).nfc().collect()
}

/// A text of one line, such as a title or a name: every run of white space is one space, none at the ends.
pub fn one_line(text: &str) -> String {
    tidy(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The text without what [`tidy`] takes out. Nothing is composed, so HTML stays the same HTML.
pub(super) fn allowed(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace(['\r', '\u{85}', '\u{2028}', '\u{2029}'], "\n");
    let mut marks = 0;
    // What is taken out first ends no heap.
    let kept = text.chars().filter(|&character| !forbidden(character)).filter(|&character| {
        marks = if is_combining_mark(character) { marks + 1 } else { 0 };
        marks <= MARKS
    });
    kept.collect()
}

/// Control characters; what turns the direction of the text around it; what is there but cannot be seen; what is no
/// character at all. The joiners that some scripts and emoji need stay, and so do the marks of one direction, which
/// reach no further than themselves.
fn forbidden(character: char) -> bool {
    match character {
        '\n' | '\t' => false,
        '\u{ad}' | '\u{180e}' | '\u{200b}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => true,
        '\u{202a}'..='\u{202e}' => true,
        '\u{fff9}'..='\u{fffc}' | '\u{e0000}'..='\u{e0fff}' => true,
        '\u{fdd0}'..='\u{fdef}' => true,
        _ => character.is_control() || u32::from(character) & 0xfffe == 0xfffe,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_goes() {
        for hidden in [
            "\0",
            "\u{1b}",
            "\u{7f}",
            "\u{9b}",
            "\u{200b}",
            "\u{feff}",
            "\u{202e}",
            "\u{202a}",
            "\u{2066}",
            "\u{2069}",
            "\u{206a}",
            "\u{e0041}",
            "\u{fffe}",
            "\u{1fffe}",
            "\u{fdd0}",
            "\u{fff9}",
            "\u{ad}",
        ] {
            assert_eq!(tidy(&format!("a{hidden}b")), "ab", "{hidden:?}");
        }
    }

    #[test]
    fn what_scripts_and_emoji_need_stays() {
        for text in ["👩‍👧", "می‌خواهم", "שלום", "a\tb\nc", "ß", "日本", "\u{200f}", "🏳️‍🌈"]
        {
            assert_eq!(tidy(text), text);
        }
    }

    #[test]
    fn letters_are_composed_and_lines_end_in_one_way() {
        assert_eq!(tidy("e\u{301}\r\nb\rc\u{2028}d"), "é\nb\nc\nd");
        assert_eq!(one_line(" a\r\n\t b\u{a0} c\u{2029}"), "a b c");
    }

    #[test]
    fn marks_in_heaps_are_thinned() {
        let heap = format!("a{}b", "\u{316}".repeat(50));
        assert_eq!(tidy(&heap).chars().count(), 10);
        let heap = format!("a{}b", "\u{316}\u{316}\u{200b}".repeat(50));
        assert_eq!(tidy(&heap).chars().count(), 10);
    }

    #[test]
    fn a_second_time_changes_nothing() {
        let pieces = [
            "e",
            "\u{301}",
            "\u{316}",
            "\u{200b}",
            "\u{958}",
            "\u{1d160}",
            "\u{344}",
            "\u{9c7}",
            "\u{9be}",
            "\u{1100}",
            "\u{1161}",
            "\u{11a8}",
            "\u{feff}",
            " ",
            "\u{a0}",
            "\r",
            "\n",
            "\u{200f}",
            "\u{338}",
            "<",
        ];
        let mut chance = crate::base::testing::Chance::new(18);
        for _ in 0..20_000 {
            let text: String = (0..chance.below(24)).map(|_| pieces[chance.below(pieces.len())]).collect();
            assert_eq!(tidy(&tidy(&text)), tidy(&text), "{text:?}");
            assert_eq!(one_line(&one_line(&text)), one_line(&text), "{text:?}");
        }
    }
}
