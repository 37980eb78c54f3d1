//! Rows of figures.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::money::Amount;
use crate::source::Located;
use crate::subject::SubjectCode;

/// An amount of a fund.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FundRow {
    /// The unit; may be left out where there is one only.
    #[serde(default)]
    pub unit: Option<Located<String>>,
    /// The fund, one of the profile's.
    pub fund: Located<String>,
    /// The functional item, where the form prints it by item, as balances carried forward.
    #[serde(default)]
    pub item: Option<Located<SubjectCode>>,
    /// This year's amount.
    pub amount: Located<Amount>,
    /// Last year's; none where there was no budget.
    #[serde(default)]
    pub last: Option<Located<Amount>>,
    /// What last year's came to (上年执行数).
    #[serde(default)]
    pub executed: Option<Located<Amount>>,
}

/// What one unit of the department pays to another (上级补助、附属单位上缴): income of the one and expenditure of the
/// other, and of the department neither.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
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
    #[serde(default)]
    pub last: Option<Located<Amount>>,
}

/// Expenditure for a functional item.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ExpenditureRow {
    /// The unit; may be left out where there is one only.
    #[serde(default)]
    pub unit: Option<Located<String>>,
    /// The fund; the profile's first when left out.
    #[serde(default)]
    pub fund: Option<Located<String>>,
    /// The item (项), seven digits.
    pub item: Located<SubjectCode>,
    /// The kind of expenditure, one of the profile's; its first, basic, when left out.
    #[serde(default)]
    pub kind: Option<Located<String>>,
    /// The category of basic expenditure, where the form prints subjects by category.
    #[serde(default)]
    pub category: Option<Located<String>>,
    /// This year's expenditure.
    pub amount: Located<Amount>,
    /// Last year's.
    #[serde(default)]
    pub last: Option<Located<Amount>>,
    /// What last year's came to (上年执行数).
    #[serde(default)]
    pub executed: Option<Located<Amount>>,
}

/// An amount of one category of a breakdown: of basic expenditure, the three public expenses or procurement.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CategoryRow {
    /// The unit; may be left out where there is one only.
    #[serde(default)]
    pub unit: Option<Located<String>>,
    /// The fund; the profile's first when left out.
    #[serde(default)]
    pub fund: Option<Located<String>>,
    /// The category, one of the profile's.
    pub category: Located<String>,
    /// This year's amount.
    pub amount: Located<Amount>,
    /// Last year's.
    #[serde(default)]
    pub last: Option<Located<Amount>>,
    /// What last year's came to (上年执行数).
    #[serde(default)]
    pub executed: Option<Located<Amount>>,
}

/// Expenditure for an economic division.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct EconomicRow {
    /// The unit; may be left out where there is one only.
    #[serde(default)]
    pub unit: Option<Located<String>>,
    /// The fund; the profile's first when left out.
    #[serde(default)]
    pub fund: Option<Located<String>>,
    /// The division (款), five digits.
    pub code: Located<SubjectCode>,
    /// The kind of expenditure, one of the profile's; its first, basic, when left out.
    #[serde(default)]
    pub kind: Option<Located<String>>,
    /// This year's amount.
    pub amount: Located<Amount>,
    /// Last year's.
    #[serde(default)]
    pub last: Option<Located<Amount>>,
    /// What last year's came to (上年执行数).
    #[serde(default)]
    pub executed: Option<Located<Amount>>,
}

/// Something bought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProcurementItem {
    /// The unit; may be left out where there is one only.
    #[serde(default)]
    pub unit: Option<Located<String>>,
    /// The fund; the profile's first when left out.
    #[serde(default)]
    pub fund: Option<Located<String>>,
    /// The kind, one of the profile's categories of procurement.
    pub category: Located<String>,
    /// The project or purpose that pays for it (专项名称).
    pub project: Located<String>,
    /// The economic division it is booked under, five digits.
    pub economic: Located<SubjectCode>,
    /// What is bought (采购物品名称).
    pub name: Located<String>,
    /// How it is bought (采购组织形式).
    #[serde(default)]
    pub method: Located<String>,
    /// This year's amount.
    pub amount: Located<Amount>,
}

/// A published subtotal of a subject's basic or project expenditure.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StatedTotal {
    /// The class or division.
    pub subject: Located<SubjectCode>,
    /// Which kind of expenditure, one of the profile's.
    pub kind: Located<String>,
    /// The amount as published.
    pub amount: Located<Amount>,
}

/// A project.
///
/// ```
/// use budgetdoc_core::spec::Project;
/// let row: Project = serde_saphyr::from_str("{ id: media, name: 宣传经费, item: 2012902, amount: 30, purpose: 编印刊物。 }").unwrap();
/// assert_eq!((row.id.as_str(), row.name.as_str()), ("media", "宣传经费"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Project {
    /// What other places of the spec call it.
    pub id: Located<String>,
    /// Name as printed.
    pub name: Located<String>,
    /// The unit; may be left out where there is one only.
    #[serde(default)]
    pub unit: Option<Located<String>>,
    /// The fund; the profile's first when left out.
    #[serde(default)]
    pub fund: Option<Located<String>>,
    /// The functional item it is booked under.
    pub item: Located<SubjectCode>,
    /// This year's amount.
    pub amount: Located<Amount>,
    /// Last year's.
    #[serde(default)]
    pub last: Option<Located<Amount>>,
    /// What last year's came to (上年执行数).
    #[serde(default)]
    pub executed: Option<Located<Amount>>,
    /// What it is for (主要用于…).
    #[serde(default)]
    pub purpose: Located<String>,
    /// Why it changed (主要原因为…).
    #[serde(default)]
    pub reason: Located<String>,
    /// Its performance goal (绩效目标).
    #[serde(default)]
    pub goal: Located<String>,
}
