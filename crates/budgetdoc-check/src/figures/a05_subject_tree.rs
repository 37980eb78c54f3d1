//! A5: every level of functional subjects is the sum of the level below.

use crate::examiner::{Examiner, FigurePair};
use crate::figures::measures::of_accounts;
use crate::figures::parts::subject_total;
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity, control};
use budgetdoc_core::budget::{Scope, Total};
use budgetdoc_core::profile::{Account, Measure};
use budgetdoc_core::subject::{Level, SubjectCode};

pub(crate) const RULE: Rule = Rule {
    id: "A5",
    severity: Severity::Error,
    title: ("类等于款之和，款等于项之和", "A class is the sum of its divisions, a division the sum of its items"),
    explanation: (
        "功能分类的每一类应等于所属各款之和，每一款应等于所属各项之和，总计应等于各类之和。数据精确时不允许有任何差额；各数分别四舍五入时，n 个数之和的差额应小于末位的 (n+1)/2 个单位。",
        "Each functional class equals the sum of its divisions, each division the sum of its items, the total the sum of the classes. Exact amounts allow no difference; where each amount is rounded on its own, a sum of n may differ by less than (n+1)/2 units of the last digit.",
    ),
    wrong: "stated:\n  - { subject: 22102, kind: basic, amount: 128 }    # 41+84=125",
    right: "stated:\n  - { subject: 22102, kind: basic, amount: 124 }    # 尾数误差",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let measure = of_accounts(&[Account::Expenditure]);
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
        // Sums that contain a wrong subtotal are not reported.
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
    examiner.equal(FigurePair {
        about,
        left: ComparedFigure::new(zh, en, total),
        right: ComparedFigure::new(format!("下级之和（{list}）"), format!("the sum below it ({list})"), &sum),
        count,
        help: (
            "请核对各项金额；如为尾差，表下应有“尾数误差”的说明",
            "check the items; if rounding explains it, add the note on rounding below the table",
        ),
    })
}
