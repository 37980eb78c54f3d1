//! B8: the three public expenses hold what basic expenditure has of them.

use std::collections::BTreeSet;

use crate::examiner::{Examiner, FigurePair};
use crate::figures::balance::BudgetPart;
use crate::figures::basic;
use crate::figures::measures::of_accounts;
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity};
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::{Account, Fund, Measure};
use budgetdoc_core::spec::Precision;

pub(crate) const RULE: Rule = Rule {
    id: "B8",
    severity: Severity::Error,
    title: (
        "“三公”经费不小于按经济分类的同类款",
        "Public expenses by economic subject are within the three public expenses",
    ),
    explanation: (
        "economic 中的 30212 因公出国（境）费用、30217 公务接待费、30231 公务用车运行维护费、30913 和 31013 公务用车购置（“三公”经费所列的同类资金来源，基本支出、项目支出合计）不得大于“三公”经费表的相应各项（没有按经济分类填写的项目也可安排“三公”经费）。各项对应的款由版式规定。",
        "The rows of `economic` for travel abroad (30212), receptions (30217), vehicles run (30231) and vehicles bought (30913, 31013), of all kinds and of the funds of the three public expenses, do not exceed the same lines of the three public expenses. These may be larger: they include projects without economic subjects.",
    ),
    wrong: "economic:\n  - { code: 30217, amount: 0.5 }\nthree_public:\n  - { category: reception, amount: 0.3, last: 0.5 }",
    right: "economic:\n  - { code: 30217, amount: 0.3 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    // The three public expenses are paid from appropriations, not from a unit's own funds.
    let rows = budget.cube.facts.iter().filter(|fact| fact.account == Account::ThreePublic);
    let groups: BTreeSet<&str> =
        rows.map(|fact| fact.fund).chain([0]).map(|fund| budget.profile.funds[fund].group.as_str()).collect();
    let is_meant = |fund: &&Fund| groups.contains(fund.group.as_str());
    let funds: Vec<_> = budget.profile.funds.iter().filter(is_meant).map(|fund| fund.id.clone()).collect();
    for category in budget.profile.categories.three_public.iter().filter(|category| !category.economic.is_empty()) {
        let measure =
            Measure { economic: category.economic.clone(), funds: funds.clone(), ..of_accounts(&[Account::Economic]) };
        let part = budget.total(&measure);
        if part.terms.is_empty() {
            continue;
        }
        let whole =
            budget.total(&Measure { categories: vec![category.id.clone()], ..of_accounts(&[Account::ThreePublic]) });
        // A row by which the divisions also exceed basic expenditure is reported by B3.
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
