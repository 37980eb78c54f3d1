//! C21: the spec has the keys that the form prints.

use std::collections::{BTreeMap, BTreeSet};

use crate::examiner::Examiner;
use crate::figures::printed_columns::{ColumnFilter, columns};
use crate::figures::{blank_labels, missing_lists};
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::budget::{Dimension, Fact, Filter, Scope};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::profile::{Account, Measure, RowFieldName, RowsDef, TableContent, YearOf};
use budgetdoc_core::source::Located;
use budgetdoc_core::spec::Project;
use budgetdoc_core::subject::{Level, SubjectCode};
use budgetdoc_document::Place;

pub(crate) const RULE: Rule = Rule {
    id: "C21",
    severity: Severity::Error,
    title: ("版式印出的栏目，数据都已写明", "The spec has the keys that the profile prints"),
    explanation: (
        "版式的一栏只取某一类别、科目的数，而数据中的一行没有写该键（如 category、item）的，这一行不计入任何一栏，各栏之和不等于合计：错误，指出该行和应补的键。按类列出固定各行的表缺少有数的一类：错误，指出该类；逐项列示的表（如政府采购明细）只有合计、没有各行：错误，指出应填的 procurement_items 或 projects。一栏印上年数、执行数，而只有部分行写了 last、executed 的，或一句因此没有可比的上年数的，给出警告；版式印出采购、会议培训、预留份额、“三公”经费、绩效目标，而数据中一行也没有的，给出警告，说明会印成空白或 0：确实没有的，写 amount: 0；封面、标题、落款、绩效表的一个标签之后没有内容的，也给出警告，如没有写 supervisor。",
        "Where a column sums a category or subject and a row of the spec lacks that key (`category`, `item`), no column counts the row and the columns do not add up: an error. So is a class with money for which a table of fixed lines has none, and a table that prints a total without its rows, as `procurement_items` or `projects` has none of them. Where a column prints last year's figures or outcomes and only some rows have `last` or `executed`, or a sentence has nothing to compare with for that reason, that is a warning. So is a spec without procurement, reserved procurement, meetings, the three public expenses or goals of projects where the profile prints them, blank or as 0: where there are none, write `amount: 0`; and so is a label of the cover, a heading, a signature or a performance table with nothing behind it, such as without `supervisor`.",
    ),
    wrong: "profile: shanghai/2025-unit\nexpenditure:\n  - { item: 2010301, amount: 100 }    # 财务收支预算总表分人员经费、公用经费",
    right: "expenditure:\n  - { item: 2010301, category: personnel, amount: 100 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let printed: Vec<ColumnFilter> = columns(examiner.budget);
    for key in ["category", "item"] {
        lacking_rows(examiner, &printed, key);
    }
    for (year, key) in [(YearOf::Last, "last"), (YearOf::Executed, "executed")] {
        past_years(examiner, &printed, year, key);
    }
    missing_lists::totals_without_rows(examiner, &printed);
    missing_lists::comparisons(examiner);
    missing_lists::lists(examiner, &printed);
    words(examiner);
    blank_labels::check(examiner);
    classes_without_line(examiner);
}

/// Reports functional classes with money for which a table of fixed lines by class has none.
fn classes_without_line(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for id in budget.table_ids() {
        let Some(table) = budget.profile.tables.get(id) else { continue };
        let sides: Vec<(&Measure, &RowsDef)> = match &table.content {
            TableContent::Rows(tabular) => vec![(&table.of, &tabular.rows)],
            TableContent::Balance(balance) => balance.sides.iter().map(|side| (&side.of, &side.rows)).collect(),
            TableContent::Schedule(_) | TableContent::Performance(_) => Vec::new(),
        };
        for (of, rows) in sides {
            let (RowsDef::Lines(lines) | RowsDef::UnitLines(lines)) = rows else { continue };
            if lines.len() < 2 || lines.iter().any(|line| line.of.subjects.is_empty()) {
                continue;
            }
            let base = budget.cube.filter(&table.of).and(&budget.cube.filter(of));
            let lines: Vec<Filter> = lines.iter().map(|line| base.and(&budget.cube.filter(&line.of))).collect();
            let has_money = |fact: &&Fact| !fact.this.amount.is_zero() || fact.this.unfilled;
            let has_no_line = |fact: &&Fact| base.allows(fact) && !lines.iter().any(|line| line.allows(fact));
            let without = budget.cube.facts.iter().filter(has_money).filter(has_no_line);
            let mut classes: BTreeMap<SubjectCode, Option<Place>> = BTreeMap::new();
            for (item, fact) in without.filter_map(|fact| fact.item.zip(Some(fact))) {
                classes.entry(item.ancestor(Level::Class)).or_insert(fact.this.place);
            }
            examiner.count_one();
            for (class, place) in classes {
                let name = budget.subjects.get(&class).map_or("", String::as_str);
                let table = examiner.table_name(id);
                examiner.report(
                    format!("tables.{id}.{class}"),
                    Severity::Error,
                    place,
                    Bilingual::new(
                        format!("{table}没有 {class} {name} 这一行，该类的数印不出来"),
                        format!("{table} has no line for {class} {name}: its amounts are not printed"),
                    ),
                    Bilingual::new(
                        format!("请在版式文件 tables.{id} 中加一行 subjects: [{class}]，或更正该行的 item"),
                        format!("add a line with `subjects: [{class}]` to `tables.{id}` of the profile, or correct the row's `item`"),
                    ),
                );
            }
        }
    }
}

