//! Runs the templates in a text (dialect 0.23). In: the text as it was written. Out: its [`Body`], after templates and
//! Markdown; or what is wrong with the templates, placed in the file.
//!
//! `{#id}` at the end of a heading opens a comment in the template language. Its brace is therefore exchanged, while the
//! templates run, for one character that no text holds. As it is one character for one, lines and columns stay as they are.

use std::borrow::Cow;
use std::sync::{Arc, LazyLock};

use memchr::memmem;
use regex::Regex;

use super::markdown::{self, Prepared};
use super::{Body, Source, faults};
use crate::base::Diagnostic;
use crate::template::Lookup;

/// The end of a heading that gives its id: the heading up to the brace, and the rest of the line.
static HEADING_ID: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m)^( {0,3}#{1,6} .*?)\{(#[^\s{}#](?:[^{}\n]*[^#{}\n])?\}[^\n]*)$").ok());

/// Renders a text.
pub(super) fn render(source: &Source<'_>, lookup: &Arc<dyn Lookup>) -> (Option<Body>, Vec<Diagnostic>) {
    let Some(context) = source.templating.as_ref().filter(|_| has_templates(source.raw)) else {
        return markdown::render(&Prepared::as_written(source.raw), source, lookup);
    };
    let (text, brace) = protect_heading_ids(source.raw);
    match lookup.render_inline(&text, context.clone()) {
        Ok(rendered) => match brace {
            Some(brace) => markdown::render(&prepared(&rendered.replace(brace, "{"), source), source, lookup),
            None => markdown::render(&prepared(&rendered, source), source, lookup),
        },
        Err(fault) => (None, faults::in_text(fault, source, lookup)),
    }
}

/// What templates made of a text. Where they changed nothing, places are still known.
fn prepared<'m>(rendered: &'m str, source: &Source<'_>) -> Prepared<'m> {
    if rendered == source.raw { Prepared::as_written(rendered) } else { Prepared::of_templates(rendered) }
}

/// Whether there is anything to run: something that opens a template, with what closes it somewhere behind.
fn has_templates(text: &str) -> bool {
    let bytes = text.as_bytes();
    [("{{", "}}"), ("{%", "%}"), ("{#", "#}")].iter().any(|(open, close)| {
        memmem::find(bytes, open.as_bytes())
            .is_some_and(|at| memmem::find(&bytes[at + open.len()..], close.as_bytes()).is_some())
    })
}

/// Hides the braces of heading ids behind the character that is given back with the text, if there are any.
fn protect_heading_ids(text: &str) -> (Cow<'_, str>, Option<char>) {
    let Some(pattern) = HEADING_ID.as_ref().filter(|_| text.contains("{#")) else {
        return (Cow::Borrowed(text), None);
    };
    // These code points are promised never to be characters; the first that this text does without will do.
    let Some(stand_in) = ('\u{FDD0}'..='\u{FDEF}').find(|c| !text.contains(*c)) else {
        return (Cow::Borrowed(text), None);
    };
    match pattern.replace_all(text, format!("${{1}}{stand_in}${{2}}").as_str()) {
        Cow::Borrowed(_) => (Cow::Borrowed(text), None),
        protected => (protected, Some(stand_in)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_run() {
        for text in ["{{ a }}", "x {% if a %}", "{# weg #}", "{{ {% }}", "{% }} {{ a %}"] {
            assert!(has_templates(text), "{text}");
        }
        for text in ["", "{", "{{ a", "}} {{", "# a {#id}", "{% }}", "{ { a } }", "%} {%"] {
            assert!(!has_templates(text), "{text}");
        }
    }

    #[test]
    fn ids_are_hidden_and_comments_are_not() {
        let hidden = |text: &str| {
            let (protected, brace) = protect_heading_ids(text);
            assert_eq!(brace.map_or(protected.to_string(), |brace| protected.replace(brace, "{")), text);
            brace.map(|brace| protected.find(brace).unwrap())
        };
        for (text, at) in [
            ("# a {#id}", Some(4)),
            ("   ###### a {#id .c}", Some(12)),
            ("# a {#a #b}", Some(4)),
            ("# a {#id}{#comment#}", Some(4)),
            ("# a {#comment#} {#id}", Some(16)),
            ("tekst\n\n## b {#c} rest\nmeer", Some(12)),
            ("    # a {#id}", None),
            ("####### a {#id}", None),
            ("# a {# id #}", None),
            ("# a {#id#}", None),
            ("# a { #id }", None),
            ("a {#id}", None),
        ] {
            assert_eq!(hidden(text), at, "{text}");
        }
    }

    #[test]
    fn a_text_with_the_stand_in_takes_another() {
        assert_eq!(protect_heading_ids("# \u{FDD0} {#a}").1, Some('\u{FDD1}'));
    }
}
