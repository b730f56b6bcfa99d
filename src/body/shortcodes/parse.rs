//! Finds the shortcodes in a text. In: the text as it was written. Out: its pieces in order, words and calls, and what is
//! wrong with the calls. It reads the text once, from left to right.
//!
//! A body may hold calls of its own. What is written to be shown loses the marks that say so and is words, with all that
//! stands in it.

use std::collections::HashMap;
use std::ops::Range;

use super::tag::{self, Head, Tag};
use crate::model::JsonMap;

/// How deep bodies may stand in bodies.
const DEEPEST_BODY: usize = 64;

/// A piece of a text.
#[derive(Debug, PartialEq)]
pub(super) enum Piece {
    /// These bytes, as they are.
    Words(Range<usize>),
    /// A call.
    Call(Call),
}

/// A call of a shortcode.
#[derive(Debug, PartialEq)]
pub(super) struct Call {
    /// Where the name stands.
    pub(super) name: Range<usize>,
    /// The arguments.
    pub(super) args: JsonMap,
    /// What stands between the beginning and the end, for a call that has an end.
    pub(super) body: Option<Vec<Piece>>,
    /// How many calls of this name stand up to here, this one included.
    pub(super) nth: usize,
    /// Where its tag stands, or the one it begins with.
    pub(super) tag: Range<usize>,
}

/// What is wrong with the tags of a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Wrong {
    /// A body without an end.
    Unclosed,
    /// An end without a beginning.
    Stray,
    /// Bodies in bodies beyond measure.
    TooDeep,
}

/// Finds the calls.
pub(super) fn parse(text: &str) -> (Vec<Piece>, Vec<(Wrong, Range<usize>)>) {
    let mut parser = Parser {
        text,
        pieces: Vec::new(),
        open: Vec::new(),
        words_from: 0,
        counts: HashMap::new(),
        wrong: Vec::new(),
    };
    let mut at = 0;
    while let Some(brace) = memchr::memchr(b'{', &text.as_bytes()[at..]).map(|found| at + found) {
        at = match tag::read(text, brace) {
            Some((tag, end)) => {
                parser.tag(tag, brace..end);
                end
            }
            None => brace + 1,
        };
    }
    parser.end()
}

/// A text, up to some tag.
struct Parser<'t> {
    text: &'t str,
    /// The pieces of the text, or of the body that is open.
    pieces: Vec<Piece>,
    open: Vec<Open>,
    /// Where the words begin that are no piece yet.
    words_from: usize,
    counts: HashMap<&'t str, usize>,
    wrong: Vec<(Wrong, Range<usize>)>,
}

/// A tag whose end has not come by.
struct Open {
    tag: Range<usize>,
    /// Whether it is to be shown.
    shown: bool,
    /// The call whose body it is, and the pieces before it; none for what is shown, and for all that stands in it.
    call: Option<(Call, Vec<Piece>)>,
}

impl<'t> Parser<'t> {
    /// A tag comes by.
    fn tag(&mut self, tag: Tag, span: Range<usize>) {
        let inside = self.is_shown();
        match tag {
            Tag::Inline(_) | Tag::ShownInline if inside => {}
            Tag::Inline(head) => {
                let call = self.call(head, &span);
                self.words_until(span.start);
                self.words_from = span.end;
                self.pieces.push(Piece::Call(call));
            }
            Tag::ShownInline => self.unmark(&span),
            Tag::Start(_) | Tag::ShownStart if self.open.len() == DEEPEST_BODY => {
                self.wrong.push((Wrong::TooDeep, span));
            }
            Tag::Start(head) => {
                let call = (!inside).then(|| {
                    let call = self.call(head, &span);
                    self.words_until(span.start);
                    self.words_from = span.end;
                    (call, std::mem::take(&mut self.pieces))
                });
                self.open.push(Open { tag: span, shown: false, call });
            }
            Tag::ShownStart => {
                if !inside {
                    self.unmark(&span);
                }
                self.open.push(Open { tag: span, shown: true, call: None });
            }
            Tag::End => match self.open.pop_if(|open| !open.shown) {
                Some(Open { call: Some((call, before)), .. }) => self.close(call, before, &span),
                Some(_) => {}
                None => self.wrong.push((Wrong::Stray, span)),
            },
            Tag::ShownEnd => match self.open.pop_if(|open| open.shown) {
                Some(_) if !self.is_shown() => self.unmark(&span),
                Some(_) => {}
                None => self.wrong.push((Wrong::Stray, span)),
            },
        }
    }

    /// Whether what comes by stands in something to be shown.
    fn is_shown(&self) -> bool {
        self.open.iter().any(|open| open.shown)
    }

    /// A call, counted.
    fn call(&mut self, head: Head, tag: &Range<usize>) -> Call {
        let count = self.counts.entry(&self.text[head.name.clone()]).or_insert(0);
        *count += 1;
        Call { name: head.name, args: head.args, body: None, nth: *count, tag: tag.clone() }
    }

    /// The words up to here are a piece.
    fn words_until(&mut self, end: usize) {
        if self.words_from < end {
            self.pieces.push(Piece::Words(self.words_from..end));
        }
    }

