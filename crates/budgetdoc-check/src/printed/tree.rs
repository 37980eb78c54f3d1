//! Finds the parts of each row of a list by the level of subjects, indent, number, or group.

use rust_decimal::Decimal;

use super::figure::{PrintedFigure, PrintedSum};
use super::read::{List, PrintedRow};
use super::words;

/// The rows of a list as sums and their parts.
pub(super) struct RowTree {
    /// For every row, those one level below.
    pub below: Vec<Vec<usize>>,
    /// Top rows without totals.
    pub top: Vec<usize>,
    /// Rows that sum up the top ones.
    pub totals: Vec<usize>,
    /// For every row and column the rounding difference from the lowest rows below it.
    missed: Vec<Vec<Decimal>>,
}

impl RowTree {
    /// Finds the sums of a list.
    pub fn of(list: &List) -> RowTree {
        let rows = &list.rows;
        let subtotals = subtotals(rows);
        let depth = depths(rows, &subtotals);
        let is_total = |row: usize| subtotals[row] == Some(false);
        let mut below = vec![Vec::new(); rows.len()];
        let (mut top, mut totals, mut above) = (Vec::new(), Vec::new(), Vec::<usize>::new());
        for row in 0..rows.len() {
            if is_total(row) {
                totals.push(row);
                above.clear();
                continue;
            }
            while above.last().is_some_and(|last| depth[*last] >= depth[row]) {
                above.pop();
            }
            match above.last() {
                Some(parent) => below[*parent].push(row),
                None => top.push(row),
            }
            above.push(row);
        }
        let mut tree = RowTree { below, top, totals, missed: Vec::new() };
        tree.missed = tree.missed(list);
        tree
    }

    /// Returns whether the rows below a row certainly are all of its parts.
    pub fn is_whole(&self, list: &List, row: usize) -> bool {
        let parts = &self.below[row];
        let code = &list.rows[row].code;
        let within = |part: &usize| {
            let own = &list.rows[*part].code;
            // Rows of a unit are classes; those of a class have its code and two more digits.
            if code.is_empty() { own.is_empty() || own.len() == 3 } else { own.starts_with(&**code) }
        };
        let same = parts.iter().all(|part| list.rows[*part].code.len() == list.rows[parts[0]].code.len());
        let is_part = |part: &usize| {
            let label = &list.rows[*part].label;
            !words::is_included(label) && !words::is_of_years(label) && !words::is_elimination(label)
        };
        // A single numbered row may be one of several.
        let by_level = list.rows[row].level < list.rows[parts[0]].level;
        same && parts.iter().all(|part| within(part) && is_part(part))
            && (parts.len() > 1 || by_level || !code.is_empty())
    }

    /// Returns an amount with the rounding difference of its parts, by which it may differ from other tables as well.
    pub fn amount(&self, list: &List, row: usize, column: usize) -> Option<PrintedSum> {
        let figure = list.rows[row].cells[column].amount()?;
        Some(PrintedSum::of(figure).with_slack(self.missed[row][column]))
    }

    fn missed(&self, list: &List) -> Vec<Vec<Decimal>> {
        let columns = list.columns.len();
        let mut bottom: Vec<Vec<Option<PrintedSum>>> = vec![vec![None; columns]; list.rows.len()];
        let mut missed = vec![vec![Decimal::ZERO; columns]; list.rows.len()];
        for row in (0..list.rows.len()).rev() {
            for column in 0..columns {
                let own = list.rows[row].cells[column].amount().unwrap_or(PrintedFigure::BLANK);
                let parts = &self.below[row];
                if parts.is_empty() {
                    bottom[row][column] = Some(PrintedSum::of(own));
                    continue;
                }
                let mut sum = PrintedSum::default();
                parts.iter().filter_map(|part| bottom[*part][column]).for_each(|part| sum.join(part));
                if PrintedSum::of(own).agrees(&sum) {
                    missed[row][column] = (own.value - sum.value).abs();
                }
                bottom[row][column] = Some(sum);
            }
        }
        missed
    }
}

/// Returns which rows are totals: of a group among others (true), or of the list (false).
fn subtotals(rows: &[PrintedRow]) -> Vec<Option<bool>> {
    let group = |row: &PrintedRow| row.group.as_ref().map(|(start, _)| *start);
    let grouped = rows.iter().filter(|row| !(row.group.is_none() && words::is_total(&row.label)));
    let mut starts: Vec<_> = grouped.map(group).collect();
    starts.dedup();
    let several = starts.len() > 1;
    let of = |row: &PrintedRow| words::is_total(&row.label).then_some(several && row.group.is_some());
    rows.iter().map(of).collect()
}

/// Returns the level of every row.
fn depths(rows: &[PrintedRow], subtotals: &[Option<bool>]) -> Vec<usize> {
    let group = |row: &PrintedRow| row.group.as_ref().map(|(start, _)| *start);
    let summed: Vec<usize> = (0..rows.len()).filter(|row| subtotals[*row] == Some(true)).collect();
    if !summed.is_empty() {
        let is_part = |row: usize| {
            let starts = summed.iter().filter(|sum| **sum != row).map(|sum| group(&rows[*sum]));
            subtotals[row].is_none() && starts.into_iter().any(|start| start == group(&rows[row]))
        };
        return (0..rows.len()).map(|row| usize::from(is_part(row))).collect();
    }
    if rows.iter().any(|row| row.level > 0) {
        return rows.iter().map(|row| usize::from(row.level)).collect();
    }
    if rows.iter().any(|row| row.indent > 0) {
        return rows.iter().map(|row| usize::from(row.indent)).collect();
    }
    if rows.iter().any(|row| !row.code.is_empty()) {
        return rows.iter().map(|row| row.code.len().saturating_sub(3) / 2).collect();
    }
    let level = |row: &PrintedRow| words::list_number(&row.label).map(|(level, _)| level);
    let mut levels: Vec<u8> = rows.iter().filter_map(level).collect();
    levels.sort_unstable();
    levels.dedup();
    let depth = |level| levels.iter().position(|other| *other == level).unwrap_or(0);
    rows.iter().map(|row| level(row).map_or(0, depth)).collect()
}
