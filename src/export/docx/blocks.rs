//! Paragraphs and tables from blocks. In: blocks. Out: the pieces of a Word document in their order, with the numberings
//! its lists need and what its pictures show.

use std::collections::BTreeMap;

use docx_rs::{
    IndentLevel, LevelOverride, Numbering, NumberingId, Paragraph, ParagraphBorder, ParagraphBorderPosition,
    ParagraphBorders, Pic, Run, Shading, SpecialIndentType, Table, TableBorder, TableBorderPosition,
    TableCell, TableCellMargins, TableRow, WidthType,
};
use image::ImageFormat;

use super::runs::{self, Links};
use super::styles::{BULLETS, DEEPEST, NUMBERS, STEP};
use crate::export::document::{Block, Cell, Document, Fact, Form, Inline, Item, Paper, Words};

/// A piece of a Word document.
pub(super) enum Piece {
    /// A paragraph.
    Paragraph(Box<Paragraph>),
    /// A table.
    Table(Box<Table>),
}

/// A Word document while it is written.
pub(super) struct Writer<'a> {
    document: &'a Document,
    words: &'a Words,
    /// What is written.
    pub(super) pieces: Vec<Piece>,
    /// The lists with numbers.
    pub(super) numberings: Vec<Numbering>,
    /// What the pictures show, in their order.
    pub(super) alts: Vec<String>,
    names: Names,
    paragraphs: usize,
    indent: i32,
    depth: usize,
}

/// Names of links.
#[derive(Default)]
struct Names {
    bookmarks: BTreeMap<String, usize>,
    links: usize,
}

impl Links for Names {
    fn bookmark(&self, anchor: &str) -> Option<String> {
        self.bookmarks.get(anchor).map(|number| format!("place{number}"))
    }

    fn next(&mut self) -> String {
        self.links += 1;
        format!("rIdLink{}", self.links)
    }
}

