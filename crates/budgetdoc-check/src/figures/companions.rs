//! The accounts that budgets are compared by.

use budgetdoc_core::budget::Total;
use budgetdoc_core::profile::Account;

/// The accounts that budgets are compared by, and their names in messages.
pub(crate) const ACCOUNTS: [(Account, &str, &str); 10] = [
    (Account::Income, "收入", "income"),
    (Account::BroughtForward, "上年结余、结转", "balances brought forward"),
    (Account::Expenditure, "支出", "expenditure"),
    (Account::CarriedForward, "结转下年", "balances carried forward"),
    (Account::Economic, "按经济科目的支出", "expenditure by economic subject"),
    (Account::Basic, "基本支出（按类别）", "basic expenditure"),
    (Account::ThreePublic, "“三公”经费", "the three public expenses"),
    (Account::Meetings, "会议费、培训费", "meetings and training"),
    (Account::Procurement, "政府采购", "procurement"),
    (Account::Reserved, "面向中小企业采购", "reserved procurement"),
];

/// Returns a total without the places of its terms, which are in another file.
pub(crate) fn without_places(mut total: Total) -> Total {
    for term in &mut total.terms {
        term.place = None;
    }
    total
}
