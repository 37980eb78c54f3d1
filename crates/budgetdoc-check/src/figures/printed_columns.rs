//! The columns of figures that the tables of a document print, with the facts that each takes.

use budgetdoc_core::budget::{Budget, Dimension, Fact, Filter, narrowed};
use budgetdoc_core::profile::{Account, ColumnDef, RowAxis, RowsDef, Show, TableContent, YearOf};

/// A column of figures; of a table of fixed lines, in one of them.
pub(crate) struct ColumnFilter<'a> {
    /// The id of its table.
    pub table: &'a str,
    /// Its head, or its line where that narrows more, as a template.
    pub name: String,
    pub filter: Filter,
    axes: &'a [RowAxis],
}

impl ColumnFilter<'_> {
    /// Returns what a fact that belongs here lacks to be counted.
    pub fn lacking(&self, fact: &Fact) -> Option<Dimension> {
        let by_function = || self.axes.iter().any(|axis| matches!(axis, RowAxis::Function | RowAxis::FunctionClass));
        let has_no_row = self.filter.allows(fact) && fact.item.is_none() && by_function();
        has_no_row.then_some(Dimension::Item).or_else(|| self.filter.lacking(fact))
    }

    /// Returns the list of the spec that would give a fact its row, where the table has no row for it.
    pub fn list_of_rows(&self, fact: &Fact) -> Option<&'static str> {
        let list = |axis: &RowAxis| match axis {
            RowAxis::Procurement if fact.entry.is_none() => Some("procurement_items"),
            RowAxis::Economic if fact.economic.is_none() && fact.account == Account::Procurement => {
                Some("procurement_items")
            }
            RowAxis::Project if fact.project.is_none() && fact.account == Account::Expenditure => Some("projects"),
            // A list of key projects leaves others out.
            RowAxis::Unit
            | RowAxis::Function
            | RowAxis::FunctionClass
            | RowAxis::Economic
            | RowAxis::Category
            | RowAxis::Project
            | RowAxis::KeyProject
            | RowAxis::Procurement => None,
        };
        self.axes.iter().find_map(list)
    }

    /// Returns the year its figures are of, or are compared with.
    pub fn base_year(&self) -> YearOf {
        match self.filter.year() {
            YearOf::Change => YearOf::Last,
            YearOf::ChangeFromExecuted => YearOf::Executed,
            year @ (YearOf::This | YearOf::Last | YearOf::Executed) => year,
        }
    }
}

/// Returns the columns of every table that the document has, in its order.
pub(crate) fn columns(budget: &Budget) -> Vec<ColumnFilter<'_>> {
    let mut list = Vec::new();
    for id in budget.table_ids() {
        let Some(table) = budget.profile.tables.get(id) else { continue };
        let of = budget.cube.filter(&table.of);
        match &table.content {
            TableContent::Rows(tabular) => side(budget, id, &of, (&tabular.columns, &tabular.rows), &mut list),
            TableContent::Balance(balance) => {
                for part in &balance.sides {
                    let base = of.and(&budget.cube.filter(&part.of));
                    side(budget, id, &base, (&part.columns, &part.rows), &mut list);
                }
            }
            TableContent::Schedule(_) | TableContent::Performance(_) => {}
        }
    }
    list
}

fn side<'a>(
    budget: &'a Budget,
    table: &'a str,
    base: &Filter,
    (columns, rows): (&'a [ColumnDef], &'a RowsDef),
    list: &mut Vec<ColumnFilter<'a>>,
) {
    for column in columns {
        let measure = match &column.show {
            Show::Sum(measure) => measure,
            // A share is of figures that other columns show.
            Show::Field(_) | Show::NumberedName | Show::Share(_) => continue,
        };
        let filter = narrowed(budget, base, measure);
        let head = column.head.join("/");
        match rows {
            RowsDef::Each(axes) => list.push(ColumnFilter { table, name: head, filter, axes }),
            RowsDef::Lines(lines) | RowsDef::UnitLines(lines) => list.extend(lines.iter().map(|line| {
                let filter = filter.and(&budget.cube.filter(&line.of));
                ColumnFilter { table, name: line.name.clone() + "·" + &head, filter, axes: &[] }
            })),
        }
    }
}
