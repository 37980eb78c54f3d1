//! Widths of columns from their content.

use budgetdoc_document::{ColumnKind, Length, Table};

use super::super::TypeStep;
use super::cells::SetCell;
use super::rows::{RowSection, Rows};
use super::{PADDING, TIGHT_PADDING};

/// Characters of a head that fit comfortably on one line.
const HEAD_CHARACTERS: i32 = 6;

/// Most moves of width between columns in search of a shorter table.
const MAX_MOVES: usize = 40;

/// Widths that a column's content needs, with its padding, in thousandths of a point.
#[derive(Clone, Copy, Debug, Default)]
struct ColumnNeed {
    /// Smallest width in which its content can be set.
    min_width: i64,
    /// Smallest width that breaks no word.
    least_width: i64,
    /// Width at which no cell of the bodies breaks.
    body: i64,
    /// Width at which the heads are comfortable too.
    natural_width: i64,
    fixed: bool,
}

/// Returns widths that fill `width` exactly, and the padding they were made for.
///
/// Fixed widths are kept, unless a figure is wider and no other column gives room for it. Every column gets the width
/// of its widest word; the rest goes to the content of the bodies, then to columns of figures until they are equal,
/// then to long heads, then to all. Where the words do not fit, the padding shrinks, and then words are broken, but for
/// `label` characters of each.
///
/// # Errors
/// The excess width in points, if the content does not fit however it is broken.
pub(super) fn widths(
    table: &Table,
    rows: &Rows,
    width: Length,
    (step, label): (TypeStep, i32),
) -> Result<(Vec<Length>, Length), i32> {
    let tight = step.reduce(TIGHT_PADDING);
    let total = i64::from(width.in_milli_pt());
    let mut excess = 0;
    let fixed: i64 = table.columns.iter().filter_map(|column| column.width).map(milli).sum();
    let attempts = [
        (true, PADDING, false),
        (true, tight, false),
        (true, tight, true),
        (false, PADDING, false),
        (false, tight, false),
        (false, tight, true),
    ];
    // Fixed widths that exceed the table on their own are reported: they are an error of the profile.
    for (keep_fixed, padding, may_break_words) in
        attempts.into_iter().take(if fixed > total { 3 } else { attempts.len() })
    {
        let needs = needs(table, rows, label, keep_fixed, padding, total);
        let floor = |need: &ColumnNeed| if may_break_words { need.min_width } else { need.least_width };
        excess = needs.iter().map(floor).sum::<i64>() - total;
        if excess <= 0 {
            let amounts = |column: usize| table.columns[column].kind == ColumnKind::Amount;
            let balance = |floors: &[i64], widths: &mut [i64]| shorten(rows, &needs, floors, padding, widths);
            return Ok((distribute(&needs, floor, total, amounts, balance), padding));
        }
    }
    Err(((excess + 999) / 1000) as i32)
}

