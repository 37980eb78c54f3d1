//! Composes tables: merged heads, rows, notes.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::{Composer, figure, rounding_note};
use crate::budget::{CellValue, CellWords, HeadColumn, RowValue, TableValue};
use crate::money::AmountFormat;
use crate::numerals::table_label;
use crate::profile::{PerformanceTable, Profile, TableContent, TableDef};
use budgetdoc_document::{
    Align, Cell, CellContent, Column, ColumnKind, Length, Number, NumberFormat, Row, Table, TableBody, TableHeading,
    Text,
};

impl Composer<'_> {
    /// Composes a table of the profile and counts it, if it has a title: one, or one for each project. None for an id that
    /// the profile does not have.
    pub(super) fn tables(&mut self, id: &str) -> Vec<Table> {
        let budget = self.budget;
        let Some((key, def)) = budget.profile.tables.iter().find(|(key, _)| key.value == id) else { return Vec::new() };
        self.table_place = key.place;
        self.table_amounts = def.amounts.as_ref().unwrap_or(&budget.profile.table_amounts).clone();
        let heading = def.title.as_ref().map(|title| self.table_heading(title, def));
        let caption = heading.is_some().then(|| {
            let ([left, right], place) = match &def.caption {
                Some(own) => (own, key.place),
                None => (&budget.profile.caption, None),
            };
            self.narrator.set_unit(Some(self.table_amounts.unit));
            (Text::plain(self.fill_at(left, place)), Text::plain(self.fill_at(right, place)))
        });
        let mut table = Table {
            heading,
            caption,
            summary: self.fill(&def.summary),
            orientation: budget.profile.page.orientation_of(def.orientation),
            ..Table::default()
        };
        let tables = match &def.content {
            TableContent::Performance(performance) => self.performance_tables(def, performance, table),
            TableContent::Rows(_) | TableContent::Balance(_) | TableContent::Schedule(_) => {
                if let Some(value) = budget.table(id) {
                    self.figures(def, &value, &mut table);
                }
                vec![table]
            }
        };
        self.table_place = None;
        self.narrator.set_unit(None);
        tables
    }

    /// Makes the table of the department, or one for each project; the contents list the first.
    fn performance_tables(&mut self, def: &TableDef, performance: &PerformanceTable, table: Table) -> Vec<Table> {
        let notes = self.notes(&def.notes);
        let Some(axis) = performance.each else {
            let mut table = Table { notes, ..table };
            self.performance(performance, None, &mut table);
            return vec![table];
        };
        let projects = self.budget.projects_along(axis);
        if projects.is_empty() {
            let mut table = Table { notes: self.notes(&def.empty_notes), ..table };
            self.performance(performance, None, &mut table);
            return vec![table];
        }
        let mut tables = Vec::new();
        for (index, project) in projects.into_iter().enumerate() {
            let name = self.budget.spec.projects[project].name.trim();
            let mut own =
                Table { notes: notes.clone(), summary: format!("{}：{name}", table.summary), ..table.clone() };
            if let Some(heading) = own.heading.as_mut().filter(|_| index > 0) {
                heading.contents = None;
            }
            self.performance(performance, Some(project), &mut own);
            tables.push(own);
        }
        tables
    }

    fn table_heading(&mut self, title: &str, def: &TableDef) -> TableHeading {
        self.counters.table = self.counters.table.next(def.subtable);
        let (title, entry) = (self.fill(title), self.fill(def.entry.as_deref().unwrap_or(title)));
        let Profile { numbering, headings, .. } = &self.budget.profile;
        TableHeading {
            number: table_label(&numbering.table, self.counters.table),
            entry: table_label(&numbering.table_entry, self.counters.table) + &entry,
            title: title.into(),
            level: headings.table.level,
            contents: headings.table.contents,
        }
    }

    fn figures(&mut self, def: &TableDef, value: &TableValue, table: &mut Table) {
        let format = self.table_amounts.clone();
        table.columns = value
            .columns
            .iter()
            .map(|column| Column { kind: column.kind, width: column.width.map(|mm| Length::mm(i32::from(mm))) })
            .collect();
        table.head = self.head(&value.columns);
        let formats: Vec<_> =
            value.columns.iter().map(|column| column.amounts.as_ref().unwrap_or(&format).clone()).collect();
        let heads = row_heads(&table.columns);
        let mut rows: Vec<Row> =
            (0..value.rows.len()).map(|index| self.row(&value.rows, index, &formats, &heads)).collect();
        let level_codes: Vec<bool> = (0..table.columns.len()).map(|column| has_level_codes(value, column)).collect();
        for (row, cells) in rows.iter_mut().zip(&value.rows) {
            align_cells(row, &cells.cells, &table.columns, &level_codes);
        }
        let has_nothing = |cell: &CellValue| match cell {
            CellValue::Figure(total) => total.or_zero().is_zero() && !total.is_unfilled(),
            CellValue::Count(number) => number.is_zero(),
            CellValue::Blank
            | CellValue::Covered
            | CellValue::Joined
            | CellValue::Words { .. }
            | CellValue::Code(_)
            | CellValue::Share(_) => true,
        };
        let empty = match &def.content {
            TableContent::Schedule(schedule) => self.budget.schedule(&schedule.of).is_empty(),
            TableContent::Rows(_) | TableContent::Balance(_) | TableContent::Performance(_) => {
                value.rows.iter().flat_map(|row| &row.cells).all(has_nothing)
            }
        };
        if let Some(words) = def.empty_row.as_ref().filter(|_| empty) {
            let columns = u16::try_from(table.columns.len()).unwrap_or(u16::MAX);
            rows = vec![Row::new([Cell::new(self.fill(words)).span(columns, 1).align(Align::Center)])];
        }
        table.bodies = vec![TableBody { head: Vec::new(), rows }];
        let notes = if empty && !def.empty_notes.is_empty() { &def.empty_notes } else { &def.notes };
        table.notes = self.notes(notes);
        let profile = &self.budget.profile;
        if let Some(note) = &profile.rounding_note
            && rounding_note::parts_miss_their_sum(&value.rows, &formats)
        {
            table.notes.push(Text::plain(self.fill_at(note, None)));
        }
    }

    /// Returns the notes below a table, without those whose template is empty for this budget.
    pub(super) fn notes(&mut self, notes: &[String]) -> Vec<Text> {
        let filled = notes.iter().map(|note| self.fill(note));
        filled.filter(|note| !note.trim().is_empty()).map(Text::plain).collect()
    }

    fn row(&mut self, rows: &[RowValue], index: usize, formats: &[AmountFormat], heads: &[bool]) -> Row {
        let mut cells = Vec::new();
        for (column, cell) in rows[index].cells.iter().enumerate() {
            match cell {
                CellValue::Covered | CellValue::Joined => {}
                CellValue::Blank => cells.push(Cell::new("")),
                CellValue::Code(code) => {
                    let cell = Cell::new(CellContent::Code(code.clone()));
                    cells.push(if heads[column] { cell.header() } else { cell });
                }
                CellValue::Figure(total) => cells.push(Cell::new(figure(total, &formats[column]))),
                CellValue::Count(number) => cells.push(Cell::amount(*number, count_format(*number))),
                CellValue::Share(share) => cells.push(Cell::new(self.percentage(*share, &formats[column]))),
                CellValue::Words { text, level, place } => {
                    let text = match text {
                        CellWords::Template(template) => self.fill(template),
                        CellWords::Literal(text) => text.trim().to_owned(),
                    };
                    let below = rows[index + 1..].iter();
                    let covered = below.take_while(|row| row.cells[column] == CellValue::Covered).count();
                    let joined = rows[index].cells[column + 1..].iter();
                    let joined = joined.take_while(|cell| **cell == CellValue::Joined).count();
                    let span = |count: usize| u16::try_from(count + 1).unwrap_or(u16::MAX);
                    let text = Text::plain(text).at(*place);
                    let mut cell = Cell::new(text).span(span(joined), span(covered)).indent(*level);
                    if joined > 0 || rows[index].total {
                        cell.align = Some(Align::Center);
                    }
                    cell.header =
                        heads[column] && (column == 0 || cell.content.paragraphs().iter().any(|text| !text.is_empty()));
                    cells.push(cell);
                }
            }
        }
        head_row(&mut cells);
        let RowValue { level, recurs, total, .. } = rows[index];
        Row { cells, total, level, recurs }
    }

    /// Returns a percentage; none at all is printed as an amount of zero beside it is.
    fn percentage(&self, share: Option<Decimal>, amounts: &AmountFormat) -> CellContent {
        let decimals = self.budget.profile.words.percent_decimals;
        let format = NumberFormat { decimals, zero: amounts.zero.clone(), ..NumberFormat::default() };
        share.map_or(CellContent::Empty, |value| CellContent::Percentage(Number { value, format }))
    }

    /// Makes the head from the columns' lists: neighbours with the same upper words share a cell, and short lists span
    /// down.
    fn head(&mut self, columns: &[HeadColumn]) -> Vec<Row> {
        let filled: Vec<Vec<String>> =
            columns.iter().map(|column| column.head.iter().map(|words| self.fill(words)).collect()).collect();
        let depth = filled.iter().map(Vec::len).max().unwrap_or(0);
        let mut rows = vec![Row::default(); depth];
        for level in 0..depth {
            let mut column = 0;
            while column < filled.len() {
                let list = &filled[column];
                // Columns with equal words, such as a label before a name, share all cells.
                let same = |other: &&Vec<String>| match level + 1 < list.len() {
                    true => other.len() > level + 1 && other[..=level] == list[..=level],
                    false => *other == list,
                };
                let width = filled[column..].iter().take_while(same).count();
                if level < list.len() {
                    let down = if level + 1 == list.len() { depth - level } else { 1 };
                    let span = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
                    rows[level].cells.push(Cell::new(list[level].as_str()).span(span(width), span(down)).header());
                }
                column += width;
            }
        }
        rows
    }
}

