//! Tables in cells: merged heads, rows, notes.

use rust_decimal::Decimal;

use super::{Composer, printed, rounding};
use crate::budget::{CellValue, HeadColumn, RowValue, TableValue, Words};
use crate::money::{AmountFormat, Rounding, print_number};
use crate::numerals::label;
use crate::profile::{Profile, TableContent, TableDef};
use budgetdoc_document::{Align, Block, Cell, Column, Length, Row, Table, TableBody, TableHeading, Text};

impl Composer<'_> {
    pub(super) fn table(&mut self, id: &str) {
        let budget = self.budget;
        let Some((key, def)) = budget.profile.tables.iter().find(|(key, _)| key.value == id) else { return };
        self.table_place = key.place;
        let heading = def.title.as_ref().map(|title| self.table_heading(title, def.entry.as_ref().unwrap_or(title)));
        let caption = heading.is_some().then(|| {
            let ([left, right], place) = match &def.caption {
                Some(own) => (own, key.place),
                None => (&budget.profile.caption, None),
            };
            self.narrator.set_unit(def.amounts.as_ref().unwrap_or(&budget.profile.table_amounts).unit);
            (Text::plain(self.fill_at(left, place)), Text::plain(self.fill_at(right, place)))
        });
        let mut table = Table {
            heading,
            caption,
            summary: self.fill(&def.summary),
            orientation: budget.profile.page.orientation_of(def.orientation),
            ..Table::default()
        };
        match (&def.content, budget.table(id)) {
            (TableContent::Performance(labels), _) => {
                self.performance(labels, &mut table);
                table.notes = self.notes(&def.notes);
            }
            (_, Some(value)) => self.figures(def, &value, &mut table),
            (_, None) => {}
        }
        self.blocks.push(Block::Table(Box::new(table)));
        self.table_place = None;
    }

    fn table_heading(&mut self, title: &str, entry: &str) -> TableHeading {
        self.tables += 1;
        let (title, entry) = (self.fill(title), self.fill(entry));
        let Profile { numbering, headings, .. } = &self.budget.profile;
        TableHeading {
            number: label(&numbering.table, self.tables),
            entry: label(&numbering.table_entry, self.tables) + &entry,
            title: title.into(),
            level: headings.table.level,
            contents: headings.table.contents,
        }
    }

    fn figures(&mut self, def: &TableDef, value: &TableValue, table: &mut Table) {
        let format = def.amounts.as_ref().unwrap_or(&self.budget.profile.table_amounts).clone();
        table.columns = value
            .columns
            .iter()
            .map(|column| Column { kind: column.kind, width: column.width.map(|mm| Length::mm(i32::from(mm))) })
            .collect();
        table.head = self.head(&value.columns);
        let formats: Vec<_> =
            value.columns.iter().map(|column| column.amounts.as_ref().unwrap_or(&format).clone()).collect();
        let rows = (0..value.rows.len()).map(|index| self.row(&value.rows, index, &formats)).collect();
        table.bodies = vec![TableBody { head: Vec::new(), rows }];
        let figures = value.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| match cell {
            CellValue::Figure(total) => Some(total),
            _ => None,
        });
        let empty = figures.into_iter().all(|total| total.or_zero().is_zero() && !total.is_unfilled());
        let notes = if empty && !def.empty_notes.is_empty() { &def.empty_notes } else { &def.notes };
        table.notes = self.notes(notes);
        let profile = &self.budget.profile;
        if let Some(note) = &profile.rounding_note
            && rounding::parts_miss_their_sum(&value.rows, &formats)
        {
            table.notes.push(Text::plain(self.fill_at(note, None)));
        }
    }

    pub(super) fn notes(&mut self, notes: &[String]) -> Vec<Text> {
        notes.iter().map(|note| Text::plain(self.fill(note))).collect()
    }

    fn row(&mut self, rows: &[RowValue], index: usize, formats: &[AmountFormat]) -> Row {
        let mut cells = Vec::new();
        for (column, cell) in rows[index].cells.iter().enumerate() {
            match cell {
                CellValue::Covered | CellValue::Joined => {}
                CellValue::Blank => cells.push(Cell::new("")),
                CellValue::Figure(total) => cells.push(Cell::new(printed(total, &formats[column]))),
                CellValue::Share(share) => cells.push(Cell::new(self.percentage(*share))),
                CellValue::Words { text, level, place } => {
                    let text = match text {
                        Words::Template(template) => self.fill(template),
                        Words::Literal(text) => text.trim().to_owned(),
                    };
                    let below = rows[index + 1..].iter();
                    let covered = below.take_while(|row| row.cells[column] == CellValue::Covered).count();
                    let joined = rows[index].cells[column + 1..].iter();
                    let joined = joined.take_while(|cell| **cell == CellValue::Joined).count();
                    let span = |count: usize| u16::try_from(count + 1).unwrap_or(u16::MAX);
                    let mut cell = Cell::new(text).span(span(joined), span(covered)).indent(*level);
                    if joined > 0 {
                        cell.align = Some(Align::Center);
                    }
                    for text in &mut cell.text {
                        text.origin = *place;
                    }
                    cell.header = column == 0;
                    cells.push(cell);
                }
            }
        }
        let total =
            cells.iter().find(|cell| !cell.text.is_empty()).is_some_and(|cell| is_total(&cell.text[0].to_plain()));
        Row { cells, total, level: rows[index].level, recurs: rows[index].recurs }
    }

    fn percentage(&self, share: Option<Decimal>) -> String {
        let words = &self.budget.profile.words;
        let print = |share| print_number(share, words.percent_decimals, false, false, Rounding::HalfUp);
        share.map(print).unwrap_or_default()
    }

    /// The head from the columns' lists: neighbours under the same upper words share a cell, short lists reach down.
    fn head(&mut self, columns: &[HeadColumn]) -> Vec<Row> {
        let filled: Vec<Vec<String>> =
            columns.iter().map(|column| column.head.iter().map(|words| self.fill(words)).collect()).collect();
        let depth = filled.iter().map(Vec::len).max().unwrap_or(0);
        let mut rows = vec![Row::default(); depth];
        for level in 0..depth {
            let mut column = 0;
            while column < filled.len() {
                let list = &filled[column];
                // Columns of the very same words, a label before a name, share all of them.
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

/// Whether a row of this name sums up rows above it.
fn is_total(name: &str) -> bool {
    ["合计", "小计", "总计", "共计"].iter().any(|word| name.trim_end().ends_with(word))
}
