//! The tree of subjects.

use super::examiner::{Examiner, Pair};
use super::totals::of;
use super::{Figure, Rule, Severity, control};
use budgetdoc_core::budget::{Budget, Scope, Total};
use budgetdoc_core::profile::{Account, Measure};
use budgetdoc_core::subject::{Level, SubjectCode};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "A5",
        severity: Severity::Error,
        title: ("类等于款之和，款等于项之和", "A class is the sum of its divisions, a division of its items"),
        explanation: (
            "功能分类的每一类应等于所属各款之和，每一款应等于所属各项之和，总计应等于各类之和。数据精确时不允许有任何差额；各数分别四舍五入时，n 个数之和的差额应小于末位的 (n+1)/2 个单位。",
            "Every functional class equals the sum of its divisions, every division that of its items, the total that of the classes. Exact amounts allow no difference; where each was rounded on its own, a sum of n may be off by less than (n+1)/2 units of the last digit.",
        ),
        wrong: "stated:\n  - { subject: 22102, kind: basic, amount: 128 }    # 41+84=125",
        right: "stated:\n  - { subject: 22102, kind: basic, amount: 124 }    # 尾数误差",
        check: tree,
    },
    Rule {
        id: "B6",
        severity: Severity::Error,
        title: ("功能科目各表一致", "A subject is the same in every table"),
        explanation: (
            "收支总表的每一类支出，等于各资金来源的功能分类支出表中该类之和；科目的名称和金额各表一致。",
            "Expenditure of every class in the balance equals the sum of the class over the tables of the funds.",
        ),
        wrong: "control:\n  - { table: general_public, row: \"2210201\", amount: 48 }    # 住房公积金41",
        right: "control:\n  - { table: general_public, row: \"2210201\", amount: 41 }",
        check: across_tables,
    },
];

fn tree(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let measure = of(&[Account::Expenditure]);
    let subjects = budget.cube.subjects(&measure, Scope::default());
    let classes: Vec<_> = subjects.iter().copied().filter(|code| code.level() == Level::Class).collect();
    let mut all_agree = true;
    for kind in budget.profile.kinds.iter() {
        let measure = Measure { kinds: vec![kind.id.clone()], ..measure.clone() };
        let mut agree = true;
        for subject in budget.cube.subjects(&measure, Scope::default()) {
            if subject.level() == Level::Item {
                continue;
            }
            let below = budget.cube.below(&measure, Scope::default(), subject);
            let name = budget.subjects.get(&subject).cloned().unwrap_or_default();
            let what = (format!("{subject} {name}的{}", kind.name), format!("{} expenditure of {subject}", kind.id));
            let total = subject_total(budget, &measure, subject);
            let about = format!("subjects.{subject}.{}", kind.id);
            agree &= compare_with_sum(examiner, about, &measure, what, &total, below.into_iter());
        }
        // Sums that a wrong subtotal is part of are no findings of their own.
        all_agree &= agree;
        if !agree {
            continue;
        }
        let total = budget.total(&measure);
        let what = (format!("{}合计", kind.name), format!("total {} expenditure", kind.id));
        compare_with_sum(examiner, format!("kinds.{}", kind.id), &measure, what, &total, classes.iter().copied());
    }
    if all_agree {
        let what = ("支出总计".to_owned(), "total expenditure".to_owned());
        let total = budget.total(&measure);
        compare_with_sum(examiner, "expenditure".to_owned(), &measure, what, &total, classes.into_iter());
    }
    control::compare(examiner, "A5");
}

fn compare_with_sum(
    examiner: &mut Examiner,
    about: String,
    measure: &Measure,
    (zh, en): (String, String),
    total: &Total,
    parts: impl Iterator<Item = SubjectCode>,
) -> bool {
    let mut sum = Total::default();
    let mut count = 0;
    let mut words = Vec::new();
    for part in parts {
        let value = subject_total(examiner.budget, measure, part);
        if value.terms.is_empty() {
            continue;
        }
        words.push(format!("{part} {}", examiner.print(value.or_zero())));
        sum.amount = Some(sum.or_zero() + value.or_zero());
        sum.terms.extend(value.terms);
        count += 1;
    }
    let list = words.join(" + ");
    examiner.equal(Pair {
        about,
        left: Figure::new(zh, en, total),
        right: Figure::new(format!("下级之和（{list}）"), format!("the sum below it ({list})"), &sum),
        count,
        help: (
            "请核对各项金额；如为尾差，表下应有“尾数误差”的说明",
            "check the items; where rounding explains it, the note on rounding belongs below the table",
        ),
    })
}

fn across_tables(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let measure = of(&[Account::Expenditure]);
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
        examiner.equal(Pair {
            about: format!("subjects.{subject}"),
            left: Figure::new(format!("{subject} {name}"), format!("class {subject}"), &whole),
            right: Figure::new(format!("各资金来源之和（{list}）"), format!("the sum of its funds ({list})"), &sum),
            count: whole.terms.len(),
            help: ("请核对该科目的各行", "check the rows of the subject"),
        });
    }
    control::compare(examiner, "B6");
}

pub(super) fn subject_total(budget: &Budget, measure: &Measure, subject: SubjectCode) -> Total {
    budget.cube.total(measure, Scope { subject: Some(subject), ..Scope::default() })
}
