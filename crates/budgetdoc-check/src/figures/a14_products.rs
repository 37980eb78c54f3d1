//! A14: an amount of a schedule is its quantity times its price.

use crate::examiner::{Examiner, FigurePair};
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity};
use budgetdoc_core::budget::{ScheduleEntry, Total, product_of, sum_of};
use budgetdoc_core::profile::{Product, Schedule};
use rust_decimal::prelude::ToPrimitive;

pub(crate) const RULE: Rule = Rule {
    id: "A14",
    severity: Severity::Error,
    title: ("明细的金额等于数量乘以单价", "An amount of a schedule is its quantity times its price"),
    explanation: (
        "版式的明细表写有 product 的，各行的金额等于数量乘以单价；缺数量或单价的行不比较。版式允许不填金额的，不填则由数量和单价算出。",
        "Where a column of a schedule has a `product`, the amount of each row is its quantity times its price; rows without one of them are not compared. Where the profile lets rows leave the amount out, it is computed.",
    ),
    wrong: "schedules:\n  new_assets:\n    - { name: 台式计算机, quantity: 20, price: 0.5, amount: 12 }",
    right: "schedules:\n  new_assets:\n    - { name: 台式计算机, quantity: 20, price: 0.5, amount: 10 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let mut known: Vec<(&str, &str)> = Vec::new();
    for table in budget.profile.schedules() {
        for (column, product) in table.products() {
            let Some(key) = &column.key else { continue };
            // Tables of one schedule share its rows.
            if !known.contains(&(&table.of, key)) {
                known.push((&table.of, key));
                for (index, row) in budget.schedule(&table.of).iter().enumerate() {
                    compare(examiner, (table, key), (index + 1, row), product);
                }
            }
        }
    }
}

fn compare(
    examiner: &mut Examiner,
    (table, key): (&Schedule, &str),
    (number, row): (usize, &ScheduleEntry),
    product: &Product,
) {
    let (Some(_), Some((term, quantity))) = (row.get(key), product_of(row, product)) else { return };
    let head = |key: &str| {
        let column = table.columns.iter().find(|column| column.key.as_ref().is_some_and(|own| own.value == key));
        column.map(|column| examiner.prose.fill(&column.head.join("/"))).unwrap_or_default()
    };
    let (schedule, of) = (&table.of, [&*product.quantity, &*product.price, key].map(head));
    let pair = FigurePair {
        about: format!("schedules.{schedule}.{number}.{key}"),
        left: ComparedFigure::new(
            format!("明细“{schedule}”第 {number} 行的{}乘以{}", of[0], of[1]),
            format!("{} times {} in row {number} of the schedule `{schedule}`", of[0], of[1]),
            &Total { amount: Some(term.amount), terms: vec![term] },
        ),
        right: ComparedFigure::new(of[2].clone(), of[2].clone(), &sum_of([row], key)),
        // A price that is rounded is so as many times as it is paid.
        count: quantity.ceil().to_usize().unwrap_or(usize::MAX - 1),
        help: ("请核对这一行的数量、单价和金额", "check quantity, price and amount of the row"),
    };
    examiner.equal(pair);
}
