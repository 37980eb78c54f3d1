//! B12: a department's budget is the sum of its units', and transfers between them are part of both sides.

use crate::examiner::{Examiner, FigurePair};
use crate::figures::balance;
use crate::figures::balance::BudgetPart;
use crate::figures::companions::{ACCOUNTS, without_places};
use crate::figures::measures::of_accounts;
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity};
use budgetdoc_core::budget::{Budget, Scope, Term, Total};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::money::Money;
use budgetdoc_core::profile::{Account, Measure};
use budgetdoc_core::spec::InternalRow;

pub(crate) const RULE: Rule = Rule {
    id: "B12",
    severity: Severity::Error,
    title: ("部门预算等于各单位预算之和", "A department's budget is the sum of its units'"),
    explanation: (
        "部门预算中各单位的收入、支出和“三公”经费等，等于该单位自己公开的预算。把各单位的 spec 一起交给核对时比较，单位按名称对应，没有对应上的会指出。单位之间的往来（internal）从汇总中扣除，必须包含在付出单位的支出和收到单位的收入中。",
        "Income, expenditure, the three public expenses and so on of each unit in the department's budget equal those of the unit's own budget. Compared when the units' specs are given; units are matched by name, and units without a match are listed. Transfers between units (`internal`) are taken off the department's sums; each is part of the payer's expenditure and of the receiver's income.",
    ),
    wrong: "# 部门 spec：某中心支出 120\n# 某中心自己的 spec：支出 102",
    right: "# 两处均为 102",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    check_transfers(examiner);
    let budget = examiner.budget;
    let units = &budget.spec.department.units;
    let mut given = vec![false; units.len()];
    for other in &examiner.companions.units {
        let theirs = &other.spec.department.units;
        let named = |name: &str| theirs.iter().position(|unit| unit.name.trim() == name);
        let shared: Vec<(usize, usize)> =
            (0..units.len()).filter_map(|here| Some((here, named(units[here].name.trim())?))).collect();
        if shared.is_empty() || *other.spec.year != *budget.spec.year {
            report_foreign_spec(examiner, other, shared.is_empty());
            continue;
        }
        for (here, there) in shared {
            given[here] = true;
            compare_unit(examiner, other, here, there);
        }
    }
    if examiner.companions.units.is_empty() {
        return;
    }
    let missing: Vec<_> = units.iter().zip(given).filter(|(_, given)| !given).map(|(unit, _)| unit).collect();
    if let Some(first) = missing.first() {
        let names: Vec<_> = missing.iter().map(|unit| unit.name.trim()).collect();
        examiner.report(
            "units",
            Severity::Warning,
            first.name.place,
            Bilingual::new(
                format!("没有给出这些单位的 spec，未能核对：{}", names.join("、")),
                format!("these units are not compared, as no spec of theirs is given: {}", names.join(", ")),
            ),
            Bilingual::new(
                "请补齐各单位的 spec，并核对两处的单位名称是否一致",
                "give their specs as well, and check that the names of the units are the same in both",
            ),
        );
    }
}

/// Reports a spec given as that of a unit that is of no unit or of another year.
fn report_foreign_spec(examiner: &mut Examiner, other: &Budget, is_foreign: bool) {
    let spec = &examiner.budget.spec;
    let (name, year) = (other.spec.department.name.trim(), *other.spec.year);
    let (zh, en) = if is_foreign {
        (format!("“{name}”的 spec 中没有本部门的单位"), format!("the spec of {name} names no unit of this department"))
    } else {
        (
            format!("“{name}”的 spec 是{year}年的，本部门为{}年", *spec.year),
            format!("the spec of {name} is of {year}, the department's of {}", *spec.year),
        )
    };
    examiner.report(
        format!("units.{name}"),
        Severity::Error,
        spec.department.name.place,
        Bilingual::new(zh, en),
        Bilingual::new("请核对给出的各单位 spec", "check the specs given for the units"),
    );
}

fn compare_unit(examiner: &mut Examiner, other: &Budget, here: usize, there: usize) {
    let budget = examiner.budget;
    let unit = &budget.spec.department.units[here];
    let scope = |unit: usize| Scope { unit: Some(unit), ..Scope::default() };
    for (account, zh, en) in ACCOUNTS {
        let ours = budget.cube.total(&of_accounts(&[account]), scope(here));
        let theirs = other.cube.total(&of_accounts(&[account]), scope(there));
        if ours.terms.is_empty() && theirs.terms.is_empty() {
            continue;
        }
        examiner.equal(FigurePair {
            about: format!("units.{}.{}", *unit.id, account.name()),
            left: ComparedFigure::new(format!("{}的{zh}", unit.name.trim()), format!("{en} of {}", *unit.id), &ours),
            right: ComparedFigure::new(
                format!("该单位自己的预算中的{zh}"),
                format!("{en} in the unit's own budget"),
                &without_places(theirs),
            ),
            count: ours.terms.len(),
            help: ("请核对部门与单位的 spec", "compare the department's spec with the unit's"),
        });
    }
}