impl<'a> Writer<'a> {
    /// A document without text.
    pub(super) fn new(document: &'a Document, words: &'a Words) -> Writer<'a> {
        let mut names = Names::default();
        bookmarks(&document.blocks, &mut names.bookmarks);
        Writer {
            document,
            words,
            pieces: Vec::new(),
            numberings: vec![Numbering::new(BULLETS, BULLETS)],
            alts: Vec::new(),
            names,
            paragraphs: 0,
            indent: 0,
            depth: 0,
        }
    }

    /// A paragraph of a style. The library would number them over all documents it ever wrote.
    pub(super) fn paragraph(&mut self, style: &str) -> Paragraph {
        self.paragraphs += 1;
        Paragraph::new().id(format!("{:08x}", self.paragraphs)).style(style)
    }

    /// Adds a paragraph of a style.
    pub(super) fn styled(&mut self, style: &str, of: &[Inline]) {
        self.anchored(style, of, &[], None);
    }

    /// Adds blocks.
    pub(super) fn blocks(&mut self, blocks: &[Block]) {
        for block in blocks {
            self.block(block, "Normal");
        }
    }

    fn block(&mut self, block: &Block, style: &str) {
        let anchors = &block.anchors;
        match &block.form {
            Form::Heading { level, of } => {
                self.anchored(&format!("Heading{}", level.saturating_sub(1).clamp(1, 5)), of, anchors, None);
            }
            Form::Paragraph { of } => self.anchored(style, of, anchors, None),
            Form::List { start, items } => self.list(*start, items, anchors),
            Form::Table { caption, columns, header, rows } => {
                if !caption.is_empty() || !anchors.is_empty() {
                    self.anchored("Caption", caption, anchors, None);
                }
                self.table(*columns, header, rows);
            }
            Form::Quote { blocks } => blocks.iter().for_each(|block| self.block(block, "Quote")),
            Form::Note { blocks } => blocks.iter().for_each(|block| self.block(block, "Note")),
            Form::Code { text } => {
                let lines: Vec<Inline> =
                    text.lines().flat_map(|line| [Inline::Break, Inline::text(line)]).skip(1).collect();
                self.anchored("Code", &lines, anchors, None);
            }
            Form::Figure { picture, alt, caption } => {
                self.figure(picture, alt, anchors);
                if !caption.is_empty() {
                    self.styled("Caption", caption);
                }
            }
            Form::Rule => self.rule(),
            Form::Definitions { items } => {
                for item in items {
                    self.anchored(style, &[Inline::Strong { of: item.term.clone() }], anchors, None);
                    self.indent += STEP;
                    self.blocks(&item.blocks);
                    self.indent -= STEP;
                }
            }
        }
    }

    /// A paragraph with bookmarks, and with a number of a list where it begins an item.
    fn anchored(&mut self, style: &str, of: &[Inline], anchors: &[String], item: Option<usize>) {
        let mut paragraph = self.paragraph(style);
        if let Some(numbering) = item {
            paragraph = paragraph.numbering(NumberingId::new(numbering), IndentLevel::new(self.level()));
        } else if self.indent > 0 {
            paragraph = paragraph.indent(Some(self.indent), None, None, None);
        }
        let numbers: Vec<usize> =
            anchors.iter().filter_map(|anchor| self.names.bookmarks.get(anchor).copied()).collect();
        for number in &numbers {
            paragraph = paragraph.add_bookmark_start(*number, format!("place{number}"));
        }
        paragraph = runs::put(paragraph, of, &mut self.names);
        for number in &numbers {
            paragraph = paragraph.add_bookmark_end(*number);
        }
        self.pieces.push(Piece::Paragraph(Box::new(paragraph)));
    }

    fn level(&self) -> usize {
        self.depth.saturating_sub(1).min(DEEPEST - 1)
    }

    fn list(&mut self, start: Option<u64>, items: &[Item], anchors: &[String]) {
        self.depth += 1;
        self.indent += STEP;
        let numbering = match start {
            None => BULLETS,
            Some(first) => {
                let id = NUMBERS + self.numberings.len();
                let first = LevelOverride::new(self.level()).start(usize::try_from(first).unwrap_or(1));
                self.numberings.push(Numbering::new(id, NUMBERS).add_override(first));
                id
            }
        };
        for (at, item) in items.iter().enumerate() {
            let outer = if at == 0 { anchors } else { &[] };
            self.item(item, numbering, outer);
        }
        self.indent -= STEP;
        self.depth -= 1;
    }

    fn item(&mut self, item: &Item, numbering: usize, outer: &[String]) {
        let mut anchors: Vec<String> = outer.iter().chain(&item.anchors).cloned().collect();
        let (first, rest) = match item.blocks.split_first() {
            Some((Block { form: Form::Paragraph { of }, anchors: own }, rest)) => {
                anchors.extend(own.iter().cloned());
                (of.clone(), rest)
            }
            _ => (Vec::new(), item.blocks.as_slice()),
        };
        match item.task {
            None => self.anchored("ListParagraph", &first, &anchors, Some(numbering)),
            Some(done) => {
                let mut of = vec![Inline::text(if done { "☑ " } else { "☐ " })];
                of.extend(first);
                self.anchored("ListParagraph", &of, &anchors, None);
                if let Some(Piece::Paragraph(last)) = self.pieces.last_mut() {
                    let hanging = Some(SpecialIndentType::Hanging(STEP));
                    let paragraph = std::mem::take(&mut **last);
                    **last = paragraph.indent(Some(self.indent), hanging, None, None);
                }
            }
        }
        self.blocks(rest);
    }

    fn rule(&mut self) {
        let line = ParagraphBorder::new(ParagraphBorderPosition::Bottom).color("D8D4C8").size(6);
        let mut paragraph = self.paragraph("Normal");
        paragraph.property = paragraph.property.set_borders(ParagraphBorders::with_empty().set(line));
        self.pieces.push(Piece::Paragraph(Box::new(paragraph)));
    }

    /// The facts as a table of two columns.
    pub(super) fn facts(&mut self, facts: &[Fact]) {
        let rows = facts.iter().map(|fact| {
            let label = Cell { of: vec![Inline::text(fact.label.clone())], header: true, columns: 1 };
            vec![label, Cell { of: fact.inlines(), header: false, columns: 1 }]
        });
        let rows: Vec<Vec<Cell>> = rows.collect();
        let width = self.width();
        self.table_of(&[width * 3 / 10, width * 7 / 10], &[], &rows);
    }

    fn table(&mut self, columns: usize, header: &[Vec<Cell>], rows: &[Vec<Cell>]) {
        let widths = widths(self.width(), columns, header.iter().chain(rows));
        self.table_of(&widths, header, rows);
    }

    fn table_of(&mut self, widths: &[usize], header: &[Vec<Cell>], rows: &[Vec<Cell>]) {
        let mut made = Vec::new();
        for row in header {
            // `parts` makes rows without properties the headers of the table.
            made.push(TableRow::new(self.cells(row, widths, true)));
        }
        for row in rows {
            made.push(TableRow::new(self.cells(row, widths, false)).cant_split());
        }
        let line = |at| TableBorder::new(at).color("D8D4C8").size(4);
        let table = Table::new(made)
            .set_grid(widths.to_vec())
            .width(widths.iter().sum(), WidthType::Dxa)
            .margins(TableCellMargins::new().margin(40, 100, 40, 100))
            .clear_all_border()
            .set_border(line(TableBorderPosition::Top))
            .set_border(line(TableBorderPosition::Bottom))
            .set_border(line(TableBorderPosition::InsideH));
        self.pieces.push(Piece::Table(Box::new(table)));
        // Two tables without a paragraph between them would become one.
        self.styled("Cell", &[]);
    }

    fn cells(&mut self, row: &[Cell], widths: &[usize], header: bool) -> Vec<TableCell> {
        let (mut cells, mut column) = (Vec::new(), 0);
        for cell in row {
            let of = if header || cell.header {
                vec![Inline::Strong { of: cell.of.clone() }]
            } else {
                cell.of.clone()
            };
            let paragraph = self.paragraph("Cell");
            let paragraph = runs::put(paragraph, &of, &mut self.names);
            let width: usize = widths.iter().skip(column).take(cell.columns).sum();
            let mut made = TableCell::new().add_paragraph(paragraph).width(width, WidthType::Dxa);
            if cell.columns > 1 {
                made = made.grid_span(cell.columns);
            }
            if header || cell.header {
                made = made.shading(Shading::new().fill("F4F2EC"));
            }
            cells.push(made);
            column += cell.columns;
        }
        cells
    }

    /// A picture; a drawing in SVG, which word processors of some years ago do not read, is told in words.
    fn figure(&mut self, name: &str, alt: &str, anchors: &[String]) {
        let file = self.document.pictures.iter().find(|file| file.name == name);
        let Some((png, width, height)) = file.and_then(|file| png(&file.bytes)) else {
            let text = Inline::text(format!("[{}: {alt}]", self.words.picture));
            self.anchored("Caption", &[text], anchors, None);
            return;
        };
        self.alts.push(alt.to_owned());
        // 9525 units are a pixel, 635 a twentieth of a point.
        let most = u32::try_from(self.width()).unwrap_or(9000) * 635;
        let natural = width.saturating_mul(9525).max(1);
        let wide = natural.min(most);
        let high =
            u32::try_from(u64::from(wide) * u64::from(height) / u64::from(width.max(1))).unwrap_or(most);
        let picture = Pic::new_with_dimensions(png, width, height)
            .id(format!("rIdPicture{}", self.alts.len()))
            .size(wide, high);
        self.anchored("Normal", &[], anchors, None);
        if let Some(Piece::Paragraph(last)) = self.pieces.last_mut() {
            let paragraph = std::mem::take(&mut **last);
            **last = paragraph.add_run(Run::new().add_image(picture));
        }
    }

    /// How wide the text is, in twentieths of a point.
    fn width(&self) -> usize {
        match self.document.paper {
            Paper::A4 => 9066,
            Paper::A3 => 13_998,
        }
    }
}

