//! Columns of tables added up as a reader adds them up.

use std::collections::BTreeMap;

use crate::ComparedFigure;
use crate::examiner::{Examiner, FigurePair};
use budgetdoc_core::budget::{Fact, Filter, Scope, Total, narrowed};
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::{Account, RowAxis, RowsDef, Show, TableContent, TableDef, YearOf};

/// Returns the sum over a table's topmost rows of one of its columns: what a reader gets who adds them up.
fn added_up(examiner: &Examiner, table: &TableDef, filter: &Filter) -> Option<Total> {
    let axes = match &table.content {
        TableContent::Rows(tabular) => match &tabular.rows {
            RowsDef::Each(axes) => axes,
            RowsDef::Lines(_) | RowsDef::UnitLines(_) => return None,
        },
        TableContent::Balance(_) | TableContent::Schedule(_) | TableContent::Performance(_) => return None,
    };
    let row_of: fn(&Fact) -> Option<usize> = match axes.first()? {
        RowAxis::Unit => |fact| Some(fact.unit),
        RowAxis::Project => |fact| fact.project,
        RowAxis::Function
        | RowAxis::FunctionClass
        | RowAxis::Economic
        | RowAxis::Category
        | RowAxis::KeyProject
        | RowAxis::Procurement => return None,
    };
    // The facts are gone through once: a department may have hundreds of units.
    let mut rows: BTreeMap<Option<usize>, Total> = BTreeMap::new();
    for fact in examiner.budget.cube.matching(filter, &Scope::default()) {
        // What moves between units is in the rows of both and taken off the whole.
        let row = if fact.account == Account::Internal { Some(None) } else { row_of(fact).map(Some) };
        let Some(row) = row else { continue };
        let total = rows.entry(row).or_default();
        total.amount = Some(total.or_zero() + fact.this.amount);
        total.terms.push(fact.this);
    }
    let mut sum = Total { amount: Some(Money::ZERO), terms: Vec::new() };
    rows.into_values().for_each(|row| sum.add(row));
    Some(sum)
}

/// Compares a column of every table that has it with the sum of the facts.
pub(crate) fn compare(examiner: &mut Examiner, wanted: impl Fn(&TableDef, &Filter) -> bool, whole: (&str, &str)) {
    let budget = examiner.budget;
    for (id, table) in budget.profile.tables.iter() {
        let tabular = match &table.content {
            TableContent::Rows(tabular) => tabular,
            TableContent::Balance(_) | TableContent::Schedule(_) | TableContent::Performance(_) => continue,
        };
        let of_table = budget.cube.filter(&table.of);
        // A row that a table lacks is lacking in several of its columns.
        examiner.as_one(|examiner| {
            for column in &tabular.columns {
                let measure = match &column.show {
                    Show::Sum(measure) => measure,
                    Show::Field(_) | Show::NumberedName | Show::Share(_) => continue,
                };
                let filter = narrowed(budget, &of_table, measure);
                if !wanted(table, &filter) || measure.year.is_some_and(|year| year != YearOf::This) {
                    continue;
                }
                let Some(sum) = added_up(examiner, table, &filter) else { continue };
                let total = budget.cube.total_of(&filter, &Scope::default());
                if total.terms.is_empty() && sum.terms.is_empty() {
                    continue;
                }
                let head: Vec<_> = column.head.iter().map(|cell| examiner.prose.fill(cell)).collect();
                let name = format!("{}·{}", examiner.table_name(&id.value), head.join("/"));
                examiner.equal(FigurePair {
                    about: format!("tables.{}.{}", id.value, head.join("/")),
                    left: ComparedFigure::new(format!("{name}各行之和"), format!("the rows of {name}"), &sum),
                    right: ComparedFigure::new(whole.0, whole.1, &total),
                    count: total.terms.len(),
                    help: ("请核对各行", "check the rows"),
                });
            }
        });
    }
}
