//! Runs the shortcodes in a text (dialect 0.22). In: the text as it was written. Out: its [`Body`], after shortcodes and
//! Markdown; or what is wrong with the calls, placed in the file.
//!
//! | file | what it does |
//! |---|---|
//! | `tag` | reads one tag |
//! | `parse` | finds the calls in a text |
//! | `woven` | keeps what is HTML already out of the hands of Markdown |
//!
//! A call of `name` runs `shortcodes/name.html`, whose output is HTML and stays as it is, or `shortcodes/name.md`, whose
//! output is Markdown like the text around it. Zola takes either when a site has both; here the first goes before.

mod parse;
mod tag;
mod woven;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use memchr::memmem;
use parse::{Call, Piece, Wrong};
pub(super) use woven::{Inserted, Part, Stretch, origin};

use super::markdown::{self, Places, Prepared};
use super::{Body, Source, faults};
use crate::base::Diagnostic;
use crate::template::{Context, Field, Lookup};

/// Renders a text.
pub(super) fn render(source: &Source<'_>, lookup: &Arc<dyn Lookup>) -> (Option<Body>, Vec<Diagnostic>) {
    let raw = source.raw;
    if ["{{", "{%"].iter().all(|open| memmem::find(raw.as_bytes(), open.as_bytes()).is_none()) {
        return markdown::render(&Prepared::as_written(raw), source, lookup);
    }
    let (pieces, wrong) = parse::parse(raw);
    let mut run = Run { source, lookup, templates: HashMap::new(), complaints: Vec::new() };
    for (wrong, span) in wrong {
        run.complaints.push(run.place(wrong.complaint(&raw[span.clone()]), &span));
    }
    if run.complaints.is_empty() {
        let outputs: Vec<_> = pieces.into_iter().map(|piece| run.piece(piece)).collect();
        if run.complaints.is_empty() {
            let (text, stretches, inserted) = weave(outputs, raw);
            let prepared = Prepared { markdown: &text, places: Places::Stretches(&stretches), inserted };
            return markdown::render(&prepared, source, lookup);
        }
    }
    (None, run.complaints)
}

/// What came of a piece of a text.
enum Output {
    /// These bytes of the text, as they are.
    Words(Range<usize>),
    /// Markdown, of the call here.
    Markdown(String, Range<usize>),
    /// HTML, of the call here.
    Html(String, Range<usize>),
}

/// Puts what came of the pieces together.
fn weave(outputs: Vec<Output>, raw: &str) -> (String, Vec<Stretch>, Inserted) {
    let own = outputs.iter().filter_map(|output| match output {
        Output::Words(words) => Some(&raw[words.clone()]),
        Output::Markdown(text, _) => Some(text.as_str()),
        Output::Html(..) => None,
    });
    let mut inserted = Inserted::into_text(own);
    let mut text = String::with_capacity(raw.len());
    let mut stretches = Vec::with_capacity(outputs.len());
    for output in outputs {
        let start = text.len();
        let (raw, same) = match output {
            Output::Words(words) => {
                text.push_str(&raw[words.clone()]);
                (words, true)
            }
            Output::Markdown(made, at) => {
                text.push_str(&made);
                (at, false)
            }
            Output::Html(made, at) => {
                text.push_str(&inserted.keep(made));
                (at, false)
            }
        };
        stretches.push(Stretch { woven: start..text.len(), raw, same });
    }
    (text, stretches, inserted)
}

/// The calls of a text, being run.
struct Run<'r> {
    source: &'r Source<'r>,
    lookup: &'r Arc<dyn Lookup>,
    /// The template of each name.
    templates: HashMap<&'r str, Option<String>>,
    complaints: Vec<Diagnostic>,
}

impl<'r> Run<'r> {
    fn piece(&mut self, piece: Piece) -> Output {
        match piece {
            Piece::Words(words) => Output::Words(words),
            Piece::Call(call) => {
                let at = call.tag.clone();
                match self.call(call) {
                    Some((output, true)) => Output::Html(output, at),
                    Some((output, false)) => Output::Markdown(output, at),
                    None => Output::Words(at),
                }
            }
        }
    }

