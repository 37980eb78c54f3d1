//! A7: procurement, its kinds and what is reserved of it.

use crate::examiner::{Examiner, FigurePair};
use crate::figures::measures::of_accounts;
use crate::figures::parts::sum_of_parts;
use crate::figures::spending;
use crate::rule::Check;
use crate::{ComparedFigure, Rule, Severity, control};
use budgetdoc_core::lang::Bilingual;
use budgetdoc_core::profile::{Account, Measure};
use budgetdoc_core::spec::ProcurementItem;

pub(crate) const RULE: Rule = Rule {
    id: "A7",
    severity: Severity::Error,
    title: ("政府采购各项数字的关系", "Procurement and its parts"),
    explanation: (
        "采购合计等于货物、工程、服务之和；面向小微企业的采购不大于面向中小企业的采购，面向中小企业的采购不大于采购合计，采购合计不大于支出总计，写明资金来源或单位的，不大于该来源、该单位的支出；采购明细不写两行相同的。预留给中小企业的采购中没有小微企业份额的，给出警告。",
        "Procurement is the sum of goods, works and services; what is reserved for micro enterprises is within that for small ones, that within all procurement, and all procurement within expenditure, and within that of the fund and unit a row names. No two lines of `procurement_items` are the same. Reserved procurement without a share for micro enterprises is a warning.",
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
        // Nothing within nothing proves nothing.
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
                "60 % of reserved procurement is commonly for micro enterprises; check `micro`",
            ),
        );
    }
    twins(examiner);
    control::compare(examiner, "A7");
}

/// Lines of what is bought that are the same to the last word.
fn twins(examiner: &mut Examiner) {
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
        let line = first.name.place.map(|place| place.line);
        let (zh, en) = match line {
            Some(line) => (format!("第 {line} 行"), format!("line {line}")),
            None => ("前面一行".to_owned(), "a line before".to_owned()),
        };
        examiner.report(
            format!("procurement_items.{name}"),
            Severity::Warning,
            row.name.place,
            Bilingual::new(
                format!("采购明细“{name}”与{zh}完全相同，两行的金额都计入合计"),
                format!("{name} repeats the purchase in {en}; both count"),
            ),
            Bilingual::new(
                "如为重复，请删去一行；确为两笔的，请在名称中区分或合并",
                "delete one, or merge the two, or give them different names",
            ),
        );
    }
}
