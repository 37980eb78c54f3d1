//! A6: expenditure of a subject is the sum of its kinds.

use crate::examiner::{Examiner, FigurePair};
use crate::figures::measures::of_accounts;
use crate::figures::parts::subject_total;
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity, control};
use budgetdoc_core::budget::{Scope, Total};
use budgetdoc_core::profile::{Account, Measure};

pub(crate) const RULE: Rule = Rule {
    id: "A6",
    severity: Severity::Error,
    title: ("支出等于各构成之和", "Expenditure is the sum of its kinds"),
    explanation: (
        "每个功能科目的支出总计应等于其各构成（基本支出、项目支出以及版式列出的其他构成）之和。构成由版式规定。",
        "The expenditure of each functional subject equals the sum of its kinds (basic, project and any others of the profile).",
    ),
    wrong: "control:\n  - { table: expenditure, column: 基本支出, amount: 648 }    # 各科目基本支出之和684",
    right: "control:\n  - { table: expenditure, column: 基本支出, amount: 684 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let measure = of_accounts(&[Account::Expenditure]);
    for subject in budget.cube.subjects(&measure, Scope::default()) {
        let total = subject_total(budget, &measure, subject);
        let mut sum = Total::default();
        for kind in budget.profile.kinds.iter() {
            let part = subject_total(budget, &Measure { kinds: vec![kind.id.clone()], ..measure.clone() }, subject);
            sum.amount = Some(sum.or_zero() + part.or_zero());
            sum.terms.extend(part.terms);
        }
        let names: Vec<_> = budget.profile.kinds.iter().map(|kind| kind.name.as_str()).collect();
        examiner.equal(FigurePair {
            about: format!("subjects.{subject}"),
            left: ComparedFigure::new(format!("{subject} 支出总计"), format!("expenditure of {subject}"), &total),
            right: ComparedFigure::new(format!("{}之和", names.join("、")), "the sum of its kinds", &sum),
            count: budget.profile.kinds.len(),
            help: ("请核对该科目的基本支出和项目", "check the subject's basic expenditure and projects"),
        });
    }
    control::compare(examiner, "A6");
}
