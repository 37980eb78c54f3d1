//! D7: sentences print the figures of the tables.

use rust_decimal::Decimal;

use super::d06_tables::{PlacedFigures, first_filled};
use super::expense::expenses;
use super::quantity::{Flow, PrintedFund, PrintedKind, Quantity};
use super::report::report;
use super::sentence::{SentenceFigure, SentenceMeaning};
use super::{Prover, Relation, Sides, View};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::money::Unit;

pub(crate) const RULE: Rule = Rule {
    id: "D7",
    severity: Severity::Error,
    title: ("版式的句子与印出的表格一致", "Sentences of the form print the figures of the tables"),
    explanation: (
        "由印出的句子和表格核对：版式的句子印出的收入、支出、基本支出、项目支出、“三公”经费各项、会议费、培训费、机关运行经费、政府采购总额，应当与表中同一含义的数一致；列明的项目合计不得大于项目支出。句子的含义按数字前的文字判断，文字与所引用的数含义不同的不比较；手写的数由 C1 核对。差额只允许是印出各数四舍五入的尾差。",
        "Proved from the printed sentences and tables: what the form’s sentences print of income, expenditure by fund and kind, the three public expenses, meetings, training, operating costs and procurement is what the tables print, and listed projects are within project expenditure. The words before an amount tell what it is of; where they and the figure they print are of different things, nothing is compared. Typed amounts are C1’s. Two sides may differ by the rounding of the printed digits only.",
    ),
    wrong: "figures:\n  project: { accounts: [expenditure], kinds: [basic] }\ntexts:\n  expenditure: |\n    项目支出{{ project | amount }}。",
    right: "figures:\n  project: { accounts: [expenditure], kinds: [project] }\ntexts:\n  expenditure: |\n    项目支出{{ project | amount }}。",
    checks: &[Check::Figures(|examiner| report(examiner, "D7"))],
};

/// Compares the amounts of sentences with the first table that prints them.
pub(super) fn compare(
    (tables, places): (&[Vec<View>], &PlacedFigures),
    sentences: &[SentenceFigure],
    eliminated: Decimal,
    prover: &mut Prover,
) {
    let is_carried_over = tables.iter().flatten().any(|view| super::quantity::has_balances(view, true));
    let expenses = expenses(tables);
    let of_quantity = |quantity: &Quantity| {
        let of = places.get(quantity)?;
        first_filled(of).or(of.first())
    };
    for sentence in sentences {
        let projects = || Quantity {
            flow: Flow::Expenditure,
            fund: PrintedFund::All,
            kind: PrintedKind::Project,
            code: String::new(),
            balances: false,
        };
        let (cell, relation) = match &sentence.meaning {
            SentenceMeaning::Quantity(quantity) => {
                let balances = quantity.balances && is_carried_over;
                (of_quantity(&Quantity { balances, ..quantity.clone() }), Relation::Equal)
            }
            SentenceMeaning::Expense(expense) => {
                (expenses.get(expense).and_then(|of| first_filled(of).or(of.first())), Relation::Equal)
            }
            // Project expenditure may be of more than the listed projects, but not without any.
            SentenceMeaning::Projects if sentence.amount.value.is_zero() => (of_quantity(&projects()), Relation::Equal),
            SentenceMeaning::Projects => (of_quantity(&projects()), Relation::AtMost),
        };
        let Some(cell) = cell else { continue };
        prover.table = cell.table;
        let table = cell.view.describe_sides(cell.row, cell.column, "", "");
        let (zh, en) = (format!("{}“{}”", table.name, table.cell), format!("“{}” of {}", table.cell, table.name));
        prover.compare(RULE.id, sentence.amount, relation, cell.sum.abs().with_slack(eliminated), || Sides {
            name: sentence.about.clone(),
            cell: sentence.words.clone(),
            right: budgetdoc_core::lang::Bilingual::new(zh, en),
            unit: Some(Unit::Yuan),
        });
    }
}
