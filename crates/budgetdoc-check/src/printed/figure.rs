//! Printed figures, and sums of them with what rounding explains.

use budgetdoc_document::{Number, Rounding};
use rust_decimal::Decimal;

/// A figure as it is printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct PrintedFigure {
    /// The printed digits.
    pub value: Decimal,
    /// Printed decimals; none of exact zero: a blank, or words for zero.
    decimals: Option<u32>,
    /// Whether zeros at the end are omitted: the digits do not show the precision.
    trimmed: bool,
    /// Whether there is no amount, rather than one that rounds to zero.
    is_nothing: bool,
    rounding: Rounding,
}

impl PrintedFigure {
    /// Nothing is printed.
    pub const BLANK: PrintedFigure = PrintedFigure {
        value: Decimal::ZERO,
        decimals: None,
        trimmed: false,
        is_nothing: true,
        rounding: Rounding::HalfUp,
    };

    /// Reads a number of a cell.
    pub fn of(number: &Number) -> PrintedFigure {
        let format = &number.format;
        let decimals = number.decimals();
        PrintedFigure {
            value: format.rounding.apply(number.value, format.decimals),
            decimals: if format.trim { decimals } else { decimals.map(|_| format.decimals) },
            trimmed: format.trim,
            is_nothing: number.value.is_zero(),
            rounding: format.rounding,
        }
    }

    /// Reads the digits of an amount in a sentence, which may omit zeros at the end; none of words for zero or a gap.
    pub fn read(words: &str, rounding: Rounding) -> Option<PrintedFigure> {
        let digits: String = words.chars().filter(|character| *character != ',').collect();
        let value: Decimal = digits.parse().ok()?;
        let is_nothing = value.is_zero();
        Some(PrintedFigure { value, decimals: Some(value.scale()), trimmed: true, is_nothing, rounding })
    }

    /// Returns whether there is no amount, which digits of zero do not show.
    pub fn is_nothing(&self) -> bool {
        self.is_nothing
    }

    /// Returns whether it has no digits.
    pub fn is_blank(&self) -> bool {
        self.decimals.is_none()
    }
}

/// A sum of printed figures in one unit.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct PrintedSum {
    /// The sum of the digits.
    pub value: Decimal,
    /// Largest difference of the exact sum from the printed one.
    slack: Decimal,
    /// Slack of figures without zeros at the end, in halves of their last digit.
    halves: u32,
    /// Most decimals of these.
    finest: u32,
    /// Whether halves are rounded to even digits: a sum may then be off by all of its slack.
    even: bool,
}

impl PrintedSum {
    /// Creates the sum of one figure.
    pub fn of(figure: PrintedFigure) -> PrintedSum {
        let mut sum = PrintedSum::default();
        sum.add(figure);
        sum
    }

    /// Adds a figure.
    pub fn add(&mut self, figure: PrintedFigure) {
        self.value += figure.value;
        let Some(decimals) = figure.decimals else { return };
        // Truncation loses up to a unit, rounding half of it.
        let halves = if figure.rounding == Rounding::Truncate { 2 } else { 1 };
        self.even |= figure.rounding == Rounding::HalfEven;
        if figure.trimmed {
            self.halves += halves;
            self.finest = self.finest.max(decimals);
        } else {
            self.slack += halves_of(halves, decimals);
        }
    }

    /// Adds another sum.
    pub fn join(&mut self, other: PrintedSum) {
        self.value += other.value;
        self.slack += other.slack;
        self.halves += other.halves;
        self.finest = self.finest.max(other.finest);
        self.even |= other.even;
    }

    /// Adds slack beyond rounding.
    pub fn with_slack(mut self, by: Decimal) -> PrintedSum {
        self.slack += by;
        self
    }

    /// Returns the largest difference of the exact sum from the printed one.
    pub fn slack(&self) -> Decimal {
        self.slack + halves_of(self.halves, self.finest)
    }

