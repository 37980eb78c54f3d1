//! A7: procurement, its kinds and what is reserved of it.

use std::collections::BTreeSet;

use crate::examiner::{Examiner, FigurePair};
use crate::figures::measures::of_accounts;
use crate::figures::parts::sum_of_parts;
use crate::figures::spending;
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity, control};
use budgetdoc_core::budget::{Fact, Scope, Total};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::profile::{Account, Measure};
use budgetdoc_core::spec::{ProcurementItem, Project};

pub(crate) const RULE: Rule = Rule {
    id: "A7",
    severity: Severity::Error,
    title: ("政府采购各项数字的关系", "Procurement and its parts"),
    explanation: (
        "采购合计等于货物、工程、服务之和；面向小微企业的采购不大于面向中小企业的采购，面向中小企业的采购不大于采购合计，采购合计不大于支出总计，写明资金来源或单位的，不大于该来源、该单位的支出；procurement 与 procurement_items 都写的，每个单位、来源、种类的明细之和等于所写的数；明细写明项目的，不大于该项目的预算；采购明细不写两行相同的。预留给中小企业的采购中没有小微企业份额的，给出警告。",
        "Procurement is the sum of goods, works and services. Procurement reserved for micro enterprises does not exceed that reserved for small ones, nor this all procurement, nor procurement the expenditure of the same fund and unit. Where `procurement` and `procurement_items` are both given, the lines of a unit, fund and category add up to the row; the lines of a project do not exceed its amount. No two lines of `procurement_items` are the same. Reserved procurement without a share for micro enterprises is a warning.",
    ),
    wrong: "procurement:\n  - { category: goods, amount: 3 }\nreserved:\n  - { category: sme, amount: 355 }",
    right: "reserved:\n  - { category: sme, amount: 3 }\n  - { category: micro, amount: 2 }",
    checks: &[Check::Figures(check)],
};

fn check(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let measure = of_accounts(&[Account::Procurement]);
    let all = budget.total(&measure);
    let parts = budget.profile.categories.procurement.iter();
    let parts = parts.map(|part| (part.name.clone(), Measure { categories: vec![part.id.clone()], ..measure.clone() }));
    let (sum, list, count) = sum_of_parts(examiner, parts);
    let mut outer = ComparedFigure::new("政府采购合计", "all procurement", &all);
    examiner.equal(FigurePair {
        about: "procurement".to_owned(),
        left: outer.clone(),
        right: ComparedFigure::new(format!("各类采购之和（{list}）"), format!("the sum of its kinds ({list})"), &sum),
        count,
        help: ("请核对采购各行", "check the rows of procurement"),
    });
    spending::within(examiner, Account::Procurement, ("政府采购合计", "all procurement"));
    let within = |examiner: &mut Examiner, about: &str, part: &ComparedFigure, whole: &ComparedFigure| {
        // A comparison of zeros would mean nothing.
        if part.terms.is_empty() && whole.terms.is_empty() {
            return;
        }
        examiner.within(FigurePair {
            about: about.to_owned(),
            left: part.clone(),
            right: whole.clone(),
            count: (part.terms.len() + whole.terms.len()).saturating_sub(1),
            help: ("请核对这两个数字", "check both figures"),
        });
    };
    let mut reserved = Vec::new();
    for category in &budget.profile.categories.reserved {
        let measure = Measure { categories: vec![category.id.clone()], ..of_accounts(&[Account::Reserved]) };
        let inner = ComparedFigure::new(
            category.name.clone(),
            format!("procurement reserved for {}", category.id),
            &budget.total(&measure),
        );
        within(examiner, &format!("reserved.{}", category.id), &inner, &outer);
        reserved.push(inner.clone());
        outer = inner;
    }
    // 政府采购促进中小企业发展管理办法 (2020) 第八条: at least 60 % of what is reserved is for the smallest.
    if let [first, .., last] = reserved.as_slice()
        && !first.amount.is_zero()
        && last.amount.is_zero()
        && !first.terms.is_empty()
        && !first.unfilled
        && !last.unfilled
    {
        let (all, place) = (examiner.print(first.amount), last.place().or(first.place()));
        examiner.report(
            "reserved.share",
            Severity::Warning,
            place,
            Bilingual::new(
                format!("{}为 {all}，而{}为 0", first.label.zh, last.label.zh),
                format!("{} is {all}, but {} is 0", first.label.en, last.label.en),
            ),
            Bilingual::new(
                "预留份额中应有小微企业的部分（一般不低于 60%），请核对",
                "micro enterprises usually get 60 % of reserved procurement; check `micro`",
            ),
        );
    }
    given_sums(examiner);
    projects(examiner);
    report_duplicates(examiner);
    control::compare(examiner, "A7");
}

