//! B5: appropriations are the sum of the budgets' tables.

use crate::examiner::{Examiner, FigurePair};
use crate::figures::measures::of_accounts;
use crate::figures::table_kinds::{balance_of, rows_of};
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity, control};
use budgetdoc_core::budget::{Scope, Total};
use budgetdoc_core::profile::{Account, Measure, TableDef};

pub(crate) const RULE: Rule = Rule {
    id: "B5",
    severity: Severity::Error,
    title: ("财政拨款支出等于各预算支出表之和", "Appropriations are the sum of the budgets' tables"),
    explanation: (
        "财政拨款收支总表的支出等于一般公共预算、政府性基金预算、国有资本经营预算各支出表的合计之和；有金额的预算必须有自己的表。",
        "Expenditure in the balance of appropriations equals the sum of the tables of the general public budget, the government fund budget and the state capital budget.",
    ),
    wrong: "control:\n  - { table: general_public, amount: 1301 }    # 财政拨款支出1310",
    right: "control:\n  - { table: general_public, amount: 1310 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let cube = &budget.cube;
    let funds = 0..budget.profile.funds.len();
    let of = |table: &TableDef| cube.filter(&table.of);
    let taken = |table: &TableDef| {
        let filter = of(table);
        funds.clone().filter(|fund| filter.allows_fund(*fund)).collect::<Vec<_>>()
    };
    for (id, table) in budget.profile.tables.iter() {
        if balance_of(table).is_none() || !of(table).narrows_funds() {
            continue;
        }
        let whole = taken(table);
        // Tables that split the appropriations, not one that shows all of them again.
        let mut rest = whole.clone();
        let mut parts = Vec::new();
        for (part_id, part) in budget.profile.tables.iter() {
            let by_function =
                rows_of(part).is_some() && of(part).is_of(&[Account::Expenditure]) && !of(part).narrows_kinds();
            let own = taken(part);
            if by_function && own.len() < whole.len() && own.iter().all(|fund| rest.contains(fund)) {
                rest.retain(|fund| !own.contains(fund));
                parts.push((part_id, of(part)));
            }
        }
        if parts.is_empty() {
            continue;
        }
        let total = budget.total(&Measure { funds: table.of.funds.clone(), ..of_accounts(&[Account::Expenditure]) });
        let mut sum = Total::default();
        let mut words = Vec::new();
        for (part_id, filter) in parts {
            let part = cube.total_of(&filter, &Scope::default());
            words.push(format!("{} {}", examiner.table_name(&part_id.value), examiner.print(part.or_zero())));
            sum.amount = Some(sum.or_zero() + part.or_zero());
            sum.terms.extend(part.terms);
        }
        let name = examiner.table_name(&id.value);
        let list = words.join(" + ");
        examiner.equal(FigurePair {
            about: format!("tables.{}", id.value),
            left: ComparedFigure::new(format!("{name}的支出"), format!("expenditure in {name}"), &total),
            right: ComparedFigure::new(
                format!("各预算支出表之和（{list}）"),
                format!("the budgets' tables ({list})"),
                &sum,
            ),
            count: total.terms.len(),
            help: (
                "请核对各预算的行；有金额的预算应有自己的支出表",
                "check the rows; each budget with an amount needs its own table",
            ),
        });
    }
    control::compare(examiner, "B5");
}
