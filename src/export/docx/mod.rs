//! Word documents, for who wants to adapt a text. In: a document. Out: bytes of a DOCX with real styles for headings, lists
//! and tables, the same every time.
//!
//! | file | what it answers |
//! |---|---|
//! | [`blocks`] | paragraphs and tables from blocks |
//! | [`runs`] | runs and links from running text |
//! | [`styles`] | how it looks, and how lists are numbered |
//! | [`parts`] | what the library does not write: properties, language, rows that are headers, descriptions of pictures |

mod blocks;
mod parts;
mod runs;
mod styles;

use std::io::Cursor;

use docx_rs::{Docx, Footer, Header, NumPages, PageMargin, PageNum, Run, Tab, TabValueType};

use super::document::{Block, Document, Form, Inline, Paper, Words};
use super::package;
use blocks::{Piece, Writer};

/// Writes a document; a sentence when that cannot be done.
pub fn write(document: &Document, words: &Words) -> Result<Vec<u8>, String> {
    let mut writer = Writer::new(document, words);
    front(&mut writer, document, words);
    writer.blocks(&document.blocks);
    back(&mut writer, document, words);
    let alts = std::mem::take(&mut writer.alts);
    let docx = assemble(writer, document, words);
    let mut bytes = Cursor::new(Vec::new());
    docx.pack(&mut bytes).map_err(|fault| format!("The Word document cannot be made: {fault}."))?;
    let mut files = package::unpack(bytes.get_ref())?;
    parts::complete(&mut files, document, &alts);
    // The order and the moments are those of every ZIP of the house.
    package::pack(files)
}

/// Title, subtitle and facts.
fn front(writer: &mut Writer<'_>, document: &Document, words: &Words) {
    writer.styled("Title", &[Inline::text(document.title.clone())]);
    if !document.subtitle.is_empty() {
        writer.styled("Subtitle", &[Inline::text(document.subtitle.clone())]);
    }
    let facts = document.table(words);
    if !facts.is_empty() {
        writer.facts(&facts);
    }
}

/// What the abbreviations mean.
fn back(writer: &mut Writer<'_>, document: &Document, words: &Words) {
    let block = |form: Form| Block { anchors: Vec::new(), form };
    if !document.abbreviations.is_empty() {
        let of = vec![Inline::text(words.abbreviations.clone())];
        writer.blocks(&[block(Form::Heading { level: 2, of })]);
        for known in &document.abbreviations {
            let short = Inline::Strong { of: vec![Inline::text(known.short.clone())] };
            writer.styled("Normal", &[short, Inline::text(format!(" {}", known.long))]);
        }
    }
}

fn assemble(mut writer: Writer<'_>, document: &Document, words: &Words) -> Docx {
    let (width, height) = match document.paper {
        Paper::A4 => (11_906, 16_838),
        Paper::A3 => (16_838, 23_811),
    };
    let margin =
        PageMargin { top: 1500, left: 1420, bottom: 1500, right: 1420, header: 700, footer: 700, gutter: 0 };
    let header = writer.paragraph("Header").add_run(Run::new().add_text(runs::clean(&document.platform)));
    let edition: Vec<String> = [
        (!document.version.is_empty()).then(|| format!("{} {}", words.version, document.version)),
        document.date.map(|date| words.date(date)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let footer = writer
        .paragraph("Footer")
        .add_tab(Tab::new().val(TabValueType::Right).pos(width as usize - 2 * 1420))
        .add_run(Run::new().add_text(runs::clean(&edition.join(" · "))).add_tab())
        .add_run(Run::new().add_text(format!("{} ", words.page)))
        .add_page_num(PageNum::new())
        .add_run(Run::new().add_text(format!(" {} ", words.of)))
        .add_num_pages(NumPages::new());
    let mut docx = styles::all(Docx::new())
        .page_size(width, height)
        .page_margin(margin)
        .header(Header::new().add_paragraph(header))
        .footer(Footer::new().add_paragraph(footer));
    for numbering in writer.numberings {
        docx = docx.add_numbering(numbering);
    }
    for piece in writer.pieces {
        docx = match piece {
            Piece::Paragraph(paragraph) => docx.add_paragraph(*paragraph),
            Piece::Table(table) => docx.add_table(*table),
        };
    }
    docx
}

#[cfg(test)]
mod tests;
