//! Reads tables as lists of rows below their heads.

use std::borrow::Cow;

use budgetdoc_core::money::Unit;
use budgetdoc_document::{CellContent, ColumnKind, Placed, RowGroup, Table};

use super::code::Code;
use super::figure::PrintedFigure;
use super::words;

/// A table.
pub(super) struct PrintedTable {
    /// Number and title.
    pub name: String,
    /// The words of the title; none of a table in the flow of text.
    pub title: String,
    /// The unit of amounts; none if the table does not name it.
    pub unit: Option<Unit>,
    /// The lists of rows of every body; several if the body has sides.
    pub lists: Vec<List>,
}

/// Rows below heads: labels with figures to the right of them.
pub(super) struct List {
    /// The columns of figures.
    pub columns: Vec<PrintedColumn>,
    /// The rows with words or figures.
    pub rows: Vec<PrintedRow>,
    /// Index of its body: lists of one body are side by side.
    pub body: usize,
    /// Whether its labels are subjects, so that a total is the sum of rows.
    pub has_subjects: bool,
}

/// A column of figures.
pub(super) struct PrintedColumn {
    /// Its heads from top to bottom, each with the position of its cell.
    pub head: Vec<((usize, usize), String)>,
}

/// A row.
#[derive(Clone, Debug, Default)]
pub(super) struct PrintedRow {
    /// Its row in the body.
    pub index: usize,
    /// Its label without blanks.
    pub label: String,
    /// Label of its group of rows, and the row in which the group begins.
    pub group: Option<(usize, String)>,
    /// Its subject's code; empty without one.
    pub code: Code,
    /// Level by the indent of its label.
    pub indent: u8,
    /// Level as the table has it.
    pub level: u8,
    /// The entries of the columns of figures.
    pub cells: Vec<Entry>,
}

/// An entry of a column of figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Entry {
    /// An amount or blank.
    Amount(PrintedFigure),
    /// A percentage.
    Percentage(PrintedFigure),
    /// Words, as of an unfilled amount.
    Words,
}

impl Entry {
    /// Returns the amount; none of a percentage or words.
    pub fn amount(self) -> Option<PrintedFigure> {
        match self {
            Entry::Amount(figure) => Some(figure),
            Entry::Percentage(_) | Entry::Words => None,
        }
    }

    /// Returns the percentage; none of an amount or words.
    pub fn percentage(self) -> Option<PrintedFigure> {
        match self {
            Entry::Percentage(figure) => Some(figure),
            Entry::Amount(_) | Entry::Words => None,
        }
    }
}

impl PrintedColumn {
    /// Returns all heads, from top to bottom.
    pub fn words(&self) -> String {
        self.head.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join("/")
    }

    /// Returns the lowest head.
    pub fn name(&self) -> &str {
        self.head.last().map_or("", |(_, words)| words)
    }
}

impl PrintedTable {
    /// Reads a table; one whose cells make no grid has no lists.
    pub fn of(table: &Table) -> PrintedTable {
        let plain = |text: &budgetdoc_document::Text| text.to_plain();
        let title = table.heading.as_ref().map_or_else(|| table.summary.clone(), |heading| plain(&heading.title));
        let number = table.heading.as_ref().map_or("", |heading| heading.number.as_str());
        let caption = table.caption.as_ref().map(|(_, right)| plain(right)).unwrap_or_default();
        let groups = table.groups();
        let mut lists = Vec::new();
        for group in &groups[1..] {
            let heads = if group.heads() > 0 { group } else { &groups[0] };
            lists.extend(lists_of(table, heads, group).unwrap_or_default());
        }
        PrintedTable {
            name: format!("{number} {title}").trim().to_owned(),
            title: if table.heading.is_some() { words::without_blanks(&title) } else { String::new() },
            unit: unit(&caption),
            lists,
        }
    }

    /// Returns the unit of a column's figures.
    pub fn unit_of(&self, column: &PrintedColumn) -> Option<Unit> {
        column.head.iter().rev().find_map(|(_, words)| unit_in_head(words)).or(self.unit)
    }
}

/// Returns the unit that words name: 单位：万元, 预算金额（万元）.
fn unit(words: &str) -> Option<Unit> {
    // 元 ends the names of all other units.
    [Unit::HundredMillionYuan, Unit::TenThousandYuan, Unit::ThousandYuan, Unit::Yuan]
        .into_iter()
        .find(|unit| words.contains(unit.name()))
}

/// Returns the unit that a head names in brackets.
pub(super) fn unit_in_head(words: &str) -> Option<Unit> {
    unit(words.split_once(['（', '('])?.1)
}

