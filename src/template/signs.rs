//! Which dialect a text was written for, as far as the text shows it. In: a template, or a text of content. Out: the first
//! thing in it that only dialect 0.22 has, and the first that only dialect 0.23 has.
//!
//! Only what is inside tags counts, outside of comments, raw texts and quotes. Most texts show nothing: the two dialects
//! have most of their language in common.

use std::ops::Range;

use crate::model::Dialect;

/// Something that only one dialect has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sign {
    /// The dialect.
    pub dialect: Dialect,
    /// Where it stands in the text.
    pub span: Range<usize>,
    /// What it is, for a sentence.
    pub what: &'static str,
}

/// The first sign of each dialect in a template.
pub fn in_template(text: &str) -> Vec<Sign> {
    first_of_each(text, &[macros, old_words, components, new_words])
}

/// The first sign of each dialect in a text of content.
pub fn in_content(text: &str) -> Vec<Sign> {
    first_of_each(text, &[escapes, components, statements])
}

/// A tag: what stands between its braces, without what is between quotes.
struct Tag {
    /// Where the inside begins in the text.
    start: usize,
    inside: String,
    /// Whether it is `{% … %}`.
    block: bool,
}

/// What tells a sign in a tag: its dialect, what it is, and where in the tag it begins.
type Tell = fn(&Tag) -> Option<(Dialect, &'static str, usize)>;

fn first_of_each(text: &str, tells: &[Tell]) -> Vec<Sign> {
    let mut signs: Vec<Sign> = Vec::new();
    for tag in tags(text) {
        for tell in tells {
            let Some((dialect, what, at)) = tell(&tag) else { continue };
            if signs.iter().all(|sign| sign.dialect != dialect) {
                let start = tag.start + at;
                let width =
                    tag.inside[at..].find(|c: char| c.is_whitespace() || c == '(').unwrap_or(1).max(1);
                signs.push(Sign { dialect, span: start..start + width, what });
            }
        }
        if signs.len() == 2 {
            break;
        }
    }
    signs
}

fn tags(text: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut at = 0;
    let mut raw = false;
    while let Some(found) = text[at..].find('{') {
        let open = at + found;
        at = open + 1;
        let (close, block) = match text.as_bytes().get(open + 1) {
            Some(b'#') if !raw => {
                at = text[open..].find("#}").map_or(at, |end| open + end + 2);
                continue;
            }
            Some(b'{') if !raw => ("}}", false),
            Some(b'%') => ("%}", true),
            _ => continue,
        };
        let start = open + 2;
        let Some(inside) = inside_of(&text[start..], close) else { continue };
        let end = start + inside.len();
        let tag = Tag { start, inside, block };
        let word = tag.word();
        if raw {
            raw = word != "endraw";
            continue;
        }
        raw = block && word == "raw";
        at = end + 2;
        tags.push(tag);
    }
    tags
}

/// What stands before the closing mark, with blanks for whatever stands between quotes, byte for byte.
fn inside_of(text: &str, close: &str) -> Option<String> {
    let mut inside = String::new();
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            None if text[at..].starts_with(close) => return Some(inside),
            None if matches!(c, '"' | '\'' | '`') => {
                quote = Some(c);
                inside.push(c);
            }
            Some(open) if c == open => {
                quote = None;
                inside.push(c);
            }
            Some(_) => inside.extend(std::iter::repeat_n(' ', c.len_utf8())),
            None => inside.push(c),
        }
    }
    // A quotation mark in running text may never close.
    text.find(close).map(|end| text[..end].to_owned())
}

impl Tag {
    /// The first word.
    fn word(&self) -> &str {
        let inside = self.inside.trim_start_matches('-').trim_start();
        &inside[..inside.find(|c: char| !is_word(c)).unwrap_or(inside.len())]
    }

    /// Where the first word begins.
    fn word_at(&self) -> usize {
        self.inside.find(|c: char| c != '-' && !c.is_whitespace()).unwrap_or(0)
    }

    /// Where a name follows a bar, as filters do.
    fn filter(&self, names: &[&str]) -> Option<usize> {
        self.inside.match_indices('|').find_map(|(bar, _)| {
            let rest = &self.inside[bar + 1..];
            let name = rest.trim_start();
            let end = name.find(|c: char| !is_word(c)).unwrap_or(name.len());
            names.contains(&&name[..end]).then(|| bar + 1 + (rest.len() - name.len()))
        })
    }

