//! The stretch of a text that shows best what was asked for. In: a text and its marked words. Out: plain and marked text by
//! turns, plain first.

use super::mark::Mark;

/// How long a stretch is, in signs.
const LENGTH: usize = 190;

/// Cuts a stretch.
pub fn excerpt(text: &str, marks: &[Mark]) -> Vec<String> {
    let (start, end) = stretch(text, marks);
    let mut pieces = vec![if start > 0 { "… ".to_owned() } else { String::new() }];
    let mut at = start;
    for mark in marks.iter().filter(|mark| mark.start >= start && mark.end <= end) {
        push(&mut pieces, &text[at..mark.start], false);
        push(&mut pieces, &text[mark.start..mark.end], true);
        at = mark.end;
    }
    push(&mut pieces, text[at..end].trim_end(), false);
    if end < text.trim_end().len() {
        push(&mut pieces, " …", false);
    }
    pieces
}

/// Adds text; marked text stands at the odd places.
fn push(pieces: &mut Vec<String>, text: &str, marked: bool) {
    if pieces.len().is_multiple_of(2) != marked {
        pieces.push(String::new());
    }
    if let Some(last) = pieces.last_mut() {
        // Lines of a text are blocks of the page; an excerpt is one line.
        text.chars().for_each(|sign| last.push(if sign == '\n' { ' ' } else { sign }));
    }
}

/// Where the best stretch begins and ends: that with most words of the question, then with most marks, then the first.
fn stretch(text: &str, marks: &[Mark]) -> (usize, usize) {
    let mut best: Option<((u32, usize), usize)> = None;
    for (at, first) in marks.iter().enumerate() {
        let within = marks[at..].iter().take_while(|mark| mark.end <= first.start + LENGTH * 4 / 5);
        let (slots, count) = within.fold((0u32, 0), |(slots, count), mark| (slots | mark.slots, count + 1));
        let value = (slots.count_ones(), count);
        if best.is_none_or(|(known, _)| value > known) {
            best = Some((value, first.start));
        }
    }
    let first = best.map_or(0, |(_, start)| start);
    let start = begin(text, first);
    (start, finish(text, start, first))
}

/// A good place to begin: the sentence, if it is near; else some words before.
fn begin(text: &str, first: usize) -> usize {
    let from = floor(text, first.saturating_sub(LENGTH / 2));
    if from == 0 {
        return 0;
    }
    let before = &text[from..first];
    let sentence = [". ", "? ", "! ", ": ", "\n"]
        .iter()
        .filter_map(|end| before.rfind(end).map(|at| at + end.len()))
        .max();
    if let Some(at) = sentence {
        return from + at;
    }
    let near = floor(text, first.saturating_sub(LENGTH / 3));
    text[near..first].find(' ').map_or(first, |space| near + space + 1)
}

/// A good place to end: behind a word.
fn finish(text: &str, start: usize, first: usize) -> usize {
    let end = floor(text, (start + LENGTH).max(first + LENGTH / 2).min(text.len()));
    if end == text.len() {
        return end;
    }
    text[start..end]
        .rfind([' ', '\n'])
        .map(|space| start + space)
        .filter(|space| *space > first)
        .unwrap_or(end)
}

fn floor(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