/// Sets numbers among words, such as prices, at the right of their columns, and codes of one width in the middle.
fn align_cells(row: &mut Row, values: &[CellValue], columns: &[Column], level_codes: &[bool]) {
    let own = |value: &CellValue| !matches!(value, CellValue::Covered | CellValue::Joined);
    let values = values.iter().zip(columns).zip(level_codes).filter(|((value, _), _)| own(value));
    for (cell, ((value, column), has_levels)) in row.cells.iter_mut().zip(values) {
        match value {
            CellValue::Figure(_) | CellValue::Count(_) if column.kind == ColumnKind::Text => {
                cell.align = Some(Align::Right);
            }
            CellValue::Code(_) if !has_levels => cell.align = Some(Align::Center),
            CellValue::Figure(_)
            | CellValue::Count(_)
            | CellValue::Code(_)
            | CellValue::Blank
            | CellValue::Covered
            | CellValue::Joined
            | CellValue::Words { .. }
            | CellValue::Share(_) => {}
        }
    }
}

/// Returns whether a column has codes of several widths, those of levels, which are flush left.
fn has_level_codes(value: &TableValue, column: usize) -> bool {
    let widths: BTreeSet<usize> = (value.rows.iter())
        .filter_map(|row| match &row.cells[column] {
            CellValue::Code(code) => Some(code.len()),
            CellValue::Figure(_)
            | CellValue::Count(_)
            | CellValue::Blank
            | CellValue::Covered
            | CellValue::Joined
            | CellValue::Words { .. }
            | CellValue::Share(_) => None,
        })
        .collect();
    widths.len() > 1
}

