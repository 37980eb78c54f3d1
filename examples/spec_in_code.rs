//! A spec built in code, as a vendor's system would from its own tables, and what the checks say of it.
//!
//! `cargo run --example spec_in_code`

use budgetdoc::lang::Lang;
use budgetdoc::money::{Amount, Unit};
use budgetdoc::ordered::Ordered;
use budgetdoc::spec::{BudgetUnit, CategoryRow, Department, ExpenditureRow, FundRow, Nature, Project};
use budgetdoc::{Budget, FontBook, FontSearch, Profile, Spec};

fn text(words: &str) -> budgetdoc::source::Located<String> {
    words.to_owned().into()
}

fn yuan(amount: i64) -> budgetdoc::source::Located<Amount> {
    Amount::from(amount).into()
}

fn category(name: &str, this: i64, last: i64) -> CategoryRow {
    let (amount, last) = (yuan(this), Some(yuan(last)));
    CategoryRow { unit: None, fund: None, category: text(name), amount, last, executed: None }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let department = Department {
        name: text("示例区档案馆"),
        supervisor: None,
        units: vec![BudgetUnit { id: text("self"), name: text("示例区档案馆本级"), nature: Nature::default() }],
    };
    let spec = Spec {
        unit: Unit::Yuan,
        income: vec![FundRow {
            unit: None,
            fund: text("general_public"),
            item: None,
            amount: yuan(5_250_000),
            last: Some(yuan(5_000_000)),
            executed: None,
        }],
        expenditure: vec![ExpenditureRow {
            unit: None,
            fund: None,
            item: "2012901".parse::<budgetdoc::subject::SubjectCode>()?.into(),
            kind: None,
            category: None,
            amount: yuan(4_000_000),
            last: None,
            executed: None,
        }],
        basic: vec![category("personnel", 3_500_000, 3_400_000), category("operating", 500_000, 500_000)],
        projects: vec![Project {
            id: text("scans"),
            name: text("馆藏档案数字化"),
            unit: None,
            fund: None,
            item: "2012902".parse::<budgetdoc::subject::SubjectCode>()?.into(),
            amount: yuan(1_250_000),
            last: Some(yuan(1_100_000)),
            executed: None,
            purpose: text("扫描和著录馆藏档案。"),
            reason: text("扫描页数增加。"),
            goal: text("完成扫描五十万页。"),
        }],
        three_public: vec![category("reception", 20_000, 25_000)],
        procurement: vec![category("services", 1_000_000, 900_000)],
        text: Ordered(vec![(text("duties"), text("收集、保管和利用本区的档案。"))]),
        ..Spec::new(text("shenzhen/2022"), 2022, department)
    };
    let profile = Profile::built_in(&spec.profile)?;
    let budget = Budget::resolve(spec, profile)?;

    // Texts the department has not written yet are findings; the document marks their places.
    for finding in budgetdoc::check(&budget) {
        println!("[{}] {}", finding.rule, finding.message.get(Lang::Zh));
    }
    let pdf = budgetdoc::render_pdf(&budget.compose()?, &FontBook::load(&FontSearch::default())?)?;
    println!("a draft of {} KiB", pdf.len() / 1024);
    Ok(())
}