fn needs(table: &Table, rows: &Rows, label: i32, keep_fixed: bool, padding: Length, total: i64) -> Vec<ColumnNeed> {
    let padding = milli(padding) * 2;
    let mut needs = vec![
        ColumnNeed {
            min_width: padding,
            least_width: padding,
            body: padding,
            natural_width: padding,
            fixed: false
        };
        table.columns.len()
    ];
    for (need, column) in needs.iter_mut().zip(&table.columns) {
        if let Some(width) = column.width.filter(|_| keep_fixed) {
            let width = milli(width);
            *need = ColumnNeed { min_width: width, least_width: width, body: width, natural_width: width, fixed: true };
        }
    }
    for cell in rows.cells.iter().filter(|cell| cell.columns == 1) {
        let need = &mut needs[cell.column];
        let mut min_width = milli(cell.min_width()) + padding;
        let is_label = matches!(rows.sections[cell.row], RowSection::Body(_)) && cell.is_words() && !cell.is_stacked();
        if is_label && !need.fixed {
            min_width = min_width.max(milli((cell.size * label).min(cell.natural_width())) + padding);
        }
        if need.fixed && need.min_width < min_width {
            // A figure is wider than the fixed width, and is not broken.
            *need = ColumnNeed {
                min_width,
                least_width: min_width,
                body: min_width,
                natural_width: min_width,
                fixed: true,
            };
        }
        if !need.fixed {
            need.min_width = need.min_width.max(min_width);
            need.least_width = need.least_width.max(milli(cell.least_width()) + padding);
            if matches!(rows.sections[cell.row], RowSection::Body(_)) {
                need.body = need.body.max(milli(cell.natural_width()) + padding).min(total);
            }
            need.natural_width = need.natural_width.max(milli(comfortable_width(rows, cell)) + padding).min(total);
        }
    }
    // A column that holds only vertical labels is as narrow as they are.
    for (column, need) in needs.iter_mut().enumerate() {
        let mut words = rows.cells.iter().filter(|cell| cell.columns == 1 && cell.column == column && !cell.is_empty());
        if words.clone().next().is_some() && words.all(SetCell::is_stacked) && !need.fixed {
            *need = ColumnNeed { body: need.least_width, natural_width: need.least_width, fixed: true, ..*need };
        }
    }
    // A spanning cell widens its columns, those of words first, if it needs more than they have.
    for cell in rows.cells.iter().filter(|cell| cell.columns > 1) {
        let range = cell.column..cell.column + cell.columns;
        let words = |column: usize| matches!(table.columns[column].kind, ColumnKind::Text | ColumnKind::Label);
        let free: Vec<usize> = range.clone().filter(|column| !needs[*column].fixed).collect();
        let wide: Vec<usize> = free.iter().copied().filter(|column| words(*column)).collect();
        let takers = if wide.is_empty() { free } else { wide };
        let widen = |needs: &mut [ColumnNeed], need: Length, field: fn(&mut ColumnNeed) -> &mut i64| {
            let have: i64 = range.clone().map(|column| *field(&mut needs[column])).sum();
            let lack = (milli(need) + padding).min(total) - have;
            if lack > 0 && !takers.is_empty() {
                let each = (lack + takers.len() as i64 - 1) / takers.len() as i64;
                for column in &takers {
                    *field(&mut needs[*column]) += each;
                }
            }
        };
        widen(&mut needs, cell.min_width(), |need| &mut need.min_width);
        widen(&mut needs, cell.least_width(), |need| &mut need.least_width);
        if matches!(rows.sections[cell.row], RowSection::Body(_)) {
            widen(&mut needs, cell.natural_width(), |need| &mut need.body);
        }
        widen(&mut needs, comfortable_width(rows, cell), |need| &mut need.natural_width);
    }
    for need in &mut needs {
        need.least_width = need.least_width.max(need.min_width);
        need.body = need.body.max(need.least_width);
        need.natural_width = need.natural_width.max(need.body);
    }
    needs
}

fn milli(length: Length) -> i64 {
    i64::from(length.in_milli_pt())
}

/// Returns the comfortable width of a cell: on one line, of long heads on two or three.
fn comfortable_width(rows: &Rows, cell: &SetCell) -> Length {
    let natural_width = cell.natural_width();
    if matches!(rows.sections[cell.row], RowSection::Body(_)) {
        return natural_width;
    }
    let lines = (natural_width.in_milli_pt() / (cell.size * HEAD_CHARACTERS).in_milli_pt().max(1) + 1).min(3);
    if lines == 1 { natural_width } else { (natural_width / lines + cell.size).max(cell.least_width()) }
}

/// Distributes `total` among the columns, none below its floor.
fn distribute(
    needs: &[ColumnNeed],
    floor: impl Fn(&ColumnNeed) -> i64,
    total: i64,
    amounts: impl Fn(usize) -> bool,
    balance: impl Fn(&[i64], &mut [i64]),
) -> Vec<Length> {
    let mut widths: Vec<i64> = needs.iter().map(floor).collect();
    let spare = |widths: &[i64]| total - widths.iter().sum::<i64>();
    let room = spare(&widths);
    keep_words(needs, &mut widths, room);
    let floors = widths.clone();
    // Proportional widths give the texts of a row about the same height; `balance` improves on them.
    fill_lacks(&mut widths, spare, |column, width| needs[column].body - width);
    if spare(&widths) == 0 {
        balance(&floors, &mut widths);
    }
    // Columns of figures become equally wide where there is room, as in printed forms.
    let equalized: Vec<usize> = (0..needs.len()).filter(|column| amounts(*column) && !needs[*column].fixed).collect();
    let widest = equalized.iter().map(|column| widths[*column]).max().unwrap_or(0);
    if equalized.iter().map(|column| widest - widths[*column]).sum::<i64>() <= spare(&widths) {
        for column in &equalized {
            widths[*column] = widest;
        }
    }
    fill_lacks(&mut widths, spare, |column, width| needs[column].natural_width - width);
    let rest = spare(&widths);
    let all: i64 = widths.iter().zip(needs).filter(|(_, need)| !need.fixed).map(|(width, _)| width).sum();
    if all > 0 {
        // The rest is distributed by width, to the last thousandth of a point.
        let (mut seen, mut given) = (0, 0);
        for (width, _) in widths.iter_mut().zip(needs).filter(|(_, need)| !need.fixed) {
            seen += *width;
            let until = rest * seen / all;
            *width += until - given;
            given = until;
        }
    }
    widths.into_iter().map(|width| Length::milli_pt(width as i32)).collect()
}

