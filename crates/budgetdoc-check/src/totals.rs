//! Income, expenditure and their balance.

use super::examiner::{Examiner, Pair};
use super::{Figure, Rule, Severity, basic, control};
use budgetdoc_core::budget::{Budget, Scope, Total};
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::{Account, Fund, Measure};

pub(super) const RULES: &[Rule] = &[
    Rule {
        id: "A1",
        severity: Severity::Error,
        title: ("本年收入合计等于各来源之和", "This year's income is the sum of its sources"),
        explanation: (
            "本年收入合计等于各资金来源之和，各组小计等于组内各来源之和；有收入的来源在收支总表中都要有一行。spec 中 control 写的收入数与计算结果比较。",
            "Income of the year is the sum of its funds and every group that of its funds; each fund with income has a line in the balance. Income named under `control` is compared with what is computed.",
        ),
        wrong: "income:\n  - { fund: general_public, amount: 1310 }\ncontrol:\n  - { table: balance, row: 本年收入合计, amount: 1301 }",
        right: "control:\n  - { table: balance, row: 本年收入合计, amount: 1310 }",
        check: sources,
    },
    Rule {
        id: "A2",
        severity: Severity::Error,
        title: (
            "收入总计等于本年收入加上年结余、结转",
            "Total income is the year's income and what was brought forward",
        ),
        explanation: (
            "收入总计等于本年收入合计与上年结余、结转（以及用于弥补收支差额的各项）之和。",
            "Total income is income of the year plus the balances brought forward.",
        ),
        wrong: "brought_forward:\n  - { fund: general_public, amount: 54 }\ncontrol:\n  - { table: balance, row: 收入总计, amount: 1310 }",
        right: "control:\n  - { table: balance, row: 收入总计, amount: 1364 }",
        check: income_total,
    },
    Rule {
        id: "A3",
        severity: Severity::Error,
        title: (
            "支出总计等于本年支出加结转下年",
            "Total expenditure is the year's expenditure and what is carried forward",
        ),
        explanation: (
            "支出总计等于本年支出合计与结转下年之和；本年支出合计等于各类支出之和。",
            "Total expenditure is expenditure of the year plus the balances carried forward.",
        ),
        wrong: "carried_forward:\n  - { fund: general_public, amount: 54 }\ncontrol:\n  - { table: balance, row: 支出总计, amount: 1310 }",
        right: "control:\n  - { table: balance, row: 支出总计, amount: 1364 }",
        check: expenditure_total,
    },
    Rule {
        id: "A4",
        severity: Severity::Error,
        title: ("收入总计等于支出总计", "Total income equals total expenditure"),
        explanation: (
            "收入总计（本年收入加上年结余、结转）必须等于支出总计（本年支出加结转下年）。",
            "Income with the balances brought forward must equal expenditure with the balances carried forward.",
        ),
        wrong: "income:\n  - { fund: general_public, amount: 1301 }    # 支出合计1310",
        right: "income:\n  - { fund: general_public, amount: 1310 }",
        check: balance,
    },
    Rule {
        id: "B11",
        severity: Severity::Error,
        title: ("各资金来源、各单位的收入与支出相等", "Income and expenditure of every fund and unit agree"),
        explanation: (
            "总计相等时，每个资金来源的收入（加上年结余、结转）也应等于用它安排的支出（加结转下年）；有几个预算单位时，每个单位的每个来源也是。只有财政拨款时，收入表与支出表逐项对应。",
            "Where the totals agree, income of every fund with what was brought forward equals what is spent from it and carried forward, for every unit where there are several. With appropriations only, the tables of income and of expenditure mirror each other.",
        ),
        wrong: "income:\n  - { fund: general_public, amount: 1300 }\n  - { fund: other_income, amount: 10 }\nexpenditure:\n  - { item: 2012901, amount: 1310 }",
        right: "expenditure:\n  - { item: 2012901, amount: 1300 }\n  - { fund: other_income, item: 2012902, amount: 10 }",
        check: funds,
    },
];

pub(super) fn of(accounts: &[Account]) -> Measure {
    Measure { accounts: accounts.to_vec(), ..Measure::default() }
}

