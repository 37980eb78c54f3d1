//! Draws fragments: the texts of their cells in reading order, then the rules.

use budgetdoc_document::Length;

use super::super::Mark;
use super::super::typesetter::{Typesetter, baseline};
use super::SetTable;
use super::pages::{self, Fragment, LineShare, RowPiece};
use super::rules;
use crate::RenderError;

/// The lines a cell prints on a page and their room.
struct DrawnCell {
    share: LineShare,
    /// Whether the cell continues on another page; its lines start at the top.
    is_part: bool,
    top: Length,
    height: Length,
}

impl Typesetter<'_> {
    /// Draws the table's head and a fragment below it; `is_first` on the first page of the table.
    pub(super) fn draw_fragment(
        &mut self,
        table: &SetTable<'_>,
        fragment: &Fragment,
        is_first: bool,
    ) -> Result<(), RenderError> {
        let rows = &table.rows;
        let heads = rows.first_body_row();
        let mut pieces: Vec<RowPiece> = (0..heads)
            .map(|row| {
                let shares = pages::whole_cells(rows, row, !is_first);
                RowPiece { row, height: rows.heights[row], is_repeated: !is_first, is_part: false, shares }
            })
            .collect();
        pieces.extend(fragment.pieces.iter().cloned());
        if pieces.is_empty() {
            return Ok(());
        }
        let mut tops = vec![self.y];
        for piece in &pieces {
            let top = tops[tops.len() - 1];
            tops.push(top + piece.height);
        }
        // Cells over several rows of the head are whole on every page.
        let head_spans = rows.spanning().filter(|(_, cell)| cell.row < heads).map(|(index, cell)| LineShare {
            cell: index,
            lines: 0..cell.lines as usize,
            is_repeated: !is_first,
        });
        let spans: Vec<LineShare> = head_spans.chain(fragment.spans.iter().cloned()).collect();

        let mut blocks: Vec<(usize, usize, DrawnCell)> = Vec::new();
        for (at, piece) in pieces.iter().enumerate() {
            for share in &piece.shares {
                let cell = &rows.cells[share.cell];
                let is_part = piece.is_part && share.lines.len() < cell.lines as usize;
                blocks.push((
                    at,
                    cell.column,
                    DrawnCell { share: share.clone(), is_part, top: tops[at], height: piece.height },
                ));
            }
        }
        for share in spans {
            let cell = &rows.cells[share.cell];
            let covers = |piece: &RowPiece| (cell.row..cell.row + cell.rows).contains(&piece.row);
            let Some(at) = pieces.iter().position(covers) else { continue };
            let end = pieces.iter().rposition(covers).unwrap_or(at);
            let is_part = share.lines.len() < cell.lines as usize;
            let height = tops[end + 1] - tops[at];
            blocks.push((at, cell.column, DrawnCell { share, is_part, top: tops[at], height }));
        }
        blocks.sort_by_key(|(piece, column, _)| (*piece, *column));
        for (_, _, block) in &blocks {
            self.draw_block(table, block)?;
        }
        let left = self.frame.left + table.left;
        for rule in rules::rules(&self.document.page, rows, &pieces, &table.widths, left, &tops) {
            self.draw(None, Mark::Rule(rule));
        }
        self.y = tops[tops.len() - 1];
        Ok(())
    }

    fn draw_block(&mut self, table: &SetTable<'_>, block: &DrawnCell) -> Result<(), RenderError> {
        let cell = &table.rows.cells[block.share.cell];
        let before: Length = table.widths[..cell.column].iter().copied().sum();
        let x = self.frame.left + table.left + before + table.padding;
        let height = cell.pitch * block.share.lines.len() as i32;
        let above = if block.is_part { table.rows.step.padding() } else { (block.height - height) / 2 };
        let mut y = block.top + above + baseline(cell.size, cell.pitch);
        let width = cell.room(&table.widths, table.padding);
        for (line, text) in self.lines_of_cell(cell, block.share.lines.clone(), width)? {
            let text = (!block.share.is_repeated).then(|| table.rows.text_place(self.block, cell, text));
            self.draw_line(text, line, x, y);
            y += cell.pitch;
        }
        Ok(())
    }
}
