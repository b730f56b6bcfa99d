//! YAML with the place of everything in it. In: a block of YAML. Out: a [`Table`], or none when it is no list of keys. What
//! a word without quotes means follows YAML's core rules, plus dates.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, Span};

use super::dates;
use super::placed::{Entry, Is, Table, Value};

/// The table a block holds, with places that begin at `offset`.
pub(super) fn table(text: &str, offset: usize) -> Option<Table> {
    let mut reader = Reader {
        parser: Parser::new_from_str(text),
        bytes: text.char_indices().map(|(at, _)| at + offset).chain([text.len() + offset]).collect(),
        text,
        offset,
        anchors: HashMap::new(),
    };
    loop {
        match reader.next()? {
            (Event::StreamStart | Event::DocumentStart(_), _) => {}
            (Event::MappingStart(..), span) => {
                let Is::Table(table) = reader.mapping(&span)?.is else { return None };
                // What follows must be read too, to know that it is YAML to its end.
                while !matches!(reader.next()?.0, Event::StreamEnd) {}
                return Some(table);
            }
            (Event::StreamEnd, _) => return Some(Table::default()),
            (Event::Scalar(text, ..), _) if text.is_empty() => {}
            (Event::DocumentEnd, _) => {}
            _ => return None,
        }
    }
}

struct Reader<'a> {
    parser: Parser<'a, saphyr_parser::StrInput<'a>>,
    /// The byte at which each character stands, and the end.
    bytes: Vec<usize>,
    text: &'a str,
    offset: usize,
    anchors: HashMap<usize, Value>,
}

impl<'a> Reader<'a> {
    fn next(&mut self) -> Option<(Event<'a>, Span)> {
        self.parser.next_event()?.ok()
    }

    fn byte(&self, index: usize) -> usize {
        self.bytes.get(index).or(self.bytes.last()).copied().unwrap_or(self.offset)
    }

    fn value(&mut self, event: Event<'a>, span: &Span) -> Option<Value> {
        let (value, anchor) = match event {
            Event::Scalar(text, style, anchor, _) => {
                let at = self.byte(span.start.index())..self.byte(span.end.index());
                let is = if style == ScalarStyle::Plain { plain(&text) } else { Is::Text(text.into_owned()) };
                (Value { at, is }, anchor)
            }
            Event::SequenceStart(anchor, _) => (self.sequence(span)?, anchor),
            Event::MappingStart(anchor, _) => (self.mapping(span)?, anchor),
            Event::Alias(anchor) => (self.anchors.get(&anchor)?.clone(), 0),
            _ => return None,
        };
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        Some(value)
    }

    fn sequence(&mut self, start: &Span) -> Option<Value> {
        let mut items = Vec::new();
        loop {
            let (event, span) = self.next()?;
            if matches!(event, Event::SequenceEnd) {
                return Some(Value { at: self.range(start, &span), is: Is::List(items) });
            }
            items.push(self.value(event, &span)?);
        }
    }

    fn mapping(&mut self, start: &Span) -> Option<Value> {
        let mut entries = Vec::new();
        loop {
            let (event, span) = self.next()?;
            let key = match event {
                Event::MappingEnd => {
                    return Some(Value { at: self.range(start, &span), is: Is::Table(Table { entries }) });
                }
                Event::Scalar(key, ..) => key.into_owned(),
                _ => return None,
            };
            let at = self.byte(span.start.index())..self.byte(span.end.index());
            let (event, span) = self.next()?;
            let value = self.value(event, &span)?;
            entries.push(Entry { key, at, value });
        }
    }

    /// From one place to another, without the blanks at its end.
    fn range(&self, start: &Span, end: &Span) -> std::ops::Range<usize> {
        let (start, end) = (self.byte(start.start.index()), self.byte(end.end.index()));
        let inside = &self.text[start - self.offset..end.max(start) - self.offset];
        start..start + inside.trim_end().len()
    }
}

/// What a word without quotes means.
fn plain(text: &str) -> Is {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Is::Nothing,
        "true" | "True" | "TRUE" => Is::Bool(true),
        "false" | "False" | "FALSE" => Is::Bool(false),
        _ => {
            let begins = text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c));
            let integer = text.parse().ok().map(Is::Integer);
            let number = || text.parse().ok().map(Is::Number);
            let date = || {
                text.get(4..5)
                    .filter(|dash| *dash == "-")
                    .and_then(|_| dates::from_text(text))
                    .map(|date| Is::Date(date.text))
            };
            match integer.filter(|_| begins).or_else(|| if begins { date().or_else(number) } else { None }) {
                Some(is) => is,
                None => Is::Text(text.to_owned()),
            }
        }
    }
}
