//! D3: a total row is the sum of the rows it sums up.

use super::figure::PrintedSum;
use super::report::report;
use super::words;
use super::{Prover, Relation, View};
use crate::rule::Check;
use crate::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "D3",
    severity: Severity::Error,
    title: ("印出的合计行等于各行之和", "A printed total row is the sum of its rows"),
    explanation: (
        "由印出的表格本身核对：合计、总计行等于最上一级各行之和；本年合计加以下各行等于总计；按科目列示的表只有合计、没有其他行的，合计应为 0。内部往来抵销列为一行的文件，其他表的合计可以差这一数额。差额只允许是印出各数四舍五入的尾差。",
        "Proved from the printed table alone: a total row is the sum of the top rows of its list, and the total of the year plus the rows below it is the grand total. In a list of subjects, a total above no rows is zero. Where a table takes off transfers between units, totals of other tables may differ by that amount. Two sides may differ by the rounding of the printed digits only.",
    ),
    wrong: "rows: { each: [function] }\ntotal: { name: 合计, of: { funds: [general_public] } }",
    right: "rows: { each: [function] }\ntotal: { name: 合计 }",
    checks: &[Check::Figures(|examiner| report(examiner, "D3"))],
};

/// Compares the total rows of a list with the rows at its top.
pub(super) fn compare(view: &View, prover: &mut Prover) {
    let rows = &view.list.rows;
    let (top, totals) = (&view.tree.top, &view.tree.totals);
    // A total of subjects without a row is a total of nothing.
    if let ([total], [], true) = (totals.as_slice(), top.as_slice(), view.list.has_subjects) {
        return sum_up(view, *total, &[], prover);
    }
    if top.is_empty() || is_doubtful(view) {
        return;
    }
    if let [total] = totals.as_slice()
        && *total < top[0]
    {
        return sum_up(view, *total, top, prover);
    }
    // 本年收入合计 is part of 收入总计; other consecutive totals may sum up each other or the same rows.
    let goes_on = |total: &usize| ["本年", "当年"].iter().any(|year| rows[*total].label.starts_with(year));
    let Some((_, before)) = totals.split_last() else { return };
    if before.len() > 1 || !before.iter().all(goes_on) {
        return;
    }
    let mut start = 0;
    let mut carried = None;
    for total in totals {
        let between = top.iter().copied().filter(|row| (start..*total).contains(row));
        let parts: Vec<usize> = carried.into_iter().chain(between).collect();
        if !parts.is_empty() {
            sum_up(view, *total, &parts, prover);
        }
        (start, carried) = (*total, Some(*total));
    }
}

/// Returns whether the top rows may not be all the parts: some without codes or numbers, 其中, years.
fn is_doubtful(view: &View) -> bool {
    let rows = || view.tree.top.iter().map(|row| &view.list.rows[*row]);
    let coded = rows().filter(|row| !row.code.is_empty()).count();
    let numbered: Vec<bool> = rows().map(|row| words::list_number(&row.label).is_some()).collect();
    let last = numbered.iter().rposition(|numbered| *numbered).unwrap_or(0);
    let mixed = numbered[..last].iter().any(|numbered| !numbered);
    let no_part = rows()
        .any(|row| words::is_included(&row.label) || words::is_of_years(&row.label) || row.label.starts_with('减'));
    (coded > 0 && coded < view.tree.top.len()) || mixed || no_part
}

fn sum_up(view: &View, total: usize, parts: &[usize], prover: &mut Prover) {
    for column in (0..view.list.columns.len()).filter(|column| view.adds_up(*column)) {
        let amount = |row: usize| view.list.rows[row].cells[column].amount();
        let Some(whole) = amount(total).map(PrintedSum::of) else { continue };
        let mut sum = PrintedSum::default().with_slack(view.eliminated(column));
        let Some(figures) = parts.iter().map(|row| amount(*row)).collect::<Option<Vec<_>>>() else { continue };
        figures.into_iter().for_each(|figure| sum.add(figure));
        if whole.value.is_zero() && sum.value.is_zero() {
            continue;
        }
        let count = parts.len();
        prover.compare(RULE.id, whole, Relation::Equal, sum, || {
            view.describe_sides(
                total,
                column,
                &format!("其上下 {count} 行之和"),
                &format!("the sum of its {count} rows"),
            )
        });
    }
}
