//! What a template that extends another says in vain. In: its text. Out: the same text with everything blanked that no
//! block or component holds, and where that was.
//!
//! Tera refuses such text since 2.2 and passed over it before, with Zola up to 0.23.3. Sites were written for both, so it
//! is passed over and told.

use std::ops::Range;

/// Blanks what is never shown. Lines and columns stay. None when the template extends nothing or says nothing in vain.
pub fn blank(text: &str) -> Option<(String, Vec<Range<usize>>)> {
    let mut kept: Vec<Range<usize>> = Vec::new();
    let mut depth = 0_usize;
    let mut held_from = 0;
    let mut extends = false;
    for tag in tags(text) {
        match tag.word {
            "extends" if !extends && depth == 0 => {
                extends = true;
                kept.push(tag.span);
            }
            "block" | "component" => {
                if depth == 0 {
                    held_from = tag.span.start;
                }
                depth += 1;
            }
            "endblock" | "endcomponent" => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    kept.push(held_from..tag.span.end);
                }
            }
            "#" if depth == 0 => kept.push(tag.span),
            _ => {}
        }
    }
    if depth > 0 {
        // A block that is never closed is another fault, and Tera tells it.
        kept.push(held_from..text.len());
    }
    let vain = between(&kept, text);
    (extends && !vain.is_empty()).then(|| (without(text, &vain), vain))
}

/// What lies between and is more than white space.
fn between(kept: &[Range<usize>], text: &str) -> Vec<Range<usize>> {
    let mut vain = Vec::new();
    let mut at = 0;
    let end = text.len()..text.len();
    for run in kept.iter().chain(std::iter::once(&end)) {
        let part = &text[at..run.start.max(at)];
        let start = at + (part.len() - part.trim_start().len());
        if !part.trim().is_empty() {
            vain.push(start..start + part.trim().len());
        }
        at = run.end.max(at);
    }
    vain
}

fn without(text: &str, vain: &[Range<usize>]) -> String {
    let blank = |(at, c): (usize, char)| {
        let in_vain = vain.iter().any(|run| run.contains(&at));
        if in_vain && c != '\n' && c != '\r' { ' ' } else { c }
    };
    text.char_indices().map(blank).collect()
}

struct Tag<'a> {
    /// Its first word; `#` for a comment.
    word: &'a str,
    span: Range<usize>,
}

/// The tags and comments of a template, without those inside `raw`.
fn tags(text: &str) -> Vec<Tag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(open) =
        text[at..].find("{%").into_iter().chain(text[at..].find("{#")).min().map(|open| at + open)
    {
        let is_comment = text[open..].starts_with("{#");
        let close = if is_comment { "#}" } else { "%}" };
        let Some(end) = text[open..].find(close).map(|end| open + end + 2) else { break };
        let inside = text[open + 2..end - 2].trim_start_matches('-').trim_start();
        let word = inside.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
        tags.push(Tag { word: if is_comment { "#" } else { word }, span: open..end });
        at = end;
        if word == "raw" && !is_comment {
            at = text[end..].find("endraw").map_or(text.len(), |endraw| end + endraw);
        }
    }
    tags
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_block_holds_is_blanked_in_place() {
        let text = "{# a #}{% extends \"b\" %}\nVain é {{ x }}\n{% block a %}kept{% block c %}{% endblock %}{% endblock a %}\n{% include \"x\" %}";
        let (blanked, vain) = blank(text).unwrap();
        assert_eq!(blanked.lines().count(), text.lines().count());
        assert!(
            blanked.contains("{% block a %}kept{% block c %}{% endblock %}{% endblock a %}"),
            "{blanked}"
        );
        assert!(!blanked.contains("Vain") && !blanked.contains("include"), "{blanked}");
        let vain: Vec<&str> = vain.into_iter().map(|run| &text[run]).collect();
        assert_eq!(vain, ["Vain é {{ x }}", "{% include \"x\" %}"]);
    }

    #[test]
    fn a_template_without_a_parent_says_everything() {
        assert_eq!(blank("text {% block a %}{% endblock %}"), None);
        assert_eq!(
            blank("{% extends \"a\" %}\n{% block a %}{% raw %}{% endblock %}{% endraw %} x{% endblock %}\n"),
            None
        );
    }
}
