//! Family A: sums inside a table.

use super::{Figure, Finding, Rule, Severity};
use crate::budget::{Budget, Scope, Total};
use crate::lang::Bilingual;
use crate::money::Money;
use crate::profile::{Account, Fund, Measure};
use crate::subject::{Level, SubjectCode};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "A4",
        title: ("收入总计等于支出总计", "Total income equals total expenditure"),
        explanation: (
            "收入总计（本年收入加上年结余、结转）必须等于支出总计（本年支出加结转下年），每个资金来源也要相等。",
            "Income with the balances brought forward must equal expenditure with the balances carried forward, for every fund.",
        ),
        check: income_and_expenditure,
    },
    Rule {
        id: "A5",
        title: ("类等于款之和，款等于项之和", "A class is the sum of its divisions, a division of its items"),
        explanation: (
            "功能分类的每一类应等于所属各款之和，每一款应等于所属各项之和，总计应等于各类之和。数据精确时不允许有任何差额；各数分别四舍五入时，n 个数之和的差额应小于末位的 (n+1)/2 个单位。",
            "Every functional class equals the sum of its divisions, every division that of its items, the total that of the classes. Exact amounts allow no difference; where each was rounded on its own, a sum of n may be off by less than (n+1)/2 units of the last digit.",
        ),
        check: subject_tree,
    },
    Rule {
        id: "A6",
        title: ("支出等于基本支出加项目支出", "Expenditure is basic plus project expenditure"),
        explanation: (
            "每个功能科目的支出总计应等于其基本支出与项目支出之和。",
            "For every functional subject, total expenditure equals basic plus project expenditure.",
        ),
        check: kinds,
    },
    Rule {
        id: "A7",
        title: ("政府采购各项数字的关系", "Procurement and its parts"),
        explanation: (
            "面向小微企业的采购不大于面向中小企业的采购，面向中小企业的采购不大于采购合计，采购合计不大于支出总计。",
            "Procurement reserved for micro enterprises is within that for small ones, that within all procurement, and all procurement within expenditure.",
        ),
        check: procurement,
    },
    Rule {
        id: "A8",
        title: ("“三公”经费等于各项之和", "The three public expenses are the sum of their parts"),
        explanation: (
            "“三公”经费合计应等于因公出国（境）费、公务接待费、公务用车购置费和运行维护费之和，本年和上年都应齐全，且不大于支出总计。",
            "The three public expenses are travel abroad, receptions, vehicles bought and vehicles run; this year's and last year's figure of each must be given, and all together stay within expenditure.",
        ),
        check: three_public,
    },
];

fn of(accounts: &[Account]) -> Measure {
    Measure { accounts: accounts.to_vec(), ..Measure::default() }
}

fn income_and_expenditure(budget: &Budget, findings: &mut Vec<Finding>) {
    let whole = income_and_expenditure_of(budget, None);
    let wrong = whole.as_ref().is_some_and(|finding| finding.severity == Severity::Error);
    findings.extend(whole);
    let one = budget.cube.facts.windows(2).all(|facts| facts[0].fund == facts[1].fund);
    if wrong || one {
        return;
    }
    // The whole agrees; the tables that take one fund or some must agree as well.
    findings.extend(budget.profile.funds.iter().filter_map(|fund| income_and_expenditure_of(budget, Some(fund))));
}

fn income_and_expenditure_of(budget: &Budget, fund: Option<&Fund>) -> Option<Finding> {
    let measure =
        |accounts: [Account; 2]| Measure { funds: fund.iter().map(|fund| fund.id.clone()).collect(), ..of(&accounts) };
    let income = budget.total(&measure([Account::Income, Account::BroughtForward]));
    let expenditure = budget.total(&measure([Account::Expenditure, Account::CarriedForward]));
    let count = (income.terms.len() + expenditure.terms.len()).saturating_sub(1);
    let (zh, en) = fund.map_or_else(Default::default, |fund| (fund.name.clone(), format!(" ({})", fund.id)));
    budget.compare(
        "A4",
        Figure::new(format!("{zh}收入总计"), format!("total income{en}"), &income),
        Figure::new(format!("{zh}支出总计"), format!("total expenditure{en}"), &expenditure),
        count,
        Bilingual::new(
            "请核对收入各行与支出各行（含项目）及其资金来源 fund；有结转时请填写 carried_forward",
            "check the rows of income and of expenditure, projects included, and their funds; carry-over belongs in carried_forward",
        ),
    )
}

fn subject_tree(budget: &Budget, findings: &mut Vec<Finding>) {
    let measure = of(&[Account::Expenditure]);
    let subjects = budget.cube.subjects(&measure, Scope::default());
    let classes: Vec<_> = subjects.iter().copied().filter(|code| code.level() == Level::Class).collect();
    for kind in &budget.profile.kinds {
        let measure = Measure { kinds: vec![kind.id.clone()], ..measure.clone() };
        for subject in subjects.iter().filter(|subject| subject.level() != Level::Item) {
            let below = budget.cube.below(&measure, Scope::default(), *subject);
            let name = budget.subjects.get(subject).cloned().unwrap_or_default();
            let what = (format!("{subject} {name}的{}", kind.name), format!("{} expenditure of {subject}", kind.id));
            let total = subject_total(budget, &measure, *subject);
            compare_with_sum(budget, findings, &measure, what, &total, below.into_iter());
        }
        let total = budget.total(&measure);
        let what = (format!("{}合计", kind.name), format!("total {} expenditure", kind.id));
        compare_with_sum(budget, findings, &measure, what, &total, classes.iter().copied());
    }
    let what = ("支出总计".to_owned(), "total expenditure".to_owned());
    compare_with_sum(budget, findings, &measure, what, &budget.total(&measure), classes.into_iter());
}

