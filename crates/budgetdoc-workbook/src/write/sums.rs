//! Finds the figures of a table that are sums of others on the same sheet.
//!
//! The table says which figures may be one: a row sums the deeper rows below it, a total the top rows, the first column
//! below a head the columns beside it. The values decide: a formula is written only where it gives the printed figure.

use std::collections::BTreeMap;
use std::ops::Range;

use budgetdoc_document::{CellContent, ColumnKind, Placed, RowGroup, Table};
use rust_decimal::Decimal;

/// Row and column of a cell.
pub(super) type At = (usize, usize);

/// The figures of a group of rows by their places.
pub(super) type Figures = BTreeMap<At, Decimal>;

/// A row of one side of a group.
struct SideRow {
    row: usize,
    level: usize,
    total: bool,
}

/// Returns, for each figure of a group of rows that is a sum, the figures it is the sum of. `lines` are the rows of the
/// group, `head` those of its head.
pub(super) fn sums(
    table: &Table,
    group: &RowGroup<'_>,
    head: &[Vec<Placed<'_>>],
    lines: &[Vec<Placed<'_>>],
    figures: &Figures,
) -> BTreeMap<At, Vec<At>> {
    let mut found = BTreeMap::new();
    for side in sides(table) {
        let columns = across(head, side.clone(), figures);
        for column in side.clone().filter(|column| table.columns[*column].kind == ColumnKind::Amount) {
            if let Some(parts) = columns.get(&column) {
                let rows = figures.keys().filter(|at| at.1 == column).map(|at| at.0);
                found.extend(rows.map(|row| ((row, column), parts.iter().map(|part| (row, *part)).collect())));
            }
        }
        let rows = side_rows(group, lines, side.clone());
        for column in side {
            for index in 0..rows.len() {
                if let Some(parts) = down(&rows, index, column, figures) {
                    found.insert((rows[index].row, column), parts);
                }
            }
        }
    }
    found
}

/// Returns the sides of a table: labels with the figures to the right of them.
fn sides(table: &Table) -> Vec<Range<usize>> {
    let is_figure = |column: usize| table.columns.get(column).is_some_and(|column| column.kind == ColumnKind::Amount);
    let mut sides = Vec::new();
    let mut start = 0;
    for column in 0..table.columns.len() {
        if is_figure(column) && !is_figure(column + 1) {
            sides.push(start..column + 1);
            start = column + 1;
        }
    }
    sides
}

/// Returns the rows of a side. Their level is the table's where it has levels, or else the indent of their label.
fn side_rows(group: &RowGroup<'_>, lines: &[Vec<Placed<'_>>], side: Range<usize>) -> Vec<SideRow> {
    let has_levels = (0..group.len()).any(|row| group[row].level > 0);
    (group.heads()..group.len())
        .map(|row| {
            let own = lines[row].iter().filter(|placed| side.contains(&placed.slot.column) && placed.slot.row == row);
            let indent = own.map(|placed| placed.cell.indent).max().unwrap_or(0);
            let level = if has_levels { group[row].level } else { indent };
            SideRow { row, level: usize::from(level), total: group[row].total }
        })
        .collect()
}

/// Returns the figures above or below that the figure of a row is the sum of.
fn down(rows: &[SideRow], index: usize, column: usize, figures: &Figures) -> Option<Vec<At>> {
    let own = &rows[index];
    let value = *figures.get(&(own.row, column))?;
    let at = |row: &SideRow| (row.row, column);
    let is_sum = |parts: &Vec<At>| {
        !parts.is_empty() && parts.iter().filter_map(|part| figures.get(part)).sum::<Decimal>() == value
    };
    let there = |parts: Vec<At>| parts.into_iter().filter(|part| figures.contains_key(part)).collect::<Vec<_>>();
    if !own.total {
        let below: Vec<&SideRow> =
            rows[index + 1..].iter().take_while(|row| row.level > own.level && !row.total).collect();
        let level = below.iter().map(|row| row.level).min()?;
        let parts = there(below.into_iter().filter(|row| row.level == level).map(at).collect());
        return Some(parts).filter(is_sum);
    }
    let top = rows.iter().filter(|row| !row.total).map(|row| row.level).min()?;
    let is_part = |row: &&SideRow| !row.total && row.level == top;
    // A total at the top sums what follows; one further down what stands above it, from the last total on or from the
    // beginning.
    let (before, after) = (&rows[..index], &rows[index + 1..]);
    let last_total = before.iter().rposition(|row| row.total);
    let since = last_total.map(|last| {
        let between = before[last + 1..].iter().filter(is_part);
        std::iter::once(&before[last]).chain(between).map(at).collect()
    });
    let all = if before.iter().any(|row| is_part(&row)) { before } else { after };
    let all = all.iter().filter(is_part).map(at).collect();
    [since, Some(all)].into_iter().flatten().map(there).find(is_sum)
}

/// Returns the columns of a side that are the sum of others in every row, with those.
fn across(head: &[Vec<Placed<'_>>], side: Range<usize>, figures: &Figures) -> BTreeMap<usize, Vec<usize>> {
    let mut found = BTreeMap::new();
    let columns: Vec<usize> = side.filter(|column| figures.keys().any(|at| at.1 == *column)).collect();
    add_across(head, 0, &columns, figures, &mut found);
    found
}

/// Finds the sums of columns that share the heads above `depth`, and returns the columns that together are all of them.
fn add_across(
    head: &[Vec<Placed<'_>>],
    depth: usize,
    columns: &[usize],
    figures: &Figures,
    found: &mut BTreeMap<usize, Vec<usize>>,
) -> Vec<usize> {
    if columns.len() < 2 {
        return columns.to_vec();
    }
    let cell = |column: usize| {
        let line = head.get(depth)?;
        let placed = line.iter().take_while(|placed| placed.slot.column <= column).last()?;
        Some((placed.slot.row, placed.slot.column))
    };
    let children: Vec<&[usize]> = match depth < head.len() {
        true => columns.chunk_by(|one, other| cell(*one) == cell(*other)).collect(),
        false => columns.chunks(1).collect(),
    };
    if let [only] = children[..] {
        return add_across(head, depth + 1, only, figures, found);
    }
    let parts: Vec<Vec<usize>> =
        children.iter().map(|child| add_across(head, depth + 1, child, figures, found)).collect();
    let rest: Vec<usize> = parts[1..].concat();
    // What is “of which” (其中) another is not all of it, though the figures may agree once.
    let is_part = |column: &usize| head.iter().all(|line| !head_at(line, *column).contains("其中"));
    if let [total] = children[0]
        && rest.iter().all(is_part)
        && is_sum_of_columns(*total, &rest, figures)
    {
        found.insert(*total, rest);
        return vec![*total];
    }
    parts.concat()
}

/// Returns the words of a line of the head above a column.
fn head_at(line: &[Placed<'_>], column: usize) -> String {
    let placed = line.iter().take_while(|placed| placed.slot.column <= column).last();
    placed.map(|placed| placed.cell.content.to_string()).unwrap_or_default()
}

fn is_sum_of_columns(total: usize, parts: &[usize], figures: &Figures) -> bool {
    let mut rows = figures.iter().filter(|(at, _)| at.1 == total).peekable();
    let differ = |(at, value): (&At, &Decimal)| {
        let values = parts.iter().map(|part| figures.get(&(at.0, *part)).copied());
        values.sum::<Option<Decimal>>() != Some(*value)
    };
    let money = figures.iter().any(|(at, value)| at.1 == total && !value.is_zero());
    money && rows.peek().is_some() && !rows.any(differ)
}

/// Returns the value of a figure as the workbook holds it: exact, but as printed where a workbook would show another.
pub(super) fn stored(content: &CellContent) -> Option<Decimal> {
    let number = content.number()?;
    let exact =
        budgetdoc_document::NumberFormat { rounding: budgetdoc_document::Rounding::HalfUp, ..number.format.clone() };
    Some(match exact.print(number.value) == number.to_string() {
        true => number.value,
        false => number.format.rounding.apply(number.value, number.format.decimals),
    })
}