/// Returns the key of an account's rows that gives their place in a dimension, if there is one.
fn key(account: Account, dimension: Dimension) -> Option<&'static str> {
    match (account, dimension) {
        (Account::Expenditure, Dimension::Category) => Some("category"),
        (Account::Income | Account::BroughtForward | Account::CarriedForward | Account::Economic, Dimension::Item)
        | (Account::Government, Dimension::Item) => Some("item"),
        _ => None,
    }
}

/// Reports rows missing from a column for lack of a key, where at least one column counts them.
fn lacking_rows(examiner: &mut Examiner, printed: &[ColumnFilter], wanted: &'static str) {
    let budget = examiner.budget;
    let lacks = |column: &ColumnFilter, fact: &Fact| {
        column.lacking(fact).and_then(|dimension| key(fact.account, dimension)) == Some(wanted)
    };
    let mut rows: Vec<(Option<Place>, &ColumnFilter)> = Vec::new();
    let may_lack =
        |account| [Dimension::Category, Dimension::Item].into_iter().any(|of| key(account, of) == Some(wanted));
    for fact in budget.cube.facts.iter().filter(|fact| !fact.this.amount.is_zero() || fact.this.unfilled) {
        examiner.count_one();
        if !may_lack(fact.account) {
            continue;
        }
        if let Some(column) = printed.iter().find(|column| lacks(column, fact)) {
            rows.push((fact.this.place, column));
        }
    }
    let Some((place, column)) = rows.first() else { return };
    let (others, lack) = others(rows.iter().map(|(place, _)| *place));
    let table = examiner.table_name(column.table);
    let head = examiner.prose.fill(&column.name);
    examiner.report(
        format!("tables.{}.{wanted}", column.table),
        Severity::Error,
        *place,
        Bilingual::new(
            format!("{table}“{head}”要用到 {wanted}，{}，不计入各栏", lack.zh),
            format!("{table}, “{head}”, needs `{wanted}`, which {}: no column counts these", lack.en),
        ),
        Bilingual::new(format!("请在这些行补写 {wanted}"), format!("add `{wanted}` to these rows")),
    );
    examiner.see(others);
}

