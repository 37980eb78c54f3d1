//! Widths of columns and heights of rows.
//!
//! Widths are counted in the digits of a table's text, half the width of a Chinese character, as workbooks count them.

use budgetdoc_document::{Length, Placed, Table};

/// The widest column that a text makes by itself.
const WIDEST_TEXT: usize = 36;
/// The widest column that a head makes.
const WIDEST_HEAD: usize = 10;
/// The most lines of a cell: a row is at most 409 points high.
const MOST_LINES: usize = 25;
/// The greatest height of a row in points.
const HIGHEST_ROW: f64 = 409.0;
/// What a workbook leaves free beside the text of a cell.
const MARGIN: usize = 2;

/// The sizes of a sheet.
pub(super) struct Sizes {
    /// Widths of the columns, in digits.
    pub widths: Vec<usize>,
    /// Width of a digit.
    digit: Length,
    /// Distance of lines in points.
    pitch: f64,
}

/// Returns the width of a line of text, in digits.
fn width(text: &str) -> usize {
    text.chars().map(|letter| if letter.is_ascii() { 1 } else { 2 }).sum()
}

impl Sizes {
    /// Chooses the widths of columns for the cells of all rows, to fill `page` if they are narrower.
    pub(super) fn new(
        table: &Table,
        groups: &[Vec<Vec<Placed<'_>>>],
        page: Length,
        size: Length,
        pitch: Length,
    ) -> Self {
        let digit = size / 2;
        let digits = |length: Length| usize::try_from(length.in_milli_pt() / digit.in_milli_pt().max(1)).unwrap_or(0);
        let mut widths: Vec<usize> = table.columns.iter().map(|column| column.width.map_or(6, digits).max(4)).collect();
        let cells =
            groups.iter().enumerate().flat_map(|(group, lines)| lines.iter().flatten().map(move |cell| (group, cell)));
        for (group, placed) in cells.filter(|(_, placed)| !placed.cell.vertical) {
            let (first, end) = (placed.slot.column, placed.slot.column + usize::from(placed.cell.columns));
            let is_fixed = table.columns[first..end].iter().all(|column| column.width.is_some());
            let text = placed.cell.content.to_string();
            let natural = text.lines().map(width).max().unwrap_or(0) + MARGIN + 2 * usize::from(placed.cell.indent);
            let needed = match placed.cell.content.number() {
                Some(_) => natural,
                None if is_fixed => 0,
                None if group == 0 => natural.min(WIDEST_HEAD),
                None => natural.min(WIDEST_TEXT),
            };
            let needed = needed.max(width(&text) / MOST_LINES + MARGIN);
            let have: usize = widths[first..end].iter().sum();
            widths[end - 1] += needed.saturating_sub(have);
        }
        let (sum, whole) = (widths.iter().sum::<usize>(), digits(page));
        let free: Vec<usize> = (0..widths.len()).filter(|column| table.columns[*column].width.is_none()).collect();
        let (room, growing) = (whole.saturating_sub(sum), free.iter().map(|column| widths[*column]).sum::<usize>());
        for column in free {
            widths[column] += room * widths[column] / growing.max(1);
        }
        Sizes { widths, digit, pitch: f64::from(pitch.in_pt()) }
    }

    /// Returns the width of a column in points.
    fn points(&self, columns: std::ops::Range<usize>) -> f64 {
        let digits: usize = self.widths[columns].iter().sum();
        f64::from(u32::try_from(digits).unwrap_or(u32::MAX)) * f64::from(self.digit.in_pt())
    }

    /// Returns the width of a column as a workbook counts it, in digits of its default type of 11 points.
    pub(super) fn width_of(&self, column: usize) -> f64 {
        self.points(column..column + 1) / 5.25
    }

    /// Returns the number of lines that `text` takes over `columns`.
    pub(super) fn lines(&self, text: &str, columns: std::ops::Range<usize>) -> usize {
        let room = self.widths[columns].iter().sum::<usize>().saturating_sub(MARGIN).max(2);
        text.lines().map(|line| width(line).div_ceil(room).max(1)).sum::<usize>().max(1)
    }

    /// Returns the height of that many lines, in points.
    pub(super) fn height(&self, lines: usize) -> f64 {
        (f64::from(u32::try_from(lines).unwrap_or(u32::MAX)) * self.pitch + 5.0).min(HIGHEST_ROW)
    }

    /// Returns the heights of a group's rows, in points: each as high as the cells in it need.
    pub(super) fn heights(&self, lines: &[Vec<Placed<'_>>]) -> Vec<f64> {
        let own = |row: usize| lines[row].iter().filter(move |placed| placed.slot.row == row);
        let needed = |placed: &Placed<'_>| {
            let text = placed.cell.content.to_string();
            let (first, end) = (placed.slot.column, placed.slot.column + usize::from(placed.cell.columns));
            if placed.cell.vertical { text.chars().count() } else { self.lines(&text, first..end) }
        };
        let count = |row: usize| own(row).filter(|placed| placed.cell.rows == 1).map(needed).max().unwrap_or(1).max(1);
        let mut counts: Vec<usize> = (0..lines.len()).map(count).collect();
        for row in 0..lines.len() {
            for placed in own(row).filter(|placed| placed.cell.rows > 1) {
                let rows = row..row + usize::from(placed.cell.rows);
                let have: usize = counts[rows.clone()].iter().sum();
                counts[rows.end - 1] += needed(placed).saturating_sub(have);
            }
        }
        counts.into_iter().map(|count| self.height(count)).collect()
    }
}