    /// What a call gives, and whether it is HTML. Calls in its body are run first, and what they give is part of the body
    /// whatever it is. None comes with a complaint.
    fn call(&mut self, call: Call) -> Option<(String, bool)> {
        let name = &self.source.raw[call.name.clone()];
        let template = self.template(name);
        if template.is_none() {
            self.complaints.push(self.place(unknown(name), &call.name));
        }
        let body = match call.body {
            Some(pieces) => Some(self.body(pieces)?),
            None => None,
        };
        let template = template?;
        let context = self.context(call.args, body, call.nth);
        match self.lookup.render(&template, context)? {
            Ok(output) => {
                let output = if output.contains("\r\n") { output.replace("\r\n", "\n") } else { output };
                Some((output, !template.ends_with(".md")))
            }
            Err(fault) => {
                let span = call.tag.start + self.source.offset..call.tag.end + self.source.offset;
                self.complaints.extend(faults::in_call(fault, name, self.source, span, self.lookup));
                None
            }
        }
    }

    /// A body, with what its calls gave.
    fn body(&mut self, pieces: Vec<Piece>) -> Option<String> {
        let mut body = String::new();
        let mut whole = true;
        for piece in pieces {
            match piece {
                Piece::Words(words) => body.push_str(&self.source.raw[words]),
                Piece::Call(call) => match self.call(call) {
                    Some((output, _)) => body.push_str(&output),
                    None => whole = false,
                },
            }
        }
        body.truncate(body.trim_end().len());
        whole.then_some(body)
    }

    /// What a shortcode starts with. The house's own names go before arguments of the same name.
    fn context(&self, args: crate::model::JsonMap, body: Option<String>, nth: usize) -> Context {
        let given = self.source.templating.as_ref();
        let mut parts = Vec::with_capacity(2 + given.map_or(0, |context| context.parts.len()));
        parts.extend(body.map(|body| ("body", Field::Text(body.into()))));
        parts.push(("nth", Field::Int(nth as i64)));
        parts.extend(given.iter().flat_map(|context| context.parts.iter().cloned()));
        Context { args, parts }
    }

    /// The template of a shortcode.
    fn template(&mut self, name: &'r str) -> Option<String> {
        let lookup = self.lookup;
        let find = || {
            let names = [format!("shortcodes/{name}.html"), format!("shortcodes/{name}.md")];
            names.into_iter().find(|template| lookup.has_template(template))
        };
        self.templates.entry(name).or_insert_with(find).clone()
    }

    /// A complaint about these bytes of the text.
    fn place(&self, complaint: Diagnostic, span: &Range<usize>) -> Diagnostic {
        match self.source.file {
            Some(file) => complaint.at(file, span.start + self.source.offset..span.end + self.source.offset),
            None => complaint,
        }
    }
}

/// The complaint about a name that no shortcode has.
fn unknown(name: &str) -> Diagnostic {
    Diagnostic::error("shortcode/unknown", format!("There is no shortcode `{name}`."))
        .hint(format!(
            "Check how the name is spelled; a shortcode `{name}` is a file `templates/shortcodes/{name}.html` or `{name}.md` of the site or its theme."
        ))
        .hint(format!("If the braces are meant to be shown and not run, write them as `{{{{/* {name}() */}}}}`."))
}

impl Wrong {
    fn complaint(self, tag: &str) -> Diagnostic {
        match self {
            Wrong::Unclosed => Diagnostic::error(
                "shortcode/unclosed",
                format!("The shortcode `{tag}` has no end."),
            )
            .hint(if tag.starts_with("{%/*") {
                "Write `{%/* end */%}` behind what is to be shown."
            } else {
                "Write `{% end %}` behind its text. A shortcode without a text is written with two braces, as in `{{ name() }}`."
            }),
            Wrong::Stray => Diagnostic::error("shortcode/stray-end", format!("There is nothing that `{tag}` ends."))
                .hint("Take it out, or write what it belongs to before it; an end that is to be shown is written `{%/* end */%}`, behind a `{%/* name() */%}`."),
            Wrong::TooDeep => Diagnostic::error(
                "shortcode/depth",
                format!("The shortcode `{tag}` stands in too many others."),
            )
            .hint("Write `{% end %}` behind the texts of those before it."),
        }
    }
}
