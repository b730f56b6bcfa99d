//! Reads one tag of a shortcode. In: text that may begin with one. Out: the tag and where it ends, or nothing: whatever is
//! not written as a tag is words.
//!
//! | written | is |
//! |---|---|
//! | `{{ name(a=1, b="x") }}` | a call |
//! | `{% name(a=1) %}`, `{% end %}` | the beginning and the end of a call with a body |
//! | `{{/* name() */}}`, `{%/* name() */%}`, `{%/* end */%}` | the same, to be shown and not run |
//!
//! Space may stand between any two parts. Values are `true`, `false`, numbers, texts in `"`, `'` or a backtick (nothing in
//! them is special), and arrays of values in square brackets. A comma between arguments may be left out; one behind the
//! last argument makes the tag words, as in Zola.

use std::ops::Range;

use crate::model::{Json, JsonMap};

/// How deep arrays may stand in arrays; nobody writes more, and each level costs stack.
const DEEPEST_ARRAY: usize = 64;

/// A tag.
#[derive(Debug, PartialEq)]
pub(super) enum Tag {
    /// A call without a body.
    Inline(Head),
    /// Where a body begins.
    Start(Head),
    /// Where a body ends.
    End,
    /// A call to be shown.
    ShownInline,
    /// The beginning of a call to be shown.
    ShownStart,
    /// The end of one.
    ShownEnd,
}

/// What a call says.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Head {
    /// Where the name stands.
    pub(super) name: Range<usize>,
    /// The arguments, in order; the last of those with one name counts.
    pub(super) args: JsonMap,
}

/// Reads the tag that begins at a byte of the text. Gives it with the byte at which it ends.
pub(super) fn read(text: &str, at: usize) -> Option<(Tag, usize)> {
    let rest = &text[at..];
    let mut reader = Reader { text, at };
    let (shown, close) = match rest.as_bytes() {
        [b'{', b'{', b'/', b'*', ..] => (true, "*/}}"),
        [b'{', b'%', b'/', b'*', ..] => (true, "*/%}"),
        [b'{', b'{', ..] => (false, "}}"),
        [b'{', b'%', ..] => (false, "%}"),
        _ => return None,
    };
    reader.at += if shown { 4 } else { 2 };
    let inside = reader.at;
    let body = close.contains('%');
    if let Some(head) = reader.head()
        && reader.eat(close)
    {
        let tag = match (body, shown) {
            (false, false) => Tag::Inline(head),
            (false, true) => Tag::ShownInline,
            (true, false) => Tag::Start(head),
            (true, true) => Tag::ShownStart,
        };
        return Some((tag, reader.at));
    }
    reader.at = inside;
    (body && reader.eat("end") && reader.eat(close))
        .then_some((if shown { Tag::ShownEnd } else { Tag::End }, reader.at))
}