/// Reports past years that only some rows give, and columns of such years that no row fills.
fn past_years(examiner: &mut Examiner, printed: &[ColumnFilter], year: YearOf, key: &'static str) {
    let budget = examiner.budget;
    let is_given = |fact: &Fact| match year {
        YearOf::Executed | YearOf::ChangeFromExecuted => fact.executed.is_some(),
        YearOf::This | YearOf::Last | YearOf::Change => fact.last.is_some(),
    };
    let mut seen: BTreeSet<Option<Place>> = BTreeSet::new();
    // A new unit has no last year.
    if budget.cube.facts.iter().all(|fact| fact.last.is_none() && fact.executed.is_none()) {
        return;
    }
    // A8 asks for both years of each of the three public expenses.
    let asked = |column: &&ColumnFilter| column.filter.is_of(&[Account::ThreePublic]);
    for column in printed.iter().filter(|column| column.base_year() == year && !asked(column)) {
        examiner.count_one();
        let whole = Scope::default();
        let (known, unknown): (Vec<_>, Vec<_>) =
            budget.cube.matching(&column.filter, &whole).partition(|fact| is_given(fact));
        let places: Vec<_> = unknown.iter().map(|fact| fact.this.place).collect();
        if places.is_empty() || places.iter().all(|place| seen.contains(place)) {
            continue;
        }
        seen.extend(&places);
        let (table, head) = (examiner.table_name(column.table), examiner.prose.fill(&column.name));
        let (others, lack) = others(places.iter().copied());
        let (message, help) = if known.is_empty() {
            (
                Bilingual::new(
                    format!("{table}“{head}”没有数字可印：没有一行写了 {key}"),
                    format!("{table}, “{head}”, is blank: no row has `{key}`"),
                ),
                Bilingual::new(
                    format!("请补写 {key}；版式不能缺这一栏，确实没有的写 {key}: 0"),
                    format!("add `{key}`; where there was none write `{key}: 0`, as the profile prints the column"),
                ),
            )
        } else {
            (
                Bilingual::new(
                    format!("{table}“{head}”只有部分行有数：{} {key}", lack.zh),
                    format!("{table}, “{head}”, is given in some rows only: {} `{key}`", lack.en),
                ),
                Bilingual::new(
                    format!("请补写 {key}；上年没有的写 {key}: 0"),
                    format!("add `{key}`; where there was none write `{key}: 0`"),
                ),
            )
        };
        let is_partial = !known.is_empty();
        examiner.report(format!("tables.{}.{key}", column.table), Severity::Warning, places[0], message, help);
        examiner.see(others.into_iter().filter(|_| is_partial));
    }
}

/// Reports words that a column prints and entries of the spec lack.
fn words(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let spec = &budget.spec;
    let goals: Vec<_> = budget.key_projects().into_iter().map(|index| &spec.projects[index]).collect();
    let goals = goals.iter().filter(|project| project.goal.trim().is_empty()).map(|project| &project.name);
    let methods = spec.procurement_items.iter().filter(|item| item.method.trim().is_empty()).map(|item| &item.name);
    let without = |is_there: fn(&Project) -> bool| {
        spec.projects.iter().filter(move |project| !is_there(project)).map(|project| &project.name).collect()
    };
    let units = spec.department.units.iter().filter(|unit| unit.code.is_none()).map(|unit| &unit.name);
    let of: [(RowFieldName, &str, Vec<&Located<String>>); 5] = [
        (RowFieldName::Goal, "goal", goals.collect()),
        (RowFieldName::ProcurementMethod, "method", methods.collect()),
        (RowFieldName::ProjectCode, "code", without(|project| project.code.is_some())),
        (RowFieldName::ProjectCategory, "category", without(|project| project.category.is_some())),
        (RowFieldName::UnitCode, "code", units.collect()),
    ];
    for (field, key, entries) in of {
        let Some(table) = budget.table_ids().into_iter().find(|id| has_field(examiner, id, field)) else { continue };
        examiner.count_one();
        let Some(first) = entries.first() else { continue };
        let (name, count) = (examiner.table_name(table), entries.len());
        let (zh, en) = if count == 1 {
            (format!("“{}”", first.trim()), format!("`{}`", first.trim()))
        } else {
            (format!("“{}”等 {count} 项", first.trim()), format!("`{}` and {} more", first.trim(), count - 1))
        };
        examiner.report(
            format!("tables.{table}.{key}"),
            Severity::Warning,
            first.place,
            Bilingual::new(
                format!("{name}的一栏印成空白：{zh}没有写 {key}"),
                format!("a column of {name} is blank: no `{key}` for {en}"),
            ),
            Bilingual::new(format!("请补写 {key}"), format!("add `{key}`")),
        );
    }
}

fn has_field(examiner: &Examiner, table: &str, field: RowFieldName) -> bool {
    let table = examiner.budget.profile.tables.get(table);
    table.is_some_and(|table| table.fields().any(|shown| shown == field))
}

/// Returns the places of rows that lack something except that of the first one, and how many rows lack it, in words.
pub(super) fn others(mut rows: impl Iterator<Item = Option<Place>>) -> (BTreeSet<Place>, Bilingual) {
    let first = rows.next().flatten();
    let others: BTreeSet<Place> = rows.flatten().filter(|place| Some(*place) != first).collect();
    let en = match others.len() {
        0 => "1 row lacks".to_owned(),
        more => format!("{} rows lack", more + 1),
    };
    let zh = format!("有 {} 行没有写", others.len() + 1);
    (others, Bilingual::new(zh, en))
}
