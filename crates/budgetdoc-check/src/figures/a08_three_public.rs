//! A8: the three public expenses (“三公”经费) are the sum of their parts.

use crate::examiner::{Examiner, FigurePair};
use crate::figures::measures::of_accounts;
use crate::figures::parts::sum_of_parts;
use crate::figures::spending;
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity, control};
use budgetdoc_core::budget::Scope;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::profile::{Account, Measure};

pub(crate) const RULE: Rule = Rule {
    id: "A8",
    severity: Severity::Error,
    title: ("“三公”经费等于各项之和", "The three public expenses are the sum of their parts"),
    explanation: (
        "“三公”经费合计应等于因公出国（境）费、公务接待费、公务用车购置费和运行维护费之和，增减额等于本年数减上年数；本年和上年都应齐全，且不大于支出总计，写明资金来源或单位的，不大于该来源、该单位的支出；会议费、培训费也不大于支出。",
        "The three public expenses are the sum of travel abroad, receptions, vehicles bought and vehicles run, for this year and last year; both figures of each are required. They do not exceed the expenditure of the same fund and unit, nor do meetings and training.",
    ),
    wrong: "three_public:\n  - { category: reception, amount: 0.3 }    # 没有上年数",
    right: "three_public:\n  - { category: reception, amount: 0.3, last: 0.5 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let measure = of_accounts(&[Account::ThreePublic]);
    let total = budget.total(&measure);
    let parts = budget.profile.categories.three_public.iter();
    let parts = parts.map(|part| (part.name.clone(), Measure { categories: vec![part.id.clone()], ..measure.clone() }));
    let (sum, list, count) = sum_of_parts(examiner, parts);
    let figure = ComparedFigure::new("“三公”经费合计", "the three public expenses", &total);
    examiner.equal(FigurePair {
        about: "three_public".to_owned(),
        left: figure,
        right: ComparedFigure::new(format!("各项之和（{list}）"), format!("the sum of its parts ({list})"), &sum),
        count,
        help: ("请核对“三公”经费各行", "check the rows of three_public"),
    });
    spending::within(examiner, Account::ThreePublic, ("“三公”经费合计", "the three public expenses"));
    spending::within(examiner, Account::Meetings, ("会议费、培训费合计", "meetings and training"));
    // A new unit has no last year.
    let compares = budget.cube.facts.iter().any(|fact| fact.last.is_some());
    for category in &budget.profile.categories.three_public {
        let measure = Measure { categories: vec![category.id.clone()], ..measure.clone() };
        let facts: Vec<_> = budget.cube.select(&measure, Scope::default()).collect();
        if !compares || (!facts.is_empty() && facts.iter().all(|fact| fact.last.is_some())) {
            continue;
        }
        let place = facts.iter().find(|fact| fact.last.is_none()).and_then(|fact| fact.this.place);
        examiner.report(
            format!("three_public.{}", category.id),
            Severity::Warning,
            place,
            Bilingual::new(
                format!("“三公”经费中的{}没有写全本年数和上年数，按 0 计算", category.name),
                format!("`{}` lacks the figure of this or last year and counts as 0", category.id),
            ),
            match facts[..] {
                [] => Bilingual::new(
                    format!("请写“- {{ category: {}, amount: 0, last: 0 }}”", category.id),
                    format!("write `- {{ category: {}, amount: 0, last: 0 }}`", category.id),
                ),
                _ => Bilingual::new("请在该行补写 last；上年没有的写 last: 0", "add `last` to its row, or `last: 0`"),
            },
        );
    }
    control::compare(examiner, "A8");
}
