//! Tables evaluated: every cell with its figure and how it was reached, read by checks and by composition alike.

use super::{Budget, Scope, Total};
use crate::document::ColumnKind;
use crate::profile::{
    Account, Balance, ColumnDef, Line, Measure, RowAxis, RowFieldName, RowsDef, Show, TableContent, TableDef, Tabular,
};
use crate::source::Place;
use crate::subject::{Level, SubjectCode};

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
}

/// A row with its figures.
#[derive(Clone, Debug, PartialEq)]
pub struct RowValue {
    /// A cell for each column.
    pub cells: Vec<CellValue>,
    /// The subject the row is of.
    pub subject: Option<SubjectCode>,
}

/// A cell.
#[derive(Clone, Debug, PartialEq)]
pub enum CellValue {
    /// Nothing.
    Blank,
    /// Part of the cell above.
    Covered,
    /// Words, with their level in a tree, 0 at the top.
    Words {
        /// What it says.
        text: Words,
        /// Level, for the indent.
        level: u8,
        /// Where it stands in the spec.
        place: Option<Place>,
    },
    /// A figure.
    Figure(Total),
}

/// Words of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Words {
    /// Of the profile: to be filled in.
    Template(String),
    /// Of the spec, or a subject's name.
    Literal(String),
}

/// A row before its cells: what it is called and which facts it takes.
#[derive(Clone, Default)]
struct RowKey {
    unit_name: Option<(String, Option<Place>)>,
    unit_covered: bool,
    code: Option<SubjectCode>,
    name: Option<(Words, Option<Place>)>,
    level: u8,
    ordinal: Option<usize>,
    goal: Option<(String, Option<Place>)>,
    measure: Measure,
    scope: Scope,
}

pub(super) fn evaluate(budget: &Budget, id: &str) -> Option<TableValue> {
    let table = budget.profile.tables.get(id)?;
    match &table.content {
        TableContent::Rows(tabular) => Some(rows(budget, id, table, tabular)),
        TableContent::Balance(sides) => Some(balance(budget, id, table, sides)),
        TableContent::Performance(_) => None,
    }
}

fn rows(budget: &Budget, id: &str, table: &TableDef, tabular: &Tabular) -> TableValue {
    let keys = row_keys(budget, &tabular.rows, &table.of);
    let rows = keys.iter().map(|key| row(budget, key, &tabular.columns, &table.of)).collect();
    TableValue { id: id.to_owned(), columns: heads(&tabular.columns), rows }
}

fn balance(budget: &Budget, id: &str, table: &TableDef, balance: &Balance) -> TableValue {
    let mut columns = Vec::new();
    let mut sides = Vec::new();
    for side in &balance.sides {
        let base = table.of.and(&side.of);
        let keys = row_keys(budget, &side.rows, &base);
        sides.push(keys.iter().map(|key| row(budget, key, &side.columns, &base).cells).collect::<Vec<_>>());
        columns.extend(heads(&side.columns));
    }
    let height = sides.iter().map(Vec::len).max().unwrap_or(0);
    let mut rows = Vec::new();
    for index in 0..height {
        let mut cells = Vec::new();
        for (side, def) in sides.iter().zip(&balance.sides) {
            match side.get(index) {
                Some(row) => cells.extend(row.iter().cloned()),
                None => cells.extend(def.columns.iter().map(|_| CellValue::Blank)),
            }
        }
        rows.push(RowValue { cells, subject: None });
    }
    for lines in &balance.closing {
        let mut cells = Vec::new();
        for (line, side) in lines.iter().zip(&balance.sides) {
            cells.extend(row(budget, &line_key(line), &side.columns, &table.of).cells);
        }
        rows.push(RowValue { cells, subject: None });
    }
    TableValue { id: id.to_owned(), columns, rows }
}

fn heads(columns: &[ColumnDef]) -> Vec<HeadColumn> {
    let kind = |show: &Show| match show {
        Show::Sum(_) => ColumnKind::Amount,
        Show::Field(RowFieldName::Code) => ColumnKind::Code,
        Show::Field(RowFieldName::Unit) => ColumnKind::Label,
        Show::Field(RowFieldName::Name | RowFieldName::Goal) | Show::NumberedName => ColumnKind::Text,
    };
    columns
        .iter()
        .map(|column| HeadColumn { head: column.head.clone(), kind: kind(&column.show), width: column.width })
        .collect()
}