    /// Takes the stroke and star at both ends out of a tag.
    fn unmark(&mut self, tag: &Range<usize>) {
        self.words_until(tag.start + 2);
        self.words_from = tag.start + 4;
        self.words_until(tag.end - 4);
        self.words_from = tag.end - 2;
    }

    /// A body ends.
    fn close(&mut self, mut call: Call, before: Vec<Piece>, end: &Range<usize>) {
        self.words_until(end.start);
        self.words_from = end.end;
        let body = std::mem::replace(&mut self.pieces, before);
        call.body = Some(trimmed(body, self.text));
        self.pieces.push(Piece::Call(call));
    }

    fn end(mut self) -> (Vec<Piece>, Vec<(Wrong, Range<usize>)>) {
        self.words_until(self.text.len());
        self.wrong.extend(self.open.into_iter().map(|open| (Wrong::Unclosed, open.tag)));
        (self.pieces, self.wrong)
    }
}

/// A body without the space around it.
fn trimmed(mut body: Vec<Piece>, text: &str) -> Vec<Piece> {
    if let Some(Piece::Words(first)) = body.first_mut() {
        first.start = first.end - text[first.clone()].trim_start().len();
    }
    if let Some(Piece::Words(last)) = body.last_mut() {
        last.end = last.start + text[last.clone()].trim_end().len();
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pieces, each call as `<NAME NTH>` or `<NAME NTH: BODY>`.
    fn drawn(pieces: &[Piece], text: &str) -> String {
        let draw = |piece: &Piece| match piece {
            Piece::Words(words) => text[words.clone()].to_owned(),
            Piece::Call(call) => {
                let head = format!("{} {}", &text[call.name.clone()], call.nth);
                match &call.body {
                    Some(body) => format!("<{head}: {}>", drawn(body, text)),
                    None => format!("<{head}>"),
                }
            }
        };
        pieces.iter().map(draw).collect()
    }

    fn parsed(text: &str) -> String {
        let (pieces, wrong) = parse(text);
        assert_eq!(wrong, [], "{text}");
        drawn(&pieces, text)
    }

    #[test]
    fn what_is_wrong_is_told_all_at_once() {
        let faults = |text: &str| -> Vec<(Wrong, String)> {
            parse(text).1.into_iter().map(|(wrong, span)| (wrong, text[span].to_owned())).collect()
        };
        let wrong = |kind, tag: &str| (kind, tag.to_owned());
        assert_eq!(faults("{% a() %} b"), [wrong(Wrong::Unclosed, "{% a() %}")]);
        assert_eq!(
            faults("{% end %} {% a() %} {% b() %}x{% end %} {%/* end */%}"),
            [
                wrong(Wrong::Stray, "{% end %}"),
                wrong(Wrong::Stray, "{%/* end */%}"),
                wrong(Wrong::Unclosed, "{% a() %}"),
            ]
        );
        assert_eq!(
            faults("{%/* a() */%} {% end %} {% b() %}"),
            [
                wrong(Wrong::Stray, "{% end %}"),
                wrong(Wrong::Unclosed, "{%/* a() */%}"),
                wrong(Wrong::Unclosed, "{% b() %}"),
            ]
        );
        let deep = "{% a() %}".repeat(DEEPEST_BODY + 1) + &"{% end %}".repeat(DEEPEST_BODY);
        assert_eq!(faults(&deep), [wrong(Wrong::TooDeep, "{% a() %}")]);
    }

    #[test]
    fn words_stay_words() {
        for text in ["", "é", "{{ a }} {% if b %} {", "{{ a(", "{% endfor %}", "{{{{", "{{/* a */}}"] {
            assert_eq!(parsed(text), text);
        }
    }

    #[test]
    fn calls_are_found_and_counted() {
        assert_eq!(parsed("{{{ a() }}} é {{b()}}{{ a(x='{{ b() }}') }}"), "{<a 1>} é <b 1><a 2>");
        assert_eq!(
            parsed(
                "x {% a() %}
 y {% a() %}{{ a() }}  {% end %}z 
{% end %}
{{ a() }}"
            ),
            "x <a 1: y <a 2: <a 3>>z>
<a 4>"
        );
        assert_eq!(
            parsed(
                "{% a() %}{% end %}{% a() %} 
 {% end %}"
            ),
            "<a 1: ><a 2: >"
        );
    }

    #[test]
    fn what_is_to_be_shown_is_words() {
        assert_eq!(parsed("{{/* a() */}} {{ a() }}"), "{{ a() }} <a 1>");
        assert_eq!(
            parsed(
                "{%/* a() */%} {{ a() }} {{/* a() */}} {% b() %}c{% end %}{%/* d() */%} {%/* end */%} {%/* end */%} {{ a() }}"
            ),
            "{% a() %} {{ a() }} {{/* a() */}} {% b() %}c{% end %}{%/* d() */%} {%/* end */%} {% end %} <a 1>"
        );
        assert_eq!(parsed("{% a() %} {%/* b() */%}{%/* end */%} {% end %}"), "<a 1: {% b() %}{% end %}>");
    }
}