/// Compares procurement by kind with the lines of the same unit, fund and kind, where both are given.
fn given_sums(examiner: &mut Examiner) {
    let budget = examiner.budget;
    for given in budget.cube.given_sums.iter() {
        let Some(category) = given.category.map(|category| &budget.cube.categories[category]) else { continue };
        let fund = &budget.profile.funds[given.fund];
        let unit = &budget.spec.department.units[given.unit];
        let lines = Measure {
            categories: vec![category.id.clone()],
            funds: vec![fund.id.clone()],
            ..of_accounts(&[Account::Procurement])
        };
        let lines = budget.cube.total(&lines, Scope { unit: Some(given.unit), ..Scope::default() });
        let count = lines.terms.len();
        let name = if budget.spec.department.units.len() > 1 { unit.name.trim() } else { "" };
        examiner.equal(FigurePair {
            about: format!("procurement.{}.{}.{}", *unit.id, fund.id, category.id),
            left: ComparedFigure::new(
                format!("{name}{}的{}", fund.name, category.name),
                format!("`{}` of {} ({})", category.id, *unit.id, fund.id),
                &Total { amount: Some(given.this.amount), terms: vec![given.this] },
            ),
            right: ComparedFigure::new("采购明细之和", "the sum of its lines", &lines),
            count,
            help: (
                "请核对 procurement 与 procurement_items 的行",
                "check the rows of `procurement` and of `procurement_items`",
            ),
        });
    }
}

/// Compares the purchases of a project with its amount. Lines name the project in words; projects of one name are
/// summed.
fn projects(examiner: &mut Examiner) {
    let budget = examiner.budget;
    let names: BTreeSet<&str> = budget.spec.procurement_items.iter().map(|row| row.project.trim()).collect();
    for name in names {
        let is_named = |project: &Project| project.name.trim() == name;
        let facts = |wanted: &dyn Fn(&Fact) -> bool| {
            let terms: Vec<_> = budget.cube.facts.iter().filter(|fact| wanted(fact)).map(|fact| fact.this).collect();
            Total { amount: Some(terms.iter().map(|term| term.amount).sum()), terms }
        };
        let whole = facts(&|fact| fact.project.is_some_and(|index| is_named(&budget.spec.projects[index])));
        if whole.terms.is_empty() {
            continue;
        }
        let items = &budget.spec.procurement_items;
        let part = facts(&|fact| fact.entry.is_some_and(|index| items[index].project.trim() == name));
        examiner.within(FigurePair {
            about: format!("procurement_items.{name}"),
            count: (part.terms.len() + whole.terms.len()).saturating_sub(1),
            left: ComparedFigure::new(format!("“{name}”的采购明细之和"), format!("purchases for {name}"), &part),
            right: ComparedFigure::new("该项目的预算", "the project's amount", &whole),
            help: ("请核对采购明细与项目的金额", "check the lines and the project's amount"),
        });
    }
}

/// Reports purchases with equal words.
fn report_duplicates(examiner: &mut Examiner) {
    let spec = &examiner.budget.spec;
    let same = |one: &ProcurementItem, other: &ProcurementItem| {
        let ids = |row: &ProcurementItem| [&row.unit, &row.fund].map(|id| id.as_ref().map(|id| id.value.clone()));
        let words = |row: &ProcurementItem| {
            [&row.category, &row.project, &row.name, &row.method].map(|words| words.trim().to_owned())
        };
        let figures = |row: &ProcurementItem| (row.economic.value, row.amount.value);
        figures(one) == figures(other) && ids(one) == ids(other) && words(one) == words(other)
    };
    for (index, row) in spec.procurement_items.iter().enumerate() {
        examiner.count_one();
        let Some(first) = spec.procurement_items[..index].iter().find(|first| same(first, row)) else { continue };
        let name = row.name.trim();
        examiner.report(
            format!("procurement_items.{name}"),
            Severity::Warning,
            row.name.place,
            Bilingual::new(
                format!("采购明细“{name}”有两行完全相同，金额都计入合计"),
                format!("two rows of the purchase {name} are the same; both are counted"),
            ),
            Bilingual::new(
                "如为重复，请删去一行；确为两笔的，请在名称中区分或合并",
                "delete one, merge the two or give them different names",
            ),
        );
        examiner.see(first.name.place);
    }
}