fn row_keys(budget: &Budget, rows: &RowsDef, base: &Measure) -> Vec<RowKey> {
    match rows {
        RowsDef::Lines(lines) => lines.iter().map(line_key).collect(),
        RowsDef::UnitLines(lines) => {
            let mut keys = Vec::new();
            for unit in unit_keys(budget) {
                for (index, line) in lines.iter().enumerate() {
                    let unit_name = unit.unit_name.clone().filter(|_| index == 0);
                    keys.push(RowKey { unit_name, unit_covered: index > 0, scope: unit.scope, ..line_key(line) });
                }
            }
            keys
        }
        RowsDef::Each(axes) => {
            let mut keys = Vec::new();
            nest(budget, axes, base, &RowKey::default(), &mut keys);
            keys
        }
    }
}

fn line_key(line: &Line) -> RowKey {
    RowKey {
        name: Some((Words::Template(line.name.clone()), None)),
        level: line.level,
        measure: line.of.clone(),
        ..RowKey::default()
    }
}

fn unit_keys(budget: &Budget) -> Vec<RowKey> {
    let units = budget.spec.department.units.iter().enumerate();
    units
        .map(|(index, unit)| RowKey {
            unit_name: Some((unit.name.value.clone(), unit.name.place)),
            scope: Scope { unit: Some(index), ..Scope::default() },
            ..RowKey::default()
        })
        .collect()
}

/// Rows of the first axis, each followed by its rows of the axes below.
fn nest(budget: &Budget, axes: &[RowAxis], base: &Measure, outer: &RowKey, keys: &mut Vec<RowKey>) {
    let Some((axis, inner)) = axes.split_first() else { return };
    for key in axis_keys(budget, *axis, base, outer.scope) {
        keys.push(key.clone());
        nest(budget, inner, base, &key, keys);
    }
}

fn axis_keys(budget: &Budget, axis: RowAxis, base: &Measure, scope: Scope) -> Vec<RowKey> {
    match axis {
        RowAxis::Unit => unit_keys(budget),
        RowAxis::Function => {
            let mut class = 0;
            let subjects = budget.cube.subjects(base, scope).into_iter();
            subjects
                .map(|code| {
                    class += usize::from(code.level() == Level::Class);
                    RowKey {
                        code: Some(code),
                        name: Some((Words::Literal(budget.subjects.get(&code).cloned().unwrap_or_default()), None)),
                        level: code.level().depth(),
                        ordinal: (code.level() == Level::Class).then_some(class),
                        scope: Scope { subject: Some(code), ..scope },
                        ..RowKey::default()
                    }
                })
                .collect()
        }
        RowAxis::Category => {
            let categories = base.accounts.iter().flat_map(|account: &Account| budget.profile.categories.of(*account));
            categories
                .map(|category| RowKey {
                    name: Some((Words::Literal(category.name.clone()), None)),
                    measure: Measure { categories: vec![category.id.clone()], ..Measure::default() },
                    scope,
                    ..RowKey::default()
                })
                .collect()
        }
        RowAxis::Project => {
            let all = 0..budget.spec.projects.len();
            let of_unit = all.filter(|index| {
                let facts = &budget.cube.facts;
                facts.iter().any(|fact| fact.project == Some(*index) && scope.unit.is_none_or(|unit| fact.unit == unit))
            });
            of_unit.map(|index| project_key(budget, index, scope)).collect()
        }
        RowAxis::KeyProject => {
            budget.key_projects().into_iter().map(|index| project_key(budget, index, scope)).collect()
        }
    }
}

fn project_key(budget: &Budget, index: usize, scope: Scope) -> RowKey {
    let project = &budget.spec.projects[index];
    RowKey {
        name: Some((Words::Literal(project.name.value.clone()), project.name.place)),
        goal: Some((project.goal.value.clone(), project.goal.place)),
        scope: Scope { project: Some(index), ..scope },
        ..RowKey::default()
    }
}

fn row(budget: &Budget, key: &RowKey, columns: &[ColumnDef], base: &Measure) -> RowValue {
    let words = |text: Words, level, place| CellValue::Words { text, level, place };
    let literal = |text: &(String, Option<Place>)| words(Words::Literal(text.0.clone()), 0, text.1);
    let name = |key: &RowKey| key.name.clone().map(|(text, place)| (text, key.level, place));
    let cells = columns
        .iter()
        .map(|column| match &column.show {
            Show::Field(RowFieldName::Unit) if key.unit_covered => CellValue::Covered,
            Show::Field(RowFieldName::Unit) => key.unit_name.as_ref().map_or(CellValue::Blank, literal),
            Show::Field(RowFieldName::Code) => {
                key.code.map_or(CellValue::Blank, |code| words(Words::Literal(code.to_string()), 0, None))
            }
            Show::Field(RowFieldName::Name) => {
                name(key).map_or(CellValue::Blank, |(text, level, place)| words(text, level, place))
            }
            Show::Field(RowFieldName::Goal) => key.goal.as_ref().map_or(CellValue::Blank, literal),
            Show::NumberedName => name(key).map_or(CellValue::Blank, |(text, level, place)| {
                let text = match (key.ordinal, text) {
                    (Some(ordinal), Words::Literal(text)) => {
                        Words::Literal(crate::numerals::label(&budget.profile.numbering.class, ordinal) + &text)
                    }
                    (_, text) => text,
                };
                words(text, level, place)
            }),
            Show::Sum(measure) => {
                CellValue::Figure(budget.cube.total(&sum_measure(base, measure, &key.measure), key.scope))
            }
        })
        .collect();
    RowValue { cells, subject: key.code }
}

