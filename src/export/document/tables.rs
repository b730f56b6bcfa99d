//! Tables from HTML. In: an element with rows. Out: rows that all cover as many columns, those of the header apart.

use scraper::ElementRef;

use super::read::{Flow, Reader, is_left_out};
use super::{Cell, Form};

impl Reader<'_> {
    /// Adds a table to the blocks.
    pub(super) fn table(&mut self, element: ElementRef<'_>, flow: &mut Flow) {
        let (mut caption, mut header, mut rows) = (Vec::new(), Vec::new(), Vec::new());
        let mut covered: Vec<usize> = Vec::new();
        for part in element.child_elements().filter(|part| !is_left_out(*part)) {
            let name = part.value().name();
            if name == "caption" {
                caption = self.line(part, flow);
            }
            for row in part.child_elements().filter(|row| row.value().name() == "tr" && !is_left_out(*row)) {
                let cells = self.row(row, &mut covered, flow);
                let names_columns = rows.is_empty() && cells.iter().all(|cell| cell.header);
                if name == "thead" || names_columns { header.push(cells) } else { rows.push(cells) }
            }
        }
        let width = |row: &Vec<Cell>| row.iter().map(|cell| cell.columns).sum::<usize>();
        let columns = header.iter().chain(&rows).map(width).max().unwrap_or(0);
        for row in header.iter_mut().chain(&mut rows) {
            let missing = columns - width(row);
            row.extend((0..missing).map(|_| Cell { columns: 1, ..Cell::default() }));
        }
        if columns > 0 {
            flow.push(Form::Table { caption, columns, header, rows });
        }
    }

    /// The cells of a row; where a cell from above reaches into it, one without text.
    fn row(&mut self, row: ElementRef<'_>, covered: &mut Vec<usize>, flow: &mut Flow) -> Vec<Cell> {
        let span = |cell: ElementRef<'_>, name| {
            cell.attr(name).and_then(|n| n.parse::<usize>().ok()).unwrap_or(1).clamp(1, 100)
        };
        let (mut cells, mut column) = (Vec::new(), 0);
        for element in row.child_elements().filter(|cell| ["td", "th"].contains(&cell.value().name())) {
            while let Some(rows) = covered.get_mut(column).filter(|rows| **rows > 0) {
                *rows -= 1;
                cells.push(Cell { columns: 1, ..Cell::default() });
                column += 1;
            }
            let (columns, rows) = (span(element, "colspan"), span(element, "rowspan"));
            let of = self.line(element, flow);
            cells.push(Cell { of, header: element.value().name() == "th", columns });
            covered.resize(covered.len().max(column + columns), 0);
            covered[column..column + columns].fill(rows - 1);
            column += columns;
        }
        cells
    }
}