/// Widths of columns by how much text is in them; a short one is not squeezed by a long one.
fn widths<'a>(whole: usize, columns: usize, rows: impl Iterator<Item = &'a Vec<Cell>>) -> Vec<usize> {
    let mut longest = vec![8; columns];
    for row in rows {
        let mut column = 0;
        for cell in row {
            if let Some(most) = longest.get_mut(column).filter(|_| cell.columns == 1) {
                *most = runs::length(&cell.of).clamp(*most, 60);
            }
            column += cell.columns;
        }
    }
    let all: usize = longest.iter().sum();
    longest.into_iter().map(|most| whole * most / all.max(1)).collect()
}

/// A picture as PNG, the one form the library writes, and its size.
fn png(bytes: &[u8]) -> Option<(Vec<u8>, u32, u32)> {
    let picture = image::load_from_memory(bytes).ok()?;
    let (width, height) = (picture.width(), picture.height());
    if bytes.starts_with(b"\x89PNG") {
        return Some((bytes.to_vec(), width, height));
    }
    let mut png = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut png, ImageFormat::Png).ok()?;
    Some((png.into_inner(), width, height))
}

/// A number for every place that can be linked to.
fn bookmarks(blocks: &[Block], numbers: &mut BTreeMap<String, usize>) {
    let add = |anchors: &[String], numbers: &mut BTreeMap<String, usize>| {
        for anchor in anchors {
            let next = numbers.len() + 1;
            numbers.entry(anchor.clone()).or_insert(next);
        }
    };
    for block in blocks {
        add(&block.anchors, numbers);
        match &block.form {
            Form::List { items, .. } => {
                for item in items {
                    add(&item.anchors, numbers);
                    bookmarks(&item.blocks, numbers);
                }
            }
            Form::Quote { blocks } | Form::Note { blocks } => bookmarks(blocks, numbers),
            Form::Definitions { items } => items.iter().for_each(|item| bookmarks(&item.blocks, numbers)),
            _ => {}
        }
    }
}
