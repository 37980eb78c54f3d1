//! Amounts of cells.

use budgetdoc_core::money::{Money, Unit};
use rust_decimal::{Decimal, RoundingStrategy};

use crate::grid::Value;
use crate::words::plain;

/// An amount of a cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct CellAmount {
    /// The amount.
    pub money: Money,
    /// Whether it had parts of a fen, which are rounded away.
    pub rounded: bool,
    /// The decimals that the cell has in its unit.
    pub decimals: u32,
}

/// Why a cell has no amount.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NoAmount {
    /// Words.
    Words(String),
    /// A day.
    Date,
    /// An error of the workbook.
    Error(String),
    /// A formula without its value.
    Uncomputed,
}

/// Reads the amount of a cell: a number, or one typed as text, with commas, full-width digits or a dash for nothing.
pub(super) fn read(value: Option<&Value>, unit: Unit) -> Result<CellAmount, NoAmount> {
    let number = match value {
        None => Decimal::ZERO,
        Some(Value::Number(number)) => *number,
        Some(Value::Text(text)) => of_text(text).ok_or_else(|| NoAmount::Words(text.trim().to_owned()))?,
        Some(Value::Percent(number)) => return Err(NoAmount::Words(format!("{}%", number.normalize()))),
        Some(Value::Date(_)) => return Err(NoAmount::Date),
        Some(Value::Error(fault)) => return Err(NoAmount::Error(fault.clone())),
        Some(Value::Uncomputed) => return Err(NoAmount::Uncomputed),
    };
    // More than any amount that a spec may have: no product below overflows.
    if number.abs() > Money::LIMIT.in_unit(unit) {
        return Err(NoAmount::Words(number.to_string()));
    }
    let yuan = Money::new(number, unit).in_unit(Unit::Yuan);
    let fen = yuan.round_dp_with_strategy(2, RoundingStrategy::MidpointAwayFromZero);
    let money = Money::yuan(fen);
    Ok(CellAmount { money, rounded: fen != yuan, decimals: money.in_unit(unit).scale() })
}

fn of_text(text: &str) -> Option<Decimal> {
    let text = plain(text);
    if text.is_empty() || text == "无" || text.chars().all(|letter| "-—–―−/".contains(letter)) {
        return Some(Decimal::ZERO);
    }
    let number: String = text.chars().filter(|letter| !matches!(letter, ',' | '¥' | '￥')).collect();
    let number = match number.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inside) => format!("-{inside}"),
        None => number.replace('−', "-"),
    };
    let digits = number.bytes().all(|letter| letter.is_ascii_digit() || b"+-.".contains(&letter));
    Decimal::from_str_exact(&number).ok().filter(|_| digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yuan(value: Value, unit: Unit) -> Result<(String, bool), NoAmount> {
        read(Some(&value), unit).map(|read| (read.money.in_unit(Unit::Yuan).to_string(), read.rounded))
    }

    #[test]
    fn amounts_are_read_as_they_are_written() {
        let text = |text: &str| yuan(Value::Text(text.to_owned()), Unit::Yuan);
        let exact = |text: &str| Ok((text.to_owned(), false));
        assert_eq!(text("31,214,205.80"), exact("31214205.8"));
        assert_eq!(text("１２３．５"), exact("123.5"));
        assert_eq!(text(" — "), exact("0"));
        assert_eq!(text("（3.5）"), exact("-3.5"));
        assert_eq!(text("三万"), Err(NoAmount::Words("三万".to_owned())));
        assert_eq!(text("1_000"), Err(NoAmount::Words("1_000".to_owned())));
        let stored = Value::Number("0.30000000000000004".parse().unwrap());
        assert_eq!(yuan(stored, Unit::TenThousandYuan), Ok(("3000".to_owned(), true)));
        assert_eq!(yuan(Value::Error("#REF!".to_owned()), Unit::Yuan), Err(NoAmount::Error("#REF!".to_owned())));
        assert_eq!(read(None, Unit::Yuan).unwrap().money, Money::ZERO);
    }
}
