//! C16: every part and table the profile requires is there.

use crate::examiner::Examiner;
use crate::figures::measures::is_nonzero;
use crate::figures::measures::of_accounts;
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::profile::{Account, Measure, OutlineItem, PerformanceTable, Profile};

pub(crate) const RULE: Rule = Rule {
    id: "C16",
    severity: Severity::Error,
    title: ("版式要求的部分和表齐全", "Every part and table of the profile is present"),
    explanation: (
        "版式列出的每张表都要在文档中，而且只出现一次；有绩效目标表的，spec 中必须有 performance。一般公共预算基本支出应公开到经济分类的款（《预算法实施条例》第六条），spec 没有 economic 的，给出警告。",
        "The document has each table of the profile once; where it has a performance table, the spec has `performance`. Basic expenditure is published by economic division (Regulations on the Budget Law, article 6): a spec without `economic` is a warning.",
    ),
    wrong: "# 没有 performance，绩效目标表为空",
    right: "performance:\n  basic: …\n  tasks: […]\n  goal: …\n  indicators: {…}",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let basic = Measure {
        kinds: vec![budget.profile.kinds[Profile::BASIC].id.clone()],
        ..of_accounts(&[Account::Expenditure])
    };
    let basic = budget.total(&basic);
    examiner.count_one();
    if is_nonzero(&basic) && budget.spec.economic.is_empty() {
        examiner.report(
            "economic",
            Severity::Warning,
            budget.spec.basic.iter().find_map(|row| row.category.place).or(basic.terms.iter().find_map(|term| term.place)),
            Bilingual::new(
                "基本支出没有按经济分类的款填写",
                "basic expenditure is not given by economic division",
            ),
            Bilingual::new(
                "请在 economic 下按款（5 位编码）填写，人员、公用、补助由其汇总",
                "give it under `economic` by division (five digits); personnel, operating expenses and allowances are summed from it",
            ),
        );
    }
    let profile = &budget.profile;
    for (id, table) in profile.tables.iter() {
        examiner.count_one();
        let count = budget.table_ids().into_iter().filter(|shown| *shown == id.value).count();
        if count == 0 && is_named(&profile.outline, id) {
            // The figures that its `when` asks for are zero, or each unit has it.
            continue;
        }
        let performance = table.performance().is_some_and(PerformanceTable::is_of_department);
        if count != 1 {
            examiner.report(
                format!("tables.{}", id.value),
                Severity::Error,
                None,
                Bilingual::new(
                    format!("版式中的表“{}”在文档中出现 {count} 次", id.value),
                    format!("the document prints table `{}` {count} times", id.value),
                ),
                Bilingual::new("请在版式文件的 outline 中列一次", "list it once in the profile's `outline`"),
            );
        } else if performance && budget.spec.performance.is_none() {
            let name = examiner.table_name(&id.value);
            examiner.report(
                "performance",
                Severity::Error,
                None,
                Bilingual::new(
                    format!("没有填写 performance，{name}没有任务、目标和指标"),
                    format!("`performance` is missing, so {name} has no tasks, goal or indicators"),
                ),
                Bilingual::new(
                    "请填写 performance 的 basic、tasks、goal 和 indicators",
                    "write `performance` with `basic`, `tasks`, `goal` and `indicators`",
                ),
            );
        } else if let (true, Some(performance)) = (performance, &budget.spec.performance) {
            let empty = performance.indicators.iter().all(|(_, groups)| groups.iter().all(|(_, list)| list.is_empty()));
            if empty || performance.goal.trim().is_empty() {
                let (zh, en) = if empty { ("绩效指标", "indicators") } else { ("年度总体目标", "goal") };
                examiner.report(
                    format!("performance.{en}"),
                    Severity::Error,
                    performance.goal.place,
                    Bilingual::new(format!("绩效目标表没有{zh}"), format!("the performance table has no {en}")),
                    Bilingual::new(format!("请填写 performance.{en}"), format!("write performance.{en}")),
                );
            }
        }
    }
}

/// Returns whether an outline names a table, be it behind a condition or for each unit.
fn is_named(outline: &[OutlineItem], table: &str) -> bool {
    OutlineItem::all(outline).iter().any(|block| block.table() == Some(table))
}
