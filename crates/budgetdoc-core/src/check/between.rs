//! Family B: agreement between tables.

use super::{Figure, Finding, Rule};
use crate::budget::Budget;
use crate::lang::Bilingual;
use crate::profile::{Account, Measure};

pub(super) const RULES: &[Rule] = &[Rule {
    id: "B3",
    title: ("基本支出按科目与按类别一致", "Basic expenditure by subject and by category agree"),
    explanation: (
        "支出总表的基本支出（按功能科目汇总）必须等于基本支出总表的合计（人员、公用、补助之和），每个资金来源也要一致。项目支出由各项目汇总，因此总与项目支出总表一致。",
        "Basic expenditure summed by functional subject equals basic expenditure summed by category, for every fund. Project expenditure is the sum of the projects and so always agrees with their table.",
    ),
    check: basic,
}];

fn basic(budget: &Budget, findings: &mut Vec<Finding>) {
    let kind = budget.profile.kinds[0].id.clone();
    for fund in &budget.profile.funds {
        let funds = vec![fund.id.clone()];
        let subjects = Measure {
            accounts: vec![Account::Expenditure],
            kinds: vec![kind.clone()],
            funds: funds.clone(),
            ..Measure::default()
        };
        let categories = Measure { accounts: vec![Account::Basic], funds, ..Measure::default() };
        let (by_subject, by_category) = (budget.total(&subjects), budget.total(&categories));
        let count = (by_subject.terms.len() + by_category.terms.len()).saturating_sub(1);
        findings.extend(budget.compare(
            "B3",
            Figure::new(
                format!("{}按科目的基本支出", fund.name),
                format!("basic expenditure by subject ({})", fund.id),
                &by_subject,
            ),
            Figure::new("按类别的基本支出", "basic expenditure by category", &by_category),
            count,
            Bilingual::new(
                "请核对 expenditure 各行与 basic 各行，两处应为同一笔基本支出",
                "check the rows of `expenditure` and of `basic`: both break down the same expenditure",
            ),
        ));
    }
}