/// Returns the lists side by side in a group of rows: labels with the figures to the right of them.
fn lists_of(table: &Table, heads: &RowGroup<'_>, group: &RowGroup<'_>) -> Option<Vec<List>> {
    let head: Vec<Vec<Placed<'_>>> = heads.lines().take(head_rows(heads)).collect::<Result<_, _>>().ok()?;
    let body: Vec<Vec<Placed<'_>>> = group.lines().collect::<Result<_, _>>().ok()?;
    let is_figure = |column: usize| table.columns[column].kind == ColumnKind::Amount;
    // A side is labels with figures behind them; words behind the last figure belong to the last side.
    let mut sides: Vec<std::ops::Range<usize>> = Vec::new();
    let mut start = 0;
    for column in 0..table.columns.len() {
        if is_figure(column) && !table.columns.get(column + 1).is_some_and(|_| is_figure(column + 1)) {
            sides.push(start..column + 1);
            start = column + 1;
        }
    }
    let list = |side: std::ops::Range<usize>| {
        let first = side.clone().find(|column| is_figure(*column)).unwrap_or(side.end);
        let columns = (first..side.end).map(|column| PrintedColumn { head: head_of(&head, column) }).collect();
        let rows = (group.heads()..group.len()).filter_map(|index| {
            let row = row(table, &body[index], index, (side.start, first, side.end))?;
            Some(PrintedRow { index, level: group[index].level, ..row })
        });
        let of_subjects = |column| head_of(&head, column).iter().any(|(_, words)| words.contains("科目编码"));
        let has_subjects = (side.start..first).any(of_subjects);
        List { columns, rows: rows.collect(), body: group.index, has_subjects }
    };
    Some(sides.into_iter().map(list).collect())
}

/// Returns the number of head rows of a group: all of a table's head, the first of a body.
pub(super) fn head_rows(group: &RowGroup<'_>) -> usize {
    if group.index == 0 { group.len() } else { group.heads() }
}

/// Returns the heads of a column from top to bottom, each with the position of its cell.
pub(super) fn head_of(head: &[Vec<Placed<'_>>], column: usize) -> Vec<((usize, usize), String)> {
    let mut path: Vec<((usize, usize), String)> = Vec::new();
    for line in head {
        let Some(placed) = cell_at(line, column) else { continue };
        let id = (placed.slot.row, placed.slot.column);
        if path.last().is_none_or(|(last, _)| *last != id) {
            path.push((id, words::without_blanks(&placed.cell.content.to_string())));
        }
    }
    path
}

/// Returns the cell that covers a column of a row.
pub(super) fn cell_at<'p, 'a>(line: &'p [Placed<'a>], column: usize) -> Option<&'p Placed<'a>> {
    let next = line.partition_point(|placed| placed.slot.column <= column);
    line[..next].last()
}

/// Reads a row of a side: its labels from `start`, its figures from `first` to `end`. None if it is empty.
fn row(
    table: &Table,
    line: &[Placed<'_>],
    index: usize,
    (start, first, end): (usize, usize, usize),
) -> Option<PrintedRow> {
    let mut row = PrintedRow::default();
    let mut code = Cow::Borrowed("");
    let mut labels: Vec<(usize, String, u8)> = Vec::new();
    let mut column = start;
    while column < first {
        let placed = cell_at(line, column)?;
        let is_own = placed.slot.row == index;
        match &placed.cell.content {
            // Parts of a code have columns of their own.
            CellContent::Code(part) if is_own => code += part.as_str(),
            CellContent::Text(_) => {
                let words = words::without_blanks(&placed.cell.content.to_string());
                if !is_own && column == start {
                    row.group = Some((placed.slot.row, words));
                } else if is_own && !words.is_empty() {
                    labels.push((column, words, placed.cell.indent));
                }
            }
            CellContent::Code(_) | CellContent::Empty | CellContent::Amount(_) | CellContent::Percentage(_) => {}
        }
        column = placed.slot.column + usize::from(placed.cell.columns).max(1);
    }
    // A narrow label before another is that of a group of rows.
    if labels.len() > 1 && labels[0].0 == start && table.columns[start].kind == ColumnKind::Label {
        row.group = Some((index, labels.remove(0).1));
    }
    if let Some((_, label, indent)) = labels.into_iter().next() {
        (row.label, row.indent) = (label, indent);
    }
    row.code = Code::read(&code).unwrap_or_default();
    row.cells = (first..end).map(|column| entry(line, index, column)).collect::<Option<_>>()?;
    let nothing = |entry: &Entry| matches!(entry, Entry::Amount(figure) if *figure == PrintedFigure::BLANK);
    let is_free = row.label.is_empty() && row.code.is_empty() && row.cells.iter().all(nothing);
    (!is_free).then_some(row)
}

/// Reads an entry of a column of figures. A label that spans the column has its figure behind it.
fn entry(line: &[Placed<'_>], index: usize, column: usize) -> Option<Entry> {
    let mut placed = cell_at(line, column)?;
    if placed.slot.column < column && placed.slot.row == index {
        placed = cell_at(line, placed.slot.column + usize::from(placed.cell.columns))?;
    }
    Some(match &placed.cell.content {
        CellContent::Amount(number) => Entry::Amount(PrintedFigure::of(number)),
        CellContent::Percentage(number) => Entry::Percentage(PrintedFigure::of(number)),
        CellContent::Empty => Entry::Amount(PrintedFigure::BLANK),
        CellContent::Text(_) | CellContent::Code(_) => Entry::Words,
    })
}
