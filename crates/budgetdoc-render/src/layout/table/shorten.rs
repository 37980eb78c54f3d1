//! Widths of columns that make a table short.

use budgetdoc_document::Length;

use super::cells::SetCell;
use super::columns::{ColumnNeed, milli};
use super::rows::{RowSection, Rows};
use crate::layout::RowStep;

/// Most moves of width between columns.
const MAX_MOVES: usize = 40;
/// Characters that a move may widen a column by.
const STEPS: [i64; 3] = [1, 2, 4];
/// Rows that are looked at: those of a longer table are alike.
pub(super) const MAX_ROWS: usize = 120;

/// Moves width between columns as long as that makes the table shorter, or else breaks fewer cells.
pub(super) struct Shortener<'a> {
    needs: &'a [ColumnNeed],
    floors: &'a [i64],
    cells: Vec<Breakable>,
    /// Least height of each row.
    heights: Vec<i64>,
    /// Blank of a cell from left to right.
    padding: i64,
    /// Width of a character.
    step: i64,
}

/// A cell that may take more than a line.
struct Breakable {
    row: usize,
    rows: usize,
    is_head: bool,
    start: usize,
    end: usize,
    /// Least widths that set it on one line, two lines and so on.
    line_widths: Vec<i64>,
    /// Its width on one line, a little more than the area of its text, as lines end short of the edge.
    natural_width: i64,
    pitch: i64,
}

impl Breakable {
    fn lines(&self, width: i64) -> i64 {
        match self.line_widths.iter().position(|least| *least <= width) {
            Some(index) => index as i64 + 1,
            None => (self.line_widths.len() as i64 + 1).max((self.natural_width + width - 1) / width.max(1)),
        }
    }
}

impl<'a> Shortener<'a> {
    pub fn new(rows: &Rows<'_>, needs: &'a [ColumnNeed], floors: &'a [i64], padding: Length) -> Self {
        let padding = milli(padding) * 2;
        let count = rows.sections.len().min(MAX_ROWS);
        let heights = vec![milli(RowStep::Full.least_height()); count];
        let (mut cells, mut step) = (Vec::new(), 0);
        for cell in rows.cells.iter().filter(|cell| cell.row + cell.rows <= count && !cell.is_stacked()) {
            let (start, end) = (cell.column, cell.column + cell.columns);
            let least_width = floors[start..end].iter().sum::<i64>() - padding;
            let natural_width = milli(cell.natural_width());
            if natural_width > least_width {
                step = step.max(milli(cell.size));
                let line_widths = line_widths(cell, least_width);
                let natural_width = natural_width * 102 / 100;
                let (row, pitch) = (cell.row, milli(cell.pitch));
                let is_head = !matches!(rows.sections[cell.row], RowSection::Body(_));
                cells.push(Breakable { row, rows: cell.rows, is_head, start, end, line_widths, natural_width, pitch });
            }
        }
        // The height that a cell over several rows lacks is known when those of the others are.
        cells.sort_by_key(|cell| cell.rows);
        Shortener { needs, floors, cells, heights, padding, step }
    }