/// What a cell sums: the column narrows the table, the row narrows the column. A column with accounts of its own, such
/// as the balances in a table of income, takes those instead of the table's.
fn sum_measure(base: &Measure, column: &Measure, row: &Measure) -> Measure {
    let mut measure = base.and(column);
    if !column.accounts.is_empty() {
        measure.accounts = column.accounts.clone();
    }
    measure.and(row)
}

/// What the cell of a table sums: the row by its printed name or code, `unit/name` among several units, the whole table
/// without one; the column by the lowest cell of its head or by all of them joined with `/`, the first one with figures
/// without one. None if the table has no such cell.
pub(crate) fn locate(
    budget: &Budget,
    table: &TableDef,
    row: Option<&str>,
    column_name: Option<&str>,
    fill: impl Fn(&str) -> String,
) -> Option<(Measure, Scope)> {
    let named = |key: &RowKey| {
        let Some(wanted) = row else { return false };
        let (unit, name) = wanted.split_once('/').map_or((None, wanted), |(unit, name)| (Some(unit), name));
        let unit_name = || key.scope.unit.map(|unit| budget.spec.department.units[unit].name.value.as_str());
        let text = match &key.name {
            Some((Words::Literal(text), _)) => Some(text.clone()),
            Some((Words::Template(text), _)) => Some(fill(text)),
            None => key.unit_name.as_ref().map(|(text, _)| text.clone()),
        };
        let called = text.is_some_and(|text| text == name) || key.code.is_some_and(|code| code.as_str() == name);
        called && unit.is_none_or(|unit| unit_name() == Some(unit))
    };
    let column = |columns: &[ColumnDef]| {
        columns.iter().find_map(|def| {
            let Show::Sum(measure) = &def.show else { return None };
            let head: Vec<String> = def.head.iter().map(|cell| fill(cell)).collect();
            let called = |name: &str| head.last().is_some_and(|last| last == name) || head.join("/") == name;
            column_name.is_none_or(called).then(|| measure.clone())
        })
    };
    match &table.content {
        TableContent::Rows(tabular) => {
            let measure = column(&tabular.columns)?;
            let key = match row {
                None => RowKey::default(),
                Some(_) => row_keys(budget, &tabular.rows, &table.of).into_iter().find(named)?,
            };
            Some((sum_measure(&table.of, &measure, &key.measure), key.scope))
        }
        TableContent::Balance(balance) => {
            for (index, side) in balance.sides.iter().enumerate() {
                let base = table.of.and(&side.of);
                let closing = balance.closing.iter().filter_map(|lines| lines.get(index)).map(line_key);
                let rows = row_keys(budget, &side.rows, &base).into_iter().map(|key| (base.clone(), key));
                let mut keys = rows.chain(closing.map(|key| (table.of.clone(), key)));
                if let (Some((base, key)), Some(measure)) = (keys.find(|(_, key)| named(key)), column(&side.columns)) {
                    return Some((sum_measure(&base, &measure, &key.measure), key.scope));
                }
            }
            None
        }
        TableContent::Performance(labels) => {
            let line = labels.sums.iter().find(|line| column_name.is_none_or(|name| fill(&line.name) == name))?;
            let measure = table.of.and(&line.of);
            let performance = budget.spec.performance.as_ref();
            let task = |name: &str| {
                let mut tasks = performance.iter().flat_map(|performance| &performance.tasks);
                tasks.find_map(|task| {
                    let index = budget.project(&task.project)?;
                    let printed = task.name.as_ref().unwrap_or(&budget.spec.projects[index].name);
                    (printed.trim() == name).then_some(index)
                })
            };
            match row {
                None => Some((measure, Scope::default())),
                Some(name) if *name == labels.total => Some((measure, Scope::default())),
                Some(name) if *name == labels.basic => {
                    let kinds = vec![budget.profile.kinds[0].id.clone()];
                    Some((Measure { kinds, ..measure }, Scope::default()))
                }
                Some(name) => task(name).map(|project| (measure, Scope { project: Some(project), ..Scope::default() })),
            }
        }
    }
}
