//! Whether pages still say the same. In: the pages as they were and as they are, by path. Out: the pages whose visible
//! text differs, with the first words that do, and pages that only one side has.
//!
//! Visible is what stands between tags, with references read and blanks as one. What the two versions of the program
//! write differently by themselves (the number of a footnote in brackets, the way back from it) is passed over.

use std::collections::BTreeMap;

/// How one page differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// Its text: some words from the first that differs, before and after.
    Text(String, String),
    /// It has the same words in another order: some from the first that differs, before and after.
    Order(String, String),
    /// It is no longer there.
    Gone,
    /// It was not there.
    New,
}

/// Compares pages, by path.
pub fn compare(
    before: &BTreeMap<String, String>,
    after: &BTreeMap<String, String>,
) -> BTreeMap<String, Difference> {
    let mut found = BTreeMap::new();
    for (path, old) in before {
        match after.get(path) {
            None => _ = found.insert(path.clone(), Difference::Gone),
            Some(new) => {
                if let Some(difference) = words(&visible(old), &visible(new)) {
                    found.insert(path.clone(), difference);
                }
            }
        }
    }
    let new = after.keys().filter(|path| !before.contains_key(*path));
    found.extend(new.map(|path| (path.clone(), Difference::New)));
    found
}

/// How many words are shown of each side.
const SHOWN: usize = 8;

fn words(old: &str, new: &str) -> Option<Difference> {
    let (old, new): (Vec<&str>, Vec<&str>) = (old.split(' ').collect(), new.split(' ').collect());
    if old == new {
        return None;
    }
    let same = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let from = same.saturating_sub(2);
    let some = |words: &[&str]| {
        words[from.min(words.len())..].iter().take(SHOWN).copied().collect::<Vec<_>>().join(" ")
    };
    let shown = (some(&old), some(&new));
    let sorted = |mut words: Vec<&str>| {
        words.sort_unstable();
        words.join(" ")
    };
    let same = sorted(old) == sorted(new);
    Some(if same { Difference::Order(shown.0, shown.1) } else { Difference::Text(shown.0, shown.1) })
}

/// The visible text of a page.
pub fn visible(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        read_text(&rest[..at], &mut out);
        rest = &rest[at..];
        let (name, end) = tag(rest);
        let silent = match name.as_str() {
            "!--" => Some("-->"),
            "script" => Some("</script>"),
            "style" => Some("</style>"),
            "sup" if rest[..end].contains("footnote-reference") => Some("</sup>"),
            _ => None,
        };
        let skipped = silent.and_then(|close| rest.find(close).map(|at| at + close.len()));
        if name.is_empty() && end == 1 {
            out.push('<');
        }
        rest = &rest[skipped.unwrap_or(end)..];
        // Tags within a word do not part it.
        let inside =
            ["a", "b", "i", "u", "s", "em", "strong", "span", "code", "sup", "sub", "small", "mark", "abbr"];
        if !name.is_empty() && !inside.contains(&name.trim_start_matches('/')) {
            out.push(' ');
        }
    }
    read_text(rest, &mut out);
    let words: Vec<&str> = out
        .split_whitespace()
        .filter(|word| !word.trim_end_matches(|c: char| c.is_ascii_digit()).eq("↩"))
        .collect();
    words.join(" ")
}

/// The name of the tag that begins a text, and where it ends. Quotes may hold `>`.
fn tag(text: &str) -> (String, usize) {
    if text.starts_with("<!--") {
        return ("!--".to_owned(), 4);
    }
    let starts = text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!' || c == '?');
    if !starts {
        return (String::new(), 1);
    }
    let mut quote = None;
    for (at, sign) in text.char_indices() {
        match quote {
            Some(open) if open == sign => quote = None,
            Some(_) => {}
            None if sign == '"' || sign == '\'' => quote = Some(sign),
            None if sign == '>' => {
                let name =
                    text[1..at].split(|c: char| c.is_whitespace() || c == '>').next().unwrap_or_default();
                return (name.trim_end_matches('/').to_ascii_lowercase(), at + 1);
            }
            None => {}
        }
    }
    (String::new(), text.len())
}

fn read_text(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let name = rest[1..].split(';').next().filter(|name| name.len() < 10 && rest.len() > name.len() + 1);
        match name.and_then(|name| Some((name, reference(name)?))) {
            Some((name, sign)) => {
                out.push(sign);
                rest = &rest[name.len() + 2..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
}

fn reference(name: &str) -> Option<char> {
    let number = |digits: &str, base| u32::from_str_radix(digits, base).ok().and_then(char::from_u32);
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{a0}'),
        "hellip" => Some('…'),
        _ => {
            let digits = name.strip_prefix('#')?;
            match digits.strip_prefix(['x', 'X']) {
                Some(digits) => number(digits, 16),
                None => number(digits, 10),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_visible() {
        let rows = [
            ("<p>a&#x2F;b &amp; c</p>\n\n<p>d</p>", "a/b & c d"),
            ("<b>a</b>b<br>c<!-- d --><script>e < f</script>", "ab c"),
            ("<img alt=\"a > b\">x", "x"),
            ("a<sup class=\"footnote-reference\"><a href=\"#1\">[1]</a></sup> b ↩2", "a b"),
            ("1 < 2 & 3", "1 < 2 & 3"),
            ("<p unclosed", ""),
        ];
        for (html, text) in rows {
            assert_eq!(visible(html), text, "{html}");
        }
    }

    #[test]
    fn pages_are_compared_by_their_words() {
        let pages = |rows: &[(&str, &str)]| {
            rows.iter()
                .map(|(path, html)| ((*path).to_owned(), (*html).to_owned()))
                .collect::<BTreeMap<_, _>>()
        };
        let before = pages(&[("a", "<p>one two three four</p>"), ("b", "x"), ("c", "<i>x</i> y")]);
        let after = pages(&[("a", "<p>one two 3 four</p>"), ("d", "x"), ("c", "x\n<b>y</b>")]);
        let found = compare(&before, &after);
        let text = Difference::Text("one two three four".to_owned(), "one two 3 four".to_owned());
        let wanted = [("a", text), ("b", Difference::Gone), ("d", Difference::New)];
        let wanted: BTreeMap<String, Difference> =
            wanted.into_iter().map(|(path, difference)| (path.to_owned(), difference)).collect();
        assert_eq!(found, wanted);
    }
}
