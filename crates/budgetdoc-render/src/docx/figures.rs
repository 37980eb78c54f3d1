//! Numbers with different decimals in one column, decimal point under decimal point.
//!
//! A number with fewer decimals than its column has stands off the right edge by the room of those it lacks. Word and
//! LibreOffice do that alike with an indent, and columns of whole numbers stay at the edge. (Word's decimal tabs need
//! their place in every paragraph, as it depends on the column's width, and LibreOffice wraps where they do not fit.)

use budgetdoc_document::{CellContent, Number};

/// Returns the room of a number's decimals in hundredths of the type size, as in Times: a point is a quarter, a digit a
/// half. None for what is no number, and where words stand for zero.
fn decimals(content: &CellContent) -> Option<u16> {
    let count = content.number().and_then(Number::decimals)?;
    Some(if count == 0 { 0 } else { 25 + 50 * u16::try_from(count).ok()? })
}

/// The decimals of a column's numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Decimals(u16);

impl Decimals {
    /// Takes in another cell of the column.
    pub(super) fn add(&mut self, content: &CellContent) {
        self.0 = self.0.max(decimals(content).unwrap_or(0));
    }

    /// Returns how far off the right edge a number stands.
    pub(super) fn short(self, content: &CellContent) -> u16 {
        decimals(content).map_or(0, |own| self.0.saturating_sub(own))
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
    fn numbers_stand_off_by_the_decimals_they_lack() {
        let mut column = Decimals::default();
        let numbers = ["8.5", "0", "-4.2", "1204.55"].map(|value| amount(value, None));
        let others = [CellContent::from("1.234"), CellContent::Code("2012901".to_owned()), amount("0", Some("—"))];
        numbers.iter().chain(&others).for_each(|content| column.add(content));
        assert_eq!(numbers.map(|content| column.short(&content)), [50, 125, 50, 0]);
        assert_eq!(others.map(|content| column.short(&content)), [0, 0, 0]);
        let mut whole = Decimals::default();
        whole.add(&amount("12", None));
        assert_eq!(whole.short(&amount("1000", None)), 0);
    }
}