    /// Converts to a unit that is `times` smaller.
    pub fn scaled(self, times: Decimal) -> PrintedSum {
        PrintedSum { value: self.value * times, slack: self.slack() * times, halves: 0, finest: 0, even: self.even }
    }

    /// Returns `percent` per cent of the sum.
    pub fn percent(self, percent: PrintedSum) -> PrintedSum {
        let slack = self.value.abs() * percent.slack() + (percent.value.abs() + percent.slack()) * self.slack();
        let (value, hundred) = (self.value * percent.value, Decimal::ONE_HUNDRED);
        PrintedSum {
            value: value / hundred,
            slack: slack / hundred,
            halves: 0,
            finest: 0,
            even: self.even || percent.even,
        }
    }

    /// Returns the sum without its sign, as sentences print it.
    pub fn abs(self) -> PrintedSum {
        PrintedSum { value: self.value.abs(), ..self }
    }

    /// Subtracts another sum.
    pub fn minus(self, other: PrintedSum) -> PrintedSum {
        let mut difference = self;
        difference.join(other);
        PrintedSum { value: self.value - other.value, ..difference }
    }

    /// Returns whether rounding explains the difference of two sums.
    pub fn agrees(&self, other: &PrintedSum) -> bool {
        let gap = (self.value - other.value).abs();
        if gap.is_zero() {
            return true;
        }
        let mut both = *self;
        both.join(*other);
        let slack = both.slack();
        gap < slack || (both.even && gap == slack)
    }

    /// Returns whether this is at most the other, rounding aside.
    pub fn is_within(&self, other: &PrintedSum) -> bool {
        self.value <= other.value || self.agrees(other)
    }
}

fn halves_of(halves: u32, decimals: u32) -> Decimal {
    Decimal::new(5 * i64::from(halves), decimals.min(20) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use budgetdoc_document::NumberFormat;

    fn sum(digits: &[&str], format: &NumberFormat) -> PrintedSum {
        let mut sum = PrintedSum::default();
        for digits in digits {
            sum.add(PrintedFigure::of(&Number { value: digits.parse().unwrap(), format: format.clone() }));
        }
        sum
    }

    #[test]
    fn rounding_explains_half_a_unit_of_each_figure() {
        let whole_yuan = NumberFormat::default();
        assert!(sum(&["125"], &whole_yuan).agrees(&sum(&["41", "83"], &whole_yuan)));
        assert!(!sum(&["126"], &whole_yuan).agrees(&sum(&["41", "83"], &whole_yuan)));
        assert!(!sum(&["125"], &whole_yuan).agrees(&sum(&["124"], &whole_yuan)));
        let cut = NumberFormat { rounding: Rounding::Truncate, ..NumberFormat::default() };
        assert!(sum(&["127"], &cut).agrees(&sum(&["41", "84"], &cut)));
        let trimmed = NumberFormat { decimals: 2, trim: true, ..NumberFormat::default() };
        assert!(sum(&["124"], &trimmed).agrees(&sum(&["41", "84"], &trimmed)), "as exact as the digits are");
        assert!(!sum(&["124.5"], &trimmed).agrees(&sum(&["41", "84"], &trimmed)));
    }

    #[test]
    fn what_stands_for_zero_is_exact() {
        let dash = NumberFormat { zero: Some("—".to_owned()), ..NumberFormat::default() };
        assert!(PrintedFigure::of(&Number { value: Decimal::ZERO, format: dash.clone() }).is_blank());
        assert!(!sum(&["100"], &dash).agrees(&sum(&["99", "0", "0", "0"], &dash)));
    }

    #[test]
    fn percentages_are_as_exact_as_their_terms() {
        let (yuan, percent) = (NumberFormat::default(), NumberFormat { decimals: 2, ..NumberFormat::default() });
        let change = sum(&["42"], &yuan);
        assert!(change.agrees(&sum(&["1000"], &yuan).percent(sum(&["4.21"], &percent))));
        assert!(!change.agrees(&sum(&["1000"], &yuan).percent(sum(&["4.31"], &percent))));
    }
}
