//! The cells of a row.

use super::rows::RowKey;
use super::{CellValue, RowValue, Words};
use crate::budget::{Budget, Filter, Scope};
use crate::profile::{ColumnDef, Measure, RowFieldName, Show};
use budgetdoc_document::Place;

/// The columns of a table or of a side of it, with what each sums.
pub(super) struct Columns<'a> {
    budget: &'a Budget,
    columns: Vec<Column<'a>>,
}

enum Column<'a> {
    Words(&'a Show),
    Sum(Filter),
    /// The part, the whole, and whether that is the table's.
    Share(Filter, Filter, bool),
}

/// What a column sums: it narrows the table. A column with accounts of its own, such as the balances in a table of
/// income, takes those instead of the table's.
pub fn narrowed(budget: &Budget, base: &Filter, column: &Measure) -> Filter {
    let own = budget.cube.filter(column);
    base.and(&own).with_accounts_of(&own)
}

impl<'a> Columns<'a> {
    pub(super) fn of(budget: &'a Budget, base: &Filter, columns: &'a [ColumnDef]) -> Self {
        let narrowed = |measure: &Measure| narrowed(budget, base, measure);
        let column = |column: &'a ColumnDef| match &column.show {
            Show::Sum(measure) => Column::Sum(narrowed(measure)),
            Show::Share(share) => Column::Share(narrowed(&share.of), narrowed(&share.base), share.of_table),
            show => Column::Words(show),
        };
        Columns { budget, columns: columns.iter().map(column).collect() }
    }

    pub(super) fn row(&self, key: &RowKey) -> RowValue {
        let figures = self.columns.iter().take_while(|column| matches!(column, Column::Words(_))).count();
        let cells = self.columns.iter().enumerate().map(|(index, column)| match column {
            Column::Words(_) if key.total && index == 0 => key.name_cell(),
            Column::Words(_) if key.total && index < figures => CellValue::Joined,
            Column::Words(show) => self.words(show, key),
            Column::Sum(filter) => CellValue::Figure(self.budget.cube.total_of(&filter.and(&key.filter), &key.scope)),
            Column::Share(of, base, of_table) => {
                let cube = &self.budget.cube;
                let of_row = |filter: &Filter| cube.total_of(&filter.and(&key.filter), &key.scope).amount;
                let whole = if *of_table { cube.total_of(base, &Scope::default()).amount } else { of_row(base) };
                CellValue::Share(of_row(of).zip(whole).and_then(|(part, whole)| part.percent_of(whole)))
            }
        });
        RowValue {
            cells: cells.collect(),
            subject: key.code,
            level: key.depth + key.level,
            recurs: key.unit_name.is_some() && !key.unit_covered && key.opens,
        }
    }

    fn words(&self, show: &Show, key: &RowKey) -> CellValue {
        let literal = |text: &Option<(String, Option<Place>)>| match text {
            Some((text, place)) => CellValue::Words { text: Words::Literal(text.clone()), level: 0, place: *place },
            None => CellValue::Blank,
        };
        let digits = |range: std::ops::Range<usize>| {
            let digits = key.code.and_then(|code| code.as_str().get(range).map(str::to_owned));
            literal(&digits.map(|digits| (digits, None)))
        };
        let field = match show {
            Show::Field(field) => *field,
            _ => return self.numbered(key),
        };
        match field {
            RowFieldName::Unit if key.unit_covered => CellValue::Covered,
            RowFieldName::Unit => literal(&key.unit_name),
            RowFieldName::ProjectUnit => literal(&key.project_unit),
            RowFieldName::Group if key.group_covered => CellValue::Covered,
            RowFieldName::Group => match &key.group {
                Some(group) => CellValue::Words { text: Words::Template(group.clone()), level: 0, place: None },
                None => CellValue::Blank,
            },
            RowFieldName::Code => literal(&key.code.map(|code| (code.to_string(), None))),
            RowFieldName::Class => digits(0..3),
            RowFieldName::Division => digits(3..5),
            RowFieldName::Item => digits(5..7),
            RowFieldName::Name => key.name_cell(),
            RowFieldName::PlainName => RowKey { level: 0, ..key.clone() }.name_cell(),
            RowFieldName::Goal => literal(&key.goal),
            RowFieldName::ProcurementCategory => literal(&key.bought.category),
            RowFieldName::ProcurementProject => literal(&key.bought.project),
            RowFieldName::ProcurementEconomic => literal(&key.bought.economic),
            RowFieldName::ProcurementName => literal(&key.bought.name),
            RowFieldName::ProcurementMethod => literal(&key.bought.method),
        }
    }

    fn numbered(&self, key: &RowKey) -> CellValue {
        match (key.ordinal, key.name_cell()) {
            (Some(ordinal), CellValue::Words { text: Words::Literal(text), level, place }) => {
                let label = crate::numerals::label(&self.budget.profile.numbering.class, ordinal);
                CellValue::Words { text: Words::Literal(label + &text), level, place }
            }
            (_, cell) => cell,
        }
    }
}
