//! Evaluates tables: every cell with its figure and the terms of it.

mod cells;
mod locate;
mod rows;
mod schedule;

use rust_decimal::Decimal;

use super::{Budget, Filter, Scope, Total};
use crate::money::AmountFormat;
use crate::profile::{
    Account, Balance, ClosingLine, ColumnDef, RowFieldName, Show, Side, TableContent, Tabular, TotalAt,
};
use crate::subject::SubjectCode;
use budgetdoc_document::ColumnKind;
use budgetdoc_document::Place;
use cells::CellMaker;
pub use cells::narrowed;
pub use locate::{CellName, locate};
use rows::RowKey;

/// A table with its figures.
#[derive(Clone, Debug, PartialEq)]
pub struct TableValue {
    /// Its id in the profile.
    pub id: String,
    /// Its columns.
    pub columns: Vec<HeadColumn>,
    /// Its rows.
    pub rows: Vec<RowValue>,
}

/// A column and its head from top to bottom.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadColumn {
    /// Templates.
    pub head: Vec<String>,
    /// What it holds.
    pub kind: ColumnKind,
    /// Width in millimetres, where the profile fixes it.
    pub width: Option<u16>,
    /// Format of its amounts, if not the table's.
    pub amounts: Option<AmountFormat>,
}

/// A row with its figures.
#[derive(Clone, Debug, PartialEq)]
pub struct RowValue {
    /// A cell for each column.
    pub cells: Vec<CellValue>,
    /// Functional or economic subject of the row.
    pub subject: Option<SubjectCode>,
    /// Level below the rows above it, 0 at the top.
    pub level: u8,
    /// Whether it names the unit of the deeper rows below it.
    pub recurs: bool,
    /// Whether it sums up other rows: the row for the whole of a table, and closing rows with income or expenditure.
    pub total: bool,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum CellValue {
    /// Nothing.
    Blank,
    /// Part of the cell above.
    Covered,
    /// Part of the cell to the left.
    Joined,
    /// Words, with their level in a tree, 0 at the top.
    Words {
        /// The words.
        text: CellWords,
        /// Level, for the indent.
        level: u8,
        /// Place in the spec.
        place: Option<Place>,
    },
    /// The code of a subject, or the digits of one of its levels.
    Code(String),
    /// A figure.
    Figure(Total),
    /// A number that is not money.
    Count(Decimal),
    /// A percentage; none if its base is zero.
    Share(Option<Decimal>),
}

impl CellValue {
    /// Returns the figure of the cell.
    pub fn figure(&self) -> Option<&Total> {
        match self {
            CellValue::Figure(total) => Some(total),
            CellValue::Blank
            | CellValue::Covered
            | CellValue::Joined
            | CellValue::Words { .. }
            | CellValue::Code(_)
            | CellValue::Count(_)
            | CellValue::Share(_) => None,
        }
    }
}

/// Words of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CellWords {
    /// A template of the profile.
    Template(String),
    /// Words of the spec, or a subject's name.
    Literal(String),
}

pub(super) fn evaluate(budget: &Budget, id: &str) -> Option<TableValue> {
    let table = budget.profile.tables.get(id)?;
    let of = budget.cube.filter(&table.of);
    let (columns, rows) = match &table.content {
        TableContent::Rows(tabular) => rows_of(budget, &of, tabular),
        TableContent::Balance(sides) => balance(budget, &of, sides),
        TableContent::Schedule(schedule) => schedule::evaluate(budget, schedule),
        TableContent::Performance(_) => return None,
    };
    Some(TableValue { id: id.to_owned(), columns, rows })
}

fn rows_of(budget: &Budget, of: &Filter, tabular: &Tabular) -> (Vec<HeadColumn>, Vec<RowValue>) {
    let columns = CellMaker::new(budget, of, &tabular.columns);
    let mut keys = rows::keys(budget, &tabular.columns, &tabular.rows, of);
    columns.drop_blank(&mut keys);
    let counted = keys.iter_mut().filter(|key| !key.has_rows_below);
    counted.enumerate().for_each(|(index, key)| key.number = Some(index + 1));
    if let Some(total) = &tabular.total {
        let key = RowKey::of_all(budget, total);
        match total.at {
            TotalAt::Top => keys.insert(0, key),
            TotalAt::Bottom => keys.push(key),
        }
    }
    (heads(&tabular.columns), keys.iter().map(|key| columns.row(key)).collect())
}

