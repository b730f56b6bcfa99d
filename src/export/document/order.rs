//! What only the whole text shows. In: a document as it was read. Out: headings that leave no level out, anchors that are
//! there once, links inside the document where the place is in it.

use std::collections::BTreeSet;

use percent_encoding::percent_decode_str;

use super::{Block, Document, Form, Inline, Item};

/// Puts a document in order. Links that lead to the page at `url` itself stay inside of it where they can.
pub(super) fn put(document: &mut Document, url: &str) {
    let (mut level, mut anchors) = (1, BTreeSet::new());
    blocks(&mut document.blocks, &mut |block| {
        if let Form::Heading { level: of, .. } = &mut block.form {
            level = (*of).clamp(2, level + 1);
            *of = level;
        }
        block.anchors.retain(|anchor| anchors.insert(anchor.clone()));
        if let Form::List { items, .. } = &mut block.form {
            let once = |item: &mut Item| item.anchors.retain(|anchor| anchors.insert(anchor.clone()));
            items.iter_mut().for_each(once);
        }
    });
    blocks(&mut document.blocks, &mut |block| {
        links(&mut block.form, &mut |to| {
            let inside = to.strip_prefix(url).and_then(|rest| rest.strip_prefix('#'));
            let Some(inside) = inside else { return };
            let inside = percent_decode_str(inside).decode_utf8_lossy().into_owned();
            if anchors.contains(&inside) {
                *to = format!("#{inside}");
            }
        });
    });
}

/// Every block in reading order.
fn blocks(of: &mut [Block], visit: &mut dyn FnMut(&mut Block)) {
    for block in of {
        visit(block);
        match &mut block.form {
            Form::List { items, .. } => items.iter_mut().for_each(|item| blocks(&mut item.blocks, visit)),
            Form::Quote { blocks: inner } | Form::Note { blocks: inner } => blocks(inner, visit),
            Form::Definitions { items } => items.iter_mut().for_each(|item| blocks(&mut item.blocks, visit)),
            _ => {}
        }
    }
}

/// Every link in the text of a block itself.
fn links(form: &mut Form, visit: &mut dyn FnMut(&mut String)) {
    match form {
        Form::Heading { of, .. } | Form::Paragraph { of } => inlines(of, visit),
        Form::Table { caption, header, rows, .. } => {
            inlines(caption, visit);
            let cells = header.iter_mut().chain(rows).flatten();
            cells.for_each(|cell| inlines(&mut cell.of, visit));
        }
        Form::Figure { caption, .. } => inlines(caption, visit),
        Form::Definitions { items } => items.iter_mut().for_each(|item| inlines(&mut item.term, visit)),
        _ => {}
    }
}

fn inlines(of: &mut [Inline], visit: &mut dyn FnMut(&mut String)) {
    for inline in of {
        match inline {
            Inline::Link { to, of } => {
                visit(to);
                inlines(of, visit);
            }
            Inline::Strong { of }
            | Inline::Emphasis { of }
            | Inline::Struck { of }
            | Inline::Raised { of }
            | Inline::Lowered { of } => inlines(of, visit),
            Inline::Text { .. } | Inline::Code { .. } | Inline::Break => {}
        }
    }
}
