//! The lines a complaint is about. In: the bytes of a source and a span in it, either of which may be nonsense. Out:
//! where the span lies in lines and columns, and a few lines of text that are safe to show.
//!
//! Safe means: valid UTF-8, without characters that would steer a terminal or turn the reading direction, tabs
//! widened, long lines clipped around the span. A span that lies beyond the file or inside a character is moved to the
//! nearest place that exists.

use std::ops::Range;
use std::sync::Arc;

use crate::base::Place;

use super::Sources;

/// No line is shown wider than this many characters.
const WIDEST: usize = 120;
/// So much of a clipped line is shown before what is marked.
const BEFORE: usize = 40;
/// A longer span is shown as its first lines.
const MOST_LINES: usize = 8;
const TAB: usize = 4;
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// A span in lines and columns, all from 1, columns in characters; the end is the column after the last character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Spot {
    pub(super) line: usize,
    pub(super) column: usize,
    pub(super) end_line: usize,
    pub(super) end_column: usize,
}

/// One line to show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// From 1.
    pub(super) number: usize,
    /// Without its line end.
    pub(super) text: String,
    /// The bytes of `text` that the complaint is about; empty for a place between two characters.
    pub(super) marked: Option<Range<usize>>,
}

/// What is known of a place once its source has been read.
pub(super) struct Excerpt {
    pub(super) spot: Spot,
    pub(super) lines: Vec<Line>,
}

/// Reads a place, with so many lines around it; none when it is about a whole file or the file cannot be read.
pub(super) fn read(place: &Place, sources: Sources<'_>, around: usize) -> Option<Excerpt> {
    let span = place.span.as_ref()?;
    let bytes: Arc<[u8]> = sources(&place.file)?;
    Some(cut(&bytes, span, around))
}

/// A file and, if known, the place in it, as editors understand it: `file:line:column`.
pub(super) fn location(place: &Place, spot: Option<Spot>) -> String {
    let file = safe(place.file.as_str());
    match spot {
        Some(spot) => format!("{file}:{}:{}", spot.line, spot.column),
        None => file,
    }
}

/// A text of somebody else, without anything that steers a terminal; line ends stay.
pub(super) fn safe(text: &str) -> String {
    text.split('\n')
        .map(|line| shown(line.strip_suffix('\r').unwrap_or(line).as_bytes(), 0))
        .collect::<Vec<_>>()
        .join("\n")
}

/// How many columns a text takes on a screen: wide for East Asian characters and emoji, none for combining marks.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn cut(bytes: &[u8], span: &Range<usize>, around: usize) -> Excerpt {
    let span = clamped(bytes, span);
    let first = line_around(bytes, span.start);
    let number = 1 + bytes[..first.start].iter().filter(|&&byte| byte == b'\n').count();
    let last = line_around(bytes, span.end);
    let end_line = number + bytes[first.start..last.start].iter().filter(|&&byte| byte == b'\n').count();
    let spot = Spot {
        line: number,
        column: 1 + characters(bytes, first.start..span.start),
        end_line,
        end_column: 1 + characters(bytes, last.start..span.end),
    };
    let last_shown = end_line.min(number + MOST_LINES - 1) + around;
    let (mut at, mut number) = back(bytes, first.start, number, around);
    let mut lines = Vec::new();
    while number <= last_shown {
        let line = line_around(bytes, at);
        // The empty line behind the last line end is no line of the file, unless the complaint is about it.
        if at == bytes.len() && number > end_line {
            break;
        }
        lines.push(drawn(bytes, &line, number, (spot.line..=end_line).contains(&number).then_some(&span)));
        let Some(next) = bytes[line.end..].iter().position(|&byte| byte == b'\n') else { break };
        at = line.end + next + 1;
        number += 1;
    }
    Excerpt { spot, lines }
}

/// The span within the file, on the borders of characters, without the line ends it closes with.
fn clamped(bytes: &[u8], span: &Range<usize>) -> Range<usize> {
    let start = character_around(bytes, span.start.min(bytes.len())).start;
    let end = character_around(bytes, span.end.min(bytes.len())).end;
    let mut end = if span.is_empty() { start } else { end.max(start) };
    while end > start && matches!(bytes[end - 1], b'\n' | b'\r') {
        end -= 1;
    }
    start..end
}

/// The character that a byte is in the middle of; empty when it is on a border, or when the bytes are no text.
fn character_around(bytes: &[u8], at: usize) -> Range<usize> {
    for start in (at.saturating_sub(3)..at).rev() {
        let length = match bytes[start] {
            0xC2..=0xDF => 2,
            0xE0..=0xEF => 3,
            0xF0..=0xF4 => 4,
            _ => continue,
        };
        let end = start + length;
        if end > at && bytes.get(start..end).is_some_and(|bytes| std::str::from_utf8(bytes).is_ok()) {
            return start..end;
        }
    }
    at..at
}

