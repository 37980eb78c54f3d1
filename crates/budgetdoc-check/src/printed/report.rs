//! What the proof found, as findings of a rule.

use crate::examiner::Examiner;
use crate::{ComparedFigure, PrintedDifference};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;

/// Separators before the differences of a table in one message, which lists at most so many.
const BETWEEN: [(&str, &str); 3] = [("", ""), ("；", "; "), ("；", "; ")];

/// Reports what a rule found in the printed tables, one finding for each table.
pub(super) fn report(examiner: &mut Examiner, rule: &str) {
    let proved = examiner.proof_of_tables();
    let counted = proved.proof.compared.iter().find(|(id, _)| *id == rule).map_or(0, |(_, count)| *count);
    (0..counted).for_each(|_| examiner.count_one());
    let unit = examiner.budget.spec.unit;
    let money = |difference: &PrintedDifference, amount| Money::new(amount, difference.unit.unwrap_or(unit));
    let gap = |one: &PrintedDifference| (money(one, one.left) - money(one, one.right.1)).abs();
    // A difference that a rule over figures reports is printed as well.
    let is_reported = |one: &&PrintedDifference| examiner.has_difference(gap(one));
    let differences: Vec<&PrintedDifference> =
        proved.proof.differences.iter().filter(|one| one.rule == rule && !is_reported(one)).collect();
    for list in differences.chunk_by(|one, other| one.table == other.table) {
        let first = list[0];
        let table = first.table.and_then(|table| proved.tables.get(table));
        let about = table.map_or_else(|| first.name.clone(), |table| format!("tables.{table}.{}", first.cell));
        // C21 reports rows missing from a column, with the key they lack.
        if table.is_some_and(|table| examiner.has_error("C21", &format!("tables.{table}."))) {
            continue;
        }
        let mut message = Bilingual::new(format!("{}：", first.name), format!("{}: ", first.name));
        for (one, between) in list.iter().zip(BETWEEN) {
            let print = |amount| examiner.print(money(one, amount));
            let (cell, left, right, gap) = (&one.cell, print(one.left), print(one.right.1), examiner.print(gap(one)));
            let what = &one.right.0;
            message.zh += &format!("{}“{cell}”为 {left}，{}为 {right}，相差 {gap}", between.0, what.zh);
            message.en +=
                &format!("{}“{cell}” is {left}, but {} is {right}; the difference is {gap}", between.1, what.en);
        }
        if list.len() > BETWEEN.len() {
            message.zh += &format!("；本表共 {} 处", list.len());
            message.en += &format!("; {} in this table", list.len());
        }
        let figure = |label: Bilingual, amount| ComparedFigure {
            label,
            amount: money(first, amount),
            terms: Vec::new(),
            unfilled: false,
        };
        let cell = Bilingual::new(first.cell.as_str(), first.cell.as_str());
        examiner.contradiction(
            about,
            message,
            [figure(cell, first.left), figure(first.right.0.clone(), first.right.1)],
            gap(first),
            Bilingual::new(
                "印出的数字自相矛盾：请核对版式文件中该表的行、列，以及数据文件中这几处的金额",
                "printed figures contradict each other: check the rows and columns of this table in the profile, and the amounts in the spec",
            ),
        );
    }
}
