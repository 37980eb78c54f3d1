//! A9: basic expenditure is the sum of its categories.

use crate::examiner::{Examiner, FigurePair};
use crate::figures::measures::of_accounts;
use crate::figures::parts::sum_of_parts;
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity, control};
use budgetdoc_core::budget::Scope;
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::profile::{Account, Category, Measure, Profile};

pub(crate) const RULE: Rule = Rule {
    id: "A9",
    severity: Severity::Error,
    title: ("基本支出等于人员经费加公用经费", "Basic expenditure is personnel and operating expenses"),
    explanation: (
        "基本支出合计等于版式所列各类别（人员、公用、对个人和家庭的补助）之和；按经济分类填写时，各类等于所属各款之和，301 和 303 类只计入人员经费，302 和 310 类只计入公用经费。",
        "Basic expenditure equals the sum of the profile's categories. Where it is given by economic subject, each class equals its divisions; 301 and 303 are personnel, 302 and 310 operating expenses.",
    ),
    wrong: "control:\n  - { table: basic, row: 工资福利支出, amount: 690 }    # basic 中为609",
    right: "control:\n  - { table: basic, row: 工资福利支出, amount: 609 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let measure = of_accounts(&[Account::Basic]);
    let total = budget.total(&measure);
    let parts = budget.profile.categories.basic.iter();
    let parts = parts.map(|part| (part.name.clone(), Measure { categories: vec![part.id.clone()], ..measure.clone() }));
    let (sum, list, count) = sum_of_parts(examiner, parts);
    examiner.equal(FigurePair {
        about: "basic".to_owned(),
        left: ComparedFigure::new("基本支出按类别的合计", "basic expenditure by category", &total),
        right: ComparedFigure::new(
            format!("各类别之和（{list}）"),
            format!("the sum of its categories ({list})"),
            &sum,
        ),
        count,
        help: ("请核对 basic 各行", "check the rows of basic"),
    });
    report_divisions_without_category(examiner);
    control::compare(examiner, "A9");
}

/// Reports economic divisions of basic expenditure in no category, which neither 人员经费 nor 公用经费 has.
fn report_divisions_without_category(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let basic =
        Measure { kinds: vec![budget.profile.kinds[Profile::BASIC].id.clone()], ..of_accounts(&[Account::Economic]) };
    let filter = budget.cube.filter(&basic);
    if budget.profile.categories.basic.iter().all(|category| category.economic.is_empty()) {
        return;
    }
    let scope = Scope::default();
    for fact in budget.cube.matching(&filter, &scope) {
        let Some(code) = fact.economic else { continue };
        examiner.count_one();
        let belongs = |category: &&Category| category.economic.iter().any(|above| code.is_within(*above));
        if budget.profile.categories.basic.iter().any(|category| belongs(&category)) {
            continue;
        }
        let name = budget.economic.get(&code).cloned().unwrap_or_default();
        let amount = examiner.print(fact.this.amount);
        examiner.report(
            format!("economic.{code}"),
            Severity::Error,
            fact.this.place,
            Bilingual::new(
                format!("基本支出的 {code} {name} {amount}，既不属于人员经费也不属于公用经费"),
                format!("basic expenditure has {amount} of {code}, which is neither personnel nor operating expenses"),
            ),
            Bilingual::new(
                "请核对经济科目；基本支出一般只有 301、302、303、310 类",
                "check the economic subject: basic expenditure is usually in classes 301, 302, 303 and 310",
            ),
        );
    }
}