/// The line a byte stands in, without its line end and without the mark some editors begin a file with.
fn line_around(bytes: &[u8], at: usize) -> Range<usize> {
    let start = bytes[..at].iter().rposition(|&byte| byte == b'\n').map_or(0, |found| found + 1);
    let end = bytes[at..].iter().position(|&byte| byte == b'\n').map_or(bytes.len(), |found| at + found);
    let end = if end > start && bytes[end - 1] == b'\r' { end - 1 } else { end };
    let marked = start == 0 && bytes.starts_with(BYTE_ORDER_MARK);
    if marked { BYTE_ORDER_MARK.len()..end.max(BYTE_ORDER_MARK.len()) } else { start..end }
}

/// The beginning and number of the line that is so many lines above this one, or the first.
fn back(bytes: &[u8], mut start: usize, mut number: usize, lines: usize) -> (usize, usize) {
    for _ in 0..lines {
        if number == 1 {
            break;
        }
        start = line_around(bytes, start - 1).start;
        number -= 1;
    }
    (start, number)
}

fn characters(bytes: &[u8], range: Range<usize>) -> usize {
    let text = bytes.get(range).unwrap_or_default();
    text.utf8_chunks()
        .map(|part| part.valid().chars().count() + usize::from(!part.invalid().is_empty()))
        .sum()
}

fn drawn(bytes: &[u8], line: &Range<usize>, number: usize, span: Option<&Range<usize>>) -> Line {
    let Some(span) = span else {
        let text = clipped(String::new(), String::new(), shown(&bytes[line.clone()], 0)).concat();
        return Line { number, text, marked: None };
    };
    let start = span.start.clamp(line.start, line.end);
    let end = span.end.clamp(start, line.end);
    let before = shown(&bytes[line.start..start], 0);
    let marked = shown(&bytes[start..end], before.chars().count());
    let after = shown(&bytes[end..line.end], before.chars().count() + marked.chars().count());
    let [before, marked, after] = clipped(before, marked, after);
    let range = before.len()..before.len() + marked.len();
    Line { number, text: [before, marked, after].concat(), marked: Some(range) }
}

/// Bytes as text that can be shown, beginning at this column.
fn shown(bytes: &[u8], column: usize) -> String {
    let mut text = String::with_capacity(bytes.len());
    let mut column = column;
    for part in bytes.utf8_chunks() {
        for character in part.valid().chars().chain((!part.invalid().is_empty()).then_some('\u{FFFD}')) {
            if character == '\t' {
                let spaces = TAB - column % TAB;
                text.extend(std::iter::repeat_n(' ', spaces));
                column += spaces;
            } else {
                text.push(harmless(character));
                column += 1;
            }
        }
    }
    text
}

fn harmless(character: char) -> char {
    match character {
        // The block of control pictures has a visible sign for each of these.
        '\0'..='\x1F' => char::from_u32(0x2400 + character as u32).unwrap_or('\u{FFFD}'),
        '\x7F'..='\u{9F}' | '\u{FEFF}' => '\u{FFFD}',
        '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => '\u{FFFD}',
        _ => character,
    }
}

/// The three parts of a line, shortened so that together they fit and the marked part stays in view.
fn clipped(before: String, marked: String, after: String) -> [String; 3] {
    let count = |text: &str| text.chars().count();
    if count(&before) + count(&marked) + count(&after) <= WIDEST {
        return [before, marked, after];
    }
    let head = count(&before);
    let before = if head <= BEFORE {
        before
    } else {
        std::iter::once('…').chain(before.chars().skip(head - BEFORE + 1)).collect()
    };
    let marked = shortened(marked, WIDEST - count(&before));
    let after = shortened(after, WIDEST - count(&before) - count(&marked));
    [before, marked, after]
}

fn shortened(text: String, room: usize) -> String {
    if text.chars().count() <= room {
        return text;
    }
    text.chars().take(room.saturating_sub(1)).chain((room > 0).then_some('…')).collect()
}