    /// The tests after `is` or `is not`: where the name begins, and what stands behind it.
    fn tests(&self) -> impl Iterator<Item = (usize, &str, &str)> {
        self.inside.match_indices(" is ").map(|(at, _)| {
            let rest = &self.inside[at + 4..];
            let name = rest.trim_start();
            let name = name.strip_prefix("not ").map_or(name, str::trim_start);
            let end = name.find(|c: char| !is_word(c)).unwrap_or(name.len());
            (at + 4 + (rest.len() - name.len()), &name[..end], &name[end..])
        })
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

fn macros(tag: &Tag) -> Option<(Dialect, &'static str, usize)> {
    let old = |what, at| Some((Dialect::Zola022, what, at));
    match tag.word() {
        "import" if tag.block => return old("macros are imported", tag.word_at()),
        "macro" | "endmacro" if tag.block => return old("a macro is defined", tag.word_at()),
        _ => {}
    }
    let call = tag.inside.find("::").filter(|at| tag.inside[..*at].ends_with(is_word))?;
    old("a macro is called", tag.inside[..call].rfind(|c: char| !is_word(c)).map_or(0, |at| at + 1))
}

/// Filters, tests and forms that dialect 0.23 does not have.
fn old_words(tag: &Tag) -> Option<(Dialect, &'static str, usize)> {
    const FILTERS: [&str; 9] = [
        "concat",
        "slice",
        "map",
        "filter",
        "linebreaksbr",
        "addslashes",
        "as_str",
        "trim_start_matches",
        "trim_end_matches",
    ];
    let old = |what, at| Some((Dialect::Zola022, what, at));
    if let Some(at) = tag.filter(&FILTERS) {
        return old("a filter of dialect 0.22 is used", at);
    }
    for (at, name, behind) in tag.tests() {
        let positional = behind
            .strip_prefix('(')
            .is_some_and(|args| !args.split(')').next().unwrap_or(args).contains('='));
        let by_place =
            matches!(name, "starting_with" | "ending_with" | "containing" | "matching") && positional;
        if by_place || matches!(name, "object" | "divisibleby") {
            return old("a test is written as in dialect 0.22", at);
        }
    }
    let include = tag.block && tag.word() == "include";
    if include && (tag.inside.contains('[') || tag.inside.contains("ignore missing")) {
        return old("one of several templates is included", tag.word_at());
    }
    numbered_part(&tag.inside).and_then(|at| old("a part is taken by its number, with a dot", at))
}

/// Where a path takes a part by number: `list.0`.
fn numbered_part(inside: &str) -> Option<usize> {
    inside.match_indices('.').map(|(at, _)| at).find(|at| {
        let behind = &inside[at + 1..];
        let before = &inside[..*at];
        let name = before.rfind(|c: char| !is_word(c)).map_or(before, |end| &before[end + 1..]);
        behind.starts_with(|c: char| c.is_ascii_digit())
            && name.starts_with(|c: char| c.is_alphabetic() || c == '_')
    })
}

fn components(tag: &Tag) -> Option<(Dialect, &'static str, usize)> {
    let new = |what, at| Some((Dialect::Zola023, what, at));
    if tag.block && matches!(tag.word(), "component" | "endcomponent") {
        return new("a component is defined", tag.word_at());
    }
    let at = tag.word_at();
    let called = tag.inside[at..].strip_prefix('<').map(|rest| rest.trim_start_matches('/'));
    if called.is_some_and(|name| name.starts_with(|c: char| c.is_alphabetic() || c == '_')) {
        return new("a component is called", at);
    }
    None
}

/// Filters, tests and forms that dialect 0.22 does not have.
fn new_words(tag: &Tag) -> Option<(Dialect, &'static str, usize)> {
    const FILTERS: [&str; 7] =
        ["newlines_to_br", "escape_html", "values", "keys", "pairs", "shuffle", "format"];
    let new = |what, at| Some((Dialect::Zola023, what, at));
    if let Some(at) = tag.filter(&FILTERS) {
        return new("a filter of dialect 0.23 is used", at);
    }
    for (at, name, behind) in tag.tests() {
        let named = ["(pat", "(divisor"]
            .iter()
            .any(|name| behind.strip_prefix(name).is_some_and(|rest| rest.trim_start().starts_with('=')));
        if named || matches!(name, "divisible_by" | "map" | "none" | "bool" | "array") {
            return new("a test is written as in dialect 0.23", at);
        }
    }
    let inside = &tag.inside;
    if let Some(at) = inside.find("?.").filter(|at| inside[..*at].ends_with(|c: char| is_word(c) || c == ']'))
    {
        return new("a part is asked for that may be missing (`?.`)", at);
    }
    if tag.block && (tag.word() == "endset" || (tag.word() == "set" && !inside.contains('='))) {
        return new("a text is given a name (`{% set x %}…{% endset %}`)", tag.word_at());
    }
    let expression = !tag.block || tag.word() == "set";
    if let Some(at) = inside.find(" if ").filter(|at| expression && inside[*at..].contains(" else ")) {
        return new("a value is chosen with `if … else`", at + 1);
    }
    if let Some(at) = inside.find(" for ").filter(|at| expression && inside[*at..].contains(" in ")) {
        return new("a list is made of another", at + 1);
    }
    let named = ["loop.length", "text_direction("].iter().find_map(|name| inside.find(name));
    named.and_then(|at| new("something is named that dialect 0.22 does not have", at))
}

/// Ways to write that something is no shortcode, and the end of one.
fn escapes(tag: &Tag) -> Option<(Dialect, &'static str, usize)> {
    let escaped = tag.inside.starts_with("/*");
    let ends = tag.block && tag.word() == "end" && tag.inside.trim_matches(['-', ' ']) == "end";
    (escaped || ends).then_some((Dialect::Zola022, "a shortcode is written, or shown without being one", 0))
}

/// What only runs in content of dialect 0.23.
fn statements(tag: &Tag) -> Option<(Dialect, &'static str, usize)> {
    const FUNCTIONS: [&str; 8] = [
        "get_url",
        "get_hash",
        "resize_image",
        "get_image_metadata",
        "load_data",
        "trans",
        "get_page",
        "get_section",
    ];
    let at = tag.word_at();
    let word = tag.word();
    let call = FUNCTIONS.contains(&word) && tag.inside[at + word.len()..].starts_with('(');
    let statement = tag.block && matches!(word, "raw" | "set" | "endset");
    (call || statement).then_some((Dialect::Zola023, "the content itself is a template", at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(signs: &[Sign]) -> Vec<&'static str> {
        let name = |sign: &Sign| if sign.dialect.is_old() { "0.22" } else { "0.23" };
        signs.iter().map(name).collect()
    }

    #[test]
    fn templates_of_both_dialects_show_nothing() {
        for text in [
            "",
            "{{ page.title }} {% for p in section.pages %}{% if p is defined %}{{ p.date | date(format=\"%Y\") }}{% endif %}{% endfor %}",
            "{# {% import \"a\" as b %} #}",
            "{% raw %}{{ <a/> }} {% macro x() %}{% endraw %}",
            "{{ \"a::b | concat\" }} {{ 1.0 }} {% filter upper %}x{% endfilter %}",
            "{% if a %}{% else %}{% endif %} {% include \"x.html\" %}",
            "it's {{ page.title }} isn't",
        ] {
            assert_eq!(in_template(text), [], "{text}");
        }
    }

    #[test]
    fn signs_of_dialect_022() {
        for text in [
            "{% import \"m.html\" as m %}",
            "{%- macro a(b) -%}",
            "{{ m::a(b=1) }}",
            "{{ a | concat(with=b) }}",
            "{{ a | slice(end=2) }}",
            "{% if a is starting_with(\"x\") %}",
            "{% if a is not containing(b) %}",
            "{% if a is object %}",
            "{% if a is ending_with(path) %}",
            "{% include [\"a\", \"b\"] %}",
            "{% include \"a\" ignore missing %}",
            "{{ list.0 }} ",
            "{# it's #}{{ x.y.0.z }}",
        ] {
            assert_eq!(found(&in_template(text)), ["0.22"], "{text}");
        }
    }

    #[test]
    fn signs_of_dialect_023() {
        for text in [
            "{% component a(b) %}{% endcomponent a %}",
            "{{ <a b=\"c\" /> }}",
            "{{<a/>}}",
            "{% <a> %}{% </a> %}",
            "{{ a?.b }}",
            "{% set x %}y{% endset %}",
            "{{ a if b else c }}",
            "{% set x = [y for y in z] %}",
            "{% if a is starting_with(pat=\"x\") %}",
            "{{ a | newlines_to_br }}",
            "{{ loop.length }}",
        ] {
            assert_eq!(found(&in_template(text)), ["0.23"], "{text}");
        }
    }

    #[test]
    fn a_mixed_template_shows_both_and_where() {
        let text = "x {{ <a/> }} {% import \"m\" as m %}";
        let signs = in_template(text);
        assert_eq!(found(&signs), ["0.23", "0.22"]);
        assert_eq!(&text[signs[0].span.clone()], "<a/>");
        assert_eq!(&text[signs[1].span.clone()], "import");
    }

    #[test]
    fn content() {
        for (text, expected) in [
            ("{{ youtube(id=1) }} {% if x %}", vec![]),
            ("{{/* x() */}}", vec!["0.22"]),
            ("{% x() %}a{% end %}", vec!["0.22"]),
            ("{{ <x/> }}", vec!["0.23"]),
            ("{% raw %}{{ x() }}{% endraw %}", vec!["0.23"]),
            ("{{ get_url(path=\"x\") }}", vec!["0.23"]),
        ] {
            assert_eq!(found(&in_content(text)), expected, "{text}");
        }
    }
}
