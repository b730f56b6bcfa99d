//! Runs and links from running text. In: inlines and a paragraph. Out: the paragraph with them.

use docx_rs::{BreakType, Hyperlink, HyperlinkData, HyperlinkType, Paragraph, Run, RunFonts, VertAlignType};

use super::styles::CODE_FONT;
use crate::export::document::Inline;

/// How the text inside of other inlines looks.
#[derive(Clone, Copy, Default)]
struct Look {
    strong: bool,
    emphasis: bool,
    struck: bool,
    code: bool,
    height: Height,
}

#[derive(Clone, Copy, Default)]
enum Height {
    #[default]
    Line,
    Above,
    Below,
}

/// What knows the names of links: bookmarks for places, numbers for addresses.
pub(super) trait Links {
    /// The bookmark of a place in the document, when there is one.
    fn bookmark(&self, anchor: &str) -> Option<String>;
    /// A name for the next address.
    fn next(&mut self) -> String;
}

/// Puts running text into a paragraph.
pub(super) fn put(paragraph: Paragraph, of: &[Inline], links: &mut dyn Links) -> Paragraph {
    all(paragraph, of, Look::default(), links)
}

fn all(mut paragraph: Paragraph, of: &[Inline], look: Look, links: &mut dyn Links) -> Paragraph {
    for inline in of {
        paragraph = match inline {
            Inline::Link { to, of } => link(paragraph, to, of, look, links),
            Inline::Text { .. } | Inline::Code { .. } | Inline::Break => {
                paragraph.add_run(plain(inline, look))
            }
            Inline::Strong { of } => all(paragraph, of, Look { strong: true, ..look }, links),
            Inline::Emphasis { of } => all(paragraph, of, Look { emphasis: true, ..look }, links),
            Inline::Struck { of } => all(paragraph, of, Look { struck: true, ..look }, links),
            Inline::Raised { of } => all(paragraph, of, Look { height: Height::Above, ..look }, links),
            Inline::Lowered { of } => all(paragraph, of, Look { height: Height::Below, ..look }, links),
        };
    }
    paragraph
}

fn link(paragraph: Paragraph, to: &str, of: &[Inline], look: Look, links: &mut dyn Links) -> Paragraph {
    let mut link = match to.strip_prefix('#') {
        Some(anchor) => match links.bookmark(anchor) {
            Some(name) => Hyperlink::new(name, HyperlinkType::Anchor),
            None => return all(paragraph, of, look, links),
        },
        None => Hyperlink::new(to, HyperlinkType::External),
    };
    if let HyperlinkData::External { rid, .. } = &mut link.link {
        // The library counts links over all documents it ever wrote; the same text must give the same bytes.
        *rid = links.next();
    }
    let inner = all(Paragraph::new(), of, look, links);
    for child in inner.children {
        if let docx_rs::ParagraphChild::Run(run) = child {
            link = link.add_run(run.style("Hyperlink"));
        }
    }
    paragraph.add_hyperlink(link)
}

fn plain(inline: &Inline, look: Look) -> Run {
    let mut run = match inline {
        Inline::Text { text } => Run::new().add_text(clean(text)),
        Inline::Code { text } => {
            return dressed(Run::new().add_text(clean(text)), Look { code: true, ..look });
        }
        _ => Run::new().add_break(BreakType::TextWrapping),
    };
    run = dressed(run, look);
    run
}

fn dressed(mut run: Run, look: Look) -> Run {
    if look.strong {
        run = run.bold();
    }
    if look.emphasis {
        run = run.italic();
    }
    if look.struck {
        run = run.strike();
    }
    if look.code {
        run = run.fonts(RunFonts::new().ascii(CODE_FONT).hi_ansi(CODE_FONT).cs(CODE_FONT));
    }
    let height = match look.height {
        Height::Line => return run,
        Height::Above => VertAlignType::SuperScript,
        Height::Below => VertAlignType::SubScript,
    };
    run.run_property = run.run_property.vert_align(height);
    run
}

/// How many signs running text has.
pub(super) fn length(of: &[Inline]) -> usize {
    of.iter()
        .map(|inline| match inline {
            Inline::Text { text } | Inline::Code { text } => text.chars().count(),
            Inline::Strong { of }
            | Inline::Emphasis { of }
            | Inline::Struck { of }
            | Inline::Raised { of }
            | Inline::Lowered { of }
            | Inline::Link { of, .. } => length(of),
            Inline::Break => 0,
        })
        .sum()
}

/// Text without the signs that XML cannot hold.
pub(super) fn clean(text: &str) -> String {
    let holds =
        |sign: &char| matches!(sign, '\t' | '\n' | '\r' | '\u{20}'..='\u{fffd}' | '\u{10000}'..='\u{10ffff}');
    text.chars().filter(holds).collect()
}
