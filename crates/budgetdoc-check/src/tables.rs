//! Agreement between tables.

use std::collections::BTreeMap;

use super::examiner::{Examiner, Pair};
use super::totals::{self, of};
use super::{Figure, Rule, Severity, control};
use budgetdoc_core::budget::{Fact, Filter, Scope, Total, narrowed};
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::{Account, Measure, RowAxis, RowsDef, Show, TableContent, TableDef, YearOf};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "B1",
        severity: Severity::Error,
        title: ("收入总表与收支总表一致", "The table of income agrees with the balance"),
        explanation: (
            "收入总表各单位之和等于收支总表的收入总计，每个资金来源也相等。",
            "The units' income in the table of income adds up to the income of the balance, for every fund.",
        ),
        wrong: "control:\n  - { table: income, column: 收入总计, amount: 1301 }    # 收支总表1310",
        right: "control:\n  - { table: income, column: 收入总计, amount: 1310 }",
        check: income,
    },
    Rule {
        id: "B2",
        severity: Severity::Error,
        title: ("支出总表与收支总表一致", "The table of expenditure agrees with the balance"),
        explanation: (
            "支出总表各单位之和等于收支总表的支出。",
            "The units' expenditure in the table of expenditure adds up to the expenditure of the balance.",
        ),
        wrong: "control:\n  - { table: expenditure, amount: 1301 }    # 收支总表1310",
        right: "control:\n  - { table: expenditure, amount: 1310 }",
        check: expenditure,
    },
    Rule {
        id: "B4",
        severity: Severity::Error,
        title: (
            "财政拨款收支总表是收支总表的财政拨款部分",
            "The balance of appropriations is that part of the whole balance",
        ),
        explanation: (
            "财政拨款收支总表的收入和支出，等于收支总表中财政拨款的部分；只有财政拨款时两表逐行相同。",
            "Income and expenditure in the balance of appropriations equal the appropriations' part of the whole balance; with appropriations only, both agree line by line.",
        ),
        wrong: "control:\n  - { table: appropriation_balance, row: 收入总计, amount: 1301 }",
        right: "control:\n  - { table: appropriation_balance, row: 收入总计, amount: 1310 }",
        check: appropriations,
    },
    Rule {
        id: "B5",
        severity: Severity::Error,
        title: ("财政拨款支出等于各预算支出表之和", "Appropriations are the sum of the budgets' tables"),
        explanation: (
            "财政拨款收支总表的支出等于一般公共预算、政府性基金预算、国有资本经营预算各支出表的合计之和；有金额的预算必须有自己的表。",
            "Expenditure in the balance of appropriations equals the sum of the tables of the general public budget, the government funds and the state capital budget.",
        ),
        wrong: "control:\n  - { table: general_public, amount: 1301 }    # 财政拨款支出1310",
        right: "control:\n  - { table: general_public, amount: 1310 }",
        check: budgets,
    },
    Rule {
        id: "B7",
        severity: Severity::Error,
        title: (
            "只有一般公共预算时，支出表与支出总表逐项相等",
            "With the general public budget alone, its table equals the table of expenditure",
        ),
        explanation: (
            "只有一般公共预算时，一般公共预算支出表的基本支出、项目支出等于支出总表的基本支出、项目支出。",
            "Where all money is of the general public budget, basic and project expenditure in its table equal those in the table of expenditure.",
        ),
        wrong: "control:\n  - { table: general_public, column: 基本支出, amount: 648 }    # 支出总表684",
        right: "control:\n  - { table: general_public, column: 基本支出, amount: 684 }",
        check: one_budget,
    },
];

