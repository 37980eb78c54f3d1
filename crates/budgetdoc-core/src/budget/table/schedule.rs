//! The rows of a schedule: values, subtotals, total.

use rust_decimal::Decimal;

use super::{CellValue, CellWords, HeadColumn, RowValue};
use crate::budget::Budget;
use crate::budget::schedule::{ScheduleEntry, ScheduleValue, sum_of};
use crate::profile::{Schedule, ScheduleColumn, ScheduleKind, TotalAt};
use budgetdoc_document::ColumnKind;

pub(super) fn evaluate(budget: &Budget, schedule: &Schedule) -> (Vec<HeadColumn>, Vec<RowValue>) {
    let printer = Printer { budget, schedule };
    let all = budget.schedule(&schedule.of);
    let (mut rows, mut number) = (Vec::new(), 0_usize);
    for group in printer.groups(all) {
        let subtotal = schedule.subtotals.as_ref().and_then(|subtotals| {
            let value = printer.printed(group.first()?, &subtotals.by);
            Some((subtotals.at, CellWords::Literal(value + &subtotals.name)))
        });
        let level = u8::from(subtotal.as_ref().is_some_and(|(at, _)| *at == TotalAt::Top));
        let mut sum = subtotal.map(|(at, name)| (at, printer.sum(name, &group, level == 0)));
        rows.extend(sum.take_if(|(at, _)| *at == TotalAt::Top).map(|(_, row)| row));
        for row in &group {
            number += 1;
            rows.push(printer.row(row, number, level));
        }
        rows.extend(sum.map(|(_, row)| row));
    }
    if let Some(total) = &schedule.total {
        let row = printer.sum(CellWords::Template(total.name.clone()), &all.iter().collect::<Vec<_>>(), true);
        match total.at {
            TotalAt::Top => rows.insert(0, row),
            TotalAt::Bottom => rows.push(row),
        }
    }
    (schedule.columns.iter().map(|column| printer.head(column)).collect(), rows)
}

struct Printer<'a> {
    budget: &'a Budget,
    schedule: &'a Schedule,
}

impl Printer<'_> {
    /// Returns the rows of each subtotal, or all rows.
    fn groups<'r>(&self, rows: &'r [ScheduleEntry]) -> Vec<Vec<&'r ScheduleEntry>> {
        let Some(subtotals) = &self.schedule.subtotals else { return vec![rows.iter().collect()] };
        let mut groups: Vec<Vec<&ScheduleEntry>> = Vec::new();
        for row in rows {
            let value = |row: &ScheduleEntry| self.printed(row, &subtotals.by);
            match groups.iter_mut().find(|group| value(group[0]) == value(row)) {
                Some(group) => group.push(row),
                None => groups.push(vec![row]),
            }
        }
        groups
    }

    fn is_summed(&self, column: &ScheduleColumn) -> bool {
        column.key.as_ref().is_some_and(|key| self.schedule.sums.iter().any(|sum| sum.value == key.value))
    }

    fn head(&self, column: &ScheduleColumn) -> HeadColumn {
        let kind = match column.is {
            ScheduleKind::Amount | ScheduleKind::Count | ScheduleKind::Quantity if self.is_summed(column) => {
                ColumnKind::Amount
            }
            ScheduleKind::Number => ColumnKind::Label,
            ScheduleKind::Subject | ScheduleKind::Economic => ColumnKind::Code,
            // A price is no part of a total: it is a value of the row like its name.
            ScheduleKind::Amount
            | ScheduleKind::Count
            | ScheduleKind::Quantity
            | ScheduleKind::Text
            | ScheduleKind::Date
            | ScheduleKind::SubjectName
            | ScheduleKind::EconomicName
            | ScheduleKind::Unit
            | ScheduleKind::Project => ColumnKind::Text,
        };
        HeadColumn { head: column.head.clone(), kind, width: column.width, amounts: column.amounts.clone() }
    }

    fn row(&self, row: &ScheduleEntry, number: usize, level: u8) -> RowValue {
        let cell = |column: &ScheduleColumn| match &column.key {
            Some(key) => self.cell(row, key, column.is),
            None => CellValue::Count(Decimal::from(number)),
        };
        let cells = self.schedule.columns.iter().map(cell).collect();
        RowValue { cells, subject: None, level, recurs: false, total: false }
    }

    /// Makes a row of sums. Its name covers the columns before the first of them.
    fn sum(&self, name: CellWords, rows: &[&ScheduleEntry], total: bool) -> RowValue {
        let columns = &self.schedule.columns;
        let covered = columns.iter().take_while(|column| !self.is_summed(column)).count();
        let cell = |(index, column): (usize, &ScheduleColumn)| match &column.key {
            _ if index == 0 && covered > 0 => CellValue::Words { text: name.clone(), level: 0, place: None },
            _ if index < covered => CellValue::Joined,
            Some(key) if self.is_summed(column) => sum(rows, key, column.is),
            Some(_) | None => CellValue::Blank,
        };
        let cells = columns.iter().enumerate().map(cell).collect();
        RowValue { cells, subject: None, level: 0, recurs: false, total }
    }

    fn cell(&self, row: &ScheduleEntry, key: &str, kind: ScheduleKind) -> CellValue {
        let Some(value) = row.get(key) else { return CellValue::Blank };
        match &value.value {
            ScheduleValue::Number(number) => CellValue::Count(*number),
            ScheduleValue::Amount(_) => CellValue::Figure(sum_of([row], key)),
            ScheduleValue::Subject(code) if kind == ScheduleKind::Subject => CellValue::Code(code.to_string()),
            ScheduleValue::Economic(code) if kind == ScheduleKind::Economic => CellValue::Code(code.to_string()),
            ScheduleValue::Words(_)
            | ScheduleValue::Subject(_)
            | ScheduleValue::Economic(_)
            | ScheduleValue::Unit(_)
            | ScheduleValue::Project(_) => {
                let text = CellWords::Literal(self.printed(row, key));
                CellValue::Words { text, level: 0, place: value.place }
            }
        }
    }

    /// Returns a value as words; empty for amounts.
    fn printed(&self, row: &ScheduleEntry, key: &str) -> String {
        let Budget { spec, subjects, economic, .. } = self.budget;
        match row.get(key).map(|value| &value.value) {
            Some(ScheduleValue::Words(text)) => text.clone(),
            Some(ScheduleValue::Number(number)) => number.to_string(),
            Some(ScheduleValue::Subject(code)) => subjects.get(code).cloned().unwrap_or_default(),
            Some(ScheduleValue::Economic(code)) => economic.get(code).cloned().unwrap_or_default(),
            Some(ScheduleValue::Unit(unit)) => spec.department.units[*unit].name.trim().to_owned(),
            Some(ScheduleValue::Project(project)) => spec.projects[*project].name.trim().to_owned(),
            Some(ScheduleValue::Amount(_)) | None => String::new(),
        }
    }
}

fn sum(rows: &[&ScheduleEntry], key: &str, kind: ScheduleKind) -> CellValue {
    if kind == ScheduleKind::Amount {
        return CellValue::Figure(sum_of(rows.iter().copied(), key));
    }
    let numbers = rows.iter().map(|row| match row.get(key).map(|value| &value.value) {
        Some(ScheduleValue::Number(number)) => Some(*number),
        // 12台 and 3套 have no sum.
        Some(_) => None,
        None => Some(Decimal::ZERO),
    });
    numbers.sum::<Option<Decimal>>().map_or(CellValue::Blank, CellValue::Count)
}
