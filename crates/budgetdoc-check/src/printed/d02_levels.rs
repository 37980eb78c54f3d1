//! D2: a row is the sum of the rows one level below it.

use super::figure::PrintedSum;
use super::report::report;
use super::words;
use super::{Prover, Relation, View};
use crate::rule::Check;
use crate::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "D2",
    severity: Severity::Error,
    title: ("印出的上级行等于其下各行之和", "A printed row is the sum of the rows below it"),
    explanation: (
        "由印出的表格本身核对：类等于款之和，款等于项之和，单位、分组的一行等于其下各行之和；层次按科目编码、缩进、序号和小计判断，标明“其中”的行不得大于上一级。差额只允许是印出各数四舍五入的尾差。",
        "Proved from the printed table alone: a class is the sum of its divisions, a division the sum of its items, the row of a unit or group the sum of the rows below it. Levels follow from codes, indents, numbers and subtotals; a row named 其中 does not exceed the row above it. Two sides may differ by the rounding of the printed digits only.",
    ),
    wrong: "rows:\n  lines:\n    - { name: 一、财政拨款, of: { funds: [general_public] } }\n    - { name: 1.一般公共预算, of: { funds: [general_public] } }\n    - { name: 2.政府性基金预算, of: { funds: [government_fund] } }",
    right: "rows:\n  lines:\n    - { name: 一、财政拨款, of: { funds: [appropriation] } }\n    - { name: 1.一般公共预算, of: { funds: [general_public] } }\n    - { name: 2.政府性基金预算, of: { funds: [government_fund] } }",
    checks: &[Check::Figures(|examiner| report(examiner, "D2"))],
};

/// Compares every row with the sum of those below it, or with each of those that are a part of it (其中).
pub(super) fn compare(view: &View, prover: &mut Prover) {
    for row in (0..view.list.rows.len()).filter(|row| !view.tree.below[*row].is_empty()) {
        let is_whole = view.tree.is_whole(view.list, row);
        for column in 0..view.list.columns.len() {
            if !view.adds_up(column) {
                continue;
            }
            let amount = |row: usize| view.list.rows[row].cells[column].amount().map(PrintedSum::of);
            let Some(whole) = amount(row) else { continue };
            let parts = &view.tree.below[row];
            if is_whole {
                compare_whole(view, row, column, whole, prover);
                continue;
            }
            for part in parts.iter().filter(|part| words::is_included(&view.list.rows[**part].label)) {
                let Some(included) = amount(*part).filter(|part| !part.value.is_zero()) else { continue };
                if whole.value.is_sign_negative() {
                    continue;
                }
                let name = view.row(row);
                prover.compare(RULE.id, included, Relation::AtMost, whole, || {
                    view.describe_sides(*part, column, &format!("“{name}”行"), &format!("row “{name}”"))
                });
            }
        }
    }
}

fn compare_whole(view: &View, row: usize, column: usize, whole: PrintedSum, prover: &mut Prover) {
    let mut sum = PrintedSum::default();
    for part in &view.tree.below[row] {
        let Some(figure) = view.list.rows[*part].cells[column].amount() else { return };
        sum.add(figure);
    }
    if whole.value.is_zero() && sum.value.is_zero() {
        return;
    }
    let count = view.tree.below[row].len();
    prover.compare(RULE.id, whole, Relation::Equal, sum, || {
        view.describe_sides(
            row,
            column,
            &format!("其下 {count} 行之和"),
            &format!("the sum of the {count} rows below it"),
        )
    });
}
