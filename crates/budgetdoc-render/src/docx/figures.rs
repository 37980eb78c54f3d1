//! Aligns the decimal points of the numbers in a column.
//!
//! A number with fewer decimals than others of its column is indented from the right edge by the width of those it
//! lacks. Decimal tabs would need their position in every paragraph, as it depends on the column's width, and
//! LibreOffice wraps where they do not fit.

use budgetdoc_document::{CellContent, Number};

/// Returns the width of a number's decimals in hundredths of the type size, as in Times: a quarter for the point and
/// half for a digit. None if it is no number or is zero printed as words.
fn decimals_width(content: &CellContent) -> Option<u16> {
    let count = content.number().and_then(Number::decimals)?;
    Some(if count == 0 { 0 } else { 25 + 50 * u16::try_from(count).ok()? })
}

/// Largest width of the decimals in a column, in hundredths of the type size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Decimals(u16);

impl Decimals {
    /// Adds another cell of the column.
    pub(super) fn add(&mut self, content: &CellContent) {
        self.0 = self.0.max(decimals_width(content).unwrap_or(0));
    }

    /// Returns the right indent of a number, in hundredths of the type size.
    pub(super) fn decimals_indent(self, content: &CellContent) -> u16 {
        decimals_width(content).map_or(0, |own| self.0.saturating_sub(own))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use budgetdoc_document::NumberFormat;

    fn amount(value: &str, zero: Option<&str>) -> CellContent {
        let format = NumberFormat { decimals: 2, trim: true, zero: zero.map(str::to_owned), ..NumberFormat::default() };
        CellContent::Amount(Number { value: value.parse().unwrap(), format })
    }

    #[test]
    fn numbers_are_indented_by_the_decimals_they_lack() {
        let mut column = Decimals::default();
        let numbers = ["8.5", "0", "-4.2", "1204.55"].map(|value| amount(value, None));
        let others = [CellContent::from("1.234"), CellContent::Code("2012901".to_owned()), amount("0", Some("—"))];
        numbers.iter().chain(&others).for_each(|content| column.add(content));
        assert_eq!(numbers.map(|content| column.decimals_indent(&content)), [50, 125, 50, 0]);
        assert_eq!(others.map(|content| column.decimals_indent(&content)), [0, 0, 0]);
        let mut whole = Decimals::default();
        whole.add(&amount("12", None));
        assert_eq!(whole.decimals_indent(&amount("1000", None)), 0);
    }
}