fn char_width(character: char) -> usize {
    match character as u32 {
        0x0300..=0x036F | 0x200B..=0x200D | 0x20D0..=0x20FF | 0xFE00..=0xFE0F => 0,
        0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF | 0xFE30..=0xFE6F => 2,
        0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 | 0x1F300..=0x1F64F | 0x1F680..=0x1F6FF | 0x1F900..=0x1FAFF => 2,
        0x20000..=0x3FFFD => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The excerpt without lines around it: where, and each line with what is marked between brackets.
    fn check(bytes: &[u8], span: Range<usize>, spot: [usize; 4], lines: &[&str]) {
        let excerpt = cut(bytes, &span, 0);
        let Spot { line, column, end_line, end_column } = excerpt.spot;
        assert_eq!([line, column, end_line, end_column], spot);
        let drawn = |line: &Line| match &line.marked {
            Some(marked) => format!(
                "{}[{}]{}",
                &line.text[..marked.start],
                &line.text[marked.clone()],
                &line.text[marked.end..]
            ),
            None => line.text.clone(),
        };
        assert_eq!(excerpt.lines.iter().map(drawn).collect::<Vec<_>>(), lines);
    }

    #[test]
    fn nonsense_is_moved_to_what_exists() {
        check(b"", 0..0, [1, 1, 1, 1], &["[]"]);
        check(b"", 7..9, [1, 1, 1, 1], &["[]"]);
        check(b"ab\n", 90..99, [2, 1, 2, 1], &["[]"]);
        check(b"ab\ncd", 90..99, [2, 3, 2, 3], &["cd[]"]);
        #[expect(
            clippy::reversed_empty_ranges,
            reason = "a span that is the wrong way round is what is tested"
        )]
        check(b"abcd", 3..1, [1, 4, 1, 4], &["abc[]d"]);
        // é is bytes 1 and 2, and both ends of the span lie inside it or inside €.
        check("aéb€c".as_bytes(), 2..5, [1, 2, 1, 5], &["a[éb€]c"]);
        check("aéb".as_bytes(), 2..2, [1, 2, 1, 2], &["a[]éb"]);
        check(b"a\xFF\xFEb\xC3", 3..4, [1, 4, 1, 5], &["a\u{FFFD}\u{FFFD}[b]\u{FFFD}"]);
    }

    #[test]
    fn line_ends_are_not_marked() {
        check(b"one\r\ntwo\r\nthree", 5..10, [2, 1, 2, 4], &["[two]"]);
        check(b"one\r\ntwo", 3..3, [1, 4, 1, 4], &["one[]"]);
        check(b"one\n\ntwo", 3..5, [1, 4, 1, 4], &["one[]"]);
    }

    #[test]
    fn what_steers_is_made_visible() {
        check(b"\ta\tb", 3..4, [1, 4, 1, 5], &["    a   [b]"]);
        check("\x1b[31m\u{202E}x".as_bytes(), 8..9, [1, 7, 1, 8], &["␛[31m\u{FFFD}[x]"]);
        check(b"\xEF\xBB\xBFab", 3..4, [1, 1, 1, 2], &["[a]b"]);
        check(b"\xEF\xBB\xBFab", 0..4, [1, 1, 1, 2], &["[a]b"]);
        assert_eq!(safe("a\r\nb\x07"), "a\nb␇");
    }

    #[test]
    fn long_lines_are_clipped_around_the_span() {
        let line = format!("{}HIER{}", "x".repeat(500), "y".repeat(500));
        let expected = format!("…{}[HIER]{}…", "x".repeat(39), "y".repeat(75));
        check(line.as_bytes(), 500..504, [1, 501, 1, 505], &[&expected]);
        check(line.as_bytes(), 0..900, [1, 1, 1, 901], &[&format!("[{}…]", "x".repeat(119))]);
    }

    #[test]
    fn several_lines_up_to_a_limit() {
        check(b"a\nbc\nde", 3..6, [2, 2, 3, 2], &["b[c]", "[d]e"]);
        let many = "line\n".repeat(50);
        check(many.as_bytes(), 0..250, [1, 1, 50, 5], &["[line]"; 8]);
    }

    #[test]
    fn lines_around() {
        let numbers = |bytes: &[u8], at: usize| {
            cut(bytes, &(at..at), 1).lines.iter().map(|line| line.number).collect::<Vec<_>>()
        };
        assert_eq!(numbers(b"a\nb\nc\n", 0), [1, 2]);
        assert_eq!(numbers(b"a\nb\nc\n", 2), [1, 2, 3]);
        assert_eq!(numbers(b"a\nb\nc\n", 4), [2, 3]);
        assert_eq!(numbers(b"a\nb\nc\n", 6), [3, 4]);
        assert_eq!(numbers(b"\n\n\n", 1), [1, 2, 3]);
    }

    #[test]
    fn widths() {
        assert_eq!(width("aé日👍e\u{301}"), 1 + 1 + 2 + 2 + 1);
    }
}
