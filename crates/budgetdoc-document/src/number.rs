use std::fmt;

use rust_decimal::{Decimal, RoundingStrategy};
use serde::{Deserialize, Serialize};

/// How a printed number is rounded.
///
/// ```
/// use budgetdoc_document::Rounding;
/// let half = "2.5".parse().unwrap();
/// assert_eq!(Rounding::HalfUp.apply(half, 0), 3.into());
/// assert_eq!(Rounding::HalfEven.apply(half, 0), 2.into());
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// 四舍五入: rounds halves away from zero.
    #[default]
    HalfUp,
    /// 四舍六入五成双: rounds halves to the even digit.
    HalfEven,
    /// Cuts digits off, towards zero.
    Truncate,
}

impl Rounding {
    /// Rounds `number` to at most `decimals` decimals.
    pub fn apply(self, number: Decimal, decimals: u32) -> Decimal {
        let strategy = match self {
            Rounding::HalfUp => RoundingStrategy::MidpointAwayFromZero,
            Rounding::HalfEven => RoundingStrategy::MidpointNearestEven,
            Rounding::Truncate => RoundingStrategy::ToZero,
        };
        number.round_dp_with_strategy(decimals, strategy)
    }
}

/// How a number is printed.
///
/// ```
/// use budgetdoc_document::NumberFormat;
/// let format = NumberFormat { decimals: 2, thousands: true, ..NumberFormat::default() };
/// assert_eq!(format.print("3121.4205".parse().unwrap()), "3,121.42");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct NumberFormat {
    /// The most decimals.
    pub decimals: u32,
    /// Whether zeros at the end of the decimals are left out: 8 rather than 8.0.
    pub trim: bool,
    /// Whether commas separate thousands.
    pub thousands: bool,
    /// What is printed for exact zero, not for what rounds to it; `None` prints a number.
    pub zero: Option<String>,
    /// How numbers are rounded.
    pub rounding: Rounding,
}

impl NumberFormat {
    /// Prints `number`.
    pub fn print(&self, number: Decimal) -> String {
        if let Some(zero) = self.instead_of(number) {
            return zero.to_owned();
        }
        let text = self.round(number).to_string();
        if self.thousands { grouped(&text) } else { text }
    }

    /// Returns how many decimals of `number` are printed; `None` where [`NumberFormat::zero`] takes its place.
    pub fn decimals_of(&self, number: Decimal) -> Option<u32> {
        self.instead_of(number).is_none().then(|| self.round(number).scale())
    }

    fn instead_of(&self, number: Decimal) -> Option<&str> {
        self.zero.as_deref().filter(|_| number.is_zero())
    }

    /// Returns `number` with the very decimals that are printed.
    fn round(&self, number: Decimal) -> Decimal {
        let mut rounded = self.rounding.apply(number, self.decimals);
        if self.trim {
            rounded = rounded.normalize();
        } else {
            rounded.rescale(self.decimals);
        }
        if rounded.is_zero() {
            // A small negative number rounds to "-0" otherwise.
            rounded.set_sign_positive(true);
        }
        rounded
    }
}

/// Separates the thousands of a number by commas.
fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(whole, rest)| (whole, Some(rest)));
    let mut grouped = String::from(sign);
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    if let Some(fraction) = fraction {
        grouped.push('.');
        grouped.push_str(fraction);
    }
    grouped
}

/// A number with its format. `Display` prints it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Number {
    /// The exact value in the printed unit: 684 for 684 万元, 49.4 for 49.4 %.
    pub value: Decimal,
    /// How it is printed.
    pub format: NumberFormat,
}

impl Number {
    /// Returns how many decimals are printed; `None` where [`NumberFormat::zero`] takes its place.
    pub fn decimals(&self) -> Option<u32> {
        self.format.decimals_of(self.value)
    }
}

impl fmt::Display for Number {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.format.print(self.value))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(text: &str) -> Decimal {
        Decimal::from_str_exact(text).unwrap()
    }

    #[test]
    fn numbers_print_as_the_format_says() {
        let print = |text, decimals, trim, thousands| {
            let number = Number {
                value: decimal(text),
                format: NumberFormat { decimals, trim, thousands, ..NumberFormat::default() },
            };
            let printed = number.to_string();
            let behind = printed.split_once('.').map_or(0, |(_, fraction)| fraction.len());
            assert_eq!(number.decimals(), u32::try_from(behind).ok(), "{printed}");
            printed
        };
        assert_eq!(print("8", 1, true, false), "8");
        assert_eq!(print("8", 1, false, false), "8.0");
        assert_eq!(print("-4.2", 1, true, false), "-4.2");
        assert_eq!(print("-0.004", 2, false, false), "0.00");
        assert_eq!(print("1234567.891", 2, false, true), "1,234,567.89");
        assert_eq!(print("-123456", 0, false, true), "-123,456");
        assert_eq!(print("100", 0, true, false), "100");
        assert_eq!(print("-999.995", 2, false, true), "-1,000.00");
        assert_eq!(print("0.3", 40, true, false), "0.3");
        assert!(print("999999999999999", 40, false, true).starts_with("999,999,999,999,999"));
    }

    #[test]
    fn words_stand_for_zero_and_for_nothing_else() {
        let format = NumberFormat { decimals: 1, zero: Some("—".to_owned()), ..NumberFormat::default() };
        assert_eq!((format.print(Decimal::ZERO), format.decimals_of(Decimal::ZERO)), ("—".to_owned(), None));
        assert_eq!((format.print(decimal("0.04")), format.decimals_of(decimal("0.04"))), ("0.0".to_owned(), Some(1)));
    }

    #[test]
    fn rounding_modes_differ_on_halves_and_on_truncation() {
        assert_eq!(Rounding::HalfUp.apply(decimal("0.125"), 2), decimal("0.13"));
        assert_eq!(Rounding::HalfEven.apply(decimal("0.125"), 2), decimal("0.12"));
        assert_eq!(Rounding::Truncate.apply(decimal("78.2164"), 2), decimal("78.21"));
        assert_eq!(Rounding::HalfUp.apply(decimal("-0.5"), 0), decimal("-1"));
    }
}
