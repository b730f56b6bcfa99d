//! Puts new text in the place of old. In: a text and what goes where. Out: the text with the rest as it was, byte for byte.

use super::expr::Span;

/// New text for some bytes.
pub(super) type Edit = (Span, String);

/// The text with all edits done. Of two that overlap the one that begins first is done, and of these the longest.
pub(super) fn apply(text: &str, edits: &[Edit]) -> String {
    splice(text, &(0..text.len()), edits)
}

/// The same for a part of a text.
pub(super) fn splice(text: &str, span: &Span, edits: &[Edit]) -> String {
    let mut sorted: Vec<&Edit> = edits.iter().collect();
    // What is put between two bytes goes before what stands in the place of the second.
    sorted.sort_by_key(|(span, _)| (span.start, !span.is_empty(), std::cmp::Reverse(span.end)));
    let mut out = String::with_capacity(span.len());
    let mut at = span.start;
    for (place, new) in sorted {
        if place.start < at {
            continue;
        }
        out.push_str(&text[at..place.start]);
        out.push_str(new);
        at = place.end;
    }
    out.push_str(&text[at..span.end]);
    out
}
