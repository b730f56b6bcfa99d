//! Explains abbreviations where they are first used. In: a rendered text and the abbreviations of the site with what they
//! stand for. Out: the same text with `<abbr title="…">` around the first use of each.
//!
//! A text that explains an abbreviation itself, as in "World Health Organization (WHO)", is left alone with it. Headings,
//! links, code and drawings are passed over. Capitals count: `OM` is not `om`.

use super::units::{Tag, tags};

/// What an abbreviation stands for.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Term {
    /// As it is written.
    pub short: String,
    /// What it stands for.
    pub long: String,
}

/// Elements whose words are left alone.
const APART: [&str; 19] = [
    "a",
    "abbr",
    "button",
    "code",
    "dt",
    "figcaption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "label",
    "pre",
    "script",
    "style",
    "summary",
    "svg",
    "th",
];

/// Puts the explanations in.
pub fn explain(html: &str, terms: &[Term]) -> String {
    let mut waiting: Vec<&Term> = terms
        .iter()
        .filter(|term| {
            html.contains(&term.short) && !html.contains(&format!("{} ({})", term.long, term.short))
        })
        .collect();
    if waiting.is_empty() {
        return html.to_owned();
    }
    // Of two that begin alike, the longer one is meant.
    waiting.sort_by(|a, b| b.short.len().cmp(&a.short.len()).then_with(|| a.short.cmp(&b.short)));
    let mut made = String::with_capacity(html.len() + 256);
    let mut apart: Vec<&str> = Vec::new();
    let mut from = 0;
    for Tag { name, closes, at } in tags(html) {
        words(&html[from..at.start], apart.is_empty(), &mut waiting, &mut made);
        made.push_str(&html[at.clone()]);
        from = at.end;
        if closes {
            if apart.last() == Some(&name) {
                apart.pop();
            }
        } else if APART.contains(&name) && !html[..at.end].ends_with("/>") {
            apart.push(name);
        }
    }
    words(&html[from..], apart.is_empty(), &mut waiting, &mut made);
    made
}

/// Text between two tags.
fn words(text: &str, open: bool, waiting: &mut Vec<&Term>, made: &mut String) {
    let mut rest = text;
    while open && !waiting.is_empty() {
        let first = waiting.iter().enumerate().filter_map(|(at, term)| Some((place(rest, &term.short)?, at)));
        let Some((start, at)) = first.min() else { break };
        let term = waiting.remove(at);
        let end = start + term.short.len();
        made.push_str(&rest[..start]);
        made.push_str("<abbr title=\"");
        for c in term.long.chars() {
            match c {
                '"' => made.push_str("&quot;"),
                '&' => made.push_str("&amp;"),
                '<' => made.push_str("&lt;"),
                c => made.push(c),
            }
        }
        made.push_str("\">");
        made.push_str(&rest[start..end]);
        made.push_str("</abbr>");
        rest = &rest[end..];
    }
    made.push_str(rest);
}

/// Where a word stands by itself.
fn place(text: &str, word: &str) -> Option<usize> {
    let alone = |at: &usize| {
        let before = text[..*at].chars().next_back();
        let after = text[*at + word.len()..].chars().next();
        let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '+' | '_' | '&' | '/');
        !before.is_some_and(joins) && !after.is_some_and(joins)
    };
    text.match_indices(word).map(|(at, _)| at).find(alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str) -> String {
        let term = |short: &str, long: &str| Term { short: short.into(), long: long.into() };
        explain(
            html,
            &[
                term("MDA", "x"),
                term("MDA++", "aanpak"),
                term("OM", "Openbaar \"M\""),
                term("VT", "Veilig Thuis"),
            ],
        )
    }

    #[test]
    fn the_first_use_alone_is_explained() {
        assert_eq!(
            check("<h2>OM</h2><p>Het <a href=\"#\">OM</a>, om het OM's en OM.</p>"),
            "<h2>OM</h2><p>Het <a href=\"#\">OM</a>, om het <abbr title=\"Openbaar &quot;M&quot;\">OM</abbr>'s en OM.</p>"
        );
    }

    #[test]
    fn what_the_text_explains_itself_is_left_alone() {
        let html = "<p>Veilig Thuis (VT) en VT</p>";
        assert_eq!(check(html), html);
    }

    #[test]
    fn a_part_of_a_longer_word_is_none() {
        assert_eq!(
            check("<p>MDA++ KOM VT-regio</p>"),
            "<p><abbr title=\"aanpak\">MDA++</abbr> KOM VT-regio</p>"
        );
        assert_eq!(check("<p title=\"OM\">a</p>"), "<p title=\"OM\">a</p>");
    }
}
