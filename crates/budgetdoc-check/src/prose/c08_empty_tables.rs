//! C8: an empty table says so, and nothing else does.

use std::collections::BTreeSet;

use crate::figures::measures::is_nonzero;
use crate::figures::measures::of_accounts;
use crate::figures::table_kinds::rows_of;
use crate::prose::reader::{Caution, ProseReader};
use crate::prose::statement::report;
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::budget::{Budget, Filter, Scope, narrowed};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::profile::{Account, ColumnDef, Measure, RowsDef, Show, TableContent, TableDef};

pub(crate) const RULE: Rule = Rule {
    id: "C8",
    severity: Severity::Warning,
    title: ("空表有说明，有数不写“无”", "Empty tables say so, and only they"),
    explanation: (
        "全部为零的表应有“无数据”的说明，说明写对预算的名称；文字中写“无政府性基金预算支出”“政府性基金预算支出为零”等的，该项预算必须为零；为零的，文字应说明。",
        "A table of zeros has a note below it that says so. A text says that a fund has no expenditure if and only if it has none.",
    ),
    wrong: "text:\n  other: 本部门无政府性基金预算支出。    # 而 government_fund 有 20 万元",
    right: "text:\n  other: 本部门政府性基金预算支出{{ government_fund | amount }}。",
    checks: &[Check::Prose(report), Check::Prose(check)],
};

fn check(examiner: &mut ProseReader) {
    let budget = examiner.budget;
    for (id, table) in budget.profile.tables.iter() {
        let Some(empty) = is_empty(budget, table) else { continue };
        if table.title.is_none() || !budget.table_ids().contains(&id.as_str()) {
            continue;
        }
        examiner.count_one();
        if empty && table.empty_notes.is_empty() && table.notes.is_empty() && table.empty_row.is_none() {
            let name = examiner.table_name(&id.value);
            examiner.report(
                format!("tables.{}", id.value),
                Caution::Warning,
                None,
                Bilingual::new(
                    format!("{name}全部为零，表下没有说明"),
                    format!("{name} has no figures, and no note below it says so"),
                ),
                remedy(&id.value, table),
            );
        }
    }
    for fund in budget.profile.funds.iter() {
        let total = budget.total(&Measure { funds: vec![fund.id.clone()], ..of_accounts(&[Account::Expenditure]) });
        let short =
            ["拨款收入", "拨款", "收入"].iter().find_map(|end| fund.name.strip_suffix(end)).unwrap_or(&fund.name);
        let own_table = budget
            .profile
            .tables
            .iter()
            .any(|(_, table)| table.of.funds == [fund.id.clone()] && rows_of(table).is_some());
        if !own_table || total.is_unfilled() {
            continue;
        }
        examiner.count_one();
        if !is_nonzero(&total) && !examiner.narrative().any(|passage| passage.text.contains(short)) {
            examiner.report(
                format!("funds.{}", fund.id),
                Caution::Warning,
                None,
                Bilingual::new(
                    format!("{}为零，文字没有说明", fund.name),
                    format!("`{}` has no expenditure, and no text says so", fund.id),
                ),
                Bilingual::new(format!("请写明“无{short}支出”"), format!("write 无{short}支出")),
            );
        }
    }
}

/// Returns the help for an empty table: its figures are missing from the spec, or its note from the profile.
fn remedy(id: &str, table: &TableDef) -> Bilingual {
    let sides = match &table.content {
        TableContent::Balance(balance) => balance.sides.as_slice(),
        TableContent::Rows(_) | TableContent::Schedule(_) | TableContent::Performance(_) => &[],
    };
    if let TableContent::Schedule(schedule) = &table.content {
        let of = &schedule.of;
        return Bilingual::new(
            format!("请填写 schedules 的 {of}；确实没有的，请在自己的版式中给表“{id}”写 empty_notes"),
            format!(
                "write `schedules.{of}`; if there is none, add `empty_notes` to table `{id}` in a profile of your own"
            ),
        );
    }
    let measures = std::iter::once(&table.of).chain(sides.iter().map(|side| &side.of));
    let mut keys: BTreeSet<&str> =
        measures.flat_map(|measure| &measure.accounts).map(|account| account.name()).collect();
    if keys.contains(Account::Expenditure.name()) {
        keys.insert("projects");
    }
    if keys.is_empty() {
        return Bilingual::new(
            format!("请填写该表的数据；确实没有的，请在自己的版式中给表“{id}”写 empty_notes"),
            format!("give its figures; if there are none, add `empty_notes` to table `{id}` in a profile of your own"),
        );
    }
    let keys = Vec::from_iter(keys);
    Bilingual::new(
        format!("请填写 {}；确实没有的，请在自己的版式中给表“{id}”写 empty_notes", keys.join(" 或 ")),
        format!(
            "write `{}`; if there is none, add `empty_notes` to table `{id}` in a profile of your own",
            keys.join("` or `")
        ),
    )
}

/// Returns whether a table has only zeros; `None` for tables of words.
fn is_empty(budget: &Budget, table: &TableDef) -> Option<bool> {
    let of = budget.cube.filter(&table.of);
    let mut filters = Vec::new();
    let mut columns = |base: &Filter, list: &[ColumnDef], rows: &RowsDef| {
        for column in list {
            let measure = match &column.show {
                Show::Sum(measure) => measure,
                // A share is of figures that other columns show.
                Show::Field(_) | Show::NumberedName | Show::Share(_) => continue,
            };
            let filter = narrowed(budget, base, measure);
            match rows {
                RowsDef::Lines(lines) | RowsDef::UnitLines(lines) => {
                    filters.extend(lines.iter().map(|line| filter.and(&budget.cube.filter(&line.of))));
                }
                RowsDef::Each(_) => filters.push(filter),
            }
        }
    };
    match &table.content {
        TableContent::Rows(tabular) => columns(&of, &tabular.columns, &tabular.rows),
        TableContent::Balance(balance) => {
            for side in &balance.sides {
                columns(&of.and(&budget.cube.filter(&side.of)), &side.columns, &side.rows);
            }
        }
        TableContent::Schedule(schedule) => return Some(budget.schedule(&schedule.of).is_empty()),
        TableContent::Performance(_) => return None,
    }
    let scope = Scope::default();
    // Only transfers between units have negative amounts.
    let none = |filter: &Filter| {
        let mut facts = budget.cube.matching(filter, &scope);
        facts.all(|fact| {
            [Some(fact.this), fact.last].into_iter().flatten().all(|term| term.amount.is_zero() && !term.unfilled)
        })
    };
    Some(filters.iter().all(none))
}
