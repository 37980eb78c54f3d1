//! D4: both sides of a balance are equal.

use super::read::List;
use super::report::report;
use super::{Prover, Relation, View, words};
use crate::rule::Check;
use crate::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "D4",
    severity: Severity::Error,
    title: ("印出的收入总计等于支出总计", "The printed totals of income and expenditure are equal"),
    explanation: (
        "由印出的表格本身核对：收支总表中同一行并列的收入总计（合计）与支出总计（合计）应当相等。差额只允许是印出各数四舍五入的尾差。",
        "Proved from the printed table alone: in a balance, the totals of income and expenditure in one row are equal. They may differ by the rounding of the printed digits only.",
    ),
    wrong: "closing:\n  - - { name: 收入总计, of: { accounts: [income, brought_forward] } }\n    - { name: 支出总计, of: { accounts: [expenditure] } }",
    right: "closing:\n  - - { name: 收入总计, of: { accounts: [income, brought_forward] } }\n    - { name: 支出总计, of: { accounts: [expenditure, carried_forward] } }",
    checks: &[Check::Figures(|examiner| report(examiner, "D4"))],
};

/// Compares the closing totals of a table's sides.
pub(super) fn compare(views: &[View], prover: &mut Prover) {
    for income in views {
        let Some((row, kind)) = closing(income.list, "收入") else { continue };
        let faces = |view: &&View| view.list.body == income.list.body;
        let spent = views.iter().filter(faces).find_map(|view| Some((view, closing(view.list, "支出")?)));
        let Some((spent, (other, _))) = spent.filter(|(_, (_, other))| *other == kind) else { continue };
        let (Some(column), Some(across)) = (whole(income.list), whole(spent.list)) else { continue };
        if income.list.rows[row].index != spent.list.rows[other].index {
            continue;
        }
        let (left, right) =
            (income.tree.amount(income.list, row, column), spent.tree.amount(spent.list, other, across));
        let (Some(left), Some(right)) = (left, right) else { continue };
        if left.value.is_zero() && right.value.is_zero() {
            continue;
        }
        let name = spent.row(other);
        prover.compare(RULE.id, left, Relation::Equal, right, || {
            income.describe_sides(row, column, &format!("同行“{name}”"), &format!("“{name}” of the row"))
        });
    }
}

/// Returns the last total of a side and its name without the account: 总计 of 收入总计. The total of the year excludes
/// balances.
fn closing<'a>(list: &'a List, account: &str) -> Option<(usize, &'a str)> {
    let row = list.rows.iter().rposition(|row| words::is_total(&row.label))?;
    let rest = list.rows[row].label.strip_prefix(account)?;
    ["总计", "合计"].contains(&rest).then_some((row, rest))
}

/// Returns the total column: the only one, or the first if it is a total.
fn whole(list: &List) -> Option<usize> {
    let first = list.columns.first()?;
    (list.columns.len() == 1 || words::is_total(first.name())).then_some(0)
}