/// Widens columns to their widest word, those that lack least first, to break the words of as few columns as possible.
fn keep_words(needs: &[ColumnNeed], widths: &mut [i64], mut spare: i64) {
    let mut lacking: Vec<(i64, usize)> = needs
        .iter()
        .zip(&*widths)
        .map(|(need, width)| need.least_width - width)
        .zip(0..)
        .filter(|(lack, _)| *lack > 0)
        .collect();
    lacking.sort_unstable();
    for (lack, column) in lacking {
        let given = lack.min(spare);
        widths[column] += given;
        spare -= given;
    }
}

/// Gives every column the width it lacks, or the same fraction of it if there is too little.
fn fill_lacks(widths: &mut [i64], spare: impl Fn(&[i64]) -> i64, lack: impl Fn(usize, i64) -> i64) {
    let lacks: Vec<i64> = widths.iter().enumerate().map(|(column, width)| lack(column, *width).max(0)).collect();
    let (room, all) = (spare(widths).max(0), lacks.iter().sum::<i64>());
    for (width, lack) in widths.iter_mut().zip(lacks) {
        *width += if all <= room { lack } else { room * lack / all };
    }
}

/// Moves width between columns as long as that makes the table shorter. Heights are estimated from areas: breaking
/// every cell for every move would cost more than setting the document.
fn shorten(rows: &Rows, needs: &[ColumnNeed], floors: &[i64], padding: Length, widths: &mut [i64]) {
    // Row, columns and area of the cells that may take more than a line.
    let mut cells: Vec<(usize, usize, usize, i64, i64)> = Vec::new();
    let mut step = 0;
    for cell in rows.cells.iter().filter(|cell| cell.rows == 1) {
        let end = cell.column + cell.columns;
        let least_width: i64 = floors[cell.column..end].iter().sum();
        if milli(cell.natural_width()) + milli(padding) * 2 > least_width {
            cells.push((cell.row, cell.column, end, milli(cell.natural_width()), milli(cell.pitch)));
            step = step.max(milli(cell.size));
        }
    }
    cells.sort_unstable();
    let height = |widths: &[i64]| {
        let (mut sum, mut row, mut tallest) = (0, usize::MAX, 0);
        for (of, start, end, natural_width, pitch) in &cells {
            if *of != row {
                sum += tallest;
                (row, tallest) = (*of, 0);
            }
            let room = (widths[*start..*end].iter().sum::<i64>() - milli(padding) * 2).max(1);
            // A little more than the area: lines end short of the edge.
            tallest = tallest.max(((natural_width * 102 / 100 + room - 1) / room) * pitch);
        }
        sum + tallest
    };
    let mut best = height(widths);
    for _ in 0..MAX_MOVES {
        let mut better = None;
        for from in 0..widths.len() {
            if needs[from].fixed || widths[from] - step < floors[from] {
                continue;
            }
            for to in 0..widths.len() {
                if to == from || needs[to].fixed || widths[to] >= needs[to].natural_width {
                    continue;
                }
                widths[from] -= step;
                widths[to] += step;
                let tried = height(widths);
                widths[from] += step;
                widths[to] -= step;
                if tried < best {
                    best = tried;
                    better = Some((from, to));
                }
            }
        }
        let Some((from, to)) = better else { return };
        widths[from] -= step;
        widths[to] += step;
    }
}
