//! A spec built in code, as a vendor's system would from its own tables, and what the checks say of it.
//!
//! `cargo run --example spec_in_code`

use budgetdoc::lang::Lang;
use budgetdoc::money::{Amount, Unit};
use budgetdoc::ordered::Ordered;
use budgetdoc::spec::{BudgetUnit, CategoryRow, Department, ExpenditureRow, FundRow, Project};
use budgetdoc::subject::SubjectCode;
use budgetdoc::{Budget, FontBook, FontSearch, Profile, Spec};

fn text(words: &str) -> budgetdoc::source::Located<String> {
    words.to_owned().into()
}

fn yuan(amount: i64) -> budgetdoc::source::Located<Amount> {
    Amount::from(amount).into()
}

fn category(name: &str, this: i64, last: i64) -> CategoryRow {
    CategoryRow { last: Some(yuan(last)), ..CategoryRow::new(text(name), yuan(this)) }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let units = vec![BudgetUnit::new(text("self"), text("示例区档案馆本级"))];
    let department = Department::new(text("示例区档案馆"), units);
    let scanning: SubjectCode = "2012902".parse()?;
    let spec = Spec {
        unit: Unit::Yuan,
        income: vec![FundRow { last: Some(yuan(5_000_000)), ..FundRow::new(text("general_public"), yuan(5_250_000)) }],
        expenditure: vec![ExpenditureRow::new("2012901".parse::<SubjectCode>()?.into(), yuan(4_000_000))],
        basic: vec![category("personnel", 3_500_000, 3_400_000), category("operating", 500_000, 500_000)],
        projects: vec![Project {
            last: Some(yuan(1_100_000)),
            purpose: text("扫描和著录馆藏档案。"),
            reason: text("扫描页数增加。"),
            goal: text("完成扫描五十万页。"),
            ..Project::new(text("scans"), text("馆藏档案数字化"), scanning.into(), yuan(1_250_000))
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
