//! Finds tables whose printed figures do not add up because each is rounded on its own.

use rust_decimal::Decimal;

use crate::budget::{CellValue, RowValue};
use crate::money::AmountFormat;

/// Returns whether a printed figure is off the sum of the printed figures next below it in its tree by no more than
/// rounding explains. A list of parts (其中) may be off by more, and is no sum.
pub(super) fn parts_miss_their_sum(rows: &[RowValue], formats: &[AmountFormat]) -> bool {
    (0..formats.len()).any(|column| {
        let format = &formats[column];
        let printed: Vec<Option<(u8, Decimal)>> = rows
            .iter()
            .map(|row| Some((level(row, column)?, format.round(row.cells[column].figure()?.or_zero()))))
            .collect();
        printed.iter().enumerate().any(|(index, row)| {
            let Some((above, whole)) = *row else { return false };
            let below = printed[index + 1..].iter().map_while(|row| row.filter(|(level, _)| *level > above));
            let below: Vec<(u8, Decimal)> = below.collect();
            let Some(next) = below.iter().map(|(level, _)| *level).min() else { return false };
            let parts: Vec<Decimal> = below.iter().filter(|(level, _)| *level == next).map(|(_, part)| *part).collect();
            let gap = (parts.iter().sum::<Decimal>() - whole).abs();
            let steps = Decimal::from(parts.len() + 1) / Decimal::TWO;
            !gap.is_zero() && gap < steps * Decimal::new(1, format.decimals)
        })
    })
}

/// Returns the level of the words or code before a figure.
fn level(row: &RowValue, column: usize) -> Option<u8> {
    row.cells[..column].iter().rev().find_map(|cell| match cell {
        CellValue::Words { level, .. } => Some(*level),
        CellValue::Code(_) => Some(0),
        CellValue::Blank
        | CellValue::Covered
        | CellValue::Joined
        | CellValue::Figure(_)
        | CellValue::Count(_)
        | CellValue::Share(_) => None,
    })
}
