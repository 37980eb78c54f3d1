//! Rows of figures.

use crate::money::Amount;
use crate::source::Located;
use crate::subject::SubjectCode;
use crate::yaml::record;

use super::Code;
use super::performance::Indicators;

record! {
    new
    /// An amount of a fund.
    #[derive(Clone, Debug, PartialEq)]
    pub struct FundRow {
        /// The unit; optional if there is only one.
        pub unit: Option<Located<String>> = default,
        /// The fund, one of the profile's.
        pub fund: Located<String>,
        /// The functional item, where the form prints it by item, as balances carried forward.
        pub item: Option<Located<SubjectCode>> = default,
        /// This year's amount.
        pub amount: Located<Amount>,
        /// Last year's; none where there was no budget.
        pub last: Option<Located<Amount>> = default,
        /// Last year's outcome (上年执行数).
        pub executed: Option<Located<Amount>> = default,
    }
}

record! {
    new
    /// What one unit of the department pays to another (上级补助、附属单位上缴): income of the one and expenditure of the
    /// other, and of the department neither.
    #[derive(Clone, Debug, PartialEq)]
    pub struct InternalRow {
        /// The unit that pays.
        pub from: Located<String>,
        /// The unit that receives.
        pub to: Located<String>,
        /// The fund it is in the receiver's income.
        pub fund: Located<String>,
        /// The functional item it is in the payer's expenditure.
        pub item: Located<SubjectCode>,
        /// The kind of expenditure it is there.
        pub kind: Located<String>,
        /// This year's amount.
        pub amount: Located<Amount>,
        /// Last year's.
        pub last: Option<Located<Amount>> = default,
    }
}

record! {
    new
    /// Expenditure for a functional item.
    #[derive(Clone, Debug, PartialEq)]
    pub struct ExpenditureRow {
        /// The unit; optional if there is only one.
        pub unit: Option<Located<String>> = default,
        /// The fund; the profile's first by default.
        pub fund: Option<Located<String>> = default,
        /// The item (项), seven digits.
        pub item: Located<SubjectCode>,
        /// The kind of expenditure, one of the profile's; the first, basic, by default.
        pub kind: Option<Located<String>> = default,
        /// The category of basic expenditure, where the form prints subjects by category.
        pub category: Option<Located<String>> = default,
        /// This year's expenditure.
        pub amount: Located<Amount>,
        /// Last year's.
        pub last: Option<Located<Amount>> = default,
        /// Last year's outcome (上年执行数).
        pub executed: Option<Located<Amount>> = default,
    }
}

record! {
    new
    /// An amount of one category of a breakdown: of basic expenditure, the three public expenses or procurement.
    #[derive(Clone, Debug, PartialEq)]
    pub struct CategoryRow {
        /// The unit; optional if there is only one.
        pub unit: Option<Located<String>> = default,
        /// The fund; the profile's first by default.
        pub fund: Option<Located<String>> = default,
        /// The category, one of the profile's.
        pub category: Located<String>,
        /// This year's amount.
        pub amount: Located<Amount>,
        /// Last year's.
        pub last: Option<Located<Amount>> = default,
        /// Last year's outcome (上年执行数).
        pub executed: Option<Located<Amount>> = default,
    }
}

record! {
    new
    /// Expenditure for an economic division.
    #[derive(Clone, Debug, PartialEq)]
    pub struct EconomicRow {
        /// The unit; optional if there is only one.
        pub unit: Option<Located<String>> = default,
        /// The fund; the profile's first by default.
        pub fund: Option<Located<String>> = default,
        /// The division (款), five digits.
        pub code: Located<SubjectCode>,
        /// The kind of expenditure, one of the profile's; the first, basic, by default.
        pub kind: Option<Located<String>> = default,
        /// The functional item, where the form prints items by economic subject.
        pub item: Option<Located<SubjectCode>> = default,
        /// The division of the government's classification, if not the one that the profile gives.
        pub government: Option<Located<SubjectCode>> = default,
        /// This year's amount.
        pub amount: Located<Amount>,
        /// Last year's.
        pub last: Option<Located<Amount>> = default,
        /// Last year's outcome (上年执行数).
        pub executed: Option<Located<Amount>> = default,
    }
}

record! {
    new
    /// Something bought.
    #[derive(Clone, Debug, PartialEq)]
    pub struct ProcurementItem {
        /// The unit; optional if there is only one.
        pub unit: Option<Located<String>> = default,
        /// The fund; the profile's first by default.
        pub fund: Option<Located<String>> = default,
        /// The kind, one of the profile's categories of procurement.
        pub category: Located<String>,
        /// The project or purpose that pays for it (专项名称).
        pub project: Located<String>,
        /// The economic division it is booked under, five digits.
        pub economic: Located<SubjectCode>,
        /// What is bought (采购物品名称).
        pub name: Located<String>,
        /// How it is bought (采购组织形式).
        pub method: Located<String> = default,
        /// This year's amount.
        pub amount: Located<Amount>,
    }
}

record! {
    new
    /// A published subtotal of a subject's basic or project expenditure.
    #[derive(Clone, Debug, PartialEq)]
    pub struct StatedTotal {
        /// The class or division.
        pub subject: Located<SubjectCode>,
        /// Which kind of expenditure, one of the profile's.
        pub kind: Located<String>,
        /// The amount as published.
        pub amount: Located<Amount>,
    }
}

record! {
    new
    /// A project.
    #[derive(Clone, Debug, PartialEq)]
    pub struct Project {
        /// What other places of the spec call it.
        pub id: Located<String>,
        /// Name as printed.
        pub name: Located<String>,
        /// The unit; optional if there is only one.
        pub unit: Option<Located<String>> = default,
        /// The fund; the profile's first by default.
        pub fund: Option<Located<String>> = default,
        /// The functional item it is booked under.
        pub item: Located<SubjectCode>,
        /// This year's amount.
        pub amount: Located<Amount>,
        /// Last year's.
        pub last: Option<Located<Amount>> = default,
        /// Last year's outcome (上年执行数).
        pub executed: Option<Located<Amount>> = default,
        /// What it is for (主要用于…).
        pub purpose: Located<String> = default,
        /// Why it changed (主要原因为…).
        pub reason: Located<String> = default,
        /// Its performance goal (绩效目标).
        pub goal: Located<String> = default,
        /// Its code (项目编码), where the form prints it.
        pub code: Option<Located<Code>> = default,
        /// Its category, one of the profile's categories of projects (特定目标类、其他运转类 …).
        pub category: Option<Located<String>> = default,
        /// Indicators of its goal by first and second level, where the form prints them for each project.
        pub indicators: Indicators = default,
    }
}