/// Returns the format of a number that is not money: its own decimals.
fn count_format(number: Decimal) -> NumberFormat {
    NumberFormat { decimals: number.scale(), ..NumberFormat::default() }
}

/// Makes the words before figures heads of a row whose own heads are blank or in a row above, such as the name of a
/// project under the unit that the first row names.
fn head_row(cells: &mut [Cell]) {
    let is_blank = |cell: &Cell| cell.content.paragraphs().iter().all(Text::is_empty);
    let last = cells.iter().rposition(|cell| matches!(cell.content, CellContent::Amount(_))).unwrap_or(0);
    let before = &mut cells[..last];
    if before.iter().any(|cell| cell.header && !is_blank(cell)) {
        return;
    }
    for cell in before.iter_mut().filter(|cell| cell.content.number().is_none() && !is_blank(cell)) {
        cell.header = true;
    }
}

/// Returns for each column whether its words or codes head the row: the first, codes and the names beside them, and the
/// labels of the other sides of a balance, which stand between figures.
fn row_heads(columns: &[Column]) -> Vec<bool> {
    let kind = |column: Option<usize>| column.and_then(|column| columns.get(column)).map(|column| column.kind);
    let is_head = |column: usize| {
        let (before, after) = (kind(column.checked_sub(1)), kind(Some(column + 1)));
        let between = before == Some(ColumnKind::Amount) && after == Some(ColumnKind::Amount);
        before.is_none()
            || match columns[column].kind {
                ColumnKind::Code => true,
                ColumnKind::Text | ColumnKind::Label => between || before == Some(ColumnKind::Code),
                ColumnKind::Amount => false,
            }
    };
    (0..columns.len()).map(is_head).collect()
}
