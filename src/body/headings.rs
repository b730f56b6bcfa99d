//! Table of contents and anchors. In: the headings of a text, and its HTML. Out: the headings one below the other, and
//! whether an anchor leads somewhere.

use super::{Body, Heading};

/// A heading with those below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node<'a> {
    /// The heading.
    pub heading: &'a Heading,
    /// The headings below it, in order.
    pub children: Vec<Node<'a>>,
}

/// The table of contents: every heading stands below the nearest one before it that is of a higher rank, however many
/// levels lie between.
pub fn tree(headings: &[Heading]) -> Vec<Node<'_>> {
    let mut top = Vec::new();
    for heading in headings {
        insert(&mut top, heading);
    }
    top
}

/// Puts a heading as deep as it goes at the end of a list.
fn insert<'a>(nodes: &mut Vec<Node<'a>>, heading: &'a Heading) {
    match nodes.last_mut() {
        Some(last) if heading.level > last.heading.level => insert(&mut last.children, heading),
        _ => nodes.push(Node { heading, children: Vec::new() }),
    }
}

/// Whether a link to an anchor of a text leads somewhere: to a heading, or to anything with that id or name.
pub fn has_anchor(body: &Body, anchor: &str) -> bool {
    body.headings.iter().any(|heading| *heading.id == *anchor) || has_id(&body.html, anchor)
}

/// Whether an anchor leads to the top of any page, by the rules of HTML.
pub fn is_top(anchor: &str) -> bool {
    anchor.is_empty() || anchor.eq_ignore_ascii_case("top")
}

/// Whether some `id` or `name` in HTML has this value, without regard to case. It looks at text, not at elements, so it
/// finds rather too much than too little.
fn has_id(html: &str, anchor: &str) -> bool {
    memchr::memchr_iter(b'=', html.as_bytes()).any(|at| {
        let before = html[..at].trim_end_matches(' ').as_bytes();
        let name = [&b"id"[..], b"name"].into_iter().find(|name| {
            before.len() >= name.len() && before[before.len() - name.len()..].eq_ignore_ascii_case(name)
        });
        let apart = name.is_some_and(|name| html[..before.len() - name.len()].ends_with(char::is_whitespace));
        apart && is_value(html[at + 1..].trim_start_matches(' '), anchor)
    })
}

/// Whether text begins with a value, within quotes or not, and the value ends there.
fn is_value(mut text: &str, value: &str) -> bool {
    loop {
        if after_ignoring_case(text, value).is_some_and(|rest| rest.starts_with(['"', '\'', ' ', '>'])) {
            return true;
        }
        match text.strip_prefix(['"', '\'']) {
            Some(rest) => text = rest,
            None => return false,
        }
    }
}

/// What follows a beginning, if text begins with it.
fn after_ignoring_case<'t>(text: &'t str, beginning: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    for wanted in beginning.chars() {
        let found = rest.next()?;
        if found != wanted && !found.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    Some(rest.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(level: u8) -> Heading {
        Heading { level, ..Heading::default() }
    }

    fn shape(nodes: &[Node<'_>]) -> String {
        nodes
            .iter()
            .map(|node| match shape(&node.children) {
                below if below.is_empty() => node.heading.level.to_string(),
                below => format!("{}({below})", node.heading.level),
            })
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn table_of_contents() {
        for (levels, expected) in [
            (&[][..], ""),
            (&[1, 1, 1], "1 1 1"),
            (&[1, 2, 2, 3, 2, 1, 2, 3, 3], "1(2 2(3) 2) 1(2(3 3))"),
            (&[1, 2, 3, 4, 5, 4], "1(2(3(4(5) 4)))"),
            (&[2, 3, 4, 5, 4, 2, 1, 2, 3, 4], "2(3(4(5) 4)) 2 1(2(3(4)))"),
            (&[3, 2, 2, 3, 2, 1, 4], "3 2 2(3) 2 1(4)"),
            (&[1, 4, 3, 2, 6], "1(4 3 2(6))"),
        ] {
            let headings: Vec<_> = levels.iter().map(|level| heading(*level)).collect();
            assert_eq!(shape(&tree(&headings)), expected);
        }
    }

    #[test]
    fn anchors_in_html() {
        let has = |html: &str, anchor| has_anchor(&Body { html: html.into(), ..Body::default() }, anchor);
        for html in [
            "<a name=\"fred\">",
            "<a id=\"fred\">",
            "<a id =\"fred\">",
            "<a id = \"fred\">",
            "<a id=\"fred\" >",
            "<a  ID='Fred'>",
            "<a id=fred>",
            "<a id=fred class=x>",
            "<a\nid=\"fred\">",
            "<a x=y id=\"\"fred\">",
        ] {
            assert!(has(html, "fred"), "{html}");
        }
        for html in [
            "",
            "<a name=\"george\">",
            "<a notid=\"fred\">",
            "<a id=\"fredd\">",
            "<a id=fred",
            "id=\"fred\"",
            "<a id:\"fred\">",
        ] {
            assert!(!has(html, "fred"), "{html}");
        }
        assert!(has("<a id=\"a.b?c\">", "a.b?c"));
        assert!(!has("<a id=\"axb\">", "a.b"));
        assert!(has("<b id='É'>", "é"));
    }

    #[test]
    fn anchors_of_headings() {
        let body = Body { headings: vec![Heading { id: "kop".into(), ..heading(1) }], ..Body::default() };
        assert!(has_anchor(&body, "kop"));
        assert!(!has_anchor(&body, "Kop"));
        assert!(is_top("") && is_top("TOP") && !is_top("kop"));
    }
}
