//! Schedules with their values looked up.

use rust_decimal::Decimal;

use super::{Term, Total};
use crate::source::Located;
use crate::subject::SubjectCode;
use budgetdoc_document::Place;

/// A row of a schedule.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScheduleEntry {
    /// Its place in the spec, that of its first key.
    pub place: Option<Place>,
    /// Its values by key.
    pub values: Vec<(String, Located<ScheduleValue>)>,
}

/// A value of a schedule.
#[derive(Clone, Debug, PartialEq)]
pub enum ScheduleValue {
    /// Words, as printed.
    Words(String),
    /// A number without a unit.
    Number(Decimal),
    /// An amount.
    Amount(Term),
    /// A functional item.
    Subject(SubjectCode),
    /// An economic division.
    Economic(SubjectCode),
    /// Index of a budget unit in the spec.
    Unit(usize),
    /// Index of a project in the spec.
    Project(usize),
}

impl ScheduleEntry {
    /// Returns the value of a key.
    pub fn get(&self, key: &str) -> Option<&Located<ScheduleValue>> {
        self.values.iter().find(|(name, _)| name == key).map(|(_, value)| value)
    }
}

/// Returns the sum of the amounts that rows of a schedule have under a key.
pub fn sum_of<'a>(rows: impl IntoIterator<Item = &'a ScheduleEntry>, key: &str) -> Total {
    let amount = |row: &'a ScheduleEntry| match row.get(key).map(|value| &value.value) {
        Some(ScheduleValue::Amount(term)) => Some(*term),
        Some(
            ScheduleValue::Words(_)
            | ScheduleValue::Number(_)
            | ScheduleValue::Subject(_)
            | ScheduleValue::Economic(_)
            | ScheduleValue::Unit(_)
            | ScheduleValue::Project(_),
        )
        | None => None,
    };
    let terms: Vec<Term> = rows.into_iter().filter_map(amount).collect();
    Total { amount: Some(terms.iter().map(|term| term.amount).sum()), terms }
}
