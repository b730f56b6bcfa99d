//! A document as plain text. In: a document. Out: its text in reading order, a line for every block, so that what came
//! out as PDF or DOCX can be held against it.

use super::inlines::text_of;
use super::{Block, Cell, Document, Form, Words};

/// The text of a document, without what is on every page.
pub fn plain(document: &Document, words: &Words) -> String {
    let mut lines = vec![document.title.clone(), document.subtitle.clone()];
    for fact in document.table(words) {
        lines.push(format!("{} {}", fact.label, fact.values.join(" ")));
    }
    blocks(&document.blocks, &mut lines);
    for short in &document.abbreviations {
        lines.push(format!("{} {}", short.short, short.long));
    }
    lines.retain(|line| !line.trim().is_empty());
    lines.join("\n")
}

fn blocks(of: &[Block], lines: &mut Vec<String>) {
    for block in of {
        match &block.form {
            Form::Heading { of, .. } | Form::Paragraph { of } => lines.push(text_of(of)),
            Form::List { items, .. } => items.iter().for_each(|item| blocks(&item.blocks, lines)),
            Form::Table { caption, header, rows, .. } => {
                lines.push(text_of(caption));
                lines.extend(header.iter().chain(rows).map(|row| row_text(row)));
            }
            Form::Quote { blocks: inner } | Form::Note { blocks: inner } => blocks(inner, lines),
            Form::Code { text } => lines.extend(text.lines().map(str::to_owned)),
            Form::Figure { caption, .. } => lines.push(text_of(caption)),
            Form::Rule => {}
            Form::Definitions { items } => {
                for item in items {
                    lines.push(text_of(&item.term));
                    blocks(&item.blocks, lines);
                }
            }
        }
    }
}

fn row_text(row: &[Cell]) -> String {
    row.iter().map(|cell| text_of(&cell.of)).collect::<Vec<_>>().join(" ")
}
