//! D1: the parts of a row make up its total.

use std::ops::Range;

use super::figure::PrintedSum;
use super::report::report;
use super::words;
use super::{Prover, Relation, View};
use crate::rule::Check;
use crate::{Rule, Severity};

pub(crate) const RULE: Rule = Rule {
    id: "D1",
    severity: Severity::Error,
    title: ("印出的各列之和等于合计列", "The printed parts of a row add up to its total"),
    explanation: (
        "由印出的表格本身核对：一行中各部分（基本支出、项目支出，各项资金来源，“三公”经费各项）之和应等于该行的合计、小计，标明“其中”的部分不得大于合计。只按表头文字和印出的数字核对，不看数据文件；差额只允许是印出各数四舍五入的尾差。",
        "Proved from the printed table alone: the parts of a row (basic and project expenditure, the funds, the three public expenses) add up to its total, and a part named 其中 does not exceed it. Only heads and digits are read; two sides may differ by the rounding of the printed digits only.",
    ),
    wrong: "columns:\n  - { head: [合计], show: { sum: {} } }\n  - { head: [基本支出], show: { sum: { kinds: [basic], year: last } } }\n  - { head: [项目支出], show: { sum: { kinds: [project] } } }",
    right: "columns:\n  - { head: [合计], show: { sum: {} } }\n  - { head: [基本支出], show: { sum: { kinds: [basic] } } }\n  - { head: [项目支出], show: { sum: { kinds: [project] } } }",
    checks: &[Check::Figures(|examiner| report(examiner, "D1"))],
};

/// The columns below a head, by their heads one level below.
struct Head {
    words: String,
    columns: Range<usize>,
}

/// Compares the total columns of a list with those they sum up.
pub(super) fn compare(view: &View, prover: &mut Prover) {
    compare_level(view, 0..view.list.columns.len(), 0, prover);
}

/// Compares the columns below a head, at all levels.
fn compare_level(view: &View, columns: Range<usize>, depth: usize, prover: &mut Prover) {
    let heads = heads(view, columns, depth);
    for head in heads.iter().filter(|head| head.columns.len() > 1 && heads.len() > 1) {
        compare_level(view, head.columns.clone(), depth + 1, prover);
    }
    if let [only] = heads.as_slice()
        && only.columns.len() > 1
    {
        return compare_level(view, only.columns.clone(), depth + 1, prover);
    }
    let is_total = |head: &&Head| head.columns.len() == 1 && words::is_total(&head.words);
    let mut totals = heads.iter().filter(is_total);
    let (Some(total), None) = (totals.next(), totals.next()) else { return };
    let others = || heads.iter().filter(|head| head.columns != total.columns);
    for part in others().filter(|head| words::is_included(&head.words)) {
        let Some(column) = whole(view, part, depth) else { continue };
        for row in 0..view.list.rows.len() {
            let amount = |column| view.tree.amount(view.list, row, column);
            let (Some(part), Some(whole)) = (amount(column), amount(total.columns.start)) else { continue };
            if part.value.is_zero() || whole.value.is_sign_negative() {
                continue;
            }
            let name = view.column(total.columns.start);
            prover.compare(RULE.id, part, Relation::AtMost, whole, || {
                view.describe_sides(row, column, &format!("同行“{name}”"), &format!("“{name}” of the row"))
            });
        }
    }
    let mut parts: Vec<&Head> = others().collect();
    let is_part_and_rest = words::are_part_and_rest(&parts.iter().map(|head| head.words.as_str()).collect::<Vec<_>>());
    if !is_part_and_rest {
        parts.retain(|head| !words::is_included(&head.words) && !words::is_beside(&head.words));
    }
    let names: Vec<&str> = parts.iter().map(|head| head.words.as_str()).collect();
    let [first, others @ ..] = names.as_slice() else { return };
    let Some(division) = words::division(first).filter(|_| !others.is_empty()) else { return };
    let is_known = others.iter().all(|name| words::division(name) == Some(division));
    if !is_known || words::overlap(&names) {
        return;
    }
    let Some(columns) = parts.iter().map(|head| columns_of(view, head, depth)).collect::<Option<Vec<_>>>() else {
        return;
    };
    let columns = columns.concat();
    let sum = |row: usize| {
        let mut sum = PrintedSum::default();
        for column in &columns {
            sum.join(view.tree.amount(view.list, row, *column)?);
        }
        Some(sum)
    };
    // What is carried over is not divided into the parts of the year, but is in the total row.
    let is_undivided =
        |row: usize| words::is_carried(&view.list.rows[row].label) && sum(row).is_some_and(|sum| sum.value.is_zero());
    let mut undivided = PrintedSum::default();
    for row in 0..view.list.rows.len() {
        let Some(whole) = view.tree.amount(view.list, row, total.columns.start) else { continue };
        if is_undivided(row) {
            undivided.join(whole);
            continue;
        }
        let Some(mut sum) = sum(row) else { continue };
        if view.tree.totals.contains(&row) {
            sum.join(undivided);
        }
        if sum.value.is_zero() && whole.value.is_zero() {
            continue;
        }
        prover.compare(RULE.id, whole, Relation::Equal, sum, || {
            let list = names.join("、");
            let (zh, en) = (format!("同行各列（{list}）之和"), format!("the sum of its row’s {list}"));
            view.describe_sides(row, total.columns.start, &zh, &en)
        });
    }
}

/// Returns the heads at a depth, each with its columns.
fn heads(view: &View, columns: Range<usize>, depth: usize) -> Vec<Head> {
    let mut heads: Vec<(Option<(usize, usize)>, Head)> = Vec::new();
    for column in columns {
        let path = &view.list.columns[column].head;
        let id = path.get(depth).map(|(id, _)| *id);
        match heads.last_mut().filter(|(last, _)| id.is_some() && *last == id) {
            Some((_, head)) => head.columns.end = column + 1,
            None => {
                let words = path.get(depth).map_or_else(String::new, |(_, words)| words.clone());
                heads.push((id, Head { words, columns: column..column + 1 }));
            }
        }
    }
    heads.into_iter().map(|(_, head)| head).collect()
}

/// Returns the total column below a head; none if there is none.
fn whole(view: &View, head: &Head, depth: usize) -> Option<usize> {
    if head.columns.len() == 1 {
        return Some(head.columns.start);
    }
    let below = heads(view, head.columns.clone(), depth + 1);
    let mut totals = below.iter().filter(|head| head.columns.len() == 1 && words::is_total(&head.words));
    let total = totals.next()?;
    totals.next().is_none().then_some(total.columns.start)
}

/// Returns the columns that a head sums up: its total column, or all of its parts.
fn columns_of(view: &View, head: &Head, depth: usize) -> Option<Vec<usize>> {
    if let Some(column) = whole(view, head, depth) {
        return Some(vec![column]);
    }
    let mut columns = Vec::new();
    for part in &heads(view, head.columns.clone(), depth + 1) {
        if words::is_total(&part.words) || words::is_included(&part.words) || words::is_beside(&part.words) {
            return None;
        }
        columns.extend(columns_of(view, part, depth + 1)?);
    }
    Some(columns)
}
