//! Hides what is not the author's running text. In: the text of a file. Out: the same text, byte for byte as long, with
//! templates and shortcodes replaced by [`MASK`], so that places stay as they are.

use std::ops::Range;

/// What stands in place of every byte of a template.
pub(super) const MASK: char = '\u{1}';

/// Hides templates and shortcodes. What stands between an opening and a closing one stays. In dialect 0.22 a text has
/// shortcodes only, which are written with the same signs, and no comments.
pub(super) fn templates(text: &str, old: bool) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for at in tags(text, old) {
        for byte in &mut bytes[at] {
            if !matches!(byte, b'\n' | b'\r') {
                *byte = MASK as u8;
            }
        }
    }
    // Whole tags are replaced, which begin and end at ASCII signs, so this is text as before.
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// Where templates stand in a text.
pub(super) fn tags(text: &str, old: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = text[from..].find('{').map(|at| from + at) {
        let close = match text.as_bytes().get(at + 1) {
            Some(b'{') => "}}",
            Some(b'%') => "%}",
            // `{#id}` behind a heading gives its id.
            Some(b'#') if !old && text[at..].lines().next().is_some_and(|line| line.contains("#}")) => "#}",
            _ => {
                from = at + 1;
                continue;
            }
        };
        let Some(end) = end_of(text, at + 2, close) else {
            from = at + 1;
            continue;
        };
        found.push(at..end);
        from = end;
    }
    found
}

/// Where a tag ends. What stands in quotes in it does not end it.
fn end_of(text: &str, from: usize, close: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut quote = None;
    let mut at = from;
    while at < bytes.len() {
        match (quote, bytes[at]) {
            (Some(open), byte) if byte == open => quote = None,
            (Some(_), _) => {}
            (None, byte @ (b'"' | b'`')) if close != "#}" => quote = Some(byte),
            (None, _) if bytes[at..].starts_with(close.as_bytes()) => return Some(at + close.len()),
            (None, _) => {}
        }
        at += 1;
    }
    None
}

/// The stretches of templates in which a text stands for people to read: what is in quotes.
pub(super) fn arguments(text: &str, old: bool) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for tag in tags(text, old) {
        let inside = &text[tag.clone()];
        let mut open = None;
        for (at, byte) in inside.bytes().enumerate() {
            match (open, byte) {
                (None, b'"') => open = Some(at + 1),
                (Some(start), b'"') => {
                    found.push(tag.start + start..tag.start + at);
                    open = None;
                }
                _ => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_hidden_and_what_stands_between_them_is_not() {
        let mask = |text: &str| templates(text, false).replace(MASK, "·");
        assert_eq!(mask("a {{ x }} b"), "a ······· b");
        assert_eq!(
            mask("{% tip(a=\"}} é %}\") %}\nTekst\n{% end %}"),
            "·······················\nTekst\n·········"
        );
        assert_eq!(mask("# Kop {#id}\n{# weg\n#} {# weg #}"), "# Kop {#id}\n{# weg\n#} ·········");
        assert_eq!(mask("{{ open"), "{{ open");
        assert_eq!(mask("{ x }"), "{ x }");
    }

    #[test]
    fn arguments_are_what_people_read() {
        let text = "x {{ <kader tekst=\"een\" n={3} bron=\"twee\" /> }} \"drie\"";
        let found: Vec<&str> = arguments(text, false).into_iter().map(|at| &text[at]).collect();
        assert_eq!(found, ["een", "twee"]);
    }
}
