//! C17: the budget is published within twenty days of its approval.

use crate::examiner::Examiner;
use crate::rule::Check;
use crate::{Rule, Severity};
use budgetdoc_core::lang::Bilingual;

pub(crate) const RULE: Rule = Rule {
    id: "C17",
    severity: Severity::Error,
    title: ("批复后二十日内公开", "Published within twenty days of approval"),
    explanation: (
        "部门预算应在财政部门批复后二十日内公开（《预算法》第十四条）。spec 写了 approved（批复日期）的，公开日期 date 不得早于批复，也不得晚于二十日；公开日期应在预算年度之内或上一年的十二月。",
        "A department's budget is published within twenty days of its approval (Budget Law, article 14). Where the spec gives `approved`, `date` is not before it and at most twenty days after it. `date` is in the fiscal year or in the December before.",
    ),
    wrong: "approved: 2022-01-20\ndate: 2022-02-18",
    right: "approved: 2022-01-30\ndate: 2022-02-18",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let spec = &examiner.budget.spec;
    examiner.count_one();
    if let (Some(day), year) = (&spec.date, spec.year.value) {
        let date = day.0;
        let december = date.year + 1 == year && date.month == 12;
        if date.year != year && !december {
            let text = format!("{}-{:02}-{:02}", date.year, date.month, date.day);
            examiner.report(
                "date",
                Severity::Warning,
                spec.year.place,
                Bilingual::new(
                    format!("公开日期 {text} 不在 {year} 年预算公开的时间内"),
                    format!("{text} is not a plausible publication date for the budget of {year}"),
                ),
                Bilingual::new("请核对 date 和 year", "check `date` and `year`"),
            );
        }
    }
    let Some(approved) = &spec.approved else { return };
    let place = approved.place;
    let Some(date) = spec.date else {
        examiner.report(
            "date",
            Severity::Warning,
            place,
            Bilingual::new("写了批复日期，没有写公开日期", "the date of approval is given, but no date of publication"),
            Bilingual::new("请写 date: 年-月-日", "write `date`"),
        );
        return;
    };
    let Some(later) = date.days_since(approved.value).filter(|later| !(0..=20).contains(later)) else { return };
    let (zh, en) = if later < 0 {
        (format!("公开日期比批复早 {} 日", -later), format!("publication is {} days before approval", -later))
    } else {
        (
            format!("公开日期在批复后第 {later} 日，超过二十日"),
            format!("publication is {later} days after approval, but twenty is the limit"),
        )
    };
    examiner.report(
        "date",
        Severity::Error,
        place,
        Bilingual::new(zh, en),
        Bilingual::new("请核对 approved 和 date", "check `approved` and `date`"),
    );
}