/// Text, read from left to right.
struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &[u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn skip_space(&mut self) {
        self.at += self.count(|byte| matches!(byte, b' ' | b'\t' | b'\r' | b'\n'));
    }

    /// How many bytes from here on are of a kind.
    fn count(&self, kind: impl Fn(u8) -> bool) -> usize {
        self.rest().iter().take_while(|byte| kind(**byte)).count()
    }

    /// Goes past space and these characters, if they come next.
    fn eat(&mut self, wanted: &str) -> bool {
        self.skip_space();
        let found = self.rest().starts_with(wanted.as_bytes());
        self.at += if found { wanted.len() } else { 0 };
        found
    }

    /// A name with arguments in brackets.
    fn head(&mut self) -> Option<Head> {
        let name = self.name()?;
        let mut args = JsonMap::new();
        if !self.eat("(") {
            return None;
        }
        while !self.eat(")") {
            self.argument(&mut args)?;
            while self.eat(",") {
                self.argument(&mut args)?;
            }
        }
        Some(Head { name, args })
    }

    fn argument(&mut self, args: &mut JsonMap) -> Option<()> {
        let name = self.name()?;
        let value = self.eat("=").then(|| self.value(0)).flatten()?;
        args.insert(self.text[name].to_owned(), value);
        Some(())
    }

    fn name(&mut self) -> Option<Range<usize>> {
        self.skip_space();
        if self.rest().first().is_none_or(u8::is_ascii_digit) {
            return None;
        }
        let length = self.count(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let name = self.at..self.at + length;
        self.at = name.end;
        (length > 0).then_some(name)
    }

    fn value(&mut self, depth: usize) -> Option<Json> {
        if self.eat("true") {
            return Some(Json::Bool(true));
        }
        if self.eat("false") {
            return Some(Json::Bool(false));
        }
        match self.rest().first()? {
            b'[' if depth < DEEPEST_ARRAY => self.array(depth),
            quote @ (b'"' | b'\'' | b'`') => self.quoted(*quote),
            _ => self.number(),
        }
    }

    fn array(&mut self, depth: usize) -> Option<Json> {
        let mut values = Vec::new();
        self.at += 1;
        while !self.eat("]") {
            values.push(self.value(depth + 1)?);
            if !self.eat(",") {
                return self.eat("]").then_some(Json::Array(values));
            }
        }
        Some(Json::Array(values))
    }

    fn quoted(&mut self, quote: u8) -> Option<Json> {
        let from = self.at + 1;
        let length = memchr::memchr(quote, &self.text.as_bytes()[from..])?;
        self.at = from + length + 1;
        Some(Json::String(self.text[from..from + length].to_owned()))
    }

    /// A number without needless zeros. One too large for a whole number becomes one with a fraction.
    fn number(&mut self) -> Option<Json> {
        let from = self.at;
        self.at += usize::from(self.rest().first() == Some(&b'-'));
        let digits = if self.rest().first() == Some(&b'0') { 1 } else { self.count(|b| b.is_ascii_digit()) };
        if digits == 0 {
            return None;
        }
        self.at += digits;
        if self.rest().first() == Some(&b'.') && self.rest().get(1).is_some_and(u8::is_ascii_digit) {
            self.at += 1;
            self.at += self.count(|byte| byte.is_ascii_digit());
        } else if let Ok(whole) = self.text[from..self.at].parse::<i64>() {
            return Some(whole.into());
        }
        self.text[from..self.at].parse::<f64>().ok().map(Json::from)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn words_that_are_no_tags() {
        for text in [
            "",
            "{",
            "{{",
            "{{}}",
            "{{ a }}",
            "{{ a( }}",
            "{{ a() }",
            "{{ a() %}",
            "{{ 1a() }}",
            "{{ a-b() }}",
            "{{ é() }}",
            "{{ a.b() }}",
            "{{ a(x) }}",
            "{{ a(x=) }}",
            "{{ a(x=1,) }}",
            "{{ a(,x=1) }}",
            "{{ a(x=y) }}",
            "{{ a(x=007) }}",
            "{{ a(x=.5) }}",
            "{{ a(x=1.) }}",
            "{{ a(x=+1) }}",
            "{{ a(x=-) }}",
            "{{ a(x=trueish) }}",
            "{{ a(x=\"b) }}",
            "{{ a(x=[1 2]) }}",
            "{{ a(x=[,]) }}",
            "{{ a(x=[1) }}",
            "{{- a() -}}",
            "{% a %}",
            "{% if a %}",
            "{%- end -%}",
            "{% endx %}",
            "{{/* a */}}",
            "{{/* a() }}",
            "{{ end }}",
            "{ { a() }}",
        ] {
            assert_eq!(read(text, 0), None, "{text}");
        }
        let deep = format!("{{{{ a(x={}{}) }}}}", "[".repeat(65), "]".repeat(65));
        assert_eq!(read(&deep, 0), None);
    }

    #[test]
    fn values() {
        for (text, value) in [
            ("1", json!(1)),
            ("-0", json!(0)),
            ("0.50", json!(0.5)),
            ("-12.0", json!(-12.0)),
            ("99999999999999999999", json!(1e20)),
            ("true", json!(true)),
            ("false", json!(false)),
            ("'a \"b\"\n\\n'", json!("a \"b\"\n\\n")),
            ("``", json!("")),
            ("\"{{ é }}\"", json!("{{ é }}")),
            ("[]", json!([])),
            ("[ 1,\n[true , 'x',] ]", json!([1, [true, "x"]])),
        ] {
            let tag = format!("{{{{ a(x = {text} ) }}}}");
            let Some((Tag::Inline(head), end)) = read(&tag, 0) else { panic!("{tag}") };
            assert_eq!((end, &head.args["x"]), (tag.len(), &value), "{tag}");
        }
    }

    #[test]
    fn arguments() {
        let args = |tag: &str| match read(tag, 0) {
            Some((Tag::Inline(head), _)) => Json::Object(head.args),
            other => panic!("{tag}: {other:?}"),
        };
        assert_eq!(args("{{a()}}"), json!({}));
        assert_eq!(args("{{a(x=1,\n y='b')}}"), json!({ "x": 1, "y": "b" }));
        assert_eq!(args("{{ a ( x=1 y=2 x=3 ) }}"), json!({ "x": 3, "y": 2 }));
        assert_eq!(args("{{ a(x=trueb=1) }}"), json!({ "x": true, "b": 1 }));
    }

    #[test]
    fn kinds_of_tags() {
        let kind = |text: &str| {
            let (tag, end) = read(text, 1).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(&text[end..], "!", "{text}");
            match tag {
                Tag::Inline(head) => format!("inline {}", &text[head.name]),
                Tag::Start(head) => format!("start {}", &text[head.name]),
                tag => format!("{tag:?}"),
            }
        };
        for (text, wanted) in [
            (" {{\n_a1 ( )\t}}!", "inline _a1"),
            (" {{ end() }}!", "inline end"),
            (" {% a() %}!", "start a"),
            (" {% end() %}!", "start end"),
            (" {%end%}!", "End"),
            (" {{/* a(x='*/}}') */}}!", "ShownInline"),
            (" {%/* a() */%}!", "ShownStart"),
            (" {%/* end */%}!", "ShownEnd"),
        ] {
            assert_eq!(kind(text), wanted, "{text}");
        }
    }
}
