//! Wholes and the parts they break down into: kinds, procurement, the three public expenses, basic expenditure.

use super::examiner::{Examiner, Pair};
use super::subjects::subject_total;
use super::totals::{Part, of};
use super::{Figure, Rule, Severity, basic, control, spending};
use budgetdoc_core::budget::{Scope, Total};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::{Account, Category, Measure, Profile};
use budgetdoc_core::spec::Precision;

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "A6",
        severity: Severity::Error,
        title: ("支出等于各构成之和", "Expenditure is the sum of its kinds"),
        explanation: (
            "每个功能科目的支出总计应等于其各构成（基本支出、项目支出以及版式列出的其他构成）之和。构成由版式规定。",
            "For every functional subject, total expenditure equals the sum of its kinds (basic, project and whatever else the profile lists).",
        ),
        wrong: "control:\n  - { table: expenditure, column: 基本支出, amount: 648 }    # 各科目基本支出之和684",
        right: "control:\n  - { table: expenditure, column: 基本支出, amount: 684 }",
        check: kinds,
    },
    Rule {
        id: "A8",
        severity: Severity::Error,
        title: ("“三公”经费等于各项之和", "The three public expenses are the sum of their parts"),
        explanation: (
            "“三公”经费合计应等于因公出国（境）费、公务接待费、公务用车购置费和运行维护费之和，增减额等于本年数减上年数；本年和上年都应齐全，且不大于支出总计，写明资金来源或单位的，不大于该来源、该单位的支出；会议费、培训费也不大于支出。",
            "The three public expenses are travel abroad, receptions, vehicles bought and vehicles run, the change is this year's less last year's; both figures of each must be given, and all together stay within expenditure, and within that of the fund and unit a row names; so do meetings and training.",
        ),
        wrong: "three_public:\n  - { category: reception, amount: 0.3 }    # 没有上年数",
        right: "three_public:\n  - { category: reception, amount: 0.3, last: 0.5 }",
        check: three_public,
    },
    Rule {
        id: "A9",
        severity: Severity::Error,
        title: ("基本支出等于人员经费加公用经费", "Basic expenditure is personnel and operating expenses"),
        explanation: (
            "基本支出合计等于版式所列各类别（人员、公用、对个人和家庭的补助）之和；按经济分类填写时，各类等于所属各款之和，301 和 303 类只计入人员经费，302 和 310 类只计入公用经费。",
            "Basic expenditure equals the sum of the categories the profile lists; where it is given by economic subject, every class equals its divisions, 301 and 303 count as personnel and 302 and 310 as operating expenses only.",
        ),
        wrong: "control:\n  - { table: basic, row: 工资福利支出, amount: 690 }    # basic 中为609",
        right: "control:\n  - { table: basic, row: 工资福利支出, amount: 609 }",
        check: categories,
    },
    Rule {
        id: "B8",
        severity: Severity::Error,
        title: (
            "“三公”经费不小于基本支出中的同类款",
            "The three public expenses hold what basic expenditure has of them",
        ),
        explanation: (
            "按经济分类填写基本支出时，30212 因公出国（境）费用、30217 公务接待费、30231 公务用车运行维护费、31013 公务用车购置不得大于“三公”经费表的相应各项（三公经费还可由项目支出安排）。各项对应的款由版式规定。",
            "Where basic expenditure is given by economic subject, what it has for travel abroad (30212), receptions (30217), running (30231) and buying vehicles (31013) must be within the same lines of the three public expenses, which projects may pay for as well.",
        ),
        wrong: "economic:\n  - { code: 30217, amount: 0.5 }\nthree_public:\n  - { category: reception, amount: 0.3, last: 0.5 }",
        right: "economic:\n  - { code: 30217, amount: 0.3 }",
        check: economic_three_public,
    },
];

/// The sum of a measure's parts, each narrowed by `narrow`.
pub(super) fn sum_of_parts(
    examiner: &Examiner,
    parts: impl Iterator<Item = (String, Measure)>,
) -> (Total, String, usize) {
    let mut sum = Total::default();
    let mut words = Vec::new();
    for (name, measure) in parts {
        let part = examiner.budget.total(&measure);
        if part.terms.is_empty() {
            continue;
        }
        words.push(format!("{name} {}", examiner.print(part.or_zero())));
        sum.amount = Some(sum.or_zero() + part.or_zero());
        sum.terms.extend(part.terms);
    }
    let count = words.len();
    (sum, words.join(" + "), count)
}

