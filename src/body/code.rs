//! Colours code. In: a block of code with what its fence says. Out: its HTML. Also the style sheets that go with colours
//! by class.
//!
//! Without `[markdown.highlighting]`, and when the site is only checked, code stays plain and no grammar is loaded.

use std::ops::Range;
use std::sync::Arc;

use giallo::{PLAIN_GRAMMAR_NAME, ParsedFence, ThemeVariant, parse_markdown_fence};
use pulldown_cmark::CodeBlockKind;
use pulldown_cmark_escape::escape_html;

use super::grammars::{self, Loaded};
use super::markdown::Text;
use super::registry::Registry;
use crate::base::Diagnostic;
use crate::model::config::{HighlightStyle, Highlighting, Mode};
use crate::template::Lookup;

/// The furthest line number that lines are counted from; beyond it the counting itself would overflow.
const FURTHEST_LINE: isize = 1_000_000_000;

/// The style sheets of a site whose code is coloured by class: one, or a light and a dark one. None for other sites.
pub fn style_sheets(lookup: &Arc<dyn Lookup>) -> Result<Vec<(&'static str, String)>, Diagnostic> {
    let config = lookup.config();
    let Some(highlighting) =
        config.markdown.highlighting.as_ref().filter(|h| h.style == HighlightStyle::Class)
    else {
        return Ok(Vec::new());
    };
    let loaded = grammars::load(highlighting, lookup);
    let first = |list: Vec<Diagnostic>| list.into_iter().next().unwrap_or_else(|| failed("no reason given"));
    let registry = loaded.registry().map_err(|complaints| first(complaints.to_vec()))?;
    let themes = grammars::themes(registry, highlighting, lookup).map_err(first)?;
    registry.sheets(themes).map_err(|error| failed(&error))
}

/// The complaint about a failure that no file is to blame for.
fn failed(why: &str) -> Diagnostic {
    Diagnostic::error("code/style", format!("The style sheet for code could not be made: {why}."))
}

/// A block of code whose end has not come by.
pub(super) struct CodeBlock {
    fence: ParsedFence,
    /// The code so far.
    pub(super) content: String,
    /// Where it stands in the Markdown.
    range: Range<usize>,
}

impl CodeBlock {
    /// A block begins.
    pub(super) fn new(kind: &CodeBlockKind<'_>, range: Range<usize>) -> Self {
        let mut fence = match kind {
            CodeBlockKind::Fenced(info) => parse_markdown_fence(info),
            CodeBlockKind::Indented => ParsedFence::default(),
        };
        let start = &mut fence.options.line_number_start;
        *start = (*start).clamp(-FURTHEST_LINE, FURTHEST_LINE);
        CodeBlock { fence, content: String::new(), range }
    }

    /// The block has ended: its HTML.
    pub(super) fn html(self, text: &Text<'_>, complaints: &mut Vec<Diagnostic>) -> String {
        match text.config.markdown.highlighting.as_ref() {
            Some(highlighting) if text.config.mode != Mode::Check => {
                self.coloured(highlighting, text, complaints)
            }
            _ => self.plain(),
        }
    }

    /// Plain code.
    fn plain(&self) -> String {
        let mut html = String::with_capacity(self.content.len() + 64);
        html.push_str("<pre><code");
        // Writing to a string does not fail.
        if self.fence.lang != PLAIN_GRAMMAR_NAME {
            html.push_str(" data-lang=\"");
            let _ = escape_html(&mut html, &self.fence.lang);
            html.push('"');
        }
        html.push('>');
        let _ = escape_html(&mut html, &self.content);
        html.push_str("</code></pre>\n");
        html
    }

    /// Code in colours; plain where that fails.
    fn coloured(
        self,
        highlighting: &Highlighting,
        text: &Text<'_>,
        complaints: &mut Vec<Diagnostic>,
    ) -> String {
        let loaded = text.grammars.get_or_init(|| grammars::load(highlighting, text.lookup));
        let Some((registry, themes)) = usable(loaded, highlighting, text, complaints) else {
            return self.plain();
        };
        if !registry.has_grammar(&self.fence.lang) {
            complaints.push(self.unknown_language(highlighting, text));
            if highlighting.error_on_missing_language {
                return self.plain();
            }
        }
        match registry.coloured(&self.content, &self.fence, themes, highlighting) {
            Ok(html) => html,
            Err(error) => {
                let complaint =
                    Diagnostic::error("code/grammar", format!("This code could not be coloured: {error}."));
                complaints.push(text.place(complaint, Some(self.first_line(text))).hint(
                    "Take the language out of the fence, or mend the grammar if it is one of the site's own.",
                ));
                self.plain()
            }
        }
    }

    /// The complaint about a language without a grammar.
    fn unknown_language(&self, highlighting: &Highlighting, text: &Text<'_>) -> Diagnostic {
        let message = match self.fence.lang.as_str() {
            "" => "The fence of this code says no language before its options.".to_owned(),
            lang => format!("There are no colours for code in `{lang}`."),
        };
        let complaint = if highlighting.error_on_missing_language {
            Diagnostic::error("code/language", message)
        } else {
            Diagnostic::warning("code/language", message)
        };
        text.place(complaint, Some(self.first_line(text))).hint(
            "Check how the language is spelled, write `plain` for text that is no code, or add a grammar to `extra_grammars` in zola.toml.",
        )
    }

    /// The line of the fence.
    fn first_line(&self, text: &Text<'_>) -> Range<usize> {
        let block = text.markdown.get(self.range.clone()).unwrap_or("");
        self.range.start..self.range.start + block.split(['\n', '\r']).next().map_or(0, str::len)
    }
}

/// The grammars and themes, unless they cannot be used; that is said once per text.
fn usable<'a>(
    loaded: &'a Loaded,
    highlighting: &'a Highlighting,
    text: &Text<'_>,
    complaints: &mut Vec<Diagnostic>,
) -> Option<(&'a Registry, ThemeVariant<&'a str>)> {
    let found = loaded.registry().map_err(<[_]>::to_vec).and_then(|registry| {
        grammars::themes(registry, highlighting, text.lookup).map(|themes| (registry, themes))
    });
    match found {
        Ok(found) => Some(found),
        Err(list) => {
            for complaint in list {
                if !complaints.contains(&complaint) {
                    complaints.push(complaint);
                }
            }
            None
        }
    }
}
