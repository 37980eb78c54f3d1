//! Control figures, and amounts that no line of a table shows.

use crate::examiner::{Examiner, FigurePair};
use crate::{ComparedFigure, Severity};
use budgetdoc_core::budget::{CellName, Filter, Scope, Term, Total, locate};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::{Account, RowsDef, TableContent, TableDef};
use budgetdoc_core::spec::Control;
use budgetdoc_core::subject::{Level, SubjectCode};

/// Compares the spec's control figures that belong to a rule with the cells they name.
pub(crate) fn compare(examiner: &mut Examiner, rule: &str) {
    let budget = examiner.budget;
    for (index, control) in budget.spec.control.iter().enumerate() {
        if is_repeated(&budget.spec.control[..index], control) {
            continue;
        }
        let Some((table, filter, scope)) = cell(examiner, control) else { continue };
        if rule_of_cell(table, &filter, scope) != rule {
            continue;
        }
        let computed = budget.cube.total_of(&filter, &scope);
        let Some(number) = control.amount.number() else { continue };
        let amount = Money::new(number, budget.spec.unit);
        let term = Term { amount, unfilled: false, place: control.amount.place };
        let stated = Total { amount: Some(amount), terms: vec![term] };
        let title = examiner.table_name(&control.table);
        let mut cell = vec![title];
        cell.extend([&control.row, &control.column].into_iter().flatten().map(|name| name.value.clone()));
        let cell = cell.join("·");
        examiner.equal(FigurePair {
            about: format!("control.{}", about(control)),
            left: ComparedFigure::new(format!("{cell}的控制数"), format!("the control figure of {cell}"), &stated),
            right: ComparedFigure::new("按各行计算的数", "the sum of its rows", &computed),
            count: computed.terms.len(),
            help: ("请核对该数与 spec 中各行，找出哪一个有误", "check the control figure and the rows of the spec"),
        });
    }
}

/// Returns whether an earlier entry gives the same amount for the same cell.
pub(crate) fn is_repeated(before: &[Control], control: &Control) -> bool {
    before.iter().any(|other| about(other) == about(control) && other.amount.value == control.amount.value)
}

/// Returns the subject of findings on a control figure.
pub(crate) fn about(control: &Control) -> String {
    let names = [Some(&control.table), control.row.as_ref(), control.column.as_ref()];
    names.into_iter().flatten().map(|name| name.value.as_str()).collect::<Vec<_>>().join(".")
}

/// Returns the table and cell a control figure names; none if there is no such cell.
pub(crate) fn cell<'a>(examiner: &Examiner<'a>, control: &Control) -> Option<(&'a TableDef, Filter, Scope)> {
    let budget = examiner.budget;
    let table = budget.profile.tables.get(&control.table.value)?;
    let row = control.row.as_ref().map(|row| row.value.as_str());
    let column = control.column.as_ref().map(|column| column.value.as_str());
    let (filter, scope) = locate(budget, table, CellName { row, column }, |template| examiner.prose.fill(template))?;
    Some((table, filter, scope))
}

/// Returns the rule that reports differences of a cell.
fn rule_of_cell(table: &TableDef, filter: &Filter, scope: Scope) -> &'static str {
    let has = |account| filter.allows_account(account);
    let balance = match &table.content {
        TableContent::Balance(_) => true,
        TableContent::Rows(_) | TableContent::Schedule(_) => false,
        TableContent::Performance(_) => return "A10",
    };
    match () {
        () if has(Account::ThreePublic) || has(Account::Meetings) => "A8",
        () if has(Account::Procurement) || has(Account::Reserved) => "A7",
        () if balance && !table.of.funds.is_empty() => "B4",
        () if balance && has(Account::BroughtForward) => "A2",
        () if balance && has(Account::Income) => "A1",
        () if balance && scope.subject.is_none() => "A3",
        () if has(Account::Income) || has(Account::BroughtForward) => "B1",
        () if has(Account::Economic) => "A9",
        () if has(Account::Basic) && filter.narrows_categories() => "A9",
        () if has(Account::Basic) || scope.project.is_some() => "B3",
        () => match scope.subject.map(SubjectCode::level) {
            Some(Level::Class | Level::Division) => "A5",
            Some(Level::Item) => "B6",
            None if !table.of.kinds.is_empty() => "B3",
            None if filter.narrows_funds() && filter.narrows_kinds() => "B7",
            None if filter.narrows_funds() => "B5",
            None if filter.narrows_kinds() => "A6",
            None => "B2",
        },
    }
}

/// Reports amounts that the closing row of a list of `account` sums but no fixed line shows: the profile lacks a line.
pub(crate) fn report_missing_lines(examiner: &mut Examiner, account: Account) {
    let budget = examiner.budget;
    let cube = &budget.cube;
    for (id, table) in budget.profile.tables.iter() {
        let balance = match &table.content {
            TableContent::Balance(balance) => balance,
            TableContent::Rows(_) | TableContent::Schedule(_) | TableContent::Performance(_) => continue,
        };
        for side in &balance.sides {
            let base = cube.filter(&table.of).and(&cube.filter(&side.of));
            let lines = match &side.rows {
                RowsDef::Lines(lines) => lines,
                RowsDef::UnitLines(_) | RowsDef::Each(_) => continue,
            };
            if !base.is_of(&[account]) {
                continue;
            }
            examiner.count_one();
            let lines = lines.iter().map(|line| base.and(&cube.filter(&line.of)));
            let by_fund: Vec<Filter> = lines.filter(|line| line.narrows_funds() && !line.narrows_kinds()).collect();
            if by_fund.is_empty() || by_fund.iter().any(|line| line.and(&base) == base) {
                continue;
            }
            for (index, fund) in budget.profile.funds.iter().enumerate() {
                let total = cube.total_of(&base.of_fund(index), &Scope::default());
                let shown = by_fund.iter().any(|line| line.allows_fund(index));
                if shown || !base.allows_fund(index) || total.or_zero().is_zero() {
                    continue;
                }
                let title = examiner.table_name(&id.value);
                let amount = examiner.print(total.or_zero());
                let place = total.terms.iter().find_map(|term| term.place);
                examiner.report(
                    format!("tables.{}.{}", id.value, fund.id),
                    Severity::Error,
                    place,
                    Bilingual::new(
                        format!("{}有 {amount}，但{title}没有这一行，各行之和不等于合计", fund.name),
                        format!("{title} has no line for `{}` ({amount}), so its lines do not add up", fund.id),
                    ),
                    Bilingual::new(
                        format!("请在版式文件的表“{}”中加一行“{}”", id.value, fund.name),
                        format!("add a line for the fund to table `{}` of the profile", id.value),
                    ),
                );
            }
        }
    }
}
