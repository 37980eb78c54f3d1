//! Widths of columns from their content.

use budgetdoc_core::document::{ColumnKind, Length, Table};

use super::rows::Rows;
use super::{PADDING, TIGHT_PADDING, name};
use crate::RenderError;

/// What a column's content asks for, paddings included.
#[derive(Clone, Copy, Debug, Default)]
struct Want {
    /// Below this, nothing can be set.
    utmost: i64,
    /// Below this, words are torn.
    least: i64,
    /// At this, nothing breaks.
    natural: i64,
    fixed: bool,
}

/// Widths that fill `width` exactly, and the padding they were made for.
///
/// Fixed widths are kept. If all content fits on single lines, the spare width is shared in proportion; otherwise
/// columns get what keeps their words whole and share the rest as their content asks. Failing that, padding shrinks,
/// and words are torn.
///
/// # Errors
/// The content does not fit however it is broken.
pub(super) fn widths(
    table: &Table,
    index: usize,
    rows: &Rows,
    width: Length,
) -> Result<(Vec<Length>, Length), RenderError> {
    let total = i64::from(width.in_milli_pt());
    let mut excess = 0;
    for (padding, torn) in [(PADDING, false), (TIGHT_PADDING, false), (TIGHT_PADDING, true)] {
        let wants = wants(table, rows, padding, total);
        let floor = |want: &Want| if torn { want.utmost } else { want.least };
        excess = wants.iter().map(floor).sum::<i64>() - total;
        if excess <= 0 {
            return Ok((share(&wants, floor, total), padding));
        }
    }
    let excess = ((excess + 999) / 1000) as i32;
    Err(RenderError::TableTooWide { table: name(table, index), excess })
}

fn wants(table: &Table, rows: &Rows, padding: Length, total: i64) -> Vec<Want> {
    let milli = |length: Length| i64::from(length.in_milli_pt());
    let padding = milli(padding) * 2;
    let mut wants = vec![Want { utmost: padding, least: padding, natural: padding, fixed: false }; table.columns.len()];
    for (want, column) in wants.iter_mut().zip(&table.columns) {
        if let Some(width) = column.width {
            *want = Want { utmost: milli(width), least: milli(width), natural: milli(width), fixed: true };
        }
    }
    for cell in rows.cells.iter().filter(|cell| cell.columns == 1) {
        let want = &mut wants[cell.column];
        if !want.fixed {
            want.utmost = want.utmost.max(milli(cell.utmost()) + padding);
            want.least = want.least.max(milli(cell.least()) + padding);
            want.natural = want.natural.max(milli(cell.natural()) + padding).min(total);
        }
    }
    // A spanning cell widens its columns where it needs more than they have, words first.
    for cell in rows.cells.iter().filter(|cell| cell.columns > 1) {
        let range = cell.column..cell.column + cell.columns;
        let words = |column: usize| matches!(table.columns[column].kind, ColumnKind::Text | ColumnKind::Label);
        let free: Vec<usize> = range.clone().filter(|column| !wants[*column].fixed).collect();
        let wide: Vec<usize> = free.iter().copied().filter(|column| words(*column)).collect();
        let takers = if wide.is_empty() { free } else { wide };
        let widen = |wants: &mut [Want], need: Length, field: fn(&mut Want) -> &mut i64| {
            let have: i64 = range.clone().map(|column| *field(&mut wants[column])).sum();
            let lack = (milli(need) + padding).min(total) - have;
            if lack > 0 && !takers.is_empty() {
                let each = (lack + takers.len() as i64 - 1) / takers.len() as i64;
                for column in &takers {
                    *field(&mut wants[*column]) += each;
                }
            }
        };
        widen(&mut wants, cell.utmost(), |want| &mut want.utmost);
        widen(&mut wants, cell.least(), |want| &mut want.least);
        widen(&mut wants, cell.natural(), |want| &mut want.natural);
    }
    for want in &mut wants {
        want.least = want.least.max(want.utmost);
        want.natural = want.natural.max(want.least);
    }
    wants
}

/// Shares `total` among the columns, none below its floor.
fn share(wants: &[Want], floor: impl Fn(&Want) -> i64, total: i64) -> Vec<Length> {
    let natural: i64 = wants.iter().map(|want| want.natural).sum();
    let (base, weights): (Vec<i64>, Vec<i64>) = if natural <= total {
        (
            wants.iter().map(|want| want.natural).collect(),
            wants.iter().map(|want| if want.fixed { 0 } else { want.natural }).collect(),
        )
    } else {
        (
            wants.iter().map(&floor).collect(),
            wants.iter().map(|want| if want.fixed { 0 } else { want.natural - floor(want) }).collect(),
        )
    };
    let spare = total - base.iter().sum::<i64>();
    let sum: i64 = weights.iter().sum();
    let (mut seen, mut given) = (0, 0);
    base.iter()
        .zip(&weights)
        .map(|(base, weight)| {
            seen += weight;
            let until = if sum > 0 { spare * seen / sum } else { 0 };
            let part = until - given;
            given = until;
            Length::milli_pt((base + part) as i32)
        })
        .collect()
}