fn balance(budget: &Budget, of: &Filter, balance: &Balance) -> (Vec<HeadColumn>, Vec<RowValue>) {
    let mut sides = Vec::new();
    for side in &balance.sides {
        let base = of.and(&budget.cube.filter(&side.of));
        let columns = CellMaker::new(budget, &base, &side.columns);
        let mut keys = rows::keys(budget, &side.columns, &side.rows, &base);
        columns.drop_blank(&mut keys);
        sides.push(keys.iter().map(|key| columns.row(key).cells).collect::<Vec<_>>());
    }
    let height = sides.iter().map(Vec::len).max().unwrap_or(0).max(usize::from(balance.least_rows));
    let mut rows = Vec::new();
    for index in 0..height {
        let mut cells = Vec::new();
        for (side, def) in sides.iter().zip(&balance.sides) {
            match side.get(index) {
                Some(row) => cells.extend(row.iter().cloned()),
                None => cells.extend(def.columns.iter().map(|_| CellValue::Blank)),
            }
        }
        rows.push(RowValue { cells, subject: None, level: 0, recurs: false, total: false });
    }
    let is_there = |line: &ClosingLine| !line.optional || rows::has_figures(budget, of, &line.of, &Scope::default());
    let printed = balance.closing.iter().filter(|lines| lines.iter().any(is_there));
    rows.extend(printed.map(|lines| closing(budget, of, &balance.sides, lines)));
    (balance.sides.iter().flat_map(|side| heads(&side.columns)).collect(), rows)
}

/// Makes a closing row of all sides. The name of a line over several sides covers all columns before its last.
fn closing(budget: &Budget, of: &Filter, sides: &[Side], lines: &[ClosingLine]) -> RowValue {
    let mut cells = Vec::new();
    let mut rest = sides;
    for line in lines {
        let (taken, after) = rest.split_at(usize::from(line.sides).min(rest.len()));
        rest = after;
        let key = RowKey::of_line(budget, &line.name, 0, &line.of);
        let Some((last, before)) = taken.split_last() else { continue };
        if line.name.is_empty() {
            // A place left empty next to another side's line.
            cells.extend(taken.iter().flat_map(|side| &side.columns).map(|_| CellValue::Blank));
            continue;
        }
        let row = CellMaker::new(budget, of, &last.columns).row(&key).cells;
        if before.is_empty() {
            cells.extend(row);
            continue;
        }
        let width: usize = taken.iter().map(|side| side.columns.len()).sum();
        cells.push(key.name_cell());
        cells.extend(std::iter::repeat_n(CellValue::Joined, width.saturating_sub(2)));
        cells.extend(row.into_iter().last());
    }
    // A row of balances alone is another item below the others, not a total.
    let of_rows = |account: &Account| matches!(account, Account::Income | Account::Expenditure);
    let total = lines.iter().flat_map(|line| &line.of.accounts).any(of_rows);
    RowValue { cells, subject: None, level: 0, recurs: false, total }
}

fn heads(columns: &[ColumnDef]) -> Vec<HeadColumn> {
    let head = |column: &ColumnDef| HeadColumn {
        head: column.head.clone(),
        kind: kind(&column.show),
        width: column.width,
        amounts: column.amounts.clone(),
    };
    columns.iter().map(head).collect()
}

fn kind(show: &Show) -> ColumnKind {
    match show {
        Show::Sum(_) | Show::Share(_) => ColumnKind::Amount,
        Show::NumberedName => ColumnKind::Text,
        Show::Field(field) => match field {
            RowFieldName::Unit | RowFieldName::Group | RowFieldName::Number => ColumnKind::Label,
            RowFieldName::Code | RowFieldName::Class | RowFieldName::Division | RowFieldName::Item => ColumnKind::Code,
            RowFieldName::ProjectUnit
            | RowFieldName::UnitCode
            | RowFieldName::ProjectCode
            | RowFieldName::ProjectCategory
            | RowFieldName::SubjectName
            | RowFieldName::Name
            | RowFieldName::PlainName
            | RowFieldName::Goal
            | RowFieldName::ProcurementCategory
            | RowFieldName::ProcurementProject
            | RowFieldName::ProcurementEconomic
            | RowFieldName::ProcurementName
            | RowFieldName::ProcurementMethod => ColumnKind::Text,
        },
    }
}
