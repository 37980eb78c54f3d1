//! What budgets are compared by with other budgets.

use budgetdoc_core::budget::Total;
use budgetdoc_core::profile::Account;

/// What budgets are compared by, with the words for it.
pub(crate) const ACCOUNTS: [(Account, &str, &str); 10] = [
    (Account::Income, "收入", "income"),
    (Account::BroughtForward, "上年结余、结转", "what was brought forward"),
    (Account::Expenditure, "支出", "expenditure"),
    (Account::CarriedForward, "结转下年", "what is carried forward"),
    (Account::Economic, "按经济科目的支出", "expenditure by economic subject"),
    (Account::Basic, "基本支出（按类别）", "basic expenditure"),
    (Account::ThreePublic, "“三公”经费", "the three public expenses"),
    (Account::Meetings, "会议费、培训费", "meetings and training"),
    (Account::Procurement, "政府采购", "procurement"),
    (Account::Reserved, "面向中小企业采购", "reserved procurement"),
];

/// Returns a total whose terms stand in another file: their places would point into the wrong one.
pub(crate) fn elsewhere(mut total: Total) -> Total {
    for term in &mut total.terms {
        term.place = None;
    }
    total
}