/// Checks that transfers are part of the payer's expenditure and the receiver's income: the department's sums leave them
/// out on both sides.
fn check_transfers(examiner: &mut Examiner) {
    let spec = &examiner.budget.spec;
    for (index, row) in spec.internal.iter().enumerate() {
        // An error of an amount shows at both ends.
        examiner.as_one(|examiner| compare_both_ends(examiner, index, row));
    }
}

/// Compares the rows of one payer, item and kind, and those of one receiver and fund, where `row` is their first.
fn compare_both_ends(examiner: &mut Examiner, index: usize, row: &InternalRow) {
    let budget = examiner.budget;
    let spec = &budget.spec;
    let unit = |id: &str| spec.department.units.iter().position(|unit| *unit.id == id);
    let first = |same: &dyn Fn(&InternalRow) -> bool| !spec.internal[..index].iter().any(same);
    // Rows of one payer, item and kind together; of one receiver and fund.
    let payer = |other: &InternalRow| (&*other.from, *other.item, &*other.kind) == (&*row.from, *row.item, &*row.kind);
    let receiver = |other: &InternalRow| (&*other.to, &*other.fund) == (&*row.to, &*row.fund);
    let (from, to) = (unit(&row.from), unit(&row.to));
    // A4 or B11 reports units whose income and expenditure differ.
    let excess = |part| balance::excess(examiner, part).unwrap_or_default();
    let fund = budget.profile.funds.iter().find(|fund| fund.id == row.fund);
    let paid = from.filter(|_| excess(BudgetPart { fund: None, unit: from }) >= Money::ZERO);
    let received = to.filter(|_| excess(BudgetPart { fund, unit: to }) <= Money::ZERO);
    if let Some(from) = paid.filter(|_| first(&payer)) {
        let measure = Measure { kinds: vec![row.kind.clone()], ..of_accounts(&[Account::Expenditure]) };
        let scope = Scope { unit: Some(from), subject: Some(*row.item), ..Scope::default() };
        let name = spec.department.units[from].name.trim();
        let words = (
            (format!("{name}付给其他单位的"), format!("payments of {} to other units", *row.from)),
            (format!("该单位 {} 的支出", *row.item), format!("its expenditure for {}", *row.item)),
        );
        let about = format!("internal.{}.{}", *row.from, *row.item);
        part_of(examiner, about, words, &payer, &budget.cube.total(&measure, scope));
    }
    if let Some(to) = received.filter(|_| first(&receiver)) {
        let measure = Measure { funds: vec![row.fund.clone()], ..of_accounts(&[Account::Income]) };
        let name = spec.department.units[to].name.trim();
        let fund = fund.map_or("", |fund| &fund.name);
        let words = (
            (format!("{name}从其他单位收到的"), format!("payments that {} receives from other units", *row.to)),
            (format!("该单位的{fund}"), format!("its income of {}", *row.fund)),
        );
        let about = format!("internal.{}.{}", *row.to, *row.fund);
        let income = budget.cube.total(&measure, Scope { unit: Some(to), ..Scope::default() });
        part_of(examiner, about, words, &receiver, &income);
    }
}

/// Compares rows of `internal` with the sum they are part of.
fn part_of(
    examiner: &mut Examiner,
    about: String,
    (left, right): ((String, String), (String, String)),
    meant: &dyn Fn(&InternalRow) -> bool,
    whole: &Total,
) {
    let spec = &examiner.budget.spec;
    let terms: Vec<Term> = spec
        .internal
        .iter()
        .filter(|row| meant(row))
        .map(|row| {
            let number = row.amount.number();
            let amount = Money::new(number.unwrap_or_default(), spec.unit);
            Term { amount, unfilled: number.is_none(), place: row.amount.place }
        })
        .collect();
    let part = Total { amount: Some(terms.iter().map(|term| term.amount).sum()), terms };
    examiner.within(FigurePair {
        about,
        count: part.terms.len() + whole.terms.len(),
        left: ComparedFigure::new(left.0, left.1, &part),
        right: ComparedFigure::new(right.0, right.1, whole),
        help: (
            "内部往来要同时列入付出单位的支出和收到单位的收入，请核对 internal、expenditure 和 income",
            "a transfer is expenditure of one unit and income of the other: check `internal`, `expenditure` and `income`",
        ),
    });
}