fn sources(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let income = budget.total(&of(&[Account::Income]));
    let mut sum = Total::default();
    let mut names = Vec::new();
    for fund in budget.profile.funds.iter() {
        let total = budget.total(&Measure { funds: vec![fund.id.clone()], ..of(&[Account::Income]) });
        if total.or_zero().is_zero() {
            continue;
        }
        names.push(format!("{} {}", fund.name, examiner.print(total.or_zero())));
        sum.amount = Some(sum.or_zero() + total.or_zero());
        sum.terms.extend(total.terms);
    }
    let list = names.join(" + ");
    examiner.equal(Pair {
        about: "income".to_owned(),
        left: Figure::new("本年收入合计", "income of the year", &income),
        right: Figure::new(format!("各来源之和（{list}）"), format!("the sum of its funds ({list})"), &sum),
        count: income.terms.len(),
        help: ("请核对收入各行", "check the rows of income"),
    });
    control::lines_cover(examiner, Account::Income);
    control::compare(examiner, "A1");
}

fn income_total(examiner: &mut Examiner) {
    let parts = [
        (Account::Income, "本年收入合计", "income of the year"),
        (Account::BroughtForward, "上年结余、结转", "what was brought forward"),
        (Account::Internal, "内部往来（扣除）", "what moves between units (taken off)"),
    ];
    whole_and_parts(examiner, "income_total", ("收入总计", "total income"), parts);
    control::compare(examiner, "A2");
}

fn expenditure_total(examiner: &mut Examiner) {
    let parts = [
        (Account::Expenditure, "本年支出合计", "expenditure of the year"),
        (Account::CarriedForward, "结转下年", "what is carried forward"),
        (Account::Internal, "内部往来（扣除）", "what moves between units (taken off)"),
    ];
    whole_and_parts(examiner, "expenditure_total", ("支出总计", "total expenditure"), parts);
    control::compare(examiner, "A3");
}

fn whole_and_parts(examiner: &mut Examiner, about: &str, (zh, en): (&str, &str), parts: [(Account, &str, &str); 3]) {
    let budget = examiner.budget;
    let whole = budget.total(&of(&parts.map(|(account, ..)| account)));
    let mut sum = Total::default();
    let mut names = (Vec::new(), Vec::new());
    for (account, zh, en) in parts {
        let part = budget.total(&of(&[account]));
        if part.terms.is_empty() && account == Account::Internal {
            continue;
        }
        names.0.push(format!("{zh} {}", examiner.print(part.or_zero())));
        names.1.push(format!("{en} {}", examiner.print(part.or_zero())));
        sum.amount = Some(sum.or_zero() + part.or_zero());
        sum.terms.extend(part.terms);
    }
    examiner.equal(Pair {
        about: about.to_owned(),
        left: Figure::new(zh, en, &whole),
        right: Figure::new(names.0.join(" + "), names.1.join(" + "), &sum),
        count: whole.terms.len(),
        help: ("请核对各行", "check the rows"),
    });
}

fn balance(examiner: &mut Examiner) {
    both_sides(examiner, Part::default());
}

/// What part of the budget two sides are taken of.
#[derive(Clone, Copy, Default)]
pub(super) struct Part<'a> {
    pub fund: Option<&'a Fund>,
    pub unit: Option<usize>,
}

impl Part<'_> {
    fn is_whole(self) -> bool {
        self.fund.is_none() && self.unit.is_none()
    }
}

fn funds(examiner: &mut Examiner) {
    let whole = sides(examiner, Part::default());
    // What does not agree as a whole is told by A4 already.
    let gap = (whole.0.amount - whole.1.amount).abs();
    if !examiner.agrees(gap, whole.2 + 1, [&whole.0, &whole.1]) {
        return;
    }
    let budget = examiner.budget;
    let funds = funds_used(budget);
    let mut agree = true;
    if funds.len() > 1 {
        // What one fund lacks another has too much of, for the whole agrees: one finding.
        examiner.as_one(|examiner| {
            for fund in &funds {
                agree &= both_sides(examiner, Part { fund: Some(fund), unit: None });
            }
        });
    }
    // A unit off by what another is off the other way shows in no sum over all; both are one finding.
    let units = budget.spec.department.units.len();
    for fund in funds.into_iter().filter(|_| agree && units > 1) {
        examiner.as_one(|examiner| {
            for unit in 0..units {
                both_sides(examiner, Part { fund: Some(fund), unit: Some(unit) });
            }
        });
    }
}

/// The funds the budget has anything of, in the order of the profile.
pub(super) fn funds_used(budget: &Budget) -> Vec<&Fund> {
    let used = budget.cube.funds_used();
    used.into_iter().map(|index| &budget.profile.funds[index]).collect()
}

