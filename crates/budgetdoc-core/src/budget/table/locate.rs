//! Finds the cell of a table that a control figure names.

use super::rows::{self, RowKey};
use super::{CellWords, cells};
use crate::budget::{Budget, Filter, Scope};
use crate::profile::{ColumnDef, Measure, Profile, Show, TableContent, TableDef, TaskBand};

/// The printed names of a cell.
#[derive(Clone, Copy)]
pub struct CellName<'a> {
    /// The row's printed name or its subject's code, `unit/name` among several units; none for the whole table.
    pub row: Option<&'a str>,
    /// The lowest cell of the column's head, or all of them joined with `/`; none for the first column of figures.
    pub column: Option<&'a str>,
}

/// Returns the filter and scope of a cell; none if the table has no such cell. `fill` fills in the profile's templates.
pub fn locate(
    budget: &Budget,
    table: &TableDef,
    cell: CellName,
    fill: impl Fn(&str) -> String,
) -> Option<(Filter, Scope)> {
    let finder = Finder { budget, cell, fill };
    let of = budget.cube.filter(&table.of);
    match &table.content {
        TableContent::Rows(tabular) => {
            let column = finder.column(&tabular.columns)?;
            let mut keys = rows::keys(budget, &tabular.columns, &tabular.rows, &of);
            keys.extend(tabular.total.as_ref().map(|total| RowKey::of_all(budget, total)));
            let key = match cell.row {
                None => RowKey::default(),
                Some(_) => keys.into_iter().find(|key| finder.is_named(key))?,
            };
            Some((cells::narrowed(budget, &of, column).and(&key.filter), key.scope))
        }
        TableContent::Balance(balance) => {
            let mut closing = balance.closing.iter().flat_map(|lines| {
                let mut next = 0;
                lines.iter().map(move |line| {
                    next += usize::from(line.sides);
                    (line, next.saturating_sub(1))
                })
            });
            for side in &balance.sides {
                let base = of.and(&budget.cube.filter(&side.of));
                let key =
                    rows::keys(budget, &side.columns, &side.rows, &base).into_iter().find(|key| finder.is_named(key));
                if let (Some(key), Some(column)) = (key, finder.column(&side.columns)) {
                    return Some((cells::narrowed(budget, &base, column).and(&key.filter), key.scope));
                }
            }
            closing.find_map(|(line, side)| {
                let key = RowKey::of_line(budget, &line.name, 0, &line.of);
                let column = finder.column(&balance.sides.get(side)?.columns).filter(|_| finder.is_named(&key))?;
                Some((cells::narrowed(budget, &of, column).and(&key.filter), key.scope))
            })
        }
        // Its amounts are in no measure: ties compare them.
        TableContent::Schedule(_) => None,
        TableContent::Performance(table) => finder.task(table.tasks()?, &of),
    }
}

struct Finder<'a, F> {
    budget: &'a Budget,
    cell: CellName<'a>,
    fill: F,
}

impl<F: Fn(&str) -> String> Finder<'_, F> {
    fn is_named(&self, key: &RowKey) -> bool {
        let Some(wanted) = self.cell.row else { return false };
        let unit = key.scope.unit.map(|unit| self.budget.spec.department.units[unit].name.trim());
        let name = match unit.and_then(|unit| wanted.strip_prefix(unit)).and_then(|rest| rest.strip_prefix('/')) {
            Some(name) => name,
            None => wanted,
        };
        let text = match &key.name {
            Some((CellWords::Literal(text), _)) => Some(text.clone()),
            Some((CellWords::Template(text), _)) => Some((self.fill)(text)),
            None => key.unit_name.as_ref().map(|(text, _)| text.clone()),
        };
        text.is_some_and(|text| text.trim() == name) || key.code.is_some_and(|code| code.as_str() == name)
    }

    fn column<'c>(&self, columns: &'c [ColumnDef]) -> Option<&'c Measure> {
        columns.iter().find_map(|def| {
            let measure = match &def.show {
                Show::Sum(measure) => measure,
                Show::Field(_) | Show::NumberedName | Show::Share(_) => return None,
            };
            let head: Vec<String> = def.head.iter().map(|cell| (self.fill)(cell)).collect();
            let called = |name: &str| head.last().is_some_and(|last| last == name) || head.join("/") == name;
            self.cell.column.is_none_or(called).then_some(measure)
        })
    }

    fn task(&self, tasks: &TaskBand, of: &Filter) -> Option<(Filter, Scope)> {
        let budget = self.budget;
        let column = self.cell.column;
        let line = tasks.sums.iter().find(|line| column.is_none_or(|name| (self.fill)(&line.name) == name))?;
        let filter = of.and(&budget.cube.filter(&line.of));
        let Some(name) = self.cell.row.filter(|name| tasks.total.as_deref() != Some(*name)) else {
            return Some((filter, Scope::default()));
        };
        if tasks.basic.as_deref() == Some(name) {
            return Some((filter.of_kind(Profile::BASIC), Scope::default()));
        }
        let mut tasks = budget.spec.performance.iter().flat_map(|performance| &performance.tasks);
        let project = tasks.find_map(|task| {
            let index = budget.project(&task.project)?;
            let printed = task.name.as_ref().unwrap_or(&budget.spec.projects[index].name);
            (printed.trim() == name).then_some(index)
        });
        project.map(|project| (filter, Scope { project: Some(project), ..Scope::default() }))
    }
}
