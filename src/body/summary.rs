//! Cuts a text at `<!-- more -->`. In: the events on their way to the HTML, and how much HTML there is when the mark comes
//! by. Out: the HTML before the mark, with what was open closed again and the template `summary-cutoff.html` in between.

use std::sync::LazyLock;

use pulldown_cmark::{Event, Tag, TagEnd, html};
use regex::Regex;

use super::faults;
use super::markdown::Text;
use crate::base::Diagnostic;
use crate::template::Field;

/// What stands in the full text where the summary ends.
pub(super) const CONTINUE_READING: &str = "<span id=\"continue-reading\"></span>";

/// A reference to a footnote, of either kind: the footnotes themselves do not follow a summary.
static FOOTNOTE_REFERENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"<sup class="footnote-reference"(?: id=\s*.*?)?><a href=\s*.*?>\s*.*?</a></sup>"#).ok()
});

/// Whether a piece of raw HTML holds the mark; case and white space do not matter.
pub(super) fn is_mark(html: &str) -> bool {
    html.match_indices("<!--").any(|(at, open)| {
        let rest = html[at + open.len()..].trim_start();
        rest.get(..4).is_some_and(|word| word.eq_ignore_ascii_case("more"))
            && rest[4..].trim_start().starts_with("-->")
    })
}

/// Where a text is cut.
pub(super) struct Cut {
    /// How many bytes of HTML stand before the mark.
    at: usize,
    /// What is open there, outermost first.
    open: Vec<TagEnd>,
}

/// Follows what is open until the mark comes by.
#[derive(Default)]
pub(super) struct Follow {
    open: Vec<TagEnd>,
    cut: Option<Cut>,
}

impl Follow {
    /// An event leaves for the HTML.
    ///
    /// Links to other sites leave as raw HTML, but their end does not. Such an end without a beginning empties the list, as
    /// it does in Zola: the summary then lacks its closing tags and the cut-off, and bytes are the same.
    pub(super) fn pass(&mut self, event: &Event<'_>) {
        if self.cut.is_some() {
            return;
        }
        match event {
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            Event::Start(tag) => self.open.push(tag.to_end()),
            Event::End(tag) => {
                self.open.truncate(self.open.iter().rposition(|open| open == tag).unwrap_or(0))
            }
            _ => {}
        }
    }

    /// The mark comes by, after so many bytes of HTML. Gives whether it is the first.
    pub(super) fn mark(&mut self, written: usize) -> bool {
        if self.cut.is_some() {
            return false;
        }
        self.cut = Some(Cut { at: written, open: std::mem::take(&mut self.open) });
        true
    }

    /// Whether the mark has come by.
    pub(super) fn is_cut(&self) -> bool {
        self.cut.is_some()
    }

    /// Where to cut, if anywhere.
    pub(super) fn into_cut(self) -> Option<Cut> {
        self.cut
    }
}

/// The HTML before the mark, made whole.
pub(super) fn summary(body: &str, cut: Cut, text: &Text<'_>, complaints: &mut Vec<Diagnostic>) -> String {
    let before = &body[..cut.at];
    let mut summary = match &*FOOTNOTE_REFERENCE {
        Some(pattern) if before.contains("<sup class=\"footnote-reference\"") => {
            pattern.replace_all(before, "").into_owned()
        }
        _ => before.to_owned(),
    };
    summary.truncate(summary.trim_end().len());
    if !cut.open.is_empty() {
        let context =
            vec![("summary", Field::from(summary.as_str())), ("lang", Field::from(text.source.lang))];
        match text.lookup.render("summary-cutoff.html", context.into()) {
            Some(Ok(cutoff)) => summary.push_str(&cutoff),
            Some(Err(fault)) => {
                complaints.extend(faults::in_decoration(
                    fault,
                    "summary-cutoff.html",
                    text.source,
                    None,
                    text.lookup,
                ));
            }
            None => {}
        }
    }
    html::push_html(&mut summary, cut.open.into_iter().rev().map(Event::End));
    summary
}

#[cfg(test)]
mod tests {
    use super::is_mark;

    #[test]
    fn marks() {
        for html in
            ["<!-- more -->", "<!--more-->", "<!--\t MoRe \n-->", "<div>a <!-- x --><!-- MORE --></div>"]
        {
            assert!(is_mark(html), "{html}");
        }
        for html in [
            "",
            "<!--",
            "<!-- mor",
            "<!-- more",
            "<!-- morez -->",
            "<!- more -->",
            "<!-- no more -->",
            "<!-- moré -->",
        ] {
            assert!(!is_mark(html), "{html}");
        }
    }
}
