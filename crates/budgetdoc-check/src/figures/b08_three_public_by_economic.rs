//! B8: the three public expenses hold what basic expenditure has of them.

use crate::examiner::{Examiner, FigurePair};
use crate::figures::balance::BudgetPart;
use crate::figures::basic;
use crate::figures::measures::of_accounts;
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity};
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::{Account, Measure};
use budgetdoc_core::spec::Precision;

pub(crate) const RULE: Rule = Rule {
    id: "B8",
    severity: Severity::Error,
    title: (
        "“三公”经费不小于基本支出中的同类款",
        "Public expenses within basic expenditure are within the three public expenses",
    ),
    explanation: (
        "按经济分类填写基本支出时，30212 因公出国（境）费用、30217 公务接待费、30231 公务用车运行维护费、31013 公务用车购置不得大于“三公”经费表的相应各项（三公经费还可由项目支出安排）。各项对应的款由版式规定。",
        "Where basic expenditure is given by economic subject, what it has for travel abroad (30212), receptions (30217), running (30231) and buying vehicles (31013) must be within the same lines of the three public expenses, which projects may pay for as well.",
    ),
    wrong: "economic:\n  - { code: 30217, amount: 0.5 }\nthree_public:\n  - { category: reception, amount: 0.3, last: 0.5 }",
    right: "economic:\n  - { code: 30217, amount: 0.3 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for category in budget.profile.categories.three_public.iter().filter(|category| !category.economic.is_empty()) {
        let measure = Measure { economic: category.economic.clone(), ..of_accounts(&[Account::Economic]) };
        let part = budget.total(&measure);
        if part.terms.is_empty() {
            continue;
        }
        let whole =
            budget.total(&Measure { categories: vec![category.id.clone()], ..of_accounts(&[Account::ThreePublic]) });
        // A row by which the divisions are more than basic expenditure as well is one mistake, which B3 tells.
        let over = part.or_zero() - whole.or_zero();
        let exact = budget.spec.precision == Precision::Exact;
        if exact && over > Money::ZERO && basic::gap(examiner, BudgetPart::default()) + over <= Money::ZERO {
            continue;
        }
        let codes: Vec<_> = category.economic.iter().map(ToString::to_string).collect();
        let codes = codes.join("、");
        let count = part.terms.len() + whole.terms.len();
        examiner.within(FigurePair {
            about: format!("three_public.{}", category.id),
            left: ComparedFigure::new(format!("按经济分类的 {codes}"), format!("economic subject {codes}"), &part),
            right: ComparedFigure::new(
                format!("“三公”经费中的{}", category.name),
                format!("`{}` of the three public expenses", category.id),
                &whole,
            ),
            count: count.saturating_sub(1),
            help: ("请核对 economic 与 three_public 的行", "check the rows of `economic` and of `three_public`"),
        });
    }
}
