//! B6: a class is the sum of its funds.

use crate::examiner::{Examiner, FigurePair};
use crate::figures::measures::of_accounts;
use crate::figures::parts::subject_total;
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity, control};
use budgetdoc_core::budget::{Scope, Total};
use budgetdoc_core::profile::{Account, Measure};
use budgetdoc_core::subject::Level;

pub(crate) const RULE: Rule = Rule {
    id: "B6",
    severity: Severity::Error,
    title: ("功能科目各表一致", "A subject is the same in every table"),
    explanation: (
        "收支总表的每一类支出，等于各资金来源的功能分类支出表中该类之和；科目的名称和金额各表一致。",
        "The expenditure of each class in the balance equals the sum of the class over the tables of the funds.",
    ),
    wrong: "control:\n  - { table: general_public, row: \"2210201\", amount: 48 }    # 住房公积金41",
    right: "control:\n  - { table: general_public, row: \"2210201\", amount: 41 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let measure = of_accounts(&[Account::Expenditure]);
    for subject in budget.cube.subjects(&measure, Scope::default()) {
        if subject.level() != Level::Class {
            continue;
        }
        let whole = subject_total(budget, &measure, subject);
        let mut sum = Total::default();
        let mut parts = Vec::new();
        for fund in budget.profile.funds.iter() {
            let measure = Measure { funds: vec![fund.id.clone()], ..measure.clone() };
            let part = subject_total(budget, &measure, subject);
            if part.terms.is_empty() {
                continue;
            }
            parts.push(format!("{} {}", fund.name, examiner.print(part.or_zero())));
            sum.amount = Some(sum.or_zero() + part.or_zero());
            sum.terms.extend(part.terms);
        }
        let name = budget.subjects.get(&subject).cloned().unwrap_or_default();
        let list = parts.join(" + ");
        examiner.equal(FigurePair {
            about: format!("subjects.{subject}"),
            left: ComparedFigure::new(format!("{subject} {name}"), format!("class {subject}"), &whole),
            right: ComparedFigure::new(
                format!("各资金来源之和（{list}）"),
                format!("the sum of its funds ({list})"),
                &sum,
            ),
            count: whole.terms.len(),
            help: ("请核对该科目的各行", "check the rows of the subject"),
        });
    }
    control::compare(examiner, "B6");
}