fn compare_with_sum(
    budget: &Budget,
    findings: &mut Vec<Finding>,
    measure: &Measure,
    (zh, en): (String, String),
    total: &Total,
    parts: impl Iterator<Item = SubjectCode>,
) {
    let mut sum = Total::default();
    let mut count = 0;
    let mut words = Vec::new();
    for part in parts {
        let value = subject_total(budget, measure, part);
        words.push(format!("{part} {}", budget.print(value.or_zero())));
        sum.amount = Some(sum.or_zero() + value.or_zero());
        sum.terms.extend(value.terms);
        count += 1;
    }
    let list = words.join(" + ");
    findings.extend(budget.compare(
        "A5",
        Figure::new(zh, en, total),
        Figure::new(format!("下级之和（{list}）"), format!("the sum below it ({list})"), &sum),
        count,
        Bilingual::new(
            "请核对各项金额；如为尾差，表下应有“尾数误差”的说明",
            "check the items; where rounding explains it, the note on rounding belongs below the table",
        ),
    ));
}

fn subject_total(budget: &Budget, measure: &Measure, subject: SubjectCode) -> Total {
    budget.cube.total(measure, Scope { subject: Some(subject), ..Scope::default() })
}

fn kinds(budget: &Budget, findings: &mut Vec<Finding>) {
    let measure = of(&[Account::Expenditure]);
    for subject in budget.cube.subjects(&measure, Scope::default()) {
        let total = subject_total(budget, &measure, subject);
        let mut sum = Total::default();
        for kind in &budget.profile.kinds {
            let part = subject_total(budget, &Measure { kinds: vec![kind.id.clone()], ..measure.clone() }, subject);
            sum.amount = Some(sum.or_zero() + part.or_zero());
            sum.terms.extend(part.terms);
        }
        findings.extend(budget.compare(
            "A6",
            Figure::new(format!("{subject} 支出总计"), format!("expenditure of {subject}"), &total),
            Figure::new("基本支出与项目支出之和", "basic plus project expenditure", &sum),
            budget.profile.kinds.len(),
            Bilingual::new("请核对该科目的基本支出和项目", "check the subject's basic expenditure and projects"),
        ));
    }
}

fn procurement(budget: &Budget, findings: &mut Vec<Finding>) {
    let all = budget.total(&of(&[Account::Procurement]));
    let expenditure = budget.total(&of(&[Account::Expenditure]));
    let mut outer = Figure::new("政府采购合计", "all procurement", &all);
    within(budget, findings, "A7", &Figure::new("支出总计", "total expenditure", &expenditure), &outer);
    for category in &budget.profile.categories.reserved {
        let measure = Measure { categories: vec![category.id.clone()], ..of(&[Account::Reserved]) };
        let part = budget.total(&measure);
        let inner = Figure::new(category.name.clone(), format!("procurement reserved for {}", category.id), &part);
        within(budget, findings, "A7", &outer, &inner);
        outer = inner;
    }
}

fn three_public(budget: &Budget, findings: &mut Vec<Finding>) {
    let measure = of(&[Account::ThreePublic]);
    let total = budget.total(&measure);
    let expenditure = budget.total(&of(&[Account::Expenditure]));
    let figure = Figure::new("“三公”经费合计", "the three public expenses", &total);
    within(budget, findings, "A8", &Figure::new("支出总计", "total expenditure", &expenditure), &figure);
    for category in &budget.profile.categories.three_public {
        let measure = Measure { categories: vec![category.id.clone()], ..measure.clone() };
        let facts: Vec<_> = budget.cube.select(&measure, Scope::default()).collect();
        if facts.is_empty() || facts.iter().any(|fact| fact.last.is_none()) {
            let place = facts.iter().find(|fact| fact.last.is_none()).and_then(|fact| fact.this.place);
            findings.push(Finding {
                rule: "A8",
                severity: Severity::Warning,
                message: Bilingual::new(
                    format!("“三公”经费中的{}没有写全本年数和上年数，按 0 计算", category.name),
                    format!("`{}` lacks this or last year's figure and counts as 0", category.id),
                ),
                figures: Vec::new(),
                place,
                help: Bilingual::new(
                    format!("请写“- {{ category: {}, amount: 0, last: 0 }}”", category.id),
                    format!("write `- {{ category: {}, amount: 0, last: 0 }}`", category.id),
                ),
            });
        }
    }
}

/// A part that is greater than the whole it belongs to.
fn within(budget: &Budget, findings: &mut Vec<Finding>, rule: &'static str, whole: &Figure, part: &Figure) {
    let excess = part.amount - whole.amount;
    if excess <= Money::ZERO || part.unfilled || whole.unfilled {
        return;
    }
    let (large, small) = (budget.print(part.amount), budget.print(whole.amount));
    let count = part.terms.len() + whole.terms.len();
    let rounding = budget.rounding_explains(excess, count, &[part, whole]);
    let (zh, en) = if rounding { ("，属四舍五入的尾差", "; rounding explains it") } else { ("", "") };
    findings.push(Finding {
        rule,
        severity: if rounding { Severity::Note } else { Severity::Error },
        message: Bilingual::new(
            format!("{}为 {large}，大于{} {small}{zh}", part.label.zh, whole.label.zh),
            format!("{} is {large}, more than {}, which is {small}{en}", part.label.en, whole.label.en),
        ),
        figures: vec![part.clone(), whole.clone()],
        place: part.terms.iter().find_map(|(_, place)| *place),
        help: Bilingual::new("请核对这两个数字", "check both figures"),
    });
}