/// By how much a part of the budget spends more than it has, where A4 or B11 says so.
pub(super) fn excess(examiner: &Examiner, part: Part) -> Option<Money> {
    let (income, expenditure, count) = sides(examiner, part);
    let gap = expenditure.amount - income.amount;
    let told = !income.unfilled && !expenditure.unfilled;
    (told && !examiner.agrees(gap.abs(), count + 1, [&income, &expenditure])).then_some(gap)
}

fn sides(examiner: &Examiner, part: Part) -> (Figure, Figure, usize) {
    let budget = examiner.budget;
    let measure = |accounts: [Account; 3]| Measure {
        funds: part.fund.iter().map(|fund| fund.id.clone()).collect(),
        ..of(&accounts)
    };
    let scope = Scope { unit: part.unit, ..Scope::default() };
    let income = budget.cube.total(&measure([Account::Income, Account::BroughtForward, Account::Internal]), scope);
    let expenditure =
        budget.cube.total(&measure([Account::Expenditure, Account::CarriedForward, Account::Internal]), scope);
    let count = (income.terms.len() + expenditure.terms.len()).saturating_sub(1);
    let unit = part.unit.map(|unit| &budget.spec.department.units[unit]);
    let zh = unit.map_or("", |unit| unit.name.trim()).to_owned() + part.fund.map_or("", |fund| &fund.name);
    let names: Vec<&str> =
        unit.map(|unit| unit.id.as_str()).into_iter().chain(part.fund.map(|fund| fund.id.as_str())).collect();
    let en = if names.is_empty() { String::new() } else { format!(" ({})", names.join(", ")) };
    (
        Figure::new(format!("{zh}收入总计"), format!("total income{en}"), &income),
        Figure::new(format!("{zh}支出总计"), format!("total expenditure{en}"), &expenditure),
        count,
    )
}

fn both_sides(examiner: &mut Examiner, part: Part) -> bool {
    let (left, right, count) = sides(examiner, part);
    if part.fund.is_some() && left.terms.is_empty() && right.terms.is_empty() {
        return true;
    }
    let gap = right.amount - left.amount;
    let seat = if part.is_whole() && !gap.is_zero() { seat(examiner) } else { part };
    // Where basic expenditure by category goes with income, it is the rows of `expenditure` that are wrong.
    let spent = !gap.is_zero() && excess(examiner, part).is_some() && basic::gap(examiner, part) == gap;
    let place = if gap.is_zero() {
        None
    } else if spent {
        basic::place(examiner, seat)
    } else {
        let (income, expenditure, _) = sides(examiner, seat);
        income.place().or(expenditure.place())
    };
    let fund = part.fund.map(|fund| fund.id.as_str());
    let unit = part.unit.map(|unit| examiner.budget.spec.department.units[unit].id.as_str());
    let agree = examiner.equal(Pair {
        about: match (unit, fund) {
            (Some(unit), Some(fund)) => format!("units.{unit}.{fund}"),
            (_, Some(fund)) => format!("funds.{fund}"),
            (_, None) => "totals".to_owned(),
        },
        left,
        right,
        count,
        help: if spent {
            (
                "请先核对 expenditure 中基本支出各行及其资金来源 fund、预算单位 unit：按类别（basic 或 economic）的基本支出与收入相符",
                "check the rows of basic expenditure first, their funds and their units: by category (`basic` or `economic`) it goes with income",
            )
        } else {
            (
                "请核对收入各行与支出各行（含项目）及其资金来源 fund、预算单位 unit；有结转时请填写 carried_forward",
                "check the rows of income and of expenditure, projects included, their funds and their units; carry-over belongs in carried_forward",
            )
        },
    });
    if !agree {
        examiner.point_at(place);
    }
    agree
}

/// The fund and the unit that a gap of the whole lies in, where it lies in one alone.
fn seat<'a>(examiner: &Examiner<'a>) -> Part<'a> {
    let budget = examiner.budget;
    let lies_in = |part: &Part| {
        let (income, expenditure, _) = sides(examiner, *part);
        income.amount != expenditure.amount
    };
    let only = |parts: Vec<Part<'a>>, whole: Part<'a>| {
        let mut parts = parts.into_iter().filter(lies_in);
        match (parts.next(), parts.next()) {
            (Some(part), None) => part,
            _ => whole,
        }
    };
    let funds = funds_used(budget).into_iter().map(|fund| Part { fund: Some(fund), unit: None });
    let part = only(funds.collect(), Part::default());
    let units = 0..budget.spec.department.units.len();
    only(units.map(|unit| Part { unit: Some(unit), ..part }).collect(), part)
}