    /// Changes `widths`; the columns `equal` stay equally wide. Returns the [`cost`](Self::cost).
    pub fn shorten(&self, equal: &[usize], widths: &mut [i64]) -> (i64, i64) {
        let mut groups: Vec<Vec<usize>> = vec![equal.to_vec()];
        groups.extend((0..widths.len()).filter(|column| !equal.contains(column)).map(|column| vec![column]));
        groups.retain(|group| !group.is_empty() && group.iter().all(|column| !self.needs[*column].fixed));
        let mut best = self.cost(widths);
        let (mut tried, mut better) = (widths.to_vec(), widths.to_vec());
        for _ in 0..MAX_MOVES {
            let (broken, before) = (self.broken_columns(widths), best);
            for to in groups.iter().filter(|to| to.iter().any(|column| broken[*column])) {
                // What shortens nothing even if no column gives it width is not tried with each that could.
                let is_shorter = |step: &&i64| {
                    tried.copy_from_slice(widths);
                    // A move widens by a little more, for rounding.
                    to.iter().for_each(|column| tried[*column] += **step * self.step + widths.len() as i64);
                    self.cost(&tried) < best
                };
                let promising = STEPS.iter().rev().take_while(is_shorter).count();
                for from in groups.iter().filter(|from| *from != to) {
                    for step in &STEPS[STEPS.len() - promising..] {
                        tried.copy_from_slice(widths);
                        if !self.move_width(from, to, step * self.step, &mut tried) {
                            break;
                        }
                        let cost = self.cost(&tried);
                        if cost < best {
                            best = cost;
                            better.copy_from_slice(&tried);
                        }
                    }
                }
            }
            if best == before {
                break;
            }
            widths.copy_from_slice(&better);
        }
        best
    }

    /// Widens each column of `to` by `step` at the cost of those of `from`; returns whether these can give it.
    fn move_width(&self, from: &[usize], to: &[usize], step: i64, widths: &mut [i64]) -> bool {
        let (givers, takers) = (from.len() as i64, to.len() as i64);
        let each = (step * takers + givers - 1) / givers;
        if from.iter().any(|column| widths[*column] - each < self.floors[*column])
            || to.iter().all(|column| widths[*column] >= self.needs[*column].natural_width)
        {
            return false;
        }
        from.iter().for_each(|column| widths[*column] -= each);
        to.iter().for_each(|column| widths[*column] += each * givers / takers);
        // The columns fill the table to the last thousandth of a point.
        widths[to[0]] += each * givers % takers;
        true
    }

    /// Returns the height of the table, to which each line of a body adds half a line, for broken names are harder to
    /// read than broken heads; and the number of lines of the heads.
    fn cost(&self, widths: &[i64]) -> (i64, i64) {
        let mut heights = self.heights.clone();
        let (mut body, mut heads) = (0, 0);
        for cell in &self.cells {
            let lines = cell.lines(self.room(cell, widths));
            if cell.is_head {
                heads += lines;
            } else {
                body += lines * cell.pitch / 2;
            }
            let have: i64 = heights[cell.row..cell.row + cell.rows].iter().sum();
            let lack = lines * cell.pitch + milli(RowStep::Full.padding()) * 2 - have;
            heights[cell.row + cell.rows - 1] += lack.max(0);
        }
        (heights.iter().sum::<i64>() + body, heads)
    }

    /// Returns for each column whether one of its cells takes more than a line.
    fn broken_columns(&self, widths: &[i64]) -> Vec<bool> {
        let mut broken = vec![false; widths.len()];
        for cell in self.cells.iter().filter(|cell| cell.lines(self.room(cell, widths)) > 1) {
            broken[cell.start..cell.end].fill(true);
        }
        broken
    }

    fn room(&self, cell: &Breakable, widths: &[i64]) -> i64 {
        widths[cell.start..cell.end].iter().sum::<i64>() - self.padding
    }
}

/// Returns the least widths that set a cell on one line, two lines and so on, down to `least_width`.
fn line_widths(cell: &SetCell<'_>, least_width: i64) -> Vec<i64> {
    let mut widths = vec![milli(cell.natural_width())];
    if cell.is_running() {
        return widths;
    }
    let most = cell.count_lines(Length::milli_pt(least_width.max(1) as i32));
    for lines in 2..=most {
        // The width is between one that takes more lines and one that does not.
        let (mut less, mut enough) = (least_width - 1, widths[widths.len() - 1]);
        while enough - less > 100 {
            let middle = (less + enough) / 2;
            let fits = cell.count_lines(Length::milli_pt(middle as i32)) <= lines;
            if fits { enough = middle } else { less = middle }
        }
        widths.push(enough);
    }
    widths
}
