//! B7: with the general public budget alone, its table equals the table of expenditure.

use crate::examiner::{Examiner, FigurePair};
use crate::figures::measures::of_accounts;
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity, control};
use budgetdoc_core::profile::{Account, Measure};

pub(crate) const RULE: Rule = Rule {
    id: "B7",
    severity: Severity::Error,
    title: (
        "只有一般公共预算时，支出表与支出总表逐项相等",
        "With the general public budget alone, its table equals the table of expenditure",
    ),
    explanation: (
        "只有一般公共预算时，一般公共预算支出表的基本支出、项目支出等于支出总表的基本支出、项目支出。",
        "With no other fund than the general public budget, basic and project expenditure in its table equal those in the table of expenditure.",
    ),
    wrong: "control:\n  - { table: general_public, column: 基本支出, amount: 648 }    # 支出总表684",
    right: "control:\n  - { table: general_public, column: 基本支出, amount: 684 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let facts = || budget.cube.facts.iter().filter(|fact| fact.account == Account::Expenditure);
    let mut funds: Vec<_> = facts().map(|fact| fact.fund).collect();
    funds.sort_unstable();
    funds.dedup();
    if let [fund] = funds.as_slice() {
        let fund = &budget.profile.funds[*fund];
        for kind in budget.profile.kinds.iter() {
            let measure = Measure { kinds: vec![kind.id.clone()], ..of_accounts(&[Account::Expenditure]) };
            let all = budget.total(&measure);
            let part = budget.total(&Measure { funds: vec![fund.id.clone()], ..measure });
            examiner.equal(FigurePair {
                about: format!("kinds.{}", kind.id),
                left: ComparedFigure::new(
                    format!("{}支出表的{}", fund.name, kind.name),
                    format!("{} expenditure of {}", kind.id, fund.id),
                    &part,
                ),
                right: ComparedFigure::new(
                    format!("支出总表的{}", kind.name),
                    format!("{} expenditure", kind.id),
                    &all,
                ),
                count: all.terms.len(),
                help: ("请核对各行的资金来源 fund", "check the rows' funds"),
            });
        }
    }
    control::compare(examiner, "B7");
}
