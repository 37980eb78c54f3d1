//! Amounts and comparisons with last year in the words that templates print.

use budgetdoc_core::money::Unit;
use budgetdoc_document::Rounding;
use rust_decimal::Decimal;

use super::expense::Expense;
use super::figure::{PrintedFigure, PrintedSum};
use super::quantity::PrintedYear;
use super::words;

/// What a sentence says of an amount, in yuan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Says {
    Amount(PrintedSum),
    /// The change from last year, below zero for a fall, and its percentage.
    Change {
        from: PrintedYear,
        by: PrintedSum,
        percent: Option<PrintedSum>,
    },
    /// There was none last year.
    NoneBefore(PrintedYear),
    /// The percentage of a whole: that of the same text with this index, or the expense it names.
    Share(PrintedSum, Whole),
}

/// What a share is of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Whole {
    /// The amount of the text with this index.
    Amount(usize),
    Expense(Expense),
}

/// Returns the end of the character at a byte.
pub(super) fn ceil(text: &str, at: usize) -> usize {
    at + text[at..].chars().next().map_or(0, char::len_utf8)
}

/// Reads the first amount of some words, in yuan; returns it with the words behind it.
pub(super) fn amount_in(words: &str, rounding: Rounding) -> Option<(PrintedSum, &str)> {
    let is_digit = |char: char| char.is_ascii_digit() || char == '.' || char == ',';
    let mut units = Unit::ALL;
    units.sort_by_key(|unit| std::cmp::Reverse(unit.name().len()));
    let ends = words.char_indices().filter(|(at, char)| !is_digit(*char) && words[..*at].ends_with(is_digit));
    let found = |(at, _)| units.iter().find(|unit| words[at..].starts_with(unit.name())).map(|unit| (at, *unit));
    let (end, unit) = ends.into_iter().find_map(found)?;
    let start = words[..end].rfind(|char| !is_digit(char)).map_or(0, |at| ceil(words, at));
    let figure = PrintedFigure::read(&words[start..end], rounding)?;
    Some((PrintedSum::of(figure).scaled(unit.in_yuan()), &words[end + unit.name().len()..]))
}

/// Reads the comparison with last year that a template prints; a change of less than `step` is none.
pub(super) fn change_in(printed: &str, rounding: Rounding, step: Decimal) -> Option<Says> {
    let from = PrintedYear::last(printed);
    let Some((amount, behind)) = amount_in(printed, rounding) else {
        let by = PrintedSum::default().with_slack(step);
        return match () {
            () if words::is_unchanged(printed) => Some(Says::Change { from, by, percent: None }),
            () if words::is_none(printed) => Some(Says::NoneBefore(from)),
            () => None,
        };
    };
    let before = printed[..printed.len() - behind.len()].chars().rev();
    let rises = before.into_iter().find_map(words::rises)?;
    let by = if rises { amount } else { PrintedSum::default().minus(amount) };
    Some(Says::Change { from, by, percent: percent_in(behind, rounding) })
}

/// Reads the percentage at the end of some words, next to amounts that are rounded so.
pub(super) fn percent_in(words: &str, rounding: Rounding) -> Option<PrintedSum> {
    // Percentages are rounded where amounts are cut.
    let rounding = if rounding == Rounding::Truncate { Rounding::HalfUp } else { rounding };
    let digits = words.strip_suffix('%')?;
    let start = digits.rfind(|char: char| !char.is_ascii_digit() && char != '.').map_or(0, |at| ceil(digits, at));
    Some(PrintedSum::of(PrintedFigure::read(&digits[start..], rounding)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comparisons_are_read() {
        let read = |words| change_in(words, Rounding::HalfUp, 50.into());
        let Some(Says::Change { from, by, percent }) = read("，比2025年执行数减少1,234.50万元，下降5.1%")
        else {
            panic!()
        };
        assert_eq!(
            (from, by.value, percent.unwrap().value),
            (PrintedYear::Outcome, (-12_345_000).into(), "5.1".parse().unwrap())
        );
        let Some(Says::Change { from, by, percent: None }) = read("，与2025年预算持平") else { panic!() };
        assert_eq!((from, by.value), (PrintedYear::Last, 0.into()));
        assert_eq!(read("，2025年没有这项预算"), Some(Says::NoneBefore(PrintedYear::Last)));
        assert_eq!(read("上年无可比数据"), None);
    }
}
