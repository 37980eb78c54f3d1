//! Schedules with their values looked up.

use rust_decimal::Decimal;

use super::{Term, Total};
use crate::money::{Money, Unit};
use crate::profile::Product;
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

/// Returns a quantity times a price, and the quantity; none where a row lacks one of them. The term has the place of the
/// price, or of what is unfilled.
pub fn product_of(row: &ScheduleEntry, product: &Product) -> Option<(Term, Decimal)> {
    let ScheduleValue::Amount(price) = row.get(&product.price)?.value else { return None };
    let quantity = row.get(&product.quantity)?;
    let number = match &quantity.value {
        ScheduleValue::Number(number) => Some(*number),
        ScheduleValue::Words(words) => split_quantity(words).map(|(number, _)| number),
        ScheduleValue::Amount(_)
        | ScheduleValue::Subject(_)
        | ScheduleValue::Economic(_)
        | ScheduleValue::Unit(_)
        | ScheduleValue::Project(_) => return None,
    };
    let Some(number) = number else {
        return Some((Term { amount: Money::ZERO, unfilled: true, place: quantity.place }, Decimal::ZERO));
    };
    Some((Term { amount: Money::yuan(price.amount.in_unit(Unit::Yuan) * number), ..price }, number))
}

/// Returns the number at the beginning of a quantity and the unit behind it. Quantities are below 10^12, so that no
/// product or sum of them overflows.
pub(super) fn split_quantity(text: &str) -> Option<(Decimal, &str)> {
    let unit = text.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = Decimal::from_str_exact(&text[..text.len() - unit.len()]).ok()?;
    (number < Decimal::from(1_000_000_000_000_u64)).then_some((number, unit))
}