/// The sum over a table's topmost rows of one of its columns: what a reader gets who adds them up.
fn added_up(examiner: &Examiner, table: &TableDef, filter: &Filter) -> Option<Total> {
    let TableContent::Rows(tabular) = &table.content else { return None };
    let RowsDef::Each(axes) = &tabular.rows else { return None };
    let row_of: fn(&Fact) -> Option<usize> = match axes.first()? {
        RowAxis::Unit => |fact| Some(fact.unit),
        RowAxis::Project => |fact| fact.project,
        _ => return None,
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
pub(super) fn columns(examiner: &mut Examiner, wanted: impl Fn(&TableDef, &Filter) -> bool, whole: (&str, &str)) {
    let budget = examiner.budget;
    for (id, table) in budget.profile.tables.iter() {
        let TableContent::Rows(tabular) = &table.content else { continue };
        let of_table = budget.cube.filter(&table.of);
        // A row that a table lacks is lacking in several of its columns.
        examiner.as_one(|examiner| {
            for column in &tabular.columns {
                let Show::Sum(measure) = &column.show else { continue };
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
                examiner.equal(Pair {
                    about: format!("tables.{}.{}", id.value, head.join("/")),
                    left: Figure::new(format!("{name}各行之和"), format!("the rows of {name}"), &sum),
                    right: Figure::new(whole.0, whole.1, &total),
                    count: total.terms.len(),
                    help: ("请核对各行", "check the rows"),
                });
            }
        });
    }
}

fn income(examiner: &mut Examiner) {
    let wanted = |_: &TableDef, filter: &Filter| filter.allows_account(Account::Income);
    columns(examiner, wanted, ("收支总表的收入", "income in the balance"));
    control::compare(examiner, "B1");
}

fn expenditure(examiner: &mut Examiner) {
    let wanted = |table: &TableDef, filter: &Filter| {
        filter.is_of(&[Account::Expenditure]) && !filter.narrows_kinds() && table.of.funds.is_empty()
    };
    columns(examiner, wanted, ("收支总表的支出", "expenditure in the balance"));
    control::compare(examiner, "B2");
}

fn appropriations(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for (id, table) in budget.profile.tables.iter() {
        if !matches!(table.content, TableContent::Balance(_)) || table.of.funds.is_empty() {
            continue;
        }
        let name = examiner.table_name(&id.value);
        for (account, zh, en) in [(Account::Income, "收入", "income"), (Account::Expenditure, "支出", "expenditure")]
        {
            let total = budget.total(&Measure { funds: table.of.funds.clone(), ..of(&[account]) });
            let mut sum = Total::default();
            let inside = budget
                .profile
                .funds
                .iter()
                .filter(|fund| table.of.funds.contains(&fund.id) || table.of.funds.contains(&fund.group));
            for fund in inside {
                let part = budget.total(&Measure { funds: vec![fund.id.clone()], ..of(&[account]) });
                sum.amount = Some(sum.or_zero() + part.or_zero());
                sum.terms.extend(part.terms);
            }
            examiner.equal(Pair {
                about: format!("tables.{}.{en}", id.value),
                left: Figure::new(format!("{name}的{zh}"), format!("{en} in {name}"), &total),
                right: Figure::new(
                    format!("收支总表中这些来源的{zh}之和"),
                    format!("{en} of its funds in the balance"),
                    &sum,
                ),
                count: total.terms.len(),
                help: ("请核对各来源的行", "check the rows of these funds"),
            });
        }
    }
    control::compare(examiner, "B4");
}

fn budgets(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let cube = &budget.cube;
    let funds = 0..budget.profile.funds.len();
    let of = |table: &TableDef| cube.filter(&table.of);
    let taken = |table: &TableDef| {
        let filter = of(table);
        funds.clone().filter(|fund| filter.allows_fund(*fund)).collect::<Vec<_>>()
    };
    for (id, table) in budget.profile.tables.iter() {
        if !matches!(table.content, TableContent::Balance(_)) || !of(table).narrows_funds() {
            continue;
        }
        let whole = taken(table);
        // Tables that part the appropriations among them; one that shows all of them again is none of those.
        let mut rest = whole.clone();
        let mut parts = Vec::new();
        for (part_id, part) in budget.profile.tables.iter() {
            let by_function = matches!(part.content, TableContent::Rows(_))
                && of(part).is_of(&[Account::Expenditure])
                && !of(part).narrows_kinds();
            let own = taken(part);
            if by_function && own.len() < whole.len() && own.iter().all(|fund| rest.contains(fund)) {
                rest.retain(|fund| !own.contains(fund));
                parts.push((part_id, of(part)));
            }
        }
        if parts.is_empty() {
            continue;
        }
        let total = budget.total(&Measure { funds: table.of.funds.clone(), ..totals::of(&[Account::Expenditure]) });
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
        examiner.equal(Pair {
            about: format!("tables.{}", id.value),
            left: Figure::new(format!("{name}的支出"), format!("expenditure in {name}"), &total),
            right: Figure::new(format!("各预算支出表之和（{list}）"), format!("the budgets' tables ({list})"), &sum),
            count: total.terms.len(),
            help: (
                "请核对各预算的行；有金额的预算应有自己的支出表",
                "check the rows; every budget with money needs a table of its own",
            ),
        });
    }
    control::compare(examiner, "B5");
}

fn one_budget(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let facts = || budget.cube.facts.iter().filter(|fact| fact.account == Account::Expenditure);
    let mut funds: Vec<_> = facts().map(|fact| fact.fund).collect();
    funds.sort_unstable();
    funds.dedup();
    if let [fund] = funds.as_slice() {
        let fund = &budget.profile.funds[*fund];
        for kind in budget.profile.kinds.iter() {
            let measure = Measure { kinds: vec![kind.id.clone()], ..of(&[Account::Expenditure]) };
            let all = budget.total(&measure);
            let part = budget.total(&Measure { funds: vec![fund.id.clone()], ..measure });
            examiner.equal(Pair {
                about: format!("kinds.{}", kind.id),
                left: Figure::new(
                    format!("{}支出表的{}", fund.name, kind.name),
                    format!("{} expenditure of {}", kind.id, fund.id),
                    &part,
                ),
                right: Figure::new(format!("支出总表的{}", kind.name), format!("{} expenditure", kind.id), &all),
                count: all.terms.len(),
                help: ("请核对各行的资金来源 fund", "check the rows' funds"),
            });
        }
    }
    control::compare(examiner, "B7");
}