fn kinds(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let measure = of(&[Account::Expenditure]);
    for subject in budget.cube.subjects(&measure, Scope::default()) {
        let total = subject_total(budget, &measure, subject);
        let mut sum = Total::default();
        for kind in budget.profile.kinds.iter() {
            let part = subject_total(budget, &Measure { kinds: vec![kind.id.clone()], ..measure.clone() }, subject);
            sum.amount = Some(sum.or_zero() + part.or_zero());
            sum.terms.extend(part.terms);
        }
        let names: Vec<_> = budget.profile.kinds.iter().map(|kind| kind.name.as_str()).collect();
        examiner.equal(Pair {
            about: format!("subjects.{subject}"),
            left: Figure::new(format!("{subject} 支出总计"), format!("expenditure of {subject}"), &total),
            right: Figure::new(format!("{}之和", names.join("、")), "the sum of its kinds", &sum),
            count: budget.profile.kinds.len(),
            help: ("请核对该科目的基本支出和项目", "check the subject's basic expenditure and projects"),
        });
    }
    control::compare(examiner, "A6");
}

fn three_public(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let measure = of(&[Account::ThreePublic]);
    let total = budget.total(&measure);
    let parts = budget.profile.categories.three_public.iter();
    let parts = parts.map(|part| (part.name.clone(), Measure { categories: vec![part.id.clone()], ..measure.clone() }));
    let (sum, list, count) = sum_of_parts(examiner, parts);
    let figure = Figure::new("“三公”经费合计", "the three public expenses", &total);
    examiner.equal(Pair {
        about: "three_public".to_owned(),
        left: figure,
        right: Figure::new(format!("各项之和（{list}）"), format!("the sum of its parts ({list})"), &sum),
        count,
        help: ("请核对“三公”经费各行", "check the rows of three_public"),
    });
    spending::within(examiner, Account::ThreePublic, ("“三公”经费合计", "the three public expenses"));
    spending::within(examiner, Account::Meetings, ("会议费、培训费合计", "meetings and training"));
    // A new unit has no last year to tell of.
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
                format!("`{}` lacks this or last year's figure and counts as 0", category.id),
            ),
            Bilingual::new(
                format!("请写“- {{ category: {}, amount: 0, last: 0 }}”", category.id),
                format!("write `- {{ category: {}, amount: 0, last: 0 }}`", category.id),
            ),
        );
    }
    control::compare(examiner, "A8");
}

fn categories(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let measure = of(&[Account::Basic]);
    let total = budget.total(&measure);
    let parts = budget.profile.categories.basic.iter();
    let parts = parts.map(|part| (part.name.clone(), Measure { categories: vec![part.id.clone()], ..measure.clone() }));
    let (sum, list, count) = sum_of_parts(examiner, parts);
    examiner.equal(Pair {
        about: "basic".to_owned(),
        left: Figure::new("基本支出按类别的合计", "basic expenditure by category", &total),
        right: Figure::new(format!("各类别之和（{list}）"), format!("the sum of its categories ({list})"), &sum),
        count,
        help: ("请核对 basic 各行", "check the rows of basic"),
    });
    economic_categories(examiner);
    control::compare(examiner, "A9");
}

/// Every economic division of basic expenditure belongs to one category: one that belongs to none falls out of both
/// 人员经费 and 公用经费.
fn economic_categories(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let basic = Measure { kinds: vec![budget.profile.kinds[Profile::BASIC].id.clone()], ..of(&[Account::Economic]) };
    let filter = budget.cube.filter(&basic);
    if budget.profile.categories.basic.iter().all(|category| category.economic.is_empty()) {
        return;
    }
    let scope = Scope::default();
    for fact in budget.cube.matching(&filter, &scope) {
        let Some(code) = fact.economic else { continue };
        examiner.look();
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
                "check the economic subject: basic expenditure is of classes 301, 302, 303 and 310 as a rule",
            ),
        );
    }
}

fn economic_three_public(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for category in budget.profile.categories.three_public.iter().filter(|category| !category.economic.is_empty()) {
        let measure = Measure { economic: category.economic.clone(), ..of(&[Account::Economic]) };
        let part = budget.total(&measure);
        if part.terms.is_empty() {
            continue;
        }
        let whole = budget.total(&Measure { categories: vec![category.id.clone()], ..of(&[Account::ThreePublic]) });
        // A row by which the divisions are more than basic expenditure as well is one mistake, which B3 tells.
        let over = part.or_zero() - whole.or_zero();
        let exact = budget.spec.precision == Precision::Exact;
        if exact && over > Money::ZERO && basic::gap(examiner, Part::default()) + over <= Money::ZERO {
            continue;
        }
        let codes: Vec<_> = category.economic.iter().map(ToString::to_string).collect();
        let codes = codes.join("、");
        let count = part.terms.len() + whole.terms.len();
        examiner.within(Pair {
            about: format!("three_public.{}", category.id),
            left: Figure::new(format!("按经济分类的 {codes}"), format!("economic subject {codes}"), &part),
            right: Figure::new(
                format!("“三公”经费中的{}", category.name),
                format!("`{}` of the three public expenses", category.id),
                &whole,
            ),
            count: count.saturating_sub(1),
            help: ("请核对 economic 与 three_public 的行", "check the rows of `economic` and of `three_public`"),
        });
    }
}

/// Whether an amount is anything.
pub(super) fn some(total: &Total) -> bool {
    total.or_zero() != Money::ZERO
}
