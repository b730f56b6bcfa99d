//! Reads the text of a page of 0.22. In: the text behind the front matter. Out: its calls of shortcodes, nested as they
//! are, and what was kept from being one; or the place at which Zola 0.22 would stop.
//!
//! What looks like a call and is none by the rules of 0.22 is text, as it was there.

use std::collections::BTreeMap;

use super::expr::{self, Expr, Span, Unreadable};
use super::types::{self, Type};

/// Something in a text that is not text.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    /// Its bytes.
    pub span: Span,
    /// What it is.
    pub what: What,
}

/// What a piece is.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// `{{ name(…) }}`.
    Inline(Call),
    /// `{% name(…) %}…{% end %}`: the call, its tag, what is in the body, the tag at the end.
    Block(Call, Span, Vec<Piece>, Span),
    /// `{{/* … */}}` and the like: the bytes of what it stands for, in order.
    Kept(Vec<Span>),
}

/// A call of a shortcode.
#[derive(Clone, Debug)]
pub(super) struct Call {
    /// Its name.
    pub name: String,
    /// Its arguments; literals.
    pub args: Vec<(String, Expr)>,
}

/// How a shortcode is called somewhere.
#[derive(Clone, Debug)]
pub(super) struct Use {
    /// The shortcode.
    pub name: String,
    /// What it is handed.
    pub args: BTreeMap<String, Type>,
}

/// Reads a text.
pub(super) fn read(text: &str) -> Result<Vec<Piece>, Unreadable> {
    let mut reader = Reader { text, at: 0 };
    let (pieces, end) = reader.pieces(false)?;
    match end {
        None => Ok(pieces),
        Some(end) => {
            Err(Unreadable { at: end.start, why: "`{% end %}` ends nothing that is open here".to_owned() })
        }
    }
}

/// Every call among pieces and inside them.
pub(super) fn uses(pieces: &[Piece]) -> Vec<Use> {
    let mut found = Vec::new();
    for piece in pieces {
        let (call, inner): (&Call, &[Piece]) = match &piece.what {
            What::Inline(call) => (call, &[]),
            What::Block(call, _, inner, _) => (call, inner),
            What::Kept(_) => continue,
        };
        let args = call.args.iter().map(|(name, value)| (name.clone(), types::type_of(value))).collect();
        found.push(Use { name: call.name.clone(), args });
        found.extend(uses(inner));
    }
    found
}

/// What stands before a piece in its line.
pub(super) fn before<'t>(text: &'t str, span: &Span) -> &'t str {
    let start = text[..span.start].rfind('\n').map_or(0, |at| at + 1);
    &text[start..span.start]
}

/// What stands behind a piece in its line.
pub(super) fn after<'t>(text: &'t str, span: &Span) -> &'t str {
    let rest = &text[span.end..];
    &rest[..rest.find('\n').unwrap_or(rest.len())]
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    /// Pieces up to `{% end %}`, whose bytes are answered too, or up to the end of the text.
    fn pieces(&mut self, inside: bool) -> Result<(Vec<Piece>, Option<Span>), Unreadable> {
        let mut pieces = Vec::new();
        while let Some(next) = next_sign(&self.text[self.at..]) {
            self.at += next;
            let start = self.at;
            if let Some(end) = self.end_tag("{%", "%}") {
                if inside {
                    self.at = end;
                }
                return Ok((pieces, Some(start..end)));
            }
            if let Some((call, end)) = self.call("{{", "}}") {
                self.at = end;
                pieces.push(Piece { span: start..end, what: What::Inline(call) });
            } else if let Some((_, end)) = self.call("{{/*", "*/}}") {
                self.at = end;
                let kept = vec![start..start + 2, start + 4..end - 4, end - 2..end];
                pieces.push(Piece { span: start..end, what: What::Kept(kept) });
            } else if let Some((_, open)) = self.call("{%/*", "*/%}") {
                pieces.push(self.kept_block(start, open)?);
            } else if let Some((call, open)) = self.call("{%", "%}") {
                self.at = open;
                let (inner, end) = self.pieces(true)?;
                let Some(end) = end else {
                    let why = format!("`{}` begins here and has no `{{% end %}}`", call.name);
                    return Err(Unreadable { at: start, why });
                };
                pieces.push(Piece { span: start..end.end, what: What::Block(call, start..open, inner, end) });
            } else {
                self.at += 2;
            }
        }
        Ok((pieces, None))
    }

    fn kept_block(&mut self, start: usize, open: usize) -> Result<Piece, Unreadable> {
        let mut at = open;
        while let Some(next) = self.text[at..].find("{%/*") {
            self.at = at + next;
            if let Some(end) = self.end_tag("{%/*", "*/%}") {
                let close = self.at;
                self.at = end;
                let kept = vec![
                    start..start + 2,
                    start + 4..open - 4,
                    open - 2..close + 2,
                    close + 4..end - 4,
                    end - 2..end,
                ];
                return Ok(Piece { span: start..end, what: What::Kept(kept) });
            }
            at = self.at + 4;
        }
        Err(Unreadable { at: start, why: "what begins here has no `{%/* end */%}`".to_owned() })
    }

    /// The byte behind `{% end %}` when it stands here.
    fn end_tag(&self, open: &str, close: &str) -> Option<usize> {
        let inner = self.text[self.at..].strip_prefix(open)?;
        let rest = inner.trim_start().strip_prefix("end")?.trim_start().strip_prefix(close)?;
        Some(self.text.len() - rest.len())
    }

    /// The call that stands here between two signs, and the byte behind it.
    fn call(&self, open: &str, close: &str) -> Option<(Call, usize)> {
        let inner = self.text[self.at..].strip_prefix(open)?;
        let start = self.text.len() - inner.len();
        let at = start + inner.len() - inner.trim_start_matches([' ', '\t', '\r', '\n']).len();
        let length = expr::word_length(&self.text[at..]);
        if length == 0 || !self.text[at + length..].trim_start().starts_with('(') {
            return None;
        }
        let open = at + length + self.text[at + length..].find('(')? + 1;
        let (args, end) = self.args(open)?;
        let rest = self.text[end..].trim_start().strip_prefix(close)?;
        let name = self.text[at..at + length].to_owned();
        Some((Call { name, args }, self.text.len() - rest.len()))
    }

    /// Arguments, and the byte behind the closing bracket. 0.22 needs no commas, and takes none at the end.
    fn args(&self, open: usize) -> Option<(Vec<(String, Expr)>, usize)> {
        let skip =
            |at: usize| self.text.len() - self.text[at..].trim_start_matches([' ', '\t', '\r', '\n']).len();
        let mut args: Vec<(String, Expr)> = Vec::new();
        let mut at = skip(open);
        let mut comma = false;
        loop {
            if self.text[at..].starts_with(')') {
                return (!comma).then_some((args, at + 1));
            }
            let length = expr::word_length(&self.text[at..]);
            let name = self.text[at..at + length].to_owned();
            at = skip(at + length);
            if length == 0 || !self.text[at..].starts_with('=') {
                return None;
            }
            let (value, end) = expr::read_literal(self.text, skip(at + 1))?;
            // The last of two with one name is meant.
            args.retain(|(other, _)| *other != name);
            args.push((name, value));
            at = skip(end);
            comma = self.text[at..].starts_with(',');
            at = skip(at + usize::from(comma));
        }
    }
}

/// Where the next `{{` or `{%` is.
fn next_sign(text: &str) -> Option<usize> {
    text.as_bytes().windows(2).position(|two| two == b"{{" || two == b"{%")
}
